//! Sizes that layout, wires and names share.

/// Between two boxes side by side.
pub(super) const GAP: f64 = 24.0;

/// Characters of a text; widths are estimates, so that no screen is needed to lay out.
pub(super) fn chars(text: &str) -> f64 {
    u32::try_from(text.chars().count()).map_or(f64::MAX, f64::from)
}

/// A count as a coordinate factor.
pub(super) fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}
