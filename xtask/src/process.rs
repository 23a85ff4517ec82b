//! Starting other programs: what is said before, how long it took, and with which environment.
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::{Context, Failure, Result};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    match manifest.parent() {
        Some(parent) => parent.to_path_buf(),
        None => manifest,
    }
}

/// The folder of the artefacts.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// A program to start in the workspace folder, without the variables that `cargo run` sets for xtask itself:
/// they would reach the cargo started here and the compiler of another toolchain.
pub(crate) fn command(program: impl Into<OsString>) -> Command {
    let mut command = Command::new(program.into());
    command.current_dir(root());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let of_this_run = text == "CARGO"
            || text == "RUST_RECURSION_COUNT"
            || [
                "CARGO_PKG_",
                "CARGO_MANIFEST_",
                "CARGO_BIN_",
                "CARGO_CRATE_",
                "CARGO_PRIMARY_",
            ]
            .iter()
            .any(|prefix| text.starts_with(prefix));
        if of_this_run {
            command.env_remove(&name);
        }
    }
    if let Some(libraries) = std::env::var_os("LD_LIBRARY_PATH") {
        let target = root().join("target");
        let kept = std::env::split_paths(&libraries)
            .filter(|path| !path.starts_with(&target) && !is_toolchain_library(path));
        match std::env::join_paths(kept) {
            Ok(kept) if !kept.is_empty() => command.env("LD_LIBRARY_PATH", kept),
            _ => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
    command
}

fn is_toolchain_library(path: &Path) -> bool {
    path.components()
        .any(|part| part.as_os_str() == "toolchains" || part.as_os_str() == "rustlib")
}

/// Runs a long step: its title first, its own output as it comes, the time at the end.
pub(crate) fn step(title: &str, command: &mut Command) -> Result<()> {
    timed(title, || succeed(title, command))
}

/// Says what begins and how long it took.
pub(crate) fn timed<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {title}");
    let start = Instant::now();
    let value = work()?;
    println!("    done in {}", seconds(start.elapsed()));
    Ok(value)
}

/// A duration as people read it.
pub(crate) fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        whole @ 10..120 => format!("{whole} s"),
        whole => format!("{} min {} s", whole / 60, whole % 60),
    }
}

/// Runs a program that must succeed.
pub(crate) fn succeed(title: &str, command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .context(shown(command))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "{title}: failed ({status})\n  {}",
            shown(command)
        )))
    }
}

/// What a program prints, or nothing where it is absent or fails.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The command as one could type it.
pub(crate) fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

/// The first program of that name on PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}

/// A tool in the cache, or on PATH in exactly this version.
pub(crate) fn exact_tool(cached: &Path, name: &str, version: &str) -> Option<PathBuf> {
    let finished = cached
        .join("bin")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if finished.is_file() {
        return Some(finished);
    }
    let on_path = find(name)?;
    let answer = ask(command(&on_path).arg("--version"))?;
    (answer.split_whitespace().nth(1) == Some(version)).then_some(on_path)
}

/// PATH with these folders in front.
pub(crate) fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(first.iter().cloned().chain(std::env::split_paths(&rest))).context("PATH")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(seconds(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(66)), "66 s");
        assert_eq!(seconds(Duration::from_secs(195)), "3 min 15 s");
    }

    #[test]
    fn a_program_that_is_absent_or_fails_answers_nothing() {
        assert_eq!(ask(&mut command("interspoke-no-such-program")), None);
        assert_eq!(find("interspoke-no-such-program"), None);
    }

    #[test]
    fn a_failing_program_is_named_with_its_arguments() {
        let message = succeed(
            "asking cargo",
            command("cargo")
                .args(["no-such-command"])
                .stderr(Stdio::null()),
        );
        assert!(
            message
                .unwrap_err()
                .to_string()
                .ends_with("cargo no-such-command")
        );
    }
}
