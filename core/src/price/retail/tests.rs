//! An answer with every trap, as the API would give it, and what must hold for any.

use super::super::quote::Unit;
use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const DAY: &str = "2026-11-22";

fn item(names: [&str; 4], region: &str, unit: &str, price: f64) -> Value {
    let [service, product, sku, meter] = names;
    json!({
        "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": price, "unitPrice": price,
        "armRegionName": region, "location": "somewhere", "effectiveStartDate": "2024-01-01T00:00:00Z",
        "meterId": "000009d0-057f-5f2b-b7e9-9e26add324a8", "meterName": meter, "productId": "DZH318Z0BPVW",
        "skuId": "DZH318Z0BPVW/00QZ", "availabilityId": null, "productName": product, "skuName": sku,
        "serviceName": service, "serviceId": "DZH313Z7MMC8", "serviceFamily": "Networking", "unitOfMeasure": unit,
        "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": ""
    })
}

fn with(mut item: Value, member: &str, value: Value) -> Value {
    item[member] = value;
    item
}

fn page(items: &[Value]) -> Value {
    json!({"BillingCurrency": "USD", "CustomerEntityId": "Default", "CustomerEntityType": "Retail", "Items": items,
        "NextPageLink": null, "Count": items.len()})
}

fn read(items: &[Value]) -> Import {
    Import::read(&[&page(items).to_string()], DAY).unwrap()
}

fn price(import: &Import, names: [&str; 4], region: &str) -> String {
    let quote = Catalog::built_in()
        .with_prices(import, None)
        .quote(names, region);
    let own = quote
        .source
        .is_some_and(|source| source.title.contains("imported"));
    format!(
        "{}{}",
        quote
            .price
            .map_or("open".to_owned(), |price| price.to_string()),
        if own { "" } else { ", built-in" }
    )
}

const FIREWALL: [&str; 4] = [
    "Azure Firewall",
    "Azure Firewall",
    "Standard",
    "Standard Deployment",
];
const GLOBAL_OUT: [&str; 4] = [
    "Virtual Network",
    "Global Virtual Network Peering",
    "Inter-Region",
    "Inter-Region Egress",
];
const INTRA_OUT: [&str; 4] = [
    "Virtual Network",
    "Virtual Network Peering",
    "Intra-Region",
    "Intra-Region Egress",
];
const MANAGER: [&str; 4] = [
    "Virtual Network",
    "Azure Virtual Network Manager",
    "Standard",
    "Standard Virtual Network",
];
const OUT: [&str; 4] = [
    "Bandwidth",
    "Rtn Preference: MGN",
    "Standard",
    "Standard Data Transfer Out",
];
const LINK_IN: [&str; 4] = [
    "Virtual Network",
    "Virtual Network Private Link",
    "Standard",
    "Standard Data Processed - Ingress",
];

