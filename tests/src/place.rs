//! Where the artefacts and the browser are, and folders that vanish with their owner.
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::browser::LOOK_EVERY;
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

/// The second browser.
pub(crate) fn firefox() -> Outcome<PathBuf> {
    told("INTERSPOKE_FIREFOX").map(PathBuf::from)
}

/// The program that steers it.
pub(crate) fn geckodriver() -> Outcome<PathBuf> {
    told("INTERSPOKE_GECKODRIVER").map(PathBuf::from)
}

/// The third browser: the small one that WebKitGTK brings with it.
pub(crate) fn minibrowser() -> Outcome<PathBuf> {
    told("INTERSPOKE_MINIBROWSER").map(PathBuf::from)
}

/// The program that steers it.
pub(crate) fn webkit_driver() -> Outcome<PathBuf> {
    told("INTERSPOKE_WEBKITDRIVER").map(PathBuf::from)
}

/// The screen that it draws on.
pub(crate) fn xvfb() -> Outcome<PathBuf> {
    told("INTERSPOKE_XVFB").map(PathBuf::from)
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
        // A browser that was told to end may still write for a moment.
        for _ in 0..40 {
            if fs::remove_dir_all(&self.0).is_ok() {
                return;
            }
            thread::sleep(LOOK_EVERY);
        }
        eprintln!("{} stays behind", self.0.display());
    }
}
