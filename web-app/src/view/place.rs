//! Names for where a packet stands, and plain words for what happens to it.

use interspoke_core::route::{
    DropReason, EffectiveRoute, Hop, HopAddress, Loss, NextHopType, Origin, Place, Remark,
};
use interspoke_core::spec::GatewayKind;
use interspoke_core::topology::{LinkId, RuleRef, Topology};

/// The name of a place: the host or machine where it has one.
pub(crate) fn name(topology: &Topology, hop: &Hop) -> String {
    match hop.place {
        Place::Subnet(id) => {
            let host = topology
                .workloads()
                .iter()
                .find(|w| Some(w.ip) == hop.address);
            let vnet = &topology.vnet(topology.subnet(id).vnet).name;
            host.map_or_else(|| vnet.clone(), |h| format!("{vnet} · {}", h.name))
        }
        place => called(topology, place),
    }
}

/// The name of a place, whoever stands in it.
pub(super) fn called(topology: &Topology, place: Place) -> String {
    match place {
        Place::Subnet(id) => topology.vnet(topology.subnet(id).vnet).name.clone(),
        Place::Appliance(id) => topology.device(topology.appliance(id).device).name.clone(),
        Place::Gateway(id) => topology.gateway(id).name.clone(),
        Place::MicrosoftEdge(id) => format!("Microsoft edge of {}", topology.circuit(id).name),
        Place::Site(id) => topology.site(id).name.clone(),
        Place::Hub(id) | Place::HubGateway(id) => topology.hub(id).name.clone(),
        Place::HubFirewall(id) => {
            let hub = topology.hub(id);
            hub.firewall
                .as_ref()
                .map_or_else(|| hub.name.clone(), |f| f.name.clone())
        }
        Place::PrivateEndpoint(id) => topology.private_endpoint(id).name.clone(),
        Place::Internet => String::from("Internet"),
    }
}

/// What a place is.
pub(crate) fn kind(topology: &Topology, place: Place) -> String {
    match place {
        Place::Subnet(id) => format!("subnet {}", topology.subnet(id).name),
        Place::Appliance(id) => {
            let appliance = topology.appliance(id);
            let word = match appliance.kind {
                interspoke_core::spec::ApplianceKind::AzureFirewall => "Azure Firewall",
                interspoke_core::spec::ApplianceKind::Nva => "NVA",
                interspoke_core::spec::ApplianceKind::RoutingAppliance => "routing appliance",
            };
            format!("{word} in {}", topology.vnet(appliance.vnet).name)
        }
        Place::Gateway(id) => {
            let gateway = topology.gateway(id);
            let word = match gateway.kind {
                GatewayKind::Vpn => "VPN gateway",
                GatewayKind::ExpressRoute => "ExpressRoute gateway",
                GatewayKind::RouteServer => "Route Server",
            };
            format!("{word} in {}", topology.vnet(gateway.vnet).name)
        }
        Place::MicrosoftEdge(_) => String::from("ExpressRoute"),
        Place::Site(_) => String::from("on-premises"),
        Place::Hub(_) => String::from("Virtual WAN hub"),
        Place::HubFirewall(_) => String::from("firewall of a Virtual WAN hub"),
        Place::HubGateway(_) => String::from("gateway of a Virtual WAN hub"),
        Place::PrivateEndpoint(_) => String::from("private endpoint"),
        Place::Internet => String::from("outside"),
    }
}

/// Whether a place is a machine that a path goes through.
pub(super) fn is_machine(place: Place) -> bool {
    matches!(place, Place::Appliance(_) | Place::HubFirewall(_))
}

/// `a → b`, and Azure's word for the kind of peering.
pub(super) fn link(topology: &Topology, id: LinkId) -> (String, &'static str) {
    let link = topology.link(id);
    let ends = format!(
        "{} → {}",
        topology.vnet(link.from).name,
        topology.vnet(link.to).name
    );
    let word = if link.global {
        NextHopType::VNetGlobalPeering
    } else {
        NextHopType::VNetPeering
    };
    (ends, word.word())
}