/// Every trap in one answer: what is to be taken costs something that no built-in price does.
fn every_trap() -> Vec<Value> {
    let tier = |from: f64, price: f64| {
        with(
            item(OUT, "eastus", "1 GB", price),
            "tierMinimumUnits",
            json!(from),
        )
    };
    let firewall = |price| item(FIREWALL, "eastus", "1 Hour", price);
    let circuit = [
        "ExpressRoute",
        "ExpressRoute",
        "1 Gbps Metered Data",
        "Standard Metered Data 1 Gbps Circuit",
    ];
    let premium = [
        circuit[0],
        circuit[1],
        circuit[2],
        "Premium Metered Data 1 Gbps Circuit",
    ];
    let machine = |sku: &str, product: &str, price: f64| {
        let names = ["Virtual Machines", product, sku, sku];
        with(
            item(names, "eastus", "1 Hour", price),
            "armSkuName",
            json!("Standard_D4s_v5"),
        )
    };
    vec![
        // Steps, in any order.
        tier(10_335.0, 0.081),
        tier(0.0, 0.0),
        tier(100.0, 0.085),
        // Reservations and development prices.
        with(
            with(firewall(7.0), "type", json!("Reservation")),
            "reservationTerm",
            json!("1 Year"),
        ),
        with(firewall(8.0), "type", json!("DevTestConsumption")),
        // Several effective dates: the one in force counts, the later and the ended ones do not.
        with(
            firewall(1.5),
            "effectiveStartDate",
            json!("2020-01-01T00:00:00Z"),
        ),
        with(
            firewall(9.0),
            "effectiveStartDate",
            json!("2027-01-01T00:00:00Z"),
        ),
        with(
            with(
                firewall(6.0),
                "effectiveStartDate",
                json!("2026-01-01T00:00:00Z"),
            ),
            "effectiveEndDate",
            json!("2026-06-30T00:00:00Z"),
        ),
        firewall(1.3),
        // A second meter of the same name that is not the primary one, and a price that is not primary at all.
        with(
            with(firewall(5.0), "isPrimaryMeterRegion", json!(false)),
            "effectiveStartDate",
            json!("2026-02-01T00:00:00Z"),
        ),
        with(
            item(
                [
                    FIREWALL[0],
                    FIREWALL[1],
                    "Standard",
                    "Standard Data Processed",
                ],
                "eastus",
                "1 GB",
                0.017,
            ),
            "isPrimaryMeterRegion",
            json!(false),
        ),
        // Global rows: the only ones of peering within a region, to be left out between regions.
        item(INTRA_OUT, "Global", "1 GB", 0.011),
        item(GLOBAL_OUT, "Global", "1 GB", 4.0),
        item(GLOBAL_OUT, "eastus", "1 GB", 0.036),
        item(GLOBAL_OUT, "qatarcentral", "1 GB", 0.161),
        // Twice the same.
        item(GLOBAL_OUT, "eastus", "1 GB", 0.036),
        // Zones of two kinds.
        item(circuit, "Zone 4", "1/Month", 555.0),
        item(premium, "Zone 4", "1/Month", 1_555.0),
        item(circuit, "US Gov Zone 1", "1/Month", 666.0),
        item(circuit, "Delos Zone 1", "1/Month", 777.0),
        item(
            [
                "VPN Gateway",
                "VPN Gateway Bandwidth",
                "VPN Gateway Bandwidth",
                "Inter-Virtual Network Data Transfer Out",
            ],
            "Zone 2",
            "1 GB",
            0.091,
        ),
        // Units: an hour in three ways, packs, days, months, what is none of them.
        item(
            ["VPN Gateway", "VPN Gateway", "VpnGw3AZ", "VpnGw3AZ"],
            "eastus",
            "1/Hour",
            1.37,
        ),
        item(
            [
                "Virtual WAN",
                "Virtual WAN",
                "Standard Hub",
                "Standard Hub Data Processed",
            ],
            "eastus",
            "10 GB",
            0.21,
        ),
        item(
            [
                "Virtual WAN",
                "Virtual WAN",
                "Standard Hub",
                "Standard Hub Unit",
            ],
            "eastus",
            "1/Day",
            6.24,
        ),
        item(
            ["NAT Gateway", "NAT Gateway", "Standard", "Standard Gateway"],
            "",
            "1/Month",
            30.0,
        ),
        item(
            [
                "Load Balancer",
                "Load Balancer",
                "Standard",
                "Standard Data Processed",
            ],
            "Global",
            "10K",
            3.0,
        ),
        // The older product without Azure in its name, beside the right one.
        item(
            [
                "Virtual Network",
                "Virtual Network Manager",
                "Standard",
                "Standard Virtual Network",
            ],
            "Zone 1",
            "1 Hour",
            2.0,
        ),
        item(MANAGER, "Global", "1 Hour", 0.021),
        // A Standard firewall in a hub is written without a d.
        item(
            [
                "Azure Firewall",
                "Azure Firewall",
                "Standard Secure Virtual Hub",
                "Standard Secure Virtual Hub Deployment",
            ],
            "eastus",
            "1 Hour",
            1.31,
        ),
        // Machines: Linux alone.
        machine("D4s v5", "Virtual Machines Dsv5 Series", 0.193),
        machine("D4s v5 Spot", "Virtual Machines Dsv5 Series", 0.04),
        machine("D4s v5 Low Priority", "Virtual Machines Dsv5 Series", 0.05),
        machine("D4s v5", "Virtual Machines Dsv5 Series Windows", 0.377),
        // A price whose first step is missing would bill the first units at nothing.
        with(
            item(LINK_IN, "Global", "1 GB", 0.005),
            "tierMinimumUnits",
            json!(1_000_000.0),
        ),
        // unitPrice where retailPrice is missing; retailPrice where both stand.
        with(
            item(
                [
                    "Virtual Network",
                    "IP Addresses",
                    "Standard",
                    "Standard IPv4 Static Public IP",
                ],
                "eastus",
                "1 Hour",
                0.006,
            ),
            "retailPrice",
            Value::Null,
        ),
        with(
            item(
                [
                    "Azure Firewall",
                    "Azure Firewall",
                    "Premium",
                    "Premium Deployment",
                ],
                "eastus",
                "1 Hour",
                1.8,
            ),
            "unitPrice",
            json!(0.9),
        ),
        // Gateways of ExpressRoute, by whatever SKU; connections by the gateway's SKU.
        item(
            [
                "ExpressRoute",
                "ExpressRoute Ultra High Performance Gateway",
                "Ultra Performance",
                "Ultra High Performance Gateway",
            ],
            "eastus",
            "1 Hour",
            1.87,
        ),
        item(
            ["VPN Gateway", "VPN Gateway", "VpnGw1AZ", "S2S Connection"],
            "eastus",
            "1 Hour",
            0.016,
        ),
        // Nothing to do with networks between spokes.
        item(
            ["Storage", "Blob Storage", "Hot LRS", "Hot LRS Data Stored"],
            "eastus",
            "1 GB/Month",
            0.02,
        ),
    ]
}

