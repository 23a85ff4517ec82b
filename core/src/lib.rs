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
//! # An estate of ten lines, a path with its reasons
//! Two spokes and a hub with an appliance; only spoke `a` is told of the appliance. The request arrives through it; the
//! reply meets Azure's own row that drops 10.0.0.0/8.
//!
//! ```
//! use interspoke_core::document::Document;
//! use interspoke_core::route::{Drop, DropReason, Flow, NextHopType, Outcome, Routing, Settings, Verdict};
//! use interspoke_core::{spec::Protocol, topology};
//!
//! let estate = Document::parse(r#"{
//!   "vnets": [{"name": "hub", "prefixes": ["10.0.0.0/16"], "subnets": [{"name": "nva", "prefix": "10.0.1.0/24"}]},
//!             {"name": "a", "prefixes": ["10.1.0.0/16"], "subnets": [{"name": "vms", "prefix": "10.1.1.0/24", "routeTable": "to-hub"}]},
//!             {"name": "b", "prefixes": ["10.2.0.0/16"], "subnets": [{"name": "vms", "prefix": "10.2.1.0/24"}]}],
//!   "peerings": [{"from": "hub", "to": "a"}, {"from": "a", "to": "hub", "allowForwardedTraffic": true},
//!                {"from": "hub", "to": "b"}, {"from": "b", "to": "hub", "allowForwardedTraffic": true}],
//!   "routeTables": [{"name": "to-hub", "routes": [{"name": "all", "prefix": "10.0.0.0/8",
//!                    "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.1.4"}]}],
//!   "appliances": [{"name": "nva", "kind": "nva", "vnet": "hub", "subnet": "nva", "ip": "10.0.1.4"}]
//! }"#)?;
//! let checked = topology::build(&estate.network);
//! assert!(checked.is_accepted());
//! let routing = Routing::new(checked.value.into(), Settings::default());
//! let trip = routing.round_trip(Flow {
//!     source: "10.1.1.4".parse()?,
//!     destination: "10.2.1.4".parse()?,
//!     protocol: Protocol::Tcp,
//!     port: None,
//! });
//!
//! // The request: host, appliance, host. The user-defined route wins at the first stop.
//! let request = &trip.forward[0];
//! assert!(request.delivered());
//! assert_eq!(request.hops.len(), 3);
//! let winner = request.hops[0].decision.as_ref().and_then(|decision| decision.winner());
//! assert_eq!(winner.map(|row| row.next_hop_type), Some(NextHopType::VirtualAppliance));
//!
//! // The reply is lost at its first stop.
//! assert_eq!(trip.verdict, Verdict::ReplyLost(0, 0));
//! assert_eq!(trip.back[0][0].outcome, Outcome::Dropped(Drop { reason: DropReason::NextHopNone }));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to go on
//! | question | begin at |
//! |---|---|
//! | what does a NIC's route table hold? | [`route::Routing::effective`], `examples/effective_routes.rs` |
//! | which way does a packet go, and why? | [`route::Routing::round_trip`], `examples/path.rs` |
//! | which design serves what I need? | [`pattern::select::compare`], `examples/compare.rs` |
//! | what is wrong or risky? | [`finding`] |
//! | which address has a name from here? | [`dns::resolve`] |
//! | what does a word of Azure's mean? | [`glossary`] |
//! | what does it cost a month? | [`price::bill`] |
//! | do all pairs reach each other? | [`estate`] |
//!
//! **Not modelled:** bandwidth as a queue, time, IPv6 (carried), the Internet's own routing.
//!
//! # Glossary
//! *spoke*, *hub*: VNets by their use; the model knows only VNets. *link*: one peering; *object*: one of its two
//! directions. *UDR*: user-defined route. *transit*: using the gateway of a peered VNet. *effective routes*: what a
//! NIC really carries.
pub mod acceptance;
pub mod address;
pub mod case;
pub mod dns;
pub mod document;
pub mod domain;
pub mod estate;
pub mod export;
pub mod facts;
pub mod finding;
mod forward;
pub mod glossary;
pub mod import;
pub mod intent;
pub mod issue;
pub mod json;
pub mod latency;
pub mod limit;
pub mod occupant;
pub mod pattern;
pub mod peering;
pub mod plan;
pub mod price;
pub mod refusal;
pub mod region;
pub mod report;
pub mod route;
pub mod sample;
pub mod spec;
pub mod throughput;
pub mod topology;
pub mod units;
pub mod vwan;
pub mod word;

/// The README's programs are tests, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
