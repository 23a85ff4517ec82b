//! Bills in Markdown: every fenced `json bill` block of `tests/scenarios/*.md` is an estate, its traffic and what it
//! costs, and must hold to the cent.
//!
//! | member | meaning |
//! |---|---|
//! | `network` | the estate; or `design`: a pattern and the Intent that it is drawn for |
//! | `sku` | SKUs of gateways of the drawn network, by name |
//! | `uniform` | figures for each direction, as in a saved file; 0 where absent |
//! | `toInternetGb` | from and to the Internet, each |
//! | `traffic` | entries: `from`, `to` (a name or a list), `gb` in that direction |
//! | `rules` | charging rules that differ from the default, as `includedRoutingUnits` |
//! | `prices` | prices of one's own: `meter` (service, product, SKU, meter), `unit`, `where`, `price`, `from` |
//! | `total` | the sum; a bill with an open line says so in `open` |
//! | `lines` | the amounts by meter: all of them, those of 0 may be left out |
//! | `open` | meters without a price |
//! | `lost` | how many flows between the estate's networks do not arrive and carry nothing; 0 where absent |
//! | `published` | what the source comes to: `total`, and `without`: meters that it leaves out. 0.5 % are allowed |

use crate::bill::adds_up;
use crate::judge::Report;
use crate::scenarios::{Kind, blocks_of};
use interspoke_core::document::Design;
use interspoke_core::issue::Severity;
use interspoke_core::price::{Bill, Catalog, Demand, Entry, Rules, Traffic, bill_of};
use interspoke_core::route::{Routing, Settings};
use interspoke_core::spec::NetworkSpec;
use interspoke_core::topology;
use interspoke_core::units::GbPerMonth;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Scenario {
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "title")]
    _title: String,
    network: Option<NetworkSpec>,
    design: Option<Design>,
    #[serde(default)]
    sku: BTreeMap<String, String>,
    #[serde(default)]
    uniform: Uniform,
    to_internet_gb: Option<GbPerMonth>,
    #[serde(default)]
    traffic: Vec<Way>,
    #[serde(default)]
    rules: OtherRules,
    #[serde(default)]
    prices: Vec<OwnPrice>,
    total: String,
    lines: BTreeMap<String, String>,
    #[serde(default)]
    open: Vec<String>,
    #[serde(default)]
    lost: u64,
    published: Option<Published>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Uniform {
    within_regions_gb: GbPerMonth,
    between_regions_gb: GbPerMonth,
    to_on_premises_gb: GbPerMonth,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Way {
    from: Side,
    to: Side,
    gb: GbPerMonth,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Side {
    One(String),
    Several(Vec<String>),
}

impl Side {
    fn names(&self) -> Vec<String> {
        match self {
            Self::One(name) => vec![name.clone()],
            Self::Several(names) => names.clone(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct OtherRules {
    router_under_intent: Option<bool>,
    router_at_destination: Option<bool>,
    between_continents: Option<bool>,
    included_routing_units: Option<u32>,
    included_tunnels: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnPrice {
    meter: [String; 4],
    unit: String,
    r#where: String,
    price: String,
    #[serde(default)]
    from: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Published {
    total: String,
    #[serde(default)]
    without: Vec<String>,
}

impl Scenario {
    fn spec(&self) -> Result<NetworkSpec, String> {
        let drawn = self.design.as_ref().and_then(Design::network);
        let mut spec = self
            .network
            .clone()
            .or(drawn)
            .ok_or("neither network nor design")?;
        for (name, sku) in &self.sku {
            let gateway = spec
                .gateways
                .iter_mut()
                .find(|gateway| gateway.name == *name);
            let gateway = gateway.ok_or_else(|| format!("no gateway {name}"))?;
            gateway.sku = Some(sku.clone());
        }
        Ok(spec)
    }

    fn demand(&self) -> Demand {
        let entry = |way: &Way| Entry {
            name: format!(
                "{} to {}",
                way.from.names().join(", "),
                way.to.names().join(", ")
            ),
            from: way.from.names(),
            to: way.to.names(),
            ..Entry::new("", "", way.gb)
        };
        Demand {
            uniform: Traffic {
                within_regions_gb: self.uniform.within_regions_gb,
                between_regions_gb: self.uniform.between_regions_gb,
                to_on_premises_gb: self.uniform.to_on_premises_gb,
            },
            to_internet: self.to_internet_gb.unwrap_or_default(),
            entries: self.traffic.iter().map(entry).collect(),
        }
    }

    fn catalog(&self) -> Result<Catalog, String> {
        let mut catalog = Catalog::built_in();
        if !self.prices.is_empty() {
            // Own prices are read as a person would give them: in a sheet, before the built-in ones.
            let mut sheet = catalog.sheet();
            for own in &self.prices {
                let [service, product, sku, meter] = &own.meter;
                let OwnPrice {
                    unit,
                    r#where,
                    from,
                    price,
                    ..
                } = own;
                let record = format!(
                    "own,{service},{product},{sku},{meter},{unit},{where},{from},{price},USD,{},the source,\r\n",
                    Catalog::DATE
                );
                sheet.push_str(&record);
            }
            catalog = Catalog::from_sheet(&sheet).map_err(|error| error.to_string())?;
        }
        let rules = Rules::default();
        let own = &self.rules;
        Ok(catalog.with_rules(Rules {
            router_under_intent: own.router_under_intent.unwrap_or(rules.router_under_intent),
            router_at_destination: own
                .router_at_destination
                .unwrap_or(rules.router_at_destination),
            between_continents: own.between_continents.unwrap_or(rules.between_continents),
            included_routing_units: own
                .included_routing_units
                .unwrap_or(rules.included_routing_units),
            included_tunnels: own.included_tunnels.unwrap_or(rules.included_tunnels),
            ..rules
        }))
    }

    fn bill(&self) -> Result<Bill, String> {
        let spec = self.spec()?;
        let built = topology::build(&spec);
        if let Some(issue) = built
            .issues
            .iter()
            .find(|issue| issue.severity() >= Severity::Error)
        {
            return Err(issue.to_string());
        }
        let routing = Routing::new(built.value.into(), Settings::default());
        Ok(bill_of(&routing, &spec, &self.demand(), &self.catalog()?))
    }
}

/// Cents of an amount as people write it.
fn cents(text: &str) -> Result<i64, String> {
    let digits: String = text.chars().filter(|digit| *digit != ',').collect();
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    format!("{whole}{part:0<2}")
        .parse()
        .map_err(|_| format!("no amount with at most two decimals: {text}"))
        .and_then(|cents| match part.len() {
            0..=2 => Ok(cents),
            _ => Err(format!("more than two decimals: {text}")),
        })
}

fn dollars(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn run(json: &str) -> Result<(), String> {
    let scenario: Scenario = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let bill = scenario.bill()?;
    adds_up(&bill);
    let lost: u64 = bill.lost.iter().map(|lost| lost.flows).sum();
    if lost != scenario.lost || bill.notes.len() > usize::from(lost > 0) {
        let (notes, lost) = (&bill.notes, &bill.lost);
        return Err(format!("the bill leaves something out: {notes:?} {lost:?}"));
    }
    let round = |nanos: i128| i64::try_from((nanos + 5_000_000).div_euclid(10_000_000)).unwrap();
    let mut found: BTreeMap<&str, i128> = BTreeMap::new();
    for line in &bill.lines {
        if let Some(amount) = line.amount {
            *found.entry(&line.meter.meter).or_default() += amount.nanos();
        }
    }
    found.retain(|_, nanos| *nanos != 0);
    let mut wrong = Vec::new();
    for (meter, expected) in &scenario.lines {
        let here = round(found.remove(meter.as_str()).unwrap_or_default());
        if here != cents(expected)? {
            wrong.push(format!(
                "{meter}: expected {expected}, found {}",
                dollars(here)
            ));
        }
    }
    for (meter, nanos) in found {
        wrong.push(format!(
            "{meter}: not expected, found {}",
            dollars(round(nanos))
        ));
    }
    let mut open: Vec<&str> = bill
        .open_lines()
        .map(|line| line.meter.meter.as_str())
        .collect();
    open.sort_unstable();
    if open != scenario.open {
        wrong.push(format!(
            "open: expected {:?}, found {open:?}",
            scenario.open
        ));
    }
    let total = round(bill.total.nanos());
    if total != cents(&scenario.total)? {
        wrong.push(format!(
            "total: expected {}, found {}",
            scenario.total,
            dollars(total)
        ));
    }
    if let Some(published) = &scenario.published {
        let mut here = total;
        for meter in &published.without {
            let held = scenario
                .lines
                .get(meter)
                .ok_or_else(|| format!("no line {meter}"))?;
            here -= cents(held)?;
        }
        let there = cents(&published.total)?;
        if (here - there).abs() * 200 > there {
            wrong.push(format!(
                "published: {}, ours {}",
                published.total,
                dollars(here)
            ));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n    "))
    }
}

#[test]
fn bills() {
    let mut report = Report::default();
    for (file, block) in blocks_of(Kind::Bill) {
        report.add(&block.id(), &block.place(&file), run(&block.json));
    }
    report.finish(|_| false);
}

#[test]
fn a_bill_that_differs_says_where() {
    let [(_, block), ..] = &blocks_of(Kind::Bill)[..] else {
        panic!("no bill")
    };
    let mut other: serde_json::Value = serde_json::from_str(&block.json).unwrap();
    other["total"] = "1.23".into();
    other["open"] = serde_json::json!(["x"]);
    let wrong = run(&other.to_string()).unwrap_err();
    assert!(
        wrong.contains("total: expected 1.23, found")
            && wrong.contains("open: expected [\"x\"], found []"),
        "{wrong}"
    );
}
