//! The case files that stand in the repository, with their sources.

use crate::judge::{Report, difference};
use interspoke_core::case::Case;
use interspoke_core::route::Settings;
use std::path::Path;

#[test]
fn published_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut report = Report::default();
    for path in files {
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let case = Case::parse(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(case.id, file, "a case is found by its file's name");
        assert!(
            !case.source.is_empty(),
            "{file}: a published case names its sources"
        );
        for question in &case.questions {
            let name = format!("{file}#{}", question.id);
            let place = format!("{name} {}", question.kind());
            report.add(
                &name,
                &place,
                difference(&case, question, Settings::default()).map_or(Ok(()), Err),
            );
        }
    }
    report.finish(|name| name.contains('#'));
}
