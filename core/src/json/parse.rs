//! From a text to its tree. The words of a mistake are those of `serde_json`, which the tests hold it to.

use super::{JsonError, Member, Node, Value};

/// Deeper nesting is refused: no estate has it, and the stack is finite.
const DEEPEST: u8 = 127;

const RECURSION: &str = "recursion limit exceeded";
const EOF_VALUE: &str = "EOF while parsing a value";
const EOF_STRING: &str = "EOF while parsing a string";
const EXPECTED_VALUE: &str = "expected value";
const INVALID_NUMBER: &str = "invalid number";
const LONE_SURROGATE: &str = "lone leading surrogate in hex escape";
const INVALID_ESCAPE: &str = "invalid escape";

impl Node {
    /// Reads a JSON text.
    ///
    /// ```
    /// use interspoke_core::json::Node;
    /// assert_eq!(Node::parse("[1, null]").unwrap().compact(), "[1,null]");
    /// assert_eq!(Node::parse("[1,").unwrap_err().to_string(), "EOF while parsing a value at line 1 column 3");
    /// ```
    ///
    /// # Errors
    /// The first place at which the text stops being JSON, and what was expected there.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        let mut parser = Parser::new(text);
        let node = parser.value().and_then(|node| match parser.peek() {
            None => Ok(node),
            Some(_) => Err("trailing characters"),
        });
        node.map_err(|message| parser.error(message))
    }

    /// Reads JSON texts that stand one after another.
    ///
    /// ```
    /// use interspoke_core::json::Node;
    /// assert_eq!(Node::parse_all("[1] {}\n").unwrap().len(), 2);
    /// ```
    ///
    /// # Errors
    /// The first place at which the text stops being JSON, and what was expected there.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, JsonError> {
        let mut parser = Parser::new(text);
        let mut nodes = Vec::new();
        while parser.peek().is_some() {
            nodes.push(parser.value().map_err(|message| parser.error(message))?);
        }
        Ok(nodes)
    }
}

/// What is wrong where the parser stands.
type Parsed<T> = Result<T, &'static str>;

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: u8,
}

impl<'t> Parser<'t> {
    const fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    /// What is wrong where it stands.
    fn error(&self, message: &str) -> JsonError {
        // The byte that is wrong belongs to the place; past the end there is none.
        let end = self.at.saturating_add(1).min(self.text.len());
        JsonError::at(self.text, end, true, String::new(), message.to_owned())
    }

