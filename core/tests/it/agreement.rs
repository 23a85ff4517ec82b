//! The real simulator against the naive one of [`crate::naive`], on random estates.
//!
//! Compared: the effective routes of every subnet, the row that wins for every interesting address, and sampled
//! flows: how the request ends, who forwards it, and whether the flow works both ways.
//!
//! An ordinary run asks a few hundred estates that never change. By hand, any number:
//!
//! ```text
//! INTERSPOKE_ESTATES=10000 cargo test --release -p interspoke-core --test it agreement -- --nocapture
//! INTERSPOKE_ESTATE=1234567 …                      one estate, shrunk, with every difference
//! ```
//!
//! A disagreement is kept as `tests/disagreements/NAME.json`: `what` says in a sentence what it was and who was right
//! by which rule of the routing reference. Where the simulator is still wrong, the file stands in [`EXPECTED`], which
//! fails as soon as both agree.

use crate::naive::estate::{
    Ask, Estate, Luck, addresses, asks, at_ports, estates, guarded, speaking, strangers, told,
};
use crate::naive::shrink::smallest;
use crate::naive::walk::Trip;
use crate::naive::{Naive, Row, longest};
use interspoke_core::issue::IssueCode;
use interspoke_core::route::{Branch, Flow, Outcome, Place, Routing, Settings, select};
use interspoke_core::spec::{NetworkSpec, Protocol};
use interspoke_core::topology;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde::Deserialize;
use std::cell::RefCell;
use std::net::Ipv4Addr;
use std::path::Path;
use std::rc::Rc;

/// Files of `tests/disagreements` where the simulator is known to be wrong; each must still differ.
const EXPECTED: &[&str] = &[
    "gateway-without-transit",
    "peered-reserved-range",
    "static-prefix-inside-a-vnet",
    "stopped-machine-sends",
];

/// What a shrunk estate must not have: it would show another thing than the estate did.
const UNREADABLE: &[IssueCode] = &[
    IssueCode::InvalidPrefix,
    IssueCode::InvalidAddress,
    IssueCode::DuplicateName,
    IssueCode::UnknownReference,
    IssueCode::MissingValue,
    IssueCode::VnetWithoutPrefix,
    IssueCode::SubnetOutsideVnet,
    IssueCode::AddressOutsideSubnet,
    IssueCode::NextHopAddress,
    IssueCode::AddressInUse,
];

/// Disagreements that a run shrinks and prints; more are only counted.
const REPORTS: usize = 12;

/// Whether nothing in the estate is left out because it cannot be read.
pub(crate) fn is_readable(spec: &NetworkSpec) -> bool {
    let issues = topology::build(spec).issues;
    !issues.iter().any(|issue| UNREADABLE.contains(&issue.code))
}

/// Flows asked of each estate.
const FLOWS: usize = 40;

fn routing(spec: &NetworkSpec) -> Routing {
    Routing::new(Rc::new(topology::build(spec).value), Settings::default())
}

/// Every difference between the two simulators, as a sentence.
fn differences(spec: &NetworkSpec, naive: &Naive, flows: &[Ask]) -> Vec<String> {
    let real = routing(spec);
    let addresses = addresses(spec);
    let mut found = Vec::new();
    for vnet in &spec.vnets {
        for subnet in &vnet.subnets {
            let at = (vnet.name.as_str(), subnet.name.as_str());
            let rows = naive.rows(at.0, at.1);
            tables(&real, &rows, at, &mut found);
            next_hops(&real, &rows, at, &addresses, &mut found);
        }
    }
    for ask in flows {
        trips(&real, naive, *ask, &mut found);
    }
    found
}

fn real_rows(real: &Routing, vnet: &str, subnet: &str) -> Vec<Row> {
    let subnet = real.topology().subnet_named(vnet, subnet).unwrap().id;
    let table = real.effective(subnet);
    let rows = table.rows.iter().map(|row| Row {
        prefix: crate::naive::net::net(&row.prefixes[0].to_string()).unwrap(),
        kind: row.next_hop_type.word(),
        ips: row.next_hop_ips.iter().map(ToString::to_string).collect(),
        source: row.source.word(),
        state: row.state.word(),
    });
    rows.collect()
}

fn tables(real: &Routing, expected: &[Row], (vnet, subnet): (&str, &str), found: &mut Vec<String>) {
    let got = real_rows(real, vnet, subnet);
    for row in expected.iter().filter(|row| !got.contains(row)) {
        found.push(format!("{vnet}/{subnet}: the simulator lacks {row:?}"));
    }
    for row in got.iter().filter(|row| !expected.contains(row)) {
        found.push(format!("{vnet}/{subnet}: the simulator adds {row:?}"));
    }
    if got.len() != expected.len() {
        found.push(format!(
            "{vnet}/{subnet}: {} rows, expected {}",
            got.len(),
            expected.len()
        ));
    }
}

