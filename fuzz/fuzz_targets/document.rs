//! See `interspoke_fuzz::document`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| interspoke_fuzz::document(text));
