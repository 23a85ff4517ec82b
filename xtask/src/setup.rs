//! Carries the plan out. Each tool is built under a temporary name and renamed when it is complete, so that an
//! interrupted run leaves nothing that looks finished, and the next run goes on with what cargo had compiled.
use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Context, Failure, Result};
use crate::folder;
use crate::machine::{self, BINARYEN, CARGO_DENY, Machine, Privilege, Target, WASM_PACK};
use crate::options::Options;
use crate::others::{self, GECKODRIVER};
use crate::plan::{Purpose, Step, plan};
use crate::process::{command, step, succeed, timed};
use crate::sysroot;
use crate::toolchain::Toolchain;

/// `cargo xtask setup [--plan]`.
pub(crate) fn command_line(mut options: Options) -> Result<()> {
    let only_plan = options.flag("--plan");
    options.finish()?;
    if only_plan {
        print!("{}", described(&Machine::probe()?));
        return Ok(());
    }
    ensure(Purpose::Tests)?;
    println!(
        "everything is there: `cargo xtask serve` shows the page, `cargo xtask test` runs the tests"
    );
    Ok(())
}

/// Installs what is missing and hands back the toolchain.
pub(crate) fn ensure(purpose: Purpose) -> Result<Toolchain> {
    let machine = Machine::probe()?;
    let updated = Cell::new(false);
    let cache = machine.cache.clone();
    let privilege = machine.privilege;
    carry_out(machine, purpose, |step| {
        perform(step, &cache, privilege, &updated)
    })?;
    Toolchain::of(Machine::probe()?)
}

/// Takes the steps in order. Where rustup cannot add the target, plans anew without it.
fn carry_out(
    mut machine: Machine,
    purpose: Purpose,
    mut perform: impl FnMut(&Step) -> Result<()>,
) -> Result<()> {
    let mut steps = plan(&machine, purpose);
    refuse_if_blocked(&steps)?;
    if steps.first() == Some(&Step::RustupTarget) {
        if let Err(failure) = perform(&Step::RustupTarget) {
            println!("    {failure}");
            machine.target = Target::RustupCannot;
            steps = plan(&machine, purpose);
            refuse_if_blocked(&steps)?;
        } else {
            steps.remove(0);
        }
    }
    steps.iter().try_for_each(perform)
}

/// One message for everything that a person has to do, before anything is begun.
fn refuse_if_blocked(steps: &[Step]) -> Result<()> {
    let blocked: Vec<String> = steps
        .iter()
        .filter(|step| matches!(step, Step::Blocked { .. }))
        .map(|step| format!("  {step}"))
        .collect();
    if blocked.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "this machine needs a hand:\n{}",
        blocked.join("\n")
    )))
}

fn perform(what: &Step, cache: &Path, privilege: Privilege, updated: &Cell<bool>) -> Result<()> {
    let title = what.to_string();
    match what {
        Step::RustupTarget => step(
            &title,
            command("rustup").args(["target", "add", sysroot::TARGET]),
        ),
        Step::Apt { packages, .. } => timed(&title, || {
            if !updated.replace(true) {
                succeed("apt-get update", apt(privilege).args(["-qq", "update"]))?;
            }
            let options = [
                "-qq",
                "-y",
                "--no-install-recommends",
                "-o",
                "Dpkg::Use-Pty=0",
                "install",
            ];
            succeed(
                "apt-get install",
                apt(privilege)
                    .args(options)
                    .args(packages)
                    .stdout(std::process::Stdio::null()),
            )
        }),
        Step::Sysroot => timed(&title, || sysroot::build(cache)),
        Step::WasmPack => timed(&title, || {
            cargo_install(
                cache,
                &machine::wasm_pack_folder(),
                &["wasm-pack", "--version", WASM_PACK, "--locked"],
            )
        }),
        // Not `--locked`: the lock file of this package names a withdrawn crate.
        Step::WasmBindgen { version } => timed(&title, || {
            let package = ["wasm-bindgen-cli", "--version", version];
            cargo_install(cache, &machine::wasm_bindgen_folder(version), &package)
        }),
        Step::CargoDeny => timed(&title, || {
            let package = ["cargo-deny", "--version", CARGO_DENY, "--locked"];
            cargo_install(cache, &machine::cargo_deny_folder(), &package)
        }),
        Step::Geckodriver => timed(&title, || {
            let package = ["geckodriver", "--version", GECKODRIVER, "--locked"];
            cargo_install(cache, &others::geckodriver_folder(), &package)
        }),
        Step::WasmOpt => timed(&title, || npm_install(cache)),
        Step::GoWithout { .. } => {
            println!("==> {title}");
            Ok(())
        }
        Step::Blocked { .. } => Err(Failure::new(title)),
    }
}

fn apt(privilege: Privilege) -> Command {
    let mut apt = match privilege {
        Privilege::Sudo => {
            let mut sudo = command("sudo");
            sudo.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            sudo
        }
        _ => command("apt-get"),
    };
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt
}

