//! What the small words of a text say of its language.

use super::MOST_WORDS;
use crate::hash::GOLDEN;
use crate::letters;
use once_cell::sync::Lazy;

/// Small words that are frequent in one language and rare in the others of the list.
const SMALL_WORDS: &[(&str, &[&str])] = &[
    ("en", &["the", "and", "of", "that", "with", "was", "for", "his"]),
    ("de", &["der", "und", "nicht", "das", "ist", "mit", "auf", "ein"]),
    ("fr", &["les", "des", "est", "dans", "une", "pour", "qui", "sur"]),
    ("es", &["los", "las", "una", "por", "con", "del", "para", "como"]),
    ("pt", &["não", "uma", "com", "dos", "os", "mais", "foi", "ao"]),
    ("it", &["che", "della", "una", "sono", "nel", "gli", "più", "alla"]),
    ("nl", &["het", "een", "van", "niet", "zijn", "aan", "voor", "ook"]),
    ("pl", &["nie", "się", "jest", "na", "że", "przez", "od", "jak"]),
    ("tr", &["bir", "ve", "bu", "için", "ile", "olarak", "daha", "çok"]),
    ("id", &["yang", "dan", "dengan", "untuk", "dari", "ini", "pada", "tidak"]),
    ("sv", &["och", "att", "det", "som", "är", "inte", "till", "för"]),
    ("da", &["og", "det", "ikke", "til", "af", "er", "på", "blev"]),
];

/// A language's small words must be at least this share of all, which is half of what running text has.
const FEWEST: f32 = 0.04;

/// Words that are enough to say that a text is not what it is stated to be.
pub(super) const ENOUGH: u32 = 60;

/// Words after which the best by far is the language, unless another is stated. Set by hand.
const SURE: u32 = 200;

/// Bytes of the longest small word.
const LONGEST_SMALL_WORD: usize = 8;

/// An open-addressed table of the small words, by their bytes, and the languages that have each, as bits.
static LANGUAGES_OF: Lazy<[(u64, u32); SLOTS]> = Lazy::new(|| {
    let mut table = [(0, 0); SLOTS];
    for (i, (_, words)) in SMALL_WORDS.iter().enumerate() {
        for word in *words {
            let word = pack(word.as_bytes());
            let slot = slot(&table, word);
            table[slot] = (word, table[slot].1 | 1 << i);
        }
    }
    table
});

/// Several times as many slots as there are small words.
const SLOTS: usize = 512;

/// Returns the slot of a word, or the empty one where it may go.
fn slot(table: &[(u64, u32); SLOTS], word: u64) -> usize {
    let mut at = (word.wrapping_mul(GOLDEN) >> 48) as usize % SLOTS;
    while table[at].0 != 0 && table[at].0 != word {
        at = (at + 1) % SLOTS;
    }
    at
}

/// Returns up to eight bytes as a number, and 0 for longer words, which no small word is.
fn pack(word: &[u8]) -> u64 {
    if word.len() > LONGEST_SMALL_WORD { 0 } else { letters::load(word) }
}

/// Does the same for the small letters of a short word.
fn pack_small(word: &str) -> u64 {
    // The small form of a letter is one, but for `İ`, and takes no more than a byte more.
    let mut small = [0; 2 * LONGEST_SMALL_WORD];
    let mut len = 0;
    for ch in word.chars() {
        if ch == 'İ' {
            return pack(word.to_lowercase().as_bytes());
        }
        len += letters::to_small(ch).encode_utf8(&mut small[len..]).len();
    }
    pack(&small[..len])
}

/// How often the small words of each language occur.
pub(super) struct Counts {
    hits: [u32; SMALL_WORDS.len()],
    pub(super) words: u32,
}

impl Counts {
    /// Counts until it is certain that the text does not refute `stated`.
    pub(super) fn of(text: &str, stated: Option<&str>) -> Counts {
        let mut counts = Counts { hits: [0; SMALL_WORDS.len()], words: 0 };
        let own = stated.map(|stated| SMALL_WORDS.iter().position(|&(of, _)| of == stated));
        if own == Some(None) {
            return counts;
        }
        let own = own.flatten();
        let languages_of = &*LANGUAGES_OF;
        let mut at = 0;
        while (counts.words as usize) < MOST_WORDS
            && let Some((word, end)) = next_word(text, at)
        {
            at = end;
            counts.words += 1;
            let languages = languages_of[slot(languages_of, word)].1;
            if languages == 0 {
                continue;
            }
            let mut rest = languages;
            while rest != 0 {
                counts.hits[rest.trailing_zeros() as usize] += 1;
                rest &= rest - 1;
            }
            let own = own.map(|own| counts.hits[own]);
            let most = counts.hits.iter().copied().max().unwrap_or(0);
            // What so many words are written in, the rest is too; or it is a quotation.
            if counts.words >= SURE && own.is_none_or(|own| own == most) && counts.best().is_some() {
                break;
            }
            let left = || (MOST_WORDS - counts.words as usize).min((text.len() - at) / 2 + 1) as u32;
            if own.is_some_and(|own| own * 4 >= most + left()) {
                break;
            }
        }
        counts
    }

    /// Returns the language whose small words are frequent, and half as frequent again as those of any other.
    pub(super) fn best(&self) -> Option<&'static str> {
        let hits = &self.hits;
        let best = (0..hits.len()).max_by_key(|&i| hits[i])?;
        let second = (0..hits.len()).filter(|&i| i != best).map(|i| hits[i]).max()?;
        let is_clear =
            hits[best] as f32 >= FEWEST * self.words as f32 && hits[best] >= 3 && hits[best] * 2 >= second * 3;
        is_clear.then_some(SMALL_WORDS[best].0)
    }

    /// Returns whether a text of that language would have more of its small words, against those of the best.
    pub(super) fn refutes(&self, language: &str) -> bool {
        let Some(own) = SMALL_WORDS.iter().position(|&(of, _)| of == language) else { return false };
        let most = self.hits.iter().copied().max().unwrap_or(0);
        self.words >= ENOUGH && self.hits[own] * 4 < most
    }
}

/// Returns the next word from an offset on, in small letters and as [`pack`] gives it, and where it ends.
fn next_word(text: &str, mut at: usize) -> Option<(u64, usize)> {
    let bytes = text.as_bytes();
    while !bytes.get(at)?.is_ascii_alphabetic() {
        if bytes[at].is_ascii() {
            at += 1;
            continue;
        }
        let ch = text[at..].chars().next()?;
        if letters::is_alphabetic(ch) {
            break;
        }
        at += ch.len_utf8();
    }
    let start = at;
    let letters::Letters { letters: packed, mut len, .. } = letters::run(&bytes[at..]);
    at += len;
    while len == LONGEST_SMALL_WORD {
        len = letters::run(&bytes[at..]).len;
        at += len;
    }
    if bytes.get(at).is_none_or(u8::is_ascii) {
        return Some((if at - start > LONGEST_SMALL_WORD { 0 } else { packed }, at));
    }
    let rest = &text[start..];
    let word = &rest[..rest.find(|c| !letters::is_alphabetic(c)).unwrap_or(rest.len())];
    Some((if word.len() > LONGEST_SMALL_WORD { 0 } else { pack_small(word) }, start + word.len()))
}
