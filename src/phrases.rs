//! Phrase lists: known lines of page furniture, compiled into one table for all rules.
//!
//! A list has one phrase a line, `how<TAB>language<TAB>phrase`, where `how` is `line` (the whole line is the phrase),
//! `prefix` or `suffix` (the line starts or ends with it, at a word boundary), or `within` (a line or a paragraph of up to
//! 1,200 bytes holds it, not in quotes); `#` starts a comment. Phrases are written as lines are compared: lower case, white
//! space collapsed, marks at the edges stripped, every run of digits as `0`, `’` as `'`. One that is sought within has
//! neither digits nor apostrophes.

mod within;

use crate::document::{Block, Document, Hit, Via};
use crate::hash::FastMap;
use crate::letters::{self, MASKS};
use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use within::Within;

/// Longest line in bytes that is compared: longer ones are prose. Korean and Hindi take three bytes a letter.
const LONGEST: usize = 240;

/// Bytes of the longest paragraph that a long phrase may open, and of its opening, in which the phrase must stand.
const LONGEST_NOTE: usize = 900;
const OPENING: usize = 160;

/// Words from which no sentence of an article starts like a phrase by chance. Set by hand.
const LONG_PHRASE: usize = 6;

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

fn parse(list: &str) -> impl Iterator<Item = Result<Phrase<'_>, Fault>> {
    list.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(|(i, line)| {
        let mut fields = line.split('\t');
        let how = match fields.next() {
            Some("line") => How::Line,
            Some("prefix") => How::Prefix,
            Some("suffix") => How::Suffix,
            Some("within") => How::Within,
            _ => return Err((i + 1, "does not start with line, prefix, suffix or within")),
        };
        match (fields.next(), fields.next(), fields.next()) {
            (Some(_), Some(text), None) if !text.is_empty() => Ok(Phrase { how, text }),
            _ => Err((i + 1, "is not three fields parted by tabs")),
        }
    })
}

/// All rules' phrases, compiled.
pub(crate) struct Phrases {
    /// The first rule of each, and the further ones of the few that several rules have.
    lines: FastMap<&'static str, u16>,
    shared: FastMap<&'static str, Vec<u16>>,
    /// By the ends of the lines.
    line_ends: Known,
    prefixes: Edge,
    long_prefixes: Starts,
    suffixes: Edge,
    within: Within,
}

/// Phrases that a line starts with or ends with, each with its rule, in order. Behind a line's place in that order no phrase
/// that it starts with can stand, so a few steps of bisection find the longest; building an automaton of them would take
/// longer than a hundred pages do.
struct Edge {
    phrases: Vec<(&'static str, u16)>,
    /// Whether lines end with them: they are in the order of their bytes read backwards.
    is_end: bool,
    starts: Starts,
    /// By the byte that they start or end with: where those of it begin.
    places: Vec<u32>,
}

/// Bits by a hash: whether an edge may be that of a phrase.
struct Known(Vec<u64>);

impl Known {
    fn of(edges: impl Iterator<Item = u64>) -> Self {
        let mut bits = vec![0; KNOWN / 64];
        for edge in edges {
            let at = place(edge, KNOWN);
            bits[at / 64] |= 1 << (at % 64);
        }
        Self(bits)
    }

    fn has(&self, edge: u64) -> bool {
        let at = place(edge, KNOWN);
        self.0[at / 64] >> (at % 64) & 1 != 0
    }
}

/// The first bytes of phrases that lines start with, or the last ones, backwards, of phrases that lines end with; by them
/// most lines are turned away.
struct Starts {
    known: Known,
    /// By the first two bytes: which lengths phrases have that start so, in bytes, a bit each; all longer ones are one length.
    lengths: Vec<u8>,
}

impl Starts {
    fn of(phrases: impl Iterator<Item = u64> + Clone) -> Self {
        let mut lengths = vec![0; LENGTHS];
        for phrase in phrases.clone() {
            let bit = 1 << (EDGE - 1 - phrase.leading_zeros() as usize / 8);
            let is_byte = phrase <= 0xff;
            let alike = if is_byte { &mut lengths[..] } else { &mut lengths[Self::place(phrase)..][..1] };
            alike.iter_mut().for_each(|lengths| *lengths |= bit);
        }
        Self { known: Known::of(phrases), lengths }
    }

