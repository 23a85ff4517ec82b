//! What this machine has: plain facts, gathered once, for [`crate::plan`] to decide upon.
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Context, Failure, Result};
use crate::others::Others;
use crate::process::{ask, command, exact_tool, find, root};
use crate::sysroot;

/// The release of wasm-pack that drives the build.
pub(crate) const WASM_PACK: &str = "0.15.1";
/// The release of cargo-deny, which checks the packages.
pub(crate) const CARGO_DENY: &str = "0.20.2";
/// The release of the npm package that carries wasm-opt, and the oldest wasm-opt that is good enough.
pub(crate) const BINARYEN: &str = "132.0.0";
const WASM_OPT_MAJOR: u32 = 132;
/// The oldest Node.js that runs that wasm-opt.
pub(crate) const NODE_MAJOR: u32 = 20;
/// The compiler that the workspace asks for (`rust-version`).
const RUST_MINOR: u32 = 95;

/// The operating system, as far as the set-up treats it differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum System {
    Debian { release: String },
    OtherLinux { name: String },
    MacOs,
    Other { name: String },
}

/// Whether packages of the system can be installed without asking somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Privilege {
    Root,
    Sudo,
    None,
}

/// Where the standard library for WebAssembly can come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The toolchain in use has it.
    Installed,
    /// rustup is there and has not been asked yet.
    RustupMayAdd,
    /// rustup was asked and could not.
    RustupCannot,
    /// There is no rustup, and the compiler in use lacks the target.
    NoRustup,
}

/// Everything the plan depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Machine {
    pub(crate) system: System,
    pub(crate) privilege: Privilege,
    pub(crate) target: Target,
    /// Debian's newer compiler with the library's source, and the linker for WebAssembly.
    pub(crate) debian_rust: Option<String>,
    pub(crate) wasm_linker: Option<PathBuf>,
    /// The finished private sysroot of that compiler.
    pub(crate) sysroot: Option<PathBuf>,
    pub(crate) wasm_pack: Option<PathBuf>,
    pub(crate) wasm_bindgen: Option<PathBuf>,
    pub(crate) wasm_opt: Option<PathBuf>,
    pub(crate) cargo_deny: Option<PathBuf>,
    /// The version of wasm-bindgen in Cargo.lock.
    pub(crate) wasm_bindgen_wanted: String,
    pub(crate) node_major: Option<u32>,
    pub(crate) npm: bool,
    pub(crate) chromium: Option<PathBuf>,
    pub(crate) chromedriver: Option<PathBuf>,
    pub(crate) others: Others,
    pub(crate) fonts: bool,
    /// Reads the scripts that designs become.
    pub(crate) shellcheck: bool,
    pub(crate) cache: PathBuf,
}

impl Machine {
    /// Looks around. Installs and changes nothing.
    pub(crate) fn probe() -> Result<Machine> {
        let cache = cache_folder()?;
        let lock = fs::read_to_string(root().join("Cargo.lock")).context("reading Cargo.lock")?;
        let wasm_bindgen_wanted = locked_version(&lock, "wasm-bindgen")
            .ok_or_else(|| Failure::new("Cargo.lock names no version of wasm-bindgen"))?;
        let debian_rust = sysroot::debian_rust().filter(|version| is_recent_rust(version));
        Ok(Machine {
            system: system(),
            privilege: privilege(),
            target: target(),
            sysroot: debian_rust.as_ref().and_then(|_| sysroot::finished(&cache)),
            debian_rust,
            wasm_linker: wasm_linker(),
            wasm_pack: exact_tool(&cache.join(wasm_pack_folder()), "wasm-pack", WASM_PACK),
            wasm_bindgen: exact_tool(
                &cache.join(wasm_bindgen_folder(&wasm_bindgen_wanted)),
                "wasm-bindgen",
                &wasm_bindgen_wanted,
            ),
            wasm_opt: wasm_opt(&cache),
            cargo_deny: exact_tool(&cache.join(cargo_deny_folder()), "cargo-deny", CARGO_DENY),
            wasm_bindgen_wanted,
            node_major: ask(command("node").arg("--version")).and_then(|text| major(&text)),
            npm: find("npm").is_some(),
            chromium: chromium(),
            chromedriver: find("chromedriver"),
            others: Others::probe(&cache),
            fonts: has_fonts(),
            shellcheck: find("shellcheck").is_some(),
            cache,
        })
    }
}

/// The folder of the finished wasm-pack below the cache.
pub(crate) fn wasm_pack_folder() -> String {
    format!("wasm-pack-{WASM_PACK}")
}

/// The folder of the finished wasm-bindgen below the cache.
pub(crate) fn wasm_bindgen_folder(version: &str) -> String {
    format!("wasm-bindgen-{version}")
}

/// The folder of the finished cargo-deny below the cache.
pub(crate) fn cargo_deny_folder() -> String {
    format!("cargo-deny-{CARGO_DENY}")
}

/// The folder of the finished npm package below the cache.
pub(crate) fn binaryen_folder() -> String {
    format!("binaryen-{BINARYEN}")
}

/// `$XDG_CACHE_HOME/interspoke`, else `~/.cache/interspoke`; on Windows the local application data.
pub(crate) fn cache_folder() -> Result<PathBuf> {
    let absolute = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("LOCALAPPDATA"))
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("interspoke"))
        .ok_or_else(|| Failure::new("neither XDG_CACHE_HOME nor HOME names a folder for the tools"))
}

