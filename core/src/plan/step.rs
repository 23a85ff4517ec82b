//! Changes put together into steps: what a person does at once.
//!
//! The rule: a step has one subject (a link, a VNet's route tables, a firewall) and one rank. Ranks are the order in which
//! one would try first: make, connect, lead traffic over, take away. What moves with a subnet (its hosts, NICs and
//! endpoints) belongs to the subnet's step. Alike steps of a large estate go together.
//!
//! | rank | steps |
//! |---|---|
//! | 10 to 29 | make tables, VNets, hubs, firewalls, gateways |
//! | 30 to 39 | connect: peerings, connections, ranges, routes that are new |
//! | 40 to 59 | lead over: tables of subnets, changed routes, routing intent |
//! | 60 to 99 | take away, in the opposite order |

use super::change::{Change, Swap};
use crate::spec::NetworkSpec;
use std::collections::BTreeMap;

/// Steps of one kind and look before they are put together.
const ALIKE: usize = 12;

/// Changes that are made at once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Work {
    pub(super) rank: u8,
    /// What a person reads.
    pub(super) title: String,
    pub(super) changes: Vec<Change>,
    /// VNets and hubs that it is about.
    pub(super) about: Vec<String>,
}

/// The steps of changes, by rank and subject.
pub(super) fn works(changes: Vec<Change>) -> Vec<Work> {
    let mut works: BTreeMap<(u8, String), Work> = BTreeMap::new();
    let changes = with_their_subnets(changes);
    for change in changes {
        let (rank, subject, title, about) = describe(&change);
        let work = works.entry((rank, subject)).or_insert_with(|| Work {
            rank,
            title: String::new(),
            changes: Vec::new(),
            about,
        });
        if !work.title.contains(&title) {
            if !work.title.is_empty() {
                work.title.push_str("; ");
            }
            work.title.push_str(&title);
        }
        work.changes.push(change);
    }
    works.into_values().map(one_link).collect()
}

/// A host, NIC or endpoint whose subnet or VNet comes, goes or moves is changed with it: it is put right behind.
fn with_their_subnets(changes: Vec<Change>) -> Vec<Change> {
    let mut ordered = changes;
    ordered.sort_by_key(|change| describe(change).0);
    ordered
}

/// Both objects of a link in one step: it is made, changed or taken away as a whole.
fn one_link(mut work: Work) -> Work {
    work.changes.sort_by_key(|change| match change {
        Change::Peering(swap) => {
            let object = swap.after.as_ref().or(swap.before.as_ref());
            object.is_some_and(|object| object.use_remote_gateways)
        }
        _ => false,
    });
    work
}

/// Links that are in part made and in part changed belong to one step.
pub(super) fn merge_links(works: Vec<Work>) -> Vec<Work> {
    let mut merged: Vec<Work> = Vec::new();
    for work in works {
        let is_link = |work: &Work| {
            work.changes
                .iter()
                .all(|change| matches!(change, Change::Peering(_)))
        };
        let known = merged
            .iter_mut()
            .find(|known| is_link(known) && is_link(&work) && known.about == work.about);
        match known {
            Some(known) => known.changes.extend(work.changes),
            None => merged.push(work),
        }
    }
    merged
}

/// Puts alike steps together where there are many: `signature` says which are alike.
pub(super) fn bundle(works: Vec<Work>, signature: impl Fn(&Work) -> String) -> Vec<Work> {
    let mut groups: Vec<(String, Vec<Work>)> = Vec::new();
    for work in works {
        let look = signature(&work);
        match groups.iter_mut().find(|(known, _)| *known == look) {
            Some((_, group)) => group.push(work),
            None => groups.push((look, vec![work])),
        }
    }
    groups
        .into_iter()
        .flat_map(|(_, group)| together(group))
        .collect()
}

