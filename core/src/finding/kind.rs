//! The kinds of finding: their numbers in the catalogue, how bad they are, and whose word stands behind them.
//!
//! | id | kind | what happens |
//! |---|---|---|
//! | F1 | [`FindingKind::ReturnRouteMissing`] | the request arrives, the reply has no route |
//! | F2 | [`FindingKind::Asymmetric`] | a stateful device sees one half of a flow |
//! | F3 | [`FindingKind::GatewaySubnetBypass`] | a summary UDR on GatewaySubnet is shorter than a peering row |
//! | F4 | [`FindingKind::DirectBypass`] | a direct peering or connected group is longer than the UDR to the appliance |
//! | F5 | [`FindingKind::Detour`] | a UDR beats a direct peering of the same prefix |
//! | F6 | [`FindingKind::PropagationBypass`] | a gateway route is longer than the UDR to the appliance |
//! | F7 | [`FindingKind::Loop`] | a packet comes back to where it was |
//! | F8 | [`FindingKind::EqualCostState`] | equal-cost next hops that cannot share a flow |
//! | F9 | [`FindingKind::FlagMissing`] | a peering flag or IP forwarding is off |
//! | F10 | [`FindingKind::NextHopUnreachable`] | a UDR points to a VNet that is not peered |
//! | F11 | [`FindingKind::PrivateEndpointBypass`] | a private endpoint's `/32` is longer than the UDR to the appliance |
//! | F12 | [`FindingKind::FastPathBypass`] | FastPath passes a UDR on GatewaySubnet by |
//! | F13 | [`FindingKind::BlackHole`] | an appliance has no row for a private destination |
//! | F14 | [`FindingKind::SessionDown`] | packets of a BGP session never arrive: it brings no routes |
//! | F15 | [`FindingKind::NameWithoutPrivateAnswer`] | the name of a private endpoint has another address here |
//! | platform | [`FindingKind::PlatformSubnet`] | a UDR where Azure's own traffic must pass |

use crate::issue::{Severity, Source};

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident = $id:literal, $title:literal, $severity:ident, $source:expr;)*) => {
        /// What kind of finding it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum FindingKind { $($(#[$meta])* $name,)* }

        impl FindingKind {
            /// Every kind, in the catalogue's order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its number in the catalogue: `F1` to `F15`, or `platform`.
            ///
            /// ```
            /// assert_eq!(interspoke_core::finding::FindingKind::BlackHole.id(), "F13");
            /// ```
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What it is called.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// How bad it is unless a flow is lost by it.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// The document behind it.
            #[must_use]
            pub const fn source(self) -> Source {
                match self { $(Self::$name => $source,)* }
            }
        }
    };
}

