//! Terraform, read by a parser of HCL that others wrote.

use interspoke_core::export::{Form, Groups, Naming, Options, export};
use interspoke_core::spec::NetworkSpec;
use std::collections::BTreeSet;

/// Both files parse, every address that is named is declared, nothing is declared twice.
pub(super) fn check(spec: &NetworkSpec, naming: Naming) {
    for groups in [Groups::One, Groups::PerRegion] {
        let options = Options { naming, groups };
        let bundle = export(spec, Form::Terraform, options);
        let text: String = bundle.files.iter().map(|file| file.text.as_str()).collect();
        let body = hcl::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let mut declared = BTreeSet::new();
        for block in body.blocks() {
            let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
            let address = match block.identifier.as_str() {
                "resource" => labels.join("."),
                "variable" => format!("var.{}", labels.join(".")),
                "data" => format!("data.{}", labels.join(".")),
                _ => continue,
            };
            assert!(
                declared.insert(address.clone()),
                "{address} is declared twice"
            );
        }
        for named in named(&text) {
            assert!(declared.contains(&named), "{named} is not declared\n{text}");
        }
    }
}

/// Every address outside of comments and strings.
fn named(text: &str) -> Vec<String> {
    let mut named = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
    {
        let Some((_, value)) = line.split_once(" = ") else {
            continue;
        };
        let mut plain = String::new();
        let mut inside = false;
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' if inside => {
                    letters.next();
                }
                '"' => inside = !inside,
                _ if !inside => plain.push(letter),
                _ => {}
            }
        }
        for word in plain.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')) {
            let parts: Vec<&str> = word.split('.').collect();
            match parts.as_slice() {
                ["var", name, ..] => named.push(format!("var.{name}")),
                ["data", kind, name, ..] => named.push(format!("data.{kind}.{name}")),
                [kind, name, ..] if kind.starts_with("azurerm_") || kind.starts_with("azapi_") => {
                    named.push(format!("{kind}.{name}"));
                }
                _ => {}
            }
        }
    }
    named
}
