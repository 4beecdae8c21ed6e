//! What text browsers write for things that are not text: link numbers, pictures, buttons, fields, frames.

use super::markdown::{Markup, Turn};
use crate::address;
use crate::span::Span;

/// A text field is drawn with at least as many underscores.
pub(super) const FIELD: &str = "________";

/// Returns whether a line is a control other than a text field, or a frame's address.
pub(super) fn is_apart(body: &str) -> bool {
    body.starts_with("(BUTTON)")
        || body.starts_with("IFRAME:")
        || body.starts_with('[') && picture(body.as_bytes()) == Some(body.len())
}

/// Returns whether text is nothing but pictures without a text of their own.
pub(super) fn is_pictures(text: &str) -> bool {
    let mut rest = text;
    while let Some(len) = rest.starts_with('[').then(|| picture(rest.as_bytes())).flatten() {
        rest = rest[len..].trim_start();
    }
    rest.is_empty() && !text.is_empty()
}

/// Returns whether text starts with a picture, which starts a paragraph more often than not.
pub(super) fn opens_with_picture(text: &str) -> bool {
    text.starts_with('[') && picture(text.as_bytes()).is_some()
}

/// Bytes of the longest name of a picture with its query; an unclosed bracket must not cost the rest of the page.
const LONGEST: usize = 400;

/// Returns the length of the `[name.jpg]`, `[name.jpg?width=80]` or `[INLINE]` that the bytes start with. One as long as a line is
/// broken anywhere.
fn picture(bytes: &[u8]) -> Option<usize> {
    let close = memchr::memchr(b']', &bytes[..bytes.len().min(LONGEST)])?;
    let name = &bytes[1..close];
    if matches!(name, b"INLINE" | b"IMAGE" | b"LINK" | b"EMBED") || name.starts_with(b"USEMAP:") {
        return Some(close + 1);
    }
    let mut is_broken = false;
    let is_of_name = |&b: &u8| {
        is_broken |= b == b'\n';
        let is_indent = is_broken && matches!(b, b' ' | b'\n' | b'\r');
        is_broken &= is_indent;
        is_indent || !matches!(b, b' ' | b'\r' | b'[')
    };
    let query = memchr::memchr(b'?', name).unwrap_or(name.len());
    let suffix = name[..query].rsplit(|&b| b == b'.').next().filter(|suffix| suffix.len() < query).unwrap_or_default();
    let is_icon = || [&b"bmp"[..], b"ico"].iter().any(|icon| suffix.eq_ignore_ascii_case(icon));
    let is_image = address::is_of_picture(suffix) || is_icon();
    let has_query = || query > 0 && memchr::memchr(b'=', &name[query..]).is_some();
    ((is_image || has_query()) && name.iter().all(is_of_name)).then_some(close + 1)
}

/// Returns the digits in the `[12]` that the bytes start with.
fn link_number(bytes: &[u8]) -> Option<(u32, usize)> {
    let digits = bytes[1..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > 5 || bytes.get(digits + 1) != Some(&b']') {
        return None;
    }
    let number = bytes[1..=digits].iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'));
    Some((number, digits + 2))
}

/// Finds pictures, and link numbers if the page has them: they count up from 1 and, unlike footnotes, stand before a
/// word.
pub(super) fn scan(source: &str) -> Vec<Markup> {
    let bytes = source.as_bytes();
    let mut out = Vec::new();
    let (mut last, mut in_turn, mut all, mut before_word) = (0, 0u32, 0u32, 0u32);
    for at in memchr::memchr_iter(b'[', bytes) {
        let span = |len: usize| Span::new(at as u32, (at + len) as u32);
        if let Some(len) = picture(&bytes[at..]) {
            out.push(Markup { span: span(len), turn: Turn::Picture });
        } else if let Some((number, len)) = link_number(&bytes[at..]) {
            all += 1;
            in_turn += u32::from(number == last + 1);
            last = number;
            let next = bytes.get(at + len).copied().unwrap_or(b' ');
            before_word += u32::from(next.is_ascii_alphanumeric() || next >= 0x80 || next == b'[');
            out.push(Markup { span: span(len), turn: Turn::LinkWord });
        }
    }
    // A list's own numbers or a missing link break the count now and then: nine in ten.
    let has_numbers = all >= 3 && in_turn * 10 >= all * 9 && before_word * 5 >= all * 4;
    out.retain(|markup| has_numbers || markup.turn != Turn::LinkWord);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<&str> {
        scan(source).iter().map(|m| &source[m.span.range()]).collect()
    }

    #[test]
    fn link_numbers_are_told_from_footnotes() {
        assert_eq!(found("[1]Home [2]News\n[3]Sport"), ["[1]", "[2]", "[3]"]);
        assert!(found("The town[1] has a bridge.[2] It is old.[3]").is_empty());
        assert!(found("[2019]Home [2020]News [2021]Sport").is_empty());
    }

    #[test]
    fn pictures_are_file_names_in_brackets() {
        assert_eq!(
            found("[logo.PNG] [INLINE] [sic] [a b.jpg] [USEMAP:m.gif] [x"),
            ["[logo.PNG]", "[INLINE]", "[USEMAP:m.gif]"]
        );
        assert_eq!(
            found("[a.jpeg?crop=1,2] [pixel?id=3] [who?] [a.jpg\n   ?w=8\n   0] [why? a=b] [.jpg?x] [?a=b]"),
            ["[a.jpeg?crop=1,2]", "[pixel?id=3]", "[a.jpg\n   ?w=8\n   0]", "[.jpg?x]"]
        );
        assert!(is_pictures("[a.jpg] [LINK]\n[b\n  .png]"));
        assert!(!is_pictures("[a.jpg] The bridge") && !is_pictures(""));
    }
}
