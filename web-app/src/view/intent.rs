//! The panel of what is asked for: every field with its value, and how the network stands to it.

use super::compare::glyph;
use crate::scene::Glyph;
use crate::state::{
    Ask, Draft, Drawn, Field, Shared, State, ask_path, ask_unit, asked, asked_text,
    environment_pairs, spoke_names,
};
use crate::text;
use interspoke_core::intent::{ApplianceChoice, Intent, OnPremises, Problem};
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::preset::PRESETS;
use interspoke_core::pattern::uses::USES;

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
    /// What its figure counts, where that can be chosen.
    pub unit: Option<Choose>,
}

/// A region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionAsk {
    /// Its name, its spokes, its range.
    pub fields: [Write; 3],
    /// Its spokes one by one: ranges, environments.
    pub each: [Write; 2],
    /// The ranges that were chosen.
    pub note: String,
}

/// The panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentView {
    /// How the network stands to it.
    pub drawn: Drawn,
    /// The pattern that drew it.
    pub pattern: Option<(Pattern, &'static str)>,
    /// What is recommended in place of the drawn pattern.
    pub better: Option<Pattern>,
    /// Regions.
    pub regions: Vec<RegionAsk>,
    /// Prefix length of spokes.
    pub prefix_length: Write,
    /// What is wrong with the regions together.
    pub regions_error: Option<String>,
    /// How many problems there are.
    pub problems: usize,
    /// Problems of what has no field here.
    pub elsewhere: Vec<String>,
    /// Names of environments.
    pub environments: Write,
    /// What each pair of them may do.
    pub rules: Vec<Choose>,
    /// What is chosen from words.
    pub choices: Vec<Choose>,
    /// What is on or off.
    pub switches: Vec<Choose>,
    /// Bandwidth of the circuit, size and number of NVAs, where they are asked for.
    pub appliance: Vec<Write>,
    /// Lists: ranges outside, spokes with a gateway.
    pub lists: Vec<Write>,
    /// Traffic.
    pub traffic: Vec<Write>,
    /// Pairs with traffic of their own.
    pub matrix: Vec<[Write; 3]>,
    /// Peaks, latency, growth.
    pub bounds: Vec<Write>,
    /// Pairs that need a direct path.
    pub pairs: Vec<[Write; 2]>,
    /// Names of spokes.
    pub spokes: Vec<String>,
    /// Figures of the article: short name, title, how it joins its spokes.
    pub figures: Vec<(&'static str, &'static str, Shared<Glyph>)>,
    /// What people join spokes for: short name, title, a sentence, how it joins its spokes.
    pub uses: Vec<(&'static str, [&'static str; 2], Shared<Glyph>)>,
}

/// The recommended pattern, where another is drawn.
fn better(state: &State) -> Option<Pattern> {
    let drawn = state.pattern().filter(|_| state.drawn == Drawn::Follows)?;
    let best = state.ranking.as_ref()?.recommended()?.assessment.pattern;
    (best != drawn).then_some(best)
}

