//! Domains and names, and where public DNS leads the names of services that have a private endpoint.
//!
//! The rule: a domain covers the names that end with its labels; the longest one counts. Once a resource has a private endpoint, its public name is an alias (CNAME) of the same name in the zone of
//! Private Link, which public DNS answers with the public address, and a private zone of that name with the private one.
//!
//! | name | alias |
//! |---|---|
//! | `files1.blob.core.windows.net` | `files1.privatelink.blob.core.windows.net` |
//! | `keys1.vault.azure.net` | `keys1.privatelink.vaultcore.azure.net` |
//! | `ci.westeurope.azmk8s.io` | `ci.privatelink.westeurope.azmk8s.io` |
//! | `www.example.com` | none |
//!
//! The data stands in `core/data/private-link-zones-2026-11.tsv` with its source. Left out: national clouds.

use std::fmt;

const DATA: &str = include_str!("../data/private-link-zones-2026-11.tsv");

/// A domain or name in lower case without a final dot; empty stands for every name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Domain(String);

impl Domain {
    /// Of a text as people type it.
    ///
    /// ```
    /// use interspoke_core::domain::Domain;
    /// let (zone, name) = (Domain::of("Corp.Example."), Domain::of("db.corp.example"));
    /// assert!(zone.covers(&name) && Domain::of(".").covers(&name));
    /// assert!(!zone.covers(&Domain::of("dbcorp.example")));
    /// assert_eq!(zone.within(&name), Some("db"));
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(text.trim().trim_matches('.').to_ascii_lowercase())
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether it stands for every name.
    #[must_use]
    pub fn is_every(&self) -> bool {
        self.0.is_empty()
    }

    /// The name without this domain at its end: empty for the domain itself; `None` where it does not end so.
    #[must_use]
    pub fn within<'n>(&self, name: &'n Self) -> Option<&'n str> {
        if self.is_every() {
            return Some(&name.0);
        }
        within(&name.0, &self.0)
    }

    /// Whether a name ends so.
    #[must_use]
    pub fn covers(&self, name: &Self) -> bool {
        self.within(name).is_some()
    }

    /// How many characters it has: of two that cover a name the longer one counts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_every() { "." } else { &self.0 })
    }
}

/// A name without a suffix of whole labels.
fn within<'n>(name: &'n str, suffix: &str) -> Option<&'n str> {
    let rest = name.strip_suffix(suffix)?;
    rest.strip_suffix('.').or(rest.is_empty().then_some(""))
}

/// The alias of a service's name.
///
/// ```
/// use interspoke_core::domain::{Domain, alias};
/// let name = Domain::of("keys1.vault.azure.net");
/// assert_eq!(alias(&name).map(|alias| alias.to_string()).as_deref(), Some("keys1.privatelink.vaultcore.azure.net"));
/// assert_eq!(alias(&Domain::of("www.example.com")), None);
/// ```
#[must_use]
pub fn alias(name: &Domain) -> Option<Domain> {
    if is_private_link(name) {
        return None;
    }
    let rows = DATA.lines().filter(|line| !line.starts_with('#'));
    let fitting = rows.filter_map(|row| {
        let (suffix, zone) = row.split_once('\t').unwrap_or((row, ""));
        fitted(name, suffix, zone)
    });
    let (_, alias) = fitting.max_by_key(|(length, _)| *length)?;
    Some(Domain::of(&alias))
}

/// Whether a name or zone belongs to Private Link.
#[must_use]
pub fn is_private_link(name: &Domain) -> bool {
    name.text().split('.').any(|label| label == "privatelink")
}

/// Whether a label stands in the names of Azure's own services, whoever has one.
#[must_use]
pub fn is_shared(label: &str) -> bool {
    let rows = DATA.lines().filter(|line| !line.starts_with('#'));
    let mut labels = rows.flat_map(|row| row.split(['.', '\t']));
    label == "privatelink" || labels.any(|known| known == label)
}

/// Whether a domain is reserved for services of Azure: rules for every name leave those alone.
#[must_use]
pub fn is_reserved(name: &Domain) -> bool {
    let rows = DATA.lines().filter(|line| !line.starts_with('#'));
    let mut suffixes = rows.filter_map(|row| row.split('\t').next());
    suffixes.any(|suffix| within(name.text(), last_two(suffix)).is_some())
}

fn last_two(suffix: &str) -> &str {
    let mut dots = suffix.rmatch_indices('.');
    dots.nth(1)
        .and_then(|(at, _)| suffix.get(at.saturating_add(1)..))
        .unwrap_or(suffix)
}

/// The length of the suffix and the alias, where a row fits a name of a resource.
fn fitted(name: &Domain, suffix: &str, zone: &str) -> Option<(usize, String)> {
    let (region, suffix) = match suffix.strip_prefix("{region}.") {
        Some(rest) => (true, rest),
        None => (false, suffix),
    };
    let within = within(name.text(), suffix)?;
    let (resource, label) = match within.rsplit_once('.') {
        Some((resource, label)) if region => (resource, format!("{label}.")),
        None if region => return None,
        _ => (within, String::new()),
    };
    if resource.is_empty() {
        return None;
    }
    let zone = if zone.is_empty() {
        format!("privatelink.{label}{suffix}")
    } else {
        zone.to_owned()
    };
    Some((
        suffix.len().saturating_add(label.len()),
        format!("{resource}.{zone}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> String {
        alias(&Domain::of(name)).map_or_else(String::new, |alias| alias.to_string())
    }

    #[test]
    fn a_name_leads_to_its_zone() {
        let pairs = [
            (
                "a.blob.core.windows.net",
                "a.privatelink.blob.core.windows.net",
            ),
            ("a.privatelink.blob.core.windows.net", ""),
            (
                "a.westeurope.azmk8s.io",
                "a.privatelink.westeurope.azmk8s.io",
            ),
            (
                "a.scm.azurewebsites.net",
                "a.scm.privatelink.azurewebsites.net",
            ),
            (
                "a.westeurope.batch.azure.com",
                "a.privatelink.batch.azure.com",
            ),
            ("blob.core.windows.net", ""),
        ];
        for (name, expected) in pairs {
            assert_eq!(of(name), expected, "{name}");
        }
    }

    #[test]
    fn two_labels_are_reserved() {
        for name in ["a.blob.core.windows.net", "www.azure.com", "x.azure.net"] {
            assert!(is_reserved(&Domain::of(name)), "{name}");
        }
        assert!(!is_reserved(&Domain::of("db.corp.example")));
    }
}
