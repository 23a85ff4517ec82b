//! A design as code, and the steps from one design to another: what `export` and `plan` answer.

use super::{SCHEMA, list, nothing, number, read, words};
use interspoke_core::document::Document;
use interspoke_core::export::{self, File, Form, Options};
use interspoke_core::json::Value;
use interspoke_core::plan::{self, Obstacle, Step, TRIES};
use serde_json::json;

/// The files of a design in a form: `bicep`, `arm`, `terraform`, `cli`, `csv`, `mermaid`, `drawio`; and what a form cannot say.
///
/// # Errors
/// The text is not a document, or there is no such form.
pub fn export(text: &str, form: &str) -> Result<String, String> {
    let (document, _) = read(text)?;
    let form = Form::named(form).ok_or_else(|| {
        let known: Vec<&str> = Form::ALL.iter().map(|form| form.id()).collect();
        format!("form: expected one of {}, found {form:?}", known.join(", "))
    })?;
    let bundle = export::export(&document.network, form, Options::default());
    let note = |note: &export::graph::Note| json!({"place": note.place.as_str(), "text": note.text.as_str()});
    Ok(json!({
        "schema": SCHEMA,
        "form": form.id(),
        "files": list(bundle.files.iter().map(file)),
        "notes": list(bundle.notes.iter().map(note)),
    })
    .to_string())
}

fn file(file: &File) -> Value {
    json!({"path": file.path.as_str(), "text": file.text.as_str()})
}

/// The steps from one design to another: each is accepted by Azure, each state between them simulated, as little cut as
/// possible.
///
/// # Errors
/// One of the texts is not a document, Azure refuses the goal, or no order of the steps is accepted.
pub fn plan(from: &str, to: &str) -> Result<String, String> {
    let parse =
        |name: &str, text: &str| Document::parse(text).map_err(|error| format!("{name}: {error}"));
    let (from, to) = (parse("from", from)?, parse("to", to)?);
    let plan = plan::plan(&from.network, &to.network, to.settings, TRIES).map_err(refused)?;
    Ok(json!({
        "schema": SCHEMA,
        "verdict": plan.verdict(),
        "cut": number(plan.cut),
        "steps": list(plan.steps.iter().map(step)),
    })
    .to_string())
}

fn refused(obstacle: Obstacle) -> String {
    let (head, issues) = match obstacle {
        Obstacle::Goal(issues) => ("Azure refuses the goal", issues),
        Obstacle::NoOrder(issues) => ("no order of the steps is accepted", issues),
    };
    let lines: Vec<String> = issues.iter().map(ToString::to_string).collect();
    format!("{head}: {}", lines.join("; "))
}

fn step(step: &Step) -> Value {
    let undo = Some(step.undo.as_str()).filter(|undo| !undo.is_empty());
    json!({
        "title": step.title.as_str(),
        "cut": number(step.effect.cut),
        "uninspected": number(step.effect.uninspected),
        "effects": words(step.effects()),
        "commands": step.code.as_str(),
        "undo": undo.map_or_else(nothing, Value::from),
        "check": words(&step.check),
    })
}
