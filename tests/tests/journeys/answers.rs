//! The answers under the picture: the bill, the effective routes.
use interspoke_e2e::{Artefact, Failure, Key, Outcome, Page, journey};

use crate::reading::{ANSWER, open_tab};

#[test]
fn the_bill_follows_the_traffic_and_the_routes_follow_the_packet() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        the_bill_follows_the_traffic(page).await?;
        the_routes_follow_the_packet(page).await
    })
}

/// A Virtual WAN is drawn, and its hub's table stands in the search box.
#[test]
fn a_hub_shows_its_table_and_the_packets_way() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        open_tab(page, "Compare").await?;
        page.wait_for_text(ANSWER, "Recommended:").await?;
        page.press("tr.rest button").await?;
        page.press_control("button", "Draw it: Virtual WAN").await?;
        open_tab(page, "Routes").await?;
        page.write("combobox", "Routes of", "vhub: default").await?;
        page.keys(Key::Enter + "").await?;
        page.wait_for_text(ANSWER, "az network vhub get-effective-routes")
            .await?;
        page.write("textbox", "A packet to", "10.1.128.4").await?;
        page.wait_for_text(
            ANSWER,
            "10.1.128.4 takes 10.1.128.0/24 Remote Hub westus2-vhub",
        )
        .await?;
        let rows = page.rows(&format!("{ANSWER} table")).await?;
        let told: Vec<String> = rows.iter().map(|row| row.join(" ")).collect();
        assert!(
            told.iter().any(
                |row| row.starts_with("10.0.128.0/24 Virtual Network Connection eastus-spoke1")
            ),
            "{told:#?}"
        );
        Ok(())
    })
}

async fn the_bill_follows_the_traffic(page: &Page) -> Outcome {
    open_tab(page, "Cost").await?;
    let before = bill(page).await?;
    page.write("textbox", "between regions", "2,000").await?;
    page.wait_for_text(&format!("{ANSWER} table"), "2,000 GB")
        .await?;
    let after = bill(page).await?;
    assert!(
        (after.global - 2.0 * before.global).abs() < 0.005,
        "{before:?} {after:?}"
    );
    assert!(
        after.total - before.total > before.global,
        "firewalls and peerings inside the regions see the traffic too: {before:?} {after:?}"
    );
    let total = format!("{:.2}", after.total);
    let shown = page.text_of("section[aria-label='Answer']").await?;
    assert!(
        shown.replace(',', "").contains(&total),
        "the strip shows the same total {total}: {shown}"
    );
    Ok(())
}

#[derive(Debug)]
struct Bill {
    global: f64,
    total: f64,
}

async fn bill(page: &Page) -> Outcome<Bill> {
    let rows = page.rows(&format!("{ANSWER} table")).await?;
    let amount = |name: &str| {
        let row = rows
            .iter()
            .find(|row| row.first().is_some_and(|cell| cell.starts_with(name)));
        // Sums of services stand in the column of the amounts, behind a cell over the others.
        let amount = row.and_then(|row| row.get(1));
        let figures = amount.map(|text| text.replace("USD ", "").replace(',', ""));
        figures
            .and_then(|text| text.parse::<f64>().ok())
            .ok_or_else(|| Failure::new(format!("no sum for {name} in {rows:?}")))
    };
    Ok(Bill {
        global: amount("Global VNet peering")?,
        total: amount("Total")?,
    })
}

async fn the_routes_follow_the_packet(page: &Page) -> Outcome {
    open_tab(page, "Routes").await?;
    page.write("combobox", "Routes of", "hub1 / azure").await?;
    page.keys(Key::Enter + "").await?;
    page.wait_for_text(ANSWER, "route table AZFW1-RT").await?;
    let rows = page.rows(&format!("{ANSWER} table")).await?;
    let heads = [
        "Source",
        "State",
        "Address Prefix",
        "Next Hop Type",
        "Next Hop IP",
        "Origin",
    ];
    assert_eq!(
        rows.first().map(Vec::as_slice),
        Some(&heads.map(str::to_owned)[..])
    );
    let table: Vec<String> = rows.iter().skip(1).map(|row| row.join(" ")).collect();
    for expected in [
        "Default Active 10.10.0.0/24",
        "Default Active 10.10.1.0/24",
        "Default Invalid 0.0.0.0/0",
        "User Active 0.0.0.0/0",
        "User Active 10.20.0.0/16",
        "VirtualNetworkGateway Active 192.168.0.0/16",
    ] {
        assert!(
            table.iter().any(|row| row.starts_with(expected)),
            "expected {expected:?} in {table:#?}"
        );
    }

    page.write("textbox", "A packet to", "8.8.8.8").await?;
    page.wait_for_text(ANSWER, "8.8.8.8 takes 0.0.0.0/0 User → Internet")
        .await?;
    page.write("textbox", "A packet to", "10.20.2.77").await?;
    page.wait_for_text(
        ANSWER,
        "10.20.2.77 takes 10.20.0.0/16 User → VirtualAppliance 10.20.0.4",
    )
    .await?;
    page.write("textbox", "A packet to", "10.20.2.777").await?;
    page.wait_for_text(ANSWER, "expected").await
}
