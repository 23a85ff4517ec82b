//! The list of designs, and what is to be said about keeping them.

use crate::scene::Scene;
use crate::state::{Card, DesignMsg, Msg, Shared, State, Trouble};
use crate::text;

/// A design of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignCard {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is in it.
    pub counts: String,
    /// When it was kept.
    pub when: String,
    /// It is the present one.
    pub present: bool,
    /// It cannot be opened: why.
    pub trouble: Option<String>,
    /// Its small picture, once it is drawn.
    pub picture: Option<Shared<Scene>>,
}

/// The list.
#[derive(Debug, Clone, PartialEq)]
pub struct Designs {
    /// It is open.
    pub open: bool,
    /// Designs, the last one first.
    pub cards: Vec<DesignCard>,
    /// Designs that can come back.
    pub deleted: Vec<DesignCard>,
    /// Said once, politely; while the list is open it covers the page's own place for it.
    pub notice: String,
}

/// The list of designs.
#[must_use]
pub fn designs(state: &State) -> Designs {
    let store = &state.store;
    let open = store.listed;
    let shown = |deleted: bool| {
        let cards = store.cards.iter();
        let cards = cards.filter(move |card| open && card.deleted == deleted);
        cards.map(|card| shown_card(state, card)).collect()
    };
    Designs {
        open,
        cards: shown(false),
        deleted: shown(true),
        notice: state.notice.clone().filter(|_| open).unwrap_or_default(),
    }
}

fn shown_card(state: &State, card: &Card) -> DesignCard {
    let picture = state.store.pictures.get(&card.id);
    let name = if card.name.trim().is_empty() {
        text::store::UNTITLED
    } else {
        &card.name
    };
    DesignCard {
        id: card.id.clone(),
        name: name.to_owned(),
        counts: format!(
            "{}, {}",
            text::counted(card.vnets, "VNet", "VNets"),
            text::counted(card.links, "peering link", "peering links")
        ),
        when: card.when.clone(),
        present: card.id == state.document.id,
        trouble: card.trouble.as_ref().map(Trouble::message),
        picture: picture.map(|(_, scene)| scene.clone()),
    }
}

/// Something about keeping that the reader must know, and what can be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// In a sentence or two.
    pub text: String,
    /// Captions and what they do.
    pub deeds: Vec<(&'static str, Msg)>,
}

/// Everything about keeping that the reader must know.
#[must_use]
pub fn notes(state: &State) -> Vec<Note> {
    let store = &state.store;
    let mut notes = Vec::new();
    if let Some(unread) = &store.unread {
        let mut deeds = Vec::new();
        if unread.trouble.is_none() {
            deeds.push((text::store::OPEN_ANYWAY, Msg::Design(DesignMsg::OpenUnread)));
        }
        deeds.push((text::store::DOWNLOAD, Msg::Design(DesignMsg::SaveUnread)));
        deeds.push((text::store::DISMISS, Msg::Design(DesignMsg::Dismiss)));
        notes.push(Note {
            text: text::store::unread(&unread.card.name, &unread.why()),
            deeds,
        });
    }
    if let Some(trouble) = &store.trouble {
        notes.push(Note {
            text: trouble.message(),
            deeds: vec![(text::store::DOWNLOAD, Msg::Design(DesignMsg::SaveFile))],
        });
    }
    if store.elsewhere {
        notes.push(Note {
            text: text::store::ELSEWHERE.to_owned(),
            deeds: vec![(text::store::MAKE_COPY, Msg::Design(DesignMsg::Copy))],
        });
    }
    notes
}
