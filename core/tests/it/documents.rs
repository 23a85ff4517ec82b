//! Every version of the saved file that was ever released still opens.
//!
//! The rule: `tests/documents/` has a folder for each version with files as that version wrote them. A file of it is
//! never changed. Each opens, and what is saved of it today reads back equal; a file of today's version is written again
//! byte for byte.

use interspoke_core::document::{Choices, Document, PolicyKind, SCHEMA};
use interspoke_core::json;
use std::fs;
use std::path::Path;

/// The files of a version: name and text.
fn files(version: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/documents")
        .join(version);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_version_has_files_and_the_last_one_is_todays() {
    let number: u32 = SCHEMA.strip_prefix("interspoke/").unwrap().parse().unwrap();
    for version in 1..=number {
        let files = files(&format!("interspoke-{version}"));
        assert!(!files.is_empty(), "version {version}");
        for (name, text) in files {
            let tree = json::parse(&text).unwrap();
            assert_eq!(tree["schema"], format!("interspoke/{version}"), "{name}");
        }
    }
}

#[test]
fn files_of_version_1_open_with_everything_in_them() {
    for (name, text) in files("interspoke-1") {
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(document.choices, Choices::default(), "{name}");
        assert_eq!(document.id, "", "{name}");
        let saved = document.to_json();
        assert_eq!(Document::parse(&saved).unwrap(), document, "{name}");
        // Whatever the file says is in what is saved today.
        let (was, is) = (json::parse(&text).unwrap(), json::parse(&saved).unwrap());
        for member in ["name", "about", "flow", "design"] {
            assert_eq!(
                was.get(member).is_some(),
                is.get(member).is_some(),
                "{name}: {member}"
            );
        }
    }
    let drawn = Document::parse(&files("interspoke-1")[0].1).unwrap();
    assert_eq!(drawn.design.unwrap().pattern, "avnm-hub-spoke");
}

#[test]
fn a_file_of_todays_version_is_written_again_byte_for_byte() {
    let files = files("interspoke-2");
    for (name, text) in &files {
        let document = Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(document.to_json(), *text, "{name}");
    }
    let everything = Document::parse(&files[0].1).unwrap();
    assert_eq!(everything.id, "d-everything");
    let choices = everything.choices;
    assert_eq!(choices.prices.dollar.as_deref(), Some("EUR 0.92"));
    assert_eq!(choices.policies.unwrap()[1].kind, PolicyKind::Inside);
    assert_eq!((choices.places[0].x, choices.places[0].y), (-125, 40));
    assert_eq!(choices.environments[0].vnets, "*-dev-*");
}

#[test]
fn a_choice_of_version_2_in_a_file_of_version_1_is_named_as_a_mistake() {
    let text = r#"{"schema": "interspoke/1", "network": {"vnets": []}, "choices": {}}"#;
    let error = Document::parse(text).unwrap_err().to_string();
    assert!(
        error.starts_with("choices (line 1, column 62): unknown field `choices`"),
        "{error}"
    );
}
