//! The code that shows a design in somebody else's page: as an element, or as a frame.
//!
//! The rule: an element holds a still picture of the design, which is seen until the calculator has started. The design stands in the code itself, as the text of a link; one that is too large for that is named as a file
//! beside the page, which an element can read and a frame cannot. What is shown is the picture, which the reader may change.
//!
//! | design | element | frame |
//! |---|---|---|
//! | as it is linked | `design="#interspoke=1&amp;…"` | `src="…/embed.html?view=picture#interspoke=1&amp;…"` |
//! | too large | `design="design.json"` | none |
//!
//! Left out: where the embedding page keeps the files of the site; where this one is not on a host, a folder of that name
//! beside it is meant.

use super::{State, link};
use interspoke_core::export::escape::html;
use interspoke_core::export::still;

/// Up to so many VNets an element holds a still picture: of more it would be most of the page.
const STILL: usize = 40;
/// Where the files are, if nobody says.
const BESIDE: &str = "interspoke/";

/// Both codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    /// A script tag and an element.
    pub element: String,
    /// A frame; none where the design is too large.
    pub frame: Option<String>,
}

impl State {
    /// The codes for the present design with the flow that is shown.
    #[must_use]
    pub fn embed(&self) -> Embed {
        let files = html(self.home.as_deref().unwrap_or(BESIDE));
        let fragment = link::fragment(&self.told()).ok();
        let fragment = fragment.map(|fragment| html(&format!("#{fragment}")));
        let design = fragment.as_deref().unwrap_or("design.json");
        let title = html(&self.document.name);
        let network = &self.document.network;
        let picture = (network.vnets.len() <= STILL).then(|| still(network, &self.document.name));
        let picture = picture.map_or_else(String::new, |picture| format!("\n{picture}"));
        Embed {
            element: format!(
                "<script type=\"module\" src=\"{files}interspoke-view.js\"></script>\n<interspoke-view design=\"{design}\" view=\"picture\">{picture}</interspoke-view>"
            ),
            frame: fragment.map(|fragment| {
                format!(
                    "<iframe src=\"{files}embed.html?view=picture{fragment}\" title=\"{title}\" width=\"100%\" height=\"640\"></iframe>"
                )
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::read_link;
    use interspoke_core::document::Document;
    use interspoke_core::spec::{NetworkSpec, VnetSpec};

    /// The design that an attribute carries.
    fn carried(code: &str, from: &str) -> Document {
        let value = code.split(from).nth(1).unwrap().split('"').next().unwrap();
        let fragment = value.split_once('#').unwrap().1.replace("&amp;", "&");
        read_link(&fragment).unwrap()
    }

    #[test]
    fn both_codes_carry_the_design() {
        let state = State {
            home: Some("https://docs.example/a&b/".to_owned()),
            ..State::on_first_sample()
        };
        let Embed { element, frame } = state.embed();
        let frame = frame.unwrap();
        assert!(element.starts_with(
            "<script type=\"module\" src=\"https://docs.example/a&amp;b/interspoke-view.js\">"
        ));
        for (code, from) in [(element, "design=\""), (frame, "src=\"")] {
            assert_eq!(
                carried(&code, from).network,
                state.document.network,
                "{code}"
            );
        }
    }

    #[test]
    fn an_element_holds_a_still_picture_of_what_is_small_enough() {
        let of = |vnets: usize| {
            let vnets = (0..vnets).map(|at| VnetSpec {
                name: format!("spoke{at}"),
                ..VnetSpec::default()
            });
            let network = NetworkSpec {
                vnets: vnets.collect(),
                ..NetworkSpec::default()
            };
            State::new(Document::new("Ours", network)).embed().element
        };
        let small = of(STILL);
        let inside = small.split("view=\"picture\">").nth(1).unwrap();
        assert!(inside.starts_with("\n<svg ") && inside.ends_with("</svg>\n</interspoke-view>"));
        assert!(inside.contains(">spoke39</text>") && !inside.contains("\n\n"));
        assert!(of(STILL + 1).ends_with("view=\"picture\"></interspoke-view>"));
    }

    #[test]
    fn a_name_stays_inside_its_attribute() {
        let state = State::new(Document::new(
            "\"><script>alert(1)</script>",
            NetworkSpec::default(),
        ));
        let frame = state.embed().frame.unwrap();
        assert!(
            !frame.contains("<script") && frame.contains("title=\"&quot;&gt;&lt;script&gt;"),
            "{frame}"
        );
        assert!(
            state
                .embed()
                .element
                .contains("src=\"interspoke/interspoke-view.js\"")
        );
    }

    #[test]
    fn a_design_too_large_for_an_address_is_a_file() {
        let vnet = |at: u32| VnetSpec {
            name: format!("vnet-{}", at.wrapping_mul(2_654_435_761)),
            prefixes: vec![format!("10.{}.{}.0/24", at / 250, at % 250)],
            ..VnetSpec::default()
        };
        let network = NetworkSpec {
            vnets: (0..6_000).map(vnet).collect(),
            ..NetworkSpec::default()
        };
        let embed = State::new(Document::new("Large", network)).embed();
        assert!(embed.element.contains("design=\"design.json\""));
        assert_eq!(embed.frame, None);
    }
}
