//! Sorted lists and maps.
//!
//! The standard sorts and B-trees are compiled anew for every type that they hold; in the browser that is a sixth of
//! all code. Here one sort serves all, and a map is a sorted list: quick to read, cheap to clone, slow to grow only in
//! sizes that a plan does not reach.

use std::cmp::Ordering;

/// The items in order; equal ones stay as they were.
pub fn in_order<T>(items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort(&mut places, &|a, b| compare(&items[a], &items[b]) == Ordering::Greater);
    let mut items: Vec<_> = items.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| items[place].take()).collect()
}

/// Merges ever longer runs. The standard sort is faster, and twenty times as large.
#[inline(never)]
fn sort(places: &mut Vec<usize>, is_after: &dyn Fn(usize, usize) -> bool) {
    let mut width = 1;
    while width < places.len() {
        let mut merged = Vec::with_capacity(places.len());
        for both in places.chunks(2 * width) {
            let (mut left, mut right) = both.split_at(width.min(both.len()));
            while let (Some((&a, later)), Some((&b, rest))) = (left.split_first(), right.split_first()) {
                if is_after(a, b) {
                    merged.push(b);
                    right = rest;
                } else {
                    merged.push(a);
                    left = later;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        *places = merged;
        width *= 2;
    }
}

/// A map as a list of pairs in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted<K, V>(Vec<(K, V)>);

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord + Copy, V> Sorted<K, V> {
    /// From pairs in any order. Of several with one key the first stays; gives the places of the others.
    pub fn from_pairs(pairs: Vec<(K, V)>) -> (Self, Vec<usize>) {
        let pairs = pairs.into_iter().enumerate().collect();
        let mut repeated = Vec::new();
        let mut sorted: Vec<(K, V)> = Vec::new();
        for (place, (key, value)) in in_order(pairs, |a: &(usize, (K, V)), b| a.1.0.cmp(&b.1.0)) {
            if sorted.last().is_some_and(|last| last.0 == key) {
                repeated.push(place);
            } else {
                sorted.push((key, value));
            }
        }
        let repeated = in_order(repeated, usize::cmp);
        (Self(sorted), repeated)
    }

    fn place(&self, key: K) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(&key))
    }

    pub fn get(&self, key: K) -> Option<&V> {
        self.place(key).ok().map(|place| &self.0[place].1)
    }

    pub fn get_mut(&mut self, key: K) -> Option<&mut V> {
        self.place(key).ok().map(|place| &mut self.0[place].1)
    }

    pub fn contains(&self, key: K) -> bool {
        self.place(key).is_ok()
    }

    pub fn insert(&mut self, key: K, value: V) {
        match self.place(key) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// The value of a key, made where there is none.
    pub fn entry(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let place = self.place(key).unwrap_or_else(|place| {
            self.0.insert(place, (key, make()));
            place
        });
        &mut self.0[place].1
    }

    pub fn remove(&mut self, key: K) -> Option<V> {
        self.place(key).ok().map(|place| self.0.remove(place).1)
    }

    pub fn retain(&mut self, keep: impl FnMut(&mut (K, V)) -> bool) {
        self.0.retain_mut(keep);
    }

    /// The pairs whose keys are at least `from` and less than `end`.
    pub fn range(&self, from: K, end: K) -> &[(K, V)] {
        let start = self.0.partition_point(|(key, _)| *key < from);
        let end = self.0.partition_point(|(key, _)| *key < end);
        &self.0[start..end.max(start)]
    }

    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, (K, V)> {
        self.0.iter_mut()
    }

    pub fn last(&self) -> Option<&(K, V)> {
        self.0.last()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K, V> IntoIterator for Sorted<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// From pairs that are in order already.
impl<K, V> FromIterator<(K, V)> for Sorted<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_stay_in_their_order() {
        let items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        let ordered = in_order(items, |a, b| a.0.cmp(&b.0));
        assert_eq!(ordered, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn lists_of_any_length_are_sorted_as_the_standard_sort_does() {
        for length in 0..70_usize {
            // Many equal ones, in no order.
            let items: Vec<_> = (0..length).map(|place| (place * 37 % 11, place)).collect();
            let mut sorted = items.clone();
            sorted.sort_by_key(|item| item.0);
            assert_eq!(in_order(items, |a, b| a.0.cmp(&b.0)), sorted);
        }
    }

    #[test]
    fn maps_keep_one_value_for_each_key() {
        let (mut map, repeated) = Sorted::from_pairs(vec![(3, 'a'), (1, 'b'), (3, 'c'), (3, 'd')]);
        assert_eq!((map.len(), repeated), (2, vec![2, 3]));
        map.insert(2, 'e');
        map.insert(3, 'f');
        assert_eq!(map.iter().copied().collect::<Vec<_>>(), [(1, 'b'), (2, 'e'), (3, 'f')]);
        assert_eq!(map.range(2, 3), [(2, 'e')]);
        assert_eq!(map.range(3, 1), []);
        assert_eq!((map.remove(1), map.get(1), map.get(3)), (Some('b'), None, Some(&'f')));
        assert_eq!(*map.entry(9, || 'g'), 'g');
    }
}
