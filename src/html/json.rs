//! Reads the JSON that pages carry in scripts: a stream of values, each with the keys that lead to it.
//!
//! Pages write JSON by hand and by template, so the reader takes what it gets: comments or CDATA marks around the value,
//! line breaks and quotes within strings, trailing and missing commas, bare keys. Where the value breaks off, what stood
//! before has been reported. Time is linear, nothing recurses, and what is nested deeper than [`MOST_LEVELS`] is passed
//! over.

use crate::span::Span;
use memchr::{memchr, memchr2, memchr2_iter};
use std::borrow::Cow;
use std::ops::Range;

/// Objects and arrays within each other whose values are reported.
pub(crate) const MOST_LEVELS: usize = 64;

/// An open object or array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level {
    pub(crate) is_object: bool,
    /// Its number among the objects and arrays of the value, from 0 on in the order in which they open.
    pub(crate) number: u32,
    /// The key of the value being read, for objects; as written, without its quotes.
    key: Span,
}

/// Where in the JSON a value stands: the open objects and arrays, outermost first.
pub(crate) struct Path<'s> {
    source: &'s str,
    levels: Vec<Level>,
}

impl<'s> Path<'s> {
    /// Returns the open objects and arrays, outermost first.
    pub(crate) fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// Returns the keys that lead to the value, innermost first, as written. Arrays have none.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'s str> + '_ {
        self.levels.iter().rev().filter(|level| level.is_object).map(|level| &self.source[level.key.range()])
    }

    /// Returns the key of the value that is being read in an open object, as written; empty for an array.
    pub(crate) fn key_at(&self, level: &Level) -> &'s str {
        &self.source[level.key.range()]
    }

    /// Returns the innermost key, or an empty string in an array without any object around it.
    pub(crate) fn key(&self) -> &'s str {
        self.keys().next().unwrap_or("")
    }
}

/// A value that is no object and no array, by its place in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    /// A string, without its quotes and with its escapes; see [`unescape`].
    Text(Span),
    /// A number, `true`, `false`, `null`, or a word that is no JSON.
    Word(Span),
}

/// Reads the first object or array of `source[from..to]` and calls `each` for every scalar in it, in order. Returns the
/// offset after it, which is `to` when it breaks off or when there is none.
pub(crate) fn values(source: &str, from: usize, to: usize, mut each: impl FnMut(&Path, Scalar)) -> usize {
    let bytes = &source.as_bytes()[..to];
    let mut path = Path { source, levels: Vec::new() };
    let Some(mut at) = opening(bytes, from) else { return to };
    let (mut opened, mut too_deep) = (0, 0usize);
    while at < to {
        let byte = bytes[at];
        match byte {
            b'{' | b'[' if path.levels.len() < MOST_LEVELS => {
                path.levels.push(Level { is_object: byte == b'{', number: opened, key: Span::default() });
                opened += 1;
                at += 1;
            }
            b'{' | b'[' => {
                too_deep += 1;
                at += 1;
            }
            b'}' | b']' if too_deep > 0 => {
                too_deep -= 1;
                at += 1;
            }
            b'}' | b']' => {
                // Whatever was left open within ends here as well; an end of nothing is passed over.
                let fits = |level: &Level| level.is_object == (byte == b'}');
                path.levels.truncate(path.levels.iter().rposition(fits).unwrap_or(path.levels.len()));
                at += 1;
                if path.levels.is_empty() {
                    return at;
                }
            }
            b',' | b':' => at += 1,
            _ if byte.is_ascii_whitespace() => at += 1,
            _ => {
                let (scalar, span, after) = match byte {
                    b'"' => {
                        let Some(end) = string_end(bytes, at + 1) else { return to };
                        let span = Span::new(at as u32 + 1, end as u32);
                        (Scalar::Text(span), span, end + 1)
                    }
                    _ => {
                        let end = word_end(bytes, at);
                        let span = Span::new(at as u32, end as u32);
                        (Scalar::Word(span), span, end)
                    }
                };
                let next = after_space(bytes, after);
                at = next;
                match path.levels.last_mut() {
                    _ if too_deep > 0 => {}
                    Some(level) if level.is_object && bytes.get(next) == Some(&b':') => level.key = span,
                    _ => each(&path, scalar),
                }
            }
        }
    }
    to
}

