//! A network drawn from an empty page: by forms, on the picture, by keyboard and by pointer.
use interspoke_e2e::{Artefact, Key, Outcome, Page, journey};

use crate::reading::{answers, open_tab};

/// Opens the palette and runs the line that this text finds first.
async fn run(page: &Page, command: &str) -> Outcome {
    page.keys(Key::Control + "k").await?;
    page.write("combobox", "Actions and objects", command)
        .await?;
    page.keys(Key::Enter + "").await
}

/// The VNet of the open form gets a name.
async fn rename(page: &Page, name: &str) -> Outcome {
    page.write("textbox", "Name", name).await
}

#[test]
fn a_network_is_drawn_from_an_empty_page_a_lost_reply_is_seen_and_mended() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        vnets(page).await?;
        machines(page).await?;
        peerings(page).await?;
        routes(page).await?;
        mended(page).await?;
        undone(page).await
    })
}

/// A hub with a subnet for the firewall, and three spokes.
async fn vnets(page: &Page) -> Outcome {
    run(page, "Start from an empty design").await?;
    run(page, "Add VNet").await?;
    rename(page, "hub").await?;
    page.press_control("button", "Add subnet").await?;
    page.write("textbox", "Name, subnet 2 of hub", "AzureFirewallSubnet")
        .await?;
    run(page, "Add VNet").await?;
    rename(page, "spoke1").await?;
    page.press_control("button", "Duplicate spoke1").await?;
    page.press_control("button", "Duplicate spoke2").await?;
    page.wait_for_text("section[aria-label='Objects']", "spoke3")
        .await
}

/// A firewall, two workloads and a site.
async fn machines(page: &Page) -> Outcome {
    run(page, "Add appliance").await?;
    page.choose("Kind", "azureFirewall").await?;
    page.choose("Subnet", "AzureFirewallSubnet").await?;
    page.press_control("button", "Next free: 10.0.1.4").await?;
    for (spoke, address) in [("spoke1", "10.1.0.4"), ("spoke2", "10.2.0.4")] {
        run(page, "Add workload").await?;
        page.choose("VNet", spoke).await?;
        page.press_control("button", &format!("Next free: {address}"))
            .await?;
    }
    run(page, "Add site").await?;
    page.wait_for_text("section[aria-label='Objects']", "onprem1")
        .await
}

/// One spoke by drag, one by keys, one by buttons.
async fn peerings(page: &Page) -> Outcome {
    page.drag("button", "hub, 10…", "spoke1, 10…").await?;
    page.wait_for_text(".toast", "hub and spoke1 are connected")
        .await?;
    page.focus("button", "hub, 10…").await?;
    page.keys("x").await?;
    page.focus("button", "spoke2, 10…").await?;
    page.keys("x").await?;
    page.keys("c").await?;
    page.wait_for_text(".toast", "hub and spoke2 are connected")
        .await?;
    page.keys("x").await?;
    page.focus("button", "spoke3, 10…").await?;
    page.keys("x").await?;
    page.press_control("button", "Connect").await?;
    page.wait_for_text(".toast", "hub and spoke3 are connected")
        .await
}

/// Both peerings let forwarded traffic in; the first spoke sends what it has to the firewall, the second nothing.
async fn routes(page: &Page) -> Outcome {
    for spoke in ["spoke1", "spoke2"] {
        run(page, &format!("{spoke} → hub")).await?;
        page.press_control("checkbox", "allowForwardedTraffic")
            .await?;
    }
    run(page, "Add route table").await?;
    page.press_control("button", "Add route").await?;
    run(page, "spoke1 VNets").await?;
    page.choose("Route table, subnet 1 of spoke1", "rt1")
        .await?;
    page.write("combobox", "from", "spoke1-").await?;
    page.write("combobox", "from", "10.1.0.4").await?;
    page.write("combobox", "to", "10.2.0.4").await?;
    answers(page, "the reply is lost").await
}

async fn mended(page: &Page) -> Outcome {
    run(page, "spoke2 VNets").await?;
    page.choose("Route table, subnet 1 of spoke2", "rt1")
        .await?;
    answers(
        page,
        "is delivered, through nva1, and returns the way it came",
    )
    .await
}

/// Ten steps back and forth again.
async fn undone(page: &Page) -> Outcome {
    open_tab(page, "Path").await?;
    for _ in 0..10 {
        page.press_control("button", "Undo").await?;
    }
    for _ in 0..10 {
        page.press_control("button", "Redo").await?;
    }
    answers(
        page,
        "is delivered, through nva1, and returns the way it came",
    )
    .await
}

#[test]
fn own_vnets_are_joined_by_a_pattern_in_one_step() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        run(page, "Start from an empty design").await?;
        run(page, "Add VNet").await?;
        page.press_control("button", "Duplicate vnet1").await?;
        page.choose("Connect spokes by …", "Full mesh of peerings")
            .await?;
        page.wait_for_text(".toast", "2 VNets are connected by")
            .await?;
        page.press_control("button", "Undo").await?;
        page.wait_for_text(".toast", "The last change was undone")
            .await
    })
}
