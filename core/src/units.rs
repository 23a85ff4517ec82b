//! Money, quantities and traffic as integers: what a bill is made of.
//!
//! The rule: no floats. Money is an integer number of billionths of a currency unit, a quantity an integer number of
//! thousandths, their product is taken in 128 bits and rounded half to even *once* a line. A month is 730 hours (the
//! convention of Azure's own calculator); a GB is 10^9 bytes. Each type has one text form, and reading what it prints
//! gives the same value back.
//!
//! | value | text | integer inside |
//! |---|---|---|
//! | a price | `USD 0.016` | 16,000,000 |
//! | an amount | `USD 1,234.56` | 1,234,560,000,000 |
//! | a quantity | `1,333.333` | 1,333,333 |
//! | traffic | `1,000 GB a month` | 1,000,000 |
//! | 1,333.333 × USD 0.016 | `USD 21.333328` | 21,333,328,000 |
//!
//! Left out: conversion between currencies (an amount stays in the currency of its price list), and per-second rates.

use crate::json::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Hours in a month, by the convention of Azure's calculator.
pub const HOURS_PER_MONTH: u32 = 730;

const NANO_DIGITS: usize = 9;
const MILLI_DIGITS: usize = 3;

/// Why a text is not a number of the asked kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitError {
    expected: &'static str,
    found: String,
    why: Option<&'static str>,
}

impl UnitError {
    fn new(expected: &'static str, found: &str, why: Option<&'static str>) -> Self {
        Self {
            expected,
            found: found.to_owned(),
            why,
        }
    }
}

impl fmt::Display for UnitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.found.trim().is_empty() {
            return write!(f, "expected {}, found nothing", self.expected);
        }
        write!(f, "expected {}, found {:?}", self.expected, self.found)?;
        self.why.map_or(Ok(()), |why| write!(f, ": {why}"))
    }
}

impl std::error::Error for UnitError {}

/// A currency by its three-letter code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// US dollars, the currency of Azure's list prices.
    pub const USD: Self = Self(*b"USD");
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl FromStr for Currency {
    type Err = UnitError;

    /// Three capital letters.
    fn from_str(text: &str) -> Result<Self, UnitError> {
        let letters: Option<[u8; 3]> = text.trim().as_bytes().try_into().ok();
        match letters {
            Some(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Self(letters)),
            _ => Err(UnitError::new("a currency such as USD", text, None)),
        }
    }
}

/// An amount of money, or a price for one unit: an integer number of billionths.
///
/// Its text is exact. With a precision it is rounded half to even for reading:
///
/// ```
/// use interspoke_core::units::Money;
/// let amount: Money = "USD 1,234.565".parse().unwrap();
/// assert_eq!(amount.to_string(), "USD 1,234.565");
/// assert_eq!(format!("{amount:.2}"), "USD 1,234.56");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    nanos: i128,
    currency: Currency,
}

impl Money {
    /// An amount in billionths of a currency unit.
    ///
    /// ```
    /// use interspoke_core::units::{Currency, Money};
    /// assert_eq!(Money::from_nanos(Currency::USD, 16_000_000).to_string(), "USD 0.016");
    /// ```
    #[must_use]
    pub const fn from_nanos(currency: Currency, nanos: i128) -> Self {
        Self { nanos, currency }
    }

