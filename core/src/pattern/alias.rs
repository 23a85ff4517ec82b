//! Which patterns are one and the same design for this Intent.
//!
//! The rule: two blueprints that have the same networks, peerings, tables, machines and groups, whatever those are
//! called, are one design. The first of them in the catalogue stands for all; the others are its aliases, each with what
//! would part them.
//!
//! | default Intent | aliases |
//! |---|---|
//! | `hub-firewall` | `hub-selective`: a chosen direct pair would part them |
//! | `vwan-secured` | `vwan-selective`: the same |
//!
//! Left out: designs that cost and do the same by other parts.

use super::Pattern;
use super::sketch::Sketch;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A number that two networks share where they are the same whatever their groups are called.
#[must_use]
pub fn fingerprint(sketch: &Sketch) -> u64 {
    let network = &sketch.spec;
    let mut hasher = DefaultHasher::new();
    (&network.peerings, &network.vnets, &network.route_tables).hash(&mut hasher);
    (
        &network.appliances,
        &network.gateways,
        &network.bgp_peerings,
    )
        .hash(&mut hasher);
    (&network.tunnels, &network.circuits, &network.virtual_wan).hash(&mut hasher);
    (&network.private_endpoints, &network.network_security_groups).hash(&mut hasher);
    let meshes: BTreeSet<BTreeSet<&String>> = sketch
        .meshes
        .iter()
        .map(|mesh| mesh.iter().collect())
        .collect();
    meshes.hash(&mut hasher);
    if let Some(manager) = &network.avnm {
        for one in &manager.configurations {
            let groups = manager
                .groups
                .iter()
                .filter(|group| one.groups.contains(&group.name));
            let members: Vec<&Vec<String>> = groups.map(|group| &group.members).collect();
            (&one.topology, &one.hub, members).hash(&mut hasher);
            [one.direct_connectivity, one.global_mesh].hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// An alias of a pattern, and what would part them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    /// The pattern that is the same design.
    pub pattern: Pattern,
    /// What would make it another.
    pub apart_by: &'static str,
}

/// The patterns that stand for themselves, each with its aliases, of patterns with their fingerprints; what has none
/// (nothing was built) is a design of its own.
#[must_use]
pub fn aliases(designs: &[(Pattern, Option<u64>)]) -> Vec<(Pattern, Vec<Alias>)> {
    let mut found: Vec<(Pattern, Option<u64>, Vec<Alias>)> = Vec::new();
    let mut sorted = designs.to_vec();
    sorted.sort();
    for (pattern, print) in sorted {
        let same = found
            .iter_mut()
            .find(|(_, held, _)| print.is_some() && *held == print);
        match same {
            Some((first, _, aliases)) => aliases.push(Alias {
                pattern,
                apart_by: apart(*first, pattern),
            }),
            None => found.push((pattern, print, Vec::new())),
        }
    }
    found
        .into_iter()
        .map(|(pattern, _, aliases)| (pattern, aliases))
        .collect()
}

/// What an Intent would have to say so that two patterns build otherwise: what the more special of them answers to.
const fn apart(one: Pattern, other: Pattern) -> &'static str {
    let (a, b) = (one.definition().apart_by, other.definition().apart_by);
    if b.is_empty() { a } else { b }
}
