//! Credits that a word for pictures opens: “… in the fog. Photo: Ida Moss”, “… (Foto: dpa)”, “… © AFP”.

use super::person::{is_person, is_tail};
use super::words::{AGENCIES, BY, ENDS, LABELS, OWNERS, TAIL};
use crate::hash::FastMap;
use crate::letters;
use crate::rules::names::is_of_name;
use once_cell::sync::Lazy;

/// Words that open a credit, by their first two letters or the only one, the longest first, and whether a name may follow at once.
type Table = FastMap<(char, Option<char>), Vec<(&'static str, bool)>>;

static TABLE: Lazy<Table> = Lazy::new(|| {
    let mut table = Table::default();
    let labels = LABELS.iter().map(|&label| (label, false)).chain(OWNERS.iter().map(|&owner| (owner, true)));
    for (label, is_owner) in labels {
        let mut letters = label.chars();
        if let Some(first) = letters.next() {
            table.entry((first, letters.next())).or_default().push((label, is_owner));
        }
    }
    table.values_mut().for_each(|labels| labels.sort_by_key(|(label, _)| std::cmp::Reverse(label.len())));
    table
});

/// Returns what stands behind each word that opens a credit and that a text begins with, and whether a name may follow at once.
fn labels_of(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut letters = text.chars().map(letters::to_small);
    let (first, second) = (letters.next(), letters.next());
    let of = move |second: Option<char>| first.and_then(|first| TABLE.get(&(first, second)));
    let both = second.and_then(|second| of(Some(second))).into_iter().chain(of(None)).flatten();
    both.filter_map(move |&(label, is_owner)| Some((strip_folded(text, label)?, is_owner)))
}

/// Bits by the first two bytes of what a label may begin with, ASCII letters as small ones: whether one does.
static STARTS: Lazy<Vec<u64>> = Lazy::new(|| {
    let mut bits = vec![0; (1 << 16) / 64];
    for label in LABELS.iter().chain(OWNERS) {
        let rest = label.chars().next().map_or("", |first| &label[first.len_utf8()..]);
        let capital: String = label.chars().take(1).flat_map(char::to_uppercase).collect();
        for start in [(*label).to_owned(), capital + rest] {
            if let [first, second, ..] = *start.as_bytes() {
                let place = place_of(first, second);
                bits[place / 64] |= 1 << (place % 64);
            }
        }
    }
    bits
});

fn place_of(first: u8, second: u8) -> usize {
    usize::from(first.to_ascii_lowercase()) << 8 | usize::from(second.to_ascii_lowercase())
}

/// Kinds of pictures, by their last letter.
static ENDS_BY_LAST: Lazy<FastMap<char, Vec<&'static str>>> = Lazy::new(|| {
    let mut table: FastMap<char, Vec<&'static str>> = FastMap::default();
    for end in ENDS {
        table.entry(end.chars().next_back().unwrap_or_default()).or_default().push(end);
    }
    table
});

/// What may part a label from the name.
const SIGNS: [char; 9] = [':', '：', '/', '／', '=', '＝', '・', '⁄', '|'];

/// What a label stands behind that does not run on from the words before it.
fn is_mark(ch: char) -> bool {
    matches!(
        ch,
        '.' | '!'
            | '?'
            | '…'
            | ')'
            | ']'
            | '('
            | '['
            | '"'
            | '”'
            | '»'
            | '’'
            | '/'
            | '|'
            | '-'
            | '–'
            | '—'
            | '。'
            | '）'
            | '（'
            | '／'
            | '｜'
            | '」'
            | '▲'
            | '؟'
            | '،'
    )
}

/// Returns whether a text ends in such a credit, and a word or more stands before it. A sentence may have words for pictures in
/// it, and a name behind a colon.
pub(super) fn ends(text: &str, is_sentence: bool) -> bool {
    let text = text.trim_end();
    let bytes = text.as_bytes();
    // Letters beyond ASCII take more than a byte.
    let near = &bytes[text.len().saturating_sub(REACH)..];
    let inner = near.iter().map(|&b| u8::from(b & 0xc0 == 0x80)).sum::<u8>();
    let from = text.len().saturating_sub(REACH + 3 * usize::from(inner)).max(1);
    if from >= bytes.len() {
        return false;
    }
    let starts = &**STARTS;
    let may_start = |three: &[u8]| {
        // Most bytes go on in a word.
        if !may_part(three[0], three[1]) {
            return false;
        }
        let place = place_of(three[1], three[2]);
        starts[place / 64] >> (place % 64) & 1 == 1
    };
    let places = bytes[from - 1..].windows(3).zip(from..).filter(|(three, _)| may_start(three));
    let mut places = places.map(|(_, at)| at).filter(|&at| begins_word(text, at));
    places.any(|at| is_credit(text, at, is_sentence)) || ends_in_kind(text, is_sentence)
}

