//! Types by the list of their members: one list reads and writes.

#[cfg(not(target_arch = "wasm32"))]
use super::shape::{self, Shapes};
use super::{JsonError, Member, Node, Value};
use std::net::Ipv4Addr;
use std::rc::Rc;

/// Something that stands as one value in a JSON text.
pub trait Field {
    /// A value to read into. Nobody sees it where reading fails.
    fn blank() -> Self
    where
        Self: Sized;

    /// Takes the value of a node, or reports what it is not.
    fn take(&mut self, node: &Node, reading: &mut Reading);

    /// The node of this value. It changes nothing: it asks for the same list as reading.
    fn node(&mut self) -> Node;

    /// Whether a member that may be left out is left out.
    fn is_left_out(&self) -> bool {
        false
    }

    /// What it takes, as JSON Schema.
    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, shapes: &mut Shapes) -> Node;
}

/// Something that stands as an object in a JSON text.
pub trait Record {
    /// The value with everything absent that may be absent.
    fn blank() -> Self
    where
        Self: Sized;

    /// Names every member, in the order in which they are written.
    fn members(&mut self, members: &mut Members<'_>);

    /// Where words stay that its members do not know; none: such a word is a mistake.
    fn strays(&mut self) -> Option<&mut Strays> {
        None
    }
}

/// A word that a member of a record does not know: it stays as it was typed, and the rest of the file is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// The member.
    pub member: &'static str,
    /// What stands there.
    pub text: String,
    /// What was expected, as a message lists it.
    pub expected: String,
}

/// The unknown words of a record. Its member holds the usual value; once it is given another one, the word is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strays(Vec<Stray>);

impl Strays {
    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Stray> {
        self.0.iter()
    }

    /// What stands in a member, if it is an unknown word.
    #[must_use]
    pub fn of(&self, member: &str) -> Option<&Stray> {
        self.0.iter().find(|stray| stray.member == member)
    }
}

/// Reads a record out of the tree of a text.
///
/// # Errors
/// The first mistake of the text, by its place there.
pub fn read<R: Record>(text: &str, node: &Node) -> Result<R, JsonError> {
    let mut record = R::blank();
    let mut reading = Reading::default();
    take_record(&mut record, node, &mut reading);
    match reading.mistake {
        None => Ok(record),
        Some(mistake) => Err(mistake.within(text)),
    }
}

/// The tree of a record.
pub fn write<R: Record + Clone>(record: &R) -> Node {
    node_of_record(&mut record.clone())
}

/// One level on the way to a value.
#[derive(Debug, Clone, Copy)]
enum Step<'n> {
    Member(&'n str),
    Item(usize),
}

/// A mistake, and where it ends in the text.
#[derive(Debug)]
struct Mistake {
    end: usize,
    path: String,
    message: String,
}

impl Mistake {
    fn within(self, text: &str) -> JsonError {
        let mut error = JsonError::at(text, self.end, false, self.path, self.message);
        if text.is_empty() {
            (error.line, error.column) = (0, 0);
        }
        error
    }
}

/// Where reading stands, and the first mistake so far.
#[derive(Debug, Default)]
pub struct Reading {
    path: String,
    mistake: Option<Mistake>,
    /// An unknown word that was met last, and where it ends.
    unknown: Option<(usize, String, String)>,
}

