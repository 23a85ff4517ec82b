//! The functions of templates that depend on their arguments alone.
//!
//! | call | value |
//! |---|---|
//! | `format('{0}-{1}', 'a', 2)` | `a-2` |
//! | `cidrSubnet('10.0.0.0/16', 24, 1)` | `10.0.1.0/24` |
//! | `cidrHost('10.0.1.0/24', 3)` | `10.0.1.4` |
//! | `union(createArray(1), createArray(1, 2))` | `[1, 2]` |
//! | `uniqueString('x')` | thirteen letters that depend on `x`, not Azure's own |
//!
//! Left out: what asks Azure (`list…`), and times; they have no value here.

use super::value::{
    as_bool, as_list, as_members, as_number, compare, equal, get, is_empty, list, null, number,
    text_of, union,
};
use crate::json::{self, Map, Value};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

type Answer = Result<Value, String>;

/// The value of a call; none for a function that this module does not know.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Answer> {
    let name = name
        .strip_prefix("sys.")
        .unwrap_or(name)
        .to_ascii_lowercase();
    logic(&name, arguments)
        .or_else(|| arithmetic(&name, arguments))
        .or_else(|| texts(&name, arguments))
        .or_else(|| lists(&name, arguments))
        .or_else(|| objects(&name, arguments))
        .or_else(|| addresses(&name, arguments))
}

fn first(arguments: &[Value]) -> Result<&Value, String> {
    arguments
        .first()
        .ok_or_else(|| "an argument is missing".to_owned())
}

fn second(arguments: &[Value]) -> Result<&Value, String> {
    arguments
        .get(1)
        .ok_or_else(|| "the second argument is missing".to_owned())
}

fn whole(arguments: &[Value], at: usize) -> Result<i64, String> {
    let node = arguments.get(at).and_then(as_number);
    node.ok_or_else(|| format!("argument {} is no number", at.saturating_add(1)))
}

fn length(arguments: &[Value], at: usize) -> Result<usize, String> {
    Ok(usize::try_from(whole(arguments, at)?.max(0)).unwrap_or(usize::MAX))
}

fn text(arguments: &[Value], at: usize) -> Result<String, String> {
    arguments
        .get(at)
        .map(text_of)
        .ok_or_else(|| format!("argument {} is missing", at.saturating_add(1)))
}

fn flag(node: &Value) -> Result<bool, String> {
    as_bool(node).ok_or_else(|| format!("{node} is neither true nor false"))
}

fn logic(name: &str, arguments: &[Value]) -> Option<Answer> {
    let ordered = |holds: fn(std::cmp::Ordering) -> bool| -> Answer {
        Ok(holds(compare(first(arguments)?, second(arguments)?)).into())
    };
    Some(match name {
        "true" => Ok(true.into()),
        "false" => Ok(false.into()),
        "null" => Ok(null()),
        "not" => first(arguments).and_then(flag).map(|flag| (!flag).into()),
        "bool" => first(arguments).and_then(flag).map(Value::from),
        "equals" => (|| Ok(equal(first(arguments)?, second(arguments)?).into()))(),
        "less" => ordered(std::cmp::Ordering::is_lt),
        "lessorequals" => ordered(std::cmp::Ordering::is_le),
        "greater" => ordered(std::cmp::Ordering::is_gt),
        "greaterorequals" => ordered(std::cmp::Ordering::is_ge),
        "empty" => first(arguments).map(|node| is_empty(node).into()),
        "coalesce" => Ok(arguments
            .iter()
            .find(|node| !node.is_null())
            .cloned()
            .unwrap_or_else(null)),
        _ => return None,
    })
}

fn arithmetic(name: &str, arguments: &[Value]) -> Option<Answer> {
    let with = |of: fn(i64, i64) -> Option<i64>| -> Answer {
        let value = of(whole(arguments, 0)?, whole(arguments, 1)?);
        value
            .map(number)
            .ok_or_else(|| "the number is too large, or divided by zero".to_owned())
    };
    let extreme = |least: bool| -> Answer {
        let items = match arguments {
            [one] => as_list(one).unwrap_or(arguments),
            _ => arguments,
        };
        let numbers = items.iter().filter_map(as_number);
        let found = if least { numbers.min() } else { numbers.max() };
        found.map(number).ok_or_else(|| "no numbers".to_owned())
    };
    Some(match name {
        "add" => with(i64::checked_add),
        "sub" => with(i64::checked_sub),
        "mul" => with(i64::checked_mul),
        "div" => with(i64::checked_div),
        "mod" => with(i64::checked_rem),
        "min" => extreme(true),
        "max" => extreme(false),
        "int" => first(arguments).and_then(|node| {
            as_number(node)
                .map(number)
                .ok_or_else(|| format!("{node} is no number"))
        }),
        "float" => first(arguments).cloned(),
        _ => return None,
    })
}

