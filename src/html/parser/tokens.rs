//! The tokenizer: text, tags, attributes, comments and raw text.

use super::Parser;
use crate::limits::Limit;
use crate::markup::tag::{self, Tag};
use crate::markup::tree::{Attr, AttrKind};
use crate::span::Span;
use memchr::{memchr, memchr2};

impl Parser<'_> {
    pub(super) fn run(&mut self) {
        let bytes = self.bytes;
        let mut text = self.pos;
        let mut from = self.pos;
        loop {
            let lt = match bytes.get(from) {
                Some(b'<') => from,
                _ => match find(b'<', bytes, from) {
                    Some(lt) => lt,
                    None => break,
                },
            };
            let next = bytes.get(lt + 1).copied().unwrap_or(0);
            if BYTES[next as usize] & MARKUP == 0 || (next == b'/' && lt + 2 >= bytes.len()) {
                from = lt + 1;
                continue;
            }
            if text < lt {
                self.text(text, lt);
            }
            self.pos = lt;
            if self.tree.nodes.len() >= self.limits.nodes {
                self.hit = Some(Limit::Nodes);
                return;
            }
            match next {
                b'/' if bytes[lt + 2].is_ascii_alphabetic() => self.end_tag(lt),
                b'/' | b'?' => self.bogus_comment(lt),
                b'!' => self.declaration(lt),
                _ => self.start_tag(lt),
            }
            text = self.pos;
            from = self.pos;
        }
        self.text(text, bytes.len());
        self.pos = bytes.len();
    }

    fn bogus_comment(&mut self, lt: usize) {
        self.pos = memchr(b'>', &self.bytes[lt..]).map_or(self.bytes.len(), |i| lt + i + 1);
    }

    #[inline(never)]
    fn declaration(&mut self, lt: usize) {
        let rest = &self.bytes[lt..];
        if rest.starts_with(b"<!--") {
            self.pos = self.comment_end(lt + 4);
        } else if rest.starts_with(b"<![CDATA[") && self.foreign {
            let end = memchr::memmem::find(&rest[9..], b"]]>").map(|i| lt + 9 + i);
            self.text_node(lt + 9, end.unwrap_or(self.bytes.len()));
            self.pos = end.map_or(self.bytes.len(), |e| e + 3);
        } else {
            self.bogus_comment(lt);
            let is_first = self.tree.nodes.len() == 1 && self.quirks;
            if is_first && rest.len() >= 9 && rest[2..9].eq_ignore_ascii_case(b"doctype") {
                self.quirks = is_quirky(&rest[9..self.pos - lt]);
            }
        }
    }

    /// Returns the offset after the comment whose content starts at `from`.
    fn comment_end(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(gt) = memchr(b'>', &self.bytes[at..]).map(|i| at + i) {
            let before = &self.bytes[..gt];
            // `<!-->` and `<!--->` close at once, so the two dashes may be those that opened the comment.
            if before.ends_with(b"--") || (gt >= from + 3 && before.ends_with(b"--!")) {
                return gt + 1;
            }
            at = gt + 1;
        }
        self.bytes.len()
    }

    /// Reads the name of a tag; returns its number and where it ends.
    pub(super) fn name(&mut self, from: usize) -> (Tag, usize) {
        let rest = &self.bytes[from..];
        if let Some(chunk) = rest.first_chunk() {
            let word = u64::from_le_bytes(*chunk);
            let mut len = tag::run(word);
            // `h1`
            if len == 1 && ((word >> 8) as u8).is_ascii_digit() {
                len = 2;
            }
            if rest.get(len).is_some_and(|&b| BYTES[b as usize] & NAME != 0) {
                let tag = tag::by_key(tag::short_key(word, len));
                if tag != Tag::NONE {
                    return (tag, from + len);
                }
            }
        }
        self.rare_name(from)
    }

    /// Does the same for a name that is long, holds a digit or a hyphen, or is not HTML's.
    #[inline(never)]
    fn rare_name(&mut self, from: usize) -> (Tag, usize) {
        let rest = &self.bytes[from..];
        let end = from + rest.iter().position(|&b| BYTES[b as usize] & NAME != 0).unwrap_or(rest.len());
        (self.tree.names.intern(&self.source[from..end]), end)
    }

    /// Reads attributes from `at` on, and notes their kinds; returns the offset after the tag and whether it closes itself, or
    /// `None` when the page ends in it.
    pub(super) fn attributes(&mut self, mut at: usize) -> Option<(usize, bool)> {
        let bytes = self.bytes;
        let first = self.tree.attrs.len();
        self.kinds = 0;
        loop {
            let mut b = *bytes.get(at)?;
            while b == b' ' {
                at += 1;
                b = *bytes.get(at)?;
            }
            if BYTES[b as usize] & NAME != 0 {
                at += 1;
                if b == b'>' {
                    return Some((at, bytes[at - 2] == b'/'));
                }
                continue;
            }
            let name = at;
            let (end, kind) = attribute_name(bytes, name)?;
            let value;
            if bytes[end..].starts_with(b"=\"") {
                let close = find(b'"', bytes, end + 2)?;
                value = Span::new(end as u32 + 2, close as u32);
                at = close + 1;
            } else {
                let closes;
                (value, at, closes) = self.rare_value(end)?;
                if closes {
                    // An unquoted value that ends in a slash does not close the tag.
                    self.keep_attribute(first, name, end - name, kind, value);
                    return Some((at + 1, false));
                }
            }
            self.keep_attribute(first, name, end - name, kind, value);
        }
    }

    /// Reads what follows an attribute's name: white space, a value in other quotes or none, or nothing. Returns the value, where it
    /// ends, and whether it ends in a slash right before the tag's end.
    #[inline(never)]
    fn rare_value(&self, name_end: usize) -> Option<(Span, usize, bool)> {
        let bytes = self.bytes;
        let mut at = name_end;
        while is_space(*bytes.get(at)?) {
            at += 1;
        }
        if bytes[at] != b'=' {
            return Some((Span::default(), at, false));
        }
        at += 1;
        while is_space(*bytes.get(at)?) {
            at += 1;
        }
        let quote = bytes[at];
        if matches!(quote, b'"' | b'\'') {
            let end = find(quote, bytes, at + 1)?;
            return Some((Span::new(at as u32 + 1, end as u32), end + 1, false));
        }
        let end = at + bytes[at..].iter().position(|&b| BYTES[b as usize] & VALUE != 0)?;
        Some((Span::new(at as u32, end as u32), end, bytes[end] == b'>' && bytes[end - 1] == b'/'))
    }

    #[inline]
    fn keep_attribute(&mut self, first: usize, name: usize, name_len: usize, kind: AttrKind, value: Span) {
        if self.tree.attrs.len() - first >= self.most_attributes {
            self.hit = Some(Limit::Attributes);
            return;
        }
        let name_len = match u16::try_from(name_len) {
            Ok(len) => len,
            Err(_) if self.source.is_char_boundary(name + u16::MAX as usize) => u16::MAX,
            Err(_) => return,
        };
        self.kinds |= kind.bit();
        self.tree.attrs.push(Attr { name: name as u32, name_len, kind, value });
    }

    /// Returns where the content of a raw text element that starts at `from` ends: at its end tag, or at the page's end.
    #[inline(never)]
    pub(super) fn raw_end(&self, from: usize, name: &str) -> usize {
        let bytes = self.bytes;
        let is_script = name == "script";
        let (mut escaped, mut twice) = (false, false);
        let mut at = from;
        loop {
            let found = if escaped { memchr2(b'<', b'-', &bytes[at..]) } else { memchr(b'<', &bytes[at..]) };
            let Some(i) = found else { return bytes.len() };
            at += i;
            let rest = &bytes[at..];
            if rest[0] == b'-' {
                if rest.starts_with(b"-->") {
                    (escaped, twice) = (false, false);
                }
                at += 1;
            } else if names_tag(&rest[1..], b'/', name) {
                if !twice {
                    return at;
                }
                twice = false;
                at += 2;
            } else if is_script && rest.starts_with(b"<!--") {
                escaped = true;
                // The dashes may end the comment as well: `<!-->`.
                at += 2;
            } else {
                twice |= escaped && is_script && starts_tag(&rest[1..], name);
                at += 1;
            }
        }
    }
}

