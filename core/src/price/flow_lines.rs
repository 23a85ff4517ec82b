//! From metered work and a demand to the lines of a bill.
//!
//! The rule: a meter and region is a line; its quantity is the sum over kinds of traffic of crossings × figure ÷ pairs,
//! each rounded half to even to a thousandth of a GB. A meter with steps is counted over all regions that have the same
//! steps, one line a step. Whose traffic a line carries is kept beside it, exact to the thousandth.
//!
//! | kind | crossings | figure | pairs | GB |
//! |---|---|---|---|---|
//! | within eastus | 4 | 1,000 GB | 1 | 4,000 |
//! | between regions | 8 | 1,000 GB | 4 | 2,000 |
//!
//! Left out: hours; `standing` has them.

use super::catalog::Catalog;
use super::demand::Demand;
use super::demand::TrafficUnit;
use super::line::{Line, Part, spread};
use super::quote::Tier;
use super::standing::Estate;
use super::tariff::{Tariff, tariff};
use super::traffic::Kind;
use super::work::{Crossings, PARTS, Work};
use crate::units::{GbPerMonth, Quantity, half_even};
use std::collections::BTreeMap;

/// Charges of one line, or of one line a step.
struct Pot {
    tariff: Tariff,
    regions: Vec<String>,
    /// What each element carries.
    rows: Vec<(String, Crossings)>,
}

/// A quantity, how it was found, and whose it is.
struct Volume {
    quantity: Quantity,
    derivation: String,
    parts: Vec<Part>,
}

impl Work {
    /// One line a meter and region, or a step.
    pub(super) fn flow_lines(
        &self,
        estate: &Estate<'_>,
        demand: &Demand,
        catalog: &Catalog,
    ) -> Vec<Line> {
        let mut pots = self.pots(estate, catalog);
        pots.sort_by(|a, b| a.order().cmp(&b.order()));
        pots.iter()
            .flat_map(|pot| self.lines_of(pot, demand))
            .collect()
    }

    fn pots(&self, estate: &Estate<'_>, catalog: &Catalog) -> Vec<Pot> {
        let mut pots: Vec<Pot> = Vec::new();
        for (charge, crossings) in &self.charges {
            let Some(tariff) = tariff(charge, estate, catalog) else {
                continue;
            };
            let row = (tariff.element.clone(), crossings.clone());
            if let Some(pot) = pots.iter_mut().find(|pot| pot.takes(&tariff)) {
                if !pot.regions.contains(&tariff.region) {
                    pot.regions.push(tariff.region);
                }
                pot.rows.push(row);
            } else {
                let regions = vec![tariff.region.clone()];
                pots.push(Pot {
                    tariff,
                    regions,
                    rows: vec![row],
                });
            }
        }
        pots
    }

    fn lines_of(&self, pot: &Pot, demand: &Demand) -> Vec<Line> {
        let volume = self.volume(demand, &pot.rows);
        let (tariff, tiers) = (&pot.tariff, &pot.tariff.tiers);
        let stepped = tiers.len() > 1;
        let mut lines = Vec::new();
        for (position, tier) in tiers.iter().enumerate() {
            let next = tiers.get(position.saturating_add(1));
            let (quantity, step) = within(volume.quantity, tier, next);
            if quantity == Quantity::ZERO {
                continue;
            }
            let (subject, derivation) = if stepped {
                (
                    pot.regions.join(", "),
                    format!("{}; of this, {step}", volume.derivation),
                )
            } else {
                (tariff.subject.clone(), volume.derivation.clone())
            };
            let weights: Vec<u64> = volume
                .parts
                .iter()
                .map(|part| part.quantity.thousandths())
                .collect();
            let shares = spread(i128::from(quantity.thousandths()), &weights);
            let parts = volume.parts.iter().zip(shares).map(|(part, share)| Part {
                quantity: Quantity::from_thousandths(u64::try_from(share).unwrap_or(0)),
                ..part.clone()
            });
            let mut line = Line::new(
                tariff.group,
                subject,
                quantity,
                derivation,
                tier.quote.clone(),
            );
            line.region = pot.regions.join(", ");
            line.parts = parts.collect();
            lines.push(line);
        }
        lines
    }

