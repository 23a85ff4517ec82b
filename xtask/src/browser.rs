//! Programs that need a browser: where it, its driver and the artefacts are stands in their environment.
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::process::{command, dist};
use crate::toolchain::Toolchain;

/// Cargo, told where the artefacts and the browser are.
pub(crate) fn with_browser(toolchain: &Toolchain, arguments: &[&str]) -> Result<Command> {
    let mut cargo = command("cargo");
    cargo
        .args(arguments)
        .env("INTERSPOKE_DIST", dist())
        .env(
            "INTERSPOKE_CHROMIUM",
            program(toolchain.chromium.as_deref(), "chromium")?,
        )
        .env(
            "INTERSPOKE_CHROMEDRIVER",
            program(toolchain.chromedriver.as_deref(), "chromedriver")?,
        );
    toolchain.others.tell(&mut cargo);
    Ok(cargo)
}

/// A program that the set-up has to have found.
pub(crate) fn program<'a>(found: Option<&'a Path>, name: &str) -> Result<&'a Path> {
    found.ok_or_else(|| Failure::new(format!("{name} is still missing after the set-up")))
}
