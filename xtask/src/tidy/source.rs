//! Reads just enough Rust for the rules: text without comments and literals, and the paths that a file names.

/// The source with comments and the insides of literals blanked; lines keep their numbers.
pub(super) fn code(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < characters.len() {
        let end = skipped(&characters, at).max(at + 1);
        let is_code = end == at + 1;
        for character in characters.iter().take(end).skip(at) {
            code.push(if is_code || *character == '\n' {
                *character
            } else {
                ' '
            });
        }
        at = end;
    }
    code
}

/// The end of the comment or literal that begins here, or just `at` if none does.
fn skipped(text: &[char], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    match rest {
        ['/', '/', ..] => at + rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
        ['/', '*', ..] => at + block_comment(rest),
        ['"', ..] => at + quoted(rest),
        ['r', '"' | '#', ..] if !continues_word(text, at) => at + raw(rest),
        // A character; a lifetime has no closing quote.
        ['\'', '\\', _, tail @ ..] => {
            at + 3
                + tail
                    .iter()
                    .position(|c| *c == '\'')
                    .map_or(0, |end| end + 1)
        }
        ['\'', _, '\'', ..] => at + 3,
        _ => at,
    }
}

fn continues_word(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    before.is_some_and(|c| (c.is_alphanumeric() && *c != 'b') || *c == '_')
}

fn block_comment(text: &[char]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        match text.get(at..).unwrap_or_default() {
            [] => return at,
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] if depth == 1 => return at + 2,
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
}

fn quoted(text: &[char]) -> usize {
    let mut at = 1;
    loop {
        match text.get(at..).unwrap_or_default() {
            [] => return at,
            ['\\', _, ..] => at += 2,
            ['"', ..] => return at + 1,
            _ => at += 1,
        }
    }
}

fn raw(text: &[char]) -> usize {
    let hashes = text.iter().skip(1).take_while(|c| **c == '#').count();
    if text.get(hashes + 1) != Some(&'"') {
        return 0;
    }
    let closing: Vec<char> = std::iter::once('"')
        .chain(std::iter::repeat_n('#', hashes))
        .collect();
    let inside = text.get(hashes + 2..).unwrap_or_default();
    let end = inside
        .windows(closing.len())
        .position(|window| window == closing);
    end.map_or(text.len(), |end| hashes + 2 + end + closing.len())
}

/// A path that the code names, such as `std::time::Instant`, with the line it begins on. `use` trees are opened up.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) line: usize,
    pub(super) path: Vec<String>,
}

impl Named {
    /// Whether the path is this one or leads below it.
    pub(super) fn is_below(&self, prefix: &[&str]) -> bool {
        self.path.len() >= prefix.len()
            && self
                .path
                .iter()
                .zip(prefix)
                .all(|(part, wanted)| part == wanted)
    }

    pub(super) fn text(&self) -> String {
        self.path.join("::")
    }

    pub(super) fn first(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }
}

/// Every path of two or more parts, and every name that `use` or `extern crate` brings in alone.
pub(super) fn named(text: &str) -> Vec<Named> {
    let tokens = tokens(&code(text));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((line, token)) = tokens.get(at) {
        let imports =
            token == "use" || (token == "crate" && at > 0 && is(&tokens, at - 1, "extern"));
        if imports {
            at = tree(&tokens, at + 1, &[], &mut found);
        } else if is_word(token) && is(&tokens, at + 1, "::") && !follows_path(&tokens, at) {
            let mut path = vec![token.clone()];
            while is(&tokens, at + 1, "::")
                && tokens.get(at + 2).is_some_and(|(_, next)| is_word(next))
            {
                path.extend(tokens.get(at + 2).map(|(_, next)| next.clone()));
                at += 2;
            }
            found.push(Named { line: *line, path });
            at += 1;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether this word is a later part of a path, as after `<T as Trait>::`.
fn follows_path(tokens: &[(usize, String)], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|index| tokens.get(index));
    let colons = before(1).is_some_and(|(_, token)| token == "::");
    colons && before(2).is_some_and(|(_, token)| is_word(token) || token == ">")
}

/// Reads one `use` tree and returns where it ends.
fn tree(
    tokens: &[(usize, String)],
    mut at: usize,
    above: &[String],
    found: &mut Vec<Named>,
) -> usize {
    let mut path = above.to_vec();
    let line = tokens.get(at).map_or(0, |(line, _)| *line);
    while let Some((_, token)) = tokens.get(at) {
        match token.as_str() {
            "::" => at += 1,
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|(_, token)| token != "}") {
                    at = tree(tokens, at, &path, found);
                    at += usize::from(is(tokens, at, ","));
                }
                return at + 1;
            }
            // The new name is no concern of the rules.
            "as" => at += 2,
            "*" => at += 1,
            word if is_word(word) => {
                if word != "self" || path.is_empty() {
                    path.push(word.to_owned());
                }
                at += 1;
            }
            _ => break,
        }
    }
    found.push(Named { line, path });
    // Never stay in place, whatever stands here.
    if tokens
        .get(at)
        .is_some_and(|(_, token)| matches!(token.as_str(), "," | "}" | ";"))
    {
        at
    } else {
        at + 1
    }
}

fn is(tokens: &[(usize, String)], at: usize, wanted: &str) -> bool {
    tokens.get(at).is_some_and(|(_, token)| token == wanted)
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Words, `::` and single signs, each with its line.
fn tokens(code: &str) -> Vec<(usize, String)> {
    let mut tokens: Vec<(usize, String)> = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while !rest.is_empty() {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(rest.len());
            let length = match end {
                0 if rest.starts_with("::") => 2,
                0 => rest.chars().next().map_or(1, char::len_utf8),
                word => word,
            };
            let (token, tail) = rest.split_at(length);
            tokens.push((index + 1, token.to_owned()));
            rest = tail.trim_start();
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = named(text).iter().map(Named::text).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn comments_and_literals_are_no_code() {
        let text = "/// uses yew::Html\nlet a = \"std::fs\"; // std::net\n/* a /* b */ std::env */ let c = r#\"x\"y\"#;";
        let words: Vec<String> = code(text).split_whitespace().map(str::to_owned).collect();
        assert_eq!(words, ["let", "a", "=", ";", "let", "c", "=", ";"]);
        assert_eq!(code(text).len(), text.len());
        check(text, &[]);
    }

    #[test]
    fn a_quote_is_a_character_or_a_lifetime() {
        check(
            "let q = '\"'; std::fs::read(x); let n = '\\n'; let u = '\\u{41}'; std::env::var(y)",
            &["std::fs::read", "std::env::var"],
        );
        check(
            "fn f<'a>(x: &'a str) -> std::io::Result<&'a str> {}",
            &["std::io::Result"],
        );
    }

    #[test]
    fn use_trees_are_opened_up() {
        check(
            "use std::{fs::{self, File}, net::*, io as input};\nuse yew;",
            &["std::fs", "std::fs::File", "std::net", "std::io", "yew"],
        );
        check(
            "pub(crate) use ::gloo::events; extern crate rand;",
            &["gloo::events", "rand"],
        );
    }

    #[test]
    fn the_lines_are_those_of_the_file() {
        let found = named("//! doc\n\nuse a::b;\nfn f() { c::d::e() }\n");
        assert_eq!(
            found.iter().map(|named| named.line).collect::<Vec<_>>(),
            [3, 4]
        );
    }

    #[test]
    fn a_path_after_a_generic_is_not_a_new_path() {
        check("<T as Shape>::Output::new(); Vec::<u8>::new()", &["Vec"]);
    }
}
