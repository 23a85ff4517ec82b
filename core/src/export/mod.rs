//! A design as code: what to deploy, in Azure's own and other languages.
//!
//! The rule: one graph of resources is drawn from the estate ([`graph::Graph`]), named and put into an order that Azure accepts;
//! each language is written from it. Whatever a language cannot say is a comment at its place and a [`Note`] of the
//! bundle, never left out in silence. Secrets are parameters.
//!
//! | form | files |
//! |---|---|
//! | [`Form::Bicep`] | `main.bicep`, and `hub-routes.bicep` where a hub's table names a connection |
//! | [`Form::Arm`] | `azuredeploy.json`, equal to the Bicep |
//!
//! ```
//! use interspoke_core::export::{Form, Options, export};
//! use interspoke_core::sample::SAMPLES;
//! let estate = SAMPLES[0].document().unwrap();
//! let bundle = export(&estate.network, Form::Bicep, Options::default());
//! assert_eq!(bundle.files[0].path, "main.bicep");
//! assert!(bundle.files[0].text.contains("allowForwardedTraffic: true"));
//! ```
//!
//! Left out: what an estate does not know (rules of firewalls beyond protocols, keys, images of machines); each is a
//! parameter or a remark.

mod arm;
mod bicep;
mod draw;
pub mod escape;
pub mod graph;
pub mod kind;
mod name;
mod symbol;
mod template;
pub mod value;

use crate::spec::NetworkSpec;
use graph::{Graph, Note};
pub use name::Naming;

/// A form in which a design is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Azure's own language.
    Bicep,
    /// What Azure Resource Manager reads.
    Arm,
}

impl Form {
    /// Every form.
    pub const ALL: &'static [Self] = &[Self::Bicep, Self::Arm];

    /// Its short name, as commands take it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Bicep => "bicep",
            Self::Arm => "arm",
        }
    }

    /// The form of a short name.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.id() == id)
    }
}

/// Choices of an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// How resources are named.
    pub naming: Naming,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path below the bundle's folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Everything that is written in one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The files, the first to open first.
    pub files: Vec<File>,
    /// What this form does not say and what a person has to know.
    pub notes: Vec<Note>,
}

/// Writes an estate in one form.
#[must_use]
pub fn export(spec: &NetworkSpec, form: Form, options: Options) -> Bundle {
    let graph = resources(spec, options);
    match form {
        Form::Bicep => bicep_bundle(&graph),
        Form::Arm => arm_bundle(&graph),
    }
}

/// The resources of an estate, in an order that Azure accepts.
#[must_use]
pub fn resources(spec: &NetworkSpec, options: Options) -> Graph {
    draw::draw(spec, options.naming)
}

fn bicep_bundle(graph: &Graph) -> Bundle {
    let notes = template_notes(graph);
    let (text, second) = bicep::main(graph, &notes);
    let mut files = vec![file("main.bicep", text)];
    if second {
        files.push(file(bicep::HUB_ROUTES, bicep::hub_routes()));
    }
    Bundle { files, notes }
}

fn arm_bundle(graph: &Graph) -> Bundle {
    let notes = template_notes(graph);
    let lines: Vec<String> = notes
        .iter()
        .map(|note| format!("{}: {}", note.place, note.text))
        .collect();
    let text = arm::template(graph, &lines).pretty() + "\n";
    Bundle {
        files: vec![file("azuredeploy.json", text)],
        notes,
    }
}

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        text,
    }
}

/// Notes of a graph, with those of what Resource Manager has no type for.
fn template_notes(graph: &Graph) -> Vec<Note> {
    let mut notes = graph.notes.clone();
    let actions = graph
        .resources
        .iter()
        .filter(|resource| resource.kind.facts().arm.is_empty());
    notes.extend(actions.map(|action| Note {
        place: format!("avnm {}", action.name),
        text: "bringing configurations into force is an action and no resource: run az network manager post-commit, as the command line form writes it".to_owned(),
    }));
    notes.extend(remarks(graph));
    notes.sort();
    notes.dedup();
    notes
}

/// Remarks of resources, as notes.
fn remarks(graph: &Graph) -> impl Iterator<Item = Note> + '_ {
    graph.ids().flat_map(|id| {
        let place = graph.resource(id).map_or("", |resource| &resource.name);
        template::comments(graph, id)
            .into_iter()
            .map(move |text| Note {
                place: place.to_owned(),
                text,
            })
    })
}
