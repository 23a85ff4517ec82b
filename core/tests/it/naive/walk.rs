//! Packets and round trips, from section 1's pseudo-code.
//!
//! A packet stands at a NIC (a subnet's host or an appliance), at a gateway or at a site. Each step asks the table
//! of where it stands; nothing is remembered but who passed it and who translated its source.

use super::net::{Net, is_private, net, nets};
use super::ports::Header;
use super::{Far, Naive, Row};
use interspoke_core::spec::{
    ApplianceKind, ApplianceSpec, Direction, DnatSpec, GatewayKind, GatewaySpec, Protocol, SiteSpec,
};
use std::net::Ipv4Addr;

/// How a packet ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Delivered,
    Dropped(&'static str),
    Loop,
    /// Left out of random estates: see [`Naive::lenient`].
    Unsaid,
}

impl End {
    /// The part that both simulators must agree on.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Dropped(_) => "dropped",
            Self::Loop => "loop",
            Self::Unsaid => "unsaid",
        }
    }
}

/// Where a packet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand<'a> {
    Host {
        vnet: &'a str,
        subnet: &'a str,
    },
    Appliance(&'a str),
    Gateway(&'a str),
    Site(&'a str),
    /// A stranger.
    Internet,
}

/// Where a packet arrived, which is where its reply starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival<'a> {
    At(Stand<'a>),
    Endpoint,
    Internet,
}

/// A packet's way.
pub(crate) struct Way<'a> {
    pub(crate) end: End,
    /// Names of the machines and gateways that forwarded it.
    pub(crate) forwarders: Vec<&'a str>,
    /// Source in the header at the end.
    source: Ipv4Addr,
    /// Destination in the header at the end.
    destination: Ipv4Addr,
    /// Machines that translated the destination.
    published_by: Vec<&'a str>,
    /// Appliances that translated the source: name, source before.
    translations: Vec<(&'a str, Ipv4Addr)>,
    arrival: Option<Arrival<'a>>,
}

/// A flow's request and reply.
pub(crate) struct Trip<'a> {
    pub(crate) request: Way<'a>,
    /// Absent where the request does not arrive, or where nothing needs to be asked for the reply.
    pub(crate) reply: Option<Way<'a>>,
    pub(crate) reachable: bool,
}

impl Trip<'_> {
    /// Whether it meets what is left out of random estates.
    pub(crate) fn is_unsaid(&self) -> bool {
        let reply = self.reply.as_ref().map(|reply| reply.end);
        self.request.end == End::Unsaid || reply == Some(End::Unsaid)
    }
}

