//! A text put together from stretches of the page, which knows where each of its bytes comes from.

use super::json;
use crate::markup::entity;
use crate::span::Span;

/// Where a stretch of the text, and of the page, begins; both end where the next one's begin. Between stretches that are
/// apart in the page is one without text.
///
/// One that has as many bytes in the text as in the page stands there as it is. Otherwise it is one character written as an
/// escape, which is longer, or markup that was put in and stands nowhere.
#[derive(Clone, Copy)]
struct Run {
    text: u32,
    source: u32,
}

/// A text whose spans can be found again in the page.
#[derive(Default)]
pub(crate) struct Traced {
    text: String,
    /// In order of both text and page.
    runs: Vec<Run>,
    /// Where the last one ends in the page.
    end: u32,
    /// Whether it stands in the page as it is.
    is_exact: bool,
}

impl Traced {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns a stretch of the page as it stands.
    pub(crate) fn of(source: &str, span: Span) -> Self {
        let mut out = Traced::default();
        out.push(&source[span.range()], span);
        out
    }

    /// Appends text that stands nowhere in the page.
    pub(crate) fn insert(&mut self, text: &str) {
        self.push(text, Span::new(self.end, self.end));
    }

    /// Appends a JSON string, given by its place in `from`, without its escapes.
    pub(crate) fn unescape(&mut self, from: &Source, span: Span) {
        let raw = from.slice(span);
        // JSON in a JSON string has tens of thousands, each with a run of its own and one behind it.
        let escapes = escapes(raw);
        if escapes > MANY && self.runs.is_empty() {
            self.text.reserve_exact(raw.len() - escapes);
            self.runs.reserve_exact(2 * escapes + 1);
        }
        let mut places = Places::of(from, span.start);
        json::unescape_each(raw, |text, raw| {
            let place = Span::new(span.start + raw.start as u32, span.start + raw.end as u32);
            // No escape is as long as what it stands for.
            match place.len() == text.len() {
                true => self.append_from(&mut places, place),
                false => self.push(text, places.place(place)),
            }
        });
    }

    /// Appends a stretch of another text, character references decoded.
    pub(crate) fn decode(&mut self, from: &Source, span: Span) {
        let raw = from.slice(span);
        let mut places = Places::of(from, span.start);
        let place = |at: usize, len: usize| Span::new(span.start + at as u32, span.start + (at + len) as u32);
        let mut text = String::new();
        let mut at = 0;
        while let Some(plain) = memchr::memchr(b'&', &raw.as_bytes()[at..]) {
            self.append_from(&mut places, place(at, plain));
            at += plain;
            let len = match entity::decode(&raw.as_bytes()[at..], false) {
                Some(decoded) => {
                    text.clear();
                    text.extend(decoded.chars.into_iter().flatten());
                    self.push(&text, places.place(place(at, decoded.len)));
                    decoded.len
                }
                None => {
                    self.append_from(&mut places, place(at, 1));
                    1
                }
            };
            at += len;
        }
        self.append_from(&mut places, place(at, raw.len() - at));
    }

    /// Appends a stretch of another text as it stands.
    pub(crate) fn append(&mut self, from: &Source, span: Span) {
        self.append_from(&mut Places::of(from, span.start), span);
    }

    fn append_from(&mut self, from: &mut Places, span: Span) {
        let traced = match from.source {
            Source::Page(page) => return self.push(&page[span.range()], span),
            Source::Traced(traced) => traced,
        };
        let mut start = span.start;
        while start < span.end {
            let at = from.run_at(traced, start);
            let end = traced.runs.get(at + 1).map_or(span.end, |next| next.text.min(span.end));
            self.push(&traced.text[start as usize..end as usize], traced.source_in(at, start, at, end));
            start = end;
        }
    }

    fn push(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        let goes_on = !self.runs.is_empty() && self.end == source.start;
        if !goes_on {
            self.runs.push(Run { text: at, source: self.end });
        }
        let is_exact = source.len() == text.len();
        if !(goes_on && is_exact && self.is_exact) {
            self.runs.push(Run { text: at, source: source.start });
            self.is_exact = is_exact;
        }
        self.text.push_str(text);
        self.end = source.end;
    }

    /// Returns where a run ends in the text and in the page.
    fn end_of(&self, at: usize) -> Run {
        let end = Run { text: self.text.len() as u32, source: self.end };
        self.runs.get(at + 1).copied().unwrap_or(end)
    }

    /// Returns whether a run stands in the page as it is.
    fn is_exact(&self, at: usize) -> bool {
        let (run, end) = (self.runs[at], self.end_of(at));
        end.text - run.text == end.source - run.source
    }

    /// Returns the index of the run that holds the byte at an offset.
    fn run_at(&self, offset: u32) -> usize {
        self.runs.partition_point(|run| run.text <= offset).saturating_sub(1)
    }

    /// Returns where a span of the text stands in the page; empty when it stands nowhere.
    pub(crate) fn source_of(&self, span: Span) -> Span {
        if span.is_empty() || self.runs.is_empty() {
            return Span::default();
        }
        self.source_in(self.run_at(span.start), span.start, self.run_at(span.end - 1), span.end)
    }

