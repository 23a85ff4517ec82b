//! The specification in Markdown: every fenced `json case` block of `tests/scenarios/*.md` is a case and must hold; the
//! `json bill` blocks are run by `bill_scenarios`.
//!
//! The words after `json case` or `json bill` are tags (`LAB`, `DOC`, `EXP`, `DERIVED`, `UNCERTAIN`) and options: `strict` drops
//! forwarded packets where `allowForwardedTraffic` is missing. The `schema` line may be left out.

use crate::judge::{Report, difference};
use interspoke_core::case::{Case, SCHEMA};
use interspoke_core::refusal::{Refusal, Standing};
use interspoke_core::route::Settings;
use std::collections::BTreeSet;
use std::path::Path;

const TAGS: [&str; 5] = ["LAB", "DOC", "EXP", "DERIVED", "UNCERTAIN"];

/// Numbers of the golden facts. They are identifiers, not consecutive.
fn golden_facts() -> BTreeSet<u32> {
    let missing = [
        13, 27, 39, 47, 48, 62, 69, 81, 98, 103, 112, 115, 119, 121, 137, 138,
    ];
    (1..=140)
        .filter(|number| !missing.contains(number))
        .collect()
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Case,
    Bill,
    Archetype,
}

/// A block with the heading it stands under.
pub(crate) struct Block {
    kind: Kind,
    heading: String,
    line: usize,
    info: Vec<String>,
    pub(crate) json: String,
}

impl Block {
    fn settings(&self) -> Settings {
        Settings {
            strict_forwarded_traffic: self.info.iter().any(|word| word == "strict"),
        }
    }

    /// The block with the line that says what it is.
    fn text(&self) -> String {
        if self.json.contains("\"schema\"") {
            self.json.clone()
        } else {
            self.json
                .replacen('{', &format!("{{\"schema\": {SCHEMA:?},"), 1)
        }
    }

    /// Where it stands, for people.
    pub(crate) fn place(&self, file: &str) -> String {
        format!("{file}:{} {:?}", self.line, self.heading)
    }

    pub(crate) fn id(&self) -> String {
        let value: serde_json::Value = serde_json::from_str(&self.json).unwrap_or_default();
        value["id"].as_str().unwrap_or("no id").to_owned()
    }

    fn fact(&self) -> Option<u32> {
        let number = self
            .heading
            .strip_prefix("Fact ")?
            .split(|c: char| !c.is_ascii_digit())
            .next()?;
        number.parse().ok()
    }

    fn run(&self) -> Result<(), String> {
        let case = Case::parse(&self.text()).map_err(|error| error.to_string())?;
        let wrong: Vec<String> = case
            .questions
            .iter()
            .filter_map(|question| {
                let difference = difference(&case, question, self.settings())?;
                Some(format!("{} {}: {difference}", question.id, question.kind()))
            })
            .collect();
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(wrong.join("\n    "))
        }
    }
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut heading = String::new();
    let mut open: Option<(bool, Block)> = None;
    let kinds = [
        ("case", Kind::Case),
        ("bill", Kind::Bill),
        ("archetype", Kind::Archetype),
    ];
    for (number, line) in markdown.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => blocks.extend(
                open.take()
                    .filter(|(is_run, _)| *is_run)
                    .map(|(_, block)| block),
            ),
            (Some((_, block)), None) => {
                block.json.push_str(line);
                block.json.push('\n');
            }
            (None, Some(info)) => {
                let mut words = info.split_whitespace().map(str::to_owned);
                let is_json = words.next().as_deref() == Some("json");
                let word = words.next().unwrap_or_default();
                let kind = kinds.iter().find(|(known, _)| *known == word);
                let (info, json) = (words.collect(), String::new());
                open = Some((
                    is_json && kind.is_some(),
                    Block {
                        kind: kind.map_or(Kind::Case, |(_, kind)| *kind),
                        heading: heading.clone(),
                        line: number + 1,
                        info,
                        json,
                    },
                ));
            }
            (None, None) => {
                if let Some(text) = line.strip_prefix('#') {
                    heading = text.trim_start_matches('#').trim().to_owned();
                }
            }
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    blocks
}

