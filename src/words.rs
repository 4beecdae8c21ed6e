//! Words of a text as numbers, a hash of all of its letters, and its measure, in one pass.

use crate::hash;
use crate::letters;
use crate::measure::{Class, FOLDED, Measure, Meter, classify};
use once_cell::sync::Lazy;

/// A word, or two characters in a row of a script without spaces, or of Korean, whose words carry their particles.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    /// Hash of the folded word.
    pub(crate) whole: u32,
    /// The other two, in one: a page has a word for every six bytes.
    stem_and_length: u32,
}

impl Word {
    fn new(whole: u32, stem: u32, is_long: bool) -> Self {
        Self { whole, stem_and_length: stem << 1 | u32::from(is_long) }
    }

    /// Returns a hash of the word's first six letters, a crude stem.
    pub(crate) fn stem(self) -> u32 {
        self.stem_and_length >> 1
    }

    /// Returns whether it is long enough to be no particle or article.
    pub(crate) fn is_long(self) -> bool {
        self.stem_and_length & 1 == 1
    }
}

/// Letters that make a stem, and a word that is no particle.
const STEM: usize = 6;
const LONG: usize = 4;

/// Calls `each` with every word.
pub(crate) fn words(text: &str, each: impl FnMut(Word)) {
    scan(text, each);
}

/// Does what [`Scanner::scan`] does for one text.
pub(crate) fn scan(text: &str, each: impl FnMut(Word)) -> (Measure, u64) {
    Scanner::default().scan(text, each)
}

/// Reads text after text.
#[derive(Default)]
pub(crate) struct Scanner {
    fold: Fold,
    /// A word with letters beyond ASCII, digits or apostrophes.
    odd: Folded,
}

impl Scanner {
    /// Calls `each` with every word. Returns the text's measure, and a hash of its letters and digits without regard to case;
    /// texts without any hash by what they are.
    pub(crate) fn scan(&mut self, text: &str, mut each: impl FnMut(Word)) -> (Measure, u64) {
        let bytes = text.as_bytes();
        let mut meter = Meter::default();
        let mut at = 0;
        while at < bytes.len() {
            let first = letters::run(&bytes[at..]);
            self.fold.push(first.letters, first.len);
            let more = if first.len == 8 { self.read_on(&bytes[at + 8..]) } else { More::default() };
            let len = first.len + more.len as usize;
            let end = at + len;
            // What stands behind the text is as good as a space.
            let after = bytes.get(end).copied().unwrap_or(b' ');
            let is_plain = ENDS_WORD[after as usize];
            if len > 0 {
                meter.letters(len as u32, first.upper + more.upper, first.starts_upper);
                if is_plain {
                    let stem = hash(first.letters & letters::MASKS[STEM], 0);
                    each(Word::new(hash(first.letters, more.rest), stem, len >= LONG));
                } else {
                    self.odd.start(&bytes[at..end]);
                }
            }
            if is_plain {
                at = end + 1;
                if after != b' ' {
                    meter.mark(after);
                    // Behind most marks stands one.
                    if bytes.get(at) != Some(&b' ') {
                        continue;
                    }
                    at += 1;
                }
                meter.space();
            } else {
                at = self.read_odd(text, end, &mut meter, &mut each);
            }
        }
        (meter.finish(text), self.fold.finish(text))
    }

    /// Reads on behind the first eight letters of a word.
    #[inline(never)] // The loop over short words is the faster for it.
    fn read_on(&mut self, bytes: &[u8]) -> More {
        let mut all = More::default();
        loop {
            let more = letters::run(&bytes[all.len as usize..]);
            if more.len == 0 {
                return all;
            }
            self.fold.push(more.letters, more.len);
            all.rest = mix(all.rest, more.letters);
            all.len += more.len as u32;
            all.upper += more.upper;
            if more.len < 8 {
                return all;
            }
        }
    }

