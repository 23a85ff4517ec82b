//! What a reload brings back besides the document: half-typed fields, the chosen flow and the open answer.
//!
//! The rule: it is written beside the document at every step and is no part of it: it is not undone, not in files and not
//! in links. A session that cannot be read (of another version) leaves everything as the page opens it.
//!
//! Left out: the camera, what is unfolded.

use super::{Choice, Draft, Drafts, Field, Side, State, Tab, Turn};
use crate::form::Place;
use interspoke_core::spec::Protocol;
use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;

/// A session as it is written.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Session {
    fields: Vec<(Field, Draft)>,
    /// Fields of the forms of objects, by their places as texts.
    #[serde(default)]
    forms: Vec<(String, Draft)>,
    from: Option<Ipv4Addr>,
    to: Option<Ipv4Addr>,
    protocol: Protocol,
    #[serde(default)]
    port: Option<u16>,
    tab: Option<Tab>,
    side: Option<Side>,
}

impl State {
    /// The session as text.
    pub(super) fn session(&self) -> String {
        let session = Session {
            fields: self.drafts.fields.clone().into_iter().collect(),
            forms: self
                .drafts
                .forms
                .iter()
                .map(|(place, draft)| (place.to_string(), draft.clone()))
                .collect(),
            from: self.choice.from,
            to: self.choice.to,
            protocol: self.choice.protocol,
            port: self.choice.port,
            tab: Some(self.tab),
            side: Some(self.side),
        };
        serde_json::to_string(&session).unwrap_or_default()
    }

    /// Takes a session over; one that cannot be read changes nothing.
    pub(super) fn resume(&mut self, session: &str) {
        let Ok(session) = serde_json::from_str::<Session>(session) else {
            return;
        };
        self.drafts = Drafts {
            fields: session.fields.into_iter().collect(),
            forms: session
                .forms
                .into_iter()
                .filter_map(|(place, draft)| Some((Place::parse(&place)?, draft)))
                .collect(),
        };
        self.choice = Choice {
            from: session.from,
            to: session.to,
            protocol: session.protocol,
            port: session.port,
            turn: Turn::From,
        };
        self.tab = session.tab.unwrap_or(self.tab);
        self.side = session.side.unwrap_or(self.side);
        self.keep_choice();
    }
}
