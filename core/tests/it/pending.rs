//! What the core cannot answer yet: the only place that excuses a failure, and it must shrink to nothing.
//!
//! A scenario stands here by the id of its block, a case by `file#question`. One that passes must be struck.

/// Name and what is missing.
pub(crate) const PENDING: &[(&str, &str)] = &[
    (
        "fact-40",
        "`serviceTags`: the prefixes of a tag in the estate",
    ),
    ("fact-41", "`serviceTags`"),
    (
        "fact-59",
        "Azure Firewall translates to an instance's address",
    ),
    ("fact-68", "a routing appliance takes no Internet traffic"),
    ("fact-95-member", "`serviceTags`"),
    ("fact-105", "network security groups, security admin rules"),
];
