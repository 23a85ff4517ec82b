//! From the texts of answers to rows of a price list.
//!
//! The rule: a text holds one answer, several one after another, or a list of answers or rows. Rows of one meter and
//! place are gathered; of those for one step the primary one counts, then the latest, then the highest. A price whose
//! first step is missing is not taken, for it would bill the first units at nothing.
//!
//! | rows of one meter and place | becomes |
//! |---|---|
//! | from 0: 0, from 100: 0.087, from 10,335: 0.083 | one price with three steps |
//! | twice the same | one |
//! | 0.40 since 2021, 0.42 since 2024, 0.45 from 2027 on; the day is in 2026 | 0.42 |
//! | from 100 only | not taken |
//!
//! Left out: what a row means; `row` knows.

use super::super::list::{self, Row};
use super::super::quote::PriceSource;
use super::row::{Refused, Taken, names, take};
use super::{Import, Unmatched};
use crate::json::Value;
use crate::units::{Currency, Money};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

/// Where the answers come from.
const ADDRESS: &str = "https://prices.azure.com/api/retail/prices";

/// Why answers of the Azure Retail Prices API could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// The page, counted from 1 over all texts.
    pub page: usize,
    /// The place in it, as `Items[3].retailPrice` or `line 2, column 7`.
    pub place: String,
    /// What was expected there.
    pub expected: &'static str,
    /// What stands there.
    pub found: String,
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            page,
            place,
            expected,
            found,
        } = self;
        write!(
            f,
            "page {page}, {place}: expected {expected}, found {found}"
        )
    }
}

impl std::error::Error for ImportError {}

/// What is gathered over the pages.
#[derive(Default)]
struct Pages {
    count: usize,
    rows: usize,
    currency: Option<Currency>,
    taken: Vec<(Taken, Currency)>,
    unmatched: BTreeMap<(String, String, &'static str), Unmatched>,
    notes: Vec<String>,
    /// Beginnings of the links to next pages, each with the rows that they skip.
    links: Vec<(String, u64)>,
    ended: bool,
}

pub(super) fn read(texts: &[&str], day: &str) -> Result<Import, ImportError> {
    let known = list::rows(&list::sources());
    let mut pages = Pages::default();
    for text in texts {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let nodes = crate::json::parse_all(text).map_err(|error| ImportError {
            page: pages.count + 1,
            place: format!("line {}, column {}", error.line, error.column),
            expected: "JSON of the Azure Retail Prices API",
            found: error.message,
        })?;
        for node in &nodes {
            match node {
                Value::Array(nodes) if nodes.iter().any(|node| node.get("Items").is_some()) => {
                    for node in nodes {
                        pages.page(node, &known, day)?;
                    }
                }
                Value::Array(items) => {
                    pages.count += 1;
                    pages.ended = true;
                    pages.items(items, "", None, &known, day)?;
                }
                _ => pages.page(node, &known, day)?,
            }
        }
    }
    if pages.rows == 0 {
        return Err(ImportError {
            page: pages.count.max(1),
            place: "Items".to_owned(),
            expected: "prices; a filter with a wrong letter, small or capital, finds none",
            found: "none".to_owned(),
        });
    }
    Ok(pages.finish(day))
}

impl Pages {
    fn page(&mut self, page: &Value, known: &[Row], day: &str) -> Result<(), ImportError> {
        self.count += 1;
        let wrong = |place: &str, expected, found: &Value| ImportError {
            page: self.count,
            place: place.to_owned(),
            expected,
            found: shown(found),
        };
        let Some(list) = page.get("Items") else {
            let message = page.get("Error").and_then(|error| error.get("Message"));
            let message = message.unwrap_or(page);
            return Err(wrong(
                "the whole",
                "an answer with the member Items",
                message,
            ));
        };
        let Value::Array(items) = list else {
            return Err(wrong("Items", "a list of prices", list));
        };
        let member = |name| page.get(name).filter(|node| !node.is_null());
        let text = |node: &Value| match node {
            Value::String(text) => text.clone(),
            _ => String::new(),
        };
        let currency = match member("BillingCurrency") {
            None => None,
            Some(node) => Some(
                text(node)
                    .parse::<Currency>()
                    .map_err(|_| wrong("BillingCurrency", "a currency such as USD", node))?,
            ),
        };
        if let (Some(here), Some(before)) =
            (currency, self.currency.filter(|c| Some(*c) != currency))
        {
            return Err(ImportError {
                page: self.count,
                place: "BillingCurrency".to_owned(),
                expected: "the currency of the pages before",
                found: format!("{here} after {before}"),
            });
        }
        self.currency = self.currency.or(currency);
        let here = items.len().to_string();
        if let Some(Value::Number(said)) = member("Count")
            && said.as_str() != here
        {
            let page = self.count;
            self.notes.push(format!(
                "page {page} says that it holds {said} rows, {here} are there"
            ));
        }
        match member("NextPageLink")
            .map(text)
            .unwrap_or_default()
            .as_str()
        {
            "" => self.ended = true,
            link => {
                let (query, skip) = link
                    .rsplit_once("skip=")
                    .map_or((link, "0"), |(query, skip)| (query, skip));
                let digits = skip.split(|c: char| !c.is_ascii_digit()).next();
                let skip = digits.and_then(|digits| digits.parse().ok()).unwrap_or(0);
                self.links.push((query.to_owned(), skip));
            }
        }
        self.items(items, "Items", currency, known, day)
    }