    /// Nothing, in a currency.
    ///
    /// ```
    /// use interspoke_core::units::{Currency, Money};
    /// assert_eq!(Money::zero(Currency::USD).to_string(), "USD 0.00");
    /// ```
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::from_nanos(currency, 0)
    }

    /// Billionths of the currency unit.
    ///
    /// ```
    /// let price: interspoke_core::units::Money = "USD 0.035".parse().unwrap();
    /// assert_eq!(price.nanos(), 35_000_000);
    /// ```
    #[must_use]
    pub const fn nanos(self) -> i128 {
        self.nanos
    }

    /// Its currency.
    ///
    /// ```
    /// let price: interspoke_core::units::Money = "EUR 0.03".parse().unwrap();
    /// assert_eq!(price.currency().to_string(), "EUR");
    /// ```
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum; `None` past the range or when the currencies differ.
    ///
    /// ```
    /// use interspoke_core::units::Money;
    /// let (a, b): (Money, Money) = ("USD 0.10".parse().unwrap(), "USD 0.20".parse().unwrap());
    /// assert_eq!(a.checked_add(b).unwrap().to_string(), "USD 0.30");
    /// assert_eq!(a.checked_add("EUR 0.20".parse().unwrap()), None);
    /// ```
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let nanos = self.nanos.checked_add(other.nanos)?;
        (self.currency == other.currency).then_some(Self { nanos, ..self })
    }

    /// The difference; `None` past the range or when the currencies differ.
    ///
    /// ```
    /// use interspoke_core::units::Money;
    /// let (a, b): (Money, Money) = ("USD 0.10".parse().unwrap(), "USD 0.30".parse().unwrap());
    /// assert_eq!(a.checked_sub(b).unwrap().to_string(), "USD -0.20");
    /// ```
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let nanos = self.nanos.checked_sub(other.nanos)?;
        (self.currency == other.currency).then_some(Self { nanos, ..self })
    }

    /// The sum of amounts of one currency; it stays at the end of the range rather than wrap. `None` when an amount
    /// has another currency.
    ///
    /// ```
    /// use interspoke_core::units::{Currency, Money};
    /// let cents: Money = "USD 0.01".parse().unwrap();
    /// assert_eq!(Money::sum(Currency::USD, [cents; 3]).unwrap().to_string(), "USD 0.03");
    /// ```
    #[must_use]
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts
            .into_iter()
            .try_fold(Self::zero(currency), |sum, amount| {
                let nanos = sum.nanos.saturating_add(amount.nanos);
                (amount.currency == currency).then_some(Self { nanos, currency })
            })
    }

    /// This price times a quantity, rounded half to even once; `None` past the range.
    ///
    /// ```
    /// use interspoke_core::units::{Money, Quantity};
    /// let price: Money = "USD 1.25".parse().unwrap();
    /// assert_eq!(price.checked_mul(Quantity::whole(730)).unwrap().to_string(), "USD 912.50");
    /// ```
    #[must_use]
    pub fn checked_mul(self, quantity: Quantity) -> Option<Self> {
        let product = self.nanos.checked_mul(i128::from(quantity.0))?;
        Some(Self {
            nanos: half_even(product, 1_000),
            ..self
        })
    }
}

impl fmt::Display for Money {
    /// Currency, thousands grouped, at least two decimals and as many more as the amount has; exactly as many as a
    /// precision asks for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = f.precision().map(|wanted| wanted.min(NANO_DIGITS));
        let nanos = decimals.map_or(self.nanos, |wanted| {
            round_to(self.nanos, NANO_DIGITS - wanted)
        });
        let sign = if nanos < 0 { "-" } else { "" };
        let text = decimal(
            nanos.unsigned_abs(),
            NANO_DIGITS,
            decimals.unwrap_or(2),
            decimals.is_none(),
        );
        write!(f, "{} {sign}{text}", self.currency)
    }
}

impl FromStr for Money {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, UnitError> {
        let expected = "an amount such as USD 1,234.56";
        let fail = |why| UnitError::new(expected, text, why);
        let (currency, number) = text.trim().split_once(' ').ok_or_else(|| fail(None))?;
        let currency = currency.parse().map_err(|_| fail(None))?;
        let (negative, digits) = number
            .strip_prefix('-')
            .map_or((false, number), |rest| (true, rest));
        let units = read_decimal(digits, NANO_DIGITS).map_err(fail)?;
        let nanos = if negative {
            0_i128.checked_sub_unsigned(units)
        } else {
            0_i128.checked_add_unsigned(units)
        };
        nanos
            .map(|nanos| Self { nanos, currency })
            .ok_or_else(|| fail(Some("it is too large")))
    }
}

/// How much of something: an integer number of thousandths, never negative.
///
/// ```
/// use interspoke_core::units::Quantity;
/// let half: Quantity = "1,460.5".parse().unwrap();
/// assert_eq!((half.thousandths(), half.to_string()), (1_460_500, "1,460.5".to_owned()));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quantity(u64);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A whole number.
    ///
    /// ```
    /// assert_eq!(interspoke_core::units::Quantity::whole(2_000).to_string(), "2,000");
    /// ```
    #[must_use]
    pub const fn whole(count: u32) -> Self {
        // A u64 holds every u32 a thousand times.
        Self(count as u64 * 1_000)
    }

    /// A number of thousandths.
    ///
    /// ```
    /// assert_eq!(interspoke_core::units::Quantity::from_thousandths(1_500).to_string(), "1.5");
    /// ```
    #[must_use]
    pub const fn from_thousandths(thousandths: u64) -> Self {
        Self(thousandths)
    }

    /// The number of thousandths.
    #[must_use]
    pub const fn thousandths(self) -> u64 {
        self.0
    }

    /// The sum; it stays at the end of the range rather than wrap.
    ///
    /// ```
    /// use interspoke_core::units::Quantity;
    /// assert_eq!(Quantity::whole(2).saturating_add(Quantity::whole(3)), Quantity::whole(5));
    /// ```
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, at least nothing.
    ///
    /// ```
    /// use interspoke_core::units::Quantity;
    /// assert_eq!(Quantity::whole(2).saturating_sub(Quantity::whole(3)), Quantity::ZERO);
    /// ```
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Quantity {
    /// Thousands grouped, no decimals where there are none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&decimal(u128::from(self.0), MILLI_DIGITS, 0, true))
    }
}

