//! Compares every pattern for an Intent: its verdict, its known cost a month, and the gravest reason.
//!
//! `cargo run -p interspoke-core --example compare -- SPOKES REGION…`, so many spokes in each region; without
//! arguments, the Intent that the page opens with.

use interspoke_core::intent::{Intent, RegionIntent};
use interspoke_core::pattern::select::compare;
use interspoke_core::pattern::verdict::Assessment;
use interspoke_core::price::{Bill, Catalog};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let intent = match arguments.as_slice() {
        [] => Intent::default(),
        [spokes, regions @ ..] => asked(spokes.parse()?, regions),
    };
    let comparison =
        compare(&intent, &Catalog::built_in()).map_err(|problems| format!("{problems:?}"))?;
    for assessment in &comparison.assessments {
        println!("{}", line(assessment));
    }
    for note in &comparison.notes {
        println!("{note}");
    }
    Ok(())
}

fn asked(spokes: u32, regions: &[String]) -> Intent {
    let regions = regions
        .iter()
        .map(|region| RegionIntent::new(region, spokes));
    Intent {
        regions: regions.collect(),
        ..Intent::default()
    }
}

fn line(assessment: &Assessment) -> String {
    let cost = assessment.bill.as_ref().map(Bill::total_text);
    let reason = assessment
        .reasons
        .first()
        .map(|reason| reason.text.as_str());
    format!(
        "{:<24}{:<13}{:<26}{}",
        assessment.pattern.id(),
        assessment.verdict.word(),
        cost.unwrap_or_default(),
        reason.unwrap_or_default()
    )
}
