//! A direct way that the Intent asks for is no warning; one that it does not ask for is.

use interspoke_core::finding::{Finding, FindingKind, review};
use interspoke_core::intent::{AddressPlan, Inspection, Intent, Pair, RegionIntent};
use interspoke_core::issue::Severity;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::preset::PRESETS;
use interspoke_core::route::{Routing, Settings};
use interspoke_core::spec::{NetworkSpec, PeeringSpec};
use interspoke_core::topology::build;
use std::rc::Rc;

fn direct_ways(network: &NetworkSpec, intent: &Intent) -> Vec<Finding> {
    let routing = Routing::new(Rc::new(build(network).value), Settings::default());
    let found = review(&routing).asked_for(routing.topology(), intent);
    let mut found = found.findings;
    found.retain(|finding| finding.kind == FindingKind::DirectBypass);
    found
}

#[test]
fn no_figure_of_the_article_warns_of_what_it_shows() {
    let mut noted = 0;
    for figure in PRESETS {
        let found = direct_ways(&figure.network(), &figure.intent());
        assert!(found.len() <= 1, "{}: {found:#?}", figure.id);
        for finding in found {
            assert_eq!(finding.severity, Severity::Note, "{}", figure.id);
            assert!(finding.fix.is_none() && finding.flow.is_some());
            noted += finding.flows;
        }
    }
    assert!(noted >= 7, "{noted} flows");
}

/// Two spokes of each environment behind a firewall; two of them are joined by hand.
fn joined(a: &str, b: &str, inspection: Inspection, chosen: bool) -> Vec<Finding> {
    let mut region = RegionIntent::new("westeurope", 4);
    region.spoke_environments = ["dev", "dev", "prod", "prod"].map(str::to_owned).to_vec();
    let mut intent = Intent {
        regions: vec![region],
        environments: vec!["dev".to_owned(), "prod".to_owned()],
        inspection,
        ..Intent::default()
    };
    let plan = AddressPlan::new(&intent).unwrap();
    let mut network = Pattern::HubFirewall.blueprint(&intent, &plan);
    for (from, to) in [(a, b), (b, a)] {
        network.peerings.push(PeeringSpec::new(from, to));
    }
    if chosen {
        intent.direct_pairs.push(Pair::new(a, b));
    }
    direct_ways(&network, &intent)
}

#[test]
fn a_link_by_hand_is_a_warning_where_the_intent_wants_inspection() {
    let (one, two, three) = (
        "westeurope-spoke1",
        "westeurope-spoke2",
        "westeurope-spoke3",
    );
    for (other, inspection, chosen, expected) in [
        (two, Inspection::All, false, Severity::Warning),
        (two, Inspection::All, true, Severity::Note),
        (two, Inspection::BetweenEnvironments, false, Severity::Note),
        (
            three,
            Inspection::BetweenEnvironments,
            false,
            Severity::Warning,
        ),
        (three, Inspection::None, false, Severity::Note),
    ] {
        let found = joined(one, other, inspection, chosen);
        let [finding] = &found[..] else {
            panic!("{found:#?}")
        };
        assert_eq!(
            finding.severity, expected,
            "{other} {inspection:?} {chosen}"
        );
        assert_eq!(finding.fix.is_some(), expected == Severity::Warning);
    }
}
