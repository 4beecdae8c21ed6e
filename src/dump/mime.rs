//! Tells what a body is: by its declared type where that says anything, else by its first bytes.

use crate::page::Format;

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Page(Format),
    /// A picture, a script, a feed, data.
    Other,
}

/// First bytes of files that servers send under the name of HTML.
const BINARY: [&[u8]; 8] =
    [b"%PDF-", b"GIF8", b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04", b"RIFF", b"\x1f\x8b", b"\0\0\0"];

/// First tags that make bytes of no declared type HTML; the list of the WHATWG's sniffing standard.
const HTML: [&str; 17] = [
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<meta",
];

/// Returns the type without its parameters, in lower case.
pub(super) fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns the charset parameter.
pub(super) fn charset(content_type: &str) -> Option<String> {
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, value) = parameters.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let value = value.trim().trim_matches(['"', '\'']).trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Tells what a body of this type is.
pub(super) fn kind(essence: &str, body: &[u8]) -> Kind {
    if is_binary(body) {
        return Kind::Other;
    }
    match essence {
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => Kind::Page(Format::Html),
        "text/plain" | "text/markdown" | "text/x-markdown" => Kind::Page(Format::Text),
        "text/xml" | "application/xml" | "application/octet-stream" if is_html(body) => Kind::Page(Format::Html),
        "" | "unknown" | "unknown/unknown" | "application/unknown" | "content/unknown" | "*/*" | "no-type" | "-" => {
            Kind::Page(if is_html(body) { Format::Html } else { Format::Text })
        }
        _ => Kind::Other,
    }
}

/// Returns whether the first bytes are those of HTML, behind white space, comments and an XML declaration.
pub(super) fn is_html(body: &[u8]) -> bool {
    let mut rest = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?") {
            b"?>"
        } else {
            break;
        };
        match memchr::memmem::find(rest, end) {
            Some(at) => rest = &rest[at + end.len()..],
            None => return false,
        }
    }
    HTML.iter().any(|tag| {
        let head = rest.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes()));
        head && rest.get(tag.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
    })
}

/// Returns whether these are no characters: zeros in them, save every other one as UTF-16 has, or a picture's first bytes.
pub(super) fn is_binary(body: &[u8]) -> bool {
    if BINARY.iter().any(|magic| body.starts_with(magic)) {
        return true;
    }
    let head = &body[..body.len().min(1024)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || (even == 0) != (odd == 0);
    even + odd > 0 && !is_utf16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_types_decide_unless_the_bytes_are_none_of_that() {
        let (html, text) = (Kind::Page(Format::Html), Kind::Page(Format::Text));
        for (declared, body, expected) in [
            ("text/html", &b"x"[..], html),
            ("text/html", b"%PDF-1.4", Kind::Other),
            ("text/plain", b"<p>", text),
            ("text/xml", b"<?xml version='1.0'?>\n<rss>", Kind::Other),
            ("text/xml", b"<?xml version='1.0'?>\n<!DOCTYPE html><html>", html),
            ("", b" <!-- x --><HTML>", html),
            ("", b"It rains.", text),
            ("", b"a\0\0b", Kind::Other),
            ("", b"<\0p\0>\0", text),
            ("application/octet-stream", b"It rains.", Kind::Other),
            ("text/css", b"<html>", Kind::Other),
        ] {
            assert_eq!(kind(declared, body), expected, "{declared} {body:?}");
        }
        assert_eq!(charset("text/html; x=y; Charset=\"euc-kr\""), Some("euc-kr".into()));
        assert_eq!(charset("text/html; charset="), None);
        assert_eq!(essence(" Text/HTML ;charset=x"), "text/html");
    }
}
