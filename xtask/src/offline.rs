//! The site's service worker: which files it keeps, with their digests, and the version that names them together.
//!
//! | file | version is made of | kept under |
//! |---|---|---|
//! | `index.html` | its text before the version stands in it | `./`, as hosts answer it without a redirection |
//! | the wasm, the glue, icon, manifest | their bytes | their names |
//! | `worker.js` | nothing: browsers look for a new one by themselves | |
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::failure::Result;
use crate::page::fill;

/// A file of the site.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// Its name beside the page; `./` is the page.
    pub(crate) name: String,
    /// What stands in it.
    pub(crate) bytes: Vec<u8>,
}

impl File {
    /// A file of this name.
    pub(crate) fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> File {
        File {
            name: name.into(),
            bytes: content.into(),
        }
    }

    /// The page.
    pub(crate) fn page(text: impl Into<Vec<u8>>) -> File {
        File::new("./", text)
    }
}

/// The version of a site of these files: the start of the digest of all their names and digests.
pub(crate) fn version(files: &[File]) -> String {
    let mut all = Sha256::new();
    for File { name, bytes } in files {
        all.update(name.as_bytes());
        all.update([0]);
        all.update(Sha256::digest(bytes));
    }
    let digest = all.finalize();
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The worker that keeps these files.
pub(crate) fn worker(template: &str, version: &str, files: &[File]) -> Result<String> {
    let entries: Vec<[String; 2]> = files
        .iter()
        .map(|file| [file.name.clone(), integrity(&file.bytes)])
        .collect();
    let list = serde_json::to_string(&entries).unwrap_or_default();
    let worker = fill(
        template,
        "/* slot: version */ \"\"",
        &format!("\"{version}\""),
    )?;
    fill(&worker, "/* slot: files */ []", &list)
}

/// What `integrity` calls a file of these bytes.
fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str =
        "const V = /* slot: version */ \"\"; const F = new Map(/* slot: files */ []);";

    #[test]
    fn the_worker_names_each_file_with_its_digest() {
        // The digest of `a`, from `printf a | openssl dgst -sha256 -binary | base64`.
        assert_eq!(
            worker(TEMPLATE, "1", &[File::page("a")]).unwrap(),
            "const V = \"1\"; const F = new Map([[\"./\",\"sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=\"]]);"
        );
        assert!(worker("const V = 1;", "1", &[]).is_err());
    }

    #[test]
    fn the_version_follows_every_name_and_every_byte() {
        let known = version(&[File::page("a"), File::new("b", "c")]);
        assert_eq!(known.len(), 16);
        for other in [
            version(&[File::page("a"), File::new("b", "d")]),
            version(&[File::page("a"), File::new("bb", "c")]),
            version(&[File::page("ab"), File::new("", "c")]),
        ] {
            assert_ne!(known, other);
        }
    }
}
