//! Asking the simulator what a case asks.
//!
//! Every question goes through the same door as the page: [`topology::build`], [`Routing`], its effective tables
//! and round trips. Nothing here knows a case.
//!
//! What the core does not simulate is an issue of the topology (`NotSimulated`); a question about such an estate gets no
//! answer at all, never a guess.

use super::{
    Asked, At, Case, CaseError, NextHop, PathHops, PeeringTotal, Question, Reachability, Reply,
    Resolved, Row, Validation,
};
use crate::address::{is_private, parse_address};
use crate::dns;
use crate::issue::{Issue, IssueCode};
use crate::refusal::Refusal;
use crate::route::{
    Branch, Decision, Drop, DropReason, EffectiveRoute, Flow, HopAddress, Outcome, Place, Remark,
    RoundTrip, RouteState, Routing, Settings, select,
};
use crate::spec::{NetworkSpec, Protocol};
use crate::topology::{self, RuleRef, Subnet, Topology};
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::rc::Rc;

/// What the core says to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// An answer.
    Given(Reply),
    /// The core does not simulate this; what it lacks.
    Unsupported(String),
}

/// Answers a question of a case.
///
/// # Errors
/// The question does not fit its network: a name or address that the network does not have.
pub fn answer(case: &Case, question: &Question, settings: Settings) -> Result<Answer, CaseError> {
    let Some(network) = case.network_in(question.state.as_deref()) else {
        return Err(CaseError::new(
            question.place(),
            "expected a state of the case",
        ));
    };
    if asks_ipv6(&question.asked) {
        return Ok(Answer::Unsupported(
            "IPv6 is carried, not simulated".to_owned(),
        ));
    }
    let checked = topology::build(network);
    if let Some(issue) = checked
        .issues
        .iter()
        .find(|issue| issue.code == IssueCode::NotSimulated)
    {
        return Ok(Answer::Unsupported(issue.message.clone()));
    }
    let asking = Asking {
        place: question.place(),
        routing: Routing::new(Rc::new(checked.value), settings),
        issues: checked.issues,
    };
    asking.answer(&question.asked)
}

fn asks_ipv6(asked: &Asked) -> bool {
    let texts: &[&String] = match asked {
        Asked::NextHop { to, .. } => &[to],
        Asked::Reachability { from, to, .. } | Asked::Path { from, to, .. } => &[from, to],
        _ => &[],
    };
    texts.iter().any(|text| text.parse::<Ipv6Addr>().is_ok())
}

/// One question on its way through the simulator.
pub(crate) struct Asking {
    place: String,
    pub(crate) routing: Routing,
    issues: Vec<Issue>,
}

impl Asking {
    pub(crate) fn topology(&self) -> &Topology {
        self.routing.topology()
    }

    pub(crate) fn error(&self, key: &str, message: String) -> CaseError {
        CaseError::new(format!("{}.{key}", self.place), message)
    }

    fn answer(&self, asked: &Asked) -> Result<Answer, CaseError> {
        let reply = match asked {
            Asked::EffectiveRoutes { at, .. } => Reply::Rows(self.rows(at)?),
            Asked::NextHop { at, to, .. } => Reply::NextHop(self.next_hop(at, to)?),
            Asked::Reachability {
                from,
                to,
                protocol,
                port,
                ..
            } => {
                let trip = self.round_trip(from, to, *protocol, *port)?;
                Reply::Reachability(self.reachability(&trip))
            }
            Asked::Path { from, to, .. } => {
                let trip = self.round_trip(from, to, Protocol::default(), None)?;
                Reply::Path(PathHops {
                    hops: trip
                        .forward
                        .first()
                        .map(|way| self.hops(way))
                        .unwrap_or_default(),
                })
            }
            Asked::PeeringCount {
                vnet, full_mesh_of, ..
            } => Reply::PeeringTotal(self.peering_total(vnet.as_deref(), *full_mesh_of)?),
            Asked::Validation { changed, .. } => Reply::Validation(self.validation(changed)),
            Asked::Resolution { from, name, .. } => Reply::Resolved(self.resolved(from, name)?),
            Asked::GatewayRoutes {
                speaker,
                direction,
                peer,
                ..
            } => Reply::GatewayRows(self.gateway_rows(speaker, *direction, peer.as_deref())?),
            Asked::HubRoutes { hub, table, .. } => Reply::HubRows(self.hub_rows(hub, table)?),
            Asked::Text { .. } => {
                return Ok(Answer::Unsupported(asked.kind().to_string()));
            }
        };
        Ok(Answer::Given(reply))
    }

