//! F15: the name of a private endpoint has another address where the endpoint itself would be reached.
//!
//! Peering and gateways bring the endpoint's row, never its name. Who is told the public address leaves by the Internet,
//! or is turned away by the service; who is told nothing does not connect at all.
//!
//! | asked | answer | fix |
//! |---|---|---|
//! | in a VNet that is not linked to the zone | public | link the zone to it |
//! | by way of a resolver whose VNet is not linked | public | link the zone to that VNet |
//! | where a linked zone has no record of it | no such name | the zone joins the endpoint's zone group |
//! | at a server of one's own without a forwarder | public | none here: it is set at the server |
//!
//! One cause is one finding: the VNet that asked on last, or the first server, and the zone. Endpoints whose names the
//! estate does not say are left out, and so is who has no private way; past [`MOST_ASKED`] questions every n-th asks.
//!
//! Source: "Azure Private Endpoint DNS integration" (2023-11-15).

use super::fix::{Change, Fix};
use super::place::{distinct, list};
use super::survey::{Survey, public_address};
use super::{Finding, FindingKind, Report};
use crate::address::first_host;
use crate::dns::{Answer, Resolution, Resolver};
use crate::domain::{Domain, alias};
use crate::issue::Severity;
use crate::route::Flow;
use crate::spec::Protocol;
use crate::topology::{PrivateEndpoint, Topology, VnetId};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// Who asks: a VNet or site, from an address of it.
struct Caller<'t> {
    name: &'t str,
    address: Ipv4Addr,
}

/// Questions at most; past them those who ask are thinned out evenly, as the flows of `survey` are.
const MOST_ASKED: usize = 1_500;

/// What one cause does.
struct Led<'t> {
    resolution: Resolution,
    callers: Vec<(&'t str, Flow)>,
    endpoints: Vec<&'t PrivateEndpoint>,
}

/// The word of the answer, the VNet that asked on last, and the zone where the name should be.
type Cause = (&'static str, Option<VnetId>, Domain);

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    let topology = survey.topology;
    let named = |endpoint: &&PrivateEndpoint| !endpoint.fqdns.is_empty();
    let endpoints: Vec<_> = topology.private_endpoints().iter().filter(named).collect();
    if endpoints.is_empty() {
        return;
    }
    let resolver = Resolver::new(survey.routing);
    let mut causes: BTreeMap<Cause, Led<'_>> = BTreeMap::new();
    let names: usize = endpoints.iter().map(|endpoint| endpoint.fqdns.len()).sum();
    let callers = callers(survey);
    // Past so many questions every n-th asks, to stay quick.
    let every = callers.len().saturating_mul(names).div_ceil(MOST_ASKED);
    for caller in callers.into_iter().step_by(every.max(1)) {
        for endpoint in &endpoints {
            for name in &endpoint.fqdns {
                let resolution = resolver.resolve(caller.address, name.text());
                judge(survey, &caller, endpoint, resolution, &mut causes);
            }
        }
    }
    for (cause, led) in causes {
        report.add(finding(topology, &cause, &led));
    }
}

/// One address of each VNet where machines stand, and one of each site.
fn callers<'t>(survey: &Survey<'t>) -> Vec<Caller<'t>> {
    let topology = survey.topology;
    let mut by_vnet: BTreeMap<VnetId, Ipv4Addr> = BTreeMap::new();
    let dns = topology.dns();
    for subnet in survey.workload_subnets() {
        let range = subnet.prefix.filter(|range| {
            let mut outbound = dns.rulesets.iter().flat_map(|ruleset| &ruleset.outbound);
            let inbound = dns.inbound.iter().any(|(ip, _)| range.contains(ip));
            !inbound && !outbound.any(|id| *id == subnet.id)
        });
        if let Some(range) = range {
            by_vnet.entry(subnet.vnet).or_insert(first_host(&range));
        }
    }
    let vnets = by_vnet.into_iter().map(|(vnet, address)| Caller {
        name: &topology.vnet(vnet).name,
        address,
    });
    let sites = topology.sites().iter().filter_map(|site| {
        let range = site.prefixes.iter().find(|range| range.prefix_len() > 0)?;
        Some(Caller {
            name: &site.name,
            address: first_host(range),
        })
    });
    vnets.chain(sites).collect()
}

fn judge<'t>(
    survey: &Survey<'t>,
    caller: &Caller<'t>,
    endpoint: &'t PrivateEndpoint,
    resolution: Resolution,
    causes: &mut BTreeMap<Cause, Led<'t>>,
) {
    if matches!(&resolution.answer, Answer::Record(ips) if ips.contains(&endpoint.ip)) {
        return;
    }
    let private = Flow {
        source: caller.address,
        destination: endpoint.ip,
        protocol: Protocol::Tcp,
        port: None,
    };
    if !survey.routing.round_trip(private).verdict.reachable() {
        return;
    }
    let told = match &resolution.answer {
        Answer::Record(ips) => ips.first().copied(),
        Answer::Public => public_address(survey.topology),
        _ => None,
    };
    let flow = Flow {
        destination: told.unwrap_or(endpoint.ip),
        ..private
    };
    let cause = (
        resolution.answer.word(),
        resolution.resolver(),
        home(survey.topology, &resolution.name),
    );
    let led = causes.entry(cause).or_insert_with(|| Led {
        resolution,
        callers: Vec::new(),
        endpoints: Vec::new(),
    });
    led.callers.push((caller.name, flow));
    if !led.endpoints.iter().any(|known| known.id == endpoint.id) {
        led.endpoints.push(endpoint);
    }
}

