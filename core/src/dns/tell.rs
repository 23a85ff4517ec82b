//! The steps of an answer in words.

use super::{Resolution, Step};
use crate::topology::Topology;

impl Resolution {
    /// Each step as a part of a sentence.
    #[must_use]
    pub fn told(&self, topology: &Topology) -> Vec<String> {
        self.steps.iter().map(|step| tell(topology, step)).collect()
    }
}

fn tell(topology: &Topology, step: &Step) -> String {
    let dns = topology.dns();
    let ruleset = |at: &usize| {
        let found = dns.rulesets.get(*at);
        found.map_or("a ruleset", |ruleset| ruleset.name.as_str())
    };
    match step {
        Step::Azure(vnet) => format!("Azure-provided DNS of {}", topology.vnet(*vnet).name),
        Step::Server(at) => {
            let found = dns.servers.get(*at);
            format!("server {}", found.map_or("", |server| &server.name))
        }
        Step::Elsewhere(ip) => format!("server {ip} of the Internet"),
        Step::Lost(flow) => format!("no answer from {} to {}", flow.destination, flow.source),
        Step::Silent(ip) => format!("no DNS server at {ip}"),
        Step::Zone(zone) => format!("record of zone {zone}"),
        Step::NotInZone(zone) => format!("no record in zone {zone}"),
        Step::Fallback(zone) => format!("fallback to Internet of zone {zone}"),
        Step::Rule(at, domain) => format!("rule {domain} of {}", ruleset(at)),
        Step::NoOutbound(at) => format!("no outbound endpoint of {}", ruleset(at)),
        Step::Forwarder(domain) => format!("forwarder {domain}"),
        Step::Alias(name) => format!("alias {name}"),
        Step::Public => "public DNS".to_owned(),
    }
}
