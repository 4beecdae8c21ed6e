//! Phrases that lines start or end with, and the first and last bytes by which most lines are turned away.

use crate::hash::{FACTOR, GOLDEN};
use crate::letters::{self, MASKS};
use std::cmp::Ordering;

/// Words from which no sentence of an article starts like a phrase by chance. Set by hand.
const LONG_PHRASE: usize = 6;

/// Phrases that a line starts with or ends with, each with its rule, in order. Behind a line's place in that order no phrase
/// that it starts with can stand, so a few steps of bisection find the longest; building an automaton of them would take
/// longer than a hundred pages do.
pub(super) struct Edge {
    phrases: Vec<(&'static str, u16)>,
    /// Whether lines end with them: they are in the order of their bytes read backwards.
    is_end: bool,
    pub(super) starts: Starts,
    /// By the byte that they start or end with: where those of it begin.
    places: Vec<u32>,
}

/// Bits by a hash, two of one word for each: whether an edge may be that of a phrase.
pub(super) struct Known(Vec<u64>);

impl Default for Known {
    fn default() -> Self {
        Self(vec![0; KNOWN])
    }
}

impl Known {
    pub(super) fn add(&mut self, edge: u64) {
        let (at, bits) = Self::place(edge);
        self.0[at] |= bits;
    }

    pub(super) fn has(&self, edge: u64) -> bool {
        let (at, bits) = Self::place(edge);
        self.0[at] & bits == bits
    }

    /// Returns which word has the bits of an edge, and these.
    fn place(edge: u64) -> (usize, u64) {
        let hash = edge.wrapping_mul(GOLDEN);
        ((hash >> 40) as usize % KNOWN, 1 << (hash >> 58) | 1 << (hash >> 34 & 63))
    }
}

/// The first bytes of phrases that lines start with, or the last ones, backwards, of phrases that lines end with; by them
/// most lines are turned away.
pub(super) struct Starts {
    known: Known,
    /// By the first two bytes: which lengths phrases have that start so, in bytes, a bit each; all longer ones are one length.
    lengths: Vec<u8>,
}

impl Starts {
    pub(super) fn of(phrases: impl Iterator<Item = u64>) -> Self {
        let (mut known, mut lengths) = (Known::default(), vec![0; LENGTHS]);
        for phrase in phrases {
            known.add(phrase);
            let bit = 1 << (EDGE - 1 - phrase.leading_zeros() as usize / 8);
            let is_byte = phrase <= 0xff;
            let alike = if is_byte { &mut lengths[..] } else { &mut lengths[Self::place(phrase)..][..1] };
            alike.iter_mut().for_each(|lengths| *lengths |= bit);
        }
        Self { known, lengths }
    }

    fn place(edge: u64) -> usize {
        ((edge & MASKS[2]).wrapping_mul(GOLDEN) >> 40) as usize % LENGTHS
    }

