//! How large the artefacts are, and the cap that a test holds.
use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::failure::{Context, Failure, Result};
use crate::process::{dist, root};

/// The site's wasm is at most this many KB (of 1,000 bytes) after gzip. Raising it needs a line in CHANGELOG.md that
/// says why, and the line `size cap: N KB` there.
pub(crate) const CAP_KB: usize = 2_150;

/// The single file is at most this many KB as it stands on a disk.
const SINGLE_FILE_CAP_KB: usize = 2_950;

/// The files whose size matters to a reader who waits for the page.
const MEASURED: [&str; 4] = [
    "site/interspoke_bg.wasm",
    "site/index.html",
    "site/interspoke.js",
    "interspoke.html",
];

/// One file as it is, and as servers send it.
#[derive(Debug, PartialEq, Eq)]
struct Size {
    file: &'static str,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// The sizes of what was built.
#[derive(Debug)]
pub(crate) struct Sizes(Vec<Size>);

impl Sizes {
    /// Measures the artefacts in that folder.
    pub(crate) fn measure(dist: &Path) -> Result<Sizes> {
        let measure = |file: &'static str| {
            let path = dist.join(file);
            let bytes = fs::read(&path).context(format!(
                "reading {}; `cargo xtask build` writes it",
                path.display()
            ))?;
            Ok(Size {
                file,
                raw: bytes.len(),
                gzip: gzip(&bytes)?.len(),
                brotli: brotli(&bytes)?.len(),
            })
        };
        MEASURED
            .into_iter()
            .map(measure)
            .collect::<Result<Vec<Size>>>()
            .map(Sizes)
    }
}

/// `cargo xtask size`.
pub(crate) fn command_line() -> Result<()> {
    report(&Sizes::measure(&dist())?)
}

/// Prints the table and fails where the cap is broken or not stated.
pub(crate) fn report(Sizes(sizes): &Sizes) -> Result<()> {
    println!("{:<26}{:>12}{:>12}{:>12}", "bytes", "raw", "gzip", "brotli");
    for Size {
        file,
        raw,
        gzip,
        brotli,
    } in sizes
    {
        println!("{file:<26}{raw:>12}{gzip:>12}{brotli:>12}");
    }
    let wasm = sizes.first().map_or(0, |size| size.gzip);
    check_cap(wasm)?;
    check_single_file(sizes.last().map_or(0, |size| size.raw))?;
    match fs::read_to_string(root().join("CHANGELOG.md")) {
        Ok(changelog) => check_stated(&changelog),
        Err(_) => Ok(()),
    }
}

fn check_cap(wasm_gzip: usize) -> Result<()> {
    if wasm_gzip <= CAP_KB * 1_000 {
        return Ok(());
    }
    Err(Failure::new(format!(
        "the site's wasm has {wasm_gzip} bytes after gzip, more than the cap of {CAP_KB} KB. Make it smaller, or raise \
         CAP_KB in xtask/src/size.rs and say in CHANGELOG.md why"
    )))
}

fn check_single_file(raw: usize) -> Result<()> {
    if raw <= SINGLE_FILE_CAP_KB * 1_000 {
        return Ok(());
    }
    Err(Failure::new(format!(
        "the single file has {raw} bytes, more than the cap of {SINGLE_FILE_CAP_KB} KB"
    )))
}

/// The change log says which cap holds.
pub(crate) fn check_stated(changelog: &str) -> Result<()> {
    let line = format!("size cap: {CAP_KB} KB");
    if changelog.lines().any(|text| text.contains(&line)) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "CHANGELOG.md lacks the line `{line}` with the reason for this cap"
    )))
}

/// As a careful server compresses.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).context("gzip")?;
    encoder.finish().context("gzip")
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &best).context("brotli")?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cap_holds_to_the_byte() {
        assert!(check_cap(CAP_KB * 1_000).is_ok());
        let message = check_cap(CAP_KB * 1_000 + 1).unwrap_err().to_string();
        let cap = format!("more than the cap of {CAP_KB} KB");
        assert!(message.contains(&cap), "{message}");
    }

    #[test]
    fn the_single_file_has_a_cap_of_its_own() {
        assert!(check_single_file(SINGLE_FILE_CAP_KB * 1_000).is_ok());
        let message = check_single_file(SINGLE_FILE_CAP_KB * 1_000 + 1).unwrap_err();
        let bytes = SINGLE_FILE_CAP_KB * 1_000 + 1;
        let said = format!("the single file has {bytes} bytes");
        assert!(message.to_string().starts_with(&said), "{message}");
    }

    #[test]
    fn the_change_log_states_the_cap_in_force() {
        let stated = format!("* size cap: {CAP_KB} KB, with a reason\n");
        assert!(check_stated(&stated).is_ok());
        let other = format!("* size cap: {} KB\n", CAP_KB + 1);
        assert!(check_stated(&other).is_err());
    }

    #[test]
    fn compression_shrinks_and_is_told_apart() {
        let text = "a route table names next hops; ".repeat(50);
        let (gzip, brotli) = (
            gzip(text.as_bytes()).unwrap(),
            brotli(text.as_bytes()).unwrap(),
        );
        assert!(gzip.len() < text.len() && brotli.len() < gzip.len());
        assert_eq!(gzip.get(..2), Some([0x1f, 0x8b].as_slice()));
    }
}
