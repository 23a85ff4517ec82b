//! Places of the estate: their paths in issues, their names in sentences, and what can be reached from them directly.
//!
//! | place | path | in a sentence |
//! |---|---|---|
//! | a subnet | `vnets[spoke1].subnets[app]` | spoke1/app |
//! | a peering object | `peerings[3] spoke1 -> hub` | spoke1 -> hub |
//! | a route table | `routeTables[rt-spoke1]` | rt-spoke1 |

use crate::address::{covered_by, overlaps};
use crate::route::{
    Decision, EffectiveRoute, EffectiveTable, Flow, Hop, HopAddress, Origin, Place, Remark,
    Routing, select,
};
use crate::topology::{Appliance, Link, RouteTableId, SubnetId, Topology, Vnet, VnetId};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// `vnets[spoke1].subnets[app]`.
pub(super) fn subnet_path(topology: &Topology, id: SubnetId) -> String {
    let subnet = topology.subnet(id);
    format!(
        "vnets[{}].subnets[{}]",
        topology.vnet(subnet.vnet).name,
        subnet.name
    )
}

/// `spoke1/app`.
pub(super) fn subnet_name(topology: &Topology, id: SubnetId) -> String {
    let subnet = topology.subnet(id);
    format!("{}/{}", topology.vnet(subnet.vnet).name, subnet.name)
}

/// `peerings[3] spoke1 -> hub`, as issues write it.
pub(super) fn link_path(topology: &Topology, link: &Link) -> String {
    let position = link
        .spec_index
        .map_or_else(String::new, |at| format!("[{at}]"));
    format!("peerings{position} {}", link_name(topology, link))
}

/// `spoke1 -> hub`.
pub(super) fn link_name(topology: &Topology, link: &Link) -> String {
    format!(
        "{} -> {}",
        topology.vnet(link.from).name,
        topology.vnet(link.to).name
    )
}

/// `routeTables[rt-spoke1]`.
pub(super) fn table_path(topology: &Topology, id: RouteTableId) -> String {
    format!("routeTables[{}]", topology.route_table(id).name)
}

/// `10.1.1.4 to 10.1.2.4`.
pub(super) fn flow_name(flow: Flow) -> String {
    format!("{} to {}", flow.source, flow.destination)
}

/// `a, b and c`.
pub(super) fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Once each, in order.
pub(super) fn distinct<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}

/// The winner of a table for an address, with its prefix.
pub(super) struct Winner {
    table: Rc<EffectiveTable>,
    row: usize,
    pub(super) prefix: Ipv4Net,
}

impl Winner {
    pub(super) fn row(&self) -> Option<&EffectiveRoute> {
        self.table.rows.get(self.row)
    }
}

/// The row by which a subnet reaches an address.
pub(super) fn winner(routing: &Routing, subnet: SubnetId, address: Ipv4Addr) -> Option<Winner> {
    let table = routing.effective(subnet);
    let selection = select(&table.rows, address);
    let (row, prefix) = (selection.winner?, selection.prefix?);
    Some(Winner { table, row, prefix })
}

/// Whether a row delivers inside Azure without an appliance: own VNet, peering or connected group.
pub(super) fn is_direct(row: &EffectiveRoute) -> bool {
    matches!(
        row.origin,
        Origin::Vnet | Origin::Peering(_) | Origin::ConnectedGroup(_)
    )
}

/// The first address of a row's next hops.
pub(super) fn hop_address(row: &EffectiveRoute) -> Option<Ipv4Addr> {
    row.next_hop_ips.iter().find_map(|hop| match hop {
        HopAddress::Ip(ip) => Some(*ip),
        _ => None,
    })
}

/// A user-defined route to an appliance.
pub(super) fn is_over_appliance(row: &EffectiveRoute) -> bool {
    row.leads_to_appliance() && matches!(row.origin, Origin::User(..))
}

/// The appliance NIC that answers at a next-hop address, its own or its load balancer's.
pub(super) fn appliance_at(topology: &Topology, address: Ipv4Addr) -> Option<&Appliance> {
    let nics = || topology.appliances().iter();
    let own = nics().find(|nic| nic.ip == address);
    own.or_else(|| nics().find(|nic| nic.load_balancer_ip == Some(address)))
}

