//! Puts text of strangers on a terminal: nothing that steers it, no more than fits.

use std::borrow::Cow;
use std::fmt::Write;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns whether a character steers the terminal, or the order of what stands around it, instead of being seen.
fn steers(ch: char) -> bool {
    ch.is_control() || matches!(ch, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Writes out characters that steer the terminal, as `<U+202E>`.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    printable_but(text, &[])
}

/// Does the same to all but some characters.
pub(super) fn printable_but<'t>(text: &'t str, but: &[char]) -> Cow<'t, str> {
    let is_bad = |ch: char| steers(ch) && !but.contains(&ch);
    if !text.contains(is_bad) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for ch in text.chars() {
        match is_bad(ch) {
            true => _ = write!(out, "<U+{:04X}>", u32::from(ch)),
            false => out.push(ch),
        }
    }
    out.into()
}

/// Escapes the same characters in JSON, where they stand in strings only.
pub(super) fn printable_json(json: &str) -> Cow<'_, str> {
    if !json.contains(steers) {
        return json.into();
    }
    let mut out = String::with_capacity(json.len() + 8);
    for ch in json.chars() {
        match steers(ch) {
            true => _ = write!(out, "\\u{:04x}", u32::from(ch)),
            false => out.push(ch),
        }
    }
    out.into()
}

/// Returns as much of the text as fits into this many columns, cut between graphemes, with `…` for the rest.
pub(super) fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    let mut used = 0;
    let mut fits = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns {
            return format!("{}…", &text[..fits]).into();
        }
        // The ellipsis takes a column.
        if used < columns {
            fits = at + grapheme.len();
        }
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_clipped_between_graphemes_by_columns() {
        assert_eq!(clip("abcdef", 6), "abcdef");
        assert_eq!(clip("abcdefg", 6), "abcde…");
        assert_eq!(clip("가나다라", 6), "가나…");
        assert_eq!(clip("가나다", 6), "가나다");
        assert_eq!(clip("ae\u{301}ae\u{301}ae\u{301}", 4), "ae\u{301}a…");
        assert_eq!(clip("👩‍👩‍👧👩‍👩‍👧", 3), "👩‍👩‍👧…");
        assert_eq!(clip("ab", 1), "…");
        assert_eq!(clip("", 0), "");
    }

    #[test]
    fn nothing_that_steers_the_terminal_is_left() {
        assert_eq!(printable("a\x1b[31m\u{202e}b\u{9b}"), "a<U+001B>[31m<U+202E>b<U+009B>");
        assert_eq!(printable_but("a\tb\x07", &['\t']), "a\tb<U+0007>");
        assert_eq!(printable_json("{\"a\":\"\u{7f}\u{2066}\"}"), r#"{"a":"\u007f\u2066"}"#);
        assert!(matches!(printable("سلام"), Cow::Borrowed(_)));
    }
}
