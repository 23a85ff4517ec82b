//! What holds for every estate, whatever the right answer is.
//!
//! The estates are those of [`crate::naive::estate`], with ExpressRoute, Route Servers and BGP besides. Answers are
//! compared in words: names of objects, never their numbers.
//!
//! `INTERSPOKE_ESTATES` and `INTERSPOKE_SEED` work as in [`crate::agreement`].

use crate::agreement::{environment, is_readable, runner};
use crate::naive::estate::{Ask, Estate, Luck, addresses, asks, estate, exchanging};
use crate::naive::shrink::smallest;
use interspoke_core::issue::IssueCode;
use interspoke_core::route::bgp::{Channel, Path, Speaker};
use interspoke_core::route::{
    Branch, Drop, DropReason, Flow, Outcome, Place, RoundTrip, RouteState, Routing, Settings,
};
use interspoke_core::spec::{ApplianceKind, NetworkSpec, PeeringSpec};
use interspoke_core::topology::{self, LinkId, Topology};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::rc::Rc;

/// Flows asked of each estate.
const FLOWS: usize = 12;

fn routing(spec: &NetworkSpec) -> Routing {
    Routing::new(Rc::new(topology::build(spec).value), Settings::default())
}

fn trip(routing: &Routing, ask: Ask) -> RoundTrip {
    let Ask {
        source,
        destination,
        protocol,
        port,
    } = ask;
    routing.round_trip(Flow {
        source,
        destination,
        protocol,
        port,
    })
}

/// Every branch of a round trip, there and back.
fn branches(trip: &RoundTrip) -> impl Iterator<Item = &Branch> {
    trip.forward.iter().chain(trip.back.iter().flatten())
}