    /// Reads on in a word, which may have begun, or reads a few, and the character that ends them. Returns where that is.
    #[inline(never)] // As above.
    fn read_odd(&mut self, text: &str, from: usize, meter: &mut Meter, each: &mut impl FnMut(Word)) -> usize {
        let bytes = text.as_bytes();
        let mut at = from;
        // The character before, if it belongs to a script without spaces.
        let mut before = 0;
        while let Some(&b) = bytes.get(at) {
            if let Some(&small) = FOLDED.get(b as usize) {
                at += 1;
                if small != 0 {
                    before = 0;
                    meter.letter_or_digit(b);
                    self.odd.push(&[small]);
                    self.fold.push(u64::from(small), 1);
                    continue;
                }
                meter.mark(b);
                if b == b'\'' {
                    continue;
                }
                self.odd.end(each);
                return at;
            }
            if let (0xc2..=0xdf, Some(&next)) = (b, bytes.get(at + 1)) {
                let two = Two::of(b, next);
                at += 2;
                meter.wide(two.class);
                before = 0;
                if two.len == 0 {
                    self.odd.end(each);
                    return at;
                }
                let len = usize::from(two.len);
                self.odd.push(&two.small[..len]);
                self.fold.push(u64::from(u32::from_le_bytes(two.small)), len);
                continue;
            }
            let ch = text[at..].chars().next().unwrap_or(' ');
            let end = at + ch.len_utf8();
            meter.wide(classify(&bytes[at..end]));
            at = end;
            if ch == '’' {
                continue;
            }
            let last = std::mem::take(&mut before);
            if is_paired(ch) {
                self.odd.end(each);
                let code = u32::from(ch);
                if last != 0 {
                    let pair = pair(last, code);
                    each(Word::new(pair, pair, true));
                }
                before = code;
                self.fold.push(u64::from(code), 4);
            } else if letters::is_alphanumeric(ch) {
                let bytes = &mut [0; 4];
                let bytes = letters::to_small(ch).encode_utf8(bytes).as_bytes();
                self.odd.push(bytes);
                self.fold.push(letters::load(bytes), bytes.len());
            } else {
                self.odd.end(each);
                return at;
            }
        }
        self.odd.end(each);
        at
    }
}

/// What stands behind the first eight ASCII letters in a row: a hash of the letters, how many they and the capitals are.
#[derive(Default)]
struct More {
    rest: u64,
    len: u32,
    upper: u32,
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

/// A character that takes two bytes, as in Latin, Greek, Cyrillic, Hebrew and Arabic.
#[derive(Clone, Copy)]
struct Two {
    class: Class,
    /// Its small form, and how many bytes that has; none if it is no letter or digit.
    small: [u8; 4],
    len: u8,
}

impl Two {
    #[inline]
    fn of(first: u8, second: u8) -> &'static Two {
        &TWO[usize::from(first) % 32 * 64 + usize::from(second) % 64]
    }
}

/// By the lower bits of the two bytes.
static TWO: Lazy<Vec<Two>> = Lazy::new(|| {
    let of = |code: u32| {
        let ch = char::from_u32(code).unwrap_or(' ');
        let class = classify(ch.encode_utf8(&mut [0; 4]).as_bytes());
        let mut small = [0; 4];
        let len = if letters::is_alphanumeric(ch) { letters::to_small(ch).encode_utf8(&mut small).len() } else { 0 };
        Two { class, small, len: len as u8 }
    };
    (0..0x800).map(of).collect()
});

/// Letters that wait to be hashed.
const ROOM: usize = 128;

/// A hash of letters, eight bytes at a time.
struct Fold {
    hash: u64,
    letters: [u8; ROOM],
    len: usize,
}

impl Default for Fold {
    fn default() -> Self {
        Fold { hash: 0, letters: [0; ROOM], len: 0 }
    }
}

impl Fold {
    /// Adds the first `len` of eight bytes.
    #[inline]
    fn push(&mut self, letters: u64, len: usize) {
        if self.len > ROOM - 8 {
            self.hash_full();
        }
        self.letters[self.len..self.len + 8].copy_from_slice(&letters.to_le_bytes());
        self.len += len;
    }

