//! The whole price list as comma-separated values, and read back: what a bill was made with, to keep, check or change.
//!
//! The rule: one record a price and step, one's own prices apart from the built-in ones, then the currency, the rate
//! and the discounts. A list that is read back answers every question as the one that was written; what a record
//! leaves out has no price.
//!
//! | list | service | … | where | from | price | currency | date |
//! |---|---|---|---|---|---|---|---|
//! | built-in | Azure Firewall | … | eastus | 0 | 1.25 | USD | 2026-04-01 |
//! | own | Virtual Network | … | zone 1 | 0 | 0.032 | EUR | 2026-11-22 |
//! | currency | EUR | | | | | | |
//! | dollar | | | | | 0.92 | EUR | |
//! | discount | Azure Firewall | | | | 20 | | |
//!
//! `where` is a region, several with spaces between, `zone 1` of global peering, `circuit zone 1`, or `*` for all.
//! Left out: charging rules and what happens to assumed prices; they are settings, not prices.

use super::catalog::Catalog;
use super::csv::{Csv, percent, read_records};
use super::list::{Row, Scope};
use super::quote::{Meter, PriceSource, Unit};
use crate::units::{Currency, Money};
use std::fmt;

const HEAD: [&str; 13] = [
    "list", "service", "product", "sku", "meter", "unit", "where", "from", "price", "currency",
    "date", "source", "address",
];

/// Why a price sheet could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetError {
    /// The line, from 1.
    pub line: usize,
    /// The column, by its heading.
    pub column: &'static str,
    /// What was expected there.
    pub expected: &'static str,
    /// What stands there.
    pub found: String,
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            expected,
            found,
        } = self;
        write!(
            f,
            "line {line}, {column}: expected {expected}, found {found:?}"
        )
    }
}

impl std::error::Error for SheetError {}

impl Catalog {
    /// The whole list as comma-separated values.
    ///
    /// ```
    /// use interspoke_core::price::Catalog;
    /// let catalog = Catalog::built_in().with_discount("Azure Firewall", 2_000);
    /// let sheet = catalog.sheet();
    /// assert!(sheet.starts_with("list,service,product,sku,meter,unit,where,from,price,currency,date,source,address\r\n"));
    /// assert_eq!(Catalog::from_sheet(&sheet).unwrap().sheet(), sheet);
    /// ```
    #[must_use]
    pub fn sheet(&self) -> String {
        let mut csv = Csv::new(&HEAD.join(","));
        csv.end();
        for (own, row) in self.all_rows() {
            for (from, price) in &row.steps {
                price_record(
                    &mut csv,
                    if own { "own" } else { "built-in" },
                    row,
                    *from,
                    *price,
                );
            }
        }
        for row in self.tables() {
            for (from, price) in &row.steps {
                price_record(&mut csv, "built-in", &row, *from, *price);
            }
        }
        let currency = self.currency().to_string();
        csv.text("currency").text(&currency).end();
        if let Some(dollar) = self.dollar() {
            csv.text("dollar");
            blank(&mut csv, 7);
            csv.amount(Some(dollar)).text(&currency).end();
        }
        for (service, off) in self.discounts() {
            csv.text("discount").text(service);
            blank(&mut csv, 6);
            csv.number(&percent(*off)).end();
        }
        csv.finish()
    }

    /// The list that a sheet holds, with the default rules.
    ///
    /// ```
    /// use interspoke_core::price::Catalog;
    /// let error = Catalog::from_sheet("list,service\r\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 1, list: expected the headings list,service,product,…, found \"list,service\"");
    /// ```
    ///
    /// # Errors
    /// A heading or a value is not what is expected there; the error names line, column, both.
    pub fn from_sheet(text: &str) -> Result<Self, SheetError> {
        let mut records = read_records(text.strip_prefix('\u{feff}').unwrap_or(text)).into_iter();
        let head = records.next().map(|(_, fields)| fields).unwrap_or_default();
        if !head.iter().eq(HEAD.iter()) {
            return Err(SheetError {
                line: 1,
                column: HEAD[0],
                expected: "the headings list,service,product,…",
                found: head.join(","),
            });
        }
        let mut read = Read::default();
        for (line, fields) in records {
            read.record(&Record { line, fields })?;
        }
        let mut catalog = Self::of_rows(read.rows, read.own)
            .in_money(read.currency.unwrap_or(Currency::USD), read.dollar);
        for (service, off) in read.discounts {
            catalog = catalog.with_discount(&service, off);
        }
        Ok(catalog)
    }
}

fn blank(csv: &mut Csv, fields: usize) {
    (0..fields).for_each(|_| {
        csv.number("");
    });
}

