//! The bill opened, summed, saved, disputed, and drawn against traffic.
use interspoke_e2e::{Artefact, Outcome, Page, journey};

use crate::reading::{ANSWER, open_tab};

/// Keeps the text of whatever is offered as a file, and what the longest task took.
const WATCH: &str = "window.saved = ''; const make = URL.createObjectURL; \
    URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text }); return make(blob) }; \
    window.longest = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) \
    window.longest = Math.max(window.longest, e.duration) }).observe({entryTypes: ['longtask']})";

/// An answer of the Retail Prices API, in one line.
const OWN: &str = r#"{"BillingCurrency":"USD","Items":[{"serviceName":"Azure Firewall","productName":"Azure Firewall","skuName":"Standard","meterName":"Standard Deployment","unitOfMeasure":"1 Hour","armRegionName":"eastus","currencyCode":"USD","type":"Consumption","retailPrice":2,"effectiveStartDate":"2026-01-01T00:00:00Z"}]}"#;

#[test]
fn the_bill_can_be_audited() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        page.run(WATCH).await?;
        open_tab(page, "Cost").await?;
        page.press_control("button", "Azure Firewall · Standard · Standard Deployment")
            .await?;
        page.wait_for_text(ANSWER, "730 hours × USD 1.25 = USD 912.50")
            .await?;
        page.wait_for_text(ANSWER, "1 firewall × 730 hours: ")
            .await?;

        page.press_control("button", "Element").await?;
        page.wait_for_text(&format!("{ANSWER} table"), "AZFW1")
            .await?;
        page.press_control("button", "Service").await?;

        page.press_control("button", "Save as CSV").await?;
        page.wait_until(
            "the bill as a file",
            "return window.saved.includes('\"Total\"') && window.saved.includes('Standard Deployment')",
        )
        .await?;

        page.wait_for_text(ANSWER, "cheapest from 9.76 TB a month on")
            .await?;
        page.find(&format!("{ANSWER} svg[role=img] .break-even"))
            .await?;
        page.press_control(
            "radio",
            "no by Microsoft's text of 2020-06-18, which names one fee for transit from VNet to VNet: USD 0.02 a GB less between hubs",
        )
        .await?;
        page.press_control("radio", "no Microsoft text says so: USD 0.02 a GB more")
            .await?;
        // With the router charged, Virtual WAN is cheaper only much later.
        page.wait_until(
            "the chart by the other rule",
            "return !document.querySelector('figcaption')?.innerText.includes('9.76 TB')",
        )
        .await?;
        page.write("textbox", "up to", "20 TB").await?;
        page.wait_for_text(&format!("{ANSWER} figcaption"), "20 TB")
            .await?;

        // At once, as the clipboard gives it.
        page.control("textbox", "Paste them here").await?;
        let paste = format!(
            "const field = document.querySelector('textarea'); field.value = `{OWN}`; \
             field.dispatchEvent(new InputEvent('input', {{ bubbles: true, composed: true }}))"
        );
        page.run(&paste).await?;
        page.wait_for_text(ANSWER, "1 page in USD: 1 price, 1 taken.")
            .await?;
        page.wait_for_text(&format!("{ANSWER} .bill"), "2.00")
            .await?;
        page.press_control("button", "Save the price sheet").await?;
        page.wait_until(
            "the price sheet as a file",
            "return window.saved.startsWith('list,service,')",
        )
        .await?;
        println!(
            "longest task: {} ms",
            page.run("return window.longest").await?
        );
        Ok(())
    })
}
