//! The price list: every meter with its Azure names, unit, region, price, source and date.
//!
//! The rule: a price is *sourced* where it was seen for the asked region within a year of the list's date. One that
//! was seen only for another region, or longer ago, is *assumed*: used, and marked with the reason. Without a source
//! the answer is *open*: a price is asked for and none is shown, never a zero.
//!
//! | asked | answer of the list of 2026-11-22 |
//! |---|---|
//! | Standard Deployment, eastus | USD 1.25 an hour, sourced (seen 2026-04-01) |
//! | Standard Deployment, westus2 | USD 1.25 an hour, assumed: seen for eastus |
//! | VpnGw1AZ, eastus | USD 0.21 an hour, assumed: last seen 2025-01-15 |
//! | VpnGw3AZ, eastus | open |
//! | Inter-Region Egress, japaneast | USD 0.09 a GB: zone 2 |
//! | Inter-Region Egress, qatarcentral | open: sources disagree about its zone |
//!
//! The data stands in `core/data`, each file with its provenance. Left out: discounts, reservations and savings plans.

use super::quote::{AssumedPrices, Basis, Meter, PriceSource, Quote, Tier, Unit};
use crate::units::{Currency, Money};
use std::collections::BTreeMap;

const PRICES: &str = include_str!("../../data/prices-2026-11.csv");
const SOURCES: &str = include_str!("../../data/price-sources.csv");
const ZONES: &str = include_str!("../../data/peering-zones.csv");
const EGRESS: &str = include_str!("../../data/internet-egress-2026-07.csv");
const VM_HOURS: &str = include_str!("../../data/vm-hours-2026-06.csv");

const EGRESS_SEEN: (&str, &str) = ("tco", "2026-07-21");
const VM_SEEN: (&str, &str) = ("karpenter", "2026-06-18");

/// A price seen longer than this before the list's date is assumed.
const FRESH_MONTHS: u32 = 12;

#[derive(Debug, Clone)]
enum Scope {
    Everywhere,
    Zone(String),
    Regions(Vec<String>),
}

#[derive(Debug, Clone)]
struct Row {
    meter: Meter,
    scope: Scope,
    price: Money,
    date: String,
    source: PriceSource,
}

impl Row {
    /// Whether it is the meter of those service, product, SKU and meter names.
    fn is(&self, names: [&str; 4]) -> bool {
        let own = &self.meter;
        let sku = if own.sku == "*" { names[2] } else { &own.sku };
        [&own.service, &own.product, sku, &own.meter] == names
    }

    /// The regions it was seen for, where it is not for all or for a zone.
    fn regions(&self) -> Option<&[String]> {
        if let Scope::Regions(regions) = &self.scope {
            Some(regions)
        } else {
            None
        }
    }
}

/// A price list.
#[derive(Debug, Clone)]
pub struct Catalog {
    rows: Vec<Row>,
    sources: BTreeMap<String, PriceSource>,
    zones: BTreeMap<String, String>,
    assumed: AssumedPrices,
}

impl Catalog {
    /// The day the built-in list was gathered.
    pub const DATE: &'static str = "2026-11-22";

    /// The built-in list.
    ///
    /// ```
    /// use interspoke_core::price::Catalog;
    /// let catalog = Catalog::built_in();
    /// let quote = catalog.quote(["Azure Firewall", "Azure Firewall", "Standard", "Standard Deployment"], "eastus");
    /// assert_eq!(quote.price.unwrap().to_string(), "USD 1.25");
    /// ```
    #[must_use]
    pub fn built_in() -> Self {
        let sources: BTreeMap<String, PriceSource> =
            records(SOURCES).filter_map(read_source).collect();
        let rows = records(PRICES)
            .filter_map(|line| read_row(line, &sources))
            .collect();
        let zones = records(ZONES)
            .filter_map(|line| line.split_once(','))
            .flat_map(|(zone, regions)| {
                regions
                    .split(' ')
                    .map(move |region| (region.to_owned(), zone.to_owned()))
            })
            .collect();
        Self {
            rows,
            sources,
            zones,
            assumed: AssumedPrices::Use,
        }
    }

    /// The same list with another treatment of assumed prices.
    #[must_use]
    pub fn with_assumed(self, assumed: AssumedPrices) -> Self {
        Self { assumed, ..self }
    }

