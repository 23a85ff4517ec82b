//! Sizes that layout, wires and names share. Widths of texts are estimates, so that no screen is needed to lay out;
//! no text is smaller than [`SMALLEST`].

/// The smallest text of the picture, in pixels.
pub const SMALLEST: f64 = 11.0;

/// Width of a letter of a name, 13 px semi-bold.
pub(super) const NAME: f64 = 7.9;

/// Width of a letter of a range, 11 px monospaced.
pub(super) const RANGE: f64 = 6.7;

/// Width of a letter of a word, 11 px.
pub(super) const WORD: f64 = 6.2;

/// Between two boxes side by side.
pub(super) const GAP: f64 = 12.0;

/// Characters of a text.
pub(super) fn chars(text: &str) -> f64 {
    u32::try_from(text.chars().count()).map_or(f64::MAX, f64::from)
}

/// A count as a coordinate factor.
pub(super) fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}

/// Height of what stands at the edge: sites, circuits, the Internet.
pub(super) const TOP_H: f64 = 42.0;

/// Height of a lane.
pub(super) const LANE: f64 = 19.0;
