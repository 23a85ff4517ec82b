//! Changing what exists: bad values, and a finding with its correction.
use interspoke_e2e::{Artefact, Outcome, Page, journey};

use crate::reading::{ANSWER, ONE_WAY, answers, assert_stops, open_tab, open_table, stops};

const OLDER: &str = "section[aria-label='Answer']";

#[test]
fn a_bad_value_keeps_its_text_and_the_answer_before_it() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        let (field, delivered) = (
            "addressPrefix, route 2 of AZFW1-RT",
            "Spoke1 → Spoke3 is delivered",
        );
        open_table(page, "AZFW1-RT").await?;
        page.write("textbox", field, "10.20.0.0/99").await?;
        page.wait_for_text(OLDER, "Older: a field cannot be read")
            .await?;
        let input = page.control("textbox", field).await?;
        assert_eq!(input.prop("value").await?.as_deref(), Some("10.20.0.0/99"));
        assert_eq!(input.attr("aria-invalid").await?.as_deref(), Some("true"));
        let explained = input.attr("aria-describedby").await?.unwrap_or_default();
        let error = page.text_of(&format!("[id='{explained}']")).await?;
        assert!(error.contains("expected"), "{error:?}");
        answers(page, delivered).await?;

        page.write("textbox", field, "10.21.0.0/16").await?;
        answers(page, "Spoke1 → Spoke3 is lost: at AZFW1").await?;
        assert!(!page.text_of(OLDER).await?.contains("Older"));
        page.write("textbox", field, "10.20.1.0/24").await?;
        answers(page, delivered).await?;

        // A name that nothing has: the search box says so, and the flow stays.
        page.write("combobox", "to", "nowhere").await?;
        page.wait_for_text(OLDER, "Older").await?;
        let input = page.control("combobox", "to").await?;
        assert_eq!(input.attr("aria-invalid").await?.as_deref(), Some("true"));
        answers(page, delivered).await
    })
}

#[test]
fn the_lost_reply_is_found_and_mended() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        page.press_control("button", ONE_WAY).await?;
        answers(
            page,
            "the reply is lost: at myVnet2, the winning route’s next hop type is None",
        )
        .await?;
        open_tab(page, "Path").await?;
        assert_eq!(stops(page, "Request").await?.len(), 3);
        assert_stops(
            &stops(page, "Reply").await?,
            &["10.0.0.0/8 Default → None and loses it"],
        );

        open_tab(page, "Findings…").await?;
        page.wait_for_text(
            ANSWER,
            "Replies from myVnet2/myVnet2Subnet1 find no route back",
        )
        .await?;
        page.press_control("button", "Show a flow").await?;
        page.press_control("button", "Give myVnet2/myVnet2Subnet1 the way back")
            .await?;
        answers(
            page,
            "myVnet1 → myVnet2 is delivered, through linuxnva-1, and returns the way it came",
        )
        .await?;
        page.wait_for_text(ANSWER, "Nothing is wrong with this estate")
            .await?;
        page.press_control("button", "Undo").await?;
        answers(page, "the reply is lost").await
    })
}
