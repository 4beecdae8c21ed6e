//! Character references (`&amp;` `&#8217;` `&nbsp`), decoded only in text and attributes that something asks for.

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name in the HTML standard's table, `CounterClockwiseContourIntegral;`.
const LONGEST_NAME: usize = 32;
/// The longest name that also works without its semicolon, `Aacute` and the like.
const LONGEST_BARE: usize = 6;

/// A decoded reference: one or two characters and the number of source bytes it took.
pub(crate) struct Decoded {
    pub(crate) chars: [Option<char>; 2],
    pub(crate) len: usize,
}

/// Decodes the reference that `rest` starts with (`rest[0]` is `&`), or `None` when the `&` stands for itself.
///
/// `in_attribute` follows the standard's rule that `&copy=` in an attribute is not a reference.
pub(crate) fn decode(rest: &[u8], in_attribute: bool) -> Option<Decoded> {
    match rest.get(1)? {
        b'#' => numeric(rest),
        c if c.is_ascii_alphanumeric() => named(rest, in_attribute),
        _ => None,
    }
}

fn numeric(rest: &[u8]) -> Option<Decoded> {
    let (radix, from) = match rest.get(2)? {
        b'x' | b'X' => (16, 3),
        _ => (10, 2),
    };
    let mut at = from;
    let mut code: u32 = 0;
    while let Some(digit) = rest.get(at).and_then(|&b| (b as char).to_digit(radix)) {
        code = code.saturating_mul(radix).saturating_add(digit);
        at += 1;
    }
    if at == from {
        return None;
    }
    if rest.get(at) == Some(&b';') {
        at += 1;
    }
    let ch = match code {
        0x80..=0x9f => C1_REPLACEMENTS[(code - 0x80) as usize].or(char::from_u32(code)),
        0 => None,
        _ => char::from_u32(code),
    };
    Some(Decoded { chars: [Some(ch.unwrap_or('\u{fffd}')), None], len: at })
}

fn named(rest: &[u8], in_attribute: bool) -> Option<Decoded> {
    let name = &rest[1..];
    // Nearly all that pages write.
    let common = match name {
        [b'a', b'm', b'p', b';', ..] => Some(('&', 5)),
        [b'g', b't', b';', ..] => Some(('>', 4)),
        [b'l', b't', b';', ..] => Some(('<', 4)),
        [b'n', b'b', b's', b'p', b';', ..] => Some(('\u{a0}', 6)),
        [b'q', b'u', b'o', b't', b';', ..] => Some(('"', 6)),
        _ => None,
    };
    if let Some((ch, len)) = common {
        return Some(Decoded { chars: [Some(ch), None], len });
    }
    let run = name.iter().take(LONGEST_NAME).take_while(|b| b.is_ascii_alphanumeric()).count();
    if name.get(run) == Some(&b';')
        && let Some(found) = lookup(&name[..=run])
    {
        return Some(Decoded { chars: found, len: run + 2 });
    }
    for len in (2..=run.min(LONGEST_BARE)).rev() {
        let Some(found) = lookup(&name[..len]) else { continue };
        let next = name.get(len).copied().unwrap_or(b' ');
        if in_attribute && (next == b'=' || next.is_ascii_alphanumeric()) {
            return None;
        }
        return Some(Decoded { chars: found, len: len + 1 });
    }
    None
}

fn lookup(name: &[u8]) -> Option<[Option<char>; 2]> {
    let name = std::str::from_utf8(name).ok()?;
    // The table also maps every proper prefix of a name, to (0, 0).
    let &(first, second) = NAMED_ENTITIES.get(name).filter(|&&(first, _)| first != 0)?;
    Some([char::from_u32(first), char::from_u32(second).filter(|&c| c != '\0')])
}

/// Returns `value` with its character references decoded, for attribute values.
pub(crate) fn decode_attribute(value: &str) -> std::borrow::Cow<'_, str> {
    let bytes = value.as_bytes();
    // Without a way out of the loop it looks at many bytes at once; most values have none and are short.
    if !bytes.iter().fold(false, |any, &b| any | (b == b'&')) {
        return value.into();
    }
    let Some(first) = memchr::memchr(b'&', bytes) else { return value.into() };
    let mut out = String::with_capacity(value.len());
    let (mut at, mut amp) = (0, Some(first));
    while let Some(found) = amp {
        out.push_str(&value[at..found]);
        at = match decode(&bytes[found..], true) {
            Some(decoded) => {
                out.extend(decoded.chars.iter().flatten());
                found + decoded.len
            }
            None => {
                out.push('&');
                found + 1
            }
        };
        amp = memchr::memchr(b'&', &bytes[at..]).map(|i| at + i);
    }
    out.push_str(&value[at..]);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        match decode(source.as_bytes(), false) {
            Some(d) => d.chars.iter().flatten().collect::<String>() + &source[d.len..],
            None => source.to_owned(),
        }
    }

    #[test]
    fn references_decode_as_in_browsers() {
        for (source, expect) in [
            ("&amp;x", "&x"),
            ("&ampx", "&x"),
            ("&lt;&", "<&"),
            ("&gt;&", ">&"),
            ("&quot;&", "\"&"),
            ("&nbsp;&", "\u{a0}&"),
            ("&notit;", "¬it;"),
            ("&notin;", "∉"),
            ("&NotEqualTilde;", "≂̸"),
            ("&CounterClockwiseContourIntegral;", "∳"),
            ("&#8217;", "’"),
            ("&#x1F600", "😀"),
            ("&#150;", "–"),
            ("&#0;", "\u{fffd}"),
            ("&#xD800;", "\u{fffd}"),
            ("&#99999999999;", "\u{fffd}"),
            ("&#;", "&#;"),
            ("&#xg", "&#xg"),
            ("&nosuchname;", "&nosuchname;"),
            ("& b", "& b"),
            ("&", "&"),
        ] {
            assert_eq!(text(source), expect, "{source}");
        }
    }

    #[test]
    fn attributes_keep_query_parameters() {
        assert_eq!(decode_attribute("?a=1&copy=2&amp;b=&lt;"), "?a=1&copy=2&b=<");
    }
}