fn together(group: Vec<Work>) -> Vec<Work> {
    if group.len() <= ALIKE {
        return group;
    }
    let size = group.len().div_ceil(ALIKE);
    let mut bundles = Vec::new();
    let mut rest = group.into_iter().peekable();
    while let Some(mut first) = rest.next() {
        let mut count = 1;
        for other in rest.by_ref().take(size - 1) {
            first.changes.extend(other.changes);
            first.about.extend(other.about);
            count += 1;
        }
        if count > 1 {
            first.title = format!("{}, and {} alike", first.title, count - 1);
        }
        bundles.push(first);
    }
    bundles
}

/// Verb and ranks of an object that comes, changes or goes.
fn ranks<T>(swap: &Swap<T>, [make, change, take]: [u8; 3]) -> (u8, &'static str) {
    match (&swap.before, &swap.after) {
        (None, _) => (make, "make"),
        (Some(_), Some(_)) => (change, "change"),
        (Some(_), None) => (take, "delete"),
    }
}

fn name_of<T>(swap: &Swap<T>, name: impl Fn(&T) -> String) -> String {
    let object = swap.after.as_ref().or(swap.before.as_ref());
    object.map_or_else(String::new, name)
}

type Described = (u8, String, String, Vec<String>);

fn object<T>(
    swap: &Swap<T>,
    numbers: [u8; 3],
    what: &str,
    name: impl Fn(&T) -> String,
    about: impl Fn(&T) -> Vec<String>,
) -> Described {
    let (rank, verb) = ranks(swap, numbers);
    let name = name_of(swap, name);
    let object = swap.after.as_ref().or(swap.before.as_ref());
    let about = object.map_or_else(Vec::new, about);
    (
        rank,
        format!("{what} {name}"),
        format!("{verb} {what} {name}"),
        about,
    )
}

/// Rank, subject, title, and what it is about.
fn describe(change: &Change) -> Described {
    match change {
        Change::Vnet(_)
        | Change::VnetSettings(_)
        | Change::Ranges { .. }
        | Change::Subnet(..)
        | Change::Attach { .. } => of_vnet(change),
        Change::RouteTable(_)
        | Change::Routes { .. }
        | Change::Propagation { .. }
        | Change::SecurityGroup(_) => of_table(change),
        Change::Hub(_) | Change::Intent { .. } | Change::Connection(..) | Change::Manager(_) => {
            of_hub(change)
        }
        _ => of_object(change),
    }
}

fn of_vnet(change: &Change) -> Described {
    match change {
        Change::Vnet(swap) => object(
            swap,
            [14, 14, 95],
            "VNet",
            |vnet| vnet.name.clone(),
            |vnet| vec![vnet.name.clone()],
        ),
        Change::VnetSettings(swap) => object(
            swap,
            [33, 33, 33],
            "settings of",
            |vnet| vnet.name.clone(),
            |vnet| vec![vnet.name.clone()],
        ),
        Change::Ranges { vnet, add, remove } => {
            let (rank, title) = if remove.is_empty() {
                (
                    32,
                    format!("add {} to {vnet} and sync its peerings", add.join(", ")),
                )
            } else {
                (
                    70,
                    format!(
                        "remove {} from {vnet} and sync its peerings",
                        remove.join(", ")
                    ),
                )
            };
            (rank, vnet.clone(), title, vec![vnet.clone()])
        }
        Change::Subnet(vnet, swap) => {
            let (rank, verb) = ranks(swap, [33, 46, 68]);
            let name = name_of(swap, |subnet| subnet.name.clone());
            (
                rank,
                format!("{vnet}/{name}"),
                format!("{verb} subnet {vnet}/{name}"),
                vec![vnet.clone()],
            )
        }
        Change::Attach {
            vnet,
            subnet,
            after,
            ..
        } => {
            let title = match after {
                Some(table) => format!("attach {table} to {vnet}/{subnet}"),
                None => format!("detach the route table of {vnet}/{subnet}"),
            };
            (48, vnet.clone(), title, vec![vnet.clone()])
        }
        _ => (50, String::new(), String::new(), Vec::new()),
    }
}

