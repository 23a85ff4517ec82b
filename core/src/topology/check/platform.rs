//! Subnets that belong to the platform: what may be attached to them, who may stand in them, and how small they may be.
//!
//! | subnet | least | table | network security group | who else |
//! |---|---|---|---|---|
//! | GatewaySubnet | /29 | no 0.0.0.0/0, propagation on | no | nobody |
//! | AzureFirewallSubnet | /26 | with 0.0.0.0/0 to the Internet, unless managed apart | no | nobody |
//! | AzureBastionSubnet | /26 | no | with Bastion's rules | nobody |
//! | RouteServerSubnet | /27 | no | no | nobody |
//!
//! The size is asked once somebody stands there: the subnet alone may have any. Left out: subnets of other services.

use super::{nics, subnet_place};
use crate::address::default_route;
use crate::issue::{Issue, IssueCode};
use crate::spec::{Access, ApplianceKind, Direction, NetworkSpec, UserNextHopType};
use crate::topology::{
    Destination, NetworkSecurityGroup, RouteTable, Subnet, Term, Topology, UserRoute, VnetId,
};
use std::collections::BTreeMap;

/// A subnet of the platform.
struct Home {
    name: &'static str,
    /// The longest prefix that its occupant takes.
    longest: u8,
    too_small: IssueCode,
    occupied: IssueCode,
    /// What a table and a network security group there are refused as, whatever they hold.
    table: Option<IssueCode>,
    group: Option<IssueCode>,
}

const HOMES: [Home; 4] = [
    Home {
        name: "GatewaySubnet",
        longest: 29,
        too_small: IssueCode::GatewaySubnetSize,
        occupied: IssueCode::GatewaySubnetOccupied,
        table: None,
        group: Some(IssueCode::GatewaySubnetNsg),
    },
    Home {
        name: "AzureFirewallSubnet",
        longest: 26,
        too_small: IssueCode::FirewallSubnetSize,
        occupied: IssueCode::FirewallSubnetOccupied,
        table: None,
        group: Some(IssueCode::FirewallSubnetNsg),
    },
    Home {
        name: "AzureBastionSubnet",
        longest: 26,
        too_small: IssueCode::BastionSubnetSize,
        occupied: IssueCode::BastionSubnetOccupied,
        table: Some(IssueCode::BastionSubnetRouteTable),
        group: None,
    },
    Home {
        name: "RouteServerSubnet",
        longest: 27,
        too_small: IssueCode::RouteServerSubnetSize,
        occupied: IssueCode::RouteServerSubnetOccupied,
        table: Some(IssueCode::RouteServerSubnetRouteTable),
        group: Some(IssueCode::RouteServerSubnetNsg),
    },
];

pub(super) fn check(topology: &Topology, spec: &NetworkSpec, issues: &mut Vec<Issue>) {
    for subnet in topology.subnets.iter() {
        let home = HOMES.iter().find(|home| is(subnet, home.name));
        if let Some(home) = home {
            attachments(topology, subnet, home, issues);
            size(topology, subnet, home, issues);
        }
        gateway_subnet(topology, subnet, issues);
        bastion_subnet(topology, subnet, issues);
        firewall_subnet(topology, subnet, issues);
    }
    strangers(topology, issues);
    firewalls(topology, spec, issues);
}

fn is(subnet: &Subnet, name: &str) -> bool {
    subnet.name.eq_ignore_ascii_case(name)
}

fn table<'t>(topology: &'t Topology, subnet: &Subnet) -> Option<&'t RouteTable> {
    subnet.route_table.map(|id| topology.route_table(id))
}

fn default_of(table: &RouteTable) -> Option<&UserRoute> {
    let mut routes = table.routes.iter();
    routes.find(|route| route.destination == Destination::Prefix(default_route()))
}

