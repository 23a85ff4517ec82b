//! `cargo xtask bench`: whole-estate answers against the obvious Rust, Python and the floor, in one run.
//!
//! The measuring program is a package of its own (`xtask/bench`), built with all optimisations. Python's libraries go
//! into a virtual environment in the cache; without them the run goes on and says so. The same work in a browser:
//! [`crate::bench_page`]; the picture beside other programs: [`crate::drawing`]; how the page starts: [`crate::start`].
use std::path::PathBuf;

use crate::bench_page::{self, measuring};
use crate::drawing;
use crate::failure::Result;
use crate::options::Options;
use crate::process::succeed;
use crate::python;
use crate::start;

/// What the trace in Python imports.
const REQUIREMENTS: &str = "xtask/bench/requirements.txt";

/// Runs the benchmark; `--gate` takes the small estates alone and fails where a ratio is missed.
pub(crate) fn command_line(mut options: Options) -> Result<()> {
    let gate = options.flag("--gate");
    let without_python = options.flag("--without-python");
    let without_browser = options.flag("--without-browser");
    let browser_only = options.flag("--browser-only");
    let drawing = options.flag("--drawing");
    let start = options.flag("--start");
    options.finish()?;
    if drawing {
        return drawing::run();
    }
    if start {
        return start::run();
    }
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
    match python::environment(REQUIREMENTS) {
        Ok(python) => Some(python),
        Err(failure) => {
            println!("going on without Python: {failure}");
            None
        }
    }
}