    /// The currency of every price.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        Currency::USD
    }

    /// The zone that prices global peering in a region.
    ///
    /// ```
    /// let catalog = interspoke_core::price::Catalog::built_in();
    /// assert_eq!(catalog.zone("westus2"), Some("1"));
    /// assert_eq!(catalog.zone("qatarcentral"), None);
    /// ```
    #[must_use]
    pub fn zone(&self, region: &str) -> Option<&str> {
        self.zones.get(region).map(String::as_str)
    }

    /// The price of a meter, by its service, product, SKU and meter names, in a region.
    ///
    /// ```
    /// use interspoke_core::price::{Basis, Catalog};
    /// let catalog = Catalog::built_in();
    /// let quote = catalog.quote(["VPN Gateway", "VPN Gateway", "VpnGw3AZ", "VpnGw3AZ"], "eastus");
    /// assert_eq!((quote.price, quote.basis.word()), (None, "open"));
    /// ```
    #[must_use]
    pub fn quote(&self, names: [&str; 4], region: &str) -> Quote {
        let [service, product, sku, meter] = names;
        let rows: Vec<&Row> = self.rows.iter().filter(|row| row.is(names)).collect();
        let newest_of = |wanted: &dyn Fn(&Row) -> bool| {
            let rows = rows.iter().copied().filter(|row| wanted(row));
            rows.max_by_key(|row| (&row.date, row.price.nanos()))
        };
        if let Some(row) = newest_of(&|row| self.covers(&row.scope, region)) {
            return self.answer(row.clone(), sku, None);
        }
        if let Some(row) = newest_of(&|row| row.regions().is_some()) {
            let seen = row.regions().map(|regions| regions.join(", "));
            return self.answer(
                row.clone(),
                sku,
                seen.map(|regions| format!("seen for {regions}")),
            );
        }
        let unit = rows.first().map_or(Unit::Hour, |row| row.meter.unit);
        let [service, product, sku, meter] = [service, product, sku, meter].map(str::to_owned);
        let meter = Meter {
            service,
            product,
            sku,
            meter,
            unit,
        };
        let why = if rows.is_empty() {
            "no source gives a price".to_owned()
        } else {
            format!("no source, or none that others confirm, names the price zone of {region}")
        };
        Quote::open(meter, why)
    }

    /// Hours of a Linux virtual machine, by its size as `D4s_v5` or `Standard_D4s_v5`.
    ///
    /// ```
    /// let catalog = interspoke_core::price::Catalog::built_in();
    /// assert_eq!(catalog.virtual_machine("Standard_D4s_v5", "eastus").price.unwrap().to_string(), "USD 0.192");
    /// ```
    #[must_use]
    pub fn virtual_machine(&self, size: &str, region: &str) -> Quote {
        let size = size.strip_prefix("Standard_").unwrap_or(size);
        let words = size.replace('_', " ");
        let meter = Meter {
            service: "Virtual Machines".to_owned(),
            product: "Virtual Machines".to_owned(),
            sku: words.clone(),
            meter: words,
            unit: Unit::Hour,
        };
        let mut lines = records(VM_HOURS);
        let column = lines.next().and_then(|sizes| {
            sizes
                .split(',')
                .position(|known| known.eq_ignore_ascii_case(size))
        });
        let row = lines.find(|line| line.split(',').next() == Some(region));
        let price = column
            .zip(row)
            .and_then(|(column, row)| read_money(row.split(',').nth(column)?));
        match (price, self.sources.get(VM_SEEN.0)) {
            (Some(price), Some(source)) => {
                let date = VM_SEEN.1.to_owned();
                let row = Row {
                    meter,
                    scope: Scope::Everywhere,
                    price,
                    date,
                    source: source.clone(),
                };
                self.answer(row, size, None)
            }
            _ => Quote::open(
                meter,
                format!("no source gives a price for {size} in {region}"),
            ),
        }
    }

    /// Steps of the price of data that leaves a region for the Internet; one open step where none is known.
    ///
    /// ```
    /// let tiers = interspoke_core::price::Catalog::built_in().internet_egress("eastus");
    /// let text: Vec<String> = tiers.iter().map(|t| format!("{} {}", t.from_gb, t.quote.price.unwrap())).collect();
    /// assert_eq!(text[..3], ["0 USD 0.00", "100 USD 0.087", "10335 USD 0.083"]);
    /// ```
    #[must_use]
    pub fn internet_egress(&self, region: &str) -> Vec<Tier> {
        let meter = Meter {
            service: "Bandwidth".to_owned(),
            product: "Rtn Preference: MGN".to_owned(),
            sku: "Standard".to_owned(),
            meter: "Standard Data Transfer Out".to_owned(),
            unit: Unit::Gb,
        };
        let row = records(EGRESS)
            .filter_map(|line| line.split_once(','))
            .find(|(_, regions)| regions.split(' ').any(|known| known == region));
        let tier = |step: &str| {
            let (from, price) = step.split_once(':')?;
            let source = self.sources.get(EGRESS_SEEN.0)?.clone();
            let price = read_money(price)?;
            let date = EGRESS_SEEN.1.to_owned();
            let row = Row {
                meter: meter.clone(),
                scope: Scope::Everywhere,
                price,
                date,
                source,
            };
            Some(Tier {
                from_gb: from.parse().ok()?,
                quote: self.answer(row, "Standard", None),
            })
        };
        let tiers: Vec<Tier> = row
            .iter()
            .flat_map(|(steps, _)| steps.split(' ').filter_map(tier))
            .collect();
        if tiers.is_empty() {
            let quote = Quote::open(
                meter,
                format!("no source gives the price of data that leaves {region}"),
            );
            return vec![Tier { from_gb: 0, quote }];
        }
        tiers
    }

    /// The same price, assumed for one more reason; an open question stays open.
    ///
    /// ```
    /// use interspoke_core::price::Catalog;
    /// let catalog = Catalog::built_in();
    /// let quote = catalog.quote(["Azure Firewall", "Azure Firewall", "Standard", "Standard Deployment"], "eastus");
    /// assert_eq!(catalog.assuming(quote, "no tier is named").basis.why(), Some("no tier is named"));
    /// ```
    #[must_use]
    pub fn assuming(&self, quote: Quote, reason: &str) -> Quote {
        let why = match &quote.basis {
            Basis::Sourced => reason.to_owned(),
            Basis::Assumed { why } => format!("{why}; {reason}"),
            Basis::Open { .. } => return quote,
        };
        match self.assumed {
            AssumedPrices::Use => Quote {
                basis: Basis::Assumed { why },
                ..quote
            },
            AssumedPrices::LeaveOpen => {
                Quote::open(quote.meter, format!("assumed prices are left open: {why}"))
            }
        }
    }

    fn covers(&self, scope: &Scope, region: &str) -> bool {
        match scope {
            Scope::Everywhere => true,
            Scope::Zone(zone) => self.zone(region) == Some(zone),
            Scope::Regions(regions) => regions.iter().any(|known| known == region),
        }
    }

    fn answer(&self, row: Row, sku: &str, elsewhere: Option<String>) -> Quote {
        let age = months(Self::DATE).saturating_sub(months(&row.date));
        let old = (age > FRESH_MONTHS).then(|| format!("last seen {}", row.date));
        let sku = if row.meter.sku == "*" {
            sku.to_owned()
        } else {
            row.meter.sku
        };
        let quote = Quote {
            meter: Meter { sku, ..row.meter },
            price: Some(row.price),
            basis: Basis::Sourced,
            source: Some(row.source),
            date: row.date,
        };
        let reasons = elsewhere.into_iter().chain(old);
        reasons.fold(quote, |quote, reason| self.assuming(quote, &reason))
    }
}

