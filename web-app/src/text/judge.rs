//! What is said of rank, effort and ranges.

/// Heading of the choice of a rule.
pub const FIRST: &str = "Decides first";

/// The two choices.
pub const FIRSTS: [&str; 2] = ["cost", "work by hand"];

/// Before the width of a band.
pub const BAND: &str = "equal within";

/// Widths of bands, in per cent.
pub const BANDS: [u32; 4] = [0, 5, 10, 25];

/// On a row that no other design beats.
pub const UNBEATEN: &str = "unbeaten";

/// What that means.
pub const UNBEATEN_WHY: &str = "No other design is as good in cost, work by hand, round trip and headroom, and better in one of them.";

/// Heading of what one thing more asks for.
pub const EFFORT: &str = "Work";

/// What is kept by hand.
pub const KEPT: &str = "kept by hand";

/// Heading of ranges.
pub const RANGES: &str = "How far the recommendation stays";

/// What ranges are.
pub const RANGES_WHY: &str =
    "One input is changed, everything else stays. Both sides of each end were computed.";

/// Asks for ranges.
pub const ASK_RANGES: &str = "Find what would change it";

/// Asks for the decision as a page.
pub const RECORD: &str = "Save as decision record";

/// How far the search for ranges is.
#[must_use]
pub fn searching(known: usize, of: usize) -> String {
    format!("{known} of {of} ranges found …")
}

/// The line that stands for patterns that cannot serve.
#[must_use]
pub fn impossible(count: usize, listed: bool) -> String {
    let verb = if listed { "Fold" } else { "Show" };
    let patterns = super::counted(count, "pattern", "patterns");
    format!("{verb} {patterns} impossible for what is asked")
}

/// What the figures of a pattern that is the same design here stand for, in a word.
#[must_use]
pub fn also(id: &str) -> String {
    format!("= {id}")
}

/// A pattern that is the same design here.
#[must_use]
pub fn alias(id: &str, apart_by: &str) -> String {
    if apart_by.is_empty() {
        format!("here the same as {id}")
    } else {
        format!("here the same as {id}; {apart_by} would part them")
    }
}

/// What one thing more asks for.
#[must_use]
pub fn effort(made: u64, changed: u64, elsewhere: u64, parts: &str) -> String {
    let changed = if changed == 0 {
        String::new()
    } else {
        format!(", {changed} changed")
    };
    let parts = if parts.is_empty() {
        String::new()
    } else {
        format!(": {parts}")
    };
    format!("by hand; {made} made{changed}, {elsewhere} of them at what was there before{parts}")
}

/// What is kept after a year.
#[must_use]
pub fn kept(in_a_year: &str) -> String {
    format!("peerings, connections, tunnels and route tables; {in_a_year} after a year of growth")
}

/// Heading of the map of designs.
pub const BALANCE: &str = "What no other design beats";

/// How to read it.
pub const BALANCE_WHY: &str = "Further left costs less, further down asks for less work by hand. Designs with a name are beaten by none in cost, work, round trip and headroom together; a dashed ring is a lower bound, the green point is recommended. Press a point to open its reasons.";

/// Its axes, left and right.
pub const BALANCE_AXES: [&str; 2] = ["objects kept by hand, over a year", "USD a month"];

/// The same as a table.
pub const BALANCE_TABLE: &str = "The map as a table";

/// Columns of that table.
pub const BALANCE_HEADS: [&str; 5] = [
    "Design",
    "USD a month",
    "Kept by hand, over a year",
    "Slowest round trip",
    "",
];

/// Before a lower bound.
pub const AT_LEAST_WORD: &str = "at least ";

/// A design of the map in a sentence.
#[must_use]
pub fn balance(title: &str, cost: &str, kept: &str, pace: &str, unbeaten: bool) -> String {
    let beaten = if unbeaten {
        "unbeaten"
    } else {
        "beaten by another"
    };
    format!(
        "{title}: {cost} a month, {kept} objects kept by hand, slowest round trip {pace}, {beaten}"
    )
}

