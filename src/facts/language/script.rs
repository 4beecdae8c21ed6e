//! What the script of a text says of its language.

use super::MOST_WORDS;
use crate::letters;
use once_cell::sync::Lazy;

/// A script, or several that one language is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Arabic,
    Cyrillic,
    Devanagari,
    Han,
    /// One that a single language of news pages is written in.
    Own(&'static str),
}

/// Languages that are not written in Latin letters, by script.
const SCRIPTS: &[(Script, &[&str])] = &[
    (Script::Arabic, &["ar", "fa", "ur", "ps", "ckb", "sd", "ug", "arz"]),
    (Script::Cyrillic, &["ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "ba", "cv", "os"]),
    (Script::Devanagari, &["hi", "mr", "ne", "sa", "mai", "bho"]),
    (Script::Han, &["zh", "yue"]),
];

/// Languages with a script of their own, and the characters that tell it.
const OWN: &[(&str, char, char)] = &[
    ("ko", '\u{ac00}', '\u{d7a3}'),
    ("ja", '\u{3040}', '\u{30ff}'),
    ("th", '\u{e00}', '\u{e7f}'),
    ("el", '\u{370}', '\u{3ff}'),
    ("he", '\u{590}', '\u{5ff}'),
    ("bn", '\u{980}', '\u{9ff}'),
    ("pa", '\u{a00}', '\u{a7f}'),
    ("gu", '\u{a80}', '\u{aff}'),
    ("or", '\u{b00}', '\u{b7f}'),
    ("ta", '\u{b80}', '\u{bff}'),
    ("te", '\u{c00}', '\u{c7f}'),
    ("kn", '\u{c80}', '\u{cff}'),
    ("ml", '\u{d00}', '\u{d7f}'),
    ("si", '\u{d80}', '\u{dff}'),
    ("lo", '\u{e80}', '\u{eff}'),
    ("bo", '\u{f00}', '\u{fff}'),
    ("my", '\u{1000}', '\u{109f}'),
    ("ka", '\u{10a0}', '\u{10ff}'),
    ("am", '\u{1200}', '\u{137f}'),
    ("km", '\u{1780}', '\u{17ff}'),
    ("hy", '\u{530}', '\u{58f}'),
];

pub(super) fn script_of(language: &str) -> Script {
    let own = OWN.iter().find(|&&(own, ..)| own == language).map(|&(own, ..)| Script::Own(own));
    let shared = || SCRIPTS.iter().find(|(_, languages)| languages.contains(&language)).map(|&(script, _)| script);
    own.or_else(shared).unwrap_or(Script::Latin)
}

/// Returns the language that a text's script gives away, when most letters are of a script other than Latin.
pub(super) fn by_script(text: &str) -> Option<&'static str> {
    let mut own = [0u32; OWN.len()];
    let (mut letters, mut han, mut arabic, mut cyrillic, mut devanagari) = (0u32, 0, 0, 0, 0);
    let mut tells = [0u32; TELLING.len()];
    for ch in text.chars().filter(|&c| letters::is_alphabetic(c)).take(MOST_WORDS * 6) {
        letters += 1;
        match ch {
            ..'\u{370}' | '\u{1e00}'..='\u{1fff}' => continue,
            '\u{3400}'..='\u{9fff}' => han += 1,
            '\u{600}'..='\u{6ff}' => arabic += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            '\u{900}'..='\u{97f}' => devanagari += 1,
            _ => {
                if let Some(at) = OWN.iter().position(|&(_, first, last)| (first..=last).contains(&ch)) {
                    own[at] += 1;
                }
                continue;
            }
        }
        if TELLS[ch as usize / 64 % TELLS.len()] >> (ch as u32 % 64) & 1 == 0 {
            continue;
        }
        for (count, (_, _, marks)) in tells.iter_mut().zip(TELLING) {
            *count += u32::from(marks.contains(ch));
        }
    }
    let most = |count: u32, tenths: u32| count * 10 > letters * tenths;
    let told = |of: &str, count: u32, else_: &'static str| {
        let mut rows = tells.iter().zip(TELLING).filter(|(_, row)| row.0 == of);
        rows.find(|(found, _)| **found * 40 > count).map_or(else_, |(_, row)| row.1)
    };
    let kana = own[1];
    match () {
        () if letters == 0 => None,
        // Japanese mixes kana with Han; Chinese has none.
        () if most(kana + han, 4) && kana + han > own[0] => Some(if kana * 10 > han { "ja" } else { "zh" }),
        () if most(arabic, 5) => Some(told("arabic", arabic, "ar")),
        () if most(cyrillic, 5) => Some(told("cyrillic", cyrillic, "ru")),
        () if most(devanagari, 5) => Some("hi"),
        () => (0..OWN.len()).find(|&at| most(own[at], 4)).map(|at| OWN[at].0),
    }
}

/// Bits by the lowest bits of a letter: whether it may tell languages apart.
static TELLS: Lazy<[u64; 64]> = Lazy::new(|| {
    let mut bits = [0; 64];
    for ch in TELLING.iter().flat_map(|(_, _, marks)| marks.chars()) {
        bits[ch as usize / 64 % 64] |= 1 << (ch as u32 % 64);
    }
    bits
});

/// Letters that one language of a script has and its larger neighbour has not, when they are a fortieth of all.
const TELLING: &[(&str, &str, &str)] = &[
    ("arabic", "ur", "ٹڈڑےںہھ"),
    ("arabic", "ps", "ټډړښڅځ"),
    ("arabic", "fa", "پچژگ"),
    ("cyrillic", "be", "ў"),
    ("cyrillic", "kk", "әғқңөұүһ"),
    ("cyrillic", "sr", "ђћљњџ"),
    ("cyrillic", "uk", "іїєґ"),
];

/// Returns whether a twentieth of the letters are no Latin ones: what is quoted, or written beside code.
pub(super) fn has_other_letters(text: &str) -> bool {
    let letters = text.chars().filter(|&c| letters::is_alphabetic(c));
    let (mut all, mut other) = (0, 0);
    for ch in letters.take(MOST_WORDS * 6) {
        all += 1;
        other += usize::from(ch >= '\u{370}' && !('\u{1e00}'..='\u{1fff}').contains(&ch));
    }
    other * 20 > all
}

/// Rough counts that show of most pages, at the price of one look at each byte, that they are written in Latin letters.
pub(super) struct Letters {
    /// Latin letters, until they are far more than the others.
    ascii: u32,
    /// Bytes that start a character behind all Latin letters of the first blocks.
    others: u32,
}

impl Letters {
    pub(super) fn of(text: &str) -> Letters {
        let (mut ascii, mut others) = (0, 0);
        let chunks = || text.as_bytes().chunks(128);
        for chunk in chunks() {
            others += u32::from(chunk.iter().map(|&b| u8::from(b >= 0xcd)).sum::<u8>());
        }
        // Of the Latin letters those at the start are mostly enough.
        for chunk in chunks() {
            ascii += u32::from(chunk.iter().map(|b| u8::from(b.is_ascii_alphabetic())).sum::<u8>());
            if ascii > others * 10 {
                break;
            }
        }
        Letters { ascii, others }
    }

    /// Returns whether more than so many tenths of the letters that are looked at may be no Latin ones.
    pub(super) fn others_exceed(&self, tenths: u32) -> bool {
        self.others * 10 > self.ascii.min(MOST_WORDS as u32 * 6) * tenths
    }
}