    /// Returns whether one of the phrases may stand at the start of a line that begins with these bytes.
    pub(super) fn may_start(&self, line: u64) -> bool {
        let mut lengths = self.lengths[Self::place(line)];
        while lengths != 0 {
            if self.known.has(line & MASKS[lengths.trailing_zeros() as usize + 1]) {
                return true;
            }
            lengths &= lengths - 1;
        }
        false
    }
}

/// Bytes at the start and at the end of a phrase by which lines are turned away: those at the start of a phrase that lines
/// start with, and so on; of one that is a whole line, as many at its start and fewer at its end.
pub(super) const EDGE: usize = 8;
const END: usize = 4;

/// Words of bits: sixteen bits for each of the built-in phrases that are lines, of which there are most.
const KNOWN: usize = 1 << 13;
const LENGTHS: usize = 1 << 12;

/// Returns a number for the start and the end of a line.
pub(super) fn joined(start: u64, end: u64) -> u64 {
    start ^ (end & MASKS[END]).wrapping_mul(FACTOR)
}

/// Returns the first bytes of a phrase or of the form of a line, or the last ones backwards.
#[inline]
pub(super) fn edge(form: &[u8], is_end: bool) -> u64 {
    if !is_end {
        return letters::load(&form[..form.len().min(EDGE)]);
    }
    let end = letters::load(&form[form.len().saturating_sub(EDGE)..]);
    let empty = 8 * EDGE.saturating_sub(form.len()) as u32;
    end.swap_bytes().checked_shr(empty).unwrap_or(0)
}

impl Edge {
    pub(super) fn new(phrases: &[(&'static str, u16)], is_end: bool) -> Edge {
        // The first bytes and the number of a phrase are sorted as one number; few have as many bytes in common. Zeros stand
        // behind the end of a short one, and no phrase has any.
        let first = |text: &str| u128::from(edge(text.as_bytes(), is_end).swap_bytes()) << 64;
        let mut keyed: Vec<u128> = phrases.iter().zip(0..).map(|((text, _), number)| first(text) | number).collect();
        keyed.sort_unstable();
        let mut sorted: Vec<_> = keyed.iter().map(|&key| phrases[key as u64 as usize]).collect();
        let mut at = 0;
        for alike in keyed.chunk_by(|a, b| a >> 64 == b >> 64) {
            sorted[at..at + alike.len()].sort_by(|a, b| compare(a.0, b.0, is_end));
            at += alike.len();
        }
        // Of equals the one of the first rule.
        sorted.dedup_by(|later, first| later.0 == first.0);
        let phrases = sorted;
        let starts = Starts::of(phrases.iter().map(|(text, _)| edge(text.as_bytes(), is_end)));
        let before =
            |edge: usize| phrases.partition_point(|(text, _)| usize::from(edge_of(text.as_bytes(), is_end)) < edge);
        let places = (0..=256).map(|edge| before(edge) as u32).collect();
        Edge { phrases, is_end, starts, places }
    }

    /// Returns the rule of the longest phrase that the line starts or ends with and behind which a word ends, and whether the
    /// phrase is long.
    pub(super) fn find(&self, line: &str) -> Option<(u16, bool)> {
        if !self.starts.may_start(edge(line.as_bytes(), self.is_end)) {
            return None;
        }
        let mut part = line.as_bytes();
        loop {
            let edge = usize::from(edge_of(part, self.is_end));
            let near = &self.phrases[self.places[edge] as usize..self.places[edge + 1] as usize];
            let at = near.partition_point(|(text, _)| compare_bytes(text.as_bytes(), part, self.is_end).is_le());
            let (phrase, rule) = near[at.checked_sub(1)?];
            let shared = if self.is_end {
                phrase.bytes().rev().zip(part.iter().rev()).take_while(|(a, b)| a == *b).count()
            } else {
                phrase.bytes().zip(part).take_while(|(a, b)| a == *b).count()
            };
            let is_whole = shared == phrase.len();
            if is_whole && !self.is_within_word(line, phrase) {
                return Some((rule, is_long(phrase)));
            }
            let left = shared - usize::from(is_whole);
            part = if self.is_end { &part[part.len() - left..] } else { &part[..left] };
        }
    }

    /// Returns whether a phrase that the line starts or ends with ends within a word.
    fn is_within_word(&self, line: &str, phrase: &str) -> bool {
        let (inner, outer) = if self.is_end {
            (phrase.chars().next(), line[..line.len() - phrase.len()].chars().next_back())
        } else {
            (phrase.chars().next_back(), line[phrase.len()..].chars().next())
        };
        splits_word(outer, inner)
    }
}

/// Returns the first byte, or the last.
fn edge_of(text: &[u8], is_end: bool) -> u8 {
    let edge = if is_end { text.last() } else { text.first() };
    edge.copied().unwrap_or(0)
}

fn compare(a: &str, b: &str, is_end: bool) -> Ordering {
    compare_bytes(a.as_bytes(), b.as_bytes(), is_end)
}

fn compare_bytes(a: &[u8], b: &[u8], is_end: bool) -> Ordering {
    if is_end { a.iter().rev().cmp(b.iter().rev()) } else { a.cmp(b) }
}

pub(super) fn is_long(phrase: &str) -> bool {
    phrase.bytes().filter(|&b| b == b' ').count() + 1 >= LONG_PHRASE
}

/// Returns whether the end of a phrase, with these characters outside and inside, stands within a word.
pub(super) fn splits_word(outer: Option<char>, inner: Option<char>) -> bool {
    outer.is_some_and(is_spaced) && inner.is_some_and(is_spaced)
}

/// Returns whether the character belongs to a script whose words are parted by spaces.
fn is_spaced(ch: char) -> bool {
    ch.is_alphanumeric()
        && !matches!(ch, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_with_a_phrase_has_it() {
        let edge = Edge::new(&[("read more", 3), ("read", 4), ("read more", 5)], false);
        assert_eq!(edge.find("read more here"), Some((3, false)));
        assert_eq!(edge.find("read it"), Some((4, false)));
    }

    #[test]
    fn edges_respect_words() {
        let edge = Edge::new(&[("share on", 3), ("share on x", 2), ("분享到", 4), ("分享到", 5)], false);
        assert_eq!(edge.find("share on x"), Some((2, false)));
        assert_eq!(edge.find("share one thing"), None);
        assert_eq!(edge.find("share on xing"), Some((3, false)), "the longer ends within a word");
        assert_eq!(edge.find("分享到微信"), Some((5, false)));
        let edge = Edge::new(&[("read more", 1), ("more", 2), ("e", 3)], true);
        assert_eq!(edge.find("to read more"), Some((1, false)));
        assert_eq!(edge.find("xread more"), Some((2, false)));
        assert_eq!(edge.find("readmore"), None);
        assert_eq!(edge.find("want more"), Some((2, false)));
        assert_eq!(edge.find("the"), None);
    }
}