#[test]
fn every_trap_is_handled() {
    let import = read(&every_trap());
    for (names, region, expected) in [
        (FIREWALL, "eastus", "USD 1.30"),
        (FIREWALL, "westeurope", "USD 1.25, built-in"),
        (
            [
                FIREWALL[0],
                FIREWALL[1],
                "Standard",
                "Standard Data Processed",
            ],
            "eastus",
            "USD 0.017",
        ),
        (
            [
                "Azure Firewall",
                "Azure Firewall",
                "Premium",
                "Premium Deployment",
            ],
            "eastus",
            "USD 1.80",
        ),
        (
            [
                "Azure Firewall",
                "Azure Firewall",
                "Standard Secure Virtual Hub",
                "Standard Secure Virtual Hub Deployment",
            ],
            "eastus",
            "USD 1.31",
        ),
        (INTRA_OUT, "anywhere", "USD 0.011"),
        (GLOBAL_OUT, "eastus", "USD 0.036"),
        (GLOBAL_OUT, "westus2", "USD 0.035, built-in"),
        (GLOBAL_OUT, "qatarcentral", "USD 0.161"),
        (
            ["VPN Gateway", "VPN Gateway", "VpnGw3AZ", "VpnGw3AZ"],
            "eastus",
            "USD 1.37",
        ),
        (
            ["VPN Gateway", "VPN Gateway", "VpnGw1AZ", "S2S Connection"],
            "eastus",
            "USD 0.016",
        ),
        (
            ["VPN Gateway", "VPN Gateway", "VpnGw2", "S2S Connection"],
            "eastus",
            "USD 0.015, built-in",
        ),
        (
            [
                "VPN Gateway",
                "VPN Gateway Bandwidth",
                "*",
                "Inter-Virtual Network Data Transfer Out",
            ],
            "japaneast",
            "USD 0.091",
        ),
        (
            [
                "Virtual WAN",
                "Virtual WAN",
                "Standard Hub",
                "Standard Hub Data Processed",
            ],
            "eastus",
            "USD 0.021",
        ),
        (
            [
                "Virtual WAN",
                "Virtual WAN",
                "Standard Hub",
                "Standard Hub Unit",
            ],
            "eastus",
            "USD 0.26",
        ),
        (
            ["NAT Gateway", "NAT Gateway", "Standard", "Standard Gateway"],
            "eastus",
            "USD 30.00",
        ),
        (
            [
                "Load Balancer",
                "Load Balancer",
                "Standard",
                "Standard Data Processed",
            ],
            "eastus",
            "USD 0.005, built-in",
        ),
        (MANAGER, "", "USD 0.021"),
        (LINK_IN, "eastus", "USD 0.01, built-in"),
        (
            [
                "Virtual Network",
                "IP Addresses",
                "Standard",
                "Standard IPv4 Static Public IP",
            ],
            "eastus",
            "USD 0.006",
        ),
        (
            [
                "ExpressRoute",
                "ExpressRoute Ultra High Performance Gateway",
                "UltraPerformance",
                "Ultra High Performance Gateway",
            ],
            "eastus",
            "USD 1.87",
        ),
    ] {
        assert_eq!(
            price(&import, names, region),
            expected,
            "{names:?} {region}"
        );
    }
    let catalog = Catalog::built_in().with_prices(&import, None);
    let steps: Vec<String> = catalog
        .internet_egress("eastus")
        .iter()
        .map(|tier| format!("{} {}", tier.from_gb, tier.quote.price.unwrap()))
        .collect();
    assert_eq!(steps, ["0 USD 0.00", "100 USD 0.085", "10335 USD 0.081"]);
    let machine = |region| {
        catalog
            .virtual_machine("D4s_v5", region)
            .price
            .unwrap()
            .to_string()
    };
    assert_eq!(
        (machine("eastus"), machine("westus2")),
        ("USD 0.193".into(), "USD 0.192".into())
    );
    let plan = |tier| crate::spec::CircuitPlanSpec {
        tier,
        family: crate::spec::CircuitFamily::MeteredData,
        bandwidth_in_mbps: 1_000,
    };
    let circuit = |tier, region| {
        catalog
            .circuit(plan(tier), region)
            .price
            .unwrap()
            .to_string()
    };
    use crate::spec::CircuitTier::{Premium, Standard};
    assert_eq!(circuit(Standard, "australiaeast"), "USD 555.00");
    assert_eq!(circuit(Premium, "australiaeast"), "USD 1,555.00");
    assert_eq!(circuit(Standard, "eastus"), "USD 436.00");
    let monthly = catalog.quote(
        ["NAT Gateway", "NAT Gateway", "Standard", "Standard Gateway"],
        "eastus",
    );
    assert_eq!(monthly.meter.unit, Unit::Month);
}

