//! What a rule of a security group, a security admin configuration or a firewall policy matches.
//!
//! A rule looks at protocol, destination port and both addresses. Ports are those of the side that is called; callers use
//! a port of their own that nobody chose, so a rule that names source ports matches no caller.
//!
//! | flow | rule for TCP 443 | rule for TCP, every port | rule for any protocol, port 443 |
//! |---|---|---|---|
//! | TCP 443 | matches | matches | matches |
//! | TCP, no port named | no | matches | no |
//! | ICMP | no | no | no |
//!
//! A flow that names no port stands for the ports that no rule names.
//!
//! Left out: source ports that a caller chose, names (FQDN) of destinations other than `*`.

use super::{Appliance, ApplianceId, NsgId, PolicyId, Topology};
use crate::spec::{Access, Direction, Protocol};
use ipnet::Ipv4Net;
use std::fmt;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// Ports from the first to the last, both among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PortRange {
    /// The lowest.
    pub first: u16,
    /// The highest.
    pub last: u16,
}

impl PortRange {
    /// Every port.
    pub const EVERY: Self = Self {
        first: 0,
        last: u16::MAX,
    };

    /// Reads `443`, `8000-8080` or `*`.
    ///
    /// ```
    /// use interspoke_core::topology::PortRange;
    /// assert_eq!(PortRange::parse("8000-8080"), Some(PortRange { first: 8000, last: 8080 }));
    /// assert_eq!(PortRange::parse("8080-8000"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "*" {
            return Some(Self::EVERY);
        }
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (first <= last).then_some(Self { first, last })
    }

    /// Whether a port is among them; a port that nobody names is among every port only.
    #[must_use]
    pub fn contains(self, port: Option<u16>) -> bool {
        match port {
            Some(port) => (self.first..=self.last).contains(&port),
            None => self.first <= 1 && self.last == u16::MAX,
        }
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::EVERY => out.write_str("*"),
            Self { first, last } if first == last => write!(out, "{first}"),
            Self { first, last } => write!(out, "{first}-{last}"),
        }
    }
}

/// One side of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    /// `*`.
    Any,
    /// A prefix or an address.
    Net(Ipv4Net),
    /// The tag `VirtualNetwork` of the subnet where the rule stands.
    VirtualNetwork,
    /// The tag `Internet`.
    Internet,
    /// Probes of the platform: the tag `AzureLoadBalancer`.
    LoadBalancer,
    /// Another service tag, by name.
    Tag(String),
    /// An application security group or IP group: its name and addresses.
    Group(String, Rc<[Ipv4Net]>),
}

/// What rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packet {
    /// Source in the header.
    pub source: Ipv4Addr,
    /// Destination in the header.
    pub destination: Ipv4Addr,
    /// What it is.
    pub protocol: Protocol,
    /// Destination port; `None` for one that no rule names, and for what has no ports.
    pub port: Option<u16>,
}

/// What a rule matches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Traffic {
    /// Protocols; none listed: any.
    pub protocols: Vec<Protocol>,
    /// Destination ports; none listed: every port.
    pub ports: Vec<PortRange>,
    /// False where the rule asks for source ports, which no caller has.
    pub any_source_port: bool,
    /// Sources; none listed: no packet.
    pub source: Vec<Term>,
    /// Destinations; none listed: no packet.
    pub destination: Vec<Term>,
}

impl Traffic {
    /// Whether it matches a service, whatever the addresses.
    #[must_use]
    pub fn serves(&self, protocol: Protocol, port: Option<u16>) -> bool {
        let protocols = self.protocols.is_empty() || self.protocols.contains(&protocol);
        let ports = self.ports.is_empty() || self.ports.iter().any(|range| range.contains(port));
        protocols && ports && self.any_source_port
    }

    /// Whether it matches a packet; `covers` knows what the terms of a side contain.
    pub(crate) fn matches(
        &self,
        packet: &Packet,
        covers: &dyn Fn(&Term, Ipv4Addr) -> bool,
    ) -> bool {
        self.serves(packet.protocol, packet.port)
            && self.source.iter().any(|term| covers(term, packet.source))
            && self
                .destination
                .iter()
                .any(|term| covers(term, packet.destination))
    }

