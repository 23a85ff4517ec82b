//! What the core cannot answer yet: the only place that excuses a failure, and it must shrink to nothing.
//!
//! A scenario stands here by the id of its block, a case by `file#question`. One that passes must be struck.

/// Name and what is missing.
pub(crate) const PENDING: &[(&str, &str)] = &[];
