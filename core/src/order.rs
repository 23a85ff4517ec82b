//! Order in a few bytes: a sorted map and a sort whose machine code is small.
//!
//! The page is downloaded far more often than it sorts. The standard library's B-tree and its stable sort cost four to
//! six kilobytes of WebAssembly for each pair of types they are used with; these cost a few hundred bytes each. A map
//! here is a vector in order: looking up is a binary search, adding at the end is free, adding elsewhere moves what
//! follows.
//!
//! | operation | cost for n entries |
//! |---|---|
//! | `get`, `contains_key` | log n |
//! | `insert` in ascending order | constant |
//! | `insert` elsewhere | moves up to n entries |
//! | `at_most`, `at_least` | log n |
//! | `sort_by` | n log n comparisons, stable; n where all is in order |
//!
//! Left out: set operations; maps with many thousand entries in random order belong into a B-tree.

use std::cmp::Ordering;

/// A map in the order of its keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Map<K, V> {
    /// Without entries.
    fn default() -> Self {
        Self {
            entries: Vec::new(),
        }
    }
}

impl<K: Ord, V> Map<K, V> {
    /// A map without entries.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    fn position<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: std::borrow::Borrow<Q>,
    {
        // Most maps are filled in order.
        match self.entries.last() {
            Some((last, _)) if last.borrow() < key => Err(self.entries.len()),
            _ => self
                .entries
                .binary_search_by(|(held, _)| held.borrow().cmp(key)),
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
    {
        let position = self.position(key).ok()?;
        self.entries.get(position).map(|(_, value)| value)
    }

    /// The value of a key, to change.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: std::borrow::Borrow<Q>,
    {
        let position = self.position(key).ok()?;
        self.entries.get_mut(position).map(|(_, value)| value)
    }

    /// Whether a key is there.
    #[must_use]
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: std::borrow::Borrow<Q>,
    {
        self.position(key).is_ok()
    }

    /// Sets the value of a key and returns the one it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.position(&key) {
            Ok(position) => self
                .entries
                .get_mut(position)
                .map(|(_, held)| std::mem::replace(held, value)),
            Err(position) => {
                self.entries.insert(position, (key, value));
                None
            }
        }
    }

    /// Takes a key out and returns its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
    {
        let position = self.position(key).ok()?;
        Some(self.entries.remove(position).1)
    }

    /// The entry with the largest key that is not above this one.
    #[must_use]
    pub fn at_most(&self, key: &K) -> Option<(&K, &V)> {
        let position = match self.position(key) {
            Ok(position) => position,
            Err(position) => position.checked_sub(1)?,
        };
        self.entries.get(position).map(pair)
    }

    /// The entry with the smallest key that is not below this one.
    #[must_use]
    pub fn at_least(&self, key: &K) -> Option<(&K, &V)> {
        let (Ok(position) | Err(position)) = self.position(key);
        self.entries.get(position).map(pair)
    }

    /// The place of a key, as the standard map's `entry`.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry { map: self, key }
    }

    /// Entries in the order of their keys.
    pub fn iter(&self) -> Iter<'_, K, V> {
        self.entries.iter().map(pair)
    }

    /// Keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// Values in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Values in the order of their keys, to change.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// The values alone.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.entries.into_iter().map(|(_, value)| value)
    }

    /// The position of a key among the others.
    #[must_use]
    pub fn place(&self, key: &K) -> Option<usize> {
        self.position(key).ok()
    }

    /// The entry at a position.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<(&K, &V)> {
        self.entries.get(position).map(pair)
    }

    /// Keeps the entries for which something holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.entries.retain_mut(|(key, value)| keep(key, value));
    }

    /// Takes every entry out.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// How many entries.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn pair<K, V>(entry: &(K, V)) -> (&K, &V) {
    (&entry.0, &entry.1)
}

/// Entries of a [`Map`] by reference.
pub type Iter<'m, K, V> = std::iter::Map<std::slice::Iter<'m, (K, V)>, fn(&(K, V)) -> (&K, &V)>;

/// The place of a key in a [`Map`].
#[derive(Debug)]
pub struct Entry<'m, K, V> {
    map: &'m mut Map<K, V>,
    key: K,
}

