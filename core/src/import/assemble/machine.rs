//! Firewalls, appliances with their load balancers, workloads.
//!
//! The rule: a NIC is an appliance's if it forwards, if a route or a BGP session names its address, or if it stands behind
//! a load balancer whose frontend a route names. Every other NIC of a machine is a workload. A next hop in a known subnet
//! that no NIC has, in an export without NICs, is an appliance that the export lacks; where NICs were read, it is gone.
//!
//! | NIC | becomes |
//! |---|---|
//! | `enableIPForwarding: true` | an appliance |
//! | forwarding off, a next hop of `rt-spokes` | an appliance that does not forward: a finding |
//! | in the pool of a frontend that is a next hop | an appliance with `loadBalancerIp` |
//! | in the pool of another frontend | a workload with `loadBalancerIp` |
//! | of a machine | a workload |
//! | of nobody | nothing, counted |
//!
//! Left out: scale sets, whose NICs stand in no export.

use super::Assembler;
use crate::import::gather::{Balancer, Firewall, Gathered, IpConfiguration, Machine, Nic, Policy};
use crate::import::id;
use crate::import::report::{Place, Verdict};
use crate::spec::{ApplianceKind, ApplianceSpec, FirewallDnsSpec, WorkloadSpec};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What the estate says of machines beside their own resources.
#[derive(Debug, Default)]
struct Hints<'g> {
    /// Addresses that routes and sessions name, with the first place that does.
    next_hops: BTreeMap<String, Place>,
    /// Machines by the id of a NIC.
    machines: HashMap<String, &'g Machine>,
    /// Frontends by the id of a pool: address, subnet, zones.
    frontends: HashMap<String, Vec<Frontend>>,
    /// Pools by the id of an IP configuration or by an address.
    pools: HashMap<String, Vec<String>>,
    /// Names of machines by the id of their IP configuration.
    standing: HashMap<String, (String, IpConfiguration)>,
    /// VNets of which NICs were read.
    with_nics: HashSet<String>,
}

#[derive(Debug, Clone)]
struct Frontend {
    ip: String,
    zones: Vec<String>,
    floating: bool,
}

impl Assembler {
    pub(super) fn add_machines(&mut self, gathered: &Gathered) {
        let policies: HashMap<String, &Policy> = gathered
            .policies
            .iter()
            .map(|policy| (id::key(&policy.head.id), policy))
            .collect();
        let mut seen = HashSet::new();
        for firewall in &gathered.firewalls {
            if firewall.hub.is_none() && seen.insert(id::key(&firewall.head.id)) {
                let of_policy = firewall
                    .policy
                    .as_ref()
                    .and_then(|id| policies.get(&id::key(id)));
                let ranges = firewall.private_ranges.clone();
                let dns = firewall.dns.clone();
                self.add_firewall(
                    firewall,
                    ranges.or_else(|| of_policy.and_then(|one| one.private_ranges.clone())),
                    dns.or_else(|| of_policy.and_then(|one| one.dns.clone())),
                );
            }
        }
        let mut hints = Hints {
            next_hops: next_hops(gathered),
            machines: machines(&gathered.machines),
            ..Hints::default()
        };
        for (configuration, pool) in &gathered.pool_members {
            let pools = hints.pools.entry(id::key(configuration)).or_default();
            pools.push(id::key(pool));
        }
        let unmatched = self.balancers(&gathered.balancers, &mut hints);
        self.add_routing_appliances(gathered);
        self.add_nics(gathered, &mut hints);
        self.add_public_balancers(gathered, &hints.standing);
        self.add_unseen(unmatched, &hints);
    }

    /// Addresses that the export has are taken before any is given out.
    pub(super) fn take_written_addresses(&mut self, gathered: &Gathered) {
        let nics = gathered.nics.iter().flat_map(|nic| &nic.configurations);
        let frontends = gathered.balancers.iter().flat_map(|one| &one.frontends);
        for one in nics.chain(frontends) {
            if let (Some(ip), Some(subnet)) = (&one.ip, &one.subnet) {
                self.take(subnet, ip);
            }
        }
        for firewall in &gathered.firewalls {
            if let (Some(ip), Some(subnet)) = (&firewall.ip, &firewall.subnet) {
                self.take(subnet, ip);
            }
        }
    }

