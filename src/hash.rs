//! Hash tables for one page's keys: as fast as its few thousand short strings and numbers need.
//!
//! The standard library's hasher is keyed, and costs more than all else that is done with a class name. This one multiplies
//! eight bytes at a time, and folds the upper half of the product into the lower. Nothing may depend on the order of such a
//! table.
//!
//! A page may be made of keys that one such function sends to one place, and then each look-up would cost as much as there
//! are keys. So the function of a table begins with a number that no page can know: where the system put this program in
//! memory. What it finds does not depend on that number, nor does [`of`].

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

pub(crate) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<Fast>>;
pub(crate) type FastSet<K> = HashSet<K, BuildHasherDefault<Fast>>;

/// A set of words by their hashes, of as many times 64 places. Words may share one, so it may hold a few more than were put in.
pub(crate) struct Sieve<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Sieve<WORDS> {
    pub(crate) const EMPTY: Self = Sieve([0; WORDS]);

    #[inline]
    pub(crate) fn put(&mut self, word: u32) {
        self.0[word as usize / 64 % WORDS] |= 1 << (word % 64);
    }

    #[inline]
    pub(crate) fn may_hold(&self, word: u32) -> bool {
        self.0[word as usize / 64 % WORDS] & 1 << (word % 64) != 0
    }
}

/// The odd number next to 2 to the power of 64 over the golden ratio: a product with it spreads keys that are near each other over the
/// upper bits (Knuth, “The Art of Computer Programming”, volume 3, section 6.4).
pub(crate) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hasher's state.
#[derive(Clone, Copy)]
pub(crate) struct Fast(u64);

impl Default for Fast {
    #[inline(always)]
    fn default() -> Self {
        static PLACE: u64 = FACTOR;
        // Multiplied, since the lowest bits of an address are always the same.
        Fast((std::ptr::from_ref(&PLACE).addr() as u64).wrapping_mul(FACTOR))
    }
}

/// Digits of pi: any odd number with as many ones as zeros does.
pub(crate) const FACTOR: u64 = 0x2439_f31b_5c4c_9d27;
const START: u64 = 0x1319_8a2e_0370_7344;

impl Fast {
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word ^ START) * u128::from(FACTOR);
        self.0 = product as u64 ^ (product >> 64) as u64;
    }
}

impl Hasher for Fast {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            self.mix(rest.iter().fold(0, |word, &b| word << 8 | u64::from(b)));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Returns a number for a word's hash that no page can know.
#[inline(always)]
pub(crate) fn keyed(word: u32) -> u64 {
    let mut hasher = Fast::default();
    hasher.write_u32(word);
    hasher.finish()
}

/// Returns a hash of bytes.
pub(crate) fn of(bytes: &[u8]) -> u64 {
    let mut hasher = Fast(bytes.len() as u64);
    hasher.write(bytes);
    hasher.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys that all have one hash in a table whose hasher begins at zero: the second word undoes what the first has done.
    #[test]
    fn a_page_cannot_choose_keys_that_collide() {
        let after = |start: u64, bytes: &[u8]| {
            let mut hasher = Fast(start);
            hasher.write(bytes);
            hasher.finish()
        };
        let forged = |i: u64| -> Vec<u8> {
            let second = after(0, &i.to_le_bytes()) ^ START;
            [i.to_le_bytes(), second.to_le_bytes()].concat()
        };
        let plain: FastSet<u64> = (0..1000).map(|i| after(0, &forged(i))).collect();
        assert_eq!(plain.len(), 1);
        // Where the system puts the program, two of them may meet.
        let keyed: FastSet<u64> = (0..1000).map(|i| after(Fast::default().0, &forged(i))).collect();
        assert!(keyed.len() > 990, "{}", keyed.len());
    }

    #[test]
    fn keys_spread() {
        let keys = (0..10_000).map(|i| format!("class-{i}"));
        let hashes: FastSet<u64> = keys.map(|key| of(key.as_bytes())).collect();
        assert_eq!(hashes.len(), 10_000);
        let low: FastSet<u64> = (0..256u32).map(|i| of(&i.to_le_bytes()) % 256).collect();
        assert!(low.len() > 128, "{}", low.len());
        assert_ne!(of(b"ab"), of(b"ab\0"));
    }
}