fn cargo_install(cache: &Path, name: &str, package: &[&str]) -> Result<()> {
    let work = cache.join("build").join(name);
    in_place(cache, name, |partial| {
        // Unoptimised: they run for a second and would take three minutes each to build otherwise.
        let mut cargo = command("cargo");
        cargo
            .current_dir(cache)
            .args(["install", "--quiet", "--debug", "--no-track", "--root"])
            .arg(partial);
        cargo.arg("--target-dir").arg(&work).args(package);
        succeed(
            "cargo install",
            cargo
                .env("CARGO_PROFILE_DEV_DEBUG", "0")
                .env_remove("CARGO_BUILD_TARGET"),
        )
    })?;
    folder::clear(&work)
}

fn npm_install(cache: &Path) -> Result<()> {
    in_place(cache, &machine::binaryen_folder(), |partial| {
        fs::write(partial.join("package.json"), "{ \"private\": true }\n")
            .context("writing package.json")?;
        let mut npm = command("npm");
        npm.current_dir(partial)
            .args(["install", "--no-audit", "--no-fund", "--loglevel=error"]);
        succeed("npm install", npm.arg(format!("binaryen@{BINARYEN}")))
    })
}

/// Fills a folder under a temporary name, then gives it its own.
fn in_place(cache: &Path, name: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let partial = cache.join(format!(".partial-{name}-{}", std::process::id()));
    fs::create_dir_all(&partial).context(format!("creating {}", partial.display()))?;
    match fill(&partial) {
        Ok(()) => folder::adopt(&partial, &cache.join(name)),
        Err(failure) => folder::clear(&partial).and(Err(failure)),
    }
}

/// What `setup --plan` prints: the steps, and those that follow if rustup cannot help.
fn described(machine: &Machine) -> String {
    let steps = plan(machine, Purpose::Tests);
    let mut text = format!("tools are kept in {}\n", machine.cache.display());
    if steps.is_empty() {
        text.push_str("nothing to do: everything is there\n");
    }
    for (index, step) in steps.iter().enumerate() {
        text.push_str(&format!("{}. {step}\n", index + 1));
        if *step == Step::RustupTarget {
            let without = Machine {
                target: Target::RustupCannot,
                ..machine.clone()
            };
            let instead = plan(&without, Purpose::Tests);
            for step in instead.iter().filter(|step| !steps.contains(step)) {
                text.push_str(&format!("   if rustup cannot: {step}\n"));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::System;

    /// Everything is there but the target and the browser.
    fn machine(system: System) -> Machine {
        let tool = || Some("/bin/tool".into());
        Machine {
            system,
            wasm_pack: tool(),
            wasm_bindgen: tool(),
            wasm_opt: tool(),
            cargo_deny: tool(),
            ..Machine::bare()
        }
    }

    /// Carries a plan out with steps that only note themselves; asking rustup ends as told.
    fn taken(system: System, rustup: bool) -> (Vec<String>, Result<()>) {
        let mut taken = Vec::new();
        let end = carry_out(machine(system), Purpose::Page, |step| {
            let text = step.to_string();
            taken.push(text.split(':').next().unwrap_or_default().to_owned());
            if *step == Step::RustupTarget && !rustup {
                Err(Failure::new("no network"))
            } else {
                Ok(())
            }
        });
        (taken, end)
    }

    #[test]
    fn when_rustup_adds_the_target_nothing_else_is_needed() {
        let (steps, end) = taken(
            System::Debian {
                release: "12".to_owned(),
            },
            true,
        );
        assert_eq!(steps, ["rustup target add wasm32-unknown-unknown"]);
        end.unwrap();
    }

    #[test]
    fn when_rustup_cannot_debian_12_builds_the_library_itself() {
        let (steps, end) = taken(
            System::Debian {
                release: "12".to_owned(),
            },
            false,
        );
        assert_eq!(
            steps,
            [
                "rustup target add wasm32-unknown-unknown",
                "apt-get install rustc-web cargo-web rust-web-src lld-22",
                "build the standard library for wasm32-unknown-unknown from Debian's source",
            ]
        );
        end.unwrap();
    }

    #[test]
    fn when_rustup_cannot_elsewhere_one_message_says_so() {
        let (steps, end) = taken(
            System::OtherLinux {
                name: "fedora 44".to_owned(),
            },
            false,
        );
        assert_eq!(steps, ["rustup target add wasm32-unknown-unknown"]);
        assert_eq!(
            end.unwrap_err().to_string(),
            "this machine needs a hand:\n  wasm32-unknown-unknown is missing: `rustup target add \
             wasm32-unknown-unknown` failed, see above; give it network access and repeat"
        );
    }

    #[test]
    fn the_plan_shows_what_follows_if_rustup_cannot() {
        let text = described(&machine(System::Debian {
            release: "12".to_owned(),
        }));
        assert!(text.contains("\n1. rustup target add"), "{text}");
        assert!(
            text.contains("\n   if rustup cannot: apt-get install rustc-web"),
            "{text}"
        );
        assert!(
            text.contains(
                "\n2. apt-get install chromium chromium-driver fonts-dejavu-core shellcheck firefox-esr webkit2gtk-driver xvfb"
            ),
            "{text}"
        );
    }
}
