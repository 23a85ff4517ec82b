//! Who may import whom.
use super::Fault;
use super::source::{Named, named};

/// The parts of the standard library that reach outside the program.
const OUTSIDE: [&[&str]; 7] = [
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "time", "Instant"],
    &["std", "time", "SystemTime"],
];

/// Addresses are plain values; the rest of `std::net` opens connections.
const ADDRESSES: [&str; 4] = ["IpAddr", "Ipv4Addr", "Ipv6Addr", "AddrParseError"];

/// The core knows no screen, no clock, no chance and no I/O.
pub(super) fn core(text: &str) -> Vec<Fault> {
    refuse(
        text,
        "the core knows no screen, clock, chance or I/O",
        |named| is_screen(named) || named.first() == "rand" || reaches_outside(named),
    )
}

/// State, view models and geometry are plain Rust.
pub(super) fn plain_web(text: &str) -> Vec<Fault> {
    refuse(
        text,
        "answer, form, state, view and scene know no browser and no Yew",
        is_screen,
    )
}

/// Components draw; what they want of the browser they ask for with an effect.
pub(super) fn components(text: &str) -> Vec<Fault> {
    refuse(
        text,
        "components reach the browser only through effects",
        |named| {
            let of_web_sys = named.first() == "web_sys" && !is_event_type(named);
            of_web_sys || named.first() == "petgraph" || named.first().starts_with("gloo")
        },
    )
}

/// The browser layer carries effects out and knows no components.
pub(super) fn browser(text: &str) -> Vec<Fault> {
    refuse(text, "the browser layer knows no components", |named| {
        ["crate", "super"]
            .iter()
            .any(|parent| named.is_below(&[parent, "components"]))
            || named.is_below(&["super", "super", "components"])
    })
}

fn reaches_outside(named: &Named) -> bool {
    let is_address = named.is_below(&["std", "net"])
        && named
            .path
            .get(2)
            .is_some_and(|name| ADDRESSES.contains(&name.as_str()));
    !is_address && OUTSIDE.iter().any(|outside| named.is_below(outside))
}

fn is_screen(named: &Named) -> bool {
    ["yew", "web_sys", "js_sys", "wasm_bindgen"].contains(&named.first())
        || named.first().starts_with("gloo")
}

/// What an event hands to its listener. A whole import (`web_sys` or `web_sys::*`) is none.
fn is_event_type(named: &Named) -> bool {
    named.path.get(1).is_some_and(|name| {
        ["Event", "Element"].iter().any(|end| name.ends_with(end))
            || ["EventTarget", "Node"].contains(&name.as_str())
    })
}

fn refuse(text: &str, rule: &str, is_refused: impl Fn(&Named) -> bool) -> Vec<Fault> {
    let refused = named(text).into_iter().filter(is_refused);
    refused
        .map(|named| Fault::at(named.line, format!("`{}`: {rule}", named.text())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rule: fn(&str) -> Vec<Fault>, text: &str, expected: &[&str]) {
        let found: Vec<String> = rule(text)
            .iter()
            .map(|fault| fault.what.split('`').nth(1).unwrap_or_default().to_owned())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_core_reaches_nothing_outside() {
        check(
            core,
            "use std::{fs, fmt};\nuse yew::prelude::*;",
            &["std::fs", "yew::prelude"],
        );
        check(
            core,
            "let now = std::time::Instant::now();",
            &["std::time::Instant::now"],
        );
        check(
            core,
            "use std::time::{Duration, SystemTime};",
            &["std::time::SystemTime"],
        );
        check(
            core,
            "use std::net::{Ipv4Addr, TcpStream};",
            &["std::net::TcpStream"],
        );
        check(
            core,
            "use rand::Rng; use gloo_events::EventListener;",
            &["rand::Rng", "gloo_events::EventListener"],
        );
        check(
            core,
            "use std::time::Duration; // std::fs\nlet a = core::fmt::Error;",
            &[],
        );
    }

    #[test]
    fn plain_modules_know_no_browser() {
        check(
            plain_web,
            "use web_sys::Element;\nuse interspoke_core::spec;",
            &["web_sys::Element"],
        );
        check(plain_web, "fn f() -> yew::Html {}", &["yew::Html"]);
    }

    #[test]
    fn components_take_events_and_nothing_else_of_the_browser() {
        check(
            components,
            "use yew::prelude::*; use web_sys::{HtmlInputElement, KeyboardEvent, EventTarget};",
            &[],
        );
        check(
            components,
            "let w = web_sys::window();",
            &["web_sys::window"],
        );
        check(components, "use web_sys::*;", &["web_sys"]);
        check(components, "use petgraph::Graph;", &["petgraph::Graph"]);
    }

    #[test]
    fn the_browser_layer_knows_no_components() {
        check(
            browser,
            "use crate::components::App; use crate::state::Effect;",
            &["crate::components::App"],
        );
        check(browser, "use super::components;", &["super::components"]);
    }
}