/// Heading of direct links.
pub const MIX: &str = "Direct links that would pay";

/// What they are.
pub const MIX_WHY: &str = "Each was added to the recommended design, followed for every pair and billed. Accepting one asks for a direct path of its pairs; nothing that has to be inspected is proposed.";

/// Asks for them.
pub const ASK_MIX: &str = "Suggest a mix";

/// Takes one.
pub const ACCEPT: &str = "Accept";

/// Columns of direct links.
pub const MIX_HEADS: [&str; 6] = [
    "Pairs",
    "They carry",
    "A month less",
    "ms less, round trip",
    "Lost",
    "",
];

/// An appliance sees the pairs no longer.
pub const LOSES_INSPECTION: &str = "inspection, which is not required of them";

/// Nothing saw them before.
pub const LOSES_NOTHING: &str = "nothing";

/// Nothing pays.
pub const NO_LINK_PAYS: &str = "No direct link pays beside the recommended design: what carries traffic of its own is direct already, has to be inspected, or would save nothing.";

/// Nothing can be tried.
pub const NO_PAIR_NAMED: &str = "No pair has traffic of its own. Name some under What I need: spread evenly, none carries most of it.";

/// How far the search for links is.
#[must_use]
pub fn trying(tried: usize, all: usize) -> String {
    format!(
        "{tried} of {} tried …",
        super::counted(all, "link", "links")
    )
}

/// A pair by its spokes.
#[must_use]
pub fn pair(a: &str, b: &str) -> String {
    format!("{a} ↔ {b}")
}

/// Heading of two pinned designs.
pub const BESIDE: &str = "Side by side";
/// Between their names.
pub const BESIDE_AND: &str = " and ";
/// Heads of what differs and of the sentence.
pub const BESIDE_WHAT: [&str; 2] = ["differs in", "in a sentence"];
/// Cost.
pub const BESIDE_COST: &str = "cost a month";
/// Objects kept by hand.
pub const BESIDE_KEPT: &str = "objects kept by hand";
/// The slowest round trip.
pub const BESIDE_LATENCY: &str = "slowest round trip";
/// Hops inside a region, and between two.
pub const BESIDE_HOPS: [&str; 2] = ["hops inside a region", "hops between regions"];
/// Pairs that the failure of a hub leaves.
pub const BESIDE_SURVIVE: &str = "pairs that survive the loss of a hub";
/// The fullest limit.
pub const BESIDE_LIMIT: &str = "fullest limit";
/// Pins a design.
pub const PIN: &str = "Pin to see it beside another";
/// It is pinned.
pub const PINNED: &str = "Pinned";
/// Takes the pins away.
pub const UNPIN: &str = "Unpin";
/// One is pinned.
pub const PIN_ANOTHER: &str = "Open another design in the table and pin it, too.";

/// One has more of something.
#[must_use]
pub fn more_of(what: &str, apart: &str, more: &str, less: &str) -> String {
    format!("{more} has {apart} more {what} than {less}.")
}

/// A figure is known of one alone.
#[must_use]
pub fn known_of(what: &str, title: &str) -> String {
    format!("For {what} there is a figure of {title} alone.")
}

/// One costs more.
#[must_use]
pub fn dearer(dear: &str, cheap: &str, apart: &str, is_all: bool) -> String {
    let known = if is_all {
        ""
    } else {
        ", as far as prices are known"
    };
    format!("{dear} costs {apart} a month more than {cheap}{known}.")
}

/// One is slower.
#[must_use]
pub fn slower(slow: &str, fast: &str, apart: &str, is_all: bool) -> String {
    let known = if is_all {
        ""
    } else {
        ", as far as figures are published"
    };
    format!("The slowest round trip of {slow} takes {apart} ms more than that of {fast}{known}.")
}

/// What each comes nearest to.
#[must_use]
pub fn nearest(first: &str, one: &str, second: &str, other: &str) -> String {
    format!("{first} is nearest to its limit with {one}, {second} with {other}.")
}
