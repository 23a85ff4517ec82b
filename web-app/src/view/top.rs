//! The head of the page.

use crate::state::{State, Theme};

/// The head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top {
    /// Title of the document.
    pub name: String,
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
        can_undo: state.history.can_undo(),
        can_redo: state.history.can_redo(),
        theme: state.theme,
    }
}
