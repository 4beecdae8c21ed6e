//! Reads records out of JSON Lines.

use super::input::Input;
use super::record::{Cause, Content, Failure, Id, Record, Repair};
use serde_core::de::{self, DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Reads the records of one input, in order; bad ones come as failures in their place, and reading goes on after them.
///
/// The input may be packed with gzip or zstd, which its first bytes tell. Empty lines are skipped. A record is mended
/// where that is possible: bytes that are not UTF-8 and halves of surrogate pairs become U+FFFD, and
/// [`Record::repaired`] says so. After [`Cause::Cut`] and [`Cause::Unreadable`] nothing more comes.
///
/// Takes memory for one line, which is at most [`max_line`](Self::max_line) bytes; a longer one is skipped without being
/// held.
pub struct Reader {
    input: Input,
    context: Arc<Context>,
    max_line: usize,
    line: u64,
    done: bool,
}

/// What a record needs to know of its input.
#[derive(Clone)]
struct Context {
    source: Arc<str>,
    html: Option<String>,
    text: Option<String>,
    url: String,
    id: String,
}

/// The default of [`Reader::max_line`]: 256 MiB. The longest page of Common Crawl has 1 MiB.
const MAX_LINE: usize = 256 << 20;

impl Reader {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// The file cannot be opened or read, or its first bytes say that it is something else, such as a zip archive.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        Ok(Self::over(Input::open(path)?, &path.to_string_lossy()))
    }

    /// Reads from anything; `source` is the name under which records and failures have it.
    ///
    /// # Errors
    ///
    /// The first bytes cannot be read, or say that it is something else, such as a zip archive.
    pub fn new(read: impl io::Read + Send + 'static, source: &str) -> io::Result<Self> {
        Ok(Self::over(Input::sniff(read)?, source))
    }

    fn over(input: Input, source: &str) -> Self {
        let name = |name: &str| name.to_owned();
        let (html, text) = (Some(name("html")), Some(name("text")));
        let context = Context { source: source.into(), html, text, url: name("url"), id: name("id") };
        Self { input, context: Arc::new(context), max_line: MAX_LINE, line: 0, done: false }
    }

    /// Sets the fields that hold the page: its HTML, or else its text. The default is `html` and `text`; `None` looks
    /// for no such field.
    #[must_use]
    pub fn page_fields(mut self, html: Option<&str>, text: Option<&str>) -> Self {
        let context = Arc::make_mut(&mut self.context);
        (context.html, context.text) = (html.map(Into::into), text.map(Into::into));
        self
    }

    /// Sets the field that holds the page's address. The default is `url`.
    #[must_use]
    pub fn url_field(mut self, name: &str) -> Self {
        Arc::make_mut(&mut self.context).url = name.into();
        self
    }

    /// Sets the field that holds the record's id. The default is `id`.
    #[must_use]
    pub fn id_field(mut self, name: &str) -> Self {
        Arc::make_mut(&mut self.context).id = name.into();
        self
    }

    /// Sets how many bytes a line may have. The default is 256 MiB.
    #[must_use]
    pub fn max_line(mut self, bytes: usize) -> Self {
        self.max_line = bytes;
        self
    }

    /// Returns the next line that is not empty, to be parsed later, perhaps in another thread.
    pub(super) fn next_raw(&mut self) -> Option<Result<Raw, Failure>> {
        while !self.done {
            let line = self.next_line()?;
            let bytes = match line {
                Ok(bytes) => bytes,
                Err(cause) => {
                    let line = matches!(cause, Cause::TooLong(_)).then_some(self.line);
                    return Some(Err(Failure { source: self.context.source.clone(), line, id: None, cause }));
                }
            };
            if !bytes.trim_ascii().is_empty() {
                return Some(Ok(Raw { bytes, line: self.line, context: self.context.clone() }));
            }
        }
        None
    }

    fn next_line(&mut self) -> Option<Result<Vec<u8>, Cause>> {
        let mut line = Vec::new();
        let mut len = 0;
        loop {
            let chunk = match self.input.fill() {
                Ok(chunk) => chunk,
                // What was read of a line before the cut is not a record.
                Err(error) => {
                    self.done = true;
                    return Some(Err(self.input.cause(&error)));
                }
            };
            self.done = chunk.is_empty();
            let end = memchr::memchr(b'\n', chunk);
            let part = &chunk[..end.unwrap_or(chunk.len())];
            len += part.len();
            match len > self.max_line {
                true => line = Vec::new(),
                false => line.extend_from_slice(part),
            }
            let taken = part.len() + usize::from(end.is_some());
            self.input.consume(taken);
            if end.is_some() || self.done {
                break;
            }
        }
        if self.done && len == 0 {
            return None;
        }
        self.line += 1;
        if len > self.max_line {
            return Some(Err(Cause::TooLong(self.max_line)));
        }
        if self.line == 1 && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        Some(Ok(line))
    }
}

