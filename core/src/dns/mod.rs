//! Which address a name has from where, and who said so.
//!
//! The rule, as published: a VNet's custom DNS servers replace what Azure provides. Azure-provided DNS asks the linked
//! private zone with the longest domain first, and what that zone does not have does not exist, unless its link falls back
//! to the Internet; then the rule with the longest domain of the linked rulesets; then public DNS, whose alias of a
//! service with a private endpoint begins the same anew. A query to a server is a packet (UDP 53) that must arrive and
//! whose answer must come back: of several servers the first one that answers is asked.
//!
//! | asked in a VNet | linked zone `privatelink.blob…` | answer |
//! |---|---|---|
//! | `files1.blob.core.windows.net` | with the record | the endpoint's address |
//! | the same | without the record | no such name; with fallback the public address |
//! | the same | none | the public address |
//! | the same, ruleset `blob.core.windows.net.` -> 8.8.8.8 | with the record | the public address: the rule sees the name first |
//!
//! A circle, a server that nothing reaches, an address where no server stands: each is an answer with its steps.
//!
//! A firewall that is a DNS proxy forwards every name: to its servers or, without any, to Azure-provided DNS of its own VNet,
//! whatever servers that VNet names; in a hub no private zone is linked to that ("Guide to Private Link and DNS in Azure
//! Virtual WAN", Azure Architecture Center, read 2026-11-28).
//!
//! A site reaches servers of the Internet by an exit of its own. Left out: the way of a hub firewall's own queries, caches, search suffixes, names that VMs register, whether a server of one's own reaches public DNS.
//!
//! Sources: "What is Azure DNS Private Resolver?" (2022-12-06), "Azure DNS Private Resolver endpoints and rulesets"
//! (2023-03-29), "Fallback to Internet for Azure Private DNS zones" (2024-11-06); MicrosoftDocs/azure-docs issues 100273
//! (2022-10-21) and 109292 (2023-05-09).

mod tell;

use crate::address::is_private;
use crate::domain::{Domain, alias, is_private_link, is_reserved};
use crate::route::{Flow, Place, Routing, place_of};
use crate::spec::Protocol;
use crate::topology::{AZURE_DNS, DnsServer, Forwarder, SiteId, Topology, VnetId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::net::Ipv4Addr;

/// The port of DNS.
const PORT: u16 = 53;

/// What comes of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The addresses of a record in a private zone.
    Record(Vec<Ipv4Addr>),
    /// What everybody is told: of a service its public address.
    Public,
    /// A private zone is asked and does not have it.
    NoSuchName,
    /// No server that is to be asked answers.
    NoServer,
    /// The question comes back to where it was.
    Circle,
}

impl Answer {
    /// Its word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Record(_) => "record",
            Self::Public => "public",
            Self::NoSuchName => "noSuchName",
            Self::NoServer => "noServer",
            Self::Circle => "circle",
        }
    }
}

/// One thing that happens to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Azure-provided DNS of a VNet is asked.
    Azure(VnetId),
    /// A DNS server is asked, by its position.
    Server(usize),
    /// A server of the Internet is asked.
    Elsewhere(Ipv4Addr),
    /// Packets to a server, or its answer, do not arrive.
    Lost(Flow),
    /// No DNS server is known at an address.
    Silent(Ipv4Addr),
    /// A private zone has the record.
    Zone(Domain),
    /// A private zone does not have it.
    NotInZone(Domain),
    /// Its link falls back to the Internet.
    Fallback(Domain),
    /// A rule of a ruleset, by the ruleset's position, forwards it.
    Rule(usize, Domain),
    /// A ruleset has no outbound endpoint.
    NoOutbound(usize),
    /// A server forwards it.
    Forwarder(Domain),
    /// Public DNS leads to another name.
    Alias(Domain),
    /// Public DNS answers.
    Public,
}

/// An answered question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// The name that was asked for.
    pub name: Domain,
    /// What happened, in order.
    pub steps: Vec<Step>,
    /// What came of it.
    pub answer: Answer,
}

impl Resolution {
    /// The VNet whose Azure-provided DNS answered or asked on last.
    #[must_use]
    pub fn resolver(&self) -> Option<VnetId> {
        let asked = self.steps.iter().rev().find_map(|step| match step {
            Step::Azure(vnet) => Some(Some(*vnet)),
            Step::Server(_) | Step::Elsewhere(_) => Some(None),
            _ => None,
        });
        asked.flatten()
    }
}

/// Asks for a name from an address of the estate.
///
/// ```
/// use interspoke_core::{dns, route::{Routing, Settings}, spec::NetworkSpec, topology::build};
/// let spec: NetworkSpec = serde_json::from_str(r#"{
///     "vnets": [{"name": "a", "prefixes": ["10.0.0.0/16"], "subnets": [{"name": "app", "prefix": "10.0.0.0/24"}]}],
///     "privateDnsZones": [{"name": "corp.example", "virtualNetworkLinks": [{"vnet": "a"}], "records": [{"name": "db", "ips": ["10.9.0.4"]}]}]
/// }"#).unwrap();
/// let routing = Routing::new(build(&spec).value.into(), Settings::default());
/// let found = dns::resolve(&routing, "10.0.0.4".parse().unwrap(), "db.corp.example");
/// assert_eq!(found.answer, dns::Answer::Record(vec!["10.9.0.4".parse().unwrap()]));
/// ```
#[must_use]
pub fn resolve(routing: &Routing, from: Ipv4Addr, name: &str) -> Resolution {
    Resolver::new(routing).resolve(from, name)
}