    /// Every term of both sides.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.source.iter().chain(&self.destination)
    }
}

/// A rule of a security group or a security admin configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityRule {
    /// Name, else its priority.
    pub name: String,
    /// Lower numbers first.
    pub priority: u32,
    /// Direction seen from the NIC.
    pub direction: Direction,
    /// What it does.
    pub access: Access,
    /// What it matches.
    pub traffic: Traffic,
}

/// What a rule of a firewall policy does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FirewallVerdict {
    /// Passes.
    Allow,
    /// Passes through the firewall's proxy, which shows its own address.
    Proxy,
    /// Dropped.
    Deny,
    /// The destination becomes this address, on this port where one is named.
    Translate(Ipv4Addr, Option<u16>),
}

/// A rule of a firewall policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirewallRule {
    /// Name of its collection and its own.
    pub name: String,
    /// What it does.
    pub verdict: FirewallVerdict,
    /// What it matches.
    pub traffic: Traffic,
}

/// A firewall policy: rules of a kind in the order in which they are asked, those of a base policy first.
#[derive(Debug, Clone)]
pub struct FirewallPolicy {
    /// Its id.
    pub id: PolicyId,
    /// Unique name.
    pub name: String,
    /// First DNAT rules, then network rules, then application rules.
    pub rules: Rc<[FirewallRule]>,
}

/// A rule that decided about a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleRef {
    /// A security admin rule, by its position in [`Topology::admin_rules`].
    Admin(u32),
    /// A custom rule of a security group, by its position there.
    Custom(NsgId, u32),
    /// A default rule of a security group.
    Usual(NsgId, UsualRule),
    /// A rule of a firewall policy, by its position there.
    Firewall(PolicyId, u32),
    /// No rule of a firewall policy matches: it is dropped.
    FirewallDefault(PolicyId),
}

/// The default rules of every security group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UsualRule {
    /// `AllowVnetInBound`.
    AllowVnetInBound,
    /// `AllowAzureLoadBalancerInBound`.
    AllowAzureLoadBalancerInBound,
    /// `DenyAllInBound`.
    DenyAllInBound,
    /// `AllowVnetOutBound`.
    AllowVnetOutBound,
    /// `AllowInternetOutBound`.
    AllowInternetOutBound,
    /// `DenyAllOutBound`.
    DenyAllOutBound,
}

impl UsualRule {
    /// Its name in Azure.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AllowVnetInBound => "AllowVnetInBound",
            Self::AllowAzureLoadBalancerInBound => "AllowAzureLoadBalancerInBound",
            Self::DenyAllInBound => "DenyAllInBound",
            Self::AllowVnetOutBound => "AllowVnetOutBound",
            Self::AllowInternetOutBound => "AllowInternetOutBound",
            Self::DenyAllOutBound => "DenyAllOutBound",
        }
    }

    /// Whether it lets a packet pass.
    #[must_use]
    pub const fn allows(self) -> bool {
        !matches!(self, Self::DenyAllInBound | Self::DenyAllOutBound)
    }
}

impl Topology {
    /// Whether an address ends at a machine: of a NIC, of the guest itself, or in a range behind it.
    pub(crate) fn is_behind(&self, id: ApplianceId, address: Ipv4Addr) -> bool {
        let nic = self.appliance(id);
        let own = |nic: &Appliance| {
            nic.loopback_ips.contains(&address)
                || nic
                    .ranges_behind
                    .iter()
                    .any(|(range, _)| range.contains(&address))
        };
        let nics = &self.device(nic.device).nics;
        nic.ip == address || nics.iter().any(|id| own(self.appliance(*id)))
    }

    /// The NIC whose machine an address lies behind, other than a NIC's own.
    pub(crate) fn behind(&self, address: Ipv4Addr) -> Option<ApplianceId> {
        let mut nics = self.appliances.iter();
        let found = nics.find(|nic| {
            let mut ranges = nic.ranges_behind.iter();
            nic.loopback_ips.contains(&address) || ranges.any(|(range, _)| range.contains(&address))
        });
        found.map(|nic| nic.id)
    }

