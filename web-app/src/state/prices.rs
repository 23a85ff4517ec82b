//! Prices of one's own: answers of the Azure Retail Prices API or a price sheet, a rate, discounts, assumed prices.
//!
//! The rule: what is read replaces what was read before; what cannot be read leaves everything as it was and says why.
//! Rules, discounts and the treatment of assumed prices stay when the list changes.
//!
//! | text begins with | read as |
//! |---|---|
//! | `{` or `[` | answers of the API |
//! | anything else | a price sheet |

use super::{Shared, State};
use crate::text;
use interspoke_core::price::{AssumedPrices, Catalog, Import, Matched};
use interspoke_core::units::{Money, Quantity};

/// Where prices come from besides the built-in list.
#[derive(Debug, Clone, Default)]
pub struct OwnPrices {
    /// Answers of the API that were read.
    pub import: Option<Shared<Import>>,
    /// Its prices beside the built-in ones.
    pub matched: Option<Shared<Vec<Matched>>>,
    /// A price sheet was read.
    pub sheet: bool,
    /// Why the last text could not be read.
    pub error: Option<String>,
    /// Assumed prices are left open.
    pub leave_open: bool,
}

impl State {
    /// Reads prices: several files, or one text.
    pub(super) fn read_prices(&mut self, texts: &[String]) {
        let texts: Vec<&str> = texts.iter().map(|text| text.trim()).collect();
        self.cost.own.error = None;
        let read = match texts.as_slice() {
            [] | [""] => return,
            [sheet] if !sheet.starts_with(['{', '[', '\u{feff}']) => self.read_sheet(sheet),
            pages => self.read_answers(pages),
        };
        match read {
            Ok(()) => self.notice = Some(text::total_now(&self.cost.bill.total_text())),
            Err(why) => self.cost.own.error = Some(why),
        }
    }

    fn read_sheet(&mut self, sheet: &str) -> Result<(), String> {
        let catalog = Catalog::from_sheet(sheet).map_err(|error| error.to_string())?;
        let own = &mut self.cost.own;
        (own.import, own.sheet) = (None, true);
        self.reprice(catalog);
        Ok(())
    }

    fn read_answers(&mut self, pages: &[&str]) -> Result<(), String> {
        let import = Import::read(pages, &self.today).map_err(|error| error.to_string())?;
        let catalog = self.plain().with_prices(&import, import.implied_dollar());
        let own = &mut self.cost.own;
        (own.import, own.sheet) = (Some(Shared::new(import)), false);
        self.reprice(catalog);
        Ok(())
    }

    /// The built-in list with the discounts in force.
    fn plain(&self) -> Catalog {
        let discounts = self.cost.catalog.discounts().iter();
        discounts.fold(Catalog::built_in(), |catalog, (service, off)| {
            catalog.with_discount(service, *off)
        })
    }

    /// Takes another list with the rules and the treatment of assumed prices in force.
    fn reprice(&mut self, catalog: Catalog) {
        let assumed = if self.cost.own.leave_open {
            AssumedPrices::LeaveOpen
        } else {
            AssumedPrices::Use
        };
        let rules = *self.cost.catalog.rules();
        self.drafts.fields.remove(&super::Field::Rate);
        self.price_with(catalog.with_rules(rules).with_assumed(assumed));
        self.match_prices();
    }

    /// Holds one's own prices against the built-in ones, once for every list and rate.
    fn match_prices(&mut self) {
        let dollar = self.cost.catalog.dollar();
        let own = &mut self.cost.own;
        let matched = |import: &Shared<Import>| Shared::new(import.matched(dollar));
        own.matched = own.import.as_ref().map(matched);
    }

    /// Goes back to the built-in list; discounts stay.
    pub(super) fn built_in_prices(&mut self) {
        let own = &mut self.cost.own;
        (own.import, own.sheet, own.error) = (None, false, None);
        self.reprice(self.plain());
    }

    /// Leaves assumed prices open, or uses them.
    pub(super) fn leave_assumed_open(&mut self, leave: bool) {
        self.cost.own.leave_open = leave;
        self.reprice((*self.cost.catalog).clone());
    }

    /// What a dollar costs in the currency of the prices that were read.
    pub(super) fn set_rate(&mut self, typed: &str) -> Option<String> {
        let import = self.cost.own.import.clone()?;
        let typed = typed.trim();
        let whole = if typed.starts_with(|c: char| c.is_ascii_digit()) {
            format!("{} {typed}", import.currency)
        } else {
            typed.to_owned()
        };
        let rate = whole.parse::<Money>().ok();
        let rate = rate.filter(|rate| rate.currency() == import.currency && rate.nanos() > 0);
        if rate.is_none() && !typed.is_empty() {
            return Some(text::expected_rate(&import.currency.to_string(), typed));
        }
        let catalog = (*self.cost.catalog).clone();
        self.price_with(catalog.with_prices(&import, rate));
        self.match_prices();
        None
    }

    /// What is taken off the prices of a service, by its position among [`State::services`].
    pub(super) fn set_discount(&mut self, at: usize, typed: &str) -> Option<String> {
        let service = self.services().into_iter().nth(at)?;
        let typed = typed.trim().trim_end_matches('%').trim_end();
        let percent = if typed.is_empty() {
            Some(Quantity::ZERO)
        } else {
            typed.parse::<Quantity>().ok()
        };
        let hundredths = percent.and_then(|percent| u32::try_from(percent.thousandths() / 10).ok());
        match hundredths.filter(|hundredths| *hundredths <= 10_000) {
            Some(hundredths) => {
                let catalog = (*self.cost.catalog).clone();
                self.price_with(catalog.with_discount(&service, hundredths));
                None
            }
            None => Some(text::expected_percent(typed)),
        }
    }

    /// Services of the bill's meters, and those that have a discount.
    #[must_use]
    pub fn services(&self) -> Vec<String> {
        let mut services: Vec<String> = Vec::new();
        let billed = self.cost.bill.lines.iter().map(|line| &line.meter.service);
        let reduced = self.cost.catalog.discounts().iter();
        for service in billed.chain(reduced.map(|(service, _)| service)) {
            if !service.is_empty() && !services.contains(service) {
                services.push(service.clone());
            }
        }
        services.sort_by(String::cmp);
        services
    }
}
