//! Direct links that would pay beside the recommended design, each with what it saves and what it loses.

use crate::state::{Ranking, State};
use crate::text;
use interspoke_core::intent::Pair;
use interspoke_core::pattern::mix::Suggestion;
use interspoke_core::units::Quantity;

/// Links that are proposed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// What they are called.
    pub name: String,
    /// What they carry a month.
    pub gb: String,
    /// USD a month less.
    pub saves: String,
    /// Milliseconds less of a round trip.
    pub faster: String,
    /// What no longer sees them.
    pub loses: &'static str,
}

/// What is proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MixView {
    /// It can be asked for.
    pub can_ask: bool,
    /// Links that pay.
    pub links: Vec<LinkView>,
    /// How far the search is, or that nothing pays; empty otherwise.
    pub status: String,
}

pub(super) fn mix(state: &State, ranking: &Ranking) -> MixView {
    let Some((links, (tried, all))) = ranking.links() else {
        return MixView {
            can_ask: ranking.recommended().is_some(),
            ..MixView::default()
        };
    };
    let named = !state.intent().traffic.matrix.is_empty();
    let status = match (tried < all, links.is_empty()) {
        (true, _) => text::trying(tried, all),
        (false, false) => String::new(),
        (false, true) if named => text::NO_LINK_PAYS.to_owned(),
        (false, true) => text::NO_PAIR_NAMED.to_owned(),
    };
    MixView {
        can_ask: false,
        links: links.iter().map(link).collect(),
        status,
    }
}

fn link(one: &Suggestion) -> LinkView {
    let names = one.pairs.iter().map(|pair| text::pair(&pair.a, &pair.b));
    let ms = |micros: u32| Quantity::from_thousandths(micros.into()).to_string();
    LinkView {
        name: names.collect::<Vec<_>>().join(", "),
        pairs: one.pairs.clone(),
        gb: one.gb.to_string(),
        saves: one
            .saves
            .map_or_else(|| text::NONE.to_owned(), |saves| saves.to_string()),
        faster: one.faster().map_or_else(|| text::NONE.to_owned(), ms),
        loses: if one.loses_inspection {
            text::LOSES_INSPECTION
        } else {
            text::LOSES_NOTHING
        },
    }
}
