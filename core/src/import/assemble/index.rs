//! What an id is called, and which addresses of a subnet are taken.
//!
//! Azure keeps the first four addresses and the last of a subnet; what it gives by itself begins after them.
//!
//! | subnet | taken | next |
//! |---|---|---|
//! | 10.0.1.0/26 | | 10.0.1.4 |
//! | 10.0.1.0/26 | 10.0.1.4, 10.0.1.5 | 10.0.1.6 |
//!
//! Left out: IPv6.

use crate::import::id;
use ipnet::Ipv4Net;
use std::collections::{HashMap, HashSet};
use std::net::Ipv4Addr;

/// Names by resource id, whatever the case of the id.
#[derive(Debug, Default)]
pub(super) struct Index {
    names: HashMap<String, String>,
    /// The ids of what stands under one provider's path: they differ by subscription and group.
    alike: HashMap<String, Vec<String>>,
}

impl Index {
    pub(super) fn of(names: HashMap<String, String>) -> Self {
        let mut index = Self::default();
        let mut sorted: Vec<_> = names.into_iter().collect();
        sorted.sort_unstable();
        for (key, name) in sorted {
            index.put(key, name);
        }
        index
    }

    fn put(&mut self, key: String, name: String) {
        let path = path_of(&key).to_owned();
        self.alike.entry(path).or_default().push(key.clone());
        self.names.insert(key, name);
    }

    /// What an id is called. A resource that a template or plan makes has no subscription or group yet, or one that a
    /// parameter without a value stands for: it is the one that an id of the same path means, where there is one such.
    pub(super) fn name(&self, id: &str) -> Option<&str> {
        let key = id::key(id);
        self.names
            .get(&key)
            .or_else(|| {
                let alike = self.alike.get(path_of(&key))?.iter();
                let mut meant = alike.filter(|known| may_be_one(known, &key));
                let one = meant.next()?;
                meant.next().is_none().then(|| self.names.get(one))?
            })
            .map(String::as_str)
    }

    pub(super) fn has_name(&self, name: &str) -> bool {
        self.names
            .values()
            .any(|known| known.eq_ignore_ascii_case(name))
    }

    /// Gives a further id a name that nobody has, and says it.
    pub(super) fn add(&mut self, id: &str, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2_u32;
        while self.has_name(&name) {
            name = format!("{wanted} ({number})");
            number = number.saturating_add(1);
        }
        self.put(id::key(id), name.clone());
        name
    }

    /// All ids and names.
    pub(super) fn all(&self) -> impl Iterator<Item = (String, String)> {
        self.names
            .iter()
            .map(|(id, name)| (id.clone(), name.clone()))
    }
}

/// What follows the provider; a stand-in for a whole id is its name.
fn path_of(key: &str) -> &str {
    match key.rsplit_once("/providers/") {
        Some((_, path)) if path.ends_with('>') => id::name_of(path),
        Some((_, path)) => path,
        None => key,
    }
}

/// Whether two ids of one path may be one resource: each of subscription and group is the same, or not known of one.
fn may_be_one(one: &str, other: &str) -> bool {
    ["subscriptions", "resourcegroups"].iter().all(|segment| {
        match (
            id::segment_after(one, segment),
            id::segment_after(other, segment),
        ) {
            (Some(one), Some(other)) => one == other || is_unknown(one) || is_unknown(other),
            _ => true,
        }
    })
}

/// What stands for a subscription or group in templates and plans.
fn is_unknown(segment: &str) -> bool {
    segment == "-"
        || segment == "00000000-0000-0000-0000-000000000000"
        || segment == "resource-group"
        || segment.starts_with("resource-group of ")
        || segment.contains('<')
}

/// The addresses that are taken, by VNet and subnet.
#[derive(Debug, Default)]
pub(super) struct Addresses(HashMap<(String, String), HashSet<Ipv4Addr>>);

impl Addresses {
    pub(super) fn take(&mut self, at: &(String, String), ip: &str) {
        if let Ok(ip) = ip.parse() {
            self.0.entry(at.clone()).or_default().insert(ip);
        }
    }

    /// Takes the first that is free.
    pub(super) fn next(&mut self, at: &(String, String), range: &str) -> Option<String> {
        /// The network's own address and three for Azure: <https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq>.
        const RESERVED: usize = 4;
        let net: Ipv4Net = range.parse().ok()?;
        let taken = self.0.entry(at.clone()).or_default();
        let mut addresses = net
            .trunc()
            .subnets(32)
            .ok()?
            .skip(RESERVED)
            .map(|one| one.network());
        let free = addresses.find(|ip| *ip != net.broadcast() && !taken.contains(ip))?;
        taken.insert(free);
        Some(free.to_string())
    }
}
