//! Peering objects as typed: one per direction, each kept where it is stored.
//!
//! | a link between A and B | objects |
//! |---|---|
//! | works | one with `from` A, one with `from` B, both `Connected` |
//! | one half is missing | the other stays `Initiated` and carries nothing |
//! | one half was deleted | the other is `Disconnected` |
//!
//! Left out: what Network Manager connects by itself (`manager`).

use crate::json::{is_default, is_on, on};
use crate::word::Word;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use strum::VariantNames;

/// One peering object: the link stored in `from` towards `to`.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PeeringSpec {
    /// The VNet that stores this object. The name is shared: a mesh of 500 VNets writes each of theirs a thousand times.
    pub from: Rc<str>,
    /// The VNet it points to.
    pub to: Rc<str>,
    /// `from`'s VirtualNetwork tag includes `to`.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub allow_virtual_network_access: bool,
    /// `from` accepts packets from `to` whose source lies elsewhere.
    #[serde(default)]
    pub allow_forwarded_traffic: bool,
    /// `from` lets `to` use its gateway.
    #[serde(default)]
    pub allow_gateway_transit: bool,
    /// `from` uses the gateway of `to`.
    #[serde(default)]
    pub use_remote_gateways: bool,
    /// State of this object.
    #[serde(default, skip_serializing_if = "is_default")]
    pub peering_state: Word<PeeringState>,
    /// False makes it a subnet peering.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub peer_complete_vnets: bool,
    /// Subnets of `from` that take part in a subnet peering.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub local_subnet_names: Vec<String>,
    /// Subnets of `to` that take part in a subnet peering.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remote_subnet_names: Vec<String>,
    /// The ranges of `to` as of the last sync; absent: fully in sync (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote_address_space: Option<Vec<String>>,
}

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
            peering_state: PeeringState::Connected.into(),
            peer_complete_vnets: true,
            local_subnet_names: Vec::new(),
            remote_subnet_names: Vec::new(),
            remote_address_space: None,
        }
    }
}

/// State of a peering object.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantNames,
)]
pub enum PeeringState {
    /// Only this object exists.
    Initiated,
    /// Both objects exist.
    #[default]
    Connected,
    /// The other object was deleted; both must be created again.
    Disconnected,
}
