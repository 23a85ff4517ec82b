//! Designs that stay: over a reload, in two tabs, by link in another profile, by file; and with a browser that keeps
//! nothing, has no room, or holds what cannot be read.
use std::fs;

use interspoke_e2e::{Artefact, Failure, Key, Outcome, Page, journey, opened};
use serde_json::{Value, json};

use crate::reading::{ANSWER, open_table};

/// The head's field with the name of the design.
const NAME: &str = "input.docname";

/// Waits for a word in the place of designs: `what` is JavaScript over `cards`, a list of what is kept there.
pub(crate) async fn wait_for_kept(page: &Page, what: &str) -> Outcome {
    page.run(
        "window.look = () => new Promise((resolve) => {
            const open = indexedDB.open('interspoke');
            open.onsuccess = () => {
                const all = open.result.transaction(['cards', 'designs', 'steps']);
                const cards = all.objectStore('cards').getAll();
                const designs = all.objectStore('designs').getAll();
                const steps = all.objectStore('steps').getAll();
                all.oncomplete = () => {
                    open.result.close();
                    resolve({ cards: cards.result, designs: designs.result, steps: steps.result });
                };
            };
        });",
    )
    .await?;
    page.wait_until(
        what,
        &format!(
            "if (!window.kept) {{ window.look().then((kept) => {{ window.kept = kept; }}); return false; }}
             const {{ cards, designs, steps }} = window.kept; window.kept = null;
             return Boolean({what});"
        ),
    )
    .await
}

/// Removes a route, names the design, types half a prefix.
async fn work(page: &Page) -> Outcome {
    open_table(page, "AZFW1-RT").await?;
    page.press_control("button", "Remove route 2 of AZFW1-RT")
        .await?;
    page.wait_for_text("h1", "is lost").await?;
    page.write("textbox", "Name of the design", "My lab")
        .await?;
    page.keys(Key::Enter + "").await?;
    wait_for_kept(
        page,
        "cards.length === 1 && cards[0].name === 'My lab' && steps.length === 3",
    )
    .await
}

async fn name(page: &Page) -> Outcome<String> {
    let value = page
        .run(&format!("return document.querySelector('{NAME}').value"))
        .await?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

async fn wait_for_name(page: &Page, expected: &str) -> Outcome {
    let script = format!(
        "return document.querySelector('{NAME}')?.value === {}",
        json!(expected)
    );
    page.wait_until(&format!("the design {expected}"), &script)
        .await
}

#[test]
fn a_reload_brings_everything_back_and_undo_goes_on() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        work(page).await?;
        page.write("textbox", "addressPrefix, route 1 of AZFW1-RT", "10.20.")
            .await?;
        wait_for_kept(page, "designs[0].session.includes('10.20.')").await?;
        page.reload().await?;
        wait_for_name(page, "My lab").await?;
        page.wait_for_text("h1", "is lost").await?;
        open_table(page, "AZFW1-RT").await?;
        page.wait_until(
            "the half-typed prefix",
            "return [...document.querySelectorAll('input')].some((field) => field.value === '10.20.')",
        )
        .await?;
        for _ in 0..2 {
            page.press_control("button", "Undo").await?;
        }
        page.wait_for_text("h1", "is delivered").await?;
        page.press_control("button", "Redo").await?;
        page.wait_for_text("h1", "is lost").await
    })
}

#[test]
fn the_single_file_keeps_its_designs_too() -> Outcome {
    journey(Artefact::SingleFile, async |page: &Page| {
        work(page).await?;
        page.reload().await?;
        wait_for_name(page, "My lab").await?;
        page.wait_for_text("h1", "is lost").await
    })
}

#[test]
fn designs_are_listed_copied_renamed_deleted_and_brought_back() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        work(page).await?;
        page.press_control("button", "Designs").await?;
        page.press_control("button", "Duplicate: My lab").await?;
        page.control("textbox", "Name of the design: My lab (copy)")
            .await?;
        page.wait_until(
            "two small pictures",
            "return document.querySelectorAll('dialog[open] svg.tiny .box').length > 11",
        )
        .await?;
        page.screenshot("designs").await?;
        page.write("textbox", "Name of the design: My lab (copy)", "Other")
            .await?;
        page.keys(Key::Enter + "").await?;
        page.press_control("button", "Delete: Other").await?;
        page.press_control("button", "Bring back: Other").await?;
        page.press_control("button", "Open: Other").await?;
        wait_for_name(page, "Other").await?;
        page.wait_until(
            "the list is closed",
            "return document.querySelector('dialog[open]') === null",
        )
        .await
    })
}

