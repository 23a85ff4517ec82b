//! From an estate as exported to a design, with the plan between them, and Azure's answers afterwards.
use interspoke_e2e::{Artefact, Outcome, Page, journey, opened};

use crate::reading::{ANSWER, open_tab};

/// Records what is saved in place of saving it.
const SAVED: &str = "window.saved = []; const click = HTMLAnchorElement.prototype.click; \
    HTMLAnchorElement.prototype.click = function() { this.download ? window.saved.push(this.download) : click.call(this) }";

/// Two spokes that are peered with one another, as Azure CLI prints them.
fn export() -> String {
    let vnet = |name: &str, other: &str, range: &str| {
        let id = |name: &str| {
            format!(
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/{name}"
            )
        };
        format!(
            r#"{{"id": "{}", "name": "{name}", "type": "Microsoft.Network/virtualNetworks", "location": "eastus",
            "addressSpace": {{"addressPrefixes": ["{range}.0/24"]}},
            "subnets": [{{"name": "app", "addressPrefix": "{range}.0/26"}}],
            "virtualNetworkPeerings": [{{"name": "p", "remoteVirtualNetwork": {{"id": "{}"}}, "allowVirtualNetworkAccess": true,
              "allowForwardedTraffic": false, "peeringState": "Connected", "peeringSyncLevel": "FullyInSync"}}]}}"#,
            id(name),
            id(other)
        )
    };
    format!(
        "[{}, {}]",
        vnet("web", "data", "10.60.0"),
        vnet("data", "web", "10.61.0")
    )
}

async fn paste(page: &Page, text: &str) -> Outcome {
    let text = text.replace('\n', " ").replace('\'', "\\'");
    page.run(&format!(
        "const data = new DataTransfer(); data.setData('text/plain', '{text}'); \
         document.body.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true }}))"
    ))
    .await?;
    Ok(())
}

#[test]
fn an_imported_estate_is_led_to_a_pattern_step_by_step_and_the_code_is_saved() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        paste(page, &export()).await?;
        page.wait_for_text("h1", "web").await?;
        page.press_control("tab", "What I need").await?;
        open_tab(page, "Compare").await?;
        page.wait_for_text(ANSWER, "Recommended: Hub with Azure Firewall")
            .await?;
        page.press_control("button", "Hub with Azure Firewall…")
            .await?;
        page.press_control("button", "Draw it: Hub with Azure Firewall")
            .await?;
        open_tab(page, "Build").await?;
        page.press_control("button", "Plan").await?;
        page.wait_for_text(ANSWER, "steps, each simulated").await?;
        page.press(&format!("{ANSWER} ol.steps > li > button"))
            .await?;
        page.wait_for_text(ANSWER, "Commands").await?;
        page.wait_for_text(".picture .staged", "After step 1: ")
            .await?;
        page.press_control("button", "Back to the design").await?;
        page.control("button", "Add VNet").await?;
        page.run(SAVED).await?;
        page.press_control("button", "Save the plan").await?;
        page.press_control("button", "Code").await?;
        page.wait_for_text(ANSWER, "main.bicep").await?;
        page.press_control("button", "Save").await?;
        page.press_control("button", "Picture as PNG").await?;
        page.wait_until(
            "plan, code and picture saved",
            "return window.saved.join() === 'plan.md,main.bicep,interspoke.png'",
        )
        .await
    })
}

#[test]
fn answers_of_the_acceptance_script_are_laid_beside_the_design() -> Outcome {
    opened(Artefact::Site, async |page: &Page| {
        open_tab(page, "Build").await?;
        page.press_control("button", "Acceptance").await?;
        page.wait_for_text(ANSWER, "It reads and changes nothing.")
            .await?;
        let answers = r#"{"captureOf": "eastus-spoke1 / app to eastus-spoke2 / app", "value": [{"nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.9.9.9", "routeTableId": "t"}]}
            {"captureOf": "eastus-spoke1 / app to eastus-spoke2 / app", "value": [{"connectionStatus": "Reachable"}]}"#;
        paste(page, answers).await?;
        page.press_control("tab", "What exists").await?;
        page.wait_for_text("aside", "Azure beside the simulator")
            .await?;
        page.wait_for_text("aside", "VirtualAppliance 10.9.9.9")
            .await?;
        // Rows that are equal are folded.
        let rows = page
            .run("return [...document.querySelectorAll('ul.compared .chip')].map((chip) => chip.textContent)")
            .await?;
        assert_eq!(rows, serde_json::json!(["other next hop", "equal"]));
        Ok(())
    })
}