impl<'m, K: Ord, V> Entry<'m, K, V> {
    /// The value, made first where it is not there.
    #[expect(
        clippy::indexing_slicing,
        reason = "the position was found or made just before"
    )]
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'m mut V {
        let position = match self.map.position(&self.key) {
            Ok(position) => position,
            Err(position) => {
                self.map.entries.insert(position, (self.key, make()));
                position
            }
        };
        &mut self.map.entries[position].1
    }

    /// The value, or this one where there is none.
    pub fn or_insert(self, value: V) -> &'m mut V {
        self.or_insert_with(|| value)
    }

    /// The value, or the type's default where there is none.
    pub fn or_default(self) -> &'m mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'m, K: Ord, V> IntoIterator for &'m Map<K, V> {
    type Item = (&'m K, &'m V);
    type IntoIter = Iter<'m, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A set in the order of its items.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Set<T> {
    items: Map<T, ()>,
}

impl<T> Default for Set<T> {
    /// Without items.
    fn default() -> Self {
        Self {
            items: Map::default(),
        }
    }
}

impl<T: Ord> Set<T> {
    /// A set without items.
    #[must_use]
    pub const fn new() -> Self {
        Self { items: Map::new() }
    }

    /// Adds an item; whether it is new.
    pub fn insert(&mut self, item: T) -> bool {
        self.items.insert(item, ()).is_none()
    }

    /// Whether an item is there.
    #[must_use]
    pub fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: std::borrow::Borrow<Q>,
    {
        self.items.contains_key(item)
    }

    /// Items in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.keys()
    }

    /// How many items.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Self::new();
        for item in items {
            set.insert(item);
        }
        set
    }
}

/// Sorts by a comparison; equals keep their order.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = sorted_positions(
        items.len(),
        &mut |a, b| match (items.get(a), items.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        },
    );
    // Each position's item is found where earlier swaps took it.
    for (position, source) in order.iter().enumerate() {
        let mut source = *source;
        while source < position {
            source = order.get(source).copied().unwrap_or(position);
        }
        items.swap(position, source);
    }
}

/// Sorts in ascending order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key; equals keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The one sort of the program: positions, by a comparison behind a pointer; none where all is in order. Runs of one,
/// two, four … are merged.
#[inline(never)]
fn sorted_positions(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    if (1..count).all(|next| compare(next - 1, next) != Ordering::Greater) {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..count).collect();
    let mut merged = Vec::with_capacity(count);
    let mut width = 1;
    while width < count {
        for pair in order.chunks(width.saturating_mul(2)) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
                if compare(*a, *b) == Ordering::Greater {
                    merged.push(*b);
                    right = right_rest;
                } else {
                    merged.push(*a);
                    left = left_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        width = width.saturating_mul(2);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{Map, Set, sort, sort_by_key};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn maps_agree_with_the_library(entries in proptest::collection::vec((0_u8..40, any::<u16>()), 0..80)) {
            let ours: Map<u8, u16> = entries.iter().copied().collect();
            let theirs: BTreeMap<u8, u16> = entries.iter().copied().collect();
            prop_assert!(ours.iter().eq(theirs.iter()));
            for key in 0..40 {
                prop_assert_eq!(ours.get(&key), theirs.get(&key));
                prop_assert_eq!(ours.at_most(&key), theirs.range(..=key).next_back());
                prop_assert_eq!(ours.at_least(&key), theirs.range(key..).next());
            }
            let (mut ours, mut theirs) = (ours, theirs);
            for (key, _) in entries.iter().step_by(2) {
                prop_assert_eq!(ours.remove(key), theirs.remove(key));
            }
            prop_assert!(ours.iter().eq(theirs.iter()));
        }

        #[test]
        fn sets_agree_with_the_library(items in proptest::collection::vec(0_u8..40, 0..80)) {
            let ours: Set<u8> = items.iter().copied().collect();
            let theirs: BTreeSet<u8> = items.iter().copied().collect();
            prop_assert!(ours.iter().eq(theirs.iter()));
            for item in 0..40 {
                prop_assert_eq!(ours.contains(&item), theirs.contains(&item));
            }
        }

        #[test]
        fn sorts_agree_with_the_library(items in proptest::collection::vec((0_u8..9, any::<u16>()), 0..80)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&ours, &theirs);
            sort(&mut ours);
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }
    }
}
