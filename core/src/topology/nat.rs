//! NAT rules of VPN gateways and hubs: which addresses of one side the other side sees ("About NAT on Azure VPN Gateway",
//! Microsoft Learn, 2021-12-02, read 2026-11-28).
//!
//! | mode | of a packet into Azure | of a packet out of Azure |
//! |---|---|---|
//! | `IngressSnat` | source: internal to external | destination: external to internal |
//! | `EgressSnat` | destination: external to internal | source: internal to external |
//!
//! A static rule keeps the place within the range and works from both sides. A dynamic one hides many addresses behind few:
//! only the internal side begins.
//!
//! Left out: ports of rules.
use super::Party;
use crate::spec::{NatMode, NatType};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// A NAT rule of a tunnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NatRule {
    /// The gateway or hub that applies it.
    pub at: Party,
    /// Whose addresses it changes.
    pub mode: NatMode,
    /// How.
    pub kind: NatType,
    /// Before the translation.
    pub internal: Ipv4Net,
    /// After it.
    pub external: Ipv4Net,
}

impl NatRule {
    /// The external address of an internal one. A dynamic rule gives the first of its pool: which one is the gateway's choice.
    #[must_use]
    pub fn outward(&self, address: Ipv4Addr) -> Option<Ipv4Addr> {
        if !self.internal.contains(&address) {
            return None;
        }
        match self.kind {
            NatType::Static => moved(address, self.internal, self.external),
            NatType::Dynamic => Some(self.external.network()),
        }
    }

    /// The internal address of an external one, where the rule alone says which.
    #[must_use]
    pub fn inward(&self, address: Ipv4Addr) -> Option<Ipv4Addr> {
        match self.kind {
            NatType::Static => moved(address, self.external, self.internal),
            NatType::Dynamic => None,
        }
    }

    /// What the other side is told of a prefix: nothing where the rule does not touch it.
    #[must_use]
    pub fn told(&self, prefix: Ipv4Net) -> Option<Ipv4Net> {
        if prefix.contains(&self.internal) && prefix != self.internal {
            return Some(self.external);
        }
        if !self.internal.contains(&prefix) {
            return None;
        }
        match self.kind {
            NatType::Static => {
                let network = moved(prefix.network(), self.internal, self.external)?;
                Ipv4Net::new(network, prefix.prefix_len()).ok()
            }
            NatType::Dynamic => Some(self.external),
        }
    }
}

/// The address at the same place of another range.
fn moved(address: Ipv4Addr, from: Ipv4Net, to: Ipv4Net) -> Option<Ipv4Addr> {
    if !from.contains(&address) {
        return None;
    }
    let place = u32::from(address).checked_sub(u32::from(from.network()))?;
    let moved = Ipv4Addr::from(u32::from(to.network()).checked_add(place)?);
    to.contains(&moved).then_some(moved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::GatewayId;

    fn rule(kind: NatType, internal: &str, external: &str) -> NatRule {
        NatRule {
            at: Party::Gateway(GatewayId::new(0)),
            mode: NatMode::EgressSnat,
            kind,
            internal: internal.parse().unwrap_or_default(),
            external: external.parse().unwrap_or_default(),
        }
    }

    fn ip(text: &str) -> Ipv4Addr {
        text.parse().unwrap_or(Ipv4Addr::UNSPECIFIED)
    }

    #[test]
    fn a_static_rule_keeps_the_place_in_both_directions() {
        let rule = rule(NatType::Static, "10.0.1.0/24", "100.0.1.0/24");
        assert_eq!(rule.outward(ip("10.0.1.9")), Some(ip("100.0.1.9")));
        assert_eq!(rule.inward(ip("100.0.1.9")), Some(ip("10.0.1.9")));
        assert_eq!(rule.outward(ip("10.0.2.9")), None);
    }

    #[test]
    fn a_dynamic_rule_hides_and_is_not_undone_without_a_flow() {
        let rule = rule(NatType::Dynamic, "10.0.1.0/24", "100.0.1.1/32");
        assert_eq!(rule.outward(ip("10.0.1.9")), Some(ip("100.0.1.1")));
        assert_eq!(rule.inward(ip("100.0.1.1")), None);
    }

    #[test]
    fn what_is_told_of_parts_and_of_the_whole() {
        let rule = rule(NatType::Static, "10.0.1.0/24", "100.0.1.0/24");
        let net = |text: &str| text.parse::<Ipv4Net>().ok();
        assert_eq!(
            net("10.0.1.128/25").and_then(|p| rule.told(p)),
            net("100.0.1.128/25")
        );
        assert_eq!(
            net("10.0.0.0/16").and_then(|p| rule.told(p)),
            net("100.0.1.0/24")
        );
        assert_eq!(net("10.0.2.0/24").and_then(|p| rule.told(p)), None);
    }
}
