//! The built-in price list as rows: data files, read.
//!
//! The rule: every record names where and when its price was seen. Tables that are large (virtual machines, circuits,
//! data that leaves Azure) stay text until a price of them is asked for.
//!
//! | file | holds |
//! |---|---|
//! | `prices-2026-11.csv` | meters, by region, by peering zone, by circuit zone or everywhere; steps as `0:0.01 1000000:0.006` |
//! | `price-sources.csv` | title and address of each source |
//! | `peering-zones.csv` | the zones of global peering |
//! | `internet-egress-2026-07.csv` | steps of data that leaves Azure |
//! | `circuits-2026-07.csv` | circuits and their zones |
//! | `vm-hours-2026-06.csv` | hours of virtual machines |
//!
//! Left out: what a price is used for; [`super::Catalog`] knows.

use super::quote::{Meter, PriceSource, Unit};
use crate::order::Map;
use crate::units::Money;

pub(super) const PRICES: &str = include_str!("../../data/prices-2026-11.csv");
pub(super) const SOURCES: &str = include_str!("../../data/price-sources.csv");
pub(super) const ZONES: &str = include_str!("../../data/peering-zones.csv");
pub(super) const EGRESS: &str = include_str!("../../data/internet-egress-2026-07.csv");
pub(super) const VM_HOURS: &str = include_str!("../../data/vm-hours-2026-06.csv");
pub(super) const CIRCUITS: &str = include_str!("../../data/circuits-2026-07.csv");

/// Where a price holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    Everywhere,
    Zone(String),
    CircuitZone(String),
    Regions(Vec<String>),
}

/// A price as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) meter: Meter,
    pub(super) scope: Scope,
    /// The price from each number of units on, ascending.
    pub(super) steps: Vec<(u32, Money)>,
    pub(super) date: String,
    pub(super) source: PriceSource,
}

impl Row {
    /// A price that holds wherever it was looked up.
    pub(super) fn single(meter: Meter, price: Money, date: &str, source: &PriceSource) -> Self {
        Self {
            meter,
            scope: Scope::Everywhere,
            steps: vec![(0, price)],
            date: date.to_owned(),
            source: source.clone(),
        }
    }

    /// Whether it is the meter of those service, product, SKU and meter names.
    pub(super) fn is(&self, names: [&str; 4]) -> bool {
        let own = &self.meter;
        let [service, product, sku, meter] = names;
        let any = own.sku == "*" || sku == "*";
        own.meter == meter
            && own.product == product
            && own.service == service
            && (any || own.sku == sku)
    }

    /// The first step.
    pub(super) fn price(&self) -> Option<Money> {
        self.steps.first().map(|(_, price)| *price)
    }

    /// The regions it was seen for, where it is not for all or for a zone.
    pub(super) fn regions(&self) -> Option<&[String]> {
        match &self.scope {
            Scope::Regions(regions) => Some(regions),
            _ => None,
        }
    }
}

/// Lines of a data file that carry data.
pub(super) fn records(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

pub(super) fn read_money(digits: &str) -> Option<Money> {
    format!("USD {digits}").parse().ok()
}

pub(super) fn sources() -> Map<String, PriceSource> {
    let read = |line: &str| {
        let mut fields = line.splitn(3, ',').map(str::to_owned);
        let (key, url, title) = (fields.next()?, fields.next()?, fields.next()?);
        Some((key, PriceSource { title, url }))
    };
    records(SOURCES).filter_map(read).collect()
}

pub(super) fn rows(sources: &Map<String, PriceSource>) -> Vec<Row> {
    records(PRICES)
        .filter_map(|line| read_row(line, sources))
        .collect()
}

/// Regions of each zone of a list of `zone,region region …` lines, by region.
fn zones(lines: impl Iterator<Item = (&'static str, &'static str)>) -> Map<String, String> {
    let mut zones = Map::new();
    for (zone, regions) in lines {
        for region in regions.split(' ') {
            zones.insert(region.to_owned(), zone.to_owned());
        }
    }
    zones
}

pub(super) fn peering_zones() -> Map<String, String> {
    zones(records(ZONES).filter_map(|line| line.split_once(',')))
}

pub(super) fn circuit_zones() -> Map<String, String> {
    zones(records(CIRCUITS).filter_map(|line| line.strip_prefix("zone ")?.split_once(": ")))
}

/// The price of a month of a circuit.
pub(super) fn circuit(tier: &str, family: &str, mbps: u32, zone: &str) -> Option<Money> {
    let column = ["1", "2", "3", "4", "US Gov 1"]
        .iter()
        .position(|known| *known == zone)?;
    let plan = format!("{tier} {family} {mbps}").to_ascii_lowercase();
    let row = records(CIRCUITS)
        .find_map(|line| line.split_once(',').filter(|(known, _)| *known == plan))?;
    read_money(row.1.split(',').nth(column)?)
}

/// An hour of a virtual machine.
pub(super) fn machine(size: &str, region: &str) -> Option<Money> {
    let mut lines = records(VM_HOURS);
    let column = lines
        .next()?
        .split(',')
        .position(|known| known.eq_ignore_ascii_case(size))?;
    let row = lines.find(|line| line.split(',').next() == Some(region))?;
    read_money(row.split(',').nth(column)?)
}

/// Steps of data that leaves a region for the Internet.
pub(super) fn egress(region: &str) -> Option<Vec<(u32, Money)>> {
    let mut rows = records(EGRESS).filter_map(|line| line.split_once(','));
    let (steps, _) = rows.find(|(_, regions)| regions.split(' ').any(|known| known == region))?;
    read_steps(steps)
}

/// `0.01`, or `0:0.01 1000000:0.006`.
fn read_steps(text: &str) -> Option<Vec<(u32, Money)>> {
    let step = |step: &str| match step.split_once(':') {
        Some((from, price)) => Some((from.parse().ok()?, read_money(price)?)),
        None => Some((0, read_money(step)?)),
    };
    text.split(' ').map(step).collect()
}

fn read_row(line: &str, sources: &Map<String, PriceSource>) -> Option<Row> {
    let mut fields = line.split(',');
    let mut next = || fields.next();
    let mut name = || next().map(str::to_owned);
    let (service, product, sku, meter) = (name()?, name()?, name()?, name()?);
    let unit = match next()? {
        "GB" => Unit::Gb,
        "hour" => Unit::Hour,
        "month" => Unit::Month,
        _ => return None,
    };
    let regions = next()?;
    let scope = match (
        regions.strip_prefix("zone "),
        regions.strip_prefix("circuit zone "),
    ) {
        (Some(zone), _) => Scope::Zone(zone.to_owned()),
        (_, Some(zone)) => Scope::CircuitZone(zone.to_owned()),
        _ if regions == "*" => Scope::Everywhere,
        _ => Scope::Regions(regions.split(' ').map(str::to_owned).collect()),
    };
    Some(Row {
        meter: Meter {
            service,
            product,
            sku,
            meter,
            unit,
        },
        scope,
        steps: read_steps(next()?)?,
        date: next()?.to_owned(),
        source: sources.get(next()?)?.clone(),
    })
}
