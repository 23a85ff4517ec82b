//! Peering links with their two objects, and how many there are.

use crate::state::{Flag, State};
use crate::text;
use interspoke_core::peering::count;
use interspoke_core::spec::PeeringState;
use interspoke_core::topology::{Link, Topology};

/// One object of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectView {
    /// The VNet that stores it.
    pub from: String,
    /// The VNet it points to.
    pub to: String,
    /// Azure's state.
    pub state: &'static str,
    /// Its flags, in Azure's order.
    pub flags: [(Flag, bool); 4],
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    /// Azure's word.
    pub kind: &'static str,
    /// Regions it joins.
    pub regions: String,
    /// Packets may cross.
    pub up: bool,
    /// One object, or two.
    pub objects: Vec<ObjectView>,
}

/// The tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peerings {
    /// Links, formatted.
    pub links_count: String,
    /// Objects, formatted.
    pub objects_count: String,
    /// The formula and how it comes to this number.
    pub derivation: Vec<String>,
    /// Every link.
    pub links: Vec<LinkView>,
}

/// The peerings of the estate.
#[must_use]
pub fn peerings(state: &State) -> Peerings {
    let topology = state.answers.topology();
    let first = |link: &&Link| link.reverse.is_none_or(|reverse| link.id < reverse);
    let links: Vec<LinkView> = topology
        .links()
        .iter()
        .filter(first)
        .map(|link| view(topology, link))
        .collect();
    let count = count(topology);
    let mut derivation = vec![count.formula];
    if count.global_links > 0 {
        derivation.push(format!(
            "{} of them between regions",
            text::grouped(count.global_links)
        ));
    }
    Peerings {
        links_count: text::grouped(count.links),
        objects_count: text::grouped(count.objects),
        derivation,
        links,
    }
}

fn view(topology: &Topology, link: &Link) -> LinkView {
    let region = |id| topology.vnet(id).region.clone();
    let (a, b) = (region(link.from), region(link.to));
    let back = link.reverse.map(|id| topology.link(id));
    LinkView {
        kind: if link.global {
            "VNetGlobalPeering"
        } else {
            "VNetPeering"
        },
        regions: if a == b { a } else { format!("{a} – {b}") },
        up: link.up,
        objects: [Some(link), back]
            .into_iter()
            .flatten()
            .map(|l| object(topology, l))
            .collect(),
    }
}

fn object(topology: &Topology, link: &Link) -> ObjectView {
    ObjectView {
        from: topology.vnet(link.from).name.clone(),
        to: topology.vnet(link.to).name.clone(),
        state: match link.state {
            PeeringState::Initiated => "Initiated",
            PeeringState::Connected => "Connected",
            PeeringState::Disconnected => "Disconnected",
        },
        flags: [
            (Flag::Access, link.allow_access),
            (Flag::Forwarded, link.allow_forwarded),
            (Flag::Transit, link.allow_gateway_transit),
            (Flag::Remote, link.use_remote_gateways),
        ],
    }
}