/// Returns where the first object or array begins, past the mark of a CDATA section.
fn opening(bytes: &[u8], from: usize) -> Option<usize> {
    let mut found = memchr2_iter(b'{', b'[', &bytes[from..]).map(|i| from + i);
    let is_mark = |at: usize| bytes[at] == b'[' && (bytes[..at].ends_with(b"<!") || bytes[..at].ends_with(b"CDATA"));
    found.find(|&at| !is_mark(at))
}

/// Returns the offset of the quote that ends the string whose content starts at `from`. A quote within the string that
/// should have been escaped is told by what follows it.
fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'\\' {
            at += 2;
            continue;
        }
        let next = after_space(bytes, at + 1);
        let ends = match bytes.get(next) {
            Some(b',' | b':' | b'}' | b']') | None => true,
            // The comma is missing at the end of a line.
            Some(b'"') => bytes[at..next].contains(&b'\n'),
            Some(_) => false,
        };
        if ends {
            return Some(at);
        }
        at += 1;
    }
}

fn after_space(bytes: &[u8], from: usize) -> usize {
    from + bytes[from..].iter().take_while(|b| b.is_ascii_whitespace()).count()
}

/// Returns the end of a number or word: ASCII marks end it, so that the end is on a character boundary.
fn word_end(bytes: &[u8], from: usize) -> usize {
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b',' | b':' | b'"' | b'{' | b'}' | b'[' | b']');
    from + bytes[from..].iter().position(ends).unwrap_or(bytes.len() - from)
}

/// Returns the text of a JSON string given as written, without its quotes. A half of a surrogate pair becomes U+FFFD, and
/// a backslash before a character that needs none is dropped.
pub(crate) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return raw.into();
    }
    let mut out = String::with_capacity(raw.len());
    unescape_each(raw, |text, _| out.push_str(text));
    out.into()
}

/// Undoes the escapes of a JSON string, as [`unescape`] does, and calls `each` for every stretch of its text with the
/// bytes of `raw` that it was written as: stretches without an escape as they stand, and each escape by itself.
pub(crate) fn unescape_each(raw: &str, mut each: impl FnMut(&str, Range<usize>)) {
    let mut at = 0;
    while at < raw.len() {
        let plain = memchr(b'\\', &raw.as_bytes()[at..]).unwrap_or(raw.len() - at);
        if plain > 0 {
            each(&raw[at..at + plain], at..at + plain);
            at += plain;
        }
        let Some(after) = raw[at..].strip_prefix('\\') else { continue };
        let (ch, len) = match after.chars().next() {
            Some('u') => unicode(after),
            Some('n') => ('\n', 1),
            Some('t') => ('\t', 1),
            Some('r') => ('\r', 1),
            Some('b') => ('\u{8}', 1),
            Some('f') => ('\u{c}', 1),
            Some(ch) => (ch, ch.len_utf8()),
            None => ('\u{fffd}', 0),
        };
        each(ch.encode_utf8(&mut [0; 4]), at..at + 1 + len);
        at += 1 + len;
    }
}

