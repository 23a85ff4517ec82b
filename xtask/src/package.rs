//! `dist/package`: the calculator as an ES module and a command for pipelines, from the same build as the page.
//!
//! | file | what |
//! |---|---|
//! | `index.mjs`, `index.d.ts` | objects in, objects out; reads the WebAssembly from a disk or from beside itself |
//! | `cli.mjs` | the verbs of a pipeline: check, lint, report, explain, routes, import, export, plan, diff |
//! | `schema/` | JSON Schemas of designs and answers |
//! | `interspoke.js`, `interspoke.d.ts`, `interspoke_bg.wasm` | what wasm-bindgen wrote, as the site has it |
use std::path::{Path, PathBuf};

use crate::failure::Result;
use crate::file::{copy, read, write};
use crate::process::{ask, command, dist, root, step};

/// What stands in `static/package` and is handed out.
const FILES: [&str; 5] = [
    "index.mjs",
    "index.d.ts",
    "cli.mjs",
    "package.json",
    "README.md",
];
/// The saved design that the package's test asks about: any sound one will do.
const DESIGN: &str = "core/tests/documents/interspoke-1/two-regions.json";

fn folder() -> PathBuf {
    dist().join("package")
}

/// Writes the package from the folder in which wasm-bindgen left these files.
pub(crate) fn assemble(built: &Path, files: &[String], to: &Path) -> Result<()> {
    let sources = root().join("static/package");
    crate::folder::clear(to)?;
    for name in FILES {
        write(&to.join(name), with_version(&read(&sources.join(name))?))?;
    }
    for name in files {
        copy(&built.join(name), &to.join(name))?;
    }
    schemas(to)?;
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&root().join(name), &to.join(name))?;
    }
    Ok(())
}

/// Copies the schemas into a folder of this name.
pub(crate) fn schemas(to: &Path) -> Result<()> {
    for name in ["document.json", "answers.json"] {
        let file = Path::new("schema").join(name);
        copy(&root().join("static").join(&file), &to.join(&file))?;
    }
    Ok(())
}

/// The package has the version of the workspace.
fn with_version(text: &str) -> String {
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    text.replace("\"version\": \"0.0.0\"", &version)
}

/// Runs the package's test in Node.js; where there is none, says so.
pub(crate) fn test() -> Result<()> {
    if ask(command("node").arg("--version")).is_none() {
        println!("==> Node.js is not there: the package is not tried");
        return Ok(());
    }
    let mut node = command("node");
    node.args(["--test", "static/package/test.mjs"])
        .env("INTERSPOKE_PACKAGE", folder())
        .env("INTERSPOKE_DESIGN", root().join(DESIGN));
    step("node --test static/package/test.mjs", &mut node)
}
