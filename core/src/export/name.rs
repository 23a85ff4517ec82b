//! Names that Azure takes, and identifiers that languages take.
//!
//! The rule: letters, digits, `.`, `_` and `-` stay, everything else becomes `-`; a name begins with a letter or digit,
//! ends with one or `_`, and has 80 characters at most (64 for VNets and machines). A name gets the abbreviation of its
//! kind in front unless it carries it already, or stays as it was written. Two resources of one kind and parent never
//! share a name: the second gets a number.
//!
//! | kind | called | by abbreviation | as written |
//! |---|---|---|---|
//! | VNet | `hub` | `vnet-hub` | `hub` |
//! | VNet | `vnet-hub` | `vnet-hub` | `vnet-hub` |
//! | VNet | `my hub!` | `vnet-my-hub` | `my-hub` |
//! | subnet | `GatewaySubnet` | `GatewaySubnet` | `GatewaySubnet` |
//!
//! Source: "Abbreviation recommendations for Azure resources", Cloud Adoption Framework, 2025-03; "Naming rules and
//! restrictions for Azure resources", 2025-08.

use super::graph::ResourceId;
use super::kind::Kind;
use crate::spec::is_platform_subnet;
use std::collections::BTreeSet;

/// How resources are named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Naming {
    /// With the abbreviation of their kind.
    #[default]
    Abbreviated,
    /// As they are called in the estate.
    AsWritten,
}

/// Names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<(&'static str, Option<ResourceId>, String)>,
}

impl Names {
    /// A name for a resource that nobody else has.
    pub(super) fn give(
        &mut self,
        kind: Kind,
        parent: Option<ResourceId>,
        called: &str,
        naming: Naming,
    ) -> String {
        let base = name(kind, called, naming);
        let arm = kind.facts().arm;
        let mut number = 1_u32;
        loop {
            let name = numbered(&base, number, longest(kind));
            if self.taken.insert((arm, parent, name.to_ascii_lowercase())) {
                return name;
            }
            number += 1;
        }
    }
}

fn numbered(base: &str, number: u32, longest: usize) -> String {
    if number == 1 {
        return base.to_owned();
    }
    let tail = format!("-{number}");
    let head: String = base
        .chars()
        .take(longest.saturating_sub(tail.len()))
        .collect();
    head + &tail
}

const fn longest(kind: Kind) -> usize {
    match kind {
        Kind::Vnet | Kind::Machine => 64,
        _ => 80,
    }
}

/// The name of a resource where nobody else has it.
pub(super) fn name(kind: Kind, called: &str, naming: Naming) -> String {
    let plain = plain(called);
    let short = kind.facts().short;
    let carries = plain
        .to_ascii_lowercase()
        .split(['-', '_', '.'])
        .any(|word| word == short);
    let named = if short.is_empty()
        || carries
        || naming == Naming::AsWritten
        || (kind == Kind::Subnet && has_a_meaning(called))
    {
        plain
    } else {
        format!("{short}-{plain}")
    };
    let cut: String = named.chars().take(longest(kind)).collect();
    cut.trim_end_matches(['-', '.']).to_owned()
}

/// Whether Azure itself gives a meaning to a subnet's name.
fn has_a_meaning(subnet: &str) -> bool {
    is_platform_subnet(subnet) || subnet.eq_ignore_ascii_case("default")
}

/// A text with nothing but letters, digits, `.`, `_` and `-`, beginning with a letter or digit.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') {
            c
        } else {
            '-'
        };
        if c != '-' || !plain.ends_with('-') {
            plain.push(c);
        }
    }
    let trimmed = plain
        .trim_start_matches(['-', '.', '_'])
        .trim_end_matches(['-', '.']);
    if trimmed.is_empty() {
        return "unnamed".to_owned();
    }
    trimmed.to_owned()
}

/// Identifiers of a language, each used once.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    taken: BTreeSet<String>,
}

impl Identifiers {
    /// `hub_to_a` of words, for Terraform.
    pub(super) fn snake(&mut self, words: &str) -> String {
        let letters = words.chars().map(|c| match c {
            c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase(),
            _ => '_',
        });
        let mut identifier: String = letters.collect();
        if !identifier.starts_with(|c: char| c.is_ascii_lowercase()) {
            identifier.insert_str(0, "r_");
        }
        self.once(identifier, "_")
    }

    /// `hubToA` of words, for Bicep.
    pub(super) fn camel(&mut self, words: &str) -> String {
        let mut identifier = String::new();
        for word in words
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            let mut letters = word.chars();
            let first = letters.next().map(|c| {
                if identifier.is_empty() {
                    c.to_ascii_lowercase()
                } else {
                    c.to_ascii_uppercase()
                }
            });
            identifier.extend(first);
            identifier.extend(letters);
        }
        if !identifier.starts_with(|c: char| c.is_ascii_lowercase()) {
            identifier.insert(0, 'r');
        }
        self.once(identifier, "_")
    }

    fn once(&mut self, identifier: String, between: &str) -> String {
        if self.taken.insert(identifier.clone()) {
            return identifier;
        }
        let mut number = 2_u32;
        loop {
            let numbered = format!("{identifier}{between}{number}");
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
            number += 1;
        }
    }
}
