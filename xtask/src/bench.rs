//! `cargo xtask bench`: whole-estate answers against the obvious Rust, Python and the floor, in one run.
//!
//! The measuring program is a package of its own (`xtask/bench`), built with all optimisations. Python's libraries go
//! into a virtual environment in the cache; without them the run goes on and says so. The same work in a browser:
//! [`crate::bench_page`].
use std::path::{Path, PathBuf};

use crate::bench_page::{self, measuring};
use crate::failure::{Context, Result};
use crate::folder;
use crate::machine::cache_folder;
use crate::options::Options;
use crate::process::{command, find, root, succeed, timed};

/// What the trace in Python imports.
const REQUIREMENTS: &str = "xtask/bench/requirements.txt";

/// Runs the benchmark; `--gate` takes the small estates alone and fails where a ratio is missed.
pub(crate) fn command_line(mut options: Options) -> Result<()> {
    let gate = options.flag("--gate");
    let without_python = options.flag("--without-python");
    let without_browser = options.flag("--without-browser");
    let browser_only = options.flag("--browser-only");
    options.finish()?;
    if browser_only {
        return bench_page::run();
    }
    let python = if without_python { None } else { python() };
    let mut cargo = measuring();
    if gate {
        cargo.arg("--gate");
    }
    if let Some(python) = python {
        cargo.arg("--python").arg(python);
    }
    succeed("bench", &mut cargo)?;
    if gate || without_browser {
        return Ok(());
    }
    bench_page::run()
}

/// The Python with the libraries; `None`, with a note, where there is none or they cannot be installed.
fn python() -> Option<PathBuf> {
    match environment() {
        Ok(python) => Some(python),
        Err(failure) => {
            println!("going on without Python: {failure}");
            None
        }
    }
}

fn environment() -> Result<PathBuf> {
    let wanted = std::fs::read_to_string(root().join(REQUIREMENTS)).context(REQUIREMENTS)?;
    let name = wanted
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("-")
        .replace("==", "-");
    let finished = cache_folder()?.join(format!("python-{name}"));
    let program = program_in(&finished);
    if program.is_file() && finished.join("complete").is_file() {
        return Ok(program);
    }
    let python = find("python3")
        .or_else(|| find("python"))
        .ok_or_else(|| crate::failure::Failure::new("python3 is missing"))?;
    timed("pytricia and networkx in a virtual environment", || {
        folder::clear(&finished)?;
        succeed(
            "python3 -m venv",
            command(python).args(["-m", "venv"]).arg(&finished),
        )?;
        let mut pip = command(&program);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
            REQUIREMENTS,
        ]);
        succeed("pip install", &mut pip)?;
        std::fs::write(finished.join("complete"), "").context("marking the environment as complete")
    })?;
    Ok(program)
}

fn program_in(environment: &Path) -> PathBuf {
    if cfg!(windows) {
        environment.join("Scripts/python.exe")
    } else {
        environment.join("bin/python")
    }
}
