//! SECURITY.md against the tests that it names: each row names at least one, and each name is a file or a function that exists.
use std::fs;
use std::path::Path;

use crate::failure::{Context, Failure, Result};
use crate::process::root;

/// Folders in which tests stand.
const FOLDERS: [&str; 4] = ["core", "web-app", "tests", "xtask"];

/// Names of the last column of the table, a list for each row.
fn named(text: &str) -> Vec<Vec<&str>> {
    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| {
        let last = row
            .trim_end_matches('|')
            .rsplit('|')
            .next()
            .unwrap_or_default();
        last.split('`').skip(1).step_by(2).collect()
    })
    .collect()
}

/// Checks the table of a text against the sources of a folder.
fn check(text: &str, root: &Path) -> Result<()> {
    let mut sources = String::new();
    for folder in FOLDERS {
        gather(&root.join(folder), &mut sources)?;
    }
    let mut faults = Vec::new();
    for (at, names) in named(text).iter().enumerate() {
        if names.is_empty() {
            faults.push(format!("row {} names no test", at + 1));
        }
        for name in names {
            let found = root.join(name).is_file() || sources.contains(&format!("fn {name}("));
            faults.extend((!found).then(|| format!("row {}: there is no {name}", at + 1)));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(faults.join("\n")))
    }
}

/// The text of every Rust file below a folder.
fn gather(folder: &Path, sources: &mut String) -> Result<()> {
    let entries = fs::read_dir(folder).context(format!("reading {}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            gather(&path, sources)?;
        } else if path.extension().is_some_and(|end| end == "rs") {
            *sources +=
                &fs::read_to_string(&path).context(format!("reading {}", path.display()))?;
        }
    }
    Ok(())
}

/// Checks SECURITY.md.
pub(crate) fn check_all() -> Result<()> {
    let root = root();
    check(&crate::file::read(&root.join("SECURITY.md"))?, &root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_threat_names_a_test_that_exists() {
        check_all().unwrap();
    }

    #[test]
    fn a_threat_without_its_test_is_found() {
        let text = "| who | test |\n|---|---|\n| a | none |\n| b | `nobody_wrote_this`, `every_threat_names_a_test_that_exists` |\n";
        let error = check(text, &root()).unwrap_err().to_string();
        assert_eq!(
            error,
            "row 1 names no test\nrow 2: there is no nobody_wrote_this"
        );
    }

    #[test]
    fn the_headers_let_nobody_frame_the_page() {
        let headers = fs::read_to_string(root().join("static/_headers")).unwrap();
        let page = headers.split("/index.html").nth(1).unwrap();
        assert!(
            page.contains("Content-Security-Policy: frame-ancestors 'self'"),
            "{headers}"
        );
        assert!(headers.contains("X-Content-Type-Options: nosniff"));
    }
}
