//! Every pattern of an Intent: built, proved, billed, ranked.

use crate::measure::{Gate, ratio, shown, timed};
use interspoke_bench::work;
use std::time::Duration;

/// What every pattern of the largest Intent may take, natively.
const ALL_OF_THE_LARGEST: Duration = Duration::from_millis(300);

/// Every Intent, then the longest single steps: what a page that works in slices must wait for.
pub(crate) fn run(gates: &mut Vec<Gate>) {
    println!("\nPatterns: built, proved pair by pair of classes, billed, ranked");
    for name in work::names() {
        if name.contains("patterns")
            && let Some(mut run) = work::prepare(&name)
        {
            let (time, proved) = timed(&mut run);
            println!("{name:<56} {:>10}   {proved} simulated", shown(time));
            if name == work::LARGE {
                gates.push(Gate {
                    what: format!("{} beside {name}", shown(ALL_OF_THE_LARGEST)),
                    reached: ratio(ALL_OF_THE_LARGEST, time),
                    goal: 1.0,
                    floor: 0.3,
                });
            }
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
