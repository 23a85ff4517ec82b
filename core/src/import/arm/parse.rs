//! The expression language of templates, from text to a tree.
//!
//! The rule: a text that begins with `[` and ends with `]` is an expression, unless it begins with `[[`, which stands for a
//! text that begins with `[`. Inside stand calls, texts in single quotes (a quote is doubled), whole numbers, `.member` and
//! `[index]`.
//!
//! | text | tree |
//! |---|---|
//! | `[concat('a', parameters('b'))]` | a call of a call |
//! | `[reference('x').outputs.y.value]` | a call and three members |
//! | `[[not an expression]` | the text `[not an expression]` |
//!
//! Left out: what a function does.

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    Text(String),
    Number(i64),
    Call(String, Vec<Expression>),
    Member(Box<Expression>, String),
    Index(Box<Expression>, Box<Expression>),
}

/// What a text of a template is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    /// Itself.
    Plain(String),
    /// To be evaluated.
    Expression(Expression),
}

/// Reads a text of a template.
///
/// # Errors
/// What was expected, where the text looks like an expression and is none.
pub(super) fn read(text: &str) -> Result<Written, String> {
    let trimmed = text.trim();
    let inside = trimmed
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match inside {
        Some(inside) if inside.starts_with('[') => Ok(Written::Plain(format!("{inside}]"))),
        Some(inside) => expression(inside).map(Written::Expression),
        None => Ok(Written::Plain(text.to_owned())),
    }
}

fn expression(text: &str) -> Result<Expression, String> {
    let mut parser = Parser {
        letters: text.chars().collect(),
        at: 0,
        depth: 0,
    };
    let expression = parser.expression()?;
    match parser.peek() {
        None => Ok(expression),
        Some(letter) => Err(format!("{letter:?} after the end of the expression")),
    }
}

/// Deeper nesting is refused: the stack is finite.
const DEEPEST: u8 = 100;

struct Parser {
    letters: Vec<char>,
    at: usize,
    depth: u8,
}

impl Parser {
    fn here(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn peek(&mut self) -> Option<char> {
        while self.here().is_some_and(char::is_whitespace) {
            self.step();
        }
        self.here()
    }

    fn expect(&mut self, letter: char) -> Result<(), String> {
        match self.peek() {
            Some(found) if found == letter => {
                self.step();
                Ok(())
            }
            Some(found) => Err(format!("expected {letter:?}, found {found:?}")),
            None => Err(format!("expected {letter:?}, found the end")),
        }
    }

    fn expression(&mut self) -> Result<Expression, String> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEEPEST {
            return Err("the expression is nested too deep".to_owned());
        }
        let mut expression = self.simple()?;
        loop {
            match self.peek() {
                Some('.') => {
                    self.step();
                    self.optional_mark();
                    expression = Expression::Member(Box::new(expression), self.name()?);
                }
                Some('[') => {
                    self.step();
                    self.optional_mark();
                    let index = self.expression()?;
                    self.expect(']')?;
                    expression = Expression::Index(Box::new(expression), Box::new(index));
                }
                _ => break,
            }
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(expression)
    }

    fn optional_mark(&mut self) {
        if self.peek() == Some('?') {
            self.step();
        }
    }

    fn simple(&mut self) -> Result<Expression, String> {
        match self.peek() {
            Some('\'') => self.text().map(Expression::Text),
            Some(letter) if letter.is_ascii_digit() || letter == '-' => self.number(),
            Some(letter) if letter.is_alphabetic() || letter == '_' => self.call(),
            Some(letter) => Err(format!("expected a value, found {letter:?}")),
            None => Err("expected a value, found the end".to_owned()),
        }
    }

    fn text(&mut self) -> Result<String, String> {
        self.step();
        let mut text = String::new();
        loop {
            match self.here() {
                None => return Err("a text without its closing quote".to_owned()),
                Some('\'') => {
                    self.step();
                    if self.here() != Some('\'') {
                        return Ok(text);
                    }
                    text.push('\'');
                }
                Some(letter) => text.push(letter),
            }
            self.step();
        }
    }

    fn number(&mut self) -> Result<Expression, String> {
        let mut digits = String::new();
        while let Some(letter) = self
            .here()
            .filter(|letter| letter.is_ascii_digit() || *letter == '-')
        {
            digits.push(letter);
            self.step();
        }
        digits
            .parse()
            .map(Expression::Number)
            .map_err(|_| format!("{digits:?} is no number"))
    }

    fn name(&mut self) -> Result<String, String> {
        self.peek();
        let mut name = String::new();
        while let Some(letter) = self
            .here()
            .filter(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '$'))
        {
            name.push(letter);
            self.step();
        }
        if name.is_empty() {
            Err("expected a name".to_owned())
        } else {
            Ok(name)
        }
    }

    /// A function of a user's own is called by its namespace: `contoso.name(…)`.
    fn call(&mut self) -> Result<Expression, String> {
        let mut name = self.name()?;
        while self.peek() == Some('.') {
            self.step();
            name = format!("{name}.{}", self.name()?);
        }
        self.expect('(')?;
        let mut arguments = Vec::new();
        while self.peek() != Some(')') {
            arguments.push(self.expression()?);
            if self.peek() == Some(',') {
                self.step();
            } else {
                break;
            }
        }
        self.expect(')')?;
        Ok(Expression::Call(name, arguments))
    }
}
