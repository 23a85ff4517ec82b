//! Prefixes as the oracle sees them: a number and a length, nothing shared with the core.

use std::fmt;
use std::net::Ipv4Addr;

/// A prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Net {
    base: u32,
    pub(crate) length: u8,
}

/// `0.0.0.0/0`.
pub(crate) const DEFAULT: Net = Net { base: 0, length: 0 };

/// What every subnet drops unless something says otherwise (rule 2.1.3).
pub(crate) fn reserved() -> [Net; 4] {
    [
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
    ]
    .map(|text| net(text).unwrap())
}

/// Reads a prefix; `None` for IPv6, service tags and anything else.
pub(crate) fn net(text: &str) -> Option<Net> {
    let (address, length) = text.trim().split_once('/')?;
    let address: Ipv4Addr = address.parse().ok()?;
    let length: u8 = length.parse().ok().filter(|length| *length <= 32)?;
    let net = Net {
        base: address.to_bits(),
        length,
    };
    (net.base & !net.mask() == 0).then_some(net)
}

/// Reads every prefix of a list.
pub(crate) fn nets<S: AsRef<str>>(texts: &[S]) -> Vec<Net> {
    texts.iter().filter_map(|text| net(text.as_ref())).collect()
}

/// Whether an address is private or shared: no packet to it leaves Azure by the Internet.
pub(crate) fn is_private(address: Ipv4Addr) -> bool {
    reserved().iter().any(|net| net.has(address))
}

impl Net {
    fn mask(self) -> u32 {
        u32::MAX
            .checked_shl(32 - u32::from(self.length))
            .unwrap_or(0)
    }

    /// The prefix of one address.
    pub(crate) fn host(address: Ipv4Addr) -> Self {
        Self {
            base: address.to_bits(),
            length: 32,
        }
    }

    /// Whether the address lies in it.
    pub(crate) fn has(self, address: Ipv4Addr) -> bool {
        address.to_bits() & self.mask() == self.base
    }

    /// Whether all of the other lies in it; true for itself.
    pub(crate) fn covers(self, other: Self) -> bool {
        self.length <= other.length && other.base & self.mask() == self.base
    }

    /// Whether they share an address.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.covers(other) || other.covers(self)
    }

    /// The address so many after the first.
    pub(crate) fn at(self, offset: u32) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.base | (offset & !self.mask()))
    }
}

impl fmt::Display for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from_bits(self.base), self.length)
    }
}
