//! Texts as each language takes them: on one line, as Markdown, as HTML or XML.
//!
//! The rule: whatever ends a line or changes the direction of writing becomes a space; a comment that runs on would be
//! read as code.

/// A text on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    let plain = |c: char| {
        let breaks = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if breaks || turns { ' ' } else { c }
    };
    text.chars().map(plain).collect()
}

/// A text that Markdown takes as it is.
#[must_use]
pub fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for letter in one_line(text).chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '!'
        ) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A text that HTML and XML take as it is, in an element and in an attribute between double quotes.
///
/// ```
/// use interspoke_core::export::escape::html;
/// assert_eq!(html("a < \"b\" & c"), "a &lt; &quot;b&quot; &amp; c");
/// ```
#[must_use]
pub fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
