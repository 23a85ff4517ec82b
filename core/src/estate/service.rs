//! Which services nothing tells apart: one protocol and port stands for all that every rule treats alike.
//!
//! Rules of security groups, security admin configurations and firewall policies name ports as ranges. Between two edges
//! of ranges no rule sees a difference, and two such stretches that the same rules name are one service, too.
//!
//! | rules | services |
//! |---|---|
//! | none | TCP, UDP, ICMP |
//! | one for TCP 443 | TCP 443, every other TCP, UDP, ICMP |
//! | one for TCP 80 and 443, one for 8000-8080 of any protocol | TCP 80, TCP 8000, every other TCP, UDP 8000, every other UDP, ICMP |
//!
//! Left out: protocols of IPsec, which no workload speaks.

use crate::route::Flow;
use crate::spec::Protocol;
use crate::topology::{Topology, Traffic};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A protocol and the port that is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Service {
    /// What it is.
    pub protocol: Protocol,
    /// The port; `None` for every port that no rule names, and for what has no ports.
    pub port: Option<u16>,
}

impl Service {
    /// What a flow asks for.
    #[must_use]
    pub const fn of(flow: Flow) -> Self {
        Self {
            protocol: flow.protocol,
            port: flow.port,
        }
    }

    /// TCP on a port.
    #[must_use]
    pub const fn tcp(port: u16) -> Self {
        Self {
            protocol: Protocol::Tcp,
            port: Some(port),
        }
    }
}

/// Services as people write them: `443`, `TCP 80`, `udp 53`, `icmp`, with commas between.
impl FromStr for Service {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || format!("expected services as 443 or UDP 53, found {text:?}");
        let mut words = text.split_whitespace();
        let (first, second) = (words.next().ok_or_else(expected)?, words.next());
        let named = match first.to_ascii_lowercase().as_str() {
            "tcp" => Some(Protocol::Tcp),
            "udp" => Some(Protocol::Udp),
            "icmp" => Some(Protocol::Icmp),
            _ => None,
        };
        let (protocol, port) = match (named, second) {
            (None, None) => (Protocol::Tcp, Some(first)),
            (Some(Protocol::Icmp), None) => (Protocol::Icmp, None),
            (Some(protocol @ (Protocol::Tcp | Protocol::Udp)), Some(port)) => {
                (protocol, Some(port))
            }
            _ => return Err(expected()),
        };
        if words.next().is_some() {
            return Err(expected());
        }
        let port = port.map(|port| port.parse::<u16>().ok().filter(|port| *port > 0));
        match port {
            Some(None) => Err(expected()),
            Some(port) => Ok(Self { protocol, port }),
            None => Ok(Self {
                protocol,
                port: None,
            }),
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.protocol {
            Protocol::Icmp => "ICMP",
            Protocol::Tcp => "TCP",
            Protocol::Udp => "UDP",
            Protocol::Esp => "ESP",
            Protocol::Ah => "AH",
        };
        match self.port {
            Some(port) => write!(out, "{word} {port}"),
            None => out.write_str(word),
        }
    }
}

/// One service of every kind, the usual one of each protocol first; those of `asked` are among them as they are.
pub(super) fn services(topology: &Topology, asked: &[Service]) -> Vec<Service> {
    let rules = traffics(topology);
    let mut all = Vec::new();
    for protocol in [Protocol::Tcp, Protocol::Udp, Protocol::Icmp] {
        let own = asked.iter().filter(|service| service.protocol == protocol);
        let own: Vec<Option<u16>> = own.map(|service| service.port).collect();
        let ports = match protocol {
            Protocol::Icmp => vec![None],
            _ => ports(&rules, protocol, &own),
        };
        all.extend(ports.into_iter().map(|port| Service { protocol, port }));
    }
    all
}

/// One port of every kind.
fn ports(rules: &[&Traffic], protocol: Protocol, asked: &[Option<u16>]) -> Vec<Option<u16>> {
    let ranges = rules.iter().flat_map(|rule| &rule.ports);
    let edges = ranges.flat_map(|range| [Some(range.first), range.last.checked_add(1)]);
    let edges: BTreeSet<u16> = edges.flatten().filter(|edge| *edge > 0).collect();
    let named_by = |port: Option<u16>| -> Vec<usize> {
        let serving = rules.iter().enumerate();
        let serving = serving.filter(|(_, rule)| rule.serves(protocol, port));
        serving.map(|(at, _)| at).collect()
    };
    let mut seen = BTreeSet::new();
    let asked_first = std::iter::once(None).chain(asked.iter().copied());
    let mut found: Vec<Option<u16>> = Vec::new();
    for port in asked_first {
        seen.insert(named_by(port));
        if !found.contains(&port) {
            found.push(port);
        }
    }
    for port in edges.into_iter().map(Some) {
        if seen.insert(named_by(port)) {
            found.push(port);
        }
    }
    found
}

/// What every rule of the estate matches.
fn traffics(topology: &Topology) -> Vec<&Traffic> {
    let groups = topology.nsgs().iter().flat_map(|nsg| nsg.rules.iter());
    let admin = topology.admin_rules().iter().map(|(_, rule)| rule);
    let rules = groups.chain(admin).map(|rule| &rule.traffic);
    let policies = topology.firewall_policies().iter();
    let policies = policies.flat_map(|policy| policy.rules.iter());
    rules.chain(policies.map(|rule| &rule.traffic)).collect()
}