impl Reading {
    /// Reports that a node is not what was expected.
    pub fn mismatch(&mut self, node: &Node, expected: &str) {
        let found = match &node.value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => quoted("boolean `", if *value { "true" } else { "false" }, "`"),
            Value::Number(digits) if digits.contains(['.', 'e', 'E']) => {
                quoted("floating point `", digits, "`")
            }
            Value::Number(digits) => quoted("integer `", digits, "`"),
            Value::Text(text) => quoted("string ", &Node::from(text.as_str()).compact(), ""),
            Value::List(_) => "sequence".to_owned(),
            Value::Object(_) => "map".to_owned(),
        };
        let message = quoted("invalid type: ", &found, ", expected ");
        self.report(node.end, quoted(&message, expected, ""));
    }

    /// Reports a mistake that ends after so many bytes. The first one of the text stays.
    pub fn report(&mut self, end: usize, message: String) {
        if self.mistake.as_ref().is_none_or(|known| end < known.end) {
            self.mistake = Some(Mistake {
                end,
                path: self.path.clone(),
                message,
            });
        }
    }

    /// Notes an unknown word. In a list it is a mistake: no place is left for it.
    fn unknown_word(&mut self, end: usize, text: &str, expected: String) {
        if self.path.ends_with(']') {
            self.report(end, unknown_variant(text, &expected));
        } else {
            self.unknown = Some((end, text.to_owned(), expected));
        }
    }

    /// The first mistake's message.
    pub(super) fn into_message(self) -> Option<String> {
        self.mistake.map(|mistake| mistake.message)
    }

    /// Does something one level deeper.
    fn within(&mut self, step: Step<'_>, act: &mut dyn FnMut(&mut Self)) {
        let length = self.path.len();
        match step {
            Step::Member(name) => {
                if length > 0 {
                    self.path.push('.');
                }
                self.path.push_str(name);
            }
            Step::Item(position) => {
                self.path.push('[');
                self.path.push_str(&position.to_string());
                self.path.push(']');
            }
        }
        act(self);
        self.path.truncate(length);
    }
}

fn unknown_variant(text: &str, expected: &str) -> String {
    quoted(
        &quoted("unknown variant `", text, "`, expected "),
        expected,
        "",
    )
}

fn quoted(before: &str, inside: &str, after: &str) -> String {
    let mut text = String::with_capacity(before.len() + inside.len() + after.len());
    text.push_str(before);
    text.push_str(inside);
    text.push_str(after);
    text
}

/// The members of a record, on their way in or out.
#[derive(Debug)]
pub struct Members<'m> {
    names: Vec<&'static str>,
    /// Unknown words: those found, or those to be written.
    strays: Vec<(usize, Stray)>,
    task: Task<'m>,
}

#[derive(Debug)]
enum Task<'m> {
    Read {
        /// Where the object ends: a member that is missing is missed there.
        end: usize,
        found: &'m [Member],
        reading: &'m mut Reading,
    },
    Write(Vec<Member>),
    /// What each takes, and whether it must be there.
    #[cfg(not(target_arch = "wasm32"))]
    Shape {
        shapes: &'m mut Shapes,
        found: Vec<(&'static str, Node, bool)>,
    },
}

impl Members<'_> {
    /// A member that must be there.
    pub fn required(&mut self, name: &'static str, field: &mut dyn Field) {
        self.member(name, field, true, false);
    }

    /// A member that may be absent and is always written.
    pub fn always(&mut self, name: &'static str, field: &mut dyn Field) {
        self.member(name, field, false, false);
    }

    /// A member that may be absent, and is not written where it says nothing: false, empty, none, the usual word.
    pub fn optional(&mut self, name: &'static str, field: &mut dyn Field) {
        let left_out = field.is_left_out();
        self.member(name, field, false, left_out);
    }

    /// A member that may be absent, and is not written under a condition.
    pub fn unless(&mut self, left_out: bool, name: &'static str, field: &mut dyn Field) {
        self.member(name, field, false, left_out);
    }

    /// A switch that is on where it is absent, and is written where it is off.
    pub fn usually(&mut self, name: &'static str, field: &mut bool) {
        let on = *field;
        self.member(name, field, false, on);
    }

    fn member(
        &mut self,
        name: &'static str,
        field: &mut dyn Field,
        required: bool,
        left_out: bool,
    ) {
        match &mut self.task {
            #[cfg(not(target_arch = "wasm32"))]
            Task::Shape { shapes, found } => found.push((name, field.shape(shapes), required)),
            Task::Write(members) => {
                let mut strays = self.strays.iter().map(|(_, stray)| stray);
                let stray = strays.find(|stray| stray.member == name && field.is_left_out());
                if !left_out || stray.is_some() {
                    let node =
                        stray.map_or_else(|| field.node(), |stray| stray.text.as_str().into());
                    members.push(Member {
                        key: name.to_owned(),
                        key_end: 0,
                        node,
                    });
                }
            }
            Task::Read {
                end,
                found,
                reading,
            } => {
                self.names.push(name);
                match found.iter().find(|member| member.key == name) {
                    Some(member) => reading.within(Step::Member(name), &mut |reading| {
                        field.take(&member.node, reading);
                        let unknown = reading.unknown.take();
                        self.strays.extend(unknown.map(|(end, text, expected)| {
                            let stray = Stray {
                                member: name,
                                text,
                                expected,
                            };
                            (end, stray)
                        }));
                    }),
                    None if required => reading.report(*end, quoted("missing field `", name, "`")),
                    None => {}
                }
            }
        }
    }
}

