//! Texts that are being typed.
//!
//! A draft keeps what was typed, readable or not. With an error it is also why the answers are older.

use super::{Field, RouteKey, RoutePart};
use crate::form::Place;
use crate::text;
use interspoke_core::address::{parse_address, parse_prefix};
use interspoke_core::json::Word;
use interspoke_core::spec::{RouteSpec, UserNextHopType};
use std::collections::BTreeMap;

/// A text and what was expected instead.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Draft {
    /// What was typed.
    pub text: String,
    /// What was expected, when it cannot be read.
    pub error: Option<String>,
}

/// A route as it is typed; a row is taken over as a whole, when all of it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteDraft {
    /// `addressPrefix`.
    pub prefix: Draft,
    /// `nextHopType`.
    pub kind: Word<UserNextHopType>,
    /// `nextHopIpAddress`.
    pub hop: Draft,
}

impl RouteDraft {
    /// The draft of a route of the document.
    #[must_use]
    pub fn of(route: &RouteSpec) -> Self {
        let draft = |text: &str| Draft {
            text: text.to_owned(),
            error: None,
        };
        Self {
            prefix: draft(&route.prefix),
            kind: route.next_hop_type.clone(),
            hop: draft(route.next_hop_ip_address.as_deref().unwrap_or_default()),
        }
    }

    /// The row for a new route.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            prefix: Draft::default(),
            kind: UserNextHopType::VirtualAppliance.into(),
            hop: Draft::default(),
        }
    }

    /// With one part typed anew, and every part read.
    #[must_use]
    pub(super) fn with(mut self, part: RoutePart) -> Self {
        match part {
            RoutePart::Prefix(text) => self.prefix.text = text,
            RoutePart::Kind(kind) => self.kind = kind.into(),
            RoutePart::Hop(text) => self.hop.text = text,
        }
        self.read();
        self
    }

    /// Reads every part; each error says what was expected.
    pub(super) fn read(&mut self) {
        self.prefix.error = parse_prefix(&self.prefix.text).err().map(|e| e.to_string());
        let wanted = self.kind == UserNextHopType::VirtualAppliance;
        self.hop.error = if !wanted {
            None
        } else if self.hop.text.trim().is_empty() {
            Some(text::EXPECTED_APPLIANCE.to_owned())
        } else {
            parse_address(&self.hop.text).err().map(|e| e.to_string())
        };
    }

    /// The route, when all of it can be read.
    #[must_use]
    pub(super) fn route(&self, name: Option<String>) -> Option<RouteSpec> {
        if self.has_error() {
            return None;
        }
        let appliance = self.kind == UserNextHopType::VirtualAppliance;
        Some(RouteSpec {
            name,
            prefix: self.prefix.text.trim().to_owned(),
            next_hop_type: self.kind.clone(),
            next_hop_ip_address: appliance.then(|| self.hop.text.trim().to_owned()),
        })
    }

    /// Whether a part cannot be read.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.prefix.error.is_some() || self.hop.error.is_some()
    }
}

/// Every text that is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts {
    /// Single fields.
    pub fields: BTreeMap<Field, Draft>,
    /// Rows of route tables.
    pub routes: BTreeMap<RouteKey, RouteDraft>,
    /// Fields of the forms of objects.
    pub forms: BTreeMap<Place, Draft>,
}

impl Drafts {
    /// Whether a text that the answers depend on cannot be read. The row being written is not part of them yet.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        let fields = self
            .fields
            .iter()
            .any(|(field, d)| !field.is_kept() && d.error.is_some());
        fields
            || self.forms.values().any(|d| d.error.is_some())
            || self
                .routes
                .iter()
                .any(|(key, d)| key.route.is_some() && d.has_error())
    }

    /// The draft of a field.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<&Draft> {
        self.fields.get(&field)
    }
}
