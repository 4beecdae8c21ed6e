//! Phrase lists: known lines of page furniture, compiled into one table for all rules.
//!
//! A list has one phrase a line, `how<TAB>language<TAB>phrase`, where `how` is `line` (the whole line is the phrase),
//! `prefix` or `suffix` (the line starts or ends with it, at a word boundary), or `within` (a line or a paragraph of up to
//! 1,200 bytes holds it, not in quotes); `#` starts a comment. Phrases are written as lines are compared: lower case, white
//! space collapsed, marks at the edges stripped, every run of digits as `0`, `’` as `'`, `ı` and `İ` as `i`, `：` and other
//! marks, letters and digits as wide as Chinese characters as their ASCII twins. One that is sought within has neither digits
//! nor apostrophes, and its `ı`.

mod edge;
mod form;
mod lines;
mod within;

use crate::document::{Block, Document, Hit, Via};
use crate::hash::FastMap;
use crate::letters;
use crate::measure::Marks;
use edge::{Edge, Known, Starts, edge, is_long, joined};
pub(crate) use form::normalise;
use form::{edge_of_form, is_edge, trimmed};
use lines::Lines;
use once_cell::sync::OnceCell;
use std::ops::Range;
use within::Within;

/// Longest line in bytes that is compared: longer ones are prose. Korean and Hindi take three bytes a letter.
const LONGEST: usize = 240;

/// Bytes of the longest paragraph that a long phrase may open, and of its opening, in which the phrase must stand.
const LONGEST_NOTE: usize = 900;
const OPENING: usize = 160;

/// Room for as many phrases that lines start with, or that are sought within, as are built in.
const MANY: usize = 1 << 14;

/// How a phrase stands in its line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum How {
    Line,
    Prefix,
    Suffix,
    Within,
}

/// One line of a list.
struct Phrase<'a> {
    how: How,
    text: &'a str,
}

/// What is wrong with a list: the line's number and the cause.
pub(crate) type Fault = (usize, &'static str);

/// Reads a list line by line: some forty thousand are read before the first page, so the byte that ends a line is looked for
/// once, and every other control character is found on the way.
fn parse(list: &str) -> impl Iterator<Item = Result<Phrase<'_>, Fault>> {
    let bytes = list.as_bytes();
    let (mut at, mut number) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let line = bytes.get(at..)?;
            number += 1;
            match line.first()? {
                b'\n' => at += 1,
                b'\r' if line.get(1) == Some(&b'\n') => at += 2,
                b'#' => at += memchr::memchr(b'\n', line).map_or(line.len(), |end| end + 1),
                _ => break,
            }
        }
        let line = &bytes[at..];
        let (how, fields) = if line.starts_with(b"line\t") {
            (How::Line, at + 5)
        } else if line.starts_with(b"prefix\t") {
            (How::Prefix, at + 7)
        } else if line.starts_with(b"suffix\t") {
            (How::Suffix, at + 7)
        } else if line.starts_with(b"within\t") {
            (How::Within, at + 7)
        } else {
            return Some(Err((number, "does not start with line, prefix, suffix or within, and a tab")));
        };
        let text = fields + letters::until_control(&bytes[fields..]) + 1;
        let end = text + bytes.get(text..).map_or(0, letters::until_control);
        let has_return = bytes.get(end..).is_some_and(|rest| rest.starts_with(b"\r\n"));
        at = end + 1 + usize::from(has_return);
        // No line of a page has control characters.
        let is_line = has_return || matches!(bytes.get(end), None | Some(b'\n'));
        let is_field = bytes.get(text - 1) == Some(&b'\t') && text < end;
        Some(if is_line && is_field {
            Ok(Phrase { how, text: &list[text..end] })
        } else {
            Err((number, "is not three fields parted by tabs, without other control characters"))
        })
    })
}