/// The parts of reading and writing that know no type; for the macros of this module.
#[inline(never)]
pub(crate) fn take_record(record: &mut dyn Record, node: &Node, reading: &mut Reading) {
    let Value::Object(found) = &node.value else {
        reading.mismatch(node, "an object");
        return;
    };
    let mut members = Members {
        names: Vec::new(),
        strays: Vec::new(),
        task: Task::Read {
            end: node.end,
            found,
            reading,
        },
    };
    record.members(&mut members);
    let (names, strays) = (members.names, members.strays);
    match record.strays() {
        Some(kept) => *kept = Strays(strays.into_iter().map(|(_, stray)| stray).collect()),
        None => {
            for (end, stray) in strays {
                reading.within(Step::Member(stray.member), &mut |reading| {
                    reading.report(end, unknown_variant(&stray.text, &stray.expected));
                });
            }
        }
    }
    let mut known: Vec<&str> = Vec::new();
    for Member { key, key_end, .. } in found {
        let message = if known.contains(&key.as_str()) {
            quoted("duplicate field `", key, "`")
        } else if names.contains(&key.as_str()) {
            known.push(key);
            continue;
        } else {
            let message = quoted("unknown field `", key, "`, expected ");
            quoted(&message, &choice(&names), "")
        };
        reading.within(Step::Member(key), &mut |reading| {
            reading.report(*key_end, message.clone());
        });
    }
}

#[inline(never)]
pub(crate) fn node_of_record(record: &mut dyn Record) -> Node {
    let strays = record.strays().map(|strays| strays.0.clone());
    let strays = strays.unwrap_or_default();
    let mut members = Members {
        names: Vec::new(),
        strays: strays.into_iter().map(|stray| (0, stray)).collect(),
        task: Task::Write(Vec::new()),
    };
    record.members(&mut members);
    match members.task {
        Task::Write(members) => Value::Object(members).into(),
        _ => Value::Null.into(),
    }
}

/// What a record takes, where it stands.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn shape_of_record(record: &mut dyn Record, shapes: &mut Shapes) -> Node {
    let found = Vec::new();
    let mut members = Members {
        names: Vec::new(),
        strays: Vec::new(),
        task: Task::Shape { shapes, found },
    };
    record.members(&mut members);
    match members.task {
        Task::Shape { found, .. } => shape::object(found),
        Task::Read { .. } | Task::Write(_) => Value::Null.into(),
    }
}

/// What a type of fields takes.
#[cfg(not(target_arch = "wasm32"))]
fn shape_of<T: Field>(shapes: &mut Shapes) -> Node {
    T::blank().shape(shapes)
}

/// A type whose values are words.
pub trait Words: Copy + 'static {
    /// Its words.
    const WORDS: &'static [&'static str];
    /// The values that they mean, in the same order.
    const VALUES: &'static [Self];
}

