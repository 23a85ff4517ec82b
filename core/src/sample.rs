//! Real estates to open, shipped as data with their sources.
//!
//! The rule: a sample is an ordinary saved file. Its `about` names the publication it comes from and everything that
//! was added, left out or taken for granted; its `flow` is the one to open on.
//!
//! | id | estate | opens on | what happens |
//! |---|---|---|---|
//! | `two-regions` | two hubs with Azure Firewall, four spokes, on-premises | 10.10.1.4 to 10.20.1.4 | delivered through both firewalls, and back |
//! | `one-way` | two spokes and a hub with an NVA | 10.1.1.5 to 10.2.1.4 | the request arrives, the reply is dropped |
//!
//! Sources: golden facts 60 and 49 to 51. Left out: blueprints, which are made from an intent and not read.

use crate::document::{Document, DocumentError};

/// A saved file that is built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Short name for addresses and tests.
    pub id: &'static str,
    /// The document's name.
    pub title: &'static str,
    /// The file's text.
    pub text: &'static str,
}

/// Every sample; the page opens on the first.
///
/// ```
/// use interspoke_core::sample::SAMPLES;
/// let document = SAMPLES[0].document().unwrap();
/// assert_eq!(document.name, "Two regions, a firewall in each hub");
/// assert_eq!(document.network.vnets.len(), 6);
/// ```
pub const SAMPLES: &[Sample] = &[
    Sample {
        id: "two-regions",
        title: "Two regions, a firewall in each hub",
        text: include_str!("../data/samples/two-regions.json"),
    },
    Sample {
        id: "one-way",
        title: "One region, the reply is lost",
        text: include_str!("../data/samples/one-way.json"),
    },
];

impl Sample {
    /// The sample of that id.
    ///
    /// ```
    /// use interspoke_core::sample::Sample;
    /// assert_eq!(Sample::named("one-way").unwrap().title, "One region, the reply is lost");
    /// ```
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        SAMPLES.iter().find(|sample| sample.id == id)
    }

    /// The sample, read.
    ///
    /// # Errors
    /// Never for a sample that is built in (tests read each); the reader's own error otherwise.
    pub fn document(&self) -> Result<Document, DocumentError> {
        Document::parse(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::{Routing, Verdict};
    use crate::topology;

    #[test]
    fn every_sample_opens_with_its_title_source_and_flow() {
        for sample in SAMPLES {
            let document = sample.document().unwrap();
            let about = document.about.as_ref().unwrap();
            assert_eq!(document.name, sample.title);
            assert!(
                !about.summary.is_empty()
                    && !about.sources.is_empty()
                    && !about.assumptions.is_empty()
            );
            assert!(
                about
                    .sources
                    .iter()
                    .all(|source| source.url.starts_with("https://") && !source.version.is_empty())
            );
            assert!(document.flow.is_some());
            assert_eq!(Document::parse(&document.to_json()).unwrap(), document);
        }
    }

    #[test]
    fn every_sample_is_accepted() {
        for sample in SAMPLES {
            let built = topology::build(&sample.document().unwrap().network);
            assert!(built.is_accepted(), "{}: {:#?}", sample.id, built.issues);
        }
    }

    #[track_caller]
    fn verdict(id: &str, change: impl FnOnce(&mut Document)) -> Verdict {
        let mut document = Sample::named(id).unwrap().document().unwrap();
        change(&mut document);
        let topology = topology::build(&document.network).value;
        Routing::new(topology.into(), document.settings)
            .round_trip(document.flow.unwrap().into())
            .verdict
    }

    #[test]
    fn the_first_arrives_and_the_second_loses_its_reply() {
        assert_eq!(verdict("two-regions", |_| {}), Verdict::Delivered);
        assert_eq!(verdict("one-way", |_| {}), Verdict::ReplyLost(0, 0));
    }

    #[test]
    fn on_premises_reaches_both_regions_and_back() {
        for (source, destination) in [
            ("192.168.0.4", "10.10.1.4"),
            ("192.168.0.4", "10.20.2.4"),
            ("10.10.2.4", "192.168.0.4"),
            ("10.20.1.4", "192.168.7.7"),
        ] {
            let flow = verdict("two-regions", |document| {
                let chosen = document.flow.as_mut().unwrap();
                (chosen.source, chosen.destination) =
                    (source.parse().unwrap(), destination.parse().unwrap());
            });
            assert_eq!(flow, Verdict::Delivered, "{source} to {destination}");
        }
    }

    #[test]
    fn the_route_that_the_second_names_mends_it() {
        let mended = verdict("one-way", |document| {
            let mut table = document.network.route_tables[0].clone();
            table.name = "vnet2-subnet1".to_owned();
            table.routes[0].prefix = "0.0.0.0/0".to_owned();
            document.network.route_tables.push(table);
            document.network.vnets[1].subnets[0].route_table = Some("vnet2-subnet1".to_owned());
        });
        assert_eq!(mended, Verdict::Delivered);
    }
}