/// The zone where a name should be: the estate's longest one, else the recommended one.
fn home(topology: &Topology, name: &Domain) -> Domain {
    let alias = alias(name);
    let name = alias.as_ref().unwrap_or(name);
    let zones = topology.dns().zones.iter().map(|zone| &zone.domain);
    let known = zones
        .filter(|zone| zone.covers(name))
        .max_by_key(|zone| zone.len());
    known.cloned().unwrap_or_else(|| {
        let rest = name.text().split_once('.').map_or("", |(_, rest)| rest);
        Domain::of(rest)
    })
}

fn finding(topology: &Topology, cause: &Cause, led: &Led<'_>) -> Finding {
    let (_, vnet, zone) = cause;
    let answer = &led.resolution.answer;
    let subject = match vnet {
        Some(vnet) => format!("vnets[{}]", topology.vnet(*vnet).name),
        None => format!("privateDnsZones[{zone}]"),
    };
    let mut finding = Finding::new(FindingKind::NameWithoutPrivateAnswer, subject);
    if !matches!(answer, Answer::Public | Answer::Record(_)) {
        finding.severity = Severity::Error;
    }
    let names = list(led.endpoints.iter().map(|endpoint| &endpoint.name));
    let callers = distinct(led.callers.iter().map(|(name, _)| *name).collect());
    finding.title = format!("The name of {names} {}", said(answer));
    finding.shown_by(led.callers.iter().map(|(_, flow)| *flow));
    finding.explanation = format!(
        "{} in {} {}, although {} is reached from there. Who is asked: {}.",
        led.resolution.name,
        list(callers),
        said(answer),
        led.endpoints
            .first()
            .map_or_else(String::new, |endpoint| endpoint.ip.to_string()),
        led.resolution.told(topology).join(", then "),
    );
    finding.fix = fix(topology, cause, led);
    finding
}

fn said(answer: &Answer) -> String {
    match answer {
        Answer::Record(ips) => format!("has the address {}", list(ips)),
        Answer::Public => "has the public address".to_owned(),
        Answer::NoSuchName => "does not exist".to_owned(),
        Answer::NoServer => "is answered by no server".to_owned(),
        Answer::Circle => "is asked round in a circle".to_owned(),
    }
}

fn fix(topology: &Topology, (_, vnet, domain): &Cause, led: &Led<'_>) -> Option<Fix> {
    let vnet = topology.vnet((*vnet)?);
    let mut zones = topology
        .dns()
        .zones
        .iter()
        .filter(|zone| zone.domain == *domain);
    // Of two zones of one domain a person has to say which is meant.
    let zone = zones.next().filter(|_| zones.next().is_none())?;
    let mut changes = Vec::new();
    for endpoint in &led.endpoints {
        let recorded = |(_, ips): &(String, Vec<Ipv4Addr>)| ips.contains(&endpoint.ip);
        if !zone.records.iter().any(recorded) {
            changes.push(Change::JoinZoneGroup {
                endpoint: endpoint.ip.to_string(),
                zone: domain.to_string(),
            });
        }
    }
    let label = match led.resolution.answer {
        Answer::Public => {
            let is_linked = zone.links.contains_key(&vnet.id);
            if is_linked {
                return None;
            }
            changes.push(Change::LinkPrivateDnsZone {
                zone: domain.to_string(),
                vnet: vnet.name.clone(),
            });
            format!("Link {domain} to {}", vnet.name)
        }
        Answer::NoSuchName if !changes.is_empty() => format!("Write the record into {domain}"),
        _ => return None,
    };
    Some(Fix { label, changes })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{changes, check, estate};
    use super::*;

    const KIND: FindingKind = FindingKind::NameWithoutPrivateAnswer;

    #[test]
    fn a_peered_vnet_without_a_link_asks_past_the_endpoints() {
        let finding = check(estate!("f15-unlinked"), KIND, "vnets[spoke]");
        assert_eq!(
            finding.title,
            "The name of files and more has the public address"
        );
        assert_eq!(finding.flows, 2);
        assert_eq!(
            finding.explanation,
            "files1.blob.core.windows.net in spoke has the public address, although 10.0.1.4 is reached from there. \
             Who is asked: Azure-provided DNS of spoke, then alias files1.privatelink.blob.core.windows.net, then \
             Azure-provided DNS of spoke, then public DNS.",
        );
        assert_eq!(
            changes(&finding),
            "private DNS zone privatelink.blob.core.windows.net: link spoke"
        );
    }

    #[test]
    fn links_of_vnets_with_custom_servers_count_for_nothing() {
        let finding = check(estate!("f15-resolver"), KIND, "vnets[hub]");
        assert_eq!(finding.flows, 2);
        assert_eq!(
            changes(&finding),
            "private DNS zone privatelink.database.windows.net: link hub"
        );
    }

    #[test]
    fn a_linked_zone_without_the_record_says_that_the_name_does_not_exist() {
        let finding = check(estate!("f15-no-record"), KIND, "vnets[app]");
        assert_eq!(finding.severity, Severity::Error);
        assert_eq!(
            changes(&finding),
            "zone group of the private endpoint 10.0.1.4: add privatelink.vaultcore.azure.net"
        );
    }
}