/// Decodes `uXXXX`, or the two halves of a surrogate pair; returns the character and the bytes it took.
fn unicode(after: &str) -> (char, usize) {
    let unit = |from: usize| {
        let digits = after.as_bytes().get(from..from + 4)?;
        digits.iter().try_fold(0, |code, &b| Some(code * 16 + (b as char).to_digit(16)?))
    };
    let Some(first) = unit(1) else { return ('\u{fffd}', 1) };
    if (0xd800..0xdc00).contains(&first)
        && after.as_bytes().get(5..7) == Some(b"\\u")
        && let Some(second) = unit(7).filter(|unit| (0xdc00..0xe000).contains(unit))
    {
        let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return (char::from_u32(code).unwrap_or('\u{fffd}'), 11);
    }
    (char::from_u32(first).unwrap_or('\u{fffd}'), 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes each value as `path=value`, outermost key first, words in round brackets.
    fn read(source: &str) -> String {
        let mut out = Vec::new();
        values(source, 0, source.len(), |path, scalar| {
            let mut keys: Vec<&str> = path.keys().collect();
            keys.reverse();
            let value = match scalar {
                Scalar::Text(span) => unescape(&source[span.range()]).into_owned(),
                Scalar::Word(span) => format!("({})", &source[span.range()]),
            };
            out.push(format!("{}={value}", keys.join(".")));
        });
        out.join(" | ")
    }

    #[test]
    fn values_come_with_their_keys() {
        for (source, expect) in [
            ("", ""),
            ("{}", ""),
            (r#"{"a": "x", "b": 12, "c": null}"#, "a=x | b=(12) | c=(null)"),
            (r#"{"a": {"b": ["x", {"c": "y"}]}, "d": "z"}"#, "a.b=x | a.b.c=y | d=z"),
            (r#"["x", ["y"]]"#, "=x | =y"),
            (r#"{"a": [], "b": {}, "c": "x"}"#, "c=x"),
            (r#"{"a": "\u00e9\n\"q\""}"#, "a=é\n\"q\""),
        ] {
            assert_eq!(read(source), expect, "{source}");
        }
    }

    #[test]
    fn broken_json_is_read_as_far_as_it_goes() {
        for (source, expect) in [
            ("<!--\n{\"a\": \"x\"}\n-->", "a=x"),
            ("//<![CDATA[\n{\"a\": \"x\"}\n//]]>", "a=x"),
            ("/*<![CDATA[*/ [\"x\"] /*]]>*/", "=x"),
            ("window.state = {a: \"x\", b: 1};", "a=x | b=(1)"),
            (r#"{"a": "x",, "b": "y",}"#, "a=x | b=y"),
            ("{\"a\": \"two\nlines\"}", "a=two\nlines"),
            (r#"{"a": "He said "no" again", "b": "y"}"#, "a=He said \"no\" again | b=y"),
            ("{\"a\": \"x\"\n\"b\": \"y\"}", "a=x | b=y"),
            (r#"{"a": "x", "b": "bro"#, "a=x"),
            (r#"{"a": "x", "b": "#, "a=x"),
            (r#"{"a": "x", "b": "y\"#, "a=x"),
            (r#"{"a": ["x"}, "b": "y"}"#, "a=x"),
            (r#"{"a": "x"]}, "b"}"#, "a=x"),
            (r#"{"a": é, "b": "y"}"#, "a=(é) | b=y"),
        ] {
            assert_eq!(read(source), expect, "{source}");
        }
    }

    #[test]
    fn every_prefix_of_a_value_can_be_read() {
        let source = r#"<!-- {"à": "\u00e9\\", "b": [1, {"c": "ß\""}], "d": {"e": "\ud83d\ude00"}} -->"#;
        for to in (0..=source.len()).filter(|&to| source.is_char_boundary(to)) {
            let end = values(source, 0, to, |_, scalar| {
                let (Scalar::Text(span) | Scalar::Word(span)) = scalar;
                unescape(&source[span.range()]);
            });
            assert!(end <= to);
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "{\"a\":".repeat(100_000) + "\"x\"" + &"}".repeat(100_000);
        let source = format!("[{deep}, {{\"b\": \"y\"}}]");
        assert_eq!(read(&source), "b=y");
    }

    #[test]
    fn the_reader_stops_after_the_first_value() {
        let source = r#"{"a": "x"} {"b": "y"}"#;
        let mut count = 0;
        let end = values(source, 0, source.len(), |_, _| count += 1);
        assert_eq!((&source[..end], count), (r#"{"a": "x"}"#, 1));
    }

    #[test]
    fn objects_are_numbered() {
        let source = r#"[{"a": "x", "b": {"c": "y"}, "d": "z"}, {"a": "x"}]"#;
        let mut numbers = Vec::new();
        values(source, 0, source.len(), |path, _| numbers.push(path.levels().last().unwrap().number));
        assert_eq!(numbers, [1, 2, 1, 3]);
    }

    #[test]
    fn escapes_are_undone() {
        for (raw, text) in [
            ("plain", "plain"),
            (r"a\/b", "a/b"),
            (r"a\tb", "a\tb"),
            (r"\u65E5\u672c", "日本"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d!", "\u{fffd}!"),
            (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\u12", "\u{fffd}12"),
            (r"\é", "é"),
            ("x\\", "x\u{fffd}"),
        ] {
            assert_eq!(unescape(raw), text, "{raw}");
        }
    }
}