/// The address that routes name to reach an appliance: its load balancer's where it has one.
pub(super) fn front(nic: &Appliance) -> Ipv4Addr {
    nic.load_balancer_ip.unwrap_or(nic.ip)
}

/// The address by which a packet came to the appliance of a hop.
pub(super) fn front_of(topology: &Topology, hop: &Hop) -> Option<Ipv4Addr> {
    let Place::Appliance(id) = hop.place else {
        return None;
    };
    let balanced = hop.remarks.iter().find_map(|remark| match remark {
        Remark::LoadBalanced(front) => Some(*front),
        _ => None,
    });
    Some(balanced.unwrap_or_else(|| topology.appliance(id).ip))
}

/// Whether a VNet hands packets to an address directly: its own, a peered VNet's, or a connected group member's.
pub(super) fn is_adjacent(topology: &Topology, vnet: VnetId, address: Ipv4Addr) -> bool {
    if topology.vnet(vnet).contains(address) {
        return true;
    }
    let host = Ipv4Net::from(address);
    let mut links = topology.links_of(vnet).filter(|link| link.up);
    if links.any(|link| covered_by(&host, &link.remote_prefixes)) {
        return true;
    }
    let groups = topology.connected_groups().iter();
    let mut groups = groups.filter(|group| group.members.contains(&vnet));
    let region = &topology.vnet(vnet).region;
    groups.any(|group| {
        let mut members = group.members.iter().map(|id| topology.vnet(*id));
        members.any(|member| (group.global || member.region == *region) && member.contains(address))
    })
}

/// The ranges that stand for an address in a route: its VNet's or its site's.
pub(super) fn range_of(topology: &Topology, address: Ipv4Addr) -> Option<Ipv4Net> {
    let vnets = topology
        .vnets()
        .iter()
        .flat_map(|vnet| vnet.prefixes.iter());
    let sites = topology.sites().iter().flat_map(|site| &site.prefixes);
    let holds = |range: &&Ipv4Net| range.contains(&address);
    let vnet = vnets.filter(holds).max_by_key(|range| range.prefix_len());
    vnet.or_else(|| sites.filter(holds).max_by_key(|range| range.prefix_len()))
        .copied()
}

/// The range that stands for an address in a route over some hop. In the hop's own VNet it is the subnet: the whole
/// range would catch the appliance's own addresses too (reference 5.2).
pub(super) fn range_over(topology: &Topology, address: Ipv4Addr, hop: Ipv4Addr) -> Option<Ipv4Net> {
    let range = range_of(topology, address)?;
    let home = topology.vnet_at(address).filter(|home| home.contains(hop));
    let subnet = home.and_then(|home| topology.subnet_of(home.id, address)?.prefix);
    Some(subnet.unwrap_or(range))
}

/// Whether two VNets share an address.
pub(super) fn vnets_overlap(a: &Vnet, b: &Vnet) -> bool {
    a.prefixes
        .iter()
        .any(|x| b.prefixes.iter().any(|y| overlaps(x, y)))
}

/// The subnet whose table decided at a stop.
pub(super) fn deciding_subnet(hop: &Hop) -> Option<SubnetId> {
    match &hop.decision {
        Some(Decision::Effective { table, .. }) => Some(table.subnet),
        _ => None,
    }
}

/// The winning row of a stop with the prefix that matched.
pub(super) fn decided(hop: &Hop) -> Option<(&EffectiveRoute, Ipv4Net)> {
    let decision = hop.decision.as_ref()?;
    let Decision::Effective { destination, .. } = decision else {
        return None;
    };
    let row = decision.winner()?;
    let containing = row.prefixes.iter().filter(|net| net.contains(destination));
    Some((row, *containing.max_by_key(|net| net.prefix_len())?))
}

/// The GatewaySubnet of a VNet, listed or implied.
pub(super) fn gateway_subnet(topology: &Topology, vnet: VnetId) -> Option<SubnetId> {
    let ids = &topology.vnet(vnet).subnets;
    let found = ids.iter().find(|id| is_gateway_subnet(topology, **id));
    found.copied()
}

/// Whether a subnet is a GatewaySubnet.
pub(super) fn is_gateway_subnet(topology: &Topology, id: SubnetId) -> bool {
    topology
        .subnet(id)
        .name
        .eq_ignore_ascii_case("GatewaySubnet")
}
