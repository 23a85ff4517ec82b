//! A value as the text of a field, and back.
//!
//! The rule: a text that a shape cannot read is refused with what was expected and what was found; an empty text takes
//! a member away that may be absent. Several values are separated by commas or lines.
//!
//! | shape | text | value |
//! |---|---|---|
//! | prefixes | `10.0.0.0/16, 10.1.0.0/16` | `["10.0.0.0/16", "10.1.0.0/16"]` |
//! | number from 0 to 2 | `3` | refused: expected a number from 0 to 2 |
//! | region | `West Europe` | `"westeurope"` |
//! | destination | `AzureCloud` | `"AzureCloud"`, a service tag |

use super::{Shape, Slot};
use crate::text;
use interspoke_core::address::{parse_address, parse_prefix};
use interspoke_core::json::Value;
use interspoke_core::region;

/// The text of a field for what stands in a member.
#[must_use]
pub fn shown(shape: &Shape, node: Option<&Value>) -> String {
    let written = node.map(plain);
    match shape {
        Shape::Choice(_, usual) => written.unwrap_or_else(|| (*usual).to_owned()),
        Shape::Flag(usual) => written.unwrap_or_else(|| usual.to_string()),
        _ => written.unwrap_or_default(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null | Value::Object(_) => String::new(),
        Value::Bool(on) => on.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            items.join(", ")
        }
    }
}

/// The value of a field's text; none takes the member away.
///
/// # Errors
/// What was expected and what was found.
pub fn read(slot: &Slot, typed: &str) -> Result<Option<Value>, String> {
    let typed = typed.trim();
    if typed.is_empty() && slot.absent {
        return Ok(None);
    }
    if slot.shape.is_list() {
        let items: Result<Vec<Value>, String> =
            parts(typed).map(|part| one(&slot.shape, part)).collect();
        return Ok(Some(Value::Array(items?)));
    }
    one(&slot.shape, typed).map(Some)
}

fn parts(typed: &str) -> impl Iterator<Item = &str> {
    let parts = typed.split([',', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

/// One value, or one of several.
fn one(shape: &Shape, typed: &str) -> Result<Value, String> {
    match shape {
        Shape::Prefix | Shape::Prefixes => prefix(typed),
        Shape::Destination if is_tag(typed) => Ok(typed.into()),
        Shape::Destination => prefix(typed),
        Shape::Address | Shape::Addresses => parse_address(typed)
            .map(|_| typed.into())
            .map_err(|error| error.to_string()),
        Shape::Region | Shape::Regions => region_of(typed),
        Shape::Numbers => number(typed, 0, u32::MAX),
        Shape::Number(least, most) => number(typed, *least, *most),
        Shape::Words(words) => word(words, typed),
        Shape::Choice(words, usual) if typed == *usual || words.contains(&typed) => {
            Ok(typed.into())
        }
        Shape::Choice(words, _) => word(words, typed),
        Shape::Flag(_) | Shape::Switch => match typed {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => word(&["true", "false"], typed),
        },
        Shape::Name if typed.is_empty() => Err(text::form::EXPECTED_NAME.to_owned()),
        _ => Ok(typed.into()),
    }
}

fn prefix(typed: &str) -> Result<Value, String> {
    let read = parse_prefix(typed).map(|_| typed.into());
    read.map_err(|error| error.to_string())
}

/// A service tag has no slash and begins with a letter.
fn is_tag(typed: &str) -> bool {
    typed.starts_with(|first: char| first.is_ascii_alphabetic()) && !typed.contains(['/', ':'])
}

fn number(typed: &str, least: u32, most: u32) -> Result<Value, String> {
    let digits: String = typed.chars().filter(|c| *c != ',').collect();
    match digits.parse::<u32>() {
        Ok(number) if (least..=most).contains(&number) => Ok(u64::from(number).into()),
        _ => Err(text::form::expected_number(typed, least, most)),
    }
}

fn word(words: &[&str], typed: &str) -> Result<Value, String> {
    let found = words.iter().find(|word| word.eq_ignore_ascii_case(typed));
    let found = found.map(|word| Value::from(*word));
    found.ok_or_else(|| text::form::expected_word(words, typed))
}

/// A region by its programmatic name or as Azure displays it.
fn region_of(typed: &str) -> Result<Value, String> {
    let known = region::named(typed).map(Value::from);
    known.ok_or_else(|| text::form::expected_region(typed))
}
