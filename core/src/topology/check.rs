//! What Azure refuses.
