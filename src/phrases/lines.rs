//! Phrases that are whole lines.

use crate::hash;

/// Phrases, each with the rule that named it first, found by their hash. A map of the standard library does the same in five
/// times the memory, most of which no cache holds when the tens of thousands of built-in phrases are entered.
pub(super) struct Lines {
    phrases: Vec<(&'static str, u16)>,
    /// A third more than phrases at least, a power of two: zero, or a phrase's number from one, below a byte of its hash.
    slots: Vec<u32>,
}

/// Bits of a slot that are a phrase's number.
const NUMBER: u32 = (1 << 24) - 1;

/// Places to begin with, and phrases that fit in: enough for the built-in ones.
const SLOTS: usize = 1 << 16;

impl Default for Lines {
    fn default() -> Self {
        Self { phrases: Vec::with_capacity(SLOTS / 4 * 3), slots: vec![0; SLOTS] }
    }
}

impl Lines {
    /// Adds a phrase. Returns whether it is new; the rule of one that is known stays. Sixteen million fit, and no more are added.
    pub(super) fn add(&mut self, text: &'static str, rule: u16) -> bool {
        if self.phrases.len() >= NUMBER as usize {
            return false;
        }
        if 4 * self.phrases.len() >= 3 * self.slots.len() {
            self.slots = vec![0; 2 * self.slots.len()];
            for i in 0..self.phrases.len() {
                let (Ok(slot) | Err(slot)) = self.place(self.phrases[i].0);
                self.enter(slot, i);
            }
        }
        let slot = self.place(text);
        if let Err(slot) = slot {
            self.phrases.push((text, rule));
            self.enter(slot, self.phrases.len() - 1);
        }
        slot.is_err()
    }

    fn enter(&mut self, slot: (usize, u32), phrase: usize) {
        self.slots[slot.0] = slot.1 | (phrase as u32 + 1);
    }

    /// Returns the first rule of the phrase that a line is.
    pub(super) fn find(&self, line: &str) -> Option<u16> {
        let (slot, _) = self.place(line).ok()?;
        Some(self.phrases[self.number(slot)].1)
    }

    fn number(&self, slot: usize) -> usize {
        (self.slots[slot] & NUMBER) as usize - 1
    }

    /// Returns the slot of a text and the byte of its hash, or those that it would have.
    fn place(&self, text: &str) -> Result<(usize, u32), (usize, u32)> {
        let hash = hash::of(text.as_bytes());
        let byte = (hash >> 32) as u32 & !NUMBER;
        let mut at = hash as usize & (self.slots.len() - 1);
        while self.slots[at] != 0 {
            if self.slots[at] & !NUMBER == byte && self.phrases[self.number(at)].0 == text {
                return Ok((at, byte));
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        Err((at, byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_by_the_rule_that_named_them_first() {
        let names: Vec<&'static str> = (0..100_000).map(|i| &*format!("line {i}").leak()).collect();
        let mut lines = Lines::default();
        for (i, name) in names.iter().enumerate() {
            assert!(lines.add(name, (i % 7) as u16));
            assert!(!lines.add(name, 8));
        }
        assert!(names.iter().enumerate().all(|(i, name)| lines.find(name) == Some((i % 7) as u16)));
        assert_eq!([lines.find("line"), lines.find("line 100000"), lines.find("")], [None; 3]);
    }
}
