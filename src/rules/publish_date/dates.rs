//! What is a date, and what is no other text.

use crate::hash::FastSet;
use crate::letters;
use once_cell::sync::Lazy;

/// Words that dates are made of, in the languages of fifty countries, and words that label them: as they are written, and as a
/// date is taken apart, where the marks of some scripts part letters.
static WORDS: Lazy<FastSet<&'static str>> = Lazy::new(|| {
    let lists = [include_str!("../data/date_words.txt"), include_str!("../data/months.txt")];
    let mut words = FastSet::with_capacity_and_hasher(ABOUT_WORDS, Default::default());
    for word in lists.into_iter().flat_map(|list| list.split_ascii_whitespace()) {
        words.insert(word);
        if !word.is_ascii() {
            words.extend(tokens(word).filter(|token| token.len() < word.len()));
        }
    }
    words
});

/// How many words there are, about.
const ABOUT_WORDS: usize = 2600;

/// Returns the stretches of a text that are letters and figures.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|ch: char| !letters::is_alphanumeric(ch)).filter(|token| !token.is_empty())
}

/// Returns whether a character is a figure: of ASCII, of full width, or of Arabic, India's scripts and Thai.
pub(super) fn is_figure(ch: char) -> bool {
    match ch {
        ..'\u{80}' => ch.is_ascii_digit(),
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{e50}'..='\u{e59}' | '\u{ff10}'..='\u{ff19}' => true,
        // Those of India's scripts stand at one place of each block.
        '\u{900}'..='\u{d7f}' => matches!(ch as u32 % 0x80, 0x66..=0x6f),
        _ => false,
    }
}

/// Returns whether a text holds a year, a month and a day in figures: 2031-05-03, 03.05.2031, 2031年5月3日.
pub(in crate::rules) fn holds_full_date(text: &str) -> bool {
    let figures = |c: char| c.is_ascii_digit();
    let parts: Vec<&str> = text.split(['-', '.', '/', '年', '月', '日']).collect();
    parts.windows(3).any(|three| {
        let first = three[0].len() - three[0].trim_end_matches(figures).len();
        let second = three[1].bytes().all(|b| b.is_ascii_digit()) && matches!(three[1].len(), 1 | 2);
        let third = three[2].len() - three[2].trim_start_matches(figures).len();
        second && matches!((first, third), (4, 1 | 2) | (1 | 2, 4))
    })
}

/// Returns whether a word, in lower case, is one that dates are made of.
pub(crate) fn is_date_word(word: &str) -> bool {
    WORDS.contains(word)
}

/// Returns whether a text surely has a word that no date has: one of ASCII letters between other ASCII characters. Most texts
/// do, and need not be put in small letters.
fn has_other_word(text: &str) -> bool {
    let mut small = [0; LONGEST_WORD];
    text.as_bytes().split(|b| b.is_ascii() && !b.is_ascii_alphanumeric()).any(|word| {
        let is_word = !word.is_empty() && word.iter().all(u8::is_ascii_alphabetic);
        let Some(small) = small.get_mut(..word.len()).filter(|_| is_word) else { return is_word };
        small.copy_from_slice(word);
        small.make_ascii_lowercase();
        !std::str::from_utf8(small).is_ok_and(|word| WORDS.contains(word))
    })
}

/// Letters of the longest word of dates that is written in ASCII letters.
pub(super) const LONGEST_WORD: usize = 24;

/// Signs that make an amount of a figure.
const AMOUNTS: [char; 9] = ['%', '€', '$', '£', '¥', '₩', '₽', '₹', '°'];

/// Returns whether a text holds a figure, and otherwise only words of dates.
pub(in crate::rules) fn is_date(text: &str) -> bool {
    if has_other_word(text) {
        return false;
    }
    let (mut has_digit, mut known) = (false, 0);
    let mut lower = String::new();
    for token in tokens(text) {
        if token.chars().all(is_figure) {
            has_digit = true;
            continue;
        }
        lower.clear();
        if token.is_ascii() {
            lower.push_str(token);
            lower.make_ascii_lowercase();
        } else {
            lower = token.to_lowercase();
        }
        let token = lower.as_str();
        // Figures with their unit: 3rd, 10h15, 2024年3月3日, 10시.
        let mut rest = token;
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(is_figure).len();
            has_digit |= digits > 0;
            rest = &rest[digits..];
            let word = &rest[..rest.find(is_figure).unwrap_or(rest.len())];
            if !word.is_empty() && !WORDS.contains(word) {
                return false;
            }
            known += 1;
            rest = &rest[word.len()..];
        }
    }
    has_digit && known <= 16 && !text.contains(AMOUNTS)
}

/// Returns whether a text holds four figures in a row and no fifth.
pub(in crate::rules) fn holds_year(text: &str) -> bool {
    text.split(|ch: char| !ch.is_ascii_digit()).any(|figures| figures.len() == 4)
}

/// Returns whether a text holds an hour: 18:21, 18h21, 18 h 21.
pub(in crate::rules) fn holds_hour(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_figure = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    memchr::memchr2_iter(b':', b'h', bytes).any(|at| {
        is_figure(bytes[..at].strip_suffix(b" ").unwrap_or(&bytes[..at]).last())
            && is_figure(bytes[at + 1..].strip_prefix(b" ").unwrap_or(&bytes[at + 1..]).first())
    })
}

/// Returns whether a text is one number, in groups of three figures or in one piece.
pub(super) fn is_number(text: &str) -> bool {
    let mut groups = text.split([',', '.', '\'', '’', ' ', '\u{a0}']);
    let is_figures = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    groups.next().is_some_and(is_figures) && groups.all(|group| group.len() == 3 && is_figures(group))
}

/// Returns whether a text holds a figure beyond ASCII: ۳, ३, ৩, ３.
pub(super) fn holds_wide_figure(text: &str) -> bool {
    letters::any_wide(text.as_bytes(), |b| matches!(b, 0xd9 | 0xdb | 0xe0 | 0xef))
        && text.chars().any(|ch| !ch.is_ascii() && is_figure(ch))
}
