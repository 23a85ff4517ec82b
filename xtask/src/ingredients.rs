//! What the page is compiled from: every package with its version, licence and the texts that come with it.
//!
//! `cargo metadata` says what is resolved for WebAssembly; of that, whatever the page's package reaches by ordinary
//! dependencies is an ingredient. Macros run while it is built and are not part of it; they are listed as such.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use interspoke_core::export::escape::html as escaped;
use serde_json::{Value, json};

use crate::failure::{Context, Failure, Result};
use crate::process::{ask, command};

/// The package whose dependencies are listed.
const PAGE: &str = "interspoke-web";

/// One package.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ingredient {
    name: String,
    version: String,
    licence: String,
    /// Used while building, not part of the page.
    only_builds: bool,
    folder: PathBuf,
    needs: Vec<String>,
    ours: bool,
}

impl Ingredient {
    /// What lists of packages call it.
    fn reference(&self) -> String {
        format!("pkg:cargo/{}@{}", self.name, self.version)
    }
}

/// Everything the page is made of, by cargo's identifier.
#[derive(Debug)]
pub(crate) struct Ingredients(BTreeMap<String, Ingredient>);

impl Ingredients {
    /// Asks cargo.
    pub(crate) fn of_the_page() -> Result<Ingredients> {
        let text = ask(command("cargo").args([
            "metadata",
            "--locked",
            "--format-version=1",
            "--filter-platform=wasm32-unknown-unknown",
        ]))
        .ok_or_else(|| Failure::new("`cargo metadata` gives no answer"))?;
        let metadata =
            serde_json::from_str(&text).context("reading the answer of `cargo metadata`")?;
        Ingredients::read(&metadata)
    }

    fn read(metadata: &Value) -> Result<Ingredients> {
        let needs = needs(metadata);
        let packages = list(metadata, "packages");
        let start = packages
            .iter()
            .find(|package| text(package, "name") == PAGE)
            .ok_or_else(|| Failure::new(format!("`cargo metadata` does not know {PAGE}")))?;
        let mut reached = BTreeSet::new();
        let mut open = vec![text(start, "id")];
        while let Some(id) = open.pop() {
            if reached.insert(id.clone()) {
                open.extend(needs.get(&id).cloned().unwrap_or_default());
            }
        }
        let all = packages
            .iter()
            .filter(|package| reached.contains(&text(package, "id")))
            .map(|package| (text(package, "id"), ingredient(package, &needs)));
        Ok(Ingredients(all.collect()))
    }

    /// Those that others made, in the order of their names.
    fn foreign(&self) -> impl Iterator<Item = &Ingredient> {
        let mut all: Vec<&Ingredient> = self.0.values().filter(|one| !one.ours).collect();
        all.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
        all.into_iter()
    }

    /// A page that names each of them and shows the texts of their licences, each text once.
    pub(crate) fn notice(&self) -> Result<String> {
        let mut rows = String::new();
        let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for one in self.foreign() {
            let name = format!("{} {}", escaped(&one.name), escaped(&one.version));
            let use_ = if one.only_builds {
                "builds it"
            } else {
                "part of it"
            };
            rows += &format!(
                "<tr><td>{name}</td><td>{}</td><td>{use_}</td></tr>\n",
                escaped(&one.licence)
            );
            for text in licence_texts(&one.folder)? {
                texts.entry(text).or_default().push(name.clone());
            }
        }
        let mut page = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Interspoke: licences</title>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
             <meta name=\"color-scheme\" content=\"light dark\"></head>\n<body>\n<h1>What Interspoke is made of</h1>\n\
             <p>Interspoke itself is licensed under MIT or Apache-2.0, as you choose. It is compiled with these packages.</p>\n\
             <table>\n<thead><tr><th>package</th><th>licence</th><th>use</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        );
        for (text, names) in &texts {
            page += &format!(
                "<h2>{}</h2>\n<pre>{}</pre>\n",
                names.join(", "),
                escaped(text)
            );
        }
        page += "</body>\n</html>\n";
        Ok(page)
    }

