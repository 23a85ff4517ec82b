//! Peering objects as typed: one per direction, each kept where it is stored.
//!
//! | a link between A and B | objects |
//! |---|---|
//! | works | one with `from` A, one with `from` B, both `Connected` |
//! | one half is missing | the other stays `Initiated` and carries nothing |
//! | one half was deleted | the other is `Disconnected` |
//!
//! Left out: what Network Manager connects by itself (`manager`).

use crate::json::{Strays, record, words};
use std::rc::Rc;

/// One peering object: the link stored in `from` towards `to`.
#[derive(Debug, Clone, PartialEq)]
pub struct PeeringSpec {
    /// The VNet that stores this object. The name is shared: a mesh of 500 VNets writes each of theirs a thousand times.
    pub from: Rc<str>,
    /// The VNet it points to.
    pub to: Rc<str>,
    /// `from`'s VirtualNetwork tag includes `to`.
    pub allow_virtual_network_access: bool,
    /// `from` accepts packets from `to` whose source lies elsewhere.
    pub allow_forwarded_traffic: bool,
    /// `from` lets `to` use its gateway.
    pub allow_gateway_transit: bool,
    /// `from` uses the gateway of `to`.
    pub use_remote_gateways: bool,
    /// State of this object.
    pub peering_state: PeeringState,
    /// False makes it a subnet peering.
    pub peer_complete_vnets: bool,
    /// Subnets of `from` that take part in a subnet peering.
    pub local_subnet_names: Vec<String>,
    /// Subnets of `to` that take part in a subnet peering.
    pub remote_subnet_names: Vec<String>,
    /// The ranges of `to` as of the last sync; absent: fully in sync (beyond the case format).
    pub remote_address_space: Option<Vec<String>>,
    /// Words that Azure does not know, as they were typed.
    pub strays: Strays,
}

record!(PeeringSpec, Self::new("", ""), strays, |value, members| {
    members.required("from", &mut value.from);
    members.required("to", &mut value.to);
    members.usually(
        "allowVirtualNetworkAccess",
        &mut value.allow_virtual_network_access,
    );
    members.always("allowForwardedTraffic", &mut value.allow_forwarded_traffic);
    members.always("allowGatewayTransit", &mut value.allow_gateway_transit);
    members.always("useRemoteGateways", &mut value.use_remote_gateways);
    members.optional("peeringState", &mut value.peering_state);
    members.usually("peerCompleteVnets", &mut value.peer_complete_vnets);
    members.optional("localSubnetNames", &mut value.local_subnet_names);
    members.optional("remoteSubnetNames", &mut value.remote_subnet_names);
    members.optional("remoteAddressSpace", &mut value.remote_address_space);
});

impl PeeringSpec {
    /// A link with Azure's default flags: access allowed, everything else off.
    ///
    /// ```
    /// let link = interspoke_core::spec::PeeringSpec::new("spoke1", "hub");
    /// assert!(link.allow_virtual_network_access && !link.allow_forwarded_traffic);
    /// ```
    #[must_use]
    pub fn new(from: impl Into<Rc<str>>, to: impl Into<Rc<str>>) -> Self {
        Self {
            from: from.into(),
            to: to.into(),
            allow_virtual_network_access: true,
            allow_forwarded_traffic: false,
            allow_gateway_transit: false,
            use_remote_gateways: false,
            peering_state: PeeringState::Connected,
            peer_complete_vnets: true,
            local_subnet_names: Vec::new(),
            remote_subnet_names: Vec::new(),
            remote_address_space: None,
            strays: Strays::default(),
        }
    }
}

/// State of a peering object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PeeringState {
    /// Only this object exists.
    Initiated,
    /// Both objects exist.
    #[default]
    Connected,
    /// The other object was deleted; both must be created again.
    Disconnected,
}

words!(PeeringState, usual Connected,
    Initiated "Initiated",
    Connected "Connected",
    Disconnected "Disconnected",
);
