//! The bill: lines with meter, quantity, unit price, source and date, how far each price can be trusted, and what the
//! bill is made with.

use super::amount::{TrafficField, cents, field, meter_name, number};
use super::chart::{ChartView, chart};
use super::path::lost;
use super::prices::{PricesView, prices};
use super::{Chip, Tone};
use crate::state::{Amount, Field, State};
use crate::text;
use interspoke_core::price::{Basis, Bill, Catalog, Grouping, Line, Part, Rules, Unit};
use interspoke_core::route::Flow;
use interspoke_core::units::Quantity;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// Its position in the bill.
    pub at: usize,
    /// Meter by Azure's names.
    pub meter: String,
    /// What or where it is counted.
    pub subject: String,
    /// How much, its unit, the price of one, and price times quantity; points stand under each other.
    pub figures: [String; 4],
    /// When the price was seen.
    pub date: String,
    /// Sourced, assumed or open.
    pub basis: Chip,
    /// Where everything comes from, when open.
    pub detail: Option<LineDetail>,
}

/// Where a line comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineDetail {
    /// Quantity times price.
    pub product: String,
    /// Where the quantity comes from.
    pub derivation: String,
    /// What its parts are for.
    pub parts: Vec<String>,
    /// Why the price is assumed or open, and what is off it.
    pub why: Vec<String>,
    /// Title and address of the price's source.
    pub source: Option<(String, String)>,
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

/// What the bill comes to for one region, element or pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareView {
    /// Its name.
    pub name: String,
    /// The sum.
    pub amount: String,
    /// Of the total, in tenths of a per cent.
    pub permille: u64,
    /// Lines without a price.
    pub open: usize,
    /// What it is for: meter and quantity.
    pub uses: Vec<String>,
}

/// A flow that does not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostView {
    /// One of those that fare alike.
    pub flow: Flow,
    /// From where to where.
    pub title: String,
    /// What becomes of it.
    pub chip: Chip,
    /// Why.
    pub says: String,
    /// How many fare alike.
    pub flows: String,
}

/// A disputed rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeView {
    /// What is disputed.
    pub question: &'static str,
    /// What is taken by default, then what the other side says.
    pub sides: [&'static str; 2],
    /// The other side is taken.
    pub other: bool,
}

/// The tab.
#[derive(Debug, Clone, PartialEq)]
pub struct BillView {
    /// The sum.
    pub total: String,
    /// The currency of every amount.
    pub currency: String,
    /// What the sum is.
    pub caption: String,
    /// What it is summed by.
    pub grouping: Grouping,
    /// Lines by service; empty where it is summed by something else.
    pub groups: Vec<BillGroup>,
    /// The sums of anything else.
    pub shares: Vec<ShareView>,
    /// What a reader must know besides.
    pub notes: Vec<String>,
    /// Flows that are not on the bill.
    pub lost: Vec<LostView>,
    /// Traffic figures.
    pub traffic: Vec<TrafficField>,
    /// Disputed rules.
    pub disputes: Vec<DisputeView>,
    /// GB between availability zones, where they are charged.
    pub zones: Option<TrafficField>,
    /// Cost against traffic.
    pub chart: ChartView,
    /// Where prices come from.
    pub prices: PricesView,
}

/// Lost flows that are listed.
const MOST_LOST: usize = 20;

/// The total, what it is, and the sums of the services.
#[must_use]
pub fn total(state: &State) -> (String, String, Vec<String>) {
    let bill = &state.cost.bill;
    if state.late.is_unbilled() {
        let (due, caption) = (text::DUE.to_owned(), text::BEING_BILLED.to_owned());
        return (due, caption, Vec::new());
    }
    // A route that breaks lowers the bill: what is lost is not carried.
    let lost = if bill.lost.is_empty() {
        ""
    } else {
        text::WITHOUT_LOST
    };
    let date = Catalog::DATE.get(..7).unwrap_or(Catalog::DATE);
    let caption = if state.late.is_billing() {
        text::BEING_BILLED.to_owned()
    } else {
        format!("a month{lost} · prices of {date}")
    };
    let sums = bill.groups();
    let sums = sums.map(|(group, _, sum)| format!("{}: {sum:.2}", group.word()));
    (bill.total_text(), caption, sums.collect())
}

