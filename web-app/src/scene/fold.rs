//! What stands singly and what is folded into a stack.
//!
//! The rule: spokes of one hub, one environment and one kind fold where there is no room for all of them, or more than
//! [`MOST`] boxes. Kinds of fewer than three spokes stand singly, and so does what is chosen or searched. Where even so
//! too much stands, what differs is gathered in one stack of several kinds.
//!
//! | spokes of a hub | folded |
//! |---|---|
//! | 48 of one kind | one stack of 48 |
//! | 48 of one kind, one of them chosen | the chosen one, a stack of 47 |
//! | 46 of one kind, two that differ | the two, a stack of 46 |
//! | 90 of 90 kinds | a stack of 90, of 90 kinds |

use super::group::Group;
use super::{Look, NodeKey};
use interspoke_core::topology::VnetId;
use std::collections::BTreeMap;

/// How far spokes are folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folding {
    /// Each stands singly.
    None,
    /// A stack for each kind.
    Kinds,
    /// A stack for each environment, whatever the kinds.
    Environments,
}

/// Boxes drawn at once, whatever the size of the estate.
pub(super) const MOST: usize = 140;

/// Members of an open stack that are shown.
const MOST_OPEN: usize = 60;

/// Fewer of a kind are not worth a stack.
const FEWEST: usize = 3;

/// A box to be drawn for spokes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) members: Vec<VnetId>,
}

impl Item {
    fn one(vnet: VnetId) -> Self {
        Self {
            members: vec![vnet],
        }
    }

    pub(super) fn is_stack(&self) -> bool {
        self.members.len() > 1
    }

    pub(super) fn key(&self) -> Option<NodeKey> {
        let first = *self.members.first()?;
        Some(if self.is_stack() {
            NodeKey::Stack(first)
        } else {
            NodeKey::Vnet(first)
        })
    }
}

/// The boxes of one environment of a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) environment: Option<u8>,
    pub(super) items: Vec<Item>,
}

/// The boxes of a group by environment, in the order of their names.
pub(super) fn blocks(group: &Group, look: &Look, folding: Folding, room: usize) -> Vec<Block> {
    let mut of: BTreeMap<Option<u8>, Vec<VnetId>> = BTreeMap::new();
    for spoke in &group.spokes {
        let environment = look.environments.at(*spoke);
        // Those of no environment come last.
        of.entry(environment).or_default().push(*spoke);
    }
    let none = of.remove(&None).map(|spokes| (None, spokes));
    of.into_iter()
        .chain(none)
        .map(|(environment, spokes)| Block {
            environment,
            items: match folding {
                Folding::None => spokes.into_iter().map(Item::one).collect(),
                Folding::Kinds => stacks(&spokes, look, room, look.kinds.len()),
                Folding::Environments => stacks(&spokes, look, room, 1),
            },
        })
        .collect()
}

/// Boxes for the spokes of a block, those of one kind folded; kinds beyond `most` are told as one.
fn stacks(spokes: &[VnetId], look: &Look, room: usize, most: usize) -> Vec<Item> {
    let mut kinds: BTreeMap<u32, Vec<VnetId>> = BTreeMap::new();
    let (mut items, mut rest) = (Vec::new(), Vec::new());
    for spoke in spokes {
        let kind = if most > 1 { look.kind(*spoke) } else { Some(0) };
        match kind.filter(|_| !look.alone.contains(spoke)) {
            Some(kind) => {
                kinds.entry(kind).or_default().push(*spoke);
            }
            None => items.push(Item::one(*spoke)),
        }
    }
    for members in kinds.into_values() {
        if members.len() < FEWEST {
            rest.extend(members);
        } else {
            opened(members, look, &mut items);
        }
    }
    let must = items.len();
    if must + rest.len() > room.max(1) && rest.len() >= FEWEST {
        opened(rest, look, &mut items);
    } else {
        items.extend(rest.into_iter().map(Item::one));
    }
    // Stacks come last: what stands singly is what is looked for.
    let position: BTreeMap<VnetId, usize> = spokes.iter().copied().zip(0..).collect();
    items.sort_by_key(|item| {
        let first = item.members.first().and_then(|vnet| position.get(vnet));
        (item.is_stack(), first.copied())
    });
    items
}

/// A stack, or its members where it stands open.
fn opened(members: Vec<VnetId>, look: &Look, items: &mut Vec<Item>) {
    let open = members.iter().any(|vnet| look.open.contains(vnet));
    if !open {
        items.push(Item { members });
        return;
    }
    let (shown, rest) = members.split_at(MOST_OPEN.min(members.len()));
    items.extend(shown.iter().copied().map(Item::one));
    if !rest.is_empty() {
        items.push(Item {
            members: rest.to_vec(),
        });
    }
}
