//! Equal values kept once, each under a number.
//!
//! | given | number | kept |
//! |---|---|---|
//! | a | 0 | a |
//! | b | 1 | a, b |
//! | a | 0 | a, b |
//!
//! Left out: taking a value away.

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::rc::Rc;

/// Number of a kept value. Four bytes, none more where there may be no value.
pub(crate) struct Key<T>(NonZeroU32, PhantomData<fn() -> T>);

impl<T> Key<T> {
    /// Position in the order of coming.
    pub(crate) const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Key<T> {}

impl<T> PartialEq for Key<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Key<T> {}

impl<T> Hash for Key<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> std::fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Values in the order in which they came, each once.
#[derive(Debug)]
pub(crate) struct Interned<T> {
    values: Vec<Rc<T>>,
    known: HashMap<Rc<T>, Key<T>>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            known: HashMap::new(),
        }
    }
}

impl<T: Eq + Hash> Interned<T> {
    /// The number of a value, which is kept where it is new.
    pub(crate) fn keep(&mut self, value: T) -> Key<T> {
        if let Some(key) = self.known.get(&value) {
            return *key;
        }
        let position = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let key = Key(NonZeroU32::MIN.saturating_add(position), PhantomData);
        let value = Rc::new(value);
        self.values.push(Rc::clone(&value));
        self.known.insert(value, key);
        key
    }

    /// The value of a number.
    pub(crate) fn get(&self, key: Key<T>) -> Option<&T> {
        self.values.get(key.index()).map(Rc::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_kept_once_and_a_missing_one_takes_no_room() {
        let mut all = Interned::default();
        let (a, b, again) = (all.keep("a"), all.keep("b"), all.keep("a"));
        assert_eq!((a, all.get(a), all.get(b)), (again, Some(&"a"), Some(&"b")));
        assert_ne!(a, b);
        assert_eq!(size_of::<Option<Key<&str>>>(), 4);
    }
}
