//! See `interspoke_fuzz::case`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| interspoke_fuzz::case(text));
