//! The schemas of designs and answers, held against both sides: what the program reads and writes, and what they allow.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod typescript;

use interspoke_core::document::{Document, schema};
use interspoke_core::intent::{AddressPlan, Intent};
use interspoke_core::pattern::Pattern;
use interspoke_core::sample::SAMPLES;
use interspoke_web::answer;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The file of a schema; with BLESS=1 it is written.
#[track_caller]
fn held(name: &str, made: &str) {
    let file = root().join("static/schema").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, made).unwrap();
    }
    let held = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        held == made,
        "static/schema/{name} is not what the program says: run with BLESS=1 and read the difference"
    );
}

fn document_schema() -> Value {
    schema()
}

fn answers_schema() -> Value {
    let definitions = typescript::definitions(answer::TYPES);
    let answers: Vec<Value> = definitions
        .iter()
        .filter(|(_, one)| one["properties"]["schema"] == json!({ "const": answer::SCHEMA }))
        .map(|(name, _)| json!({ "$ref": format!("#/$defs/{name}") }))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:interspoke:answers",
        "title": "Answers of Interspoke",
        "oneOf": answers,
        "$defs": definitions,
    })
}

#[test]
fn the_files_are_made_from_the_program() {
    held("document.json", &format!("{:#}\n", schema()));
    held("answers.json", &format!("{:#}\n", answers_schema()));
}

/// Every saved design of the repository, with its file.
fn saved() -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for folder in [
        "core/data/samples",
        "core/tests/documents/interspoke-1",
        "core/tests/documents/interspoke-2",
    ] {
        for entry in fs::read_dir(root().join(folder)).unwrap().flatten() {
            let name = entry.path().display().to_string();
            if name.ends_with(".json") {
                let text = fs::read_to_string(entry.path()).unwrap();
                all.push((name, serde_json::from_str(&text).unwrap()));
            }
        }
    }
    for pattern in Pattern::ALL {
        let intent = Intent::default();
        let plan = AddressPlan::new(&intent).unwrap();
        let document = Document::new(pattern.title(), pattern.blueprint(&intent, &plan));
        all.push((
            pattern.id().to_owned(),
            serde_json::from_str(&document.to_json()).unwrap(),
        ));
    }
    assert!(all.len() > 25, "only {} designs", all.len());
    all
}

fn validator() -> Validator {
    jsonschema::validator_for(&document_schema()).unwrap()
}

#[test]
fn every_saved_design_and_every_bare_network_fits() {
    let validator = validator();
    for (name, design) in saved() {
        let network = design["network"].clone();
        for value in [design, network] {
            let faults: Vec<String> = validator
                .iter_errors(&value)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{name}: {faults:#?}");
        }
    }
}

/// A design with one thing changed in each place, and what was done there.
fn spoiled(design: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    let mut pointers = Vec::new();
    walk(design, String::new(), &mut pointers);
    for pointer in pointers {
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut copy = design.clone();
            change(copy.pointer_mut(&pointer).unwrap());
            copy
        };
        let here = design.pointer(&pointer).unwrap();
        if let Value::Object(members) = here {
            all.push((
                format!("{pointer}: a member more"),
                changed(&|one| one["nobodyKnows"] = json!(1)),
            ));
            for name in members.keys() {
                let without = changed(&|one| {
                    one.as_object_mut().unwrap().remove(name);
                });
                all.push((format!("{pointer}/{name}: gone"), without));
            }
        }
        for other in [
            json!(null),
            json!(true),
            json!(7),
            json!("a text"),
            json!([]),
            json!({}),
        ] {
            // A list in place of an object is read as the object's members, as `serde` does; the schema asks for more.
            if here.is_object() && other == json!([]) {
                continue;
            }
            all.push((
                format!("{pointer}: {other}"),
                changed(&|one| *one = other.clone()),
            ));
        }
    }
    all
}

fn walk(value: &Value, pointer: String, found: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, one)| (name.clone(), one))
            .collect(),
        Value::Array(items) => items
            .iter()
            .take(2)
            .enumerate()
            .map(|(at, one)| (at.to_string(), one))
            .collect(),
        _ => Vec::new(),
    };
    for (name, one) in inside {
        walk(one, format!("{pointer}/{name}"), found);
    }
    found.push(pointer);
}

