//! Words of a text as numbers, a hash of all of its letters, and its measure, in one pass.

use crate::hash;
use crate::letters;
use crate::measure::{FOLDED, Measure, Meter};

/// A word, or two characters in a row of a script without spaces, or of Korean, whose words carry their particles.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    /// Hash of the folded word.
    pub(crate) whole: u32,
    /// Hash of its first six letters, a crude stem.
    pub(crate) stem: u32,
    /// Whether it is long enough to be no particle or article.
    pub(crate) is_long: bool,
}

/// Letters that make a stem, and a word that is no particle.
const STEM: usize = 6;
const LONG: usize = 4;

/// Calls `each` with every word.
pub(crate) fn words(text: &str, each: impl FnMut(Word)) {
    scan(text, each);
}

/// Calls `each` with every word. Returns the text's measure, and a hash of its letters and digits without regard to case;
/// texts without any hash by what they are.
pub(crate) fn scan(text: &str, mut each: impl FnMut(Word)) -> (Measure, u64) {
    let bytes = text.as_bytes();
    let mut meter = Meter::default();
    let mut fold = Fold::default();
    let mut odd = Folded::default();
    let mut at = 0;
    // The character before of a script without spaces.
    let mut before = 0;
    while let Some(&b) = bytes.get(at) {
        let first = letters::run(&bytes[at..]);
        if first.len > 0 {
            let mut run = Run { letters: first.letters, len: first.len, upper: first.upper, rest: 0 };
            if first.len == 8 {
                run.read_on(bytes, at);
            }
            let end = at + run.len;
            let after = bytes.get(end).copied();
            if after.is_none_or(|b| ENDS_WORD[b as usize]) {
                let stem = hash(run.letters & letters::MASKS[STEM.min(run.len)], 0);
                each(Word { whole: hash(run.letters, run.rest), stem, is_long: run.len >= LONG });
                meter.letters(run.len as u32, run.upper, b.is_ascii_uppercase());
                if let Some(mark) = after {
                    meter.mark(mark);
                }
                fold.push(first.letters, first.len);
                if first.len == 8 {
                    fold.push_all(&bytes[at + 8..end]);
                }
                (at, before) = (end + 1, 0);
                continue;
            }
        } else if ENDS_WORD[b as usize] {
            meter.mark(b);
            (at, before) = (at + 1, 0);
            continue;
        }
        let from = at;
        (at, before) = odd_words(text, at, before, (&mut odd, &mut fold), &mut each);
        meter.feed(&bytes[from..at]);
    }
    (meter.finish(text), fold.finish(text))
}

/// ASCII letters in a row: the first eight, a hash of the others, and how many they and the capitals among them are.
struct Run {
    letters: u64,
    rest: u64,
    len: usize,
    upper: u32,
}

impl Run {
    /// Reads on behind the first eight letters of the run that starts at `start`.
    fn read_on(&mut self, bytes: &[u8], start: usize) {
        loop {
            let more = letters::run(&bytes[start + self.len..]);
            if more.len == 0 {
                return;
            }
            self.rest = mix(self.rest, more.letters);
            self.len += more.len;
            self.upper += more.upper;
            if more.len < 8 {
                return;
            }
        }
    }
}

/// Whether a byte is ASCII, and neither letter, digit nor apostrophe.
const ENDS_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 128u8 {
        table[b as usize] = !b.is_ascii_alphanumeric() && b != b'\'';
        b += 1;
    }
    table
};

