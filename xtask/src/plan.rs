//! Decides what the set-up has to do. Pure: facts in, steps out, so that every kind of machine is a unit test.
//!
//! Where the standard library for WebAssembly comes from, in this order:
//!
//! 1. the toolchain in use has it;
//! 2. a sysroot built earlier is in the cache;
//! 3. rustup adds it;
//! 4. on Debian 12 it is built from the source that Debian ships for Firefox;
//! 5. else one message says what is missing.
use std::fmt;

use crate::machine::{
    BINARYEN, CARGO_DENY, Machine, NODE_MAJOR, Privilege, System, Target, WASM_PACK,
};
use crate::others::GECKODRIVER;
use crate::sysroot::TARGET;

/// What the machine is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Building and serving the page.
    Page,
    /// The same, and checking what it is made of.
    Release,
    /// All that, and running the tests in a browser.
    Tests,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Ask rustup for the target; if it cannot, plan again without it.
    RustupTarget,
    /// Install packages of the system.
    Apt {
        packages: Vec<&'static str>,
        purpose: &'static str,
    },
    /// Build the standard library and lay out the private sysroot.
    Sysroot,
    WasmPack,
    WasmBindgen {
        version: String,
    },
    WasmOpt,
    CargoDeny,
    /// Build what steers Firefox.
    Geckodriver,
    /// Go on without something, and say what it costs.
    GoWithout {
        what: &'static str,
        why: String,
    },
    /// Nothing can be done here; the person has to.
    Blocked {
        missing: &'static str,
        remedy: String,
    },
}

impl fmt::Display for Step {
    /// What would be done, a colon, and why.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::RustupTarget => write!(
                f,
                "rustup target add {TARGET}: the compiler in use lacks this target"
            ),
            Step::Apt { packages, purpose } => {
                write!(f, "apt-get install {}: {purpose}", packages.join(" "))
            }
            Step::Sysroot => write!(
                f,
                "build the standard library for {TARGET} from Debian's source: rustup does not provide it (1 min)"
            ),
            Step::WasmPack => write!(
                f,
                "cargo install wasm-pack {WASM_PACK}: drives the build (1 min)"
            ),
            Step::WasmBindgen { version } => write!(
                f,
                "cargo install wasm-bindgen-cli {version}: must be of the version in Cargo.lock (1 min)"
            ),
            Step::WasmOpt => write!(
                f,
                "npm install binaryen {BINARYEN}: its wasm-opt makes the page smaller"
            ),
            Step::CargoDeny => write!(
                f,
                "cargo install cargo-deny {CARGO_DENY}: checks licences and sources of packages (2 min)"
            ),
            Step::Geckodriver => write!(
                f,
                "cargo install geckodriver {}: steers Firefox (2 min)",
                GECKODRIVER
            ),
            Step::GoWithout { what, why } => write!(f, "go without {what}: {why}"),
            Step::Blocked { missing, remedy } => write!(f, "{missing} is missing: {remedy}"),
        }
    }
}

/// The steps in the order in which to take them; none if the machine is ready.
pub(crate) fn plan(machine: &Machine, purpose: Purpose) -> Vec<Step> {
    let mut steps = target(machine);
    if machine.wasm_pack.is_none() {
        steps.push(Step::WasmPack);
    }
    if machine.wasm_bindgen.is_none() {
        steps.push(Step::WasmBindgen {
            version: machine.wasm_bindgen_wanted.clone(),
        });
    }
    steps.extend(wasm_opt(machine));
    if purpose != Purpose::Page && machine.cargo_deny.is_none() {
        steps.push(Step::CargoDeny);
    }
    if purpose == Purpose::Tests {
        steps.extend(browser(machine));
        steps.extend(others(machine));
    }
    steps
}

fn target(machine: &Machine) -> Vec<Step> {
    if machine.target == Target::Installed
        || (machine.sysroot.is_some() && machine.wasm_linker.is_some())
    {
        return Vec::new();
    }
    if machine.target == Target::RustupMayAdd {
        return vec![Step::RustupTarget];
    }
    let debian_12 = System::Debian {
        release: "12".to_owned(),
    };
    if machine.system != debian_12 {
        let remedy = match machine.target {
            Target::NoRustup => format!("install rustup, then `rustup target add {TARGET}`"),
            _ => format!(
                "`rustup target add {TARGET}` failed, see above; give it network access and repeat"
            ),
        };
        return vec![Step::Blocked {
            missing: TARGET,
            remedy,
        }];
    }
    let mut steps = Vec::new();
    let mut packages = Vec::new();
    if machine.debian_rust.is_none() {
        packages.extend(["rustc-web", "cargo-web", "rust-web-src"]);
    }
    if machine.wasm_linker.is_none() {
        packages.push("lld-22");
    }
    if !packages.is_empty() {
        steps.push(apt(
            machine,
            TARGET,
            packages,
            "compiler, library source and linker for WebAssembly",
        ));
    }
    if machine.sysroot.is_none() {
        steps.push(Step::Sysroot);
    }
    steps
}

