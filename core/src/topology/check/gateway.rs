//! Gateways, tunnels, circuits and sessions.
//!
//! | what is asked for | refused |
//! |---|---|
//! | a second VPN gateway in a VNet | one of a kind |
//! | BGP, two active instances or ExpressRoute beside a VPN gateway Basic | it can none of them |
//! | 31 tunnels on VpnGw1AZ, 5 circuits on ErGw1AZ | more than the SKU has |
//! | a tunnel on an ExpressRoute gateway, a circuit on a VPN gateway | the other kind |
//! | a site or peer with 65515 or 12076 | numbers that are kept |
//! | two active instances with one public address, or with clients and two | one an instance, and one for clients |
//! | a ninth peer of a Route Server | eight are the most |
//!
//! Left out: SKUs of circuits, and what a region offers.

use crate::issue::{Issue, IssueCode};
use crate::spec::{GatewayKind, GatewaySpec, NetworkSpec};
use crate::topology::{Gateway, GatewayId, Party, Topology, VnetId};
use std::collections::BTreeMap;

/// Peers of a Route Server (Route Server limits, 2023-06-30).
const PEERS_PER_ROUTE_SERVER: usize = 8;

pub(super) fn check(topology: &Topology, spec: &NetworkSpec, issues: &mut Vec<Issue>) {
    one_of_a_kind(topology, issues);
    for gateway in &spec.gateways {
        public_addresses(gateway, issues);
        let found = topology.gateways.iter().find(|g| g.name == gateway.name);
        if let (Some(found), Some(sku)) = (found, &gateway.sku) {
            sku_bears(topology, gateway, found, sku, issues);
        }
    }
    tunnels(topology, issues);
    circuits(topology, issues);
    sites(topology, issues);
    sessions(topology, issues);
    branch_to_branch(topology, issues);
}

fn place(gateway: &Gateway) -> String {
    format!("gateways[{}]", gateway.name)
}

fn one_of_a_kind(topology: &Topology, issues: &mut Vec<Issue>) {
    let mut gateways: BTreeMap<(VnetId, GatewayKind), &str> = BTreeMap::new();
    for gateway in &topology.gateways {
        if let Some(first) = gateways.insert((gateway.vnet, gateway.kind), &gateway.name) {
            let vnet = &topology.vnet(gateway.vnet).name;
            let message = format!("{vnet} already has {first} of this kind: one per VNet");
            issues.push(Issue::new(
                IssueCode::SecondGateway,
                place(gateway),
                message,
            ));
        }
    }
}

/// Two active instances have a public address each, and clients a third; where the estate names none, it says nothing of it.
fn public_addresses(spec: &GatewaySpec, issues: &mut Vec<Issue>) {
    if spec.kind != GatewayKind::Vpn || !spec.active_active {
        return;
    }
    let (code, needed) = match (
        spec.public_ips.len(),
        spec.vpn_client_address_pools.is_empty(),
    ) {
        (1, _) => (IssueCode::ActiveActiveAddresses, "two public addresses"),
        (2, false) => (
            IssueCode::ActiveActiveClientAddresses,
            "three public addresses beside clients",
        ),
        _ => return,
    };
    let message = format!(
        "an active-active gateway needs {needed}, found {}",
        spec.public_ips.len()
    );
    let place = format!("gateways[{}].publicIps", spec.name);
    issues.push(Issue::new(code, place, message));
}

