//! Prices of one's own: answers of the Azure Retail Prices API or a price sheet, a rate, discounts, assumed prices.
//!
//! The rule: what is read replaces what was read before; what cannot be read leaves everything as it was and says why.
//! Rules, discounts and the treatment of assumed prices stay when the list changes.
//!
//! | text begins with | read as |
//! |---|---|
//! | `{` or `[` | answers of the API |
//! | anything else | a price sheet |

use super::history::Cause;
use super::{Shared, State};
use crate::text;
use interspoke_core::document::{Choices, Discount, OwnPrices as Chosen};
use interspoke_core::price::{AssumedPrices, Catalog, Import, Matched, Rules};
use interspoke_core::units::{Money, Quantity};
use std::rc::Rc;

/// Answers of more bytes than these are kept as the price sheet that they make.
const MOST_KEPT: usize = 200_000;

/// Where prices come from besides the built-in list.
#[derive(Debug, Clone, Default)]
pub struct OwnPrices {
    /// Answers of the API that were read.
    pub import: Option<Shared<Import>>,
    /// Its prices beside the built-in ones.
    pub matched: Option<Shared<Vec<Matched>>>,
    /// A price sheet was read.
    pub sheet: bool,
    /// The texts of these answers.
    answers: Vec<Rc<str>>,
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
            Ok(()) => self.say_total(),
            Err(why) => self.cost.own.error = Some(why),
        }
    }

    fn read_sheet(&mut self, sheet: &str) -> Result<(), String> {
        let catalog = Catalog::from_sheet(sheet).map_err(|error| error.to_string())?;
        let discounts = discounts_of(&catalog);
        self.choose_for_document(Cause::Deed, |choices| {
            choices.prices.sheet = Some(sheet.into());
            (choices.prices.answers, choices.prices.dollar) = (Vec::new(), None);
            choices.discounts = discounts;
        });
        Ok(())
    }

    fn read_answers(&mut self, pages: &[&str]) -> Result<(), String> {
        let import = Import::read(pages, &self.today).map_err(|error| error.to_string())?;
        let kept = pages.iter().map(|page| page.len()).sum::<usize>() <= MOST_KEPT;
        let own = &mut self.cost.own;
        if !kept {
            // Too much to keep at every step: the prices are, and what they were taken from is not.
            let sheet = Catalog::built_in().with_prices(&import, import.implied_dollar());
            return self.read_sheet(&sheet.sheet());
        }
        own.answers = pages.iter().map(|page| Rc::from(*page)).collect();
        own.import = Some(Shared::new(import));
        let answers = own.answers.clone();
        self.choose_for_document(Cause::Deed, |choices| {
            choices.prices.answers = answers;
            (choices.prices.sheet, choices.prices.dollar) = (None, None);
        });
        Ok(())
    }

    /// Takes the price list over that the choices make.
    pub(super) fn take_prices(&mut self, choices: &Choices) {
        let prices = &choices.prices;
        let mut catalog = Catalog::built_in();
        let own = &mut self.cost.own;
        (own.sheet, own.leave_open) = (false, prices.leave_open);
        if let Some(sheet) = &prices.sheet {
            match Catalog::from_sheet(sheet) {
                Ok(read) => (catalog, own.sheet) = (without_discounts(read), true),
                Err(error) => own.error = Some(error.to_string()),
            }
        }
        self.take_answers(&prices.answers);
        for Discount {
            service,
            hundredths,
        } in &choices.discounts
        {
            catalog = catalog.with_discount(service, *hundredths);
        }
        if let Some(import) = &self.cost.own.import {
            let given = prices.dollar.as_ref().map(|text| text.parse().ok());
            catalog = catalog.with_prices(import, given.unwrap_or_else(|| import.implied_dollar()));
        }
        let assumed = if prices.leave_open {
            AssumedPrices::LeaveOpen
        } else {
            AssumedPrices::Use
        };
        let catalog = catalog.with_rules(rules_of(choices)).with_assumed(assumed);
        self.price_with(catalog);
        self.match_prices();
    }

    /// Reads answers of the API, unless these are the ones that were read last.
    fn take_answers(&mut self, answers: &[Rc<str>]) {
        let own = &mut self.cost.own;
        if own.answers == answers && own.import.is_some() != answers.is_empty() {
            return;
        }
        (own.answers, own.import) = (answers.to_vec(), None);
        if answers.is_empty() {
            return;
        }
        let pages: Vec<&str> = answers.iter().map(|page| &**page).collect();
        match Import::read(&pages, &self.today) {
            Ok(import) => own.import = Some(Shared::new(import)),
            Err(error) => own.error = Some(error.to_string()),
        }
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
        self.cost.own.error = None;
        self.drafts.fields.remove(&super::Field::Rate);
        self.choose_for_document(Cause::Deed, |choices| {
            let leave_open = choices.prices.leave_open;
            choices.prices = Chosen {
                leave_open,
                ..Chosen::default()
            };
        });
    }

    /// Leaves assumed prices open, or uses them.
    pub(super) fn leave_assumed_open(&mut self, leave: bool) {
        self.choose_for_document(Cause::Deed, |choices| choices.prices.leave_open = leave);
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
        let dollar = rate.map_or_else(String::new, |_| whole.clone());
        self.choose_for_document(Cause::Typing("rate".to_owned()), |choices| {
            choices.prices.dollar = Some(dollar);
        });
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
                let mut discounts = self.document.choices.discounts.clone();
                discounts.retain(|known| known.service != service);
                let name = format!("discount of {service}");
                if hundredths > 0 {
                    discounts.push(Discount {
                        service,
                        hundredths,
                    });
                }
                self.choose_for_document(Cause::Typing(name), |choices| {
                    choices.discounts = discounts;
                });
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

fn discounts_of(catalog: &Catalog) -> Vec<Discount> {
    let discounts = catalog.discounts().iter();
    discounts
        .map(|(service, hundredths)| Discount {
            service: service.clone(),
            hundredths: *hundredths,
        })
        .collect()
}

/// A list whose discounts are the reader's own to choose.
fn without_discounts(catalog: Catalog) -> Catalog {
    let discounts = discounts_of(&catalog).into_iter();
    discounts.fold(catalog, |catalog, discount| {
        catalog.with_discount(&discount.service, 0)
    })
}

fn rules_of(choices: &Choices) -> Rules {
    let mut rules = Rules::default();
    for (position, dispute) in Rules::DISPUTES.iter().enumerate() {
        let other = choices.rules.iter().any(|name| name == dispute.member);
        rules = rules.with_other(position, other);
    }
    rules.between_zones_gb = choices.between_zones_gb.unwrap_or_default();
    rules
}
