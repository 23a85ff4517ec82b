//! Which appliance could carry a destination on.
//!
//! An appliance *knows* a destination when its own subnet's table leads there: directly, to a gateway, or over another
//! appliance by a route made for it (not a default route), and not back to the one who asks.
//!
//! | appliance's row for 10.2.1.4 | asked by | knows |
//! |---|---|---|
//! | 10.2.1.0/24 VNetPeering | F_A | yes |
//! | 10.2.0.0/16 -> F_B | F_A | yes |
//! | 10.2.0.0/16 -> F_A | F_A | no: it would come back |
//! | 0.0.0.0/0 Internet, or 10.0.0.0/8 None | F_A | no |

use super::place::{appliance_at, front, hop_address, is_adjacent, winner};
use crate::address::is_private;
use crate::route::{NextHopType, Routing};
use crate::topology::{Appliance, DeviceId, SubnetId, Topology};
use std::net::Ipv4Addr;

/// Whether an appliance's subnet leads on to a destination, other than back to the asking device.
pub(super) fn knows(
    routing: &Routing,
    nic: &Appliance,
    destination: Ipv4Addr,
    asking: Option<DeviceId>,
) -> bool {
    let topology: &Topology = routing.topology();
    let Some(winner) = winner(routing, nic.subnet, destination) else {
        return false;
    };
    winner.row().is_some_and(|row| match row.next_hop_type {
        NextHopType::None if !row.leads_to_appliance() => false,
        NextHopType::Internet => !is_private(destination) && nic.internet_egress,
        NextHopType::VirtualAppliance | NextHopType::None => {
            let next = hop_address(row).and_then(|hop| appliance_at(topology, hop));
            winner.prefix.prefix_len() > 0
                && next.is_some_and(|next| Some(next.device) != asking && next.device != nic.device)
        }
        _ => true,
    })
}

/// The address of an appliance that a subnet can reach and that knows a destination; those of its own VNet first.
pub(super) fn appliance_for(
    routing: &Routing,
    subnet: SubnetId,
    destination: Ipv4Addr,
    asking: Option<DeviceId>,
) -> Option<Ipv4Addr> {
    let topology: &Topology = routing.topology();
    let vnet = topology.subnet(subnet).vnet;
    let near = topology.appliances().iter().filter(|nic| {
        let other = Some(nic.device) != asking && nic.subnet != subnet;
        other && nic.running && is_adjacent(topology, vnet, front(nic))
    });
    let mut knowing: Vec<&Appliance> = near
        .filter(|nic| knows(routing, nic, destination, asking))
        .collect();
    knowing.sort_by_key(|nic| (nic.vnet != vnet, nic.id));
    knowing.first().map(|nic| front(nic))
}