    fn here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.here() {
            self.step();
        }
        self.here()
    }

    fn value(&mut self) -> Parsed<Node> {
        let value = match self.peek().ok_or(EOF_VALUE)? {
            b'"' => Value::Text(self.string()?),
            b'{' => self.nested(Self::object)?,
            b'[' => self.nested(Self::list)?,
            b'-' | b'0'..=b'9' => Value::Number(self.number()?),
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'n' => self.word("null", Value::Null)?,
            _ => return Err(EXPECTED_VALUE),
        };
        Ok(Node {
            value,
            end: self.at,
        })
    }

    fn word(&mut self, word: &str, value: Value) -> Parsed<Value> {
        for byte in word.bytes() {
            match self.here() {
                Some(found) if found == byte => self.step(),
                Some(_) => return Err("expected ident"),
                None => return Err(EOF_VALUE),
            }
        }
        Ok(value)
    }

    fn nested(&mut self, read: fn(&mut Self) -> Parsed<Value>) -> Parsed<Value> {
        if self.depth == DEEPEST {
            return Err(RECURSION);
        }
        self.depth = self.depth.saturating_add(1);
        self.step();
        let value = read(self)?;
        self.depth = self.depth.saturating_sub(1);
        self.step();
        Ok(value)
    }

    /// Up to the bracket that closes it.
    fn list(&mut self) -> Parsed<Value> {
        const EOF: &str = "EOF while parsing a list";
        let mut items = Vec::new();
        if self.peek().ok_or(EOF)? != b']' {
            loop {
                items.push(self.value()?);
                match self.peek().ok_or(EOF)? {
                    b']' => break,
                    b',' => self.step(),
                    _ => return Err("expected `,` or `]`"),
                }
                if self.peek() == Some(b']') {
                    return Err("trailing comma");
                }
            }
        }
        Ok(Value::List(items))
    }

    /// Up to the brace that closes it.
    fn object(&mut self) -> Parsed<Value> {
        const EOF: &str = "EOF while parsing an object";
        let mut members = Vec::new();
        if self.peek().ok_or(EOF)? != b'}' {
            loop {
                match self.peek().ok_or(EOF_VALUE)? {
                    b'"' => {}
                    b'}' => return Err("trailing comma"),
                    _ => return Err("key must be a string"),
                }
                let key = self.string()?;
                let key_end = self.at;
                match self.peek().ok_or(EOF)? {
                    b':' => self.step(),
                    _ => return Err("expected `:`"),
                }
                let node = self.value()?;
                members.push(Member { key, key_end, node });
                match self.peek().ok_or(EOF)? {
                    b'}' => break,
                    b',' => self.step(),
                    _ => return Err("expected `,` or `}`"),
                }
            }
        }
        Ok(Value::Object(members))
    }

    fn digits(&mut self) -> Parsed<()> {
        match self.here() {
            Some(b'0'..=b'9') => {}
            Some(_) => return Err(INVALID_NUMBER),
            None => return Err(EOF_VALUE),
        }
        while let Some(b'0'..=b'9') = self.here() {
            self.step();
        }
        Ok(())
    }

    fn number(&mut self) -> Parsed<String> {
        let start = self.at;
        if self.here() == Some(b'-') {
            self.step();
        }
        if self.here() == Some(b'0') {
            self.step();
            if let Some(b'0'..=b'9') = self.here() {
                return Err(INVALID_NUMBER);
            }
        } else {
            self.digits()?;
        }
        if self.here() == Some(b'.') {
            self.step();
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.here() {
            self.step();
            if let Some(b'+' | b'-') = self.here() {
                self.step();
            }
            self.digits()?;
        }
        Ok(self.since(start).to_owned())
    }

    fn since(&self, start: usize) -> &str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn string(&mut self) -> Parsed<String> {
        let mut string = String::new();
        self.step();
        loop {
            let start = self.at;
            while !matches!(self.here(), None | Some(b'"' | b'\\' | 0..=0x1f)) {
                self.step();
            }
            string.push_str(self.since(start));
            match self.here() {
                None => return Err(EOF_STRING),
                Some(b'"') => break,
                Some(b'\\') => {
                    self.step();
                    string.push(self.escaped()?);
                }
                Some(_) => {
                    return Err("control character (\\u0000-\\u001F) found while parsing a string");
                }
            }
        }
        self.step();
        Ok(string)
    }

    /// What a backslash and what follows it stand for.
    fn escaped(&mut self) -> Parsed<char> {
        let letter = self.here().ok_or(EOF_STRING)?;
        if !b"\"\\/bfnrtu".contains(&letter) {
            return Err(INVALID_ESCAPE);
        }
        self.step();
        Ok(match letter {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hex()?;
                let code = if (0xd800..0xdc00).contains(&first) {
                    // The second half of a character beyond the basic plane follows.
                    for expected in [b'\\', b'u'] {
                        if self.here().ok_or(EOF_STRING)? != expected {
                            return Err("unexpected end of hex escape");
                        }
                        self.step();
                    }
                    let second = self.hex()?;
                    if !(0xdc00..0xe000).contains(&second) {
                        return Err(LONE_SURROGATE);
                    }
                    0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                } else {
                    first
                };
                char::from_u32(code).ok_or(LONE_SURROGATE)?
            }
            _ => char::from(letter),
        })
    }

    fn hex(&mut self) -> Parsed<u32> {
        let end = self.at.saturating_add(4);
        let Some(digits) = self.text.as_bytes().get(self.at..end) else {
            self.at = self.text.len();
            return Err(EOF_STRING);
        };
        let mut code = 0;
        for digit in digits {
            let digit = char::from(*digit).to_digit(16);
            code = code * 16 + digit.ok_or(INVALID_ESCAPE)?;
        }
        self.at = end;
        Ok(code)
    }
}
