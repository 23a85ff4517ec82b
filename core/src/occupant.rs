//! What stands in a subnet, and what it allows there: route tables, security groups, 0.0.0.0/0, peering over regions.
//!
//! The rule: a subnet is held by the services it is delegated to, by the name Azure reserves for one, or by what the estate
//! says of it. What a holder does not take Azure refuses, or the holder stops working.
//!
//! | holder | route table | 0.0.0.0/0 | security group | over regions |
//! |---|---|---|---|---|
//! | Application Gateway v2 | yes | to the Internet alone | yes | yes |
//! | SQL Managed Instance | required | any | required | yes |
//! | NetApp Files, basic features | no | | no | no |
//!
//! The data stands in `core/data/subnet-occupants-2026-11.tsv`, each row with its source. Left out: routes that a gateway
//! brings (0.0.0.0/0 over BGP); which ports a holder needs.

use crate::issue::Source;
use std::sync::LazyLock;

const DATA: &str = include_str!("../data/subnet-occupants-2026-11.tsv");

/// Whether something may or must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// Refused.
    No,
    /// Taken.
    Yes,
    /// Missed where it is not.
    Required,
}

/// Where 0.0.0.0/0 of a route table may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DefaultRoute {
    /// Anywhere.
    Any,
    /// To the Internet alone.
    Internet,
    /// Nowhere.
    Never,
    /// To an appliance or a gateway, and it must be there.
    Away,
}

/// A kind of thing that stands in a subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupant {
    /// The word by which an estate names it.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// The service that its subnet is delegated to; empty for none.
    pub delegation: &'static str,
    /// The name that its subnet must have; empty for any.
    pub subnet: &'static str,
    /// The longest prefix of its subnet.
    pub least: Option<u8>,
    /// A route table.
    pub table: Need,
    /// 0.0.0.0/0 in it.
    pub default_route: DefaultRoute,
    /// A network security group.
    pub nsg: Need,
    /// Whether it is reached over peerings between regions.
    pub over_regions: bool,
    /// Whether nothing else stands in its subnet.
    pub alone: bool,
    /// Where that stands, and when.
    pub source: Source,
    /// What else is worth knowing.
    pub note: &'static str,
}

impl Occupant {
    /// Every kind.
    ///
    /// ```
    /// use interspoke_core::occupant::Occupant;
    /// let files = Occupant::named("netAppBasic").unwrap();
    /// assert!(!files.over_regions && files.delegation == "Microsoft.NetApp/volumes");
    /// ```
    #[must_use]
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<Occupant>> = LazyLock::new(|| {
            let lines = DATA.lines().filter(|line| !line.starts_with('#'));
            lines.filter_map(read).collect()
        });
        &ALL
    }

    /// The kind of that word.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        Self::all()
            .iter()
            .find(|kind| kind.id.eq_ignore_ascii_case(id))
    }

    /// Whether a subnet with these delegations is delegated to it.
    #[must_use]
    pub fn is_delegated(&self, delegations: &[String]) -> bool {
        let to = |service: &String| service.eq_ignore_ascii_case(self.delegation);
        !self.delegation.is_empty() && delegations.iter().any(to)
    }

    /// What holds a subnet of that name that is delegated to these services and of which the estate says so much: what is
    /// said first, then delegations that one kind alone has, then the name.
    pub fn of<'s>(
        name: &'s str,
        delegations: &'s [String],
        said: &'s [String],
    ) -> impl Iterator<Item = &'static Self> + 's {
        let told = said.iter().filter_map(|id| Self::named(id));
        let by_name =
            move |kind: &&Self| !kind.subnet.is_empty() && kind.subnet.eq_ignore_ascii_case(name);
        let delegated = move |kind: &&Self| {
            let twins = Self::all()
                .iter()
                .filter(|twin| twin.delegation == kind.delegation);
            kind.is_delegated(delegations)
                && twins.count() == 1
                && !said.iter().any(|id| id.eq_ignore_ascii_case(kind.id))
        };
        let others = Self::all().iter();
        told.chain(others.filter(move |kind| by_name(kind) || delegated(kind)))
    }
}

fn read(line: &'static str) -> Option<Occupant> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    let need = |word: &str| match word {
        "no" => Need::No,
        "required" => Need::Required,
        _ => Need::Yes,
    };
    Some(Occupant {
        id: next()?,
        name: next()?,
        delegation: next()?,
        subnet: next()?,
        least: next()?.parse().ok(),
        table: need(next()?),
        default_route: match next()? {
            "any" => DefaultRoute::Any,
            "internet" => DefaultRoute::Internet,
            "away" => DefaultRoute::Away,
            _ => DefaultRoute::Never,
        },
        nsg: need(next()?),
        over_regions: next()? == "yes",
        alone: next()? == "yes",
        source: Source {
            title: next()?,
            url: next()?,
            date: next()?,
        },
        note: next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_has_a_source() {
        let lines = DATA.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(Occupant::all().len(), lines);
        assert!(lines >= 30, "{lines}");
        for kind in Occupant::all() {
            let source = kind.source;
            assert!(
                !source.title.is_empty() && source.url.starts_with("https://"),
                "{kind:?}"
            );
            assert!(source.date.len() >= 7, "{kind:?}");
        }
    }

    #[test]
    fn a_delegation_that_two_kinds_share_names_neither() {
        let files = ["Microsoft.NetApp/volumes".to_owned()];
        assert_eq!(Occupant::of("files", &files, &[]).count(), 0);
        let said = ["netAppBasic".to_owned()];
        let found: Vec<&str> = Occupant::of("files", &files, &said)
            .map(|kind| kind.id)
            .collect();
        assert_eq!(found, ["netAppBasic"]);
    }
}
