//! The built artefacts in real browsers.
//!
//! A test is one [`journey`]: it opens an artefact, walks through it, and at the end the harness checks what no
//! journey may do: log an error, break the content policy, or ask for anything but the artefact's own files.
//!
//! ```no_run
//! use interspoke_e2e::{Artefact, Outcome, Page, journey};
//!
//! #[test]
//! fn the_title_names_the_program() -> Outcome {
//!     journey(Artefact::Site, async |page: &Page| {
//!         assert_eq!(page.title().await?, "Interspoke");
//!         page.press_control("button", "Spoke2, 10…").await?;
//!         page.wait_for_text("h1", "Spoke2 → Spoke3").await
//!     })
//! }
//! ```
//!
//! `cargo xtask test --e2e` builds the artefacts and says where they and the browser are. A journey that fails leaves a
//! picture of the page in `target/e2e/`.

mod browser;
mod clean;
mod control;
mod driver;
mod page;
mod place;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

pub use page::Page;
pub use thirtyfour::{Key, WebElement};

/// The tabs of the answers, in their order; one that ends in "…" carries a number.
pub const TABS: [&str; 9] = [
    "Compare",
    "Path",
    "Routes",
    "Reachability",
    "Peerings",
    "Cost",
    "Findings…",
    "Objects",
    "Build",
];

/// What is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Artefact {
    /// The folder `site`, served under a sub-path as a documentation host would.
    Site,
    /// The same in a folder of its own, which a journey may change: see [`Page::folder`].
    OwnSite,
    /// The single file, alone in a folder, opened from the disk with the network off.
    SingleFile,
    /// A page of somebody else, given as its text, that stands beside the files of the site and mounts the calculator
    /// itself. It sets `data-ready` when it has.
    HostPage(&'static str),
}

/// Where it is opened. Chromium tells a driver most, so most journeys walk there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Debian's Chromium, or Chrome.
    Chromium,
    /// Firefox, of the extended releases.
    Firefox,
    /// WebKitGTK, in the small browser that comes with it.
    WebKit,
}

/// How a journey ends.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Why a journey ended early. Its `Debug` is the plain message, since that is what a failing test prints.
pub struct Failure(String);

impl Failure {
    /// A failure with this message.
    pub fn new(message: impl Into<String>) -> Failure {
        Failure(message.into())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure(error.to_string())
    }
}

/// A journey that begins on the first sample, a network whose flows are known; in a page of somebody else it begins on what
/// that page shows. See [`opened`].
///
/// # Errors
/// As [`opened`] has them.
pub fn journey(artefact: Artefact, walk: impl AsyncFnOnce(&Page) -> Outcome) -> Outcome {
    opened(artefact, async |page: &Page| {
        if !matches!(artefact, Artefact::HostPage(_)) {
            page.begin().await?;
        }
        walk(page).await
    })
}

/// Opens the artefact, waits until it is ready, walks, and checks that it stayed clean. The browser is closed in
/// any case, also when an assertion of the journey panics.
///
/// # Errors
/// If the browser cannot be started, a step fails, or the page was not clean at the end.
pub fn opened(artefact: Artefact, walk: impl AsyncFnOnce(&Page) -> Outcome) -> Outcome {
    opened_in(Browser::Chromium, artefact, walk)
}

/// The same in a browser of choice.
///
/// # Errors
/// As [`opened`] has them.
pub fn opened_in(
    browser: Browser,
    artefact: Artefact,
    walk: impl AsyncFnOnce(&Page) -> Outcome,
) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let page = runtime.block_on(Page::open(browser, artefact))?;
    let walked = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            page.wait_ready().await?;
            walk(&page).await?;
            page.check_clean().await
        })
    }));
    if !matches!(walked, Ok(Ok(()))) {
        let name = format!(
            "failed-{}",
            std::thread::current()
                .name()
                .unwrap_or("journey")
                .replace("::", "-")
        );
        match runtime.block_on(page.screenshot(&name)) {
            Ok(picture) => eprintln!("the page as it was: {}", picture.display()),
            Err(failure) => eprintln!("no picture could be taken: {failure:?}"),
        }
    }
    let closed = runtime.block_on(page.close());
    match walked {
        Ok(outcome) => outcome.and(closed),
        Err(panic) => resume_unwind(panic),
    }
}
