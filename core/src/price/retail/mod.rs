//! Prices of one's own: answers of the Azure Retail Prices API, read into the price list.
//!
//! The rule: a row is taken where it is a pay-as-you-go list price, in force on the day of the import, of a meter that
//! some line of a bill uses. Everything else is counted and named with the reason. The order of rows and pages does not
//! matter.
//!
//! | in an answer | what becomes of it |
//! |---|---|
//! | several pages, in one text or several | joined; rows that stand twice count once; a page that is missing is named |
//! | `tierMinimumUnits` | steps of one price, ascending |
//! | `type` Reservation, DevTestConsumption; Spot, Low Priority, Windows | left out |
//! | `effectiveStartDate` later than the day, `effectiveEndDate` before it | left out; of the others the latest counts |
//! | two meters of one name | the one with `isPrimaryMeterRegion`; alone, a row without it counts too |
//! | `armRegionName` `Global` or empty | every region; of global peering left out: its regions have rows of their own |
//! | `Zone 1`, `US Gov Zone 1` | the circuit zones, or for VPN data the peering zones |
//! | `1 Hour`, `1/Hour`, `100 Hours`, `1/Day`, `1/Month`, `1 GB`, `1 TB` | a price for one hour, month or GB |
//! | `retailPrice` and `unitPrice` | the first; the second only where the first is missing |
//! | USD rows in an answer of another currency | kept in USD, at the rate that is given |
//!
//! Left out: reservations and savings plans; the download itself.

mod read;
mod row;

use super::catalog::Catalog;
use super::list::Row;
use super::quote::Meter;
use crate::units::{Currency, Money};
use std::collections::BTreeMap;
use std::fmt;

pub use read::ImportError;

/// What was read from answers of the Azure Retail Prices API.
#[derive(Debug, Clone)]
pub struct Import {
    /// The currency of the answers.
    pub currency: Currency,
    /// Pages that were read.
    pub pages: usize,
    /// Rows in them.
    pub rows: usize,
    /// Rows that were taken.
    pub taken: usize,
    /// Rows that were not, by the reason.
    pub unmatched: Vec<Unmatched>,
    /// What a reader must know, as sentences without a final dot.
    pub notes: Vec<String>,
    pub(super) own: Vec<Row>,
}

/// A price that was read, beside the one of the built-in list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// The meter.
    pub meter: Meter,
    /// Where it holds: a region, `zone 1`, `circuit zone 1`, `all regions`.
    pub place: String,
    /// The first unit that it applies to, where the price has steps.
    pub from: u32,
    /// The price that was read.
    pub price: Money,
    /// The one of the built-in list, in the same currency; none where it is open or no rate is given.
    pub known: Option<Money>,
    /// Whether the built-in list only assumes it.
    pub assumed: bool,
}

impl Matched {
    /// Whether it differs from the built-in list; true where that has none.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.known != Some(self.price)
    }

    /// The difference in hundredths of a per cent of the built-in price; none where there is no price or it is zero.
    ///
    /// ```
    /// use interspoke_core::price::{Catalog, Import};
    /// let page = r#"{"BillingCurrency": "USD", "Items": [{"serviceName": "Azure Firewall", "productName": "Azure Firewall",
    ///     "skuName": "Standard", "meterName": "Standard Deployment", "unitOfMeasure": "1 Hour", "armRegionName": "eastus",
    ///     "type": "Consumption", "tierMinimumUnits": 0, "retailPrice": 1.375, "effectiveStartDate": "2026-01-01T00:00:00Z"}],
    ///     "NextPageLink": null, "Count": 1}"#;
    /// let import = Import::read(&[page], "2026-11-22").unwrap();
    /// let matched = import.matched(None);
    /// assert_eq!(matched[0].change(), Some(1_000)); // 10 %
    /// ```
    #[must_use]
    pub fn change(&self) -> Option<i64> {
        let known = self.known.map(Money::nanos).filter(|nanos| *nanos != 0)?;
        let more = self.price.nanos().saturating_sub(known);
        i64::try_from(crate::units::half_even(
            more.saturating_mul(10_000),
            known.saturating_abs(),
        ))
        .ok()
    }
}

/// Rows that were not taken, for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// Their `serviceName`.
    pub service: String,
    /// Their `productName`.
    pub product: String,
    /// The `meterName` of the first of them.
    pub meter: String,
    /// Why, as `no line of a bill uses it`.
    pub why: &'static str,
    /// How many they are.
    pub rows: usize,
}

impl Import {
    /// Reads answers of the API, each text holding one or more; `day` is the day of the import as `2026-11-22`.
    ///
    /// ```
    /// use interspoke_core::price::Import;
    /// let error = Import::read(&["{\"Items\": 7}"], "2026-11-22").unwrap_err();
    /// assert_eq!(error.to_string(), "page 1, Items: expected a list of prices, found 7");
    /// ```
    ///
    /// # Errors
    /// A text is not JSON, is no answer of the API, holds a price that is none, or the pages differ in currency; the
    /// error names the page, the place in it, what was expected and what was found.
    pub fn read(texts: &[&str], day: &str) -> Result<Self, ImportError> {
        read::read(texts, day)
    }