/// The prefixes of a row in one text.
pub(super) fn prefixes(row: &EffectiveRoute) -> String {
    let all: Vec<String> = row.prefixes.iter().map(ToString::to_string).collect();
    all.join(", ")
}

/// The next-hop addresses of a row in one text. Some are the platform's own and nobody can know them beforehand.
pub(super) fn addresses(row: &EffectiveRoute) -> String {
    let one = |address: &HopAddress| match address {
        HopAddress::Ip(ip) => ip.to_string(),
        HopAddress::GatewayInstance(_) => String::from("gateway instance"),
        HopAddress::MicrosoftEdge => String::from("Microsoft edge"),
        HopAddress::HubRouter(_) | HopAddress::HubInstance(_) => String::from("hub instance"),
    };
    let all: Vec<String> = row.next_hop_ips.iter().map(one).collect();
    all.join(", ")
}

/// `0.0.0.0/0 User → VirtualAppliance 10.10.0.4`.
pub(super) fn row(row: &EffectiveRoute) -> String {
    let known = row
        .next_hop_ips
        .iter()
        .all(|a| matches!(a, HopAddress::Ip(_)));
    let hop = if known { addresses(row) } else { String::new() };
    let (source, kind) = (row.source.word(), row.next_hop_type.word());
    let text = format!("{} {source} → {kind} {hop}", prefixes(row));
    text.trim_end().to_owned()
}

/// Why a row exists.
pub(super) fn origin(topology: &Topology, origin: &Origin) -> String {
    match origin {
        Origin::Vnet => String::from("address space of the VNet"),
        Origin::SystemInternet => String::from("Azure’s default route"),
        Origin::Reserved => String::from("reserved range that Azure drops"),
        Origin::Peering(id) => format!("peering {}", link(topology, *id).0),
        Origin::ConnectedGroup(id) => {
            format!("connected group {}", topology.connected_group(*id).name)
        }
        Origin::Gateway(id) => format!("gateway {}", topology.gateway(*id).name),
        Origin::Hub(id) => format!("Virtual WAN hub {}", topology.hub(*id).name),
        Origin::User(id, _) => format!("route table {}", topology.route_table(*id).name),
        Origin::ServiceEndpoint(name) => format!("service endpoint {name}"),
        Origin::PrivateEndpoint(id) => {
            format!("private endpoint {}", topology.private_endpoint(*id).name)
        }
    }
}

/// Why a row lost.
pub(crate) fn loss(loss: Loss) -> &'static str {
    match loss {
        Loss::Shorter => "shorter prefix",
        Loss::UserRoute => "a user route has the same prefix",
        Loss::GatewayRoute => "a gateway route has the same prefix",
        Loss::Overridden => "overridden by a user route",
    }
}

/// What is worth knowing at a stop.
pub(crate) fn remark(topology: &Topology, remark: Remark) -> String {
    match remark {
        Remark::ForwardedTrafficNotAllowed(id) => format!(
            "allowForwardedTraffic is false on {}: documented as dropped, seen to pass",
            link(topology, id).0
        ),
        Remark::EqualCost => String::from("one of several equal-cost next hops"),
        Remark::LoadBalanced(ip) => format!("chosen by the load balancer at {ip}"),
        Remark::SourceTranslated => String::from("the source address is translated here"),
        Remark::DestinationTranslated => String::from("the destination address is translated here"),
        Remark::Allowed(rule) => format!("{} allows it", topology.rule_name(rule)),
    }
}

/// Why a packet is lost, in a word or two.
pub(super) const fn drop_word(reason: DropReason) -> &'static str {
    match reason {
        DropReason::NextHopNone => "next hop None",
        DropReason::NoRoute | DropReason::NoLearnedRoute => "no route",
        DropReason::NotRunning(_) => "stopped",
        DropReason::NoState(_) | DropReason::NoStateAtHub(_) => "no state",
        DropReason::SecurityRule(_) | DropReason::FirewallRule(_) | DropReason::Policy(_) => {
            "denied"
        }
        DropReason::PrivateToInternet => "next hop Internet",
        _ => "dropped",
    }
}

