//! Who uses the gateways of a peered VNet, and what Azure refuses of that.

use super::link::{name_of, set};
use super::{Topology, VnetId};
use crate::issue::{Issue, IssueCode};

/// The rules of `useRemoteGateways`; a link that Azure would refuse uses nothing.
pub(super) fn requests(topology: &mut Topology, issues: &mut Vec<Issue>) {
    let mut refused = Vec::new();
    for link in topology
        .links
        .iter()
        .filter(|link| link.use_remote_gateways)
    {
        let (near, far) = (topology.vnet(link.from), topology.vnet(link.to));
        let owns = |vnet: VnetId| topology.gateways.iter().any(|gateway| gateway.vnet == vnet);
        let offered = link
            .reverse
            .is_some_and(|reverse| topology.link(reverse).allow_gateway_transit);
        let earlier = topology
            .links_of(link.from)
            .any(|other| other.use_remote_gateways && other.id < link.id);
        let place = name_of(topology, link);
        let problem = if link.reverse.is_some() && !offered {
            let message = format!(
                "useRemoteGateways needs allowGatewayTransit on the object {} -> {}",
                far.name, near.name
            );
            Some((IssueCode::RemoteGatewayUnavailable, message))
        } else if !owns(link.to) {
            Some((
                IssueCode::RemoteVnetWithoutGateway,
                format!("{} has no gateway or Route Server to use", far.name),
            ))
        } else if owns(link.from) {
            let message = format!(
                "{} owns a gateway or Route Server and cannot use another VNet's",
                near.name
            );
            Some((IssueCode::GatewayAndRemoteGateway, message))
        } else if earlier {
            Some((
                IssueCode::SecondRemoteGateway,
                format!("{} already uses the gateway of another VNet", near.name),
            ))
        } else {
            None
        };
        if let Some((code, message)) = problem {
            issues.push(Issue::new(code, place, message));
            refused.push(link.id);
        }
    }
    for id in refused {
        set(topology, id, |link| link.use_remote_gateways = false);
    }
}
