//! Plans: the named cases with what each step cuts, and what holds for every plan.
//!
//! | held | by |
//! |---|---|
//! | after the last step the estate is the goal | random pairs of patterns and the named cases |
//! | no step is one that `topology` refuses | the same |
//! | commands are bash, and undo what they did | the named cases |

use crate::agreement::runner;
use crate::export::golden;
use interspoke_core::intent::{AddressPlan, Intent, RegionIntent};
use interspoke_core::issue::Severity;
use interspoke_core::pattern::Pattern;
use interspoke_core::plan::change::in_order;
use interspoke_core::plan::{Plan, TRIES, plan};
use interspoke_core::route::Settings;
use interspoke_core::spec::NetworkSpec;
use interspoke_core::topology;

fn blueprint(pattern: Pattern, intent: &Intent) -> NetworkSpec {
    pattern.blueprint(intent, &AddressPlan::new(intent).unwrap())
}

fn one_region() -> Intent {
    Intent {
        regions: vec![RegionIntent::new("eastus", 3)],
        ..Intent::default()
    }
}

/// What holds for every plan.
fn holds(from: &NetworkSpec, to: &NetworkSpec, plan: &Plan) {
    let known: Vec<String> = errors(from);
    for step in &plan.steps {
        let new: Vec<String> = errors(&step.estate)
            .into_iter()
            .filter(|error| !known.contains(error))
            .collect();
        assert!(new.is_empty(), "{}: {new:?}", step.title);
    }
    let last = plan.steps.last().map_or(from, |step| &step.estate);
    assert_eq!(in_order(last), in_order(to));
    assert_eq!(plan.steps.last().map_or(0, |step| step.effect.cut), 0);
}

fn errors(spec: &NetworkSpec) -> Vec<String> {
    let issues = topology::build(spec).issues;
    let errors = issues
        .iter()
        .filter(|issue| issue.severity() == Severity::Error);
    errors.map(ToString::to_string).collect()
}

fn named(name: &str, from: &NetworkSpec, to: &NetworkSpec) -> Plan {
    let plan = plan(from, to, Settings::default(), TRIES).unwrap();
    println!("{name}: {} states", plan.states);
    holds(from, to, &plan);
    golden(&format!("plan/{name}.txt"), &plan.summary());
    plan
}

#[test]
fn a_flat_mesh_becomes_a_hub_with_a_firewall() {
    let intent = one_region();
    let to = blueprint(Pattern::HubFirewall, &intent);
    // Spokes alone: neither hub nor firewall nor tables are there yet.
    let mesh = blueprint(Pattern::PeeringMesh, &intent);
    let is_spoke = |name: &str| name.contains("spoke");
    let mut from = NetworkSpec {
        vnets: mesh
            .vnets
            .into_iter()
            .filter(|vnet| is_spoke(&vnet.name))
            .collect(),
        peerings: mesh
            .peerings
            .into_iter()
            .filter(|link| is_spoke(&link.from) && is_spoke(&link.to))
            .collect(),
        ..NetworkSpec::default()
    };
    for subnet in from.vnets.iter_mut().flat_map(|vnet| &mut vnet.subnets) {
        subnet.route_table = None;
    }
    let plan = named("mesh-to-firewall", &from, &to);
    golden("plan/mesh-to-firewall.md", &plan.markdown());
}

#[test]
fn hub_and_spoke_becomes_virtual_wan_with_routing_intent() {
    let intent = one_region();
    let from = blueprint(Pattern::HubFirewall, &intent);
    let to = blueprint(Pattern::VwanSecured, &intent);
    named("hub-to-virtual-wan", &from, &to);
}

#[test]
fn a_second_region_is_added() {
    let from = blueprint(Pattern::HubFirewall, &one_region());
    let to = Intent {
        regions: vec![
            RegionIntent::new("eastus", 3),
            RegionIntent::new("westeurope", 2),
        ],
        ..Intent::default()
    };
    named(
        "second-region",
        &from,
        &blueprint(Pattern::HubFirewall, &to),
    );
}

#[test]
fn a_spoke_is_renumbered() {
    let from = blueprint(Pattern::HubFirewall, &one_region());
    let spoke = from
        .vnets
        .iter()
        .find(|vnet| vnet.name.contains("spoke1"))
        .unwrap();
    let range = spoke.prefixes[0].clone();
    let head = range.strip_suffix("0/24").unwrap().to_owned();
    let text = serde_json::to_string(&from).unwrap();
    let renumbered = text.replace(&format!("\"{head}"), "\"10.250.0.");
    assert_ne!(text, renumbered);
    let to: NetworkSpec = serde_json::from_str(&renumbered).unwrap();
    named("renumber-spoke", &from, &to);
}

#[test]
fn a_vpn_becomes_express_route() {
    let from = Intent {
        on_premises: interspoke_core::intent::OnPremises::Vpn,
        ..one_region()
    };
    let to = Intent {
        on_premises: interspoke_core::intent::OnPremises::ExpressRoute,
        ..one_region()
    };
    let (from, to) = (
        blueprint(Pattern::HubFirewall, &from),
        blueprint(Pattern::HubFirewall, &to),
    );
    named("vpn-to-express-route", &from, &to);
}

#[test]
fn every_pattern_becomes_every_other_by_steps_that_azure_accepts() {
    let intent = one_region();
    let all = Pattern::ALL.len();
    runner(12)
        .run(&(0..all, 0..all), |(a, b)| {
            let from = blueprint(Pattern::ALL[a], &intent);
            let to = blueprint(Pattern::ALL[b], &intent);
            if !errors(&to).is_empty() || !errors(&from).is_empty() {
                return Ok(());
            }
            let found = plan(&from, &to, Settings::default(), 60);
            let found = found.unwrap_or_else(|obstacle| {
                panic!(
                    "{:?} to {:?}: {obstacle:?}",
                    Pattern::ALL[a],
                    Pattern::ALL[b]
                )
            });
            holds(&from, &to, &found);
            Ok(())
        })
        .unwrap();
}