/// A word, or a text that is none: it stays as it was typed, and the rest of the file is read.
///
/// ```
/// use interspoke_core::json::Word;
/// use interspoke_core::spec::UserNextHopType;
/// let word: Word<UserNextHopType> = UserNextHopType::Internet.into();
/// assert_eq!(word.known(), Ok(UserNextHopType::Internet));
/// assert_eq!(Word::<UserNextHopType>::Unknown("VNetPeering".to_owned()).known(), Err("VNetPeering"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word<T> {
    /// One of the type's words.
    Known(T),
    /// A text that is none of them.
    Unknown(String),
}

impl<T: Copy> Word<T> {
    /// What it means.
    ///
    /// # Errors
    /// The text, if it is none of the type's words.
    pub fn known(&self) -> Result<T, &str> {
        match self {
            Self::Known(value) => Ok(*value),
            Self::Unknown(text) => Err(text),
        }
    }
}

impl<T: Default> Default for Word<T> {
    fn default() -> Self {
        Self::Known(T::default())
    }
}

impl<T> From<T> for Word<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: PartialEq> PartialEq<T> for Word<T> {
    fn eq(&self, other: &T) -> bool {
        matches!(self, Self::Known(value) if value == other)
    }
}

impl<T: Words + Field> Field for Word<T> {
    fn blank() -> Self {
        Self::Known(T::blank())
    }

    fn take(&mut self, node: &Node, reading: &mut Reading) {
        let Value::Text(text) = &node.value else {
            reading.mismatch(node, &choice(T::WORDS));
            return;
        };
        let position = T::WORDS.iter().position(|word| word == text);
        let known = position.and_then(|position| T::VALUES.get(position));
        *self = known.map_or_else(
            || Self::Unknown(text.to_string()),
            |value| Self::Known(*value),
        );
    }

    fn node(&mut self) -> Node {
        match self {
            Self::Known(value) => value.node(),
            Self::Unknown(text) => text.as_str().into(),
        }
    }

    fn is_left_out(&self) -> bool {
        matches!(self, Self::Known(value) if value.is_left_out())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, shapes: &mut Shapes) -> Node {
        shape_of::<T>(shapes)
    }
}

/// Words that the type expects, as a message lists them.
pub(crate) fn expected<T: Words>() -> String {
    choice(T::WORDS)
}

/// The position of a text among a type's words.
#[inline(never)]
pub(crate) fn take_word(words: &[&str], node: &Node, reading: &mut Reading) -> Option<usize> {
    let Value::Text(text) = &node.value else {
        reading.mismatch(node, &choice(words));
        return None;
    };
    let position = words.iter().position(|word| word == text);
    if position.is_none() {
        reading.unknown_word(node.end, text, choice(words));
    }
    position
}

/// "`a`", "`a` or `b`", "one of `a`, `b`, `c`".
fn choice(words: &[&str]) -> String {
    let (mut text, between) = match words.len() {
        0..=2 => (String::new(), " or "),
        _ => ("one of ".to_owned(), ", "),
    };
    for (position, word) in words.iter().enumerate() {
        if position > 0 {
            text.push_str(between);
        }
        text.push_str(&quoted("`", word, "`"));
    }
    text
}

impl Field for String {
    fn blank() -> Self {
        Self::new()
    }

    fn take(&mut self, node: &Node, reading: &mut Reading) {
        match &node.value {
            Value::Text(text) => self.clone_from(text),
            _ => reading.mismatch(node, "a string"),
        }
    }

    fn node(&mut self) -> Node {
        self.as_str().into()
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, _: &mut Shapes) -> Node {
        shape::plain("string")
    }
}

impl Field for Rc<str> {
    fn blank() -> Self {
        Self::from("")
    }

    fn take(&mut self, node: &Node, reading: &mut Reading) {
        match &node.value {
            Value::Text(text) => *self = Self::from(text.as_str()),
            _ => reading.mismatch(node, "a string"),
        }
    }

    fn node(&mut self) -> Node {
        (&**self).into()
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, _: &mut Shapes) -> Node {
        shape::plain("string")
    }
}

