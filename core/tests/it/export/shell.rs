//! The script of the command line, read by bash itself and by shellcheck where the machine has it.

use super::{HOSTILE, hostile_estate, named_estates};
use interspoke_core::export::{Form, Options, export};
use interspoke_core::spec::NetworkSpec;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn script(spec: &NetworkSpec) -> String {
    let bundle = export(spec, Form::CommandLine, Options::default());
    bundle.files[0].text.clone()
}

pub(super) fn run(program: &str, arguments: &[&str], text: &str) -> Option<Output> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.ok()?;
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    Some(child.wait_with_output().unwrap())
}

pub(super) fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn every_script_is_bash() {
    for (name, spec) in named_estates() {
        let text = script(&spec);
        let Some(bash) = run("bash", &["-n"], &text) else {
            return;
        };
        assert!(bash.status.success(), "{name}: {}", said(&bash));
        if let Some(check) = run("shellcheck", &["--severity=warning", "-"], &text) {
            assert!(check.status.success(), "{name}: {}", said(&check));
        }
    }
}

/// A stand-in for the command line that writes every word on a line of its own, and makes nothing.
const STAND_IN: &str = "az() { printf 'az\\n' >&2; local word; for word in \"$@\"; do printf '<%q>\\n' \"$word\" >&2; done; }\n";

#[test]
fn hostile_names_run_nothing_but_the_command_line() {
    for pick in 0..HOSTILE.len() {
        for seed in 0..6_u8 {
            let bytes: Vec<u8> = (0..400_u16)
                .map(|at| u8::try_from((at * 31 + u16::from(seed) * 97) % 251).unwrap())
                .collect();
            let text = script(&hostile_estate(bytes, pick));
            let text = text.replace(
                "set -euo pipefail",
                "set -uo pipefail\nPATH=/nowhere\nneed() { :; }",
            );
            let text = text.replacen("need() { if", "unused() { if", 1);
            let text = STAND_IN.to_owned()
                + &text.replace("missing() {", "unused_missing() {").replace(
                    "\nunused_missing() {",
                    "\nmissing() { true; }\nunused_missing() {",
                );
            let parameters = "export SUBSCRIPTION=s\n";
            let Some(output) = run(
                "bash",
                &[
                    "-c",
                    &(parameters.to_owned() + &text.replace("set -uo", "set -o")),
                ],
                "",
            ) else {
                return;
            };
            let errors = said(&output);
            for line in errors.lines() {
                let of_ours = line == "az" || line.starts_with('<');
                assert!(of_ours, "{line}\n{text}");
            }
        }
    }
}
