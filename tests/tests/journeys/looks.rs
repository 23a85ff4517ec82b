//! Light and dark, as the system says and as the reader chooses.
use interspoke_e2e::{Artefact, Outcome, Page, TABS, journey};
use serde_json::json;

use crate::reading::{ONE_WAY, TWO_REGIONS, open_tab};

/// Every text whose contrast is below what WCAG 2.2 AA asks for.
const FAINT: &str = include_str!("contrast.js");
const GROUND: &str = "return getComputedStyle(document.querySelector('header')).backgroundColor";
/// What a page leaves behind in a browser.
const LEFT: &str =
    "return [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]";

#[test]
fn light_and_dark_are_readable_and_the_choice_is_kept() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        let mut grounds = Vec::new();
        for scheme in ["light", "dark"] {
            page.prefer_colour_scheme(scheme).await?;
            grounds.push(page.run(GROUND).await?);
            for sample in [TWO_REGIONS, ONE_WAY] {
                page.press_control("button", sample).await?;
                for tab in TABS {
                    open_tab(page, tab).await?;
                    let faint = page.run(FAINT).await?;
                    assert_eq!(faint, json!([]), "{scheme}, {sample}, {tab}");
                }
            }
        }
        let [light, dark] = grounds.as_slice() else {
            return Ok(());
        };
        assert_ne!(light, dark);
        assert_eq!(page.run(LEFT).await?, json!([[], [], ""]));

        // The system says dark; the reader says light, then dark, then as the system.
        for (pressed, ground) in [
            ("Colours: as the system", light),
            ("Colours: light", dark),
            ("Colours: dark", dark),
            ("Colours: as the system", light),
        ] {
            page.press_control("button", pressed).await?;
            assert_eq!(&page.run(GROUND).await?, ground, "after {pressed}");
        }
        assert_eq!(page.run(LEFT).await?, json!([["interspoke-theme"], [], ""]));
        page.reload().await?;
        page.control("button", "Colours: light").await?;
        assert_eq!(&page.run(GROUND).await?, light, "after reloading");
        Ok(())
    })
}