    /// The volume of what several elements carry.
    fn volume(&self, demand: &Demand, rows: &[(String, Crossings)]) -> Volume {
        let mut kinds: BTreeMap<&Kind, u64> = BTreeMap::new();
        for ((kind, _), parts) in rows.iter().flat_map(|(_, crossings)| crossings) {
            let sum = kinds.entry(kind).or_default();
            *sum = sum.saturating_add(*parts);
        }
        let mut volume = Volume {
            quantity: Quantity::ZERO,
            derivation: String::new(),
            parts: Vec::new(),
        };
        for (kind, all) in &kinds {
            let (figure, pairs) = self.figure(demand, kind);
            let part = share(figure.0, *all, pairs);
            if part == Quantity::ZERO {
                continue;
            }
            let times = Quantity::from_thousandths(all.saturating_mul(1_000) / PARTS);
            let over = if pairs == 1 {
                String::new()
            } else {
                format!(" ÷ {} pairs", count(pairs))
            };
            let plural = if times == Quantity::whole(1) { "" } else { "s" };
            if !volume.derivation.is_empty() {
                volume.derivation.push_str("; ");
            }
            volume.derivation.push_str(&format!(
                "{kind}: {times} crossing{plural} × {} GB{over} = {part} GB",
                figure.0
            ));
            volume.quantity = volume.quantity.saturating_add(part);
            let of_kind = || {
                rows.iter().flat_map(|(element, crossings)| {
                    crossings
                        .iter()
                        .filter(|((other, _), _)| other == *kind)
                        .map(move |((_, pair), parts)| (element, pair, *parts))
                })
            };
            let weights: Vec<u64> = of_kind().map(|(.., parts)| parts).collect();
            let shares = spread(i128::from(part.thousandths()), &weights);
            for ((element, pair, _), share) in of_kind().zip(shares) {
                volume.parts.push(Part {
                    element: element.clone(),
                    pair: pair.clone(),
                    quantity: Quantity::from_thousandths(u64::try_from(share).unwrap_or(0)),
                });
            }
        }
        volume
    }

    /// The figure of a kind, and by how many pairs it is divided.
    pub(super) fn figure(&self, demand: &Demand, kind: &Kind) -> (GbPerMonth, u64) {
        let flows = self.flows.get(kind).copied().unwrap_or(1).max(1);
        // A uniform figure is each direction's, an entry's is that of its direction.
        let both = flows.div_ceil(2);
        match kind {
            Kind::Entry(position, _) => match demand.entries.get(*position as usize) {
                Some(entry) if entry.unit == TrafficUnit::PerPair => (entry.gb, 1),
                Some(entry) => (entry.gb, flows),
                None => (GbPerMonth::ZERO, flows),
            },
            Kind::Internet => (demand.to_internet, both),
            _ => (demand.uniform.figure(kind), both),
        }
    }
}

impl Pot {
    fn takes(&self, other: &Tariff) -> bool {
        let own = &self.tariff;
        let same_meter = own.group == other.group
            && own.tiers.first().map(|tier| &tier.quote.meter)
                == other.tiers.first().map(|tier| &tier.quote.meter);
        same_meter
            && if own.tiers.len() > 1 {
                own.tiers == other.tiers
            } else {
                own.subject == other.subject && other.tiers.len() == 1
            }
    }

    /// By group, subject and meter; meters with steps behind the others.
    fn order(&self) -> (super::Group, bool, &str, Option<&super::Meter>) {
        let own = &self.tariff;
        (
            own.group,
            own.tiers.len() > 1,
            &own.subject,
            own.tiers.first().map(|tier| &tier.quote.meter),
        )
    }
}

/// How much of a volume falls into a step, and the step in words.
fn within(volume: Quantity, tier: &Tier, next: Option<&Tier>) -> (Quantity, String) {
    let from = Quantity::whole(tier.from_gb);
    let end = next.map(|next| Quantity::whole(next.from_gb));
    let quantity = end
        .map_or(volume, |end| volume.min(end))
        .saturating_sub(from);
    let end = end.map_or_else(|| "on".to_owned(), |end| format!("to {end} GB"));
    (quantity, format!("from {from} GB {end}"))
}

/// `figure` × crossings ÷ pairs, rounded half to even to a thousandth.
fn share(figure: Quantity, parts: u64, pairs: u64) -> Quantity {
    let dividend = i128::from(figure.thousandths()).saturating_mul(i128::from(parts));
    let divisor = i128::from(PARTS).saturating_mul(i128::from(pairs));
    let rounded = half_even(dividend, divisor);
    Quantity::from_thousandths(u64::try_from(rounded).unwrap_or(u64::MAX))
}

/// A count as people read it.
pub(super) fn count(number: u64) -> String {
    Quantity::from_thousandths(number.saturating_mul(1_000)).to_string()
}

/// Where steps of prices begin, in GB, with how much a demand sends through each, in thousandths of a GB.
pub(super) fn steps(
    work: &Work,
    estate: &Estate<'_>,
    demand: &Demand,
    catalog: &Catalog,
) -> Vec<(u32, u64)> {
    let mut steps = Vec::new();
    for pot in work
        .pots(estate, catalog)
        .iter()
        .filter(|pot| pot.tariff.tiers.len() > 1)
    {
        let volume = work.volume(demand, &pot.rows).quantity.thousandths();
        let begin = pot
            .tariff
            .tiers
            .iter()
            .map(|tier| tier.from_gb)
            .filter(|from| *from > 0 && volume > 0);
        steps.extend(begin.map(|from| (from, volume)));
    }
    steps
}