/// What a SKU cannot.
fn sku_bears(
    topology: &Topology,
    spec: &GatewaySpec,
    gateway: &Gateway,
    sku: &str,
    issues: &mut Vec<Issue>,
) {
    let place = place(gateway);
    let mut issue = |code, member: &str, message: String| {
        issues.push(Issue::new(code, format!("{place}{member}"), message));
    };
    let is = |word: &str| sku.eq_ignore_ascii_case(word);
    let beside = |kind| {
        let mut others = topology.gateways.iter();
        others.any(|other| other.vnet == gateway.vnet && other.kind == kind)
    };
    let known = skus(gateway.kind);
    if !known.is_empty() && !known.iter().any(|known| is(known.name)) {
        let names: Vec<&str> = known.iter().map(|known| known.name).collect();
        let message = format!("expected one of {}, found {sku:?}", names.join(", "));
        issue(IssueCode::UnknownWord, ".sku", message);
        return;
    }
    let most = known
        .iter()
        .find(|known| is(known.name))
        .map(|known| known.connections);
    match gateway.kind {
        GatewayKind::Vpn => {
            if is("Basic") && gateway.active_active {
                let message = "a Basic gateway has one instance".to_owned();
                issue(
                    IssueCode::BasicGatewayActiveActive,
                    ".activeActive",
                    message,
                );
            }
            if is("Basic") && beside(GatewayKind::ExpressRoute) {
                let message =
                    "a Basic gateway cannot stand beside an ExpressRoute gateway".to_owned();
                issue(IssueCode::BasicGatewayCoexists, ".sku", message);
            }
            if is("Basic") && tunnels_of(topology, gateway.id).any(|bgp| bgp) {
                let message = "a Basic gateway speaks no BGP".to_owned();
                issue(IssueCode::BasicGatewayBgp, ".sku", message);
            }
            let numbered = sku.to_ascii_lowercase().starts_with("vpngw");
            if numbered && !sku.to_ascii_lowercase().ends_with("az") {
                let message = format!("{sku} is not made anew since November 2025; {sku}AZ is");
                issue(IssueCode::GatewaySkuRetired, ".sku", message);
            }
            let used = tunnels_of(topology, gateway.id).count();
            if let Some(most) = most.filter(|most| used > *most) {
                let message = format!("{used} tunnels; {sku} has {most}");
                issue(IssueCode::TooManyTunnels, "", message);
            }
        }
        GatewayKind::ExpressRoute => {
            let fast = ["UltraPerformance", "ErGw3AZ", "ErGwScale"];
            if spec.fast_path && !fast.iter().any(|fast| is(fast)) {
                let message = format!("FastPath needs {}, found {sku}", fast.join(" or "));
                issue(IssueCode::FastPathSku, ".fastPath", message);
            }
            let here = Party::Gateway(gateway.id);
            let used = topology
                .circuits
                .iter()
                .filter(|c| c.gateways.contains(&here))
                .count();
            if let Some(most) = most.filter(|most| used > *most) {
                let message = format!("{used} circuits; {sku} has {most}");
                issue(IssueCode::TooManyCircuits, "", message);
            }
        }
        GatewayKind::RouteServer => {}
    }
}

/// A SKU and the tunnels or circuits that it takes.
struct Sku {
    name: &'static str,
    connections: usize,
}

/// SKUs of a kind (About gateway SKUs, 2025-06-23; About ExpressRoute virtual network gateways, 2024-07-09).
fn skus(kind: GatewayKind) -> &'static [Sku] {
    const fn sku(name: &'static str, connections: usize) -> Sku {
        Sku { name, connections }
    }
    const VPN: &[Sku] = &[
        sku("Basic", 10),
        sku("Standard", 10),
        sku("HighPerformance", 30),
        sku("VpnGw1", 30),
        sku("VpnGw2", 30),
        sku("VpnGw3", 30),
        sku("VpnGw4", 100),
        sku("VpnGw5", 100),
        sku("VpnGw1AZ", 30),
        sku("VpnGw2AZ", 30),
        sku("VpnGw3AZ", 30),
        sku("VpnGw4AZ", 100),
        sku("VpnGw5AZ", 100),
    ];
    const EXPRESS_ROUTE: &[Sku] = &[
        sku("Standard", 4),
        sku("HighPerformance", 8),
        sku("UltraPerformance", 16),
        sku("ErGw1AZ", 4),
        sku("ErGw2AZ", 8),
        sku("ErGw3AZ", 16),
        sku("ErGwScale", 16),
    ];
    match kind {
        GatewayKind::Vpn => VPN,
        GatewayKind::ExpressRoute => EXPRESS_ROUTE,
        GatewayKind::RouteServer => &[],
    }
}

/// Whether BGP runs in each tunnel of a gateway.
fn tunnels_of(topology: &Topology, id: GatewayId) -> impl Iterator<Item = bool> + '_ {
    let here = Party::Gateway(id);
    let tunnels = topology.tunnels.iter();
    tunnels
        .filter(move |t| t.a == here || t.b == here)
        .map(|tunnel| tunnel.bgp)
}