impl FromStr for Quantity {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, UnitError> {
        read_quantity(text, text, "a number such as 1,234.5")
    }
}

/// Hours, of a month or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hours(pub u32);

impl Hours {
    /// A month: 730 hours.
    pub const MONTH: Self = Self(HOURS_PER_MONTH);

    /// Hours of several things that exist for this long.
    ///
    /// ```
    /// use interspoke_core::units::Hours;
    /// assert_eq!(Hours::MONTH.of(2).to_string(), "1,460");
    /// ```
    #[must_use]
    pub fn of(self, count: u32) -> Quantity {
        // The product of two u32 fits a u64; times a thousand it may not.
        Quantity((u64::from(self.0) * u64::from(count)).saturating_mul(1_000))
    }
}

/// Traffic: GB a month in one direction, a GB being 10^9 bytes.
///
/// ```
/// use interspoke_core::units::GbPerMonth;
/// let traffic: GbPerMonth = "41 TB".parse().unwrap();
/// assert_eq!(traffic.to_string(), "41,000 GB a month");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GbPerMonth(pub Quantity);

impl GbPerMonth {
    /// No traffic.
    pub const ZERO: Self = Self(Quantity::ZERO);

    /// A whole number of GB a month.
    ///
    /// ```
    /// assert_eq!(interspoke_core::units::GbPerMonth::whole(1_000).to_string(), "1,000 GB a month");
    /// ```
    #[must_use]
    pub const fn whole(gb: u32) -> Self {
        Self(Quantity::whole(gb))
    }
}

impl fmt::Display for GbPerMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} GB a month", self.0)
    }
}

impl FromStr for GbPerMonth {
    type Err = UnitError;

    /// A number, with `GB` or `TB` and `a month` or `/month` if one likes.
    fn from_str(text: &str) -> Result<Self, UnitError> {
        const EXPECTED: &str = "traffic in GB a month such as 1,000 or 2.5 TB";
        let rest = text.trim();
        let rest = ["a month", "/month"]
            .iter()
            .find_map(|end| rest.strip_suffix(end))
            .unwrap_or(rest)
            .trim_end();
        if let Some(number) = rest.strip_suffix("TB") {
            let terabytes = read_quantity(number, text, EXPECTED)?;
            let gigabytes = terabytes.0.checked_mul(1_000);
            let too_large = || UnitError::new(EXPECTED, text, Some("it is too large"));
            return gigabytes.map(|gb| Self(Quantity(gb))).ok_or_else(too_large);
        }
        read_quantity(rest.strip_suffix("GB").unwrap_or(rest), text, EXPECTED).map(Self)
    }
}

impl<'de> Deserialize<'de> for GbPerMonth {
    /// A number or a text.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOrText)
    }
}

struct NumberOrText;

impl<'de> Visitor<'de> for NumberOrText {
    type Value = GbPerMonth;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("traffic in GB a month such as 1000 or \"1000.5\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<GbPerMonth, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<GbPerMonth, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<GbPerMonth, E> {
        self.visit_str(&number.to_string())
    }

    /// A number that is not whole comes as a map of its digits, so that it passes no float.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<GbPerMonth, A::Error> {
        match Value::deserialize(MapAccessDeserializer::new(map))? {
            Value::Number(number) => {
                let read = plain_decimal(number.as_str()).parse();
                read.map_err(A::Error::custom)
            }
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

impl JsonSchema for GbPerMonth {
    fn schema_name() -> Cow<'static, str> {
        "GbPerMonth".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]})
    }
}

