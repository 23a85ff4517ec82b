//! How long the page and three other programs take from a document to a painted picture, in one run of Chromium:
//! `cargo xtask bench --drawing` lays the files out and runs this.
use interspoke_e2e::{Artefact, Failure, Outcome, Page, journey};
use serde_json::Value;

const PAGE: &str = include_str!("../pages/drawing.html");
/// Documents as xtask writes them.
const ESTATES: [(&str, &str); 3] = [
    ("star", "1,000 spokes, two hubs"),
    ("mesh", "mesh of 100"),
    ("wan", "8 regions of 125, Virtual WAN"),
];
const PROGRAMS: [&str; 4] = ["interspoke", "cytoscape", "d3-force", "graphviz"];
/// Drawings of each; the median is told.
const TIMES: usize = 5;

fn main() -> Outcome {
    journey(Artefact::HostPage(PAGE), async |page: &Page| {
        println!(
            "\nFrom a document to the second frame with its picture, ms; the longest task on the way"
        );
        println!(
            "{:<30} {:>16} {:>16} {:>16} {:>16}",
            "", PROGRAMS[0], PROGRAMS[1], PROGRAMS[2], PROGRAMS[3]
        );
        for (name, title) in ESTATES {
            let mut line = format!("{title:<30}");
            for program in PROGRAMS {
                let told = page
                    .run(&format!(
                        "return window.draw('{program}', '{name}', {TIMES})"
                    ))
                    .await?;
                let (time, longest) = (number(&told, "milliseconds")?, number(&told, "longest")?);
                line.push_str(&format!(" {:>16}", format!("{time:.0} ({longest:.0})")));
            }
            println!("{line}");
        }
        println!("\nScript on the page at 1,000 spokes, ms");
        let told = page.run("return window.touch('star')").await?;
        for (what, title) in [
            ("pan", "a pan"),
            ("choose", "a box is chosen"),
            ("change", "one VNet more"),
        ] {
            println!("{title:<30} {:>16.1}", number(&told, what)?);
        }
        Ok(())
    })
}

fn number(told: &Value, member: &str) -> Outcome<f64> {
    let found = told.get(member).and_then(Value::as_f64);
    found.ok_or_else(|| Failure::new(format!("the page did not tell {member}: {told}")))
}