fn of_table(change: &Change) -> Described {
    match change {
        Change::RouteTable(swap) => {
            let (rank, verb) = ranks(swap, [10, 50, 90]);
            let name = name_of(swap, |table| table.name.clone());
            (
                rank,
                "tables".to_owned(),
                format!("{verb} route table {name}"),
                Vec::new(),
            )
        }
        Change::SecurityGroup(swap) => {
            let (rank, verb) = ranks(swap, [11, 51, 91]);
            let name = name_of(swap, |group| group.name.clone());
            (
                rank,
                format!("group {name}"),
                format!("{verb} security group {name}"),
                Vec::new(),
            )
        }
        Change::Propagation { table, disabled } => {
            let word = if *disabled { "off" } else { "on" };
            (
                49,
                table.clone(),
                format!("switch gateway routes of {table} {word}"),
                Vec::new(),
            )
        }
        Change::Routes { table, add, remove } => {
            let rank = match (add.is_empty(), remove.is_empty()) {
                (false, true) => 38,
                (false, false) => 50,
                _ => 62,
            };
            let verb = match rank {
                38 => "add",
                50 => "change",
                _ => "remove",
            };
            let routes = if add.is_empty() { remove } else { add };
            let routes: Vec<&str> = routes.iter().map(|route| route.prefix.as_str()).collect();
            let title = format!("{verb} {} in {table}", routes.join(", "));
            (rank, table.clone(), title, Vec::new())
        }
        _ => (50, String::new(), String::new(), Vec::new()),
    }
}

fn of_hub(change: &Change) -> Described {
    match change {
        Change::Hub(swap) => object(
            swap,
            [16, 43, 94],
            "Virtual WAN hub",
            |hub| hub.name.clone(),
            |hub| vec![hub.name.clone()],
        ),
        Change::Intent { hub, after } => {
            let on = after.private || after.internet;
            let verb = if on { "set" } else { "remove" };
            (
                44,
                hub.clone(),
                format!("{verb} routing intent of {hub}"),
                vec![hub.clone()],
            )
        }
        Change::Connection(hub, swap) => {
            let (rank, verb) = ranks(swap, [40, 42, 58]);
            let verb = if verb == "make" {
                "connect"
            } else if verb == "delete" {
                "disconnect"
            } else {
                verb
            };
            let vnet = name_of(swap, |connection| connection.vnet.clone());
            (
                rank,
                format!("{hub} {vnet}"),
                format!("{verb} {vnet} and {hub}"),
                vec![vnet, hub.clone()],
            )
        }
        Change::Manager(swap) => {
            let before = swap
                .before
                .as_ref()
                .map_or(0, |manager| manager.configurations.len());
            let after = swap
                .after
                .as_ref()
                .map_or(0, |manager| manager.configurations.len());
            let (rank, verb) = if after >= before && swap.after.is_some() {
                (41, "deploy")
            } else {
                (64, "withdraw")
            };
            (
                rank,
                "manager".to_owned(),
                format!("{verb} configurations of Virtual Network Manager"),
                Vec::new(),
            )
        }
        _ => (50, String::new(), String::new(), Vec::new()),
    }
}

