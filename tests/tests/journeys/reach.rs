//! Who reaches whom: the matrix, a policy, a failure, a change.
use interspoke_e2e::{Artefact, Key, Outcome, Page, journey};

use crate::reading::{ANSWER, answers, open_tab, open_table};

#[test]
fn who_reaches_whom_is_asked_and_a_pair_is_opened() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        open_tab(page, "Reachability").await?;
        page.wait_for_text(ANSWER, "Of 12 ordered pairs all reach each other.")
            .await?;
        a_policy_is_refuted_with_a_packet(page).await?;
        what_changed_and_what_fails(page).await?;
        a_class_opens_and_a_cell_leads_to_its_path(page).await
    })
}

async fn a_policy_is_refuted_with_a_packet(page: &Page) -> Outcome {
    page.wait_for_text(ANSWER, "Proved").await?;
    page.choose("Policy", "Every flow from … to … is direct")
        .await?;
    page.write("textbox", "First group", "Spoke1").await?;
    page.write("textbox", "Second group", "nobody").await?;
    page.wait_for_text(ANSWER, "expected spokes, a VNet")
        .await?;
    page.write("textbox", "Second group", "Spoke3").await?;
    page.press_control("button", "Check it").await?;
    page.wait_for_text(ANSWER, "Refuted").await?;
    page.press_control("button", "Show its path").await?;
    answers(
        page,
        "Spoke1 → Spoke3 is delivered, through AZFW1 and AZFW2",
    )
    .await?;
    open_tab(page, "Reachability").await
}

async fn what_changed_and_what_fails(page: &Page) -> Outcome {
    open_table(page, "AZFW1-RT").await?;
    page.press_control("button", "Remove route 2 of AZFW1-RT")
        .await?;
    open_tab(page, "Reachability").await?;
    page.wait_for_text(ANSWER, "8 pairs changed, in 2 pairs of classes")
        .await?;
    page.choose("fails:", "AZFW2").await?;
    page.wait_for_text(ANSWER, "2 pairs lost, in 1 pair of classes")
        .await?;
    // What fails is a choice of the design, undone like any other change of it.
    page.press_control("button", "Undo").await?;
    page.wait_for_text(ANSWER, "8 pairs changed, in 2 pairs of classes")
        .await?;
    page.press_control("button", "Undo").await?;
    page.choose("fails:", "AZFW2").await?;
    page.wait_for_text(ANSWER, "10 pairs lost, in 3 pairs of classes")
        .await
}

async fn a_class_opens_and_a_cell_leads_to_its_path(page: &Page) -> Outcome {
    page.press(&format!("{ANSWER} .matrix tbody .fold")).await?;
    page.press_control("button", "Spoke2 → Spoke3, Spoke4: reached…")
        .await?;
    answers(page, "Spoke2 → Spoke3 is delivered").await?;
    page.keys(Key::Escape + "").await
}