fn next_hops(
    real: &Routing,
    rows: &[Row],
    (vnet, subnet): (&str, &str),
    addresses: &[Ipv4Addr],
    found: &mut Vec<String>,
) {
    let subnet_id = real.topology().subnet_named(vnet, subnet).unwrap().id;
    let table = real.effective(subnet_id);
    for address in addresses {
        let selection = select(&table.rows, *address);
        let got = selection.winner.map(|row| {
            let row = &table.rows[row];
            (
                selection.prefix.unwrap().to_string(),
                row.next_hop_type.word(),
                row.source.word(),
            )
        });
        let expected =
            longest(rows, *address).map(|row| (row.prefix.to_string(), row.kind, row.source));
        if got != expected {
            found.push(format!(
                "{vnet}/{subnet} to {address}: next hop is {got:?}, expected {expected:?}"
            ));
        }
    }
}

fn outcome(branch: &Branch) -> &'static str {
    match branch.outcome {
        Outcome::Delivered => "delivered",
        Outcome::Dropped(_) => "dropped",
        Outcome::Loop { .. } => "loop",
    }
}

/// The machines and gateways between both ends.
fn forwarders(real: &Routing, branch: &Branch) -> Vec<String> {
    let topology = real.topology();
    let between = branch
        .hops
        .iter()
        .skip(1)
        .take(branch.hops.len().saturating_sub(2));
    let named = between.filter_map(|hop| match hop.place {
        Place::Appliance(id) => Some(topology.appliance(id).name.clone()),
        Place::Gateway(id) => Some(topology.gateway(id).name.clone()),
        _ => None,
    });
    named.collect()
}

fn trips(real: &Routing, naive: &Naive, ask: Ask, found: &mut Vec<String>) {
    let Ask {
        source,
        destination,
        protocol,
        port,
    } = ask;
    let Some(trip) = naive.round_trip(source, destination, protocol, port) else {
        return;
    };
    if trip.is_unsaid() {
        return;
    }
    let Trip {
        request,
        reply,
        reachable,
    } = trip;
    let got = real.round_trip(Flow {
        source,
        destination,
        protocol,
        port,
    });
    let place = ask.place();
    let reply = reply.map(|reply| (reply.end, reply.forwarders));
    let detail = format!(
        "got {:?} {:?}; expected {:?} via {:?}, reply {reply:?}, reachable {reachable}",
        got.verdict,
        got.forward
            .iter()
            .map(|way| (way.outcome, forwarders(real, way)))
            .collect::<Vec<_>>(),
        request.end,
        request.forwarders,
    );
    for way in &got.forward {
        if outcome(way) != request.end.word() {
            found.push(format!(
                "{place}: end is {}, expected {}: {detail}",
                outcome(way),
                request.end.word()
            ));
        } else if way.delivered() && forwarders(real, way) != request.forwarders {
            found.push(format!(
                "{place}: via {:?}: {detail}",
                forwarders(real, way)
            ));
        }
    }
    if got.verdict.reachable() != reachable {
        found.push(format!(
            "{place}: reachable is {}: {detail}",
            got.verdict.reachable()
        ));
    }
}

/// Everything asked of the estate of a number.
fn of_seed(seed: u64, spec: &NetworkSpec) -> (Vec<Ask>, Vec<String>) {
    let flows = asks(&mut Luck::new(!seed), spec, FLOWS);
    let mut flows = at_ports(&mut Luck::new(seed.rotate_left(11)), flows);
    flows.extend(strangers(&mut Luck::new(seed.rotate_left(43)), spec));
    let found = differences(spec, &Naive::lenient(spec), &flows);
    (flows, found)
}

/// What sessions bring in an estate of a number: flows asked, and every difference.
fn brought_of(seed: u64) -> (usize, Vec<String>) {
    let spec = speaking(seed);
    let Some(naive) = Naive::speaking(&spec).filter(|_| is_readable(&spec)) else {
        return (0, Vec::new());
    };
    let flows = asks(&mut Luck::new(seed.rotate_left(7)), &spec, FLOWS / 2);
    let mut flows = at_ports(&mut Luck::new(seed.rotate_left(13)), flows);
    let announced = spec.bgp_peerings.iter().flat_map(|peer| &peer.advertises);
    for (at, one) in announced.enumerate() {
        let source = flows[at % flows.len()].source;
        let inside = crate::naive::net::net(&one.prefix).unwrap().at(0x0505);
        flows.push(Ask {
            destination: inside,
            source,
            protocol: Protocol::Tcp,
            port: Some(443),
        });
    }
    // A Route Server is no host: nobody asks it anything but BGP.
    let server = crate::naive::net::net("10.0.7.0/26").unwrap();
    flows.retain(|ask| ask.source != ask.destination && !server.has(ask.destination));
    let found = differences(&spec, &naive, &flows);
    let found = found
        .iter()
        .map(|text| format!("estate {seed} with sessions: {text}"));
    (flows.len(), found.collect())
}

