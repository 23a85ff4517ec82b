//! Estates of 10 to 5,000 spokes, every contender on each that it can do in seconds.

use crate::measure::{Gate, Options, median, ratio, shown, timed};
use crate::{memory, python, tries};
use interspoke_bench::work::{edit, named, plan};
use interspoke_core::address::first_host;
use interspoke_core::estate::Estate;
use interspoke_core::estate::generate::{Design, Plan};
use interspoke_core::route::Settings;
use interspoke_core::topology::{SubnetId, Topology, build};
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::time::Duration;

/// The three tables.
pub(crate) fn run(options: &Options, gates: &mut Vec<Gate>) {
    pairs(options, gates);
    growth(options, gates);
    edits(options);
}

fn estates(gate: bool) -> Vec<Plan> {
    let mut plans = Vec::new();
    for design in [Design::Firewalls, Design::VirtualWan] {
        for regions in [1, 2, 8] {
            for spokes in [10, 100, 1_000, 5_000] {
                if !gate || (spokes <= 1_000 && regions == 2) {
                    plans.push(plan(design, spokes, regions, 1));
                }
            }
        }
    }
    for spokes in [10, 100, 500] {
        if !gate || spokes <= 100 {
            plans.push(plan(Design::Mesh, spokes, 1, 1));
        }
    }
    plans
}

/// The subnets of rows and columns, each with its address.
fn ends(topology: &Topology, subnets: &[SubnetId]) -> Vec<(SubnetId, Ipv4Addr)> {
    let end = |id: &SubnetId| Some((*id, first_host(&topology.subnet(*id).prefix?)));
    subnets.iter().filter_map(end).collect()
}

fn floor(pairs: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(pairs);
    bytes.resize(pairs, 0x47);
    bytes
}

struct Row {
    build: Duration,
    by_class: Duration,
    written: Duration,
    tries: Option<Duration>,
    python: Option<Duration>,
    floor: Duration,
    pairs: usize,
    classes: usize,
}

fn measure(plan: &Plan, options: &Options) -> Row {
    let spec = plan.spec();
    let (built, topology) = timed(|| build(&spec).value);
    let topology = Rc::new(topology);
    let answer = || Estate::new(Rc::clone(&topology), Settings::default());
    let (by_class, estate) = timed(answer);
    let (written, matrix) = timed(|| answer().matrix());
    let ends = ends(&topology, &matrix.subnets);
    let pairs = ends.len() * ends.len();
    let (floor, _) = timed(|| floor(pairs));
    let tries = (plan.spokes <= 1_000).then(|| {
        let runs = if plan.spokes > 100 { 3 } else { 15 };
        let (time, bytes) = median(runs, || tries::matrix(&topology, &ends));
        assert!(bytes == matrix.bytes, "the tries say something else");
        time
    });
    let python = options.python.as_ref().filter(|_| plan.spokes <= 1_000);
    let python = python.and_then(|python| match python::matrix(python, &topology, &ends, 3) {
        Ok((time, bytes)) => {
            assert!(bytes == matrix.bytes, "Python says something else");
            Some(time)
        }
        Err(error) => {
            println!("  Python: {error}");
            None
        }
    });
    Row {
        build: built,
        by_class,
        written,
        tries,
        python,
        floor,
        pairs: pairs - ends.len(),
        classes: estate.classes().len(),
    }
}

fn times(slow: Option<Duration>, quick: Duration) -> String {
    slow.map_or_else(
        || "-".to_owned(),
        |slow| format!("{:.0}", ratio(slow, quick)),
    )
}

fn or_dash(time: Option<Duration>) -> String {
    time.map_or_else(|| "-".to_owned(), shown)
}

fn pairs(options: &Options, gates: &mut Vec<Gate>) {
    println!(
        "\nEvery ordered pair of workload subnets, both directions, from a built topology (medians)"
    );
    println!(
        "{:<38} {:>10} {:>7} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} | {:>9} {:>9} {:>9} {:>7}",
        "estate",
        "pairs",
        "classes",
        "build",
        "by class",
        "written",
        "(a) tries",
        "(b) Pyth.",
        "(c) floor",
        "a÷written",
        "b÷written",
        "b÷class",
        "wr÷c"
    );
    for plan in estates(options.gate) {
        let row = measure(&plan, options);
        println!(
            "{:<38} {:>10} {:>7} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} | {:>9} {:>9} {:>9} {:>7.1}",
            named(&plan),
            row.pairs,
            row.classes,
            shown(row.build),
            shown(row.by_class),
            shown(row.written),
            or_dash(row.tries),
            or_dash(row.python),
            shown(row.floor),
            times(row.tries, row.written),
            times(row.python, row.written),
            times(row.python, row.by_class),
            ratio(row.written, row.floor),
        );
        if (plan.design, plan.spokes, plan.regions) == (Design::Firewalls, 1_000, 2) {
            gates.extend(goals(&row));
        }
    }
    if options.python.is_none() {
        println!(
            "Python was skipped: no python3 with venv, or its libraries could not be installed."
        );
    }
}

