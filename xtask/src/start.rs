//! `cargo xtask bench --start`: from navigation to the first answer, beside the smallest page that the same framework makes.
//!
//! The rule: the page as it is shipped, ten navigations in one browser, the median. The time is split where the browser
//! tells: until the last byte of the WebAssembly, until it is compiled, and from there what the page computes in its turns
//! and what it draws. An element of another page is opened in the same run: what it fetches before it is in view, and
//! how long its picture takes from the arrival of the WebAssembly.
use crate::bench_page::{Measured, compile};
use crate::browser::with_browser;
use crate::build;
use crate::file::write;
use crate::folder;
use crate::plan::Purpose;
use crate::process::{root, step};
use crate::setup;

use crate::failure::Result;

/// The page of one button.
const BUTTON: Measured = Measured {
    package: "xtask/button",
    name: "button",
    profile: "web",
    level: "-Oz",
};
const PAGE: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A button</title><link rel=\"icon\" href=\"data:,\"></head><body>\
    <script type=\"module\">import init from './button.js'; await init(); document.documentElement.dataset.ready = '';</script>\
    </body></html>";

/// Builds both pages and opens them.
pub(crate) fn run() -> Result<()> {
    let toolchain = setup::ensure(Purpose::Tests)?;
    let dist = root().join("target/start");
    folder::clear(&dist)?;
    build::artefacts(&toolchain, &dist)?;
    let site = dist.join("site");
    compile(&toolchain, BUTTON, &site)?;
    write(&site.join("button.html"), PAGE)?;
    let example = [
        "run",
        "--quiet",
        "--package",
        "interspoke-e2e",
        "--example",
        "start",
    ];
    let mut cargo = with_browser(&toolchain, &example)?;
    step("opening in Chromium", cargo.env("INTERSPOKE_DIST", &dist))
}