    fn take(&mut self, subnet: &str, ip: &str) {
        let vnet = id::up_to(subnet, "virtualNetworks").unwrap_or_default();
        if let Some(vnet) = self.vnets.name(vnet).map(str::to_owned) {
            let named = id::name_of(subnet);
            let spec = self.vnet_named(&vnet).and_then(|spec| {
                let mut subnets = spec.subnets.iter();
                subnets.find(|one| one.name.eq_ignore_ascii_case(named))
            });
            let subnet = spec.map_or(named, |one| &one.name).to_owned();
            self.addresses.take(&(vnet, subnet), ip);
        }
    }

    fn add_firewall(
        &mut self,
        firewall: &Firewall,
        ranges: Option<Vec<String>>,
        dns: Option<FirewallDnsSpec>,
    ) {
        let place = &firewall.head.place;
        let Some(subnet) = &firewall.subnet else {
            self.say(
                Verdict::Skipped,
                place,
                "the firewall stands in no subnet and in no hub",
            );
            return;
        };
        let Some(at) = self.subnet_of(subnet, place, "the firewall") else {
            return;
        };
        let Some(ip) = self.address(firewall.ip.as_deref(), &at, place, "the firewall") else {
            return;
        };
        let name = self.party(&firewall.head.id, &firewall.head.name);
        self.hold(&at.0, &ip, &name);
        let ranges = ranges.filter(|ranges| {
            !ranges
                .iter()
                .any(|range| range.eq_ignore_ascii_case("IANAPrivateRanges"))
        });
        if firewall.forced_tunnelling {
            self.say(Verdict::Note, place, "the firewall has a management interface: its Internet traffic follows its subnet's routes");
        }
        let firewall_policy = self.firewall_policy(firewall.policy.as_deref(), place);
        // A policy that stands in the estate says it itself.
        let dns_settings = dns.filter(|_| firewall_policy.is_none());
        self.network.appliances.push(ApplianceSpec {
            sku: firewall.tier.clone(),
            private_ranges: ranges,
            public_ips: self.public_ips(&firewall.public_ids),
            firewall_policy,
            dns_settings,
            public_addresses: (firewall.public_addresses > 1).then_some(firewall.public_addresses),
            zones: firewall.zones.clone(),
            capacity_units: firewall.capacity_units,
            ..ApplianceSpec::new(&name, ApplianceKind::AzureFirewall, &at.0, &at.1, &ip)
        });
    }

    fn add_routing_appliances(&mut self, gathered: &Gathered) {
        for appliance in &gathered.routing_appliances {
            let place = &appliance.head.place;
            let Some(at) = appliance
                .subnet
                .as_ref()
                .and_then(|subnet| self.subnet_of(subnet, place, "the routing appliance"))
            else {
                continue;
            };
            let Some(ip) =
                self.address(appliance.ip.as_deref(), &at, place, "the routing appliance")
            else {
                continue;
            };
            let name = self.party(&appliance.head.id, &appliance.head.name);
            self.hold(&at.0, &ip, &name);
            self.network.appliances.push(ApplianceSpec {
                sku: appliance.bandwidth.clone(),
                ..ApplianceSpec::new(&name, ApplianceKind::RoutingAppliance, &at.0, &at.1, &ip)
            });
        }
    }

    pub(super) fn party(&self, id: &str, name: &str) -> String {
        self.parties.name(id).unwrap_or(name).to_owned()
    }