/// Asks for a violation in random estates with flows; the first one found is shown on the smallest estate.
fn over_estates(cases: u32, violation: impl Fn(u64, &NetworkSpec, &[Ask]) -> Option<String>) {
    let by_hand = environment("INTERSPOKE_ESTATES").map(|count| u32::try_from(count).unwrap());
    let mut runner = runner(by_hand.unwrap_or(cases));
    let outcome = runner.run(&exchanging(), |Estate { seed, spec }| {
        let flows = asks(&mut Luck::new(!seed), &spec, FLOWS);
        if violation(seed, &spec, &flows).is_some() {
            let small = smallest(&spec, |spec| {
                is_readable(spec) && violation(seed, spec, &flows).is_some()
            });
            let what = violation(seed, &small, &flows).unwrap();
            let json = serde_json::to_string(&small).unwrap();
            panic!("estate {seed}, shrunk to {json}\n\n{what}");
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// `None` where both are the same; else what only one of them holds.
fn difference(what: &str, left: &BTreeSet<String>, right: &BTreeSet<String>) -> Option<String> {
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        a.difference(b).cloned().collect::<Vec<_>>().join("\n")
    };
    (left != right).then(|| format!("{what}\n< {}\n> {}", only(left, right), only(right, left)))
}

/// Whether Azure refused a peering: then the order of the list decides which.
fn refuses_peerings(spec: &NetworkSpec) -> bool {
    let codes = [
        IssueCode::OverlapsPeeredVnet,
        IssueCode::PeeredVnetsOverlap,
        IssueCode::SecondRemoteGateway,
    ];
    topology::build(spec)
        .issues
        .iter()
        .any(|issue| codes.contains(&issue.code))
}

// --- in words -----------------------------------------------------------------------------------------------------

fn place(topology: &Topology, place: Place) -> String {
    match place {
        Place::Subnet(id) => {
            let subnet = topology.subnet(id);
            format!("{}/{}", topology.vnet(subnet.vnet).name, subnet.name)
        }
        Place::Appliance(id) => topology.appliance(id).name.clone(),
        Place::Gateway(id) => topology.gateway(id).name.clone(),
        Place::MicrosoftEdge(id) => topology.circuit(id).name.clone(),
        Place::Site(id) => topology.site(id).name.clone(),
        Place::PrivateEndpoint(id) => topology.private_endpoint(id).name.clone(),
        Place::Hub(id) | Place::HubFirewall(id) | Place::HubGateway(id) => {
            topology.hub(id).name.clone()
        }
        Place::Internet => "Internet".to_owned(),
    }
}

fn link(topology: &Topology, id: LinkId) -> String {
    let link = topology.link(id);
    format!(
        "{}->{}",
        topology.vnet(link.from).name,
        topology.vnet(link.to).name
    )
}

fn reason(topology: &Topology, reason: DropReason) -> String {
    use DropReason as R;
    let (word, name) = match reason {
        R::IpForwardingOff(id) => ("IpForwardingOff", topology.appliance(id).name.clone()),
        R::NotRunning(id) => ("NotRunning", topology.appliance(id).name.clone()),
        R::Policy(id) => ("Policy", topology.appliance(id).name.clone()),
        R::NotForInternet(id) => ("NotForInternet", topology.appliance(id).name.clone()),
        R::AccessNotAllowed(id) => ("AccessNotAllowed", link(topology, id)),
        R::ForwardedNotAllowed(id) => ("ForwardedNotAllowed", link(topology, id)),
        R::NotConnected(id) => ("NotConnected", link(topology, id)),
        R::NoState(id) => ("NoState", topology.device(id).name.clone()),
        other => return format!("{other:?}"),
    };
    format!("{word}({name})")
}

/// A branch in words, one stop a line.
fn branch_in_words(topology: &Topology, branch: &Branch) -> String {
    branch_with_names(topology, branch, &BTreeMap::new())
}

/// The same with names replaced.
fn branch_with_names(
    topology: &Topology,
    branch: &Branch,
    names: &BTreeMap<String, String>,
) -> String {
    let mut text = String::new();
    for hop in &branch.hops {
        let (at, crossed) = (
            place(topology, hop.place),
            hop.crossed.map(|id| link(topology, id)),
        );
        let row = hop.decision.as_ref().and_then(|decision| decision.winner());
        let row = row.map(|row| {
            (
                row.prefixes.clone(),
                row.next_hop_type.word(),
                row.source.word(),
            )
        });
        writeln!(
            text,
            "{at} {:?} {}>{} {crossed:?} {row:?}",
            hop.address, hop.source, hop.destination
        )
        .unwrap();
    }
    let end = match branch.outcome {
        Outcome::Delivered => "delivered".to_owned(),
        Outcome::Dropped(Drop { reason: why }) => reason(topology, why),
        Outcome::Loop { first } => format!("loop from {first}"),
    };
    with_names(&(text + &end), names)
}

/// A round trip in words. Equal-cost branches have no order that means anything.
fn in_words(topology: &Topology, trip: &RoundTrip) -> BTreeSet<String> {
    trip_with_names(topology, trip, &BTreeMap::new())
}

fn trip_with_names(
    topology: &Topology,
    trip: &RoundTrip,
    names: &BTreeMap<String, String>,
) -> BTreeSet<String> {
    let replies = trip.back.iter().map(|replies| {
        let mut replies: Vec<String> = replies
            .iter()
            .map(|way| branch_with_names(topology, way, names))
            .collect();
        replies.sort();
        replies.join("\n-- or --\n")
    });
    let replies: Vec<String> = replies.collect();
    let forward = trip.forward.iter().enumerate();
    let mut delivered = 0;
    let words = forward.map(|(at, way)| {
        // `back` holds one entry for each request, or for each that arrives.
        let reply = if trip.back.len() == trip.forward.len() {
            replies.get(at)
        } else {
            replies.get(delivered)
        };
        delivered += usize::from(way.delivered());
        let reply = reply.filter(|_| way.delivered());
        format!(
            "{}\n== reply ==\n{}",
            branch_with_names(topology, way, names),
            reply.map_or("", String::as_str)
        )
    });
    let mut words: BTreeSet<String> = words.collect();
    words.insert(format!("reachable: {}", trip.verdict.reachable()));
    words
}

// --- the invariants -----------------------------------------------------------------------------------------------

#[test]
fn every_hop_is_chosen_by_an_active_row_and_crosses_connected_peerings() {
    over_estates(120, |_, spec, flows| {
        let routing = routing(spec);
        flows.iter().find_map(|ask| {
            let trip = trip(&routing, *ask);
            let wrong = branches(&trip).find_map(|branch| {
                let what = wrong_hop(routing.topology(), branch)?;
                Some(format!(
                    "{what}\n{}",
                    branch_in_words(routing.topology(), branch)
                ))
            });
            wrong.map(|wrong| format!("{}: {wrong}", ask.place()))
        })
    });
}

fn wrong_hop(topology: &Topology, branch: &Branch) -> Option<String> {
    let refused = matches!(
        branch.outcome,
        Outcome::Dropped(Drop {
            reason: DropReason::NotConnected(_) | DropReason::AccessNotAllowed(_)
        })
    );
    branch.hops.iter().find_map(|hop| {
        if let Some(row) = hop.decision.as_ref().and_then(|decision| decision.winner()) {
            if row.state != RouteState::Active {
                return Some(format!("{row:?} is not active"));
            }
            if !row
                .prefixes
                .iter()
                .any(|prefix| prefix.contains(&hop.destination))
            {
                return Some(format!("{row:?} lacks {}", hop.destination));
            }
        }
        let crossed = hop.crossed.filter(|_| !refused)?;
        let both = [Some(crossed), topology.link(crossed).reverse];
        let open = both
            .iter()
            .all(|id| id.is_some_and(|id| topology.link(id).up && topology.link(id).allow_access));
        (!open).then(|| format!("{} is not connected", link(topology, crossed)))
    })
}

#[test]
fn a_vnet_that_touches_nothing_on_the_way_changes_nothing() {
    over_estates(60, |_, spec, flows| {
        if refuses_peerings(spec) {
            return None;
        }
        let whole = routing(spec);
        flows.iter().find_map(|ask| {
            let before = trip(&whole, *ask);
            let on_the_way = vnets_on_the_way(whole.topology(), &before);
            let unrelated = spec.vnets.iter().find(|vnet| {
                let id = whole.topology().vnet_named(&vnet.name);
                let owns = |address| id.is_some_and(|vnet| vnet.contains(address));
                let peered = |link: &PeeringSpec, name: &String| {
                    [(&*link.from, &*link.to), (&*link.to, &*link.from)]
                        .contains(&(vnet.name.as_str(), name.as_str()))
                };
                let touches = |name: &String| {
                    *name == vnet.name || spec.peerings.iter().any(|link| peered(link, name))
                };
                let gateway = spec
                    .gateways
                    .iter()
                    .any(|gateway| gateway.vnet == vnet.name);
                !gateway
                    && !owns(ask.source)
                    && !owns(ask.destination)
                    && !on_the_way.iter().any(touches)
            })?;
            let rest = routing(&without(spec, &unrelated.name));
            let after = trip(&rest, *ask);
            let (before, after) = (
                in_words(whole.topology(), &before),
                in_words(rest.topology(), &after),
            );
            difference(
                &format!("{} without {}", ask.place(), unrelated.name),
                &before,
                &after,
            )
        })
    });
}

fn vnets_on_the_way(topology: &Topology, trip: &RoundTrip) -> BTreeSet<String> {
    let places = branches(trip).flat_map(|branch| branch.hops.iter().map(|hop| hop.place));
    let vnets = places.filter_map(|place| match place {
        Place::Subnet(id) => Some(topology.subnet(id).vnet),
        Place::Appliance(id) => Some(topology.appliance(id).vnet),
        Place::Gateway(id) => Some(topology.gateway(id).vnet),
        Place::PrivateEndpoint(id) => Some(topology.private_endpoint(id).vnet),
        _ => None,
    });
    vnets.map(|id| topology.vnet(id).name.clone()).collect()
}

fn without(spec: &NetworkSpec, vnet: &str) -> NetworkSpec {
    let mut spec = spec.clone();
    spec.vnets.retain(|other| other.name != vnet);
    spec.peerings
        .retain(|link| *link.from != *vnet && *link.to != *vnet);
    let gone: Vec<String> = spec
        .appliances
        .iter()
        .filter(|nic| nic.vnet == vnet)
        .map(|n| n.name.clone())
        .collect();
    spec.appliances.retain(|nic| nic.vnet != vnet);
    spec.bgp_peerings
        .retain(|session| !gone.contains(&session.appliance));
    spec.private_endpoints
        .retain(|endpoint| endpoint.vnet != vnet);
    spec.workloads.retain(|workload| workload.vnet != vnet);
    spec
}

#[test]
fn names_decide_nothing() {
    over_estates(60, |_, spec, flows| {
        let (renamed, names) = renamed(spec);
        let (before, after) = (routing(spec), routing(&renamed));
        flows.iter().find_map(|ask| {
            let first = in_words(before.topology(), &trip(&before, *ask));
            let second = trip_with_names(after.topology(), &trip(&after, *ask), &names);
            difference(&ask.place(), &first, &second)
        })
    });
}

/// The estate with every name replaced so that their order is turned round; new names to old ones.
fn renamed(spec: &NetworkSpec) -> (NetworkSpec, BTreeMap<String, String>) {
    let mut spec = spec.clone();
    let mut new_of: BTreeMap<String, String> = BTreeMap::new();
    let platform = ["GatewaySubnet", "AzureFirewallSubnet", "RouteServerSubnet"];
    let mut new = |old: &mut String| {
        if platform.contains(&old.as_str()) {
            return;
        }
        let next = format!("Q{:04}Q", 9999 - new_of.len());
        *old = new_of.entry(old.clone()).or_insert(next).clone();
    };
    for vnet in &mut spec.vnets {
        new(&mut vnet.name);
        for subnet in &mut vnet.subnets {
            new(&mut subnet.name);
            subnet.route_table.as_mut().map(&mut new);
        }
    }
    for link in &mut spec.peerings {
        for end in [&mut link.from, &mut link.to] {
            let mut name = end.to_string();
            new(&mut name);
            *end = name.into();
        }
        link.local_subnet_names.iter_mut().for_each(&mut new);
        link.remote_subnet_names.iter_mut().for_each(&mut new);
    }
    for table in &mut spec.route_tables {
        new(&mut table.name);
        table
            .routes
            .iter_mut()
            .filter_map(|route| route.name.as_mut())
            .for_each(&mut new);
    }
    for nic in &mut spec.appliances {
        new(&mut nic.name);
        new(&mut nic.vnet);
        new(&mut nic.subnet);
    }
    for gateway in &mut spec.gateways {
        new(&mut gateway.name);
        new(&mut gateway.vnet);
    }
    for tunnel in &mut spec.tunnels {
        new(&mut tunnel.a);
        new(&mut tunnel.b);
    }
    for circuit in &mut spec.circuits {
        new(&mut circuit.name);
        for names in [
            &mut circuit.gateways,
            &mut circuit.sites,
            &mut circuit.global_reach_with,
        ] {
            names.iter_mut().for_each(&mut new);
        }
    }
    for site in &mut spec.sites {
        new(&mut site.name);
        site.wan.as_mut().map(&mut new);
    }
    for session in &mut spec.bgp_peerings {
        new(&mut session.speaker);
        new(&mut session.appliance);
    }
    for endpoint in &mut spec.private_endpoints {
        endpoint.name.as_mut().map(&mut new);
        new(&mut endpoint.vnet);
        new(&mut endpoint.subnet);
    }
    let old_of = new_of.into_iter().map(|(old, new)| (new, old)).collect();
    (spec, old_of)
}

fn with_names(text: &str, names: &BTreeMap<String, String>) -> String {
    let parts = text.split('Q').map(|part| {
        let name = names.get(&format!("Q{part}Q"));
        name.map_or(part, String::as_str)
    });
    parts.collect()
}

#[test]
fn the_reply_alone_goes_the_way_of_the_reply() {
    over_estates(80, |_, spec, flows| {
        // Machines that translate or remember make a reply another thing than a request.
        let mut spec = spec.clone();
        spec.appliances
            .retain(|nic| nic.kind != ApplianceKind::AzureFirewall);
        spec.bgp_peerings.retain(|session| {
            spec.appliances
                .iter()
                .any(|nic| nic.name == session.appliance)
        });
        for nic in &mut spec.appliances {
            nic.stateful = Some(false);
            nic.snat_private = false;
        }
        let routing = routing(&spec);
        let topology = routing.topology();
        let set = |ways: &[Branch]| -> BTreeSet<String> {
            ways.iter()
                .map(|way| branch_in_words(topology, way))
                .collect()
        };
        flows.iter().find_map(|ask| {
            let there = trip(&routing, *ask);
            let back = trip(
                &routing,
                Ask {
                    source: ask.destination,
                    destination: ask.source,
                    ..*ask
                },
            );
            // The request must arrive where the address is: a site that announces everything takes it too.
            let home = back.forward.first()?.hops.first()?.place;
            let arrives = |branch: &Branch| {
                branch.delivered() && branch.hops.last().is_some_and(|hop| hop.place == home)
            };
            let real = match home {
                // `stopped-machine-sends`
                Place::Appliance(id) => topology.appliance(id).running,
                home => matches!(home, Place::Subnet(_) | Place::Site(_)),
            };
            if !real || !there.forward.iter().all(arrives) {
                return None;
            }
            let alone = set(&back.forward);
            there
                .back
                .iter()
                .find_map(|replies| difference(&ask.place(), &set(replies), &alone))
        })
    });
}

#[test]
fn routes_spread_to_the_same_end_in_any_order() {
    over_estates(100, |seed, spec, _| {
        if refuses_peerings(spec) {
            return None;
        }
        let mut luck = Luck::new(seed);
        let mut shuffled = spec.clone();
        luck.shuffle(&mut shuffled.gateways);
        luck.shuffle(&mut shuffled.tunnels);
        luck.shuffle(&mut shuffled.sites);
        luck.shuffle(&mut shuffled.circuits);
        luck.shuffle(&mut shuffled.bgp_peerings);
        luck.shuffle(&mut shuffled.peerings);
        luck.shuffle(&mut shuffled.vnets);
        luck.shuffle(&mut shuffled.appliances);
        let (first, second) = (routing(spec), routing(&shuffled));
        if !(first.bgp().converged && second.bgp().converged) {
            return Some("no fixed point".to_owned());
        }
        difference(
            "in another order",
            &learned(&first, spec),
            &learned(&second, spec),
        )
    });
}

fn speaker_name(topology: &Topology, speaker: Speaker) -> String {
    match speaker {
        Speaker::Gateway(id) => topology.gateway(id).name.clone(),
        Speaker::Edge(id) => format!("edge of {}", topology.circuit(id).name),
        Speaker::Site(id) => topology.site(id).name.clone(),
        Speaker::Device(id) => topology.device(id).name.clone(),
        Speaker::Hub(id) => topology.hub(id).name.clone(),
    }
}

fn path_in_words(topology: &Topology, path: &Path) -> String {
    let from = path.from.map(|(speaker, channel)| {
        let channel = match channel {
            Channel::Tunnel(id) => {
                let tunnel = topology.tunnel(id);
                let ends = [tunnel.a, tunnel.b].map(|party| topology.party_name(party));
                format!("tunnel {ends:?}")
            }
            Channel::Circuit(id) => topology.circuit(id).name.clone(),
            Channel::Session(_) => "session".to_owned(),
            other => format!("{other:?}"),
        };
        (speaker_name(topology, speaker), channel)
    });
    // Which of two equal paths a neighbour passes on is its choice, and with it the origin.
    format!(
        "{} {:?} {from:?} {} {:?}",
        path.prefix, path.as_path, path.fixed, path.next_hop
    )
}

fn speakers(topology: &Topology) -> Vec<Speaker> {
    let gateways = topology
        .gateways()
        .iter()
        .map(|gateway| Speaker::Gateway(gateway.id));
    let edges = topology
        .circuits()
        .iter()
        .map(|circuit| Speaker::Edge(circuit.id));
    let sites = topology.sites().iter().map(|site| Speaker::Site(site.id));
    let devices = topology
        .devices()
        .iter()
        .map(|device| Speaker::Device(device.id));
    gateways.chain(edges).chain(sites).chain(devices).collect()
}

/// Everything that everybody holds and uses, by name.
fn learned(routing: &Routing, spec: &NetworkSpec) -> BTreeSet<String> {
    let (topology, bgp) = (routing.topology(), routing.bgp());
    let mut all = BTreeSet::new();
    for speaker in speakers(topology) {
        let name = speaker_name(topology, speaker);
        for path in bgp
            .rib(speaker)
            .into_iter()
            .flatten()
            .flat_map(|(_, paths)| paths)
        {
            all.insert(format!("{name} holds {}", path_in_words(topology, path)));
        }
        for address in addresses(spec) {
            for path in bgp.lookup(topology, speaker, address) {
                all.insert(format!(
                    "{name} uses {} for {address}",
                    path_in_words(topology, path)
                ));
            }
        }
    }
    for vnet in &spec.vnets {
        for subnet in &vnet.subnets {
            let id = topology.subnet_named(&vnet.name, &subnet.name).unwrap().id;
            for row in &routing.effective(id).rows {
                let mut ips: Vec<String> =
                    row.next_hop_ips.iter().map(ToString::to_string).collect();
                ips.sort();
                let words = (
                    &row.prefixes,
                    row.next_hop_type.word(),
                    ips,
                    row.source.word(),
                    row.state.word(),
                );
                all.insert(format!("{}/{} has {words:?}", vnet.name, subnet.name));
            }
        }
    }
    all
}

#[test]
fn a_spoilt_estate_is_simulated_all_the_same() {
    // Values moved to where they do not belong: everything is read, reported and walked without a panic.
    over_estates(150, |seed, spec, flows| {
        let mut luck = Luck::new(seed);
        let mut json = serde_json::to_value(spec).unwrap();
        for _ in 0..1 + luck.below(6) {
            spoil(&mut luck, &mut json);
        }
        let spoilt = serde_json::from_value::<NetworkSpec>(json).ok()?;
        let routing = routing(&spoilt);
        for subnet in routing.topology().subnets() {
            let _ = routing.effective(subnet.id);
        }
        for ask in flows {
            trip(&routing, *ask);
        }
        None
    });
}

/// Copies one text over another of the estate, or doubles or removes an element of a list.
fn spoil(luck: &mut Luck, json: &mut serde_json::Value) {
    let mut texts = Vec::new();
    let mut lists = Vec::new();
    pointers(json, String::new(), &mut texts, &mut lists);
    if luck.percent(60) {
        let (Some(from), Some(to)) = (luck.pick(&texts).cloned(), luck.pick(&texts).cloned())
        else {
            return;
        };
        let value = json.pointer(&from).unwrap().clone();
        *json.pointer_mut(&to).unwrap() = value;
    } else if let Some(list) = luck.pick(&lists).cloned() {
        let items = json.pointer_mut(&list).unwrap().as_array_mut().unwrap();
        let at = luck.below(items.len());
        if luck.percent(50) {
            items.remove(at);
        } else {
            items.push(items[at].clone());
        }
    }
}

fn pointers(
    value: &serde_json::Value,
    at: String,
    texts: &mut Vec<String>,
    lists: &mut Vec<String>,
) {
    match value {
        serde_json::Value::String(_) => texts.push(at),
        serde_json::Value::Array(items) => {
            if !items.is_empty() {
                lists.push(at.clone());
            }
            for (position, item) in items.iter().enumerate() {
                pointers(item, format!("{at}/{position}"), texts, lists);
            }
        }
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                pointers(member, format!("{at}/{key}"), texts, lists);
            }
        }
        _ => {}
    }
}

#[test]
fn a_number_always_makes_the_same_estate() {
    assert_eq!(estate(42), estate(42));
    assert_ne!(estate(42), estate(43));
}

#[test]
fn the_subnet_at_an_address_is_the_first_that_holds_it() {
    over_estates(40, |_, spec, flows| {
        let topology = topology::build(spec).value;
        let ends = flows.iter().flat_map(|ask| [ask.source, ask.destination]);
        let wrong = ends.into_iter().find(|address| {
            let holds = |prefix: &ipnet::Ipv4Net| prefix.contains(address);
            let mut subnets = topology.subnets().iter();
            let first = subnets.find(|subnet| subnet.prefix.as_ref().is_some_and(holds));
            first.map(|subnet| subnet.id) != topology.subnet_at(*address).map(|subnet| subnet.id)
        });
        wrong.map(|address| format!("{address} stands elsewhere"))
    });
}
