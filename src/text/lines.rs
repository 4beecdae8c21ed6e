//! The page as lines: where each starts and ends, how far it is indented, and what mark it opens with.

use super::mark::{self, Mark};
use crate::letters::is_unseen;
use crate::letters::{self, Seen};
use crate::limits::Limits;
use crate::span::Span;

/// Lines read for each block allowed: wrapped paragraphs of news pages have four at the median, nine at the 90th percentile.
const LINES_PER_BLOCK: usize = 8;

/// A line that shows something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// From its first to its last visible byte, mark included.
    pub(super) span: Span,
    /// Where the text after the mark starts.
    pub(super) body: u32,
    /// Columns before the first visible character.
    pub(super) indent: u16,
    /// Columns before the text after the mark.
    pub(super) hang: u16,
    /// What it opens with.
    pub(super) mark: Mark,
    /// An empty line, or the start of the page, stands before it.
    pub(super) spaced: bool,
    /// Bytes that are not the first of their character.
    pub(super) inner: u32,
    /// Whether it may have characters that do not take one column each.
    pub(super) may_be_wide: bool,
    /// Whether its text can be put down as it stands: all white space is single spaces, and nothing in it is unseen. If not,
    /// it may yet be so.
    pub(super) is_settled: bool,
    /// Whether it is a control or a frame's address, which continues nothing and which nothing continues.
    pub(super) is_apart: bool,
    /// Whether it has what programs do not break, if it is long: an address or a rule alone, Markdown's links and tables.
    pub(super) is_unbroken: bool,
}

impl Line {
    /// Returns the text after the mark.
    pub(super) fn body<'a>(&self, source: &'a str) -> &'a str {
        &source[self.body as usize..self.span.end as usize]
    }

    pub(super) fn is_ascii(&self) -> bool {
        self.inner == 0
    }

    /// Returns whether it is an address, a rule or a field, which programs do not break; text without spaces is more than a word.
    pub(super) fn is_one_word(&self, source: &str) -> bool {
        self.is_ascii() && memchr::memchr(b' ', self.body(source).as_bytes()).is_none()
    }

    /// Gives up the mark: it is text.
    pub(super) fn unmark(&mut self) {
        (self.mark, self.body, self.hang) = (Mark::None, self.span.start, self.indent);
    }
}

/// Returns the most lines that are read.
pub(super) fn most(limits: &Limits) -> usize {
    limits.blocks.saturating_mul(LINES_PER_BLOCK)
}

/// Returns what stands from `start`, where the first visible character is, to the end of the source as one line.
pub(super) fn single(source: &str, start: usize, spaced: bool) -> Option<Line> {
    line(source, start, 0, letters::line(source.as_bytes(), start), spaced)
}

/// Cuts a page into its lines; empty ones leave only a trace in the next. Returns whether the lines were too many.
pub(super) fn cut(source: &str, limits: &Limits) -> (Vec<Line>, bool) {
    let most = most(limits);
    let bytes = source.as_bytes();
    let mut lines = Vec::with_capacity(source.len() / 64);
    let mut spaced = true;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\n' {
            (spaced, at) = (true, at + 1);
            continue;
        }
        let blanks = bytes[at..].iter().position(|&b| b != b' ').unwrap_or(bytes.len() - at);
        let seen = letters::line(bytes, at + blanks);
        let end = seen.end;
        match if end > at + blanks { line(source, at, blanks, seen, spaced) } else { None } {
            Some(_) if lines.len() >= most => return (lines, true),
            Some(line) => {
                lines.push(line);
                spaced = false;
            }
            None => spaced = true,
        }
        // A form feed starts a new page of paper, which parts like an empty line.
        spaced |= bytes.get(end) == Some(&b'\x0c');
        at = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    (lines, false)
}

/// Returns the bytes and the columns before the first visible character.
fn lead(raw: &str) -> (usize, u32) {
    let mut columns = 0;
    for (i, ch) in raw.char_indices() {
        match ch {
            ' ' => columns += 1,
            '\t' => columns = (columns / 8 + 1) * 8,
            '\u{3000}' => columns += 2,
            _ if is_unseen(ch) => {}
            _ if ch.is_whitespace() => columns += 1,
            _ => return (i, columns),
        }
    }
    (raw.len(), columns)
}

fn line(source: &str, start: usize, blanks: usize, seen: Seen, spaced: bool) -> Option<Line> {
    let raw = &source[start..seen.end];
    let is_visible = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
    let (lead, columns) =
        if is_visible(raw.as_bytes().get(blanks)) { (blanks, blanks as u32) } else { self::lead(raw) };
    let text = match is_visible(raw.as_bytes().last()) {
        true => &raw[lead..],
        false => raw[lead..].trim_end_matches(|ch: char| ch.is_whitespace() || is_unseen(ch)),
    };
    if text.is_empty() {
        return None;
    }
    let is_inner = |b: &u8| *b & 0xc0 == 0x80;
    let is_whole = text.len() + blanks == raw.len();
    let inner = if is_whole { seen.inner } else { text.bytes().filter(is_inner).count() };
    let (mark, skip) = mark::of(text);
    let from = (start + lead) as u32;
    let indent = columns.min(u32::from(u16::MAX) / 2) as u16;
    // Marks are a column a character.
    let hang = indent.saturating_add(text[..skip].chars().count().try_into().unwrap_or(u16::MAX));
    Some(Line {
        span: Span::new(from, from + text.len() as u32),
        body: from + skip as u32,
        indent,
        hang,
        mark,
        spaced,
        inner: inner as u32,
        may_be_wide: seen.may_be_wide,
        is_settled: seen.is_settled,
        is_apart: false,
        is_unbroken: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_any_of_the_usual_ways() {
        let source = "\u{feff}one\r\ntwo\r\rthree\x0cfour\n \u{200b}\n\u{a0} five\u{a0}";
        let (lines, _) = cut(source, &Limits::default());
        let seen: Vec<_> = lines.iter().map(|l| (&source[l.span.range()], l.indent, l.spaced)).collect();
        assert_eq!(
            seen,
            [("one", 0, true), ("two", 0, false), ("three", 0, true), ("four", 0, true), ("five", 2, true)]
        );
    }

    #[test]
    fn lines_are_bounded() {
        let limits = Limits::default().with_blocks(1);
        assert_eq!(cut(&"a\n".repeat(LINES_PER_BLOCK), &limits).0.len(), LINES_PER_BLOCK);
        assert!(cut(&"a\n".repeat(LINES_PER_BLOCK + 1), &limits).1);
    }
}
