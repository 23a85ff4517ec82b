//! Held to `serde_json`: what it takes, refuses and says.

use super::*;
use proptest::prelude::*;

#[derive(Debug, Clone, PartialEq)]
struct Host {
    name: String,
    running: bool,
    cores: u8,
    labels: Vec<String>,
}

record!(
    Host,
    Self {
        name: String::new(),
        running: true,
        cores: 2,
        labels: Vec::new(),
    },
    |value, members| {
        members.required("name", &mut value.name);
        members.usually("running", &mut value.running);
        members.unless(value.cores == 2, "cores", &mut value.cores);
        members.optional("labels", &mut value.labels);
    }
);

fn host(text: &str) -> Result<Host, JsonError> {
    read(text, &Node::parse(text)?)
}

#[track_caller]
fn refuses(text: &str, path: &str, message: &str) {
    let error = host(text).unwrap_err();
    assert_eq!(
        (error.path.as_str(), error.to_string().as_str()),
        (path, message)
    );
}

#[test]
fn a_record_is_read_and_written_by_one_list() {
    let whole = r#"{"name":"a","running":false,"cores":4,"labels":["x","y"]}"#;
    assert_eq!(write(&host(whole).unwrap()).compact(), whole);
    let least = r#"{"name":"a"}"#;
    assert_eq!(write(&host(least).unwrap()).compact(), least);
    assert_eq!(
        serde_json::from_str::<Host>(whole).unwrap(),
        host(whole).unwrap()
    );
    let tree = serde_json::to_value(host(whole).unwrap()).unwrap();
    assert_eq!(
        serde_json::from_value::<Host>(tree).unwrap(),
        host(whole).unwrap()
    );
}

#[test]
fn the_first_mistake_is_named_by_its_place() {
    refuses("{\n}", "", "missing field `name` at line 2 column 1");
    refuses(
        r#"{"name": "a", "nam": 1, "cores": "x"}"#,
        "nam",
        "unknown field `nam`, expected one of `name`, `running`, `cores`, `labels` at line 1 column 19",
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
        r#"{"name": "a", "running": "\n"}"#,
        "running",
        "invalid type: string \"\\n\", expected a boolean at line 1 column 29",
    );
    refuses(
        "[]",
        "",
        "invalid type: sequence, expected an object at line 1 column 2",
    );
}

#[test]
fn what_is_not_json_is_named_in_known_words() {
    for text in [
        "",
        " ",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{1:2}",
        "{\"a\" 1}",
        "{\"a\":1 2}",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[1 2]",
        "tru",
        "trux",
        "nul",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\n\"",
        "01",
        "-",
        "-a",
        "1.",
        "1.a",
        "1e",
        "1e+",
        "1 1",
        "@",
        "\n\n [1,\n  @]",
    ] {
        let ours = Node::parse(text).unwrap_err();
        let theirs = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
        assert!(ours.syntax && ours.path.is_empty());
        assert_eq!(ours.to_string(), theirs.to_string(), "{text:?}");
    }
    let deep = "[".repeat(200);
    assert!(
        Node::parse(&deep)
            .unwrap_err()
            .message
            .starts_with("recursion limit")
    );
    let nested = ["[".repeat(127), "]".repeat(127)].concat();
    assert!(Node::parse(&nested).is_ok());
}

proptest! {
    #[test]
    fn texts_are_taken_and_refused_as_the_library_does(
        text in r#"([\[\]{},:0-9.eE+ -]|"a"|"\\n"|"\\u00e9"|"\\ud83d\\ude00"|"\\|true|null|é){0,12}"#,
    ) {
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        // A number beyond every float is refused there; here only by whoever reads it.
        match (Node::parse(&text), theirs) {
            (Ok(ours), Ok(theirs)) => {
                prop_assert_eq!(serde_json::to_value(&ours).unwrap(), theirs.clone());
                let again: serde_json::Value = serde_json::from_str(&ours.pretty()).unwrap();
                prop_assert_eq!(again, theirs);
            }
            (Err(_), Err(_)) => {}
            (ours, theirs) => {
                let large = theirs.as_ref().is_err_and(|e| e.to_string().starts_with("number out of range"));
                prop_assert!(large, "{:?} {:?}", ours, theirs);
            }
        }
    }

    #[test]
    fn texts_are_written_as_the_library_does(string in "\\PC*|[\\x00-\\x20\"\\\\a]*") {
        prop_assert_eq!(Node::from(string.as_str()).compact(), serde_json::to_string(&string).unwrap());
        let list = Node::from(Value::List(vec![string.as_str().into(), Value::Object(Vec::new()).into()]));
        prop_assert_eq!(list.pretty(), serde_json::to_string_pretty(&list).unwrap());
    }
}
