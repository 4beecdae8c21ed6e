//! The form in which lines are compared with phrases.

use super::edge::{EDGE, edge};
use crate::letters;

/// Returns a line without its edges.
pub(super) fn trimmed(line: &str) -> &str {
    let is_set = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let is_trim = is_set(line.as_bytes().first()) && is_set(line.as_bytes().last());
    if is_trim { line } else { line.trim_matches(is_edge) }
}

/// Returns whether a character at the edge of a line says nothing. Signs of vowels and tones belong to the letter before.
pub(super) fn is_edge(ch: char) -> bool {
    !letters::is_alphanumeric(ch)
        && !letters::is_combining(ch)
        && !matches!(ch, '©' | '+' | '#' | '@' | '&' | 'ⓒ' | '%' | '$' | '€')
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

/// Returns the ASCII twin of a character that is as wide as a Chinese one: `：` is `:`, `Ａ` is `A`.
#[inline]
pub(super) fn narrow(ch: char) -> char {
    match ch {
        '\u{ff01}'..='\u{ff5e}' => char::from((ch as u32 - 0xff01) as u8 + b'!'),
        _ => ch,
    }
}

/// Returns a character as [`normalise`] writes it. Of Turkish capitals nothing tells which i they are.
#[inline]
fn form(ch: char) -> char {
    match narrow(ch) {
        ch @ ..'\u{80}' => char::from(FORM[ch as usize]),
        '’' | '‘' => '\'',
        'İ' | 'ı' => 'i',
        ch if ch.is_whitespace() => ' ',
        ch => letters::to_small(ch),
    }
}

/// Returns the first bytes of a line's form, or the last ones backwards. The line's edges are stripped.
pub(super) fn edge_of_form(line: &str, is_end: bool) -> u64 {
    let word = edge(line.as_bytes(), is_end);
    let bytes = line.bytes();
    let ascii = || if is_end { edge_by_bytes(bytes.rev()) } else { edge_by_bytes(bytes) };
    letters::plain_form(word).or_else(ascii).unwrap_or_else(|| {
        if is_end { edge_by_characters(line.chars().rev(), true) } else { edge_by_characters(line.chars(), false) }
    })
}

/// Returns the edge of the form of a line, of which the bytes are given from either end, if the characters there are ASCII.
fn edge_by_bytes(line: impl Iterator<Item = u8>) -> Option<u64> {
    let (mut out, mut len, mut before) = (0, 0, 0);
    for b in line {
        let small = *FORM.get(usize::from(b))?;
        if small == before && matches!(small, b' ' | b'0') {
            continue;
        }
        before = small;
        out |= u64::from(small) << (8 * len);
        len += 1;
        if len == EDGE {
            break;
        }
    }
    Some(out)
}

/// Returns the edge of the form of a line, of which the characters are given from either end.
fn edge_by_characters(line: impl Iterator<Item = char>, is_end: bool) -> u64 {
    let (mut out, mut len, mut before) = (0, 0, '\0');
    for ch in line {
        let mut bytes = [0; 4];
        let small = form(ch);
        if small == before && matches!(small, ' ' | '0') {
            continue;
        }
        before = small;
        let size = small.encode_utf8(&mut bytes).len();
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
        let small = form(ch);
        let is_digit = small == '0';
        if !(is_digit && digits) {
            out.push(small);
        }
        digits = is_digit;
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
            ("İlgili ILGI, ılık", "ilgili ilgi, ilik"),
            ("แชร์!", "แชร์"),
            ("न्यूज़ |", "न्यूज़"),
            ("•", ""),
            ("責任編輯：王小明", "責任編輯:王小明"),
            ("ＰＲ（５月１２日） 渡辺", "pr(0月0日) 渡辺"),
        ] {
            normalise(line, &mut out);
            assert_eq!(out, key);
        }
    }

    #[test]
    fn both_ends_of_a_line_are_seen_in_its_form() {
        let mut out = String::new();
        let lines = [
            "Read  MORE’s 12 3",
            "12 min 0 0",
            "Öffnet ÄÉ in 2024\n\n05",
            "` 1’\u{a0} x",
            "Home",
            "Aİz",
            "大桥 の",
            "文：１2Ａ",
        ];
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
        for ch in '\0'..=char::MAX {
            normalise(&format!("a{ch}a"), &mut out);
            assert_eq!(format!("a{}a", form(ch)), out, "{ch:?}");
        }
    }
}
