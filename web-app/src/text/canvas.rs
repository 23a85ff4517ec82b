//! Texts of what is done on the picture, of the command palette and of the list of keys.

/// Not two boxes are chosen.
pub const TWO: &str = "Choose two boxes to connect: Shift+click, or X on each.";
/// No box is chosen.
pub const NOTHING_CHOSEN: &str = "Nothing is chosen: Shift+click boxes, or press X on each.";
/// Name of an empty design.
pub const NEW_DESIGN: &str = "New design";
/// A line of the palette that does something.
pub const ACTION: &str = "action";
/// The list of keys.
pub const KEYS: &str = "Keys";
/// Starts from nothing.
pub const CLEAR: &str = "Start from an empty design";
/// Chooses every VNet.
pub const MARK_ALL: &str = "Choose every VNet";
/// Chooses nothing.
pub const UNMARK: &str = "Choose nothing";
/// Joins the chosen two.
pub const JOIN: &str = "Connect the chosen two";
/// Deletes what is chosen.
pub const DELETE: &str = "Delete what is chosen";
/// What is asked for.
pub const INTENT: &str = "What I need";
/// The palette.
pub const PALETTE: &str = "Actions and objects";
/// What to type there.
pub const PALETTE_HINT: &str = "Type an action or a name";
/// Nothing has that name.
pub const NOTHING_FOUND: &str = "No action and no object has that name.";
/// Closes what is open.
pub const CLOSE: &str = "Close";
/// Switches single keys.
pub const SINGLE_KEYS: &str = "Single keys act while the picture has the focus";
/// Adds a VNet.
pub const ADD_VNET: &str = "Add VNet";
/// Joins two boxes.
pub const CONNECT: &str = "Connect";
/// Opens the form.
pub const EDIT: &str = "Edit";
/// Tools of the picture.
pub const TOOLS: &str = "Change the network";
/// The choice of a pattern.
pub const JOIN_BY: &str = "Connect spokes by …";
/// Turns the network into the other form, and says which.
#[must_use]
pub const fn turn_into(wan: bool) -> &'static str {
    if wan {
        "Turn into Virtual WAN"
    } else {
        "Turn into hub and spoke"
    }
}

/// The network was turned.
#[must_use]
pub const fn turned(wan: bool) -> &'static str {
    if wan {
        "Hub and spoke is Virtual WAN now"
    } else {
        "Virtual WAN is hub and spoke now"
    }
}

/// It was not: why.
#[must_use]
pub fn not_turned(why: &str) -> String {
    format!("Not turned: {why}.")
}

/// How many things could not be kept.
#[must_use]
pub fn not_kept(count: usize) -> String {
    super::counted(count, "thing was not kept", "things were not kept")
}

/// Opens the palette.
pub const MORE: &str = "More … (Ctrl+K)";

/// Keys by where they act.
pub const KEY_GROUPS: [(&str, &[(&str, &str)]); 3] = [
    (
        "Anywhere",
        &[
            ("Ctrl+K", "every action and every object by name"),
            ("Ctrl+Z", "undo"),
            ("Ctrl+Shift+Z", "redo"),
            ("Esc", "close what is open"),
        ],
    ),
    (
        "In the picture",
        &[
            ("Arrows", "to the next box"),
            ("Home, End", "to the first, the last box"),
            ("Enter", "choose as source or destination"),
            ("Shift+Arrows", "move the picture"),
            ("+ - 0", "closer, further, everything"),
            ("?", "these keys"),
        ],
    ),
    (
        "Change the network, in the picture",
        &[
            ("X, Shift+click", "choose the box, or leave it out"),
            ("C", "connect the chosen two"),
            ("A", "add a VNet to the region of the box"),
            ("E", "open the form of the box"),
            ("Delete", "delete what is chosen, else the box"),
            ("drag a box", "to another one: connect them"),
        ],
    ),
];

/// How many boxes are chosen.
#[must_use]
pub fn chosen(count: usize) -> String {
    format!("{count} chosen")
}

/// Adds a VNet to a region.
#[must_use]
pub fn add_vnet_to(region: &str) -> String {
    format!("Add a VNet to {region}")
}

/// A VNet was added.
#[must_use]
pub fn added(name: &str) -> String {
    format!("{name} was added.")
}

/// Two boxes were joined.
#[must_use]
pub fn joined(a: &str, b: &str) -> String {
    format!("{a} and {b} are connected")
}

/// They were joined before.
#[must_use]
pub fn joined_already(a: &str, b: &str) -> String {
    format!("{a} and {b} are connected already.")
}

/// Nothing joins such two.
#[must_use]
pub fn not_joined(a: &str, b: &str) -> String {
    format!(
        "{a} and {b} cannot be connected: expected two VNets, a VNet and a Virtual WAN hub, or a site and a VNet with a VPN gateway."
    )
}

/// VNets were joined by a pattern.
#[must_use]
pub fn joined_by(count: usize, pattern: &str) -> String {
    format!("{count} VNets are connected by {pattern}")
}

/// They were not.
#[must_use]
pub fn not_joined_by(pattern: &str, why: &str) -> String {
    format!("Not connected by {pattern}: {why}.")
}

/// What a change did to flows and cost.
#[must_use]
pub fn effected(
    title: &str,
    reach: Option<[(usize, usize); 2]>,
    before: &str,
    after: Option<&str>,
) -> String {
    let cost = match after {
        None => "the cost is being worked out".to_owned(),
        Some(after) if after == before => format!("the cost stays {after} a month"),
        Some(after) => format!("{after} a month instead of {before}"),
    };
    let reach = match reach {
        Some([(was, of), (is, now)]) if (was, of) != (is, now) => {
            format!("; {is} of {now} flows arrive, {was} of {of} before")
        }
        Some([_, (is, now)]) => format!("; {is} of {now} flows arrive, as before"),
        None => String::new(),
    };
    format!("{title}{reach}; {cost}.")
}

/// Opens an answer.
#[must_use]
pub fn show(tab: &str) -> String {
    format!("Show {tab}")
}

/// Light, dark or the system's.
#[must_use]
pub fn theme(word: &str) -> String {
    format!("Theme: {word}")
}

/// Joins VNets by a pattern.
#[must_use]
pub fn join_by(pattern: &str) -> String {
    format!("Connect spokes by {pattern}")
}

/// Draws a pattern.
#[must_use]
pub fn draw(pattern: &str) -> String {
    format!("Draw {pattern} for what I need")
}

/// Opens a sample.
#[must_use]
pub fn open(title: &str) -> String {
    format!("Open sample {title}")
}
