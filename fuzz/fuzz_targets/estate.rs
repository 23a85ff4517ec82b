//! See `interspoke_fuzz::estate`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| interspoke_fuzz::estate(text));
