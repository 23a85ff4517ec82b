//! A design in the fragment of an address, which a browser never sends to a server.
//!
//! The rule: a network that its pattern draws is told by what is asked for, readable, without what is usual; any other
//! design is its document, deflated and written in the letters that an address allows. What is read back is the
//! design that was linked, without the reader's own id. A fragment of another version is refused kindly.
//!
//! | fragment | is |
//! |---|---|
//! | `#interspoke=1&name=Lab&pattern=hub-spoke&regions.0.name=eastus` | what is asked for, member by member |
//! | `#interspoke=1&document=7VfB…` | a document: JSON, deflate, base64url |
//! | `#interspoke=2&…` | a newer link: refused |
//!
//! A member's value is JSON where that is not a text, else the text as it is. Caps: a link of up to 8 KB travels
//! everywhere; up to 64 KB browsers take it and some programs cut it; a larger design is for a file. What is inflated
//! may be 8 MB.

use crate::text;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use interspoke_core::document::{Choices, Design, Document};
use interspoke_core::intent::Intent;
use interspoke_core::json::{self, Map, Value};
use interspoke_core::route::Settings;
use interspoke_core::spec::Protocol;
use interspoke_core::word::find_word;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// A link of up to so many bytes travels everywhere.
pub(super) const SAFE: usize = 8 * 1_000;
/// No link is larger.
pub(super) const MOST: usize = 64 * 1_000;
/// No document in a link is larger.
const MOST_INFLATED: usize = 8 * 1_000_000;

const VERSION: &str = "interspoke=1";
const BEGIN: &str = "interspoke=";

/// The fragment of a design, without `#`.
///
/// # Errors
/// It is too large: its size in bytes.
pub fn fragment(document: &Document) -> Result<String, usize> {
    let readable = readable(document).filter(|fragment| fragment.len() <= SAFE);
    let fragment = readable.unwrap_or_else(|| packed(document));
    if fragment.len() > MOST {
        return Err(fragment.len());
    }
    Ok(fragment)
}

/// The fragment in a text that is an address or begins with `#`.
#[must_use]
pub fn fragment_in(text: &str) -> Option<&str> {
    let (address, fragment) = text.split_once('#')?;
    let is_address = address.is_empty() || address.contains("://");
    let is_word = !address.contains(char::is_whitespace);
    (is_address && is_word && fragment.starts_with(BEGIN)).then_some(fragment)
}

/// The design of a fragment.
///
/// # Errors
/// What was expected, what was found; nothing is lost: the fragment stays in the address.
pub fn read(fragment: &str) -> Result<Document, String> {
    let mut parts = fragment.split('&');
    let version = parts.next().unwrap_or_default();
    if version != VERSION {
        let version = version.strip_prefix(BEGIN).unwrap_or(version);
        return Err(text::store::link_version(version));
    }
    let parts: Vec<(&str, String)> = parts
        .filter_map(|part| part.split_once('='))
        .map(|(key, value)| (key, unescaped(value)))
        .collect();
    match parts.iter().find(|(key, _)| *key == "document") {
        Some((_, packed)) => unpacked(packed),
        None => asked(&parts),
    }
}

/// A design that is what its pattern draws for what is asked.
fn drawn(design: Design, name: &str) -> Option<Document> {
    Some(Document {
        traffic: design.intent.bill_traffic().0,
        design: Some(design.clone()),
        ..Document::new(name, design.network()?)
    })
}

fn readable(document: &Document) -> Option<String> {
    let design = document.design.clone()?;
    let mut told = drawn(design.clone(), &document.name)?;
    (told.id, told.about, told.flow) = (document.id.clone(), document.about.clone(), document.flow);
    let plain = document.choices == Choices::default() && document.settings == Settings::default();
    if !plain || told != *document {
        return None;
    }
    let mut parts = vec![VERSION.to_owned()];
    let mut say = |key: &str, value: &str| parts.push(format!("{key}={}", escaped(value)));
    say("name", &document.name);
    say("pattern", &design.pattern);
    if let Some(flow) = document.flow {
        say("from", &flow.source.to_string());
        say("to", &flow.destination.to_string());
        if flow.protocol != Protocol::default() {
            say(
                "protocol",
                json::tree(&flow.protocol).as_str().unwrap_or_default(),
            );
        }
        if let Some(port) = flow.port {
            say("port", &port.to_string());
        }
    }
    let (asked, usual) = (json::tree(&design.intent), json::tree(&Intent::default()));
    for (key, value) in asked.as_object().into_iter().flatten() {
        if usual.get(key) != Some(value) {
            flatten(key, value, &mut say);
        }
    }
    let fragment = parts.join("&");
    // Members that are usual in the default and absent here cannot be told by what differs.
    let same = read(&fragment).is_ok_and(|read| read.design == document.design);
    same.then_some(fragment)
}

