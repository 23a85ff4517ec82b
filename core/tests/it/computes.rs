//! `docs/how-it-computes.md` is made from the program's own tables. With BLESS=1 it is written.

use interspoke_core::facts;
use interspoke_core::finding::FindingKind;
use interspoke_core::limit::Limit;
use interspoke_core::pattern::Pattern;
use interspoke_core::price::Rules;
use interspoke_core::refusal::{Refusal, Standing};
use std::fmt::Write as _;
use std::path::Path;

const HEAD: &str = "# How it computes\n\nMade from the program's own tables by a test, so it says what the program does: `BLESS=1 cargo test -p interspoke-core \
    --test it computes` writes it. How a packet is followed is told in [the guide](guide/README.md); the rules of routing with their sources \
    are the scenarios in `core/tests/scenarios`.\n";

/// A text that a cell of a table takes.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn linked(title: &str, url: &str) -> String {
    if url.starts_with("https://") {
        format!("[{}]({url})", cell(title))
    } else {
        cell(title)
    }
}

fn data(text: &mut String) {
    let old = facts::OLD_AFTER;
    let _ = write!(
        text,
        "\n## Data\n\nWhat ages is called old {old} months after its date, on the page and by `cargo xtask dated`.\n\n| what | date | ages | file |\n|---|---|---|---|\n"
    );
    for one in facts::ALL {
        let ages = if one.ages { "yes" } else { "no" };
        let _ = writeln!(
            text,
            "| {} | {} | {ages} | `core/data/{}` |",
            one.what, one.date, one.file
        );
    }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Refused => "refused by the API",
        Standing::Documented => "refused by documents",
        Standing::New => "refused for new objects",
        Standing::Unreadable => "cannot be read",
        Standing::Warning => "warning",
        Standing::Note => "note",
    }
}

fn refusals(text: &mut String) {
    text.push_str(
        "\n## What Azure refuses\n\n| code | when | how | source | date |\n|---|---|---|---|---|\n",
    );
    for one in Refusal::all() {
        let (source, date) = one.source.map_or((String::new(), ""), |source| {
            (linked(source.title, source.url), source.date)
        });
        let (when, how) = (cell(one.condition), standing(one.standing));
        let _ = writeln!(
            text,
            "| `{}` | {when} | {how} | {source} | {date} |",
            one.code
        );
    }
}

fn limits(text: &mut String) {
    text.push_str(
        "\n## Limits\n\n| what | value | scope | source | date |\n|---|---|---|---|---|\n",
    );
    for one in Limit::all() {
        let (name, scope) = (cell(one.name), cell(one.scope));
        let source = linked(one.source.title, one.source.url);
        let _ = writeln!(
            text,
            "| {name} | {} {} | {scope} | {source} | {} |",
            one.value, one.unit, one.source.date
        );
    }
}

fn findings(text: &mut String) {
    text.push_str("\n## Findings\n\n| what | how grave | source | date |\n|---|---|---|---|\n");
    for kind in FindingKind::ALL {
        let source = kind.source();
        let severity = kind.severity().word();
        let _ = writeln!(
            text,
            "| {} | {severity} | {} | {} |",
            cell(kind.title()),
            linked(source.title, source.url),
            source.date
        );
    }
}

fn disputes(text: &mut String) {
    text.push_str("\n## Where sources disagree about prices\n\n| question | taken | the other side |\n|---|---|---|\n");
    for one in Rules::DISPUTES {
        let _ = writeln!(
            text,
            "| {} | {} | {} |",
            cell(one.question),
            cell(one.default),
            cell(one.other)
        );
    }
}

fn patterns(text: &mut String) {
    text.push_str("\n## Patterns\n\n| pattern | family | in the guide |\n|---|---|---|\n");
    for one in Pattern::ALL {
        let (title, family, id) = (one.title(), one.family().word(), one.id());
        let _ = writeln!(
            text,
            "| {title} | {family} | [{id}](guide/patterns/{id}.md) |"
        );
    }
}

#[test]
fn how_it_computes_says_what_the_tables_say() {
    let mut text = HEAD.to_owned();
    for part in [data, refusals, limits, findings, disputes, patterns] {
        part(&mut text);
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/how-it-computes.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let held = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        held == text,
        "docs/how-it-computes.md is not what the tables say: run with BLESS=1 and read the difference"
    );
}

#[test]
fn every_file_of_facts_is_listed_with_the_date_of_its_head() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for entry in std::fs::read_dir(&folder).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        // Samples are estates; the sources of prices are addresses.
        if entry.path().is_dir() || name == "price-sources.csv" {
            continue;
        }
        let found = facts::ALL.iter().find(|facts| facts.file == name);
        let facts = found.unwrap_or_else(|| panic!("{name} is not listed"));
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let head: Vec<&str> = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .collect();
        let dated = head.join(" ").contains(facts.date) || name.contains(facts.date);
        assert!(dated, "{name}: its head does not name {}", facts.date);
    }
    for facts in facts::ALL {
        assert!(folder.join(facts.file).is_file(), "{}", facts.file);
    }
}
