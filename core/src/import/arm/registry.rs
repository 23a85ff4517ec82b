//! What a template has made so far: resources by id, and where the outputs of its deployments stand.
//!
//! A resource is complete as Azure would answer it, as far as the template says: the named items of its lists have ids, and
//! an address that Azure gives by itself is the first of its subnet once somebody asks for it.
//!
//! | asked | answer |
//! |---|---|
//! | `reference(lb).backendAddressPools[0].id` | the id that the item has by its name |
//! | `reference(firewall).ipConfigurations[0].properties.privateIPAddress` | the first address of its subnet, assumed |
//!
//! Left out: what only Azure knows, as public addresses and keys.

use super::value::{as_members, get, get_text, set};
use crate::import::id;
use crate::json::Value;
use ipnet::Ipv4Net;
use std::collections::{HashMap, HashSet};
use std::net::Ipv4Addr;

#[derive(Debug, Default)]
pub(super) struct Registry {
    /// Resources in the order in which they were made.
    resources: Vec<Value>,
    at: HashMap<String, usize>,
    /// Ids of resources whose condition is false.
    absent: HashSet<String>,
    taken: HashSet<(String, Ipv4Addr)>,
}

impl Registry {
    /// Adds a resource; of one id the last counts.
    pub(super) fn add(&mut self, mut resource: Value) {
        let Some(id) = get_text(&resource, "id").map(str::to_owned) else {
            return;
        };
        name_items(&mut resource, &id);
        match self.at.get(&id::key(&id)).copied() {
            Some(at) => {
                if let Some(known) = self.resources.get_mut(at) {
                    *known = joined(known, resource);
                }
            }
            None => {
                self.at.insert(id::key(&id), self.resources.len());
                self.resources.push(resource);
            }
        }
    }

    pub(super) fn leave_out(&mut self, id: &str) {
        self.absent.insert(id::key(id));
    }

    pub(super) fn is_absent(&self, id: &str) -> bool {
        self.absent.contains(&id::key(id))
    }

    /// A resource, or a child that stands in a list of its parent.
    pub(super) fn get(&self, id: &str) -> Option<&Value> {
        self.own(id).or_else(|| {
            let parent = self.own(id::parent_of(id))?;
            let list = id::type_of(id)?;
            let items = get(get(parent, "properties")?, list.rsplit('/').next()?)?;
            let mut items = super::value::as_list(items)?.iter();
            items.find(|item| {
                get_text(item, "name")
                    .is_some_and(|name| name.eq_ignore_ascii_case(id::name_of(id)))
            })
        })
    }

    fn own(&self, id: &str) -> Option<&Value> {
        self.at
            .get(&id::key(id))
            .and_then(|at| self.resources.get(*at))
    }

    /// The one resource of a name.
    pub(super) fn named(&self, name: &str) -> Option<&Value> {
        self.resources.iter().find(|resource| {
            get_text(resource, "name").is_some_and(|own| own.eq_ignore_ascii_case(name))
        })
    }

    pub(super) fn into_resources(self) -> Vec<Value> {
        self.resources
    }

    pub(super) fn ids(&self) -> HashSet<String> {
        self.at.keys().cloned().collect()
    }

    /// Gives a firewall, NIC or load balancer the addresses that Azure would give it; the id of what was given one.
    pub(super) fn give_addresses(&mut self, id: &str) -> bool {
        const LISTS: [&str; 2] = ["ipConfigurations", "frontendIPConfigurations"];
        let Some(at) = self.at.get(&id::key(id)).copied() else {
            return false;
        };
        let Some(mut resource) = self.resources.get(at).cloned() else {
            return false;
        };
        let mut given = false;
        for list in LISTS {
            given |= self.give_to(&mut resource, list);
        }
        if let Some(known) = self.resources.get_mut(at) {
            *known = resource;
        }
        given
    }

    fn give_to(&mut self, resource: &mut Value, list: &str) -> bool {
        let Some(items) =
            get_mut(resource, "properties").and_then(|properties| get_mut(properties, list))
        else {
            return false;
        };
        let Value::Array(items) = items else {
            return false;
        };
        let mut given = false;
        for properties in items
            .iter_mut()
            .filter_map(|item| get_mut(item, "properties"))
        {
            let known = get_text(properties, "privateIPAddress").is_some_and(|ip| !ip.is_empty());
            let subnet = get(properties, "subnet")
                .and_then(|subnet| get_text(subnet, "id"))
                .map(str::to_owned);
            if let (false, Some(subnet)) = (known, subnet)
                && let Some(ip) = self.first_free(&subnet)
            {
                set(
                    properties,
                    "privateIPAddress",
                    Value::from(ip.to_string().as_str()),
                );
                given = true;
            }
        }
        given
    }

    fn first_free(&mut self, subnet: &str) -> Option<Ipv4Addr> {
        /// The network's own address and three of Azure's.
        const RESERVED: u32 = 4;
        let net = self.range_of(subnet)?;
        let key = id::key(subnet);
        let mut ip = u32::from(net.network()).saturating_add(RESERVED);
        while self.taken.contains(&(key.clone(), ip.into())) {
            ip = ip.saturating_add(1);
        }
        let ip = Ipv4Addr::from(ip);
        self.taken.insert((key, ip));
        net.contains(&ip).then_some(ip)
    }

    /// The range of a subnet that stands on its own or in its VNet.
    fn range_of(&self, subnet: &str) -> Option<Ipv4Net> {
        let range = |node: &Value| {
            let properties = get(node, "properties")?;
            let one = get_text(properties, "addressPrefix");
            let many = get(properties, "addressPrefixes").and_then(|list| {
                super::value::as_list(list)?
                    .first()
                    .map(super::value::text_of)
            });
            one.map(str::to_owned).or(many)?.parse().ok()
        };
        if let Some(found) = self.get(subnet).and_then(range) {
            return Some(found);
        }
        let vnet = self.get(id::parent_of(subnet))?;
        let subnets = super::value::as_list(get(get(vnet, "properties")?, "subnets")?)?;
        let named = |node: &&Value| {
            get_text(node, "name")
                .is_some_and(|name| name.eq_ignore_ascii_case(id::name_of(subnet)))
        };
        subnets.iter().find(named).and_then(range)
    }
}

/// A resource that is deployed twice keeps what only the first said.
fn joined(known: &Value, later: Value) -> Value {
    super::value::union(known, &later, true)
}

pub(super) fn get_mut<'n>(node: &'n mut Value, key: &str) -> Option<&'n mut Value> {
    match node {
        Value::Object(members) => {
            let mut members = members.iter_mut();
            members
                .find(|(name, _)| name.eq_ignore_ascii_case(key))
                .map(|(_, value)| value)
        }
        _ => None,
    }
}

/// Gives the named items of a resource's lists their ids.
fn name_items(resource: &mut Value, id: &str) {
    let Some(properties) = get_mut(resource, "properties") else {
        return;
    };
    let Value::Object(members) = properties else {
        return;
    };
    for (list, value) in members {
        if let Value::Array(items) = value {
            for item in items {
                let name = get_text(item, "name").map(str::to_owned);
                if let (Some(name), None, true) =
                    (name, get(item, "id"), as_members(item).is_some())
                {
                    let own = format!("{id}/{list}/{name}");
                    set(item, "id", Value::from(own.as_str()));
                }
            }
        }
    }
}
