//! `cargo xtask deny`: whether every package of the lock file may be used, tests and tools included.
//!
//! The program `cargo-deny` reads `deny.toml`: licences from a short list, one registry, nothing withdrawn.
//!
//! | part | read from | when |
//! |---|---|---|
//! | licences, bans, sources | the packages themselves | always |
//! | advisories | RustSec's list in cargo's home | where the list was fetched once; `--fetch` does so |
//!
//! A machine without that list, as continuous integration may be, is told that advisories were not read.
use std::fs;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::options::Options;
use crate::plan::Purpose;
use crate::process::step;
use crate::setup;
use crate::toolchain::{Toolchain, cargo_home};

/// `cargo xtask deny [--fetch]`.
pub(crate) fn command_line(mut options: Options) -> Result<()> {
    let fetch = options.flag("--fetch");
    options.finish()?;
    let toolchain = setup::ensure(Purpose::Release)?;
    if fetch {
        run(&toolchain, &["fetch", "db"])?;
    }
    check(&toolchain)
}

/// Checks every package of the lock file.
pub(crate) fn check(toolchain: &Toolchain) -> Result<()> {
    for arguments in asked(has_list(&cargo_home().join("advisory-dbs"))) {
        run(toolchain, arguments)?;
    }
    Ok(())
}

/// What cargo-deny is asked. The first fetches what packages are missing, the second fetches nothing.
fn asked(advisories: bool) -> Vec<&'static [&'static str]> {
    let mut asked: Vec<&[&str]> = vec![&["check", "licenses", "bans", "sources"]];
    if advisories {
        asked.push(&["--offline", "check", "advisories"]);
    } else {
        println!(
            "    advisories are not read: their list is not here (`cargo xtask deny --fetch`)"
        );
    }
    asked
}

/// A list is a folder; a lock may stand there without one.
fn has_list(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|path| path.is_dir())
}

fn run(toolchain: &Toolchain, arguments: &[&str]) -> Result<()> {
    let program = toolchain.cargo_deny.as_ref();
    let program =
        program.ok_or_else(|| Failure::new("cargo-deny is still missing after the set-up"))?;
    let mut deny = crate::process::command(program);
    deny.args(["--locked", "--workspace"]).args(arguments);
    step(&format!("cargo deny {}", arguments.join(" ")), &mut deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advisories_are_asked_for_where_their_list_is() {
        let packages: &[&str] = &["check", "licenses", "bans", "sources"];
        assert_eq!(asked(false), [packages]);
        let advisories: &[&str] = &["--offline", "check", "advisories"];
        assert_eq!(asked(true), [packages, advisories]);
    }

    #[test]
    fn a_lock_is_no_list() {
        let folder = std::env::temp_dir().join(format!("interspoke-deny-{}", std::process::id()));
        assert!(!has_list(&folder));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("db.lock"), "").unwrap();
        assert!(!has_list(&folder));
        fs::create_dir(folder.join("advisory-db-1")).unwrap();
        assert!(has_list(&folder));
        fs::remove_dir_all(&folder).unwrap();
    }
}
