//! `cargo xtask foreign`: what designs become is read by programs that others wrote.
//!
//! | form | read by | holds |
//! |---|---|---|
//! | ARM JSON | the models of azure-mgmt-network, which Microsoft makes from its API | every member, word and kind of value |
//! | Terraform | HashiCorp's parser and the typed azurerm provider | every argument, block and what is needed |
//! | draw.io | the graph library of draw.io | every cell, and both ends of every line |
//! | Mermaid | Mermaid's own parser | the diagram is a flow chart |
//! | Azure CLI, acceptance script | ShellCheck | no warning |
//!
//! The rule: every pattern with two intents, every sample, an estate that holds everything, and one with names of every language's own signs.
//! Bicep is read by its grammar and HCL by another parser in the core's own tests. Packages go into the cache once for
//! a lock file; a machine without Node.js, Python or ShellCheck is told what was not tried.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use interspoke_core::document::Document;
use interspoke_core::export::{Form, Options as Choices, export};
use interspoke_core::intent::{AddressPlan, Intent, OnPremises};
use interspoke_core::pattern::Pattern;
use interspoke_core::sample::SAMPLES;
use interspoke_core::spec::NetworkSpec;
use sha2::{Digest, Sha256};

use crate::failure::{Context, Failure, Result};
use crate::file::{copy, read, write};
use crate::folder;
use crate::machine::cache_folder;
use crate::process::{command, find, root, step, succeed, timed};
use crate::python;

/// The programs that call the libraries of others, and what these are.
const HERE: &str = "tests/foreign";
const REQUIREMENTS: &str = "tests/foreign/requirements.txt";
/// An estate with every member that there is.
const EVERYTHING: &str = include_str!("../../core/tests/export/everything.json");
/// How the name of an estate ends that holds no more than the pattern asks for.
const PLAIN: &str = "-plain";
/// Signs of shells, HCL, JSON, XML, Mermaid and HTML in one name.
const HOSTILE: &str = "a\"b'c`d$(e)${f}%{g}<h>&i;j|k\\l--%%[m]{n}(o)";

/// Writes every estate in every form and has them read.
pub(crate) fn check() -> Result<()> {
    let folders = written()?;
    let files = |name: &str| -> Vec<PathBuf> {
        let there = folders.iter().map(|folder| folder.join(name));
        there.filter(|file| file.is_file()).collect()
    };
    match python::environment(REQUIREMENTS) {
        Ok(python) => hold("arm_models.py", command(python), &files("azuredeploy.json"))?,
        Err(failure) => println!("==> ARM JSON is not held against Azure's models: {failure}"),
    }
    match find("npm") {
        Some(_) => {
            let home = packages()?;
            let node = || {
                let mut node = command("node");
                node.current_dir(&home);
                node
            };
            hold("terraform.mjs", node(), &folders)?;
            hold("drawio.mjs", node(), &files("network.drawio"))?;
            hold("mermaid.mjs", node(), &files("network.mmd"))?;
        }
        None => println!("==> Node.js is not there: Terraform, draw.io and Mermaid are not tried"),
    }
    let scripts = [files("deploy.sh"), files("acceptance.sh")].concat();
    shell(scripts.iter().filter(|file| !is_plain(file)))
}

fn hold(program: &str, mut command: Command, files: &[PathBuf]) -> Result<()> {
    let program = match command.get_current_dir() {
        Some(folder) if folder.join(program).is_file() => folder.join(program),
        _ => root().join(HERE).join(program),
    };
    let title = program.file_name().unwrap_or_default().to_string_lossy();
    step(&title, command.arg(&program).args(files))
}

/// The lesser of a pattern's two estates: ShellCheck takes half a second a script.
fn is_plain(file: &Path) -> bool {
    let folder = file.parent().and_then(Path::file_name);
    folder.is_some_and(|name| name.to_string_lossy().ends_with(PLAIN))
}

