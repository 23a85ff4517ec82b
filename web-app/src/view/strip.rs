//! The answer strip: one sentence, and the figures of the estate.

use super::{Chip, Peerings, Tone, path, peerings, total};
use crate::state::{Reach, State};
use crate::text;
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
    let flow = path(state);
    let chip = flow
        .as_ref()
        .map_or_else(|| Chip::new(Tone::Plain, "No flow"), |f| f.chip.clone());
    let headline = flow.map_or_else(|| text::CHOOSE_BOTH.to_owned(), |f| f.sentence);
    Strip {
        chip,
        headline,
        detail: detail(state),
        figures: figures(state),
        older: state.is_older(),
    }
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
    let peering = peerings(state);
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
        value: format!("{} · {routes}", tables.len()),
        caption: String::from("route tables · routes"),
        derivation: per_table.collect(),
    });
    if let Reach::Counted { delivered, asked } = state.answers.reach {
        figures.push(Figure {
            value: format!("{delivered} / {asked}"),
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

/// What joins the VNets: peerings, connections of Virtual WAN hubs, or both.
fn links(topology: &Topology, peering: &Peerings) -> Vec<Figure> {
    let connections = topology.connections().len();
    let mut figures = Vec::new();
    if connections > 0 {
        let hubs = topology.hubs().iter();
        let each = hubs.map(|hub| {
            let count = text::counted(hub.connections.len(), "connection", "connections");
            format!("{}: {count}", hub.name)
        });
        figures.push(Figure {
            value: text::grouped(u64::try_from(connections).unwrap_or(u64::MAX)),
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
            value: peering.links_count.clone(),
            caption: format!("peering links · {} objects", peering.objects_count),
            derivation: peering.derivation.clone(),
        });
    }
    figures
}
