//! What a caller hands in: HTML or text, as a string or as bytes, with what is known of its charset and address.

use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// Which of the two kinds of input a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// HTML.
    Html,
    /// Text that some tool has flattened from HTML.
    Text,
}

/// A page to clean.
///
/// ```
/// use bodycopy::{Format, Page};
///
/// let page = Page::detect("<p>Hello</p>").with_url("https://example.com/a");
/// assert_eq!(page.format(), Format::Html);
/// assert_eq!(Page::detect("Hello\n\nworld").format(), Format::Text);
/// ```
#[derive(Clone, Debug)]
pub struct Page<'a> {
    source: Cow<'a, str>,
    format: Format,
    url: Option<Cow<'a, str>>,
}

impl<'a> Page<'a> {
    /// Takes HTML.
    pub fn html(source: &'a str) -> Self {
        Self { source: source.into(), format: Format::Html, url: None }
    }

    /// Takes flattened text.
    pub fn text(source: &'a str) -> Self {
        Self { source: source.into(), format: Format::Text, url: None }
    }

    /// Takes a string that is HTML or text, whichever it looks like.
    pub fn detect(source: &'a str) -> Self {
        Self { source: source.into(), format: detect(source), url: None }
    }

    /// Takes HTML as bytes and decodes it as browsers do: byte order mark, then the declared charset (of the HTTP
    /// header), then `<meta>`, then a guess from the bytes. Otherwise than in browsers, bytes that are UTF-8 are read as
    /// UTF-8 whatever is declared: scrapers save pages anew and leave the declaration. Spans refer to the decoded text, which
    /// is the bytes themselves where they are UTF-8 without a fault, byte order mark and all.
    ///
    /// ```
    /// use bodycopy::Page;
    ///
    /// assert_eq!(Page::html_bytes(b"<p>Caf\xe9</p>", Some("iso-8859-1")).source(), "<p>Café</p>");
    /// assert_eq!(Page::html_bytes("<p>Café</p>".as_bytes(), Some("iso-8859-1")).source(), "<p>Café</p>");
    /// ```
    pub fn html_bytes(bytes: &'a [u8], charset: Option<&str>) -> Self {
        Self { source: decode(bytes, charset, true), format: Format::Html, url: None }
    }

    /// Takes text as bytes, decoded like HTML but for `<meta>`.
    pub fn text_bytes(bytes: &'a [u8], charset: Option<&str>) -> Self {
        Self { source: decode(bytes, charset, false), format: Format::Text, url: None }
    }

    /// Takes bytes that are HTML or text, whichever they look like once decoded.
    pub fn detect_bytes(bytes: &'a [u8], charset: Option<&str>) -> Self {
        let source = decode(bytes, charset, true);
        let format = detect(&source);
        Self { source, format, url: None }
    }

    /// Sets the page's address.
    ///
    /// ```
    /// use bodycopy::{Page, Pipeline};
    ///
    /// let text = "The old bridge will close in May, the town said on Monday, and a ferry will carry walkers across.";
    /// let page = Page::text(text).with_url("https://gazette.example/2031/05/04/old-bridge-to-close");
    /// assert_eq!(Pipeline::default().clean(page).date(), Some("2031-05-04"));
    /// ```
    #[must_use]
    pub fn with_url(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Returns the text of the page: as given, or decoded from bytes.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns whether the page is read as HTML or as text.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Returns the page's address, if it was given.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns the text and the address.
    pub(crate) fn into_parts(self) -> (Cow<'a, str>, Option<Cow<'a, str>>) {
        (self.source, self.url)
    }
}

/// Bytes of a text that are searched for tags.
const SNIFFED: usize = 16 << 10;

/// Tags that only HTML has at this rate; flattened text may still quote one.
fn detect(source: &str) -> Format {
    let head = source.trim_start_matches('\u{feff}').trim_start();
    let starts = |prefix: &str| head.get(..prefix.len()).is_some_and(|h| h.eq_ignore_ascii_case(prefix));
    if ["<!doctype html", "<html", "<head", "<body", "<!--", "<?xml"].into_iter().any(starts) {
        return Format::Html;
    }
    let bytes = &source.as_bytes()[..source.len().min(SNIFFED)];
    let mut closing = 0;
    let mut known = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = &bytes[at + 1..];
        let name = rest.strip_prefix(b"/").unwrap_or(rest);
        let len = name.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let ends = name.get(len).is_some_and(|b| matches!(b, b'>' | b' ' | b'/' | b'\n'));
        if ends && crate::markup::tag::known(&name[..len]).is_some() {
            known += 1;
            closing += usize::from(rest.first() == Some(&b'/'));
        }
    }
    let is_html = starts("<") && known > 0 || closing > 0 && known * 400 > bytes.len();
    if is_html { Format::Html } else { Format::Text }
}

