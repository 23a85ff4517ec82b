//! The estate as a draw.io file: Azure's own shapes, and connectors that stay at their ends.
//!
//! The rule: regions are frames side by side, what lies outside of Azure stands below them; in a frame what has the
//! most edges stands in the first row. Names are XML attributes that draw.io shows as HTML, so they are escaped twice.
//!
//! | in the picture | shape |
//! |---|---|
//! | VNet | `img/lib/azure2/networking/Virtual_Networks.svg` |
//! | Virtual WAN hub | `img/lib/azure2/networking/Virtual_WANs.svg` |
//! | circuit | `img/lib/azure2/networking/ExpressRoute_Circuits.svg` |
//! | site | `img/lib/azure2/networking/Local_Network_Gateways.svg` |

use super::diagram::{Diagram, Edge, Node, Shape};
use super::escape::{self, one_line};
use crate::spec::NetworkSpec;
use std::fmt::Write;

/// Width and height of a shape's place, and its icon's side.
const CELL: (usize, usize) = (180, 150);
const ICON: usize = 56;
/// Shapes beside each other in a frame.
const COLUMNS: usize = 4;
/// Room above the first row of a frame, for its name.
const HEAD: usize = 40;

/// The file of an estate.
pub(super) fn file(spec: &NetworkSpec) -> String {
    let diagram = Diagram::of(spec);
    let mut text = String::from(
        "<mxfile host=\"interspoke\">\n  <diagram name=\"Network\">\n    <mxGraphModel grid=\"1\" gridSize=\"10\" page=\"0\">\n      <root>\n        <mxCell id=\"0\"/>\n        <mxCell id=\"1\" parent=\"0\"/>\n",
    );
    let mut left = 0;
    let mut below = 0;
    for (number, region) in diagram.regions().into_iter().enumerate() {
        if region.is_empty() {
            continue;
        }
        let (width, height) = frame(&mut text, &diagram, number, region, left);
        left += width + 40;
        below = below.max(height + 60);
    }
    outside(&mut text, &diagram, below);
    for (number, edge) in diagram.edges.iter().enumerate() {
        connector(&mut text, number, edge);
    }
    text.push_str("      </root>\n    </mxGraphModel>\n  </diagram>\n</mxfile>\n");
    text
}

/// Positions of a region's nodes: those with the most edges first.
fn members(diagram: &Diagram, region: &str) -> Vec<usize> {
    let degree = |at: usize| {
        let touches = |edge: &&Edge| edge.from == at || edge.to == at;
        diagram.edges.iter().filter(touches).count()
    };
    let nodes = diagram.nodes.iter().enumerate();
    let mut members: Vec<(usize, usize)> = nodes
        .filter(|(_, node)| node.region == region)
        .map(|(at, _)| (degree(at), at))
        .collect();
    members.sort_by_key(|(degree, at)| (std::cmp::Reverse(*degree), *at));
    members.into_iter().map(|(_, at)| at).collect()
}

fn frame(
    text: &mut String,
    diagram: &Diagram,
    number: usize,
    region: &str,
    left: usize,
) -> (usize, usize) {
    let members = members(diagram, region);
    let columns = members.len().clamp(1, COLUMNS);
    let rows = members.len().div_ceil(COLUMNS).max(1);
    let (width, height) = (columns * CELL.0 + 20, rows * CELL.1 + HEAD + 20);
    let style = "rounded=1;arcSize=2;dashed=1;fillColor=none;strokeColor=#8a8a8a;verticalAlign=top;align=left;spacingLeft=10;fontStyle=1;container=1;collapsible=0;";
    let _ = writeln!(
        text,
        "        <mxCell id=\"r{number}\" value=\"{}\" style=\"{style}html=1;\" vertex=\"1\" parent=\"1\"><mxGeometry x=\"{left}\" y=\"0\" width=\"{width}\" height=\"{height}\" as=\"geometry\"/></mxCell>",
        attribute(&html(region))
    );
    for (place, at) in members.into_iter().enumerate() {
        let x = 10 + (place % COLUMNS) * CELL.0 + (CELL.0 - ICON) / 2;
        let y = HEAD + (place / COLUMNS) * CELL.1;
        if let Some(node) = diagram.nodes.get(at) {
            vertex(text, at, node, &format!("r{number}"), (x, y));
        }
    }
    (width, height)
}

fn outside(text: &mut String, diagram: &Diagram, below: usize) {
    for (place, at) in members(diagram, "").into_iter().enumerate() {
        let x = place * CELL.0 + (CELL.0 - ICON) / 2;
        if let Some(node) = diagram.nodes.get(at) {
            vertex(text, at, node, "1", (x, below));
        }
    }
}

const fn icon(shape: Shape) -> &'static str {
    match shape {
        Shape::Vnet => "Virtual_Networks",
        Shape::Hub => "Virtual_WANs",
        Shape::Site => "Local_Network_Gateways",
        Shape::Circuit => "ExpressRoute_Circuits",
    }
}

fn vertex(text: &mut String, at: usize, node: &Node, parent: &str, (x, y): (usize, usize)) {
    let mut label = format!("<b>{}</b>", html(&node.name));
    for line in &node.lines {
        let _ = write!(label, "<br>{}", html(line));
    }
    let _ = writeln!(
        text,
        "        <mxCell id=\"n{at}\" value=\"{}\" style=\"image;aspect=fixed;html=1;points=[];align=center;fontSize=11;image=img/lib/azure2/networking/{}.svg;\" vertex=\"1\" parent=\"{parent}\"><mxGeometry x=\"{x}\" y=\"{y}\" width=\"{ICON}\" height=\"{ICON}\" as=\"geometry\"/></mxCell>",
        attribute(&label),
        icon(node.shape)
    );
}

fn connector(text: &mut String, number: usize, edge: &Edge) {
    let dashed = if edge.whole { "" } else { "dashed=1;" };
    let _ = writeln!(
        text,
        "        <mxCell id=\"e{number}\" value=\"{}\" style=\"edgeStyle=none;endArrow=none;html=1;fontSize=10;{dashed}\" edge=\"1\" parent=\"1\" source=\"n{}\" target=\"n{}\"><mxGeometry relative=\"1\" as=\"geometry\"/></mxCell>",
        attribute(&html(&edge.label)),
        edge.from,
        edge.to
    );
}

/// A text on one line as HTML.
fn html(text: &str) -> String {
    escape::html(&one_line(text))
}

/// A text as the value of an XML attribute; what XML cannot hold is gone.
fn attribute(text: &str) -> String {
    let held = |c: &char| !matches!(c, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().filter(held).collect();
    escape::html(&text)
}
