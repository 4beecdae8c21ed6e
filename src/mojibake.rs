//! Mends text in UTF-8 that someone decoded as Windows-1252 or Latin-1: `donâ€™t` for `don’t`, `mÃ¡s` for `más`.
//!
//! Pages come so from their servers, from dumps, and from tools that flatten without asking for the charset. Nothing is
//! mended unless the page as a whole shows it. ftfy (Robyn Speer, 2012) made the idea known; it judges line by line and
//! knows more charsets.

use crate::span::Span;

/// Sequences that a page must have, and how many of the letters that start one must start one, as a divisor. Set by hand:
/// of 2,046 pages, those with fewer had a word of a name or of a script decoded so, or a trade mark behind a capital (`CAFÉ®`).
const LEAST: usize = 3;
const SHARE: usize = 2;

/// Sequences that are enough where all start with one letter that also comes before quotes and dashes (`cliché”—`), and a bit
/// for each that does not: `Â`, `Ã` and `â`.
const MANY: usize = 20;
const MARKED: u64 = 1 << 0x02 | 1 << 0x03 | 1 << 0x22;

/// How often a page may have been decoded so, one time upon the other.
const ROUNDS: usize = 3;

/// What Windows-1252 has from 0x80 to 0x9f; where it has nothing, what decoders make of the byte.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// A mended page.
pub(crate) struct Mended {
    pub(crate) text: String,
    /// Of each round, in the text before and after it, where what was mended ends.
    rounds: Vec<Vec<[u32; 2]>>,
}

/// Mends a page that shows often enough that it was decoded wrongly.
pub(crate) fn mend(source: &str) -> Option<Mended> {
    let (text, ends) = once(source)?;
    let mut mended = Mended { text, rounds: vec![ends] };
    while mended.rounds.len() < ROUNDS
        && let Some((text, ends)) = once(&mended.text)
    {
        mended.text = text;
        mended.rounds.push(ends);
    }
    Some(mended)
}

impl Mended {
    /// Returns the bytes of the page as it came that a span of the mended text covers.
    pub(crate) fn source_of(&self, span: Span) -> Span {
        let place = |at: u32| {
            self.rounds.iter().rev().fold(at, |at, ends| match ends.partition_point(|&[_, after]| after <= at) {
                0 => at,
                i => ends[i - 1][0] + (at - ends[i - 1][1]),
            })
        };
        Span::new(place(span.start), place(span.end))
    }
}

/// Returns the text with every sequence mended, and where each ends in the text before and after, if there are enough.
fn once(source: &str) -> Option<(String, Vec<[u32; 2]>)> {
    let bytes = source.as_bytes();
    // All letters that start a sequence have this first byte.
    let starts = || memchr::memchr_iter(0xc3, bytes).filter(|&at| matches!(bytes[at + 1], 0x82..=0xb4));
    let (mut letters, mut found, mut kinds) = (0, 0, 0u64);
    for at in starts() {
        letters += 1;
        let (kind, next) = (bytes[at + 1] - 0x80, bytes.get(at + 2).copied().unwrap_or(0));
        // Before a space without break a letter or sign stands for itself as often: `5 × 10`, `« liberté »`.
        let is_before_space = next == 0xc2 && bytes.get(at + 3) == Some(&0xa0) && MARKED >> kind & 1 == 0;
        if !next.is_ascii() && !is_before_space && sequence(&source[at..]).is_some() {
            found += 1;
            kinds |= 1 << kind;
        }
    }
    let is_sure = kinds & MARKED != 0 || kinds.count_ones() > 1 || found >= MANY;
    if found < LEAST || found * SHARE < letters || !is_sure {
        return None;
    }
    let (mut text, mut ends, mut done) = (String::with_capacity(source.len()), Vec::with_capacity(found), 0);
    for at in starts() {
        text.push_str(&source[done..at]);
        done = at;
        if let Some((ch, len)) = sequence(&source[at..]) {
            text.push(ch);
            done += len;
        } else if let Some(meant) = meant_by_letter(&text, &source[at..]) {
            text.push_str(meant);
            done += 2;
        } else {
            continue;
        }
        ends.push([done as u32, text.len() as u32]);
    }
    text.push_str(&source[done..]);
    Some((text, ends))
}