/// Bytes of a page that are searched for `<meta charset>`; the standard says 1,024, real pages need a little more.
const META_BYTES: usize = 4096;

fn decode<'a>(bytes: &'a [u8], charset: Option<&str>, has_meta: bool) -> Cow<'a, str> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        // The mark of UTF-8 stays, so that spans are of these bytes.
        let from = if encoding == UTF_8 { 0 } else { bom };
        return encoding.decode_without_bom_handling(&bytes[from..]).0;
    }
    let declared = charset.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let meta = || has_meta.then(|| meta_charset(&bytes[..bytes.len().min(META_BYTES)])).flatten();
    let encoding = match declared.or_else(meta) {
        Some(encoding) if encoding != UTF_8 && !is_misnamed(bytes, encoding) => encoding,
        // A page that says UTF-8 and is not is decoded by its bytes: the label is a template's.
        named => match (std::str::from_utf8(bytes), utf16(bytes)) {
            // Nobody says that it is UTF-8, and much of UTF-16 is that as well.
            (_, Some(encoding)) if named.is_none() => encoding,
            (Ok(text), _) => return text.into(),
            (Err(_), _) if mostly_utf8(bytes) => UTF_8,
            (Err(_), Some(encoding)) => encoding,
            (Err(_), None) => guess(bytes),
        },
    };
    encoding.decode_without_bom_handling(bytes).0
}

/// Returns whether bytes are UTF-8 that is declared as something else. Text beyond ASCII in another charset is hardly ever
/// valid UTF-8; in UTF-16 it can be.
fn is_misnamed(bytes: &[u8], declared: &'static Encoding) -> bool {
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => bytes,
        // It was cut within a character.
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        Err(_) => return false,
    };
    declared != encoding_rs::UTF_16LE && declared != encoding_rs::UTF_16BE && !valid.is_ascii()
}

/// Returns whether only a few bytes are not UTF-8, as when a page was cut or one comment was pasted in.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let high = bytes.iter().filter(|&&b| b >= 0x80).count();
    broken * 20 <= high
}

/// Bytes of a page that are looked at for UTF-16.
const UTF16_BYTES: usize = 2048;

/// Knows UTF-16 without a byte order mark by spaces, line breaks and tags, which have a zero on one side, and always on the same.
/// Much of it is valid UTF-8 as well.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(UTF16_BYTES)];
    memchr::memchr(0, head)?;
    let parts = |byte: u8| matches!(byte, b' ' | b'\n' | b'\r' | b'<' | b'>');
    let (mut little, mut big) = (0, 0);
    for unit in head.chunks_exact(2) {
        little += usize::from(parts(unit[0]) && unit[1] == 0);
        big += usize::from(unit[0] == 0 && parts(unit[1]));
    }
    // A line of Chinese has no spaces and some forty characters.
    let rules = |one: usize, other: usize| one * 200 >= head.len() && one > other * 8;
    match (rules(little, big), rules(big, little)) {
        (true, _) => Some(encoding_rs::UTF_16LE),
        (_, true) => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

/// Finds `charset=` in a `<meta>` tag. A page that names UTF-16 there cannot be UTF-16, so that means UTF-8.
fn meta_charset(head: &[u8]) -> Option<&'static Encoding> {
    for at in memchr::memmem::find_iter(head, b"<") {
        let tag = &head[at + 1..];
        if !tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta")) {
            continue;
        }
        let tag = &tag[..memchr::memchr(b'>', tag).unwrap_or(tag.len())];
        let Some(found) = tag.windows(7).position(|w| w.eq_ignore_ascii_case(b"charset")) else { continue };
        let value = tag[found + 7..].trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| matches!(b, b'"' | b'\'' | b';' | b'/') || b.is_ascii_whitespace());
        let Some(encoding) = Encoding::for_label(&value[..end.unwrap_or(value.len())]) else { continue };
        let is_utf16 = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
        return Some(if is_utf16 { UTF_8 } else { encoding });
    }
    None
}