    /// Every price that was read, beside the built-in one; `dollar` is what a dollar costs in the import's currency.
    #[must_use]
    pub fn matched(&self, dollar: Option<Money>) -> Vec<Matched> {
        let base = Catalog::built_in().in_money(self.currency, dollar);
        let tables = base.tables();
        let mut all = Vec::new();
        for row in &self.own {
            let known = base.same_place(&tables, row);
            for (position, (from, listed)) in row.steps.iter().enumerate() {
                let old = known
                    .iter()
                    .rev()
                    .find(|tier| tier.from_gb <= *from)
                    .map(|tier| &tier.quote);
                let price = base
                    .in_currency(*listed)
                    .map_or(*listed, |(price, _)| price);
                debug_assert!(position == 0 || *from > 0);
                all.push(Matched {
                    meter: row.meter.clone(),
                    place: row.scope.text(),
                    from: *from,
                    price,
                    known: old
                        .and_then(|quote| quote.price)
                        .filter(|known| known.currency() == price.currency()),
                    assumed: old.is_some_and(|quote| quote.basis.word() == "assumed"),
                });
            }
        }
        all
    }

    /// What a dollar costs in the import's currency, by the meters that the built-in list knows in USD: their middle,
    /// where three of them or more agree with it to a hundredth. None for USD.
    #[must_use]
    pub fn implied_dollar(&self) -> Option<Money> {
        if self.currency == Currency::USD {
            return None;
        }
        let base = Catalog::built_in();
        let tables = base.tables();
        let mut rates = Vec::new();
        for row in self
            .own
            .iter()
            .filter(|row| row.price().is_some_and(|p| p.currency() == self.currency))
        {
            let known = base.same_place(&tables, row);
            let first = known.first().and_then(|tier| tier.quote.price);
            if let (Some(new), Some(old)) = (row.price(), first.filter(|old| old.nanos() > 0)) {
                rates.push(crate::units::half_even(
                    new.nanos().saturating_mul(1_000_000_000),
                    old.nanos(),
                ));
            }
        }
        rates.sort();
        let middle = *rates.get(rates.len() / 2)?;
        let near = |rate: &&i128| {
            rate.saturating_sub(middle)
                .saturating_abs()
                .saturating_mul(100)
                <= middle
        };
        let agree = rates.iter().filter(near).count();
        (agree >= 3 && middle > 0).then_some(Money::from_nanos(self.currency, middle))
    }
}

impl Unmatched {
    /// Counts a row under its reason.
    fn count(
        all: &mut BTreeMap<(String, String, &'static str), Self>,
        names: [&str; 4],
        why: &'static str,
    ) {
        let [service, product, _, meter] = names;
        let key = (service.to_owned(), product.to_owned(), why);
        let held = all.entry(key).or_insert_with(|| Self {
            service: service.to_owned(),
            product: product.to_owned(),
            meter: meter.to_owned(),
            why,
            rows: 0,
        });
        held.rows += 1;
        if meter < held.meter.as_str() {
            meter.clone_into(&mut held.meter);
        }
    }
}

impl fmt::Display for Unmatched {
    /// `Storage, Blob Storage: 3 rows, no line of a bill uses it`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = if self.rows == 1 { "row" } else { "rows" };
        write!(
            f,
            "{}, {}: {} {rows}, {}",
            self.service, self.product, self.rows, self.why
        )
    }
}

impl Catalog {
    /// The same list with prices of one's own before it, in their currency; `dollar` is what a dollar costs in it, and
    /// without it what is listed in USD alone is open.
    ///
    /// ```
    /// use interspoke_core::price::{Catalog, Import};
    /// let page = r#"{"BillingCurrency": "EUR", "Items": [{"serviceName": "Azure Firewall", "productName": "Azure Firewall",
    ///     "skuName": "Standard", "meterName": "Standard Deployment", "unitOfMeasure": "1 Hour", "armRegionName": "eastus",
    ///     "currencyCode": "EUR", "retailPrice": 1.1, "effectiveStartDate": "2026-01-01T00:00:00Z"}]}"#;
    /// let import = Import::read(&[page], "2026-11-22").unwrap();
    /// let catalog = Catalog::built_in().with_prices(&import, Some("EUR 0.9".parse().unwrap()));
    /// let price = |meter| catalog.quote(["Azure Firewall", "Azure Firewall", "Standard", meter], "eastus").price.unwrap().to_string();
    /// assert_eq!((price("Standard Deployment"), price("Standard Data Processed")), ("EUR 1.10".into(), "EUR 0.0144".into()));
    /// ```
    #[must_use]
    pub fn with_prices(self, import: &Import, dollar: Option<Money>) -> Self {
        self.with_own(import.own.clone())
            .in_money(import.currency, dollar)
    }
}

#[cfg(test)]
mod tests;
