//! What can be written of every kind of object, as one description from which one form is made.
//!
//! The rule: a [`Table`] lists the members of a record with their [`Shape`]; a [`Kind`] says where the objects of a kind
//! stand in a network. A value is reached by its [`Place`] through the JSON tree of its object, so that a form reads and
//! writes exactly what a file would hold; a text that a shape cannot read changes nothing.
//!
//! | place | shape | text | what it does |
//! |---|---|---|---|
//! | `vnets[1].name` | name | `spoke1` | renames, and every reference follows |
//! | `vnets[1].subnets[0].prefix` | prefix | `10.1.0` | nothing: expected a prefix in CIDR form |
//! | `vnets[1].subnets[0].routeTable` | reference to a route table | (empty) | takes the member away |
//! | `peerings[3].allowForwardedTraffic` | flag | `true` | sets the flag |
//!
//! Words of labels and help stand in the message catalogue. Left out: settings, traffic and the Intent, which have forms
//! of their own, and what two values mean together, which the topology says.

mod free;
mod kind;
mod made;
mod place;
mod reference;
mod tables;
mod value;

pub use free::{free_address, free_name, free_range, free_subnet};
pub use kind::{Kind, Objects, list, list_mut, position, title};
pub use made::{copy, made, made_row};
pub use place::{Place, Step, at, put};
pub use reference::{Lost, forget, names_of, rename, renamed_subnet, renamed_within};
pub use value::{read, shown};

/// The members of a record.
#[derive(Debug)]
pub struct Table {
    /// What one record is, as the message catalogue calls it.
    pub noun: &'static str,
    /// Its members, in the order in which they are written.
    pub slots: &'static [Slot],
}

/// One member.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// Its name in the JSON text.
    pub member: &'static str,
    /// What stands there.
    pub shape: Shape,
    /// An empty text takes the member away.
    pub absent: bool,
    /// It means something only where a sibling has one of these texts.
    pub when: Option<(&'static str, &'static [&'static str])>,
}

/// What can stand in a member.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// The name of the object itself, unique among its kind.
    Name,
    /// Any text.
    Text,
    /// A region of Azure.
    Region,
    /// A range in CIDR form.
    Prefix,
    /// A range in CIDR form, or the name of a service tag.
    Destination,
    /// An IPv4 address.
    Address,
    /// Ranges, several.
    Prefixes,
    /// Addresses, several.
    Addresses,
    /// Texts, several.
    Texts,
    /// Regions, several.
    Regions,
    /// Numbers, several, as an AS path.
    Numbers,
    /// Some of these words.
    Words(&'static [&'static str]),
    /// A number between two.
    Number(u32, u32),
    /// One of these words; the second is meant where none stands.
    Choice(&'static [&'static str], &'static str),
    /// On or off; off where nothing stands, unless the second.
    Flag(bool),
    /// On, off, or as the kind of object has it.
    Switch,
    /// The name of another object.
    Reference(&'static [Kind]),
    /// Names of other objects.
    References(&'static [Kind]),
    /// The name of a subnet of the VNet that a sibling names.
    SubnetOf(&'static str),
    /// Names of subnets of the VNet that a sibling names.
    SubnetsOf(&'static str),
    /// The name of a row of the same object, in this member of it.
    Within(&'static str),
    /// Names of rows of the same object.
    AllWithin(&'static str),
    /// A record that always stands.
    Group(&'static Table),
    /// A record that may be absent.
    Part(&'static Table),
    /// Records, several.
    Rows(&'static Table),
}

impl Shape {
    /// Whether it is a list that is written as one text.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        matches!(
            self,
            Self::Prefixes
                | Self::Addresses
                | Self::Texts
                | Self::Regions
                | Self::Numbers
                | Self::Words(_)
                | Self::References(_)
                | Self::SubnetsOf(_)
                | Self::AllWithin(_)
        )
    }

    /// The members below it.
    #[must_use]
    pub const fn table(&self) -> Option<&'static Table> {
        match self {
            Self::Group(table) | Self::Part(table) | Self::Rows(table) => Some(table),
            _ => None,
        }
    }
}

impl Table {
    /// The member of a name.
    #[must_use]
    pub fn slot(&self, member: &str) -> Option<&'static Slot> {
        self.slots.iter().find(|slot| slot.member == member)
    }
}

/// A member that is always written.
const fn need(member: &'static str, shape: Shape) -> Slot {
    Slot {
        member,
        shape,
        absent: false,
        when: None,
    }
}

/// A member that an empty text takes away.
const fn may(member: &'static str, shape: Shape) -> Slot {
    Slot {
        absent: true,
        ..need(member, shape)
    }
}

impl Slot {
    const fn when(self, member: &'static str, texts: &'static [&'static str]) -> Self {
        Self {
            when: Some((member, texts)),
            ..self
        }
    }
}
