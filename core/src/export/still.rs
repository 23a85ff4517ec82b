//! The estate as a still picture: an SVG without script or style, for pages that show it before anything else has started.
//!
//! The rule: regions are frames side by side, what lies outside of Azure stands below them; in a frame what has the most
//! edges stands alone in the first row, the others below it. Colours are the page's: every part has a class, and without any
//! style it is drawn in the colour of the text.
//!
//! | part | class |
//! |---|---|
//! | frame of a region | `still-region` |
//! | VNet, hub, site, circuit | `still-vnet`, `still-hub`, `still-site`, `still-circuit` |
//! | peering, connection, tunnel | `still-edge`; `still-half` where one object is missing |
//!
//! Left out: members of connected groups, routes and flows; the page's own picture shows them.

use super::diagram::{Diagram, Edge, Node, Shape};
use super::escape::{html, one_line};
use crate::spec::NetworkSpec;
use std::fmt::Write;

/// Width and height of a node, and the room between nodes.
const BOX: (usize, usize) = (150, 58);
const GAP: (usize, usize) = (18, 44);
/// Nodes beside each other in a frame.
const COLUMNS: usize = 4;
/// Room around what stands in a frame, and above it for its name.
const PAD: usize = 16;
const HEAD: usize = 26;
/// Letters that a line of a node holds.
const LETTERS: usize = 22;

/// Where a node stands: its upper left corner.
type Place = (usize, usize);

/// The picture of an estate.
///
/// ```
/// use interspoke_core::{export, sample::SAMPLES};
/// let network = SAMPLES[0].document().unwrap().network;
/// let picture = export::still(&network, "Two regions");
/// assert!(picture.starts_with("<svg ") && picture.contains(">Hub1</text>"));
/// ```
#[must_use]
pub fn still(spec: &NetworkSpec, title: &str) -> String {
    let diagram = Diagram::of(spec);
    let mut places = vec![(0, 0); diagram.nodes.len()];
    let (frames, width, height) = placed(&diagram, &mut places);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"still\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\" font-size=\"12\" fill=\"currentColor\">\n",
        escaped(title)
    );
    text += &frames;
    for edge in &diagram.edges {
        line(&mut text, edge, &places);
    }
    for (node, place) in diagram.nodes.iter().zip(&places) {
        body(&mut text, node, *place);
    }
    text + "</svg>\n"
}

/// Frames and the places of all nodes; how wide and high the picture is.
fn placed(diagram: &Diagram, places: &mut [Place]) -> (String, usize, usize) {
    let (mut frames, mut left, mut below) = (String::new(), 0, 0);
    for region in diagram.regions() {
        if region.is_empty() {
            continue;
        }
        let rows = rows(diagram, region);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
        let width = columns * (BOX.0 + GAP.0) - GAP.0 + 2 * PAD;
        let height = rows.len() * (BOX.1 + GAP.1) - GAP.1 + 2 * PAD + HEAD;
        frame(&mut frames, region, left, (width, height));
        stand(&rows, (left + PAD, HEAD + PAD), width - 2 * PAD, places);
        left += width + GAP.0;
        below = below.max(height);
    }
    let outside = rows(diagram, "").concat();
    let mut width = left.saturating_sub(GAP.0);
    if !outside.is_empty() {
        let wanted = outside.len() * (BOX.0 + GAP.0) - GAP.0;
        width = width.max(wanted);
        let top = if below == 0 { 0 } else { below + GAP.1 };
        stand(&[outside], (0, top), width, places);
        below = top + BOX.1;
    }
    (frames, width.max(BOX.0) + 2, below.max(BOX.1) + 2)
}

/// The nodes of a region in rows: the one with the most edges alone, the others by their edges.
fn rows(diagram: &Diagram, region: &str) -> Vec<Vec<usize>> {
    let degree = |at: usize| {
        let touches = |edge: &&Edge| edge.from == at || edge.to == at;
        diagram.edges.iter().filter(touches).count()
    };
    let nodes = diagram.nodes.iter().enumerate();
    let inside = nodes.filter(|(_, node)| node.region == region);
    let mut members: Vec<(usize, usize)> = inside.map(|(at, _)| (degree(at), at)).collect();
    members.sort_by_key(|(degree, at)| (std::cmp::Reverse(*degree), *at));
    let stands_out = members.len() > 2
        && matches!(members.as_slice(), [(most, _), (next, _), ..] if most > next);
    let alone = usize::from(stands_out);
    let members: Vec<usize> = members.into_iter().map(|(_, at)| at).collect();
    let (first, others) = members.split_at(alone);
    let first = (!first.is_empty()).then(|| first.to_vec());
    first
        .into_iter()
        .chain(others.chunks(COLUMNS).map(<[usize]>::to_vec))
        .collect()
}

