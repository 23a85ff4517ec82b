//! What is said of a text that is not what was expected.

use super::*;
use crate::word::Word;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Host {
    name: String,
    #[serde(default = "on", skip_serializing_if = "is_on")]
    running: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    cores: u8,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    labels: Vec<String>,
    system: Option<System>,
    #[serde(default)]
    state: Word<System>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
enum System {
    #[default]
    Linux,
    Windows,
}

#[track_caller]
fn refuses(text: &str, path: &str, message: &str) {
    let error = read::<Host>(text).unwrap_err();
    assert_eq!(
        (error.path.as_str(), error.to_string().as_str()),
        (path, message)
    );
    assert!(!error.syntax);
}

#[test]
fn the_first_mistake_is_named_by_its_place() {
    refuses("{\n}", "", "missing field `name` at line 2 column 1");
    refuses(
        r#"{"name": "a", "nam": 1, "cores": "x"}"#,
        "nam",
        "unknown field `nam`, expected one of `name`, `running`, `cores`, `labels`, `system`, `state` at line 1 column 19",
    );
    refuses(
        r#"{"name": "a", "name": "b"}"#,
        "name",
        "duplicate field `name` at line 1 column 20",
    );
    refuses(
        r#"{"name": "a", "labels": ["x", null], "cores": -1}"#,
        "labels[1]",
        "invalid type: null, expected a string at line 1 column 34",
    );
    refuses(
        r#"{"name": "a", "cores": 300}"#,
        "cores",
        "invalid value: integer `300`, expected u8 at line 1 column 26",
    );
    refuses(
        r#"{"name": "a", "cores": 1.5}"#,
        "cores",
        "invalid type: floating point `1.5`, expected u8 at line 1 column 26",
    );
    refuses(
        r#"{"name": -1.5e2}"#,
        "name",
        "invalid type: number `-1.5e2`, expected a string at line 1 column 15",
    );
    refuses(
        r#"{"name": "a", "running": "\n"}"#,
        "running",
        "invalid type: string \"\\n\", expected a boolean at line 1 column 29",
    );
    refuses(
        r#""host""#,
        "",
        "invalid type: string \"host\", expected an object at line 1 column 6",
    );
}

#[test]
fn a_word_that_must_be_known_is_named_with_those_that_are() {
    refuses(
        r#"{"name": "a", "system": "Plan9"}"#,
        "system",
        "unknown variant `Plan9`, expected `Linux` or `Windows` at line 1 column 31",
    );
    refuses(
        r#"{"name": "a", "system": 5}"#,
        "system",
        "expected a word in quotes at line 1 column 25",
    );
}

#[test]
fn another_word_is_kept_as_it_was_typed() {
    let text = r#"{"name":"a","system":null,"state":"Plan9"}"#;
    let host: Host = read(text).unwrap();
    assert_eq!(host.state.known(), Err("Plan9"));
    assert_eq!(tree(&host).to_string(), text);
    refuses(
        r#"{"name": "a", "state": 5}"#,
        "state",
        "invalid type: integer `5`, expected a string at line 1 column 24",
    );
}

#[test]
fn what_is_usual_is_not_written() {
    let text = r#"{"name":"a","running":false,"cores":4,"labels":["x"],"system":"Windows","state":"Linux"}"#;
    assert_eq!(tree(&read::<Host>(text).unwrap()).to_string(), text);
    let least: Host = read(r#"{"name": "a"}"#).unwrap();
    let written = r#"{"name":"a","system":null,"state":"Linux"}"#;
    assert_eq!(tree(&least).to_string(), written);
}

#[test]
fn what_is_not_json_is_said_before_what_is_not_expected() {
    for (text, message) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{", "EOF while parsing an object at line 1 column 1"),
        (r#"{"name": "a",}"#, "trailing comma at line 1 column 14"),
        (
            "{\n  \"name\": 5",
            "EOF while parsing an object at line 2 column 11",
        ),
        ("[1 2]", "expected `,` or `]` at line 1 column 4"),
        ("{} {}", "trailing characters at line 1 column 4"),
    ] {
        let error = read::<Host>(text).unwrap_err();
        assert!(error.syntax && error.path.is_empty(), "{text:?}");
        assert_eq!(error.to_string(), message, "{text:?}");
        assert_eq!(parse(text).unwrap_err(), error, "{text:?}");
    }
    let deep = "[".repeat(200);
    assert!(parse(&deep).unwrap_err().message.starts_with("recursion"));
}

#[test]
fn a_tree_keeps_the_digits_of_numbers_and_the_order_of_members() {
    let text = r#"{"z":0.10000000000000000000001,"a":18446744073709551616,"m":1.50}"#;
    assert_eq!(parse(text).unwrap().to_string(), text);
    assert_eq!(parse_all("1 2.0\n[3]").unwrap().len(), 3);
    let error = parse_all("{}\n{\"a\" 1}").unwrap_err();
    assert_eq!(error.to_string(), "expected `:` at line 2 column 6");
}