/// Answers many questions of one estate: whether packets reach a server is found out once for each asker.
#[derive(Debug)]
pub struct Resolver<'r> {
    routing: &'r Routing,
    reached: RefCell<HashMap<Flow, bool>>,
}

impl<'r> Resolver<'r> {
    /// Of an estate.
    #[must_use]
    pub fn new(routing: &'r Routing) -> Self {
        Self {
            routing,
            reached: RefCell::default(),
        }
    }

    /// As [`resolve`].
    #[must_use]
    pub fn resolve(&self, from: Ipv4Addr, name: &str) -> Resolution {
        answered(self, from, Domain::of(name))
    }

    fn reaches(&self, flow: Flow) -> bool {
        if let Some(known) = self.reached.borrow().get(&flow) {
            return *known;
        }
        let reached = self.routing.round_trip(flow).verdict.reachable();
        self.reached.borrow_mut().insert(flow, reached);
        reached
    }
}

fn answered(resolver: &Resolver<'_>, from: Ipv4Addr, name: Domain) -> Resolution {
    let mut question = Question {
        resolver,
        routing: resolver.routing,
        topology: resolver.routing.topology(),
        name: name.clone(),
        steps: Vec::new(),
        seen: Vec::new(),
    };
    let answer = question.ask(from);
    Resolution {
        name,
        steps: question.steps,
        answer,
    }
}

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Azure(VnetId),
    Server(usize),
    Public,
}

/// What one who is asked does.
enum Turn {
    Answered(Answer),
    On(Asked),
}

/// Where an address stands, as far as names go.
enum Home {
    Vnet(VnetId),
    Site(SiteId),
    /// A hub, for its firewall: no zone can be linked to it.
    Hub,
}

struct Question<'r> {
    resolver: &'r Resolver<'r>,
    routing: &'r Routing,
    topology: &'r Topology,
    name: Domain,
    steps: Vec<Step>,
    seen: Vec<(Asked, Domain)>,
}