fn texts(name: &str, arguments: &[Value]) -> Option<Answer> {
    let map =
        |of: fn(&str) -> String| text(arguments, 0).map(|text| Value::from(of(&text).as_str()));
    let test = |of: fn(&str, &str) -> bool| -> Answer {
        Ok(of(
            &text(arguments, 0)?.to_lowercase(),
            &text(arguments, 1)?.to_lowercase(),
        )
        .into())
    };
    let place = |of: fn(&str, &str) -> Option<usize>| -> Answer {
        let found = of(
            &text(arguments, 0)?.to_lowercase(),
            &text(arguments, 1)?.to_lowercase(),
        );
        Ok(number(
            found.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1),
        ))
    };
    Some(match name {
        "string" => first(arguments).map(|node| Value::from(text_of(node).as_str())),
        "tolower" => map(str::to_lowercase),
        "toupper" => map(str::to_uppercase),
        "trim" => map(|text| text.trim().to_owned()),
        "format" => format_text(arguments),
        "replace" => (|| {
            Ok(Value::from(
                text(arguments, 0)?
                    .replace(&text(arguments, 1)?, &text(arguments, 2)?)
                    .as_str(),
            ))
        })(),
        "split" => split(arguments),
        "join" => (|| {
            let parts: Vec<String> = as_list(first(arguments)?)
                .unwrap_or_default()
                .iter()
                .map(text_of)
                .collect();
            Ok(Value::from(parts.join(&text(arguments, 1)?).as_str()))
        })(),
        "substring" => substring(arguments),
        "startswith" => test(|text, part| text.starts_with(part)),
        "endswith" => test(|text, part| text.ends_with(part)),
        "indexof"
            if arguments
                .first()
                .is_some_and(|node| as_list(node).is_none()) =>
        {
            place(|text, part| text.find(part))
        }
        "lastindexof"
            if arguments
                .first()
                .is_some_and(|node| as_list(node).is_none()) =>
        {
            place(|text, part| text.rfind(part))
        }
        "padleft" => pad_left(arguments),
        "uri" => uri(arguments),
        "uricomponent" | "base64" | "datauri" | "uricomponenttostring" => {
            text(arguments, 0).map(|text| Value::from(text.as_str()))
        }
        "uniquestring" | "guid" | "newguid" => Ok(Value::from(letters(arguments).as_str())),
        "json" => text(arguments, 0)
            .and_then(|text| json::parse(&text).map_err(|error| error.to_string())),
        _ => return None,
    })
}

/// A path from where another stands: what follows the last `/` of the base is replaced.
fn uri(arguments: &[Value]) -> Answer {
    let (base, path) = (text(arguments, 0)?, text(arguments, 1)?);
    let folder = base.rfind('/').and_then(|at| base.get(..=at));
    let joined = folder.unwrap_or(&base).to_owned() + path.trim_start_matches('/');
    Ok(Value::from(joined.as_str()))
}

/// Thirteen letters that depend on the arguments: a stand-in for Azure's hash, whose form they have.
fn letters(arguments: &[Value]) -> String {
    const LENGTH: usize = 13;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in arguments.iter().flat_map(|node| text_of(node).into_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let mut text = String::with_capacity(LENGTH);
    while text.len() < LENGTH {
        let letter = u8::try_from(hash % 26)
            .unwrap_or_default()
            .saturating_add(b'a');
        text.push(char::from(letter));
        hash = (hash / 26)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .wrapping_add(hash);
    }
    text
}

/// `{0}`, `{1:D2}`; a doubled brace is a brace.
fn format_text(arguments: &[Value]) -> Answer {
    let pattern = text(arguments, 0)?;
    let mut made = String::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '{' if letters.peek() == Some(&'{') => {
                letters.next();
                made.push('{');
            }
            '}' if letters.peek() == Some(&'}') => {
                letters.next();
                made.push('}');
            }
            '{' => {
                let hole: String = letters
                    .by_ref()
                    .take_while(|letter| *letter != '}')
                    .collect();
                made.push_str(&filled(&hole, arguments)?);
            }
            other => made.push(other),
        }
    }
    Ok(Value::from(made.as_str()))
}