fn flatten(path: &str, node: &Value, say: &mut impl FnMut(&str, &str)) {
    match node {
        Value::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                flatten(&format!("{path}.{key}"), value, say);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (position, item) in items.iter().enumerate() {
                flatten(&format!("{path}.{position}"), item, say);
            }
        }
        // A text that reads as something else keeps its quotes.
        Value::String(text) if json::parse(text).is_err() => say(path, text),
        _ => say(path, &node.to_string()),
    }
}

fn asked(parts: &[(&str, String)]) -> Result<Document, String> {
    let mut tree = json::tree(&Intent::default());
    let mut document = Document::default();
    let mut pattern = String::new();
    let mut ends = [None, None];
    let mut protocol = Protocol::default();
    let mut port = None;
    let mut begun: Vec<&str> = Vec::new();
    for (key, value) in parts {
        match *key {
            "name" => document.name.clone_from(value),
            "pattern" => pattern.clone_from(value),
            "from" => ends[0] = value.parse().ok(),
            "to" => ends[1] = value.parse().ok(),
            "protocol" => protocol = find_word(value).unwrap_or_default(),
            "port" => port = value.parse().ok(),
            path => {
                let first = path.split('.').next().unwrap_or_default();
                if !begun.contains(&first) {
                    begun.push(first);
                    put(&mut tree, &[first], Value::Null);
                }
                let node = json::parse(value).unwrap_or_else(|_| Value::from(value.as_str()));
                let steps: Vec<&str> = path.split('.').collect();
                put(&mut tree, &steps, node);
            }
        }
    }
    let intent: Intent = json::read_tree(&tree)
        .map_err(|error| text::store::link_member(&error.path, &error.message))?;
    let design = Design { intent, pattern };
    let name = std::mem::take(&mut document.name);
    let mut document = drawn(design, &name).ok_or(text::store::LINK_NO_PLAN)?;
    if let [Some(source), Some(destination)] = ends {
        document.flow = Some(interspoke_core::document::ChosenFlow {
            source,
            destination,
            protocol,
            port,
        });
    }
    Ok(document)
}

/// Puts a value at a place of a tree, which grows member by member and item by item.
fn put(tree: &mut Value, steps: &[&str], value: Value) {
    let Some((step, rest)) = steps.split_first() else {
        *tree = value;
        return;
    };
    let position = step.parse::<usize>().ok().filter(|_| !tree.is_object());
    if let Some(position) = position {
        if !tree.is_array() {
            *tree = Value::Array(Vec::new());
        }
        let Value::Array(items) = tree else {
            return;
        };
        if items.len() == position {
            items.push(Value::Null);
        }
        if let Some(item) = items.get_mut(position) {
            put(item, rest, value);
        }
    } else {
        if !tree.is_object() {
            *tree = Value::Object(Map::new());
        }
        if let Value::Object(members) = tree {
            put(members.entry(*step).or_insert(Value::Null), rest, value);
        }
    }
}

fn packed(document: &Document) -> String {
    let own = Document {
        id: String::new(),
        ..document.clone()
    };
    let deflated = miniz_oxide::deflate::compress_to_vec(own.to_json().as_bytes(), 9);
    format!("{VERSION}&document={}", URL_SAFE_NO_PAD.encode(deflated))
}

