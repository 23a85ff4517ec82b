//! Where the artefacts and the browser are, and folders that vanish with their owner.
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{Failure, Outcome};

/// The folder that `cargo xtask build` wrote.
pub(crate) fn dist() -> Outcome<PathBuf> {
    told("INTERSPOKE_DIST").map(PathBuf::from)
}

/// The browser.
pub(crate) fn chromium() -> Outcome<PathBuf> {
    told("INTERSPOKE_CHROMIUM").map(PathBuf::from)
}

/// The program that steers the browser.
pub(crate) fn chromedriver() -> Outcome<PathBuf> {
    told("INTERSPOKE_CHROMEDRIVER").map(PathBuf::from)
}

/// Where pictures of the page go.
pub(crate) fn pictures() -> Outcome<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/e2e");
    fs::create_dir_all(&folder)?;
    Ok(folder.canonicalize()?)
}

fn told(variable: &str) -> Outcome<OsString> {
    std::env::var_os(variable).ok_or_else(|| {
        Failure::new(format!(
            "{variable} is not set; run: cargo xtask test --e2e"
        ))
    })
}

/// Copies what stands in a folder, and below it.
pub(crate) fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// An empty folder of its own, removed when dropped.
#[derive(Debug)]
pub(crate) struct FreshFolder(PathBuf);

impl FreshFolder {
    pub(crate) fn new() -> Outcome<FreshFolder> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("interspoke-e2e-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(FreshFolder(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for FreshFolder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} stays behind: {error}", self.0.display());
        }
    }
}
