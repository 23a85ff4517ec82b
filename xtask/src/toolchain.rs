//! The finished set-up: starts programs so that they find the compiler, linker and tools for WebAssembly.
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Context, Failure, Result};
use crate::folder;
use crate::machine::{Machine, Target};
use crate::process::{ask, command, path_with, root, timed};
use crate::sysroot;

/// Where the wasm build keeps its objects: never in the folder of the native compiler.
pub(crate) fn target_folder() -> PathBuf {
    root().join("target-wasm")
}

/// What [`crate::setup::ensure`] leaves behind.
#[derive(Debug)]
pub(crate) struct Toolchain {
    path: OsString,
    linker: Option<PathBuf>,
    private_sysroot: bool,
    identity: String,
    wasm_opt: Option<PathBuf>,
    pub(crate) chromium: Option<PathBuf>,
    pub(crate) chromedriver: Option<PathBuf>,
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
            path: path_with(&first)?,
            linker: private.as_ref().and(machine.wasm_linker),
            private_sysroot: private.is_some(),
            identity,
            wasm_opt: machine.wasm_opt,
            chromium: machine.chromium,
            chromedriver: machine.chromedriver,
        })
    }

    /// A program that builds for WebAssembly.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = command(program);
        command
            .env("PATH", &self.path)
            .env("CARGO_TARGET_DIR", target_folder());
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
        let objects = target_folder();
        let note = objects.join("toolchain");
        if fs::read_to_string(&note).is_ok_and(|known| known == self.identity) {
            return Ok(());
        }
        if objects.is_dir() {
            timed("clearing the wasm objects of another compiler", || {
                folder::clear(&objects)
            })?;
        }
        fs::create_dir_all(&objects).context(format!("creating {}", objects.display()))?;
        fs::write(&note, &self.identity).context(format!("writing {}", note.display()))
    }
}