/// Every block of a kind, with its file.
pub(crate) fn blocks_of(kind: Kind) -> Vec<(String, Block)> {
    let mut all = all_blocks();
    all.retain(|(_, block)| block.kind == kind);
    all
}

fn all_blocks() -> Vec<(String, Block)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    let mut all = Vec::new();
    for path in files {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        all.extend(blocks(&text).into_iter().map(|block| (file.clone(), block)));
    }
    all
}

#[test]
fn scenarios() {
    let mut report = Report::default();
    for (file, block) in blocks_of(Kind::Case) {
        report.add(&block.id(), &block.place(&file), block.run());
    }
    report.finish(|name| !name.contains('#'));
}

#[test]
fn blocks_say_what_they_rest_on() {
    for (file, block) in all_blocks() {
        let place = format!("{file}:{}", block.line);
        let known = |word: &&String| TAGS.contains(&word.as_str()) || *word == "strict";
        assert!(
            block.info.iter().all(|word| known(&word)),
            "{place}: expected tags or `strict`, found {:?}",
            block.info
        );
        assert!(
            block.info.iter().any(|word| TAGS.contains(&word.as_str())),
            "{place}: expected a tag"
        );
        if let Some(number) = block.fact() {
            let id = block.id();
            let named =
                id == format!("fact-{number}") || id.starts_with(&format!("fact-{number}-"));
            assert!(
                named,
                "{place}: a block of fact {number} is called fact-{number}, found {id:?}"
            );
        }
    }
}

#[test]
fn every_golden_fact_stands_in_a_scenario() {
    let told: BTreeSet<u32> = all_blocks()
        .iter()
        .filter_map(|(_, block)| block.fact())
        .collect();
    let untold: Vec<u32> = golden_facts().difference(&told).copied().collect();
    assert!(untold.is_empty(), "no scenario for the facts {untold:?}");
}

/// What only a limit of hundreds shows: it is counted elsewhere.
const TOO_LARGE_FOR_A_SCENARIO: [&str; 4] = [
    "TooManyPeerings",
    "TooManyRoutes",
    "TooManyTagRoutes",
    "ConnectedGroupSize",
];

#[test]
fn every_refusal_has_a_scenario() {
    let mut expected = BTreeSet::new();
    for (_, block) in blocks_of(Kind::Case) {
        let value: serde_json::Value = serde_json::from_str(&block.json).unwrap_or_default();
        let questions = value["questions"].as_array().cloned().unwrap_or_default();
        let codes = questions
            .iter()
            .filter_map(|question| question["expect"]["code"].as_str());
        expected.extend(codes.map(str::to_owned));
    }
    let refused = |row: &&Refusal| row.standing.refuses() && row.standing != Standing::Unreadable;
    let untold: Vec<&str> = Refusal::all()
        .iter()
        .filter(refused)
        .filter(|row| !row.codes().any(|code| expected.contains(code)))
        .map(|row| row.key)
        .filter(|key| !TOO_LARGE_FOR_A_SCENARIO.contains(key))
        .collect();
    assert!(untold.is_empty(), "no scenario for the refusals {untold:?}");
}

#[test]
fn markdown_is_read_as_meant() {
    let text = "# One\n```text\n# not a heading\n```\n## Fact 7: two\n```json case LAB strict\n{\"id\": \"fact-7\"}\n```\n";
    let blocks = blocks(text);
    let [block] = blocks.as_slice() else {
        panic!("expected one block, found {}", blocks.len())
    };
    assert_eq!(
        (block.heading.as_str(), block.line, block.fact()),
        ("Fact 7: two", 6, Some(7))
    );
    assert!(block.settings().strict_forwarded_traffic);
    assert_eq!(block.id(), "fact-7");
}
