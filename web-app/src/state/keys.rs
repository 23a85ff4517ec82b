//! Keys that act anywhere on the page.
//!
//! | keys | do |
//! |---|---|
//! | Ctrl+Z | one step back |
//! | Ctrl+Shift+Z, Ctrl+Y | one step forward again |
//! | Ctrl+S | the design is saved as a file |
//! | Ctrl+O | a file is chosen |
//! | Ctrl+K | every action by name |
//!
//! On a Mac the command key stands for Ctrl. Left out: keys of the picture, which act only while it has the focus.

use super::PaletteMsg;
use super::message::Msg;
use super::shelf::DesignMsg;

/// What a key does; `held` is Ctrl or the command key.
#[must_use]
pub fn shortcut(key: &str, held: bool, shift: bool, alt: bool) -> Option<Msg> {
    if !held || alt {
        return None;
    }
    match key {
        "z" if !shift => Some(Msg::Undo),
        "z" | "Z" | "y" => Some(Msg::Redo),
        "s" if !shift => Some(Msg::Design(DesignMsg::SaveFile)),
        "k" | "K" => Some(Msg::Palette(PaletteMsg::Toggle)),
        "o" if !shift => Some(Msg::Design(DesignMsg::ChooseFile)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_act_with_ctrl_alone() {
        assert_eq!(shortcut("z", true, false, false), Some(Msg::Undo));
        assert_eq!(shortcut("Z", true, true, false), Some(Msg::Redo));
        assert_eq!(
            shortcut("s", true, false, false),
            Some(Msg::Design(DesignMsg::SaveFile))
        );
        assert_eq!(shortcut("s", false, false, false), None);
        assert_eq!(shortcut("z", true, false, true), None);
    }
}
