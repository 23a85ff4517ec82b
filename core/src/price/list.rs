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
//! | `continents.csv` | regions of Europe and of North America |
//!
//! Left out: what a price is used for; [`super::Catalog`] knows.

use super::quote::{Meter, PriceSource, Unit};
use crate::units::Money;
use std::collections::BTreeMap;

pub(super) const PRICES: &str = include_str!("../../data/prices-2026-11.csv");
pub(super) const SOURCES: &str = include_str!("../../data/price-sources.csv");
pub(super) const ZONES: &str = include_str!("../../data/peering-zones.csv");
pub(super) const EGRESS: &str = include_str!("../../data/internet-egress-2026-07.csv");
pub(super) const VM_HOURS: &str = include_str!("../../data/vm-hours-2026-06.csv");
pub(super) const CIRCUITS: &str = include_str!("../../data/circuits-2026-07.csv");

/// The columns of the circuits' prices.
const CIRCUIT_ZONES: [&str; 5] = ["1", "2", "3", "4", "US Gov 1"];

/// When circuits and data that leaves Azure were seen.
pub(super) const EGRESS_DATE: &str = "2026-07-21";

/// When virtual machines were seen.
pub(super) const VM_DATE: &str = "2026-06-18";

/// The service and product of virtual machines.
pub(super) const MACHINES: &str = "Virtual Machines";

const CONTINENTS: &str = include_str!("../../data/continents.csv");

/// Whether regions are the same one, or all of Europe, or all of North America.
pub(crate) fn one_continent(regions: &[&str]) -> bool {
    let Some(first) = regions.first() else {
        return true;
    };
    let mut lines = records(CONTINENTS).filter_map(|line| line.split_once(','));
    let home = lines.find(|(_, all)| all.split(' ').any(|known| known == *first));
    let home = home.map_or(*first, |(_, all)| all);
    regions
        .iter()
        .all(|region| home.split(' ').any(|known| known == *region))
}

/// Whether data from a region of Europe or North America goes to another continent.
pub(super) fn other_continent(from: &str, to: &str) -> bool {
    let on = |region: &str, regions: &str| regions.split(' ').any(|known| known == region);
    let home = records(CONTINENTS)
        .filter_map(|line| line.split_once(','))
        .find(|(_, regions)| on(from, regions));
    home.is_some_and(|(_, regions)| !on(to, regions))
}

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

impl Scope {
    /// `*`, `zone 1`, `circuit zone 1`, or regions with spaces between.
    pub(super) fn read(text: &str) -> Option<Self> {
        let zone = |rest: Option<&str>| rest.filter(|zone| !zone.is_empty()).map(str::to_owned);
        if text == "*" {
            return Some(Self::Everywhere);
        }
        if let Some(zone) = zone(text.strip_prefix("circuit zone ")) {
            return Some(Self::CircuitZone(zone));
        }
        if let Some(zone) = zone(text.strip_prefix("zone ")) {
            return Some(Self::Zone(zone));
        }
        let regions: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let named = |region: &String| !region.is_empty();
        regions.iter().all(named).then_some(Self::Regions(regions))
    }

    /// Where a price holds, as people read it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Everywhere => "all regions".to_owned(),
            Self::Zone(zone) => format!("zone {zone}"),
            Self::CircuitZone(zone) => format!("circuit zone {zone}"),
            Self::Regions(regions) => regions.join(" "),
        }
    }
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
        // The product of a machine is its series, which a size does not tell.
        let machine = service == MACHINES && own.service == MACHINES;
        (machine || (own.meter == meter && own.product == product && own.service == service))
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

pub(super) fn sources() -> BTreeMap<String, PriceSource> {
    let read = |line: &str| {
        let mut fields = line.splitn(3, ',').map(str::to_owned);
        let (key, url, title) = (fields.next()?, fields.next()?, fields.next()?);
        Some((key, PriceSource { title, url }))
    };
    records(SOURCES).filter_map(read).collect()
}

pub(super) fn rows(sources: &BTreeMap<String, PriceSource>) -> Vec<Row> {
    records(PRICES)
        .filter_map(|line| read_row(line, sources))
        .collect()
}

/// Regions of each zone of a list of `zone,region region …` lines, by region.
fn zones(lines: impl Iterator<Item = (&'static str, &'static str)>) -> BTreeMap<String, String> {
    let mut zones = BTreeMap::new();
    for (zone, regions) in lines {
        for region in regions.split(' ') {
            zones.insert(region.to_owned(), zone.to_owned());
        }
    }
    zones
}

pub(super) fn peering_zones() -> BTreeMap<String, String> {
    zones(records(ZONES).filter_map(|line| line.split_once(',')))
}

pub(super) fn circuit_zones() -> BTreeMap<String, String> {
    zones(records(CIRCUITS).filter_map(|line| line.strip_prefix("zone ")?.split_once(": ")))
}

