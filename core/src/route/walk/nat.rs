//! What NAT rules of a tunnel do to a packet that enters or leaves by it.
//!
//! | packet | at the gateway's end |
//! |---|---|
//! | into Azure, source in an ingress rule's internal range | the source becomes external |
//! | into Azure, destination in an egress rule's external range | the destination becomes internal |
//! | out of Azure | the same rules, the other address each |
//! | towards a dynamic rule's external range | only a reply passes |
//!
//! Left out: what appliances translate (`walker`).
use super::Walker;
use crate::route::trace::{DropReason, Place};
use crate::spec::NatMode;
use crate::topology::{NatRule, Party, Topology, Tunnel, TunnelId};
use std::net::Ipv4Addr;

/// An address that a NAT rule changed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mapping {
    tunnel: TunnelId,
    inside: Ipv4Addr,
    outside: Ipv4Addr,
}

impl Walker {
    /// Translates a packet that goes from one end of a tunnel to the other.
    pub(super) fn cross_tunnel(
        &mut self,
        topology: &Topology,
        (from, to): (Place, Place),
    ) -> Result<(), DropReason> {
        let Some(tunnel) = tunnel_between(topology, from, to) else {
            return Ok(());
        };
        let into_azure = |rule: &NatRule| party(topology, to) == Some(rule.at);
        let changes_source =
            |rule: &NatRule| into_azure(rule) == (rule.mode == NatMode::IngressSnat);
        let source = tunnel.nat.iter().filter(|rule| changes_source(rule));
        let new = source.filter_map(|rule| rule.outward(self.source)).next();
        if let Some(outside) = new {
            let mapping = Mapping {
                tunnel: tunnel.id,
                inside: self.source,
                outside,
            };
            self.memory.mappings.push(mapping);
            self.source = outside;
        }
        for rule in tunnel.nat.iter().filter(|rule| !changes_source(rule)) {
            if !rule.external.contains(&self.destination) {
                continue;
            }
            let inside = rule.inward(self.destination);
            let inside = inside.or_else(|| self.remembered(tunnel.id));
            let outside = self.destination;
            self.destination = inside.ok_or(DropReason::NoNatMapping)?;
            let mapping = Mapping {
                tunnel: tunnel.id,
                inside: self.destination,
                outside,
            };
            self.memory.mappings.push(mapping);
            break;
        }
        if matches!(to, Place::Site(_)) {
            self.address = Some(self.destination);
        }
        Ok(())
    }

    /// The internal address that the request of this reply had in the tunnel.
    fn remembered(&self, tunnel: TunnelId) -> Option<Ipv4Addr> {
        let request = self.recalled.as_ref()?;
        let mut mappings = request.mappings.iter();
        let is =
            |mapping: &&Mapping| mapping.tunnel == tunnel && mapping.outside == self.destination;
        mappings.find(is).map(|mapping| mapping.inside)
    }

    /// Whether a reply that NAT rules changed comes from the address that was asked.
    pub(super) fn answers_as_asked(&self) -> bool {
        let Some(request) = &self.recalled else {
            return true;
        };
        let plain = self.memory.mappings.is_empty() && request.mappings.is_empty();
        plain || request.asked.is_none_or(|asked| asked == self.source)
    }
}

fn party(topology: &Topology, place: Place) -> Option<Party> {
    Some(match place {
        Place::Gateway(id) => Party::Gateway(id),
        Place::HubGateway(id) => Party::Hub(id),
        Place::Site(id) => Party::Site(id),
        Place::Appliance(id) => Party::Device(topology.appliance(id).device),
        _ => return None,
    })
}

fn tunnel_between(topology: &Topology, from: Place, to: Place) -> Option<&Tunnel> {
    let ends = (party(topology, from)?, party(topology, to)?);
    let mut tunnels = topology.tunnels().iter();
    tunnels.find(|tunnel| {
        !tunnel.nat.is_empty() && ((tunnel.a, tunnel.b) == ends || (tunnel.b, tunnel.a) == ends)
    })
}
