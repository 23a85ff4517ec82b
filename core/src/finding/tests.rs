//! Small estates, each with one thing wrong, and some with nothing wrong.
//!
//! Every estate is looked at, its finding cured, and looked at again: the finding must be there once with a flow, must
//! be gone afterwards, and the cure may bring no refusal of Azure's and no loss that was not there before.

use super::survey::MOST_FLOWS;
use super::*;
use crate::issue::Issue;
use crate::route::Settings;
use crate::spec::{
    ApplianceKind, ApplianceSpec, NetworkSpec, PeeringSpec, RouteSpec, RouteTableSpec, SubnetSpec,
    UserNextHopType, VnetSpec,
};
use crate::topology::build;
use std::rc::Rc;

macro_rules! estate {
    ($name:literal) => {
        include_str!(concat!("estates/", $name, ".json"))
    };
}
pub(super) use estate;

fn read(text: &str) -> NetworkSpec {
    serde_json::from_str(text).unwrap()
}

fn look(spec: &NetworkSpec) -> (Review, Vec<Issue>) {
    let built = build(spec);
    let routing = Routing::new(Rc::new(built.value), Settings::default());
    (review(&routing), built.issues)
}

pub(super) fn changes(finding: &Finding) -> String {
    let changes = finding.fix.iter().flat_map(|fix| &fix.changes);
    changes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

fn shown(findings: &[Finding]) -> String {
    let line = |f: &Finding| {
        let (severity, id) = (f.severity.word(), f.kind.id());
        format!(
            "{severity} {id} {}: {}\n  {}\n{}\n",
            f.subject,
            f.title,
            f.explanation,
            changes(f)
        )
    };
    findings.iter().map(line).collect()
}

fn errors(issues: &[Issue]) -> Vec<String> {
    let errors = issues
        .iter()
        .filter(|issue| issue.severity() == Severity::Error);
    errors.map(ToString::to_string).collect()
}

/// The kind is found once, at this subject, and its fix removes it. Returns the finding.
#[track_caller]
pub(super) fn check(text: &str, kind: FindingKind, subject: &str) -> Finding {
    let spec = read(text);
    let (before, issues) = look(&spec);
    let found = before.findings;
    // What Azure refuses at the very place is the finding, too; nothing else may be refused.
    let elsewhere = |issue: &Issue| !issue.subject.starts_with(subject);
    let elsewhere: Vec<Issue> = issues.into_iter().filter(elsewhere).collect();
    assert_eq!(errors(&elsewhere), Vec::<String>::new());
    let of_kind: Vec<&Finding> = found
        .iter()
        .filter(|finding| finding.kind == kind)
        .collect();
    let [finding] = of_kind.as_slice() else {
        panic!("expected one {}, found:\n{}", kind.id(), shown(&found));
    };
    assert_eq!(finding.subject, subject, "{}", shown(&found));
    let needs_flow = kind != FindingKind::PlatformSubnet;
    assert_eq!(needs_flow, finding.flow.is_some(), "{}", shown(&found));
    assert_eq!(needs_flow, finding.flows > 0, "{}", shown(&found));
    assert!(finding.explanation.ends_with('.') && !finding.title.is_empty());
    let fix = finding
        .fix
        .as_ref()
        .unwrap_or_else(|| panic!("no fix:\n{}", shown(&found)));

    let (after, issues) = look(&fix.apply(&spec));
    let after = after.findings;
    let again = |known: &Finding| known.kind == kind && known.subject == subject;
    assert!(
        !after.iter().any(again),
        "still there after {fix:?}:\n{}",
        shown(&after)
    );
    assert_eq!(errors(&issues), Vec::<String>::new());
    let is_new = |f: &&Finding| {
        let worse =
            |k: &Finding| k.kind == f.kind && k.subject == f.subject && k.severity == f.severity;
        f.severity == Severity::Error && !found.iter().any(worse)
    };
    let new: Vec<Finding> = after.iter().filter(is_new).cloned().collect();
    assert!(new.is_empty(), "{fix:?} brings:\n{}", shown(&new));
    (*finding).clone()
}

/// Nothing is found.
#[track_caller]
fn check_clean(text: &str) {
    let (review, issues) = look(&read(text));
    assert!(review.findings.is_empty(), "{}", shown(&review.findings));
    assert_eq!(errors(&issues), Vec::<String>::new());
    assert!(review.flows > 0);
}

#[test]
fn f1_the_reply_has_no_route() {
    let kind = FindingKind::ReturnRouteMissing;
    let finding = check(
        estate!("f1-return-route-missing"),
        kind,
        "vnets[spoke2].subnets[app]",
    );
    assert_eq!(
        finding.explanation,
        "The request of 10.1.1.4 to 10.1.2.4 arrives over 10.1.0.4. The reply leaves spoke2/app by its own effective \
         routes: the longest row for 10.1.1.4 is 10.0.0.0/8 with next hop None, so it is dropped. Missing there: \
         10.1.1.0/24.",
    );
    assert_eq!(
        changes(&finding),
        "new route table rt-spoke2-app: 10.1.1.0/24 -> VirtualAppliance 10.1.0.4\n\
         subnet spoke2/app: routeTable = rt-spoke2-app",
    );
}

#[test]
fn f1_over_a_gateway_names_the_gateway() {
    let kind = FindingKind::ReturnRouteMissing;
    let finding = check(
        estate!("f1-over-gateway"),
        kind,
        "vnets[spoke2].subnets[app]",
    );
    assert!(
        changes(&finding).contains("10.1.1.0/24 -> VirtualNetworkGateway"),
        "{}",
        changes(&finding)
    );
    let finding = check(
        estate!("f1-propagation-off"),
        kind,
        "vnets[spoke1].subnets[app]",
    );
    assert_eq!(
        changes(&finding),
        "route table rt-spoke1: disableBgpRoutePropagation = false"
    );
}

#[test]
fn f1_of_a_subnet_peering_is_a_warning() {
    let kind = FindingKind::ReturnRouteMissing;
    let finding = check(
        estate!("f1-subnet-peering"),
        kind,
        "vnets[right].subnets[app]",
    );
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(
        changes(&finding),
        "subnet peering of left and right: add left/other"
    );
}

#[test]
fn f2_the_hub_workload_answers_past_the_firewall() {
    let finding = check(
        estate!("f2-hub-workload"),
        FindingKind::Asymmetric,
        "vnets[hub].subnets[shared]",
    );
    assert!(changes(&finding).contains("10.1.1.0/24 -> VirtualAppliance 10.1.0.4"));
}

#[test]
fn f2_the_gateway_answers_past_the_firewall() {
    let subject = "vnets[hub].subnets[GatewaySubnet]";
    check(
        estate!("f2-gateway-subnet"),
        FindingKind::Asymmetric,
        subject,
    );
}

#[test]
fn f2_an_exact_route_on_one_side_only() {
    let finding = check(
        estate!("f2-one-sided"),
        FindingKind::Asymmetric,
        "vnets[spoke2].subnets[app]",
    );
    assert_eq!(
        changes(&finding),
        "route table rt-spoke2: 10.1.1.0/24 -> VirtualAppliance 10.1.0.4"
    );
    let (review, _) = look(&read(estate!("f2-one-sided")));
    let bypass = |finding: &Finding| finding.kind == FindingKind::DirectBypass;
    assert!(
        !review.findings.iter().any(bypass),
        "one cause, one finding"
    );
}

#[test]
fn f3_a_summary_on_gateway_subnet_is_shorter_than_the_peerings() {
    let subject = "vnets[hub].subnets[GatewaySubnet]";
    let finding = check(
        estate!("f3-gateway-subnet-summary"),
        FindingKind::GatewaySubnetBypass,
        subject,
    );
    assert_eq!(
        finding.severity,
        Severity::Error,
        "its flows are lost at the firewall"
    );
    assert_eq!(
        changes(&finding),
        "route table rt-gateway: 10.1.1.0/24 -> VirtualAppliance 10.1.0.4\n\
         route table rt-gateway: 10.1.2.0/24 -> VirtualAppliance 10.1.0.4",
    );
}

#[test]
fn f4_a_direct_peering_passes_the_firewall_by() {
    let kind = FindingKind::DirectBypass;
    let finding = check(
        estate!("f4-direct-peering"),
        kind,
        "peerings[4] spoke1 -> spoke2",
    );
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(finding.flows, 2);
}

#[test]
fn f4_a_table_that_both_share_is_split() {
    let kind = FindingKind::DirectBypass;
    let finding = check(
        estate!("f4-shared-table"),
        kind,
        "peerings[4] spoke1 -> spoke2",
    );
    assert_eq!(
        changes(&finding),
        "new route table rt-spokes-spoke1: 0.0.0.0/0 -> VirtualAppliance 10.1.0.4; 10.1.2.0/24 -> VirtualAppliance 10.1.0.4\n\
         subnet spoke1/app: routeTable = rt-spokes-spoke1\n\
         new route table rt-spokes-spoke2: 0.0.0.0/0 -> VirtualAppliance 10.1.0.4; 10.1.1.0/24 -> VirtualAppliance 10.1.0.4\n\
         subnet spoke2/app: routeTable = rt-spokes-spoke2",
    );
}

#[test]
fn f4_a_connected_group_passes_the_firewall_by() {
    let finding = check(
        estate!("f4-connected-group"),
        FindingKind::DirectBypass,
        "avnm.groups[spokes]",
    );
    assert_eq!(
        changes(&finding),
        "network group spokes: directConnectivity = false"
    );
}

#[test]
fn f5_an_exact_route_makes_a_detour() {
    let finding = check(
        estate!("f5-detour"),
        FindingKind::Detour,
        "peerings[4] spoke1 -> spoke2",
    );
    assert_eq!(finding.severity, Severity::Note);
    assert_eq!(
        changes(&finding),
        "route table rt-spoke1: remove 10.1.2.0/24\nroute table rt-spoke2: remove 10.1.1.0/24",
    );
}

#[test]
fn f6_a_propagated_route_passes_the_firewall_by() {
    let kind = FindingKind::PropagationBypass;
    let finding = check(estate!("f6-propagation"), kind, "routeTables[rt-spoke1]");
    assert_eq!(
        finding.severity,
        Severity::Error,
        "the replies come over the firewall"
    );
    assert_eq!(
        changes(&finding),
        "route table rt-spoke1: disableBgpRoutePropagation = true"
    );
}

#[test]
fn f6_both_directions_change_sides_together() {
    let kind = FindingKind::PropagationBypass;
    let finding = check(estate!("f6-no-mirror"), kind, "routeTables[rt-spoke1]");
    assert_eq!(finding.severity, Severity::Warning);
    assert!(
        changes(&finding).contains("subnet hub/GatewaySubnet: routeTable"),
        "{}",
        changes(&finding)
    );
}

#[test]
fn f7_a_default_route_on_the_appliances_own_subnet() {
    let finding = check(
        estate!("f7-own-subnet"),
        FindingKind::Loop,
        "vnets[hub].subnets[nva]",
    );
    assert_eq!(
        changes(&finding),
        "new route table rt-all-hub: 0.0.0.0/0 -> Internet\nsubnet hub/nva: routeTable = rt-all-hub",
    );
}

#[test]
fn f7_a_route_server_gives_the_appliance_its_own_route() {
    let finding = check(
        estate!("f7-route-server"),
        FindingKind::Loop,
        "vnets[hub].subnets[nva]",
    );
    assert!(changes(&finding).contains("0.0.0.0/0 -> Internet"));
}

#[test]
fn f7_two_firewalls_point_at_each_other() {
    let subject = "vnets[hub-b].subnets[AzureFirewallSubnet]";
    let finding = check(estate!("f7-two-firewalls"), FindingKind::Loop, subject);
    assert_eq!(changes(&finding), "route table rt-fb: remove 10.2.1.0/24");
}

#[test]
fn f8_equal_cost_over_stateful_appliances() {
    let finding = check(
        estate!("f8-equal-cost"),
        FindingKind::EqualCostState,
        "gateways[routes]",
    );
    assert!(
        finding
            .explanation
            .contains("a reply that meets the other one is dropped")
    );
    assert_eq!(
        changes(&finding),
        "appliance N2: prepend its AS number to 10.0.0.0/8 towards routes"
    );
}

#[test]
fn f8_a_leg_that_loses() {
    let finding = check(
        estate!("f8-losing-leg"),
        FindingKind::EqualCostState,
        "gateways[routes]",
    );
    assert!(
        finding
            .explanation
            .contains("the flows that meet N2 are lost")
    );
    assert_eq!(
        changes(&finding),
        "appliance N2: prepend its AS number to 10.0.0.0/8 towards routes"
    );
}

#[test]
fn f9_forwarded_traffic_is_not_allowed() {
    let kind = FindingKind::FlagMissing;
    let finding = check(
        estate!("f9-forwarded-traffic"),
        kind,
        "peerings[3] spoke2 -> hub",
    );
    assert_eq!(finding.severity, Severity::Error);
    let known = "Azure often forwards this anyway, but the documented requirement is not met.";
    assert!(finding.explanation.contains(known));
    assert_eq!(
        changes(&finding),
        "peering spoke2 -> hub: allowForwardedTraffic = true"
    );
}

#[test]
fn f9_access_is_not_allowed() {
    let finding = check(
        estate!("f9-access"),
        FindingKind::FlagMissing,
        "peerings[2] hub -> spoke2",
    );
    assert_eq!(
        changes(&finding),
        "peering hub -> spoke2: allowVirtualNetworkAccess = true\n\
         peering spoke2 -> hub: allowVirtualNetworkAccess = true",
    );
}

#[test]
fn f9_the_appliance_does_not_forward() {
    let finding = check(
        estate!("f9-ip-forwarding"),
        FindingKind::FlagMissing,
        "appliances[N]",
    );
    assert_eq!(changes(&finding), "appliance N: enableIPForwarding = true");
}

#[test]
fn f10_the_next_hop_is_not_peered() {
    let kind = FindingKind::NextHopUnreachable;
    let finding = check(
        estate!("f10-not-peered"),
        kind,
        "routeTables[rt-spoke1].routes[10.2.0.4]",
    );
    assert_eq!(
        changes(&finding),
        "peer spoke1 and hub-b, allowForwardedTraffic = true on both"
    );
    let finding = check(
        estate!("f10-nobody"),
        kind,
        "routeTables[rt-spoke1].routes[172.16.0.4]",
    );
    assert_eq!(
        changes(&finding),
        "route table rt-spoke1: remove 172.16.0.0/12"
    );
}

#[test]
fn f11_an_endpoint_is_reached_past_the_firewall() {
    let kind = FindingKind::PrivateEndpointBypass;
    let finding = check(
        estate!("f11-default-route"),
        kind,
        "vnets[hub].subnets[endpoints]",
    );
    assert_eq!(
        changes(&finding),
        "route table rt-spoke1: 10.1.0.132/32 -> VirtualAppliance 10.1.0.4"
    );
    let finding = check(
        estate!("f11-long-route"),
        kind,
        "vnets[hub].subnets[endpoints]",
    );
    assert_eq!(
        changes(&finding),
        "subnet hub/endpoints: privateEndpointNetworkPolicies = RouteTableEnabled"
    );
}

#[test]
fn f11_an_endpoint_answers_past_the_appliance() {
    let finding = check(
        estate!("f11-reply"),
        FindingKind::PrivateEndpointBypass,
        "appliances[N]",
    );
    assert_eq!(
        changes(&finding),
        "appliance N: source NAT towards private ranges = true"
    );
}

#[test]
fn f12_fast_path_ignores_the_route() {
    let finding = check(
        estate!("f12-fast-path"),
        FindingKind::FastPathBypass,
        "gateways[express]",
    );
    assert_eq!(changes(&finding), "gateway express: FastPath = false");
}

#[test]
fn f13_the_firewall_does_not_know_the_other_region() {
    let subject = "vnets[hub-a].subnets[AzureFirewallSubnet]";
    let finding = check(
        estate!("f13-unknown-region"),
        FindingKind::BlackHole,
        subject,
    );
    assert_eq!(
        changes(&finding),
        "new route table rt-hub-a-AzureFirewallSubnet: 0.0.0.0/0 -> Internet; 10.2.1.0/24 -> VirtualAppliance 10.2.0.4\n\
         subnet hub-a/AzureFirewallSubnet: routeTable = rt-hub-a-AzureFirewallSubnet",
    );
}

#[test]
fn f14_a_table_cuts_the_session_with_the_route_server() {
    let subject = "vnets[hub].subnets[GatewaySubnet]";
    let finding = check(estate!("f14-session"), FindingKind::SessionDown, subject);
    assert_eq!(
        changes(&finding),
        "route table rt-gateway: 10.1.0.64/27 -> VnetLocal"
    );
}

#[test]
fn platform_subnets_bear_no_default_route() {
    let kind = FindingKind::PlatformSubnet;
    let bastion = check(
        estate!("platform-bastion"),
        kind,
        "vnets[hub].subnets[AzureBastionSubnet]",
    );
    assert_eq!(
        changes(&bastion),
        "subnet hub/AzureBastionSubnet: routeTable = none"
    );
    assert_eq!(bastion.source.title, "Azure Bastion FAQ");
    check(
        estate!("platform-route-server"),
        kind,
        "vnets[hub].subnets[RouteServerSubnet]",
    );
    check(
        estate!("platform-application-gateway"),
        kind,
        "vnets[hub].subnets[snet-appgw]",
    );
    let subject = "vnets[hub].subnets[VirtualNetworkApplianceSubnet]";
    check(estate!("platform-routing-appliance"), kind, subject);
    let subject = "vnets[hub].subnets[AzureFirewallManagementSubnet]";
    let typed = check(estate!("platform-management"), kind, subject);
    assert_eq!(
        changes(&typed),
        "route table rt-shared: 0.0.0.0/0 -> Internet\n\
         route table rt-shared: disableBgpRoutePropagation = true",
    );
    let learned = check(estate!("platform-learned-default"), kind, subject);
    assert!(
        learned
            .explanation
            .contains("a gateway propagates 0.0.0.0/0")
    );
}

#[test]
fn nothing_is_wrong_with_two_regions_after_the_guide() {
    check_clean(estate!("clean-two-regions"));
}

#[test]
fn nothing_is_wrong_behind_a_load_balancer_or_with_source_nat() {
    check_clean(estate!("clean-load-balancer"));
    check_clean(estate!("clean-equal-cost-translated"));
}

#[test]
fn a_network_apart_is_no_black_hole() {
    check_clean(estate!("clean-apart"));
}

#[test]
fn findings_come_worst_first_and_the_same_every_time() {
    let spec = read(estate!("f2-one-sided"));
    let (first, second) = (look(&spec).0.findings, look(&spec).0.findings);
    assert_eq!(first, second);
    let kinds: Vec<&str> = first.iter().map(|finding| finding.kind.id()).collect();
    assert_eq!(kinds, ["F2", "F5"]);
}

#[test]
fn every_kind_names_its_source() {
    let ids: Vec<&str> = FindingKind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(ids.len(), 16);
    for kind in FindingKind::ALL {
        let source = kind.source();
        let microsoft = [
            "https://learn.microsoft.com/",
            "https://github.com/MicrosoftDocs/",
        ];
        assert!(microsoft.iter().any(|site| source.url.starts_with(site)));
        assert!(!source.date.is_empty());
    }
}

/// A hub with a firewall and many spokes that send everything to it.
fn star(spokes: u8) -> NetworkSpec {
    let route = |hop: &str| RouteSpec {
        name: None,
        prefix: "0.0.0.0/0".to_owned(),
        next_hop_type: UserNextHopType::VirtualAppliance.into(),
        next_hop_ip_address: Some(hop.to_owned()),
    };
    let subnet = |name: &str, prefix: String, table: Option<&str>| SubnetSpec {
        name: name.to_owned(),
        prefix,
        route_table: table.map(str::to_owned),
        ..SubnetSpec::default()
    };
    let vnet = |name: String, prefix: String, subnet: SubnetSpec| VnetSpec {
        name,
        prefixes: vec![prefix],
        subnets: vec![subnet],
        ..VnetSpec::default()
    };
    let firewall = subnet("AzureFirewallSubnet", "10.0.0.0/26".to_owned(), None);
    let mut spec = NetworkSpec {
        vnets: vec![vnet("hub".to_owned(), "10.0.0.0/24".to_owned(), firewall)],
        route_tables: vec![RouteTableSpec {
            name: "rt".to_owned(),
            disable_bgp_route_propagation: false,
            routes: vec![route("10.0.0.4")],
        }],
        ..NetworkSpec::default()
    };
    let kind = ApplianceKind::AzureFirewall;
    spec.appliances.push(ApplianceSpec::new(
        "F",
        kind,
        "hub",
        "AzureFirewallSubnet",
        "10.0.0.4",
    ));
    for number in 1..=spokes {
        let app = subnet("app", format!("10.{number}.0.0/24"), Some("rt"));
        spec.vnets.push(vnet(
            format!("spoke{number}"),
            format!("10.{number}.0.0/16"),
            app,
        ));
        for (from, to) in [
            ("hub".to_owned(), format!("spoke{number}")),
            (format!("spoke{number}"), "hub".to_owned()),
        ] {
            let mut link = PeeringSpec::new(from, to);
            link.allow_forwarded_traffic = true;
            spec.peerings.push(link);
        }
    }
    spec
}

#[test]
fn a_large_estate_is_thinned_out_and_says_so() {
    let (small, _) = look(&star(10));
    assert_eq!((small.flows, small.left_out), (10 * 9 + 10, 0));
    let (large, _) = look(&star(200));
    assert!(large.flows <= MOST_FLOWS);
    assert_eq!(large.flows + large.left_out, 200 * 199 + 200);
    assert!(large.findings.is_empty(), "{}", shown(&large.findings));
    let mut broken = star(200);
    broken
        .appliances
        .iter_mut()
        .for_each(|nic| nic.kind = ApplianceKind::Nva.into());
    broken
        .appliances
        .iter_mut()
        .for_each(|nic| nic.ip_forwarding = false);
    let (broken, _) = look(&broken);
    assert_eq!(broken.findings.len(), 1, "one cause, one finding");
}
