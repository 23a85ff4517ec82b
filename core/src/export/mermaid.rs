//! The estate as a Mermaid flowchart.
//!
//! The rule: nodes have ids of their own (`n0`), names stand in quotes, and whatever Mermaid or HTML would read in them
//! becomes an entity (`#quot;`, `#lt;`).
//!
//! | in the picture | text |
//! |---|---|
//! | VNet `hub` of 10.0.0.0/16 | `n0["hub<br>10.0.0.0/16"]` |
//! | a peering | `n0 --- n1` |
//! | one side alone | `n0 -.-|"one side only"| n1` |

use super::diagram::{Diagram, Edge, Node, Shape};
use super::escape::one_line;
use crate::spec::NetworkSpec;
use std::fmt::Write;

/// The flowchart of an estate.
pub(super) fn flowchart(spec: &NetworkSpec) -> String {
    let diagram = Diagram::of(spec);
    let mut text = String::from("flowchart TB\n");
    for (number, region) in diagram.regions().into_iter().enumerate() {
        if !region.is_empty() {
            let _ = writeln!(text, "  subgraph r{number}[\"{}\"]", escaped(region));
        }
        for (at, node) in diagram.nodes.iter().enumerate() {
            if node.region == region {
                let _ = writeln!(text, "    {}", shape(at, node));
            }
        }
        if !region.is_empty() {
            text.push_str("  end\n");
        }
    }
    for edge in &diagram.edges {
        let _ = writeln!(text, "  {}", line(edge));
    }
    text
}

fn shape(at: usize, node: &Node) -> String {
    let mut label = escaped(&node.name);
    for line in &node.lines {
        let _ = write!(label, "<br>{}", escaped(line));
    }
    let (open, close) = match node.shape {
        Shape::Vnet => ("[", "]"),
        Shape::Hub => ("{{", "}}"),
        Shape::Site => ("([", "])"),
        Shape::Circuit => ("[/", "/]"),
    };
    format!("n{at}{open}\"{label}\"{close}")
}

fn line(edge: &Edge) -> String {
    let stroke = if edge.whole { "---" } else { "-.-" };
    let label = if edge.label.is_empty() {
        String::new()
    } else {
        format!("|\"{}\"|", escaped(&edge.label))
    };
    format!("n{} {stroke}{label} n{}", edge.from, edge.to)
}

/// A text inside of quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in one_line(text).chars() {
        match letter {
            '#' => escaped.push_str("#35;"),
            '"' => escaped.push_str("#quot;"),
            '<' => escaped.push_str("#lt;"),
            '>' => escaped.push_str("#gt;"),
            '&' => escaped.push_str("#amp;"),
            '`' => escaped.push_str("#96;"),
            '\\' => escaped.push_str("#92;"),
            other => escaped.push(other),
        }
    }
    if escaped.is_empty() {
        escaped.push(' ');
    }
    escaped
}
