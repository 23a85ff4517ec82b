//! Every ordered pair written out: one byte each.
//!
//! A row is the same for all sources of a class except for the columns of the source's own VNet: it is written once a
//! class and copied, then those columns are put right.

use super::{Answer, ClassId, ClassPair, Estate};
use crate::topology::SubnetId;

/// One byte ([`Answer::byte`]) for every ordered pair of workload subnets; 0 for a subnet with itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// The subnets of rows and columns.
    pub subnets: Vec<SubnetId>,
    /// Row by row.
    pub bytes: Vec<u8>,
}

impl Matrix {
    /// The row of the subnet at a position.
    #[must_use]
    pub fn row(&self, position: usize) -> &[u8] {
        let width = self.subnets.len();
        let start = position.saturating_mul(width);
        self.bytes
            .get(start..start.saturating_add(width))
            .unwrap_or_default()
    }
}

impl Estate {
    /// Writes every pair out.
    #[must_use]
    pub fn matrix(&self) -> Matrix {
        let columns: Vec<(SubnetId, ClassId)> = self
            .topology
            .subnets()
            .iter()
            .filter_map(|subnet| Some((subnet.id, self.class_of(subnet.id)?)))
            .collect();
        let width = columns.len();
        let mut position = vec![usize::MAX; self.topology.subnets().len()];
        for (column, (subnet, _)) in columns.iter().enumerate() {
            if let Some(slot) = position.get_mut(subnet.index()) {
                *slot = column;
            }
        }
        let byte = |pair: ClassPair| self.of_pair(pair).map_or(0, Answer::byte);
        let mut templates: Vec<Option<Vec<u8>>> = vec![None; self.classes.len()];
        let mut bytes: Vec<u8> = Vec::with_capacity(width * width);
        for (subnet, from) in &columns {
            let start = bytes.len();
            if let Some(slot) = templates.get_mut(from.index()) {
                let template = slot.get_or_insert_with(|| {
                    let by_class: Vec<u8> = (0..self.classes.len())
                        .map(|to| {
                            byte(ClassPair {
                                from: *from,
                                to: ClassId(u32::try_from(to).unwrap_or(u32::MAX)),
                                same_vnet: false,
                            })
                        })
                        .collect();
                    let one = |(_, to): &(SubnetId, ClassId)| {
                        by_class.get(to.index()).copied().unwrap_or(0)
                    };
                    columns.iter().map(one).collect()
                });
                bytes.extend_from_slice(template);
            }
            for sibling in &self.topology.vnet(self.vnet_of(*subnet)).subnets {
                let column = position.get(sibling.index()).copied().unwrap_or(usize::MAX);
                let Some(slot) = bytes.get_mut(start.saturating_add(column)) else {
                    continue;
                };
                *slot = match self.class_of(*sibling) {
                    Some(to) if sibling != subnet => byte(ClassPair {
                        from: *from,
                        to,
                        same_vnet: true,
                    }),
                    _ => 0,
                };
            }
        }
        Matrix {
            subnets: columns.into_iter().map(|(subnet, _)| subnet).collect(),
            bytes,
        }
    }
}
