//! One row of an answer: whether it is taken, and as what.
//!
//! The rule: names are compared letter by letter with the meters that lines of a bill ask for. A meter that the list
//! has for every SKU takes any; circuits, gateways of any size and Linux machines of any size are taken whether or not
//! the list has a price of them.
//!
//! | row | taken as |
//! |---|---|
//! | Virtual Network, Virtual Network Peering, Global, 1 GB | the meter, in every region, a GB |
//! | Virtual Network, Global Virtual Network Peering, Global | not: its regions have rows of their own |
//! | ExpressRoute, 1 Gbps Metered Data …, Zone 2, 1/Month | the circuit, in circuit zone 2, a month |
//! | Virtual Machines, Virtual Machines Dsv5 Series, D4s v5 Spot | not: Spot or Low Priority |
//!
//! Left out: which of several rows of one meter counts; `read` knows.

use super::super::list::{Row, Scope, egress_meter};
use super::super::quote::{Meter, Unit};
use crate::json::Value;
use crate::units::half_even;

/// A row that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) meter: Meter,
    pub(super) scope: Scope,
    /// The first unit that it applies to.
    pub(super) from: u32,
    /// Price of one unit, in billionths.
    pub(super) nanos: i128,
    pub(super) currency: String,
    pub(super) primary: bool,
    /// The day it came into force; empty where none is named.
    pub(super) start: String,
}

/// What a row is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// Not used, for a reason.
    Unmatched(&'static str),
    /// Not what a member of a row is: the member, what was expected.
    Wrong(&'static str, &'static str),
}

use Refused::{Unmatched, Wrong};

/// A member; null where it is missing.
fn value<'a>(item: &'a Value, member: &str) -> &'a Value {
    item.get(member).unwrap_or(&Value::Null)
}

/// A text member; empty where it is missing or null.
fn text<'a>(item: &'a Value, member: &'static str) -> Result<&'a str, Refused> {
    match value(item, member) {
        Value::Null => Ok(""),
        Value::String(text) => Ok(text.trim()),
        _ => Err(Wrong(member, "a text")),
    }
}

/// Service, product, SKU and meter names of a row.
pub(super) fn names(item: &Value) -> Result<[&str; 4], Refused> {
    let names = [
        text(item, "serviceName")?,
        text(item, "productName")?,
        text(item, "skuName")?,
        text(item, "meterName")?,
    ];
    if names[3].is_empty() {
        return Err(Wrong("meterName", "the name of a meter"));
    }
    Ok(names)
}

/// A row as it is used on a day.
pub(super) fn take(
    item: &Value,
    names: [&str; 4],
    known: &[Row],
    day: &str,
) -> Result<Taken, Refused> {
    let kind = match text(item, "type")? {
        "" => text(item, "priceType")?,
        kind => kind,
    };
    if kind == "Reservation" || !text(item, "reservationTerm")?.is_empty() {
        return Err(Unmatched("a reservation"));
    }
    if kind.starts_with("DevTest") {
        return Err(Unmatched("a price for development and test"));
    }
    if !matches!(kind, "" | "Consumption") {
        return Err(Unmatched("another kind of price than pay as you go"));
    }
    let wanted = wanted(names, text(item, "armSkuName")?, known)?;
    let date = |member| Ok(text(item, member)?.get(..10).unwrap_or_default());
    let (start, end) = (date("effectiveStartDate")?, date("effectiveEndDate")?);
    if start > day {
        return Err(Unmatched("in force only later"));
    }
    if !end.is_empty() && end < day {
        return Err(Unmatched("no longer in force"));
    }
    let (unit, count) = unit(text(item, "unitOfMeasure")?)
        .filter(|(unit, _)| (*unit == Unit::Gb) == (wanted.unit == Unit::Gb))
        .ok_or(Unmatched("counted in another unit than the meter's"))?;
    let scope = scope(text(item, "armRegionName")?, &wanted)?;
    let nanos = match (value(item, "retailPrice"), value(item, "unitPrice")) {
        (Value::Null, other) => price("unitPrice", other)?,
        (listed, _) => price("retailPrice", listed)?,
    };
    let from = match value(item, "tierMinimumUnits") {
        Value::Null => 0,
        Value::Number(number) => whole_units(number.as_str(), count)
            .ok_or(Wrong("tierMinimumUnits", "a whole number from 0 on"))?,
        _ => return Err(Wrong("tierMinimumUnits", "a number")),
    };
    Ok(Taken {
        meter: Meter { unit, ..wanted },
        scope,
        from,
        nanos: half_even(nanos, i128::from(count)),
        currency: text(item, "currencyCode")?.to_owned(),
        primary: *value(item, "isPrimaryMeterRegion") == Value::Bool(true),
        start: start.to_owned(),
    })
}