/// The sessions of an estate of a number: how many a route has a say about, how many it cuts, and every difference.
fn sessions_of(seed: u64) -> ((usize, usize), Vec<String>) {
    let spec = speaking(seed);
    if !is_readable(&spec) {
        return ((0, 0), Vec::new());
    }
    let naive = Naive::lenient(&spec);
    let real = routing(&spec);
    let hub = &spec.vnets[0].name;
    let server = real
        .topology()
        .subnet_named(hub, "RouteServerSubnet")
        .unwrap()
        .id;
    let table = real.effective(server);
    let (mut count, mut found) = ((0, 0), Vec::new());
    for (appliance, up) in naive.sessions() {
        let mut nics = spec.appliances.iter();
        let at = nics.position(|nic| nic.name == appliance).unwrap();
        let brought =
            |row: &interspoke_core::route::EffectiveRoute| row.prefixes[0].to_string() == told(at);
        let got = table.rows.iter().any(brought);
        count.0 += 1;
        count.1 += usize::from(!up);
        if got != up {
            found.push(format!(
                "estate {seed}: the session with {appliance} is up: {got}, expected {up}"
            ));
        }
    }
    (count, found)
}

/// The estate shrunk to what still shows its first difference, as text for a data file.
fn report(seed: u64, spec: &NetworkSpec, flows: &[Ask]) -> String {
    let kind = |text: &str| {
        text.split(": ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next().map(str::to_owned))
    };
    let first = differences(spec, &Naive::lenient(spec), flows).remove(0);
    let asked: Vec<Ask> = flows
        .iter()
        .filter(|ask| first.starts_with(&ask.place()))
        .copied()
        .collect();
    let shown = |spec: &NetworkSpec| -> Vec<String> {
        if !is_readable(spec) {
            return Vec::new();
        }
        // An estate without what is asked about shows nothing.
        let mut found =
            std::panic::catch_unwind(|| differences(spec, &Naive::lenient(spec), &asked))
                .unwrap_or_default();
        found.retain(|text| kind(text) == kind(&first));
        found
    };
    let small = smallest(spec, |spec| !shown(spec).is_empty());
    let flows: Vec<_> = asked
        .iter()
        .map(|ask| (ask.source, ask.destination, ask.protocol, ask.port))
        .collect();
    let json = serde_json::json!({ "network": small, "flows": flows });
    format!(
        "estate {seed}: {first}\nshrunk to {json}\nwhich shows\n    {}",
        shown(&small).join("\n    ")
    )
}

/// A runner over the same estates every time; `INTERSPOKE_SEED` starts elsewhere.
pub(crate) fn runner(cases: u32) -> TestRunner {
    // Estates are shrunk by `crate::naive::shrink`, and a failure is kept as a data file.
    let config = Config {
        cases,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Config::default()
    };
    let mut start = [7; 32];
    start[..8].copy_from_slice(&environment("INTERSPOKE_SEED").unwrap_or(7).to_le_bytes());
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &start))
}

pub(crate) fn environment(name: &str) -> Option<u64> {
    Some(std::env::var(name).ok()?.parse().unwrap())
}

#[test]
fn agreement_on_random_estates() {
    if let Some(seed) = environment("INTERSPOKE_ESTATE") {
        let spec = guarded(seed);
        let (flows, found) = of_seed(seed, &spec);
        assert!(
            found.is_empty(),
            "{}\n\n{}",
            found.join("\n"),
            report(seed, &spec, &flows)
        );
        return;
    }
    let by_hand = environment("INTERSPOKE_ESTATES");
    let cases = by_hand.map_or(300, |count| u32::try_from(count).unwrap());
    let mut runner = runner(cases);
    let tally = RefCell::new(Tally::default());
    let reports = RefCell::new(Vec::new());
    let outcome = runner.run(&estates(), |Estate { seed, .. }| {
        let spec = guarded(seed);
        let (flows, found) = of_seed(seed, &spec);
        tally.borrow_mut().add(&spec, &flows);
        let (sessions, differing) = sessions_of(seed);
        let mut counted = tally.borrow_mut();
        counted.sessions.0 += sessions.0;
        counted.sessions.1 += sessions.1;
        counted.differ += usize::from(!differing.is_empty());
        drop(counted);
        reports.borrow_mut().extend(differing.into_iter().take(2));
        let (brought, differing) = brought_of(seed);
        tally.borrow_mut().brought += brought;
        tally.borrow_mut().differ += usize::from(!differing.is_empty());
        if reports.borrow().len() < REPORTS {
            reports.borrow_mut().extend(differing.into_iter().take(2));
        }
        if !found.is_empty() {
            tally.borrow_mut().differ += 1;
            if reports.borrow().len() < REPORTS {
                reports.borrow_mut().push(report(seed, &spec, &flows));
            }
        }
        Ok(())
    });
    outcome.unwrap();
    let (tally, reports) = (tally.into_inner(), reports.into_inner());
    println!("{tally:?}");
    assert!(reports.is_empty(), "{tally:?}\n\n{}", reports.join("\n\n"));
    tally.assert_interesting();
}

