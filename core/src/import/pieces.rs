//! Where the values of a text begin and end: one resource after another, whatever wraps them.
//!
//! The rule: lists, `{"value": [ … ]}` and `{"data": [ … ]}` are wrappers and are opened, to any depth; every other value
//! is a piece. Several texts may follow one another. Comments and trailing commas are stepped over. A text is read from
//! its start and a piece at a time, so that 50 MB never stand in memory as one tree and the page can pause between two.
//! Lines between two values, as prompts, headings and printed tables of a terminal, are handed over as prose.
//!
//! | text | pieces |
//! |---|---|
//! | `[{"a": 1}, {"b": 2},]` | two, of one group |
//! | `{"value": [{"a": 1}], "nextLink": "…"}` | one, and the wrapper's `nextLink` |
//! | `{"a": 1} {"b": 2}` | two, of two groups |
//! | `// portal` and `{"a": 1}` | one |
//! | `PS> Get-AzRouteTable` and `[{"a": 1}]` | the line as prose, and one |
//!
//! Left out: what a piece means.

use crate::json::{JsonError, Value};
use std::ops::Range;

/// Bytes that a slice reads: a few milliseconds of a browser's time.
pub const SLICE: usize = 256 * 1024;

/// A value of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Pieces of one list have one number.
    pub(super) group: usize,
}

/// What a text holds next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// A value.
    Piece(Piece),
    /// A member of a wrapper beside its list, as `nextLink`: name and value.
    Beside(String, Range<usize>),
    /// A value that is longer than a slice begins here; it is grown, and [`Pieces::resume`] says where it ended.
    Long(Piece),
    /// Lines that are no JSON.
    Prose(Range<usize>),
    /// The text stops being JSON here; nothing after it can be trusted.
    Broken(usize, &'static str),
}

/// Reads a text piece by piece; the same text is given at each step.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    at: usize,
    open: Vec<Frame>,
    groups: usize,
    broken: bool,
}

#[derive(Debug, Clone, Copy)]
enum Frame {
    List(usize),
    Wrapper,
}

/// Deeper wrappers are refused: no tool writes them.
const DEEPEST: usize = 16;

pub(super) type Scanned<T> = Result<T, &'static str>;

impl Pieces {
    /// How many bytes are behind it.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Reads on behind a value that was grown elsewhere.
    pub(super) fn resume(&mut self, at: usize) {
        self.at = at;
    }

    /// Nothing more is read: what follows cannot be trusted.
    pub(super) fn close(&mut self) {
        self.broken = true;
    }

    /// What the text holds next; nothing after its end.
    pub(super) fn next(&mut self, text: &str) -> Option<Event> {
        if self.broken {
            return None;
        }
        self.scan(text).unwrap_or_else(|message| {
            self.broken = true;
            Some(Event::Broken(self.at, message))
        })
    }

