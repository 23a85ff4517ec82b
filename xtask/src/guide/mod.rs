//! `dist/site/guide/`: a small book whose pictures are the calculator and whose claims are its answers.
//!
//! | where | what |
//! |---|---|
//! | `docs/guide/SUMMARY.md` | parts and pages in their order |
//! | `docs/guide/*.md` | a page: prose, and fenced blocks that name a case of `core/tests/scenarios` |
//! | `docs/guide/patterns/ID.md` | what a person says of a pattern; the rest of its page comes from the catalogue |
//!
//! ````text
//! ```case fact-28
//! path: Nothing stands between the two spokes
//! ```
//! ````
//!
//! A line of a block is a question of the case and a sentence that says its answer. The page shows the sentence beside what
//! the simulator says, and a test fails where it no longer says what the case expects. [`exhibit`] has the blocks of
//! cases, [`catalogue`] those of patterns.
mod block;
mod catalogue;
mod contents;
mod exhibit;
mod html;
mod scenario;

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::file::{copy, read, write};
use crate::process::{dist, root};
use block::Piece;
use contents::{Contents, Entry};
use exhibit::Exhibit;
use scenario::Scenarios;

/// What stands beside the pages.
const FILES: [&str; 2] = ["guide.css", "guide.js"];

/// A page: its title, and what stands on it.
struct Page {
    entry: Entry,
    pieces: Vec<Shown>,
}

/// What of a page is shown.
enum Shown {
    Prose(String),
    Exhibit(Exhibit),
}

impl Page {
    fn exhibits(&self) -> impl Iterator<Item = &Exhibit> {
        self.pieces.iter().filter_map(|piece| match piece {
            Shown::Exhibit(exhibit) => Some(exhibit),
            Shown::Prose(_) => None,
        })
    }
}

/// The whole book.
struct Guide {
    contents: Contents,
    pages: Vec<Page>,
}

impl Guide {
    fn read() -> Result<Guide> {
        let folder = folder();
        let contents = Contents::read(&folder)?;
        let scenarios = Scenarios::read()?;
        let entries = contents.entries().cloned();
        let (mut pages, mut faults) = (Vec::new(), Vec::new());
        for entry in entries {
            match page(&folder, entry, &scenarios) {
                Ok(page) => pages.push(page),
                Err(fault) => faults.push(fault.to_string()),
            }
        }
        if faults.is_empty() {
            Ok(Guide { contents, pages })
        } else {
            Err(Failure::new(faults.join("\n")))
        }
    }

    /// Claims that the simulator does not bear out, each with its page.
    fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for page in &self.pages {
            let claims = page.exhibits().flat_map(|exhibit| &exhibit.claims);
            broken.extend(claims.filter_map(|claim| {
                let why = claim.holds.as_ref().err()?;
                let expects_itself = why.contains(&claim.says);
                let says = if expects_itself {
                    ""
                } else {
                    claim.says.as_str()
                };
                Some(format!("{}: {says} {why}", page.entry.source))
            }));
        }
        broken
    }
}

fn folder() -> PathBuf {
    root().join("docs/guide")
}

/// `cargo xtask guide`: the book again, into a site that is already built.
pub(crate) fn command_line() -> Result<()> {
    let site = dist().join("site");
    if !site.join("interspoke-view.js").is_file() {
        return Err(Failure::new(
            "dist/site is not built: run `cargo xtask build` once",
        ));
    }
    write_into(&site)?;
    println!("wrote {}", site.join("guide/index.html").display());
    Ok(())
}

/// Writes the book beside the site's own files. A claim that does not hold ends it.
pub(crate) fn write_into(site: &Path) -> Result<()> {
    let guide = Guide::read()?;
    let broken = guide.broken();
    if !broken.is_empty() {
        return Err(Failure::new(format!(
            "the simulator does not say what the guide claims:\n  {}",
            broken.join("\n  ")
        )));
    }
    let to = site.join("guide");
    for name in FILES {
        copy(&root().join("static/guide").join(name), &to.join(name))?;
    }
    for (at, page) in guide.pages.iter().enumerate() {
        for exhibit in page.exhibits() {
            let name = exhibit.file();
            write(&to.join(name), exhibit.document.to_json())?;
        }
        let text = html::page(&guide.contents, at, page)?;
        write(&to.join(&page.entry.file), text)?;
    }
    Ok(())
}

