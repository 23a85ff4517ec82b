//! `cargo xtask export DOCUMENT --as FORM [--to FOLDER] [--names as-written] [--group-per-region]`: a design as code.
//!
//! The rule: without a folder the files are printed one after another; what the form cannot say and what a person has to
//! know is printed after them, on the error stream. A document is a file, or `sample:ID` or `figure:ID` of those that are
//! built in.

use std::fs;
use std::path::{Path, PathBuf};

use interspoke_core::document::{Design, Document};
use interspoke_core::export::{Bundle, File, Form, Groups, Naming, Options as Choices, export};
use interspoke_core::finding::review;
use interspoke_core::pattern::preset::PRESETS;
use interspoke_core::pattern::select::compare;
use interspoke_core::price::{Catalog, bill_of};
use interspoke_core::report::{Parts, markdown};
use interspoke_core::route::Routing;
use interspoke_core::sample::Sample;
use interspoke_core::spec::NetworkSpec;
use interspoke_core::topology;

use crate::failure::{Context, Failure, Result};
use crate::options::Options;

const USAGE: &str =
    "cargo xtask export DOCUMENT --as FORM [--to FOLDER] [--names as-written] [--group-per-region]";

/// The command, with the arguments after its name.
pub(crate) fn run(mut arguments: Vec<String>) -> Result<()> {
    if arguments.is_empty() {
        return Err(Failure::new(format!("expected a document\n\n{USAGE}")));
    }
    let document = arguments.remove(0);
    let mut options = Options::new("export", arguments);
    let form: Option<String> = options.value("--as")?;
    let folder: Option<PathBuf> = options.value("--to")?;
    let names: Option<String> = options.value("--names")?;
    let per_region = options.flag("--group-per-region");
    options.finish()?;
    if form.as_deref() == Some(REPORT) {
        return report(&document, folder.as_deref());
    }
    let form = read_form(form.as_deref().unwrap_or_default())?;
    let choices = Choices {
        naming: read_naming(names.as_deref())?,
        groups: if per_region {
            Groups::PerRegion
        } else {
            Groups::One
        },
    };
    let bundle = export(&read_network(&document)?, form, choices);
    match folder {
        Some(folder) => write(&bundle, &folder)?,
        None => print(&bundle),
    }
    for note in &bundle.notes {
        eprintln!("{}: {}", note.place, note.text);
    }
    Ok(())
}

fn read_form(text: &str) -> Result<Form> {
    let mut forms: Vec<&str> = Form::ALL.iter().map(|form| form.id()).collect();
    forms.push(REPORT);
    Form::named(text).ok_or_else(|| {
        Failure::new(format!(
            "--as: expected {}, found {text:?}\n\n{USAGE}",
            forms.join(", ")
        ))
    })
}

fn read_naming(text: Option<&str>) -> Result<Naming> {
    match text {
        None | Some("abbreviated") => Ok(Naming::Abbreviated),
        Some("as-written") => Ok(Naming::AsWritten),
        Some(other) => Err(Failure::new(format!(
            "--names: expected abbreviated or as-written, found {other:?}"
        ))),
    }
}

/// The network of a file, a sample or a figure.
pub(crate) fn read_network(name: &str) -> Result<NetworkSpec> {
    Ok(read_document(name)?.network)
}

/// The document of a file, a sample or a figure.
fn read_document(name: &str) -> Result<Document> {
    if let Some(id) = name.strip_prefix("sample:") {
        let sample =
            Sample::named(id).ok_or_else(|| Failure::new(format!("there is no sample {id:?}")))?;
        return sample.document().context(format!("read {name}"));
    }
    if let Some(id) = name.strip_prefix("figure:") {
        let figure = PRESETS.iter().find(|preset| preset.id == id);
        let figure = figure.ok_or_else(|| Failure::new(format!("there is no figure {id:?}")))?;
        let design = Design {
            pattern: figure.pattern.id().to_owned(),
            intent: figure.intent(),
        };
        return Ok(Document {
            design: Some(design),
            ..Document::new(figure.title, figure.network())
        });
    }
    let text = fs::read_to_string(name).context(format!("read {name}"))?;
    Document::parse(&text).context(format!("read {name}"))
}

/// The form that is no code: a page for a review.
const REPORT: &str = "report";

/// Writes the report of a document: `report.md`.
fn report(name: &str, folder: Option<&Path>) -> Result<()> {
    let document = read_document(name)?;
    let catalog = Catalog::built_in();
    let built = topology::build(&document.network);
    let routing = Routing::new(built.value.into(), document.settings);
    let demand = match &document.design {
        Some(design) => design.intent.traffic_demand(),
        None => document.traffic.into(),
    };
    let assessment = document.design.as_ref().and_then(|design| {
        let compared = compare(&design.intent, &catalog).ok()?;
        compared.get(design.pattern()?).cloned()
    });
    let found = review(&routing);
    let found = match &document.design {
        Some(design) => found.asked_for(routing.topology(), &design.intent),
        None => found,
    };
    let text = markdown(Parts {
        document: &document,
        issues: &built.issues,
        review: &found,
        bill: &bill_of(&routing, &document.network, &demand, &catalog),
        assessment: assessment.as_ref(),
    });
    let file = File {
        path: "report.md".to_owned(),
        text,
    };
    let bundle = Bundle {
        files: vec![file],
        notes: Vec::new(),
    };
    match folder {
        Some(folder) => write(&bundle, folder),
        None => {
            print(&bundle);
            Ok(())
        }
    }
}

fn write(bundle: &Bundle, folder: &Path) -> Result<()> {
    for file in &bundle.files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).context(format!("make the folder {}", parent.display()))?;
        }
        fs::write(&path, &file.text).context(format!("write {}", path.display()))?;
        println!("{}", path.display());
    }
    Ok(())
}

fn print(bundle: &Bundle) {
    for file in &bundle.files {
        if bundle.files.len() > 1 {
            println!("==> {} <==", file.path);
        }
        print!("{}", file.text);
    }
}
