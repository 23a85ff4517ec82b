//! Prefixes and addresses as Azure writes them.
//!
//! A prefix is canonical CIDR text: the bits after the mask are zero. Azure's API refuses `10.0.0.1/24`, so does
//! [`parse_prefix`], and it says what was meant. IPv6 is recognised and carried, never simulated.
//!
//! | text | result |
//! |---|---|
//! | `10.1.0.0/16` | `Prefix::V4` |
//! | `fd00::/48` | `Prefix::V6` (carried) |
//! | `10.0.0.1/24` | error: bits are set after the mask, expected 10.0.0.0/24 |
//! | `10.0.0.0` | error: the mask is missing |

use ipnet::{Ipv4Net, Ipv6Net};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A canonical prefix of either family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Prefix {
    /// Simulated.
    V4(Ipv4Net),
    /// Carried and exported, not simulated.
    V6(Ipv6Net),
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(net) => net.fmt(f),
            Self::V6(net) => net.fmt(f),
        }
    }
}

/// Why a text is not a prefix or an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressError {
    /// Nothing was typed.
    Empty,
    /// An address without `/n`.
    MaskMissing(String),
    /// The mask is not a number in range.
    MaskRange(String),
    /// The part before the mask is not an address.
    NotAnAddress(String),
    /// Bits are set after the mask; the prefix that was probably meant.
    HostBits {
        /// What was typed.
        text: String,
        /// The same with those bits cleared.
        expected: Prefix,
    },
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("expected a prefix such as 10.0.0.0/16, found nothing"),
            Self::MaskMissing(text) => write!(
                f,
                "expected a prefix such as 10.0.0.0/16, found {text:?} without a mask"
            ),
            Self::MaskRange(text) => write!(f, "expected a mask from 0 to 32, found {text:?}"),
            Self::NotAnAddress(text) => {
                write!(f, "expected an address such as 10.0.0.4, found {text:?}")
            }
            Self::HostBits { text, expected } => {
                write!(
                    f,
                    "expected {expected}, found {text}: bits are set after the mask"
                )
            }
        }
    }
}

impl std::error::Error for AddressError {}

impl FromStr for Prefix {
    type Err = AddressError;

    /// Strict: bits after the mask are an error.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        let Some((address, mask)) = text.split_once('/') else {
            return Err(AddressError::MaskMissing(text.to_owned()));
        };
        let range = || AddressError::MaskRange(text.to_owned());
        // `+8` and ` 8` are numbers to Rust and not to Azure.
        if mask.is_empty() || !mask.bytes().all(|b| b.is_ascii_digit()) {
            return Err(range());
        }
        let length: u8 = mask.parse().map_err(|_| range())?;
        let (given, canonical) = if let Ok(v4) = Ipv4Addr::from_str(address) {
            let net = Ipv4Net::new(v4, length).map_err(|_| range())?;
            (Self::V4(net), Self::V4(net.trunc()))
        } else if let Ok(v6) = Ipv6Addr::from_str(address) {
            let net = Ipv6Net::new(v6, length).map_err(|_| range())?;
            (Self::V6(net), Self::V6(net.trunc()))
        } else {
            return Err(AddressError::NotAnAddress(text.to_owned()));
        };
        if given == canonical {
            Ok(canonical)
        } else {
            Err(AddressError::HostBits {
                text: text.to_owned(),
                expected: canonical,
            })
        }
    }
}

/// Reads canonical CIDR text of either family.
///
/// ```
/// use interspoke_core::address::parse_prefix;
/// assert_eq!(parse_prefix("10.1.0.0/16").unwrap().to_string(), "10.1.0.0/16");
/// assert_eq!(
///     parse_prefix("10.0.0.1/24").unwrap_err().to_string(),
///     "expected 10.0.0.0/24, found 10.0.0.1/24: bits are set after the mask",
/// );
/// ```
///
/// # Errors
/// Says what was expected and what was found.
pub fn parse_prefix(text: &str) -> Result<Prefix, AddressError> {
    text.parse()
}

/// Reads a plain IPv4 address.
///
/// # Errors
/// Says what was expected and what was found.
pub fn parse_address(text: &str) -> Result<Ipv4Addr, AddressError> {
    text.trim()
        .parse()
        .map_err(|_| AddressError::NotAnAddress(text.to_owned()))
}

/// `10.0.0.0/8`, `172.16.0.0/12`, `192.168.0.0/16` and `100.64.0.0/10`: the ranges that Azure reserves with `None`
/// routes (reference rule 2.1.3).
#[must_use]
pub fn reserved_prefixes() -> [Ipv4Net; 4] {
    [
        Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8),
        Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12),
        Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16),
        Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10),
    ]
}

/// What no VNet takes and no machine has: multicast, broadcast, loopback, link-local, and the address of Azure's own DNS
/// (Azure Virtual Network FAQ, 2026-10-08).
#[must_use]
pub fn kept_ranges() -> [Ipv4Net; 5] {
    [
        Ipv4Net::new_assert(Ipv4Addr::new(224, 0, 0, 0), 4),
        Ipv4Net::new_assert(Ipv4Addr::BROADCAST, 32),
        Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8),
        Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 0, 0), 16),
        Ipv4Net::new_assert(Ipv4Addr::new(168, 63, 129, 16), 32),
    ]
}

/// `0.0.0.0/0`.
#[must_use]
pub const fn default_route() -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::UNSPECIFIED, 0)
}

/// Whether an address lies in RFC 1918 or RFC 6598 space: it has no meaning on the Internet.
#[must_use]
pub fn is_private(address: Ipv4Addr) -> bool {
    reserved_prefixes().iter().any(|net| net.contains(&address))
}

/// Whether two prefixes share an address.
#[must_use]
pub fn overlaps(a: &Ipv4Net, b: &Ipv4Net) -> bool {
    a.contains(b) || b.contains(a)
}

/// Whether any range of `ranges` contains `prefix` whole.
#[must_use]
pub fn covered_by(prefix: &Ipv4Net, ranges: &[Ipv4Net]) -> bool {
    ranges.iter().any(|range| range.contains(prefix))
}

/// The fourth address of a range (`.4` of a subnet): the first that Azure hands out to a NIC.
///
/// ```
/// let subnet = "10.10.1.0/24".parse().unwrap();
/// assert_eq!(interspoke_core::address::first_host(&subnet).to_string(), "10.10.1.4");
/// ```
#[must_use]
pub fn first_host(subnet: &Ipv4Net) -> Ipv4Addr {
    let offset = if subnet.prefix_len() <= 29 { 4 } else { 0 };
    Ipv4Addr::from_bits(subnet.network().to_bits().saturating_add(offset))
}