impl Field for bool {
    fn blank() -> Self {
        false
    }

    fn take(&mut self, node: &Node, reading: &mut Reading) {
        match node.value {
            Value::Bool(value) => *self = value,
            _ => reading.mismatch(node, "a boolean"),
        }
    }

    fn node(&mut self) -> Node {
        (*self).into()
    }

    fn is_left_out(&self) -> bool {
        !*self
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, _: &mut Shapes) -> Node {
        shape::plain("boolean")
    }
}

/// A whole number that is not larger than the largest.
fn take_number(node: &Node, largest: u32, expected: &str, reading: &mut Reading) -> Option<u32> {
    let Value::Number(digits) = &node.value else {
        reading.mismatch(node, expected);
        return None;
    };
    let number = digits.parse().ok().filter(|number| *number <= largest);
    if number.is_none() {
        if digits.contains(['.', 'e', 'E']) {
            reading.mismatch(node, expected);
        } else {
            let message = quoted("invalid value: integer `", digits, "`, expected ");
            reading.report(node.end, quoted(&message, expected, ""));
        }
    }
    number
}

impl Field for u32 {
    fn blank() -> Self {
        0
    }

    fn take(&mut self, node: &Node, reading: &mut Reading) {
        if let Some(number) = take_number(node, Self::MAX, "u32", reading) {
            *self = number;
        }
    }

    fn node(&mut self) -> Node {
        u64::from(*self).into()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, _: &mut Shapes) -> Node {
        shape::whole(0, Self::MAX.into())
    }
}

impl Field for i32 {
    fn blank() -> Self {
        0
    }

    fn take(&mut self, node: &Node, reading: &mut Reading) {
        const EXPECTED: &str = "i32";
        match &node.value {
            Value::Number(digits) => match digits.parse() {
                Ok(number) => *self = number,
                Err(_) => reading.mismatch(node, EXPECTED),
            },
            _ => reading.mismatch(node, EXPECTED),
        }
    }

    fn node(&mut self) -> Node {
        Value::Number(self.to_string()).into()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, _: &mut Shapes) -> Node {
        shape::whole(Self::MIN.into(), Self::MAX.into())
    }
}

impl Field for u8 {
    fn blank() -> Self {
        0
    }

    fn take(&mut self, node: &Node, reading: &mut Reading) {
        let number = take_number(node, Self::MAX.into(), "u8", reading);
        if let Some(number) = number.and_then(|number| Self::try_from(number).ok()) {
            *self = number;
        }
    }

    fn node(&mut self) -> Node {
        u64::from(*self).into()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, _: &mut Shapes) -> Node {
        shape::whole(0, Self::MAX.into())
    }
}

impl Field for Ipv4Addr {
    fn blank() -> Self {
        Self::UNSPECIFIED
    }

    fn take(&mut self, node: &Node, reading: &mut Reading) {
        match &node.value {
            Value::Text(text) => match text.parse() {
                Ok(address) => *self = address,
                Err(_) => reading.report(node.end, "invalid IPv4 address syntax".to_owned()),
            },
            _ => reading.mismatch(node, "IPv4 address"),
        }
    }

    fn node(&mut self) -> Node {
        Value::Text(self.to_string()).into()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, _: &mut Shapes) -> Node {
        Node::object([("type", "string".into()), ("format", "ipv4".into())])
    }
}

impl<T: Field> Field for Option<T> {
    fn blank() -> Self {
        None
    }

    fn take(&mut self, node: &Node, reading: &mut Reading) {
        *self = match node.value {
            Value::Null => None,
            _ => {
                let mut value = T::blank();
                value.take(node, reading);
                Some(value)
            }
        };
    }

    fn node(&mut self) -> Node {
        match self {
            None => Value::Null.into(),
            Some(value) => value.node(),
        }
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, shapes: &mut Shapes) -> Node {
        shape::any_of(vec![shape_of::<T>(shapes), shape::plain("null")])
    }
}

