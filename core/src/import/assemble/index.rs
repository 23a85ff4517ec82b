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
pub(super) struct Index(HashMap<String, String>);

impl Index {
    pub(super) fn of(names: HashMap<String, String>) -> Self {
        Self(names)
    }

    /// What an id is called. A resource that a template or plan makes has no subscription yet: it is the one that an id of
    /// the same group and name means.
    pub(super) fn name(&self, id: &str) -> Option<&str> {
        let key = id::key(id);
        let found = self.0.get(&key).or_else(|| {
            let (_, rest) = key.strip_prefix("/subscriptions/")?.split_once('/')?;
            let made = |subscription| self.0.get(&format!("/subscriptions/{subscription}/{rest}"));
            made("-").or_else(|| made("00000000-0000-0000-0000-000000000000"))
        });
        found.map(String::as_str)
    }

    pub(super) fn has_name(&self, name: &str) -> bool {
        self.0
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
        self.0.insert(id::key(id), name.clone());
        name
    }

    /// All ids and names.
    pub(super) fn all(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().map(|(id, name)| (id.clone(), name.clone()))
    }
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
