//! See `interspoke_fuzz::text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| interspoke_fuzz::text(text));
