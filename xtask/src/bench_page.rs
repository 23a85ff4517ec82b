//! The benchmark's work natively and in Chromium, side by side, from one run.
//!
//! The library of `xtask/bench` is compiled to WebAssembly twice: with all optimisations, and as the page is, for
//! size. A host page of the journeys' harness runs both.
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::browser::with_browser;
use crate::build::WASM_FEATURES;
use crate::failure::{Context, Failure, Result};
use crate::folder;
use crate::plan::Purpose;
use crate::process::{command, root, step, timed};
use crate::setup;
use crate::size::gzip;
use crate::toolchain::{Toolchain, target_folder};

/// A crate compiled to WebAssembly for a page that measures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    /// Its folder.
    pub(crate) package: &'static str,
    /// What its files are called.
    pub(crate) name: &'static str,
    /// Cargo's profile.
    pub(crate) profile: &'static str,
    /// The level of wasm-opt.
    pub(crate) level: &'static str,
}

const BENCH: &str = "xtask/bench";
const BUILDS: [Measured; 2] = [
    Measured {
        package: BENCH,
        name: "speed",
        profile: "speed",
        level: "-O3",
    },
    Measured {
        package: BENCH,
        name: "page",
        profile: "web",
        level: "-Oz",
    },
];

/// Measures natively, builds, measures in the browser, prints the ratios.
pub(crate) fn run() -> Result<()> {
    let toolchain = setup::ensure(Purpose::Tests)?;
    let folder = root().join("target/bench");
    let site = folder.join("site");
    folder::clear(&site)?;
    fs::create_dir_all(&site).context("a folder for the bench's page")?;
    for build in BUILDS {
        compile(&toolchain, build, &site)?;
    }
    let native = folder.join("native.txt");
    timed("the work natively", || {
        let mut program = measuring();
        let output = program.arg("--works").output().context("the bench")?;
        if !output.status.success() {
            return Err(Failure::new(String::from_utf8_lossy(&output.stderr)));
        }
        fs::write(&native, output.stdout).context("the native times")
    })?;
    let example = [
        "run",
        "--quiet",
        "--package",
        "interspoke-e2e",
        "--example",
        "bench",
        "--",
    ];
    let mut cargo = with_browser(&toolchain, &example)?;
    cargo.env("INTERSPOKE_DIST", &folder).arg(&native);
    step("the work in Chromium", &mut cargo)
}

/// Compiles a crate and puts its two files into a folder.
pub(crate) fn compile(toolchain: &Toolchain, build: Measured, site: &Path) -> Result<()> {
    let Measured {
        package: of,
        name,
        profile,
        level,
    } = build;
    toolchain.clear_stale_objects()?;
    let package = target_folder().join(format!("bench-{name}"));
    let mut wasm_pack = toolchain.command("wasm-pack");
    wasm_pack.args(["--log-level", "error", "build", of, "--target", "web"]);
    wasm_pack.args([
        "--mode",
        "no-install",
        "--no-pack",
        "--no-opt",
        "--no-typescript",
    ]);
    wasm_pack
        .arg(format!("--profile={profile}"))
        .args(["--out-name", name, "--out-dir"])
        .arg(&package);
    step(
        &format!("wasm-pack build {of} --profile={profile}"),
        &mut wasm_pack,
    )?;
    let wasm = format!("{name}_bg.wasm");
    let (built, placed) = (package.join(&wasm), site.join(&wasm));
    match toolchain.wasm_opt() {
        Some(mut wasm_opt) => {
            wasm_opt.args([level, "--strip-debug"]).args(WASM_FEATURES);
            step(
                &format!("wasm-opt {level}"),
                wasm_opt.arg(&built).arg("-o").arg(&placed),
            )?;
        }
        None => fs::copy(&built, &placed).map(drop).context(&wasm)?,
    }
    let glue = format!("{name}.js");
    fs::copy(package.join(&glue), site.join(&glue)).context(&glue)?;
    let bytes = fs::read(&placed).context(&wasm)?;
    println!(
        "    {wasm}: {} KB, {} KB gzip",
        bytes.len() / 1_000,
        gzip(&bytes)?.len() / 1_000
    );
    Ok(())
}

/// The native program, built and ready for its arguments.
pub(crate) fn measuring() -> Command {
    let mut cargo = command("cargo");
    cargo.args([
        "run",
        "--quiet",
        "--profile",
        "bench",
        "--package",
        "interspoke-bench",
        "--",
    ]);
    cargo
}
