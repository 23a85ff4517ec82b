//! Lengths as text, with few decimals: what a drawing needs.
//!
//! The library's text of a float is exact for every float there is, with tables and arithmetic of a thousand bits; a drawing
//! has a few thousand units and a tenth of one is not seen.
//!
//! | value | text in tenths | in thousandths |
//! |---|---|---|
//! | 12.34 | `12.3` | `12.340` |
//! | -0.06 | `-0.1` | `-0.060` |
//! | -0.04 | `0.0` | `-0.040` |
//!
//! Left out: infinities and what is no number; they are the largest number and zero.

use std::fmt;

/// A number with a fixed count of decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decimal {
    value: f64,
    digits: usize,
}

/// With one decimal.
#[must_use]
pub const fn tenths(value: f64) -> Decimal {
    Decimal { value, digits: 1 }
}

/// With three decimals.
#[must_use]
pub const fn thousandths(value: f64) -> Decimal {
    Decimal { value, digits: 3 }
}

impl fmt::Display for Decimal {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded before, and a cast from a float ends at the largest number"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit: u32 = if self.digits == 1 { 10 } else { 1_000 };
        let all = (self.value.abs() * f64::from(unit)).round() as u32;
        let sign = if self.value < 0.0 && all > 0 { "-" } else { "" };
        write!(
            f,
            "{sign}{}.{:0digits$}",
            all / unit,
            all % unit,
            digits = self.digits
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero_and_nothing_has_no_sign() {
        let texts =
            [12.34, -0.06, -0.04, 0.25, 1e99, f64::NAN].map(|value| tenths(value).to_string());
        assert_eq!(texts, ["12.3", "-0.1", "0.0", "0.3", "429496729.5", "0.0"]);
        assert_eq!(thousandths(-0.04).to_string(), "-0.040");
    }

    #[test]
    fn lengths_agree_with_the_library() {
        for thousandth in (-9_000_000_i32..9_000_000).step_by(4_999) {
            let value = f64::from(thousandth) / 1_000.0;
            assert_eq!(thousandths(value).to_string(), format!("{value:.3}"));
            let read: f64 = tenths(value).to_string().parse().unwrap();
            assert!((read - value).abs() <= 0.050_001, "{value} {read}");
        }
    }
}