/// Returns whether a word may begin with the second of two bytes.
fn may_part(before: u8, first: u8) -> bool {
    !IS_WORD[usize::from(before)] || before.is_ascii_lowercase() && first.is_ascii_uppercase()
}

/// By byte: whether it is an ASCII letter, digit or low line.
const IS_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 128u8 {
        table[b as usize] = b.is_ascii_alphanumeric() || b == b'_';
        b += 1;
    }
    table
};

/// Bytes from the end within which a label begins.
const REACH: usize = TAIL + 30;

/// Returns whether a word begins at a place of a text where its bytes say that it [may](may_part), also where a space is missing:
/// “dawnPhoto”.
fn begins_word(text: &str, at: usize) -> bool {
    let last = text[..at].chars().next_back();
    last.is_some_and(|last| {
        // Bytes have told of ASCII.
        last.is_ascii() || !last.is_alphanumeric() || last.is_lowercase() && text.as_bytes()[at].is_ascii_uppercase()
    })
}

fn is_unspaced(ch: char) -> bool {
    matches!(ch, '\u{3040}'..='\u{9fff}')
}

/// Returns whether a text begins with a credit of this kind.
pub(super) fn opens(text: &str) -> bool {
    labels_of(text).any(|(rest, is_owner)| {
        let name = rest.trim_start_matches(['.', ' ', '\u{a0}']);
        let is_signed = || {
            let named = name.strip_prefix(SIGNS);
            named.is_some_and(|named| named.starts_with([':', '：']) || is_capital(named.trim_start()))
        };
        is_owner || is_signed() || behind_by(name).is_some() || is_person(name) || is_agency(name)
    })
}

/// Returns whether a credit begins at a place of a text, and nothing else stands behind it.
fn is_credit(text: &str, at: usize, is_sentence: bool) -> bool {
    let (before, credit) = text.split_at(at);
    let is_small = credit.starts_with(char::is_lowercase);
    labels_of(credit).any(|(rest, is_owner)| {
        let mark = before.trim_end().chars().next_back();
        let is_behind_mark = mark.is_some_and(is_mark) || !before.ends_with(char::is_whitespace);
        let is_apart = is_behind_mark || !is_small || !is_sentence && rest.starts_with(" by ");
        is_apart && if is_owner { is_owned(rest, is_sentence) } else { is_named(rest, is_behind_mark, is_sentence) }
    })
}

/// Returns what stands behind a word in small letters that a text begins with, if the word ends there.
fn strip_folded<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for ch in label.chars() {
        if letters::to_small(rest.next()?) != ch {
            return None;
        }
    }
    let rest = rest.as_str();
    let last = label.chars().next_back()?;
    let is_end = rest.chars().next().is_none_or(|ch| !ch.is_alphanumeric()) || is_unspaced(last);
    (is_end || !last.is_alphanumeric()).then_some(rest)
}

/// Returns whether a name ends a text behind a word for an owner: “courtesy of the town”, “© dpa”.
fn is_owned(rest: &str, is_sentence: bool) -> bool {
    let name = rest.trim_start().trim_start_matches(SIGNS).trim_start();
    let dated = name.trim_start_matches(|ch: char| ch.is_ascii_digit());
    // “© 2031 Ida Moss” is of a picture, “© 2031 Velden Post Ltd.” may be of the page.
    let is_dated = dated.len() < name.len();
    !is_sentence && if is_dated { is_person(dated.trim_start()) } else { may_be_name(name) }
}

