//! See `interspoke_fuzz::intent`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| interspoke_fuzz::intent(text));