    /// Notes frontends and pools; gives back the frontends of pools without a member.
    fn balancers<'g>(
        &mut self,
        balancers: &'g [Balancer],
        hints: &mut Hints<'_>,
    ) -> Vec<(&'g Balancer, (String, String), Frontend)> {
        let mut all = Vec::new();
        let mut seen = HashSet::new();
        for balancer in balancers {
            let is_whole = !balancer.head.name.is_empty();
            if is_whole && !seen.insert(id::key(&balancer.head.id)) {
                continue;
            }
            let parts = || balancers.iter().filter(|part| is_of(part, balancer));
            for one in &balancer.frontends {
                let Some((at, frontend)) = self.frontend(balancer, one) else {
                    continue;
                };
                for (rule, pool) in parts().flat_map(|part| &part.rules) {
                    if id::name_of(rule).eq_ignore_ascii_case(id::name_of(&one.id)) {
                        hints
                            .frontends
                            .entry(id::key(pool))
                            .or_default()
                            .push(frontend.clone());
                    }
                }
                all.push((balancer, at, frontend));
            }
            for pool in &balancer.pools {
                for member in pool
                    .members
                    .iter()
                    .map(|member| id::key(member))
                    .chain(pool.addresses.iter().cloned())
                {
                    hints
                        .pools
                        .entry(member)
                        .or_default()
                        .push(id::key(&pool.id));
                }
            }
        }
        all
    }

    fn frontend(
        &mut self,
        balancer: &Balancer,
        one: &IpConfiguration,
    ) -> Option<((String, String), Frontend)> {
        let place = &balancer.head.place;
        let at = self.subnet_of(one.subnet.as_deref()?, place, "the load balancer")?;
        let ip = self.address(
            one.ip.as_deref(),
            &at,
            place,
            "the load balancer's frontend",
        )?;
        Some((
            at,
            Frontend {
                ip,
                zones: one.zones.clone(),
                floating: balancer.floating,
            },
        ))
    }

    fn add_nics(&mut self, gathered: &Gathered, hints: &mut Hints<'_>) {
        let mut seen = HashSet::new();
        let mut alone = 0_usize;
        for nic in &gathered.nics {
            if nic.endpoint || !seen.insert(id::key(&nic.head.id)) {
                continue;
            }
            alone = alone.saturating_add(usize::from(!self.add_nic(nic, hints)));
        }
        if alone > 0 {
            *self
                .report
                .skipped
                .entry("microsoft.network/networkinterfaces without a machine".to_owned())
                .or_default() += alone;
        }
    }

    /// Adds a NIC's machine; false for a NIC that nobody has.
    fn add_nic(&mut self, nic: &Nic, hints: &mut Hints<'_>) -> bool {
        let owner = hints.machines.get(&id::key(&nic.head.id)).copied();
        let mut used = false;
        for one in &nic.configurations {
            let Some(subnet) = &one.subnet else {
                continue;
            };
            let frontend = frontend_of(one, hints);
            let written = one.ip.as_deref();
            let is_hop = written.is_some_and(|ip| hints.next_hops.contains_key(ip));
            let behind = frontend
                .as_ref()
                .is_some_and(|frontend| hints.next_hops.contains_key(&frontend.ip));
            let has_machine = owner.is_some() || nic.machine.is_some();
            if !nic.forwards && !is_hop && !behind && !has_machine {
                continue;
            }
            used = true;
            let place = &nic.head.place;
            let Some(at) = self.subnet_of(subnet, place, "the NIC") else {
                continue;
            };
            let Some(ip) = self.address(written, &at, place, "the NIC") else {
                continue;
            };
            hints.with_nics.insert(at.0.clone());
            if nic.forwards || is_hop || behind {
                let why = if is_hop {
                    "a next hop"
                } else {
                    "behind a load balancer that is a next hop"
                };
                if !nic.forwards {
                    self.say(
                        Verdict::Inferred,
                        place,
                        format!("{ip} is {why}: an appliance, whose NIC does not forward"),
                    );
                }
                let name = self.add_appliance(nic, owner, frontend, &at, &ip);
                hints.standing.insert(id::key(&one.id), (name, one.clone()));
                // Further addresses of one NIC are the same appliance.
                break;
            }
            let name = self.add_workload(nic, owner, frontend, &at, &ip);
            hints.standing.insert(id::key(&one.id), (name, one.clone()));
            break;
        }
        used
    }

    /// A machine of one NIC has its own name; of several NICs each has the NIC's.
    fn machine_name(&self, nic: &Nic, owner: Option<&Machine>) -> (String, Option<String>) {
        let owner_id = owner
            .map(|owner| owner.head.id.as_str())
            .or(nic.machine.as_deref());
        let several = owner.is_some_and(|owner| owner.nics.len() > 1);
        let own = || self.party(&nic.head.id, &nic.head.name);
        match owner_id {
            None => (own(), None),
            Some(id) => {
                let machine = self.party(id, id::name_of(id));
                if several {
                    (own(), Some(machine))
                } else {
                    (machine, None)
                }
            }
        }
    }

    fn add_appliance(
        &mut self,
        nic: &Nic,
        owner: Option<&Machine>,
        frontend: Option<Frontend>,
        at: &(String, String),
        ip: &str,
    ) -> String {
        let (name, device) = self.machine_name(nic, owner);
        self.hold(&at.0, ip, &name);
        if let Some(frontend) = &frontend {
            self.hold(&at.0, &frontend.ip, &name);
        }
        let group = self.group_name(nic.security_group.as_deref(), &nic.head.place);
        let public = u32::try_from(public_ids(nic).len()).ok();
        self.network.appliances.push(ApplianceSpec {
            public_addresses: public.filter(|count| *count > 0),
            public_ips: self.public_ips(&public_ids(nic)),
            network_security_group: group,
            application_security_groups: self.application_groups_of(nic),
            ip_forwarding: nic.forwards,
            running: owner.is_none_or(|owner| owner.running),
            sku: owner.and_then(|owner| owner.size.clone()),
            zones: owner.map(|owner| owner.zones.clone()).unwrap_or_default(),
            load_balancer_zones: frontend
                .as_ref()
                .map(|frontend| frontend.zones.clone())
                .unwrap_or_default(),
            load_balancer_ip: frontend.map(|frontend| frontend.ip),
            device,
            ..ApplianceSpec::new(&name, ApplianceKind::Nva, &at.0, &at.1, ip)
        });
        name
    }

    fn application_groups_of(&self, nic: &Nic) -> Vec<String> {
        let groups = nic.application_groups.iter();
        groups.map(|id| self.application_group(id)).collect()
    }

    fn add_workload(
        &mut self,
        nic: &Nic,
        owner: Option<&Machine>,
        frontend: Option<Frontend>,
        at: &(String, String),
        ip: &str,
    ) -> String {
        let (name, _) = self.machine_name(nic, owner);
        self.hold(&at.0, ip, &name);
        let group = self.group_name(nic.security_group.as_deref(), &nic.head.place);
        self.network.workloads.push(WorkloadSpec {
            name: name.clone(),
            vnet: at.0.clone(),
            subnet: at.1.clone(),
            ip: ip.to_owned(),
            network_security_group: group,
            public_ip: self.public_ips(&public_ids(nic)).into_iter().next(),
            application_security_groups: self.application_groups_of(nic),
            floating_ip: frontend.as_ref().is_some_and(|frontend| frontend.floating),
            load_balancer_ip: frontend.map(|frontend| frontend.ip),
        });
        name
    }

    /// Next hops that no NIC and no firewall has: a load balancer's frontend, or an appliance that the export lacks.
    fn add_unseen(
        &mut self,
        frontends: Vec<(&Balancer, (String, String), Frontend)>,
        hints: &Hints<'_>,
    ) {
        for (balancer, at, frontend) in frontends {
            let hop = hints.next_hops.get(&frontend.ip);
            if let (Some(_), None) = (hop, self.holder(&frontend.ip, Some(&at.0))) {
                self.say(
                    Verdict::Inferred,
                    &balancer.head.place,
                    format!("{} is a next hop, and no machine behind the load balancer is known: one appliance stands for them", frontend.ip),
                );
                let name = self.party(&balancer.head.id, &balancer.head.name);
                self.push_unseen(&name, &at, &frontend.ip);
            }
        }
        for (ip, place) in &hints.next_hops {
            if self.holder(ip, None).is_none() {
                self.add_unseen_hop(ip, place, hints);
            }
        }
    }

    fn add_unseen_hop(&mut self, ip: &str, place: &Place, hints: &Hints<'_>) {
        let Some(at) = self.subnet_with(ip) else {
            self.say(
                Verdict::Stub,
                place,
                format!("the next hop {ip} lies in no subnet of any file"),
            );
            return;
        };
        if hints.with_nics.contains(&at.0) {
            self.say(
                Verdict::Contradictory,
                place,
                format!(
                    "the next hop {ip} lies in {} of {}, whose NICs were read, and none has it",
                    at.1, at.0
                ),
            );
            return;
        }
        self.say(
            Verdict::Inferred,
            place,
            format!(
                "the next hop {ip} is an appliance in {} of {}, which no file has",
                at.1, at.0
            ),
        );
        let name = self.parties.add(ip, &format!("appliance {ip}"));
        self.push_unseen(&name, &at, ip);
    }

    fn push_unseen(&mut self, name: &str, at: &(String, String), ip: &str) {
        self.hold(&at.0, ip, name);
        self.network.appliances.push(ApplianceSpec::new(
            name,
            ApplianceKind::Nva,
            &at.0,
            &at.1,
            ip,
        ));
    }

    /// The one subnet that has an address; none where VNets overlap.
    pub(super) fn subnet_with(&self, ip: &str) -> Option<(String, String)> {
        let ip: std::net::Ipv4Addr = ip.parse().ok()?;
        let mut found = self.network.vnets.iter().flat_map(|vnet| {
            let has = move |prefix: &str| {
                prefix
                    .parse::<ipnet::Ipv4Net>()
                    .is_ok_and(|net| net.contains(&ip))
            };
            let subnets = vnet
                .subnets
                .iter()
                .filter(move |subnet| has(&subnet.prefix));
            subnets.map(|subnet| (vnet.name.clone(), subnet.name.clone()))
        });
        let first = found.next();
        if found.next().is_some() { None } else { first }
    }
}

