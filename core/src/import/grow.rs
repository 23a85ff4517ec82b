//! A value that is longer than a slice, as a plan or a template of many megabytes: its tree grows a bounded piece at a time.
//!
//! The rule: a part that is shorter than a slice is parsed at once; a longer object or list is opened, and its parts follow
//! one another. What is parsed and what is opened makes one tree, the same as if it had been parsed at once.
//!
//! | text | steps |
//! |---|---|
//! | `{"format_version": "1.2", "values": { … 20 MB … }}` | the object is opened, the version parsed, the values opened, … |
//! | 80 lists inside one another, 20 MB in the innermost | one slice after another |
//! | deeper than that | refused, by its place |
//!
//! Left out: a text of many megabytes between two quotes; it is taken in one go.

use super::pieces::{self, SLICE, Scanned, blank, end_within};
use crate::json::{Map, Value};

/// Objects and lists inside one another that are opened: no tool writes so many, and what is parsed inside them may be as
/// deep again.
const DEEPEST: usize = 80;

/// A tree that is not whole yet.
#[derive(Debug)]
pub(super) struct Growing {
    at: usize,
    open: Vec<Frame>,
    whole: Option<Value>,
}

#[derive(Debug)]
enum Frame {
    List(Vec<Value>),
    /// Members, and the name of the one that is being read.
    Object(Map<String, Value>, String),
}

/// What a step made.
#[derive(Debug)]
pub(super) enum Grown {
    /// There is more of it.
    More,
    /// The tree, and where its text ends.
    Whole(Value, usize),
    /// The text is no JSON at this line and column.
    Broken((usize, usize), String),
}

impl Growing {
    pub(super) fn at(start: usize) -> Self {
        Self {
            at: start,
            open: Vec::new(),
            whole: None,
        }
    }

    /// How many bytes are behind it.
    pub(super) const fn place(&self) -> usize {
        self.at
    }

    /// Reads about a slice.
    pub(super) fn step(&mut self, text: &str) -> Grown {
        let end = self.at.saturating_add(SLICE);
        while self.at < end {
            if let Err(why) = self.part(text) {
                return why;
            }
            if let Some(node) = self.whole.take() {
                return Grown::Whole(node, self.at);
            }
        }
        Grown::More
    }

    /// The next name, value or closing bracket.
    fn part(&mut self, text: &str) -> Result<(), Grown> {
        while self.here(text) == Some(b',') {
            self.at = self.at.saturating_add(1);
        }
        match (self.open.last_mut(), text.as_bytes().get(self.at)) {
            (Some(_), None) => Err(self.broken(text, "the text ends inside a list or an object")),
            (Some(Frame::List(_)), Some(b']')) | (Some(Frame::Object(..)), Some(b'}')) => {
                self.at = self.at.saturating_add(1);
                self.close();
                Ok(())
            }
            (Some(Frame::Object(_, name)), Some(_)) => {
                let read = pieces::key(text, self.at).map(|(key, start)| {
                    *name = key;
                    start
                });
                self.at = self.scanned(text, read)?;
                self.value(text)
            }
            _ => self.value(text),
        }
    }

    fn here(&mut self, text: &str) -> Option<u8> {
        self.at = blank(text, self.at);
        text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self, text: &str) -> Result<(), Grown> {
        let end = self.scanned(text, end_within(text, self.at, SLICE))?;
        if let Some(end) = end {
            let range = self.at..end;
            let node = pieces::parse(text, &range)
                .map_err(|error| Grown::Broken((error.line, error.column), error.message))?;
            self.at = end;
            self.attach(node);
            return Ok(());
        }
        if self.open.len() == DEEPEST {
            return Err(self.broken(text, "objects and lists are nested too deep"));
        }
        let frame = match text.as_bytes().get(self.at) {
            Some(b'[') => Frame::List(Vec::new()),
            _ => Frame::Object(Map::new(), String::new()),
        };
        self.open.push(frame);
        self.at = self.at.saturating_add(1);
        Ok(())
    }

    fn close(&mut self) {
        let value = match self.open.pop() {
            Some(Frame::List(items)) => Value::Array(items),
            Some(Frame::Object(members, _)) => Value::Object(members),
            None => Value::Null,
        };
        self.attach(value);
    }

    fn attach(&mut self, node: Value) {
        match self.open.last_mut() {
            Some(Frame::List(items)) => items.push(node),
            Some(Frame::Object(members, name)) => {
                members.insert(std::mem::take(name), node);
            }
            None => self.whole = Some(node),
        }
    }

    fn scanned<T>(&self, text: &str, scanned: Scanned<T>) -> Result<T, Grown> {
        scanned.map_err(|message| self.broken(text, message))
    }

    fn broken(&self, text: &str, message: &str) -> Grown {
        Grown::Broken(pieces::line_and_column(text, self.at), message.to_owned())
    }
}
