//! Every pattern on many Intents: it builds, it keeps its promises, and its formulas meet the count.

use interspoke_core::intent::*;
use interspoke_core::pattern::count::counted;
use interspoke_core::pattern::proof::{Built, prove};
use interspoke_core::pattern::{Counter, Pattern, Shape};

/// Everything that must hold of a pattern whatever is asked: one sentence for each thing that does not.
pub(crate) fn faults(pattern: Pattern, intent: &Intent) -> Vec<String> {
    let plan = AddressPlan::new(intent).unwrap();
    let built = Built::new(pattern.blueprint(intent, &plan));
    let proof = prove(pattern, intent, &plan, &built);
    let mut faults: Vec<String> = proof.refusals().map(ToString::to_string).collect();
    faults.extend(proof.broken.iter().cloned());
    let counts = pattern.counts(&Shape::new(intent, &plan));
    let found = counted(&built.spec, built.routing.topology(), &plan);
    for counter in Counter::ALL {
        let (formula, counted) = (
            counts.value(*counter),
            found.get(counter).copied().unwrap_or(0),
        );
        if formula != Some(counted) {
            let derivation = counts
                .iter()
                .find(|count| count.counter == *counter)
                .map(|count| &count.derivation);
            faults.push(format!(
                "{}: {formula:?} by formula ({derivation:?}), {counted} counted",
                counter.word()
            ));
        }
    }
    if pattern.blueprint(intent, &plan) != built.spec {
        faults.push("another blueprint for the same Intent".to_owned());
    }
    faults
}

#[test]
fn promises_are_kept_and_formulas_meet_the_count() {
    let mut all = Vec::new();
    for (name, intent) in intents() {
        for pattern in Pattern::ALL {
            let faults = faults(*pattern, &intent);
            all.extend(
                faults
                    .iter()
                    .take(6)
                    .map(|fault| format!("{} on {name}: {fault}", pattern.id())),
            );
        }
    }
    assert!(all.is_empty(), "\n{}\n{} faults", all.join("\n"), all.len());
}

/// Intents that differ in one thing each.
fn intents() -> Vec<(&'static str, Intent)> {
    let with = |change: fn(&mut Intent)| {
        let mut intent = Intent::default();
        change(&mut intent);
        intent
    };
    vec![
        ("default", Intent::default()),
        (
            "one region",
            with(|intent| intent.regions = vec![RegionIntent::new("eastus", 3)]),
        ),
        (
            "one spoke each",
            with(|intent| {
                intent
                    .regions
                    .iter_mut()
                    .for_each(|region| region.spokes = 1)
            }),
        ),
        (
            "three regions",
            with(|intent| intent.regions.push(RegionIntent::new("westeurope", 2))),
        ),
        ("VPN", with(|intent| intent.on_premises = OnPremises::Vpn)),
        (
            "ExpressRoute",
            with(|intent| intent.on_premises = OnPremises::ExpressRoute),
        ),
        ("both", with(|intent| intent.on_premises = OnPremises::Both)),
        ("other clouds", with(|intent| intent.other_clouds = true)),
        (
            "Internet any way",
            with(|intent| intent.internet = InternetPath::Any),
        ),
        (
            "Internet any way, VPN",
            with(|intent| {
                intent.internet = InternetPath::Any;
                intent.on_premises = OnPremises::Vpn;
            }),
        ),
        (
            "managed",
            with(|intent| intent.peerings = PeeringManagement::NetworkManagerStatic),
        ),
        (
            "managed, VPN",
            with(|intent| {
                intent.peerings = PeeringManagement::NetworkManagerDynamic;
                intent.on_premises = OnPremises::Vpn;
            }),
        ),
        (
            "NVA",
            with(|intent| intent.appliance.kind = ApplianceChoice::Nva),
        ),
        (
            "NVA, three, both, Internet any way",
            with(|intent| {
                intent.appliance.kind = ApplianceChoice::Nva;
                intent.appliance.nva_count = 3;
                intent.on_premises = OnPremises::Both;
                intent.internet = InternetPath::Any;
            }),
        ),
        (
            "Basic",
            with(|intent| intent.appliance.tier = FirewallTier::Basic),
        ),
        (
            "chosen pair",
            with(|intent| intent.direct_pairs = vec![Pair::new("eastus-spoke1", "westus2-spoke1")]),
        ),
        (
            "environments",
            with(|intent| intent.environments = vec!["dev".to_owned(), "prod".to_owned()]),
        ),
        (
            "isolated environments",
            with(|intent| {
                intent.environments = vec!["dev".to_owned(), "prod".to_owned()];
                intent.environment_rules = vec![EnvironmentRule {
                    a: "dev".to_owned(),
                    b: "prod".to_owned(),
                    talk: Demand::Isolated,
                }];
                intent.on_premises = OnPremises::Vpn;
            }),
        ),
        (
            "given prefixes",
            with(|intent| {
                intent.regions[0].prefix = Some("172.20.0.0/20".to_owned());
                intent.regions[1].spoke_prefixes = ["20.1.0.0/24", "20.1.1.0/24", "10.77.0.0/26"]
                    .map(str::to_owned)
                    .to_vec();
                intent.on_premises = OnPremises::Vpn;
                intent.on_premises_prefixes =
                    vec!["192.168.0.0/16".to_owned(), "30.0.0.0/8".to_owned()];
                intent.internet = InternetPath::Any;
            }),
        ),
    ]
}
