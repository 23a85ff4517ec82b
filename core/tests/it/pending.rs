//! What the core cannot answer yet: the only place that excuses a failure, and it must shrink to nothing.
//!
//! A scenario stands here by the id of its block, a case by `file#question`. One that passes must be struck.

/// Name and what is missing.
pub(crate) const PENDING: &[(&str, &str)] = &[
    (
        "capture-firewall-between",
        "the edge keeps a hub's VPN branches from the sites of its circuit",
    ),
    (
        "capture-two-circuits-one-router",
        "the edge leaves private numbers in what a site learns",
    ),
    (
        "capture-customer-edge",
        "the edge keeps branches from sites and leaves private numbers",
    ),
    (
        "capture-global-reach",
        "a hub tells a circuit its second-best route to what the circuit told it",
    ),
    (
        "capture-deep-dive",
        "a hub tells a circuit its second-best route to what the circuit told it",
    ),
];
