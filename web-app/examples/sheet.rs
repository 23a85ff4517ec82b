//! Sheets of pictures, to be looked at: every preset, and estates by rule, drawn natively as they stand on the page.
//!
//! `cargo run -p interspoke-web --example sheet -- presets 760 > sheet.html` writes one page that needs nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a tool for developers may stop with a panic"
)]

use interspoke_core::document::{Design as Drawn, Document};
use interspoke_core::estate::generate::{Design, Plan};
use interspoke_core::pattern::preset::PRESETS;
use interspoke_core::sample::SAMPLES;
use interspoke_web::components::{App, AppProps};
use interspoke_web::scene::Viewport;
use interspoke_web::state::{Msg, Shared, State, update};
use std::rc::Rc;

const STYLES: [&str; 4] = [
    include_str!("../../static/tokens.css"),
    include_str!("../../static/base.css"),
    include_str!("../../static/layout.css"),
    include_str!("../../static/picture.css"),
];

fn main() {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_else(|| String::from("presets"));
    let wide: u32 = args.next().and_then(|w| w.parse().ok()).unwrap_or(760);
    let theme = args.next().unwrap_or_else(|| String::from("light"));
    let bare = args.next().is_none_or(|word| word != "paths");
    let w = f64::from(wide);
    let viewport = Viewport {
        w,
        h: if w < 500.0 { 460.0 } else { 410.0 },
    };
    let documents = match what.as_str() {
        "presets" => presets(),
        "patterns" => patterns(),
        sizes => by_rule(sizes),
    };
    println!(
        "<!doctype html><meta charset=utf-8><style>{}</style>",
        STYLES.concat()
    );
    println!(
        "<style>body{{margin:12px;font:13px sans-serif}}figure{{display:inline-block;margin:0 12px 18px 0;width:{wide}px;vertical-align:top}}figure svg.map{{border:1px solid #ccd}}.interspoke *{{animation:none!important}}</style>"
    );
    println!("<div class=interspoke data-theme={theme}>");
    for (name, document) in documents {
        let mut state = State::new(document);
        if bare {
            (state.choice.from, state.choice.to, state.trip) = (None, None, None);
        }
        let state = Rc::new(state);
        let before = std::time::Instant::now();
        let (state, _) = update(state, Msg::Room(viewport));
        let took = before.elapsed();
        let html = render(state);
        let svg = html.find("<svg class=\"map\"").or_else(|| {
            html.find("class=\"map\"")
                .and_then(|at| html[..at].rfind("<svg"))
        });
        let svg = svg.and_then(|at| html.get(at..)).unwrap_or_default();
        let end = svg.find("</svg>").map_or(0, |at| at + 6);
        let elements = svg.get(..end).unwrap_or_default().matches("</").count();
        println!(
            "<figure><figcaption>{name} · {elements} elements · {took:.0?}</figcaption>{}</figure>",
            svg.get(..end).unwrap_or_default()
        );
    }
    println!("</div>");
}

fn render(state: Rc<State>) -> String {
    let props = move || AppProps {
        start: Shared::from(state),
        uid: "t".into(),
        run: yew::Callback::noop(),
        ready: yew::Callback::noop(),
    };
    let renderer = yew::LocalServerRenderer::<App>::with_props(props()).hydratable(false);
    pollster::block_on(renderer.render())
}

fn presets() -> Vec<(String, Document)> {
    let samples = SAMPLES
        .iter()
        .filter_map(|sample| Some((sample.id.to_owned(), sample.document().ok()?)));
    let presets = PRESETS.iter().map(|preset| {
        let design = Drawn {
            pattern: preset.pattern.id().to_owned(),
            intent: preset.intent(),
        };
        let document = Document {
            network: preset.network(),
            design: Some(design),
            ..Document::default()
        };
        (preset.id.to_owned(), document)
    });
    samples.chain(presets).collect()
}

fn patterns() -> Vec<(String, Document)> {
    let intent = PRESETS
        .first()
        .map(|preset| preset.intent())
        .unwrap_or_default();
    let mut intent = intent;
    intent.environments = vec![String::from("dev"), String::from("prod")];
    for region in &mut intent.regions {
        region.spokes = 6;
    }
    interspoke_core::pattern::Pattern::ALL
        .iter()
        .filter_map(|pattern| {
            let design = Drawn {
                pattern: pattern.id().to_owned(),
                intent: intent.clone(),
            };
            let network = design.network()?;
            let document = Document {
                network,
                design: Some(design),
                ..Document::default()
            };
            Some((pattern.id().to_owned(), document))
        })
        .collect()
}

fn by_rule(sizes: &str) -> Vec<(String, Document)> {
    let mut all = Vec::new();
    for design in [Design::Firewalls, Design::VirtualWan, Design::Mesh] {
        for spokes in sizes.split(',').filter_map(|n| n.parse().ok()) {
            for regions in [1, 2, 8] {
                if design == Design::Mesh && spokes > 100 {
                    continue;
                }
                let kinds = 3;
                let plan = Plan {
                    spokes,
                    regions,
                    kinds,
                    ..Plan::new(design)
                };
                let document = Document {
                    network: plan.spec(),
                    ..Document::default()
                };
                all.push((format!("{design:?} {spokes} in {regions}"), document));
            }
        }
    }
    all
}
