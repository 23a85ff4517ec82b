//! From the bytes of a file to its text: which encoding they have, and what people paste around the JSON.
//!
//! The rule: a byte-order mark says the encoding; without one, every second byte being zero means UTF-16, as Windows
//! PowerShell's `>` writes it. What cannot be decoded becomes the replacement character and is said.
//!
//! | bytes | read as |
//! |---|---|
//! | `EF BB BF …` | UTF-8 |
//! | `FF FE …`, or `7B 00 …` | UTF-16, little end first |
//! | `FE FF …`, or `00 7B …` | UTF-16, big end first |
//! | anything else | UTF-8 |
//!
//! A long file comes in pieces ([`Decoding`]), so that no piece of work is as long as the file.
//!
//! Left out: code pages. An export of Azure's tools is Unicode.

use std::borrow::Cow;

/// A text and what its bytes were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text, without a byte-order mark.
    pub text: Cow<'b, str>,
    /// The name of the encoding where it is not plain UTF-8.
    pub encoding: Option<&'static str>,
    /// Whether some bytes were not of that encoding.
    pub damaged: bool,
}

/// Reads bytes as text. Colours that a terminal wrote into it are taken out.
///
/// ```
/// use interspoke_core::import::decode;
/// assert_eq!(decode(b"\xEF\xBB\xBF{}").text, "{}");
/// assert_eq!(decode(b"\xFF\xFE{\0}\0").text, "{}");
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    plain(of_encoding(bytes))
}

fn plain(decoded: Decoded<'_>) -> Decoded<'_> {
    if decoded.text.contains(COLOUR) {
        let text = without_colours(&decoded.text).into();
        return Decoded { text, ..decoded };
    }
    decoded
}

/// Bytes that come in pieces, read as [`decode`] reads them whole.
///
/// ```
/// use interspoke_core::import::Decoding;
/// let mut decoding = Decoding::default();
/// decoding.push("\u{feff}{\"name\": \"Z\u{fc}r".as_bytes());
/// decoding.push("ich\"}".as_bytes());
/// assert_eq!(decoding.finish(), "{\"name\": \"Z\u{fc}rich\"}");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Decoding {
    text: String,
    /// What no piece of text has ended in yet.
    rest: Vec<u8>,
    begun: bool,
    wide: bool,
}

impl Decoding {
    /// Reads a piece as far as it can be cut: after a byte that stands in no letter and in no colour.
    pub fn push(&mut self, piece: &[u8]) {
        self.rest.extend_from_slice(piece);
        if !self.begun {
            self.begun = self.rest.len() >= MARK;
            self.wide = of_encoding(self.rest.get(..MARK).unwrap_or_default())
                .encoding
                .is_some();
        }
        let cut = self.rest.iter().rposition(|byte| b"\n,\"".contains(byte));
        if let Some(cut) = cut.filter(|_| self.begun && !self.wide) {
            let rest = self.rest.split_off(cut.saturating_add(1));
            let head = std::mem::replace(&mut self.rest, rest);
            self.take(&head);
        }
    }

    /// The text of all pieces, without a byte-order mark.
    #[must_use]
    pub fn finish(mut self) -> String {
        let rest = std::mem::take(&mut self.rest);
        self.take(&rest);
        self.text
    }

    fn take(&mut self, bytes: &[u8]) {
        let decoded = if self.text.is_empty() {
            decode(bytes)
        } else {
            plain(utf8(bytes))
        };
        self.text.push_str(&decoded.text);
    }
}

/// Bytes that say an encoding.
const MARK: usize = 4;

/// How a terminal's colours begin.
const COLOUR: &str = "\u{1b}[";

/// A colour ends with a letter.
fn without_colours(text: &str) -> String {
    let mut parts = text.split(COLOUR);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.find(|letter: char| letter.is_ascii_alphabetic());
        let rest = after.and_then(|at| part.get(at.saturating_add(1)..));
        plain.push_str(rest.unwrap_or_default());
    }
    plain
}

fn of_encoding(bytes: &[u8]) -> Decoded<'_> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes, "UTF-16"),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes, "UTF-16"),
        [first, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes, "UTF-16 without a mark"),
        [0, second, ..] if *second != 0 => {
            utf16(bytes, u16::from_be_bytes, "UTF-16 without a mark")
        }
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Decoded<'_> {
    let text = String::from_utf8_lossy(bytes);
    Decoded {
        damaged: matches!(text, Cow::Owned(_)),
        text,
        encoding: None,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, name: &'static str) -> Decoded<'static> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut damaged = !rest.is_empty();
    let mut text = String::with_capacity(bytes.len() / 2);
    for letter in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        damaged |= letter.is_err();
        text.push(letter.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Decoded {
        text: text.into(),
        encoding: Some(name),
        damaged,
    }
}
