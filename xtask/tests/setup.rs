//! The set-up with stand-ins for rustup, cargo, npm and the system's package manager on PATH.
//!
//! Each stand-in writes its call into a file, so that a test can say what was asked and what was not.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test fail as the test does"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Lists the target once it was added; adds it.
const RUSTUP_ADDS: &str = r#"
case "$*" in
  "target list --installed") echo x86_64-unknown-linux-gnu; cat "$STAGE/added" 2>/dev/null; exit 0 ;;
  "target add wasm32-unknown-unknown") echo wasm32-unknown-unknown > "$STAGE/added" ;;
esac"#;

/// Puts a program into the folder after `--root`.
const CARGO_INSTALLS: &str = r#"
while [ "$1" != "--root" ]; do shift; done
mkdir -p "$2/bin"
for program in wasm-pack wasm-bindgen; do echo > "$2/bin/$program"; done"#;

/// Fails for wasm-bindgen, as a run that somebody interrupted.
const CARGO_IS_INTERRUPTED: &str = r#"case "$*" in *wasm-bindgen-cli*) exit 130 ;; esac"#;

const NPM_INSTALLS: &str =
    "mkdir -p node_modules/binaryen/bin && echo > node_modules/binaryen/bin/wasm-opt";

/// A folder for the stand-ins, the cache and the record of calls; removed at the end.
struct Stage(PathBuf);

impl Stage {
    fn new(name: &str) -> Stage {
        let folder =
            std::env::temp_dir().join(format!("interspoke-setup-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("bin")).unwrap();
        let stage = Stage(folder);
        stage.stand_in("rustup", RUSTUP_ADDS);
        stage.stand_in("cargo", CARGO_INSTALLS);
        stage.stand_in("npm", NPM_INSTALLS);
        stage.stand_in("node", "echo v20.0.0");
        for program in ["apt-get", "sudo", "chromium", "chromedriver"] {
            stage.stand_in(program, "");
        }
        stage
    }

    /// Puts a shell script on PATH that notes how it was called.
    fn stand_in(&self, name: &str, script: &str) {
        let file = self.0.join("bin").join(name);
        let note = format!("#!/bin/sh\necho \"{name} $*\" >> \"$STAGE/calls\"\n{script}\n");
        fs::write(&file, note).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn setup(&self, arguments: &[&str]) -> (Output, String) {
        let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
        xtask
            .arg("setup")
            .args(arguments)
            .env("STAGE", &self.0)
            .env("XDG_CACHE_HOME", self.0.join("cache"));
        let output = xtask
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", self.0.join("bin").display()),
            )
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        (output, said)
    }

    /// The calls that change something, by program and what they are for.
    fn changes(&self) -> Vec<&'static str> {
        let calls = fs::read_to_string(self.0.join("calls")).unwrap_or_default();
        fs::write(self.0.join("calls"), "").unwrap();
        let known = [
            "rustup target add",
            "wasm-pack --version",
            "wasm-bindgen-cli --version",
            "npm install",
        ];
        calls
            .lines()
            .filter_map(|call| known.into_iter().find(|change| call.contains(change)))
            .collect()
    }

    fn cached(&self, folder: &str) -> bool {
        self.0.join("cache/interspoke").join(folder).is_dir()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

#[test]
fn the_plan_asks_rustup_and_changes_nothing() {
    let stage = Stage::new("plan");
    let (output, said) = stage.setup(&["--plan"]);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("1. rustup target add wasm32-unknown-unknown"),
        "{said}"
    );
    assert_eq!(stage.changes(), [""; 0]);
    assert!(!stage.0.join("cache").exists());
}

#[test]
fn a_rustup_that_has_the_target_is_not_asked_to_add_it() {
    let stage = Stage::new("has");
    fs::write(stage.0.join("added"), "wasm32-unknown-unknown\n").unwrap();
    let (_, said) = stage.setup(&["--plan"]);
    assert!(said.contains("1. cargo install wasm-pack"), "{said}");
    assert!(!said.contains("standard library"), "{said}");
}

#[test]
fn a_rustup_that_can_add_the_target_is_all_it_takes_and_a_second_run_does_nothing() {
    let stage = Stage::new("adds");
    let (output, said) = stage.setup(&[]);
    assert!(output.status.success(), "{said}");
    assert_eq!(
        stage.changes(),
        [
            "rustup target add",
            "wasm-pack --version",
            "wasm-bindgen-cli --version",
            "npm install"
        ]
    );
    assert!(!said.contains("standard library"), "{said}");
    assert!(stage.setup(&[]).0.status.success());
    assert_eq!(stage.changes(), [""; 0]);
}

#[test]
fn an_interrupted_set_up_resumes_with_what_was_not_finished() {
    let stage = Stage::new("resumes");
    stage.stand_in(
        "cargo",
        &format!("{CARGO_IS_INTERRUPTED}\n{CARGO_INSTALLS}"),
    );
    let (output, said) = stage.setup(&[]);
    assert!(
        !output.status.success() && said.contains("cargo install: failed"),
        "{said}"
    );
    assert!(stage.cached("wasm-pack-0.15.1"));
    assert!(!has_finished(
        &stage.0.join("cache/interspoke"),
        "wasm-bindgen"
    ));
    stage.changes();
    stage.stand_in("cargo", CARGO_INSTALLS);
    let (output, said) = stage.setup(&[]);
    assert!(output.status.success(), "{said}");
    assert_eq!(
        stage.changes(),
        ["wasm-bindgen-cli --version", "npm install"]
    );
    assert!(has_finished(
        &stage.0.join("cache/interspoke"),
        "wasm-bindgen"
    ));
}

/// Whether a folder of that name stands in the cache, not counting those that are still being filled.
fn has_finished(cache: &Path, name: &str) -> bool {
    fs::read_dir(cache).unwrap().any(|entry| {
        entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with(name)
    })
}
