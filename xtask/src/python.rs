//! Python with packages of others, in a virtual environment in the cache: made once for a list of requirements.
use std::path::{Path, PathBuf};

use crate::failure::{Context, Failure, Result};
use crate::folder;
use crate::machine::cache_folder;
use crate::process::{command, find, root, succeed, timed};

/// The Python that has what the file of requirements lists.
pub(crate) fn environment(requirements: &str) -> Result<PathBuf> {
    let wanted = std::fs::read_to_string(root().join(requirements)).context(requirements)?;
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let name = wanted.join("-").replace("==", "-");
    let finished = cache_folder()?.join(format!("python-{name}"));
    let program = program_in(&finished);
    if program.is_file() && finished.join("complete").is_file() {
        return Ok(program);
    }
    let python = find("python3")
        .or_else(|| find("python"))
        .ok_or_else(|| Failure::new("python3 is missing"))?;
    let title = format!("{} in a virtual environment", wanted.join(", "));
    timed(&title, || {
        folder::clear(&finished)?;
        succeed(
            "python3 -m venv",
            command(python).args(["-m", "venv"]).arg(&finished),
        )?;
        let mut pip = command(&program);
        pip.args(["-m", "pip", "install", "--quiet"]).args([
            "--disable-pip-version-check",
            "-r",
            requirements,
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
