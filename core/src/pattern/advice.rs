//! What the sources advise against, whatever the pattern: it follows from what the pattern builds.
//!
//! The rule: beside what a pattern's own file says, two sentences hold for every pattern that they apply to. A mesh of
//! peerings made by hand serves a few spokes, wherever it stands; spokes of different environments are not to be joined
//! directly, by a mesh or by a chosen pair. Virtual Network Manager lists members of other tenants; it finds none by
//! policy. A verdict is that of one hub a region: where a limit asks for several, what they part is not counted in favour.
//!
//! | 300 spokes in one region | mesh by hand |
//! |---|---|
//! | `peering-mesh`, `vwan-regional-mesh` | discouraged: it joins 300 |
//! | the same with Virtual Network Manager | nothing to say |
//!
//! Transit between more than two regions is Virtual WAN's, unless hubs of one's own are asked for: a wish, before cost.

use super::bounds::grown;
use super::fit::Fit;
use super::source::{ARTICLE, CROSS_TENANT, ENCRYPTION, TOPOLOGY, VERSUS, WAN_FAQ, WAN_TENANTS};
use super::{Advice, Counter, Counts, Pattern, Sentence, Shape, Way, follows, says};
use crate::intent::{Demand, HubManagement, Intent, PeeringManagement, SpokePlan};
use ipnet::Ipv4Net;

/// Peerings by hand serve up to so many spokes.
const BY_HAND: u64 = 5;
/// Regions between which hubs of one's own serve as transit.
const TRANSIT_BY_HAND: usize = 2;

/// Everything that advises against a pattern in this case.
#[must_use]
pub fn advice(pattern: Pattern, intent: &Intent, fit: &Fit) -> Vec<Advice> {
    let mut all = pattern.advice(intent);
    all.extend(joined_environments(pattern, intent));
    all.extend(too_many(fit.mesh, grown(intent, fit.mesh, 12)));
    all
}

/// More spokes than peerings by hand serve, now or after a year of growth.
fn too_many(now: u64, in_a_year: u64) -> Option<Advice> {
    let (growth, input) = match (now > BY_HAND, in_a_year > BY_HAND) {
        (true, _) => (String::new(), "peerings"),
        (false, true) => (
            format!(", after a year of growth {in_a_year}"),
            "growthPercent",
        ),
        (false, false) => return None,
    };
    Some(Advice {
        sentence: says(
            VERSUS,
            format!(
                "peerings made by hand serve up to {BY_HAND} spokes; this mesh joins {now}{growth}"
            ),
        ),
        input,
        change: "with 5 spokes or fewer in a mesh, or with Virtual Network Manager (avnm-mesh, or peerings made by it)",
    })
}

/// Direct links between different environments.
fn joined_environments(pattern: Pattern, intent: &Intent) -> Option<Advice> {
    let kinds = intent.environments.len();
    if kinds < 2 {
        return None;
    }
    // What security groups alone keep apart is joined all the same.
    let direct = |a: &SpokePlan, b: &SpokePlan| {
        matches!(
            (pattern.definition().way)(intent, a, b),
            Way::Direct | Way::Tunnel
        )
    };
    let pairs = (0..kinds).flat_map(|a| (a + 1..kinds).map(move |b| (a, b)));
    let meshed = { pairs }.any(|(a, b)| {
        [0, 1]
            .into_iter()
            .any(|region| direct(&somebody("", 0, a), &somebody("", region, b)))
    });
    if meshed {
        return Some(against(
            "do not connect spokes of different environments directly, such as development and production".to_owned(),
            "environments",
            "with one environment, or with environment-groups",
        ));
    }
    let chosen = intent.direct_pairs.iter().find_map(|pair| {
        let (a, b) = (intent.spoke_at(&pair.a)?, intent.spoke_at(&pair.b)?);
        let (one, other) = (somebody(&pair.a, a.0, a.1?), somebody(&pair.b, b.0, b.1?));
        (a.1 != b.1 && direct(&one, &other)).then_some(pair)
    })?;
    Some(against(
        format!(
            "do not connect spokes of different environments directly, such as {} and {}",
            chosen.a, chosen.b
        ),
        "directPairs",
        "without a direct pair of two environments",
    ))
}