fn attachments(topology: &Topology, subnet: &Subnet, home: &Home, issues: &mut Vec<Issue>) {
    let place = subnet_place(topology, subnet);
    let found = [
        (
            home.table,
            subnet.route_table.is_some(),
            "routeTable",
            "route table",
        ),
        (
            home.group,
            subnet.nsg.is_some(),
            "networkSecurityGroup",
            "network security group",
        ),
    ];
    for (code, is_there, member, what) in found {
        if let (Some(code), true) = (code, is_there) {
            let message = format!("{} takes no {what}", home.name);
            issues.push(Issue::new(code, format!("{place}.{member}"), message));
        }
    }
}

/// Whether the platform stands in the subnet; of Bastion nothing is known.
fn is_used(topology: &Topology, subnet: &Subnet) -> bool {
    let firewall = |kind| kind == ApplianceKind::AzureFirewall;
    is(subnet, "AzureBastionSubnet")
        || topology.gateways.iter().any(|g| g.subnet == subnet.id)
        || topology
            .appliances
            .iter()
            .any(|a| a.subnet == subnet.id && firewall(a.kind))
}

fn size(topology: &Topology, subnet: &Subnet, home: &Home, issues: &mut Vec<Issue>) {
    let small = subnet
        .prefix
        .filter(|prefix| prefix.prefix_len() > home.longest);
    if let Some(prefix) = small.filter(|_| is_used(topology, subnet)) {
        let message = format!("expected /{} or larger, found {prefix}", home.longest);
        let place = format!("{}.prefix", subnet_place(topology, subnet));
        issues.push(Issue::new(home.too_small, place, message));
    }
}

fn gateway_subnet(topology: &Topology, subnet: &Subnet, issues: &mut Vec<Issue>) {
    let Some(table) = table(topology, subnet).filter(|_| is(subnet, "GatewaySubnet")) else {
        return;
    };
    let place = format!("{}.routeTable", subnet_place(topology, subnet));
    if default_of(table).is_some() {
        let message = "a 0.0.0.0/0 route is not supported on GatewaySubnet";
        issues.push(Issue::new(
            IssueCode::GatewaySubnetDefaultRoute,
            &*place,
            message,
        ));
    }
    if table.disable_bgp_route_propagation {
        let message =
            "route propagation must stay enabled on GatewaySubnet, or the gateway stops working";
        issues.push(Issue::new(
            IssueCode::GatewaySubnetPropagation,
            place,
            message,
        ));
    }
}

/// Bastion needs to be reached from the Internet and by its own management; what VNets and load balancers send passes by default.
fn bastion_subnet(topology: &Topology, subnet: &Subnet, issues: &mut Vec<Issue>) {
    let group = subnet.nsg.map(|id| topology.nsg(id));
    let Some(group) = group.filter(|_| is(subnet, "AzureBastionSubnet")) else {
        return;
    };
    let missing: Vec<&str> = ["Internet", "GatewayManager"]
        .into_iter()
        .filter(|tag| !lets_in(group, tag))
        .collect();
    if !missing.is_empty() {
        let message = format!(
            "Bastion needs inbound rules that allow {}",
            missing.join(" and ")
        );
        let place = format!("{}.networkSecurityGroup", subnet_place(topology, subnet));
        issues.push(Issue::new(IssueCode::BastionSubnetNsg, place, message));
    }
}

fn lets_in(group: &NetworkSecurityGroup, tag: &str) -> bool {
    let covers = |term: &Term| match term {
        Term::Any => true,
        Term::Net(net) => net.prefix_len() == 0,
        Term::Internet => tag == "Internet",
        Term::Tag(own) => own.eq_ignore_ascii_case(tag),
        _ => false,
    };
    group.rules.iter().any(|rule| {
        rule.direction == Direction::Inbound
            && rule.access == Access::Allow
            && rule.traffic.source.iter().any(covers)
    })
}

