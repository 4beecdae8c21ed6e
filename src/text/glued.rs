//! Text whose lines were never parted: a program that puts the strings of a page one behind the other, as BeautifulSoup's
//! `get_text()` does, leaves no space between blocks where the page's source has none: “… said the town.ShareThe old bridge”.
//! A capital right behind a small letter or a stop shows where a block began.

use super::lines::{self, Line};
use crate::limits::Limits;

/// Bytes of the shortest line that is cut, and of one that counts as glued.
const CUT: usize = 80;
const LONG: usize = 200;
/// Sentences of a page without a space behind them, from which on it counts as glued, and such in one line.
const SENTENCES: usize = 3;
/// Words of a line in which a capital follows a small letter: so many, and one for so many bytes.
const JOINTS: usize = 8;
const JOINT_BYTES: usize = 100;
/// The share of the page, one part of so many, that glued lines have. Of pages that six other programs wrote, five of
/// some 2,000 have so much.
const SHARE: usize = 10;

/// Cuts the lines of a page that is glued into blocks.
pub(super) fn part(source: &str, lines: &mut Vec<Line>, limits: &Limits) {
    if !is_glued(source, lines) {
        return;
    }
    let whole = std::mem::take(lines);
    let most = whole.len().max(lines::most(limits));
    for (line, left) in whole.iter().zip((0..whole.len()).rev()) {
        let part = |from: u32, to: u32| {
            lines::single(&source[..to as usize], from as usize, line.spaced && from == line.span.start)
        };
        let mut start = line.span.start;
        if line.span.len() >= CUT {
            for joint in joints(&source[line.span.range()]) {
                if lines.len() + left + 1 < most {
                    let end = line.span.start + joint as u32;
                    lines.extend(part(start, end));
                    start = end;
                }
            }
        }
        if start == line.span.start {
            lines.push(*line);
        } else {
            lines.extend(part(start, line.span.end));
        }
    }
}

/// Returns whether so many sentences of a page have no space behind them that its blocks must be glued together.
fn is_glued(source: &str, lines: &[Line]) -> bool {
    let long = || lines.iter().filter(|line| line.span.len() >= LONG).map(|line| &source[line.span.range()]);
    if long().map(sentences).sum::<usize>() < SENTENCES {
        return false;
    }
    let is_glued = |text: &&str| sentences(text) >= SENTENCES || words(text) >= (text.len() / JOINT_BYTES).max(JOINTS);
    let glued: usize = long().filter(is_glued).map(str::len).sum();
    glued * SHARE >= lines.iter().map(|line| line.span.len()).sum()
}

/// Returns how many sentences have no space behind them.
fn sentences(text: &str) -> usize {
    let is_unparted = |at: &usize| {
        let (before, after) = (&text[..*at], &text[at + 1..]);
        // Nearly all are followed by a space.
        let begins = after.as_bytes().first().is_some_and(|&b| b.is_ascii_uppercase() || b >= 0x80);
        begins
            && after.starts_with(char::is_uppercase)
            && before.chars().rev().take(2).filter(|ch| ch.is_lowercase()).count() == 2
    };
    memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()).filter(is_unparted).count()
}

/// Returns how many words have a capital behind a small letter.
fn words(text: &str) -> usize {
    text.chars().zip(text.chars().skip(1)).filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count()
}

/// Returns where a block begins within a glued text: at a capital, or a quotation mark before one, right behind a word or a
/// sentence.
fn joints(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = [' '; 3];
    // Whether a quotation has begun in the block and not ended.
    let mut is_open = false;
    text.char_indices().filter_map(move |(at, ch)| {
        let [third, second, first] = before;
        before = [second, first, ch];
        let is_quote = is_quote(ch);
        let begins = match is_quote {
            true => !is_open && text[at + ch.len_utf8()..].starts_with(char::is_uppercase),
            false => ch.is_uppercase(),
        };
        let is_behind = || match first {
            // Not “iPhone” or “McAllister”.
            _ if first.is_lowercase() => !is_quote && second.is_lowercase(),
            // Not “z.B.”.
            '.' | '!' | '?' | '…' => {
                second.is_ascii_digit() || second.is_lowercase() && third.is_lowercase() || is_end(second)
            }
            _ => is_end(first) && !(is_open && self::is_quote(first)) && (is_end(second) || second.is_lowercase()),
        };
        let is_joint = begins && is_behind();
        is_open &= !is_joint;
        is_open ^= is_quote;
        is_joint.then_some(at)
    })
}

fn is_quote(ch: char) -> bool {
    matches!(ch, '„' | '“' | '”' | '"' | '«' | '»')
}

/// Returns whether a character ends a sentence, or a quotation or remark within it.
fn is_end(ch: char) -> bool {
    is_quote(ch) || matches!(ch, '.' | '!' | '?' | '…' | '’' | ')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_begin_at_capitals_right_behind_words_and_sentences() {
        for (text, parts) in [
            ("HomeSportShare", &["Home", "Sport", "Share"][..]),
            ("said the town.The bridge", &["said the town.", "The bridge"]),
            ("„Nein“, sagte er.„Ja“, sagte sie.", &["„Nein“, sagte er.", "„Ja“, sagte sie."]),
            ("he asked (twice).\"Yes.\"By Ida Moss", &["he asked (twice).", "\"Yes.\"", "By Ida Moss"]),
            ("im Jahr 2031.Die Brücke", &["im Jahr 2031.", "Die Brücke"]),
            ("мост закрыт.Трамваи ходятПоделиться", &["мост закрыт.", "Трамваи ходят", "Поделиться"]),
            ("an iPhone of Ian McAllister, z.B. the U.S.A. one", &["an iPhone of Ian McAllister, z.B. the U.S.A. one"]),
        ] {
            let mut start = 0;
            let found: Vec<&str> =
                joints(text).chain([text.len()]).map(|end| &text[std::mem::replace(&mut start, end)..end]).collect();
            assert_eq!(found, parts, "{text}");
        }
    }

    #[test]
    fn joints_are_counted_alike_in_any_script() {
        for text in [
            "HomeShare said the town.The bridge is closed.It was old. A z.B. one.",
            "ГлавнаяПоделиться сказал город.Мост закрыт.Он старый. Да.",
        ] {
            assert_eq!((sentences(text), words(text)), (2, 1), "{text}");
        }
    }
}
