//! Every pattern for what is asked for.
use interspoke_e2e::{Artefact, Key, Outcome, Page, journey};

use crate::reading::{ANSWER, open_tab};

const ROWS: &str = "section[aria-label='Answers'] table.compare";
/// The longest task that the browser saw since the page was told to watch, in milliseconds.
const WATCH: &str = "window.longest = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) \
    window.longest = Math.max(window.longest, e.duration) }).observe({entryTypes: ['longtask']})";

/// Whether the open tab of the panel is seen and has the focus.
const IN_SIGHT: &str = "const tab = document.querySelector('aside [role=tab][aria-selected=true]'); \
    const box = tab.getBoundingClientRect(); \
    return box.top > -1 && box.bottom <= innerHeight && document.activeElement === tab && tab.innerText === 'What I need'";

#[test]
fn patterns_are_compared_and_the_chosen_one_is_drawn() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        page.run(WATCH).await?;
        open_tab(page, "Compare").await?;
        page.wait_for_text(ANSWER, "Recommended: Hub with Azure Firewall")
            .await?;
        let rows = page.rows(ROWS).await?;
        // Two of the 23 patterns are the same design as another here; those that cannot serve are one line.
        let fold = rows
            .iter()
            .find_map(|row| row.first()?.strip_prefix("Show "));
        let impossible = fold.and_then(|fold| fold.split(' ').next()?.parse::<usize>().ok());
        let impossible = impossible.unwrap_or_default();
        assert_eq!(rows.len() - 2 + impossible, 21, "{rows:#?}");
        page.press("tr.rest button").await?;
        page.wait_for_text("tr.rest", "Fold").await?;
        assert_eq!(page.rows(ROWS).await?.len(), 2 + 21);
        println!(
            "longest task: {} ms",
            page.run("return window.longest").await?
        );

        // A row that is sorted away is moved, not made anew: what was clicked or had the focus stays.
        page.run("window.row = document.querySelector('tr.pattern')")
            .await?;
        page.press_control("button", "USD a month").await?;
        page.wait_until(
            "the first row further down",
            "return window.row.isConnected && window.row !== document.querySelector('tr.pattern')",
        )
        .await?;
        page.press_control("button", "Verdict").await?;

        // On a phone the panel stands far below: it comes into sight with the focus.
        page.resize(360, 800).await?;
        page.press_control("button", "Change what I need").await?;
        page.wait_until("the panel in sight", IN_SIGHT).await?;
        page.resize(1280, 800).await?;
        page.press_control("button", "Full mesh of peerings…")
            .await?;
        page.wait_for_text(
            ANSWER,
            "viable if traffic between spokes did not have to be inspected",
        )
        .await?;
        page.wait_for_text(ANSWER, "Latency and throughput between two spokes")
            .await?;
        page.wait_for_text(ANSWER, "eastus to westus2: 71 ms (P50")
            .await?;
        page.press_control("button", "Draw it: Hub with Azure Firewall")
            .await?;
        page.wait_for_text("h1", "eastus-spoke1 → westus2-spoke3 is delivered")
            .await?;

        page.press_control("tab", "What I need").await?;
        page.wait_for_text("aside", "The network follows what you ask for here")
            .await?;
        page.write("textbox", "Spokes in eastus", "5").await?;
        page.wait_for_text("section[aria-label='Answer']", "All 56 flows")
            .await?;
        page.wait_for_text(ANSWER, "8 spokes in eastus and westus2")
            .await?;
        page.press_control("button", "Undo").await?;
        page.wait_for_text("section[aria-label='Answer']", "All 30 flows")
            .await?;
        page.write("textbox", "Range of eastus", "10.0.0.0/99")
            .await?;
        page.wait_for_text("aside", "expected").await?;
        page.wait_for_text(ANSWER, "Older").await
    })
}

/// Fourteen spokes of two environments; one pair of an environment carries most of the traffic.
const HEAVY_PAIR: &str = "#interspoke=1&name=Heavy&pattern=hub-nva&regions.0.region=eastus&regions.0.spokes=14&regions.1.region=westus2\
    &regions.1.spokes=3&environments.0=dev&environments.1=prod&inspection=betweenEnvironments&hub=selfManaged\
    &traffic.withinRegions.gb=1000&traffic.withinRegions.unit=total&traffic.betweenRegions.gb=1000&traffic.betweenRegions.unit=total\
    &traffic.matrix.0.a=eastus-spoke1&traffic.matrix.0.b=eastus-spoke3&traffic.matrix.0.gb=50000";

#[test]
fn a_point_of_the_map_opens_its_design_and_a_link_that_pays_is_taken() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        page.driver()
            .goto(format!("{}{HEAVY_PAIR}", page.address()))
            .await?;
        page.wait_ready().await?;
        open_tab(page, "Compare").await?;
        page.wait_for_text(ANSWER, "Recommended: Hub with Azure Firewall")
            .await?;
        // Another design is drawn than the one that is recommended: nobody calls that good.
        page.wait_for_text("aside", "Hub with Azure Firewall is recommended")
            .await?;
        page.press_control("button", "Draw Hub with Azure Firewall")
            .await?;
        page.wait_for_text("aside", "The network follows what you ask for here")
            .await?;

        // By keyboard: the point of the recommended design opens its row.
        page.run("document.querySelector('.balance .best-point').focus()")
            .await?;
        page.keys(Key::Enter + "").await?;
        page.wait_for_text(ANSWER, "Good to know").await?;

        page.press_control("button", "Suggest a mix").await?;
        page.wait_for_text(".mix", "eastus-spoke1 ↔ eastus-spoke3")
            .await?;
        page.wait_for_text(".mix", "USD 3,600.00").await?;
        page.press(".mix tbody button").await?;
        page.wait_for_text(
            ANSWER,
            "Recommended: Appliance hub with chosen direct pairs",
        )
        .await?;
        page.press_control("button", "Undo").await?;
        page.wait_for_text(ANSWER, "Recommended: Hub with Azure Firewall")
            .await
    })
}
