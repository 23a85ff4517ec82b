//! What the benchmark measures natively and, compiled to WebAssembly, in a browser.

pub mod export;
pub mod work;

#[cfg(target_arch = "wasm32")]
pub mod browser;