    fn subnet(&self, at: &At) -> Result<&Subnet, CaseError> {
        if self.topology().vnet_named(&at.vnet).is_none() {
            let known = self
                .topology()
                .vnets()
                .iter()
                .map(|vnet| vnet.name.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            return Err(self.error(
                "at.vnet",
                format!("expected one of {known}, found {:?}", at.vnet),
            ));
        }
        self.topology()
            .subnet_named(&at.vnet, &at.subnet)
            .ok_or_else(|| {
                self.error(
                    "at.subnet",
                    format!("expected a subnet of {}, found {:?}", at.vnet, at.subnet),
                )
            })
    }

    fn address(&self, key: &str, text: &str) -> Result<Ipv4Addr, CaseError> {
        parse_address(text).map_err(|error| self.error(key, error.to_string()))
    }

    fn rows(&self, at: &At) -> Result<Vec<Row>, CaseError> {
        let table = self.routing.effective(self.subnet(at)?.id);
        Ok(table.rows.iter().map(|row| self.row(row)).collect())
    }

    fn row(&self, row: &EffectiveRoute) -> Row {
        let prefixes = if row.prefixes.is_empty() {
            vec!["*".to_owned()]
        } else {
            row.prefixes.iter().map(ToString::to_string).collect()
        };
        Row {
            prefixes,
            next_hop_type: row.next_hop_type.to_string(),
            next_hop_ips: texts(&row.next_hop_ips),
            source: row.source.to_string(),
            state: row.state.to_string(),
            via: row.next_hop_ips.iter().find_map(|hop| self.via(*hop)),
            name: row.name.clone(),
        }
    }

    /// Whose address it is, in the format's words.
    fn via(&self, hop: HopAddress) -> Option<String> {
        let word = match hop {
            HopAddress::MicrosoftEdge => "msee",
            HopAddress::HubRouter(_) => "hubRouter",
            HopAddress::Ip(ip)
                if self
                    .topology()
                    .hubs()
                    .iter()
                    .any(|hub| hub.router_ips.contains(&ip)) =>
            {
                "hubRouter"
            }
            _ => return None,
        };
        Some(word.to_owned())
    }

    fn next_hop(&self, at: &At, to: &str) -> Result<NextHop, CaseError> {
        let destination = self.address("to", to)?;
        let table = self.routing.effective(self.subnet(at)?.id);
        let selection = select(&table.rows, destination);
        let winner = selection.winner.and_then(|row| table.rows.get(row));
        let (Some(winner), Some(prefix)) = (winner, selection.prefix) else {
            return Ok(NextHop {
                next_hop_type: "None".to_owned(),
                ..NextHop::default()
            });
        };
        // Equal-cost next hops may stand in rows of their own.
        let equal = table.rows.iter().filter(|row| {
            row.state == RouteState::Active
                && row.next_hop_type == winner.next_hop_type
                && row.source == winner.source
                && row.prefixes.contains(&prefix)
        });
        let hops: Vec<HopAddress> = equal
            .flat_map(|row| row.next_hop_ips.iter().copied())
            .collect();
        Ok(NextHop {
            prefix: Some(prefix.to_string()),
            next_hop_type: winner.next_hop_type.to_string(),
            next_hop_ips: texts(&hops),
            via: hops.iter().find_map(|hop| self.via(*hop)),
        })
    }

    fn round_trip(
        &self,
        from: &str,
        to: &str,
        protocol: Protocol,
        port: Option<u16>,
    ) -> Result<RoundTrip, CaseError> {
        let source = self.host("from", from)?;
        let destination = self.address("to", to)?;
        Ok(self.routing.round_trip(Flow {
            source,
            destination,
            protocol,
            port,
        }))
    }

    fn host(&self, key: &str, text: &str) -> Result<Ipv4Addr, CaseError> {
        let address = self.address(key, text)?;
        if self.is_host(address) {
            return Ok(address);
        }
        let message = format!("expected an address in a subnet or site, found {address}");
        Err(self.error(key, message))
    }

    /// Any address inside a subnet or site is a host there; a public one elsewhere is a host on the Internet.
    fn is_host(&self, address: Ipv4Addr) -> bool {
        let topology = self.topology();
        let in_subnet = topology
            .subnets()
            .iter()
            .any(|subnet| subnet.prefix.is_some_and(|net| net.contains(&address)));
        if topology.behind(address).is_some() {
            return true;
        }
        let in_site = topology
            .sites()
            .iter()
            .any(|site| site.prefixes.iter().any(|net| net.contains(&address)));
        let in_vnet = topology.vnet_at(address).is_some();
        in_subnet || in_site || !(in_vnet || is_private(address))
    }

    fn resolved(&self, from: &str, name: &str) -> Result<Resolved, CaseError> {
        let found = dns::resolve(&self.routing, self.host("from", from)?, name);
        let addresses = match &found.answer {
            dns::Answer::Record(addresses) => addresses.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        };
        Ok(Resolved {
            answer: found.answer.word().to_owned(),
            addresses,
            by: found.told(self.topology()),
        })
    }

    fn reachability(&self, trip: &RoundTrip) -> Reachability {
        let reachable = trip.verdict.reachable();
        let ways = trip.forward.iter().chain(trip.back.iter().flatten());
        let lost = ways
            .into_iter()
            .find(|way| !way.delivered())
            .map(|way| self.ending(way));
        let because = if reachable {
            None
        } else {
            Some(lost.unwrap_or_else(|| format!("{:?}", trip.verdict)))
        };
        let rule = trip.forward.first().and_then(deciding_rule);
        Reachability {
            reachable,
            because,
            rule: rule.map(|rule| self.topology().rule_name(rule)),
        }
    }

    /// Why and where a way ends, for whoever reads the difference.
    fn ending(&self, way: &Branch) -> String {
        let stop = way.hops.last();
        let at = stop.map(|hop| {
            self.place_name(hop.place)
                .unwrap_or_else(|| format!("{:?}", hop.place))
        });
        let from = way
            .hops
            .first()
            .map(|hop| hop.source.to_string())
            .unwrap_or_default();
        let what = match way.outcome {
            Outcome::Delivered => "delivered".to_owned(),
            Outcome::Dropped(Drop { reason }) => format!("{reason:?}"),
            Outcome::Loop { .. } => "a loop".to_owned(),
        };
        let route = stop
            .and_then(|hop| hop.decision.as_ref())
            .and_then(Decision::winner);
        let route = route
            .map(|row| format!(" by {}", self.row(row)))
            .unwrap_or_default();
        format!("from {from}: {what} at {}{route}", at.unwrap_or_default())
    }

    /// Names of what forwards, in order; two NICs of one machine in a row are one stop.
    fn hops(&self, way: &Branch) -> Vec<String> {
        let last = way.hops.len().saturating_sub(1);
        let between = way.hops.get(1..last).unwrap_or_default();
        let mut names: Vec<String> = between
            .iter()
            .filter_map(|hop| self.place_name(hop.place))
            .collect();
        names.dedup();
        names
    }

    /// The name of something that forwards; the Microsoft edge has none.
    fn place_name(&self, place: Place) -> Option<String> {
        let topology = self.topology();
        match place {
            Place::Appliance(id) => {
                Some(topology.device(topology.appliance(id).device).name.clone())
            }
            Place::Gateway(id) => Some(topology.gateway(id).name.clone()),
            Place::Hub(id) => Some(topology.hub(id).name.clone()),
            Place::HubFirewall(id) => topology
                .hub(id)
                .firewall
                .as_ref()
                .map(|firewall| firewall.name.clone()),
            Place::Subnet(_)
            | Place::MicrosoftEdge(_)
            | Place::HubGateway(_)
            | Place::Site(_)
            | Place::PrivateEndpoint(_)
            | Place::Internet => None,
        }
    }

    fn peering_total(
        &self,
        vnet: Option<&str>,
        full_mesh_of: Option<u64>,
    ) -> Result<PeeringTotal, CaseError> {
        if let Some(n) = full_mesh_of {
            let objects = n.saturating_mul(n.saturating_sub(1));
            return Ok(PeeringTotal {
                links: Some(objects / 2),
                objects: Some(objects),
            });
        }
        let only = match vnet {
            None => None,
            Some(name) => Some(self.topology().vnet_named(name).ok_or_else(|| {
                self.error(
                    "vnet",
                    format!("expected a VNet of the network, found {name:?}"),
                )
            })?),
        };
        let stored = self
            .topology()
            .links()
            .iter()
            .filter(|link| only.is_none_or(|vnet| link.from == vnet.id));
        let pairs: Vec<_> = stored
            .map(|link| (link.from.min(link.to), link.from.max(link.to)))
            .collect();
        let links: BTreeSet<_> = pairs.iter().collect();
        Ok(PeeringTotal {
            links: u64::try_from(links.len()).ok(),
            objects: u64::try_from(pairs.len()).ok(),
        })
    }

    /// Azure refuses a change for the errors that it brings, not for those that were there before.
    fn validation(&self, changed: &NetworkSpec) -> Validation {
        let known: BTreeSet<(IssueCode, &str)> = self
            .issues
            .iter()
            .map(|issue| (issue.code, issue.subject.as_str()))
            .collect();
        let codes: Vec<String> = topology::build(changed)
            .issues
            .iter()
            .filter(|issue| issue.code.refuses())
            .filter(|issue| !known.contains(&(issue.code, issue.subject.as_str())))
            .filter_map(|issue| issue.code.refusal())
            .flat_map(Refusal::codes)
            .map(str::to_owned)
            .collect();
        Validation {
            accepted: codes.is_empty(),
            code: codes.first().cloned(),
            codes,
        }
    }
}

/// An AS path as Azure prints it: `65520-65520`.
fn texts(hops: &[HopAddress]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for hop in hops {
        let text = hop.to_string();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

/// The rule that drops a packet, else the last one that lets it pass.
fn deciding_rule(way: &Branch) -> Option<RuleRef> {
    let dropped = match way.outcome {
        Outcome::Dropped(Drop {
            reason: DropReason::SecurityRule(rule) | DropReason::FirewallRule(rule),
        }) => Some(rule),
        _ => None,
    };
    let mut remarks = way
        .hops
        .iter()
        .rev()
        .flat_map(|hop| hop.remarks.iter().rev());
    dropped.or_else(|| {
        remarks.find_map(|remark| match remark {
            Remark::Allowed(rule) => Some(*rule),
            _ => None,
        })
    })
}