    fn here(&self, text: &str) -> Option<u8> {
        text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn skip_blank(&mut self, text: &str) -> Option<u8> {
        self.at = blank(text, self.at);
        self.here(text)
    }

    /// Past blanks and the commas between two values.
    fn skip_between(&mut self, text: &str) -> Option<u8> {
        while self.skip_blank(text) == Some(b',') {
            self.step();
        }
        self.here(text)
    }

    fn scan(&mut self, text: &str) -> Scanned<Option<Event>> {
        loop {
            let next = self.skip_between(text);
            let event = match (self.open.last().copied(), next) {
                (None, None) => return Ok(None),
                (Some(_), None) => return Err("the text ends inside a list or an object"),
                (Some(Frame::List(_)), Some(b']')) | (Some(Frame::Wrapper), Some(b'}')) => {
                    self.step();
                    self.open.pop();
                    None
                }
                (Some(Frame::Wrapper), Some(_)) => self.member(text)?,
                (Some(Frame::List(group)), Some(_)) => self.value(text, group)?,
                (None, Some(_)) if begins(text, self.at) => {
                    self.groups = self.groups.saturating_add(1);
                    self.value(text, self.groups)?
                }
                (None, Some(_)) => Some(self.prose(text)),
            };
            if event.is_some() {
                return Ok(event);
            }
        }
    }

    /// Lines up to the next that begins a value.
    fn prose(&mut self, text: &str) -> Event {
        let start = self.at;
        loop {
            self.at = after(text, self.at, "\n");
            let line = text.get(self.at..).unwrap_or_default();
            let blanks = line.len().saturating_sub(line.trim_start().len());
            if line.is_empty() || begins(text, self.at.saturating_add(blanks)) {
                return Event::Prose(start..self.at);
            }
        }
    }

    fn open_list(&mut self) -> Scanned<()> {
        if self.open.len() >= DEEPEST {
            return Err("too many lists inside lists");
        }
        self.step();
        self.groups = self.groups.saturating_add(1);
        self.open.push(Frame::List(self.groups));
        Ok(())
    }

    fn value(&mut self, text: &str, group: usize) -> Scanned<Option<Event>> {
        match self.here(text) {
            Some(b'[') => self.open_list().map(|()| None),
            Some(b'{') if self.open.len() < DEEPEST && wraps(text, self.at)? => {
                self.step();
                self.open.push(Frame::Wrapper);
                Ok(None)
            }
            _ => {
                let start = self.at;
                let Some(end) = end_within(text, start, SLICE)? else {
                    let range = start..start;
                    return Ok(Some(Event::Long(Piece { range, group })));
                };
                self.at = end;
                Ok(Some(Event::Piece(Piece {
                    range: start..end,
                    group,
                })))
            }
        }
    }

    fn member(&mut self, text: &str) -> Scanned<Option<Event>> {
        let (key, start) = key(text, self.at)?;
        self.at = start;
        if is_wrapping(&key) && self.here(text) == Some(b'[') {
            return self.open_list().map(|()| None);
        }
        self.at = end_of_value(text, start)?;
        Ok(Some(Event::Beside(key, start..self.at)))
    }
}

/// Whether an object or a list begins at `at`: what a person wrote in brackets, as `[INFO]` or `{10.0.0.0/16}`, is neither.
fn begins(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let inside = bytes.get(blank(text, at.saturating_add(1)));
    match bytes.get(at) {
        Some(b'{') => matches!(inside, None | Some(b'"' | b'}')),
        Some(b'[') => matches!(inside, None | Some(b'"' | b'{' | b'[' | b']')),
        _ => false,
    }
}

fn is_wrapping(key: &str) -> bool {
    key.eq_ignore_ascii_case("value") || key.eq_ignore_ascii_case("data")
}

/// Whether the object that begins at `at` wraps a list: its members up to the first list of that name are looked at, and
/// no more of them than a slice.
fn wraps(text: &str, at: usize) -> Scanned<bool> {
    let mut at = at.saturating_add(1);
    let last = at.saturating_add(SLICE);
    loop {
        at = blank(text, at);
        match text.as_bytes().get(at) {
            Some(b',') => at = at.saturating_add(1),
            Some(b'"') => {
                let (name, start) = key(text, at)?;
                if is_wrapping(&name) {
                    return Ok(text.as_bytes().get(start) == Some(&b'['));
                }
                match end_within(text, start, SLICE)? {
                    Some(end) if end < last => at = end,
                    _ => return Ok(false),
                }
            }
            _ => return Ok(false),
        }
    }
}

/// The name at `at` and where its value begins.
pub(super) fn key(text: &str, at: usize) -> Scanned<(String, usize)> {
    if text.as_bytes().get(at) != Some(&b'"') {
        return Err("expected a name in quotes");
    }
    let end = end_of_string(text, at)?;
    let name = text.get(at.saturating_add(1)..end.saturating_sub(1));
    let colon = blank(text, end);
    if text.as_bytes().get(colon) != Some(&b':') {
        return Err("expected `:` after a name");
    }
    let start = blank(text, colon.saturating_add(1));
    Ok((name.unwrap_or_default().to_owned(), start))
}

/// The first byte from `at` on that is neither blank nor a comment.
pub(super) fn blank(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        match (bytes.get(at), bytes.get(at.saturating_add(1))) {
            (Some(b' ' | b'\n' | b'\t' | b'\r'), _) => at = at.saturating_add(1),
            // A no-break space or a byte-order mark in the middle, as pasted from a page or joined from files.
            (Some(0xC2), Some(0xA0)) => at = at.saturating_add(2),
            (Some(0xEF), Some(0xBB)) => at = at.saturating_add(3),
            (Some(b'/'), Some(b'/')) => at = after(text, at, "\n"),
            (Some(b'/'), Some(b'*')) => at = after(text, at.saturating_add(2), "*/"),
            _ => return at,
        }
    }
}

