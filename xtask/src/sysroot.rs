//! A private sysroot for WebAssembly, built from the library source that Debian 12 ships.
//!
//! Debian keeps a recent compiler for Firefox (packages `rustc-web`, `cargo-web`, `rust-web-src`) in `/usr/bin`. The standard
//! library is built once from an empty crate; its `.rlib` files go into a folder shaped like a sysroot, together
//! with wrappers named `rustc` and `rustdoc` that pass `--sysroot`. With that folder's `bin` first on PATH, cargo
//! and wasm-pack find the target as if rustup had added it.
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Context, Failure, Result};
use crate::folder;
use crate::process::{ask, command, succeed};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const LIBRARIES: &str = "/usr/lib/rustlib";
/// The crates that the page, its tests and their procedural macros link against.
const CRATES: &str = "std,panic_abort,panic_unwind,proc_macro,test";
/// The name of the empty crate that pulls them in.
const EMPTY: &str = "interspoke_sysroot";

/// The release of Debian's compiler, if it is there with its cargo and the library's source.
pub(crate) fn debian_rust() -> Option<String> {
    let source = Path::new(LIBRARIES).join("src/rust/library/std/Cargo.toml");
    (source.is_file() && Path::new(CARGO).is_file())
        .then(|| verbose("release"))
        .flatten()
}

/// The finished sysroot for exactly this compiler.
pub(crate) fn finished(cache: &Path) -> Option<PathBuf> {
    folder_for_this_compiler(cache).filter(|folder| folder.join("id").is_file())
}

/// What distinguishes this sysroot from one built at another time: objects built with the other one are useless.
pub(crate) fn id(sysroot: &Path) -> Result<String> {
    fs::read_to_string(sysroot.join("id")).context("reading the sysroot's id")
}

/// Builds the library and lays the sysroot out. Cargo resumes what an interrupted run had compiled.
pub(crate) fn build(cache: &Path) -> Result<()> {
    let finished = folder_for_this_compiler(cache)
        .ok_or_else(|| Failure::new(format!("{RUSTC} does not tell its version")))?;
    let work = cache.join("build").join(file_name(&finished));
    compile(&work)?;
    let partial = cache.join(format!(
        ".partial-{}-{}",
        file_name(&finished),
        std::process::id()
    ));
    lay_out(&work, &partial, &finished)?;
    folder::adopt(&partial, &finished)?;
    folder::clear(&work)
}

fn folder_for_this_compiler(cache: &Path) -> Option<PathBuf> {
    Some(cache.join(format!(
        "sysroot-{}-llvm-{}",
        verbose("release")?,
        verbose("LLVM version")?
    )))
}

/// One line of `rustc --version --verbose`.
fn verbose(field: &str) -> Option<String> {
    let text = ask(command(RUSTC).args(["--version", "--verbose"]))?;
    text.lines()
        .find_map(|line| Some(line.strip_prefix(field)?.strip_prefix(": ")?.to_owned()))
}

fn compile(work: &Path) -> Result<()> {
    fs::create_dir_all(work.join("src")).context(format!("creating {}", work.display()))?;
    let manifest = format!("[package]\nname = \"{EMPTY}\"\nedition = \"2024\"\n\n[workspace]\n");
    fs::write(work.join("Cargo.toml"), manifest).context("writing the empty crate")?;
    fs::write(work.join("src/lib.rs"), "#![no_std]\n").context("writing the empty crate")?;
    let mut cargo = command(CARGO);
    cargo
        .current_dir(work)
        .args(["build", "--quiet", "--release", "--target", TARGET])
        .arg(format!("-Zbuild-std={CRATES}"))
        .env("RUSTC", RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        // Link-time optimisation of the page needs the library's bitcode too.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", work.join("target"))
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("RUSTC_WRAPPER")
        .env_remove("CARGO_BUILD_TARGET");
    succeed("building the standard library", &mut cargo)
}

fn lay_out(work: &Path, partial: &Path, finished: &Path) -> Result<()> {
    folder::clear(partial)?;
    let libraries = partial.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&libraries).context("creating the sysroot")?;
    let built = work.join("target").join(TARGET).join("release/deps");
    for entry in fs::read_dir(&built).context(format!("reading {}", built.display()))? {
        let path = entry.context("reading the built libraries")?.path();
        let name = file_name(&path);
        if name.ends_with(".rlib") && !name.starts_with(&format!("lib{EMPTY}")) {
            fs::copy(&path, libraries.join(&name)).context(format!("copying {name}"))?;
        }
    }
    let host =
        verbose("host").ok_or_else(|| Failure::new(format!("{RUSTC} does not tell its host")))?;
    link(
        &Path::new(LIBRARIES).join(&host),
        &partial.join("lib/rustlib").join(&host),
    )?;
    let programs = partial.join("bin");
    fs::create_dir_all(&programs).context("creating the sysroot")?;
    for name in ["rustc", "rustdoc"] {
        let program = programs.join(name);
        let text = format!(
            "#!/bin/sh\nexec /usr/bin/{name} --sysroot '{}' \"$@\"\n",
            finished.display()
        );
        fs::write(&program, text).context(format!("writing {}", program.display()))?;
        executable(&program)?;
    }
    link(Path::new(CARGO), &programs.join("cargo"))?;
    let built_at = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .context("the clock")?;
    fs::write(
        partial.join("id"),
        format!("{} {}\n", file_name(finished), built_at.as_nanos()),
    )
    .context("writing the sysroot's id")
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[cfg(unix)]
fn link(original: &Path, link: &Path) -> Result<()> {
    std::os::unix::fs::symlink(original, link).context(format!("linking {}", link.display()))
}

#[cfg(unix)]
fn executable(program: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(program, fs::Permissions::from_mode(0o755))
        .context(format!("{}", program.display()))
}

#[cfg(not(unix))]
fn link(_: &Path, link: &Path) -> Result<()> {
    Err(Failure::new(format!(
        "{}: a sysroot is laid out on Debian only",
        link.display()
    )))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> Result<()> {
    Ok(())
}
