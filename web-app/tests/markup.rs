//! Markup of the components, drawn natively: roles, names, text equivalents and error texts.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod page;

use interspoke_core::document::Document;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::preset::PRESETS;
use interspoke_core::price::Grouping;
use interspoke_web::form::{Kind, Place};
use interspoke_web::scene::Arrangement;
use interspoke_web::state::{
    Amount, Ask, AskMsg, CostMsg, Effect, Field, FormMsg, JudgeMsg, Msg, PaletteMsg, Shown, State,
    Tab, Theme, update,
};
use page::render;
use std::rc::Rc;

/// The page on the first sample after some messages.
fn page(messages: impl IntoIterator<Item = Msg>) -> String {
    let mut state = Rc::new(State::on_first_sample());
    for msg in messages {
        let mut next = Some(msg);
        while let Some(msg) = next.take() {
            let (after, effects) = update(state, msg);
            state = after;
            // Patterns and curves come turn by turn.
            next = effects.iter().any(Effect::is_turn).then_some(Msg::Turn);
        }
    }
    render(state)
}

#[track_caller]
fn shows(html: &str, wanted: &[&str]) {
    for text in wanted {
        assert!(html.contains(text), "{text:?} is missing in\n{html}");
    }
}

fn place(text: &str) -> Place {
    Place::parse(text).unwrap()
}

fn first_route(prefix: &str) -> Msg {
    let place = place("routeTables[0].routes[0].prefix");
    Msg::Form(FormMsg::Typed(place, prefix.to_owned()))
}

/// The form of the first route table is open.
fn first_table() -> Msg {
    Msg::Form(FormMsg::Open(Kind::RouteTable, 0))
}

#[test]
fn it_opens_on_an_answer_with_landmarks() {
    let html = page([]);
    shows(
        &html,
        &[
            "Spoke1 → Spoke3 is delivered, through AZFW1 and AZFW2, and returns the way it came",
            "<header class=\"top\">",
            "<main aria-label=\"Interspoke\"",
            "<aside aria-label=\"Design\"",
            "aria-live=\"polite\"",
            "data-theme=\"system\"",
        ],
    );
}

