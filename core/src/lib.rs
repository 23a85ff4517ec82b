//! Interspoke's core: how Azure routes between spoke networks, computed.
//!
//! One model, one simulator; nothing is looked up in a table of ready answers:
//!
//! ```text
//! NetworkSpec ──topology::build──▶ Topology ──route::Routing──▶ effective routes ──▶ round trips, findings, the bill
//! (what exists,                    (checked, with
//!  may be wrong)                    every issue)
//! ```
//!
//! **Not modelled:** ports, bandwidth as a queue, time, IPv6 (carried), the Internet's own routing.
//!
//! # Glossary
//! *spoke*, *hub*: VNets by their use; the model knows only VNets. *link*: one peering; *object*: one of its two
//! directions. *UDR*: user-defined route. *transit*: using the gateway of a peered VNet. *effective routes*: what a
//! NIC really carries.
pub mod address;
pub mod case;
pub mod document;
pub mod estate;
pub mod finding;
pub mod intent;
pub mod issue;
pub mod json;
pub mod latency;
pub mod limit;
pub mod pattern;
pub mod peering;
pub mod price;
pub mod region;
pub mod route;
pub mod sample;
pub mod spec;
pub mod throughput;
pub mod topology;
pub mod units;
pub mod vwan;
