//! Peering links with their two objects, and how many there are.

use super::peering_chart::{PeeringChart, peering_chart};
use crate::state::{Flag, State};
use crate::text;
use interspoke_core::peering;
use interspoke_core::spec::PeeringState;
use interspoke_core::topology::{Link, Topology};
use std::rc::Rc;

/// One object of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectView {
    /// The VNet that stores it.
    pub from: String,
    /// The VNet it points to.
    pub to: String,
    /// Azure's word.
    pub kind: &'static str,
    /// Regions it joins.
    pub regions: String,
    /// Azure's state.
    pub state: &'static str,
    /// Packets may cross the link.
    pub up: bool,
    /// Its flags, in Azure's order.
    pub flags: [(Flag, bool); 4],
}

/// How many links and objects there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeeringCount {
    /// Links, formatted.
    pub links: String,
    /// Objects, formatted.
    pub objects: String,
    /// The formula and how it comes to this number.
    pub derivation: Vec<String>,
}

/// The tab.
#[derive(Debug, Clone, PartialEq)]
pub struct Peerings {
    /// How many there are.
    pub count: PeeringCount,
    /// The chart of peerings against spokes.
    pub chart: PeeringChart,
    /// Every object; the two of one link follow each other.
    pub objects: Rc<Vec<ObjectView>>,
}

/// The peerings of the estate.
#[must_use]
pub fn peerings(state: &State) -> Peerings {
    let topology = state.answers.topology();
    let first = |link: &&Link| link.reverse.is_none_or(|reverse| link.id < reverse);
    let objects = topology
        .links()
        .iter()
        .filter(first)
        .flat_map(|link| [Some(link), link.reverse.map(|id| topology.link(id))])
        .flatten()
        .map(|link| object(topology, link))
        .collect();
    let counted = state.answers.peerings();
    Peerings {
        chart: peering_chart(state, counted),
        count: peering_count(counted),
        objects: Rc::new(objects),
    }
}

/// The number of peerings of an estate.
#[must_use]
pub fn peering_count(count: &peering::PeeringCount) -> PeeringCount {
    let mut derivation = vec![count.formula.clone()];
    if count.global_links > 0 {
        derivation.push(format!(
            "{} of them between regions",
            text::grouped(count.global_links)
        ));
    }
    PeeringCount {
        links: text::grouped(count.links),
        objects: text::grouped(count.objects),
        derivation,
    }
}

fn object(topology: &Topology, link: &Link) -> ObjectView {
    let (from, to) = (topology.vnet(link.from), topology.vnet(link.to));
    ObjectView {
        from: from.name.clone(),
        to: to.name.clone(),
        kind: if link.global {
            "VNetGlobalPeering"
        } else {
            "VNetPeering"
        },
        regions: if from.region == to.region {
            from.region.clone()
        } else {
            format!("{} – {}", from.region, to.region)
        },
        state: match link.state {
            PeeringState::Initiated => "Initiated",
            PeeringState::Connected => "Connected",
            PeeringState::Disconnected => "Disconnected",
        },
        up: link.up,
        flags: [
            (Flag::Access, link.allow_access),
            (Flag::Forwarded, link.allow_forwarded),
            (Flag::Transit, link.allow_gateway_transit),
            (Flag::Remote, link.use_remote_gateways),
        ],
    }
}