impl Default for Catalog {
    /// The built-in list.
    fn default() -> Self {
        Self::built_in()
    }
}

/// Lines of a data file that carry data.
fn records(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

fn read_money(digits: &str) -> Option<Money> {
    format!("USD {digits}").parse().ok()
}

fn read_source(line: &str) -> Option<(String, PriceSource)> {
    let mut fields = line.splitn(3, ',').map(str::to_owned);
    let (key, url, title) = (fields.next()?, fields.next()?, fields.next()?);
    Some((key, PriceSource { title, url }))
}

fn read_row(line: &str, sources: &BTreeMap<String, PriceSource>) -> Option<Row> {
    let fields: Vec<&str> = line.split(',').collect();
    let [
        service,
        product,
        sku,
        meter,
        unit,
        regions,
        price,
        date,
        source,
    ] = fields.try_into().ok()?;
    let unit = match unit {
        "GB" => Unit::Gb,
        "hour" => Unit::Hour,
        "month" => Unit::Month,
        _ => return None,
    };
    let scope = match (regions, regions.strip_prefix("zone ")) {
        ("*", _) => Scope::Everywhere,
        (_, Some(zone)) => Scope::Zone(zone.to_owned()),
        _ => Scope::Regions(regions.split(' ').map(str::to_owned).collect()),
    };
    let [service, product, sku, meter, date] =
        [service, product, sku, meter, date].map(str::to_owned);
    let meter = Meter {
        service,
        product,
        sku,
        meter,
        unit,
    };
    Some(Row {
        meter,
        scope,
        price: read_money(price)?,
        date,
        source: sources.get(source)?.clone(),
    })
}

/// Months since year zero of a date's text; a date without a month is taken as January.
fn months(date: &str) -> u32 {
    let mut parts = date.split('-').map(|part| part.parse::<u32>().unwrap_or(1));
    let year = parts.next().unwrap_or_default();
    year.saturating_mul(12)
        .saturating_add(parts.next().unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_of_the_data_is_read() {
        let catalog = Catalog::built_in();
        assert_eq!(catalog.rows.len(), records(PRICES).count());
        assert_eq!(catalog.sources.len(), records(SOURCES).count());
        let regions = records(ZONES)
            .filter_map(|line| line.split_once(','))
            .flat_map(|(_, regions)| regions.split(' '));
        assert_eq!(catalog.zones.len(), regions.count());
        for line in records(EGRESS) {
            let (steps, regions) = line.split_once(',').unwrap();
            for region in regions.split(' ') {
                assert_eq!(
                    catalog.internet_egress(region).len(),
                    steps.split(' ').count(),
                    "{region}"
                );
            }
        }
        for line in records(VM_HOURS).skip(1) {
            for price in line.split(',').skip(1).filter(|price| !price.is_empty()) {
                assert!(read_money(price).is_some(), "{line}");
            }
        }
    }

    #[track_caller]
    fn check(names: [&str; 4], region: &str, price: Option<&str>, basis: &str, why: Option<&str>) {
        let quote = Catalog::built_in().quote(names, region);
        assert_eq!(quote.price.map(|p| p.to_string()).as_deref(), price);
        assert_eq!((quote.basis.word(), quote.basis.why()), (basis, why));
        assert_eq!(quote.price.is_some(), quote.source.is_some());
    }

    #[test]
    fn prices_are_sourced_assumed_or_open() {
        let firewall = [
            "Azure Firewall",
            "Azure Firewall",
            "Standard",
            "Standard Deployment",
        ];
        check(firewall, "eastus", Some("USD 1.25"), "sourced", None);
        check(firewall, "westeurope", Some("USD 1.25"), "sourced", None);
        check(
            firewall,
            "westus2",
            Some("USD 1.25"),
            "assumed",
            Some("seen for eastus"),
        );
        let gateway = ["VPN Gateway", "VPN Gateway", "VpnGw1AZ", "VpnGw1AZ"];
        check(
            gateway,
            "eastus",
            Some("USD 0.21"),
            "assumed",
            Some("last seen 2025-01-15"),
        );
        check(
            gateway,
            "westus2",
            Some("USD 0.21"),
            "assumed",
            Some("seen for eastus; last seen 2025-01-15"),
        );
        let unknown = ["VPN Gateway", "VPN Gateway", "VpnGw2AZ", "VpnGw2AZ"];
        check(
            unknown,
            "eastus",
            None,
            "open",
            Some("no source gives a price"),
        );
    }

    #[test]
    fn global_peering_is_priced_by_zone() {
        let egress = [
            "Virtual Network",
            "Global Virtual Network Peering",
            "Inter-Region",
            "Inter-Region Egress",
        ];
        for (region, price) in [
            ("westeurope", "0.035"),
            ("japaneast", "0.09"),
            ("brazilsouth", "0.16"),
            ("usgovvirginia", "0.044"),
        ] {
            check(
                egress,
                region,
                Some(&format!("USD {price}")),
                "sourced",
                None,
            );
        }
        let why = "no source, or none that others confirm, names the price zone of qatarcentral";
        check(egress, "qatarcentral", None, "open", Some(why));
    }

    #[test]
    fn assumed_prices_can_be_left_open() {
        let catalog = Catalog::built_in().with_assumed(AssumedPrices::LeaveOpen);
        let quote = catalog.quote(
            [
                "Azure Firewall",
                "Azure Firewall",
                "Standard",
                "Standard Deployment",
            ],
            "westus2",
        );
        assert_eq!(quote.price, None);
        assert_eq!(
            quote.basis.why(),
            Some("assumed prices are left open: seen for eastus")
        );
    }
}