const UDR: Source = Source {
    title: "Virtual network traffic routing",
    url: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    date: "2023-05",
};
const PEERING: Source = Source {
    title: "Create, change, or delete a virtual network peering",
    url: "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering",
    date: "2025-06",
};
const MULTI_HUB: Source = Source {
    title: "Use Azure Firewall to route a multi hub and spoke topology",
    url: "https://learn.microsoft.com/azure/firewall/firewall-multi-hub-spoke",
    date: "2025-06-26",
};
const SPOKES: Source = Source {
    title: "Azure spoke-to-spoke networking",
    url: "https://learn.microsoft.com/azure/architecture/networking/guide/spoke-to-spoke-networking",
    date: "2025-06-16",
};
const HIGHLY_AVAILABLE: Source = Source {
    title: "Deploy highly available NVAs",
    url: "https://learn.microsoft.com/azure/architecture/networking/guide/network-virtual-appliance-high-availability",
    date: "2025-03",
};
const ENDPOINT_POLICY: Source = Source {
    title: "Manage network policies for private endpoints",
    url: "https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy",
    date: "2023-07-26",
};
const FAST_PATH: Source = Source {
    title: "About Azure ExpressRoute FastPath",
    url: "https://learn.microsoft.com/azure/expressroute/about-fastpath",
    date: "2023-01-05",
};
const SESSION: Source = Source {
    title: "MicrosoftDocs/azure-docs, issue 106695: a table on GatewaySubnet and the Route Server",
    url: "https://github.com/MicrosoftDocs/azure-docs/issues/106695",
    date: "2023-03-15",
};
const ENDPOINT_NAMES: Source = Source {
    title: "Azure Private Endpoint DNS integration",
    url: "https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration",
    date: "2023-11-15",
};
pub(super) const BASTION: Source = Source {
    title: "Azure Bastion FAQ",
    url: "https://learn.microsoft.com/azure/bastion/bastion-faq#udr",
    date: "2024-04-01",
};
pub(super) const ROUTE_SERVER: Source = Source {
    title: "Azure Route Server frequently asked questions",
    url: "https://learn.microsoft.com/azure/route-server/route-server-faq",
    date: "2022-07-31",
};
pub(super) const FIREWALL_MANAGEMENT: Source = Source {
    title: "Azure Firewall Management NIC",
    url: "https://learn.microsoft.com/azure/firewall/management-nic",
    date: "2026-03-28",
};
pub(super) const APPLICATION_GATEWAY: Source = Source {
    title: "Azure Application Gateway infrastructure configuration",
    url: "https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#supported-user-defined-routes",
    date: "2023-07-05",
};
pub(super) const ROUTING_APPLIANCE: Source = Source {
    title: "What is Azure Virtual Network Routing Appliance?",
    url: "https://learn.microsoft.com/azure/virtual-network/virtual-network-routing-appliance-overview",
    date: "2026-08",
};

kinds! {
    /// The request arrives; the replying subnet has no route back.
    ReturnRouteMissing = "F1", "No route for the reply", Error, UDR;
    /// A stateful device sees only one half of a flow.
    Asymmetric = "F2", "Asymmetric path through a stateful device", Error, MULTI_HUB;
    /// A summary UDR on GatewaySubnet loses to the longer peering rows it covers.
    GatewaySubnetBypass = "F3", "On-premises traffic passes the appliance by", Warning, MULTI_HUB;
    /// A direct peering or connected group is longer than the UDR to the appliance.
    DirectBypass = "F4", "A direct link passes the appliance by", Warning, SPOKES;
    /// A UDR with exactly a peering's prefix beats the direct link.
    Detour = "F5", "A detour although a direct link exists", Note, SPOKES;
    /// A propagated gateway route is longer than the UDR to the appliance.
    PropagationBypass = "F6", "A gateway route passes the appliance by", Warning, MULTI_HUB;
    /// A packet comes back to where it was.
    Loop = "F7", "Traffic goes round in a circle", Error, UDR;
    /// Equal-cost next hops over stateful devices, or with a leg that loses.
    EqualCostState = "F8", "Equal-cost next hops lose part of the flows", Error, HIGHLY_AVAILABLE;
    /// A peering flag or IP forwarding that the traffic needs is off.
    FlagMissing = "F9", "A required setting is off", Error, PEERING;
    /// A UDR points to an appliance in a VNet that is not directly peered.
    NextHopUnreachable = "F10", "The next hop cannot be reached", Error, UDR;
    /// A private endpoint's `/32` stays active under a UDR to an appliance.
    PrivateEndpointBypass = "F11", "A private endpoint is reached past the appliance", Warning, ENDPOINT_POLICY;
    /// FastPath ignores a UDR on GatewaySubnet for the gateway's own VNet.
    FastPathBypass = "F12", "FastPath passes the appliance by", Warning, FAST_PATH;
    /// An appliance has no row for a private destination.
    BlackHole = "F13", "The appliance does not know the destination", Error, MULTI_HUB;
    /// A table leads the packets of a BGP session astray.
    SessionDown = "F14", "A BGP session is cut by a route table", Error, SESSION;
    /// The name of a private endpoint leads past it where a private way exists.
    NameWithoutPrivateAnswer = "F15", "The name of a private endpoint leads past it", Warning, ENDPOINT_NAMES;
    /// A UDR on a subnet whose own traffic must not be steered.
    PlatformSubnet = "platform", "A route that a platform subnet does not bear", Error, UDR;
}