fn public_ids(nic: &Nic) -> Vec<String> {
    let addresses = nic.configurations.iter();
    addresses
        .filter_map(|one| one.public_address.clone())
        .collect()
}

fn machines(machines: &[Machine]) -> HashMap<String, &Machine> {
    let of = |machine| move |nic: &String| (id::key(nic), machine);
    machines
        .iter()
        .flat_map(|machine: &Machine| machine.nics.iter().map(of(machine)))
        .collect()
}

/// Every address that a route of a table, of a connection or of the network manager, or a BGP session names.
fn next_hops(gathered: &Gathered) -> BTreeMap<String, Place> {
    let mut all = BTreeMap::new();
    for table in &gathered.tables {
        let hops: BTreeSet<&String> = table
            .spec
            .routes
            .iter()
            .filter_map(|route| route.next_hop_ip_address.as_ref())
            .collect();
        for ip in hops {
            all.entry(ip.clone())
                .or_insert_with(|| table.head.place.clone());
        }
    }
    for connection in &gathered.hub_connections {
        for route in &connection.routes {
            all.entry(route.next_hop_ip.clone())
                .or_insert_with(|| connection.place.clone());
        }
    }
    for session in &gathered.sessions {
        all.extend(session.ip.clone().map(|ip| (ip, session.place.clone())));
    }
    all
}

/// Whether this is a load balancer, or a part of it that stands on its own.
fn is_of(part: &Balancer, balancer: &Balancer) -> bool {
    id::key(&part.head.id) == id::key(&balancer.head.id)
}

/// The frontend that a NIC stands behind; of several, one that is a next hop.
fn frontend_of(one: &IpConfiguration, hints: &Hints<'_>) -> Option<Frontend> {
    let by_address = one.ip.as_ref().and_then(|ip| hints.pools.get(ip));
    let by_pool = hints.pools.get(&id::key(&one.id));
    let pools = one.pools.iter().map(|pool| id::key(pool));
    let pools = pools.chain(by_pool.into_iter().chain(by_address).flatten().cloned());
    let frontends: Vec<&Frontend> = pools
        .filter_map(|pool| hints.frontends.get(&pool))
        .flatten()
        .collect();
    let hop = frontends
        .iter()
        .find(|frontend| hints.next_hops.contains_key(&frontend.ip));
    hop.or(frontends.first())
        .map(|frontend| (*frontend).clone())
}
