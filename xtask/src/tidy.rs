//! The rules of the repository, as tests.
//!
//! Each rule is a function over the text of one file that names what breaks it, line by line; [`source`] reads Rust
//! for them. `cargo xtask tidy` and a native test of this crate apply them to every file. The import arrows are
//! those of the design: the core knows no screen, clock, chance or I/O; state, view and scene know no browser;
//! components reach the browser only through effects; the browser layer knows no components.

mod arrows;
mod circles;
mod source;
mod text;

use std::fmt;
use std::fs;
use std::path::Path;

use crate::failure::{Context, Failure, Result};
use crate::process::root;
use crate::size;
use crate::threats;

/// One broken rule: where, and what is wrong.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    line: usize,
    what: String,
}

impl Fault {
    fn at(line: usize, what: impl Into<String>) -> Fault {
        Fault {
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.what)
    }
}

/// A rule and the files it holds for.
struct Rule {
    applies: fn(&str) -> bool,
    check: fn(&str) -> Vec<Fault>,
}

const RULES: [Rule; 10] = [
    Rule {
        applies: |path| in_folder(path, "core/src/"),
        check: arrows::core,
    },
    Rule {
        applies: is_plain_web,
        check: arrows::plain_web,
    },
    Rule {
        applies: |path| in_folder(path, "web-app/src/components/"),
        check: arrows::components,
    },
    Rule {
        applies: |path| in_folder(path, "web-app/src/browser/"),
        check: arrows::browser,
    },
    Rule {
        applies: needs_module_doc,
        check: text::begins_with_module_doc,
    },
    Rule {
        applies: may_not_style,
        check: text::no_style_attribute,
    },
    Rule {
        applies: is_code,
        check: text::nothing_left_open,
    },
    Rule {
        applies: |path| !is_data(path),
        check: text::no_trailing_space,
    },
    Rule {
        applies: |path| path != "Cargo.lock" && !is_data(path),
        check: text::no_machine_path,
    },
    Rule {
        applies: |path| path != "Cargo.lock" && !is_data(path),
        check: text::no_registry_host,
    },
];

/// `cargo xtask tidy`.
pub(crate) fn command_line() -> Result<()> {
    let root = root();
    let mut files = Vec::new();
    collect(&root, &root, &mut files)?;
    let mut faults = Vec::new();
    for (path, text) in &files {
        for rule in RULES.iter().filter(|rule| (rule.applies)(path)) {
            faults.extend(
                (rule.check)(text)
                    .iter()
                    .map(|fault| format!("{path}:{fault}")),
            );
        }
        if path == "CHANGELOG.md" {
            faults.extend(
                size::check_stated(text)
                    .err()
                    .map(|failure| failure.to_string()),
            );
        }
    }
    faults.extend(circles::faults(&files));
    faults.extend(
        threats::check_all()
            .err()
            .map(|failure| failure.to_string()),
    );
    if faults.is_empty() {
        println!("tidy: {} files keep the rules", files.len());
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} rules broken:\n{}",
        faults.len(),
        faults.join("\n")
    )))
}

/// Every text file with its path from the root, always with `/`, in order.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> Result<()> {
    let entries = fs::read_dir(folder).context(format!("reading {}", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry.context("reading a folder")?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let relative = path
            .strip_prefix(root)
            .context("a path outside the repository")?;
        let name = relative.to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            if !is_generated(&name) {
                collect(root, &path, files)?;
            }
        } else if is_text(&name) {
            let text = fs::read_to_string(&path).context(format!("reading {name}"))?;
            files.push((name, text));
        }
    }
    Ok(())
}

fn is_generated(folder: &str) -> bool {
    let name = folder.rsplit('/').next().unwrap_or_default();
    matches!(
        name,
        "target" | "target-wasm" | "dist" | "pkg" | "node_modules" | ".git" | "artifacts"
    )
}

fn extension(path: &str) -> &str {
    path.rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map_or("", |(_, extension)| extension)
}

fn is_text(path: &str) -> bool {
    let known = [
        "rs",
        "toml",
        "md",
        "html",
        "css",
        "js",
        "json",
        "svg",
        "webmanifest",
        "csv",
        "txt",
        "lock",
        "yml",
    ];
    known.contains(&extension(path)) || path == ".ci/run"
}

/// Facts and recorded answers keep the bytes they came with.
fn is_data(path: &str) -> bool {
    matches!(extension(path), "csv" | "txt" | "json")
}

fn is_code(path: &str) -> bool {
    matches!(extension(path), "rs" | "js" | "css" | "html" | "toml") || path == ".ci/run"
}

fn in_folder(path: &str, folder: &str) -> bool {
    path.starts_with(folder) && extension(path) == "rs"
}

/// Screens are computed here, without one: the folders, and files of the same names beside them.
fn is_plain_web(path: &str) -> bool {
    ["answer", "form", "state", "view", "scene"]
        .iter()
        .any(|name| {
            in_folder(path, &format!("web-app/src/{name}/"))
                || path == format!("web-app/src/{name}.rs")
        })
}

fn needs_module_doc(path: &str) -> bool {
    in_folder(path, "core/") || in_folder(path, "web-app/src/")
}

fn may_not_style(path: &str) -> bool {
    in_folder(path, "web-app/src/") || path == "index.html"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_keeps_its_rules() {
        if let Err(failure) = command_line() {
            panic!("{failure}");
        }
    }

    #[test]
    fn each_rule_knows_its_files() {
        assert!(is_plain_web("web-app/src/state/mod.rs") && is_plain_web("web-app/src/view.rs"));
        assert!(
            !is_plain_web("web-app/src/components/view.rs")
                && !is_plain_web("core/src/state/mod.rs")
        );
        assert!(
            needs_module_doc("core/tests/it/main.rs")
                && !needs_module_doc("web-app/tests/markup.rs")
        );
        assert!(is_generated("web-app/pkg") && !is_generated("core/src"));
        assert!(is_text(".ci/run") && is_code(".ci/run") && !is_text("static/font.woff2"));
    }
}
