//! Folders that are filled under a temporary name, and their removal.
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::failure::{Context, Result};

/// Renames what is complete into its place; if another run was faster, its result stays.
pub(crate) fn adopt(partial: &Path, finished: &Path) -> Result<()> {
    match fs::rename(partial, finished) {
        Err(_) if finished.is_dir() => clear(partial),
        result => result.context(format!("moving {} into place", finished.display())),
    }
}

/// Removes the folder with what is in it, if it is there.
pub(crate) fn clear(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result.context(format!("removing {}", folder.display())),
    }
}