/// Returns whether a sign and a name, a small word and a name, or a name as a person has it, end a text behind a word for pictures.
fn is_named(rest: &str, is_behind_mark: bool, is_sentence: bool) -> bool {
    let rest = rest.trim_start_matches(['.', ' ', '\u{a0}']);
    let is_colon = rest.starts_with([':', '：']);
    if let Some(name) = rest.strip_prefix(SIGNS).filter(|_| is_colon || is_behind_mark) {
        let name = name.trim_start();
        let name = name.strip_suffix('.').unwrap_or(name);
        return may_be_name(name) && (is_colon || is_capital(name)) && (is_behind_mark || is_written_as_name(name));
    }
    if is_sentence && !is_behind_mark {
        return false;
    }
    let rest = rest.strip_suffix('.').unwrap_or(rest);
    let is_name =
        is_behind_mark && !rest.contains([':', ',']) && (is_person(rest) || is_agency(rest) || is_acronym(rest));
    is_name || behind_by(rest).is_some_and(|name| may_be_name(name) && is_capital(name))
}

/// Returns whether all words of a text are written as those of names are, which a sentence behind a colon is not: “… told the Bild:
/// we stay”.
fn is_written_as_name(text: &str) -> bool {
    let is_small = |word: &str| word.starts_with(|ch: char| ch.is_lowercase() || ch.is_ascii_digit());
    is_agency(text) || text.split(' ').all(|word| !is_small(word) || is_of_name(word))
}

/// Returns what stands behind a small word that a text begins with.
fn behind_by(text: &str) -> Option<&str> {
    BY.iter().find_map(|by| text.strip_prefix(by)?.strip_prefix(' ')).map(str::trim_start)
}

/// Returns whether a text is one word of capitals, as many agencies call themselves.
fn is_acronym(text: &str) -> bool {
    text.chars().count() >= 2 && text.chars().all(|ch| ch.is_uppercase() || ch == '-') && is_tail(text)
}

/// Returns whether a text is short, and neither figures nor a list: the name of who made or owns a picture.
fn may_be_name(name: &str) -> bool {
    let name = name.trim_end_matches([')', ']', '）']);
    let is_small = || name.starts_with(char::is_lowercase) && !is_agency(name);
    let is_other = name.contains(['$', '?', '€', '%', ';']);
    !name.is_empty() && is_tail(name) && !is_other && (!is_small() || name.split(' ').count() <= 3)
}

fn is_capital(name: &str) -> bool {
    name.chars().next().is_some_and(|ch| !ch.is_lowercase())
}

/// Returns whether a text begins with an agency's name and is not much longer.
fn is_agency(text: &str) -> bool {
    let is_end = |rest: &str| rest.chars().next().is_none_or(|ch| !ch.is_alphanumeric()) && is_tail(rest);
    AGENCIES.iter().any(|agency| text.strip_prefix(agency).is_some_and(is_end))
}

/// Returns whether a text is nothing but a word for pictures or a kind of picture.
pub(super) fn is_kind(text: &str) -> bool {
    let is_end = || {
        let ends = text.chars().next_back().and_then(|last| ENDS_BY_LAST.get(&letters::to_small(last)));
        ends.is_some_and(|ends| ends.iter().any(|end| strip_folded(text, end) == Some("")))
    };
    labels_of(text).any(|(rest, _)| rest.is_empty()) || is_end()
}

/// Returns whether a text ends in what kind of picture it is under: “… in the fog. Symbolbild.”
fn ends_in_kind(text: &str, is_sentence: bool) -> bool {
    let bare = text.trim_end_matches(['.', ')', ']', '）', '。', ' ']);
    let Some(ends) = bare.chars().next_back().and_then(|last| ENDS_BY_LAST.get(&letters::to_small(last))) else {
        return false;
    };
    ends.iter().any(|end| {
        let mut back = bare.char_indices().rev();
        let mut at = bare.len();
        for ch in end.chars().rev() {
            match back.next() {
                Some((i, other)) if letters::to_small(other) == ch => at = i,
                _ => return false,
            }
        }
        let (before, kind) = bare.split_at(at);
        let scene = before.trim_end();
        let is_start = before.len() > scene.len() || scene.chars().next_back().is_some_and(|ch| !ch.is_alphanumeric());
        let is_behind_mark = scene.chars().next_back().is_some_and(is_mark);
        !scene.is_empty() && is_start && (is_behind_mark || !is_sentence && is_capital(kind))
    })
}
