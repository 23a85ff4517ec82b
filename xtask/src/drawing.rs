//! `cargo xtask bench --drawing`: the page beside three programs that draw graphs, from a document to a painted picture.
//!
//! The rule: the same documents, one run of one browser, two frames in the number. The page does its whole work in that
//! time: it reads and checks the design, routes, groups, and draws everything around the picture; the others place boxes
//! and lines.
//!
//! | program | as |
//! |---|---|
//! | cytoscape | concentric circles, on a canvas |
//! | d3-force | its forces until they rest, as SVG |
//! | Graphviz in WebAssembly | `twopi`, as SVG |
use std::path::Path;

use interspoke_core::document::{Design, Document};
use interspoke_core::intent::{Intent, RegionIntent};
use interspoke_core::pattern::Pattern;

use crate::browser::with_browser;
use crate::build;
use crate::failure::{Failure, Result};
use crate::file::{copy, write};
use crate::folder;
use crate::foreign;
use crate::plan::Purpose;
use crate::process::{root, step};
use crate::setup;

/// Name, pattern, regions, spokes in each.
const ESTATES: [(&str, Pattern, usize, u32); 3] = [
    ("star", Pattern::HubFirewall, 2, 500),
    ("mesh", Pattern::PeeringMesh, 1, 100),
    ("wan", Pattern::Vwan, 8, 125),
];

const REGIONS: [&str; 8] = [
    "westeurope",
    "northeurope",
    "eastus",
    "westus2",
    "southeastasia",
    "australiaeast",
    "uksouth",
    "japaneast",
];

/// What of the packages is asked for, and how the page calls it.
const OTHERS: [(&str, &str); 6] = [
    ("d3-dispatch/dist/d3-dispatch.min.js", "d3-dispatch.js"),
    ("d3-quadtree/dist/d3-quadtree.min.js", "d3-quadtree.js"),
    ("d3-timer/dist/d3-timer.min.js", "d3-timer.js"),
    ("d3-force/dist/d3-force.min.js", "d3-force.js"),
    ("cytoscape/dist/cytoscape.min.js", "cytoscape.js"),
    ("@hpcc-js/wasm-graphviz/dist/index.js", "graphviz.js"),
];

/// Builds the page, lays the files out and draws.
pub(crate) fn run() -> Result<()> {
    let toolchain = setup::ensure(Purpose::Tests)?;
    let dist = root().join("target/drawing");
    folder::clear(&dist)?;
    build::artefacts(&toolchain, &dist)?;
    lay_out(&dist.join("site/others"))?;
    let example = [
        "run",
        "--quiet",
        "--package",
        "interspoke-e2e",
        "--example",
        "drawing",
    ];
    let mut cargo = with_browser(&toolchain, &example)?;
    step("drawing in Chromium", cargo.env("INTERSPOKE_DIST", &dist))
}

/// The other programs and the documents.
fn lay_out(folder: &Path) -> Result<()> {
    let packages = foreign::node_modules()?;
    for (from, to) in OTHERS {
        copy(&packages.join(from), &folder.join(to))?;
    }
    for (name, pattern, regions, spokes) in ESTATES {
        let text = document(pattern, regions, spokes)?.to_json();
        write(&folder.join(format!("{name}.json")), text)?;
    }
    Ok(())
}

fn document(pattern: Pattern, regions: usize, spokes: u32) -> Result<Document> {
    let regions = REGIONS.iter().take(regions);
    let design = Design {
        pattern: pattern.id().to_owned(),
        intent: Intent {
            regions: regions
                .map(|region| RegionIntent {
                    region: (*region).to_owned(),
                    spokes,
                    ..RegionIntent::default()
                })
                .collect(),
            ..Intent::default()
        },
    };
    let network = design.network();
    let network = network.ok_or_else(|| Failure::new(format!("{} has no plan", pattern.id())))?;
    Ok(Document {
        design: Some(design),
        ..Document::new(pattern.title(), network)
    })
}