#[test]
fn the_schema_takes_what_the_reader_takes_and_nothing_else() {
    let validator = validator();
    let (mut agreed, mut refused) = (0, 0);
    let mut differ = Vec::new();
    let designs = saved();
    let vwan = designs.iter().filter(|(name, _)| {
        [
            "vwan-secured",
            "avnm-hub-spoke-direct",
            "hub-nva-route-server",
        ]
        .contains(&name.as_str())
    });
    let samples = designs.iter().filter(|(name, _)| name.ends_with(".json"));
    for (name, design) in vwan.chain(samples) {
        for (what, spoiled) in spoiled(design) {
            let read = Document::parse(&spoiled.to_string());
            let fits = validator.is_valid(&spoiled);
            // A text may be no prefix, no amount, or a word that a record keeps: the reader knows more of texts than a schema.
            if what.ends_with("\"a text\"") {
                continue;
            }
            if read.is_ok() != fits {
                let said = read.err().map(|error| error.to_string());
                differ.push(format!(
                    "{name} {what}: the schema {fits}, the reader {said:?}"
                ));
            }
            agreed += 1;
            refused += usize::from(!fits);
        }
    }
    let some: Vec<&String> = differ.iter().take(20).collect();
    assert!(differ.is_empty(), "{} differ: {some:#?}", differ.len());
    assert!(
        agreed > 5_000 && refused > 2_000,
        "{agreed} compared, {refused} refused"
    );
}

#[test]
fn words_that_nobody_knows_are_refused_by_the_schema() {
    let mut design: Value = serde_json::from_str(SAMPLES[0].text).unwrap();
    design["network"]["routeTables"][0]["routes"][0]["nextHopType"] = json!("Somewhere");
    assert!(!validator().is_valid(&design));
    design["schema"] = json!("interspoke/9");
    assert!(!validator().is_valid(&design));
}

/// Answers of every kind, by the interface that each must have.
fn answers() -> Vec<(&'static str, Value)> {
    let mut all = Vec::new();
    let mut add = |name, text: Result<String, String>| {
        all.push((name, serde_json::from_str(&text.unwrap()).unwrap()));
    };
    let intent = Intent::default();
    let plan = AddressPlan::new(&intent).unwrap();
    let wan = Document::new("WAN", Pattern::VwanSecured.blueprint(&intent, &plan)).to_json();
    for text in SAMPLES
        .iter()
        .map(|sample| sample.text)
        .chain([wan.as_str()])
    {
        let document = Document::parse(text).unwrap();
        let vnet = document
            .network
            .vnets
            .iter()
            .find(|vnet| !vnet.subnets.is_empty())
            .unwrap();
        add("Evaluation", answer::evaluate(text));
        add("BillAnswer", answer::bill(text));
        add("ReachabilityAnswer", answer::reachability(text));
        add(
            "RouteTable",
            answer::effective_routes(text, &vnet.name, &vnet.subnets[0].name),
        );
        let flow = document
            .flow
            .map_or(("10.0.128.4".to_owned(), "10.1.130.4".to_owned()), |flow| {
                (flow.source.to_string(), flow.destination.to_string())
            });
        add("Trace", answer::trace(text, &flow.0, &flow.1, "TCP"));
        add("Lint", answer::lint(text));
        add(
            "Judgements",
            answer::judge(
                text,
                r#"[{"kind": "symmetric", "from": "spokes"}, {"kind": "direct", "from": "spokes", "to": "spokes"}]"#,
            ),
        );
        add("ExportAnswer", answer::export(text, "bicep"));
        add("ImportAnswer", answer::import(text));
        add("PlanAnswer", answer::plan(text, text));
    }
    add("Comparison", answer::compare("{}"));
    let [before, after] = [Pattern::PeeringMesh, Pattern::HubFirewall]
        .map(|pattern| Document::new("Plan", pattern.blueprint(&intent, &plan)).to_json());
    add("PlanAnswer", answer::plan(&before, &after));
    all
}

#[test]
fn every_answer_is_of_its_form_and_of_no_other() {
    let schema = answers_schema();
    let whole = jsonschema::validator_for(&schema).unwrap();
    for (name, answer) in answers() {
        let mut one = schema.clone();
        one.as_object_mut().unwrap().remove("oneOf");
        one["$ref"] = json!(format!("#/$defs/{name}"));
        let validator = jsonschema::validator_for(&one).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&answer)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        assert!(whole.is_valid(&answer), "{name} is of several forms");
        let mut more = answer;
        more["nobodyKnows"] = json!(1);
        assert!(!whole.is_valid(&more), "{name} takes what is not described");
    }
}
