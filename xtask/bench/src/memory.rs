//! Peak memory, measured in a process of its own for each estate; on Linux alone.

use interspoke_core::estate::Estate;
use interspoke_core::estate::generate::{Design, Plan};
use interspoke_core::route::Settings;
use interspoke_core::topology::build;
use std::process::{Command, ExitCode};
use std::rc::Rc;

/// Builds and answers the estate that `text` names, prints the peak in kilobytes.
pub(crate) fn child(text: &str) -> ExitCode {
    if text == crate::imports::CHILD {
        let (made, _) = crate::imports::sliced(interspoke_bench::export::export().into());
        println!("{} {}", peak().unwrap_or(0), made.network.vnets.len());
        return ExitCode::SUCCESS;
    }
    let mut parts = text.split(',');
    let design = match parts.next() {
        Some("wan") => Design::VirtualWan,
        Some("mesh") => Design::Mesh,
        _ => Design::Firewalls,
    };
    let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(1);
    let plan = Plan {
        spokes: number(),
        regions: number(),
        kinds: number(),
        design,
    };
    let written = number() == 2;
    let estate = Estate::new(Rc::new(build(&plan.spec()).value), Settings::default());
    let bytes = if written {
        estate.matrix().bytes.len()
    } else {
        0
    };
    println!("{} {bytes}", peak().unwrap_or(0));
    ExitCode::SUCCESS
}

fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The peak of a process that reads, builds and answers the estate, in megabytes.
pub(crate) fn of(plan: Plan, written: bool) -> Option<f64> {
    let design = match plan.design {
        Design::Firewalls => "firewalls",
        Design::VirtualWan => "wan",
        Design::Mesh => "mesh",
    };
    let text = format!(
        "{design},{},{},{},{}",
        plan.spokes,
        plan.regions,
        plan.kinds,
        if written { 2 } else { 1 }
    );
    of_child(&text)
}

/// The peak of a process that does what `text` names, in megabytes.
pub(crate) fn of_child(text: &str) -> Option<f64> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new(program)
        .args(["--memory", text])
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kilobytes: u32 = text.split_whitespace().next()?.parse().ok()?;
    (kilobytes > 0).then(|| f64::from(kilobytes) / 1024.0)
}