/// A firewall without a management NIC of its own answers over the Internet.
fn firewall_subnet(topology: &Topology, subnet: &Subnet, issues: &mut Vec<Issue>) {
    let hosts = topology
        .appliances
        .iter()
        .any(|a| a.subnet == subnet.id && a.kind == ApplianceKind::AzureFirewall);
    let managed = has_subnet(topology, subnet.vnet, "AzureFirewallManagementSubnet");
    let Some(table) = table(topology, subnet).filter(|_| hosts && !managed) else {
        return;
    };
    let to_internet =
        default_of(table).is_some_and(|route| route.next_hop_type == UserNextHopType::Internet);
    if !to_internet {
        let message =
            "a table here needs 0.0.0.0/0 to Internet unless the firewall has a management NIC";
        let place = format!("{}.routeTable", subnet_place(topology, subnet));
        issues.push(Issue::new(
            IssueCode::FirewallSubnetDefaultRoute,
            place,
            message,
        ));
    }
}

fn has_subnet(topology: &Topology, vnet: VnetId, name: &str) -> bool {
    let mut subnets = topology.vnet(vnet).subnets.iter();
    subnets.any(|id| is(topology.subnet(*id), name))
}

/// Machines and endpoints in subnets of the platform.
fn strangers(topology: &Topology, issues: &mut Vec<Issue>) {
    for nic in nics(topology) {
        let subnet = topology.subnet(nic.subnet);
        let home = HOMES.iter().find(|home| is(subnet, home.name));
        let at_home =
            nic.kind == Some(ApplianceKind::AzureFirewall) && is(subnet, "AzureFirewallSubnet");
        if let Some(home) = home.filter(|_| !at_home) {
            let message = format!("{} takes nothing but its own resource", home.name);
            issues.push(Issue::new(
                home.occupied,
                format!("{}.subnet", nic.place()),
                message,
            ));
        }
    }
}

/// Each kind of managed appliance has a subnet of its own, and a VNet takes one firewall.
fn firewalls(topology: &Topology, spec: &NetworkSpec, issues: &mut Vec<Issue>) {
    let mut first_of: BTreeMap<VnetId, &str> = BTreeMap::new();
    for appliance in &topology.appliances {
        let home = match appliance.kind {
            ApplianceKind::AzureFirewall => ("AzureFirewallSubnet", IssueCode::FirewallSubnetName),
            ApplianceKind::RoutingAppliance => (
                "VirtualNetworkApplianceSubnet",
                IssueCode::RoutingApplianceSubnet,
            ),
            ApplianceKind::Nva => continue,
        };
        let place = format!("appliances[{}]", appliance.name);
        let subnet = topology.subnet(appliance.subnet);
        if !is(subnet, home.0) {
            let message = format!("expected the subnet {}, found {}", home.0, subnet.name);
            issues.push(Issue::new(home.1, format!("{place}.subnet"), message));
        }
        if appliance.kind != ApplianceKind::AzureFirewall {
            continue;
        }
        if let Some(first) = first_of.insert(appliance.vnet, &appliance.name) {
            let vnet = &topology.vnet(appliance.vnet).name;
            let message = format!("{vnet} already has the Azure Firewall {first}: one per VNet");
            issues.push(Issue::new(IssueCode::SecondFirewall, place, message));
        }
    }
    basic_firewalls(topology, spec, issues);
}

fn basic_firewalls(topology: &Topology, spec: &NetworkSpec, issues: &mut Vec<Issue>) {
    for appliance in &spec.appliances {
        let basic = appliance
            .sku
            .as_ref()
            .is_some_and(|sku| sku.eq_ignore_ascii_case("Basic"));
        let vnet = topology.vnet_by_name.get(&appliance.vnet);
        let Some(vnet) = vnet.filter(|_| basic && appliance.kind == ApplianceKind::AzureFirewall)
        else {
            continue;
        };
        if !has_subnet(topology, *vnet, "AzureFirewallManagementSubnet") {
            let message = "an Azure Firewall Basic needs AzureFirewallManagementSubnet in its VNet";
            let place = format!("appliances[{}].sku", appliance.name);
            issues.push(Issue::new(IssueCode::FirewallManagement, place, message));
        }
    }
}