    fn items(
        &mut self,
        items: &[Value],
        list: &str,
        currency: Option<Currency>,
        known: &[Row],
        day: &str,
    ) -> Result<(), ImportError> {
        for (position, item) in items.iter().enumerate() {
            self.rows += 1;
            let wrong = |member: &str, expected, found: &Value| ImportError {
                page: self.count,
                place: format!("{list}[{position}]{member}"),
                expected,
                found: shown(found),
            };
            if !item.is_object() {
                return Err(wrong("", "a price with its names", item));
            }
            let nothing = Value::Null;
            let missing = |member: &'static str, expected| {
                let found = item.get(member).unwrap_or(&nothing);
                wrong(&format!(".{member}"), expected, found)
            };
            let names = match names(item) {
                Ok(names) => names,
                Err(Refused::Wrong(member, expected)) => return Err(missing(member, expected)),
                Err(Refused::Unmatched(_)) => continue,
            };
            match take(item, names, known, day) {
                Ok(row) => {
                    let own = match row.currency.as_str() {
                        "" => currency.unwrap_or(Currency::USD),
                        code => code
                            .parse()
                            .map_err(|_| missing("currencyCode", "a currency such as USD"))?,
                    };
                    self.taken.push((row, own));
                }
                Err(Refused::Unmatched(why)) => Unmatched::count(&mut self.unmatched, names, why),
                Err(Refused::Wrong(member, expected)) => return Err(missing(member, expected)),
            }
        }
        Ok(())
    }

    fn finish(mut self, day: &str) -> Import {
        self.gaps();
        // Without an envelope the rows say it: Global rows are in USD whatever was asked for.
        let foreign = || {
            self.taken
                .iter()
                .map(|(_, own)| *own)
                .find(|own| *own != Currency::USD)
        };
        let currency = self.currency.or_else(foreign).unwrap_or(Currency::USD);
        let mut taken = std::mem::take(&mut self.taken);
        taken.sort_by(|(a, _), (b, _)| order(a, b));
        let mut own: Vec<Row> = Vec::new();
        let mut counted = 0;
        let mut twice: Option<String> = None;
        let mut dollars = 0;
        for group in taken.chunk_by(|(a, _), (b, _)| same(a, b)) {
            let Some((first, money)) = group.first() else {
                continue;
            };
            let mut steps: Vec<(u32, Money)> = Vec::new();
            for step in group.chunk_by(|(a, _), (b, _)| a.from == b.from) {
                // The order puts the one that counts first.
                let mut others = step.iter();
                let Some((best, money)) = others.next() else {
                    continue;
                };
                counted += 1;
                steps.push((best.from, Money::from_nanos(*money, best.nanos)));
                for (other, _) in others {
                    let alike = (other.primary, &other.start) == (best.primary, &best.start);
                    let why = if other.nanos == best.nanos && alike {
                        "stands twice"
                    } else {
                        "an earlier or second price of a meter that was taken"
                    };
                    if alike && other.nanos != best.nanos {
                        twice.get_or_insert_with(|| {
                            format!("{}, {}", best.meter.meter, best.scope.text())
                        });
                    }
                    Unmatched::count(&mut self.unmatched, best.meter.names(), why);
                }
            }
            if first.from > 0 {
                counted -= steps.len();
                for _ in &steps {
                    let why = "the first step of its price is missing";
                    Unmatched::count(&mut self.unmatched, first.meter.names(), why);
                }
                continue;
            }
            dollars += usize::from(*money != currency);
            let since = match first.start.as_str() {
                "" => String::new(),
                start => format!(", in force since {start}"),
            };
            let source = PriceSource {
                title: format!("Azure Retail Prices API, imported{since}"),
                url: ADDRESS.to_owned(),
            };
            own.push(Row {
                meter: first.meter.clone(),
                scope: first.scope.clone(),
                steps,
                date: day.to_owned(),
                source,
            });
        }
        if let Some(example) = twice {
            self.notes.push(format!(
                "some meters have two prices of the same day, the higher one is taken: {example}"
            ));
        }
        if dollars > 0 {
            self.notes.push(format!(
                "{dollars} prices are not in {currency}: they take a rate"
            ));
        }
        Import {
            currency,
            pages: self.count,
            rows: self.rows,
            taken: counted,
            unmatched: self.unmatched.into_values().collect(),
            notes: self.notes,
            own,
        }
    }

    /// Pages that links name and that are not there, as far as the links tell.
    fn gaps(&mut self) {
        let mut links = std::mem::take(&mut self.links);
        links.sort();
        links.dedup();
        for query in links.chunk_by(|a, b| a.0 == b.0) {
            let step = query.first().map_or(0, |(_, skip)| *skip);
            let last = query.last().map_or(0, |(_, skip)| *skip);
            let pages = u64::try_from(query.len()).unwrap_or(u64::MAX);
            if step > 0 && pages.saturating_mul(step) < last {
                let missing = (last / step).saturating_sub(pages);
                self.notes.push(format!(
                    "{missing} of the pages before the one that skips {last} rows are missing"
                ));
            }
        }
        if let (false, Some((query, skip))) = (self.ended, links.last()) {
            self.notes
                .push(format!("the answer goes on: {query}skip={skip}"));
        }
    }
}

fn place(row: &Taken) -> (&super::super::quote::Meter, String) {
    (&row.meter, row.scope.text())
}

fn same(a: &Taken, b: &Taken) -> bool {
    a.meter == b.meter && a.scope == b.scope
}

/// By meter and place, then by step, the one that counts first.
fn order(a: &Taken, b: &Taken) -> Ordering {
    place(a)
        .cmp(&place(b))
        .then(a.from.cmp(&b.from))
        .then(b.primary.cmp(&a.primary))
        .then(b.start.cmp(&a.start))
        .then(b.nanos.cmp(&a.nanos))
        .then(a.currency.cmp(&b.currency))
}

/// The beginning of a value, as it stands.
fn shown(node: &Value) -> String {
    if node.is_null() {
        return "nothing".to_owned();
    }
    let text = node.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