fn tunnels(topology: &Topology, issues: &mut Vec<Issue>) {
    for tunnel in &topology.tunnels {
        let place = format!("tunnels[{}]", tunnel.id.index());
        let mut gateways = Vec::new();
        for (end, member) in [(tunnel.a, "a"), (tunnel.b, "b")] {
            let Party::Gateway(id) = end else { continue };
            let gateway = topology.gateway(id);
            gateways.push(gateway);
            if gateway.kind != GatewayKind::Vpn {
                let message = format!("expected a VPN gateway, found {}", gateway.name);
                let place = format!("{place}.{member}");
                issues.push(Issue::new(IssueCode::TunnelGatewayKind, place, message));
            }
        }
        if let ([a, b], true) = (gateways.as_slice(), tunnel.bgp)
            && a.asn == b.asn
        {
            let message = format!("{} and {} have one number, {}", a.name, b.name, a.asn);
            issues.push(Issue::new(IssueCode::SameAsn, place, message));
        }
    }
}

fn circuits(topology: &Topology, issues: &mut Vec<Issue>) {
    for circuit in &topology.circuits {
        for party in &circuit.gateways {
            let Party::Gateway(id) = party else { continue };
            let gateway = topology.gateway(*id);
            if gateway.kind != GatewayKind::ExpressRoute {
                let message = format!("expected an ExpressRoute gateway, found {}", gateway.name);
                let place = format!("circuits[{}].gateways", circuit.name);
                issues.push(Issue::new(IssueCode::CircuitGatewayKind, place, message));
            }
        }
    }
}

/// Numbers that Azure or IANA keeps (Route Server FAQ, 2022-07-31; VPN Gateway FAQ).
fn is_kept(asn: u32) -> bool {
    matches!(
        asn,
        8_074 | 8_075 | 12_076 | 65_515 | 65_517..=65_520 | 23_456 | 64_496..=64_511 | 65_535..=65_551
    )
}

fn sites(topology: &Topology, issues: &mut Vec<Issue>) {
    for site in topology.sites.iter().filter(|site| is_kept(site.asn)) {
        let here = Party::Site(site.id);
        let over_gateway = |party: Party| matches!(party, Party::Gateway(_) | Party::Hub(_));
        let speaks = topology.tunnels.iter().any(|t| {
            t.bgp && ((t.a == here && over_gateway(t.b)) || (t.b == here && over_gateway(t.a)))
        });
        let circuit = topology.circuits.iter().any(|c| c.sites.contains(&site.id));
        if speaks || circuit {
            let message = format!("{} is a number that Azure or IANA keeps", site.asn);
            let place = format!("sites[{}].asn", site.name);
            issues.push(Issue::new(IssueCode::ReservedAsn, place, message));
        }
    }
}

fn sessions(topology: &Topology, issues: &mut Vec<Issue>) {
    let mut peers: BTreeMap<GatewayId, usize> = BTreeMap::new();
    for session in &topology.bgp_sessions {
        let place = format!("bgpPeerings[{}]", session.id.index());
        if is_kept(session.asn) || session.asn > u32::from(u16::MAX) {
            let message = format!("{} is kept, or has more than 16 bits", session.asn);
            let place = format!("{place}.asn");
            issues.push(Issue::new(IssueCode::RouteServerPeerAsn, place, message));
        }
        let Party::Gateway(server) = session.speaker else {
            continue;
        };
        let count = peers.entry(server).or_default();
        *count += 1;
        if *count > PEERS_PER_ROUTE_SERVER {
            let name = &topology.gateway(server).name;
            let message = format!("{name} has {PEERS_PER_ROUTE_SERVER} peers already");
            issues.push(Issue::new(
                IssueCode::TooManyRouteServerPeers,
                place,
                message,
            ));
        }
    }
}

fn branch_to_branch(topology: &Topology, issues: &mut Vec<Issue>) {
    let servers = topology.gateways.iter();
    for server in servers.filter(|g| g.kind == GatewayKind::RouteServer && g.branch_to_branch) {
        let beside = topology.gateways.iter();
        let vpn = beside.filter(|g| g.vnet == server.vnet && g.kind == GatewayKind::Vpn);
        for gateway in vpn.filter(|g| !g.active_active || g.asn != 65_515) {
            let message = format!(
                "{} exchanges routes with an active-active gateway with ASN 65515 alone",
                server.name
            );
            issues.push(Issue::new(
                IssueCode::BranchToBranchGateway,
                place(gateway),
                message,
            ));
        }
    }
}