fn unpacked(packed: &str) -> Result<Document, String> {
    if packed.len() > MOST {
        return Err(text::store::link_too_large(packed.len()));
    }
    let damaged = |_| text::store::LINK_DAMAGED.to_owned();
    let deflated = URL_SAFE_NO_PAD.decode(packed).map_err(damaged)?;
    let inflated = miniz_oxide::inflate::decompress_to_vec_with_limit(&deflated, MOST_INFLATED)
        .map_err(|_| text::store::LINK_DAMAGED.to_owned())?;
    let json = String::from_utf8(inflated).map_err(|_| text::store::LINK_DAMAGED.to_owned())?;
    let document = Document::parse(&json).map_err(|error| error.to_string())?;
    Ok(Document {
        id: String::new(),
        ..document
    })
}

/// What an address does not allow in a fragment, and what this form gives a meaning.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

fn unescaped(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use interspoke_core::pattern::preset::PRESETS;
    use interspoke_core::sample::SAMPLES;

    fn linked(document: &Document) -> Document {
        read(&fragment(document).unwrap()).unwrap()
    }

    #[test]
    fn every_figure_of_the_article_is_a_readable_link() {
        for figure in PRESETS {
            let design = Design {
                intent: figure.intent(),
                pattern: figure.pattern.id().to_owned(),
            };
            let document = drawn(design, figure.title).unwrap();
            let fragment = fragment(&document).unwrap();
            assert!(
                fragment.contains(&format!("pattern={}", figure.pattern.id())),
                "{fragment}"
            );
            assert!(fragment.len() < SAFE, "{fragment}");
            assert_eq!(linked(&document), document, "{fragment}");
        }
    }

    #[test]
    fn any_other_design_is_packed_and_reads_back_equal() {
        for sample in SAMPLES {
            let document = sample.document().unwrap();
            let fragment = fragment(&document).unwrap();
            assert!(fragment.starts_with("interspoke=1&document="), "{fragment}");
            assert_eq!(linked(&document), document);
        }
    }

    #[test]
    fn a_link_leaves_the_readers_own_id_at_home() {
        let document = Document {
            id: "mine".to_owned(),
            ..SAMPLES[0].document().unwrap()
        };
        assert_eq!(linked(&document).id, "");
    }

    #[test]
    fn what_cannot_be_read_says_what_was_expected() {
        assert_eq!(
            read("interspoke=2&anything").unwrap_err(),
            text::store::link_version("2")
        );
        assert_eq!(
            read("interspoke=1&document=7VfB").unwrap_err(),
            text::store::LINK_DAMAGED
        );
        assert_eq!(
            read("interspoke=1&pattern=nobodys").unwrap_err(),
            text::store::LINK_NO_PLAN
        );
        let error = read("interspoke=1&pattern=hub-spoke&regions.0.spokes=many").unwrap_err();
        assert!(error.contains("regions[0].spokes"), "{error}");
    }

    #[test]
    fn a_small_link_cannot_become_a_large_text() {
        let bomb = vec![b' '; MOST_INFLATED + 1];
        let deflated = miniz_oxide::deflate::compress_to_vec(&bomb, 9);
        let fragment = format!("{VERSION}&document={}", URL_SAFE_NO_PAD.encode(deflated));
        assert!(fragment.len() < MOST, "{}", fragment.len());
        assert_eq!(read(&fragment).unwrap_err(), text::store::LINK_DAMAGED);
    }

    #[test]
    fn a_design_that_is_too_large_says_its_size() {
        let mut document = SAMPLES[0].document().unwrap();
        // Names that do not compress.
        let mut seed: u64 = 1;
        document.name = (0..MOST)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                char::from_u32(0x4e00 + u32::try_from(seed >> 52).unwrap()).unwrap()
            })
            .collect();
        assert!(fragment(&document).unwrap_err() > MOST);
    }

    #[test]
    fn an_address_or_its_end_is_a_link_and_nothing_else() {
        let fragment = "interspoke=1&pattern=x";
        assert_eq!(
            fragment_in(&format!("https://host/path#{fragment}")),
            Some(fragment)
        );
        assert_eq!(fragment_in(&format!("#{fragment}")), Some(fragment));
        assert_eq!(fragment_in("# interspoke=1"), None);
        assert_eq!(fragment_in("a heading #interspoke=1"), None);
    }
}
