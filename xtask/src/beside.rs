//! A program that runs while something else is done. What it prints is kept whole and printed when it has ended, so that
//! the lines of the two do not mix.
use std::io::{self, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::failure::{Context, Failure, Result};
use crate::process::shown;

/// A program that was started.
#[derive(Debug)]
pub(crate) struct Beside {
    shown: String,
    running: JoinHandle<io::Result<Ended>>,
}

/// How a program ended.
#[derive(Debug)]
struct Ended {
    status: ExitStatus,
    printed: String,
    took: Duration,
}

impl Beside {
    /// Starts a program.
    pub(crate) fn start(command: Command) -> Beside {
        Beside {
            shown: shown(&command),
            running: thread::spawn(|| run(command)),
        }
    }

    /// Waits for the end, prints what was printed, and says how long it took and whether it failed.
    pub(crate) fn end(self) -> (Duration, Result<()>) {
        let ended = self.running.join();
        let ended = ended.unwrap_or_else(|_| Err(io::Error::other("it was not waited for")));
        match ended.context(self.shown.clone()) {
            Err(failure) => (Duration::ZERO, Err(failure)),
            Ok(ended) => {
                print!("{}", ended.printed);
                let failed =
                    || Failure::new(format!("failed ({})\n  {}", ended.status, self.shown));
                let outcome = ended.status.success().then_some(()).ok_or_else(failed);
                (ended.took, outcome)
            }
        }
    }
}

/// Both streams go into one, in their order.
fn run(mut command: Command) -> io::Result<Ended> {
    let start = Instant::now();
    let (mut reader, writer) = io::pipe()?;
    command
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    let mut child = command.spawn()?;
    // It holds the pipe's other end, which would stay open.
    drop(command);
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    Ok(Ended {
        status: child.wait()?,
        printed: String::from_utf8_lossy(&bytes).into_owned(),
        took: start.elapsed(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::command;

    #[test]
    fn what_a_program_prints_is_kept_in_its_order() {
        let mut cargo = command("rustc");
        cargo.arg("--no-such-flag");
        let ended = run(cargo).unwrap();
        assert!(!ended.status.success());
        assert!(ended.printed.contains("no-such-flag"), "{}", ended.printed);
    }

    #[test]
    fn its_failure_is_told_with_its_command() {
        let mut cargo = command("rustc");
        cargo.args(["--print", "no-such-thing"]);
        let (_, outcome) = Beside::start(cargo).end();
        let told = outcome.unwrap_err().to_string();
        assert!(told.ends_with("rustc --print no-such-thing"), "{told}");

        let (_, outcome) = Beside::start(command("interspoke-no-such-program")).end();
        assert!(
            outcome
                .unwrap_err()
                .to_string()
                .contains("interspoke-no-such-program")
        );
        let mut version = command("rustc");
        version.arg("--version");
        Beside::start(version).end().1.unwrap();
    }
}