/// Reads a word, or a few, with letters beyond ASCII, digits or apostrophes, and the character that ends them. Returns
/// where that is, and the last character if it belongs to a script without spaces.
fn odd_words(
    text: &str,
    from: usize,
    mut before: u32,
    (word, fold): (&mut Folded, &mut Fold),
    each: &mut impl FnMut(Word),
) -> (usize, u32) {
    let mut at = from;
    while let Some(&b) = text.as_bytes().get(at) {
        if let Some(&small) = FOLDED.get(b as usize) {
            at += 1;
            if small != 0 {
                before = 0;
                word.push_ascii(small);
                fold.push(u64::from(small), 1);
            } else if b != b'\'' {
                word.end(each);
                return (at, 0);
            }
            continue;
        }
        let ch = text[at..].chars().next().unwrap_or(' ');
        at += ch.len_utf8();
        if ch == '’' {
            continue;
        }
        if is_paired(ch) {
            word.end(each);
            let code = u32::from(ch);
            if before != 0 {
                let pair = hash(u64::from(before) << 32 | u64::from(code), 0);
                each(Word { whole: pair, stem: pair, is_long: true });
            }
            before = code;
            fold.push(u64::from(code), 4);
        } else if letters::is_alphanumeric(ch) {
            before = 0;
            let bytes = &mut [0; 4];
            let bytes = letters::to_small(ch).encode_utf8(bytes).as_bytes();
            word.push(bytes);
            fold.push(letters::load(bytes), bytes.len());
        } else {
            word.end(each);
            return (at, 0);
        }
    }
    word.end(each);
    (text.len(), before)
}

/// A hash of letters, eight bytes at a time.
#[derive(Default)]
struct Fold {
    hash: u64,
    letters: u64,
    /// Bytes in `letters`.
    len: usize,
    any: bool,
}

impl Fold {
    /// Adds up to eight bytes.
    fn push(&mut self, letters: u64, len: usize) {
        self.any = true;
        self.letters |= letters << (8 * self.len);
        self.len += len;
        if self.len >= 8 {
            self.hash = mix(self.hash, self.letters);
            self.len -= 8;
            self.letters = if self.len == 0 { 0 } else { letters >> (8 * (len - self.len)) };
        }
    }

    /// Adds any number of ASCII letters.
    fn push_all(&mut self, mut letters: &[u8]) {
        while !letters.is_empty() {
            let run = letters::run(letters);
            self.push(run.letters, run.len);
            letters = &letters[run.len..];
        }
    }

    fn finish(self, text: &str) -> u64 {
        if self.any { mix(mix(self.hash, self.letters), self.len as u64) } else { hash::of(text.as_bytes()) }
    }
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes eight letters into a hash.
fn mix(hash: u64, letters: u64) -> u64 {
    let product = (hash ^ letters).wrapping_mul(FACTOR);
    product ^ product.rotate_left(29)
}

fn hash(first: u64, rest: u64) -> u32 {
    ((first ^ rest).wrapping_mul(FACTOR) >> 32) as u32
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
    fn push(&mut self, ch: &[u8]) {
        self.bytes.extend_from_slice(ch);
        self.chars += 1;
        if self.chars <= STEM {
            self.stem = self.bytes.len();
        }
    }

    fn push_ascii(&mut self, letter: u8) {
        self.bytes.push(letter);
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
            self.bytes.clear();
            (self.chars, self.stem) = (0, 0);
        }
    }
}

/// Hashes a folded word as one of plain letters is.
fn hash_of(word: &[u8]) -> u32 {
    let mut chunks = word.chunks(8).map(letters::load);
    let first = chunks.next().unwrap_or(0);
    hash(first, chunks.fold(0, mix))
}

/// Han, kana, Hangul, Thai, Lao.
fn is_paired(ch: char) -> bool {
    matches!(ch, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
        && letters::is_alphanumeric(ch)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn folding_ignores_case_space_and_quotes() {
        let hash = |text: &str| scan(text, |_| {}).1;
        assert_eq!(hash("'To  the People,' he said"), hash("\"To the people,\" He said"));
        assert_eq!(hash("Internationalisation der BRÜCKE 2"), hash("inter nationalisation der Brücke2"));
        assert_ne!(hash("a"), hash("b"));
        assert_ne!(hash("*"), hash("•"));
    }
}
