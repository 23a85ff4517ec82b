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
//! | [`Form::Terraform`] | `main.tf`, `variables.tf` |
//! | [`Form::CommandLine`] | `deploy.sh` |
//! | [`Form::Tables`] | a CSV file a table |
//! | [`Form::Mermaid`] | `network.mmd` |
//! | [`Form::DrawIo`] | `network.drawio` |
//! | [`Form::Acceptance`] | `acceptance.sh`, `acceptance.ps1` |
//!
//! [`still`] draws it as SVG for pages that show it before anything has started.
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

mod acceptance;
mod arm;
mod bicep;
mod diagram;
mod draw;
mod drawio;
pub mod escape;
pub mod graph;
pub mod kind;
mod mermaid;
mod name;
mod path;
mod shell;
mod still;
mod symbol;
mod tables;
mod template;
mod terraform;
mod unsaid;
pub mod value;
mod words;

use crate::spec::NetworkSpec;
pub(crate) use draw::next_hop_word;
use graph::Graph;
pub use graph::Note;
pub use name::Naming;
pub use still::still;
use unsaid::Tongue;

/// A form in which a design is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Azure's own language.
    Bicep,
    /// What Azure Resource Manager reads.
    Arm,
    /// The provider azurerm.
    Terraform,
    /// A script of the Azure command line.
    CommandLine,
    /// Every table as comma-separated values.
    Tables,
    /// A flowchart.
    Mermaid,
    /// A drawing with Azure's own shapes.
    DrawIo,
    /// Scripts that ask Azure and compare.
    Acceptance,
}

impl Form {
    /// Every form.
    pub const ALL: &'static [Self] = &[
        Self::Bicep,
        Self::Arm,
        Self::Terraform,
        Self::CommandLine,
        Self::Tables,
        Self::Mermaid,
        Self::DrawIo,
        Self::Acceptance,
    ];

    /// Its short name, as commands take it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Bicep => "bicep",
            Self::Arm => "arm",
            Self::Terraform => "terraform",
            Self::CommandLine => "cli",
            Self::Tables => "tables",
            Self::Mermaid => "mermaid",
            Self::DrawIo => "drawio",
            Self::Acceptance => "acceptance",
        }
    }

    /// The form of a short name.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.id() == id)
    }
}

/// Which resource groups are made. Bicep and ARM JSON are deployed to one group that is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Groups {
    /// One for everything.
    #[default]
    One,
    /// One a region.
    PerRegion,
}

/// Choices of an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// How resources are named.
    pub naming: Naming,
    /// Which resource groups are made.
    pub groups: Groups,
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
    let graph = || resources(spec, options);
    match form {
        Form::Bicep => bicep_bundle(&graph()),
        Form::Arm => arm_bundle(&graph()),
        Form::Terraform => terraform_bundle(&graph(), options.groups),
        Form::CommandLine => shell_bundle(&graph(), options.groups),
        Form::Tables => {
            let tables = tables::tables(spec).into_iter();
            picture(tables.map(|(name, text)| file(name, text)).collect())
        }
        Form::Mermaid => picture(vec![file("network.mmd", mermaid::flowchart(spec))]),
        Form::DrawIo => picture(vec![file("network.drawio", drawio::file(spec))]),
        Form::Acceptance => acceptance::bundle(spec, options),
    }
}

/// The resources of an estate, in an order that Azure accepts.
#[must_use]
pub fn resources(spec: &NetworkSpec, options: Options) -> Graph {
    draw::draw(spec, options.naming)
}

/// Files of which there is nothing to know.
fn picture(files: Vec<File>) -> Bundle {
    Bundle {
        files,
        notes: Vec::new(),
    }
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
    let text = format!("{:#}\n", arm::template(graph, &lines));
    Bundle {
        files: vec![file("azuredeploy.json", text)],
        notes,
    }
}

/// Commands that make one estate of another.
#[must_use]
pub fn commands(before: &NetworkSpec, after: &NetworkSpec, options: Options) -> String {
    let (before, after) = (resources(before, options), resources(after, options));
    shell::difference(&before, &after, options.groups)
}

fn terraform_bundle(graph: &Graph, groups: Groups) -> Bundle {
    let notes = spoken_notes(graph, Tongue::Terraform);
    let (main, variables) = terraform::files(graph, &notes, groups);
    Bundle {
        files: vec![file("main.tf", main), file("variables.tf", variables)],
        notes,
    }
}

fn shell_bundle(graph: &Graph, groups: Groups) -> Bundle {
    let notes = spoken_notes(graph, Tongue::CommandLine);
    let text = shell::script(graph, &notes, groups);
    Bundle {
        files: vec![file("deploy.sh", text)],
        notes,
    }
}

/// Notes of a graph, with those of what a language has no word for.
fn spoken_notes(graph: &Graph, tongue: Tongue) -> Vec<Note> {
    let mut notes = graph.notes.clone();
    notes.extend(remarks(graph));
    for id in graph.ids() {
        let Some(resource) = graph.resource(id) else {
            continue;
        };
        if tongue == Tongue::Terraform && resource.kind.words().terraform.is_empty() {
            continue;
        }
        let open = unsaid::unsaid(graph, id, tongue).into_iter();
        notes.extend(open.map(|what| Note {
            place: resource.name.clone(),
            text: format!("no word for {what}"),
        }));
    }
    notes.sort();
    notes.dedup();
    notes
}

/// The resource group of each region, by name.
fn group_names(graph: &Graph, groups: Groups) -> Vec<(String, String)> {
    let mut regions: Vec<&String> = graph
        .resources
        .iter()
        .map(|resource| &resource.region)
        .collect();
    regions.sort();
    regions.dedup();
    let name = |region: &String| match groups {
        Groups::One => "rg-network".to_owned(),
        Groups::PerRegion => format!("rg-network-{}", name::plain(region)),
    };
    regions
        .into_iter()
        .map(|region| (region.clone(), name(region)))
        .collect()
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
