//! Files of the artefacts: read as browsers hash them, written whole.
use std::fs;
use std::path::Path;

use crate::failure::{Context, Result};

/// Reads text with the line ends that browsers hash.
pub(crate) fn read(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file).context(format!("reading {}", file.display()))?;
    Ok(text.replace("\r\n", "\n"))
}

/// Writes a file whole: a server reading beside it sees the old one or the new one.
pub(crate) fn write(file: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).context(format!("creating {}", folder.display()))?;
    }
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    fs::write(&partial, content).context(format!("writing {}", file.display()))?;
    fs::rename(&partial, file).context(format!("writing {}", file.display()))
}

pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    write(
        to,
        fs::read(from).context(format!("reading {}", from.display()))?,
    )
}
