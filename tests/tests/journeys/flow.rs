//! The main job: choose two spokes, read the packet's path, change a route and see the path change.
use interspoke_e2e::{Artefact, Key, Outcome, Page, journey};

use crate::reading::{answers, assert_stops, open_tab, open_table, stops};

const FIRST: &str =
    "Spoke1 → Spoke3 is delivered, through AZFW1 and AZFW2, and returns the way it came";

#[test]
fn the_main_job_on_the_site() -> Outcome {
    journey(Artefact::Site, main_job)
}

#[test]
fn the_main_job_in_the_single_file() -> Outcome {
    journey(Artefact::SingleFile, main_job)
}

async fn main_job(page: &Page) -> Outcome {
    answers(page, FIRST).await?;
    two_spokes_by_their_names(page).await?;
    two_spokes_in_the_picture(page).await?;
    the_path_in_words(page).await?;
    a_stop_opens_to_the_routes_that_lost(page).await?;
    without_its_route_the_packet_is_dropped(page).await
}

/// Types part of a name or of an address, and takes the first row of the list.
async fn two_spokes_by_their_names(page: &Page) -> Outcome {
    page.write("combobox", "from", "spoke2").await?;
    page.keys(Key::Enter + "").await?;
    page.write("combobox", "to", "10.20.2").await?;
    page.keys(Key::Enter + "").await?;
    answers(page, "Spoke2 → Spoke4 is delivered").await?;
    // The whole list, walked with the arrow keys.
    page.write("combobox", "to", "").await?;
    page.keys(Key::Down + Key::Down).await?;
    page.keys(Key::Enter + "").await?;
    answers(page, "Spoke2 → Spoke3 is delivered").await
}

async fn two_spokes_in_the_picture(page: &Page) -> Outcome {
    page.press_control("button", "from").await?;
    page.press_control("button", "Spoke1, 10…").await?;
    page.press_control("button", "Spoke3, 10…").await?;
    answers(page, FIRST).await?;
    page.control("button", "Spoke1, 10.10.1.0/24, source, spoke")
        .await?;
    page.control("button", "Spoke3, 10.20.1.0/24, destination, spoke")
        .await?;
    Ok(())
}

async fn the_path_in_words(page: &Page) -> Outcome {
    assert_stops(
        &stops(page, "Request").await?,
        &[
            "Spoke1VM (10.10.1.4) leaves by 0.0.0.0/0 User → VirtualAppliance 10.10.0.4",
            "AZFW1 (10.10.0.4) leaves by 10.20.0.0/16 User → VirtualAppliance 10.20.0.4",
            "AZFW2 (10.20.0.4) leaves by 10.20.1.0/24 Default → VNetPeering",
            "Spoke3VM (10.20.1.4) receives it.",
        ],
    );
    assert_stops(
        &stops(page, "Reply").await?,
        &[
            "Spoke3VM (10.20.1.4) leaves by 0.0.0.0/0 User → VirtualAppliance 10.20.0.4",
            "AZFW2 (10.20.0.4) leaves by 10.10.0.0/16 User → VirtualAppliance 10.10.0.4",
            "AZFW1 (10.10.0.4) leaves by 10.10.1.0/24 Default → VNetPeering",
            "Spoke1VM (10.10.1.4) receives it.",
        ],
    );
    Ok(())
}

async fn a_stop_opens_to_the_routes_that_lost(page: &Page) -> Outcome {
    let firewall = "section[aria-label='Hops'] li:nth-child(2)";
    page.press(&format!("{firewall} summary")).await?;
    let opened = page.text_of(&format!("{firewall} dl")).await?;
    for expected in [
        "10.20.0.0/16 User → VirtualAppliance 10.20.0.4",
        "route table AZFW1-RT",
        "0.0.0.0/0 User → Internet",
        "shorter prefix",
        "a user route has the same prefix",
        "VNetGlobalPeering Hub1 → Hub2",
    ] {
        assert!(
            opened.contains(expected),
            "expected {expected:?} in {opened}"
        );
    }
    Ok(())
}

/// The route that joins the regions goes, the packet is dropped, and undo brings both back.
async fn without_its_route_the_packet_is_dropped(page: &Page) -> Outcome {
    let lost = "Spoke1 → Spoke3 is lost: at AZFW1, the winning route’s next hop type is None";
    open_table(page, "AZFW1-RT").await?;
    page.press_control("button", "Remove route 2 of AZFW1-RT")
        .await?;
    answers(page, lost).await?;
    open_tab(page, "Path").await?;
    assert_stops(
        &stops(page, "Request").await?,
        &[
            "Spoke1VM (10.10.1.4) leaves by 0.0.0.0/0 User → VirtualAppliance 10.10.0.4",
            "AZFW1 (10.10.0.4) leaves by 10.0.0.0/8 Default → None and loses it",
        ],
    );
    page.press_control("button", "Undo").await?;
    answers(page, FIRST).await?;
    assert_eq!(stops(page, "Request").await?.len(), 4);
    page.press_control("button", "Redo").await?;
    answers(page, lost).await
}
