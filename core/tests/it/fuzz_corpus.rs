//! The corpus of `fuzz/`, replayed without libFuzzer: every seed, and every text that once broke something.
//!
//! Each seed is also cut at some places and has bytes turned over, which costs little and finds what a parser forgot.

#[allow(
    unreachable_pub,
    reason = "the fuzz targets are a package of their own"
)]
#[path = "../../../fuzz/src/lib.rs"]
mod fuzzed;

use std::path::Path;

fn replay(target: &str, run: fn(&str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../fuzz/corpus")
        .join(target);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        run(&text);
        let step = 1 + text.len() / 40;
        for at in (0..text.len()).step_by(step) {
            let Some((before, after)) = text.split_at_checked(at) else {
                continue;
            };
            run(before);
            let mut rest = after.chars();
            let turned = rest
                .next()
                .and_then(|c| char::from_u32(u32::from(c) ^ 1))
                .unwrap_or('0');
            run(&format!("{before}{turned}{}", rest.as_str()));
        }
    }
}

#[test]
fn estates() {
    replay("estate", fuzzed::estate);
}

#[test]
fn imports() {
    replay("import", fuzzed::import);
}

#[test]
fn documents() {
    replay("document", fuzzed::document);
}

#[test]
fn cases() {
    replay("case", fuzzed::case);
}

#[test]
fn intents() {
    replay("intent", fuzzed::intent);
}

#[test]
fn prices() {
    replay("prices", fuzzed::prices);
}

#[test]
fn texts() {
    replay("text", fuzzed::text);
}