/// What no design of the pattern can be for this Intent, whatever its size.
#[must_use]
pub fn unmet(pattern: Pattern, intent: &Intent, shape: &Shape, fit: &Fit) -> Option<Advice> {
    let counts = &fit.counts;
    let by_policy = intent.peerings == PeeringManagement::NetworkManagerDynamic;
    let by_policy = intent.several_tenants && by_policy && is_managed(pattern, intent, counts);
    let tenants = by_policy.then(|| Advice {
        sentence: says(
            CROSS_TENANT,
            "Virtual Network Manager takes members of other tenants one by one and finds none by policy",
        ),
        input: "peerings",
        change: "with members listed (networkManagerStatic), or with peerings made by hand",
    });
    tenants.or_else(|| cut_mesh(pattern, intent, shape, fit))
}

/// Spokes of a region that the pattern joins directly and whose traffic is to be inspected, where several hubs cut the
/// mesh between them: a second hub serves a limit and makes no other pattern of it.
fn cut_mesh(pattern: Pattern, intent: &Intent, shape: &Shape, fit: &Fit) -> Option<Advice> {
    let asked = |a: usize, b: usize| {
        let one = |kind| SpokePlan {
            environment: (!intent.environments.is_empty()).then_some(kind),
            ..somebody("", 0, kind)
        };
        intent.demand(&one(a), &one(b)) == Demand::Inspected
            && pattern.way(intent, &one(a), &one(b)) == Way::Direct
    };
    let kinds = shape.kinds();
    let mut pairs = (0..kinds).flat_map(|a| (a..kinds).map(move |b| (a, b)));
    let present = |(a, b): (usize, usize)| {
        shape.environments.iter().any(|region| {
            let of = |kind: usize| region.get(kind).copied().unwrap_or(0);
            of(a) > u64::from(a == b) && of(b) > 0
        })
    };
    let joined = fit.is_divided() && pairs.any(|(a, b)| asked(a, b) && present((a, b)));
    joined.then(|| Advice {
        sentence: follows(
            "spokes of a region are direct, and their traffic is to be inspected: a second hub parts some of them and makes no inspection of the others",
        ),
        input: "inspection",
        change: "if traffic between spokes did not have to be inspected",
    })
}

/// Transit between more than two regions over hubs of one's own, where nobody asked for them: a wish that is not met.
#[must_use]
pub fn transit_by_hand(pattern: Pattern, intent: &Intent) -> Option<Sentence> {
    let hubs = intent.regions.len();
    let own = intent.hub == HubManagement::Either && pattern.hub() == HubManagement::SelfManaged;
    let far = |kinds: (usize, usize)| {
        let (a, b) = (somebody("", 0, kinds.0), somebody("", 1, kinds.1));
        matches!(pattern.way(intent, &a, &b), Way::Inspected | Way::Forwarded)
    };
    let kinds = intent.environments.len().max(1);
    let mut pairs = (0..kinds).flat_map(|a| (a..kinds).map(move |b| (a, b)));
    (own && hubs > TRANSIT_BY_HAND && pairs.any(far)).then(|| {
        says(
            TOPOLOGY,
            format!(
                "peerings and routes between {hubs} hubs are kept by hand; for transit between more than {TRANSIT_BY_HAND} regions Virtual WAN is recommended where hubs need not be one's own"
            ),
        )
    })
}

