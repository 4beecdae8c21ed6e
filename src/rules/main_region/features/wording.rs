//! How a block's text starts and ends, and what signs it holds.

use crate::measure::{Ending, Marks, Measure};
use memchr::memmem::Finder;
use once_cell::sync::Lazy;

pub(super) fn ending_kind(ending: Ending) -> usize {
    match ending {
        Ending::None => 0,
        Ending::Stop => 1,
        Ending::Question => 2,
        Ending::Ellipsis => 3,
        Ending::Colon => 4,
        Ending::Comma => 5,
        Ending::Quote => 6,
    }
}

pub(super) fn first_kind(text: &str) -> usize {
    match text.chars().next() {
        Some('a'..='z') => 0,
        Some('A'..='Z') => 1,
        // Hangul, Han, kana: scripts without capitals.
        Some('\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fef}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}') => {
            5
        }
        Some(c) if c.is_lowercase() => 0,
        Some(c) if c.is_uppercase() => 1,
        Some(c) if c.is_numeric() => 2,
        Some('"' | '“' | '„' | '«' | '‘' | '\'' | '「' | '『' | '»' | '”') => 3,
        Some('-' | '–' | '—' | '(' | '（' | '[' | '【' | '■' | '◆' | '▲' | '●' | '◇' | '△') => 4,
        Some(c) if c.is_alphabetic() => 5,
        _ => 6,
    }
}

/// Bytes at either end of a block in which a credit or a label is looked for.
const EDGE: usize = 64;

/// How the last words stand to the sentence before them, as credits stand behind captions: 0 they end it, 1 they are in
/// brackets after it, 2 in brackets within it, 3 in brackets with an end of their own, 4 they follow it and end none; 5 the
/// whole is in quotation marks, as quotes are that a page lifts out of its text.
pub(super) fn tail_kind(text: &str, measure: &Measure) -> usize {
    let text = text.trim_end();
    let edge = &text[text.ceil_char_boundary(text.len().saturating_sub(EDGE))..];
    let ends = |text: &str| text.trim_end().ends_with(is_stop);
    match edge.chars().next_back() {
        Some(last @ (')' | '）' | ']' | '】')) => match edge.rfind(['(', '（', '[', '【']) {
            Some(at) if edge[..at].trim_end().ends_with(|c: char| is_stop(c) || is_closing_quote(c)) => 1,
            Some(_) if ends(&edge[..edge.len() - last.len_utf8()]) => 3,
            Some(_) => 2,
            None => 0,
        },
        Some(last) if is_closing_quote(last) && text.starts_with(is_opening_quote) => 5,
        // All that is sought there has been counted.
        _ if measure.ending == Ending::None && measure.stops > 0 => {
            let is_between = |(at, c): (usize, char)| {
                let behind = edge[at + c.len_utf8()..].chars().next();
                is_stop(c) && (behind == Some(' ') || !c.is_ascii())
            };
            if edge.char_indices().any(is_between) { 4 } else { 0 }
        }
        _ => 0,
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' | '．' | '｡')
}

fn is_opening_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '‘' | '「' | '『' | '»' | '”')
}

fn is_closing_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '»' | '«' | '’' | '」' | '』')
}

/// What stands in front of a colon or bar near the start: 0 nothing, 1 a word, 2 two or three, 3 words before a bar, 4 words
/// in capitals.
pub(super) fn label_kind(text: &str, measure: &Measure) -> usize {
    if !measure.marks.any(Marks::COLON.or(Marks::BAR).or(Marks::FULL)) {
        return 0;
    }
    let edge = &text[..text.floor_char_boundary(EDGE / 2)];
    // Of `：` the first byte tells little.
    let is_mark = |&at: &usize| edge.as_bytes()[at] != 0xef || edge[at..].starts_with('：');
    let Some(at) = memchr::memchr3_iter(b':', b'|', 0xef, edge.as_bytes()).find(is_mark) else { return 0 };
    let (label, behind) = (&edge.as_bytes()[..at], &edge.as_bytes()[at..]);
    match behind {
        [b'|', ..] => 3,
        // A time of day, or an address.
        [b':', next, ..] if *next != b' ' => 0,
        _ if at > 2 && label.iter().any(u8::is_ascii_uppercase) && !label.iter().any(u8::is_ascii_lowercase) => 4,
        _ => match label.trim_ascii_end().iter().filter(|&&b| b == b' ').count() {
            0 => 1,
            1 | 2 => 2,
            _ => 0,
        },
    }
}

/// 0 none, 1 an e-mail address, 2 another `@`, 3 the address of a page.
pub(super) fn address_kind(measure: &Measure, text: &str, may_be_page: bool) -> usize {
    let bytes = text.as_bytes();
    if measure.marks.any(Marks::AT) {
        let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let is_within = |i: usize| is_word(i.checked_sub(1).and_then(|i| bytes.get(i))) && is_word(bytes.get(i + 1));
        return if memchr::memchr_iter(b'@', bytes).any(is_within) { 1 } else { 2 };
    }
    // Slashes count as bars.
    let has_scheme = measure.bars >= 2 && memchr::memchr_iter(b':', bytes).any(|i| text[i + 1..].starts_with("//"));
    if has_scheme || may_be_page && WWW.find(bytes).is_some() { 3 } else { 0 }
}

pub(super) static WWW: Lazy<Finder> = Lazy::new(|| Finder::new("www."));
