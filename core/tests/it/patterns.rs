//! Every pattern on many Intents: it builds, it keeps its promises, and its formulas meet the count.

use interspoke_core::intent::*;
use interspoke_core::pattern::count::counted;
use interspoke_core::pattern::proof::{Built, prove};
use interspoke_core::pattern::select::{Comparison, compare};
use interspoke_core::pattern::verdict::{Assessment, Ground, Reason};
use interspoke_core::pattern::{Counter, Pattern, Shape};
use interspoke_core::price::Catalog;
use interspoke_core::spec::{NetworkSpec, RouteTableSpec};
use std::fmt::Write as _;
use std::net::Ipv4Addr;

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

/// Compares a text with a file of `tests/sheets`, or writes it where `BLESS` is set.
#[track_caller]
fn sheet(name: &str, text: &str) {
    let path = format!("{}/tests/sheets/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = held
        .lines()
        .zip(text.lines())
        .position(|(held, found)| held != found);
    let line = differs.unwrap_or(held.lines().count().min(text.lines().count()));
    assert!(
        held == text,
        "{name}, line {}: expected {:?}, found {:?}; run with BLESS=1 and read the difference",
        line + 1,
        held.lines().nth(line),
        text.lines().nth(line)
    );
}

/// Everything about a pattern that a reader could check by hand.
fn describe(assessment: &Assessment, comparison: &Comparison) -> String {
    let mut text = String::new();
    let (intent, plan) = (&comparison.intent, &comparison.plan);
    let pattern = assessment.pattern;
    let _ = writeln!(
        text,
        "{}: {}\nverdict: {}",
        pattern.id(),
        pattern.title(),
        assessment.verdict.word()
    );
    for reason in &assessment.reasons {
        let source = reason
            .source
            .map(|source| format!(" [{}, {}]", source.title, source.date));
        let _ = writeln!(
            text,
            "  {}{} <- {}",
            reason.text,
            source.unwrap_or_default(),
            reason.input
        );
    }
    if let Some(change) = &assessment.change {
        let _ = writeln!(text, "  {change}");
    }
    text.push_str("\nsays\n");
    for says in &assessment.says {
        let source = says
            .source
            .map(|source| format!(" [{}, {}]", source.title, source.date));
        let _ = writeln!(text, "  {}{}", says.text, source.unwrap_or_default());
    }
    text.push_str("\ncounts\n");
    for count in assessment.counts.iter() {
        let value = count.value.unwrap();
        let _ = writeln!(
            text,
            "  {:>4} {} = {}",
            value,
            count.counter.word(),
            count.derivation
        );
    }
    let _ = writeln!(
        text,
        "  {:>4} objects to run",
        assessment.counts.to_run().unwrap()
    );
    text.push_str("\nlimits\n");
    for usage in &assessment.usages {
        let _ = writeln!(
            text,
            "  {}: {usage} ({} %)",
            usage.limit.id,
            usage.share_percent().unwrap()
        );
    }
    if let Some(bill) = &assessment.bill {
        let _ = writeln!(text, "\nbill: {} a month", bill.total_text());
    }
    let network = pattern.blueprint(intent, plan);
    text.push_str("\nobjects\n");
    objects(&mut text, &network);
    text.push_str("\npaths\n");
    paths(&mut text, pattern, intent, plan);
    let attached = Intent {
        on_premises: OnPremises::Vpn,
        ..intent.clone()
    };
    let plan = AddressPlan::new(&attached).unwrap();
    let with_vpn = pattern.blueprint(&attached, &plan);
    let new: Vec<_> = with_vpn
        .route_tables
        .iter()
        .filter(|table| !network.route_tables.contains(table))
        .collect();
    if !new.is_empty() {
        text.push_str("\nroute tables besides with VPN to on-premises\n");
        new.into_iter()
            .for_each(|table| route_table(&mut text, table));
    }
    text.push_str("\npaths with VPN to on-premises\n");
    let built = Built::new(with_vpn);
    let spoke = &plan.regions[0].spokes[0];
    let site = "192.168.0.4".parse().unwrap();
    for (from, to, a, b) in [
        (spoke.name.as_str(), "onpremises", spoke.workload(), site),
        ("onpremises", &spoke.name, site, spoke.workload()),
    ] {
        path(&mut text, &built, (from, a), (to, b));
    }
    text
}

fn objects(text: &mut String, network: &NetworkSpec) {
    for vnet in &network.vnets {
        let subnets = vnet.subnets.iter().map(|subnet| {
            let table = subnet
                .route_table
                .as_ref()
                .map(|table| format!(" ({table})"));
            format!(
                "{} {}{}",
                subnet.name,
                subnet.prefix,
                table.unwrap_or_default()
            )
        });
        let subnets: Vec<String> = subnets.collect();
        let _ = writeln!(
            text,
            "  {} {} in {}: {}",
            vnet.name,
            vnet.prefixes.join(" "),
            vnet.region,
            subnets.join(", ")
        );
    }
    for link in &network.peerings {
        let flags = [
            (link.allow_forwarded_traffic, "forwarded"),
            (link.allow_gateway_transit, "transit"),
            (link.use_remote_gateways, "uses gateways"),
            (!link.peer_complete_vnets, "subnets"),
        ];
        let flags: Vec<&str> = flags
            .iter()
            .filter(|(on, _)| *on)
            .map(|(_, word)| *word)
            .collect();
        let _ = writeln!(
            text,
            "  {} -> {} [{}]",
            link.from,
            link.to,
            flags.join(", ")
        );
    }
    network
        .route_tables
        .iter()
        .for_each(|table| route_table(text, table));
    for appliance in &network.appliances {
        let frontend = appliance
            .load_balancer_ip
            .as_ref()
            .map(|ip| format!(" behind {ip}"));
        let _ = writeln!(
            text,
            "  {:?} {} {}{}",
            appliance.kind,
            appliance.name,
            appliance.ip,
            frontend.unwrap_or_default()
        );
    }
    for gateway in &network.gateways {
        let _ = writeln!(
            text,
            "  {:?} gateway {} in {}, {}",
            gateway.kind, gateway.name, gateway.vnet, gateway.asn
        );
    }
    for session in &network.bgp_peerings {
        let told: Vec<String> = session
            .advertises
            .iter()
            .map(|told| {
                format!(
                    "{} via {}",
                    told.prefix,
                    told.next_hop.as_deref().unwrap_or("itself")
                )
            })
            .collect();
        let _ = writeln!(
            text,
            "  BGP {} with {}: {}",
            session.speaker,
            session.appliance,
            told.join(", ")
        );
    }
    for tunnel in &network.tunnels {
        let _ = writeln!(
            text,
            "  tunnel {} - {}{}",
            tunnel.a,
            tunnel.b,
            if tunnel.bgp { ", BGP" } else { "" }
        );
    }
    for circuit in &network.circuits {
        let _ = writeln!(
            text,
            "  circuit {}: {}; {}",
            circuit.name,
            circuit.gateways.join(", "),
            circuit.sites.join(", ")
        );
    }
    for site in &network.sites {
        let _ = writeln!(text, "  site {}: {}", site.name, site.prefixes.join(", "));
    }
    for endpoint in &network.private_endpoints {
        let _ = writeln!(
            text,
            "  endpoint {} {}",
            endpoint.name.as_deref().unwrap_or_default(),
            endpoint.ip
        );
    }
    if let Some(manager) = &network.avnm {
        for group in &manager.groups {
            let _ = writeln!(text, "  group {}: {}", group.name, group.members.join(", "));
        }
        for configuration in &manager.configurations {
            let _ = writeln!(
                text,
                "  {:?} {}: {}{}{}{}",
                configuration.topology,
                configuration.hub.as_deref().unwrap_or_default(),
                configuration.groups.join(", "),
                if configuration.direct_connectivity {
                    ", direct"
                } else {
                    ""
                },
                if configuration.global_mesh {
                    ", global"
                } else {
                    ""
                },
                if configuration.use_hub_gateway {
                    ", hub's gateway"
                } else {
                    ""
                },
            );
        }
    }
    for hub in network.virtual_wan.iter().flat_map(|wan| &wan.hubs) {
        let firewall = hub
            .firewall
            .as_ref()
            .map(|firewall| format!(", {:?} {}", firewall.kind, firewall.name));
        let intent = &hub.routing_intent;
        let _ = writeln!(
            text,
            "  Virtual WAN hub {} {} in {}{}; policies: private {}, Internet {}",
            hub.name,
            hub.prefix.as_deref().unwrap_or_default(),
            hub.region,
            firewall.unwrap_or_default(),
            intent.private,
            intent.internet
        );
        for connection in &hub.connections {
            let statics: Vec<String> = connection
                .static_routes
                .iter()
                .map(|route| format!("; {} via {}", route.prefixes.join(", "), route.next_hop_ip))
                .collect();
            let _ = writeln!(
                text,
                "    connection {}{}",
                connection.vnet,
                statics.concat()
            );
        }
    }
}

fn route_table(text: &mut String, table: &RouteTableSpec) {
    let switch = if table.disable_bgp_route_propagation {
        "off"
    } else {
        "on"
    };
    let _ = writeln!(text, "  table {}, propagation {switch}", table.name);
    for route in &table.routes {
        let hop = route.next_hop_ip_address.as_deref().unwrap_or_default();
        let _ = writeln!(text, "    {} {:?} {hop}", route.prefix, route.next_hop_type);
    }
}

fn paths(text: &mut String, pattern: Pattern, intent: &Intent, plan: &AddressPlan) {
    let built = Built::new(pattern.blueprint(intent, plan));
    let spokes: Vec<&SpokePlan> = plan.spokes().collect();
    let (first, last) = (spokes[0], spokes[spokes.len() - 1]);
    for (a, b) in [(first, spokes[1]), (first, last), (last, first)] {
        path(
            text,
            &built,
            (&a.name, a.workload()),
            (&b.name, b.workload()),
        );
    }
    path(
        text,
        &built,
        (&first.name, first.workload()),
        ("the Internet", "203.0.113.10".parse().unwrap()),
    );
}

fn path(text: &mut String, built: &Built, from: (&str, Ipv4Addr), to: (&str, Ipv4Addr)) {
    let (way, path) = built.way(from.1, to.1);
    let over = if path.is_empty() {
        String::new()
    } else {
        format!(", over {}", path.join(", "))
    };
    let _ = writeln!(text, "  {} to {}: {}{over}", from.0, to.0, way.word());
}

#[test]
fn sheets_hold_every_pattern_of_the_default_intent() {
    let catalog = Catalog::built_in();
    let comparison = compare(&Intent::default(), &catalog).unwrap();
    let mut table = "rank, verdict, monthly cost, objects to run, why\n".to_owned();
    for (rank, assessment) in comparison.assessments.iter().enumerate() {
        sheet(
            &format!("{}.txt", assessment.pattern.id()),
            &describe(assessment, &comparison),
        );
        let against = |reason: &&Reason| !matches!(reason.ground, Ground::Holds(_));
        let why: Vec<&str> = assessment
            .reasons
            .iter()
            .filter(against)
            .map(|reason| reason.text.as_str())
            .collect();
        let _ = writeln!(
            table,
            "{:>2} {:<22} {:<12} {:>24} {:>4}  {}",
            rank + 1,
            assessment.pattern.id(),
            assessment.verdict.word(),
            assessment
                .bill
                .as_ref()
                .map_or("not built".to_owned(), |bill| bill.total_text()),
            assessment.counts.to_run().unwrap(),
            why.join("; ")
        );
    }
    sheet("comparison.txt", &table);
}

#[test]
fn counts_of_one_small_and_four_large_regions() {
    let large = ["eastus", "westus2", "westeurope", "japaneast"]
        .map(|region| RegionIntent::new(region, 50));
    let mut text = String::new();
    for (title, regions) in [
        (
            "one region with 3 spokes",
            vec![RegionIntent::new("eastus", 3)],
        ),
        ("four regions with 50 spokes each", large.to_vec()),
    ] {
        let intent = Intent {
            regions,
            ..Intent::default()
        };
        let shape = Shape::new(&intent, &AddressPlan::new(&intent).unwrap());
        let _ = writeln!(text, "{title}");
        for pattern in Pattern::ALL {
            let counts = pattern.counts(&shape);
            let counts: Vec<String> = counts
                .iter()
                .map(|count| format!("{} {}", count.value.unwrap(), count.counter.word()))
                .collect();
            let _ = writeln!(text, "  {}: {}", pattern.id(), counts.join(", "));
        }
    }
    sheet("counts.txt", &text);
}
