//! The chart of peerings: what each way to join spokes takes and how far it goes, with the design in it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use interspoke_web::state::{Ask, AskMsg, Field, Msg, State, Tab, update};
use interspoke_web::view::{self, PeeringChart};
use std::rc::Rc;

/// The page that opens on the question, with other answers to some of it.
fn chart_after(messages: impl IntoIterator<Item = Msg>) -> PeeringChart {
    let state = messages
        .into_iter()
        .chain([Msg::Show(Tab::Peerings)])
        .fold(Rc::new(State::opening()), |state, msg| update(state, msg).0);
    view::peerings(&state).chart
}

fn typed(ask: Ask, text: &str) -> Msg {
    Msg::Typed(Field::Ask(ask), text.to_owned())
}

#[test]
fn a_design_of_two_regions_stands_on_the_line_of_its_way() {
    let chart = chart_after([]);
    let titles: Vec<&str> = chart.ways.iter().map(|way| way.title).collect();
    assert_eq!(
        titles,
        [
            "Full mesh",
            "Mesh in each region",
            "Hub and spoke",
            "Connected group"
        ]
    );
    assert_eq!(
        chart.ways[0].says,
        "n(n − 1)/2 + n + r(r − 1)/2 links; at most 500 spokes (500 peerings per VNet; MicrosoftDocs/azure-docs includes/azure-virtual-network-limits.md @04cb4ea, 2022-12-05)"
    );
    assert_eq!(
        chart.ways[3].says,
        "no link beside those of hub and spoke; at most 250 spokes (250 VNets per connected group; MicrosoftDocs/azure-docs includes/azure-virtual-network-manager-limits.md and concept-limitations.md, 2026-09-16)"
    );
    let (at, says) = chart.now.unwrap();
    assert_eq!(says, "this design: 6 spokes, 7 links");
    let hub_and_spoke = &chart.plot.lines[2].whole;
    assert!(hub_and_spoke.iter().any(|point| point.distance(at) < 4.0));
    // No limit of 20 spokes is in sight.
    assert_eq!(chart.ends[0], (20, true));
    assert!(chart.plot.limits.is_empty());
}

#[test]
fn the_end_follows_the_design_until_another_is_chosen_and_limits_come_into_sight() {
    let chart = chart_after([typed(Ask::Spokes(0), "90")]);
    assert_eq!(
        chart.ends.iter().find(|(_, chosen)| *chosen),
        Some(&(500, true))
    );
    let chart = chart_after([Msg::PeeringEnd(1_000)]);
    let known: Vec<u64> = chart
        .plot
        .limits
        .iter()
        .map(|(_, limit)| limit.spokes)
        .collect();
    assert_eq!(known, [250, 500, 998]);
    let last = chart.steps.last().unwrap();
    assert_eq!(
        last.says,
        "1,000 spokes: Full mesh 500,501, Mesh in each region 250,501, Hub and spoke 1,001, Connected group 1,001"
    );
}

#[test]
fn growth_says_when_each_way_ends() {
    let chart = chart_after([typed(Ask::Growth, "100"), typed(Ask::Spokes(0), "197")]);
    assert!(
        chart.ways[3]
            .says
            .ends_with("growth passes that in 3 months"),
        "{}",
        chart.ways[3].says
    );
    assert!(
        chart.ways[0].says.ends_with("growth passes that in 1 year"),
        "{}",
        chart.ways[0].says
    );
}

#[test]
fn in_one_region_a_mesh_of_each_region_is_the_full_mesh() {
    let chart = chart_after([Msg::Ask(AskMsg::RemoveRegion(1))]);
    assert_eq!(chart.ways.len(), 3);
    assert!(chart.ways.iter().all(|way| way.way != 1));
    assert_eq!(
        chart.ways[0].says.split(';').next(),
        Some("n(n − 1)/2 + n links")
    );
}

#[test]
fn a_larger_connected_group_that_is_asked_for_goes_farther() {
    let chart = chart_after([Msg::Ask(AskMsg::Choose(Ask::Groups, 1))]);
    assert!(
        chart.ways[3].says.contains("at most 998 spokes"),
        "the hubs bound it now: {}",
        chart.ways[3].says
    );
}
