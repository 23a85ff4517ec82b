//! What journeys read on the page.
use interspoke_e2e::{Outcome, Page};

/// The samples, as their buttons are called.
pub(crate) const TWO_REGIONS: &str = "Two regions, a firewall in each hub";
pub(crate) const ONE_WAY: &str = "One region, the reply is lost";

/// The open answer under the picture.
pub(crate) const ANSWER: &str = "section[aria-label='Answers'] [role=tabpanel]";

/// Waits until the answer in one sentence is this.
pub(crate) async fn answers(page: &Page, sentence: &str) -> Outcome {
    page.wait_for_text("h1", sentence).await
}

/// Opens an answer under the picture.
pub(crate) async fn open_tab(page: &Page, name: &str) -> Outcome {
    page.press_control("tab", name).await
}

/// The stops of one direction in words: who has the packet, and what becomes of it there.
pub(crate) async fn stops(page: &Page, direction: &str) -> Outcome<Vec<String>> {
    let each = format!("{ANSWER} section[aria-label='{direction}'] > ol > li");
    page.find(&each).await?;
    page.texts(&each).await
}

/// Asserts that each stop tells these words, and that there are no others.
pub(crate) fn assert_stops(found: &[String], expected: &[&str]) {
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            found.contains(expected),
            "expected {expected:?} in {found:?}"
        );
    }
}

/// Opens the form of a route table.
pub(crate) async fn open_table(page: &Page, name: &str) -> Outcome {
    open_tab(page, "Objects").await?;
    page.press_control("button", "Route tables…").await?;
    page.press_control("button", &format!("{name}…")).await
}
