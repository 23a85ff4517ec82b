//! `cargo xtask release`: everything that is handed out, with what it is made of.
//!
//! | file in `dist/` | what |
//! |---|---|
//! | `site/`, `interspoke.html` | the artefacts, as `cargo xtask build` writes them |
//! | `site/licences.html` | every dependency that is compiled in, with the texts of its licences |
//! | `sbom.cdx.json` | the same as a CycloneDX list for machines; it names no time, so that it can be built again |
//! | `SHA256SUMS` | the digest of every file above, in the form that `sha256sum --check` reads |
//!
//! With `--twice` the WebAssembly is built a second time from nothing, in another folder, and must be the same bytes.
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::build::{self, Profile};
use crate::dated;
use crate::deny;
use crate::failure::{Context, Failure, Result};
use crate::file::write;
use crate::folder;
use crate::ingredients::Ingredients;
use crate::options::Options;
use crate::plan::Purpose;
use crate::process::{dist, timed};
use crate::setup;
use crate::toolchain::{Toolchain, target_folder};

/// `cargo xtask release [--twice]`.
pub(crate) fn command_line(mut options: Options) -> Result<()> {
    let twice = options.flag("--twice");
    options.finish()?;
    let toolchain = setup::ensure(Purpose::Release)?;
    build::artefacts(&toolchain)?;
    if twice {
        same_again(&toolchain)?;
    }
    deny::check(&toolchain)?;
    for warning in dated::warnings() {
        println!("    warning: {warning}");
    }
    let dist = dist();
    timed("writing what it is made of", || {
        let ingredients = Ingredients::of_the_page()?;
        write(&dist.join("site/licences.html"), ingredients.notice()?)?;
        write(&dist.join("sbom.cdx.json"), ingredients.bill_of_materials())?;
        write(&dist.join("SHA256SUMS"), checksums(&dist)?)
    })
}

/// Builds the WebAssembly again, from nothing and elsewhere, and compares.
fn same_again(toolchain: &Toolchain) -> Result<()> {
    let elsewhere = target_folder().join("again");
    folder::clear(&elsewhere)?;
    let second = build::wasm(&toolchain.building_in(elsewhere.clone()), Profile::Release)?;
    let shipped = dist().join("site");
    for name in ["interspoke_bg.wasm", "interspoke.js", "interspoke.d.ts"] {
        let [first, second] = [shipped.join(name), second.join(name)]
            .map(|file| fs::read(&file).context(format!("reading {}", file.display())));
        if first? != second? {
            return Err(Failure::new(format!(
                "{name}: two builds of one commit differ"
            )));
        }
    }
    println!("    two builds of one commit are equal");
    folder::clear(&elsewhere)
}

/// One line a file, by name: the digest, two blanks, the name.
fn checksums(dist: &Path) -> Result<String> {
    let mut names = Vec::new();
    files(dist, Path::new(""), &mut names)?;
    names.sort();
    let mut lines = String::new();
    for name in names
        .iter()
        .filter(|name| name.as_path() != Path::new("SHA256SUMS"))
    {
        let file = dist.join(name);
        let bytes = fs::read(&file).context(format!("reading {}", file.display()))?;
        for byte in Sha256::digest(bytes) {
            let _ = write!(lines, "{byte:02x}");
        }
        let _ = writeln!(lines, "  {}", name.display());
    }
    Ok(lines)
}

fn files(base: &Path, inside: &Path, names: &mut Vec<PathBuf>) -> Result<()> {
    let folder = base.join(inside);
    let entries = fs::read_dir(&folder).context(format!("reading {}", folder.display()))?;
    for entry in entries.flatten() {
        let name = inside.join(entry.file_name());
        if entry.path().is_dir() {
            files(base, &name, names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_name_every_file_below_but_themselves() {
        let folder =
            std::env::temp_dir().join(format!("interspoke-release-{}", std::process::id()));
        fs::create_dir_all(folder.join("site")).unwrap();
        fs::write(folder.join("site/a"), "a").unwrap();
        fs::write(folder.join("SHA256SUMS"), "old").unwrap();
        let found = checksums(&folder).unwrap();
        folder::clear(&folder).unwrap();
        // From `printf a | sha256sum`.
        let digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
        assert_eq!(found, format!("{digest}  site/a\n"));
    }
}
