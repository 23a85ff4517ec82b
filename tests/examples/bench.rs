//! The benchmark's work in Chromium beside the native times: `cargo xtask bench` builds both and runs this.
use std::path::PathBuf;

use interspoke_e2e::{Artefact, Failure, Outcome, Page, journey};
use serde_json::Value;

const PAGE: &str = include_str!("../pages/bench.html");
/// Compiled for speed, and as the page is.
const BUILDS: [&str; 2] = ["speed", "page"];
/// What the names of single steps begin with.
const STEP: &str = "1,000 spokes in 4 regions: ";
const PATTERNS: &str = "all patterns, 1,000 spokes in 4 regions";

fn main() -> Outcome {
    let file = std::env::args().nth(1).map(PathBuf::from);
    let file = file.ok_or_else(|| Failure::new("name the file with the native times"))?;
    let native: Vec<(f64, String)> = std::fs::read_to_string(file)?
        .lines()
        .filter_map(|line| {
            let (nanoseconds, name) = line.split_once('\t')?;
            let nanoseconds: f64 = nanoseconds.parse().ok()?;
            Some((nanoseconds / 1e6, name.to_owned()))
        })
        .filter(|(_, name)| !name.starts_with(STEP))
        .collect();
    journey(Artefact::HostPage(PAGE), async |page: &Page| {
        println!(
            "\nNatively and in Chromium, ms (medians of warm runs); memory of an instance that did this alone"
        );
        println!(
            "{:<48} {:>9} {:>9} {:>6} {:>9} {:>9} {:>6} {:>9}",
            "", "native", "speed", "÷", "memory", "as page", "÷", "first run"
        );
        for (native, name) in &native {
            let quick = measured(page, "speed", name).await?;
            let small = measured(page, "page", name).await?;
            println!(
                "{name:<48} {native:>9.3} {:>9.3} {:>6.2} {:>6.1} MB {:>9.3} {:>6.2} {:>9.1}",
                quick.time,
                quick.time / native,
                quick.memory,
                small.time,
                small.time / native,
                small.cold,
            );
        }
        println!("\n{PATTERNS}, the first time, without blocking");
        for build in BUILDS {
            sliced(page, build).await?;
            let script = format!("return window.working('{build}', '{PATTERNS}')");
            let told = page.run(&script).await?;
            println!(
                "{build:<6} in a worker: {:.0} ms from its start to its answer, {:.0} ms of work",
                number(&told, "/total")?,
                number(&told, "/work")?
            );
        }
        Ok(())
    })
}

struct Measured {
    time: f64,
    cold: f64,
    /// Megabytes.
    memory: f64,
}

async fn measured(page: &Page, build: &str, name: &str) -> Outcome<Measured> {
    let told = page
        .run(&format!("return window.measure('{build}', '{name}')"))
        .await?;
    Ok(Measured {
        time: number(&told, "/milliseconds")?,
        cold: number(&told, "/cold")?,
        memory: number(&told, "/pages")? * 65_536.0 / 1_048_576.0,
    })
}

async fn sliced(page: &Page, build: &str) -> Outcome {
    let told = page
        .run(&format!("return window.sliced('{build}')"))
        .await?;
    let slices = told.pointer("/slices").and_then(Value::as_array);
    let mut slices: Vec<(f64, &str)> = slices
        .into_iter()
        .flatten()
        .filter_map(|slice| Some((slice["milliseconds"].as_f64()?, slice["name"].as_str()?)))
        .collect();
    slices.sort_by(|a, b| b.0.total_cmp(&a.0));
    let total: f64 = slices.iter().map(|(time, _)| time).sum();
    let long = slices.iter().filter(|(time, _)| *time > 50.0).count();
    println!(
        "{build:<6} a step a task: {total:.0} ms in all, {long} of {} tasks over 50 ms (the browser counts {})",
        slices.len(),
        told.pointer("/long")
            .and_then(Value::as_array)
            .map_or(0, Vec::len)
    );
    for (time, name) in slices.iter().take(5) {
        println!(
            "         {time:>7.1} ms  {}",
            name.strip_prefix(STEP).unwrap_or(name)
        );
    }
    Ok(())
}

fn number(told: &Value, pointer: &str) -> Outcome<f64> {
    let found = told.pointer(pointer).and_then(Value::as_f64);
    found.ok_or_else(|| Failure::new(format!("the page did not tell {pointer}: {told}")))
}
