//! Figures as the bill, its chart and the prices write them: money to the cent, a meter's name, a field to change.

use crate::state::{Draft, Field, State};
use interspoke_core::units::Money;

/// A figure to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrafficField {
    /// Which one.
    pub field: Field,
    /// Its label.
    pub label: &'static str,
    /// What stands in the field.
    pub draft: Draft,
}

/// Money to the cent, without its currency.
pub(super) fn cents(amount: Money) -> String {
    number(&format!("{amount:.2}")).to_owned()
}

/// What follows the currency.
pub(super) fn number(money: &str) -> &str {
    money.split_once(' ').map_or(money, |(_, digits)| digits)
}

/// A meter by its names, none twice.
pub(super) fn meter_name(names: [&String; 3]) -> String {
    let mut meter: Vec<&str> = names
        .into_iter()
        .map(String::as_str)
        .filter(|n| !n.is_empty() && *n != "*")
        .collect();
    meter.dedup();
    meter.join(" · ")
}

/// A figure to change: what was typed, or what holds.
pub(super) fn field(
    state: &State,
    field: Field,
    label: &'static str,
    text: String,
) -> TrafficField {
    let own = || Draft { text, error: None };
    TrafficField {
        field,
        label,
        draft: state.drafts.field(field).cloned().unwrap_or_else(own),
    }
}