fn wasm_opt(machine: &Machine) -> Option<Step> {
    if machine.wasm_opt.is_some() {
        return None;
    }
    let without = |why: String| Step::GoWithout {
        what: "wasm-opt",
        why,
    };
    Some(match machine.node_major {
        Some(major) if major >= NODE_MAJOR && machine.npm => Step::WasmOpt,
        Some(major) if major >= NODE_MAJOR => {
            without("npm is missing; the page grows by a seventh".to_owned())
        }
        Some(major) => without(format!(
            "Node.js {major} is older than {NODE_MAJOR}; the page grows by a seventh"
        )),
        None => without(format!(
            "Node.js {NODE_MAJOR} or newer is missing; the page grows by a seventh"
        )),
    })
}

fn browser(machine: &Machine) -> Vec<Step> {
    let has_browser = machine.chromium.is_some() && machine.chromedriver.is_some();
    if let System::Debian { .. } = machine.system {
        let mut packages = Vec::new();
        if !has_browser {
            packages.extend(["chromium", "chromium-driver"]);
        }
        if !machine.fonts {
            packages.push("fonts-dejavu-core");
        }
        if !machine.shellcheck {
            packages.push("shellcheck");
        }
        if may_install(machine) {
            packages.extend(machine.others.missing());
        }
        if packages.is_empty() {
            return Vec::new();
        }
        return vec![apt(
            machine,
            "Chromium with ChromeDriver",
            packages,
            "the tests run in real browsers",
        )];
    }
    if has_browser {
        return Vec::new();
    }
    let remedy = match &machine.system {
        System::MacOs => "`brew install --cask chromium chromedriver`".to_owned(),
        System::OtherLinux { name } => {
            format!(
                "put `chromium` (or `google-chrome`) and `chromedriver` of {name} on PATH; `--native` runs without"
            )
        }
        _ => "put Chrome and `chromedriver` on PATH; `--native` runs without".to_owned(),
    };
    vec![Step::Blocked {
        missing: "Chromium with ChromeDriver",
        remedy,
    }]
}

fn may_install(machine: &Machine) -> bool {
    matches!(machine.system, System::Debian { .. }) && machine.privilege != Privilege::None
}

/// What the browsers beside Chromium need beside packages, or that the tests go without them.
fn others(machine: &Machine) -> Vec<Step> {
    let (others, installing) = (&machine.others, may_install(machine));
    let mut steps = Vec::new();
    if others.geckodriver.is_none() && (others.firefox.is_some() || installing) {
        steps.push(Step::Geckodriver);
    }
    let missing = others.missing();
    if !installing && !missing.is_empty() {
        steps.push(Step::GoWithout {
            what: "the story in other browsers",
            why: format!("here nobody installs {}", missing.join(", ")),
        });
    }
    steps
}

