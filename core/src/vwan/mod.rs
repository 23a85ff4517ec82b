//! Virtual WAN hubs: association, propagation, preference, routing intent.
//!
//! A hub's route table holds what connections propagate to it, what other hubs pass on, and its static routes. The
//! table a connection is associated with decides where its traffic goes (reference section 6).
//!
//! | what | reaches table T of hub H |
//! |---|---|
//! | ranges of a VNet connection of H | if it lists T, or a label of T |
//! | ranges of a connection of another hub | if it lists a label of T; path 65520-65520 |
//! | a static route typed into T | only T of this hub; beats learned routes of its prefix |
//! | a static route on a connection | with the connection's propagation; 0.0.0.0/0 stays in its hub |
//! | 0.0.0.0/0 however learned | never another hub |
//!
//! Branches and appliances are told what is in the default table, static routes included; a circuit brings back to
//! other hubs only the hub's range and its VNets. With a private routing policy the default table shows the policy's prefixes, and the firewall's table the rest.
//!
//! Left out: units and limits of the hub router, point-to-site VPN.

pub(crate) mod exchange;
mod table;

pub(crate) use exchange::connection_around;
pub use table::{
    HubHop, HubRoute, displayed_table, firewall_table, hub_losers, hub_table, spoke_rows,
};
pub(crate) use table::{HubRows, connection_static, hub_rows, internal_table};
