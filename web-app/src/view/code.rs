//! A line of code in pieces, each with what it is, so that a page colours it.
//!
//! | piece of a line | class |
//! |---|---|
//! | from `//` or `#` on | comment |
//! | between quotes | text |
//! | `resource`, `module`, `az` at the beginning | word |
//! | a number, `true`, `false` | value |
//!
//! Left out: strings over several lines, nested comments.

use interspoke_core::export::Form;

/// Lines that are drawn.
pub(super) const MOST_LINES: usize = 300;

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Nothing special.
    Plain,
    /// A comment.
    Comment,
    /// Between quotes.
    Text,
    /// A word of the language.
    Word,
    /// A number or a switch.
    Value,
}

impl Piece {
    /// Its class on the page.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "c-plain",
            Self::Comment => "c-comment",
            Self::Text => "c-text",
            Self::Word => "c-word",
            Self::Value => "c-value",
        }
    }
}

/// A line in pieces.
pub type Line = Vec<(Piece, String)>;

/// Words at the beginning of a line.
const WORDS: [&str; 17] = [
    "resource",
    "module",
    "param",
    "var",
    "targetScope",
    "variable",
    "terraform",
    "provider",
    "data",
    "az",
    "if",
    "fi",
    "then",
    "need",
    "set",
    "flowchart",
    "subgraph",
];

/// A line in pieces.
pub(super) fn pieces(form: Form, line: &str) -> Line {
    let mark = match form {
        Form::Bicep => "//",
        Form::Terraform | Form::CommandLine => "#",
        _ => "\u{0}",
    };
    let mut pieces: Line = Vec::new();
    let body = line.trim_start();
    let (indent, _) = line.split_at(line.len() - body.len());
    push(&mut pieces, Piece::Plain, indent);
    if body.starts_with(mark) {
        push(&mut pieces, Piece::Comment, body);
        return pieces;
    }
    let first = body.split([' ', '(']).next().unwrap_or_default();
    let mut rest = body;
    if WORDS.contains(&first) {
        push(&mut pieces, Piece::Word, first);
        rest = body.get(first.len()..).unwrap_or_default();
    }
    cut(&mut pieces, rest);
    pieces
}

/// Texts and values of the rest of a line.
fn cut(pieces: &mut Line, mut rest: &str) {
    while let Some(at) = rest.find(['\'', '"']) {
        let (before, from) = rest.split_at(at);
        values(pieces, before);
        let quote = from.chars().next().unwrap_or('"');
        let end = end_of_text(from, quote);
        let (text, after) = from.split_at(end);
        push(pieces, Piece::Text, text);
        rest = after;
    }
    values(pieces, rest);
}

/// Where a text ends that begins with a quote.
fn end_of_text(text: &str, quote: char) -> usize {
    let mut skipped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if skipped {
            skipped = false;
        } else if letter == '\\' {
            skipped = true;
        } else if letter == quote {
            return at + letter.len_utf8();
        }
    }
    text.len()
}

/// Numbers and switches among other signs.
fn values(pieces: &mut Line, text: &str) {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '$');
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (head, tail) = rest.split_at(word);
        let is_value = head == "true" || head == "false" || head.parse::<f64>().is_ok();
        push(
            pieces,
            if is_value { Piece::Value } else { Piece::Plain },
            head,
        );
        let gap = tail.find(is_word).unwrap_or(tail.len());
        let (signs, next) = tail.split_at(gap);
        push(pieces, Piece::Plain, signs);
        rest = next;
    }
}

/// Adds a text to the pieces; alike neighbours become one.
fn push(pieces: &mut Line, piece: Piece, text: &str) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some((last, known)) if *last == piece => known.push_str(text),
        _ => pieces.push((piece, text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(form: Form, text: &str) -> Vec<(&'static str, String)> {
        let pieces = pieces(form, text);
        assert_eq!(
            pieces
                .iter()
                .map(|(_, text)| text.as_str())
                .collect::<String>(),
            text
        );
        pieces
            .into_iter()
            .map(|(piece, text)| (piece.class(), text))
            .collect()
    }

    #[test]
    fn a_line_falls_into_its_pieces_and_nothing_is_lost() {
        let own = |class, text: &str| (class, text.to_owned());
        assert_eq!(
            line(Form::Bicep, "  priority: 100 // no comment of the writer's"),
            [
                own("c-plain", "  priority: "),
                own("c-value", "100"),
                own("c-plain", " // no comment of the writer"),
                own("c-text", "'s")
            ]
        );
        assert_eq!(
            line(Form::Bicep, "// a 'note'"),
            [own("c-comment", "// a 'note'")]
        );
        assert_eq!(
            line(Form::Terraform, "  name = \"a \\\" b\""),
            [own("c-plain", "  name = "), own("c-text", "\"a \\\" b\"")]
        );
        assert_eq!(
            line(Form::CommandLine, "az group create"),
            [own("c-word", "az"), own("c-plain", " group create")]
        );
    }
}
