//! Builds the WebAssembly and writes the artefacts.
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Context, Result};
use crate::file::{copy, read, write};
use crate::folder;
use crate::guide;
use crate::offline::{self, File};
use crate::package;
use crate::page::{self, Parts};
use crate::plan::Purpose;
use crate::process::{dist, root, step, timed};
use crate::setup;
use crate::size::{self, Sizes};
use crate::toolchain::{Toolchain, without_paths};

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
    artefacts(&toolchain, &dist())
}

/// Writes the site, the package and the single file into a folder, and checks their sizes.
pub(crate) fn artefacts(toolchain: &Toolchain, out: &Path) -> Result<()> {
    let package = wasm(toolchain, Profile::Release)?;
    let site = out.join("site");
    timed("writing the artefacts", || {
        folder::clear(&site)?;
        write_site(&package, &site, Profile::Release)?;
        guide::write_into(&site)?;
        package::schemas(&site)?;
        package::assemble(&package, &package_files(), &out.join("package"))?;
        write(
            &out.join("interspoke.html"),
            page::single(&parts(&package)?, &size::gzip(&wasm_of(&package)?)?)?,
        )
    })?;
    size::report(&Sizes::measure(out)?)
}

/// Builds the package and returns the folder with its wasm and glue.
pub(crate) fn wasm(toolchain: &Toolchain, profile: Profile) -> Result<PathBuf> {
    toolchain.clear_stale_objects()?;
    let (folder, flag) = match profile {
        Profile::Quick => ("package-quick", "--dev"),
        Profile::Release => ("package", "--profile=web"),
    };
    let out = toolchain.objects().join(folder);
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
    if profile == Profile::Release {
        wasm_pack.env("CARGO_ENCODED_RUSTFLAGS", without_paths());
    }
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

/// Writes the site: everything is found relative to the page, so that any sub-path will do. What is shipped keeps itself
/// for offline use; what a developer serves does not.
pub(crate) fn write_site(package: &Path, site: &Path, profile: Profile) -> Result<()> {
    let parts = parts(package)?;
    let mut files = beside_the_page(package, &parts)?;
    for file in &files {
        write(&site.join(&file.name), &file.bytes)?;
    }
    // For other pages that embed the calculator, and for the host.
    let types = format!("{NAME}.d.ts");
    copy(&package.join(&types), &site.join(&types))?;
    copy(&root().join("static/_headers"), &site.join("_headers"))?;
    let mut page = page::site(&parts, "")?;
    if profile == Profile::Release {
        let unversioned = [File::page(page.as_str())];
        let version = offline::version(&[&files[..], &unversioned].concat());
        page = page::site(&parts, &version)?;
        files.push(File::page(page.as_str()));
        let template = read(&root().join("static/worker.js"))?;
        write(
            &site.join("worker.js"),
            offline::worker(&template, &version, &files)?,
        )?;
    }
    write(
        &site.join("embed.html"),
        page::embedded(&parts, &read(&root().join("static/embed.js"))?)?,
    )?;
    write(&site.join("index.html"), page)
}

/// The files that the page needs beside it.
fn beside_the_page(package: &Path, parts: &Parts) -> Result<Vec<File>> {
    let (manifest, widget) = ("manifest.webmanifest", "interspoke-view.js");
    Ok(vec![
        File::new(format!("{NAME}_bg.wasm"), wasm_of(package)?),
        File::new(format!("{NAME}.js"), parts.glue.as_str()),
        File::new(widget, read(&root().join("static").join(widget))?),
        File::new("icon.svg", parts.icon.as_str()),
        File::new(manifest, read(&root().join("static").join(manifest))?),
    ])
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

/// What wasm-bindgen writes and others load.
fn package_files() -> [String; 3] {
    [".js", ".d.ts", "_bg.wasm"].map(|end| format!("{NAME}{end}"))
}

fn wasm_file(package: &Path) -> PathBuf {
    package.join(format!("{NAME}_bg.wasm"))
}

fn wasm_of(package: &Path) -> Result<Vec<u8>> {
    let file = wasm_file(package);
    fs::read(&file).context(format!("reading {}", file.display()))
}