/// The month's bill.
#[must_use]
pub fn bill(state: &State) -> BillView {
    let bill = &state.cost.bill;
    let grouping = state.cost.grouping;
    let by_service = grouping == Grouping::Service;
    let rules = state.cost.catalog.rules();
    let disputes = Rules::DISPUTES.iter().enumerate();
    BillView {
        total: if state.late.is_unbilled() {
            text::DUE.to_owned()
        } else {
            cents(bill.total)
        },
        currency: bill.total.currency().to_string(),
        caption: if bill.is_complete() {
            total(state).1
        } else {
            text::at_least(bill.open_lines().count(), &total(state).1)
        },
        grouping,
        groups: if by_service {
            groups(bill, state.cost.line)
        } else {
            Vec::new()
        },
        shares: if by_service {
            Vec::new()
        } else {
            shares(bill, grouping)
        },
        notes: notes(state),
        lost: lost_flows(state),
        traffic: Amount::ALL
            .map(|amount| amount_field(state, amount))
            .to_vec(),
        disputes: disputes
            .map(|(at, dispute)| DisputeView {
                question: dispute.question,
                sides: [dispute.default, dispute.other],
                other: rules.takes_other(at),
            })
            .collect(),
        zones: rules.between_zones.then(|| {
            let gb = rules.between_zones_gb.0.to_string();
            field(state, Field::Zones, text::ZONES, gb)
        }),
        chart: chart(state),
        prices: prices(state),
    }
}

/// What a reader must know of the bill, and whether its traffic differs from pair to pair.
fn notes(state: &State) -> Vec<String> {
    let mut notes = state.cost.bill.notes.clone();
    let design = state.document.design.as_ref();
    let uneven = design
        .filter(|design| design.pattern().is_some())
        .map(|design| design.intent.traffic_demand())
        .is_some_and(|demand| !demand.entries.is_empty());
    if uneven {
        notes.push(text::UNEVEN.to_owned());
    }
    notes
}

fn groups(bill: &Bill, open: Option<usize>) -> Vec<BillGroup> {
    let mut at = 0;
    let mut groups: Vec<BillGroup> = bill
        .groups()
        .map(|(group, lines, sum)| BillGroup {
            name: group.word(),
            lines: lines
                .iter()
                .map(|one| {
                    at += 1;
                    line(at - 1, one, open == Some(at - 1))
                })
                .collect(),
            sum: cents(sum),
        })
        .collect();
    for column in [0, 2] {
        let mut cells: Vec<&mut String> = groups
            .iter_mut()
            .flat_map(|group| &mut group.lines)
            .filter_map(|line| line.figures.get_mut(column))
            .collect();
        align(&mut cells);
    }
    groups
}

fn line(at: usize, line: &Line, open: bool) -> BillLine {
    let unpriced = || text::OPEN.to_owned();
    BillLine {
        at,
        meter: meter(line),
        subject: line.subject.clone(),
        figures: [
            line.quantity.to_string(),
            units(line.meter.unit).to_owned(),
            line.unit_price
                .map_or_else(unpriced, |price| number(&price.to_string()).to_owned()),
            line.amount.map_or_else(unpriced, cents),
        ],
        date: line.date.clone(),
        basis: Chip::new(tone(&line.basis), line.basis.word()),
        detail: open.then(|| detail(line)),
    }
}

fn detail(line: &Line) -> LineDetail {
    let unit = units(line.meter.unit);
    let product = match (line.unit_price, line.amount) {
        (Some(price), Some(amount)) => {
            format!("{} {unit} × {price} = {amount:.2}", line.quantity)
        }
        _ => format!("{} {unit}, without a price", line.quantity),
    };
    let mut why: Vec<String> = line.basis.why().map(str::to_owned).into_iter().collect();
    if line.discount > 0 {
        let percent = Quantity::from_thousandths(u64::from(line.discount) * 10);
        why.push(format!("{percent} % off the listed price"));
    }
    LineDetail {
        product,
        derivation: line.derivation.clone(),
        parts: if line.parts.len() > 1 {
            line.parts
                .iter()
                .take(MOST_LOST)
                .map(|p| part(p, unit))
                .collect()
        } else {
            Vec::new()
        },
        why,
        source: line
            .source
            .as_ref()
            .map(|s| (s.title.clone(), s.url.clone())),
    }
}

