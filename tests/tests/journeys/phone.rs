//! A window of 320 CSS pixels.
use interspoke_e2e::{Artefact, Outcome, Page, TABS, journey};

use crate::reading::{ONE_WAY, TWO_REGIONS, open_tab};

/// What sticks out, and which controls are too small or cannot be reached.
const FAULTS: &str = include_str!("narrow.js");

#[test]
fn nothing_is_wider_than_a_phone_and_every_control_is_reached() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        page.resize(320, 640).await?;
        // The panel is folded on a phone.
        page.press_control("tab", "What exists").await?;
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
        // Every field of what is asked for, and a line and a pattern opened.
        page.press_control("tab", "What I need").await?;
        for choice in [
            "ExpressRoute",
            "NVA",
            "+ Add a pair",
            "+ Add traffic of a pair",
        ] {
            page.press_control("button", choice).await?;
        }
        open_tab(page, "Cost").await?;
        page.press_control("button", "Virtual Machines…").await?;
        for (role, name, tab) in [
            ("button", "Element", "Cost"),
            ("tab", "Compare", "Compare"),
            ("button", "Full mesh of peerings…", "Compare opened"),
        ] {
            let found = page.run(FAULTS).await?;
            let found: Vec<String> = serde_json::from_value(found)?;
            faults.extend(found.iter().map(|fault| format!("before {tab}: {fault}")));
            if name.starts_with("Full mesh") {
                page.press("tr.rest button").await?;
            }
            page.press_control(role, name).await?;
        }
        let found: Vec<String> = serde_json::from_value(page.run(FAULTS).await?)?;
        faults.extend(found.iter().map(|fault| format!("opened: {fault}")));
        assert!(faults.is_empty(), "{faults:#?}");
        Ok(())
    })
}
