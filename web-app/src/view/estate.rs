//! What exists, in short: samples, regions with their VNets, traffic and settings.

use crate::state::State;
use interspoke_core::document::About;
use interspoke_core::sample::SAMPLES;
use interspoke_core::topology::VnetId;

/// A sample to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleChoice {
    /// Its id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The document came from it.
    pub chosen: bool,
}

/// A VNet in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstateVnet {
    /// Its id.
    pub id: VnetId,
    /// Name.
    pub name: String,
    /// Ranges.
    pub prefixes: String,
    /// The source stands in it.
    pub is_from: bool,
    /// The destination stands in it.
    pub is_to: bool,
}

/// A region in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstateRegion {
    /// Azure's name.
    pub name: String,
    /// Its first VNets.
    pub vnets: Vec<EstateVnet>,
    /// How many more it has.
    pub more: usize,
}

/// The panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estate {
    /// Samples.
    pub samples: Vec<SampleChoice>,
    /// Regions.
    pub regions: Vec<EstateRegion>,
    /// Where the document comes from.
    pub about: Option<About>,
    /// Importing.
    pub import: super::ImportView,
    /// The strict setting is on.
    pub strict: bool,
}

/// VNets of a region that are listed; the tables of the picture hold all.
const LISTED: usize = 24;

/// What exists.
#[must_use]
pub fn estate(state: &State) -> Estate {
    let topology = state.answers.topology();
    let holds = |id: VnetId, ip: Option<std::net::Ipv4Addr>| {
        ip.is_some_and(|ip| topology.vnet(id).contains(ip))
    };
    let mut regions: Vec<EstateRegion> = Vec::new();
    for vnet in topology.vnets() {
        let known = regions.iter_mut().find(|region| region.name == vnet.region);
        let full = known.filter(|region| region.vnets.len() >= LISTED);
        if let Some(region) = full {
            region.more += 1;
            continue;
        }
        let prefixes: Vec<String> = vnet.prefixes.iter().map(ToString::to_string).collect();
        let shown = EstateVnet {
            id: vnet.id,
            name: vnet.name.clone(),
            prefixes: prefixes.join(", "),
            is_from: holds(vnet.id, state.choice.from),
            is_to: holds(vnet.id, state.choice.to),
        };
        match regions.iter_mut().find(|r| r.name == vnet.region) {
            Some(region) => region.vnets.push(shown),
            None => regions.push(EstateRegion {
                name: vnet.region.clone(),
                vnets: vec![shown],
                more: 0,
            }),
        }
    }
    Estate {
        samples: SAMPLES
            .iter()
            .map(|s| SampleChoice {
                id: s.id,
                title: s.title,
                chosen: state.sample == Some(s.id),
            })
            .collect(),
        about: state.document.about.clone(),
        import: super::import(state),
        regions,
        strict: state.document.settings.strict_forwarded_traffic,
    }
}
