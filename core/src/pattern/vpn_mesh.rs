//! A VPN gateway in every spoke and a tunnel between every two.
//!
//! The rule: n spokes take n gateways and n(n-1)/2 tunnels; each gateway ends n-1 of them, and one more for each site.
//! A spoke with a gateway can neither use the hub's nor join a Virtual WAN, so there is no hub.
//!
//! | n spokes | gateways | tunnels | of one gateway |
//! |---|---|---|---|
//! | 6 | 6 | 15 | 5 |
//! | 31 | 31 | 465 | 30: the limit of VpnGw1 to VpnGw3 |
//! | 101 | 101 | 5,050 | 100: the limit of VpnGw4 and VpnGw5 |
//!
//! Source: "Patterns for inter-spoke networking", pattern 1.

use super::build::Draft;
use super::count::{many, pairs, product};
use super::source::{ARTICLE, VERSUS, VPN};
use super::{Advice, Counter, Counts, Definition, Family, Inspector, Outside, PLAIN, Part, Shape, Way, says};
use crate::intent::{HubManagement, Intent, OnPremises, SpokePlan};
use crate::spec::TunnelSpec;

pub(super) const PATTERN: Definition = Definition {
    id: "vpn-mesh",
    title: "Full mesh of VPN tunnels",
    family: Family::Direct,
    hub: HubManagement::Either,
    inspector: Inspector::None,
    blueprint,
    counts,
    way: |_, _, _| Way::Tunnel,
    outside,
    says: |_| {
        vec![
            says(
                ARTICLE,
                "the design figure of a tunnel is 1.25 Gbps; traffic is encrypted, also between tenants and clouds",
            ),
            says(
                ARTICLE,
                "a spoke with its own gateway cannot join a Virtual WAN nor use the gateway of a hub",
            ),
            says(
                VPN,
                "all tunnels of a gateway together carry 0.65 Gbps with VpnGw1AZ, 10 Gbps with VpnGw5AZ; VpnGw1 to VpnGw3 end 30 tunnels, VpnGw4 and VpnGw5 end 100",
            ),
        ]
    },
    advice: |intent| {
        let needed = intent.encryption
            || intent.other_clouds
            || intent.several_tenants
            || !intent.spokes_with_gateway.is_empty();
        let without = Advice {
            sentence: says(
                VERSUS,
                "VPN gateways join networks whose traffic has to be encrypted and bears little throughput and more latency; nothing here asks for a tunnel",
            ),
            input: "encryption",
            change: "where encryption, other clouds or several tenants are asked for",
        };
        (!needed).then_some(without).into_iter().collect()
    },
    passes: |_| &[Part::SpokeGateways],
    ..PLAIN
};

fn outside(intent: &Intent) -> Outside {
    Outside {
        on_premises: intent.on_premises != OnPremises::ExpressRoute,
        other_clouds: true,
        internet: Way::Direct,
    }
}

fn blueprint(draft: &mut Draft<'_>) {
    for region in &draft.plan.regions {
        draft.spokes(region, None);
    }
    let spokes: Vec<&SpokePlan> = draft.plan.spokes().collect();
    for (position, spoke) in spokes.iter().enumerate() {
        if !spoke.owns_gateway {
            draft.own_gateway(spoke);
        }
        if draft.intent.wants_vpn() {
            draft.attach_vpn(format!("{}-vpn", spoke.name));
        }
        for other in spokes.iter().skip(position + 1) {
            draft.spec.tunnels.push(TunnelSpec {
                bgp: false,
                static_at_a: vec![other.prefix.to_string()],
                static_at_b: vec![spoke.prefix.to_string()],
                ..TunnelSpec::new(
                    &format!("{}-vpn", spoke.name),
                    &format!("{}-vpn", other.name),
                )
            });
        }
    }
}

fn counts(shape: &Shape) -> Counts {
    let (n, sites) = (shape.total(), shape.tunnel_sites);
    let mut counts = Counts::default();
    counts.region_vnets(shape, 0);
    let own: u64 = shape.own_gateways.iter().sum();
    counts.add(Counter::Gateways, Some(n.saturating_sub(own)), |n| {
        many(n, "spoke")
    });
    counts.add(Counter::Tunnels, pairs(n), |_| {
        format!("{n}·{}/2 spoke pairs", n.saturating_sub(1))
    });
    counts.add(Counter::Tunnels, product(n, sites), |_| {
        format!("{} × {}", many(n, "spoke"), many(sites, "site"))
    });
    let each = n.saturating_sub(1).checked_add(sites);
    counts.most(Counter::GatewayTunnels, each, |_| {
        format!(
            "{} + {}",
            many(n.saturating_sub(1), "other spoke"),
            many(sites, "site")
        )
    });
    counts
}