#[test]
fn what_is_not_taken_is_counted_with_the_reason() {
    let items = every_trap();
    let import = read(&items);
    let mut reasons: Vec<String> = import.unmatched.iter().map(ToString::to_string).collect();
    reasons.sort();
    assert_eq!(
        reasons,
        [
            "Azure Firewall, Azure Firewall: 1 row, a price for development and test",
            "Azure Firewall, Azure Firewall: 1 row, a reservation",
            "Azure Firewall, Azure Firewall: 1 row, in force only later",
            "Azure Firewall, Azure Firewall: 1 row, no longer in force",
            "Azure Firewall, Azure Firewall: 2 rows, an earlier or second price of a meter that was taken",
            "ExpressRoute, ExpressRoute: 1 row, a zone that this list does not know",
            "Load Balancer, Load Balancer: 1 row, counted in another unit than the meter's",
            "Storage, Blob Storage: 1 row, no line of a bill uses it",
            "Virtual Machines, Virtual Machines Dsv5 Series Windows: 1 row, with a Windows licence",
            "Virtual Machines, Virtual Machines Dsv5 Series: 2 rows, Spot or Low Priority",
            "Virtual Network, Global Virtual Network Peering: 1 row, global peering's regions have rows of their own",
            "Virtual Network, Global Virtual Network Peering: 1 row, stands twice",
            "Virtual Network, Virtual Network Manager: 1 row, the older product, without Azure in its name",
            "Virtual Network, Virtual Network Private Link: 1 row, the first step of its price is missing",
        ]
    );
    let refused: usize = import.unmatched.iter().map(|row| row.rows).sum();
    assert_eq!(
        (import.rows, import.taken + refused),
        (items.len(), items.len())
    );
    assert_eq!(import.matched(None).len(), import.taken);
}

