//! Texts of the tables of routes.

use interspoke_core::route::bgp::PathLoss;

/// Label of the search box.
pub const TABLE: &str = "Routes of";
/// Example in the search box.
pub const TABLE_EXAMPLE: &str = "a subnet, gateway or hub";
/// Headings of what a gateway prints: Azure's, then ours.
pub const GATEWAY_HEADS: &[&str] = &[
    "Network",
    "Origin",
    "Source Peer",
    "AS Path",
    "Weight",
    "Next Hop",
    "From",
];
/// Headings of what a gateway announces.
pub const ADVERTISED_HEADS: &[&str] = &["Network", "Next Hop", "Origin", "AS Path", "Weight"];
/// Headings of a hub's table.
pub const HUB_HEADS: &[&str] = &[
    "Address Prefixes",
    "Next Hop Type",
    "Next Hops",
    "AS Path",
    "Route Origin",
];
/// The typed packet takes a row.
pub const TAKES: &str = "the packet takes this row";
/// A prefix of the same length or longer wins.
pub const SHORTER: &str = "not taken: shorter prefix";
/// A routing policy fills the default table.
pub const UNDER_POLICY: &str =
    "routing intent fills the default table; what the hub knows stands in the firewall’s table";
/// Nothing is associated with a table.
pub const NOT_ASSOCIATED: &str =
    "no connection is associated with it, so Azure shows nothing of it";

/// Why a path is held and not used.
#[must_use]
pub const fn path_loss(loss: PathLoss) -> &'static str {
    match loss {
        PathLoss::Configured => "not used: the same prefix is its own or configured",
        PathLoss::Weight => "not used: a peer of more weight told the same prefix",
        PathLoss::Preference => "not used: the routing preference puts another source first",
        PathLoss::Remote => "not used: another way is closer",
        PathLoss::LongerPath => "not used: another AS path is shorter",
        PathLoss::Beside => "not used: a peer of its own told the same prefix",
    }
}

/// `spoke1 / default`.
#[must_use]
pub fn subnet_table(vnet: &str, subnet: &str) -> String {
    format!("{vnet} / {subnet}")
}

/// `gw1: learned`, `rs1: learned from nva1`.
#[must_use]
pub fn learned_table(gateway: &str, peer: Option<&str>) -> String {
    match peer {
        None => format!("{gateway}: learned"),
        Some(peer) => format!("{gateway}: learned from {peer}"),
    }
}

/// `gw1: advertised to office`.
#[must_use]
pub fn advertised_table(gateway: &str, peer: &str) -> String {
    format!("{gateway}: advertised to {peer}")
}

/// `hub1: defaultRouteTable`.
#[must_use]
pub fn hub_table(hub: &str, table: &str) -> String {
    format!("{hub}: {table}")
}

/// A text that names no table.
#[must_use]
pub fn expected_table(found: &str) -> String {
    format!("expected a subnet, gateway, Route Server or hub from the list, found {found:?}")
}