impl Iterator for Reader {
    type Item = Result<Record, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_raw().map(|raw| raw.and_then(Raw::record))
    }
}

/// A line, not yet parsed.
pub(super) struct Raw {
    bytes: Vec<u8>,
    line: u64,
    context: Arc<Context>,
}

impl Raw {
    /// Returns the number of bytes held.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn record(self) -> Result<Record, Failure> {
        let Raw { bytes, line, context } = self;
        let (text, mut repaired) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(Repair::Utf8)),
        };
        let mut found = context.parse(&text);
        if let Err((_, Cause::Json(_))) = found
            && let Some(mended) = mend_surrogates(&text)
            && let mended @ Ok(_) = context.parse(&mended)
        {
            repaired = repaired.or(Some(Repair::Surrogate));
            found = mended;
        }
        let source = context.source.clone();
        match found {
            Ok(Found { id, url, content }) => Ok(Record { source, line, id, url, content, repaired }),
            Err((id, cause)) => Err(Failure { source, line: Some(line), id, cause }),
        }
    }
}

/// What a line holds.
struct Found {
    id: Option<Id>,
    url: Option<String>,
    content: Content,
}

impl Context {
    /// Parses a line. On failure the id comes along, if it stands before what is wrong.
    fn parse(&self, line: &str) -> Result<Found, (Option<Id>, Cause)> {
        let mut fields = Fields { context: self, html: None, text: None, url: None, id: None };
        let mut json = serde_json::Deserializer::from_str(line);
        let parsed = fields.deserialize(&mut json).and_then(|()| json.end());
        let id = fields.id.map(id).transpose();
        if let Err(error) = parsed {
            return Err((id.ok().flatten(), Cause::Json(describe(&error))));
        }
        let id = id.map_err(|error| (None, in_field(&self.id, &error)))?;
        match self.page(&fields) {
            Ok((content, url)) => Ok(Found { id, url, content }),
            Err(cause) => Err((id, cause)),
        }
    }

    fn page(&self, fields: &Fields) -> Result<(Content, Option<String>), Cause> {
        let html = self.html.as_ref().zip(fields.html.filter(|raw| !is_null(raw)));
        let text = self.text.as_ref().zip(fields.text.filter(|raw| !is_null(raw)));
        let content = match (html, text) {
            (Some((name, raw)), _) => Content::Html(string(name, raw)?),
            (None, Some((name, raw))) => Content::Text(string(name, raw)?),
            (None, None) => return Err(Cause::Missing(self.html.iter().chain(&self.text).cloned().collect())),
        };
        let url = fields.url.filter(|raw| kind(raw) == "a string").map(|raw| string(&self.url, raw)).transpose()?;
        Ok((content, url))
    }
}

/// Says what is wrong with a line; its number is known.
fn describe(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    match error.classify() {
        serde_json::error::Category::Eof => format!("{what}; the line ends at column {}", error.column()),
        serde_json::error::Category::Data => what.to_owned(),
        _ => format!("{what} at column {}", error.column()),
    }
}

fn in_field(field: &str, error: &serde_json::Error) -> Cause {
    Cause::Json(format!("field `{field}`: {}", describe(error)))
}

fn is_null(raw: &RawValue) -> bool {
    raw.get() == "null"
}

fn kind(raw: &RawValue) -> &'static str {
    match raw.get().as_bytes().first() {
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        _ => "a number",
    }
}

fn string(field: &str, raw: &RawValue) -> Result<String, Cause> {
    match kind(raw) {
        "a string" => serde_json::from_str(raw.get()).map_err(|error| in_field(field, &error)),
        found => Err(Cause::NotText { field: field.to_owned(), found }),
    }
}

/// Reads an id; what is neither string nor number is none.
fn id(raw: &RawValue) -> serde_json::Result<Id> {
    Ok(match kind(raw) {
        "a string" => Id::Text(serde_json::from_str(raw.get())?),
        _ => Id::Number(raw.get().to_owned()),
    })
}

/// The fields that matter, as they stand in the line. Others are passed over without being decoded, so that it does not
/// matter what is wrong within their strings.
struct Fields<'c, 'l> {
    context: &'c Context,
    html: Option<&'l RawValue>,
    text: Option<&'l RawValue>,
    url: Option<&'l RawValue>,
    id: Option<&'l RawValue>,
}

