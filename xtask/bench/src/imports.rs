//! Imports: the longest slice of a long export, all slices together, and memory beside the text.

use crate::measure::shown;
use crate::memory;
use interspoke_bench::export::export;
use interspoke_core::import::{Import, Imported};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// The word for the child that measures memory.
pub(crate) const CHILD: &str = "import";

/// Prints what an import of 50 MB takes.
pub(crate) fn run() {
    let text: Rc<str> = export().into();
    let bytes = text.len();
    let (made, times) = sliced(text);
    let total: Duration = times.iter().sum();
    let longest = times.iter().max().copied().unwrap_or_default();
    println!(
        "\nAn export of {} MB: {} VNets, {} NICs of machines, {} slices",
        bytes / 1_000_000,
        made.network.vnets.len(),
        made.network.workloads.len() + made.network.appliances.len(),
        times.len()
    );
    println!(
        "  all slices {}, the longest {}",
        shown(total),
        shown(longest)
    );
    if let Some(megabytes) = memory::of_child(CHILD) {
        let text = f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0;
        println!(
            "  memory at its peak {megabytes:.0} MB, {:.1} times the text",
            megabytes / text
        );
    }
}

/// Reads everything in slices; how long each took.
pub(crate) fn sliced(text: Rc<str>) -> (Imported, Vec<Duration>) {
    let mut times = Vec::new();
    let mut import = Import::new();
    import.open("estate.json", text);
    loop {
        let start = Instant::now();
        let more = import.read_on();
        times.push(start.elapsed());
        if !more {
            break;
        }
    }
    let mut finishing = import.finishing();
    loop {
        let start = Instant::now();
        let made = finishing.step();
        times.push(start.elapsed());
        if let Some(made) = made {
            return (made, times);
        }
    }
}