impl<T: Field> Field for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn take(&mut self, node: &Node, reading: &mut Reading) {
        self.clear();
        take_items(node, reading, &mut |item, reading| {
            let mut value = T::blank();
            value.take(item, reading);
            self.push(value);
        });
    }

    fn node(&mut self) -> Node {
        let mut items = Vec::with_capacity(self.len());
        for item in self {
            items.push(item.node());
        }
        Value::List(items).into()
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn shape(&mut self, shapes: &mut Shapes) -> Node {
        shape::list(shape_of::<T>(shapes))
    }
}

#[inline(never)]
fn take_items(node: &Node, reading: &mut Reading, take: &mut dyn FnMut(&Node, &mut Reading)) {
    let Value::List(items) = &node.value else {
        reading.mismatch(node, "a sequence");
        return;
    };
    for (position, item) in items.iter().enumerate() {
        reading.within(Step::Item(position), &mut |reading| take(item, reading));
    }
}

/// `record!(Type, blank value, |value, members| { … })`: how a type is read and written.
macro_rules! record {
    ($type:ty, $blank:expr, strays, |$value:ident, $members:ident| $list:block) => {
        $crate::json::record!(@ $type, $blank, $value, $members, $list, {
            fn strays(&mut self) -> Option<&mut $crate::json::Strays> {
                Some(&mut self.strays)
            }
        });
    };
    ($type:ty, $blank:expr, |$value:ident, $members:ident| $list:block) => {
        $crate::json::record!(@ $type, $blank, $value, $members, $list, {});
    };
    (@ $type:ty, $blank:expr, $value:ident, $members:ident, $list:block, {$($strays:item)?}) => {
        impl $crate::json::Record for $type {
            fn blank() -> Self {
                $blank
            }

            fn members(&mut self, $members: &mut $crate::json::Members<'_>) {
                let $value = self;
                $list
            }

            $($strays)?
        }

        impl $crate::json::Field for $type {
            fn blank() -> Self {
                $blank
            }

            fn take(&mut self, node: &$crate::json::Node, reading: &mut $crate::json::Reading) {
                $crate::json::take_record(self, node, reading);
            }

            fn node(&mut self) -> $crate::json::Node {
                $crate::json::node_of_record(self)
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn shape(&mut self, shapes: &mut $crate::json::Shapes) -> $crate::json::Node {
                let blank = || <Self as $crate::json::Record>::blank();
                shapes.record(stringify!($type), &|shapes| {
                    $crate::json::shape_of_record(&mut blank(), shapes)
                })
            }
        }

        $crate::json::by_serde!($type);
    };
}
pub(crate) use record;

/// `words!(Type, usual Variant, Variant "word", …)`: a type whose values are words. The usual one may be left out.
macro_rules! words {
    ($type:ty, usual $usual:ident, $($variant:ident $word:literal),+ $(,)?) => {
        impl $crate::json::Words for $type {
            const WORDS: &'static [&'static str] = &[$($word),+];
            const VALUES: &'static [Self] = &[$(Self::$variant),+];
        }

        impl $crate::json::Field for $type {
            fn blank() -> Self {
                Self::$usual
            }

            fn take(
                &mut self,
                node: &$crate::json::Node,
                reading: &mut $crate::json::Reading,
            ) {
                use $crate::json::Words as _;
                let position = $crate::json::take_word(Self::WORDS, node, reading);
                if let Some(value) = position.and_then(|position| Self::VALUES.get(position)) {
                    *self = *value;
                }
            }

            fn node(&mut self) -> $crate::json::Node {
                match self {
                    $(Self::$variant => $word),+
                }
                .into()
            }

            fn is_left_out(&self) -> bool {
                *self == Self::$usual
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn shape(&mut self, _: &mut $crate::json::Shapes) -> $crate::json::Node {
                use $crate::json::Words as _;
                $crate::json::one_of(Self::WORDS)
            }
        }

        $crate::json::by_serde!($type);
    };
}
pub(crate) use words;
