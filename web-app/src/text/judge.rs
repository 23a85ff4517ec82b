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
