//! What Azure's tools print becomes a design: pasted, drawn, judged, traced; captured routes beside it; texts that cannot be
//! read, or half; and back.
use interspoke_e2e::{Artefact, Outcome, Page, journey};
use serde_json::json;

use crate::reading::{ANSWER, open_tab};

const GROUP: &str = "/subscriptions/s/resourceGroups/rg-orchard/providers/Microsoft.Network";

/// A hub with a machine that forwards, a spoke whose table points to it, and a peering into another subscription.
fn graph() -> String {
    let vnet = |name: &str, second: u8, table: bool, peers: &[&str]| {
        let peerings: Vec<_> = peers
            .iter()
            .map(|peer| json!({"name": format!("to-{peer}"), "properties": {"peeringState": "Connected", "allowForwardedTraffic": true,
                "remoteVirtualNetwork": {"id": format!("{GROUP}/virtualNetworks/{peer}")}}}))
            .collect();
        let table = table.then(|| json!({"id": format!("{GROUP}/routeTables/rt-grove")}));
        json!({"id": format!("{GROUP}/virtualNetworks/{name}"), "name": name, "type": "microsoft.network/virtualnetworks", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": [format!("10.{second}.0.0/16")]},
                "subnets": [{"name": "vms", "properties": {"addressPrefix": format!("10.{second}.1.0/24"), "routeTable": table}}], "virtualNetworkPeerings": peerings}})
    };
    json!({"count": 4, "data": [
        vnet("orchard", 40, false, &["grove"]),
        vnet("grove", 41, true, &["orchard", "far-away"]),
        {"id": format!("{GROUP}/routeTables/rt-grove"), "name": "rt-grove", "type": "microsoft.network/routetables", "location": "westeurope",
            "properties": {"disableBgpRoutePropagation": true, "routes": [{"name": "all", "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.40.1.4"}}]}},
        {"id": format!("{GROUP}/networkInterfaces/nic-nva"), "name": "nic-nva", "type": "microsoft.network/networkinterfaces", "location": "westeurope",
            "properties": {"enableIPForwarding": true, "ipConfigurations": [{"name": "c", "properties": {"privateIPAddress": "10.40.1.4", "subnet": {"id": format!("{GROUP}/virtualNetworks/orchard/subnets/vms")}}}]}}
    ]})
    .to_string()
}

/// Puts a text into the field at once, as a paste does.
async fn paste(page: &Page, text: &str) -> Outcome {
    let script = format!(
        "const field = document.querySelector('.imports textarea'); field.value = {};
         field.dispatchEvent(new InputEvent('input', {{bubbles: true}}));",
        json!(text)
    );
    page.run(&script).await.map(|_| ())
}

async fn open_estate(page: &Page) -> Outcome {
    page.wait_until(
        "the field for an export",
        "return Boolean(document.querySelector('.imports textarea'))",
    )
    .await
}

async fn wait_for_name(page: &Page, wanted: &str, there: bool) -> Outcome {
    let script = format!(
        "const names = [...document.querySelectorAll('.map .node .name')].map((one) => one.textContent);
         return names.includes({}) === {there};",
        json!(wanted)
    );
    page.wait_until(&format!("{wanted} in the picture: {there}"), &script)
        .await
}

#[test]
fn an_answer_of_resource_graph_becomes_a_picture_with_findings_and_a_path() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        open_estate(page).await?;
        paste(page, &graph()).await?;
        wait_for_name(page, "grove", true).await?;
        wait_for_name(page, "orchard", true).await?;
        let stubs = page.texts(".map .node.stub .tag").await?;
        assert_eq!(
            stubs,
            ["stub"],
            "the VNet of another subscription is a stub"
        );
        open_tab(page, "Findings…").await?;
        assert!(!page.text_of(ANSWER).await?.is_empty());
        page.press_control("button", "Undo").await?;
        wait_for_name(page, "grove", false).await
    })
}

#[test]
fn captured_routes_stand_beside_the_simulator() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        open_estate(page).await?;
        paste(page, &graph()).await?;
        wait_for_name(page, "grove", true).await?;
        paste(
            page,
            "Source    State    Address Prefix    Next Hop Type     Next Hop IP\n\
             --------  -------  ----------------  ----------------  -------------\n\
             Default   Active   10.41.0.0/16      VnetLocal\n\
             Default   Active   10.40.0.0/16      VNetPeering\n\
             Default   Invalid  0.0.0.0/0         Internet\n\
             User      Active   0.0.0.0/0         None\n",
        )
        .await?;
        page.wait_for_text(".imports .score", "equal").await?;
        let rows = page.texts(".imports .compared > li").await?;
        let other = rows.iter().find(|row| row.contains("0.0.0.0/0"));
        assert!(
            other.is_some_and(|row| row.contains("switched off") && row.contains("Do it")),
            "{rows:#?}"
        );
        page.press(".imports .compared button").await?;
        page.wait_for_text(".toast", "Undo takes it back").await?;
        page.wait_for_text(".imports .score", "100% equal").await
    })
}

#[test]
fn a_text_that_cannot_be_read_says_so_and_one_that_can_by_half_is_kept() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        open_estate(page).await?;
        let before = page.text_of("h1").await?;
        paste(page, "ERROR: Please run 'az login' to setup account.").await?;
        page.wait_until(
            "a notice of what was expected",
            "return document.body.textContent.includes('not opened') || document.body.textContent.includes('cannot')",
        )
        .await?;
        assert_eq!(page.text_of("h1").await?, before, "the design stays");
        let whole = graph();
        let at = whole.find("networkInterfaces").unwrap_or(whole.len());
        paste(page, whole.get(..at).unwrap_or_default()).await?;
        wait_for_name(page, "grove", true).await?;
        let report = page.text_of(".imports").await?;
        assert!(report.contains("unreadable"), "{report}");
        Ok(())
    })
}
