//! An HTTP message as a crawler stored it: status, header, and the body freed of chunks and content encodings.

use super::record::Repair;
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use std::borrow::Cow;
use std::io::{self, Read};

/// Bytes of a header that are looked at.
const HEADER: usize = 1 << 20;

/// Codings of one body that are undone; real ones have one, and a body that unpacks to itself could be given any number.
const CODINGS: usize = 4;

/// An HTTP response.
pub(super) struct Response<'m> {
    pub(super) status: u16,
    pub(super) content_type: String,
    body: &'m [u8],
    is_chunked: bool,
    encodings: Vec<String>,
}

/// The body unpacks to more bytes than it may.
pub(super) struct TooLong;

impl<'m> Response<'m> {
    /// Parses a message, or says why it is none.
    pub(super) fn parse(message: &'m [u8]) -> Result<Self, &'static str> {
        let head = &message[..message.len().min(HEADER)];
        let mut at = 0;
        let mut line = || {
            let rest = &head[at..];
            let end = memchr::memchr(b'\n', rest)?;
            at += end + 1;
            let line = &rest[..end];
            Some(line.strip_suffix(b"\r").unwrap_or(line))
        };
        let first = line().ok_or("the status line has no end")?;
        let mut words = first.split(|b| *b == b' ').filter(|word| !word.is_empty());
        if !words.next().is_some_and(|version| version.get(..5).is_some_and(|v| v.eq_ignore_ascii_case(b"HTTP/"))) {
            return Err("it does not begin with `HTTP/`");
        }
        let status = words.next().and_then(|word| std::str::from_utf8(word).ok()?.get(..3)?.parse().ok());
        let status = status.ok_or("the status line has no status")?;
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            // A header that is not closed has no body.
            let Some(line) = line() else {
                at = message.len();
                break;
            };
            if line.is_empty() {
                break;
            }
            let line = String::from_utf8_lossy(line);
            match line.split_once(':') {
                // Folded lines go on with white space.
                _ if line.starts_with([' ', '\t']) => {
                    if let Some((_, value)) = fields.last_mut() {
                        value.push(' ');
                        value.push_str(line.trim());
                    }
                }
                Some((name, value)) => fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
                None => {}
            }
        }
        let all = |wanted: &str| {
            let values = fields.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.to_ascii_lowercase());
            let list = values.collect::<Vec<_>>().join(",");
            list.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect::<Vec<_>>()
        };
        let content_type = fields.iter().find(|(name, _)| name == "content-type");
        Ok(Self {
            status,
            content_type: content_type.map(|(_, value)| value.clone()).unwrap_or_default(),
            body: &message[at..],
            is_chunked: all("transfer-encoding").iter().any(|coding| coding == "chunked"),
            encodings: all("content-encoding"),
        })
    }

    /// Returns the body unpacked, at most `most` bytes, and what had to be mended.
    ///
    /// Many crawlers unpack bodies and leave the header as it was. So a body that does not begin with a chunk, or not as
    /// its encoding does, is taken as it is.
    pub(super) fn body(&self, most: usize) -> Result<(Cow<'m, [u8]>, Option<Repair>), TooLong> {
        let mut body = Cow::Borrowed(self.body);
        let mut repaired = None;
        if self.is_chunked
            && let Some((joined, is_whole)) = join_chunks(&body)
        {
            body = Cow::Owned(joined);
            repaired = (!is_whole).then_some(Repair::Chunks);
        }
        for encoding in self.encodings.iter().rev().take(CODINGS) {
            if let Some((unpacked, is_whole)) = unpack(encoding, &body, most)? {
                body = Cow::Owned(unpacked);
                repaired = repaired.or((!is_whole).then_some(Repair::Encoding));
            }
        }
        if body.len() > most { Err(TooLong) } else { Ok((body, repaired)) }
    }
}

/// Joins chunks. `None` when the body does not begin with one; false when they break off or a size is wrong, and then what
/// follows the last good one is taken as it is.
fn join_chunks(body: &[u8]) -> Option<(Vec<u8>, bool)> {
    let (mut len, mut at) = chunk_size(body)?;
    let mut out = Vec::with_capacity(body.len());
    loop {
        if len == 0 {
            return Some((out, true));
        }
        let Some(chunk) = body.get(at..at.saturating_add(len)) else {
            out.extend_from_slice(&body[at.min(body.len())..]);
            return Some((out, false));
        };
        out.extend_from_slice(chunk);
        let mut rest = &body[at + len..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
        let Some((next, skip)) = chunk_size(rest) else {
            out.extend_from_slice(rest);
            return Some((out, false));
        };
        at = body.len() - rest.len() + skip;
        len = next;
    }
}

/// Reads the line of a chunk's size; returns it and the length of the line.
fn chunk_size(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(4096)])?;
    let line = bytes[..end].split(|b| *b == b';').next().unwrap_or_default().trim_ascii();
    if line.is_empty() || line.len() > 12 || !line.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let size = u64::from_str_radix(std::str::from_utf8(line).ok()?, 16).ok()?;
    Some((usize::try_from(size).ok()?, end + 1))
}

