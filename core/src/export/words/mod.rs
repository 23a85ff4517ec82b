//! The words of Terraform and of the Azure command line for what Resource Manager says.
//!
//! The rule: one table a kind; a row names a place in the resource (`properties.routes[]` is every item of a list), the
//! argument of Terraform (`routing.labels` is `labels` in the block `routing`) and the option of the command. An empty
//! word means that the language cannot say it, and the writer says so; `-` means that the language says it by itself.
//!
//! | place | Terraform | command line |
//! |---|---|---|
//! | `properties.allowForwardedTraffic` | `allow_forwarded_traffic` | `--allow-forwarded-traffic` |
//! | `properties.routes[]` | block `route` | `network route-table route create` |
//! | `properties.autoscaleConfiguration.minCapacity` | none: a comment | none: a comment |
//!
//! Sources: azurerm provider 4 (typed package `@cdktf/provider-azurerm` 14.23), Azure CLI 2.91 with the extensions
//! `azure-firewall`, `virtual-wan`, `virtual-network-manager`, `dns-resolver`.

mod dns;
mod gateway;
mod machine;
mod manager;
mod network;
mod policy;
mod wan;

use super::kind::Kind;

/// How a value changes on its way into a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Not at all.
    Same,
    /// One value becomes a list of one.
    Listed,
    /// A switch means the opposite.
    Not,
    /// The name of what an id points to.
    Name,
    /// The id of the parent of what an id points to.
    Above,
    /// The name of that parent.
    AboveName,
    /// `True` and `False` as texts become switches, in Terraform alone.
    Truth,
    /// A text that stands for a switch.
    Is(&'static str),
    /// Words that Terraform calls otherwise.
    Called(&'static [(&'static str, &'static str)]),
    /// The whole value as JSON, for the command line.
    Json,
    /// Each object of a list with the members that the command line calls so, as JSON.
    Keyed(&'static [(&'static str, &'static str)]),
    /// Objects of two members as `Https=443`, for the command line.
    Pairs,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) enum Word {
    /// One value.
    One {
        path: &'static str,
        terraform: &'static str,
        option: &'static str,
        change: Change,
    },
    /// The items of a list: blocks in Terraform.
    Blocks {
        path: &'static str,
        /// Only items with this member.
        only: Option<(&'static str, &'static str)>,
        block: &'static str,
        words: &'static [Word],
    },
    /// The items of a list: resources of their own in Terraform.
    Resources {
        path: &'static str,
        resource: &'static str,
        owner: &'static str,
        words: &'static [Word],
    },
    /// The items of a list: commands of their own.
    Commands {
        path: &'static str,
        only: Option<(&'static str, &'static str)>,
        command: &'static str,
        owner: &'static str,
        words: &'static [Word],
    },
    /// An id that Terraform writes as a resource between two.
    Association {
        path: &'static str,
        resource: &'static str,
        own: &'static str,
        other: &'static str,
        further: &'static [(&'static str, &'static str)],
    },
    /// A value that a second command sets.
    Update {
        path: &'static str,
        command: &'static str,
        option: &'static str,
    },
    /// What Terraform wants besides, as written.
    Terraform(&'static str, &'static str),
    /// What the command wants besides, as written.
    Option(&'static str),
    /// A value that goes without saying where it is this one.
    Usual(&'static str, &'static str),
}

/// The words of a kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    /// Resource type; `^` for what its parent says, `+` for what is only resources of its items, empty for none.
    pub(super) terraform: &'static str,
    /// Argument that names the parent; by name where it begins with `=`.
    pub(super) parent: &'static str,
    /// Command without its verb; `^`, `+` and empty as for Terraform.
    pub(super) command: &'static str,
    /// Options that name what stands above, from the top; none for `-`.
    pub(super) above: &'static [&'static str],
    /// Whether the command is left out where the resource is there.
    pub(super) kept: bool,
    pub(super) rows: &'static [Word],
}

const fn one(path: &'static str, terraform: &'static str, option: &'static str) -> Word {
    with(path, terraform, option, Change::Same)
}

const fn with(
    path: &'static str,
    terraform: &'static str,
    option: &'static str,
    change: Change,
) -> Word {
    Word::One {
        path,
        terraform,
        option,
        change,
    }
}

const fn blocks(path: &'static str, block: &'static str, words: &'static [Word]) -> Word {
    Word::Blocks {
        path,
        only: None,
        block,
        words,
    }
}

const fn commands(
    path: &'static str,
    command: &'static str,
    owner: &'static str,
    words: &'static [Word],
) -> Word {
    Word::Commands {
        path,
        only: None,
        command,
        owner,
        words,
    }
}

const fn words(
    terraform: &'static str,
    parent: &'static str,
    command: &'static str,
    above: &'static [&'static str],
    rows: &'static [Word],
) -> Words {
    Words {
        terraform,
        parent,
        command,
        above,
        kept: false,
        rows,
    }
}

