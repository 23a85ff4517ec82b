//! Changes of an estate that captured routes call for: each in words, and done.
//!
//! | change | what becomes of the estate |
//! |---|---|
//! | propagation on | `disableBgpRoutePropagation` of a table |
//! | switched off | `running` of an appliance |
//! | last synced ranges | `remoteAddressSpace` of a peering |
//!
//! Left out: changes that a person has to decide, as a route that was taken away.

use crate::spec::NetworkSpec;
use std::fmt;

/// A change that would make our table equal to the captured one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Sets the propagation switch of a route table.
    Propagation {
        /// The table.
        table: String,
        /// Whether it is off.
        off: bool,
    },
    /// Switches an appliance off.
    SwitchOff(String),
    /// A peering knows only these ranges of the other VNet.
    LastSynced {
        /// The VNet that stores the peering.
        from: String,
        /// The other VNet.
        to: String,
        /// What it knows.
        ranges: Vec<String>,
    },
}

impl Change {
    /// Does it; whether the estate had what it is about.
    pub fn apply(&self, network: &mut NetworkSpec) -> bool {
        match self {
            Self::Propagation { table, off } => {
                let mut tables = network.route_tables.iter_mut();
                tables
                    .find(|one| one.name == *table)
                    .map(|one| one.disable_bgp_route_propagation = *off)
                    .is_some()
            }
            Self::SwitchOff(name) => {
                let mut appliances = network.appliances.iter_mut();
                appliances
                    .find(|one| one.name == *name)
                    .map(|one| one.running = false)
                    .is_some()
            }
            Self::LastSynced { from, to, ranges } => {
                let mut peerings = network.peerings.iter_mut();
                let found = peerings.find(|one| *one.from == **from && *one.to == **to);
                found
                    .map(|one| one.remote_address_space = Some(ranges.clone()))
                    .is_some()
            }
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Propagation { table, off: false } => {
                write!(f, "switch propagation on at {table}")
            }
            Self::Propagation { table, off: true } => {
                write!(f, "switch propagation off at {table}")
            }
            Self::SwitchOff(name) => write!(f, "switch {name} off"),
            Self::LastSynced { from, to, ranges } => write!(
                f,
                "let the peering of {from} to {to} know {} alone",
                ranges.join(" ")
            ),
        }
    }
}