/// What a second spoke would not have, where there is one spoke and so no pair that shows it: a wish that is not met.
#[must_use]
pub fn lost_on_growth(pattern: Pattern, intent: &Intent) -> Option<&'static str> {
    let spokes = intent.regions.iter().map(|region| u64::from(region.spokes));
    if spokes.sum::<u64>() > 1 {
        return None;
    }
    let kind = |name| SpokePlan {
        environment: (!intent.environments.is_empty()).then_some(0),
        ..somebody(name, 0, 0)
    };
    let (one, other) = (kind("one"), kind("other"));
    match (
        intent.demand(&one, &other),
        pattern.way(intent, &one, &other),
    ) {
        (Demand::Isolated, _) | (Demand::Inspected, Way::Inspected) => None,
        (_, Way::Lost) => Some("it joins nothing: a second spoke would not be reached"),
        (Demand::Inspected, _) => Some("traffic with a second spoke would not be inspected"),
        _ => None,
    }
}

/// Whether Virtual Network Manager makes any of it.
fn is_managed(pattern: Pattern, intent: &Intent, counts: &Counts) -> bool {
    let makes = [Counter::Links, Counter::Groups];
    (pattern.definition().always_managed || intent.is_managed())
        && makes
            .iter()
            .any(|counter| counts.value(*counter) != Some(0))
}

/// What a reader must know about any pattern that it applies to.
#[must_use]
pub fn general(pattern: Pattern, intent: &Intent, counts: &Counts) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let has = |counter| counts.value(counter) != Some(0);
    if intent.encryption {
        sentences.extend(encryption(pattern, intent, counts));
    }
    if intent.several_tenants {
        if has(Counter::Links) || has(Counter::Tunnels) {
            sentences.push(says(
                ARTICLE,
                "peerings and tunnels join networks of several tenants",
            ));
        }
        if has(Counter::Connections) {
            sentences.push(says(
                WAN_TENANTS,
                "a VNet of another tenant is connected to a hub by script, once both tenants have granted it",
            ));
        }
        if is_managed(pattern, intent, counts) {
            sentences.push(says(
                CROSS_TENANT,
                "members of other tenants are listed one by one, once both tenants have agreed",
            ));
        }
    }
    let circuits = intent.wants_express_route() && intent.regions.len() > 1;
    if circuits && has(Counter::Connections) {
        sentences.push(says(
            WAN_FAQ,
            "hubs on one circuit prefer the AS path here: with the preference for ExpressRoute spokes of two hubs would talk over the circuit, which is not encouraged and is metered",
        ));
    }
    sentences
}

/// How encryption is met, and what it covers.
fn encryption(pattern: Pattern, intent: &Intent, counts: &Counts) -> Option<Sentence> {
    let way = |way: Way| meets(pattern, intent, way);
    if way(Way::Tunnel) {
        return Some(says(
            ARTICLE,
            "tunnels encrypt from gateway to gateway, not between a machine and its gateway",
        ));
    }
    (way(Way::Direct) && counts.value(Counter::Groups) == Some(0)).then(|| {
        says(
            ENCRYPTION,
            "virtual network encryption covers machine to machine over peerings, for sizes that support it, and not through appliances",
        )
    })
}

/// Whether any pair of spokes goes that way.
fn meets(pattern: Pattern, intent: &Intent, way: Way) -> bool {
    let kinds = intent.environments.len().max(1);
    let pairs = (0..kinds).flat_map(|a| (a..kinds).map(move |b| (a, b)));
    let classes = { pairs }.any(|(a, b)| {
        let regions = [0, 1].into_iter().take(intent.regions.len());
        { regions }
            .any(|region| pattern.way(intent, &somebody("", 0, a), &somebody("", region, b)) == way)
    });
    let chosen = intent.direct_pairs.first().is_some_and(|pair| {
        pattern.way(intent, &somebody(&pair.a, 0, 0), &somebody(&pair.b, 1, 0)) == way
    });
    classes || chosen
}

fn against(text: String, input: &'static str, change: &'static str) -> Advice {
    Advice {
        sentence: says(ARTICLE, text),
        input,
        change,
    }
}

fn somebody(name: &str, region: usize, environment: usize) -> SpokePlan {
    SpokePlan {
        name: name.to_owned(),
        region,
        environment: Some(environment),
        prefix: Ipv4Net::default(),
        owns_gateway: false,
    }
}
