//! The answer strip: one sentence, and the figures of the estate.

use super::{Chip, PeeringCount, Tone, compare, path, peering_count, total};
use crate::state::{Drawn, Ranking, Reach, State};
use crate::text;
use interspoke_core::pattern::Pattern;
use interspoke_core::topology::Topology;

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The number.
    pub value: String,
    /// What it counts.
    pub caption: String,
    /// How it comes about, on demand.
    pub derivation: Vec<String>,
}

/// The strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// The verdict.
    pub chip: Chip,
    /// The answer.
    pub headline: String,
    /// About the whole estate.
    pub detail: String,
    /// Numbers.
    pub figures: Vec<Figure>,
    /// The answer is of an earlier state.
    pub older: bool,
}

/// The strip for the chosen flow.
#[must_use]
pub fn strip(state: &State) -> Strip {
    let (chip, headline, detail) = match path(state) {
        Some(flow) => (flow.chip, flow.sentence, detail(state)),
        None => question(state),
    };
    Strip {
        chip,
        headline,
        detail,
        figures: figures(state),
        older: state.is_older(),
    }
}

/// What is recommended for the question of the page; for a network that no pattern drew, how its flows fare.
fn question(state: &State) -> (Chip, String, String) {
    let Some(drawn) = state.pattern().filter(|_| state.drawn == Drawn::Follows) else {
        let chip = Chip::new(Tone::Plain, "No flow");
        return (chip, text::CHOOSE_BOTH.to_owned(), detail(state));
    };
    let compared = compare(state);
    let ranking = state.ranking.as_ref();
    let Some(best) = ranking
        .and_then(Ranking::recommended)
        .map(|row| row.assessment.pattern)
    else {
        let chip = Chip::new(Tone::Plain, "Comparing");
        return (chip, drawn.title().to_owned(), compared.asked);
    };
    let (chip, headline) = if best == drawn {
        (
            Chip::new(Tone::Good, "Recommended"),
            text::is_recommended(drawn.title()),
        )
    } else {
        (
            Chip::new(Tone::Warn, "Another is recommended"),
            text::another_is_recommended(drawn.title(), best.title()),
        )
    };
    let cost = |pattern: Pattern| {
        let mut rows = compared.rows.iter();
        rows.find(|row| row.pattern == pattern)
            .map(|row| row.cost[0].clone())
    };
    // A pattern that is the same design as another has no row of its own.
    let others = ranking.map_or_else(Vec::new, |ranking| ranking.runners_up(best));
    let mut said = others.into_iter();
    let next =
        said.find_map(|next| Some(text::runner_up(next.title(), &cost(next)?, &cost(best)?)));
    let detail = match next {
        Some(next) => format!("{} {next}", compared.asked),
        None => compared.asked,
    };
    (chip, headline, detail)
}

fn detail(state: &State) -> String {
    match state.answers.reach {
        Reach::Counted { asked: 0, .. } => String::from("There are no two workloads to connect."),
        Reach::Counted { delivered, asked } if delivered == asked => {
            let flows = text::counted(asked, "flow", "flows");
            format!(
                "All {flows} between workloads reach their destination, and their replies return."
            )
        }
        Reach::Counted { delivered, asked } => {
            let lost = asked - delivered;
            format!(
                "{lost} of {} between workloads are lost on the way or on the way back.",
                text::counted(asked, "flow", "flows")
            )
        }
        Reach::NotCounted { asked } => {
            let flows = text::counted(asked, "flow", "flows");
            format!(
                "The {flows} between workloads are of too many kinds to follow at every change: Reachability follows them."
            )
        }
    }
}

fn figures(state: &State) -> Vec<Figure> {
    let topology = state.answers.topology();
    let peering = peering_count(state.answers.peerings());
    let tables = topology.route_tables();
    let routes: usize = tables.iter().map(|t| t.routes.len()).sum();
    let per_table = tables.iter().map(|t| {
        format!(
            "{}: {}",
            t.name,
            text::counted(t.routes.len(), "route", "routes")
        )
    });
    let (value, caption, derivation) = total(state);
    let mut figures = links(topology, &peering);
    figures.push(Figure {
        value: format!("{} · {}", grouped(tables.len()), grouped(routes)),
        caption: String::from("route tables · routes"),
        derivation: per_table.collect(),
    });
    if let Reach::Counted { delivered, asked } = state.answers.reach {
        figures.push(Figure {
            value: format!("{} / {}", grouped(delivered), grouped(asked)),
            caption: String::from("flows delivered, with reply"),
            derivation: vec![String::from(
                "Every ordered pair of subnets that hold workloads, request and reply on every equal-cost way: n(n − 1) flows for n subnets. Pairs that nothing tells apart are followed once.",
            )],
        });
    }
    figures.push(Figure {
        value,
        caption,
        derivation,
    });
    figures
}

/// A count with its thousands apart.
fn grouped(count: usize) -> String {
    text::grouped(u64::try_from(count).unwrap_or(u64::MAX))
}

/// What joins the VNets: peerings, connections of Virtual WAN hubs, or both.
fn links(topology: &Topology, peering: &PeeringCount) -> Vec<Figure> {
    let connections = topology.connections().len();
    let mut figures = Vec::new();
    if connections > 0 {
        let hubs = topology.hubs().iter();
        let each = hubs.map(|hub| {
            let count = text::counted(hub.connections.len(), "connection", "connections");
            format!("{}: {count}", hub.name)
        });
        figures.push(Figure {
            value: grouped(connections),
            caption: String::from(if connections == 1 {
                "hub connection"
            } else {
                "hub connections"
            }),
            derivation: each.collect(),
        });
    }
    if connections == 0 || !topology.links().is_empty() {
        figures.push(Figure {
            value: peering.links.clone(),
            caption: format!("peering links · {} objects", peering.objects),
            derivation: peering.derivation.clone(),
        });
    }
    figures
}
