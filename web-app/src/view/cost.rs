//! The bill: lines with meter, quantity, unit price, source and date, and how far each price can be trusted.

use super::{Chip, Tone};
use crate::state::{Amount, Draft, Field, State};
use crate::text;
use interspoke_core::price::{Basis, Catalog, Line, Unit};

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// Meter by Azure's names.
    pub meter: String,
    /// What or where it is counted.
    pub subject: String,
    /// How much, with its unit.
    pub quantity: String,
    /// Price of one unit.
    pub unit_price: String,
    /// Price times quantity.
    pub amount: String,
    /// Where the quantity comes from.
    pub derivation: String,
    /// Title and address of the price's source.
    pub source: Option<(String, String)>,
    /// When the price was seen.
    pub date: String,
    /// Sourced, assumed or open.
    pub basis: Chip,
    /// Why it is assumed or open.
    pub why: Option<String>,
}

/// Lines of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillGroup {
    /// Its name.
    pub name: &'static str,
    /// Its lines.
    pub lines: Vec<BillLine>,
    /// Their sum.
    pub sum: String,
}

/// A traffic figure to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrafficField {
    /// Which one.
    pub amount: Amount,
    /// Its label.
    pub label: &'static str,
    /// What stands in the field.
    pub draft: Draft,
}

/// The tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillView {
    /// The sum.
    pub total: String,
    /// What the sum is.
    pub caption: String,
    /// The sums of the groups.
    pub summary: Vec<String>,
    /// Lines by service.
    pub groups: Vec<BillGroup>,
    /// What a reader must know besides.
    pub notes: Vec<String>,
    /// Traffic figures.
    pub traffic: Vec<TrafficField>,
    /// The bill is of an earlier state.
    pub older: bool,
}

/// The month's bill.
#[must_use]
pub fn bill(state: &State) -> BillView {
    let bill = &state.answers.bill;
    let groups: Vec<BillGroup> = bill
        .groups()
        .map(|(group, lines, sum)| BillGroup {
            name: group.word(),
            lines: lines.iter().map(line).collect(),
            sum: format!("{sum:.2}"),
        })
        .collect();
    let mut notes = bill.notes.clone();
    if !bill.lost.is_empty() {
        let lost: u64 = bill.lost.iter().map(|lost| lost.flows).sum();
        let lost = usize::try_from(lost).unwrap_or(usize::MAX);
        let lost = text::counted(lost, "flow does", "flows do");
        notes.push(format!("{lost} not arrive and carry nothing"));
    }
    BillView {
        total: bill.total_text(),
        caption: format!(
            "a month · prices of {}",
            Catalog::DATE.get(..7).unwrap_or(Catalog::DATE)
        ),
        summary: groups
            .iter()
            .map(|group| format!("{}: {}", group.name, group.sum))
            .collect(),
        groups,
        notes,
        traffic: Amount::ALL.map(|amount| field(state, amount)).to_vec(),
        older: state.is_older(),
    }
}

fn line(line: &Line) -> BillLine {
    let names = [&line.meter.product, &line.meter.sku, &line.meter.meter];
    let mut meter: Vec<&str> = names
        .into_iter()
        .map(String::as_str)
        .filter(|n| !n.is_empty() && *n != "*")
        .collect();
    meter.dedup();
    let open = || String::from("open");
    BillLine {
        meter: meter.join(" · "),
        subject: line.subject.clone(),
        quantity: format!("{} {}", line.quantity, units(line.meter.unit)),
        unit_price: line
            .unit_price
            .map_or_else(open, |price| format!("{price} / {}", line.meter.unit)),
        amount: line
            .amount
            .map_or_else(open, |amount| format!("{amount:.2}")),
        derivation: line.derivation.clone(),
        source: line
            .source
            .as_ref()
            .map(|s| (s.title.clone(), s.url.clone())),
        date: line.date.clone(),
        basis: Chip::new(tone(&line.basis), line.basis.word()),
        why: line.basis.why().map(str::to_owned),
    }
}

/// A unit as it follows a number.
fn units(unit: Unit) -> &'static str {
    match unit {
        Unit::Gb => "GB",
        Unit::Hour => "hours",
        Unit::Month => "months",
    }
}

fn tone(basis: &Basis) -> Tone {
    match basis {
        Basis::Sourced => Tone::Good,
        Basis::Assumed { .. } => Tone::Warn,
        Basis::Open { .. } => Tone::Bad,
    }
}

fn field(state: &State, amount: Amount) -> TrafficField {
    let traffic = &state.document.traffic;
    let (label, gb) = match amount {
        Amount::Within => ("inside each region", traffic.within_regions_gb),
        Amount::Between => ("between regions", traffic.between_regions_gb),
        Amount::OnPremises => ("with on-premises", traffic.to_on_premises_gb),
    };
    let own = || Draft {
        text: gb.0.to_string(),
        error: None,
    };
    let draft = state
        .drafts
        .field(Field::Traffic(amount))
        .cloned()
        .unwrap_or_else(own);
    TrafficField {
        amount,
        label,
        draft,
    }
}