impl Serialize for GbPerMonth {
    /// A JSON number where it is whole, else its digits as a text: no float is written.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let thousandths = self.0.thousandths();
        if thousandths.is_multiple_of(1_000) {
            serializer.serialize_u64(thousandths / 1_000)
        } else {
            serializer.serialize_str(&self.0.to_string().replace(',', ""))
        }
    }
}

/// A JSON number without exponent and without zeros at the end of its decimals: `1.50e2` is 150. With an exponent
/// beyond 60 it stays as it is.
fn plain_decimal(number: &str) -> String {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let shift = match exponent.trim_start_matches('+').parse::<isize>() {
        Ok(shift @ -60..=60) => shift,
        _ => return number.to_owned(),
    };
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = [whole, fraction].concat();
    for _ in shift..0 {
        digits.insert(0, '0');
    }
    for _ in 0..shift {
        digits.push('0');
    }
    // Zeros before the digits have moved the point already.
    let point = whole.len().saturating_add_signed(shift.max(0));
    let (whole, fraction) = digits.split_at_checked(point).unwrap_or((&digits, ""));
    let (whole, fraction) = (
        whole.trim_start_matches('0'),
        fraction.trim_end_matches('0'),
    );
    let whole = if whole.is_empty() { "0" } else { whole };
    let dot = if fraction.is_empty() { "" } else { "." };
    [sign, whole, dot, fraction].concat()
}

/// Division rounded half to even; `divisor` is positive.
pub(crate) fn half_even(dividend: i128, divisor: i128) -> i128 {
    let quotient = dividend.div_euclid(divisor);
    let rest = dividend.rem_euclid(divisor);
    let above = divisor - rest;
    let up = rest > above || (rest == above && quotient % 2 != 0);
    quotient.saturating_add(i128::from(up))
}

/// Rounds away the last `digits` decimal digits, which become zeros.
fn round_to(nanos: i128, digits: usize) -> i128 {
    let unit = (0..digits).fold(1_i128, |unit, _| unit * 10);
    half_even(nanos, unit).saturating_mul(unit)
}

/// The text of an integer that counts the smallest decimals: grouped, at least `least` decimals and, if `all`, as
/// many more as are not zero.
fn decimal(value: u128, digits: usize, least: usize, all: bool) -> String {
    let unit = (0..digits).fold(1_u128, |unit, _| unit * 10);
    let whole = (value / unit).to_string();
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let fraction = format!("{:0digits$}", value % unit);
    let significant = if all {
        fraction.trim_end_matches('0').len()
    } else {
        0
    };
    let shown: String = fraction.chars().take(significant.max(least)).collect();
    if !shown.is_empty() {
        text.push('.');
        text.push_str(&shown);
    }
    text
}

fn read_quantity(number: &str, whole: &str, expected: &'static str) -> Result<Quantity, UnitError> {
    let fail = |why| UnitError::new(expected, whole, why);
    let number = number.trim();
    if number
        .strip_prefix('-')
        .is_some_and(|rest| read_decimal(rest, MILLI_DIGITS).is_ok())
    {
        return Err(fail(Some("it is negative")));
    }
    let units = read_decimal(number, MILLI_DIGITS).map_err(fail)?;
    u64::try_from(units)
        .map(Quantity)
        .map_err(|_| fail(Some("it is too large")))
}

/// Digits, thousands grouped or not, and at most `digits` decimals, as a count of the smallest decimals.
fn read_decimal(text: &str, digits: usize) -> Result<u128, Option<&'static str>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if text.ends_with('.') || !numeric(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(None);
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    if !numeric(first) || (grouped && !(1..=3).contains(&first.len())) {
        return Err(None);
    }
    if groups.any(|group| group.len() != 3 || !numeric(group)) {
        return Err(Some(
            "commas stand between groups of three digits, the point before decimals",
        ));
    }
    if fraction.len() > digits {
        return Err(Some(if digits == MILLI_DIGITS {
            "at most three decimals"
        } else {
            "at most nine decimals"
        }));
    }
    let padding = std::iter::repeat_n('0', digits - fraction.len());
    let all = whole
        .chars()
        .filter(|c| *c != ',')
        .chain(fraction.chars())
        .chain(padding);
    all.filter_map(|c| c.to_digit(10))
        .try_fold(0_u128, |sum, digit| {
            sum.checked_mul(10)?.checked_add(u128::from(digit))
        })
        .ok_or(Some("it is too large"))
}

#[cfg(test)]
mod tests;
