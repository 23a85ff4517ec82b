//! A bill as comma-separated values, to check by hand or in a sheet.
//!
//! The rule: one record a line, numbers without separators or currency, texts in quotes; the last record is the total.
//! A text that a sheet would run as a formula begins with an apostrophe.
//!
//! | service | meter | quantity | unit | unit price | amount |
//! |---|---|---|---|---|---|
//! | Azure Firewall | Standard Deployment | 730 | hour | 1.25 | 912.5 |
//!
//! Left out: whose traffic each part of a line is; [`super::Bill::by`] sums by it.

use super::line::{Bill, Line};
use crate::units::Money;

const HEAD: &str = "group,service,product,sku,meter,region,subject,quantity,unit,unit price,amount,currency,discount percent,basis,reason,source,address,date,derivation\r\n";

/// What a sheet runs as a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// One record after another.
#[derive(Debug, Default)]
pub(crate) struct Csv {
    text: String,
    within: bool,
}

impl Csv {
    /// With a heading.
    pub(crate) fn new(head: &str) -> Self {
        Self {
            text: head.to_owned(),
            within: false,
        }
    }

    fn comma(&mut self) {
        if self.within {
            self.text.push(',');
        }
        self.within = true;
    }

    /// A text, in quotes.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.comma();
        self.text.push('"');
        if text.starts_with(FORMULA) {
            self.text.push('\'');
        }
        self.text.push_str(&text.replace('"', "\"\""));
        self.text.push('"');
        self
    }

    /// A number, without separators; nothing where there is none.
    pub(super) fn number(&mut self, number: &str) -> &mut Self {
        self.comma();
        self.text
            .extend(number.chars().filter(|digit| *digit != ','));
        self
    }

    /// An amount, without its currency.
    pub(super) fn amount(&mut self, amount: Option<Money>) -> &mut Self {
        let text = amount.map(|amount| amount.to_string()).unwrap_or_default();
        self.number(text.split_once(' ').map_or("", |(_, digits)| digits))
    }

    /// The end of a record.
    pub(crate) fn end(&mut self) {
        self.text.push_str("\r\n");
        self.within = false;
    }

    /// The whole.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}

/// Records of comma-separated values, each with the line it begins in; empty lines are left out.
pub(super) fn read_records(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut records = Vec::new();
    let mut fields: Vec<String> = Vec::new();
    let mut field = String::new();
    let (mut line, mut begins, mut quoted) = (1, 1, false);
    let mut letters = text.chars().chain(['\n']).peekable();
    let end_field = |field: &mut String, fields: &mut Vec<String>| {
        let whole = std::mem::take(field);
        // What `Csv::text` put before a text that a sheet would run as a formula.
        let plain = match whole.strip_prefix('\'') {
            Some(rest) if rest.starts_with(FORMULA) => rest.to_owned(),
            _ => whole,
        };
        fields.push(plain);
    };
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted || field.is_empty() => quoted = !quoted,
            ',' if !quoted => end_field(&mut field, &mut fields),
            '\n' if !quoted || letters.peek().is_none() => {
                if field.ends_with('\r') {
                    field.pop();
                }
                if !field.is_empty() || !fields.is_empty() {
                    end_field(&mut field, &mut fields);
                    records.push((begins, std::mem::take(&mut fields)));
                }
                begins = line + 1;
            }
            _ => field.push(letter),
        }
        line += usize::from(letter == '\n');
    }
    records
}

/// Hundredths of a per cent as a number of per cent.
pub(super) fn percent(hundredths: u32) -> String {
    crate::units::Quantity::from_thousandths(u64::from(hundredths) * 10).to_string()
}

impl Bill {
    /// The bill as comma-separated values.
    ///
    /// ```
    /// use interspoke_core::price::{bill, Catalog, Traffic};
    /// use interspoke_core::route::{Routing, Settings};
    /// use interspoke_core::{spec::NetworkSpec, topology};
    ///
    /// let spec = NetworkSpec::default();
    /// let routing = Routing::new(topology::build(&spec).value.into(), Settings::default());
    /// let csv = bill(&routing, &spec, &Traffic::default(), &Catalog::built_in()).csv();
    /// assert!(csv.starts_with("group,service,product,") && csv.contains("\"Total\""));
    /// ```
    #[must_use]
    pub fn csv(&self) -> String {
        let mut csv = Csv::new(HEAD);
        for line in &self.lines {
            record(&mut csv, line);
        }
        csv.text(if self.is_complete() {
            "Total"
        } else {
            "Total, at least"
        });
        (0..9).for_each(|_| {
            csv.number("");
        });
        let currency = self.total.currency().to_string();
        csv.amount(Some(self.total)).text(&currency);
        csv.end();
        csv.finish()
    }
}

fn record(csv: &mut Csv, line: &Line) {
    let meter = &line.meter;
    csv.text(line.group.word())
        .text(&meter.service)
        .text(&meter.product)
        .text(&meter.sku)
        .text(&meter.meter);
    csv.text(&line.region)
        .text(&line.subject)
        .number(&line.quantity.to_string())
        .text(meter.unit.word());
    csv.amount(line.unit_price).amount(line.amount);
    let currency = line.amount.map(|amount| amount.currency().to_string());
    csv.text(&currency.unwrap_or_default())
        .number(&percent(line.discount));
    csv.text(line.basis.word())
        .text(line.basis.why().unwrap_or_default());
    let source = line
        .source
        .as_ref()
        .map(|source| (source.title.as_str(), source.url.as_str()));
    let (title, url) = source.unwrap_or_default();
    csv.text(title)
        .text(url)
        .text(&line.date)
        .text(&line.derivation);
    csv.end();
}
