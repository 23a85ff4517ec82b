//! Whether two folders hold the same files with the same bytes: what two builds of one commit must.
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Context, Result};

/// Every file below a folder, by name.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    gather(folder, Path::new(""), &mut names)?;
    names.sort();
    Ok(names)
}

fn gather(base: &Path, inside: &Path, names: &mut Vec<PathBuf>) -> Result<()> {
    let folder = base.join(inside);
    let entries = fs::read_dir(&folder).context(format!("reading {}", folder.display()))?;
    for entry in entries.flatten() {
        let name = inside.join(entry.file_name());
        if entry.path().is_dir() {
            gather(base, &name, names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

/// The first file, by name, that the folders do not have in common, and what differs; none if they are the same.
pub(crate) fn difference(first: &Path, second: &Path) -> Result<Option<String>> {
    let [ours, theirs] = [files(first)?, files(second)?];
    let mut names: Vec<&PathBuf> = ours.iter().chain(&theirs).collect();
    names.sort();
    names.dedup();
    for name in names {
        let shown = name.display();
        let what = match (ours.contains(name), theirs.contains(name)) {
            (true, false) => Some(format!("{shown}: only the first has it")),
            (false, true) => Some(format!("{shown}: only the second has it")),
            _ => unlike(&read(&first.join(name))?, &read(&second.join(name))?)
                .map(|at| format!("{shown}: differs from byte {at} on")),
        };
        if what.is_some() {
            return Ok(what);
        }
    }
    Ok(None)
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).context(format!("reading {}", file.display()))
}

/// The first place at which two texts are not alike; the end of the shorter one counts.
fn unlike(first: &[u8], second: &[u8]) -> Option<usize> {
    let pairs = first.iter().zip(second);
    let alike = pairs.take_while(|(a, b)| a == b).count();
    (alike < first.len().max(second.len())).then_some(alike)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder;

    /// Two folders of this test alone, filled with names and texts.
    fn compared(test: &str, first: &[(&str, &str)], second: &[(&str, &str)]) -> Option<String> {
        let base = std::env::temp_dir().join(format!("interspoke-{test}-{}", std::process::id()));
        let sides = [("first", first), ("second", second)];
        for (side, files) in sides {
            fs::create_dir_all(base.join(side)).unwrap();
            for (name, text) in files {
                let file = base.join(side).join(name);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, text).unwrap();
            }
        }
        let found = difference(&base.join("first"), &base.join("second")).unwrap();
        folder::clear(&base).unwrap();
        found
    }

    #[test]
    fn the_same_files_differ_in_nothing() {
        let both = [("site/a", "one"), ("b", "")];
        assert_eq!(compared("alike", &both, &both), None);
    }

    #[test]
    fn the_first_file_that_differs_is_named_with_its_place() {
        let first = [("a", "same"), ("site/b", "abcd"), ("z", "1")];
        let second = [("a", "same"), ("site/b", "abXd"), ("z", "2")];
        let found = compared("bytes", &first, &second);
        assert_eq!(found.as_deref(), Some("site/b: differs from byte 2 on"));
        let longer = compared("longer", &[("a", "ab")], &[("a", "abc")]);
        assert_eq!(longer.as_deref(), Some("a: differs from byte 2 on"));
    }

    #[test]
    fn a_file_of_one_side_alone_is_named() {
        let more = compared("more", &[("a", ""), ("b", "")], &[("a", "")]);
        assert_eq!(more.as_deref(), Some("b: only the first has it"));
        let less = compared("less", &[("b", "")], &[("a", ""), ("b", "")]);
        assert_eq!(less.as_deref(), Some("a: only the second has it"));
    }
}