    /// Whether anything but a security group of a subnet or NIC looks at who sends to whom.
    pub(crate) fn has_rules(&self) -> bool {
        let policies = self.appliances.iter().map(|nic| nic.policy);
        let hubs = self.hubs.iter().filter_map(|hub| hub.firewall.as_ref());
        let mut policies = policies.chain(hubs.map(|firewall| firewall.policy));
        !self.admin_rules.is_empty() || policies.any(|policy| policy.is_some())
    }

    /// Whether a destination NAT rule of a machine, or of its firewall policy, is for an address.
    pub(crate) fn publishes(&self, nic: &Appliance, address: Ipv4Addr) -> bool {
        nic.dnat.iter().any(|rule| rule.public == address)
            || self.policy_publishes(nic.policy, address)
    }

    /// Whether a destination NAT rule of a firewall policy is for an address.
    pub(crate) fn policy_publishes(&self, policy: Option<PolicyId>, address: Ipv4Addr) -> bool {
        let policy = policy.map(|id| self.firewall_policy(id));
        let rules = policy.into_iter().flat_map(|policy| policy.rules.iter());
        let mut rules = rules.filter(|rule| matches!(rule.verdict, FirewallVerdict::Translate(..)));
        let host = Term::Net(address.into());
        rules.any(|rule| rule.traffic.destination.contains(&host))
    }

    /// A rule in words: its name, and the security group or policy it stands in.
    ///
    /// ```
    /// use interspoke_core::topology::{RuleRef, Topology};
    /// assert_eq!(Topology::default().rule_name(RuleRef::Admin(0)), "a security admin rule");
    /// ```
    #[must_use]
    pub fn rule_name(&self, rule: RuleRef) -> String {
        let nsg = |id: NsgId| {
            self.nsgs
                .get(id.index())
                .map_or("", |nsg| nsg.name.as_str())
        };
        let policy = |id: PolicyId| self.firewall_policies.get(id.index());
        let named = |id: PolicyId| policy(id).map_or("", |policy| policy.name.as_str());
        match rule {
            RuleRef::Admin(at) => match at_of(&self.admin_rules, at) {
                Some((_, rule)) => format!("security admin rule {}", rule.name),
                None => "a security admin rule".to_owned(),
            },
            RuleRef::Custom(id, at) => {
                let rules = self.nsgs.get(id.index()).map(|nsg| &nsg.rules);
                let name = rules
                    .and_then(|rules| at_of(rules, at))
                    .map(|rule| &rule.name);
                format!("rule {} of {}", name.map_or("", String::as_str), nsg(id))
            }
            RuleRef::Usual(id, usual) => format!("default rule {} of {}", usual.name(), nsg(id)),
            RuleRef::Firewall(id, at) => {
                let rule = policy(id).and_then(|policy| at_of(&policy.rules, at));
                let name = rule.map_or("", |rule| rule.name.as_str());
                format!("rule {name} of {}", named(id))
            }
            RuleRef::FirewallDefault(id) => format!("no rule of {}", named(id)),
        }
    }
}

fn at_of<T>(list: &[T], at: u32) -> Option<&T> {
    usize::try_from(at).ok().and_then(|at| list.get(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_no_rule_names_is_among_every_port_only() {
        assert!(PortRange::EVERY.contains(None));
        assert!(PortRange::parse("1-65535").is_some_and(|range| range.contains(None)));
        assert!(!PortRange::parse("1024-65535").is_some_and(|range| range.contains(None)));
        assert!(PortRange::parse("1024-65535").is_some_and(|range| range.contains(Some(8080))));
    }

    #[test]
    fn ranges_are_read_and_written_alike() {
        for text in ["*", "443", "8000-8080"] {
            assert_eq!(
                PortRange::parse(text).map(|range| range.to_string()),
                Some(text.to_owned())
            );
        }
        assert_eq!(PortRange::parse("70000"), None);
        assert_eq!(PortRange::parse("http"), None);
    }
}
