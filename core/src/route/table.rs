//! The rows of one subnet.
use super::{EffectiveTable, Routing};
use crate::topology::SubnetId;

pub(crate) fn effective_table(_routing: &Routing, subnet: SubnetId) -> EffectiveTable {
    EffectiveTable { subnet, disable_bgp_route_propagation: false, rows: Vec::new() }
}