/// Billionths of a price.
fn price(member: &'static str, value: &Value) -> Result<i128, Refused> {
    match value {
        Value::Number(number) => nanos(number.as_str())
            .filter(|nanos| *nanos >= 0)
            .ok_or(Wrong(member, "a price from 0 on")),
        Value::Null => Err(Wrong("retailPrice", "a number")),
        _ => Err(Wrong(member, "a number")),
    }
}

/// The meter as lines of a bill ask for it.
fn wanted(names: [&str; 4], arm_sku: &str, known: &[Row]) -> Result<Meter, Refused> {
    let [service, product, sku, meter] = names;
    let named = |sku: &str, meter: &str, unit| {
        Ok(Meter {
            service: service.to_owned(),
            product: product.to_owned(),
            sku: sku.to_owned(),
            meter: meter.to_owned(),
            unit,
        })
    };
    // No source tells how the SKUs of ExpressRoute gateways are written; product and meter say which it is.
    let gateway = service == "ExpressRoute" && meter.ends_with(" Gateway");
    let asked = [service, product, if gateway { "*" } else { sku }, meter];
    let Some(row) = known.iter().find(|row| row.is(asked)) else {
        return match service {
            "Virtual Machines" => {
                let has = |word| sku.contains(word) || meter.contains(word);
                if has("Spot") || has("Low Priority") {
                    return Err(Unmatched("Spot or Low Priority"));
                }
                if product.ends_with("Windows") {
                    return Err(Unmatched("with a Windows licence"));
                }
                if !product.ends_with("Series") {
                    return Err(Unmatched("no line of a bill uses it"));
                }
                let size = match arm_sku.strip_prefix("Standard_") {
                    Some(size) => size.replace('_', " "),
                    None => sku.to_owned(),
                };
                if size.trim().is_empty() {
                    // A price sheet could not name it again.
                    return Err(Unmatched("without a size"));
                }
                named(&size, &size, Unit::Hour)
            }
            "ExpressRoute" if product == service && meter.ends_with(" Circuit") => {
                // Standard and Premium share a SKU name; the meter tells them apart.
                named(sku, meter, Unit::Month)
            }
            "VPN Gateway" if product == service && sku == meter => named(sku, meter, Unit::Hour),
            "Bandwidth" if egress_meter().names() == names => Ok(egress_meter()),
            "Virtual Network" if product == "Virtual Network Manager" => {
                Err(Unmatched("the older product, without Azure in its name"))
            }
            _ => Err(Unmatched("no line of a bill uses it")),
        };
    };
    // Where the list has one price for every SKU, connections of gateways still differ by SKU.
    let sku = match row.meter.sku.as_str() {
        "*" if meter.ends_with(" Connection") => sku,
        listed => listed,
    };
    named(sku, meter, row.meter.unit)
}

/// Where a row holds.
fn scope(region: &str, meter: &Meter) -> Result<Scope, Refused> {
    if region.is_empty() || region == "Global" {
        if meter.product == "Global Virtual Network Peering" {
            return Err(Unmatched("global peering's regions have rows of their own"));
        }
        return Ok(Scope::Everywhere);
    }
    let zone = match region.split_once("Zone ") {
        None if region.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            return Ok(Scope::Regions(vec![region.to_ascii_lowercase()]));
        }
        None => return Err(Unmatched("a region by another name than its short one")),
        Some(("", number)) => number.to_owned(),
        Some((cloud, number)) => format!("{cloud}{number}"),
    };
    let circuit = meter.service == "ExpressRoute";
    match zone.as_str() {
        "1" | "2" | "3" | "US Gov 1" if !circuit => Ok(Scope::Zone(zone)),
        "1" | "2" | "3" | "4" | "US Gov 1" if circuit => Ok(Scope::CircuitZone(zone)),
        _ => Err(Unmatched("a zone that this list does not know")),
    }
}

