//! A network in which meshes are one thing answers like the one with every peering object.

use crate::patterns::intent_of;
use interspoke_core::intent::*;
use interspoke_core::pattern::effort::difference;
use interspoke_core::pattern::pace::slowest;
use interspoke_core::pattern::proof::{Built, prove};
use interspoke_core::pattern::sketch::Sketch;
use interspoke_core::pattern::survive::survivors_of;
use interspoke_core::pattern::verdict::Assessment;
use interspoke_core::pattern::{Counter, Pattern, select::compare};
use interspoke_core::price::{Catalog, bill_of};
use proptest::prelude::*;

/// Everything that is asked of a network.
fn answers(pattern: Pattern, intent: &Intent, network: impl Into<Sketch>) -> Vec<String> {
    let plan = AddressPlan::new(intent).unwrap();
    let own = pattern.plan(intent, &plan);
    let built = Built::new(network);
    let proof = prove(pattern, intent, &plan, &built);
    let (routing, demand) = (built.estate.routing(), intent.traffic_demand());
    let bill = bill_of(routing, &built.sketch.spec, &demand, &Catalog::built_in());
    vec![
        format!("{:?}", proof.issues),
        format!("{:?} {:?}", proof.outcomes, proof.broken),
        bill.csv(),
        format!("{:?}", slowest(&built, &own)),
        format!("{:?}", survivors_of(&built, intent, &own, 0)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mesh_as_one_thing_answers_like_its_objects(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let intent = intent_of(&bytes);
        prop_assume!(intent.check().is_empty());
        let plan = AddressPlan::new(&intent).unwrap();
        let mut larger = intent.clone();
        larger.regions[0].spokes += 1;
        let more = AddressPlan::new(&larger).unwrap();
        for pattern in Pattern::ALL {
            let sketch = pattern.sketch(&intent, &plan, 2);
            let whole = pattern.blueprint(&intent, &plan);
            let (one, other) = (pattern.sketch(&larger, &more, 2), pattern.blueprint(&larger, &more));
            prop_assert_eq!(difference(&sketch, &one, false), difference(&whole.clone().into(), &other.into(), false), "{}", pattern.id());
            prop_assert_eq!(answers(*pattern, &intent, sketch), answers(*pattern, &intent, whole), "{}", pattern.id());
        }
    }
}

#[test]
fn no_mesh_is_written_object_by_object_to_be_judged() {
    let intent = Intent {
        regions: vec![
            RegionIntent::new("eastus", 400),
            RegionIntent::new("westus2", 400),
        ],
        inspection: Inspection::None,
        ..Intent::default()
    };
    let plan = AddressPlan::new(&intent).unwrap();
    for (pattern, objects, written) in [
        (Pattern::RegionalMeshHub, 320_802, 1_602),
        (Pattern::VwanRegionalMesh, 319_200, 0),
    ] {
        let sketch = pattern.sketch(&intent, &plan, 32);
        assert_eq!(sketch.spec.peerings.len(), written, "{}", pattern.id());
        let judged = Assessment::new(pattern, &intent, &plan, &Catalog::built_in());
        assert_eq!(judged.counts.value(Counter::Objects), Some(objects));
        // One more spoke: a link with each of its region and its way to the hub, half of the objects elsewhere.
        let spoke = judged.efforts.spoke.unwrap();
        let to_hub = 2 * u64::from(written > 0);
        let peerings = spoke.what.iter().find(|(what, _)| *what == "peering");
        assert_eq!(peerings, Some(&("peering", 800 + to_hub)));
        assert_eq!(spoke.elsewhere, 400 + 1);
    }
}

#[test]
fn two_ways_to_one_large_mesh_are_one_design() {
    let intent = Intent {
        regions: vec![RegionIntent::new("eastus", 40)],
        inspection: Inspection::None,
        ..Intent::default()
    };
    let all = compare(&intent, &Catalog::built_in()).unwrap();
    let aliases = all.aliases();
    let (_, same) = { aliases.iter() }
        .find(|(first, _)| *first == Pattern::RegionalMeshHub)
        .unwrap();
    assert_eq!(same[0].pattern, Pattern::EnvironmentGroups);
}