    /// Hashes what fills eight bytes.
    fn hash_full(&mut self) {
        let (full, rest) = self.letters.as_chunks().0.split_at(self.len / 8);
        self.hash = full.iter().fold(self.hash, |hash, letters| mix(hash, u64::from_le_bytes(*letters)));
        self.len %= 8;
        let rest = rest.first().map_or(0, |rest| u64::from_le_bytes(*rest) & letters::MASKS[self.len]);
        self.letters[..8].copy_from_slice(&rest.to_le_bytes());
    }

    /// Returns the hash of the text's letters, and begins anew.
    fn finish(&mut self, text: &str) -> u64 {
        let is_empty = self.len == 0 && self.hash == 0;
        self.hash_full();
        let (hash, len) = (std::mem::take(&mut self.hash), std::mem::take(&mut self.len));
        if is_empty { hash::of(text.as_bytes()) } else { mix(mix(hash, letters::load(&self.letters)), len as u64) }
    }
}

/// Mixes eight letters into a hash.
fn mix(hash: u64, letters: u64) -> u64 {
    let product = (hash ^ letters).wrapping_mul(hash::GOLDEN);
    product ^ product.rotate_left(29)
}

fn hash(first: u64, rest: u64) -> u32 {
    ((first ^ rest).wrapping_mul(hash::GOLDEN) >> 32) as u32
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

    /// Begins with ASCII letters.
    fn start(&mut self, letters: &[u8]) {
        self.bytes.extend(letters.iter().map(u8::to_ascii_lowercase));
        (self.chars, self.stem) = (letters.len(), letters.len().min(STEM));
    }

    /// Ends the word, if one has begun.
    fn end(&mut self, each: &mut impl FnMut(Word)) {
        if self.chars > 0 {
            let (whole, stem) = (hash_of(&self.bytes), hash_of(&self.bytes[..self.stem]));
            each(Word::new(whole, stem, self.chars >= LONG));
            self.bytes.clear();
            (self.chars, self.stem) = (0, 0);
        }
    }
}

/// Hashes two characters in a row.
fn pair(first: u32, second: u32) -> u32 {
    hash(u64::from(first) << 32 | u64::from(second), 0)
}

/// Hashes a folded word as one of plain letters is.
fn hash_of(word: &[u8]) -> u32 {
    let mut chunks = word.chunks(8).map(letters::load);
    let first = chunks.next().unwrap_or(0);
    hash(first, chunks.fold(0, mix))
}

/// Returns the hashes of the first and last word of what is one word in small letters of one or two bytes, or all Han, kana
/// or Hangul, as most words of most lists are.
pub(crate) fn ends_of_plain(word: &str) -> Option<(u32, u32)> {
    let bytes = word.as_bytes();
    let mut at = letters::small(bytes);
    if at == 0 && bytes.first().is_some_and(|&b| b >= 0xe3) {
        let (mut chars, mut back) = (word.chars().map(u32::from), word.chars().rev().map(u32::from));
        let first = pair(chars.next()?, chars.next()?);
        let last = back.next()?;
        return word.chars().all(is_paired).then_some((first, pair(back.next()?, last)));
    }
    while let Some(&b) = bytes.get(at) {
        at += match (b, bytes.get(at + 1)) {
            (b'a'..=b'z', _) => 1,
            (0xc2..=0xdf, Some(&next)) => {
                let two = Two::of(b, next);
                (two.len == 2 && two.small[..2] == [b, next]).then_some(2)?
            }
            _ => return None,
        };
    }
    (at > 0).then(|| hash_of(bytes)).map(|whole| (whole, whole))
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
    fn plain_words_have_the_same_hash() {
        for word in [
            "a",
            "redaktion",
            "newsletters",
            "rücke",
            "mächtig",
            "подкаст",
            "κείμενο",
            "لقراءة",
            "öäüßé",
            "本文",
            "本文摘自",
            "チャンネル",
            "기사에서",
        ] {
            let mut scanned = Vec::new();
            words(word, |word| scanned.push(word.whole));
            let ends = scanned.first().copied().zip(scanned.last().copied());
            assert_eq!(ends_of_plain(word), ends, "{word}");
        }
        assert!(
            ["", "Brücke", "don't", "0", "a-b", "桥", "a b", "本、文", "本a"]
                .iter()
                .all(|word| ends_of_plain(word).is_none())
        );
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
