//! What holds a subnet, and what Azure refuses there for its sake.

use super::Reader;
use crate::address::default_route;
use crate::issue::IssueCode;
use crate::occupant::{DefaultRoute, Need, Occupant};
use crate::spec::{NetworkSpec, SubnetSpec, UserNextHopType};
use crate::topology::{Destination, RouteTable};

impl Reader {
    /// Whether whatever holds a subnet is reached from its own region alone.
    pub(super) fn is_regional(spec: &SubnetSpec) -> bool {
        let mut kinds = Occupant::of(&spec.name, &spec.delegations, &spec.occupants);
        kinds.any(|kind| !kind.over_regions)
    }

    /// Every subnet held against what its holders allow. Subnets that Azure reserves are checked elsewhere.
    pub(super) fn occupants(&mut self, spec: &NetworkSpec) {
        for vnet in &spec.vnets {
            for subnet in &vnet.subnets {
                let place = format!("vnets[{}].subnets[{}]", vnet.name, subnet.name);
                self.words_of(subnet, &place);
                let kinds = Occupant::of(&subnet.name, &subnet.delegations, &subnet.occupants);
                let kinds: Vec<&Occupant> = kinds.filter(|kind| kind.subnet.is_empty()).collect();
                for kind in &kinds {
                    self.occupant(kind, subnet, &place);
                }
                self.company(spec, (&vnet.name, subnet), &kinds, &place);
                self.delegated(subnet, &kinds, &place);
            }
        }
    }

    fn words_of(&mut self, subnet: &SubnetSpec, place: &str) {
        for (at, word) in subnet.occupants.iter().enumerate() {
            if Occupant::named(word).is_none() {
                let known: Vec<&str> = Occupant::all().iter().map(|kind| kind.id).collect();
                let message = format!("expected one of {}, found {word:?}", known.join(", "));
                self.issue(
                    IssueCode::UnknownWord,
                    format!("{place}.occupants[{at}]"),
                    message,
                );
            }
        }
    }

    fn occupant(&mut self, kind: &Occupant, subnet: &SubnetSpec, place: &str) {
        let says = |what: &str| {
            let source = kind.source;
            format!("{} {what} ({}, {})", kind.name, source.title, source.date)
        };
        let table = subnet.route_table.as_ref();
        let at_table = || format!("{place}.routeTable");
        match (kind.table, table) {
            (Need::No, Some(_)) => {
                let message = says("takes no route table");
                self.issue(IssueCode::OccupantRouteTable, at_table(), message);
            }
            (Need::Required, None) => {
                let message = says("needs a route table");
                self.issue(IssueCode::OccupantPrerequisite, at_table(), message);
            }
            _ => {}
        }
        let nsg = subnet.network_security_group.as_ref();
        let at_nsg = || format!("{place}.networkSecurityGroup");
        match (kind.nsg, nsg) {
            (Need::No, Some(_)) => {
                let message = says("takes no network security group");
                self.issue(IssueCode::OccupantSecurityGroup, at_nsg(), message);
            }
            (Need::Required, None) => {
                let message = says("needs a network security group");
                self.issue(IssueCode::OccupantPrerequisite, at_nsg(), message);
            }
            _ => {}
        }
        let found = table.and_then(|name| self.route_tables.get(name));
        let found = found.map(|id| self.topology.route_table(*id));
        let way = found.and_then(default_of);
        let astray = match kind.default_route {
            DefaultRoute::Any | DefaultRoute::Away => false,
            DefaultRoute::Internet => way.is_some_and(|hop| hop != UserNextHopType::Internet),
            DefaultRoute::Never => way.is_some(),
        };
        if astray && kind.table != Need::No {
            let message = match kind.default_route {
                DefaultRoute::Internet => says("lets 0.0.0.0/0 lead to the Internet alone"),
                _ => says("has no use for a route of 0.0.0.0/0"),
            };
            self.issue(IssueCode::OccupantDefaultRoute, at_table(), message);
        }
        if kind.default_route == DefaultRoute::Away && table.is_some() {
            let away = UserNextHopType::VirtualAppliance;
            let gateway = UserNextHopType::VirtualNetworkGateway;
            let code = match way {
                None => Some(IssueCode::OccupantDefaultRouteMissing),
                Some(hop) if hop == away || hop == gateway => None,
                Some(_) => Some(IssueCode::OccupantDefaultRouteNextHop),
            };
            if let Some(code) = code {
                let message = says("needs 0.0.0.0/0 to an appliance or a gateway");
                self.issue(code, at_table(), message);
            }
        }
        self.size(kind, subnet, place);
    }

    fn size(&mut self, kind: &Occupant, subnet: &SubnetSpec, place: &str) {
        let length = subnet
            .prefix
            .rsplit_once('/')
            .and_then(|(_, text)| text.parse::<u8>().ok());
        if let (Some(length), Some(least)) = (length, kind.least)
            && length > least
        {
            let message = format!("{} needs /{least} or larger, found /{length}", kind.name);
            self.issue(
                IssueCode::OccupantTooSmall,
                format!("{place}.prefix"),
                message,
            );
        }
    }

    /// A holder that wants its subnet for itself, and what else stands there.
    fn company(
        &mut self,
        spec: &NetworkSpec,
        (vnet, subnet): (&str, &SubnetSpec),
        kinds: &[&Occupant],
        place: &str,
    ) {
        let Some(kind) = kinds.iter().find(|kind| kind.alone) else {
            return;
        };
        let here = |own: &str, name: &str| own == vnet && name.eq_ignore_ascii_case(&subnet.name);
        let nics = spec
            .appliances
            .iter()
            .filter(|nic| here(&nic.vnet, &nic.subnet));
        let ends = spec.private_endpoints.iter();
        let ends = ends.filter(|end| here(&end.vnet, &end.subnet));
        let others = kinds.iter().filter(|other| other.id != kind.id);
        let guests: Vec<String> = nics
            .clone()
            .map(|nic| nic.name.clone())
            .chain(ends.map(|end| format!("the private endpoint {}", end.ip)))
            .chain(others.map(|other| other.name.to_owned()))
            .collect();
        if !guests.is_empty() {
            let message = format!(
                "{} wants its subnet for itself, found {}",
                kind.name,
                guests.join(", ")
            );
            let delegated = kind.is_delegated(&subnet.delegations);
            let code = if delegated && nics.clone().next().is_some() {
                IssueCode::DelegationInUse
            } else {
                IssueCode::OccupantNotAlone
            };
            self.issue(code, place, message);
        }
    }

    /// A holder that takes no delegation, or another one.
    fn delegated(&mut self, subnet: &SubnetSpec, kinds: &[&Occupant], place: &str) {
        let Some(to) = subnet.delegations.first() else {
            return;
        };
        let astray = kinds
            .iter()
            .find(|kind| !kind.is_delegated(&subnet.delegations));
        if let Some(kind) = astray {
            let message = format!("{} stands in a subnet that is delegated to {to}", kind.name);
            self.issue(
                IssueCode::DelegatedToAnother,
                format!("{place}.delegations"),
                message,
            );
        }
    }
}

fn default_of(table: &RouteTable) -> Option<UserNextHopType> {
    let mut routes = table.routes.iter();
    let found = routes.find(|route| route.destination == Destination::Prefix(default_route()));
    found.map(|route| route.next_hop_type)
}