/// The goals at 1,000 spokes behind the firewalls of two regions.
fn goals(row: &Row) -> Vec<Gate> {
    let gate = |what: &str, reached: f64, goal: f64, floor: f64| Gate {
        what: format!("1,000 spokes, 2 regions, firewalls: {what}"),
        reached,
        goal,
        floor,
    };
    let mut gates = Vec::new();
    if let Some(tries) = row.tries {
        gates.push(gate(
            "written out against (a)",
            ratio(tries, row.written),
            10.0,
            10.0,
        ));
    }
    if let Some(python) = row.python {
        gates.push(gate(
            "written out against (b)",
            ratio(python, row.written),
            40.0,
            40.0,
        ));
        gates.push(gate(
            "by class against (b)",
            ratio(python, row.by_class),
            1_000.0,
            500.0,
        ));
    }
    gates
}

/// One row: all pairs of an estate of so many kinds a hub, by class and by tries in one run.
fn kinds_of(design: Design, kinds: usize) {
    let topology = Rc::new(build(&plan(design, 1_000, 2, kinds).spec()).value);
    let grouped = || Estate::grouped(Rc::clone(&topology), Settings::default());
    let (grouping, estate) = timed(grouped);
    let classes = estate.classes().len();
    let (_, followed) = estate.progress();
    // Once where it takes seconds: a median of many would take minutes.
    let runs = if classes > 100 { 1 } else { 5 };
    let (time, matrix) = median(runs, || {
        let mut estate = grouped();
        estate.follow(usize::MAX);
        estate.matrix()
    });
    let ends = ends(&topology, &matrix.subnets);
    let (tries, bytes) = median(1, || tries::matrix(&topology, &ends));
    assert!(bytes == matrix.bytes, "the tries say something else");
    let each = time / u32::try_from(followed).unwrap_or(u32::MAX).max(1);
    println!(
        "{:<12} {classes:>8} {followed:>14} {:>10} {:>10} {:>16} {:>10} {:>9.2}",
        format!("{design:?}"),
        shown(grouping),
        shown(time),
        shown(each),
        shown(tries),
        ratio(tries, time),
    );
}

/// Cost grows with the number of classes.
fn growth(options: &Options, gates: &mut Vec<Gate>) {
    println!(
        "\n1,000 spokes, 2 regions, in more and more kinds: what classes cost, and the tries, which know none"
    );
    println!(
        "{:<12} {:>8} {:>14} {:>10} {:>10} {:>16} {:>10} {:>9}",
        "design",
        "classes",
        "pairs followed",
        "grouping",
        "by class",
        "a followed pair",
        "(a) tries",
        "a÷class"
    );
    let kinds: &[usize] = if options.gate {
        &[1, 8]
    } else {
        &[1, 8, 64, 128, 250]
    };
    for design in [Design::Firewalls, Design::VirtualWan] {
        for kinds in kinds {
            kinds_of(design, *kinds);
        }
    }
    // The same classes in an estate five times as large cost less than five times as much and a margin.
    let of = |spokes: usize| {
        let topology = Rc::new(build(&plan(Design::Firewalls, spokes, 1, 1).spec()).value);
        timed(|| Estate::new(Rc::clone(&topology), Settings::default())).0
    };
    gates.push(Gate {
        what: "twice the spokes, one hub: at most twice the time (half the ratio)".to_owned(),
        reached: 2.0 / ratio(of(480), of(240)).max(0.01),
        goal: 1.0,
        floor: 0.6,
    });
}

/// One edit, and everything is built and answered anew.
fn edits(options: &Options) {
    println!("\nOne edit: rebuild and answer by class; peak memory of a process that does both");
    println!(
        "{:<38} {:>10} {:>12} {:>14} {:>18}",
        "estate", "rebuild", "and answer", "peak by class", "peak written out"
    );
    for (design, spokes, regions) in [
        (Design::Firewalls, 1_000, 2),
        (Design::VirtualWan, 1_000, 2),
        (Design::Firewalls, 5_000, 8),
        (Design::VirtualWan, 5_000, 8),
    ] {
        if options.gate && spokes > 1_000 {
            continue;
        }
        let plan = plan(design, spokes, regions, 1);
        let mut spec = plan.spec();
        let (rebuilt, _) = timed(|| {
            edit(&mut spec);
            build(&spec)
        });
        let (both, _) = timed(|| {
            edit(&mut spec);
            Estate::new(Rc::new(build(&spec).value), Settings::default())
        });
        let peak = |written| {
            memory::of(plan, written)
                .map_or_else(|| "not measured".to_owned(), |mb| format!("{mb:.1} MB"))
        };
        println!(
            "{:<38} {:>10} {:>12} {:>14} {:>18}",
            named(&plan),
            shown(rebuilt),
            shown(both),
            peak(false),
            peak(true)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Loose, since tests are built without optimisation and share the machine: the ratio of one run.
    #[test]
    fn pairs_written_out_are_ten_times_faster_than_walks_through_tries() {
        for design in [Design::Firewalls, Design::VirtualWan] {
            let topology = Rc::new(build(&plan(design, 200, 2, 1).spec()).value);
            let answer = || Estate::new(Rc::clone(&topology), Settings::default()).matrix();
            let (quick, matrix) = median(5, answer);
            let ends = ends(&topology, &matrix.subnets);
            let (slow, bytes) = median(1, || tries::matrix(&topology, &ends));
            assert!(
                bytes == matrix.bytes,
                "{design:?}: the tries say something else"
            );
            assert!(
                ratio(slow, quick) >= 10.0,
                "{design:?}: {slow:?} and {quick:?}"
            );
        }
    }
}
