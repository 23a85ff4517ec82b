//! Builds the WebAssembly and writes the artefacts.
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Context, Result};
use crate::folder;
use crate::page::{self, Parts};
use crate::plan::Purpose;
use crate::process::{dist, root, step, timed};
use crate::setup;
use crate::size::{self, Sizes};
use crate::toolchain::{Toolchain, target_folder};

/// How much work goes into the WebAssembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build, larger and slower: for `serve`.
    Quick,
    /// What is shipped.
    Release,
}

/// What wasm-bindgen calls its files.
const NAME: &str = "interspoke";
/// The features that every current browser has. Not all that wasm-opt knows: Chromium refuses some.
pub(crate) const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// `cargo xtask build`: both artefacts, their sizes, and the check of the cap.
pub(crate) fn command_line() -> Result<()> {
    let toolchain = setup::ensure(Purpose::Page)?;
    artefacts(&toolchain)
}

/// Writes `dist/site/` and `dist/interspoke.html` and checks their sizes.
pub(crate) fn artefacts(toolchain: &Toolchain) -> Result<()> {
    let package = wasm(toolchain, Profile::Release)?;
    let site = dist().join("site");
    timed("writing dist/", || {
        folder::clear(&site)?;
        write_site(&package, &site)?;
        write(
            &single_file(),
            page::single(&parts(&package)?, &size::gzip(&wasm_of(&package)?)?)?,
        )
    })?;
    size::report(&Sizes::measure(&dist())?)
}

fn single_file() -> PathBuf {
    dist().join("interspoke.html")
}

/// Builds the package and returns the folder with its wasm and glue.
pub(crate) fn wasm(toolchain: &Toolchain, profile: Profile) -> Result<PathBuf> {
    toolchain.clear_stale_objects()?;
    let (folder, flag) = match profile {
        Profile::Quick => ("package-quick", "--dev"),
        Profile::Release => ("package", "--profile=web"),
    };
    let out = target_folder().join(folder);
    let mut wasm_pack = toolchain.command("wasm-pack");
    wasm_pack.args([
        "--log-level",
        "error",
        "build",
        "web-app",
        "--target",
        "web",
        "--mode",
        "no-install",
    ]);
    wasm_pack
        .args([
            "--no-pack",
            "--no-opt",
            flag,
            "--out-name",
            NAME,
            "--out-dir",
        ])
        .arg(&out);
    step(&format!("wasm-pack build {flag}"), &mut wasm_pack)?;
    if profile == Profile::Release {
        optimise(toolchain, &out)?;
    }
    Ok(out)
}

/// Runs wasm-opt where it is there. wasm-pack's own use of it takes whatever release is first on PATH.
fn optimise(toolchain: &Toolchain, package: &Path) -> Result<()> {
    let Some(mut smaller) = toolchain.wasm_opt() else {
        return Ok(());
    };
    let file = wasm_file(package);
    let next = file.with_extension("wasm.next");
    smaller
        .args(["-Oz", "--strip-debug", "--strip-producers"])
        .args(WASM_FEATURES);
    step("wasm-opt -Oz", smaller.arg(&file).arg("-o").arg(&next))?;
    fs::rename(&next, &file).context("putting the optimised wasm into place")
}

/// Writes the site: everything is found relative to the page, so that any sub-path will do.
pub(crate) fn write_site(package: &Path, site: &Path) -> Result<()> {
    let parts = parts(package)?;
    write(&site.join(format!("{NAME}_bg.wasm")), wasm_of(package)?)?;
    write(&site.join("icon.svg"), &parts.icon)?;
    copy(
        &root().join("static/manifest.webmanifest"),
        &site.join("manifest.webmanifest"),
    )?;
    // For other pages that embed the calculator.
    for file in [format!("{NAME}.js"), format!("{NAME}.d.ts")] {
        copy(&package.join(&file), &site.join(&file))?;
    }
    write(&site.join("index.html"), page::site(&parts)?)
}

fn parts(package: &Path) -> Result<Parts> {
    let root = root();
    Ok(Parts {
        shell: read(&root.join("index.html"))?,
        glue: read(&package.join(format!("{NAME}.js")))?,
        boot: read(&root.join("static/boot.js"))?,
        icon: read(&root.join("static/icon.svg"))?,
    })
}

fn wasm_file(package: &Path) -> PathBuf {
    package.join(format!("{NAME}_bg.wasm"))
}

fn wasm_of(package: &Path) -> Result<Vec<u8>> {
    let file = wasm_file(package);
    fs::read(&file).context(format!("reading {}", file.display()))
}

/// Reads text with the line ends that browsers hash.
fn read(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file).context(format!("reading {}", file.display()))?;
    Ok(text.replace("\r\n", "\n"))
}

/// Writes a file whole: a server reading beside it sees the old one or the new one.
fn write(file: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).context(format!("creating {}", folder.display()))?;
    }
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    fs::write(&partial, content).context(format!("writing {}", file.display()))?;
    fs::rename(&partial, file).context(format!("writing {}", file.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    write(
        to,
        fs::read(from).context(format!("reading {}", from.display()))?,
    )
}