const fn kept(mut words: Words) -> Words {
    words.kept = true;
    words
}

const NAME: Word = one("name", "name", "--name");

impl Kind {
    /// The words of a kind.
    pub(super) const fn words(self) -> &'static Words {
        match self {
            Self::RouteTable => &network::ROUTE_TABLE,
            Self::SecurityGroup => &network::SECURITY_GROUP,
            Self::ApplicationGroup => &network::APPLICATION_GROUP,
            Self::NatGateway => &network::NAT_GATEWAY,
            Self::IpGroup => &policy::IP_GROUP,
            Self::RouteMap => &wan::ROUTE_MAP,
            Self::Vnet => &network::VNET,
            Self::Subnet => &network::SUBNET,
            Self::Peering => &network::PEERING,
            Self::PublicAddress => &network::PUBLIC_ADDRESS,
            Self::FirewallPolicy => &policy::FIREWALL_POLICY,
            Self::RuleCollectionGroup => &policy::RULE_COLLECTION_GROUP,
            Self::Firewall => &machine::FIREWALL,
            Self::HubFirewall => &wan::HUB_FIREWALL,
            Self::Gateway => &gateway::GATEWAY,
            Self::LocalGateway => &gateway::LOCAL_GATEWAY,
            Self::Connection => &gateway::CONNECTION,
            Self::RouteServer => &gateway::ROUTE_SERVER,
            Self::RouteServerAddress => &gateway::ROUTE_SERVER_ADDRESS,
            Self::RouteServerSession => &gateway::ROUTE_SERVER_SESSION,
            Self::LoadBalancer => &machine::LOAD_BALANCER,
            Self::BackendPool => &machine::BACKEND_POOL,
            Self::Probe => &machine::PROBE,
            Self::BalancingRule => &machine::BALANCING_RULE,
            Self::Nic => &machine::NIC,
            Self::Machine => &machine::MACHINE,
            Self::RoutingAppliance => &machine::ROUTING_APPLIANCE,
            Self::Circuit => &gateway::CIRCUIT,
            Self::CircuitPeering => &gateway::CIRCUIT_PEERING,
            Self::GlobalReach => &gateway::GLOBAL_REACH,
            Self::VirtualWan => &wan::VIRTUAL_WAN,
            Self::Hub => &wan::HUB,
            Self::HubTable => &wan::HUB_TABLE,
            Self::HubConnection => &wan::HUB_CONNECTION,
            Self::HubSession => &wan::HUB_SESSION,
            Self::HubAppliance => &wan::HUB_APPLIANCE,
            Self::HubVpn => &wan::HUB_VPN,
            Self::VpnSite => &wan::VPN_SITE,
            Self::VpnConnection => &wan::VPN_CONNECTION,
            Self::HubExpressRoute => &wan::HUB_EXPRESS_ROUTE,
            Self::ExpressRouteConnection => &wan::EXPRESS_ROUTE_CONNECTION,
            Self::RoutingIntent => &wan::ROUTING_INTENT,
            Self::HubTableRoutes => &wan::HUB_TABLE_ROUTES,
            Self::Manager => &manager::MANAGER,
            Self::Group => &manager::GROUP,
            Self::Member => &manager::MEMBER,
            Self::Connectivity => &manager::CONNECTIVITY,
            Self::AdminConfiguration => &manager::ADMIN_CONFIGURATION,
            Self::AdminCollection => &manager::ADMIN_COLLECTION,
            Self::AdminRule => &manager::ADMIN_RULE,
            Self::RoutingConfiguration => &manager::ROUTING_CONFIGURATION,
            Self::RoutingCollection => &manager::ROUTING_COLLECTION,
            Self::RoutingRule => &manager::ROUTING_RULE,
            Self::Deployment => &manager::DEPLOYMENT,
            Self::PrivateEndpoint => &network::PRIVATE_ENDPOINT,
            Self::ZoneGroup => &dns::ZONE_GROUP,
            Self::DnsZone => &dns::ZONE,
            Self::ZoneLink => &dns::ZONE_LINK,
            Self::ZoneRecord => &dns::ZONE_RECORD,
            Self::DnsResolver => &dns::RESOLVER,
            Self::InboundEndpoint => &dns::INBOUND_ENDPOINT,
            Self::OutboundEndpoint => &dns::OUTBOUND_ENDPOINT,
            Self::ForwardingRuleset => &dns::FORWARDING_RULESET,
            Self::RulesetLink => &dns::RULESET_LINK,
            Self::ForwardingRule => &dns::FORWARDING_RULE,
        }
    }
}