#[test]
fn a_second_tab_of_one_design_is_told_and_works_on_a_copy() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        work(page).await?;
        let first = page.driver().window().await?;
        let second = page.driver().new_tab().await?;
        page.driver().switch_to_window(second).await?;
        page.driver().goto(page.address()).await?;
        page.wait_ready().await?;
        page.wait_for_text(".keep-note", "open in another tab")
            .await?;
        open_table(page, "AZFW1-RT").await?;
        page.press_control("button", "Remove route 1 of AZFW1-RT")
            .await?;
        wait_for_name(page, "My lab (copy)").await?;
        wait_for_kept(page, "cards.length === 2").await?;
        page.driver().close_window().await?;
        page.driver().switch_to_window(first).await?;
        assert_eq!(name(page).await?, "My lab");
        wait_for_kept(
            page,
            "cards.map((card) => card.name).sort().join() === 'My lab,My lab (copy)'",
        )
        .await
    })
}

#[test]
fn a_link_opens_in_another_profile_beside_what_is_there() -> Outcome {
    let link = std::cell::RefCell::new(String::new());
    journey(Artefact::Site, async |page: &Page| {
        work(page).await?;
        page.press_control("button", "Copy link").await?;
        page.wait_until(
            "the address bar has the link",
            "return location.hash.length > 100",
        )
        .await?;
        let hash = page.run("return location.hash").await?;
        *link.borrow_mut() = hash.as_str().unwrap_or_default().to_owned();
        // A reload goes on with the design itself, steps and all.
        page.reload().await?;
        wait_for_name(page, "My lab").await?;
        page.press_control("button", "Undo").await?;
        page.wait_until(
            "the address bar is not older",
            "return location.hash === ''",
        )
        .await
    })?;
    journey(Artefact::Site, async |page: &Page| {
        open_table(page, "AZFW1-RT").await?;
        page.press_control("button", "Remove route 1 of AZFW1-RT")
            .await?;
        wait_for_kept(page, "cards.length === 1").await?;
        let hash = link.borrow().clone();
        page.driver().goto("about:blank").await?;
        page.driver()
            .goto(format!("{}{hash}", page.address()))
            .await?;
        page.wait_ready().await?;
        wait_for_name(page, "My lab").await?;
        page.wait_for_text("h1", "is lost").await?;
        wait_for_kept(page, "cards.length === 1 && cards[0].name !== 'My lab'").await?;
        open_table(page, "AZFW1-RT").await?;
        page.press_control("button", "Remove route 1 of AZFW1-RT")
            .await?;
        wait_for_kept(page, "cards.length === 2").await?;
        page.run("location.hash = '#interspoke=7&x=1'").await?;
        page.wait_for_text(".toast", "version 7").await?;
        wait_for_name(page, "My lab").await
    })
}

#[test]
fn a_file_is_saved_opened_and_equal() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        // What is saved is caught where the browser would write it.
        page.run(
            "window.saved = [];
             const make = URL.createObjectURL;
             URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return make(blob); };",
        )
        .await?;
        work(page).await?;
        let save = async |at: usize| -> Outcome<Value> {
            page.run("document.activeElement.blur()").await?;
            page.keys(Key::Control + "s").await?;
            let done = format!("return window.saved.length > {at}");
            page.wait_until("a saved file", &done).await?;
            page.run(&format!("return window.saved[{at}]")).await
        };
        let first = save(0).await?;
        let file = std::env::temp_dir().join(format!("interspoke-{}.json", std::process::id()));
        let text = first.as_str().ok_or_else(|| Failure::new("no text"))?;
        fs::write(&file, text)?;
        let field = page.find("input.openfile").await?;
        field.send_keys(file.to_string_lossy()).await?;
        page.wait_for_text(".toast", "is open as a design of its own")
            .await?;
        wait_for_kept(page, "cards.length === 2").await?;
        assert_eq!(save(1).await?, first);
        // A case, and something else, by paste and by drop.
        let bring = async |kind: &str, text: &str| -> Outcome {
            page.run(&format!(
                "const data = new DataTransfer();
                 const text = {};
                 if ('{kind}' === 'paste') {{
                     data.setData('text/plain', text);
                     document.body.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true }}));
                 }} else {{
                     data.items.add(new File([text], 'dropped.txt'));
                     document.body.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}));
                 }}",
                json!(text)
            ))
            .await
            .map(drop)
        };
        let case = json!({
            "schema": "interspoke-case/1", "id": "x", "title": "A case",
            "network": { "vnets": [{ "name": "hub", "prefixes": ["10.0.0.0/16"] }] }, "questions": [],
        });
        bring("paste", &case.to_string()).await?;
        wait_for_name(page, "A case").await?;
        bring("drop", "no design at all").await?;
        page.wait_for_text(
            ".toast",
            "dropped.txt was not opened: expected a saved design",
        )
        .await?;
        wait_for_name(page, "A case").await?;
        fs::remove_file(&file)?;
        Ok(())
    })
}