fn price_record(csv: &mut Csv, list: &str, row: &Row, from: u32, price: Money) {
    let meter = &row.meter;
    csv.text(list);
    for name in meter.names() {
        csv.text(name);
    }
    let place = match &row.scope {
        Scope::Everywhere => "*".to_owned(),
        other => other.text(),
    };
    csv.text(meter.unit.word())
        .text(&place)
        .number(&from.to_string())
        .amount(Some(price))
        .text(&price.currency().to_string())
        .text(&row.date)
        .text(&row.source.title)
        .text(&row.source.url)
        .end();
}

/// What is read of a sheet so far.
#[derive(Default)]
struct Read {
    rows: Vec<Row>,
    own: Vec<Row>,
    currency: Option<Currency>,
    dollar: Option<Money>,
    discounts: Vec<(String, u32)>,
}

struct Record {
    line: usize,
    fields: Vec<String>,
}

impl Record {
    /// The field under a heading; a short record ends in empty ones.
    fn field(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }

    fn wrong(&self, column: usize, expected: &'static str) -> SheetError {
        SheetError {
            line: self.line,
            column: HEAD.get(column).copied().unwrap_or("the end"),
            expected,
            found: self.field(column).to_owned(),
        }
    }

    fn money(&self) -> Result<Money, SheetError> {
        let currency: Currency = self
            .field(9)
            .parse()
            .map_err(|_| self.wrong(9, "a currency such as USD"))?;
        format!("{currency} {}", self.field(8))
            .parse()
            .ok()
            .filter(|money: &Money| money.nanos() >= 0)
            .ok_or_else(|| self.wrong(8, "a price such as 0.035"))
    }
}

impl Read {
    fn record(&mut self, record: &Record) -> Result<(), SheetError> {
        if let Some(more) = record.fields.get(HEAD.len()) {
            return Err(SheetError {
                found: more.clone(),
                ..record.wrong(HEAD.len(), "no further field")
            });
        }
        match record.field(0) {
            "own" => row(record, &mut self.own),
            "built-in" => row(record, &mut self.rows),
            "currency" => {
                let read = record.field(1).parse();
                self.currency = Some(read.map_err(|_| record.wrong(1, "a currency such as USD"))?);
                Ok(())
            }
            "dollar" => {
                let rate = record.money()?;
                self.dollar = Some(rate);
                Ok(())
            }
            "discount" => {
                let read: Option<crate::units::Quantity> = record.field(8).parse().ok();
                let off = read
                    .map(|percent| percent.thousandths())
                    .filter(|off| off % 10 == 0 && *off <= 100_000)
                    .and_then(|off| u32::try_from(off / 10).ok())
                    .ok_or_else(|| record.wrong(8, "a number of per cent from 0 to 100"))?;
                self.discounts.push((record.field(1).to_owned(), off));
                Ok(())
            }
            _ => Err(record.wrong(0, "own, built-in, currency, dollar or discount")),
        }
    }
}

fn row(record: &Record, rows: &mut Vec<Row>) -> Result<(), SheetError> {
    let [service, product, sku, meter] = [1, 2, 3, 4].map(|column| record.field(column).to_owned());
    if meter.is_empty() {
        return Err(record.wrong(4, "the name of a meter"));
    }
    let unit = [Unit::Gb, Unit::Hour, Unit::Month]
        .into_iter()
        .find(|unit| unit.word() == record.field(5))
        .ok_or_else(|| record.wrong(5, "GB, hour or month"))?;
    let scope =
        Scope::read(record.field(6)).ok_or_else(|| record.wrong(6, "regions, a zone or *"))?;
    let from: u32 = record
        .field(7)
        .parse()
        .map_err(|_| record.wrong(7, "the first unit of a step, 0 for the first"))?;
    let price = record.money()?;
    let dated = |date: &str| {
        date.split('-').count() <= 3
            && date.split('-').enumerate().all(|(place, part)| {
                part.len() == if place == 0 { 4 } else { 2 }
                    && part.bytes().all(|b| b.is_ascii_digit())
            })
    };
    if !dated(record.field(10)) {
        return Err(record.wrong(10, "a date such as 2026-11-22"));
    }
    let meter = Meter {
        service,
        product,
        sku,
        meter,
        unit,
    };
    let read = Row {
        meter,
        scope,
        steps: vec![(from, price)],
        date: record.field(10).to_owned(),
        source: PriceSource {
            title: record.field(11).to_owned(),
            url: record.field(12).to_owned(),
        },
    };
    if from == 0 {
        rows.push(read);
        return Ok(());
    }
    // A further step stands below the one before it.
    match rows.last_mut().filter(|last| {
        last.meter == read.meter
            && last.scope == read.scope
            && last.steps.last().is_some_and(|(before, _)| *before < from)
    }) {
        Some(last) => {
            last.steps.push((from, price));
            Ok(())
        }
        None => Err(record.wrong(7, "0, or a further step below the one before it")),
    }
}