fn after(text: &str, at: usize, end: &str) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest
        .find(end)
        .map_or(rest.len(), |found| found.saturating_add(end.len()));
    at.saturating_add(length)
}

fn end_of_string(text: &str, at: usize) -> Scanned<usize> {
    let bytes = text.as_bytes();
    let mut at = at.saturating_add(1);
    loop {
        match bytes.get(at) {
            None => return Err("the text ends inside a string"),
            Some(b'"') => return Ok(at.saturating_add(1)),
            Some(b'\\') => at = at.saturating_add(2),
            Some(_) => at = at.saturating_add(1),
        }
    }
}

/// Where the value that begins at `start` ends.
fn end_of_value(text: &str, start: usize) -> Scanned<usize> {
    let end = end_within(text, start, usize::MAX)?;
    end.ok_or("a value has no end")
}

/// Where the value that begins at `start` ends: at the bracket that closes it, or before a comma, bracket or blank; nothing
/// for an object or list of more than `most` bytes.
pub(super) fn end_within(text: &str, start: usize, most: usize) -> Scanned<Option<usize>> {
    let bytes = text.as_bytes();
    let last = start.saturating_add(most);
    let mut at = start;
    let mut depth = 0_usize;
    loop {
        if at > last && depth > 0 {
            return Ok(None);
        }
        match (bytes.get(at), bytes.get(at.saturating_add(1))) {
            (None, _) if depth == 0 && at > start => return Ok(Some(at)),
            (None, _) => return Err("the text ends inside a list or an object"),
            (Some(b'"'), _) => at = end_of_string(text, at)?,
            (Some(b'{' | b'['), _) => {
                depth = depth.saturating_add(1);
                at = at.saturating_add(1);
            }
            (Some(b'}' | b']'), _) if depth > 0 => {
                depth = depth.saturating_sub(1);
                at = at.saturating_add(1);
            }
            (Some(b'/'), Some(b'/' | b'*')) => at = blank(text, at),
            (Some(b'}' | b']' | b',' | b' ' | b'\n' | b'\r' | b'\t'), _) if depth == 0 => {
                return if at > start {
                    Ok(Some(at))
                } else {
                    Err("expected a value")
                };
            }
            (Some(_), _) => {
                at = at.saturating_add(1);
                continue;
            }
        }
        if depth == 0 && ends_here(bytes, at) {
            return Ok(Some(at));
        }
    }
}

/// Whether a string, list or object has just ended.
fn ends_here(bytes: &[u8], at: usize) -> bool {
    matches!(
        at.checked_sub(1).and_then(|last| bytes.get(last)),
        Some(b'"' | b'}' | b']')
    )
}

/// Reads one piece: strictly, and where that fails once more without comments, trailing commas and broken lines.
pub(super) fn parse(text: &str, range: &Range<usize>) -> Result<Value, JsonError> {
    let piece = text.get(range.clone()).unwrap_or_default();
    let strict = match crate::json::parse(piece) {
        Ok(node) => return Ok(node),
        Err(error) => error,
    };
    let mut lenient = piece.to_owned();
    if json_strip_comments::strip(&mut lenient).is_err() {
        return Err(placed(text, range.start, strict));
    }
    crate::json::parse(&on_one_line(&lenient)).map_err(|error| placed(text, range.start, error))
}

/// A line break inside a string, which templates may have, becomes a blank.
fn on_one_line(text: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let letter = |letter: char| {
        let is_break = inside && letter.is_ascii_control();
        inside ^= letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        if is_break { ' ' } else { letter }
    };
    text.chars().map(letter).collect()
}

/// The place of a mistake in a piece, counted from the start of the text.
fn placed(text: &str, start: usize, error: JsonError) -> JsonError {
    let (line, column) = line_and_column(text, start);
    JsonError {
        column: if error.line <= 1 {
            error.column.saturating_add(column).saturating_sub(1)
        } else {
            error.column
        },
        line: error.line.saturating_add(line).saturating_sub(1),
        ..error
    }
}

/// Line and column of a byte, from 1.
pub(super) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |found| found.saturating_add(1));
    let column = before.len().saturating_sub(start);
    (lines.saturating_add(1), column.saturating_add(1))
}