impl<'l> DeserializeSeed<'l> for &mut Fields<'_, 'l> {
    type Value = ();

    fn deserialize<D: de::Deserializer<'l>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'l> Visitor<'l> for &mut Fields<'_, 'l> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'l>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key_seed(Key(self.context))? {
            // One field may serve twice, as id and address.
            if !key.contains(&true) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value::<&RawValue>()?;
            let slots = [&mut self.html, &mut self.text, &mut self.url, &mut self.id];
            for (slot, _) in slots.into_iter().zip(key).filter(|(_, is_it)| *is_it) {
                *slot = Some(value);
            }
            if self.id.is_some_and(|raw| !matches!(kind(raw), "a string" | "a number")) {
                self.id = None;
            }
        }
        Ok(())
    }
}

/// Compares a key with the names of html, text, url and id.
struct Key<'c>(&'c Context);

impl<'l> DeserializeSeed<'l> for Key<'_> {
    type Value = [bool; 4];

    fn deserialize<D: de::Deserializer<'l>>(self, json: D) -> Result<[bool; 4], D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = [bool; 4];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<[bool; 4], E> {
        let Context { html, text, url, id, .. } = self.0;
        Ok([html.as_deref() == Some(key), text.as_deref() == Some(key), url == key, id == key])
    }
}

/// Replaces halves of surrogate pairs by U+FFFD, or returns `None` when there is none. A backslash stands only in
/// strings, so this needs no parser; the line keeps its length.
fn mend_surrogates(line: &str) -> Option<String> {
    let mut bytes = line.as_bytes().to_vec();
    let mut is_mended = false;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found;
        let alone = match (unit(&bytes, at), unit(&bytes, at + 6)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => {
                at += 12;
                continue;
            }
            (Some(unit), _) => (0xd800..0xe000).contains(&unit),
            (None, _) => {
                at += 2;
                continue;
            }
        };
        if alone {
            bytes[at + 2..at + 6].copy_from_slice(b"fffd");
            is_mended = true;
        }
        at += 6;
    }
    is_mended.then(|| String::from_utf8(bytes).ok()).flatten()
}

/// Returns the value of the `\uXXXX` at this place.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let hex = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let hex = std::str::from_utf8(hex).ok().filter(|hex| !hex.starts_with('+'))?;
    u16::from_str_radix(hex, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[u8]) -> Vec<Result<Record, Failure>> {
        Reader::new(io::Cursor::new(lines.to_vec()), "in").unwrap().collect()
    }

    #[test]
    fn only_halves_of_surrogate_pairs_are_replaced() {
        let cases = [
            (r#"{"a":"\ud83d\ude00"}"#, None),
            (r#"{"a":"\ud800"}"#, Some(r#"{"a":"\ufffd"}"#)),
            (r#"{"a":"\udc00\ud800x\ud83d\ude00"}"#, Some(r#"{"a":"\ufffd\ufffdx\ud83d\ude00"}"#)),
            (r#"{"a":"\\ud800"}"#, None),
            (r#"{"a":"\ud800\\udc00"}"#, Some(r#"{"a":"\ufffd\\udc00"}"#)),
            (r#"{"a":"\ud8"#, None),
            (r#"{"a":"é\"#, None),
        ];
        for (line, expected) in cases {
            assert_eq!(mend_surrogates(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn one_field_may_be_both_id_and_url() {
        let reader = Reader::new(io::Cursor::new(br#"{"url":"u","text":"t"}"#.to_vec()), "in").unwrap().id_field("url");
        let record = reader.map(Result::unwrap).next().unwrap();
        assert_eq!((record.id, record.url), (Some(Id::Text("u".into())), Some("u".into())));
    }

    #[test]
    fn a_failure_names_the_id_that_stands_before_it() {
        let failure = read(br#"{"id":17,"html":"<p>"#).remove(0).unwrap_err();
        assert_eq!(failure.id, Some(Id::Number("17".into())));
        assert_eq!(
            failure.to_string(),
            "in, line 1, id 17: not a record: EOF while parsing a string; the line ends at column 20"
        );
    }

    #[test]
    fn surrogates_in_fields_that_nobody_reads_need_no_repair() {
        let record = read(br#"{"text":"t","note":"\ud800"}"#).remove(0).unwrap();
        assert_eq!(record.repaired, None);
    }

    #[test]
    fn lines_may_end_in_anything_or_nothing() {
        let records = read(b"\xef\xbb\xbf{\"text\":\"a\"}\r\n\n  \r\n{\"text\":\"b\"}");
        let lines: Vec<_> = records.into_iter().map(|r| r.unwrap().line).collect();
        assert_eq!(lines, [1, 4]);
    }
}
