//! What this browser remembers: the colours. Storage may be forbidden; then nothing is remembered.

use crate::state::Theme;
use web_sys::Storage;

const THEME: &str = "interspoke-theme";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// The colours chosen last.
#[must_use]
pub fn theme() -> Theme {
    let word = storage().and_then(|storage| storage.get_item(THEME).ok().flatten());
    Theme::of(word.as_deref().unwrap_or_default())
}

/// Remembers the colours.
pub(super) fn save_theme(theme: Theme) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(THEME, theme.word());
    }
}