/// Unpacks a body; `None` when it is not packed that way, false when it breaks off.
fn unpack(encoding: &str, body: &[u8], most: usize) -> Result<Option<(Vec<u8>, bool)>, TooLong> {
    let mut out = Vec::new();
    let result = match encoding {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
            let mut rest = body;
            loop {
                let mut member = GzDecoder::new(rest);
                let result = read(&mut member, &mut out, most)?;
                rest = member.into_inner();
                if result.is_err() || !rest.starts_with(b"\x1f\x8b") {
                    break result;
                }
            }
        }
        // The standard says zlib; some servers send the bare stream.
        "deflate" => match read(ZlibDecoder::new(body), &mut out, most)? {
            Err(_) if out.is_empty() => read(DeflateDecoder::new(body), &mut out, most)?,
            result => result,
        },
        // It has no magic number, and unpacks a few bytes of anything.
        "br" if !super::mime::is_html(body) => {
            read(brotli_decompressor::Decompressor::new(body, 4096), &mut out, most)?
        }
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => match zstd::Decoder::with_buffer(body) {
            Ok(decoder) => read(decoder, &mut out, most)?,
            Err(error) => Err(error),
        },
        _ => return Ok(None),
    };
    Ok((!out.is_empty() || result.is_ok()).then_some((out, result.is_ok())))
}

fn read(from: impl Read, out: &mut Vec<u8>, most: usize) -> Result<io::Result<()>, TooLong> {
    let room = (most - out.len()) as u64;
    let result = from.take(room + 1).read_to_end(out);
    if out.len() > most { Err(TooLong) } else { Ok(result.map(|_| ())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn body(head: &str, body: &[u8]) -> (Vec<u8>, Option<Repair>) {
        let message = [format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes(), body].concat();
        let (body, repaired) = Response::parse(&message).unwrap().body(1 << 20).ok().unwrap();
        (body.into_owned(), repaired)
    }

    #[test]
    fn chunks_are_joined_as_far_as_they_fit() {
        let chunked = |bytes: &[u8]| body("Transfer-Encoding: chunked\r\n", bytes);
        assert_eq!(chunked(b"3\r\nabc\r\n002;x=y\r\nde\r\n0\r\n\r\n"), (b"abcde".to_vec(), None));
        assert_eq!(chunked(b"3\r\nabc\r\nzz\r\nde\r\n"), (b"abczz\r\nde\r\n".to_vec(), Some(Repair::Chunks)));
        assert_eq!(chunked(b"3\r\nabc\r\n9\r\nde"), (b"abcde".to_vec(), Some(Repair::Chunks)));
        assert_eq!(chunked(b"ffffffffffff\r\nde"), (b"de".to_vec(), Some(Repair::Chunks)));
        assert_eq!(chunked(b"<p>not chunked"), (b"<p>not chunked".to_vec(), None));
        assert_eq!(chunked(b""), (b"".to_vec(), None));
    }

    #[test]
    fn every_encoding_is_unpacked_and_may_be_missing_or_cut() {
        let page = b"<p>It rains.</p>".repeat(50);
        let gz = |bytes: &[u8]| {
            let mut out = flate2::write::GzEncoder::new(Vec::new(), Default::default());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        };
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Default::default());
        zlib.write_all(&page).unwrap();
        let mut bare = flate2::write::DeflateEncoder::new(Vec::new(), Default::default());
        bare.write_all(&page).unwrap();
        // A stored meta-block of 16 bytes, and an empty last one (RFC 7932, section 9.2).
        let br = b"\x8b\x07\x80<p>It rains.</p>\x03";
        for (encoding, packed) in [
            ("gzip", gz(&page)),
            ("x-gzip", [gz(&page[..100]), gz(&page[100..])].concat()),
            ("gzip, gzip", gz(&gz(&page))),
            ("deflate", zlib.finish().unwrap()),
            ("deflate", bare.finish().unwrap()),
            ("zstd", zstd::encode_all(&page[..], 3).unwrap()),
        ] {
            let head = format!("content-encoding: {encoding}\r\n");
            assert_eq!(body(&head, &packed), (page.clone(), None), "{encoding}");
            assert_eq!(body(&head, &page), (page.clone(), None), "{encoding} left out");
            if encoding == "gzip" {
                let (cut, repaired) = body(&head, &packed[..packed.len() - 9]);
                assert!(page.starts_with(&cut) && repaired == Some(Repair::Encoding));
            }
        }
        assert_eq!(body("Content-Encoding: br\r\n", br), (b"<p>It rains.</p>".to_vec(), None));
        assert_eq!(body("Content-Encoding: br\r\n", &page), (page.clone(), None));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = zstd::encode_all(&vec![b' '; 3 << 20][..], 3).unwrap();
        let message = [&b"HTTP/1.1 200\r\nContent-Encoding: zstd\r\n\r\n"[..], &bomb].concat();
        assert!(Response::parse(&message).unwrap().body(1 << 20).is_err());
    }

    #[test]
    fn headers_of_every_make_are_read() {
        let response =
            Response::parse(b"HTTP/1.1 404 Not Found\nContent-Type:\n  text/html;\r\n\tcharset=x\nrubbish\n\nbody");
        let response = response.unwrap();
        assert_eq!((response.status, response.content_type.as_str()), (404, " text/html; charset=x"));
        assert_eq!(response.body, b"body");
        assert!(Response::parse(b"GET / HTTP/1.0\r\n\r\n").is_err());
        assert!(Response::parse(b"HTTP/1.1\r\n\r\n").is_err());
        assert_eq!(Response::parse(b"HTTP/1.1 200 OK\r\nno end").unwrap().body, b"");
    }
}