fn shell<'f>(scripts: impl Iterator<Item = &'f PathBuf>) -> Result<()> {
    if find("shellcheck").is_none() {
        println!("==> ShellCheck is not there: scripts are not tried");
        return Ok(());
    }
    let mut shellcheck = command("shellcheck");
    shellcheck.args(["--shell=bash", "--severity=warning"]);
    step("shellcheck", shellcheck.args(scripts))
}

/// The checker of a page's accessibility; `None` where there is no npm to have it from.
pub(crate) fn axe() -> Result<Option<PathBuf>> {
    match find("npm") {
        Some(_) => Ok(Some(packages()?.join("node_modules/axe-core/axe.min.js"))),
        None => Ok(None),
    }
}

/// The packages of the lock file, for a benchmark beside them.
pub(crate) fn node_modules() -> Result<PathBuf> {
    Ok(packages()?.join("node_modules"))
}

/// The folder with the packages of the lock file, and with the programs beside them.
fn packages() -> Result<PathBuf> {
    let sources = root().join(HERE);
    let lock = read(&sources.join("package-lock.json"))?;
    let sum = Sha256::digest(lock.as_bytes());
    let name: String = sum
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let home = cache_folder()?.join(format!("foreign-{name}"));
    if !home.join("complete").is_file() {
        folder::clear(&home)?;
        for name in ["package.json", "package-lock.json", ".npmrc"] {
            copy(&sources.join(name), &home.join(name))?;
        }
        timed("npm ci of the programs that read", || {
            let mut npm = command("npm");
            let npm = npm.current_dir(&home).args(["ci", "--loglevel=error"]);
            succeed("npm ci", npm)
        })?;
        write(&home.join("complete"), "")?;
    }
    for entry in fs::read_dir(&sources).context(HERE)? {
        let file = entry.context(HERE)?.path();
        if let (Some("mjs"), Some(name)) = (extension(&file), file.file_name()) {
            copy(&file, &home.join(name))?;
        }
    }
    Ok(home)
}

fn extension(file: &Path) -> Option<&str> {
    file.extension()?.to_str()
}

/// One folder an estate, with every form in it.
fn written() -> Result<Vec<PathBuf>> {
    let home = root().join("target/foreign");
    folder::clear(&home)?;
    let mut folders = Vec::new();
    for (name, network) in estates()? {
        let folder = home.join(name);
        for form in Form::ALL {
            for file in export(&network, *form, Choices::default()).files {
                write(&folder.join(file.path), file.text)?;
            }
        }
        folders.push(folder);
    }
    Ok(folders)
}

fn estates() -> Result<Vec<(String, NetworkSpec)>> {
    let plain = Intent::default();
    let full = Intent {
        on_premises: OnPremises::Both,
        environments: ["dev", "prod"].map(str::to_owned).to_vec(),
        ..Intent::default()
    };
    let mut estates = Vec::new();
    for (words, intent) in [(PLAIN, plain), ("-full", full)] {
        let plan = AddressPlan::new(&intent).map_err(|problems| {
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Failure::new(problems.join("\n"))
        })?;
        for pattern in Pattern::ALL {
            let network = pattern.blueprint(&intent, &plan);
            estates.push((format!("{}{words}", pattern.id()), network));
        }
    }
    for sample in SAMPLES {
        let document = sample.document().context(format!("read {}", sample.id))?;
        estates.push((sample.id.to_owned(), document.network));
    }
    let everything =
        serde_json::from_str(EVERYTHING).context("read the estate that holds everything")?;
    estates.push(("everything".to_owned(), everything));
    let first = estates.first().map(|(_, network)| network.clone());
    let hostile = renamed(first.unwrap_or_default())?;
    estates.push(("hostile".to_owned(), hostile));
    Ok(estates)
}

/// The same network, its first VNet under a name that no language takes as it is.
fn renamed(network: NetworkSpec) -> Result<NetworkSpec> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let name = network.vnets.first().map(|vnet| quoted(&vnet.name));
    let text = Document::new("hostile", network).to_json();
    let text = text.replace(&name.unwrap_or_default(), &quoted(HOSTILE));
    Ok(Document::parse(&text)
        .context("read the estate with a hostile name")?
        .network)
}