fn of_object(change: &Change) -> Described {
    let none = |_: &str| Vec::new();
    match change {
        Change::Peering(swap) => {
            let (rank, verb) = ranks(swap, [30, 35, 60]);
            let ends = |link: &crate::spec::PeeringSpec| {
                let (a, b) = (link.from.to_string(), link.to.to_string());
                if a < b { vec![a, b] } else { vec![b, a] }
            };
            let object = swap.after.as_ref().or(swap.before.as_ref());
            let about = object.map_or_else(Vec::new, ends);
            let title = format!("{verb} the peering of {}", about.join(" and "));
            (rank, about.join(" "), title, about)
        }
        Change::Appliance(swap) => object(
            swap,
            [20, 47, 80],
            "appliance",
            |nic| nic.name.clone(),
            |nic| vec![nic.vnet.clone()],
        ),
        Change::Gateway(swap) => object(
            swap,
            [22, 47, 82],
            "gateway",
            |gateway| gateway.name.clone(),
            |gateway| vec![gateway.vnet.clone()],
        ),
        Change::Session(swap) => object(
            swap,
            [28, 47, 72],
            "BGP session",
            |session| format!("of {} with {}", session.speaker, session.appliance),
            |session| none(&session.speaker),
        ),
        Change::Tunnel(swap) => object(
            swap,
            [27, 47, 74],
            "tunnel",
            |tunnel| format!("between {} and {}", tunnel.a, tunnel.b),
            |tunnel| none(&tunnel.a),
        ),
        Change::Circuit(swap) => object(
            swap,
            [26, 47, 76],
            "circuit",
            |circuit| circuit.name.clone(),
            |circuit| none(&circuit.name),
        ),
        Change::Site(swap) => object(
            swap,
            [9, 47, 96],
            "site",
            |site| site.name.clone(),
            |site| none(&site.name),
        ),
        Change::Endpoint(swap) => object(
            swap,
            [34, 46, 67],
            "private endpoint",
            |endpoint| endpoint.name.clone().unwrap_or_else(|| endpoint.ip.clone()),
            |endpoint| vec![endpoint.vnet.clone()],
        ),
        Change::Host(swap) => object(
            swap,
            [34, 46, 67],
            "host",
            |host| host.name.clone(),
            |host| vec![host.vnet.clone()],
        ),
        Change::Policy(_)
        | Change::IpGroup(_)
        | Change::RouteMap(_)
        | Change::NatGateway(_)
        | Change::PublicBalancer(_) => of_rules(change),
        Change::Zone(_) | Change::Resolver(_) | Change::Ruleset(_) | Change::DnsServer(_) => {
            of_names(change)
        }
        Change::Tag(swap) => object(
            swap,
            [8, 8, 97],
            "service tag",
            |tag| tag.name.clone(),
            |tag| none(&tag.name),
        ),
        Change::Meter(swap) => object(
            swap,
            [98, 98, 98],
            "meter",
            |meter| meter.name.clone(),
            |meter| none(&meter.name),
        ),
        _ => (50, String::new(), String::new(), Vec::new()),
    }
}

/// Objects that others name: they come before and go after them.
fn of_rules(change: &Change) -> Described {
    match change {
        Change::IpGroup(swap) => object(
            swap,
            [11, 51, 93],
            "IP group",
            |group| group.name.clone(),
            |_| Vec::new(),
        ),
        Change::Policy(swap) => object(
            swap,
            [12, 51, 92],
            "firewall policy",
            |policy| policy.name.clone(),
            |_| Vec::new(),
        ),
        Change::RouteMap(swap) => object(
            swap,
            [17, 51, 93],
            "route map",
            |map| map.name.clone(),
            |_| Vec::new(),
        ),
        Change::NatGateway(swap) => object(
            swap,
            [13, 51, 92],
            "NAT gateway",
            |gateway| gateway.name.clone(),
            |_| Vec::new(),
        ),
        Change::PublicBalancer(swap) => object(
            swap,
            [29, 51, 71],
            "public load balancer",
            |balancer| balancer.name.clone(),
            |_| Vec::new(),
        ),
        _ => (50, String::new(), String::new(), Vec::new()),
    }
}