/// What is asked for.
#[must_use]
pub fn intent(state: &State) -> IntentView {
    let intent = state.intent();
    let problems = state.problems();
    let write = |ask: Ask| write(state, &intent, problems, ask);
    let choose = |ask: Ask| Choose {
        ask,
        caption: text::ask(ask).0.to_owned(),
        chosen: asked(&intent, ask),
        error: error(problems, ask),
    };
    let plan = state.address_plan();
    let regions = (0..intent.regions.len()).map(|at| RegionAsk {
        fields: [
            write(Ask::Region(at)),
            write(Ask::Spokes(at)),
            write(Ask::Range(at)),
        ],
        each: [Ask::SpokeRanges(at), Ask::SpokeEnvironments(at)].map(write),
        note: plan
            .and_then(|plan| plan.regions.get(at))
            .map_or_else(String::new, |region| {
                let ranges: Vec<String> = region.summary.iter().map(ToString::to_string).collect();
                format!("hub {}, spokes {}", region.hub, ranges.join(", "))
            }),
    });
    let mut choices: Vec<Choose> = [Ask::Inspection, Ask::Internet, Ask::OnPremises]
        .map(choose)
        .into();
    if intent.wants_express_route() {
        choices.extend([Ask::CircuitTier, Ask::CircuitData].map(choose));
    }
    choices.push(choose(Ask::Hub));
    choices.push(choose(Ask::Appliance));
    if intent.appliance.kind == ApplianceChoice::AzureFirewall {
        choices.extend([Ask::Tier, Ask::Prevention].map(choose));
    }
    let mut appliance = Vec::new();
    if intent.appliance.kind == ApplianceChoice::Nva {
        appliance.extend([Ask::NvaSize, Ask::NvaCount].map(write));
    }
    choices.push(choose(Ask::Peerings));
    if intent.is_managed() {
        choices.push(choose(Ask::Groups));
    }
    let pairs = environment_pairs(&intent);
    let rules = pairs.iter().enumerate().map(|(at, (a, b))| Choose {
        caption: if a == b {
            format!("inside {a}")
        } else {
            format!("{a} – {b}")
        },
        ..choose(Ask::Rule(at))
    });
    let outside = intent.wants_vpn() || intent.wants_express_route();
    let mut traffic: Vec<Write> = [Ask::Within, Ask::Between].map(write).into();
    let mut lists = Vec::new();
    if intent.wants_express_route() {
        appliance.insert(0, write(Ask::CircuitMbps));
    }
    if outside {
        traffic.push(write(Ask::ToOnPremises));
    }
    if intent.on_premises != OnPremises::None {
        lists.push(write(Ask::SiteRanges));
    }
    if intent.other_clouds {
        lists.push(write(Ask::CloudRanges));
    }
    lists.push(write(Ask::Gateways));
    traffic.push(write(Ask::ToInternet));
    let mut view = IntentView {
        drawn: state.drawn,
        pattern: state.pattern().map(|pattern| (pattern, pattern.title())),
        better: better(state),
        regions: regions.collect(),
        prefix_length: write(Ask::PrefixLength),
        regions_error: problem(problems, "regions"),
        problems: problems.len(),
        elsewhere: Vec::new(),
        environments: write(Ask::Environments),
        rules: rules.collect(),
        choices,
        switches: [Ask::Encryption, Ask::Tenants, Ask::Clouds]
            .map(choose)
            .into(),
        appliance,
        lists,
        traffic,
        matrix: (0..intent.traffic.matrix.len())
            .map(|at| [Ask::MatrixA(at), Ask::MatrixB(at), Ask::MatrixGb(at)].map(write))
            .collect(),
        bounds: [
            Ask::PeakPair,
            Ask::PeakRegion,
            Ask::Latency,
            Ask::Hubs,
            Ask::Machines,
            Ask::Growth,
        ]
        .map(write)
        .into(),
        pairs: (0..intent.direct_pairs.len())
            .map(|at| [write(Ask::PairA(at)), write(Ask::PairB(at))])
            .collect(),
        spokes: if intent.direct_pairs.is_empty() && intent.traffic.matrix.is_empty() {
            Vec::new()
        } else {
            spoke_names(&intent)
        },
        figures: { PRESETS.iter() }
            .map(|p| {
                (
                    p.id,
                    p.title,
                    glyph(p.pattern, p.intent().regions.len() > 1),
                )
            })
            .collect(),
        uses: { USES.iter() }
            .map(|one| {
                (
                    one.id,
                    [one.title, one.says],
                    glyph(one.pattern, one.intent().regions.len() > 1),
                )
            })
            .collect(),
    };
    let shown = fields(&view);
    let has_field = |problem: &&Problem| {
        problem.path == "regions" || shown.iter().any(|ask| is_at(&problem.path, *ask))
    };
    let elsewhere = problems.iter().filter(|problem| !has_field(problem));
    view.elsewhere = elsewhere.map(ToString::to_string).collect();
    view
}

/// Every field that the panel shows.
fn fields(view: &IntentView) -> Vec<Ask> {
    let regions = view.regions.iter();
    let regions = regions.flat_map(|region| region.fields.iter().chain(&region.each));
    let singles = [&view.prefix_length, &view.environments].into_iter();
    let lists = [&view.appliance, &view.lists, &view.traffic, &view.bounds];
    let pairs = view.pairs.iter().flatten();
    let writes = regions
        .chain(singles)
        .chain(lists.into_iter().flatten())
        .chain(pairs)
        .chain(view.matrix.iter().flatten());
    let chooses = view.rules.iter().chain(&view.choices).chain(&view.switches);
    let writes = writes.map(|one| one.ask);
    writes.chain(chooses.map(|one| one.ask)).collect()
}

fn write(state: &State, intent: &Intent, problems: &[Problem], ask: Ask) -> Write {
    let drafted = state.drafts.field(Field::Ask(ask)).cloned();
    let mut draft = drafted.unwrap_or_else(|| Draft {
        text: asked_text(intent, ask),
        error: None,
    });
    // A problem of a pair stands at its first end.
    let second = matches!(ask, Ask::PairB(_) | Ask::MatrixB(_) | Ask::MatrixGb(_));
    if !second {
        draft.error = draft.error.or_else(|| error(problems, ask));
    }
    let unit = ask_unit(ask).map(|unit| Choose {
        ask: unit,
        caption: format!("{}: {}", text::ask(ask).0, text::ask(unit).0),
        chosen: asked(intent, unit),
        error: None,
    });
    Write { ask, draft, unit }
}

fn problem(problems: &[Problem], path: &str) -> Option<String> {
    let found = problems.iter().find(|problem| problem.path == path);
    found.map(|problem| problem.message.clone())
}

/// Whether a problem is at a field or inside it. Rules are listed by pairs of environments, not as they stand in the
/// Intent: what is wrong with one is told above the fields.
fn is_at(problem: &str, ask: Ask) -> bool {
    if matches!(ask, Ask::Rule(_)) {
        return false;
    }
    let path = ask_path(ask);
    let rest = problem.strip_prefix(path.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Every problem at a field or inside it; inside the regions, each has its own.
fn error(problems: &[Problem], ask: Ask) -> Option<String> {
    let mine = problems.iter().filter(|problem| is_at(&problem.path, ask));
    let messages: Vec<&str> = mine.map(|problem| problem.message.as_str()).collect();
    (!messages.is_empty()).then(|| messages.join("; "))
}

/// `a and b`.
#[must_use]
pub fn pair_name(a: &Write, b: &Write) -> String {
    text::list(&[a.draft.text.clone(), b.draft.text.clone()])
}
