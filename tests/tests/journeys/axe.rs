//! axe, the checker of others, finds nothing: every tab of the page on the question, of a sample and of 1,000 spokes, in light,
//! in dark, in forced colours and on 320 CSS pixels.
use interspoke_e2e::{Artefact, Outcome, Page, TABS, opened};

use crate::reading::{TWO_REGIONS, open_tab};

const CHECK: &str = include_str!("axe.js");
/// Two regions of 500 spokes, as a link says it.
pub(crate) const BIG: &str = "#interspoke=1&name=Big&pattern=hub-firewall&regions.0.region=westeurope&regions.0.spokes=500\
                   &regions.1.region=northeurope&regions.1.spokes=500";

/// Width, colours, and whether the system forces its own.
const READERS: [(u32, &str, &str); 4] = [
    (1440, "light", "none"),
    (1440, "dark", "none"),
    (1440, "light", "active"),
    (320, "light", "none"),
];

/// Where the checker stands; without it, as on a machine without npm, nothing is tried.
fn axe() -> Outcome<Option<String>> {
    match std::env::var_os("INTERSPOKE_AXE") {
        Some(file) => Ok(Some(std::fs::read_to_string(file)?)),
        None => {
            println!("INTERSPOKE_AXE names no file: nothing is checked");
            Ok(None)
        }
    }
}

async fn faults(page: &Page, axe: &str, what: &str) -> Outcome<Vec<String>> {
    let mut faults = Vec::new();
    page.run(axe).await?;
    for (width, scheme, forced) in READERS {
        page.resize(width, 900).await?;
        page.prefer(scheme, forced).await?;
        for tab in TABS {
            open_tab(page, tab).await?;
            let found: Vec<String> = serde_json::from_value(page.run_async(CHECK).await?)?;
            let place = format!("{what}, {width}, {scheme}, forced {forced}, {tab}");
            faults.extend(found.iter().map(|fault| format!("{place}: {fault}")));
        }
    }
    Ok(faults)
}

#[test]
fn axe_finds_nothing() -> Outcome {
    let Some(axe) = axe()? else {
        return Ok(());
    };
    opened(Artefact::Site, async |page: &Page| {
        let mut found = faults(page, &axe, "the question").await?;
        page.begin().await?;
        page.press_control("button", TWO_REGIONS).await?;
        found.extend(faults(page, &axe, "a sample").await?);
        page.driver().goto("about:blank").await?;
        page.driver()
            .goto(format!("{}{BIG}", page.address()))
            .await?;
        page.wait_ready().await?;
        found.extend(faults(page, &axe, "1,000 spokes").await?);
        assert!(found.is_empty(), "{found:#?}");
        Ok(())
    })
}
