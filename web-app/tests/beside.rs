//! Two pinned patterns side by side.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod turns;

use interspoke_core::pattern::Pattern;
use interspoke_web::state::{JudgeMsg, Msg, State, Tab};
use interspoke_web::view::{self, Beside};
use std::rc::Rc;

/// What is seen side by side after some were pinned in Compare.
fn pinned(patterns: &[Pattern]) -> Option<Beside> {
    let pin = |pattern: &Pattern| Msg::Judge(JudgeMsg::Pin(*pattern));
    let shown = [Msg::Show(Tab::Compare)].into_iter();
    let messages = shown.chain(patterns.iter().map(pin));
    let (state, _) = turns::after(Rc::new(State::on_first_sample()), messages);
    view::compare(&state).beside
}

#[test]
fn each_difference_of_two_pinned_patterns_is_a_sentence() {
    let both = pinned(&[Pattern::HubFirewall, Pattern::VwanSecured]).unwrap();
    let [first, second] = [Pattern::HubFirewall, Pattern::VwanSecured].map(Pattern::title);
    assert_eq!(both.titles, [first, second]);
    for one in &both.differences {
        assert_ne!(one.values[0], one.values[1], "{one:?}");
        assert!(
            one.says.ends_with('.') && one.says.contains(first),
            "{one:?}"
        );
    }
    let of = |what: &str| {
        both.differences
            .iter()
            .find(|one| one.what == what)
            .unwrap()
    };
    let cost = of("cost a month");
    assert!(cost.says.contains("a month more than"), "{cost:?}");
    let kept = of("objects kept by hand");
    assert!(kept.says.starts_with(&format!("{first} has ")), "{kept:?}");
    // A property and its mirror image: the other order says the same.
    let turned = pinned(&[Pattern::VwanSecured, Pattern::HubFirewall]).unwrap();
    for (one, other) in both.differences.iter().zip(&turned.differences) {
        assert_eq!(
            [&one.values[0], &one.values[1]],
            [&other.values[1], &other.values[0]]
        );
        if one.what != "fullest limit" {
            assert_eq!(one.says, other.says);
        }
    }
}

#[test]
fn two_are_pinned_at_most_and_a_second_press_lets_go() {
    let (a, b, c) = (Pattern::HubFirewall, Pattern::HubNva, Pattern::Vwan);
    assert_eq!(pinned(&[]), None);
    let one = pinned(&[a]).unwrap();
    assert_eq!((one.titles.len(), one.differences.len()), (1, 0));
    assert_eq!(pinned(&[a, b, c]).unwrap().titles, [b.title(), c.title()]);
    assert_eq!(pinned(&[a, b, a]).unwrap().titles, [b.title()]);
    assert_eq!(pinned(&[a, a]), None);
}