    /// Returns where in the page a span of the text stands that starts in the one run and ends in the other.
    fn source_in(&self, first: usize, start: u32, last: usize, end: u32) -> Span {
        let inside = |at: usize, offset: u32| self.runs[at].source + (offset - self.runs[at].text);
        let start = if self.is_exact(first) { inside(first, start) } else { self.runs[first].source };
        let end = if self.is_exact(last) { inside(last, end) } else { self.end_of(last).source };
        Span::new(start, end.max(start))
    }
}

/// Where stretches of a text stand in the page that are asked for from its start to its end.
struct Places<'s, 'a> {
    source: &'s Source<'a>,
    /// The run of the last one.
    run: usize,
}

impl<'s, 'a> Places<'s, 'a> {
    fn of(source: &'s Source<'a>, from: u32) -> Self {
        let run = match source {
            Source::Page(_) => 0,
            Source::Traced(traced) => traced.run_at(from),
        };
        Self { source, run }
    }

    /// Returns the index of the run that holds the byte at an offset, which is behind the last one that was asked for.
    fn run_at(&mut self, traced: &Traced, offset: u32) -> usize {
        while traced.runs.get(self.run + 1).is_some_and(|next| next.text <= offset) {
            self.run += 1;
        }
        self.run
    }

    fn place(&mut self, span: Span) -> Span {
        match self.source {
            Source::Page(_) => span,
            Source::Traced(traced) if span.is_empty() || traced.runs.is_empty() => Span::default(),
            Source::Traced(traced) => {
                let first = self.run_at(traced, span.start);
                let last = self.run_at(traced, span.end - 1);
                traced.source_in(first, span.start, last, span.end)
            }
        }
    }
}

/// Escapes of a string for which room is made at once.
const MANY: usize = 1000;

/// Returns how many escapes a JSON string has, at the most.
fn escapes(raw: &str) -> usize {
    let (mut count, mut rest) = (0, raw.as_bytes());
    while let Some(at) = memchr::memchr(b'\\', rest) {
        count += 1;
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    count
}

/// What JSON is read from: the page itself, or a text that stood in it as a string.
pub(crate) enum Source<'a> {
    Page(&'a str),
    Traced(Traced),
}

impl Source<'_> {
    pub(crate) fn text(&self) -> &str {
        match self {
            Source::Page(page) => page,
            Source::Traced(traced) => traced.text(),
        }
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        &self.text()[span.range()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the source of each stretch that `of` names in the text.
    fn sources(traced: &Traced, page: &str, of: &[&str]) -> Vec<String> {
        of.iter()
            .map(|part| {
                let at = traced.text().find(part).unwrap() as u32;
                page[traced.source_of(Span::new(at, at + part.len() as u32)).range()].to_owned()
            })
            .collect()
    }

    #[test]
    fn escapes_are_traced() {
        for (raw, text, parts) in [
            ("plain", "plain", &[("lai", "lai")][..]),
            (r"\u65E5\u672c!", "日本!", &[("日", r"\u65E5"), ("本!", r"\u672c!"), ("!", "!")]),
            (r#"a \"b\" c"#, "a \"b\" c", &[("\"b", r#"\"b"#), ("b\" c", r#"b\" c"#)]),
            (r"\ud83d\ude00", "😀", &[("😀", r"\ud83d\ude00")]),
        ] {
            let mut traced = Traced::default();
            traced.unescape(&Source::Page(raw), Span::new(0, raw.len() as u32));
            assert_eq!(traced.text(), text);
            let (of, expect): (Vec<&str>, Vec<&str>) = parts.iter().copied().unzip();
            assert_eq!(sources(&traced, raw, &of), expect, "{raw}");
        }
    }

    #[test]
    fn strings_within_strings_are_traced_to_the_page() {
        let page = r#""{\"a\":\"Caf\\u00e9 \\\"x\\\" &lt;p>y\"}""#;
        let mut outer = Traced::default();
        outer.unescape(&Source::Page(page), Span::new(1, page.len() as u32 - 1));
        let outer = Source::Traced(outer);
        assert_eq!(outer.text(), r#"{"a":"Caf\u00e9 \"x\" &lt;p>y"}"#);
        let mut inner = Traced::default();
        inner.insert("<p>");
        let end = outer.text().len() as u32 - 2;
        inner.unescape(&outer, Span::new(6, end));
        assert_eq!(inner.text(), "<p>Café \"x\" &lt;p>y");
        assert_eq!(sources(&inner, page, &["Café", "\"x\"", "f"]), [r"Caf\\u00e9", r#"\\\"x\\\""#, "f"]);
        assert!(inner.source_of(Span::new(0, 3)).is_empty());
        let whole = Span::new(0, inner.text().len() as u32);
        let inner = Source::Traced(inner);
        let mut decoded = Traced::default();
        decoded.decode(&inner, whole);
        assert_eq!(decoded.text(), "<p>Café \"x\" <p>y");
        assert_eq!(sources(&decoded, page, &["x", " <p>y"]), ["x", " &lt;p>y"]);
    }
}
