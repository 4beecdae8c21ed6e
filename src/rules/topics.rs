//! Words of a block as numbers, and the topics they speak of.

use crate::hash::FastMap;
use crate::letters;
use once_cell::sync::Lazy;

/// A word, or two characters in a row of a script without spaces, or of Korean, whose words carry their particles.
#[derive(Clone, Copy)]
pub(super) struct Word {
    /// Hash of the folded word.
    pub(super) whole: u32,
    /// Hash of its first six letters, a crude stem.
    pub(super) stem: u32,
    /// Whether it is long enough to be no particle or article.
    pub(super) is_long: bool,
}

/// Letters that make a stem, and a word that is no particle.
const STEM: usize = 6;
const LONG: usize = 4;

/// Calls `each` with every word.
pub(super) fn words(text: &str, mut each: impl FnMut(Word)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // The character before of a script without spaces.
    let mut before = 0;
    let mut folded = Folded::default();
    while let Some(&b) = bytes.get(at) {
        if b.is_ascii_alphabetic() {
            let (word, end) = plain_word(bytes, at);
            if bytes.get(end).is_none_or(|&b| b.is_ascii() && b != b'\'' && !b.is_ascii_digit()) {
                each(word);
                (at, before) = (end + 1, 0);
                continue;
            }
        } else if b.is_ascii() && b != b'\'' && !b.is_ascii_digit() {
            (at, before) = (at + 1, 0);
            continue;
        }
        // A word, or a few, with letters beyond ASCII, digits or apostrophes.
        folded.clear();
        for ch in text[at..].chars() {
            let is_apostrophe = matches!(ch, '\'' | '’');
            if is_apostrophe {
                at += ch.len_utf8();
                continue;
            }
            if !ch.is_ascii() && is_paired(ch) {
                folded.end(&mut each);
                let code = u32::from(ch);
                if before != 0 {
                    let pair = hash(u64::from(before) << 32 | u64::from(code), 0);
                    each(Word { whole: pair, stem: pair, is_long: true });
                }
                before = code;
            } else if ch.is_alphanumeric() {
                before = 0;
                folded.push(ch);
            } else {
                break;
            }
            at += ch.len_utf8();
        }
        folded.end(&mut each);
        // What ended the word is looked at again, as it may be of any kind.
        if let Some(ch) = text[at..].chars().next() {
            at += ch.len_utf8();
            before = 0;
        }
    }
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes eight letters into a hash.
fn mix(hash: u64, letters: u64) -> u64 {
    (hash ^ letters).wrapping_mul(FACTOR).rotate_left(29)
}

fn hash(first: u64, rest: u64) -> u32 {
    ((first ^ rest).wrapping_mul(FACTOR) >> 32) as u32
}

/// Returns the word of ASCII letters that starts here, and where it ends.
fn plain_word(bytes: &[u8], start: usize) -> (Word, usize) {
    let (first, len) = letters::run(&bytes[start..]);
    let stem = hash(first & letters::MASKS[STEM.min(len)], 0);
    let (mut rest, mut end) = (0, start + len);
    if len == 8 {
        loop {
            let (more, len) = letters::run(&bytes[end..]);
            if len == 0 {
                break;
            }
            rest = mix(rest, more);
            end += len;
            if len < 8 {
                break;
            }
        }
    }
    let is_long = end - start >= LONG;
    (Word { whole: hash(first, rest), stem, is_long }, end)
}

/// The bytes of a folded word.
#[derive(Default)]
struct Folded {
    bytes: Vec<u8>,
    chars: usize,
    /// Bytes of the first six characters.
    stem: usize,
}

impl Folded {
    fn clear(&mut self) {
        self.bytes.clear();
        (self.chars, self.stem) = (0, 0);
    }

    fn push(&mut self, ch: char) {
        let ch = if ch.is_ascii() { ch.to_ascii_lowercase() } else { ch.to_lowercase().next().unwrap_or(ch) };
        self.bytes.extend_from_slice(ch.encode_utf8(&mut [0; 4]).as_bytes());
        self.chars += 1;
        if self.chars <= STEM {
            self.stem = self.bytes.len();
        }
    }

    /// Ends the word, if one has begun.
    fn end(&mut self, each: &mut impl FnMut(Word)) {
        if self.chars > 0 {
            let (whole, stem) = (hash_of(&self.bytes), hash_of(&self.bytes[..self.stem]));
            each(Word { whole, stem, is_long: self.chars >= LONG });
            self.clear();
        }
    }
}

/// Hashes a folded word as [`plain_word`] does.
fn hash_of(word: &[u8]) -> u32 {
    let mut chunks = word.chunks(8).map(letters::load);
    let first = chunks.next().unwrap_or(0);
    hash(first, chunks.fold(0, mix))
}

/// Han, kana, Hangul, Thai, Lao.
fn is_paired(ch: char) -> bool {
    matches!(ch, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
        && ch.is_alphanumeric()
}

/// Names of the topics, in the order of their bits.
pub(super) static TOPICS: Lazy<Vec<&'static str>> = Lazy::new(|| lists().map(|(name, _)| name).collect());

/// Number of topics.
pub(super) const TOPIC_COUNT: usize = 25;

fn lists() -> impl Iterator<Item = (&'static str, &'static str)> {
    let table = include_str!("data/topics.tsv");
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Stems, each with the bits of its topics.
struct Stems {
    /// By the lowest bits of the stem: whether there is one, which most words learn at once.
    known: Vec<u64>,
    topics: FastMap<u32, u32>,
}

const KNOWN: usize = 512;

fn place(stem: u32) -> (usize, u64) {
    (stem as usize / 64 % KNOWN, 1 << (stem % 64))
}

static STEMS: Lazy<Stems> = Lazy::new(|| {
    let mut stems = Stems { known: vec![0; KNOWN], topics: FastMap::default() };
    for (topic, (_, list)) in lists().enumerate() {
        for entry in list.split(' ') {
            words(entry, |word| {
                let (at, bit) = place(word.stem);
                stems.known[at] |= bit;
                *stems.topics.entry(word.stem).or_default() |= 1 << topic;
            });
        }
    }
    stems
});

/// Returns the bits of the topics that a word belongs to.
pub(super) fn topics(word: Word) -> u32 {
    let stems = &*STEMS;
    let (at, bit) = place(word.stem);
    if stems.known[at] & bit == 0 {
        return 0;
    }
    stems.topics.get(&word.stem).copied().unwrap_or(0)
}

/// Bit of the topic “author”.
pub(super) static AUTHOR: Lazy<u32> =
    Lazy::new(|| 1 << TOPICS.iter().position(|&name| name == "author").expect("the table has it"));

/// Returns the bits of the topics that a text speaks of.
pub(super) fn spoken(text: &str) -> u32 {
    let mut bits = 0;
    words(text, |word| bits |= topics(word));
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&'static str> {
        let bits = spoken(text);
        (0..TOPIC_COUNT).filter(|bit| bits >> bit & 1 == 1).map(|bit| TOPICS[bit]).collect()
    }

    #[test]
    fn there_are_as_many_topics_as_bits() {
        assert_eq!(TOPICS.len(), TOPIC_COUNT);
    }

    #[test]
    fn topics_are_known_in_many_languages() {
        for (text, topic) in [
            ("Sign up for our Newsletter", "newsletter"),
            ("Jetzt unseren NEWSLETTER bestellen", "newsletter"),
            ("매일 아침 뉴스레터", "newsletter"),
            ("Подпишитесь", "subscribe"),
            ("无断转载禁止、版权所有", "copyright"),
            ("무단전재 및 재배포 금지", "copyright"),
            ("写真は市提供", "photo"),
            ("حقوق محفوظة", "copyright"),
        ] {
            assert!(of(text).contains(&topic), "{text}: {:?}", of(text));
        }
        assert!(of("The bridge burned in 1911.").is_empty());
    }

    #[test]
    fn words_fold_case_and_pair_characters() {
        let hashes = |text: &str| {
            let mut out = Vec::new();
            words(text, |word| out.push(word.whole));
            out
        };
        assert_eq!(hashes("Die BRÜCKE"), hashes("die brücke"));
        assert_eq!(hashes("don’t"), hashes("dont"));
        assert_eq!(hashes("大桥通").len(), 2);
        assert_eq!(hashes("大桥 通车").len(), 2);
    }
}