/// Runs before every script of the page from the next reload on.
async fn before_the_page(page: &Page, script: &str) -> Outcome {
    let cdp = page.driver().cdp();
    let source = json!({ "source": script });
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", source)
        .await?;
    Ok(())
}

#[test]
fn without_storage_everything_works_and_says_so() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        before_the_page(
            page,
            "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('storage is off', 'SecurityError'); } });",
        )
        .await?;
        page.reload().await?;
        page.wait_for_text(
            ".keep-note",
            "This browser keeps nothing for this page (storage is off)",
        )
        .await?;
        page.begin().await?;
        open_table(page, "AZFW1-RT").await?;
        page.press_control("button", "Remove route 2 of AZFW1-RT")
            .await?;
        page.wait_for_text("h1", "is lost").await?;
        page.press_control("button", "Undo").await?;
        page.wait_for_text("h1", "is delivered").await
    })
}

#[test]
fn a_full_storage_says_so_and_goes_on_when_there_is_room() -> Outcome {
    opened(Artefact::Site, async |page: &Page| {
        let origin = page.run("return location.origin").await?;
        let cdp = page.driver().cdp();
        let quota = |bytes: u32| json!({ "origin": origin, "quotaSize": bytes });
        cdp.send_raw("Storage.overrideQuotaForOrigin", quota(1))
            .await?;
        page.write("textbox", "Name of the design", "No room")
            .await?;
        page.keys(Key::Enter + "").await?;
        page.wait_for_text(".keep-note", "storage is full").await?;
        wait_for_kept(page, "cards.length === 0").await?;
        cdp.send_raw("Storage.overrideQuotaForOrigin", quota(100_000_000))
            .await?;
        page.write("textbox", "Name of the design", "Room again")
            .await?;
        page.keys(Key::Enter + "").await?;
        wait_for_kept(page, "cards[0].name === 'Room again' && steps.length >= 2").await?;
        page.wait_until(
            "the note is gone",
            "return document.querySelector('.keep-note') === null",
        )
        .await
    })
}

#[test]
fn what_cannot_be_read_is_said_offered_and_never_deleted() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        for (text, says) in [
            (
                "{\"schema\": \"interspoke/2\", \"netw",
                "It cannot be read: expected JSON",
            ),
            (
                "{\"schema\": \"interspoke/99\"}",
                "A newer Interspoke wrote it",
            ),
        ] {
            page.run("indexedDB.deleteDatabase('interspoke')").await?;
            page.reload().await?;
            page.begin().await?;
            work(page).await?;
            page.run(&format!(
                "window.spoiled = false;
                 const open = indexedDB.open('interspoke');
                 open.onsuccess = () => {{
                     const designs = open.result.transaction('designs', 'readwrite').objectStore('designs');
                     designs.getAll().onsuccess = (event) => {{
                         const design = event.target.result[0];
                         design.text = {};
                         designs.put(design).onsuccess = () => {{ open.result.close(); window.spoiled = true; }};
                     }};
                 }};",
                json!(text)
            ))
            .await?;
            page.wait_until("the record is spoiled", "return window.spoiled")
                .await?;
            page.reload().await?;
            page.wait_for_text(".keep-note", says).await?;
            page.run(
                "window.saved = [];
                 const make = URL.createObjectURL;
                 URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return make(blob); };",
            )
            .await?;
            page.press_control("button", "Save as a file").await?;
            let same = format!("return window.saved[0] === {}", json!(text));
            page.wait_until("its text is offered as it is", &same)
                .await?;
            let still = format!("designs.some((design) => design.text === {})", json!(text));
            wait_for_kept(page, &still).await?;
        }
        Ok(())
    })
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        work(page).await?;
        page.run(
            "window.raised = false;
             const open = indexedDB.open('interspoke', 2);
             open.onsuccess = () => { open.result.close(); window.raised = true; };",
        )
        .await?;
        page.wait_until("the database is newer", "return window.raised")
            .await?;
        page.reload().await?;
        page.wait_for_text(".keep-note", "A newer Interspoke keeps its designs here")
            .await?;
        page.begin().await?;
        open_table(page, "AZFW1-RT").await?;
        page.press_control("button", "Remove route 1 of AZFW1-RT")
            .await?;
        page.wait_for_text(ANSWER, "AZFW1-RT").await?;
        wait_for_kept(
            page,
            "cards.length === 1 && cards[0].name === 'My lab' && steps.length === 3",
        )
        .await
    })
}
