//! Whether a text ends in a credit, which is what makes a caption of it.

use super::bracket::{self, BRACKETS, OF_AGENCY};
use super::person::{is_person, is_tail};
use super::words::{AGENCIES, AGENCY_STARTS, BY, GIVEN, GIVER, PICTURES, SERVICE, SERVICES, SIGNS, TAIL};
use crate::document::Block;
use crate::measure::{Ending, Marks};

/// Words of the longest text that is a caption without standing in a caption's element; of the longest of an agency's, which
/// tells the story too; of the longest that a label's credit ends.
pub(super) const MOST_WORDS: u32 = 80;
const MOST_OF_AGENCY: u32 = 150;
const MOST_LABELLED: u32 = 40;

/// Returns whether a credit ends a block, which has this text.
pub(super) fn ends(block: &Block, text: &str) -> bool {
    block.words() <= MOST_OF_AGENCY && block.holds(OF_AGENCY) && bracket::is_of_agency(text)
        || block.words() <= MOST_LABELLED && block.holds(Marks::COLON) && ends_in_label(text)
        || block.words() <= MOST_WORDS
            && match block.measure.ending {
                Ending::Quote | Ending::Stop => block.holds(BRACKETS) && bracket::ends(text),
                ending => !ending.ends_sentence() && ends_line(text, block.measure.marks),
            }
}

/// Marks that a credit may stand behind.
const BEFORE_CREDIT: Marks = Marks::STOP
    .or(Marks::SLASH)
    .or(Marks::BAR)
    .or(Marks::ROUND)
    .or(Marks::SQUARE)
    .or(Marks::HYPHEN)
    .or(Marks::FULL)
    .or(Marks::OTHER);

const WIDE_MARKS: [char; 4] = ['（', '―', '—', '–'];

/// By byte: 1 if it is a mark that a credit may stand behind, 2 if such a mark may start with it.
const MARKS: [u8; 256] = {
    let mut table = [0; 256];
    let marks = b"./|([-";
    let mut i = 0;
    while i < marks.len() {
        table[marks[i] as usize] = 1;
        i += 1;
    }
    table[0xe2] = 2;
    table[0xef] = 2;
    table
};

/// Returns whether a text that is no sentence, and holds these marks, ends in a credit.
fn ends_line(text: &str, marks: Marks) -> bool {
    let is_behind_mark = |(at, b): (usize, u8)| match MARKS[usize::from(b)] {
        0 => false,
        1 => is_credit(&text[at + 1..]) || b == b'.' && is_glued_credit(text, at),
        _ if at > 0 && text[at..].starts_with('ⓒ') => is_tail(&text[at + 3..]),
        _ => text[at..].starts_with(WIDE_MARKS) && is_credit(&text[at + 3..]),
    };
    if marks.any(BEFORE_CREDIT) && text.bytes().enumerate().any(is_behind_mark) {
        return true;
    }
    match text.strip_suffix([']', ')', '）']).unwrap_or(text).as_bytes() {
        [.., b'e' | b'o'] => ends_in_file(text),
        [.., last] if !last.is_ascii() => ends_in_file(text) || ends_in_photographer(text),
        _ => false,
    }
}

/// Returns whether a text, which stands behind a mark, is a credit.
fn is_credit(text: &str) -> bool {
    let credit = text.trim_start();
    if text.len() > 4 * (TAIL + SERVICE + GIVER) + (text.len() - credit.len()) {
        return false;
    }
    let starts = |words: &[&str], is_rest: &dyn Fn(&str) -> bool| {
        let mut alike = words.iter().filter(|word| word.as_bytes().first() == credit.as_bytes().first());
        alike.any(|word| credit.strip_prefix(word).is_some_and(is_rest))
    };
    let is_by = |rest: &str| BY.iter().any(|by| rest.trim_start().strip_prefix(by).is_some_and(is_tail));
    let is_of = |rest: &str| {
        let of = rest.trim_start();
        of.len() < rest.len() && ["of", "photo"].iter().any(|word| of.strip_prefix(word).is_some_and(is_tail))
    };
    match credit.as_bytes() {
        [b'P' | b'F' | b'I' | b'B' | b'C' | b'Z' | b'S' | b'A' | b'K' | b'V' | b'p' | b'f' | b'i' | b'c', ..]
        | [0xc2 | 0xd0 | 0xd1 | 0xd8 | 0xe0 | 0xe1 | 0xe5 | 0xec, ..]
            if starts(PICTURES, &is_by)
                || starts(SIGNS, &|rest| is_tail(rest.trim_start()))
                || starts(&["Courtesy", "courtesy"], &is_of) =>
        {
            true
        }
        [b'P' | b'F' | 0xd0, ..] if starts(&["Photo ", "Foto ", "Фото "], &is_person) => true,
        [first, ..] if AGENCY_STARTS[usize::from(*first)] && starts(AGENCIES, &is_service) => true,
        // The first bytes of all of these.
        _ => memchr::memchr2(0xe6, 0xec, text.as_bytes()).is_some() && GIVEN.iter().any(|given| is_given(text, given)),
    }
}