    fn place(edge: u64) -> usize {
        place(edge & MASKS[2], LENGTHS)
    }

    /// Returns whether one of the phrases may stand at the start of a line that begins with these bytes.
    fn may_start(&self, line: u64) -> bool {
        let mut lengths = self.lengths[Self::place(line)];
        while lengths != 0 {
            if self.known.has(line & MASKS[lengths.trailing_zeros() as usize + 1]) {
                return true;
            }
            lengths &= lengths - 1;
        }
        false
    }
}

/// Bytes at the start and at the end of a phrase by which lines are turned away: those at the start of a phrase that lines
/// start with, and so on; of one that is a whole line, as many at its start and fewer at its end.
const EDGE: usize = 8;
const END: usize = 4;
const KNOWN: usize = 1 << 18;
const LENGTHS: usize = 1 << 12;

/// Returns the place of an edge in a table of a size that is a power of two.
fn place(edge: u64, size: usize) -> usize {
    (edge.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (size - 1)
}

/// Returns a number for the start and the end of a line.
fn joined(start: u64, end: u64) -> u64 {
    start ^ (end & MASKS[END]).wrapping_mul(0x2439_f31b_5c4c_9d27)
}

/// Returns the first bytes of a phrase or of the form of a line, or the last ones backwards.
fn edge(form: &[u8], is_end: bool) -> u64 {
    if !is_end {
        return letters::load(&form[..form.len().min(EDGE)]);
    }
    let end = letters::load(&form[form.len().saturating_sub(EDGE)..]);
    let empty = 8 * EDGE.saturating_sub(form.len()) as u32;
    end.swap_bytes().checked_shr(empty).unwrap_or(0)
}

impl Edge {
    fn new(mut phrases: Vec<(&'static str, u16)>, is_end: bool) -> Edge {
        phrases.sort_by(|a, b| compare(a.0, b.0, is_end));
        let starts = Starts::of(phrases.iter().map(|(text, _)| edge(text.as_bytes(), is_end)));
        let before =
            |edge: usize| phrases.partition_point(|(text, _)| usize::from(edge_of(text.as_bytes(), is_end)) < edge);
        let places = (0..=256).map(|edge| before(edge) as u32).collect();
        Edge { phrases, is_end, starts, places }
    }

    /// Returns the rule of the longest phrase the line starts or ends with, if a word ends there, and whether the phrase is
    /// long.
    fn find(&self, line: &str) -> Option<(u16, bool)> {
        if !self.starts.may_start(edge(line.as_bytes(), self.is_end)) {
            return None;
        }
        let mut part = line.as_bytes();
        let (phrase, rule) = loop {
            let edge = usize::from(edge_of(part, self.is_end));
            let near = &self.phrases[self.places[edge] as usize..self.places[edge + 1] as usize];
            let at = near.partition_point(|(text, _)| compare_bytes(text.as_bytes(), part, self.is_end).is_le());
            let (phrase, rule) = near[at.checked_sub(1)?];
            let shared = if self.is_end {
                phrase.bytes().rev().zip(part.iter().rev()).take_while(|(a, b)| a == *b).count()
            } else {
                phrase.bytes().zip(part).take_while(|(a, b)| a == *b).count()
            };
            if shared == phrase.len() {
                break (phrase, rule);
            }
            part = if self.is_end { &part[part.len() - shared..] } else { &part[..shared] };
        };
        let (inner, outer) = if self.is_end {
            (phrase.chars().next(), line[..line.len() - phrase.len()].chars().next_back())
        } else {
            (phrase.chars().next_back(), line[phrase.len()..].chars().next())
        };
        (!splits_word(outer, inner)).then(|| (rule, is_long(phrase)))
    }
}

/// Returns the first byte, or the last.
fn edge_of(text: &[u8], is_end: bool) -> u8 {
    let edge = if is_end { text.last() } else { text.first() };
    edge.copied().unwrap_or(0)
}

fn compare(a: &str, b: &str, is_end: bool) -> Ordering {
    compare_bytes(a.as_bytes(), b.as_bytes(), is_end)
}

fn compare_bytes(a: &[u8], b: &[u8], is_end: bool) -> Ordering {
    if is_end { a.iter().rev().cmp(b.iter().rev()) } else { a.cmp(b) }
}

fn is_long(phrase: &str) -> bool {
    phrase.bytes().filter(|&b| b == b' ').count() + 1 >= LONG_PHRASE
}

/// Returns whether the end of a phrase, with these characters outside and inside, stands within a word.
fn splits_word(outer: Option<char>, inner: Option<char>) -> bool {
    outer.is_some_and(is_spaced) && inner.is_some_and(is_spaced)
}

/// Returns whether the character belongs to a script whose words are parted by spaces.
fn is_spaced(ch: char) -> bool {
    ch.is_alphanumeric()
        && !matches!(ch, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

impl Phrases {
    /// Compiles the lists of all rules, in the pipeline's order. A list that cannot be read gives the rule, the line and
    /// the cause.
    pub(crate) fn new(lists: impl Iterator<Item = &'static str>) -> Result<Self, (usize, Fault)> {
        let mut lines: FastMap<&'static str, u16> = FastMap::default();
        let mut shared: FastMap<&'static str, Vec<u16>> = FastMap::default();
        // About as many as the built-in rules have.
        lines.reserve(13_600);
        let (mut prefixes, mut suffixes, mut within) = (Vec::new(), Vec::new(), Vec::new());
        for (rule, list) in lists.enumerate() {
            for phrase in parse(list) {
                let Phrase { how, text } = phrase.map_err(|fault| (rule, fault))?;
                match how {
                    How::Line => match lines.entry(text) {
                        Entry::Vacant(place) => _ = place.insert(rule as u16),
                        Entry::Occupied(_) => shared.entry(text).or_default().push(rule as u16),
                    },
                    How::Prefix => prefixes.push((text, rule as u16)),
                    How::Suffix => suffixes.push((text, rule as u16)),
                    How::Within => within.push((text, rule as u16)),
                }
            }
        }
        let both_ends = |text: &&str| joined(edge(text.as_bytes(), false), edge(text.as_bytes(), true));
        let line_ends = Known::of(lines.keys().map(both_ends));
        let long = prefixes.iter().filter(|(text, _)| is_long(text));
        let long_prefixes = Starts::of(long.map(|(text, _)| edge(text.as_bytes(), false)));
        let (prefixes, suffixes) = (Edge::new(prefixes, false), Edge::new(suffixes, true));
        Ok(Self { lines, shared, line_ends, long_prefixes, prefixes, suffixes, within: Within::new(within) })
    }

    /// Returns whether the first or last bytes of a line, its edges stripped, are those of a phrase. Few lines need more than
    /// this look.
    fn may_be_known(&self, line: &str) -> bool {
        let (start, end) = (edge_of_form(line, false), edge_of_form(line, true));
        self.prefixes.starts.may_start(start)
            || self.suffixes.starts.may_start(end)
            || self.line_ends.has(joined(start, end))
    }

    /// Adds what the phrases point at to the document's hits.
    #[inline(never)] // A stage that `benches/counts` counts by its name.
    pub(crate) fn search(&self, doc: &mut Document) {
        let (mut key, mut part) = (String::new(), String::new());
        let mut phraseless = std::mem::take(&mut doc.phraseless);
        // All but three of the separators count as bars.
        let mut separators = doc.seek(|text| memchr::memchr3(b'\n', b'\t', 0xef, text));
        let mut found = Vec::new();
        for (i, block) in doc.blocks.iter().enumerate() {
            if std::mem::replace(&mut phraseless[i], true) {
                continue;
            }
            if let Some(rule) = self.within.find(doc, i) {
                found.push((i, rule, Via::Within));
                phraseless[i] = false;
            }
            if block.text.len() > LONGEST {
                if block.text.len() <= LONGEST_NOTE {
                    let text = &doc.text[block.text.range()];
                    let text = text[..text.floor_char_boundary(OPENING)].trim_start_matches(is_edge);
                    if !self.long_prefixes.may_start(edge_of_form(text, false)) {
                        continue;
                    }
                    normalise(text, &mut key);
                    if let Some((rule, true)) = self.prefixes.find(&key) {
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
            let may_have_parts = block.measure.bars > 0 || separators.is_in(block);
            let parts = self.by_parts(doc, block, may_have_parts, &mut part);
            if parts.is_none() && !self.may_be_known(line) {
                continue;
            }
            normalise(line, &mut key);
            let mut add = |rule: u16, via: Via| {
                phraseless[i] = false;
                found.push((i, rule, via));
            };
            if let Some(&rule) = self.lines.get(key.as_str()) {
                add(rule, Via::Line);
                self.shared.get(key.as_str()).into_iter().flatten().for_each(|&rule| add(rule, Via::Line));
                continue;
            }
            if let Some(rule) = parts {
                add(rule, Via::Parts);
                continue;
            }
            if let Some((rule, is_long)) = self.prefixes.find(&key) {
                add(rule, if is_long { Via::LongPrefix } else { Via::Prefix });
            }
            if let Some(rule) = self.suffixes.find(&key).map(|(rule, _)| rule) {
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
        let whole = self.lines.get(key.as_str()).copied();
        whole
            .or_else(|| self.prefixes.find(key).map(|(rule, _)| rule))
            .or_else(|| self.suffixes.find(key).map(|(rule, _)| rule))
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
        if is_whole() && !(may_have_parts && doc.text(block).contains(SEPARATORS)) {
            return None;
        }
        let ends = ends();
        let (mut parts, mut known, mut rule) = (0, 0, None);
        for (piece, end) in pieces.iter().zip(ends) {
            for text in doc.text[piece.text as usize..end as usize].split(SEPARATORS) {
                let line = trimmed(text);
                if line.is_empty() {
                    continue;
                }
                parts += 1;
                match self.find(line, key) {
                    Some(found) => {
                        known += 1;
                        rule = rule.or(Some(found));
                    }
                    // A name, a place, a date, a count.
                    None if is_small(text) => {}
                    None => return None,
                }
            }
        }
        rule.filter(|_| parts >= 2 && known * 2 >= parts)
    }
}

/// What stands between the parts of a row.
const SEPARATORS: [char; 6] = ['|', '•', '·', '｜', '\n', '\t'];

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

/// Returns a line without its edges.
fn trimmed(line: &str) -> &str {
    let is_set = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let is_trim = is_set(line.as_bytes().first()) && is_set(line.as_bytes().last());
    if is_trim { line } else { line.trim_matches(is_edge) }
}

fn is_edge(ch: char) -> bool {
    !letters::is_alphanumeric(ch) && !matches!(ch, '©' | '+' | '#' | '@' | '&' | 'ⓒ' | '%' | '$' | '€')
}

/// ASCII characters as [`normalise`] writes them.
const FORM: [u8; 128] = {
    let mut table = [0; 128];
    let mut b = 0u8;
    while b < 128 {
        table[b as usize] = match b {
            b'\t'..=b'\r' | b' ' => b' ',
            b'0'..=b'9' => b'0',
            b'`' => b'\'',
            _ => b.to_ascii_lowercase(),
        };
        b += 1;
    }
    table
};

/// Returns a character as [`normalise`] writes it, which is one for all but `İ`.
#[inline]
fn form(ch: char) -> Option<char> {
    match ch {
        ..'\u{80}' => Some(char::from(FORM[ch as usize])),
        '’' | '‘' => Some('\''),
        'İ' => None,
        _ if ch.is_whitespace() => Some(' '),
        _ => Some(letters::to_small(ch)),
    }
}

/// Returns the first bytes of a line's form, or the last ones backwards. The line's edges are stripped.
fn edge_of_form(line: &str, is_end: bool) -> u64 {
    let word = edge(line.as_bytes(), is_end);
    letters::plain_form(word).unwrap_or_else(|| {
        if is_end { edge_by_characters(line.chars().rev(), true) } else { edge_by_characters(line.chars(), false) }
    })
}

/// Returns the edge of the form of a line, of which the characters are given from either end.
fn edge_by_characters(line: impl Iterator<Item = char>, is_end: bool) -> u64 {
    let (mut out, mut len, mut before) = (0, 0, '\0');
    for ch in line {
        let mut bytes = [0; 4];
        let size = match form(ch) {
            Some(small) if small == before && matches!(small, ' ' | '0') => continue,
            Some(small) => {
                before = small;
                small.encode_utf8(&mut bytes).len()
            }
            // The form of `İ` is two characters.
            None => {
                before = ch;
                bytes[..3].copy_from_slice("i\u{307}".as_bytes());
                3
            }
        };
        let bytes = u32::from_le_bytes(bytes);
        let bytes = u64::from(if is_end { bytes.swap_bytes() >> (32 - 8 * size) } else { bytes });
        out |= bytes << (8 * len);
        len += size;
        if len >= EDGE {
            break;
        }
    }
    out
}

/// Writes the form of a line that phrases are compared with.
pub(crate) fn normalise(line: &str, out: &mut String) {
    let line = trimmed(line);
    if line.is_ascii() {
        let mut form = std::mem::take(out).into_bytes();
        form.clear();
        form.resize(line.len(), 0);
        let (mut len, mut before) = (0, 0);
        for &b in line.as_bytes() {
            let small = FORM[usize::from(b % 128)];
            form[len] = small;
            // Of digits and of white space in a row one stands.
            len += usize::from(!(small == before && matches!(small, b' ' | b'0')));
            before = small;
        }
        form.truncate(len);
        *out = String::from_utf8(form).unwrap_or_default();
        return;
    }
    out.clear();
    let mut space = false;
    let mut digits = false;
    let mut rest = line;
    while let Some(ch) = rest.chars().next() {
        let small = letters::small(rest.as_bytes());
        if small > 0 {
            if std::mem::take(&mut space) {
                out.push(' ');
            }
            out.push_str(&rest[..small]);
            digits = false;
            rest = &rest[small..];
            continue;
        }
        rest = &rest[ch.len_utf8()..];
        if ch.is_whitespace() {
            space = true;
            digits = false;
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        if ch.is_ascii_digit() {
            if !digits {
                out.push('0');
            }
            digits = true;
            continue;
        }
        digits = false;
        match ch {
            '’' | '‘' | '`' => out.push('\''),
            _ if ch.is_ascii() => out.push(ch.to_ascii_lowercase()),
            _ => out.extend(ch.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_normalised() {
        let mut out = String::new();
        for (line, key) in [
            ("  » Read MORE: ", "read more"),
            ("12 min  read", "0 min read"),
            ("Don’t miss", "don't miss"),
            ("© 2024 Example", "© 0 example"),
            ("•", ""),
        ] {
            normalise(line, &mut out);
            assert_eq!(out, key);
        }
    }

    #[test]
    fn both_ends_of_a_line_are_seen_in_its_form() {
        let mut out = String::new();
        let lines =
            ["Read  MORE’s 12 3", "12 min 0 0", "Öffnet ÄÉ in 2024\n\n05", "` 1’\u{a0} x", "Home", "Aİz", "大桥 の"];
        for line in lines {
            let line = line.trim_matches(is_edge);
            normalise(line, &mut out);
            for is_end in [false, true] {
                assert_eq!(edge_of_form(line, is_end), edge(out.as_bytes(), is_end), "{line}");
            }
        }
    }

    #[test]
    fn every_character_has_one_form() {
        let mut out = String::new();
        for ch in ('\0'..=char::MAX).filter(|&ch| ch != 'İ') {
            normalise(&format!("a{ch}a"), &mut out);
            assert_eq!(form(ch).map(|form| format!("a{form}a")).as_ref(), Some(&out), "{ch:?}");
        }
        assert_eq!(form('İ'), None);
    }

    #[test]
    fn edges_respect_words() {
        let edge = Edge::new(vec![("share on", 3), ("분享到", 4), ("分享到", 5)], false);
        assert_eq!(edge.find("share on x"), Some((3, false)));
        assert_eq!(edge.find("share one thing"), None);
        assert_eq!(edge.find("分享到微信"), Some((5, false)));
        let edge = Edge::new(vec![("read more", 1), ("more", 2), ("e", 3)], true);
        assert_eq!(edge.find("to read more"), Some((1, false)));
        assert_eq!(edge.find("xread more"), None);
        assert_eq!(edge.find("want more"), Some((2, false)));
        assert_eq!(edge.find("the"), None);
    }

    #[test]
    fn faults_name_the_line() {
        assert_eq!(Phrases::new(["# c\nline\ten\tx\nfoo\ten\ty"].into_iter()).err().map(|(_, f)| f.0), Some(3));
    }
}