/// Zones and servers stand before who asks them; private endpoints write into zones.
fn of_names(change: &Change) -> Described {
    match change {
        Change::Zone(swap) => object(
            swap,
            [24, 51, 88],
            "private DNS zone",
            |zone| zone.name.clone(),
            |zone| {
                let links = zone.virtual_network_links.iter();
                links.map(|link| link.vnet.clone()).collect()
            },
        ),
        Change::Resolver(swap) => object(
            swap,
            [27, 51, 87],
            "DNS private resolver",
            |resolver| resolver.name.clone(),
            |resolver| vec![resolver.vnet.clone()],
        ),
        Change::Ruleset(swap) => object(
            swap,
            [28, 51, 86],
            "DNS forwarding ruleset",
            |ruleset| ruleset.name.clone(),
            |ruleset| ruleset.linked_vnets.clone(),
        ),
        Change::DnsServer(swap) => object(
            swap,
            [28, 51, 86],
            "DNS server",
            |server| server.name.clone(),
            |_| Vec::new(),
        ),
        _ => (50, String::new(), String::new(), Vec::new()),
    }
}

/// Moves what stands in a subnet into the step that makes, moves or deletes the subnet or its VNet.
pub(super) fn move_in(mut works: Vec<Work>) -> Vec<Work> {
    let mut at = 0;
    while at < works.len() {
        let home = works.get(at).and_then(|work| home(work, &works));
        match home {
            Some(home) if home != at => {
                let work = works.remove(at);
                let home = if home > at { home - 1 } else { home };
                if let Some(host) = works.get_mut(home) {
                    host.changes.extend(work.changes);
                }
                at = 0;
            }
            _ => at += 1,
        }
    }
    works
}

/// The step of the subnet or VNet that everything of a step stands in, if one comes, moves or goes.
fn home(work: &Work, works: &[Work]) -> Option<usize> {
    let [change] = work.changes.as_slice() else {
        return None;
    };
    let (before, after) = standing(change)?;
    works.iter().position(|other| {
        other.changes.iter().any(|host| match host {
            Change::Vnet(swap) => match (&swap.before, &swap.after) {
                (None, Some(vnet)) => {
                    before.is_none() && after.as_ref().is_some_and(|(name, _)| *name == vnet.name)
                }
                (Some(vnet), None) => {
                    after.is_none() && before.as_ref().is_some_and(|(name, _)| *name == vnet.name)
                }
                _ => false,
            },
            Change::Subnet(vnet, swap) => {
                let prefix_moves = swap.before.as_ref().map(|subnet| &subnet.prefix)
                    != swap.after.as_ref().map(|subnet| &subnet.prefix);
                let in_it = |place: &Option<(String, String)>,
                             subnet: Option<&crate::spec::SubnetSpec>| {
                    match (place, subnet) {
                        (Some((of, name)), Some(subnet)) => of == vnet && *name == subnet.name,
                        (None, None) => true,
                        _ => false,
                    }
                };
                prefix_moves
                    && in_it(&before, swap.before.as_ref())
                    && in_it(&after, swap.after.as_ref())
            }
            _ => false,
        })
    })
}

type Standing = (Option<(String, String)>, Option<(String, String)>);

/// VNet and subnet that something stands in, before and after.
fn standing(change: &Change) -> Option<Standing> {
    fn both<T>(swap: &Swap<T>, place: impl Fn(&T) -> (String, String)) -> Standing {
        (
            swap.before.as_ref().map(&place),
            swap.after.as_ref().map(&place),
        )
    }
    match change {
        Change::Host(swap) => Some(both(swap, |host| (host.vnet.clone(), host.subnet.clone()))),
        Change::Endpoint(swap) => Some(both(swap, |endpoint| {
            (endpoint.vnet.clone(), endpoint.subnet.clone())
        })),
        Change::Appliance(swap) if swap.before.is_some() && swap.after.is_some() => {
            Some(both(swap, |nic| (nic.vnet.clone(), nic.subnet.clone())))
        }
        _ => None,
    }
}

/// The estate after some steps, made in the order of the list.
pub(super) fn after<'w>(from: &NetworkSpec, works: impl Iterator<Item = &'w Work>) -> NetworkSpec {
    let mut spec = from.clone();
    for change in works.flat_map(|work| &work.changes) {
        change.apply(&mut spec);
    }
    spec
}
