//! The head of the page.

use crate::state::{State, Theme};

/// The head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top {
    /// Title of the document.
    pub name: String,
    /// Its id.
    pub id: String,
    /// The page keeps designs.
    pub keeps: bool,
    /// There is something to undo.
    pub can_undo: bool,
    /// There is something to redo.
    pub can_redo: bool,
    /// Colours.
    pub theme: Theme,
}

/// The head of the page.
#[must_use]
pub fn top(state: &State) -> Top {
    Top {
        name: state.document.name.clone(),
        id: state.document.id.clone(),
        keeps: state.keeps(),
        can_undo: state.history.can_undo() || state.can_leave(true),
        can_redo: state.history.can_redo() || state.can_leave(false),
        theme: state.theme,
    }
}