#[test]
fn changes_stand_beside_the_built_in_prices() {
    let import = read(&every_trap());
    let matched = import.matched(None);
    let find = |meter: &str, place: &str, from| -> &Matched {
        let mut all = matched.iter();
        all.find(|m| m.meter.meter == meter && m.place == place && m.from == from)
            .unwrap()
    };
    let row = |m: &Matched| {
        (
            m.known.map(|known| known.to_string()),
            m.assumed,
            m.change(),
        )
    };
    let usd = |text: &str| Some(format!("USD {text}"));
    assert_eq!(
        row(find("Standard Deployment", "eastus", 0)),
        (usd("1.25"), false, Some(400))
    );
    assert_eq!(
        row(find("Standard Data Transfer Out", "eastus", 0)),
        (usd("0.00"), false, None)
    );
    assert!(!find("Standard Data Transfer Out", "eastus", 0).changed());
    assert_eq!(
        row(find("Standard Data Transfer Out", "eastus", 10_335)),
        (usd("0.083"), false, Some(-241))
    );
    assert_eq!(row(find("VpnGw3AZ", "eastus", 0)), (None, false, None));
    assert!(find("VpnGw3AZ", "eastus", 0).changed());
    assert_eq!(
        row(find("Inter-Region Egress", "qatarcentral", 0)),
        (None, false, None)
    );
    assert_eq!(
        row(find("Intra-Region Egress", "all regions", 0)),
        (usd("0.01"), false, Some(1_000))
    );
    assert_eq!(
        row(find(
            "Standard Metered Data 1 Gbps Circuit",
            "circuit zone 4",
            0
        ))
        .0,
        usd("436.00")
    );
    assert_eq!(
        row(find("D4s v5", "eastus", 0)),
        (usd("0.192"), false, Some(52))
    );
    assert!(
        row(find("S2S Connection", "eastus", 0)).1,
        "seen long ago: assumed"
    );
}

