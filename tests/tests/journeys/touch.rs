//! Fingers on the picture: two that part enlarge it, one moves it, a tap chooses a box. And a slow machine.
use std::time::Duration;

use interspoke_e2e::{Artefact, Failure, Outcome, Page, TABS, journey, opened};
use serde_json::{Value, json};

use crate::reading::{answers, open_tab};

/// Two regions of 50 spokes, as a link says it.
const HUNDRED: &str = "#interspoke=1&name=Hundred&pattern=hub-firewall&regions.0.region=westeurope&regions.0.spokes=50\
                       &regions.1.region=northeurope&regions.1.spokes=50";
/// The longest task since the page was told to watch, in milliseconds.
const WATCH: &str = "window.longest = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) \
    window.longest = Math.max(window.longest, e.duration) }).observe({entryTypes: ['longtask']})";
/// Tasks at 100 spokes on a machine that is six times slower take 84 to 342 ms; the rest is for tests that run beside this one.
const LIMIT: u64 = 1_200;

async fn touch(page: &Page, kind: &str, points: Value) -> Outcome {
    let event = json!({ "type": kind, "touchPoints": points });
    let cdp = page.driver().cdp();
    cdp.send_raw("Input.dispatchTouchEvent", event).await?;
    Ok(())
}

/// Moves fingers, each from its first place to its second, in steps as a screen reports them.
async fn fingers(page: &Page, ways: &[[(f64, f64); 2]]) -> Outcome {
    let at = |part: f64| -> Value {
        ways.iter()
            .enumerate()
            .map(|(id, [from, to])| {
                let between = |from: f64, to: f64| from + (to - from) * part;
                json!({ "id": id, "x": between(from.0, to.0), "y": between(from.1, to.1) })
            })
            .collect()
    };
    touch(page, "touchStart", at(0.0)).await?;
    for step in 1..=8 {
        touch(page, "touchMove", at(f64::from(step) / 8.0)).await?;
    }
    touch(page, "touchEnd", json!([])).await
}

/// A finger that touches and leaves at once.
async fn tap(page: &Page, x: f64, y: f64) -> Outcome {
    touch(page, "touchStart", json!([{ "x": x, "y": y }])).await?;
    touch(page, "touchEnd", json!([])).await
}

/// Taps the box with this beginning of its name until it is an end of the flow: where the machine is so busy that the finger
/// stays too long, the browser takes the touch for a long press, and a reader taps again.
async fn tap_box(page: &Page, name: &str) -> Outcome {
    let chosen = format!(
        "return [...document.querySelectorAll('.pick input')].some((end) => `${{end.value}}, ` === {})",
        json!(name)
    );
    for _ in 0..5 {
        let [x, y, _] = box_of(page, name).await?;
        tap(page, x, y).await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        if page.run(&chosen).await? == Value::Bool(true) {
            return Ok(());
        }
    }
    Err(Failure::new(format!("{name} was tapped in vain")))
}

/// Waits until no box of the picture moves.
async fn at_rest(page: &Page) -> Outcome {
    let still =
        "return document.querySelector('.mapbox').getAnimations({ subtree: true }).length === 0";
    page.wait_until("a picture that rests", still).await
}

/// The middle and the width of the box with this beginning of its name, in pixels of the window, once it stands.
async fn box_of(page: &Page, name: &str) -> Outcome<[f64; 3]> {
    at_rest(page).await?;
    let script = format!(
        "const found = [...document.querySelectorAll('.mapbox [data-node]')].find((node) => (node.getAttribute('aria-label') ?? '').startsWith({}));
         const box = found.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2, box.width];",
        json!(name)
    );
    Ok(serde_json::from_value(page.run(&script).await?)?)
}

#[test]
fn fingers_enlarge_move_and_choose() -> Outcome {
    journey(Artefact::Site, async |page: &Page| {
        let touching = json!({ "enabled": true, "maxTouchPoints": 2 });
        let cdp = page.driver().cdp();
        cdp.send_raw("Emulation.setTouchEmulationEnabled", touching)
            .await?;
        page.run("document.querySelector('.mapbox').scrollIntoView({ block: 'center' })")
            .await?;
        answers(page, "Spoke1 → Spoke3 is delivered").await?;

        let [x, y, before] = box_of(page, "Spoke1, ").await?;
        fingers(
            page,
            &[
                [(x - 20.0, y), (x - 60.0, y)],
                [(x + 20.0, y), (x + 60.0, y)],
            ],
        )
        .await?;
        let [x, y, after] = box_of(page, "Spoke1, ").await?;
        assert!(after > before * 1.5, "from {before} to {after} pixels");

        fingers(page, &[[(x, y), (x + 80.0, y)]]).await?;
        let [moved, _, _] = box_of(page, "Spoke1, ").await?;
        assert!((moved - x - 80.0).abs() < 12.0, "from {x} to {moved}");

        page.press_control("button", "Show everything").await?;
        for (end, name) in [("from", "Spoke2, "), ("to", "Spoke4, ")] {
            page.press_control("button", end).await?;
            tap_box(page, name).await?;
        }
        answers(page, "Spoke2 → Spoke4 is delivered").await
    })
}

#[test]
fn a_slow_machine_is_not_blocked_for_long() -> Outcome {
    opened(Artefact::Site, async |page: &Page| {
        page.driver().goto("about:blank").await?;
        page.driver()
            .goto(format!("{}{HUNDRED}", page.address()))
            .await?;
        page.wait_ready().await?;
        answers(page, "is delivered").await?;
        let slow = json!({ "rate": 6 });
        let cdp = page.driver().cdp();
        cdp.send_raw("Emulation.setCPUThrottlingRate", slow).await?;
        page.run(WATCH).await?;
        for tab in TABS {
            open_tab(page, tab).await?;
            page.press_control("button", "Zoom in").await?;
            page.press_control("button", "Show everything").await?;
            let longest = page
                .run("const longest = window.longest; window.longest = 0; return Math.round(longest)")
                .await?;
            println!("{tab}: {longest} ms");
            assert!(
                longest.as_u64() < Some(LIMIT),
                "{tab} blocks for {longest} ms"
            );
        }
        Ok(())
    })
}
