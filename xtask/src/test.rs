//! `cargo xtask test`: every test there is, in layers, the quick ones first; the page is built beside them.
use std::time::{Duration, Instant};

use crate::beside::Beside;
use crate::browser::{program, with_browser};
use crate::build;
use crate::deny;
use crate::failure::{Context, Result};
use crate::foreign;
use crate::journeys;
use crate::options::Options;
use crate::package;
use crate::plan::Purpose;
use crate::process::{command, dist, root, seconds, step};
use crate::setup;
use crate::toolchain::Toolchain;

/// `cargo xtask test [--native] [--wasm] [--e2e]`.
pub(crate) fn command_line(mut options: Options) -> Result<()> {
    let chosen = [
        options.flag("--native"),
        options.flag("--wasm"),
        options.flag("--e2e"),
    ];
    options.finish()?;
    let everything = !chosen.contains(&true);
    let [native, wasm, e2e] = chosen.map(|layer| layer || everything);
    let mut summary = Summary::begin();
    let result = run(&mut summary, native, wasm, e2e);
    summary.print(result.is_ok());
    result
}

fn run(summary: &mut Summary, native: bool, wasm: bool, e2e: bool) -> Result<()> {
    if !(wasm || e2e) {
        return summary.part("native tests", native_tests);
    }
    let toolchain = summary.part("set-up", || setup::ensure(Purpose::Tests))?;
    let page = e2e.then(build_beside).transpose()?;
    let natively = while_the_page_is_built(summary, native, e2e, &toolchain);
    let built = page.map_or(Ok(()), |page| summary.ended("build and sizes", page));
    natively.and(built)?;
    if wasm {
        summary.part("wasm tests in Chromium", || wasm_tests(&toolchain))?;
    }
    if e2e {
        summary.part("package in Node.js", package::test)?;
        summary.part("end-to-end journeys", || journeys::tell(&toolchain))?;
    }
    Ok(())
}

/// The page is built mostly by one thread (linking, wasm-opt), in a folder of its own: another core is free.
fn build_beside() -> Result<Beside> {
    let program = std::env::current_exe().context("finding this program")?;
    let mut build = command(program);
    build.arg("build");
    println!("\n=== build and sizes: begun, told when it has ended");
    Ok(Beside::start(build))
}

fn while_the_page_is_built(
    summary: &mut Summary,
    native: bool,
    e2e: bool,
    toolchain: &Toolchain,
) -> Result<()> {
    if native {
        summary.part("native tests", native_tests)?;
    }
    if e2e {
        summary.part("packages", || deny::check(toolchain))?;
        summary.part("programs of others", foreign::check)?;
    }
    Ok(())
}

fn native_tests() -> Result<()> {
    step(
        "cargo test",
        command("cargo").args(["test", "--workspace", "--exclude", "interspoke-e2e"]),
    )
}

fn wasm_tests(toolchain: &Toolchain) -> Result<()> {
    toolchain.clear_stale_objects()?;
    if !root().join("web-app/tests/browser.rs").is_file() {
        println!(
            "==> wasm-pack test: web-app/tests/browser.rs is not there, so there is nothing to run"
        );
        return Ok(());
    }
    let mut wasm_pack = toolchain.command("wasm-pack");
    wasm_pack.args([
        "--log-level",
        "error",
        "test",
        "--headless",
        "--chrome",
        "--mode",
        "no-install",
        "--chromedriver",
    ]);
    wasm_pack.arg(program(toolchain.chromedriver.as_deref(), "chromedriver")?);
    // Only the tests that are written for a browser: the others link what exists natively alone.
    step(
        "wasm-pack test",
        wasm_pack.args(["web-app", "--test", "browser"]),
    )
}

/// `cargo xtask pictures [--to FOLDER]`: the page as readers see it, for the README and for looking at.
pub(crate) fn pictures(mut options: Options) -> Result<()> {
    let folder = options.value::<String>("--to")?;
    let folder = folder.unwrap_or_else(|| String::from("target/pictures"));
    options.finish()?;
    let toolchain = setup::ensure(Purpose::Tests)?;
    build::artefacts(&toolchain, &dist())?;
    let example = [
        "run",
        "--package",
        "interspoke-e2e",
        "--example",
        "pictures",
        "--",
    ];
    let mut cargo = with_browser(&toolchain, &example)?;
    step("cargo run --example pictures", cargo.arg(folder))
}

/// What ran and how long it took.
#[derive(Debug)]
struct Summary {
    start: Instant,
    parts: Vec<(&'static str, Duration, bool)>,
}

impl Summary {
    fn begin() -> Summary {
        Summary {
            start: Instant::now(),
            parts: Vec::new(),
        }
    }

    /// Waits for what runs beside.
    fn ended(&mut self, name: &'static str, beside: Beside) -> Result<()> {
        println!("\n=== {name}");
        let (took, outcome) = beside.end();
        self.parts.push((name, took, outcome.is_ok()));
        outcome
    }

    fn part<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n=== {name}");
        let start = Instant::now();
        let result = work();
        self.parts.push((name, start.elapsed(), result.is_ok()));
        result
    }

    fn print(&self, passed: bool) {
        println!();
        for (name, time, passed) in &self.parts {
            println!(
                "{:<26}{:>14}  {}",
                name,
                seconds(*time),
                if *passed { "passed" } else { "FAILED" }
            );
        }
        let verdict = if passed {
            "passed"
        } else {
            "FAILED, and what follows was not run"
        };
        println!(
            "{:<26}{:>14}  {verdict}",
            "all",
            seconds(self.start.elapsed())
        );
    }
}
