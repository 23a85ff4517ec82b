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
//! Prices of one's own come before the list's ([`Import`]); a discount lowers every price of its service. A list in
//! another currency takes the built-in USD prices at a rate that is given, and leaves them open without one.
//!
//! The data stands in `core/data`, each file with its provenance. Left out: reservations and savings plans.

use super::list::{self, Row, Scope};
use super::quote::{AssumedPrices, Basis, Meter, PriceSource, Quote, Tier, Unit};
use super::rules::Rules;
use crate::spec::{CircuitFamily, CircuitPlanSpec, CircuitTier};
use crate::units::{Currency, Money, half_even};
use std::collections::BTreeMap;

/// Keys of the sources of circuits and data that leaves Azure, and of virtual machines.
const EGRESS_SOURCE: &str = "tco";
const VM_SOURCE: &str = "karpenter";

/// A price seen longer than this before the list's date is assumed.
const FRESH_MONTHS: u32 = 12;

/// Hundredths of a per cent in a whole.
const WHOLE: u32 = 10_000;
/// Service and product of firewalls.
const FIREWALL: &str = "Azure Firewall";
const NANOS_OF_A_CENT: i128 = 10_000_000;

/// A price list.
#[derive(Debug, Clone)]
pub struct Catalog {
    rows: Vec<Row>,
    /// Whether the built-in tables of circuits, machines and data that leaves Azure are part of it.
    with_tables: bool,
    /// Prices of one's own; they come first.
    own: Vec<Row>,
    sources: BTreeMap<String, PriceSource>,
    zones: BTreeMap<String, String>,
    circuit_zones: BTreeMap<String, String>,
    assumed: AssumedPrices,
    rules: Rules,
    /// Services with what is taken off their prices, in hundredths of a per cent.
    discounts: Vec<(String, u32)>,
    currency: Currency,
    /// What a dollar costs in the currency.
    dollar: Option<Money>,
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
        let rows = list::rows(&list::sources());
        Self {
            with_tables: true,
            ..Self::of_rows(rows, Vec::new())
        }
    }

    /// A list of these rows alone.
    pub(super) fn of_rows(rows: Vec<Row>, own: Vec<Row>) -> Self {
        Self {
            rows,
            with_tables: false,
            own,
            sources: list::sources(),
            zones: list::peering_zones(),
            circuit_zones: list::circuit_zones(),
            assumed: AssumedPrices::Use,
            rules: Rules::default(),
            discounts: Vec::new(),
            currency: Currency::USD,
            dollar: None,
        }
    }

    /// The same list with another treatment of assumed prices.
    #[must_use]
    pub fn with_assumed(self, assumed: AssumedPrices) -> Self {
        Self { assumed, ..self }
    }

    /// The same list with other charging rules.
    #[must_use]
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    /// The same list with so many hundredths of a per cent off every price of a service, as `Virtual Network`.
    ///
    /// ```
    /// use interspoke_core::price::Catalog;
    /// let catalog = Catalog::built_in().with_discount("Azure Firewall", 2_000);
    /// let quote = catalog.quote(["Azure Firewall", "Azure Firewall", "Standard", "Standard Deployment"], "eastus");
    /// assert_eq!(quote.price.unwrap().to_string(), "USD 1.00");
    /// ```
    #[must_use]
    pub fn with_discount(mut self, service: &str, hundredths_of_percent: u32) -> Self {
        self.discounts.retain(|(known, _)| known != service);
        self.discounts
            .push((service.to_owned(), hundredths_of_percent.min(WHOLE)));
        self
    }

    /// The price of an hour of Azure Firewall of a tier (`Standard`) in a region, in US cents; none where it is open.
    #[must_use]
    pub fn firewall_hour_cents(&self, region: &str, tier: &str) -> Option<u64> {
        let meter = format!("{tier} Deployment");
        let service = FIREWALL;
        let quote = self.quote([service, service, tier, &meter], region);
        u64::try_from(quote.price?.nanos() / NANOS_OF_A_CENT).ok()
    }

    /// The same list with another price of a firewall's hour, in hub VNets and in hubs of Virtual WAN.
    #[must_use]
    pub fn with_firewall_hour(mut self, tier: &str, cents: u64) -> Self {
        let price = Money::from_nanos(self.currency, i128::from(cents) * NANOS_OF_A_CENT);
        let source = PriceSource {
            title: "what is asked about".to_owned(),
            url: String::new(),
        };
        for row in self.rows_of_firewall(tier) {
            self.own.push(Row::single(row, price, "", &source));
        }
        self
    }

    /// Meters of a firewall's hour.
    fn rows_of_firewall(&self, tier: &str) -> Vec<Meter> {
        let rows = self.rows.iter().chain(&self.own);
        let meters = rows.map(|row| &row.meter);
        let mut found: Vec<Meter> = meters
            .filter(|meter| {
                let deployed = meter.service == FIREWALL && meter.meter.ends_with("Deployment");
                deployed && meter.sku.starts_with(tier)
            })
            .cloned()
            .collect();
        found.sort_by(|a, b| (&a.sku, &a.meter).cmp(&(&b.sku, &b.meter)));
        found.dedup();
        found
    }

    /// The same list with rows of one's own before it.
    pub(super) fn with_own(self, own: Vec<Row>) -> Self {
        Self { own, ..self }
    }

    /// The same list in a currency.
    pub(super) fn in_money(self, currency: Currency, dollar: Option<Money>) -> Self {
        Self {
            currency,
            dollar: dollar.filter(|dollar| dollar.currency() == currency && dollar.nanos() > 0),
            ..self
        }
    }

    /// What a dollar costs in the list's currency, where it is given.
    #[must_use]
    pub const fn dollar(&self) -> Option<Money> {
        self.dollar
    }

    /// Services with what is taken off their prices, in hundredths of a per cent.
    #[must_use]
    pub fn discounts(&self) -> &[(String, u32)] {
        &self.discounts
    }

    /// Every row: one's own first, then the built-in ones.
    pub(super) fn all_rows(&self) -> impl Iterator<Item = (bool, &Row)> {
        let own = self.own.iter().map(|row| (true, row));
        own.chain(self.rows.iter().map(|row| (false, row)))
    }

    /// The built-in tables as rows, where they are part of the list.
    pub(super) fn tables(&self) -> Vec<Row> {
        let source = |key| self.sources.get(key);
        match (source(EGRESS_SOURCE), source(VM_SOURCE)) {
            (Some(tco), Some(machines)) if self.with_tables => list::tables(tco, tco, machines),
            _ => Vec::new(),
        }
    }

    /// What the list has for the meter and place of a row, or for the meter elsewhere.
    pub(super) fn same_place(&self, tables: &[Row], row: &Row) -> Vec<Tier> {
        let names = row.meter.names();
        let here = |known: &&Row| {
            known.scope == row.scope
                || known.scope == Scope::Everywhere
                || row.regions().is_some_and(|regions| {
                    regions
                        .iter()
                        .all(|region| self.covers(&known.scope, region))
                })
        };
        let rows = || {
            let all = self.own.iter().chain(&self.rows).chain(tables);
            all.filter(|known| known.is(names))
        };
        let newest = |row: &&Row| row.date.clone();
        if let Some(known) = rows().filter(here).max_by_key(newest) {
            return self.steps(known, names[2], None);
        }
        let elsewhere = rows()
            .filter(|known| known.regions().is_some())
            .max_by_key(newest);
        elsewhere.map_or_else(Vec::new, |known| {
            self.steps(known, names[2], Some("seen for other regions"))
        })
    }

    /// The first of one's own rows, then of the built-in ones, that has these names and covers a region.
    fn row_for(&self, names: [&str; 4], region: &str) -> Option<&Row> {
        self.all_rows()
            .map(|(_, row)| row)
            .find(|row| row.is(names) && self.covers(&row.scope, region))
    }

    /// The charging rules in force.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// What is taken off the prices of a service, in hundredths of a per cent.
    #[must_use]
    pub fn discount(&self, service: &str) -> u32 {
        self.discounts
            .iter()
            .find(|(known, _)| known == service)
            .map_or(0, |(_, off)| *off)
    }

    /// The currency of every price.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
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

    /// The zone that prices ExpressRoute circuits in a region, and whether it is only assumed.
    ///
    /// ```
    /// let catalog = interspoke_core::price::Catalog::built_in();
    /// assert_eq!(catalog.circuit_zone("australiaeast"), ("4", false));
    /// assert_eq!(catalog.circuit_zone("qatarcentral"), ("1", true));
    /// ```
    #[must_use]
    pub fn circuit_zone(&self, region: &str) -> (&str, bool) {
        match self.circuit_zones.get(region) {
            Some(zone) => (zone, false),
            // The collection wrote zone 1 for whatever it did not know.
            None => ("1", self.zone(region) != Some("1")),
        }
    }

    /// The price of a meter, by its service, product, SKU and meter names, in a region; the first step where it has
    /// several.
    ///
    /// ```
    /// use interspoke_core::price::{Basis, Catalog};
    /// let catalog = Catalog::built_in();
    /// let quote = catalog.quote(["VPN Gateway", "VPN Gateway", "VpnGw3AZ", "VpnGw3AZ"], "eastus");
    /// assert_eq!((quote.price, quote.basis.word()), (None, "open"));
    /// ```
    #[must_use]
    pub fn quote(&self, names: [&str; 4], region: &str) -> Quote {
        match self.find(names, region) {
            Ok((row, elsewhere)) => self.answer(row, names[2], 0, elsewhere),
            Err(quote) => *quote,
        }
    }

    /// The steps of the price of a meter in a region; one where it has none.
    ///
    /// ```
    /// let catalog = interspoke_core::price::Catalog::built_in();
    /// let names = ["Virtual Network", "Virtual Network Private Link", "Standard", "Standard Data Processed - Ingress"];
    /// assert_eq!(catalog.tiers(names, "").iter().map(|tier| tier.from_gb).collect::<Vec<_>>(), [0, 1_000_000, 5_000_000]);
    /// ```
    #[must_use]
    pub fn tiers(&self, names: [&str; 4], region: &str) -> Vec<Tier> {
        match self.find(names, region) {
            Ok((row, elsewhere)) => self.steps(row, names[2], elsewhere.as_deref()),
            Err(quote) => vec![Tier {
                from_gb: 0,
                quote: *quote,
            }],
        }
    }

    fn steps(&self, row: &Row, sku: &str, elsewhere: Option<&str>) -> Vec<Tier> {
        let tier = |(step, (from_gb, _)): (usize, &(u32, Money))| Tier {
            from_gb: *from_gb,
            quote: self.answer(row, sku, step, elsewhere.map(str::to_owned)),
        };
        row.steps.iter().enumerate().map(tier).collect()
    }

    /// The row that answers, and the reason why it is assumed where it was seen for other regions only; or an open
    /// question.
    fn find(&self, names: [&str; 4], region: &str) -> Result<(&Row, Option<String>), Box<Quote>> {
        let newest = |rows: &'_ [Row], wanted: &dyn Fn(&Row) -> bool| -> Option<usize> {
            let fits = rows
                .iter()
                .enumerate()
                .filter(|(_, row)| row.price().is_some() && row.is(names) && wanted(row));
            // A region's own price comes before the one of all regions.
            let newest = fits.max_by_key(|(_, row)| {
                let apart = row.scope != Scope::Everywhere;
                (apart, &row.date, row.price().map(Money::nanos))
            });
            newest.map(|(position, _)| position)
        };
        let covering = |row: &Row| self.covers(&row.scope, region);
        for rows in [&self.own, &self.rows] {
            if let Some(row) = newest(rows, &covering).and_then(|position| rows.get(position)) {
                return Ok((row, None));
            }
        }
        for rows in [&self.own, &self.rows] {
            if let Some(row) =
                newest(rows, &|row| row.regions().is_some()).and_then(|position| rows.get(position))
            {
                let regions = row.regions().unwrap_or_default();
                let seen = if regions.len() > 3 {
                    "other regions".to_owned()
                } else {
                    regions.join(", ")
                };
                return Ok((row, Some(format!("seen for {seen}"))));
            }
        }
        let known = self.rows.iter().find(|row| row.is(names));
        let [service, product, sku, meter] = names.map(str::to_owned);
        let unit = known.map_or(Unit::Hour, |row| row.meter.unit);
        let meter = Meter {
            service,
            product,
            sku,
            meter,
            unit,
        };
        let why = if known.is_none_or(|row| row.price().is_none()) {
            "no source gives a price".to_owned()
        } else {
            format!("no source, or none that others confirm, names the price zone of {region}")
        };
        Err(Box::new(Quote::open(meter, why)))
    }

    /// The price of a meter whose zones are those of circuits.
    pub(super) fn circuit_quote(&self, names: [&str; 4], region: &str) -> Quote {
        let quote = self.quote(names, region);
        match self.circuit_zone(region) {
            (zone, true) => self.assuming(
                quote,
                &format!("circuit zone {zone} is not confirmed for {region}"),
            ),
            _ => quote,
        }
    }

    /// A month of a circuit that peers in a region.
    ///
    /// ```
    /// use interspoke_core::price::Catalog;
    /// use interspoke_core::spec::{CircuitFamily, CircuitPlanSpec, CircuitTier};
    /// let plan = CircuitPlanSpec { tier: CircuitTier::Standard, family: CircuitFamily::UnlimitedData, bandwidth_in_mbps: 1_000 };
    /// assert_eq!(Catalog::built_in().circuit(plan, "eastus").price.unwrap().to_string(), "USD 5,700.00");
    /// ```
    #[must_use]
    pub fn circuit(&self, plan: CircuitPlanSpec, region: &str) -> Quote {
        let tier = match plan.tier {
            CircuitTier::Local => "Local",
            CircuitTier::Standard => "Standard",
            CircuitTier::Premium => "Premium",
        };
        let family = match plan.family {
            CircuitFamily::MeteredData => "Metered",
            CircuitFamily::UnlimitedData => "Unlimited",
        };
        let meter = list::circuit_meter(tier, family, plan.bandwidth_in_mbps);
        if self.row_for(meter.names(), region).is_some() || !self.with_tables {
            return self.circuit_quote(meter.names(), region);
        }
        let (zone, assumed) = self.circuit_zone(region);
        let price = list::circuit(tier, family, plan.bandwidth_in_mbps, zone);
        let Some((price, source)) = price.zip(self.sources.get(EGRESS_SOURCE)) else {
            return Quote::open(
                meter,
                format!("no source gives a price for this circuit in zone {zone}"),
            );
        };
        let row = Row::single(meter, price, list::EGRESS_DATE, source);
        let reason = assumed.then(|| format!("circuit zone {zone} is not confirmed for {region}"));
        self.answer(&row, "*", 0, reason)
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
        let meter = list::machine_meter(size);
        if let Some(row) = self.row_for(meter.names(), region) {
            return self.answer(row, &meter.sku, 0, None);
        }
        let listed = list::machine(size, region).filter(|_| self.with_tables);
        match listed.zip(self.sources.get(VM_SOURCE)) {
            Some((price, source)) => {
                let row = Row::single(meter, price, list::VM_DATE, source);
                self.answer(&row, size, 0, None)
            }
            None => Quote::open(
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
        let meter = list::egress_meter();
        if let Some(row) = self.row_for(meter.names(), region) {
            return self.steps(row, "Standard", None);
        }
        let listed = list::egress(region).filter(|_| self.with_tables);
        let listed = listed.zip(self.sources.get(EGRESS_SOURCE));
        let Some((steps, source)) = listed else {
            let quote = Quote::open(
                meter,
                format!("no source gives the price of data that leaves {region}"),
            );
            return vec![Tier { from_gb: 0, quote }];
        };
        let row = Row {
            steps,
            ..Row::single(meter, Money::zero(Currency::USD), list::EGRESS_DATE, source)
        };
        self.steps(&row, "Standard", None)
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

    pub(super) fn covers(&self, scope: &Scope, region: &str) -> bool {
        match scope {
            Scope::Everywhere => true,
            Scope::Zone(zone) => self.zone(region) == Some(zone),
            Scope::CircuitZone(zone) => self.circuit_zone(region).0 == zone,
            Scope::Regions(regions) => regions.iter().any(|known| known == region),
        }
    }

    /// A step of a row as an answer: in the list's currency, less the discount, marked where it is old.
    fn answer(&self, row: &Row, sku: &str, step: usize, elsewhere: Option<String>) -> Quote {
        let sku = if row.meter.sku == "*" {
            sku
        } else {
            &row.meter.sku
        };
        let meter = Meter {
            sku: sku.to_owned(),
            ..row.meter.clone()
        };
        let Some((_, listed)) = row.steps.get(step) else {
            return Quote::open(meter, "no source gives a price");
        };
        let Some((price, converted)) = self.in_currency(*listed) else {
            return Quote::open(
                meter,
                format!(
                    "listed in {} only: a rate to {} is asked for",
                    listed.currency(),
                    self.currency
                ),
            );
        };
        let off = self.discount(&meter.service);
        let left = i128::from(WHOLE.saturating_sub(off));
        let nanos = half_even(price.nanos().saturating_mul(left), i128::from(WHOLE));
        let quote = Quote {
            meter,
            price: Some(Money::from_nanos(price.currency(), nanos)),
            basis: Basis::Sourced,
            source: Some(row.source.clone()),
            date: row.date.clone(),
            discount: off,
        };
        let age = months(Self::DATE).saturating_sub(months(&row.date));
        let old = (age > FRESH_MONTHS).then(|| format!("last seen {}", row.date));
        let reasons = elsewhere.into_iter().chain(old).chain(converted);
        reasons.fold(quote, |quote, reason| self.assuming(quote, &reason))
    }

    /// A price in the list's currency, and the reason where it was converted.
    pub(super) fn in_currency(&self, price: Money) -> Option<(Money, Option<String>)> {
        if price.currency() == self.currency {
            return Some((price, None));
        }
        let dollar = self.dollar.filter(|_| price.currency() == Currency::USD)?;
        let product = price.nanos().saturating_mul(dollar.nanos());
        let converted = Money::from_nanos(self.currency, half_even(product, 1_000_000_000));
        Some((
            converted,
            Some(format!("converted from {price} at {dollar} a dollar")),
        ))
    }
}

impl Default for Catalog {
    /// The built-in list.
    fn default() -> Self {
        Self::built_in()
    }
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
    use super::list::read_money;
    use super::*;

    #[test]
    fn every_record_of_the_data_is_read() {
        let catalog = Catalog::built_in();
        assert_eq!(catalog.rows.len(), list::records(list::PRICES).count());
        assert_eq!(catalog.sources.len(), list::records(list::SOURCES).count());
        let regions = list::records(list::ZONES)
            .filter_map(|line| line.split_once(','))
            .flat_map(|(_, regions)| regions.split(' '));
        assert_eq!(catalog.zones.len(), regions.count());
        let circuits = list::records(list::CIRCUITS).filter(|line| !line.starts_with("zone "));
        for line in circuits {
            for price in line.split(',').skip(1).filter(|price| !price.is_empty()) {
                assert!(read_money(price).is_some(), "{line}");
            }
        }
        for line in list::records(list::EGRESS) {
            let (steps, regions) = line.split_once(',').unwrap();
            for region in regions.split(' ') {
                assert_eq!(
                    catalog.internet_egress(region).len(),
                    steps.split(' ').count(),
                    "{region}"
                );
            }
        }
        for line in list::records(list::VM_HOURS).skip(1) {
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
            Some("seen for swedencentral"),
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
