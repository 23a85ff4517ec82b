//! What every reader needs: issues, names, prefixes, addresses. Places are written where something is wrong, and not before.

use super::Reader;
use crate::address::{Prefix, parse_address, parse_prefix};
use crate::issue::{Issue, IssueCode};
use crate::topology::{Party, SubnetId, VnetId, Zones};
use crate::word::{Word, mistake};
use ipnet::Ipv4Net;
use std::fmt::Display;
use std::net::Ipv4Addr;
use strum::VariantNames;

impl Reader {
    pub(super) fn issue(
        &mut self,
        code: IssueCode,
        subject: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.issues.push(Issue::new(code, subject, message));
    }

    /// A name that must be new among its kind.
    pub(super) fn is_new(
        &mut self,
        known: bool,
        what: &str,
        name: &str,
        subject: impl Display,
    ) -> bool {
        if name.is_empty() {
            self.issue(
                IssueCode::MissingValue,
                subject.to_string(),
                format!("expected a name for the {what}, found nothing"),
            );
        } else if known {
            self.issue(
                IssueCode::DuplicateName,
                subject.to_string(),
                format!("a {what} named {name:?} exists already; names must differ"),
            );
        }
        !name.is_empty() && !known
    }

    /// What a word means; one that Azure does not know is reported at its place.
    pub(super) fn word<T: Copy + VariantNames>(
        &mut self,
        word: &Word<T>,
        place: impl Display,
    ) -> Option<T> {
        let known = word.known().map_err(mistake::<T>);
        known
            .map_err(|message| self.issue(IssueCode::UnknownWord, place.to_string(), message))
            .ok()
    }

    pub(super) fn unknown(&mut self, subject: impl Into<String>, what: &str, name: &str) {
        self.issue(
            IssueCode::UnknownReference,
            subject,
            format!("no {what} is named {name:?}"),
        );
    }

    pub(super) fn net(&mut self, text: &str, subject: impl Display) -> Option<Ipv4Net> {
        match parse_prefix(text) {
            Ok(Prefix::V4(net)) => Some(net),
            Ok(Prefix::V6(net)) => {
                self.issue(
                    IssueCode::Ipv6NotSimulated,
                    subject.to_string(),
                    format!("{net} is carried and exported, not simulated"),
                );
                None
            }
            Err(error) => {
                let code = match error {
                    crate::address::AddressError::HostBits { .. } => IssueCode::HostBits,
                    _ => IssueCode::InvalidPrefix,
                };
                self.issue(code, subject.to_string(), error.to_string());
                // A prefix with bits after the mask has one meaning; everything else has none.
                match error {
                    crate::address::AddressError::HostBits {
                        expected: Prefix::V4(net),
                        ..
                    } => Some(net),
                    _ => None,
                }
            }
        }
    }

    pub(super) fn nets(&mut self, texts: &[String], subject: impl Display) -> Vec<Ipv4Net> {
        let read = |(position, text): (usize, &String)| {
            self.net(text, format_args!("{subject}[{position}]"))
        };
        texts.iter().enumerate().filter_map(read).collect()
    }

    pub(super) fn ip(&mut self, text: &str, subject: impl Display) -> Option<Ipv4Addr> {
        parse_address(text)
            .map_err(|error| {
                let code = IssueCode::InvalidAddress;
                self.issue(code, subject.to_string(), error.to_string());
            })
            .ok()
    }

    pub(super) fn ips(&mut self, texts: &[String], subject: impl Display) -> Vec<Ipv4Addr> {
        let read = |(position, text): (usize, &String)| {
            self.ip(text, format_args!("{subject}[{position}]"))
        };
        texts.iter().enumerate().filter_map(read).collect()
    }

    /// Availability zones; one that cannot be read is left out.
    pub(super) fn zones(&mut self, texts: &[String], subject: &str) -> Zones {
        let mut zones = Zones::default();
        for (position, text) in texts.iter().enumerate() {
            match text.trim().parse::<u8>() {
                Ok(zone) if (1..=Zones::MOST).contains(&zone) => zones = zones.with(zone),
                _ => self.issue(
                    IssueCode::InvalidZone,
                    format!("{subject}[{position}]"),
                    format!("expected a zone such as 1, 2 or 3, found {text:?}"),
                ),
            }
        }
        zones
    }

    pub(super) fn vnet_id(&mut self, name: &str, subject: impl Display) -> Option<VnetId> {
        let found = self.topology.vnet_by_name.get(name).copied();
        if found.is_none() {
            self.unknown(subject.to_string(), "VNet", name);
        }
        found
    }

    /// VNet and subnet by name, and the address if it lies in the subnet.
    pub(super) fn nic(
        &mut self,
        vnet: &str,
        subnet: &str,
        ip: &str,
        subject: impl Display,
    ) -> Option<(VnetId, SubnetId, Ipv4Addr)> {
        let vnet_id = self.vnet_id(vnet, format_args!("{subject}.vnet"))?;
        let Some(found) = self.topology.subnet_named(vnet, subnet) else {
            self.unknown(
                format!("{subject}.subnet"),
                &format!("subnet of {vnet}"),
                subnet,
            );
            return None;
        };
        let (subnet_id, prefix) = (found.id, found.prefix);
        let address = self.ip(ip, format_args!("{subject}.ip"))?;
        if let Some(prefix) = prefix.filter(|prefix| !prefix.contains(&address)) {
            self.issue(
                IssueCode::AddressOutsideSubnet,
                format!("{subject}.ip"),
                format!("expected an address in {prefix} (subnet {subnet}), found {address}"),
            );
        }
        Some((vnet_id, subnet_id, address))
    }

    pub(super) fn party(&mut self, name: &str, subject: &str) -> Option<Party> {
        let found = self.parties.get(name).copied();
        if found.is_none() {
            self.unknown(subject, "gateway, hub, site or appliance", name);
        }
        found
    }
}
