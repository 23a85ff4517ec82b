//! Designs as code, read back by parties that did not write them.
//!
//! | held | by |
//! |---|---|
//! | Bicep is Bicep | its tree-sitter grammar |
//! | Bicep and ARM JSON ask for the same | both read into [`Asked`] and compared |
//! | what is named exists, and nothing waits in a circle | every id and `dependsOn` of the template |
//! | two peerings of one VNet never run at once | a way of `dependsOn` between each two |
//! | Terraform is HCL, and what it names is declared | the parser of the crate hcl-rs |
//! | the script is bash | `bash -n`, and `shellcheck` where the machine has it |
//! | hostile names change nothing but names | estates by chance, with names of every language's own signs |

mod acceptance;
mod arm;
mod bicep;
mod hcl_plan;
mod round_trip;
mod shell;
mod silence;
mod terraform;

use crate::agreement::runner;
use crate::dice::{self, Dice};
use interspoke_core::export::{Form, Naming, Options, export};
use interspoke_core::intent::{AddressPlan, Intent};
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::preset::PRESETS;
use interspoke_core::sample::SAMPLES;
use interspoke_core::spec::NetworkSpec;
use proptest::prelude::*;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What Resource Manager is asked for.
#[derive(Debug, Default, PartialEq)]
struct Asked {
    parameters: Vec<String>,
    resources: BTreeMap<String, Map<String, Value>>,
    depends: BTreeMap<String, BTreeSet<String>>,
}

impl Asked {
    fn add(&mut self, id: &str, body: Map<String, Value>, depends: Vec<String>) {
        let known = self.resources.insert(id.to_owned(), body);
        assert!(known.is_none(), "{id} is written twice");
        let carriers = depends.iter().map(|id| carrier(id));
        self.depends.insert(
            id.to_owned(),
            carriers.filter(|other| other != id).collect(),
        );
    }

    /// Everything that a resource waits for, near or far.
    fn waits(&self, id: &str) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        let mut open = vec![id.to_owned()];
        while let Some(next) = open.pop() {
            let needs = self.depends.get(&next);
            for need in needs.unwrap_or_else(|| panic!("{id} waits for {next}, which is not there"))
            {
                if all.insert(need.clone()) {
                    open.push(need.clone());
                }
            }
        }
        all
    }
}

/// `id:TYPE/NAME/SUBTYPE/NAME`.
fn id_of(kind: &str, names: &[String]) -> String {
    let mut segments = kind.split('/');
    let mut id = format!("id:{}", segments.next().unwrap());
    for (segment, name) in segments.zip(names) {
        id.push_str(&format!("/{segment}/{name}"));
    }
    id
}

/// The resource of a template that an id belongs to: subnets and parts belong to what carries them.
fn carrier(id: &str) -> String {
    const PARTS: [&str; 7] = [
        "/subnets/",
        "/backendAddressPools/",
        "/probes/",
        "/loadBalancingRules/",
        "/frontendIPConfigurations/",
        "/vpnSiteLinks/",
        "/hubRouteTables/defaultRouteTable",
    ];
    let cut = PARTS.iter().filter_map(|part| id.find(part)).min();
    let cut = cut.or_else(|| id.find("/hubRouteTables/noneRouteTable"));
    id[..cut.unwrap_or(id.len())].to_owned()
}

fn text(spec: &NetworkSpec, form: Form, naming: Naming) -> String {
    let options = Options {
        naming,
        ..Options::default()
    };
    let bundle = export(spec, form, options);
    bundle.files[0].text.clone()
}

/// Both templates of an estate, held against each other and against themselves.
fn check(spec: &NetworkSpec, naming: Naming) -> Asked {
    let arm = arm::read(&text(spec, Form::Arm, naming));
    let bicep = bicep::read(&text(spec, Form::Bicep, naming));
    for (id, body) in &arm.resources {
        assert_eq!(Some(body), bicep.resources.get(id), "{id}");
    }
    // Routes of the default table are a resource of their own, and others name the table as a part of the hub.
    assert_eq!(arm.parameters.len(), bicep.parameters.len());
    assert_eq!(arm.resources.len(), bicep.resources.len());
    for (id, needs) in &arm.depends {
        for need in needs {
            assert!(
                arm.resources.contains_key(need),
                "{id} waits for {need}, which is not there"
            );
        }
    }
    for id in arm.depends.keys() {
        assert!(!arm.waits(id).contains(id), "{id} waits for itself");
        assert_eq!(arm.waits(id), bicep.waits(id), "{id}");
    }
    arm
}