/// Reads a page and finds what its blocks show.
fn page(folder: &Path, entry: Entry, scenarios: &Scenarios) -> Result<Page> {
    let text = read(&folder.join(&entry.source))?;
    let mut pieces = Vec::new();
    for piece in block::pieces(&text) {
        let number = pieces.len();
        let within = |failure: Failure| Failure::new(format!("{}: {failure}", entry.source));
        match piece {
            Piece::Prose(text) => pieces.push(Shown::Prose(text)),
            Piece::Case(block) => {
                let name = format!("{}-{number}", entry.stem());
                let exhibit = Exhibit::of_case(name, &block, scenarios).map_err(within)?;
                pieces.push(Shown::Exhibit(exhibit));
            }
            Piece::Pattern(block) => {
                let (exhibit, facts) = catalogue::shown(entry.stem(), &block).map_err(within)?;
                pieces.push(Shown::Exhibit(exhibit));
                pieces.push(Shown::Prose(facts));
            }
        }
    }
    Ok(Page { entry, pieces })
}

#[cfg(test)]
mod tests {
    use super::*;
    use interspoke_core::pattern::Pattern;

    #[test]
    fn every_claim_of_the_guide_is_an_answer_of_the_simulator() {
        let guide = Guide::read().unwrap();
        let broken = guide.broken();
        assert!(broken.is_empty(), "\n{}", broken.join("\n"));
        let claims = guide.pages.iter().flat_map(Page::exhibits);
        let claims: usize = claims.map(|exhibit| exhibit.claims.len()).sum();
        assert!(claims > 150, "only {claims} claims were found");
    }

    #[test]
    fn every_pattern_has_a_page_and_every_page_shows_something() {
        let guide = Guide::read().unwrap();
        for pattern in Pattern::ALL {
            let source = format!("patterns/{}.md", pattern.id());
            let found = guide.pages.iter().find(|page| page.entry.source == source);
            let page = found.unwrap_or_else(|| panic!("{source} is not in SUMMARY.md"));
            assert!(page.exhibits().next().is_some(), "{source} shows no design");
        }
    }

    #[test]
    fn links_of_the_guide_lead_to_pages_that_are_there() {
        let guide = Guide::read().unwrap();
        let files: Vec<&str> = guide
            .contents
            .entries()
            .map(|entry| entry.file.as_str())
            .collect();
        for (at, page) in guide.pages.iter().enumerate() {
            let text = html::page(&guide.contents, at, page).unwrap();
            assert!(
                !text.contains(" style="),
                "{}: the policy refuses it",
                page.entry.source
            );
            for link in text
                .split(" href=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
            {
                let file = link.split('#').next().unwrap();
                let known = link.contains("://")
                    || link.starts_with("../")
                    || link.starts_with('#')
                    || FILES.contains(&file)
                    || file.starts_with("designs/")
                    || files.contains(&file);
                assert!(known, "{}: {link}", page.entry.source);
            }
        }
    }

    #[test]
    fn a_claim_that_the_simulator_does_not_make_is_found() {
        let scenarios = Scenarios::read().unwrap();
        let text = "```case fact-17\nreach: They talk\nnobody: Asked\n```\n";
        let pieces = block::pieces(text);
        let Some(Piece::Case(block)) = pieces.first() else {
            panic!("no block");
        };
        let error = Exhibit::of_case(String::new(), block, &scenarios).map(|_| ());
        let error = error.unwrap_err().to_string();
        assert_eq!(
            error,
            "fact-17 has no question \"nobody\"; it has next, reach, reach-2"
        );
        let wrong = catalogue::shown("hub-firewall", &["7 tunnels".to_owned()])
            .unwrap()
            .0;
        let why = wrong.claims[0].holds.clone().unwrap_err();
        assert_eq!(why, "expected \"7 tunnels\", got \"0 tunnels\"");
    }
}
