//! The page without a mouse.
use interspoke_e2e::{Artefact, Failure, Key, Outcome, Page, journey};

use crate::reading::{answers, open_tab};

/// Whether what has the focus shows it, and nothing covers it.
const SEEN: &str = include_str!("seen.js");

#[test]
fn everything_is_done_by_keyboard() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        every_stop_of_the_tab_key_is_seen(page).await?;
        the_picture_is_walked_with_the_arrow_keys(page).await?;
        changes_are_undone_with_keys(page).await
    })
}

async fn every_stop_of_the_tab_key_is_seen(page: &Page) -> Outcome {
    page.run("document.activeElement.blur(); scrollTo(0, 0)")
        .await?;
    let mut faults = Vec::new();
    for stop in 0..200 {
        page.keys(Key::Tab + "").await?;
        if page
            .run("return document.activeElement === document.body")
            .await?
            == true
        {
            assert!(stop > 20, "only {stop} stops");
            assert_eq!(faults, Vec::<String>::new());
            return Ok(());
        }
        if let Some(fault) = page.run(SEEN).await?.as_str() {
            faults.push(format!("{}: {fault}", page.focused().await?));
        }
    }
    Err(Failure::new("the Tab key never leaves the page"))
}

async fn the_picture_is_walked_with_the_arrow_keys(page: &Page) -> Outcome {
    page.press_control("button", "from").await?;
    tab_to(page, "Hub1, 10…").await?;
    for (key, reached) in [
        (Key::Up, "On-premises, 1…"),
        (Key::Down, "Hub1, 10…"),
        (Key::Down, "Spoke1, 10…"),
        (Key::Right, "Spoke2, 10…"),
    ] {
        page.keys(key + "").await?;
        wait_focus(page, reached).await?;
    }
    page.keys(Key::Enter + "").await?;
    answers(page, "Spoke2 → Spoke3 is delivered").await?;
    page.keys(Key::End + "").await?;
    wait_focus(page, "Internet, 0…").await?;
    page.keys(Key::Left + "").await?;
    wait_focus(page, "On-premises, 1…").await?;
    page.keys(Key::Enter + "").await?;
    answers(page, "Spoke2 → On-premises is delivered, through AZFW1").await
}

/// Also when the button that was pressed is gone.
async fn changes_are_undone_with_keys(page: &Page) -> Outcome {
    open_tab(page, "Path").await?;
    page.keys(Key::End + "").await?;
    wait_focus(page, "Build").await?;
    page.keys(Key::Left + "").await?;
    wait_focus(page, "Objects").await?;
    for name in ["Route tables…", "Spoke1-RT…"] {
        tab_to(page, name).await?;
        page.keys(Key::Enter + "").await?;
    }
    tab_to(page, "Remove route 1 of Spoke1-RT").await?;
    page.keys(Key::Enter + "").await?;
    answers(page, "Spoke2 → On-premises is lost").await?;
    page.keys(Key::Control + "z").await?;
    answers(page, "Spoke2 → On-premises is delivered").await?;
    page.keys(Key::Control + Key::Shift + "z").await?;
    answers(page, "Spoke2 → On-premises is lost").await
}

/// Presses Tab until something with this name has the focus.
async fn tab_to(page: &Page, name: &str) -> Outcome {
    for _ in 0..100 {
        page.keys(Key::Tab + "").await?;
        if is_called(&page.focused().await?, name) {
            return Ok(());
        }
    }
    Err(Failure::new(format!("the Tab key does not reach {name}")))
}

async fn wait_focus(page: &Page, name: &str) -> Outcome {
    let beginning = name.trim_end_matches('…');
    let script = format!(
        "const e = document.activeElement; return (e.ariaLabel ?? e.innerText ?? '').startsWith('{beginning}')"
    );
    let what = format!("{name} has the focus; {:?} has it", page.focused().await?);
    page.wait_until(&what, &script).await
}

fn is_called(found: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('…') {
        Some(beginning) => found.starts_with(beginning),
        None => found == wanted,
    }
}