fn system() -> System {
    match std::env::consts::OS {
        "linux" => linux(&fs::read_to_string("/etc/os-release").unwrap_or_default()),
        "macos" => System::MacOs,
        other => System::Other {
            name: other.to_owned(),
        },
    }
}

fn linux(os_release: &str) -> System {
    let field = |name: &str| {
        let value = os_release
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        value.unwrap_or_default().trim_matches('"').to_owned()
    };
    match field("ID").as_str() {
        "debian" => System::Debian {
            release: field("VERSION_ID"),
        },
        "" => System::OtherLinux {
            name: "Linux".to_owned(),
        },
        id => System::OtherLinux {
            name: format!("{id} {}", field("VERSION_ID")).trim().to_owned(),
        },
    }
}

fn privilege() -> Privilege {
    if ask(command("id").arg("-u")).as_deref() == Some("0") {
        Privilege::Root
    } else if ask(command("sudo").args(["-n", "true"])).is_some() {
        Privilege::Sudo
    } else {
        Privilege::None
    }
}

fn target() -> Target {
    match ask(command("rustup").args(["target", "list", "--installed"])) {
        Some(installed) if installed.lines().any(|line| line.trim() == sysroot::TARGET) => {
            Target::Installed
        }
        Some(_) => Target::RustupMayAdd,
        None => match ask(command("rustc").args(["--print", "sysroot"])) {
            Some(sysroot)
                if Path::new(&sysroot)
                    .join("lib/rustlib")
                    .join(sysroot::TARGET)
                    .is_dir() =>
            {
                Target::Installed
            }
            _ => Target::NoRustup,
        },
    }
}

fn is_recent_rust(version: &str) -> bool {
    let mut parts = version
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= (1, RUST_MINOR)
}

/// Debian names the linker after its LLVM.
fn wasm_linker() -> Option<PathBuf> {
    ["wasm-ld-22", "wasm-ld-21", "wasm-ld-20", "wasm-ld"]
        .into_iter()
        .find_map(find)
}

fn wasm_opt(cache: &Path) -> Option<PathBuf> {
    let finished = cache
        .join(binaryen_folder())
        .join("node_modules/binaryen/bin/wasm-opt");
    if finished.is_file() {
        return Some(finished);
    }
    let on_path = find("wasm-opt")?;
    let answer = ask(command(&on_path).arg("--version"))?;
    let version = answer.split_whitespace().find_map(major)?;
    (version >= WASM_OPT_MAJOR).then_some(on_path)
}

fn chromium() -> Option<PathBuf> {
    let names = [
        "chromium",
        "google-chrome",
        "google-chrome-stable",
        "chromium-browser",
    ];
    let of_macos = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];
    let found = names.into_iter().find_map(find);
    found.or_else(|| {
        of_macos
            .into_iter()
            .map(PathBuf::from)
            .find(|path| path.is_file())
    })
}

/// Chromium draws text only where the system has a font; elsewhere than on Linux it always has.
fn has_fonts() -> bool {
    if std::env::consts::OS != "linux" {
        return true;
    }
    let folders = [
        "/usr/share/fonts/truetype",
        "/usr/share/fonts/opentype",
        "/usr/share/fonts/TTF",
    ];
    folders
        .iter()
        .any(|folder| fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()))
        || ask(command("fc-list").args([":", "family"]))
            .is_some_and(|families| !families.is_empty())
}

/// `v20.20.2` and `132` both begin with a whole number.
fn major(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches('v');
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

/// The version that Cargo.lock holds for a package.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    Some(
        lines
            .next()?
            .strip_prefix("version = \"")?
            .trim_end_matches('"')
            .to_owned(),
    )
}

#[cfg(test)]
impl Machine {
    /// For tests: a Debian 12 that has nothing but rustup, Node.js and root.
    pub(crate) fn bare() -> Machine {
        Machine {
            system: System::Debian {
                release: "12".to_owned(),
            },
            privilege: Privilege::Root,
            target: Target::RustupMayAdd,
            debian_rust: None,
            wasm_linker: None,
            sysroot: None,
            wasm_pack: None,
            wasm_bindgen: None,
            wasm_opt: None,
            cargo_deny: None,
            wasm_bindgen_wanted: "0.2.130".to_owned(),
            node_major: Some(20),
            npm: true,
            chromium: None,
            chromedriver: None,
            others: Others::default(),
            fonts: false,
            shellcheck: false,
            cache: PathBuf::from("/cache"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_the_version_of_the_tool() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            locked_version(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(locked_version(lock, "yew"), None);
    }

    #[test]
    fn os_release_tells_the_system() {
        let debian = "NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n";
        assert_eq!(
            linux(debian),
            System::Debian {
                release: "12".to_owned()
            }
        );
        assert_eq!(
            linux("ID=fedora\nVERSION_ID=44\n"),
            System::OtherLinux {
                name: "fedora 44".to_owned()
            }
        );
        assert_eq!(
            linux(""),
            System::OtherLinux {
                name: "Linux".to_owned()
            }
        );
    }

    #[test]
    fn versions_are_read_from_what_programs_print() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(
            "wasm-opt version 132 (version_132)"
                .split_whitespace()
                .find_map(major),
            Some(132)
        );
        assert!(is_recent_rust("1.96.0") && !is_recent_rust("1.63.0") && is_recent_rust("2.0.0"));
    }
}
