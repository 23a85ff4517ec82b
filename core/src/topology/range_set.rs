//! Prefixes collected one by one, and the question whether another one touches any of them.
//!
//! Prefixes either contain each other or are disjoint, so only the outermost are kept, ordered by their first
//! address; at most one of them can contain an address.
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

/// The outermost of the prefixes added so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct RangeSet {
    /// Last address by first address.
    last_by_first: BTreeMap<u32, u32>,
}

fn bounds(net: &Ipv4Net) -> (u32, u32) {
    (net.network().to_bits(), net.broadcast().to_bits())
}

impl RangeSet {
    /// Whether a prefix shares an address with any that was added.
    pub(crate) fn touches(&self, net: &Ipv4Net) -> bool {
        let (first, last) = bounds(net);
        let below = self.last_by_first.range(..=last).next_back();
        below.is_some_and(|(_, end)| *end >= first)
    }

    /// Whether one prefix that was added contains another one whole.
    pub(crate) fn covers(&self, net: &Ipv4Net) -> bool {
        let (first, last) = bounds(net);
        let below = self.last_by_first.range(..=first).next_back();
        below.is_some_and(|(_, end)| *end >= last)
    }

    /// Whether a prefix is one of the outermost.
    pub(crate) fn holds(&self, net: &Ipv4Net) -> bool {
        let (first, last) = bounds(net);
        self.last_by_first.get(&first) == Some(&last)
    }

    /// Adds a prefix.
    pub(crate) fn add(&mut self, net: &Ipv4Net) {
        let (first, last) = bounds(net);
        let below = self.last_by_first.range(..=first).next_back();
        if below.is_some_and(|(_, end)| *end >= last) {
            return;
        }
        while let Some((&inner, _)) = self.last_by_first.range(first..).next() {
            if inner > last {
                break;
            }
            self.last_by_first.remove(&inner);
        }
        self.last_by_first.insert(first, last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_is_containing_either_way() {
        let net = |text: &str| text.parse::<Ipv4Net>().unwrap();
        let mut set = RangeSet::default();
        for text in ["10.1.0.0/24", "10.1.0.0/16", "10.1.128.0/24", "10.3.0.0/16"] {
            set.add(&net(text));
        }
        for text in [
            "10.1.7.0/24",
            "10.0.0.0/8",
            "0.0.0.0/0",
            "10.3.0.0/16",
            "10.3.255.255/32",
        ] {
            assert!(set.touches(&net(text)), "{text}");
        }
        assert!(set.holds(&net("10.1.0.0/16")) && !set.holds(&net("10.1.0.0/24")));
        for text in ["10.0.0.0/16", "10.2.0.0/16", "10.4.0.0/14", "11.0.0.0/8"] {
            assert!(!set.touches(&net(text)), "{text}");
        }
        for (text, whole) in [
            ("10.1.7.0/24", true),
            ("10.1.0.0/16", true),
            ("10.0.0.0/8", false),
            ("10.2.0.0/16", false),
        ] {
            assert_eq!(set.covers(&net(text)), whole, "{text}");
        }
    }
}