/// Returns the character whose bytes in UTF-8, decoded wrongly, a text starts with, and how many bytes it takes there.
fn sequence(text: &str) -> Option<(char, usize)> {
    let (mut bytes, mut len, mut chars) = ([0; 4], 0, text.chars());
    let first = u8::try_from(u32::from(chars.next()?)).ok()?;
    let count = match first {
        0xc2..=0xdb => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    bytes[0] = first;
    for byte in &mut bytes[1..count] {
        let ch = chars.next()?;
        *byte = match u32::from(ch) {
            code @ 0x80..0xc0 => code as u8,
            0..0x100 => return None,
            _ => WINDOWS.chars().position(|known| known == ch)? as u8 + 0x80,
        };
        len += ch.len_utf8();
    }
    let ch = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    // Between Latin with marks and Greek stand letters that no page has, and marks that a page decoded twice has.
    if matches!(first, 0xc6..=0xcd) && !WINDOWS.contains(ch) {
        return None;
    }
    // A control character is a mark that Latin-1 knows as one: bytes of Windows-1252 were taken for letters there.
    let meant = if ch.is_control() { WINDOWS.chars().nth(usize::from(bytes[1]) - 0x80)? } else { ch };
    Some((meant, len + 2))
}

/// Returns what the letter of two bytes that a text starts with was meant to be where what followed it was lost since: a space
/// without break became a space or went, a soft hyphen went.
fn meant_by_letter(before: &str, text: &str) -> Option<&'static str> {
    let mut chars = text.chars();
    let (first, next) = (chars.next()?, chars.next());
    match first {
        'Â' if next.is_none_or(char::is_whitespace) => Some(""),
        'Ã' if next?.is_lowercase() && before.ends_with(char::is_lowercase) => Some("í"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes UTF-8 as Windows-1252.
    fn spoil(text: &str) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    const PAGES: [&str; 4] = [
        "The mayor won’t say “when” – it’s late … and the café is shut.",
        "Der Bürgermeister schließt die Brücke für längere Zeit – für “immer”?",
        "Мэр сказал, что мост закроют в мае. Трамваи ходят ночью.",
        "시장은 다리가 오월에 닫힌다고 말했다. 市長は橋が五月に閉まると述べた。",
    ];

    #[test]
    fn what_was_decoded_wrongly_is_read_as_it_was_meant() {
        for page in PAGES {
            let mut source = page.to_owned();
            for round in 0..ROUNDS {
                source = spoil(&source);
                let mended = mend(&source).unwrap_or_else(|| panic!("{source}"));
                assert_eq!(mended.text, page, "after {round}");
            }
        }
    }

    #[test]
    fn what_was_decoded_rightly_stays() {
        let right = [
            "CAFÉ® CAFÉ® CAFÉ® CAFÉ®",
            "« Où est-il ? » À « Nîmes », répéta-t-elle",
            "«\u{a0}Liberté\u{a0}», «\u{a0}égalité\u{a0}», «\u{a0}fraternité\u{a0}»",
            "5\u{a0}×\u{a0}10, 6\u{a0}×\u{a0}10 and 7\u{a0}×\u{a0}10",
            "One cliché”—two cliché”—three cliché”—four cliché”—",
            "Ã©",
            "SÃO JOÃO",
            "",
            "Ã",
        ];
        for page in PAGES.into_iter().chain(right) {
            assert!(mend(page).is_none(), "{page}");
        }
    }

    #[test]
    fn what_else_was_lost_is_guessed_where_it_is_plain() {
        let source = spoil("más é ü") + " habÃa una vez en PeÃ±ÃscolaÂ  y tÃ";
        assert_eq!(mend(&source).unwrap().text, "más é ü había una vez en Peñíscola  y tÃ");
    }

    /// Each span of the mended text covers the bytes that were mended into it.
    #[test]
    fn spans_lead_to_the_bytes_that_came() {
        for page in PAGES {
            let (once, twice) = (spoil(page), spoil(&spoil(page)));
            for (source, spoil) in [(&once, spoil as fn(&str) -> String), (&twice, |text| spoil(&spoil(text)))] {
                let mended = mend(source).unwrap();
                for (at, ch) in page.char_indices() {
                    let span = mended.source_of(Span::new(at as u32, (at + ch.len_utf8()) as u32));
                    assert_eq!(source[span.range()], spoil(ch.encode_utf8(&mut [0; 4])), "{page} at {at}");
                }
            }
        }
    }
}
