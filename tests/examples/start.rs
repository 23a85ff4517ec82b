//! From navigation to the first answer, beside a page of one button, and an element of another page:
//! `cargo xtask bench --start` builds both and runs this.
use interspoke_e2e::{Artefact, Failure, Outcome, Page, opened};
use serde_json::{Value, json};

/// Navigations of each page; the median is told.
const TIMES: usize = 10;
/// What the browser is told to note before a page begins.
const WATCH: &str = include_str!("../pages/started.js");
/// A page of somebody else with an element below what is in view.
const HOST: &str = include_str!("../pages/far.html");
/// The parts of a start, in their order.
const PARTS: [(&str, &str); 7] = [
    ("transfer", "transfer"),
    ("compile", "compile"),
    ("core", "core"),
    ("drawing", "drawing"),
    ("answer", "first answer"),
    ("ready", "everything"),
    ("longest", "longest task"),
];

fn main() -> Outcome {
    opened(Artefact::OwnSite, async |page: &Page| {
        let script = json!({ "source": WATCH });
        let cdp = page.driver().cdp();
        cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script)
            .await?;
        print!("\nFrom navigation, ms, median of {TIMES}\n{:<18}", "");
        PARTS.iter().for_each(|(_, title)| print!("{title:>14}"));
        println!();
        for (title, file) in [("the page", ""), ("a button in Yew", "button.html")] {
            print!("{title:<18}");
            let starts = starts(page, file).await?;
            for (part, _) in PARTS {
                print!("{:>14.0}", median(&starts, part)?);
            }
            println!();
        }
        Ok(())
    })?;
    opened(Artefact::HostPage(HOST), async |page: &Page| {
        element(page).await
    })
}

/// What was noted at each navigation to a file of the site.
async fn starts(page: &Page, file: &str) -> Outcome<Vec<Value>> {
    let address = format!("{}{file}", page.address());
    let mut starts = Vec::new();
    for _ in 0..TIMES {
        page.driver().goto("about:blank").await?;
        page.driver().goto(&address).await?;
        page.wait_until(
            "a page that has started",
            "return told.drawing !== undefined",
        )
        .await?;
        starts.push(page.run("return told").await?);
    }
    Ok(starts)
}

/// An element that comes into view: what is fetched before and after, and how long its picture takes.
async fn element(page: &Page) -> Outcome {
    let mut starts = Vec::new();
    let mut fetched = [Value::Null, Value::Null];
    for _ in 0..TIMES {
        page.driver().goto(page.address()).await?;
        page.wait_ready().await?;
        fetched[0] = page.run("return fetched()").await?;
        page.run("document.querySelector('interspoke-view').scrollIntoView()")
            .await?;
        page.wait_until("the element's picture", "return told.painted !== undefined")
            .await?;
        fetched[1] = page.run("return fetched()").await?;
        starts.push(page.run("return told").await?);
    }
    println!("\nAn element of another page");
    for (when, fetched) in ["before it is in view", "with its picture"]
        .iter()
        .zip(&fetched)
    {
        let (files, bytes) = (number(fetched, "files")?, number(fetched, "bytes")?);
        println!("{when:<22} {files} files, {:.0} KB", bytes / 1e3);
    }
    println!("from the arrival of the WebAssembly, ms, median of {TIMES}");
    for (part, title) in [
        ("drawn", "drawn"),
        ("painted", "the second frame"),
        ("longest", "longest task"),
    ] {
        println!("{title:<22} {:.0}", median(&starts, part)?);
    }
    Ok(())
}

fn median(starts: &[Value], part: &str) -> Outcome<f64> {
    let times: Outcome<Vec<f64>> = starts.iter().map(|told| number(told, part)).collect();
    let mut times = times?;
    times.sort_by(f64::total_cmp);
    let middle = times.get(times.len() / 2).copied();
    middle.ok_or_else(|| Failure::new("no start was noted"))
}

fn number(told: &Value, member: &str) -> Outcome<f64> {
    let found = told.get(member).and_then(Value::as_f64);
    found.ok_or_else(|| Failure::new(format!("the page did not tell {member}: {told}")))
}
