//! Every pattern of an Intent: built, proved, billed, ranked.

use crate::measure::{shown, timed};
use interspoke_bench::work;
use std::time::Duration;

/// Both Intents, then the longest single steps: what a page that works in slices must wait for.
pub(crate) fn run() {
    println!("\nPatterns: built, proved pair by pair of classes, billed, ranked");
    for name in work::names() {
        if name.contains("patterns")
            && let Some(mut run) = work::prepare(&name)
        {
            let (time, proved) = timed(&mut run);
            println!("{name:<56} {:>10}   {proved} simulated", shown(time));
        }
    }
    let mut alone: Vec<(Duration, String)> = work::patterns()
        .into_iter()
        .filter_map(|name| {
            let mut run = work::prepare(&name)?;
            Some((timed(&mut run).0, name))
        })
        .collect();
    alone.sort_unstable();
    for (time, name) in alone.iter().rev().take(3) {
        println!("{name:<56} {:>10}", shown(*time));
    }
}