/// All rules' phrases, compiled.
pub(crate) struct Phrases {
    lines: Lines,
    /// Of the few lines that several rules have: the rules but the first.
    shared: FastMap<&'static str, Vec<u16>>,
    /// By the ends of the lines.
    line_ends: Known,
    /// Those that lines start with, that they end with, and those sought within, each with its rule.
    prefixes: List,
    suffixes: List,
    within: List,
    /// What the first page makes of these, which takes as long as all else.
    ready: OnceCell<Ready>,
}

type List = Vec<(&'static str, u16)>;

/// Phrases that are not whole lines, compiled.
struct Ready {
    prefixes: Edge,
    long_prefixes: Starts,
    suffixes: Edge,
    within: Within,
}

impl Ready {
    fn new(phrases: &Phrases) -> Self {
        let long = phrases.prefixes.iter().filter(|(text, _)| is_long(text));
        Self {
            long_prefixes: Starts::of(long.map(|(text, _)| edge(text.as_bytes(), false))),
            prefixes: Edge::new(&phrases.prefixes, false),
            suffixes: Edge::new(&phrases.suffixes, true),
            within: Within::new(&phrases.within),
        }
    }
}

impl Phrases {
    /// Compiles the lists of all rules, in the pipeline's order. A list that cannot be read gives the rule, the line and
    /// the cause.
    pub(crate) fn new(lists: impl Iterator<Item = &'static str>) -> Result<Self, (usize, Fault)> {
        let mut lines = Lines::default();
        let mut shared: FastMap<&'static str, Vec<u16>> = FastMap::default();
        let mut line_ends = Known::default();
        let (mut prefixes, mut suffixes, mut within) =
            (List::with_capacity(MANY), List::new(), List::with_capacity(MANY));
        for (rule, list) in lists.enumerate() {
            for phrase in parse(list) {
                let Phrase { how, text } = phrase.map_err(|fault| (rule, fault))?;
                match how {
                    How::Line if lines.add(text, rule as u16) => {
                        line_ends.add(joined(edge(text.as_bytes(), false), edge(text.as_bytes(), true)));
                    }
                    How::Line => shared.entry(text).or_default().push(rule as u16),
                    How::Prefix => prefixes.push((text, rule as u16)),
                    How::Suffix => suffixes.push((text, rule as u16)),
                    How::Within => within.push((text, rule as u16)),
                }
            }
        }
        Ok(Self { lines, shared, line_ends, prefixes, suffixes, within, ready: OnceCell::new() })
    }

    /// Returns whether the first or last bytes of a line, its edges stripped, are those of a phrase. Few lines need more than
    /// this look.
    fn may_be_known(&self, line: &str) -> bool {
        let ready = self.ready();
        let (start, end) = (edge_of_form(line, false), edge_of_form(line, true));
        ready.prefixes.starts.may_start(start)
            || ready.suffixes.starts.may_start(end)
            || self.line_ends.has(joined(start, end))
    }

    fn ready(&self) -> &Ready {
        self.ready.get_or_init(|| Ready::new(self))
    }

    /// Adds what the phrases point at to the document's hits.
    pub(crate) fn look(&self, doc: &mut Document) {
        // Before the stage begins that is counted.
        self.ready();
        self.search(doc);
    }

    #[inline(never)] // A stage that `benches/counts` counts by its name.
    fn search(&self, doc: &mut Document) {
        let ready = self.ready();
        let (mut key, mut part) = (String::new(), String::new());
        let mut phraseless = std::mem::take(&mut doc.phraseless);
        let mut found = Vec::new();
        for (i, block) in doc.blocks.iter().enumerate() {
            if std::mem::replace(&mut phraseless[i], true) {
                continue;
            }
            if let Some(rule) = ready.within.find(doc, i) {
                found.push((i, rule, Via::Within));
                phraseless[i] = false;
            }
            if block.text.len() > LONGEST {
                if block.text.len() <= LONGEST_NOTE {
                    let text = &doc.text[block.text.range()];
                    let text = text[..text.floor_char_boundary(OPENING)].trim_start_matches(is_edge);
                    if !ready.long_prefixes.may_start(edge_of_form(text, false)) {
                        continue;
                    }
                    normalise(text, &mut key);
                    if let Some((rule, true)) = ready.prefixes.find(&key) {
                        found.push((i, rule, Via::LongPrefix));
                        phraseless[i] = false;
                    }
                }
                continue;
            }
            let line = trimmed(&doc.text[block.text.range()]);
            if line.is_empty() {
                continue;
            }
            // All but three of the separators count as bars.
            let may_have_parts = block.measure.bars > 0 || block.holds(Marks::LINE.or(Marks::FULL));
            let parts = self.by_parts(doc, block, may_have_parts, &mut part);
            if parts.is_none() && !self.may_be_known(line) {
                continue;
            }
            normalise(line, &mut key);
            let mut add = |rule: u16, via: Via| {
                phraseless[i] = false;
                found.push((i, rule, via));
            };
            if let Some(rule) = self.lines.find(&key) {
                add(rule, Via::Line);
                self.shared.get(key.as_str()).into_iter().flatten().for_each(|&rule| add(rule, Via::Line));
                continue;
            }
            if let Some(rule) = parts {
                add(rule, Via::Parts);
                continue;
            }
            if let Some((rule, is_long)) = ready.prefixes.find(&key) {
                add(rule, if is_long { Via::LongPrefix } else { Via::Prefix });
            }
            if let Some(rule) = ready.suffixes.find(&key).map(|(rule, _)| rule) {
                add(rule, Via::Suffix);
            }
        }
        doc.phraseless = phraseless;
        for (i, rule, via) in found {
            let hit = Hit { span: doc.blocks[i].span, blocks: i..i + 1, via, holds_body: false };
            doc.hits[rule as usize].push(hit);
        }
    }

    /// Returns the rule of the phrase that a line, its edges stripped, is or starts or ends with. `key` is room for its form.
    fn find(&self, line: &str, key: &mut String) -> Option<u16> {
        if !self.may_be_known(line) {
            return None;
        }
        normalise(line, key);
        let ready = self.ready();
        let whole = self.lines.find(key);
        whole
            .or_else(|| ready.prefixes.find(key).map(|(rule, _)| rule))
            .or_else(|| ready.suffixes.find(key).map(|(rule, _)| rule))
    }

    /// Returns the rule of the first known phrase of a line that is a row of short things: `By Ida Moss | 3 May | 2 min
    /// read`, or the labels of inline buttons set without space between.
    fn by_parts(&self, doc: &Document, block: &Block, may_have_parts: bool, key: &mut String) -> Option<u16> {
        if block.words() > PARTS_WORDS || block.measure.ending.ends_sentence() && block.measure.bars == 0 {
            return None;
        }
        let pieces = doc.pieces_of(block);
        let ends = || pieces.iter().skip(1).map(|piece| piece.text).chain([block.text.end]);
        // A list's number or bullet is a piece without text.
        let is_whole = || pieces.iter().zip(ends()).filter(|(piece, end)| piece.text < *end).count() < 2;
        if is_whole() && !(may_have_parts && separator(doc.text(block)).is_some()) {
            return None;
        }
        let ends = ends();
        let (mut parts, mut known, mut rule) = (0, 0, None);
        for (piece, end) in pieces.iter().zip(ends) {
            for text in parted(&doc.text[piece.text as usize..end as usize]) {
                let line = trimmed(text);
                if line.is_empty() {
                    continue;
                }
                parts += 1;
                match self.find(line, key) {
                    // A clock's figures stand in timetables too.
                    Some(found) if line.contains(letters::is_alphabetic) => {
                        known += 1;
                        rule = rule.or(Some(found));
                    }
                    _ if is_small(line) && may_be_date(line) => known += 1,
                    // A name, a place.
                    _ if is_small(line) => {}
                    _ => return None,
                }
            }
        }
        rule.filter(|_| parts >= 2 && known * 2 >= parts)
    }
}

/// By byte: whether what stands between the parts of a row may start with it.
const BETWEEN_PARTS: [bool; 256] = letters::table(b"|\n\t/\xc2\xe2\xef");

/// Returns the first of what stands between the parts of a row: `|`, `•`, `·`, `｜`, the end of a line, a tabulator, or
/// `/` between spaces.
fn separator(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let length = |at: usize| match &bytes[at..] {
        [b'|' | b'\n' | b'\t', ..] => 1,
        [b'/', b' ', ..] if at > 0 && bytes[at - 1] == b' ' => 1,
        [0xc2, 0xb7, ..] => 2,
        [0xe2, 0x80, 0xa2, ..] | [0xef, 0xbd, 0x9c, ..] => 3,
        _ => 0,
    };
    let at = (0..bytes.len()).find(|&at| BETWEEN_PARTS[usize::from(bytes[at])] && length(at) > 0)?;
    Some(at..at + length(at))
}

/// Returns the parts of a row.
fn parted(row: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let text = rest?;
        let between = separator(text);
        rest = between.as_ref().map(|between| &text[between.end..]);
        Some(between.map_or(text, |between| &text[..between.start]))
    })
}

