//! The benchmark of whole-estate answers: `cargo xtask bench` builds and runs it.
//!
//! | contender | what it is |
//! |---|---|
//! | by class | the core: classes, and one flow followed for each pair of them |
//! | written out | the same, and one byte for every ordered pair |
//! | tries | (a) the obvious Rust: a `prefix-trie` table a subnet, a walk a pair |
//! | Python | (b) pytricia, networkx and a hand-written trace |
//! | floor | (c) writing one byte a pair and nothing else |
//!
//! All start from the same built topology and end with the same byte for every ordered pair of workload subnets; the
//! bytes are compared. Times are medians of several runs in one process; what is judged are their ratios.

mod estates;
mod imports;
mod lookups;
mod measure;
mod memory;
mod patterns;
mod python;
mod tries;

use interspoke_bench::work;
use measure::{Options, timed};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at.checked_add(1)?).cloned()
    };
    if let Some(plan) = value("--memory") {
        return memory::child(&plan);
    }
    if arguments.iter().any(|argument| argument == "--imports") {
        imports::run();
        return ExitCode::SUCCESS;
    }
    if arguments.iter().any(|argument| argument == "--works") {
        return works(value("--works").unwrap_or_default().as_str());
    }
    let options = Options {
        gate: arguments.iter().any(|argument| argument == "--gate"),
        python: value("--python"),
    };
    let mut gates = Vec::new();
    lookups::run(&mut gates);
    estates::run(&options, &mut gates);
    patterns::run(&mut gates);
    imports::run();
    let missed = gates.iter().filter(|gate| !gate.holds()).count();
    println!("\nGates (ratios of this run, with margin)");
    for gate in &gates {
        println!("  {gate}");
    }
    if options.gate && missed > 0 {
        println!("{missed} of {} gates missed", gates.len());
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The time of each piece of work that is measured in a browser too: nanoseconds, a tab, the name. Only those whose name
/// contains a text.
fn works(text: &str) -> ExitCode {
    let all = work::names().into_iter().chain(work::patterns());
    for name in all.filter(|name| name.contains(text)) {
        let Some(mut run) = work::prepare(&name) else {
            println!("no work is called {name:?}");
            return ExitCode::FAILURE;
        };
        let (time, _) = timed(&mut run);
        println!("{}\t{name}", time.as_nanos());
    }
    ExitCode::SUCCESS
}
