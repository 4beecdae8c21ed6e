//! Reads JSON Lines.

use super::damage::Damage;
use super::failure::{Cause, Failure};
use super::reader::{Body, Context, Raw, Refused};
use super::record::{Content, Id, Place, Repair};
use super::unpack::Unpacked;
use serde_core::de::{self, DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::sync::Arc;

/// Lines of JSON, an object each.
pub(super) struct Lines {
    pub(super) input: Unpacked,
    line: u64,
    record: u64,
    has_ended: bool,
}

impl Lines {
    pub(super) fn new(input: Unpacked) -> Self {
        Self { input, line: 0, record: 0, has_ended: false }
    }

    /// Returns the next line that is not blank.
    pub(super) fn next(&mut self, context: &Arc<Context>) -> Option<Result<Raw, Failure>> {
        while !self.has_ended {
            let fail = |place, cause| Some(Err(Failure { source: context.source.clone(), place, id: None, cause }));
            let (offset, line) = match self.line(context.max_record) {
                Ok(line) => line?,
                // What was read of a line before the damage is no record.
                Err(damage) => {
                    self.has_ended = damage.is_last();
                    return fail(Place { offset: damage.at, ..Place::default() }, damage.cause());
                }
            };
            self.line += 1;
            let mut place = Place { offset, record: None, line: Some(self.line) };
            match line {
                Some(bytes) if bytes.trim_ascii().is_empty() => {}
                line => {
                    self.record += 1;
                    place.record = Some(self.record);
                    return match line {
                        Some(bytes) => Some(Ok(Raw { body: Body::Line(bytes), place, context: context.clone() })),
                        None => fail(place, Cause::TooLong(context.max_record)),
                    };
                }
            }
        }
        None
    }

    /// Passes lines without a byte, of which a few packed bytes can hold millions.
    fn pass_empty_lines(&mut self) -> Result<(), Damage> {
        loop {
            let empty = self.input.fill()?.iter().take_while(|b| **b == b'\n').count();
            if empty == 0 {
                return Ok(());
            }
            self.line += empty as u64;
            self.input.consume(empty);
        }
    }

    /// Returns a line and where it begins, without the line when it is too long. Nothing at the end.
    #[allow(clippy::type_complexity)]
    fn line(&mut self, most: usize) -> Result<Option<(u64, Option<Vec<u8>>)>, Damage> {
        let mut line = Vec::new();
        let mut len = 0;
        let mut offset = None;
        self.pass_empty_lines()?;
        loop {
            self.input.fill()?;
            let offset = *offset.get_or_insert(self.input.offset());
            let piece = self.input.fill()?;
            self.has_ended = piece.is_empty();
            let end = memchr::memchr(b'\n', piece);
            let part = &piece[..end.unwrap_or(piece.len())];
            len += part.len();
            match len > most {
                true => line = Vec::new(),
                false => line.extend_from_slice(part),
            }
            let taken = part.len() + usize::from(end.is_some());
            self.input.consume(taken);
            if self.has_ended && len == 0 {
                return Ok(None);
            }
            if end.is_some() || self.has_ended {
                if self.line == 0 && line.starts_with(b"\xef\xbb\xbf") {
                    line.drain(..3);
                }
                return Ok(Some((offset, (len <= most).then_some(line))));
            }
        }
    }
}

/// Parses a line. On failure the id comes along, if it stands before what is wrong.
pub(super) fn parse(context: &Context, line: Vec<u8>) -> Result<(Found, Option<Repair>), (Option<Id>, Refused)> {
    let (text, mut repaired) = match String::from_utf8(line) {
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
    found.map(|found| (found, repaired)).map_err(|(id, cause)| (id, Refused::Failed(cause)))
}

/// What a line holds.
pub(super) struct Found {
    pub(super) id: Option<Id>,
    pub(super) url: Option<String>,
    pub(super) content: Content,
    pub(super) fields: String,
}

impl Context {
    /// Parses a line. On failure the id comes along, if it stands before what is wrong.
    fn parse(&self, line: &str) -> Result<Found, (Option<Id>, Cause)> {
        let mut fields = Fields { context: self, html: None, text: None, url: None, id: None, others: String::new() };
        let mut json = serde_json::Deserializer::from_str(line);
        let parsed = fields.deserialize(&mut json).and_then(|()| json.end());
        let id = fields.id.map(id).transpose();
        if let Err(error) = parsed {
            return Err((id.ok().flatten(), Cause::Json(describe(&error))));
        }
        let id = id.map_err(|error| (None, in_field(&self.id, &error)))?;
        match self.page(&fields) {
            Ok((content, url)) => Ok(Found { id, url, content, fields: fields.others }),
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

fn id(raw: &RawValue) -> serde_json::Result<Id> {
    Ok(match kind(raw) {
        "a string" => Id::Text(serde_json::from_str(raw.get())?),
        "a number" => Id::Number(raw.get().to_owned()),
        // Like a field that is kept, it goes out as it came in.
        _ => Id::Json(mend_surrogates(raw.get()).unwrap_or_else(|| raw.get().to_owned())),
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
    /// All others, when they are kept.
    others: String,
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
        while let Some((key, other)) = map.next_key_seed(Key(self.context))? {
            // One field may serve twice, as id and address.
            if !key.contains(&true) {
                match other {
                    Some(name) => {
                        let value = map.next_value::<&RawValue>()?.get();
                        // It was not decoded, and the output must be JSON that every parser takes.
                        let mended = mend_surrogates(value);
                        keep(&mut self.others, &name, mended.as_deref().unwrap_or(value));
                    }
                    None => _ = map.next_value::<IgnoredAny>()?,
                }
                continue;
            }
            let value = map.next_value::<&RawValue>()?;
            let slots = [&mut self.html, &mut self.text, &mut self.url, &mut self.id];
            for (slot, _) in slots.into_iter().zip(key).filter(|(_, is_it)| *is_it) {
                *slot = Some(value);
            }
            self.id = self.id.filter(|raw| !is_null(raw));
        }
        Ok(())
    }
}

/// Names that the output gives a meaning of its own; a field of the input that has one goes by `source_…` there.
const TAKEN: [&str; 16] = [
    "blocks",
    "byline",
    "date",
    "fields",
    "headline",
    "html",
    "id",
    "language",
    "origin",
    "removals",
    "repaired",
    "rules",
    "status",
    "text",
    "truncated",
    "url",
];

/// Adds a field to those that are kept.
pub(super) fn keep(fields: &mut String, name: &str, value: &str) {
    if !fields.is_empty() {
        fields.push(',');
    }
    // A field that is called so already gives way too.
    let is_taken = TAKEN.contains(&name.trim_start_matches("source_"));
    let name = if is_taken { format!("source_{name}") } else { name.to_owned() };
    fields.push_str(&serde_json::Value::from(name).to_string());
    fields.push(':');
    fields.push_str(value);
}

/// Compares a key with the names of html, text, url and id.
struct Key<'c>(&'c Context);

impl<'l> DeserializeSeed<'l> for Key<'_> {
    type Value = ([bool; 4], Option<String>);

    fn deserialize<D: de::Deserializer<'l>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = ([bool; 4], Option<String>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        let Context { html, text, url, id, .. } = self.0;
        let is = [html.as_deref() == Some(key), text.as_deref() == Some(key), url == key, id == key];
        let other = (self.0.keeps_fields && !is.contains(&true)).then(|| key.to_owned());
        Ok((is, other))
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
    use crate::dump::{Reader, Record};
    use std::io;

    fn read(lines: &[u8]) -> Vec<Result<Record, Failure>> {
        Reader::new(io::Cursor::new(lines.to_vec()), "in").unwrap().collect()
    }

    #[test]
    fn no_two_kept_fields_have_one_name() {
        let mut fields = String::new();
        ["date", "source_date", "source", "note"].iter().for_each(|name| keep(&mut fields, name, "1"));
        assert_eq!(fields, r#""source_date":1,"source_source_date":1,"source":1,"note":1"#);
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
        let places: Vec<_> = records.into_iter().map(|r| r.unwrap().place).collect();
        assert_eq!(places.iter().map(|place| place.line).collect::<Vec<_>>(), [Some(1), Some(4)]);
        assert_eq!(places.iter().map(|place| place.offset).collect::<Vec<_>>(), [0, 22]);
    }
}
