//! What a step changed in the text of a document: one place, what stood there and what stands there now.
//!
//! The rule: both texts share a beginning and an end; the rest is the change. It goes forward and backward, and only over
//! the text that it was made of, so that a step undone gives the text before it byte for byte.
//!
//! | before | after | change |
//! |---|---|---|
//! | `{"a": 10}` | `{"a": 12}` | at 7, `0` for `2` |
//! | `{"a": 1}` | `{"a": 1}` | none |
//!
//! Left out: several places in one change; the text between them is part of it.

use serde::{Deserialize, Serialize};

/// A change of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta(usize, String, String);

impl Delta {
    /// The change from one text to another.
    #[must_use]
    pub fn between(before: &str, after: &str) -> Self {
        let begins = before.bytes().zip(after.bytes());
        let mut at = begins.take_while(|(a, b)| a == b).count();
        while !(before.is_char_boundary(at) && after.is_char_boundary(at)) {
            at -= 1;
        }
        let (old, new) = (tail(before, at), tail(after, at));
        let ends = old.bytes().rev().zip(new.bytes().rev());
        let mut same = ends.take_while(|(a, b)| a == b).count();
        while !(old.is_char_boundary(old.len() - same) && new.is_char_boundary(new.len() - same)) {
            same -= 1;
        }
        let middle = |text: &str| text.get(..text.len() - same).unwrap_or_default().to_owned();
        Self(at, middle(old), middle(new))
    }

    /// The text after the change; none where the text is not the one before it.
    #[must_use]
    pub fn forward(&self, before: &str) -> Option<String> {
        exchange(before, self.0, &self.1, &self.2)
    }

    /// The text before the change; none where the text is not the one after it.
    #[must_use]
    pub fn backward(&self, after: &str) -> Option<String> {
        exchange(after, self.0, &self.2, &self.1)
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.1 == self.2
    }
}

fn tail(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

fn exchange(text: &str, at: usize, old: &str, new: &str) -> Option<String> {
    let rest = text.get(at..)?.strip_prefix(old)?;
    Some([text.get(..at)?, new, rest].concat())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_change_is_one_place() {
        let delta = Delta::between("{\"a\": 10}", "{\"a\": 12}");
        assert_eq!(delta, Delta(7, "0".to_owned(), "2".to_owned()));
        assert_eq!(delta.forward("{\"b\": 99}"), None);
        // Letters of several bytes are never split.
        let delta = Delta::between("é", "è");
        assert_eq!(delta, Delta(0, "é".to_owned(), "è".to_owned()));
    }

    proptest! {
        #[test]
        fn a_change_goes_forward_and_back(before in "[aé€ \n]{0,12}", after in "[aé€ \n]{0,12}") {
            let delta = Delta::between(&before, &after);
            prop_assert_eq!(delta.forward(&before), Some(after.clone()));
            prop_assert_eq!(delta.backward(&after), Some(before.clone()));
            prop_assert_eq!(delta.is_empty(), before == after);
            let saved = serde_json::to_string(&delta).unwrap();
            prop_assert_eq!(serde_json::from_str::<Delta>(&saved).unwrap(), delta);
        }
    }
}