/// Returns whether `name/paper` stands right behind a sentence's stop, as flatteners run them together.
fn is_glued_credit(text: &str, stop: usize) -> bool {
    let is_name = |name: &str| {
        let mut words = name.split(' ');
        !name.is_empty() && words.all(|word| word.starts_with(|ch: char| ch.is_uppercase() || ch == '&'))
    };
    let (before, credit) = (&text[..stop], &text[stop + 1..]);
    before.ends_with(|ch: char| ch.is_lowercase() || ch.is_ascii_digit() || matches!(ch, ')' | '”' | '"'))
        && credit.len() <= TAIL
        && credit.split_once('/').is_some_and(|(name, paper)| is_name(name) && is_name(paper))
}

/// Returns whether what follows an agency's name ends a credit.
fn is_service(text: &str) -> bool {
    if text.starts_with(|ch: char| ch.is_alphanumeric() || ch == '_') || text.contains('.') {
        return false;
    }
    is_tail(&text[text.char_indices().nth(SERVICE).map_or(text.len(), |(at, _)| at)..])
}

/// Returns whether a name, the word behind it and little more make the text.
fn is_given(text: &str, given: &str) -> bool {
    text.match_indices(given).any(|(at, _)| {
        let giver = &text[..at];
        let length = giver.trim_start().chars().take(GIVER + 1).count();
        at > 0 && length <= GIVER && !giver.contains('.') && is_tail(&text[at + given.len()..])
    })
}

/// Returns whether a text ends like `（山田撮影）`, `＝市提供` or `＝共同`.
fn ends_in_photographer(text: &str) -> bool {
    let bare = text.strip_suffix(['）', ')']).unwrap_or(text);
    let is_in_bracket = bare
        .strip_suffix(['摄', '攝', '撮', '影'])
        .is_some_and(|name| name.chars().rev().take(GIVER + 1).any(|ch| matches!(ch, '（' | '(' | '｜' | '|')));
    let is_behind_stop = text.strip_suffix(['摄', '攝']).is_some_and(|name| {
        let mut before = name.chars().rev().take(GIVER);
        before.next().is_some_and(|ch| ch != '。') && before.any(|ch| ch == '。')
    });
    let given = text.strip_suffix("提供").or_else(|| text.strip_suffix("撮影"));
    let is_behind_sign = given.is_some_and(|giver| {
        let mut name = giver.chars().rev().take(13).take_while(|&ch| ch != '。').skip(1);
        !giver.ends_with('。') && name.any(|ch| ch == '＝')
    });
    let is_service = text.rsplit_once(['＝', '=']).is_some_and(|(_, service)| SERVICES.contains(&service));
    is_in_bracket || is_behind_stop || is_behind_sign || is_service
}

/// Returns whether a text ends with a short name and "file", or its kin in other languages.
fn ends_in_file(text: &str) -> bool {
    let bare = text.strip_suffix([']', ')', '）']).unwrap_or(text);
    [" 제공", "=연합뉴스", " file", " file photo", "資料照", "资料图"].iter().any(|file| {
        if bare.as_bytes().last() != file.as_bytes().last() {
            return false;
        }
        let Some(name) = bare.strip_suffix(file) else { return false };
        let mut before = name.chars().rev();
        let is_of_name = |ch: char| ch.is_alphabetic() || ch.is_whitespace() || matches!(ch, '/' | '=' | '·');
        if !before.next().is_some_and(is_of_name) {
            return false;
        }
        for (length, ch) in (1..).zip(before) {
            if ch == '.' || ch.is_whitespace() {
                return true;
            }
            if length == GIVER || !is_of_name(ch) {
                return false;
            }
        }
        true
    })
}

/// Returns whether a text ends like `… on the bridge Credit: Ida Moss.`
fn ends_in_label(text: &str) -> bool {
    let tail = &text.as_bytes()[text.len().saturating_sub(TAIL + 2)..];
    if memchr::memrchr(b':', tail).is_none() {
        return false;
    }
    let Some((caption, name)) = text.rsplit_once(": ") else { return false };
    let Some((before, label)) = caption.rsplit_once([' ', '.', ')']) else { return false };
    // “… at dawn Image credit: Ida Moss”
    let (before, label) = match before.rsplit_once([' ', '.', ')']) {
        Some(two) if label.eq_ignore_ascii_case("credit") && PICTURES.contains(&two.1) => two,
        _ => (before, label),
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_name = name.len() <= TAIL && !name.contains(['|', '$', '?']) && !name.bytes().any(|b| b.is_ascii_digit());
    // In “… the bridge at dawnPHOTOGRAPH: IDA MOSS” no space parts them.
    let is_glued = |word: &&str| {
        let parts = label.len().checked_sub(word.len()).and_then(|at| label.split_at_checked(at));
        parts.is_some_and(|(before, end)| {
            before.ends_with(char::is_lowercase)
                && end.starts_with(char::is_uppercase)
                && end.eq_ignore_ascii_case(word)
        })
    };
    is_name
        && (PICTURES.contains(&label) || PICTURES.iter().any(is_glued))
        && !before.trim().is_empty()
        && is_tail(name)
}