/// What a step leads to.
enum Step<'a> {
    To(Stand<'a>),
    Arrive(Arrival<'a>),
    Drop(&'static str),
    Unsaid,
}
use Step::{Arrive, Drop, To, Unsaid};

impl<'a> Naive<'a> {
    /// One direction alone.
    pub(crate) fn one_way(
        &self,
        source: Ipv4Addr,
        destination: Ipv4Addr,
        protocol: Protocol,
        port: Option<u16>,
    ) -> Option<Way<'a>> {
        let stranger = || (!is_private(source)).then_some(Stand::Internet);
        let start = self.whose(source).or_else(stranger)?;
        let header = Header {
            source,
            destination,
            protocol,
            port,
        };
        Some(self.walk(start, header, None))
    }

    /// Request and reply. `None` where nothing of the estate has the source address.
    pub(crate) fn round_trip(
        &self,
        source: Ipv4Addr,
        destination: Ipv4Addr,
        protocol: Protocol,
        port: Option<u16>,
    ) -> Option<Trip<'a>> {
        let request = self.one_way(source, destination, protocol, port)?;
        let Some(arrival) = request.arrival else {
            return Some(Trip {
                request,
                reply: None,
                reachable: false,
            });
        };
        let mut machines = request
            .forwarders
            .iter()
            .filter_map(|name| self.appliance(name));
        let (start, first) = match (arrival, request.translations.last(), machines.next_back()) {
            (Arrival::At(start), ..) => (start, None),
            (Arrival::Internet, Some((machine, _)), _) => {
                (Stand::Appliance(machine), Some(*machine))
            }
            // The platform answers an endpoint's client past whatever forwarded last (2.9.4), and fails where the last appliance stands
            // in the VNet of the source it sees (2.9.5).
            (Arrival::Endpoint, ..) if request.forwarders.is_empty() => {
                return Some(Trip {
                    request,
                    reply: None,
                    reachable: true,
                });
            }
            (Arrival::Endpoint, _, nic) => {
                let seen = self
                    .whose(request.source)
                    .and_then(|stand| self.vnet_of(stand));
                let beside = |nic: &ApplianceSpec| seen == Some(&nic.vnet);
                if request.translations.is_empty() && nic.is_some_and(beside) {
                    return Some(Trip {
                        request,
                        reply: None,
                        reachable: false,
                    });
                }
                let last = *request.forwarders.last().unwrap();
                let stand = self
                    .appliance(last)
                    .map_or(Stand::Gateway(last), |_| Stand::Appliance(last));
                (stand, Some(last))
            }
            // The platform translated a host's address.
            (Arrival::Internet, None, _) => {
                return Some(Trip {
                    request,
                    reply: None,
                    reachable: true,
                });
            }
        };
        let back = Header {
            source: request.destination,
            destination: request.source,
            protocol,
            port,
        };
        let reply = self.walk(start, back, Some(&request));
        // A TCP connection needs both directions at each device that tracks it (5.6, F2).
        let half_seen = |name: &&str| {
            let tracks = self.appliance(name).is_some_and(ApplianceSpec::is_stateful);
            tracks && !reply.forwarders.contains(name) && first != Some(*name)
        };
        let asymmetric = protocol == Protocol::Tcp && request.forwarders.iter().any(half_seen);
        // Whoever made another destination of it must see the answer: it comes from an address that nobody asked (5.3).
        let past = |name: &&str| !reply.forwarders.contains(name) && first != Some(*name);
        let mistaken = request.published_by.iter().any(past);
        let reachable = reply.end == End::Delivered && !asymmetric && !mistaken;
        Some(Trip {
            request,
            reply: Some(reply),
            reachable,
        })
    }

    /// Sessions of Route Servers that a user-defined route has a say about, by the appliance, and whether the packets of both
    /// ends arrive.
    pub(crate) fn sessions(&self) -> Vec<(&'a str, bool)> {
        let mut found = Vec::new();
        for session in &self.spec.bgp_peerings {
            let server = self.gateway(&session.speaker).unwrap();
            let nic = self.appliance(&session.appliance).unwrap();
            let near: Ipv4Addr = server.instance_ips[0].parse().unwrap();
            let far: Ipv4Addr = nic.ip.parse().unwrap();
            let table = self
                .subnet(&nic.vnet, &nic.subnet)
                .and_then(|subnet| subnet.route_table.as_ref());
            let mut tables = self.spec.route_tables.iter();
            let table = tables.find(|known| Some(&known.name) == table);
            let mut routes = table.iter().flat_map(|table| &table.routes);
            let led = routes.any(|route| net(&route.prefix).is_some_and(|net| net.has(near)));
            let known = self.is_up(near, far);
            if let (true, Some(up)) = (led, known) {
                found.push((session.appliance.as_str(), up));
            }
        }
        found
    }

    /// Whether a session between two addresses is up: no end's packets are lost, and rules let one of the ends begin. `None` where
    /// a way is left open.
    fn is_up(&self, near: Ipv4Addr, far: Ipv4Addr) -> Option<bool> {
        let ends = [(near, far), (far, near)].map(|(from, to)| {
            let way = self.one_way(from, to, Protocol::Tcp, Some(179));
            way.map(|way| way.end)
        });
        let begins = Some(End::Delivered);
        let ruled = Some(End::Dropped("rule"));
        let kept = ends.iter().all(|end| *end == begins || *end == ruled);
        (!ends.contains(&Some(End::Unsaid))).then(|| kept && ends.contains(&begins))
    }

    /// Every session of a Route Server by its appliance, and whether it is up; `None` where that is left open.
    pub(super) fn all_sessions(&self) -> Vec<(&'a str, Option<bool>)> {
        let sessions = self.spec.bgp_peerings.iter().map(|session| {
            let server = self.gateway(&session.speaker).unwrap();
            let nic = self.appliance(&session.appliance).unwrap();
            let near: Ipv4Addr = server.instance_ips[0].parse().unwrap();
            let far: Ipv4Addr = nic.ip.parse().unwrap();
            (session.appliance.as_str(), self.is_up(near, far))
        });
        sessions.collect()
    }

    fn appliance(&self, name: &str) -> Option<&'a ApplianceSpec> {
        self.spec.appliances.iter().find(|nic| nic.name == name)
    }

    fn gateway(&self, name: &str) -> Option<&'a GatewaySpec> {
        self.spec
            .gateways
            .iter()
            .find(|gateway| gateway.name == name)
    }

    fn vnet_of(&self, stand: Stand<'a>) -> Option<&'a str> {
        match stand {
            Stand::Host { vnet, .. } => Some(vnet),
            Stand::Appliance(name) => Some(&self.appliance(name)?.vnet),
            Stand::Gateway(name) => Some(&self.gateway(name)?.vnet),
            Stand::Site(_) | Stand::Internet => None,
        }
    }

    /// Who has an address: an appliance, a host of a subnet, a site's host.
    fn whose(&self, address: Ipv4Addr) -> Option<Stand<'a>> {
        let mut vnets = self
            .spec
            .vnets
            .iter()
            .filter(|vnet| nets(&vnet.prefixes).iter().any(|p| p.has(address)));
        if let Some(vnet) = vnets.next() {
            return self.owner(&vnet.name, address);
        }
        let longest = |site: &SiteSpec| {
            let own = nets(&site.prefixes).into_iter();
            own.filter(|p| p.has(address)).map(|p| p.length).max()
        };
        let sites = self.spec.sites.iter();
        let (_, site) = sites
            .filter_map(|site| Some((longest(site)?, site)))
            .max_by_key(|(length, _)| *length)?;
        Some(Stand::Site(&site.name))
    }

    fn in_a_vnet(&self, address: Ipv4Addr) -> bool {
        let mut vnets = self.spec.vnets.iter();
        vnets.any(|vnet| nets(&vnet.prefixes).iter().any(|p| p.has(address)))
    }

    /// Who has an address inside a VNet.
    fn owner(&self, vnet: &str, address: Ipv4Addr) -> Option<Stand<'a>> {
        let text = address.to_string();
        if let Some(nic) = self
            .spec
            .appliances
            .iter()
            .find(|nic| nic.vnet == vnet && nic.ip == text)
        {
            return Some(Stand::Appliance(&nic.name));
        }
        let vnet = self.vnet(vnet)?;
        let subnet = vnet
            .subnets
            .iter()
            .find(|s| net(&s.prefix).is_some_and(|p| p.has(address)))?;
        Some(Stand::Host {
            vnet: &vnet.name,
            subnet: &subnet.name,
        })
    }

    /// Both objects exist, are connected and allow access (4.1, 4.2).
    fn may_cross(&self, from: &str, to: &str) -> bool {
        let allows = |a: &str, b: &str| {
            self.link(a, b)
                .is_some_and(|link| link.allow_virtual_network_access)
        };
        from == to || self.is_connected(from, to) && allows(from, to) && allows(to, from)
    }

    fn walk(&self, start: Stand<'a>, header: Header, request: Option<&Way<'a>>) -> Way<'a> {
        let Header {
            source,
            destination,
            protocol,
            port,
        } = header;
        let mut way = Way {
            end: End::Loop,
            forwarders: Vec::new(),
            source,
            destination,
            published_by: Vec::new(),
            translations: Vec::new(),
            arrival: None,
        };
        let mut packet = Packet {
            source,
            destination,
            protocol,
            port,
            is_reply: request.is_some(),
        };
        let mut undone = request
            .map(|request| request.translations.clone())
            .unwrap_or_default();
        let mut seen = Vec::new();
        let mut stand = start;
        if let Stand::Appliance(name) = start {
            if !self.appliance(name).unwrap().running {
                way.end = End::Dropped("stopped");
                return way;
            }
            self.translate_back(name, &mut packet, &mut undone);
        }
        loop {
            let mark = (stand, packet.source, packet.destination);
            if seen.contains(&mark) || seen.len() > 64 {
                return way;
            }
            seen.push(mark);
            let step = self.step(stand, &packet);
            if !self.rules_let(stand, &step, &packet) {
                way.end = End::Dropped("rule");
                return way;
            }
            stand = match step {
                Unsaid => {
                    way.end = End::Unsaid;
                    return way;
                }
                Drop(why) => {
                    way.end = End::Dropped(why);
                    return way;
                }
                Arrive(Arrival::At(Stand::Appliance(name)))
                    if undone.last().is_some_and(|(machine, _)| *machine == name) =>
                {
                    Stand::Appliance(name)
                }
                Arrive(arrival) => {
                    if arrival == Arrival::Internet
                        && let Stand::Appliance(name) = stand
                    {
                        way.translations.push((name, packet.source));
                        packet.source = self.appliance(name).unwrap().ip.parse().unwrap();
                    }
                    way.end = End::Delivered;
                    way.arrival = Some(arrival);
                    way.source = packet.source;
                    way.destination = packet.destination;
                    return way;
                }
                To(next) => next,
            };
            match stand {
                Stand::Appliance(name) => {
                    way.forwarders.push(name);
                    // What comes back as it left goes round, whatever rules would say of it now.
                    let back = (stand, packet.source, packet.destination);
                    if request.is_none() && seen.contains(&back) {
                        return way;
                    }
                    if let Err(end) =
                        self.forward(name, &mut packet, request, &mut way, &mut undone)
                    {
                        way.end = end;
                        return way;
                    }
                }
                Stand::Gateway(name) => way.forwarders.push(name),
                Stand::Host { .. } | Stand::Site(_) | Stand::Internet => {}
            }
        }
    }

    /// What an appliance does with a packet that it is to forward.
    fn forward(
        &self,
        name: &'a str,
        packet: &mut Packet,
        request: Option<&Way<'a>>,
        way: &mut Way<'a>,
        undone: &mut Vec<(&'a str, Ipv4Addr)>,
    ) -> Result<(), End> {
        let nic = self.appliance(name).unwrap();
        if !nic.running {
            return Err(End::Dropped("stopped"));
        }
        let mine = packet.destination.to_string() == nic.ip;
        if nic.kind == ApplianceKind::Nva && !nic.ip_forwarding && !mine {
            return Err(End::Dropped("IP forwarding is off"));
        }
        if nic.drops.contains(&packet.protocol) {
            return Err(End::Dropped("policy"));
        }
        if request.is_none() && self.publishes(nic, packet.destination) {
            return self.publish(nic, packet, way);
        }
        if request.is_none() && !self.policy_lets(nic.firewall_policy.as_ref(), packet.header()) {
            return Err(End::Dropped("firewall rule"));
        }
        let outside = !is_private(packet.destination) && !self.in_a_vnet(packet.destination);
        if nic.kind == ApplianceKind::RoutingAppliance && outside {
            return Err(End::Dropped("no Internet through a routing appliance"));
        }
        match request {
            Some(request) => {
                if nic.is_stateful() && !request.forwarders.contains(&name) {
                    return Err(End::Dropped("no state"));
                }
                self.translate_back(name, packet, undone);
            }
            // Azure Firewall translates towards everything that is not private.
            None if nic.snat_private
                || nic.kind == ApplianceKind::AzureFirewall && !is_private(packet.destination) =>
            {
                way.translations.push((name, packet.source));
                packet.source = nic.ip.parse().unwrap();
            }
            None => {}
        }
        Ok(())
    }

    /// A rule for protocol and port gives the packet a new destination; what no rule names stays outside. A firewall, and
    /// whoever hides its callers, shows itself.
    fn publish(
        &self,
        nic: &'a ApplianceSpec,
        packet: &mut Packet,
        way: &mut Way<'a>,
    ) -> Result<(), End> {
        let called = packet.destination.to_string();
        let mut rules = nic.dnat.iter().filter(|rule| rule.public_ip == called);
        let fits = |rule: &&DnatSpec| {
            let port = rule.port.map(|port| u16::try_from(port).unwrap());
            rule.protocol.is_none_or(|own| own == packet.protocol)
                && port.is_none_or(|own| packet.port == Some(own))
        };
        let own = rules.find(fits).map(|rule| {
            let port = rule.translated_port;
            let port = port.map_or(packet.port, |port| Some(u16::try_from(port).unwrap()));
            (rule.to.parse().unwrap(), port)
        });
        let by_policy = || self.policy_translates(nic.firewall_policy.as_ref(), packet.header());
        let Some((to, port)) = own.or_else(by_policy) else {
            return Err(End::Dropped("not published"));
        };
        (packet.destination, packet.port) = (to, port);
        // The rule that Azure makes for it stands behind those that deny it.
        if self.policy_says(nic.firewall_policy.as_ref(), packet.header()) == Some(false) {
            return Err(End::Dropped("firewall rule"));
        }
        way.published_by.push(&nic.name);
        if nic.kind == ApplianceKind::AzureFirewall || nic.snat_private {
            way.translations.push((&nic.name, packet.source));
            packet.source = nic.ip.parse().unwrap();
        }
        Ok(())
    }

    /// Whether the group where a request leaves a NIC and the one where it reaches the next let it pass.
    fn rules_let(&self, stand: Stand<'a>, step: &Step<'a>, packet: &Packet) -> bool {
        if packet.is_reply {
            return true;
        }
        let nic = |stand: Stand<'a>| match stand {
            Stand::Host { vnet, subnet } => Some((vnet, subnet)),
            Stand::Appliance(name) => {
                let nic = self.appliance(name)?;
                Some((nic.vnet.as_str(), nic.subnet.as_str()))
            }
            Stand::Gateway(_) | Stand::Site(_) | Stand::Internet => None,
        };
        let mut leaving = packet.header();
        if let (Arrive(Arrival::Internet), Stand::Appliance(name)) = (step, stand) {
            // It shows its own address to the Internet.
            leaving.source = self.appliance(name).unwrap().ip.parse().unwrap();
        }
        let next = match step {
            To(next) | Arrive(Arrival::At(next)) => Some(*next),
            Arrive(_) => None,
            Drop(_) | Unsaid => return true,
        };
        let out =
            nic(stand).is_none_or(|place| self.group_lets(place, Direction::Outbound, leaving));
        let into = next.and_then(nic);
        let mut arriving = packet.header();
        if let (Stand::Internet, Some(Stand::Appliance(name))) = (stand, next) {
            // A group sees the private address of its NIC.
            arriving.destination = self.appliance(name).unwrap().ip.parse().unwrap();
        }
        out && into.is_none_or(|place| self.group_lets(place, Direction::Inbound, arriving))
    }

    /// Gives a reply the destination that the request's source was before this machine translated it.
    fn translate_back(
        &self,
        name: &str,
        packet: &mut Packet,
        undone: &mut Vec<(&'a str, Ipv4Addr)>,
    ) {
        let own = self.appliance(name).unwrap().ip.parse() == Ok(packet.destination);
        while own && let Some((machine, before)) = undone.last().copied() {
            if machine != name {
                break;
            }
            packet.destination = before;
            undone.pop();
        }
    }

    fn step(&self, stand: Stand<'a>, packet: &Packet) -> Step<'a> {
        match stand {
            Stand::Host { vnet, subnet } => self.by_table(stand, vnet, subnet, packet),
            Stand::Appliance(name) => {
                let nic = self.appliance(name).unwrap();
                self.by_table(stand, &nic.vnet, &nic.subnet, packet)
            }
            Stand::Gateway(name) => self.at_gateway(self.gateway(name).unwrap(), packet),
            Stand::Site(name) => self.at_site(name, packet),
            Stand::Internet => {
                let mut nics = self.spec.appliances.iter();
                match nics.find(|nic| self.publishes(nic, packet.destination)) {
                    Some(nic) => To(Stand::Appliance(&nic.name)),
                    None => Arrive(Arrival::Internet),
                }
            }
        }
    }

    /// The loop body of section 1.
    fn by_table(
        &self,
        stand: Stand<'a>,
        vnet: &'a str,
        subnet: &'a str,
        packet: &Packet,
    ) -> Step<'a> {
        let Some(row) = self.winner(vnet, subnet, packet.destination) else {
            return Drop("no route");
        };
        match row.kind {
            "None" if row.ips.is_empty() => Drop("None"),
            // The /32 is gone and the route is not followed (pull request 128666 of azure-docs).
            "VnetLocal" if row.source == "User" && self.is_endpoint(packet.destination) => {
                Drop("endpoint")
            }
            "VnetLocal" => self.deliver(vnet, vnet, packet),
            "VNetPeering" | "VNetGlobalPeering" => {
                let mut peers = self
                    .peers(vnet)
                    .filter(|peer| self.seen(vnet, peer).contains(&row.prefix));
                peers
                    .next()
                    .map_or(Drop("no peer"), |peer| self.deliver(vnet, peer, packet))
            }
            "InterfaceEndpoint" => self.deliver_to_endpoint(vnet, packet),
            "VirtualAppliance" | "None" => self.to_appliance(vnet, &row, packet),
            _ if row.source == "VirtualNetworkGateway" && self.is_a_machines(&row) => {
                self.to_appliance(vnet, &row, packet)
            }
            "VirtualNetworkGateway" => match self.gateway_of(vnet) {
                Some(gateway) if self.may_cross(vnet, &gateway.vnet) => {
                    To(Stand::Gateway(&gateway.name))
                }
                Some(_) => Drop("access"),
                None => Drop("no gateway"),
            },
            _ => self.to_internet(stand, vnet, subnet, packet),
        }
    }

    /// Whether a learned row leads to a machine, as those do that a Route Server brought.
    fn is_a_machines(&self, row: &Row) -> bool {
        let mut nics = self.spec.appliances.iter();
        nics.any(|nic| row.ips.contains(&nic.ip))
    }

    fn publishes(&self, nic: &ApplianceSpec, address: Ipv4Addr) -> bool {
        let called = address.to_string();
        nic.dnat.iter().any(|rule| rule.public_ip == called)
            || self.policy_publishes(nic.firewall_policy.as_ref(), address)
    }

    fn is_endpoint(&self, address: Ipv4Addr) -> bool {
        let mut endpoints = self.spec.private_endpoints.iter();
        endpoints.any(|endpoint| endpoint.ip == address.to_string())
    }

    fn deliver(&self, from: &str, to: &'a str, packet: &Packet) -> Step<'a> {
        if !self.may_cross(from, to) {
            return Drop("access");
        }
        let text = packet.destination.to_string();
        if self
            .spec
            .private_endpoints
            .iter()
            .any(|endpoint| endpoint.vnet == to && endpoint.ip == text)
        {
            return self.deliver_to_endpoint(from, packet);
        }
        match self.owner(to, packet.destination) {
            Some(owner) => Arrive(Arrival::At(owner)),
            None => Drop("no host"),
        }
    }

    /// The platform delivers; the access flags hold here too (issue 3: false on either link drops both ways).
    fn deliver_to_endpoint(&self, from: &str, packet: &Packet) -> Step<'a> {
        let text = packet.destination.to_string();
        let mut endpoints = self.spec.private_endpoints.iter();
        match endpoints.find(|endpoint| endpoint.ip == text) {
            Some(endpoint) if self.may_cross(from, &endpoint.vnet) => Arrive(Arrival::Endpoint),
            Some(_) => Drop("access"),
            None => Drop("no host"),
        }
    }

    /// The address must be in the VNet or a directly peered one (3.4), and something there must forward.
    fn to_appliance(&self, vnet: &'a str, row: &Row, packet: &Packet) -> Step<'a> {
        let Some(hop) = row.ips.first().and_then(|ip| ip.parse::<Ipv4Addr>().ok()) else {
            return Drop("no next hop");
        };
        let inside = |prefixes: &[Net]| prefixes.iter().any(|prefix| prefix.has(hop));
        let near = if inside(&self.ranges(vnet)) {
            vnet
        } else if let Some(peer) = self.peers(vnet).find(|peer| inside(&self.seen(vnet, peer))) {
            peer
        } else {
            return Drop("next hop unreachable");
        };
        if !self.may_cross(vnet, near) {
            return Drop("access");
        }
        let text = hop.to_string();
        let answers = |nic: &&ApplianceSpec| {
            nic.vnet == near && (nic.ip == text || nic.load_balancer_ip.as_deref() == Some(&text))
        };
        if let Some(nic) = self.spec.appliances.iter().find(answers) {
            if nic.ip == packet.destination.to_string() {
                if packet.is_reply && nic.kind == ApplianceKind::AzureFirewall {
                    // A route to the firewall takes what was meant for one of its instances (5.2).
                    return Drop("another instance");
                }
                return Arrive(Arrival::At(Stand::Appliance(&nic.name)));
            }
            return To(Stand::Appliance(&nic.name));
        }
        let instance = |gateway: &&GatewaySpec| {
            gateway.vnet == near
                && gateway.kind == GatewayKind::Vpn
                && gateway.instance_ips.contains(&text)
        };
        if let Some(gateway) = self.spec.gateways.iter().find(instance) {
            return To(Stand::Gateway(&gateway.name));
        }
        Drop("nothing forwards there")
    }

    fn to_internet(&self, stand: Stand<'a>, vnet: &str, subnet: &str, packet: &Packet) -> Step<'a> {
        // An address of a VNet is private wherever it comes from.
        if is_private(packet.destination) || self.in_a_vnet(packet.destination) {
            return Drop("private to the Internet");
        }
        let out = match stand {
            Stand::Appliance(name) => self.appliance(name).unwrap().internet_egress,
            _ => self
                .subnet(vnet, subnet)
                .is_some_and(|subnet| subnet.default_outbound_access),
        };
        if out {
            Arrive(Arrival::Internet)
        } else {
            Drop("no way out")
        }
    }

    /// A gateway knows its static prefixes, its VNet's ranges and those of transit spokes; into the VNet it sends by
    /// the table of GatewaySubnet.
    fn at_gateway(&self, gateway: &'a GatewaySpec, packet: &Packet) -> Step<'a> {
        let longest = |prefixes: Vec<Net>| {
            prefixes
                .into_iter()
                .filter(|p| p.has(packet.destination))
                .map(|p| p.length)
                .max()
        };
        let inner = longest(self.home(gateway));
        let other = |peer: &str| {
            !self.is_transit(peer, &gateway.vnet)
                && longest(self.seen(&gateway.vnet, peer)).is_some()
        };
        let told = self.told(gateway);
        let outer = told
            .iter()
            .filter(|(p, _)| p.has(packet.destination))
            .max_by_key(|(p, _)| p.length);
        if self.lenient && inner.is_none() && outer.is_none() {
            let row = self.winner(&gateway.vnet, "GatewaySubnet", packet.destination);
            let steered = row.is_some_and(|row| row.source == "User" || self.is_a_machines(&row));
            if steered || self.peers(&gateway.vnet).any(other) {
                // `gateway-without-transit`
                return Unsaid;
            }
        }
        let configured = self.configured(gateway);
        let mut ignored = configured.iter().filter(|entry| !told.contains(entry));
        if self.lenient && ignored.any(|(p, _)| p.has(packet.destination)) {
            // `static-prefix-inside-a-vnet`
            return Unsaid;
        }
        match (inner, outer) {
            (None, None) => Drop("the gateway knows no way"),
            (inner, Some((prefix, far))) if inner.is_none_or(|length| prefix.length > length) => {
                match far {
                    Far::Site(site) => To(Stand::Site(site)),
                    Far::Gateway(other) => To(Stand::Gateway(other)),
                }
            }
            _ => self.by_table(
                Stand::Gateway(&gateway.name),
                &gateway.vnet,
                "GatewaySubnet",
                packet,
            ),
        }
    }

    /// A site delivers what is its own; else it knows what its gateways advertise: the ranges of their VNets and of
    /// the spokes that use them (2.6).
    fn at_site(&self, name: &'a str, packet: &Packet) -> Step<'a> {
        let site = self
            .spec
            .sites
            .iter()
            .find(|site| site.name == name)
            .unwrap();
        let own = nets(&site.prefixes);
        let own = own
            .iter()
            .filter(|p| p.has(packet.destination))
            .map(|p| p.length)
            .max();
        let mut best: Option<(u8, &'a str)> = None;
        for gateway in &self.spec.gateways {
            let joined = self.spec.tunnels.iter().any(|tunnel| {
                let ends = [tunnel.a.as_str(), tunnel.b.as_str()];
                ends.contains(&name) && ends.contains(&gateway.name.as_str())
            });
            let advertised = self.home(gateway);
            for prefix in advertised
                .iter()
                .filter(|p| joined && p.has(packet.destination))
            {
                if best.is_none_or(|(length, _)| prefix.length > length) {
                    best = Some((prefix.length, &gateway.name));
                }
            }
        }
        match (own, best) {
            (None, None) => Drop("the site knows no way"),
            (own, Some((length, gateway))) if own.is_none_or(|own| length > own) => {
                To(Stand::Gateway(gateway))
            }
            _ => Arrive(Arrival::At(Stand::Site(name))),
        }
    }
}

struct Packet {
    source: Ipv4Addr,
    destination: Ipv4Addr,
    protocol: Protocol,
    port: Option<u16>,
    is_reply: bool,
}

impl Packet {
    fn header(&self) -> Header {
        Header {
            source: self.source,
            destination: self.destination,
            protocol: self.protocol,
            port: self.port,
        }
    }
}
