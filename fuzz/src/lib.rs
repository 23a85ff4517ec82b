//! What the fuzz targets do with a text: everything the core does with it. They must not panic, nor run for ever.
//!
//! | target | text |
//! |---|---|
//! | [`estate`] | the JSON of an estate: built, routed, walked, looked over for findings |
//! | [`document`] | a saved document: read, written and read again, billed |
//! | [`case`] | a case: every question answered and compared |
//! | [`intent`] | an Intent: its address plan, and the counts of each pattern |
//! | [`import`] | an export, template, plan, table or capture: read, built, laid beside our tables, sanitised |
//! | [`prices`] | an answer of the Azure Retail Prices API, or a price sheet: read, written and read again |
//! | [`text`] | prefixes, addresses, amounts and Azure's words, one a line |
//!
//! By hand, so that what is found stays out of the seeds:
//!
//! ```text
//! mkdir -p target/found && RUSTC_BOOTSTRAP=1 cargo fuzz run estate target/found corpus/estate -- \
//!     -dict=json.dict -max_len=8192 -max_total_time=600
//! ```
//!
//! The corpus is also replayed by the core's own tests, without libFuzzer.

use interspoke_core::address::{parse_address, parse_prefix};
use interspoke_core::case::{self, Answer, Case};
use interspoke_core::document::Document;
use interspoke_core::finding::findings;
use interspoke_core::intent::{AddressPlan, Intent};
use interspoke_core::pattern::{Pattern, Shape};
use interspoke_core::price::{self, Catalog, Import};
use interspoke_core::route::{Flow, NextHopType, RouteSource, RouteState, Routing, Settings};
use interspoke_core::spec::{NetworkSpec, Protocol};
use interspoke_core::topology;
use interspoke_core::units::{Currency, GbPerMonth, Money, Quantity};
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::str::FromStr;

/// More of one kind than a fuzzer's estate needs: beyond it the time goes into size, not into cases.
const MOST: usize = 12;

/// An export of Azure's tools, a template, a plan, a printed table or captured routes.
pub fn import(text: &str) {
    let mut import = interspoke_core::import::Import::new();
    import.add("text", text.as_bytes());
    let made = import.finish();
    if made.network.vnets.len() > MOST {
        return;
    }
    let _ = interspoke_core::import::sanitise(&made.network, 7);
    let _ = interspoke_core::import::further(&made);
    let routing = Routing::new(
        topology::build(&made.network).value.into(),
        Settings::default(),
    );
    let compared = interspoke_core::import::compare(&routing, &made.captures);
    for one in compared {
        let (equal, all) = one.score();
        assert!(equal <= all, "no more rows are equal than there are");
    }
}

/// The JSON of an estate.
pub fn estate(text: &str) {
    let Ok(spec) = serde_json::from_str::<NetworkSpec>(text) else {
        return;
    };
    let written = serde_json::to_string(&spec).unwrap_or_default();
    let again = serde_json::from_str::<NetworkSpec>(&written);
    assert_eq!(
        again.ok().as_ref(),
        Some(&spec),
        "an estate reads back as it was written"
    );
    if spec.vnets.len() > MOST
        || spec
            .virtual_wan
            .as_ref()
            .is_some_and(|wan| wan.hubs.len() > MOST)
    {
        return;
    }
    let routing = Routing::new(Rc::new(topology::build(&spec).value), Settings::default());
    let topology = Rc::clone(routing.topology());
    let mut hosts = vec![Ipv4Addr::new(8, 8, 8, 8)];
    for subnet in topology.subnets() {
        let _ = routing.effective(subnet.id);
        hosts.extend(
            subnet
                .prefix
                .map(|prefix| interspoke_core::address::first_host(&prefix)),
        );
    }
    hosts.extend(
        topology
            .sites()
            .iter()
            .flat_map(|site| &site.prefixes)
            .map(|prefix| prefix.network()),
    );
    hosts.extend(topology.appliances().iter().map(|nic| nic.ip));
    hosts.truncate(MOST);
    for source in &hosts {
        for destination in &hosts {
            let flow = Flow {
                source: *source,
                destination: *destination,
                protocol: Protocol::Tcp,
                port: None,
            };
            let _ = routing.round_trip(flow);
        }
    }
    let _ = findings(&routing);
}

/// A saved document.
pub fn document(text: &str) {
    let Ok(document) = Document::parse(text) else {
        return;
    };
    let written = document.to_json();
    let again = Document::parse(&written);
    assert_eq!(
        again.as_ref().ok(),
        Some(&document),
        "a document reads back as it was written"
    );
    if document.network.vnets.len() > MOST || document.network.virtual_wan.is_some() {
        return;
    }
    let routing = Routing::new(
        Rc::new(topology::build(&document.network).value),
        document.settings,
    );
    let bill = price::bill(
        &routing,
        &document.network,
        &document.traffic,
        &Catalog::built_in(),
    );
    let _ = bill.total_text();
    if let Some(flow) = document.flow {
        let _ = routing.round_trip(flow.into());
    }
}

/// A case.
pub fn case(text: &str) {
    let Ok(case) = Case::parse(text) else { return };
    if case.network.vnets.len() > MOST {
        return;
    }
    for question in case.questions.iter().take(MOST) {
        if let Ok(Answer::Given(reply)) = case::answer(&case, question, Settings::default()) {
            let _ = case::compare(question, &reply);
        }
    }
}

/// An Intent.
pub fn intent(text: &str) {
    let Ok(intent) = Intent::from_json(text) else {
        return;
    };
    let _ = intent.check();
    let Ok(plan) = AddressPlan::new(&intent) else {
        return;
    };
    let shape = Shape::new(&intent, &plan);
    for pattern in Pattern::ALL {
        let _ = pattern.counts(&shape);
    }
}

/// An answer of the Azure Retail Prices API, or a price sheet.
pub fn prices(text: &str) {
    let catalog = match Import::read(&[text], Catalog::DATE) {
        Ok(import) => {
            let taken = import.matched(import.implied_dollar()).len();
            assert_eq!(taken, import.taken, "every price that was taken is shown");
            Catalog::built_in().with_prices(&import, import.implied_dollar())
        }
        Err(error) => {
            let _ = error.to_string();
            match Catalog::from_sheet(text) {
                Ok(catalog) => catalog,
                Err(error) => {
                    let _ = error.to_string();
                    return;
                }
            }
        }
    };
    let sheet = catalog.sheet();
    let again = Catalog::from_sheet(&sheet).map(|catalog| catalog.sheet());
    assert_eq!(
        again.as_ref(),
        Ok(&sheet),
        "a price sheet reads back as it was written"
    );
}

/// Prefixes, addresses, amounts and words, one a line.
pub fn text(text: &str) {
    for line in text.lines() {
        if let Ok(prefix) = parse_prefix(line) {
            assert_eq!(parse_prefix(&prefix.to_string()), Ok(prefix));
        }
        let _ = parse_address(line);
        reads_back::<Currency>(line);
        reads_back::<Money>(line);
        reads_back::<Quantity>(line);
        reads_back::<GbPerMonth>(line);
        reads_back::<NextHopType>(line);
        reads_back::<RouteSource>(line);
        reads_back::<RouteState>(line);
        reads_back::<case::Kind>(line);
    }
}

fn reads_back<T: FromStr + ToString + PartialEq>(text: &str) {
    if let Ok(value) = T::from_str(text) {
        let written = value.to_string();
        assert!(
            T::from_str(&written).is_ok_and(|again| again == value),
            "{text:?} became {written:?}"
        );
    }
}
