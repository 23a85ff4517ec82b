//! An estate's own VNets joined by every pattern of the catalogue.

use interspoke_core::estate::Estate;
use interspoke_core::intent::{AddressPlan, Intent, RegionIntent};
use interspoke_core::issue::Severity;
use interspoke_core::pattern::{JoinError, Pattern};
use interspoke_core::route::Settings;
use interspoke_core::spec::{
    NetworkSpec, PeeringSpec, RouteTableSpec, SubnetSpec, VnetSpec, WorkloadSpec,
};
use interspoke_core::topology::build;
use std::rc::Rc;

/// Three VNets in two regions, with a workload each; two of them peered, one with a route table of its own.
fn estate() -> NetworkSpec {
    let vnet = |name: &str, region: &str, number: u8| VnetSpec {
        name: name.to_owned(),
        region: region.to_owned(),
        prefixes: vec![format!("10.{number}.0.0/16")],
        subnets: vec![SubnetSpec {
            name: "default".to_owned(),
            prefix: format!("10.{number}.0.0/24"),
            ..SubnetSpec::default()
        }],
        ..VnetSpec::default()
    };
    let workload = |vnet: &str, number: u8| WorkloadSpec {
        name: format!("{vnet}-vm"),
        vnet: vnet.to_owned(),
        subnet: "default".to_owned(),
        ip: format!("10.{number}.0.4"),
        ..WorkloadSpec::default()
    };
    let mut network = NetworkSpec {
        vnets: vec![
            vnet("web", "westeurope", 1),
            vnet("data", "westeurope", 2),
            vnet("mail", "eastus", 3),
        ],
        peerings: vec![
            PeeringSpec::new("web", "data"),
            PeeringSpec::new("data", "web"),
        ],
        route_tables: vec![RouteTableSpec {
            name: "own".to_owned(),
            ..RouteTableSpec::default()
        }],
        workloads: vec![workload("web", 1), workload("data", 2), workload("mail", 3)],
        ..NetworkSpec::default()
    };
    network.vnets[0].subnets[0].route_table = Some("own".to_owned());
    network
}

fn names() -> Vec<String> {
    ["web", "data", "mail"].map(str::to_owned).to_vec()
}

/// How many of the ordered pairs of workload subnets arrive, request and reply.
fn arriving(network: &NetworkSpec) -> (usize, usize) {
    let topology = Rc::new(build(network).value);
    let mut estate = Estate::grouped(topology, Settings::default());
    let (_, pairs) = estate.progress();
    estate.follow(pairs);
    let counts = estate
        .answers()
        .map(|(pair, answer)| (estate.count(pair), answer.reached));
    let counts: Vec<(usize, bool)> = counts.collect();
    let arriving = counts
        .iter()
        .filter(|(_, reached)| *reached)
        .map(|(count, _)| count);
    (arriving.sum(), counts.iter().map(|(count, _)| count).sum())
}

/// The Intent that draws the same spokes.
fn intent() -> Intent {
    Intent {
        regions: vec![
            RegionIntent::new("westeurope", 2),
            RegionIntent::new("eastus", 1),
        ],
        ..Intent::default()
    }
}

#[test]
fn every_pattern_joins_own_vnets_as_it_joins_those_that_it_draws() {
    let intent = intent();
    let plan = AddressPlan::new(&intent).unwrap();
    let mut reached = 0;
    for pattern in Pattern::ALL.iter().copied() {
        let joined = match pattern.join(&estate(), &names(), &intent) {
            Ok(joined) => joined,
            Err(error) => panic!("{}: {error}", pattern.id()),
        };
        let drawn = pattern.blueprint(&intent, &plan);
        let (own, _) = arriving(&joined);
        let (theirs, _) = arriving(&drawn);
        assert_eq!(own, theirs, "{}", pattern.id());
        reached += usize::from(own == 6);
        let errors: Vec<String> = build(&joined)
            .issues
            .into_iter()
            .filter(|issue| issue.severity() == Severity::Error)
            .map(|issue| issue.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", pattern.id());
        let kept = |name: &str| joined.vnets.iter().any(|vnet| vnet.name == name);
        assert!(names().iter().all(|name| kept(name)), "{}", pattern.id());
        assert_eq!(joined.workloads, estate().workloads, "{}", pattern.id());
    }
    assert!(reached >= 10, "{reached} patterns join all");
}

#[test]
fn what_joined_them_before_goes_and_the_rest_stays() {
    let mut before = estate();
    before.vnets.push(VnetSpec {
        name: "apart".to_owned(),
        prefixes: vec!["10.9.0.0/16".to_owned()],
        ..VnetSpec::default()
    });
    before.peerings.push(PeeringSpec::new("apart", "web"));
    let joined = Pattern::HubFirewall
        .join(&before, &names(), &intent())
        .unwrap();
    let pairs: Vec<(&str, &str)> = joined.peerings.iter().map(|p| (&*p.from, &*p.to)).collect();
    assert!(!pairs.contains(&("web", "data")) && pairs.contains(&("apart", "web")));
    assert!(pairs.contains(&("westeurope-hub", "web")) && pairs.contains(&("mail", "eastus-hub")));
    let table = joined.vnets[0].subnets[0].route_table.as_deref();
    assert_ne!(table, Some("own"));
    assert!(
        joined
            .route_tables
            .iter()
            .any(|it| Some(it.name.as_str()) == table)
    );
    // The hubs lie beside everything that stands.
    let hub = joined
        .vnets
        .iter()
        .find(|vnet| vnet.name == "westeurope-hub")
        .unwrap();
    assert_eq!(hub.prefixes, ["10.0.0.0/22"]);
    // Another pattern after it is refused while the first one's hub stands.
    let again = Pattern::HubFirewall.join(&joined, &names(), &intent());
    assert_eq!(
        again,
        Err(JoinError::Taken("VNet", "westeurope-hub".to_owned()))
    );
}

#[test]
fn what_cannot_be_joined_is_refused_with_what_was_expected() {
    let intent = intent();
    let mesh = |network: &NetworkSpec, chosen: &[&str]| {
        let chosen: Vec<String> = chosen.iter().map(|name| (*name).to_owned()).collect();
        Pattern::PeeringMesh
            .join(network, &chosen, &intent)
            .unwrap_err()
    };
    assert_eq!(mesh(&estate(), &["web", "nobody"]), JoinError::TooFew(1));
    let mut bare = estate();
    bare.vnets[1].prefixes = vec!["fd00::/48".to_owned()];
    assert_eq!(
        mesh(&bare, &["web", "data"]),
        JoinError::NoRange("data".to_owned())
    );
    let mut full = estate();
    full.vnets.push(VnetSpec {
        name: "all".to_owned(),
        prefixes: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]
            .map(str::to_owned)
            .to_vec(),
        ..VnetSpec::default()
    });
    assert_eq!(mesh(&full, &["web", "data"]), JoinError::NoSpace);
    let mut taken = estate();
    taken.vnets[0].subnets[0].prefix = "10.1.192.0/18".to_owned();
    let tunnels = Pattern::VpnMesh.join(&taken, &names(), &intent);
    assert_eq!(
        tunnels.unwrap_err().to_string(),
        "expected 10.1.192.0/18 of web to be free for a gateway, found a subnet there"
    );
}
