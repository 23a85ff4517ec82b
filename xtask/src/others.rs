//! The browsers beside Chromium, in which one story is told: Firefox, and WebKitGTK in the small browser that comes with it.
//!
//! | browser | steered by | from |
//! |---|---|---|
//! | Firefox, extended releases | geckodriver | Debian's package; the driver from the registry of crates |
//! | WebKitGTK's MiniBrowser | WebKitWebDriver, on a screen by Xvfb | Debian's packages |
//!
//! Where they cannot be had, their story is skipped and the set-up says so: the page is tested fully in Chromium.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{exact_tool, find};

/// The release of geckodriver that steers Firefox.
pub(crate) const GECKODRIVER: &str = "0.37.1";

/// The programs of both, where they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Others {
    pub(crate) firefox: Option<PathBuf>,
    pub(crate) geckodriver: Option<PathBuf>,
    pub(crate) minibrowser: Option<PathBuf>,
    pub(crate) webkit_driver: Option<PathBuf>,
    pub(crate) xvfb: Option<PathBuf>,
}

impl Others {
    /// Looks around.
    pub(crate) fn probe(cache: &Path) -> Others {
        let folder = cache.join(geckodriver_folder());
        Others {
            firefox: ["firefox-esr", "firefox"].into_iter().find_map(find),
            geckodriver: exact_tool(&folder, "geckodriver", GECKODRIVER),
            minibrowser: minibrowser(),
            webkit_driver: find("WebKitWebDriver"),
            xvfb: find("Xvfb"),
        }
    }

    /// Debian's packages of what is not there.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let mut packages = Vec::new();
        if self.firefox.is_none() {
            packages.push("firefox-esr");
        }
        if self.webkit_driver.is_none() || self.minibrowser.is_none() {
            packages.push("webkit2gtk-driver");
        }
        if self.xvfb.is_none() {
            packages.push("xvfb");
        }
        packages
    }

    /// Tells the journeys where the programs are, and to leave out the story of a browser that is not there.
    pub(crate) fn tell(&self, cargo: &mut Command) {
        let firefox = [
            ("INTERSPOKE_FIREFOX", &self.firefox),
            ("INTERSPOKE_GECKODRIVER", &self.geckodriver),
        ];
        let webkit = [
            ("INTERSPOKE_MINIBROWSER", &self.minibrowser),
            ("INTERSPOKE_WEBKITDRIVER", &self.webkit_driver),
            ("INTERSPOKE_XVFB", &self.xvfb),
        ];
        for (name, program) in firefox.iter().chain(&webkit) {
            if let Some(program) = program {
                cargo.env(name, program);
            }
        }
    }

    /// The stories that cannot be told here.
    pub(crate) fn untold(&self) -> Vec<&'static str> {
        let mut stories = Vec::new();
        if self.firefox.is_none() || self.geckodriver.is_none() {
            stories.push("the_story_in_firefox");
        }
        if self.minibrowser.is_none() || self.webkit_driver.is_none() || self.xvfb.is_none() {
            stories.push("the_story_in_webkit");
        }
        stories
    }
}

/// The folder of the finished geckodriver below the cache.
pub(crate) fn geckodriver_folder() -> String {
    format!("geckodriver-{GECKODRIVER}")
}

/// It stands beside WebKitGTK's other programs, below the name of the machine's kind.
fn minibrowser() -> Option<PathBuf> {
    let kinds = fs::read_dir("/usr/lib").ok()?.flatten();
    let folders = kinds.flat_map(|kind| {
        ["webkit2gtk-4.1", "webkitgtk-6.0"].map(|release| kind.path().join(release))
    });
    folders
        .map(|folder| folder.join("MiniBrowser"))
        .find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_needs_all_of_its_programs() {
        let there = || Some(PathBuf::from("/there"));
        let firefox = Others {
            firefox: there(),
            geckodriver: there(),
            xvfb: there(),
            ..Others::default()
        };
        assert_eq!(firefox.untold(), ["the_story_in_webkit"]);
        assert_eq!(firefox.missing(), ["webkit2gtk-driver"]);
        assert_eq!(
            Others::default().untold(),
            ["the_story_in_firefox", "the_story_in_webkit"]
        );
    }
}
