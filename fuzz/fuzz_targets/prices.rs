//! See `interspoke_fuzz::prices`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| interspoke_fuzz::prices(text));
