//! The journeys in real browsers. A few that failed are told once more, alone: on a machine that does much beside them a
//! browser may stand still for seconds. What failed at first is said in either case, and what fails twice has failed.
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::browser::with_browser;
use crate::failure::{Context, Failure, Result};
use crate::foreign;
use crate::process::{shown, step, timed};
use crate::python;
use crate::toolchain::Toolchain;

/// More journeys than this fail for a reason that telling them again does not mend.
const TOLD_AGAIN: usize = 3;
/// The generator of somebody else's pages in which elements stand.
const MKDOCS: &str = "tests/foreign/mkdocs.txt";
const TITLE: &str = "cargo test --package interspoke-e2e";

/// Every journey that this machine has the browsers for.
pub(crate) fn tell(toolchain: &Toolchain) -> Result<()> {
    let mut untold = toolchain.others.untold();
    let mut cargo = cargo(toolchain)?;
    if let Err(failure) = python::environment(MKDOCS) {
        println!("    without MkDocs: {failure}");
        untold.push("a_page_of_mkdocs");
    }
    if !untold.is_empty() {
        println!("    without {}", untold.join(", "));
    }
    for story in untold {
        cargo.args(["--skip", story]);
    }
    let failed = timed(TITLE, || failed(&mut cargo))?;
    match failed.len() {
        0 => Ok(()),
        1..=TOLD_AGAIN => tell_again(toolchain, &failed),
        _ => Err(Failure::new(format!(
            "journeys failed: {}",
            failed.join(", ")
        ))),
    }
}

fn tell_again(toolchain: &Toolchain, names: &[String]) -> Result<()> {
    println!(
        "\n=== FAILED AT FIRST, told again alone: {}",
        names.join(", ")
    );
    let mut cargo = cargo(toolchain)?;
    cargo.args(["--test-threads", "1", "--exact"]).args(names);
    step(TITLE, &mut cargo)
}

fn cargo(toolchain: &Toolchain) -> Result<Command> {
    let arguments = ["test", "--package", "interspoke-e2e"];
    let mut cargo = with_browser(toolchain, &arguments)?;
    if let Some(axe) = foreign::axe()? {
        cargo.env("INTERSPOKE_AXE", axe);
    }
    if let Ok(python) = python::environment(MKDOCS) {
        cargo.env("INTERSPOKE_MKDOCS_PYTHON", python);
    }
    cargo.arg("--");
    Ok(cargo)
}

/// The names of the tests that failed. Every line is printed as it comes.
fn failed(command: &mut Command) -> Result<Vec<String>> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context(shown(command))?;
    let mut names = Vec::new();
    if let Some(printed) = child.stdout.take() {
        for line in BufReader::new(printed).lines() {
            let line = line.context(shown(command))?;
            println!("{line}");
            names.extend(failing(&line));
        }
    }
    let status = child.wait().context(shown(command))?;
    if !status.success() && names.is_empty() {
        return Err(Failure::new(format!(
            "{TITLE}: failed ({status})\n  {}",
            shown(command)
        )));
    }
    Ok(names)
}

/// The test that a line of the test harness calls failed.
fn failing(line: &str) -> Option<String> {
    let name = line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::command;

    #[test]
    fn a_line_of_the_harness_names_what_failed() {
        let failed = failing("test touch::fingers_choose ... FAILED");
        assert_eq!(failed.as_deref(), Some("touch::fingers_choose"));
        for line in [
            "test touch::fingers_choose ... ok",
            "test result: FAILED. 49 passed; 1 failed",
        ] {
            assert_eq!(failing(line), None, "{line}");
        }
    }

    #[test]
    fn a_program_that_fails_without_a_failing_test_has_failed() {
        let mut rustc = command("rustc");
        let failure = failed(rustc.args(["--print", "no-such-thing"])).unwrap_err();
        assert!(failure.to_string().ends_with("rustc --print no-such-thing"));
    }
}
