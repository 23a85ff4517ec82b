//! Which licences the packages of the workspace may have, and where they may come from: tests and tools included.
//!
//! The rule: of an expression with OR one side has to be allowed, of one with AND both; every package that is not ours comes
//! from the registry that cargo knows by itself, not from a repository.
use serde_json::Value;

use crate::failure::{Context, Failure, Result};
use crate::process::{ask, command};

/// Licences that ask for no more than their own text.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// Packages whose licence or origin is not allowed, each with why.
fn faults(metadata: &Value) -> Vec<String> {
    let packages = metadata.get("packages").and_then(Value::as_array);
    let foreign = packages.into_iter().flatten().filter(|package| {
        package
            .get("source")
            .is_some_and(|source| !source.is_null())
    });
    foreign.filter_map(fault).collect()
}

fn fault(package: &Value) -> Option<String> {
    let text = |member: &str| {
        package
            .get(member)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let name = text("name");
    if !text("source").starts_with("registry+") {
        return Some(format!("{name}: comes from {}", text("source")));
    }
    let licence = text("license").replace('/', " OR ");
    (!is_allowed(&licence)).then(|| format!("{name}: its licence is {licence:?}"))
}

/// Whether an expression can be met by the list.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.trim();
    if let Some((left, right)) = parted(expression, " OR ") {
        return is_allowed(left) || is_allowed(right);
    }
    if let Some((left, right)) = parted(expression, " AND ") {
        return is_allowed(left) && is_allowed(right);
    }
    match expression
        .strip_prefix('(')
        .and_then(|inside| inside.strip_suffix(')'))
    {
        Some(inside) => is_allowed(inside),
        None => ALLOWED.contains(&expression),
    }
}

/// The two sides of the first such word outside of brackets.
fn parted<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                if let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(word)) {
                    return Some((text.get(..at)?, rest));
                }
            }
            _ => {}
        }
    }
    None
}

/// Checks every package of the lock file.
pub(crate) fn check() -> Result<()> {
    let text = ask(command("cargo").args(["metadata", "--locked", "--format-version=1"]))
        .ok_or_else(|| Failure::new("`cargo metadata` gives no answer"))?;
    let metadata = serde_json::from_str(&text).context("reading the answer of `cargo metadata`")?;
    let faults = faults(&metadata);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(faults.join("\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_has_a_licence_of_the_list_and_comes_from_the_registry() {
        check().unwrap();
    }

    #[test]
    fn expressions_are_read_as_they_are_meant() {
        for (expression, allowed) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("MIT OR GPL-3.0-only", true),
            ("MIT AND GPL-3.0-only", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", true),
            ("GPL-2.0-only OR (BSD-3-Clause AND AGPL-3.0-only)", false),
            ("", false),
        ] {
            assert_eq!(is_allowed(expression), allowed, "{expression}");
        }
        let foreign = serde_json::json!({"packages": [
            {"name": "ours", "source": null, "license": ""},
            {"name": "far", "source": "git+https://example.com/far", "license": "MIT"},
            {"name": "odd", "source": "registry+https://example.com/index", "license": "Custom"},
        ]});
        let found = faults(&foreign);
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
