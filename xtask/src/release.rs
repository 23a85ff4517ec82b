//! `cargo xtask release`: everything that is handed out, with what it is made of.
//!
//! | file in `dist/` | what |
//! |---|---|
//! | `site/`, `interspoke.html` | the artefacts, as `cargo xtask build` writes them |
//! | `site/licences.html` | every dependency that is compiled in, with the texts of its licences |
//! | `sbom.cdx.json` | the same as a CycloneDX list for machines; it names no time, so that it can be built again |
//! | `SHA256SUMS` | the digest of every file above, in the form that `sha256sum --check` reads |
//!
//! With `--twice` all of it is made two times, each from nothing and in a folder of its own, and must be the same bytes.
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::build;
use crate::dated;
use crate::deny;
use crate::failure::{Context, Failure, Result};
use crate::file::write;
use crate::folder;
use crate::ingredients::Ingredients;
use crate::options::Options;
use crate::plan::Purpose;
use crate::process::{dist, timed};
use crate::same;
use crate::setup;
use crate::toolchain::{Toolchain, target_folder};

/// `cargo xtask release [--twice]`.
pub(crate) fn command_line(mut options: Options) -> Result<()> {
    let twice = options.flag("--twice");
    options.finish()?;
    let toolchain = setup::ensure(Purpose::Release)?;
    if twice {
        built_twice(&toolchain)?;
    } else {
        write_into(&toolchain, &dist())?;
    }
    deny::check(&toolchain)?;
    for warning in dated::warnings() {
        println!("    warning: {warning}");
    }
    Ok(())
}

/// Everything that is handed out, in a folder.
fn write_into(toolchain: &Toolchain, out: &Path) -> Result<()> {
    build::artefacts(toolchain, out)?;
    timed("writing what it is made of", || {
        let ingredients = Ingredients::of_the_page()?;
        write(&out.join("site/licences.html"), ingredients.notice()?)?;
        write(&out.join("sbom.cdx.json"), ingredients.bill_of_materials())?;
        write(&out.join("SHA256SUMS"), checksums(out)?)
    })
}

/// Builds everything twice, each time from nothing and elsewhere, and compares; the first becomes `dist/`.
fn built_twice(toolchain: &Toolchain) -> Result<()> {
    let work = target_folder().join("twice");
    folder::clear(&work)?;
    let [first, second] = ["first", "second"].map(|name| work.join(name));
    for build in [&first, &second] {
        let objects = build.join("objects");
        write_into(&toolchain.building_in(objects), &build.join("dist"))?;
    }
    let shipped = first.join("dist");
    if let Some(difference) = same::difference(&shipped, &second.join("dist"))? {
        return Err(Failure::new(format!(
            "two builds of one commit differ (both stay in {}):\n  {difference}",
            work.display()
        )));
    }
    let count = same::files(&shipped)?.len();
    println!("    two builds of one commit are equal, byte for byte: {count} files");
    folder::clear(&dist())?;
    folder::adopt(&shipped, &dist())?;
    folder::clear(&work)
}

/// One line a file, by name: the digest, two blanks, the name.
fn checksums(dist: &Path) -> Result<String> {
    let names = same::files(dist)?;
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
