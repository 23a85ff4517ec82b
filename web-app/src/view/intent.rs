//! The panel of what is asked for: every field with its value, and how the network stands to it.

use crate::state::{
    Ask, Draft, Drawn, Field, State, ask_path, asked, asked_text, environment_pairs, spoke_names,
};
use crate::text;
use interspoke_core::intent::{ApplianceChoice, Intent, Problem};
use interspoke_core::pattern::preset::PRESETS;

/// A field with one word of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choose {
    /// Its name.
    pub ask: Ask,
    /// Caption.
    pub caption: String,
    /// The position of the chosen word.
    pub chosen: Option<usize>,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// A field with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// Its name.
    pub ask: Ask,
    /// What stands in it.
    pub draft: Draft,
}

/// A region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionAsk {
    /// Its name, its spokes, its range.
    pub fields: [Write; 3],
    /// The ranges that were chosen.
    pub note: String,
}

/// The panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentView {
    /// How the network stands to it.
    pub drawn: Drawn,
    /// The pattern that drew it.
    pub pattern: Option<(interspoke_core::pattern::Pattern, &'static str)>,
    /// Regions.
    pub regions: Vec<RegionAsk>,
    /// What is wrong with the regions together.
    pub regions_error: Option<String>,
    /// Names of environments.
    pub environments: Write,
    /// What each pair of them may do.
    pub rules: Vec<Choose>,
    /// What is chosen from words.
    pub choices: Vec<Choose>,
    /// What is on or off.
    pub switches: Vec<Choose>,
    /// Traffic.
    pub traffic: Vec<Write>,
    /// Peaks, latency, growth.
    pub bounds: Vec<Write>,
    /// Pairs that need a direct path.
    pub pairs: Vec<[Write; 2]>,
    /// Names of spokes.
    pub spokes: Vec<String>,
    /// Figures of the article.
    pub figures: Vec<(&'static str, &'static str)>,
}

/// What is asked for.
#[must_use]
pub fn intent(state: &State) -> IntentView {
    let intent = state.intent();
    let problems = state.problems();
    let write = |ask: Ask| write(state, &intent, &problems, ask);
    let choose = |ask: Ask| Choose {
        ask,
        caption: text::ask(ask).0.to_owned(),
        chosen: asked(&intent, ask),
        error: error(&problems, ask),
    };
    let plan = interspoke_core::intent::AddressPlan::new(&intent).ok();
    let regions = (0..intent.regions.len()).map(|at| RegionAsk {
        fields: [
            write(Ask::Region(at)),
            write(Ask::Spokes(at)),
            write(Ask::Range(at)),
        ],
        note: plan
            .as_ref()
            .and_then(|plan| plan.regions.get(at))
            .map_or_else(String::new, |region| {
                let ranges: Vec<String> = region.summary.iter().map(ToString::to_string).collect();
                format!("hub {}, spokes {}", region.hub, ranges.join(", "))
            }),
    });
    let mut choices: Vec<Choose> = [Ask::Inspection, Ask::Internet, Ask::OnPremises, Ask::Hub]
        .map(choose)
        .into();
    choices.push(choose(Ask::Appliance));
    if intent.appliance.kind == ApplianceChoice::AzureFirewall {
        choices.push(choose(Ask::Tier));
    }
    choices.push(choose(Ask::Peerings));
    let pairs = environment_pairs(&intent);
    let rules = pairs.iter().enumerate().map(|(at, (a, b))| Choose {
        caption: if a == b {
            format!("inside {a}")
        } else {
            format!("{a} – {b}")
        },
        ..choose(Ask::Rule(at))
    });
    let mut traffic: Vec<Write> = [Ask::Within, Ask::Between].map(write).into();
    if intent.wants_vpn() || intent.wants_express_route() {
        traffic.push(write(Ask::ToOnPremises));
    }
    IntentView {
        drawn: state.drawn,
        pattern: state.pattern().map(|pattern| (pattern, pattern.title())),
        regions: regions.collect(),
        regions_error: problem(&problems, "regions"),
        environments: write(Ask::Environments),
        rules: rules.collect(),
        choices,
        switches: [Ask::Encryption, Ask::Tenants, Ask::Clouds]
            .map(choose)
            .into(),
        traffic,
        bounds: [Ask::PeakPair, Ask::PeakRegion, Ask::Latency, Ask::Growth]
            .map(write)
            .into(),
        pairs: (0..intent.direct_pairs.len())
            .map(|at| [write(Ask::PairA(at)), write(Ask::PairB(at))])
            .collect(),
        spokes: if intent.direct_pairs.is_empty() {
            Vec::new()
        } else {
            spoke_names(&intent)
        },
        figures: PRESETS.iter().map(|p| (p.id, p.title)).collect(),
    }
}

fn write(state: &State, intent: &Intent, problems: &[Problem], ask: Ask) -> Write {
    let drafted = state.drafts.field(Field::Ask(ask)).cloned();
    let mut draft = drafted.unwrap_or_else(|| Draft {
        text: asked_text(intent, ask),
        error: None,
    });
    draft.error = draft.error.or_else(|| error(problems, ask));
    Write { ask, draft }
}

fn problem(problems: &[Problem], path: &str) -> Option<String> {
    let found = problems.iter().find(|problem| problem.path == path);
    found.map(|problem| problem.message.clone())
}

/// The first problem at a field or inside it; inside the regions, each has its own.
fn error(problems: &[Problem], ask: Ask) -> Option<String> {
    let path = ask_path(ask);
    let mine = |found: &str| {
        found
            .strip_prefix(path.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let found = problems.iter().find(|problem| mine(&problem.path));
    found.map(|problem| problem.message.clone())
}

/// `a and b`.
#[must_use]
pub fn pair_name(ends: &[Write; 2]) -> String {
    text::list(&[ends[0].draft.text.clone(), ends[1].draft.text.clone()])
}