#[test]
fn an_answer_in_euros_keeps_dollars_apart() {
    let euro = |names, region, price| {
        with(
            item(names, region, "1 GB", price),
            "currencyCode",
            json!("EUR"),
        )
    };
    let mut items: Vec<Value> = ["eastus", "westus2", "westeurope", "japaneast"]
        .iter()
        .map(|region| {
            euro(
                GLOBAL_OUT,
                region,
                if *region == "japaneast" {
                    0.081
                } else {
                    0.0315
                },
            )
        })
        .collect();
    items.push(item(INTRA_OUT, "Global", "1 GB", 0.01));
    let text = with(page(&items), "BillingCurrency", json!("EUR")).to_string();
    let import = Import::read(&[&text], DAY).unwrap();
    assert_eq!(import.currency.to_string(), "EUR");
    assert_eq!(import.notes, ["1 prices are not in EUR: they take a rate"]);
    assert_eq!(import.implied_dollar().unwrap().to_string(), "EUR 0.90");
    let catalog = Catalog::built_in().with_prices(&import, None);
    let shown = |catalog: &Catalog, names| {
        let quote = catalog.quote(names, "eastus");
        (
            quote.price.map(|price| price.to_string()),
            quote.basis.why().map(str::to_owned),
        )
    };
    assert_eq!(
        shown(&catalog, GLOBAL_OUT),
        (Some("EUR 0.0315".into()), None)
    );
    assert_eq!(
        shown(&catalog, INTRA_OUT),
        (
            None,
            Some("listed in USD only: a rate to EUR is asked for".into())
        )
    );
    let catalog = Catalog::built_in().with_prices(&import, import.implied_dollar());
    assert_eq!(
        shown(&catalog, INTRA_OUT),
        (
            Some("EUR 0.009".into()),
            Some("converted from USD 0.01 at EUR 0.90 a dollar".into())
        )
    );
    let matched = import.matched(import.implied_dollar());
    assert!(matched.iter().all(|m| !m.changed()), "{matched:?}");
    // Without an envelope the rows say the currency.
    let bare = Value::Array(items).to_string();
    assert_eq!(
        Import::read(&[&bare], DAY).unwrap().currency.to_string(),
        "EUR"
    );
}

#[test]
fn pages_are_joined_and_missing_ones_named() {
    let link = |skip: u32| {
        json!(format!(
            "https://prices.azure.com:443/api/retail/prices?$filter=x&$skip={skip}"
        ))
    };
    let one = |region: &str, next: Value| {
        with(
            page(&[item(GLOBAL_OUT, region, "1 GB", 0.05)]),
            "NextPageLink",
            next,
        )
        .to_string()
    };
    let pages = [
        one("eastus", link(100)),
        one("westus2", link(200)),
        one("westeurope", Value::Null),
    ];
    let [a, b, c] = pages.each_ref().map(String::as_str);
    let whole = Import::read(&[a, b, c], DAY).unwrap();
    assert_eq!((whole.pages, whole.taken, whole.notes.len()), (3, 3, 0));
    let list = format!("[{a},{b},{c}]");
    let run_on = format!("\u{feff}{a}\n{b}{c}");
    for texts in [
        vec![list.as_str()],
        vec![run_on.as_str()],
        vec![c, a, b],
        vec![a, a, b, c],
    ] {
        let import = Import::read(&texts, DAY).unwrap();
        assert_eq!((import.taken, import.notes.len()), (3, 0), "{texts:?}");
        assert_eq!(import.own, whole.own);
    }
    let open = Import::read(&[a, b], DAY).unwrap();
    assert_eq!(
        open.notes,
        [format!(
            "the answer goes on: {}",
            link(200).as_str().unwrap()
        )]
    );
    let fourth = one("uksouth", link(400));
    let gap = Import::read(&[a, b, &fourth, c], DAY).unwrap();
    assert_eq!(
        gap.notes,
        ["1 of the pages before the one that skips 400 rows are missing"]
    );
    let short = with(
        page(&[item(GLOBAL_OUT, "eastus", "1 GB", 0.05)]),
        "Count",
        json!(100),
    )
    .to_string();
    let short = Import::read(&[&short], DAY).unwrap();
    assert_eq!(
        short.notes,
        ["page 1 says that it holds 100 rows, 1 are there"]
    );
}

