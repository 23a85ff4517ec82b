//! A window of 320 CSS pixels.
use interspoke_e2e::{Artefact, Outcome, Page, TABS, journey};

use crate::reading::{ONE_WAY, TWO_REGIONS, open_tab};

/// What sticks out, and which controls are too small or cannot be reached.
const FAULTS: &str = include_str!("narrow.js");

#[test]
fn nothing_is_wider_than_a_phone_and_every_control_is_reached() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        page.resize(320, 640).await?;
        let mut faults = Vec::new();
        for sample in [TWO_REGIONS, ONE_WAY] {
            page.press_control("button", sample).await?;
            for tab in TABS {
                open_tab(page, tab).await?;
                let found = page.run(FAULTS).await?;
                let found: Vec<String> = serde_json::from_value(found)?;
                faults.extend(found.iter().map(|fault| format!("{tab}: {fault}")));
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
        Ok(())
    })
}
