//! A page of the guide in pieces: prose, and the fenced blocks that show a design.

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Prose(String),
    /// ```` ```case ID [word=value …] ````.
    Case(Block),
    /// ```` ```pattern ````: its lines.
    Pattern(Vec<String>),
}

/// A block with what stands behind its fence.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) id: String,
    pub(super) options: Vec<(String, String)>,
    pub(super) lines: Vec<String>,
}

impl Block {
    fn new(info: &str) -> Block {
        let mut words = info.split_whitespace();
        let id = words.next().unwrap_or_default().to_owned();
        let option = |word: &str| {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            (name.to_owned(), value.to_owned())
        };
        Block {
            id,
            options: words.map(option).collect(),
            lines: Vec::new(),
        }
    }

    /// The value of an option.
    pub(super) fn option(&self, name: &str) -> Option<&str> {
        let found = self.options.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Splits a page. Blocks of other kinds are prose.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut prose = String::new();
    let mut open: Option<Piece> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => pieces.extend(open.take()),
            (Some(Piece::Case(Block { lines, .. }) | Piece::Pattern(lines)), None) => {
                lines.extend((!line.trim().is_empty()).then(|| line.to_owned()));
            }
            (None, Some(info)) if opens(info).is_some() => {
                keep(&mut prose, &mut pieces);
                open = opens(info);
            }
            (None | Some(Piece::Prose(_)), _) => {
                prose.push_str(line);
                prose.push('\n');
            }
        }
    }
    keep(&mut prose, &mut pieces);
    pieces
}

fn opens(info: &str) -> Option<Piece> {
    if info.trim() == "pattern" {
        return Some(Piece::Pattern(Vec::new()));
    }
    let case = info.strip_prefix("case ")?;
    Some(Piece::Case(Block::new(case)))
}

fn keep(prose: &mut String, pieces: &mut Vec<Piece>) {
    if !prose.trim().is_empty() {
        pieces.push(Piece::Prose(std::mem::take(prose)));
    }
    prose.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_prose_and_blocks() {
        let text = "# A\n\n```case fact-1 state=off view=routes\nreach: yes\n\n```\nB\n```json\n1\n```\n```pattern\n7 links\n```\n";
        let options = [("state", "off"), ("view", "routes")];
        let block = Block {
            id: "fact-1".to_owned(),
            options: options
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            lines: vec!["reach: yes".to_owned()],
        };
        assert_eq!(block.option("state"), Some("off"));
        assert_eq!(
            pieces(text),
            [
                Piece::Prose("# A\n\n".to_owned()),
                Piece::Case(block),
                Piece::Prose("B\n```json\n1\n```\n".to_owned()),
                Piece::Pattern(vec!["7 links".to_owned()]),
            ]
        );
    }
}