/// The peerings of a template by the VNets that they touch.
fn peerings_take_turns(asked: &Asked) {
    let ends = |id: &str| -> Option<[String; 2]> {
        let (vnet, _) = id.split_once("/virtualNetworkPeerings/")?;
        let to = asked.resources[id]["properties"]["remoteVirtualNetwork"]["id"].as_str()?;
        Some([vnet.to_owned(), to.to_owned()])
    };
    let peerings: Vec<(&String, [String; 2])> = asked
        .resources
        .keys()
        .filter_map(|id| Some((id, ends(id)?)))
        .collect();
    for (a, a_ends) in &peerings {
        for (b, b_ends) in peerings.iter().filter(|(b, _)| b > a) {
            if a_ends.iter().any(|end| b_ends.contains(end)) {
                let ordered = asked.waits(a).contains(*b) || asked.waits(b).contains(*a);
                assert!(ordered, "{a} and {b} run at once");
            }
        }
    }
}

fn named_estates() -> Vec<(String, NetworkSpec)> {
    let samples = SAMPLES.iter().map(|sample| {
        let document = sample.document().unwrap();
        (sample.id.to_owned(), document.network)
    });
    let figures = PRESETS
        .iter()
        .map(|figure| (figure.id.to_owned(), figure.network()));
    let intent = Intent::default();
    let plan = AddressPlan::new(&intent).unwrap();
    let patterns = Pattern::ALL.iter().map(|pattern| {
        let name = format!("{pattern:?}");
        (name, pattern.blueprint(&intent, &plan))
    });
    samples.chain(figures).chain(patterns).collect()
}

#[test]
fn every_pattern_figure_and_sample_is_one_template_in_two_languages() {
    for (name, spec) in named_estates() {
        println!("{name}");
        for naming in [Naming::Abbreviated, Naming::AsWritten] {
            let asked = check(&spec, naming);
            peerings_take_turns(&asked);
            terraform::check(&spec, naming);
            assert!(asked.resources.len() >= spec.vnets.len() + spec.peerings.len());
        }
    }
}

/// Names made of every language's own signs.
const HOSTILE: [&str; 8] = [
    "'; rm -rf / #",
    "${az.secret}' \"%{if}\\",
    "a\nparam b string // c\n*/ d\u{2028}e",
    "[concat('x')]",
    "=cmd|' /C calc'!A0",
    "`whoami` $(id) <b>&amp;</b>",
    "|pipe|--dash--> %% \"quote\"",
    "\u{202e}txt.exe\u{0}\t}",
];

fn hostile(value: &mut Value, pick: usize) {
    match value {
        Value::String(text) if ["hub", "spoke1", "Größe 中"].contains(&text.as_str()) => {
            let name = HOSTILE[(pick + text.len()) % HOSTILE.len()];
            *text = name.to_owned();
        }
        Value::Array(items) => items.iter_mut().for_each(|item| hostile(item, pick)),
        Value::Object(members) => members.values_mut().for_each(|item| hostile(item, pick)),
        _ => {}
    }
}

/// An estate by chance, with hostile names in it.
fn hostile_estate(bytes: Vec<u8>, pick: usize) -> NetworkSpec {
    let spec = dice::network(&mut Dice::new(bytes));
    let mut tree = serde_json::to_value(&spec).unwrap();
    hostile(&mut tree, pick);
    serde_json::from_str(&tree.to_string()).unwrap_or(spec)
}

#[test]
fn estates_by_chance_with_hostile_names_are_one_template_in_two_languages() {
    let estates = (prop::collection::vec(any::<u8>(), 0..400), 0..HOSTILE.len());
    runner(64)
        .run(&estates, |(bytes, pick)| {
            let spec = hostile_estate(bytes, pick);
            check(&spec, Naming::Abbreviated);
            check(&spec, Naming::AsWritten);
            terraform::check(&spec, Naming::Abbreviated);
            Ok(())
        })
        .unwrap();
}

/// The file of a golden text; `GOLDEN=write` writes it anew.
pub(crate) fn golden(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(path);
    if std::env::var_os("GOLDEN").is_some_and(|value| value == "write") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = known.lines().zip(text.lines()).position(|(a, b)| a != b);
    assert!(
        known == text,
        "{} differs from line {:?} on; GOLDEN=write writes it anew",
        path.display(),
        differs.map(|line| line + 1)
    );
}

#[test]
fn figures_of_the_article_as_code() {
    for figure in ["direct-1", "firewall-1", "vwan-2"] {
        let Some(preset) = PRESETS.iter().find(|preset| preset.id == figure) else {
            let known: Vec<&str> = PRESETS.iter().map(|preset| preset.id).collect();
            panic!("no figure {figure}: {known:?}");
        };
        for form in Form::ALL {
            let bundle = export(&preset.network(), *form, Options::default());
            for file in &bundle.files {
                let text = acceptance::calls(&file.path, &file.text);
                golden(&format!("export/{figure}/{}", file.path), text);
            }
        }
    }
}
