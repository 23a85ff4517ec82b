//! How the picture is looked at: the room there is, what may be folded, what must stand alone.

use interspoke_core::topology::VnetId;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The room for the picture, in CSS pixels; one unit of the picture is one pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// Width: nothing is laid out wider.
    pub w: f64,
    /// Height: what a picture is fitted into where it can be.
    pub h: f64,
}

impl Viewport {
    /// A desk of 1440 pixels with the panel at its side.
    pub const DESK: Self = Self { w: 760.0, h: 420.0 };
    /// A phone held upright.
    pub const PHONE: Self = Self { w: 350.0, h: 460.0 };
}

impl Default for Viewport {
    fn default() -> Self {
        Self::DESK
    }
}

/// What spokes are for, by VNet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environments {
    /// Their names.
    pub names: Vec<String>,
    /// For each VNet of the topology the position of its environment; empty: there are none.
    pub of: Vec<Option<u8>>,
}

impl Environments {
    /// The environment of a VNet.
    #[must_use]
    pub fn at(&self, vnet: VnetId) -> Option<u8> {
        self.of.get(vnet.index()).copied().flatten()
    }
}

/// How the picture is looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    /// The room there is.
    pub viewport: Viewport,
    /// For each VNet of the topology a number that VNets share which routing cannot tell apart; empty: each is its own.
    pub kinds: Rc<[u32]>,
    /// What spokes are for.
    pub environments: Rc<Environments>,
    /// VNets that are never folded into a stack: what is chosen or searched.
    pub alone: BTreeSet<VnetId>,
    /// Stacks that stand open, by their first members.
    pub open: BTreeSet<VnetId>,
    /// A path goes to the Internet.
    pub internet: bool,
}

impl Look {
    /// How a picture is looked at in a viewport, with nothing known that could be folded.
    #[must_use]
    pub fn through(viewport: Viewport) -> Self {
        Self {
            viewport,
            ..Self::default()
        }
    }

    /// Kind of a VNet: none where it is like no other.
    #[must_use]
    pub fn kind(&self, vnet: VnetId) -> Option<u32> {
        self.kinds.get(vnet.index()).copied()
    }
}
