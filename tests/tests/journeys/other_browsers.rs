//! One story in every browser: open, compute, draw, edit, undo, reload; then the single file from the disk, which saves a
//! copy of itself with the design inside, and the copy does so again.
//!
//! Firefox is steered by geckodriver, WebKitGTK by WebKitWebDriver in its small browser on a screen that nobody sees. What
//! cannot be seen there: console and requests before the page has loaded (see `interspoke_e2e`), windows as narrow as a
//! phone (the narrowest that they make are tried), and WebKit on other systems than Linux.
use std::fs;

use interspoke_e2e::{Artefact, Browser, Failure, Outcome, Page, opened_in};
use serde_json::json;

use crate::kept::wait_for_kept;
use crate::reading::{ANSWER, ONE_WAY};

const ANSWER_LINE: &str = "section[aria-label='Answer']";
const SHARE: &str = "Share, and about Interspoke";
/// Whether the picture has room and boxes that have come to rest, and the page is as wide as its window.
const LAYOUT: &str = "const of = (element) => element.getBoundingClientRect();
    const [boxes, room] = [[...document.querySelectorAll('.mapbox [data-node]')], of(document.querySelector('.mapbox'))];
    const now = JSON.stringify(boxes.map(of));
    window.calm = window.looked === now ? window.calm + 1 : 0;
    window.looked = now;
    return window.calm > 3 && boxes.length > 2 && room.width > 200 && room.height > 150
        && document.scrollingElement.scrollWidth <= innerWidth;";

#[test]
fn the_story_in_chromium() -> Outcome {
    story(Browser::Chromium)
}

#[test]
fn the_story_in_firefox() -> Outcome {
    story(Browser::Firefox)
}

#[test]
fn the_story_in_webkit() -> Outcome {
    story(Browser::WebKit)
}

fn story(browser: Browser) -> Outcome {
    opened_in(browser, Artefact::Site, async |page: &Page| {
        computed(page).await?;
        drawn(page).await?;
        edited(page).await?;
        reloaded(page).await?;
        laid_out(page, browser).await
    })?;
    opened_in(browser, Artefact::SingleFile, async |page: &Page| {
        page.begin().await?;
        page.press_control("button", ONE_WAY).await?;
        named(page, ONE_WAY).await?;
        let first = copied(page).await?;
        opened_from_the_copy(page, &first).await?;
        let second = copied(page).await?;
        assert!(
            second == first,
            "a copy of the copy is the same, byte for byte"
        );
        Ok(())
    })
}

async fn computed(page: &Page) -> Outcome {
    page.wait_for_text("h1", "Hub with Azure Firewall is recommended")
        .await?;
    page.wait_for_text(ANSWER, "Recommended: Hub with Azure Firewall")
        .await
}

async fn drawn(page: &Page) -> Outcome {
    page.press_control("button", "Draw it: Virtual WAN with Azure Firewall")
        .await?;
    page.wait_until(
        "two virtual hubs in the picture",
        "return document.querySelectorAll('.mapbox [data-node]').length > 2 \
         && document.querySelector('.mapbox').textContent.includes('westus2-vhub')",
    )
    .await
}

/// One spoke more, and back, and forth: the flows tell.
async fn edited(page: &Page) -> Outcome {
    page.wait_for_text(ANSWER_LINE, "All 30 flows").await?;
    page.press_control("tab", "What I need").await?;
    page.write("textbox", "Spokes in eastus", "4").await?;
    page.wait_for_text(ANSWER_LINE, "All 42 flows").await?;
    page.press_control("button", "Undo").await?;
    page.wait_for_text(ANSWER_LINE, "All 30 flows").await?;
    page.press_control("button", "Redo").await?;
    page.wait_for_text(ANSWER_LINE, "All 42 flows").await
}

async fn reloaded(page: &Page) -> Outcome {
    let name = page.title().await?;
    wait_for_kept(
        page,
        "designs.some((design) => design.text.includes('\"spokes\": 4'))",
    )
    .await?;
    page.reload().await?;
    named(page, &name).await?;
    page.wait_for_text(ANSWER_LINE, "All 42 flows").await?;
    page.press_control("button", "Undo").await?;
    page.wait_for_text(ANSWER_LINE, "All 30 flows").await
}

/// Desk and as narrow as the browser's window goes.
async fn laid_out(page: &Page, browser: Browser) -> Outcome {
    for (name, width, height) in [("desk", 1440, 900), ("narrow", 390, 844)] {
        page.resize(width, height).await?;
        page.wait_until("the picture is laid out for the window", LAYOUT)
            .await?;
        let browser = format!("{browser:?}").to_lowercase();
        page.screenshot(&format!("{browser}-{name}")).await?;
    }
    Ok(())
}

async fn named(page: &Page, design: &str) -> Outcome {
    let script = format!("return document.title.includes({})", json!(design));
    page.wait_until(&format!("the design {design}"), &script)
        .await
}

/// Saves a copy of the page and reads what the browser wrote.
async fn copied(page: &Page) -> Outcome<String> {
    page.press_control("button", SHARE).await?;
    page.press_control("button", "Save a copy of this file")
        .await?;
    let file = page.saved(".interspoke.html").await?;
    page.press_control("button", "Close").await?;
    let text = fs::read_to_string(&file)?;
    fs::remove_file(&file)?;
    Ok(text)
}

/// The copy takes the place of the file, in a profile that keeps nothing of the design.
async fn opened_from_the_copy(page: &Page, copy: &str) -> Outcome {
    let file = page.folder()?.join("interspoke.html");
    let original = fs::read_to_string(&file)?;
    if copy.len() <= original.len() {
        return Err(Failure::new("the copy holds the page and a design"));
    }
    fs::write(&file, copy)?;
    page.reload().await?;
    named(page, ONE_WAY).await
}
