//! What is referred to and stands in no file: kept as a stub, with as much as its references say.
//!
//! The rule: nothing that refers to a stub is lost with it. A stub has a name, and the region of who refers to it; what
//! only its own resource says, as ranges, routes and rules, is empty, and the topology says what that means.
//!
//! | referred to by | stub |
//! |---|---|
//! | a peering, a hub's connection, a subnet on its own | a VNet |
//! | a NIC, a firewall, a private endpoint | a subnet without a range |
//! | a route on its own | its route table |
//! | a connection of two gateways | a gateway, in a VNet of its own |
//! | a connection to a local network gateway, a VPN connection | a site |
//! | a hub's connection, gateway or firewall | a hub |
//!
//! Left out: Route Servers, whose VNet nothing but their own child says.

use super::Assembler;
use crate::import::gather::{Connection, Gathered, Head, Hub, Remote, Vnet};
use crate::import::id;
use crate::import::report::{Place, Verdict};
use crate::spec::{GatewayKind, GatewaySpec, RoutingPreference, SubnetSpec, VnetSpec};
use std::collections::HashSet;

impl Assembler {
    fn say_stub(&mut self, name: &str, place: &Place) {
        self.report.stubs.push(name.to_owned());
        self.say(
            Verdict::Stub,
            place,
            format!(
                "the VNet {name:?} is referred to and stands in no file; it is drawn as a stub, in the region of its peer"
            ),
        );
    }

    /// A VNet of which only subnets were read.
    pub(super) fn stub_of_children(&mut self, id: &str, place: &Place) -> Vnet {
        let name = self.vnets.add(id, id::name_of(id));
        self.say_stub(&name, place);
        Vnet {
            head: Head::of_stub(id, name, place),
            prefixes: Vec::new(),
            summarized: None,
            dns_servers: Vec::new(),
            endpoint_policies: crate::spec::PrivateEndpointVnetPolicies::Disabled,
            subnets: Vec::new(),
            weight: 0,
        }
    }

    /// The name of a VNet; one that no file has becomes a stub.
    pub(super) fn vnet_or_stub(&mut self, id: &str, space: &[String], place: &Place) -> String {
        if let Some(name) = self.vnets.name(id) {
            return name.to_owned();
        }
        let name = self.vnets.add(id, id::name_of(id));
        self.say_stub(&name, place);
        self.push_vnet(VnetSpec {
            name: name.clone(),
            region: String::new(),
            prefixes: space.to_vec(),
            ..VnetSpec::default()
        });
        name
    }

    /// VNet and subnet that an id of a subnet names; what no file has becomes a stub.
    pub(super) fn subnet_of(
        &mut self,
        subnet: &str,
        place: &Place,
        what: &str,
    ) -> Option<(String, String)> {
        let named = id::name_of(subnet);
        let Some(vnet_id) = id::up_to(subnet, "virtualNetworks") else {
            let message = format!("{what} stands in {named:?}, which is no subnet; it is left out");
            self.say(Verdict::Skipped, place, message);
            return None;
        };
        let vnet = self.vnet_or_stub(vnet_id, &[], place);
        let known = self.vnet_named(&vnet).and_then(|vnet| {
            let mut subnets = vnet.subnets.iter();
            subnets.find(|subnet| subnet.name.eq_ignore_ascii_case(named))
        });
        if let Some(known) = known {
            return Some((vnet, known.name.clone()));
        }
        self.say(
            Verdict::Stub,
            place,
            format!("{what} stands in the subnet {named:?} of {vnet:?}, which no file has; it has no range here"),
        );
        let at = self.positions.get(&vnet).copied();
        if let Some(spec) = at.and_then(|at| self.network.vnets.get_mut(at)) {
            spec.subnets.push(SubnetSpec {
                name: named.to_owned(),
                ..SubnetSpec::default()
            });
        }
        Some((vnet, named.to_owned()))
    }

    /// Gateways that connections name and no file has.
    pub(super) fn add_stub_gateways(&mut self, connections: &[Connection]) {
        for connection in connections {
            for id in [&connection.first, &connection.second]
                .into_iter()
                .flatten()
            {
                if self.parties.name(id).is_none() {
                    self.add_stub_gateway(id, connection);
                }
            }
        }
    }

    fn add_stub_gateway(&mut self, id: &str, connection: &Connection) {
        let name = self.parties.add(id, id::name_of(id));
        self.say(
            Verdict::Stub,
            &connection.head.place,
            format!("the gateway {name:?} at one end of the connection stands in no file; it is a stub in a VNet of its own"),
        );
        let vnet = self.vnet_or_stub(&format!("VNet of {name}"), &[], &connection.head.place);
        let kind = if connection.circuit.is_some() {
            GatewayKind::ExpressRoute
        } else {
            GatewayKind::Vpn
        };
        self.network
            .gateways
            .push(GatewaySpec::new(&name, kind, &vnet));
    }

    /// The site of a local network gateway or VPN site that no file has: its name alone.
    pub(super) fn stub_site(&mut self, id: &str, place: &Place) -> Remote {
        let name = match self.parties.name(id) {
            Some(name) => name.to_owned(),
            None => self.parties.add(id, id::name_of(id)),
        };
        let message = format!("the site {name:?} stands in no file; its ranges are not known");
        self.say(Verdict::Stub, place, message);
        Remote {
            head: Head::of_stub(id, name, place),
            prefixes: Vec::new(),
            asn: None,
            public_ip: None,
        }
    }

    /// Hubs of which only connections, gateways or firewalls were read.
    pub(super) fn gather_stub_hubs(&mut self, gathered: &mut Gathered) {
        let connections = gathered.hub_connections.iter();
        let mut referred: Vec<(String, Place)> = connections
            .map(|one| (one.hub.clone(), one.place.clone()))
            .collect();
        let of = |hub: &Option<String>, head: &Head| Some((hub.clone()?, head.place.clone()));
        referred.extend(
            gathered
                .hub_vpns
                .iter()
                .filter_map(|one| of(&one.hub, &one.head)),
        );
        referred.extend(
            gathered
                .hub_circuits
                .iter()
                .filter_map(|one| of(&one.hub, &one.head)),
        );
        referred.extend(
            gathered
                .firewalls
                .iter()
                .filter_map(|one| of(&one.hub, &one.head)),
        );
        let hubs = gathered.hubs.iter();
        let mut known: HashSet<String> = hubs.map(|hub| id::key(&hub.head.id)).collect();
        for (id, place) in referred {
            if known.insert(id::key(&id)) {
                let message = format!(
                    "the hub {:?} is referred to and stands in no file; it is a stub, whose range is not known",
                    id::name_of(&id)
                );
                self.say(Verdict::Stub, &place, message);
                gathered.hubs.push(stub_hub(id, place));
            }
        }
    }
}

fn stub_hub(id: String, place: Place) -> Hub {
    Hub {
        head: Head::of_stub(&id, id::name_of(&id).to_owned(), &place),
        wan: Some(String::new()),
        prefix: None,
        preference: RoutingPreference::default(),
        router_ips: Vec::new(),
        asn: None,
        branch_to_branch: false,
        routing_units: None,
    }
}
