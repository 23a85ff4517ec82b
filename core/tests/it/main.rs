//! The core seen from outside: published behaviour as scenarios and cases, and properties over random inputs.
//!
//! | module | what it holds the core to |
//! |---|---|
//! | `scenarios` | every `json case` block of `tests/scenarios/*.md` |
//! | `asked` | a direct way that the Intent asks for is no warning |
//! | `bill_scenarios` | every `json bill` block of `tests/scenarios/*.md` |
//! | `cases` | every file of `tests/cases/` |
//! | `computes` | docs/how-it-computes.md, made from the tables |
//! | `format` | what the case format promises: errors and scoring |
//! | `agreement` | a second, naive simulator on random estates |
//! | `hubs` | properties of Virtual WAN over random hubs, tables and circuits |
//! | `import_breadth` | terminals, parts alone, templates in files, plans, rules of firewalls |
//! | `import_parts` | what `import_spellings` writes of ports, names and public sides |
//! | `import_spellings` | any estate in each spelling reads back; a sanitised one answers alike |
//! | `import_template` | templates, Terraform, captures beside our tables |
//! | `import` | exports in each spelling, captured routes, what the report says |
//! | `invariants` | what holds for every estate, whatever the right answer is |
//! | `export` | designs as code, read back by grammars that did not write them |
//! | `fuzz_corpus` | the fuzz targets' corpus, without a fuzzer |
//! | `documents` | files of every version of the saved file |
//! | `plan` | from one estate to another: what each step cuts, and that Azure accepts it |
//! | `properties` | text forms that read back, route selection against a trie |
//! | `uses` | the pattern of each use is the recommended one |
//!
//! `judge` asks and collects, `pending` lists what may still fail, `dice` makes estates by chance.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

mod agreement;
mod archetypes;
mod asked;
mod bill;
mod bill_scenarios;
mod blocks;
mod cases;
mod computes;
mod dice;
mod documents;
mod estate;
mod export;
mod format;
mod fuzz_corpus;
mod hubs;
mod import;
mod import_breadth;
mod import_dns;
mod import_long;
mod import_parts;
mod import_spellings;
mod import_template;
mod invariants;
mod join;
mod judge;
mod naive;
mod patterns;
mod pending;
mod plan;
mod properties;
mod rank;
mod scenarios;
mod sketch;
mod turn;
mod uses;
mod way;
mod workbook;
