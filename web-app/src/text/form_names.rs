//! Words of the forms for what resolves names: zones, resolvers, rulesets, servers.

/// The label of a member and what it means.
#[must_use]
pub(super) fn names(noun: &str, member: &str) -> Option<(&'static str, &'static str)> {
    Some(match (noun, member) {
        ("VNet" | "site", "dnsServers") => (
            "DNS servers",
            "Asked in this order; empty: Azure-provided, at a site public DNS.",
        ),
        ("private endpoint", "fqdns") => (
            "Names",
            "Of the service it leads to, as files1.blob.core.windows.net.",
        ),
        ("private endpoint", "privateDnsZones") => (
            "Zone group",
            "Private DNS zones that get a record of each name.",
        ),
        ("private DNS zone", "virtualNetworkLinks") => {
            ("Virtual network links", "VNets that ask this zone.")
        }
        ("private DNS zone", "records") => {
            ("Records", "Beyond those that private endpoints bring.")
        }
        ("zone link", "resolutionPolicy") => (
            "resolutionPolicy",
            "NxDomainRedirect: what the zone lacks is asked of public DNS.",
        ),
        ("DNS record", "name") => ("Name", "Within the zone; @ is the zone, * any other name."),
        ("DNS record", "ips") => ("Addresses", "What the name stands for."),
        ("DNS resolver", "inboundEndpoints") => {
            ("Inbound endpoints", "Where it takes queries from outside.")
        }
        ("DNS resolver", "outboundEndpoints") => (
            "Outbound endpoints",
            "From where it sends what a ruleset forwards.",
        ),
        ("inbound endpoint" | "outbound endpoint", "subnet") => {
            ("Subnet", "Of the resolver's VNet, delegated to it.")
        }
        ("inbound endpoint", "ip") => ("Address", "At which it takes queries."),
        ("DNS ruleset", "outboundEndpoints") => {
            ("Outbound endpoints", "By which its queries leave.")
        }
        ("DNS ruleset", "linkedVnets") => ("Linked VNets", "That follow its rules."),
        ("DNS ruleset", "forwardingRules") => ("Rules", "The longest domain counts."),
        ("forwarding rule", "domainName") => ("Domain", "Names that end so; . is every name."),
        ("forwarding rule", "targetDnsServers") => ("Target servers", "Asked in this order."),
        ("forwarding rule", "forwardingRuleState") => {
            ("forwardingRuleState", "Disabled: it is ignored.")
        }
        ("DNS server", "ip") => ("Address", "In a VNet or site, at which it takes queries."),
        ("DNS server", "forwarders") => (
            "Forwarders",
            "Whom it asks for what; other names it asks of public DNS.",
        ),
        ("forwarder", "domain") => ("Domain", "Names that end so; . is every name."),
        ("forwarder", "servers") => (
            "Servers",
            "Asked in this order; 168.63.129.16 is Azure's of its VNet.",
        ),
        _ => return None,
    })
}
