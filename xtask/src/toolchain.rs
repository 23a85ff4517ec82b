//! The finished set-up: starts programs so that they find the compiler, linker and tools for WebAssembly.
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Context, Failure, Result};
use crate::folder;
use crate::machine::{Machine, Target};
use crate::others::Others;
use crate::process::{ask, command, path_with, root, timed};
use crate::sysroot;

/// Where the wasm build keeps its objects: never in the folder of the native compiler.
pub(crate) fn target_folder() -> PathBuf {
    root().join("target-wasm")
}

/// Flags that keep the folders of this machine out of what is built: messages name a dependency's file, not where it
/// was unpacked, and two machines build the same bytes.
pub(crate) fn without_paths() -> OsString {
    let sources = cargo_home().join("registry").join("src");
    let unpacked = fs::read_dir(sources).into_iter().flatten().flatten();
    let mut folders: Vec<(PathBuf, &str)> = unpacked
        .map(|folder| (folder.path(), "/dependencies"))
        .collect();
    folders.push((root(), "/interspoke"));
    folders.sort();
    let mut flags = OsString::new();
    for (folder, name) in folders {
        if !flags.is_empty() {
            flags.push("\u{1f}");
        }
        flags.push("--remap-path-prefix=");
        flags.push(folder);
        flags.push(format!("={name}"));
    }
    flags
}

/// Where cargo keeps what it downloads.
pub(crate) fn cargo_home() -> PathBuf {
    let told = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = || std::env::home_dir().map(|home| home.join(".cargo"));
    told.or_else(home).unwrap_or_default()
}

/// What [`crate::setup::ensure`] leaves behind.
#[derive(Debug, Clone)]
pub(crate) struct Toolchain {
    objects: PathBuf,
    path: OsString,
    linker: Option<PathBuf>,
    private_sysroot: bool,
    identity: String,
    wasm_opt: Option<PathBuf>,
    pub(crate) cargo_deny: Option<PathBuf>,
    pub(crate) chromium: Option<PathBuf>,
    pub(crate) chromedriver: Option<PathBuf>,
    pub(crate) others: Others,
}

impl Toolchain {
    /// The toolchain of a machine on which nothing is left to do.
    pub(crate) fn of(machine: Machine) -> Result<Toolchain> {
        let folder = |tool: &Option<PathBuf>, name: &str| {
            let parent = tool
                .as_deref()
                .and_then(Path::parent)
                .map(Path::to_path_buf);
            parent.ok_or_else(|| Failure::new(format!("{name} is still missing after the set-up")))
        };
        let mut first = vec![
            folder(&machine.wasm_pack, "wasm-pack")?,
            folder(&machine.wasm_bindgen, "wasm-bindgen")?,
        ];
        let private = match machine.target {
            Target::Installed => None,
            _ => machine.sysroot,
        };
        let identity = match &private {
            Some(sysroot) => {
                first.insert(0, sysroot.join("bin"));
                sysroot::id(sysroot)?
            }
            None => ask(command("rustc").arg("--version")).unwrap_or_default(),
        };
        Ok(Toolchain {
            objects: target_folder(),
            path: path_with(&first)?,
            linker: private.as_ref().and(machine.wasm_linker),
            private_sysroot: private.is_some(),
            identity,
            wasm_opt: machine.wasm_opt,
            cargo_deny: machine.cargo_deny,
            chromium: machine.chromium,
            chromedriver: machine.chromedriver,
            others: machine.others,
        })
    }

    /// The same toolchain with its objects in another folder.
    pub(crate) fn building_in(&self, objects: PathBuf) -> Toolchain {
        Toolchain {
            objects,
            ..self.clone()
        }
    }

    /// Where what is built stands.
    pub(crate) fn objects(&self) -> &Path {
        &self.objects
    }

    /// A program that builds for WebAssembly.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = command(program);
        command
            .env("PATH", &self.path)
            .env("CARGO_TARGET_DIR", &self.objects);
        if let Some(linker) = &self.linker {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        if self.private_sysroot {
            for other_compiler in ["RUSTUP_TOOLCHAIN", "RUSTC", "RUSTDOC"] {
                command.env_remove(other_compiler);
            }
        }
        command
    }

    /// wasm-opt, where Node.js or the system provides it.
    pub(crate) fn wasm_opt(&self) -> Option<Command> {
        let program = self.wasm_opt.as_ref()?;
        // The npm package's program is a script for Node.js.
        if program
            .components()
            .any(|part| part.as_os_str() == "node_modules")
        {
            let mut node = command("node");
            node.arg(program);
            Some(node)
        } else {
            Some(command(program))
        }
    }

    /// Clears the wasm objects that another compiler or sysroot made: the compiler refuses them.
    pub(crate) fn clear_stale_objects(&self) -> Result<()> {
        let objects = &self.objects;
        let note = objects.join("toolchain");
        if fs::read_to_string(&note).is_ok_and(|known| known == self.identity) {
            return Ok(());
        }
        if objects.is_dir() {
            timed("clearing the wasm objects of another compiler", || {
                folder::clear(objects)
            })?;
        }
        fs::create_dir_all(objects).context(format!("creating {}", objects.display()))?;
        fs::write(&note, &self.identity).context(format!("writing {}", note.display()))
    }
}
