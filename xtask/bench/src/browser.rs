//! The same work for a page: prepared by name, run a number of times.

use crate::work::{self, Work};
use wasm_bindgen::prelude::wasm_bindgen;

/// One piece of work.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "a closure")]
pub struct Piece(Work);

#[wasm_bindgen]
impl Piece {
    /// Prepares the work of this name; none where there is no such work.
    pub fn prepare(name: &str) -> Option<Piece> {
        work::prepare(name).map(Piece)
    }

    /// Runs it.
    pub fn run(&mut self, times: u32) -> usize {
        let once = |_| std::hint::black_box((self.0)());
        (0..times).map(once).fold(0, usize::wrapping_add)
    }
}

/// The names of all that is compared, a line each.
#[wasm_bindgen]
pub fn names() -> String {
    work::names().join("\n")
}

/// The names of the patterns alone.
#[wasm_bindgen]
pub fn patterns() -> String {
    work::patterns().join("\n")
}

/// Size of the memory in pages of 64 KiB; it never shrinks.
#[wasm_bindgen]
pub fn pages() -> usize {
    core::arch::wasm32::memory_size(0)
}
