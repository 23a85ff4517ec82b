//! Parts and pages of the guide in their order, as `docs/guide/SUMMARY.md` lists them.
//!
//! | line | what |
//! |---|---|
//! | `# Rules` | a part begins |
//! | `- [Peering is not transitive](peering.md)` | a page, with the name that lists and neighbours show |
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::file::read;

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) title: String,
    /// Its Markdown, from the folder of the guide.
    pub(super) source: String,
    /// Its file among those of the built guide.
    pub(super) file: String,
}

impl Entry {
    fn new(title: &str, source: &str) -> Entry {
        let stem = source.trim_end_matches(".md");
        let file = match stem {
            "README" => "index.html".to_owned(),
            other => format!("{}.html", other.replace("patterns/", "pattern-")),
        };
        Entry {
            title: title.to_owned(),
            source: source.to_owned(),
            file,
        }
    }

    /// The name of its source: a pattern's short name, where it is about one.
    pub(super) fn stem(&self) -> &str {
        let name = self.source.rsplit('/').next().unwrap_or_default();
        name.trim_end_matches(".md")
    }
}

/// A part: its name, which the first may lack, and its pages.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) title: String,
    pub(super) pages: Vec<Entry>,
}

/// The list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) parts: Vec<Part>,
}

impl Contents {
    pub(super) fn read(folder: &Path) -> Result<Contents> {
        Contents::parse(&read(&folder.join("SUMMARY.md"))?)
    }

    fn parse(text: &str) -> Result<Contents> {
        let mut parts = vec![Part::default()];
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if let Some(title) = line.strip_prefix("# ") {
                parts.push(Part {
                    title: title.to_owned(),
                    pages: Vec::new(),
                });
            } else if let Some(link) = line.strip_prefix("- ") {
                let entry = entry(link).ok_or_else(|| {
                    Failure::new(format!(
                        "SUMMARY.md, line {}: expected [title](page.md), found {link:?}",
                        number + 1
                    ))
                })?;
                parts.extend(parts.is_empty().then(Part::default));
                if let Some(part) = parts.last_mut() {
                    part.pages.push(entry);
                }
            }
        }
        parts.retain(|part| !part.pages.is_empty());
        Ok(Contents { parts })
    }

    /// Every page in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.parts.iter().flat_map(|part| &part.pages)
    }
}

fn entry(link: &str) -> Option<Entry> {
    let (title, source) = link.strip_prefix('[')?.split_once("](")?;
    Some(Entry::new(title, source.strip_suffix(')')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_parts_of_pages() {
        let contents = Contents::parse(
            "- [Start](README.md)\n\n# Rules\n\n- [A](a.md)\n- [B](patterns/b.md)\n",
        );
        let contents = contents.unwrap();
        let files: Vec<&str> = contents
            .entries()
            .map(|entry| entry.file.as_str())
            .collect();
        assert_eq!(files, ["index.html", "a.html", "pattern-b.html"]);
        assert_eq!(contents.parts[1].title, "Rules");
        assert_eq!(contents.parts[1].pages[1].stem(), "b");
        assert!(Contents::parse("- nothing\n").is_err());
    }
}