fn part(part: &Part, unit: &str) -> String {
    let pair = if part.pair.is_empty() {
        String::new()
    } else {
        format!(", {}", part.pair)
    };
    format!("{}{pair}: {} {unit}", part.element, part.quantity)
}

fn meter(line: &Line) -> String {
    meter_name([&line.meter.product, &line.meter.sku, &line.meter.meter])
}

fn shares(bill: &Bill, grouping: Grouping) -> Vec<ShareView> {
    let total = bill.total.nanos().max(1);
    let mut shares = bill.by(grouping);
    shares.sort_by_key(|share| std::cmp::Reverse(share.amount.nanos()));
    let view = |share: interspoke_core::price::Share| {
        let permille = share.amount.nanos().saturating_mul(1_000) / total;
        let mut uses = Vec::new();
        for line in &bill.lines {
            let mine = |part: &&Part| match grouping {
                Grouping::Element => part.element == share.name,
                Grouping::Pair => part.pair == share.name,
                _ => line.region == share.name,
            };
            let parts = line.parts.iter().filter(mine);
            let sum: u64 = parts.map(|part| part.quantity.thousandths()).sum();
            if sum > 0 {
                let quantity = Quantity::from_thousandths(sum);
                uses.push(format!(
                    "{}: {quantity} {}",
                    meter(line),
                    units(line.meter.unit)
                ));
            }
        }
        ShareView {
            name: if share.name.is_empty() {
                text::STANDING.to_owned()
            } else {
                share.name
            },
            amount: cents(share.amount),
            permille: u64::try_from(permille).unwrap_or(0),
            open: share.open,
            uses,
        }
    };
    shares.into_iter().map(view).collect()
}

/// Pads numbers behind, so that their points stand under each other in a column that ends right.
fn align(cells: &mut [&mut String]) {
    const DIGIT: char = '\u{2007}';
    const POINT: char = '\u{2008}';
    let is_number = |cell: &str| cell.ends_with(|c: char| c.is_ascii_digit());
    let tail = |cell: &str| cell.find('.').map_or(0, |point| cell.len() - point);
    let numbers = cells.iter().filter(|cell| is_number(cell));
    let longest = numbers.map(|cell| tail(cell)).max().unwrap_or(0);
    for cell in cells.iter_mut().filter(|cell| is_number(cell)) {
        let own = tail(cell);
        for place in own..longest {
            cell.push(if place == 0 { POINT } else { DIGIT });
        }
    }
}

fn lost_flows(state: &State) -> Vec<LostView> {
    let lost_flows = state.cost.bill.lost.iter().take(MOST_LOST);
    let view = |one: &interspoke_core::price::LostFlow| {
        let (title, chip, says) = lost(state, one.flow);
        LostView {
            flow: one.flow,
            title,
            chip,
            says,
            flows: text::grouped(one.flows),
        }
    };
    lost_flows.map(view).collect()
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

fn amount_field(state: &State, amount: Amount) -> TrafficField {
    let traffic = &state.document.traffic;
    let (label, gb) = match amount {
        Amount::Within => ("inside each region", traffic.within_regions_gb),
        Amount::Between => ("between regions", traffic.between_regions_gb),
        Amount::OnPremises => ("with on-premises", traffic.to_on_premises_gb),
    };
    field(state, Field::Traffic(amount), label, gb.0.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stand_under_each_other() {
        let mut texts = ["730", "1,333.333", "0.5", "open"].map(String::from);
        align(&mut texts.iter_mut().collect::<Vec<_>>());
        assert_eq!(
            texts,
            [
                "730\u{2008}\u{2007}\u{2007}\u{2007}",
                "1,333.333",
                "0.5\u{2007}\u{2007}",
                "open"
            ]
        );
    }
}