pub(super) fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// What a byte ends: the name of a tag, the name of an attribute, a value without quotes.
const NAME: u8 = 1;
const ATTRIBUTE: u8 = 2;

const VALUE: u8 = 4;

/// What after `<` makes it markup; `/` needs more after it.
const MARKUP: u8 = 8;
const BYTES: [u8; 256] = {
    let mut table = [0; 256];
    let spaces = b" \t\n\r\x0c>";
    let mut i = 0;
    while i < spaces.len() {
        table[spaces[i] as usize] = NAME | ATTRIBUTE | VALUE;
        i += 1;
    }
    table[b'/' as usize] = NAME | ATTRIBUTE;
    table[b'=' as usize] = ATTRIBUTE;
    let marks = b"/!?abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut i = 0;
    while i < marks.len() {
        table[marks[i] as usize] |= MARKUP;
        i += 1;
    }
    table
};

/// Bytes that are looked through for a mark before [`memchr`] is called: most marks are near, and the call alone costs
/// more than finding those.
const NEAR: usize = 64;

/// Returns where a byte stands at or after `from`.
#[inline(always)]
fn find(mark: u8, bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while at - from < NEAR {
        let Some(chunk) = bytes[at..].first_chunk() else { break };
        // Without an early exit, so that all are compared at once.
        if chunk.iter().fold(false, |found, &b| found | (b == mark)) {
            return Some(at + place(mark, chunk));
        }
        at += chunk.len();
    }
    memchr(mark, &bytes[at..]).map(|i| at + i)
}

