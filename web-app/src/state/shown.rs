//! What of the page is shown where another page embeds it, and whether its design may change there.
//!
//! | member | words | without it |
//! |---|---|---|
//! | `view` | `page`, `picture`, or an answer: `compare`, `path`, `routes`, `reachability`, `peerings`, `cost`, `findings`, `objects`; `chart`: that of peerings against spokes | `page` |
//! | `theme` | `system`, `light`, `dark` | what the reader chose |
//! | `mode` | `edit`, `read` | `edit` |
//!
//! Left out: height and width, which are the embedding page's.

use super::{Tab, Theme};
use crate::text;
use interspoke_core::json::{self, Value};

/// Parts of the page that take a design over one after the other: the picture, the strip, the answers, the panel.
pub const PARTS: usize = 4;

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Everything.
    #[default]
    Page,
    /// The picture with its path.
    Picture,
    /// One answer.
    Answer(Tab),
    /// The chart of peerings against spokes.
    Chart,
}

/// The words of `view`.
const VIEWS: [(&str, View); 11] = [
    ("page", View::Page),
    ("picture", View::Picture),
    ("compare", View::Answer(Tab::Compare)),
    ("path", View::Answer(Tab::Path)),
    ("routes", View::Answer(Tab::Routes)),
    ("reachability", View::Answer(Tab::Reachability)),
    ("peerings", View::Answer(Tab::Peerings)),
    ("cost", View::Answer(Tab::Cost)),
    ("findings", View::Answer(Tab::Findings)),
    ("objects", View::Answer(Tab::Objects)),
    ("chart", View::Chart),
];
const THEMES: [(&str, Theme); 3] = [
    ("system", Theme::System),
    ("light", Theme::Light),
    ("dark", Theme::Dark),
];
const MODES: [(&str, bool); 2] = [("edit", false), ("read", true)];

impl View {
    /// The areas that are drawn: `page`, `picture` or `answer`.
    #[must_use]
    pub const fn areas(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Picture => "picture",
            Self::Answer(_) | Self::Chart => "answer",
        }
    }

    /// The part that is drawn first.
    #[must_use]
    pub const fn first(self) -> usize {
        match self {
            Self::Page | Self::Picture => 0,
            Self::Answer(_) | Self::Chart => 2,
        }
    }

    /// Whether a part of the page is drawn, by its place among [`PARTS`].
    #[must_use]
    pub const fn shows(self, part: usize) -> bool {
        match self {
            Self::Page => part < PARTS,
            Self::Picture => part == 0,
            Self::Answer(_) | Self::Chart => part == 2,
        }
    }
}

/// How a page is embedded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// What is shown.
    pub view: View,
    /// Its colours, where the embedding page says so.
    pub theme: Option<Theme>,
    /// The design stays as it is; what is chosen and opened may change.
    pub read_only: bool,
}

impl Shown {
    /// Reads the options of an embedding page: an object of the members above.
    ///
    /// # Errors
    /// What was expected and what was found.
    pub fn read(options: &str) -> Result<Self, String> {
        let node = json::parse(options).map_err(|error| error.to_string())?;
        let Value::Object(members) = node else {
            return Err(text::options_expected("an object", options));
        };
        let mut shown = Self::default();
        for (key, value) in &members {
            let Value::String(word) = value else {
                return Err(text::options_expected(key, &value.to_string()));
            };
            match key.as_str() {
                "view" => shown.view = meant(key, word, &VIEWS)?,
                "theme" => shown.theme = Some(meant(key, word, &THEMES)?),
                "mode" => shown.read_only = meant(key, word, &MODES)?,
                other => return Err(text::options_expected("view, theme or mode", other)),
            }
        }
        Ok(shown)
    }
}

fn meant<T: Copy>(name: &str, word: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(known, _)| *known == word);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        text::options_expected(&format!("{name}: {}", known.join(", ")), word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_words_and_anything_else_is_told() {
        let read = Shown::read(r#"{"view": "cost", "theme": "dark", "mode": "read"}"#);
        let expected = Shown {
            view: View::Answer(Tab::Cost),
            theme: Some(Theme::Dark),
            read_only: true,
        };
        assert_eq!(read, Ok(expected));
        assert_eq!(Shown::read("{}"), Ok(Shown::default()));
        for (options, said) in [
            (r#"{"mode": "write"}"#, "mode: edit, read"),
            (r#"{"colour": "red"}"#, "view, theme or mode"),
            (r#"{"view": 1}"#, "found 1"),
            ("[]", "an object"),
            ("{", "line 1"),
        ] {
            let error = Shown::read(options).unwrap_err();
            assert!(error.contains(said), "{options}: {error}");
        }
    }
}