fn apt(
    machine: &Machine,
    missing: &'static str,
    packages: Vec<&'static str>,
    purpose: &'static str,
) -> Step {
    match machine.privilege {
        Privilege::Root | Privilege::Sudo => Step::Apt { packages, purpose },
        Privilege::None => Step::Blocked {
            missing,
            remedy: format!(
                "`sudo apt-get update && sudo apt-get install -y {}`",
                packages.join(" ")
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::others::Others;

    fn debian_12() -> Machine {
        Machine::bare()
    }

    fn ready(machine: Machine) -> Machine {
        let there = || Some(PathBuf::from("/there"));
        Machine {
            wasm_pack: there(),
            wasm_bindgen: there(),
            wasm_opt: there(),
            cargo_deny: there(),
            chromium: there(),
            chromedriver: there(),
            fonts: true,
            shellcheck: true,
            others: Others {
                firefox: there(),
                geckodriver: there(),
                minibrowser: there(),
                webkit_driver: there(),
                xvfb: there(),
            },
            ..machine
        }
    }

    #[track_caller]
    fn check(machine: &Machine, purpose: Purpose, expected: &[&str]) {
        let steps: Vec<String> = plan(machine, purpose).iter().map(Step::to_string).collect();
        assert_eq!(steps, expected);
    }

    const WASM_PACK_STEP: &str = "cargo install wasm-pack 0.15.1: drives the build (1 min)";
    const WASM_BINDGEN_STEP: &str =
        "cargo install wasm-bindgen-cli 0.2.130: must be of the version in Cargo.lock (1 min)";
    const WASM_OPT_STEP: &str = "npm install binaryen 132.0.0: its wasm-opt makes the page smaller";
    const WITHOUT_OTHERS: &str = "go without the story in other browsers: here nobody installs firefox-esr, webkit2gtk-driver, xvfb";
    const CARGO_DENY_STEP: &str =
        "cargo install cargo-deny 0.20.2: checks licences and sources of packages (2 min)";
    const RUSTUP_STEP: &str =
        "rustup target add wasm32-unknown-unknown: the compiler in use lacks this target";

    #[test]
    fn rustup_is_asked_first_even_on_debian_12() {
        check(
            &debian_12(),
            Purpose::Tests,
            &[
                RUSTUP_STEP,
                WASM_PACK_STEP,
                WASM_BINDGEN_STEP,
                WASM_OPT_STEP,
                CARGO_DENY_STEP,
                "apt-get install chromium chromium-driver fonts-dejavu-core shellcheck firefox-esr webkit2gtk-driver xvfb: \
                 the tests run in real browsers",
                "cargo install geckodriver 0.37.1: steers Firefox (2 min)",
            ],
        );
    }

    #[test]
    fn debian_12_without_rustups_network_builds_the_library() {
        let machine = Machine {
            target: Target::RustupCannot,
            ..debian_12()
        };
        check(
            &machine,
            Purpose::Page,
            &[
                "apt-get install rustc-web cargo-web rust-web-src lld-22: \
                 compiler, library source and linker for WebAssembly",
                "build the standard library for wasm32-unknown-unknown from Debian's source: \
                 rustup does not provide it (1 min)",
                WASM_PACK_STEP,
                WASM_BINDGEN_STEP,
                WASM_OPT_STEP,
            ],
        );
    }

    #[test]
    fn an_interrupted_set_up_goes_on_where_it_stopped() {
        let machine = Machine {
            target: Target::RustupCannot,
            debian_rust: Some("1.96.0".to_owned()),
            wasm_linker: Some(PathBuf::from("/usr/bin/wasm-ld-22")),
            ..ready(debian_12())
        };
        check(
            &machine,
            Purpose::Tests,
            &[
                "build the standard library for wasm32-unknown-unknown from Debian's source: \
               rustup does not provide it (1 min)",
            ],
        );
    }

    #[test]
    fn a_machine_that_has_everything_has_nothing_to_do() {
        let with_target = Machine {
            target: Target::Installed,
            ..ready(debian_12())
        };
        check(&with_target, Purpose::Tests, &[]);
        let with_sysroot = Machine {
            debian_rust: Some("1.96.0".to_owned()),
            wasm_linker: Some(PathBuf::from("/usr/bin/wasm-ld-22")),
            sysroot: Some(PathBuf::from("/cache/sysroot")),
            ..ready(debian_12())
        };
        check(&with_sysroot, Purpose::Tests, &[]);
    }

    #[test]
    fn an_unknown_linux_without_anything_gets_one_remedy_each() {
        let machine = Machine {
            system: System::OtherLinux {
                name: "fedora 44".to_owned(),
            },
            privilege: Privilege::None,
            target: Target::NoRustup,
            node_major: None,
            npm: false,
            ..debian_12()
        };
        check(
            &machine,
            Purpose::Tests,
            &[
                "wasm32-unknown-unknown is missing: install rustup, then `rustup target add wasm32-unknown-unknown`",
                WASM_PACK_STEP,
                WASM_BINDGEN_STEP,
                "go without wasm-opt: Node.js 20 or newer is missing; the page grows by a seventh",
                CARGO_DENY_STEP,
                "Chromium with ChromeDriver is missing: put `chromium` (or `google-chrome`) and `chromedriver` \
                 of fedora 44 on PATH; `--native` runs without",
                WITHOUT_OTHERS,
            ],
        );
    }

    #[test]
    fn macos_takes_rustups_target_and_names_brew_for_the_browser() {
        let machine = Machine {
            system: System::MacOs,
            privilege: Privilege::None,
            fonts: true,
            shellcheck: true,
            ..debian_12()
        };
        check(
            &machine,
            Purpose::Tests,
            &[
                RUSTUP_STEP,
                WASM_PACK_STEP,
                WASM_BINDGEN_STEP,
                WASM_OPT_STEP,
                CARGO_DENY_STEP,
                "Chromium with ChromeDriver is missing: `brew install --cask chromium chromedriver`",
                WITHOUT_OTHERS,
            ],
        );
    }

    #[test]
    fn without_root_the_command_is_spelled_out() {
        let machine = Machine {
            target: Target::RustupCannot,
            privilege: Privilege::None,
            ..ready(debian_12())
        };
        let steps = plan(&machine, Purpose::Page);
        let first = steps.first().map(Step::to_string).unwrap_or_default();
        assert_eq!(
            first,
            "wasm32-unknown-unknown is missing: `sudo apt-get update && sudo apt-get install -y \
             rustc-web cargo-web rust-web-src lld-22`"
        );
    }

    #[test]
    fn another_debian_whose_rustup_failed_is_told_so() {
        let system = System::Debian {
            release: "13".to_owned(),
        };
        let machine = Machine {
            system,
            target: Target::RustupCannot,
            ..ready(debian_12())
        };
        check(
            &machine,
            Purpose::Page,
            &[
                "wasm32-unknown-unknown is missing: `rustup target add wasm32-unknown-unknown` failed, see above; \
               give it network access and repeat",
            ],
        );
    }

    #[test]
    fn an_old_node_costs_size_and_stops_nothing() {
        let machine = Machine {
            target: Target::Installed,
            node_major: Some(18),
            ..debian_12()
        };
        let steps = plan(&machine, Purpose::Page);
        let last = steps.last().map(Step::to_string).unwrap_or_default();
        assert_eq!(
            last,
            "go without wasm-opt: Node.js 18 is older than 20; the page grows by a seventh"
        );
    }
}