/// Why a packet is lost, with Azure's property names.
pub(crate) fn drop_reason(topology: &Topology, reason: DropReason) -> String {
    let nic = |id| topology.appliance(id).name.clone();
    let ends = |id| link(topology, id).0;
    match reason {
        DropReason::NoRoute => String::from("no route contains the destination"),
        DropReason::NoSource => String::from("no subnet, site or machine has the source address"),
        DropReason::TooManyHops => {
            String::from("the path is longer than any real one: it was given up")
        }
        DropReason::NextHopNone => String::from("the winning route’s next hop type is None"),
        DropReason::PrivateToInternet => {
            String::from("a private address was sent to the Internet (next hop type Internet)")
        }
        DropReason::NoInternetEgress => {
            String::from("there is no way out to the Internet: no public address")
        }
        DropReason::NextHopUnreachable(ip) => {
            format!("the next hop {ip} is neither in this VNet nor in a directly peered one")
        }
        DropReason::NoApplianceAt(ip) => format!("nothing that forwards has the address {ip}"),
        DropReason::IpForwardingOff(id) => format!("enableIPForwarding is off on {}", nic(id)),
        DropReason::NotRunning(id) => format!("{} is stopped", nic(id)),
        DropReason::Policy(id) => format!("the policy of {} drops this protocol", nic(id)),
        DropReason::NotPublished(id) => {
            format!(
                "{} publishes nothing at this port of its public address",
                nic(id)
            )
        }
        DropReason::BackToItself(ip) => {
            format!(
                "the load balancer at {ip} may choose the machine that called it, whose flow then fails"
            )
        }
        DropReason::NotBalanced(ip) => {
            format!("the load balancer at {ip} passes TCP and UDP alone")
        }
        DropReason::NoHost(ip) => format!("no subnet has the address {ip}"),
        DropReason::AccessNotAllowed(id) => {
            format!(
                "allowVirtualNetworkAccess is false on the peering {} or its reverse",
                ends(id)
            )
        }
        DropReason::ForwardedNotAllowed(id) => {
            format!("allowForwardedTraffic is false on the peering {}", ends(id))
        }
        DropReason::NotConnected(id) => format!("the peering {} is not Connected", ends(id)),
        DropReason::NoState(id) => {
            format!(
                "{} tracks flows and did not see this one begin",
                topology.device(id).name
            )
        }
        DropReason::NoStateAtHub(id) => {
            format!(
                "the firewall of {} did not see this flow begin",
                topology.hub(id).name
            )
        }
        DropReason::NoLearnedRoute => String::from("it knows no way to the destination"),
        DropReason::NoGateway => String::from("the VNet uses no VPN gateway"),
        DropReason::ExpressRouteNextHop => {
            String::from("a user route must not name an ExpressRoute gateway")
        }
        DropReason::GroupOverlap => String::from("the ranges overlap in the connected group"),
        DropReason::SecurityRule(rule) | DropReason::FirewallRule(rule) => match rule {
            RuleRef::FirewallDefault(_) => format!("{} allows it", topology.rule_name(rule)),
            _ => format!("{} denies it", topology.rule_name(rule)),
        },
        DropReason::NotOverRegions(id) => format!(
            "what stands in {} is not reached over peerings between regions",
            topology.subnet(id).name
        ),
        DropReason::NotForInternet(id) => format!("{} forwards no Internet traffic", nic(id)),
        DropReason::NoNatMapping => {
            String::from("a NAT rule of the tunnel hides the address from here")
        }
        DropReason::EndpointNotLocal => String::from(
            "a route of type VnetLocal leads to the private endpoint only with privateEndpointVNetPolicies Basic",
        ),
        DropReason::PrivateEndpointReply => {
            String::from("the private endpoint does not answer this way")
        }
    }
}
