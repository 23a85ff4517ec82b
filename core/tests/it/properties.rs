//! Properties over random inputs, with proptest.
