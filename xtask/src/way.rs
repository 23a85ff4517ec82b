//! `cargo xtask plan FROM TO [--full]`: the steps from one estate to another, and what each does to traffic.
//!
//! The rule: estates are named as for `export`. The summary is printed; with `--full` commands, undo and checks too.
//! The exit code is 1 where the goal is refused or no order of steps is accepted.

use interspoke_core::plan::{Obstacle, TRIES, plan};
use interspoke_core::route::Settings;

use crate::failure::{Failure, Result};
use crate::options::Options;
use crate::write_out::read_network;

/// The command, with the arguments after its name.
pub(crate) fn run(arguments: Vec<String>) -> Result<()> {
    let (names, rest): (Vec<String>, Vec<String>) = arguments
        .into_iter()
        .partition(|argument| !argument.starts_with("--"));
    let mut options = Options::new("plan", rest);
    let full = options.flag("--full");
    options.finish()?;
    let [from, to] = names.as_slice() else {
        return Err(Failure::new(
            "expected two estates: cargo xtask plan FROM TO [--full]".to_owned(),
        ));
    };
    let (from, to) = (read_network(from)?, read_network(to)?);
    let plan = plan(&from, &to, Settings::default(), TRIES).map_err(said)?;
    if full {
        print!("{}", plan.markdown());
    } else {
        print!("{}", plan.summary());
    }
    Ok(())
}

fn said(obstacle: Obstacle) -> Failure {
    let (head, issues) = match obstacle {
        Obstacle::Goal(issues) => ("Azure refuses the goal", issues),
        Obstacle::NoOrder(issues) => ("no order of the steps is accepted", issues),
    };
    let lines: Vec<String> = issues.iter().take(12).map(ToString::to_string).collect();
    Failure::new(format!("{head}:\n{}", lines.join("\n")))
}