impl Question<'_> {
    fn ask(&mut self, from: Ipv4Addr) -> Answer {
        let topology = self.topology;
        let first = match home(self.routing, from) {
            Some(Home::Vnet(vnet)) if topology.vnet(vnet).dns_servers.is_empty() => {
                Some(Asked::Azure(vnet))
            }
            Some(Home::Vnet(vnet)) => self.first_of(&topology.vnet(vnet).dns_servers, from),
            Some(Home::Site(site)) if !topology.site(site).dns_servers.is_empty() => {
                self.first_of(&topology.site(site).dns_servers, from)
            }
            _ => Some(Asked::Public),
        };
        let Some(mut asked) = first else {
            return Answer::NoServer;
        };
        loop {
            let here = (asked, self.name.clone());
            if self.seen.contains(&here) {
                return Answer::Circle;
            }
            self.seen.push(here);
            let turn = match asked {
                Asked::Azure(vnet) => self.azure(vnet),
                Asked::Server(at) => self.server(at),
                Asked::Public => self.public(),
            };
            match turn {
                Turn::Answered(answer) => return answer,
                Turn::On(next) => asked = next,
            }
        }
    }

    fn azure(&mut self, vnet: VnetId) -> Turn {
        let dns = self.topology.dns();
        self.steps.push(Step::Azure(vnet));
        if let Some((zone, falls_back)) = dns.zone_of(vnet, &self.name) {
            let domain = zone.domain.clone();
            if let Some(addresses) = zone.addresses(&self.name) {
                self.steps.push(Step::Zone(domain));
                return Turn::Answered(Answer::Record(addresses.to_vec()));
            }
            self.steps.push(Step::NotInZone(domain.clone()));
            if !(falls_back && is_private_link(&domain)) {
                return Turn::Answered(Answer::NoSuchName);
            }
            self.steps.push(Step::Fallback(domain));
            return self.public();
        }
        let rulesets = dns.rulesets.iter().enumerate();
        let linked = rulesets.filter(|(_, ruleset)| ruleset.vnets.contains(&vnet));
        let reserved = is_reserved(&self.name);
        let rules =
            linked.flat_map(|(at, ruleset)| ruleset.rules.iter().map(move |rule| (at, rule)));
        let rules = rules.filter(|(_, rule)| !(rule.domain.is_every() && reserved));
        let fitting = rules.filter(|(_, rule)| rule.domain.covers(&self.name));
        if let Some((at, rule)) = fitting.max_by_key(|(_, rule)| rule.domain.len()) {
            return self.forwarded(at, rule);
        }
        self.onward(Asked::Azure(vnet))
    }

    /// By a rule, from the first outbound endpoint of its ruleset.
    fn forwarded(&mut self, ruleset: usize, rule: &Forwarder) -> Turn {
        self.steps.push(Step::Rule(ruleset, rule.domain.clone()));
        let outbound = self.topology.dns().rulesets.get(ruleset);
        let subnet = outbound.and_then(|ruleset| ruleset.outbound.first());
        let range = subnet.and_then(|subnet| self.topology.subnet(*subnet).prefix);
        let Some(range) = range else {
            self.steps.push(Step::NoOutbound(ruleset));
            return Turn::Answered(Answer::NoServer);
        };
        self.sent(&rule.servers, crate::address::first_host(&range))
    }

    fn server(&mut self, at: usize) -> Turn {
        self.steps.push(Step::Server(at));
        let Some(server) = self.topology.dns().servers.get(at) else {
            return Turn::Answered(Answer::NoServer);
        };
        let DnsServer { ip, forwarders, .. } = server;
        match Forwarder::longest(forwarders.iter(), &self.name) {
            Some(forwarder) => {
                self.steps.push(Step::Forwarder(forwarder.domain.clone()));
                self.sent(&forwarder.servers, *ip)
            }
            None => self.onward(Asked::Server(at)),
        }
    }

    fn sent(&mut self, servers: &[Ipv4Addr], from: Ipv4Addr) -> Turn {
        match self.first_of(servers, from) {
            Some(next) => Turn::On(next),
            None => Turn::Answered(Answer::NoServer),
        }
    }

    /// What public DNS says to one who asks it himself: an alias, which he looks up in his own zones and rules, or an answer.
    fn onward(&mut self, asker: Asked) -> Turn {
        let endpoints = self.topology.private_endpoints().iter();
        let mut names = endpoints.flat_map(|endpoint| &endpoint.fqdns);
        let known = names.any(|name| *name == self.name);
        match alias(&self.name).filter(|_| known) {
            Some(alias) => {
                self.steps.push(Step::Alias(alias.clone()));
                self.name = alias;
                Turn::On(asker)
            }
            None => self.public(),
        }
    }

    fn public(&mut self) -> Turn {
        self.steps.push(Step::Public);
        Turn::Answered(Answer::Public)
    }

    /// The first of some servers that packets reach from an address and that answers.
    fn first_of(&mut self, servers: &[Ipv4Addr], from: Ipv4Addr) -> Option<Asked> {
        servers
            .iter()
            .find_map(|server| self.reached(*server, from))
    }

    fn reached(&mut self, server: Ipv4Addr, from: Ipv4Addr) -> Option<Asked> {
        if server == AZURE_DNS {
            let asked = match home(self.routing, from) {
                Some(Home::Vnet(vnet)) => Some(Asked::Azure(vnet)),
                Some(Home::Hub) => Some(Asked::Public),
                _ => None,
            };
            if asked.is_none() {
                self.steps.push(Step::Silent(server));
            }
            return asked;
        }
        let flow = Flow {
            source: from,
            destination: server,
            protocol: Protocol::Udp,
            port: Some(PORT),
        };
        let asked = self.at(server);
        // A site has an Internet of its own.
        let out_of_site =
            asked == Some(Asked::Public) && matches!(home(self.routing, from), Some(Home::Site(_)));
        let of_hub = matches!(home(self.routing, from), Some(Home::Hub));
        let free = from == server || out_of_site || of_hub;
        if !free && !self.resolver.reaches(flow) {
            self.steps.push(Step::Lost(flow));
            return None;
        }
        if asked.is_none() {
            self.steps.push(Step::Silent(server));
        } else if asked == Some(Asked::Public) {
            self.steps.push(Step::Elsewhere(server));
        }
        asked
    }

    /// Who answers at an address.
    fn at(&self, address: Ipv4Addr) -> Option<Asked> {
        let dns = self.topology.dns();
        let inbound = dns.inbound.iter().find(|(ip, _)| *ip == address);
        if let Some((_, vnet)) = inbound {
            return Some(Asked::Azure(*vnet));
        }
        let mut servers = dns.servers.iter();
        let own = servers.position(|server| server.ip == address);
        let of_others = !is_private(address) && home(self.routing, address).is_none();
        own.map(Asked::Server)
            .or_else(|| of_others.then_some(Asked::Public))
    }
}

fn home(routing: &Routing, address: Ipv4Addr) -> Option<Home> {
    let topology = routing.topology();
    let mut hubs = topology.hubs().iter();
    let of_hub = |ip: Option<Ipv4Addr>| ip == Some(address);
    if hubs.any(|hub| of_hub(hub.firewall.as_ref().and_then(|one| one.ip))) {
        return Some(Home::Hub);
    }
    Some(match place_of(topology, address)? {
        Place::Subnet(id) => Home::Vnet(topology.subnet(id).vnet),
        Place::Appliance(id) => Home::Vnet(topology.appliance(id).vnet),
        Place::PrivateEndpoint(id) => Home::Vnet(topology.private_endpoint(id).vnet),
        Place::Site(id) => Home::Site(id),
        _ => return None,
    })
}