/// Words of the longest line that is taken for a row of parts, and words and bytes of the longest part that need not be
/// known: a name, or a date, which is longer. Set by hand.
const PARTS_WORDS: u32 = 30;
const PART_WORDS: usize = 4;
const DATE_WORDS: usize = 8;
const PART_BYTES: usize = 60;

/// Returns whether a part may stand beside a known one: a name, a place, or a date.
fn is_small(text: &str) -> bool {
    let most = if text.bytes().any(|b| b.is_ascii_digit()) { DATE_WORDS } else { PART_WORDS };
    text.split_whitespace().count() <= most && text.len() <= PART_BYTES
}

/// Figures of the shortest date that is written in figures alone.
const DATE_FIGURES: usize = 6;

/// Returns whether a part holds figures and letters, as “3 May 2031” does and the cell of a table does not, or figures enough.
fn may_be_date(text: &str) -> bool {
    let figures = text.bytes().filter(u8::is_ascii_digit).count();
    figures >= DATE_FIGURES || figures > 0 && text.contains(letters::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A phrase in another form matches nothing.
    #[test]
    fn all_phrases_are_in_the_form_of_lines() {
        let pipeline = crate::Pipeline::default();
        let mut faults = String::new();
        for meta in pipeline.rules() {
            for Phrase { how, text } in parse(meta.phrases).flatten() {
                let mut form = String::new();
                normalise(text, &mut form);
                let is_such = match how {
                    How::Line => form == text,
                    How::Prefix => text.starts_with(&form),
                    How::Suffix => text.ends_with(&form),
                    How::Within => text.replace('ı', "i") == form && !text.contains(['0', '\'']),
                };
                if !is_such {
                    faults += &format!("{}: {text:?} is not {form:?}\n", meta.name);
                }
            }
        }
        assert!(faults.is_empty(), "{faults}");
    }

    #[test]
    fn faults_name_the_line() {
        for (list, line) in [
            ("# c\nline\ten\tx\nfoo\ten\ty", Some(3)),
            ("line\ten\n", Some(1)),
            ("line\ten\tx\n\nprefix\ten\t\0\0\0\0\0\0\0\0\0", Some(3)),
            ("suffix\ten\tx\0\0\0\0\0\0\0\0", Some(1)),
            ("within\ten\tx", None),
        ] {
            assert_eq!(Phrases::new([list].into_iter()).err().map(|(_, fault)| fault.0), line, "{list:?}");
        }
    }
}