/// Returns where a byte first stands among sixteen of which it is one.
#[inline(always)]
fn place(mark: u8, chunk: &[u8; 16]) -> usize {
    #[cfg(target_arch = "x86_64")]
    let found = memchr::arch::x86_64::sse2::memchr::One::new(mark).and_then(|one| one.find(chunk));
    #[cfg(not(target_arch = "x86_64"))]
    let found = chunk.iter().position(|&b| b == mark);
    found.unwrap_or(0)
}

/// Returns whether a doctype, given from after its first word on, asks for the ways of old browsers.
fn is_quirky(doctype: &[u8]) -> bool {
    let text = String::from_utf8_lossy(doctype).to_ascii_lowercase();
    let text = text.trim_start();
    let Some(rest) = text.strip_prefix("html").filter(|r| r.starts_with(|c: char| c == '>' || c.is_whitespace()))
    else {
        return true;
    };
    let mut quoted = rest.split(['"', '\'']).skip(1).step_by(2);
    let Some(public) = quoted.next().filter(|_| rest.trim_start().starts_with("public")) else { return false };
    let has_system = quoted.next().is_some();
    let old = [
        "-//ietf//",
        "-//w3c//dtd html 3",
        "-//w3c//dtd html 4.0 frameset//",
        "-//w3c//dtd html 4.0 transitional//",
        "-//w3c//dtd html experimental",
        "-//w3c//dtd w3 html//",
        "-//w3o//dtd w3 html",
        "-//netscape comm. corp.//",
        "-//microsoft//dtd internet explorer",
        "-//softquad",
        "-//sq//",
        "-//sun microsystems corp.//",
        "-//webtechs//",
        "-//spyglass//",
        "-//o'reilly and associates//",
        "-//metrius//",
        "-//as//",
        "-//advasoft ltd//",
    ];
    let bare = ["-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//"];
    public == "html"
        || old.iter().any(|prefix| public.starts_with(prefix))
        || (!has_system && bare.iter().any(|prefix| public.starts_with(prefix)))
}

/// Reads the name of an attribute; returns where it ends and what it is called, or `None` when the page ends in it.
#[inline(always)]
fn attribute_name(bytes: &[u8], from: usize) -> Option<(usize, AttrKind)> {
    let rest = &bytes[from..];
    if let Some(chunk) = rest.first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        let len = tag::run(word);
        if len > 0 && BYTES[*rest.get(len)? as usize] & ATTRIBUTE != 0 {
            return Some((from + len, AttrKind::by_key(tag::short_key(word, len))));
        }
    }
    rare_attribute_name(bytes, from)
}

/// Does the same for a name that is long or holds more than letters.
#[inline(never)]
fn rare_attribute_name(bytes: &[u8], from: usize) -> Option<(usize, AttrKind)> {
    let ends = |b: u8| BYTES[b as usize] & ATTRIBUTE != 0;
    // The first byte belongs to the name whatever it is. The rest is runs of letters, parted by hyphens and the like.
    let mut at = from + 1;
    while let Some(chunk) = bytes.get(at..)?.first_chunk() {
        at += tag::run(u64::from_le_bytes(*chunk));
        if ends(*bytes.get(at)?) {
            return Some((at, AttrKind::of(&bytes[from..at])));
        }
        at += 1;
    }
    at += bytes.get(at..)?.iter().position(|&b| ends(b))?;
    Some((at, AttrKind::of(&bytes[from..at])))
}

/// Returns whether `rest` starts with `mark`, then `name`, then the end of a tag's name.
fn names_tag(rest: &[u8], mark: u8, name: &str) -> bool {
    rest.first() == Some(&mark) && starts_tag(&rest[1..], name)
}

fn starts_tag(rest: &[u8], name: &str) -> bool {
    rest.len() > name.len()
        && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && (is_space(rest[name.len()]) || matches!(rest[name.len()], b'/' | b'>'))
}
