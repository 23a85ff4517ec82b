//! The core seen from outside: published behaviour as scenarios and cases, and properties over random inputs.
//!
//! | module | what it holds the core to |
//! |---|---|
//! | `scenarios` | every `json case` block of `tests/scenarios/*.md` |
//! | `cases` | every file of `tests/cases/` |
//! | `format` | what the case format promises: errors and scoring |
//! | `properties` | text forms that read back, route selection against a trie |

mod cases;
mod format;
mod judge;
mod pending;
mod properties;
mod scenarios;