/// What the estates held, so that a run that asks nothing does not pass for agreement.
#[derive(Debug, Default)]
struct Tally {
    estates: usize,
    differ: usize,
    flows: usize,
    unsaid: usize,
    delivered: usize,
    forwarded: usize,
    loops: usize,
    answered: usize,
    /// Strangers whom a published address answers.
    published: usize,
    /// Sessions that a route has a say about, and those that it cuts.
    sessions: (usize, usize),
    /// Flows asked where sessions bring routes.
    brought: usize,
}

impl Tally {
    fn add(&mut self, spec: &NetworkSpec, flows: &[Ask]) {
        let naive = Naive::lenient(spec);
        self.estates += 1;
        for ask in flows {
            let asked = naive.round_trip(ask.source, ask.destination, ask.protocol, ask.port);
            let Some(trip) = asked else {
                continue;
            };
            if trip.is_unsaid() {
                self.unsaid += 1;
                continue;
            }
            self.flows += 1;
            self.delivered += usize::from(trip.request.end.word() == "delivered");
            self.loops += usize::from(trip.request.end.word() == "loop");
            self.forwarded += usize::from(!trip.request.forwarders.is_empty());
            self.answered += usize::from(trip.reachable);
            let stranger = ask.source == Ipv4Addr::new(198, 51, 100, 7);
            self.published += usize::from(trip.reachable && stranger);
        }
    }

    fn assert_interesting(&self) {
        assert!(self.delivered * 4 > self.flows, "mostly broken: {self:?}");
        assert!(
            self.forwarded * 10 > self.flows,
            "nothing forwards: {self:?}"
        );
        assert!(self.loops > 0, "no loops: {self:?}");
        assert!(self.published > 0, "nothing published: {self:?}");
        assert!(self.brought > 0, "sessions bring nothing: {self:?}");
        assert!(self.sessions.1 > 0, "no session cut: {self:?}");
        assert!(
            self.sessions.0 > self.sessions.1,
            "all sessions cut: {self:?}"
        );
    }
}

/// Source, destination, protocol, and the port where one is named.
#[derive(Deserialize)]
#[serde(untagged)]
enum KeptFlow {
    Bare(Ipv4Addr, Ipv4Addr, Protocol),
    Port(Ipv4Addr, Ipv4Addr, Protocol, Option<u16>),
}

/// A disagreement that was found once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    what: String,
    network: NetworkSpec,
    #[serde(default)]
    flows: Vec<KeptFlow>,
}

#[test]
fn kept_disagreements_are_settled() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/disagreements");
    let mut wrong = Vec::new();
    let mut names = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let kept: Kept =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(kept.what.ends_with('.'), "{name}: `what` is a sentence");
        let asked = |flow| {
            let (source, destination, protocol, port) = match flow {
                KeptFlow::Bare(source, destination, protocol) => {
                    (source, destination, protocol, None)
                }
                KeptFlow::Port(source, destination, protocol, port) => {
                    (source, destination, protocol, port)
                }
            };
            Ask {
                source,
                destination,
                protocol,
                port,
            }
        };
        let flows: Vec<Ask> = kept.flows.into_iter().map(asked).collect();
        let found = differences(&kept.network, &Naive::new(&kept.network), &flows);
        match (found.is_empty(), EXPECTED.contains(&name.as_str())) {
            (true, true) => wrong.push(format!("{name}: agrees; strike it from EXPECTED")),
            (false, false) => wrong.push(format!("{name}: {}", found.join("\n    "))),
            _ => {}
        }
        names.push(name);
    }
    wrong.extend(
        EXPECTED
            .iter()
            .filter(|e| !names.iter().any(|n| n == *e))
            .map(|e| format!("{e}: no such file")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
