//! Text as it is shown: white space collapsed or kept, character references decoded.

use super::entity;
use crate::letters::{self, is_unseen};

/// Appends text with white space collapsed (no-break spaces too) and character references decoded.
pub(crate) fn append(out: &mut String, raw: &str, encoded: bool) {
    let bytes = raw.as_bytes();
    let mut i = 0;
    let mut run = 0;
    while i < bytes.len() {
        let b = bytes[i];
        // Plain characters, and spaces between two of them, are copied in runs.
        if b > b' ' && b < 0x7f && b != b'&' {
            i += 1;
            while let Some(chunk) = bytes[i..].first_chunk() {
                let plain = letters::plain(u64::from_le_bytes(*chunk));
                i += plain;
                if plain < 7 {
                    break;
                }
            }
            continue;
        }
        if b == b' ' && i > run && i + 1 < bytes.len() && bytes[i + 1] > b' ' && bytes[i - 1] > b' ' {
            i += 1;
            continue;
        }
        if b >= 0x80 {
            if !letters::is_blank(&bytes[i..]) {
                i += letters::utf8_len(b);
                continue;
            }
            let ch = raw[i..].chars().next().unwrap_or(' ');
            out.push_str(&raw[run..i]);
            i += ch.len_utf8();
            if !is_unseen(ch) {
                put(out, ' ');
            }
            run = i;
            continue;
        }
        out.push_str(&raw[run..i]);
        if b == b'&' && encoded {
            match entity::decode(&bytes[i..], false) {
                Some(decoded) => {
                    i += decoded.len;
                    for &ch in decoded.chars.iter().flatten() {
                        // A vertical tab is white space to Unicode, and unseen on a page.
                        if is_unseen(ch) {
                            continue;
                        }
                        match ch == '\u{a0}' || ch.is_whitespace() {
                            true => put(out, ' '),
                            false => out.push(ch),
                        }
                    }
                }
                None => {
                    out.push('&');
                    i += 1;
                }
            }
        } else {
            match b {
                b'&' => out.push('&'),
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => put(out, ' '),
                // Other control characters are not shown.
                _ => {}
            }
            i += 1;
        }
        run = i;
    }
    out.push_str(&raw[run..]);
}

pub(crate) fn ends_in_space(text: &str) -> bool {
    matches!(text.as_bytes().last(), Some(b' ' | b'\t' | b'\n'))
}

/// Puts a space, unless one stands there already.
fn put(out: &mut String, space: char) {
    if !ends_in_space(out) {
        out.push(space);
    }
}

/// Appends text as it stands, character references decoded and line ends made one.
pub(crate) fn append_verbatim(out: &mut String, raw: &str, encoded: bool) {
    let is_plain = |b: u8| matches!(b, b' '..=b'%' | b'\''..=b'~' | b'\n' | b'\t');
    let mut rest = raw;
    loop {
        let plain = rest.bytes().position(|b| !is_plain(b)).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(ch) = rest.chars().next() else { return };
        let decoded = if ch == '&' && encoded { entity::decode(rest.as_bytes(), false) } else { None };
        let (chars, len) = decoded.map_or(([Some(ch), None], ch.len_utf8()), |d| (d.chars, d.len));
        rest = &rest[len..];
        for ch in chars.into_iter().flatten().filter(|ch| !is_unseen(*ch)) {
            match ch {
                '\r' if rest.starts_with('\n') => {}
                '\r' => out.push('\n'),
                '\x0c' => out.push(' '),
                _ => out.push(ch),
            }
        }
    }
}