/// Gives nodes their places, each row in the middle of the width.
fn stand(rows: &[Vec<usize>], (left, top): Place, width: usize, places: &mut [Place]) {
    for (number, row) in rows.iter().enumerate() {
        let taken = (row.len() * (BOX.0 + GAP.0)).saturating_sub(GAP.0);
        let start = left + width.saturating_sub(taken) / 2;
        for (column, at) in row.iter().enumerate() {
            if let Some(place) = places.get_mut(*at) {
                *place = (
                    start + column * (BOX.0 + GAP.0),
                    top + number * (BOX.1 + GAP.1),
                );
            }
        }
    }
}

fn frame(text: &mut String, region: &str, left: usize, (width, height): (usize, usize)) {
    let _ = writeln!(
        text,
        "<rect class=\"still-region\" x=\"{}\" y=\"1\" width=\"{width}\" height=\"{}\" rx=\"10\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".3\"/>\n<text x=\"{}\" y=\"{}\">{}</text>",
        left + 1,
        height - 1,
        left + PAD,
        HEAD,
        escaped(region)
    );
}

fn line(text: &mut String, edge: &Edge, places: &[Place]) {
    let (Some(from), Some(to)) = (places.get(edge.from), places.get(edge.to)) else {
        return;
    };
    let middle = |place: &Place| (place.0 + BOX.0 / 2, place.1 + BOX.1 / 2);
    let ((x1, y1), (x2, y2)) = (middle(from), middle(to));
    let (class, dashes) = if edge.whole {
        ("still-edge", "")
    } else {
        ("still-edge still-half", " stroke-dasharray=\"4 4\"")
    };
    let _ = writeln!(
        text,
        "<path class=\"{class}\" d=\"M{x1} {y1}L{x2} {y2}\" stroke=\"currentColor\" stroke-width=\"1.5\"{dashes}/>"
    );
}

fn body(text: &mut String, node: &Node, (x, y): Place) {
    let class = match node.shape {
        Shape::Vnet => "still-vnet",
        Shape::Hub => "still-hub",
        Shape::Site => "still-site",
        Shape::Circuit => "still-circuit",
    };
    let middle = x + BOX.0 / 2;
    let _ = write!(
        text,
        "<g text-anchor=\"middle\"><rect class=\"still-node {class}\" x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"Canvas\" stroke=\"currentColor\"/><text x=\"{middle}\" y=\"{}\" font-weight=\"600\">{}</text>",
        BOX.0,
        BOX.1,
        y + 19,
        short(&node.name)
    );
    for (number, said) in node.lines.iter().take(2).enumerate() {
        let _ = write!(
            text,
            "<text x=\"{middle}\" y=\"{}\" font-size=\"11\">{}</text>",
            y + 35 + 15 * number,
            short(said)
        );
    }
    text.push_str("</g>\n");
}

/// What of a line has room in a node.
fn short(text: &str) -> String {
    let mut kept: String = text.chars().take(LETTERS).collect();
    if text.chars().nth(LETTERS).is_some() {
        kept.pop();
        kept.push('…');
    }
    escaped(&kept)
}

fn escaped(text: &str) -> String {
    html(&one_line(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::{AddressPlan, Intent};
    use crate::pattern::Pattern;

    fn drawn(pattern: Pattern) -> (Diagram, Vec<Place>) {
        let intent = Intent::default();
        let plan = AddressPlan::new(&intent).unwrap();
        let diagram = Diagram::of(&pattern.blueprint(&intent, &plan));
        let mut places = vec![(0, 0); diagram.nodes.len()];
        placed(&diagram, &mut places);
        (diagram, places)
    }

    #[test]
    fn no_two_nodes_of_any_pattern_overlap() {
        for pattern in Pattern::ALL {
            let (diagram, places) = drawn(*pattern);
            for (at, a) in places.iter().enumerate() {
                for (other, b) in places.iter().enumerate().skip(at + 1) {
                    let apart = a.0.abs_diff(b.0) >= BOX.0 || a.1.abs_diff(b.1) >= BOX.1;
                    let [a, b] = [at, other].map(|at| &diagram.nodes[at].name);
                    assert!(apart, "{}: {a} and {b}", pattern.id());
                }
            }
        }
    }

    #[test]
    fn the_hub_stands_above_its_spokes() {
        let (diagram, places) = drawn(Pattern::HubFirewall);
        for (node, place) in diagram.nodes.iter().zip(&places) {
            assert_eq!(
                place.1 == HEAD + PAD,
                node.name.ends_with("-hub"),
                "{}",
                node.name
            );
        }
    }

    #[test]
    fn names_stay_texts() {
        let vnet = crate::spec::VnetSpec {
            name: "<script>alert(1)</script>\"".to_owned(),
            ..Default::default()
        };
        let network = NetworkSpec {
            vnets: vec![vnet],
            ..NetworkSpec::default()
        };
        let picture = still(&network, "\"><script>");
        assert!(!picture.contains("<script"), "{picture}");
        assert!(picture.contains("&lt;script&gt;"), "{picture}");
    }
}