/// The price of a month of a circuit.
pub(super) fn circuit(tier: &str, family: &str, mbps: u32, zone: &str) -> Option<Money> {
    let column = CIRCUIT_ZONES.iter().position(|known| *known == zone)?;
    let plan = format!("{tier} {family} {mbps}").to_ascii_lowercase();
    let row = records(CIRCUITS)
        .find_map(|line| line.split_once(',').filter(|(known, _)| *known == plan))?;
    read_money(row.1.split(',').nth(column)?)
}

/// The tables of circuits, data that leaves Azure and virtual machines as rows, for who wants them whole.
pub(super) fn tables(
    circuits: &PriceSource,
    egress: &PriceSource,
    machines: &PriceSource,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in records(CIRCUITS).filter(|line| !line.starts_with("zone ")) {
        let mut cells = line.split(',');
        let mut words = cells.next().unwrap_or_default().split(' ');
        let (Some(tier), Some(family), Some(mbps)) = (words.next(), words.next(), words.next())
        else {
            continue;
        };
        let meter = circuit_meter(&capital(tier), &capital(family), mbps.parse().unwrap_or(0));
        for (zone, price) in CIRCUIT_ZONES.into_iter().zip(cells) {
            rows.extend(read_money(price).map(|price| Row {
                scope: Scope::CircuitZone(zone.to_owned()),
                ..Row::single(meter.clone(), price, EGRESS_DATE, circuits)
            }));
        }
    }
    for (steps, regions) in records(EGRESS).filter_map(|line| line.split_once(',')) {
        rows.extend(
            Scope::read(regions)
                .zip(read_steps(steps))
                .map(|(scope, steps)| Row {
                    meter: egress_meter(),
                    scope,
                    steps,
                    date: EGRESS_DATE.to_owned(),
                    source: egress.clone(),
                }),
        );
    }
    let mut lines = records(VM_HOURS);
    let sizes = lines.next().unwrap_or_default().split(',').skip(1);
    let lines: Vec<&str> = lines.collect();
    for (column, size) in (1..).zip(sizes) {
        let first = rows.len();
        for line in &lines {
            let mut cells = line.split(',');
            let region = cells.next().unwrap_or_default();
            let Some(price) = cells.nth(column - 1).and_then(read_money) else {
                continue;
            };
            let alike = rows
                .iter_mut()
                .skip(first)
                .find(|row| row.price() == Some(price));
            match alike.map(|row: &mut Row| &mut row.scope) {
                Some(Scope::Regions(regions)) => regions.push(region.to_owned()),
                _ => rows.push(Row {
                    scope: Scope::Regions(vec![region.to_owned()]),
                    ..Row::single(machine_meter(size), price, VM_DATE, machines)
                }),
            }
        }
    }
    rows
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}

/// The meter of a circuit, as `Standard`, `Metered`, 1,000 Mbps.
pub(super) fn circuit_meter(tier: &str, family: &str, mbps: u32) -> Meter {
    let speed = match mbps {
        mbps if mbps >= 1_000 && mbps % 1_000 == 0 => format!("{} Gbps", mbps / 1_000),
        mbps => format!("{mbps} Mbps"),
    };
    let service = "ExpressRoute".to_owned();
    Meter {
        product: service.clone(),
        service,
        sku: format!("{speed} {family} Data"),
        meter: format!("{tier} {family} Data {speed} Circuit"),
        unit: Unit::Month,
    }
}

/// The meter of data that leaves Azure.
pub(super) fn egress_meter() -> Meter {
    let [service, product, sku, meter] = [
        "Bandwidth",
        "Rtn Preference: MGN",
        "Standard",
        "Standard Data Transfer Out",
    ]
    .map(str::to_owned);
    Meter {
        service,
        product,
        sku,
        meter,
        unit: Unit::Gb,
    }
}

/// The meter of a Linux virtual machine, by its size as `D4s_v5`.
pub(super) fn machine_meter(size: &str) -> Meter {
    let service = MACHINES.to_owned();
    let words = size.replace('_', " ");
    Meter {
        product: service.clone(),
        service,
        sku: words.clone(),
        meter: words,
        unit: Unit::Hour,
    }
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

/// `0.01`, or `0:0.01 1000000:0.006`; `?` where no source gives a price.
fn read_steps(text: &str) -> Option<Vec<(u32, Money)>> {
    if text == "?" {
        return Some(Vec::new());
    }
    let step = |step: &str| match step.split_once(':') {
        Some((from, price)) => Some((from.parse().ok()?, read_money(price)?)),
        None => Some((0, read_money(step)?)),
    };
    text.split(' ').map(step).collect()
}

fn read_row(line: &str, sources: &BTreeMap<String, PriceSource>) -> Option<Row> {
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
    let scope = Scope::read(regions)?;
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
