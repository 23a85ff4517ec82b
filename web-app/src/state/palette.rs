//! The command palette: what is typed there and which line stands ready; and the list of keys.
//!
//! Left out: what the lines are, which the view makes of the whole state.

use super::{PaletteMsg, State};

/// The open palette.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Palette {
    /// What is typed.
    pub typed: String,
    /// The line that Enter takes.
    pub active: usize,
}

impl State {
    pub(super) fn palette(&mut self, msg: PaletteMsg) {
        match msg {
            PaletteMsg::Toggle => {
                self.keys_open = false;
                self.palette = match self.palette {
                    Some(_) => None,
                    None => Some(Palette::default()),
                };
            }
            PaletteMsg::Close => {
                self.palette = None;
                self.keys_open = false;
                self.about_open = false;
            }
            PaletteMsg::About => {
                self.palette = None;
                self.keys_open = false;
                self.about_open = true;
            }
            PaletteMsg::Typed(typed) => self.palette = Some(Palette { typed, active: 0 }),
            PaletteMsg::Stand(active) => {
                if let Some(palette) = &mut self.palette {
                    palette.active = active;
                }
            }
            PaletteMsg::Keys => {
                self.palette = None;
                self.keys_open = !self.keys_open;
            }
            PaletteMsg::SingleKeys(on) => self.single_keys = on,
        }
    }
}