#[test]
fn an_embedded_page_has_its_own_part_alone() {
    let html = |words: &str| {
        let shown = Shown::read(words).unwrap();
        render(Rc::new(State::on_first_sample().embedded(shown)))
    };
    let parts = [
        "aria-label=\"The network\"",
        "class=\"strip\"",
        "class=\"answers\"",
        "<aside",
    ];
    let seen = |html: &str| parts.map(|part| html.contains(part));
    assert_eq!(seen(&html("{}")), [true; 4]);
    assert_eq!(
        seen(&html(r#"{"view": "picture"}"#)),
        [true, false, false, false]
    );
    let cost = html(r#"{"view": "cost"}"#);
    assert_eq!(seen(&cost), [false, false, true, false]);
    assert!(cost.contains("USD a month"), "{cost}");
    let chart = html(r#"{"view": "chart"}"#);
    assert_eq!(seen(&chart), [false, false, true, false]);
    shows(&chart, &["class=\"chart\""]);
    assert!(!chart.contains("role=\"tablist\""));
}

#[test]
fn no_element_has_a_style_attribute() {
    for tab in Tab::ALL {
        assert!(!page([Msg::Show(tab)]).contains(" style="), "{tab:?}");
    }
}

#[test]
fn every_id_begins_with_the_page_and_is_unique() {
    for tab in Tab::ALL {
        let html = page([Msg::Show(tab)]);
        let mut ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(ids.iter().all(|id| id.starts_with("t-")), "{ids:?}");
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{tab:?}");
    }
}

#[test]
fn every_name_that_an_attribute_refers_to_exists() {
    for tab in Tab::ALL {
        let html = page([Msg::Show(tab), first_route("10")]);
        for attribute in ["aria-describedby", "aria-labelledby", "for"] {
            let opening = format!(" {attribute}=\"");
            let named = html.split(opening.as_str()).skip(1);
            for id in named.filter_map(|rest| rest.split('"').next()) {
                assert!(
                    html.contains(&format!(" id=\"{id}\"")),
                    "{attribute} {id} in {tab:?}"
                );
            }
        }
    }
}

#[test]
fn the_picture_says_what_it_shows() {
    let html = page([]);
    shows(
        &html,
        &[
            "aria-label=\"6 VNets in 2 regions, 5 peering links, 1 site\"",
            "aria-roledescription=\"network picture\"",
            "Spoke1, 10.10.1.0/24, source, spoke",
            "Spoke3, 10.20.1.0/24, destination, spoke",
            "AZFW1 10.10.0.4",
            "VNetGlobalPeering",
            "The picture as a table",
            "Spoke1 → Hub1: allowVirtualNetworkAccess",
        ],
    );
    assert_eq!(
        html.matches("tabindex=\"0\" aria-label=\"Hub1").count(),
        1,
        "one box takes the tab key"
    );
}

#[test]
fn a_hop_opens_to_the_winner_and_the_losers() {
    let html = page([]);
    shows(
        &html,
        &[
            "<span class=\"m\">0.0.0.0/0</span> User → VirtualAppliance <span class=\"m\">10.10.0.4</span>",
            "a user route has the same prefix",
            "<dt>Wins</dt>",
            "<dt>Loses</dt>",
            "VNetGlobalPeering Hub1 → Hub2",
            "Spoke1 · Spoke1VM (10.10.1.4) leaves by 0.0.0.0/0 User → VirtualAppliance 10.10.0.4",
        ],
    );
}

#[test]
fn a_lost_reply_says_why_and_is_the_direction_shown() {
    let html = page([Msg::Sample("one-way")]);
    shows(
        &html,
        &[
            "Reply lost",
            "the reply is lost: at myVnet2, the winning route’s next hop type is None",
            "Dropped:",
        ],
    );
}

#[test]
fn the_effective_routes_are_the_tables_of_the_cli() {
    let html = page([Msg::Show(Tab::Routes)]);
    shows(
        &html,
        &[
            "<th scope=\"col\">Next Hop Type</th>",
            "10.10.1.0/24",
            "VnetLocal",
            "disableBgpRoutePropagation true",
            "the packet takes this row",
        ],
    );
    let unknown = page([
        Msg::Show(Tab::Routes),
        Msg::Typed(Field::Packet, "10.300.1.1".into()),
    ]);
    shows(
        &unknown,
        &["expected a name from the list or an address such as 10.10.1.4, found"],
    );
}

#[test]
fn links_and_objects_are_counted_with_the_formula() {
    let html = page([Msg::Show(Tab::Peerings)]);
    shows(
        &html,
        &[
            "<b>5</b> links, <b>10</b> objects",
            "allowForwardedTraffic",
            "useRemoteGateways",
        ],
    );
}

#[test]
fn a_line_of_the_bill_opens_to_its_derivation() {
    let closed = page([Msg::Show(Tab::Cost)]);
    shows(
        &closed,
        &[
            "Intra-Region Egress",
            "sourced",
            "Total",
            "USD a month",
            "GB a month",
            "Disputed charging rules",
        ],
    );
    assert!(!closed.contains("az-scout"), "a source before a line opens");
    let html = page([Msg::Show(Tab::Cost), Msg::Cost(CostMsg::Line(0))]);
    shows(
        &html,
        &[
            "aria-expanded=\"true\" aria-controls=\"t-line-0\"",
            "6,000 GB × USD 0.01 = USD 60.00",
            "4 crossings × 1,000 GB = 4,000 GB",
            "Source: <a href=\"https://",
        ],
    );
}

#[test]
fn the_bill_is_summed_by_region_element_and_pair() {
    for (by, name) in [
        (Grouping::Region, "westus2"),
        (Grouping::Element, "AZFW1"),
        (Grouping::Pair, "whether or not traffic passes"),
    ] {
        let html = page([Msg::Show(Tab::Cost), Msg::Cost(CostMsg::Group(by))]);
        shows(&html, &[name, "2,654.20", " %</span>"]);
    }
}

#[test]
fn the_chart_has_axes_lines_a_break_even_and_the_same_in_words() {
    let html = page([Msg::Show(Tab::Cost)]);
    shows(
        &html,
        &[
            "<svg viewBox=\"0 0 900.0 350.0\" role=\"img\"",
            "class=\"break-even\"",
            "cheapest up to 9.76 TB a month",
            "cheapest from 9.76 TB a month on",
            "9.76 TB, break-even",
            "6 TB, asked for",
            "USD a month",
        ],
    );
}

#[test]
fn prices_of_ones_own_have_a_text_a_file_field_and_discounts() {
    let html = page([
        Msg::Show(Tab::Cost),
        Msg::Cost(CostMsg::Prices(vec!["[7]".into()])),
    ]);
    shows(
        &html,
        &[
            "id=\"t-prices-text\"",
            "aria-describedby=\"t-prices-error\"",
            "type=\"file\"",
            "aria-label=\"% off, Azure Firewall\"",
            "expected",
        ],
    );
}

#[test]
fn a_bad_traffic_figure_keeps_its_text_and_the_answer_is_older() {
    let typed = Msg::Typed(Field::Traffic(Amount::Within), "a lot".into());
    let html = page([Msg::Show(Tab::Cost), typed]);
    shows(
        &html,
        &[
            "value=\"a lot\"",
            "aria-invalid=\"true\"",
            "class=\"error\"",
            "Older:",
        ],
    );
}

#[test]
fn a_bad_route_keeps_its_text_and_says_what_was_expected() {
    let html = page([first_table(), first_route("10.0.0.1/8")]);
    shows(
        &html,
        &[
            "value=\"10.0.0.1/8\"",
            "expected 10.0.0.0/8, found 10.0.0.1/8: bits are set after the mask",
            "aria-describedby=\"t-routeTables-0--routes-0--prefix-help\"",
            "Older:",
            "is delivered, through AZFW1 and AZFW2",
        ],
    );
}

#[test]
fn fields_of_objects_have_azures_names() {
    let html = page([first_table()]);
    shows(
        &html,
        &[
            "aria-label=\"addressPrefix, route 1 of AZFW1-RT\"",
            "aria-label=\"nextHopType, route 1 of AZFW1-RT\"",
            "aria-label=\"nextHopIpAddress, route 2 of AZFW1-RT\"",
            "aria-label=\"Remove route 1 of AZFW1-RT\"",
            "<span>disableBgpRoutePropagation</span>",
        ],
    );
    let html = page([Msg::Form(FormMsg::Open(Kind::Peering, 0))]);
    shows(
        &html,
        &["<span>allowForwardedTraffic</span>", "Spoke1 → Hub1"],
    );
    let html = page([Msg::Form(FormMsg::Open(Kind::Vnet, 0))]);
    shows(&html, &["aria-label=\"Route table, subnet 1 of "]);
}

#[test]
fn findings_name_their_source() {
    let access = place("peerings[0].allowVirtualNetworkAccess");
    let access_off = Msg::Form(FormMsg::Chosen(access, "false".into()));
    let html = page([Msg::Show(Tab::Findings), access_off]);
    shows(
        &html,
        &[
            "class=\"finding",
            "Source: ",
            "https://learn.microsoft.com/",
        ],
    );
}

#[test]
fn a_refused_document_says_why() {
    let refused = Some("this file has the form interspoke/9".to_owned());
    let html = render(Rc::new(State {
        refused,
        ..State::on_first_sample()
    }));
    shows(&html, &["role=\"alert\"", "interspoke/9"]);
}

#[test]
fn compare_maps_designs_and_offers_a_mix() {
    let state = [Msg::Show(Tab::Compare)];
    let html = page(state);
    shows(
        &html,
        &[
            "What no other design beats",
            "role=\"button\" tabindex=\"0\" aria-label=\"Hub with Azure Firewall: USD ",
            "The map as a table",
            "Suggest a mix",
        ],
    );
    let asked = [Msg::Show(Tab::Compare), Msg::Judge(JudgeMsg::Mix)];
    shows(&page(asked), &["No pair has traffic of its own."]);
}

#[test]
fn an_empty_estate_is_drawn_too() {
    let html = render(Rc::new(State::new(Document::default())));
    shows(
        &html,
        &[
            "There are no two workloads to connect.",
            "Choose a source and a destination.",
        ],
    );
}

/// Writes pages that a headless browser can open, for people who want to look: set INTERSPOKE_LOOK to a folder.
#[test]
fn the_page_can_be_looked_at() {
    let Ok(folder) = std::env::var("INTERSPOKE_LOOK") else {
        return;
    };
    let css = [
        "tokens", "base", "layout", "picture", "answers", "compare", "reach", "cost",
    ]
    .map(|name| {
        let path = format!("{}/../static/{name}.css", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    });
    let write = |name: &str, html: String| {
        let head = "<!doctype html><meta charset=utf-8><meta name=viewport content=\"width=device-width\">";
        let page = format!(
            "{head}<style>body{{margin:0}}{}</style>{html}",
            css.concat()
        );
        std::fs::write(format!("{folder}/{name}.html"), page).unwrap();
    };
    let light = || Msg::Theme(Theme::Light);
    for tab in Tab::ALL {
        write(
            &format!("{tab:?}").to_lowercase(),
            page([light(), Msg::Show(tab)]),
        );
    }
    let open = [Msg::Show(Tab::Cost), Msg::Cost(CostMsg::Line(2))];
    write("cost-open", page([light()].into_iter().chain(open)));
    let choose = |ask, at| Msg::Ask(AskMsg::Choose(ask, at));
    let asked = [
        Msg::Ask(AskMsg::Draw(Pattern::HubNva)),
        choose(Ask::OnPremises, 3),
        choose(Ask::Appliance, 2),
        choose(Ask::Clouds, 1),
        Msg::Ask(AskMsg::AddFlow),
        Msg::Ask(AskMsg::AddPair),
        Msg::Typed(Field::Ask(Ask::Environments), "dev, prod".into()),
        Msg::Typed(Field::Ask(Ask::PrefixLength), "31".into()),
        Msg::Typed(Field::Ask(Ask::SpokeRanges(0)), "10.1.0.0/33".into()),
        Msg::Show(Tab::Compare),
        Msg::Open(Pattern::VwanSecured),
        Msg::ChangeIntent,
    ];
    let open = [Msg::Show(Tab::Compare), Msg::Open(Pattern::VwanSecured)];
    write("compare-open", page([light()].into_iter().chain(open)));
    let mix = || {
        [
            choose(Ask::Inspection, 1),
            Msg::Typed(Field::Ask(Ask::Environments), "dev, prod".into()),
            Msg::Typed(Field::Ask(Ask::Spokes(0)), "14".into()),
            Msg::Ask(AskMsg::AddFlow),
            Msg::Ask(AskMsg::Pick(Ask::MatrixB(0), "eastus-spoke3".into())),
            Msg::Typed(Field::Ask(Ask::MatrixGb(0)), "50000".into()),
            Msg::Show(Tab::Compare),
            Msg::Judge(JudgeMsg::Mix),
        ]
    };
    let dark_mix = [Msg::Theme(Theme::Dark)].into_iter().chain(mix());
    write("compare-mix-dark", page(dark_mix));
    let narrow_mix = [light(), Msg::Arrange(Arrangement::Stacked)];
    write(
        "compare-mix-narrow",
        page(narrow_mix.into_iter().chain(mix())),
    );
    let stacked = [Msg::Arrange(Arrangement::Stacked), Msg::Show(Tab::Cost)];
    write("cost-narrow", page([light()].into_iter().chain(stacked)));
    write("intent", page([light()].into_iter().chain(asked)));
    let own = r#"{"BillingCurrency": "USD", "Items": [{"serviceName": "Azure Firewall", "productName": "Azure Firewall",
        "skuName": "Standard", "meterName": "Standard Deployment", "unitOfMeasure": "1 Hour", "armRegionName": "eastus",
        "currencyCode": "USD", "type": "Consumption", "retailPrice": 1.1, "effectiveStartDate": "2026-01-01T00:00:00Z"}]}"#;
    let own = Msg::Cost(CostMsg::Prices(vec![own.to_owned()]));
    write("cost-own", page([light(), Msg::Show(Tab::Cost), own]));
    for preset in PRESETS {
        let draw = || Msg::Ask(AskMsg::Figure(preset.id));
        let name = format!("figure-{}", preset.id);
        write(&name, page([light(), draw()]));
        let dark = Msg::Theme(Theme::Dark);
        write(&format!("{name}-dark"), page([dark, draw()]));
        let narrow = Msg::Arrange(Arrangement::Stacked);
        write(&format!("{name}-narrow"), page([light(), narrow, draw()]));
    }
    let dark = [
        Msg::Theme(Theme::Dark),
        Msg::Sample("one-way"),
        Msg::Show(Tab::Cost),
    ];
    write("cost-lost-dark", page(dark));
    write("dark", page([Msg::Theme(Theme::Dark)]));
    let narrow = || Msg::Arrange(Arrangement::Stacked);
    write("narrow", page([light(), narrow()]));
    write(
        "oneway",
        page([light(), Msg::Sample("one-way"), Msg::Show(Tab::Findings)]),
    );
    write(
        "onewaydark",
        page([Msg::Theme(Theme::Dark), Msg::Sample("one-way"), narrow()]),
    );
    let bad = first_route("10.0.0.1/8");
    write("bad", page([light(), first_table(), bad]));
    for kind in Kind::ALL {
        let add = || Msg::Form(FormMsg::Add(kind));
        let name = format!("form-{kind:?}").to_lowercase();
        write(&name, page([light(), add()]));
        let dark = Msg::Theme(Theme::Dark);
        write(&format!("{name}-dark"), page([dark, add()]));
    }
    let pressed = |msg| Msg::Palette(msg);
    let typed = PaletteMsg::Typed("spoke".into());
    write("palette", page([light(), pressed(typed)]));
    write("keys", page([light(), pressed(PaletteMsg::Keys)]));
    let office = Msg::Typed(Field::To, "On-premises".into());
    write("office", page([light(), office, Msg::Left(Field::To)]));
    // Every saved file in the folder is drawn too.
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            let document = Document::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy();
            let state = Rc::new(State::new(document));
            write(&name, render(update(Rc::clone(&state), light()).0));
            write(
                &format!("{name}-stacked"),
                render(update(state, narrow()).0),
            );
        }
    }
}

#[test]
fn words_of_azure_are_explained_where_a_text_has_them_first_and_all_of_them_in_one_list() {
    let shown = |pattern| page([Msg::Show(Tab::Compare), Msg::Open(pattern)]);
    for pattern in [Pattern::HubNvaRouteServer, Pattern::HubVpnGateway] {
        let html = shown(pattern);
        assert!(html.contains("class=\"term\">"), "{}", pattern.id());
        let list_alone = "title=\"A VNet that holds workloads";
        assert!(!html.contains(list_alone), "spokes are everywhere");
    }
    let html = page([Msg::Palette(PaletteMsg::About)]);
    for term in interspoke_core::glossary::terms() {
        assert!(
            html.contains(&format!("<dt>{}</dt>", term.word)),
            "{}",
            term.word
        );
    }
}