#[test]
fn errors_say_what_where_and_what_was_expected() {
    let row = || item(FIREWALL, "eastus", "1 Hour", 1.3);
    let broken =
        |member: &str, value: Value| page(&[row(), with(row(), member, value)]).to_string();
    let euro = with(page(&[row()]), "BillingCurrency", json!("EUR")).to_string();
    let good = page(&[row()]).to_string();
    for (texts, expected) in [
        (
            vec!["{\"Items\": [".to_owned()],
            "page 1, line 1, column 11: expected JSON of the Azure Retail Prices API, found EOF while parsing a list",
        ),
        (
            vec![
                "{\"Error\": {\"Code\": \"BadRequest\", \"Message\": \"Invalid OData\"}}"
                    .to_owned(),
            ],
            "page 1, the whole: expected an answer with the member Items, found \"Invalid OData\"",
        ),
        (
            vec!["7".to_owned()],
            "page 1, the whole: expected an answer with the member Items, found 7",
        ),
        (
            vec!["{\"Items\": {}}".to_owned()],
            "page 1, Items: expected a list of prices, found {}",
        ),
        (
            vec![good.clone(), "[3]".to_owned()],
            "page 2, [0]: expected a price with its names, found 3",
        ),
        (
            vec![broken("retailPrice", json!("1.3"))],
            "page 1, Items[1].retailPrice: expected a number, found \"1.3\"",
        ),
        (
            vec![broken("retailPrice", json!(-1))],
            "page 1, Items[1].retailPrice: expected a price from 0 on, found -1",
        ),
        (
            vec![broken("meterName", Value::Null)],
            "page 1, Items[1].meterName: expected the name of a meter, found nothing",
        ),
        (
            vec![broken("serviceName", json!(3))],
            "page 1, Items[1].serviceName: expected a text, found 3",
        ),
        (
            vec![broken("tierMinimumUnits", json!(0.5))],
            "page 1, Items[1].tierMinimumUnits: expected a whole number from 0 on, found 0.5",
        ),
        (
            vec![broken("currencyCode", json!("euro"))],
            "page 1, Items[1].currencyCode: expected a currency such as USD, found \"euro\"",
        ),
        (
            vec![good, euro],
            "page 2, BillingCurrency: expected the currency of the pages before, found EUR after USD",
        ),
        (
            vec![page(&[]).to_string()],
            "page 1, Items: expected prices; a filter with a wrong letter, small or capital, finds none, found none",
        ),
        (
            vec![String::new()],
            "page 1, Items: expected prices; a filter with a wrong letter, small or capital, finds none, found none",
        ),
    ] {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(Import::read(&texts, DAY).unwrap_err().to_string(), expected);
    }
}

#[test]
fn a_sheet_that_is_read_back_answers_the_same() {
    let import = read(&every_trap());
    let catalog = Catalog::built_in()
        .with_prices(&import, None)
        .with_discount("Virtual Network", 1_250)
        .with_discount("=odd, \"name\"", 5);
    let again = Catalog::from_sheet(&catalog.sheet()).unwrap();
    assert_eq!(again.sheet(), catalog.sheet());
    let tables = catalog.tables();
    assert!(tables.len() > 500);
    for (_, row) in catalog
        .all_rows()
        .chain(tables.iter().map(|row| (false, row)))
    {
        for region in [
            "eastus",
            "westus2",
            "japaneast",
            "brazilsouth",
            "usgovvirginia",
            "qatarcentral",
            "",
        ] {
            let names = row.meter.names();
            if row.meter.service == "Virtual Machines" {
                let machine = |list: &Catalog| {
                    list.virtual_machine(&row.meter.sku.replace(' ', "_"), region)
                        .price
                };
                assert_eq!(machine(&again), machine(&catalog), "{names:?} {region}");
            } else if !row.meter.meter.ends_with(" Circuit") && row.meter.meter != OUT[3] {
                assert_eq!(
                    again.tiers(names, region),
                    catalog.tiers(names, region),
                    "{names:?} {region}"
                );
            }
        }
    }
    for region in ["eastus", "japaneast", "brazilsouth"] {
        let prices = |list: &Catalog| {
            list.internet_egress(region)
                .iter()
                .map(|tier| (tier.from_gb, tier.quote.price))
                .collect::<Vec<_>>()
        };
        assert_eq!(prices(&again), prices(&catalog));
        for mbps in [50, 1_000, 10_000] {
            use crate::spec::{CircuitFamily::*, CircuitPlanSpec, CircuitTier::*};
            for (tier, family) in [
                (Standard, MeteredData),
                (Premium, UnlimitedData),
                (Local, UnlimitedData),
            ] {
                let plan = CircuitPlanSpec {
                    tier,
                    family,
                    bandwidth_in_mbps: mbps,
                };
                assert_eq!(
                    again.circuit(plan, region).price,
                    catalog.circuit(plan, region).price,
                    "{plan:?} {region}"
                );
            }
        }
    }
}