fn filled(hole: &str, arguments: &[Value]) -> Result<String, String> {
    let (position, form) = hole.split_once(':').unwrap_or((hole, ""));
    let position: usize = position
        .trim()
        .parse()
        .map_err(|_| format!("{{{hole}}} is no place of a format"))?;
    let value = arguments
        .get(position.saturating_add(1))
        .ok_or_else(|| format!("the format has no argument {position}"))?;
    let width = form
        .strip_prefix(['D', 'd'])
        .and_then(|digits| digits.parse::<usize>().ok());
    let text = text_of(value);
    Ok(match (width, form.chars().all(|letter| letter == '0')) {
        (Some(width), _) => format!("{text:0>width$}"),
        (None, true) if !form.is_empty() => format!("{text:0>width$}", width = form.len()),
        _ => text,
    })
}

fn split(arguments: &[Value]) -> Answer {
    let marks: Vec<String> = match as_list(second(arguments)?) {
        Some(marks) => marks.iter().map(text_of).collect(),
        None => vec![text(arguments, 1)?],
    };
    let mut parts = vec![text(arguments, 0)?];
    for mark in marks.iter().filter(|mark| !mark.is_empty()) {
        parts = parts
            .iter()
            .flat_map(|part| {
                part.split(mark.as_str())
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    Ok(list(
        parts
            .iter()
            .map(|part| Value::from(part.as_str()))
            .collect(),
    ))
}

fn substring(arguments: &[Value]) -> Answer {
    let whole = text(arguments, 0)?;
    let start = length(arguments, 1)?;
    let count = if arguments.len() > 2 {
        length(arguments, 2)?
    } else {
        usize::MAX
    };
    let part: String = whole.chars().skip(start).take(count).collect();
    Ok(Value::from(part.as_str()))
}

fn pad_left(arguments: &[Value]) -> Answer {
    /// No name is longer.
    const WIDEST: usize = 260;
    let whole = text(arguments, 0)?;
    let width = length(arguments, 1)?.min(WIDEST);
    let pad = arguments
        .get(2)
        .map(text_of)
        .and_then(|text| text.chars().next())
        .unwrap_or(' ');
    let missing = width.saturating_sub(whole.chars().count());
    let padded: String = std::iter::repeat_n(pad, missing)
        .chain(whole.chars())
        .collect();
    Ok(Value::from(padded.as_str()))
}

/// No list of a template is longer.
const LONGEST: usize = 20_000;

fn lists(name: &str, arguments: &[Value]) -> Option<Answer> {
    Some(match name {
        "createarray" => Ok(list(arguments.to_vec())),
        "array" => first(arguments).map(|node| {
            if as_list(node).is_some() {
                node.clone()
            } else {
                list(vec![node.clone()])
            }
        }),
        "concat" => concat(arguments),
        "length" => first(arguments).and_then(count).map(number),
        "first" => first(arguments).map(|node| end(node, true)),
        "last" => first(arguments).map(|node| end(node, false)),
        "take" => part(arguments, true),
        "skip" => part(arguments, false),
        "range" => range(arguments),
        "contains" => contains(arguments),
        "flatten" => first(arguments).map(|node| {
            let items = as_list(node).unwrap_or_default().iter();
            list(
                items
                    .flat_map(|item| {
                        as_list(item).map_or_else(|| vec![item.clone()], <[Value]>::to_vec)
                    })
                    .collect(),
            )
        }),
        "indexof" | "lastindexof" => (|| {
            let wanted = second(arguments)?;
            let items = as_list(first(arguments)?).unwrap_or_default();
            let is_wanted = |item: &Value| equal(item, wanted);
            let found = if name == "indexof" {
                items.iter().position(is_wanted)
            } else {
                items.iter().rposition(is_wanted)
            };
            Ok(number(
                found.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1),
            ))
        })(),
        "indexfromend" => (|| {
            let items = as_list(first(arguments)?).unwrap_or_default();
            let at = items.len().checked_sub(length(arguments, 1)?);
            at.and_then(|at| items.get(at))
                .cloned()
                .ok_or_else(|| "the list has no such place".to_owned())
        })(),
        _ => return None,
    })
}

fn concat(arguments: &[Value]) -> Answer {
    if arguments.iter().any(|node| as_list(node).is_some()) {
        let items = arguments
            .iter()
            .flat_map(|node| as_list(node).map_or_else(|| vec![node.clone()], <[Value]>::to_vec));
        return Ok(list(items.collect()));
    }
    let text: String = arguments.iter().map(text_of).collect();
    Ok(Value::from(text.as_str()))
}

fn count(node: &Value) -> Result<i64, String> {
    let count = match node {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        Value::String(text) => text.chars().count(),
        _ => return Err(format!("{node} has no length")),
    };
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

fn end(node: &Value, front: bool) -> Value {
    match node {
        Value::Array(items) => (if front { items.first() } else { items.last() })
            .cloned()
            .unwrap_or_else(null),
        Value::String(text) => {
            let letter = if front {
                text.chars().next()
            } else {
                text.chars().next_back()
            };
            Value::from(letter.map(String::from).unwrap_or_default().as_str())
        }
        _ => null(),
    }
}

fn part(arguments: &[Value], front: bool) -> Answer {
    let count = length(arguments, 1)?;
    Ok(match first(arguments)? {
        Value::Array(items) if front => list(items.iter().take(count).cloned().collect()),
        Value::Array(items) => list(items.iter().skip(count).cloned().collect()),
        Value::String(text) if front => {
            Value::from(text.chars().take(count).collect::<String>().as_str())
        }
        Value::String(text) => Value::from(text.chars().skip(count).collect::<String>().as_str()),
        _ => return Err("neither a list nor a text".to_owned()),
    })
}

fn range(arguments: &[Value]) -> Answer {
    let start = whole(arguments, 0)?;
    let count = length(arguments, 1)?;
    if count > LONGEST {
        return Err(format!("a range of {count} numbers is too long"));
    }
    let numbers = (0..count).filter_map(|step| start.checked_add(i64::try_from(step).ok()?));
    Ok(list(numbers.map(number).collect()))
}

fn contains(arguments: &[Value]) -> Answer {
    let wanted = second(arguments)?;
    let found = match first(arguments)? {
        Value::Array(items) => items.iter().any(|item| equal(item, wanted)),
        Value::Object(_) => get(first(arguments)?, &text_of(wanted)).is_some(),
        Value::String(text) => text.contains(&text_of(wanted)),
        _ => false,
    };
    Ok(found.into())
}

fn objects(name: &str, arguments: &[Value]) -> Option<Answer> {
    Some(match name {
        "createobject" => {
            let (pairs, _) = arguments.as_chunks::<2>();
            let pairs = pairs.iter();
            Ok(pairs
                .map(|[key, value]| (text_of(key), value.clone()))
                .collect())
        }
        "union" => {
            let mut all = arguments.iter().filter(|node| !node.is_null());
            let start = all.next().cloned().unwrap_or_else(null);
            Ok(all.fold(start, |all, more| union(&all, more, true)))
        }
        "shallowmerge" => first(arguments).map(|items| {
            let start: Value = Value::Object(Map::new());
            as_list(items)
                .unwrap_or_default()
                .iter()
                .fold(start, |all, more| union(&all, more, false))
        }),
        "intersection" => intersection(arguments),
        "items" => first(arguments).map(|node| {
            let mut members: Vec<_> = as_members(node).into_iter().flatten().collect();
            members.sort_by_key(|(key, _)| *key);
            let pair = |(key, value): (&String, &Value)| {
                Value::from_iter([("key", Value::from(key.as_str())), ("value", value.clone())])
            };
            list(members.into_iter().map(pair).collect())
        }),
        "objectkeys" => first(arguments).map(|node| {
            let members = as_members(node).into_iter().flatten();
            list(members.map(|(key, _)| Value::from(key.as_str())).collect())
        }),
        "tryget" => Ok(arguments
            .get(1..)
            .unwrap_or_default()
            .iter()
            .try_fold(
                arguments.first().cloned().unwrap_or_else(null),
                |node, key| step(&node, key),
            )
            .unwrap_or_else(null)),
        "pickzones" => Ok(list(vec![Value::from("1")])),
        _ => return None,
    })
}

/// A member by name or an item by number.
pub(super) fn step(node: &Value, key: &Value) -> Option<Value> {
    match (node, as_number(key)) {
        (Value::Array(items), Some(at)) => {
            let own = items.get(usize::try_from(at).ok()?);
            own.or_else(|| part_of_stand_in(items)).cloned()
        }
        _ => get(node, &text_of(key)).cloned(),
    }
}

/// Every part of an id that a stand-in stands for is the stand-in: `split('<hubId>', '/')[8]` is `<hubId>`.
fn part_of_stand_in(parts: &[Value]) -> Option<&Value> {
    let [only] = parts else {
        return None;
    };
    let text = text_of(only);
    (text.starts_with('<') && text.ends_with('>')).then_some(only)
}

fn intersection(arguments: &[Value]) -> Answer {
    let (one, others) = arguments.split_first().ok_or("an argument is missing")?;
    let in_all = |test: &dyn Fn(&Value) -> bool| others.iter().all(test);
    Ok(match one {
        Value::Array(items) => {
            let common = |item: &&Value| {
                in_all(&|other: &Value| {
                    as_list(other).is_some_and(|list| list.iter().any(|node| equal(node, item)))
                })
            };
            list(items.iter().filter(common).cloned().collect())
        }
        Value::Object(members) => {
            let common = |(key, value): &(&String, &Value)| {
                in_all(&|other: &Value| get(other, key).is_some_and(|node| equal(node, value)))
            };
            let members = members.iter().filter(common);
            members
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect()
        }
        _ => return Err("neither lists nor objects".to_owned()),
    })
}

fn addresses(name: &str, arguments: &[Value]) -> Option<Answer> {
    Some(match name {
        "cidrsubnet" => cidr_subnet(arguments),
        "cidrhost" => cidr_host(arguments),
        "parsecidr" => network(arguments).map(|net| {
            let text = |ip: Ipv4Addr| Value::from(ip.to_string().as_str());
            let next = |ip: Ipv4Addr, up: bool| {
                Ipv4Addr::from(if up {
                    u32::from(ip).saturating_add(1)
                } else {
                    u32::from(ip).saturating_sub(1)
                })
            };
            Value::from_iter([
                ("network", text(net.network())),
                ("netmask", text(net.netmask())),
                ("broadcast", text(net.broadcast())),
                ("firstUsable", text(next(net.network(), true))),
                ("lastUsable", text(next(net.broadcast(), false))),
                ("cidr", number(i64::from(net.prefix_len()))),
            ])
        }),
        _ => return None,
    })
}

fn network(arguments: &[Value]) -> Result<Ipv4Net, String> {
    let text = text(arguments, 0)?;
    text.trim()
        .parse::<Ipv4Net>()
        .map(|net| net.trunc())
        .map_err(|_| format!("{text:?} is no IPv4 range"))
}

fn cidr_subnet(arguments: &[Value]) -> Answer {
    let net = network(arguments)?;
    let bits = u8::try_from(whole(arguments, 1)?)
        .map_err(|_| "the length of the subnet is no length".to_owned())?;
    let mut subnets = net
        .subnets(bits)
        .map_err(|_| format!("{net} has no subnets of /{bits}"))?;
    let found = subnets.nth(length(arguments, 2)?);
    found
        .map(|net| Value::from(net.to_string().as_str()))
        .ok_or_else(|| format!("{net} has not so many subnets of /{bits}"))
}

/// The host of a number: 0 is the address after the network's own.
fn cidr_host(arguments: &[Value]) -> Answer {
    let net = network(arguments)?;
    let host =
        u32::try_from(whole(arguments, 1)?).map_err(|_| "the host is no number".to_owned())?;
    let ip = u32::from(net.network())
        .checked_add(host)
        .and_then(|ip| ip.checked_add(1))
        .map(Ipv4Addr::from);
    ip.filter(|ip| net.contains(ip))
        .map(|ip| Value::from(ip.to_string().as_str()))
        .ok_or_else(|| format!("{net} has not so many hosts"))
}