    /// The list as CycloneDX 1.5.
    pub(crate) fn bill_of_materials(&self) -> String {
        let components: Vec<Value> = self.foreign().map(component).collect();
        let mut dependencies: Vec<Value> = self.0.values().map(|one| self.depends(one)).collect();
        dependencies.sort_by_key(|one| text(one, "ref"));
        let page = json!({
            "type": "application",
            "name": "interspoke",
            "version": env!("CARGO_PKG_VERSION"),
            "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        });
        let bill = json!({
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "version": 1,
            "metadata": { "component": page },
            "components": components,
            "dependencies": dependencies,
        });
        format!("{bill:#}\n")
    }

    fn depends(&self, one: &Ingredient) -> Value {
        let known = one.needs.iter().filter_map(|id| self.0.get(id));
        let mut on: Vec<String> = known.map(Ingredient::reference).collect();
        on.sort();
        on.dedup();
        json!({ "ref": one.reference(), "dependsOn": on })
    }
}

fn component(one: &Ingredient) -> Value {
    json!({
        "type": "library",
        "bom-ref": one.reference(),
        "name": one.name,
        "version": one.version,
        "scope": if one.only_builds { "excluded" } else { "required" },
        "licenses": [{ "expression": one.licence }],
        "purl": one.reference(),
    })
}

/// Whom each package needs by ordinary dependencies.
fn needs(metadata: &Value) -> BTreeMap<String, Vec<String>> {
    let ordinary = |dependency: &&Value| {
        list(dependency, "dep_kinds")
            .iter()
            .any(|kind| kind.get("kind").is_some_and(Value::is_null))
    };
    let nodes = metadata
        .get("resolve")
        .map_or(&[][..], |resolve| list(resolve, "nodes"));
    nodes
        .iter()
        .map(|node| {
            let needed = list(node, "deps").iter().filter(ordinary);
            (
                text(node, "id"),
                needed.map(|one| text(one, "pkg")).collect(),
            )
        })
        .collect()
}

fn ingredient(package: &Value, needs: &BTreeMap<String, Vec<String>>) -> Ingredient {
    let is_macro = |target: &Value| list(target, "kind").contains(&json!("proc-macro"));
    let manifest = PathBuf::from(text(package, "manifest_path"));
    Ingredient {
        name: text(package, "name"),
        version: text(package, "version"),
        // An older way of writing "or".
        licence: text(package, "license").replace('/', " OR "),
        only_builds: list(package, "targets").iter().any(is_macro),
        folder: manifest.parent().map(Path::to_path_buf).unwrap_or_default(),
        needs: needs.get(&text(package, "id")).cloned().unwrap_or_default(),
        ours: package.get("source").is_none_or(Value::is_null),
    }
}

/// The files of a package that look like licences.
fn licence_texts(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).context(format!("reading {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let is_licence = |file: &&PathBuf| {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_ascii_uppercase();
        file.is_file()
            && ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"]
                .iter()
                .any(|word| name.starts_with(word))
    };
    files
        .iter()
        .filter(is_licence)
        .map(|file| {
            let text = fs::read_to_string(file).context(format!("reading {}", file.display()))?;
            Ok(text.replace("\r\n", "\n").trim().to_owned())
        })
        .collect()
}

fn list<'v>(value: &'v Value, member: &str) -> &'v [Value] {
    value
        .get(member)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text(value: &Value, member: &str) -> String {
    value
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_made_of_what_it_reaches_and_nothing_else() {
        let all = Ingredients::of_the_page().unwrap();
        let names: Vec<&str> = all.foreign().map(|one| one.name.as_str()).collect();
        assert!(
            names.contains(&"yew") && names.contains(&"ipnet"),
            "{names:?}"
        );
        for tool in ["thirtyfour", "brotli", "proptest"] {
            assert!(
                !names.contains(&tool),
                "{tool} is used by tools and tests alone"
            );
        }
        let unlicensed: Vec<&Ingredient> =
            all.foreign().filter(|one| one.licence.is_empty()).collect();
        assert!(unlicensed.is_empty(), "{unlicensed:?}");
        assert!(
            all.foreign()
                .any(|one| one.name == "yew-macro" && one.only_builds)
        );
    }

    #[test]
    fn both_lists_name_every_package() {
        let all = Ingredients::of_the_page().unwrap();
        let bill: Value = serde_json::from_str(&all.bill_of_materials()).unwrap();
        let notice = all.notice().unwrap();
        assert_eq!(list(&bill, "components").len(), all.foreign().count());
        for one in all.foreign() {
            assert!(
                notice.contains(&format!("<td>{} {}</td>", one.name, one.version)),
                "{one:?}"
            );
        }
        assert!(notice.contains("Permission is hereby granted, free of charge"));
    }
}
