//! One step turns hub and spoke into Virtual WAN, and back.
//!
//! The rule: spokes, their subnets, names, addresses and security groups stay as they are, and so do sites, circuits,
//! firewall policies and direct peerings of spokes; what stands between them is made anew. What the other form has no
//! place for is said, object by object.
//!
//! | hub and spoke | Virtual WAN |
//! |---|---|
//! | a hub VNet with an Azure Firewall or NVAs | a hub with a firewall or an NVA |
//! | routes of spokes towards it: to private ranges, to 0.0.0.0/0 | routing intent: private, Internet |
//! | a peering of a spoke with the hub | a connection |
//! | a VPN or ExpressRoute gateway, its tunnels and circuits | the hub's gateway, the same tunnels and circuits |
//! | Route Server, addresses of machines, custom routes | nothing: listed |
//! | nothing: listed | custom route tables, labels, route maps, the routing preference |
//!
//! A route table of a spoke loses its routes to the machines of the hub and gets those of the new hub, whatever else it
//! has stays. One that the catalogue's pattern makes for a hub's spokes comes and goes with the hub.
//!
//! Left out: a VNet at two hubs (it is connected to the first), hubs behind hubs.

mod into_hubs;
mod into_wan;

use crate::address::{Prefix, parse_prefix};
use crate::spec::{HubSpec, NetworkSpec};
use ipnet::Ipv4Net;
use std::fmt;

/// A form of joining spokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Hubs that Microsoft runs.
    VirtualWan,
    /// Hubs of one's own.
    HubAndSpoke,
}

/// An estate in the other form.
#[derive(Debug, Clone, PartialEq)]
pub struct Turned {
    /// The estate.
    pub network: NetworkSpec,
    /// What form it has now.
    pub form: Form,
    /// What could not be kept, a sentence each without a final dot.
    pub lost: Vec<String>,
}

/// Why an estate stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnError {
    /// It has neither a hub VNet with spokes nor a Virtual WAN hub with connections.
    NoHub,
    /// No private range is left for a hub.
    NoSpace,
}

impl fmt::Display for TurnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHub => {
                "expected a hub VNet with a firewall, NVA or gateway and peered spokes, or a Virtual WAN hub with connections, found neither"
            }
            Self::NoSpace => "expected room for a /22 for each hub in private ranges, found none left",
        })
    }
}

impl std::error::Error for TurnError {}

/// What an estate would be turned into; none where it has no hub.
#[must_use]
pub fn form_after(network: &NetworkSpec) -> Option<Form> {
    if hubs(network).any(|hub| !hub.connections.is_empty()) {
        return Some(Form::HubAndSpoke);
    }
    let found = into_wan::hub_vnets(network);
    (!found.is_empty()).then_some(Form::VirtualWan)
}

/// The estate in its other form.
///
/// ```
/// use interspoke_core::intent::{AddressPlan, Intent};
/// use interspoke_core::pattern::Pattern;
/// use interspoke_core::pattern::turn::{Form, turn};
/// let intent = Intent::default();
/// let plan = AddressPlan::new(&intent).unwrap();
/// let own = Pattern::HubFirewall.blueprint(&intent, &plan);
/// let turned = turn(&own).unwrap();
/// assert_eq!((turned.form, turned.network.virtual_wan.unwrap().hubs.len()), (Form::VirtualWan, 2));
/// ```
///
/// # Errors
/// Why it stays as it is.
pub fn turn(network: &NetworkSpec) -> Result<Turned, TurnError> {
    match form_after(network) {
        Some(Form::VirtualWan) => into_wan::turned(network),
        Some(Form::HubAndSpoke) => into_hubs::turned(network),
        None => Err(TurnError::NoHub),
    }
}

fn hubs(network: &NetworkSpec) -> impl Iterator<Item = &HubSpec> {
    network.virtual_wan.iter().flat_map(|wan| &wan.hubs)
}

fn net(text: &str) -> Option<Ipv4Net> {
    match parse_prefix(text) {
        Ok(Prefix::V4(net)) => Some(net),
        _ => None,
    }
}

/// Ranges of VNets, sites and hubs.
fn ranges(network: &NetworkSpec) -> Vec<Ipv4Net> {
    let vnets = network.vnets.iter().flat_map(|vnet| &vnet.prefixes);
    let sites = network.sites.iter().flat_map(|site| &site.prefixes);
    let hubs = hubs(network).filter_map(|hub| hub.prefix.as_ref());
    { vnets.chain(sites).chain(hubs) }
        .filter_map(|text| net(text))
        .collect()
}

/// The table that the catalogue's patterns put on the spokes of a hub.
fn table_of(base: &str) -> String {
    format!("rt-{base}-spokes")
}

/// Other ends of tunnels and circuits, by name.
fn renamed(network: &mut NetworkSpec, name: impl Fn(&str, bool) -> Option<String>) {
    for tunnel in &mut network.tunnels {
        for end in [&mut tunnel.a, &mut tunnel.b] {
            if let Some(new) = name(end, false) {
                *end = new;
                tunnel.instance_ip = None;
            }
        }
        for rule in &mut tunnel.nat_rules {
            let new = rule.at.as_deref().and_then(|at| name(at, false));
            rule.at = new.or_else(|| rule.at.take());
        }
    }
    for circuit in &mut network.circuits {
        let connections = circuit.connections.iter_mut().map(|one| &mut one.gateway);
        for end in circuit.gateways.iter_mut().chain(connections) {
            if let Some(new) = name(end, true) {
                *end = new;
            }
        }
    }
}
