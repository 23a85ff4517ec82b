//! Where prices come from: one's own with what they change, discounts, and what was not taken.

use super::amount::{TrafficField, field};
use crate::state::{Field, State};
use crate::text;
use interspoke_core::price::{Import, Matched};
use interspoke_core::units::{Money, Quantity};

/// A price of one's own beside the built-in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    /// The meter.
    pub meter: String,
    /// Where it counts.
    pub place: String,
    /// The built-in price; empty where it is open.
    pub known: String,
    /// One's own.
    pub price: String,
    /// The change in per cent; empty where it cannot be said.
    pub change: String,
}

/// The section.
#[derive(Debug, Clone, PartialEq)]
pub struct PricesView {
    /// Where prices come from, as a sentence.
    pub status: String,
    /// Prices other than the built-in ones are used.
    pub own: bool,
    /// Why the last text could not be read.
    pub error: Option<String>,
    /// What a reader must know of what was read.
    pub notes: Vec<String>,
    /// Prices that differ from the built-in list.
    pub changed: Vec<PriceRow>,
    /// How many do not.
    pub same: usize,
    /// What was not taken, with the reason.
    pub unmatched: Vec<String>,
    /// What a dollar costs, where the currency is another.
    pub rate: Option<TrafficField>,
    /// Per cent off each service.
    pub discounts: Vec<(String, TrafficField)>,
    /// Assumed prices are left open.
    pub leave_open: bool,
}

/// Rows that are listed at most.
const MOST_ROWS: usize = 200;

/// Where prices come from.
pub(super) fn prices(state: &State) -> PricesView {
    let own = &state.cost.own;
    let catalog = &state.cost.catalog;
    let discounts = state.services().into_iter().enumerate();
    let mut view = PricesView {
        status: if own.sheet {
            text::sheet_in_force(&catalog.currency().to_string())
        } else {
            text::BUILT_IN_PRICES.to_owned()
        },
        own: own.sheet || own.import.is_some(),
        error: own.error.clone(),
        notes: Vec::new(),
        changed: Vec::new(),
        same: 0,
        unmatched: Vec::new(),
        rate: None,
        discounts: discounts
            .map(|(at, service)| {
                let off = u64::from(catalog.discount(&service)) * 10;
                let percent = Quantity::from_thousandths(off).to_string();
                let draft = field(state, Field::Discount(at), text::PERCENT_OFF, percent);
                (service, draft)
            })
            .collect(),
        leave_open: own.leave_open,
    };
    if let Some(import) = &own.import {
        read(state, import, &mut view);
    }
    view
}

fn read(state: &State, import: &Import, view: &mut PricesView) {
    let dollar = state.cost.catalog.dollar();
    view.status = text::import_in_force(import);
    view.notes.clone_from(&import.notes);
    view.unmatched = import.unmatched.iter().map(ToString::to_string).collect();
    let matched = state.cost.own.matched.iter().flat_map(|all| all.iter());
    let (changed, same): (Vec<&Matched>, Vec<&Matched>) = matched.partition(|one| one.changed());
    view.same = same.len();
    view.changed = changed.into_iter().take(MOST_ROWS).map(row).collect();
    if import.currency.to_string() != "USD" {
        let own = dollar.map_or_else(String::new, |dollar| plain(dollar).to_owned());
        view.rate = Some(field(state, Field::Rate, text::RATE, own));
    }
}

/// A price without its currency.
fn plain(money: Money) -> String {
    let text = money.to_string();
    let (_, digits) = text.split_once(' ').unwrap_or_default();
    digits.to_owned()
}

fn row(one: &Matched) -> PriceRow {
    let names = [&one.meter.product, &one.meter.sku, &one.meter.meter];
    let step = if one.from > 0 {
        text::from_gb(one.from)
    } else {
        String::new()
    };
    PriceRow {
        meter: format!("{}{step}", super::amount::meter_name(names)),
        place: one.place.clone(),
        known: one.known.map_or_else(String::new, plain),
        price: plain(one.price),
        change: one.change().map_or_else(String::new, |hundredths| {
            let size = Quantity::from_thousandths(hundredths.unsigned_abs() * 10);
            let sign = if hundredths < 0 { "−" } else { "+" };
            format!("{sign}{size} %")
        }),
    }
}
