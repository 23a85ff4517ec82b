//! Texts of the bill, of what it is made with, and of cost against traffic.

use super::{counted, grouped};
use interspoke_core::price::Import;

/// After "a month", where flows are lost.
pub const WITHOUT_LOST: &str = ", lost traffic not billed";

/// A price that is asked for.
pub const OPEN: &str = "open";
/// A lower bound.
pub const AT_LEAST: &str = "at least";
/// What exists whether or not traffic passes.
pub const STANDING: &str = "whether or not traffic passes";
/// The caption of traffic between zones.
pub const ZONES: &str = "between availability zones, one way";
/// Headings of the bill; the amount's is its currency.
pub const BILL_HEADS: [&str; 4] = ["Meter", "For", "Quantity", "Unit price"];
/// Disputed rules.
pub const DISPUTES: &str = "Disputed charging rules";
/// Why they are there.
pub const DISPUTES_WHY: &str = "Sources disagree about these. The first answer is the default; the second changes the bill, Compare and the chart at once.";
/// Saves the bill.
pub const SAVE_CSV: &str = "Save as CSV";
/// Said after saving.
pub const SAVED_CSV: &str = "Saved: interspoke-bill.csv.";
/// Copies the bill.
pub const COPY_CSV: &str = "Copy as CSV";
/// Said after copying the bill.
pub const COPIED_CSV: &str =
    "Copied: comma-separated, with the derivation and source of every line.";
/// Flows that are not billed.
pub const LOST: &str = "Flows that do not arrive";
/// Why they are listed.
pub const LOST_WHY: &str = "They carry nothing and cost nothing.";
/// The chart.
pub const CHART: &str = "Cost against traffic";
/// Traffic that is not the same for all pairs.
pub const UNEVEN: &str = "traffic is asked for pair by pair under What I need; a figure typed above replaces it by a sum over all pairs";
/// The end of the chart.
pub const UP_TO: &str = "up to";
/// The chart in numbers.
pub const CHART_TABLE: &str = "The chart as a table";
/// The choice of patterns.
pub const CHART_PATTERNS: &str = "Choose patterns, four at most";
/// No pattern is chosen.
pub const PICK_PATTERNS: &str = "Choose patterns to draw their cost.";
/// A break-even point, behind a traffic.
pub const BREAK_EVEN: &str = ", break-even";
/// What is asked for, behind a traffic.
pub const ASKED_FOR: &str = ", asked for";
/// Not every price is known.
pub const KNOWN_PRICES: &str = "by the prices that are known";
/// A curve with open prices.
pub const LOWER_BOUND: &str =
    "not ranked: some of its prices are open, so the line is a lower bound";

/// Of what the chart is.
#[must_use]
pub fn chart_of(asked: &str) -> String {
    format!(
        "For what is asked for, not for the network shown: {asked} Traffic is everything that is sent, both directions of every pair, in the same mix."
    )
}

/// What an incomplete total lacks.
#[must_use]
pub fn at_least(open: usize, caption: &str) -> String {
    let lines = counted(open, "line has", "lines have");
    format!("at least: {lines} no price · {caption}")
}

/// Said after a rule was changed.
#[must_use]
pub fn total_now(total: &str) -> String {
    format!("The total is {total} now.")
}

/// The traffic that is asked for.
#[must_use]
pub fn asked_for(volume: &str) -> String {
    format!("asked for: {volume}")
}

/// How far the chart is.
#[must_use]
pub fn charting(done: usize, all: usize) -> String {
    format!("{done} of {all} curves computed")
}

/// Two patterns of one cost.
#[must_use]
pub fn costs_the_same(title: &str) -> String {
    format!("costs the same as {title}")
}

/// A pattern that others always undercut.
#[must_use]
pub fn never_cheapest(up_to: &str) -> String {
    format!("never the cheapest of these up to {up_to} a month")
}

/// What a bill is summed by.
#[must_use]
pub const fn grouping(by: interspoke_core::price::Grouping) -> &'static str {
    use interspoke_core::price::Grouping;
    match by {
        Grouping::Service => "Service",
        Grouping::Region => "Region",
        Grouping::Element => "Element",
        Grouping::Pair => "Pair",
    }
}

/// Where prices come from.
pub const PRICES: &str = "Prices of one's own";
/// What can be read.
pub const PRICES_WHY: &str = "Answers of the Azure Retail Prices API as JSON, one page or several, or a price sheet saved here. They are read in this browser and sent nowhere.";
/// Label of the text.
pub const PRICES_TEXT: &str = "Paste them here";
/// Label of the file field.
pub const PRICES_FILES: &str = "or choose files";
/// Nothing was read.
pub const BUILT_IN_PRICES: &str = "The built-in list is in force.";
/// Goes back.
pub const BACK_TO_BUILT_IN: &str = "Use the built-in prices";
/// Saves the sheet.
pub const SAVE_SHEET: &str = "Save the price sheet";
/// Said after saving it.
pub const SAVED_SHEET: &str = "Saved: interspoke-prices.csv.";
/// The rate.
pub const RATE: &str = "what a US dollar costs";
/// A discount.
pub const PERCENT_OFF: &str = "% off";
/// Discounts.
pub const DISCOUNTS: &str = "Discounts";
/// The switch for assumed prices.
pub const LEAVE_OPEN: &str = "Leave assumed prices open";
/// Why.
pub const LEAVE_OPEN_WHY: &str = "Prices seen for another region or more than a year ago are used and marked; left open, they make the total read “at least”.";
/// Headings of changed prices.
pub const PRICE_HEADS: [&str; 5] = ["Meter", "For", "Built in", "Own", "Change"];
/// Headings above what was not taken.
pub const UNMATCHED: &str = "Not taken";

/// What a rate looks like.
#[must_use]
pub fn expected_rate(currency: &str, found: &str) -> String {
    format!("expected what a dollar costs, as {currency} 0.92, found {found:?}")
}

/// What a discount looks like.
#[must_use]
pub fn expected_percent(found: &str) -> String {
    format!("expected per cent from 0 to 100 such as 12.5, found {found:?}")
}

/// A price sheet is in force.
#[must_use]
pub fn sheet_in_force(currency: &str) -> String {
    format!("A price sheet is in force, in {currency}.")
}

/// What was read.
#[must_use]
pub fn import_in_force(import: &Import) -> String {
    let number = |n: usize| grouped(u64::try_from(n).unwrap_or(u64::MAX));
    format!(
        "{} in {}: {}, {} taken.",
        counted(import.pages, "page", "pages"),
        import.currency,
        counted(import.rows, "price", "prices"),
        number(import.taken)
    )
}

/// A step of a price.
#[must_use]
pub fn from_gb(gb: u32) -> String {
    format!(", from {} GB on", grouped(u64::from(gb)))
}

/// What did not change.
#[must_use]
pub fn same_prices(changed: usize, same: usize) -> String {
    let same = counted(same, "price is", "prices are");
    let changed = counted(changed, "differs", "differ");
    format!("{changed} from the built-in list, {same} the same.")
}