/// `1 Hour`, `1/Hour`, `100 GB`, `10K`: what is counted, and how much of it the price is for.
fn unit(text: &str) -> Option<(Unit, u32)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at_checked(digits)?;
    let (times, rest) = match rest.strip_prefix(['K', 'M']) {
        Some(after) if rest.starts_with('K') => (1_000, after),
        Some(after) => (1_000_000, after),
        None => (1, rest),
    };
    let count: u32 = if number.is_empty() {
        1
    } else {
        number.parse().ok()?
    };
    let word = rest.trim_start_matches([' ', '/']);
    let (unit, more) = match word.strip_suffix("/Month").unwrap_or(word) {
        "GB" => (Unit::Gb, 1),
        "TB" => (Unit::Gb, 1_000),
        "Hour" | "Hours" => (Unit::Hour, 1),
        "Day" | "Days" => (Unit::Hour, 24),
        "Month" | "Months" => (Unit::Month, 1),
        _ => return None,
    };
    let count = count.checked_mul(times)?.checked_mul(more)?;
    (count > 0).then_some((unit, count))
}

/// The first unit of a step, where the answer counts in packs.
fn whole_units(text: &str, count: u32) -> Option<u32> {
    let units = nanos(text)?.checked_mul(i128::from(count))?;
    (units % 1_000_000_000 == 0)
        .then(|| u32::try_from(units / 1_000_000_000).ok())
        .flatten()
}

/// Billionths of a JSON number, rounded half to even; its text may have an exponent.
fn nanos(text: &str) -> Option<i128> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (number, sign) = match number.strip_prefix('-') {
        Some(number) => (number, -1),
        None => (number, 1),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let decimals = i32::try_from(fraction.len()).ok()?;
    let mut units: i128 = 0;
    for byte in whole.bytes().chain(fraction.bytes()) {
        let digit = i128::from(byte.checked_sub(b'0').filter(|digit| *digit < 10)?);
        units = units.checked_mul(10)?.checked_add(digit)?;
    }
    let shift = exponent.checked_add(9)?.checked_sub(decimals)?;
    let scale = 10_i128.checked_pow(shift.unsigned_abs());
    Some(
        sign * match (shift < 0, scale) {
            (true, Some(scale)) => half_even(units, scale),
            (true, None) => 0,
            (false, scale) => units.checked_mul(scale?)?,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_counted_in_hours_months_and_gb() {
        for (text, expected) in [
            ("1 Hour", Some((Unit::Hour, 1))),
            ("1/Hour", Some((Unit::Hour, 1))),
            ("100 Hours", Some((Unit::Hour, 100))),
            ("1/Day", Some((Unit::Hour, 24))),
            ("1/Month", Some((Unit::Month, 1))),
            ("1 GB", Some((Unit::Gb, 1))),
            ("1 GB/Month", Some((Unit::Gb, 1))),
            ("10 GB", Some((Unit::Gb, 10))),
            ("1 TB", Some((Unit::Gb, 1_000))),
            ("10K", None),
            ("10K Hours", Some((Unit::Hour, 10_000))),
            ("1M", None),
            ("0 GB", None),
            ("5000000000 GB", None),
            ("", None),
            ("1 GiB Hour", None),
        ] {
            assert_eq!(unit(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_as_they_stand() {
        for (text, expected) in [
            ("0.035", Some(35_000_000)),
            ("1.25", Some(1_250_000_000)),
            ("-1", Some(-1_000_000_000)),
            ("1e-5", Some(10_000)),
            ("1.5e3", Some(1_500_000_000_000)),
            ("0.0000000005", Some(0)),
            ("0.0000000015", Some(2)),
            ("1e-400", Some(0)),
            ("1e400", None),
            ("0.0111378", Some(11_137_800)),
        ] {
            assert_eq!(nanos(text), expected, "{text}");
        }
        assert_eq!(whole_units("100.0", 1), Some(100));
        assert_eq!(whole_units("10.24", 1_000), Some(10_240));
        assert_eq!(whole_units("0.5", 1), None);
        assert_eq!(whole_units("-1", 1), None);
    }
}
