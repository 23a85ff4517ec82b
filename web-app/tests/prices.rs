//! Prices of one's own: read, refused, in another currency, with discounts, saved and read back.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use interspoke_web::state::{CostMsg, Effect, Field, Msg, State, update};
use interspoke_web::view;
use std::rc::Rc;

/// One row of an answer of the Retail Prices API.
fn row(currency: &str, price: &str, meter: &str, unit: &str) -> String {
    format!(
        r#"{{"serviceName": "Azure Firewall", "productName": "Azure Firewall", "skuName": "Standard",
        "meterName": "Standard {meter}", "unitOfMeasure": "{unit}", "armRegionName": "eastus", "currencyCode": "{currency}",
        "type": "Consumption", "tierMinimumUnits": 0, "retailPrice": {price}, "effectiveStartDate": "2026-01-01T00:00:00Z"}}"#
    )
}

fn page(currency: &str, rows: &[String]) -> String {
    let rows = rows.join(",");
    format!(
        r#"{{"BillingCurrency": "{currency}", "Items": [{rows}], "NextPageLink": null, "Count": 1}}"#
    )
}

fn after(messages: impl IntoIterator<Item = Msg>) -> Rc<State> {
    let mut state = Rc::new(State::on_first_sample());
    for msg in messages {
        state = update(state, msg).0;
    }
    state
}

fn read(texts: &[String]) -> Msg {
    Msg::Cost(CostMsg::Prices(texts.to_vec()))
}

fn total(state: &State) -> String {
    state.cost.bill.total_text()
}

#[test]
fn own_prices_change_the_bill_and_say_what_differs() {
    let rows = [
        row("USD", "1.00", "Deployment", "1 Hour"),
        row("USD", "0.016", "Data Processed", "1 GB"),
        row("USD", "3.00", "Capacity Unit of Nobody", "1 Hour"),
    ];
    let state = after([read(&[page("USD", &rows)])]);
    // Two firewalls of 730 hours, a quarter of a dollar cheaper an hour; the second takes the price of eastus as assumed.
    assert_eq!(total(&State::on_first_sample()), "USD 2,654.20");
    assert_eq!(total(&state), "USD 2,289.20");
    let prices = view::bill(&state).prices;
    assert_eq!(prices.status, "1 page in USD: 3 prices, 2 taken.");
    assert_eq!(
        (prices.changed.len(), prices.same, prices.unmatched.len()),
        (1, 1, 1)
    );
    let changed = &prices.changed[0];
    assert_eq!(
        [
            &changed.meter,
            &changed.known,
            &changed.price,
            &changed.change
        ],
        [
            "Azure Firewall · Standard · Standard Deployment",
            "1.25",
            "1.00",
            "−20 %"
        ]
    );
    let state = update(state, Msg::Cost(CostMsg::BuiltIn)).0;
    assert_eq!(total(&state), "USD 2,654.20");
    assert!(!view::bill(&state).prices.own);
}

#[test]
fn what_cannot_be_read_says_where_and_changes_nothing() {
    let state = after([read(
        &["{\"Items\": [{\"retailPrice\": \"x\"}]}".to_owned()],
    )]);
    assert_eq!(total(&state), "USD 2,654.20");
    let error = view::bill(&state).prices.error.unwrap();
    assert!(error.contains("expected"), "{error}");
    let state = update(state, read(&["no list at all".to_owned()])).0;
    let error = view::bill(&state).prices.error.unwrap();
    assert!(error.contains("expected"), "{error}");
    // An empty text asks nothing.
    let state = update(state, read(&[String::new()])).0;
    assert_eq!(view::bill(&state).prices.error, None);
}

#[test]
fn another_currency_takes_the_other_prices_at_a_rate() {
    let east = row("EUR", "1.15", "Deployment", "1 Hour");
    let west = east.replace("eastus", "westus2");
    let data = row("EUR", "0.01472", "Data Processed", "1 GB");
    let state = after([read(&[page("EUR", &[east, west, data])])]);
    let bill = view::bill(&state);
    assert_eq!(bill.currency, "EUR");
    // 1.15 for 1.25 dollars, and two more that agree.
    assert_eq!(bill.prices.rate.unwrap().draft.text, "0.92");
    let typed = |text: &str| Msg::Typed(Field::Rate, text.to_owned());
    let state = update(state, typed("0.5")).0;
    assert_eq!(state.cost.catalog.dollar().unwrap().to_string(), "EUR 0.50");
    let state = update(state, typed("half")).0;
    let rate = view::bill(&state).prices.rate.unwrap();
    assert_eq!(
        rate.draft.error.as_deref(),
        Some("expected what a dollar costs, as EUR 0.92, found \"half\"")
    );
    // Without a rate the others are asked for.
    let state = update(state, typed("")).0;
    assert!(
        total(&state).starts_with("at least EUR"),
        "{}",
        total(&state)
    );
}

#[test]
fn a_discount_lowers_its_service_alone_and_stays_with_other_prices() {
    let state = State::on_first_sample();
    let at = state
        .services()
        .iter()
        .position(|one| one == "Azure Firewall");
    let field = Field::Discount(at.unwrap());
    let off = |text: &str| Msg::Typed(field, text.to_owned());
    // 10 % of USD 1,953.00.
    let state = after([off("10")]);
    assert_eq!(total(&state), "USD 2,458.90");
    let own = page("USD", &[row("USD", "1.00", "Deployment", "1 Hour")]);
    let state = update(state, read(&[own])).0;
    assert_eq!(state.cost.catalog.discount("Azure Firewall"), 1_000);
    let state = update(state, off("120")).0;
    let view = view::bill(&state).prices;
    let (_, field) = view
        .discounts
        .iter()
        .find(|(service, _)| service == "Azure Firewall")
        .unwrap();
    assert!(
        field
            .draft
            .error
            .as_deref()
            .unwrap()
            .contains("from 0 to 100")
    );
}

#[test]
fn assumed_prices_can_be_left_open() {
    let state = after([Msg::Cost(CostMsg::LeaveOpen(true))]);
    assert!(
        total(&state).starts_with("at least USD"),
        "{}",
        total(&state)
    );
    let own = page("USD", &[row("USD", "1.25", "Deployment", "1 Hour")]);
    let state = update(state, read(&[own])).0;
    assert!(
        !state.cost.bill.is_complete(),
        "the switch outlives another list"
    );
    let state = update(state, Msg::Cost(CostMsg::LeaveOpen(false))).0;
    assert_eq!(total(&state), "USD 2,654.20");
}

#[test]
fn the_price_sheet_is_saved_and_read_back() {
    let own = page("USD", &[row("USD", "1.00", "Deployment", "1 Hour")]);
    let (state, effects) = update(after([read(&[own])]), Msg::Cost(CostMsg::Sheet));
    let [Effect::Save(_, "text/csv", sheet)] = &effects[..] else {
        panic!("{effects:?}");
    };
    let again = after([read(std::slice::from_ref(sheet))]);
    assert_eq!(total(&again), total(&state));
    let prices = view::bill(&again).prices;
    assert_eq!(
        (prices.status.as_str(), prices.own),
        ("A price sheet is in force, in USD.", true)
    );
}