#[test]
fn a_sheet_says_where_it_is_wrong() {
    let sheet = Catalog::built_in().sheet();
    let head = sheet.lines().next().unwrap();
    for (record, expected) in [
        (
            "mine",
            "line 2, list: expected own, built-in, currency, dollar or discount, found \"mine\"",
        ),
        (
            "own,s,p,k,,GB,*,0,1,USD,2026,t,a",
            "line 2, meter: expected the name of a meter, found \"\"",
        ),
        (
            "own,s,p,k,m,TB,*,0,1,USD,2026,t,a",
            "line 2, unit: expected GB, hour or month, found \"TB\"",
        ),
        (
            "own,s,p,k,m,GB,,0,1,USD,2026,t,a",
            "line 2, where: expected regions, a zone or *, found \"\"",
        ),
        (
            "own,s,p,k,m,GB,*,5,1,USD,2026,t,a",
            "line 2, from: expected 0, or a further step below the one before it, found \"5\"",
        ),
        (
            "own,s,p,k,m,GB,*,0,-1,USD,2026,t,a",
            "line 2, price: expected a price such as 0.035, found \"-1\"",
        ),
        (
            "own,s,p,k,m,GB,*,0,1,usd,2026,t,a",
            "line 2, currency: expected a currency such as USD, found \"usd\"",
        ),
        (
            "own,s,p,k,m,GB,*,0,1,USD,22.11.2026,t,a",
            "line 2, date: expected a date such as 2026-11-22, found \"22.11.2026\"",
        ),
        (
            "own,s,p,k,m,GB,*,0,1,USD,2026,t,a,b",
            "line 2, the end: expected no further field, found \"b\"",
        ),
        (
            "discount,s,,,,,,,101",
            "line 2, price: expected a number of per cent from 0 to 100, found \"101\"",
        ),
    ] {
        let text = format!("{head}\r\n{record}\r\n");
        assert_eq!(
            Catalog::from_sheet(&text).unwrap_err().to_string(),
            expected
        );
    }
    // As a spreadsheet writes it: no quotes, another line end, empty fields at the end.
    let text = format!(
        "{head}\n\nown,Azure Firewall,Azure Firewall,Standard,Standard Deployment,hour,eastus,0,1.1,EUR,2026-11,mine,\ncurrency,EUR,,,,,,,,,,,\n"
    );
    let catalog = Catalog::from_sheet(&text).unwrap();
    assert_eq!(
        catalog.quote(FIREWALL, "eastus").price.unwrap().to_string(),
        "EUR 1.10"
    );
    assert_eq!(catalog.quote(INTRA_OUT, "eastus").price, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_and_pages_does_not_matter(order in Just((0..every_trap().len()).collect::<Vec<_>>()).prop_shuffle(), cut in 1_usize..30) {
        let all = every_trap();
        let shuffled: Vec<Value> = order.iter().map(|position| all[*position].clone()).collect();
        let texts: Vec<String> = shuffled.chunks(cut).map(|items| page(items).to_string()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (import, whole) = (Import::read(&texts, DAY).unwrap(), read(&all));
        prop_assert_eq!(&import.own, &whole.own);
        prop_assert_eq!(&import.unmatched, &whole.unmatched);
        prop_assert_eq!(import.taken, whole.taken);
    }
}
