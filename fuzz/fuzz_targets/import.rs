//! See `interspoke_fuzz::import`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| interspoke_fuzz::import(text));
