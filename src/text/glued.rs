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
    for (i, line) in whole.iter().enumerate() {
        let left = whole.len() - i - 1;
        if line.span.len() < CUT {
            lines.push(*line);
            continue;
        }
        let text = &source[line.span.range()];
        let mut start = 0;
        for end in joints(text).chain([text.len()]) {
            if end < text.len() && lines.len() + left + 1 >= most {
                continue;
            }
            let from = line.span.start as usize + start;
            let (of, spaced) = (&source[..line.span.start as usize + end], line.spaced && start == 0);
            match start {
                0 if end == text.len() => lines.push(*line),
                _ => lines.extend(lines::single(of, from, spaced)),
            }
            start = end;
        }
    }
}

/// Returns whether so many sentences of a page have no space behind them that its blocks must be glued together.
fn is_glued(source: &str, lines: &[Line]) -> bool {
    let (mut sentences, mut glued, mut all) = (0, 0, 0);
    for line in lines {
        all += line.span.len();
        if line.span.len() < LONG {
            continue;
        }
        let text = &source[line.span.range()];
        let (ends, words) = count(text);
        sentences += ends;
        if ends >= SENTENCES || words >= JOINTS && words * JOINT_BYTES >= text.len() {
            glued += text.len();
        }
    }
    sentences >= SENTENCES && glued * SHARE >= all
}

/// Returns how many sentences have no space behind them, and how many words a capital behind a small letter.
fn count(text: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let inner = bytes.iter().filter(|&&b| b & 0xc0 == 0x80).count();
    if inner * 3 < bytes.len() {
        // Most letters are ASCII, and the others need not be counted.
        let ends = |w: &&[u8]| {
            let is_stop = (w[2] == b'.') | (w[2] == b'!') | (w[2] == b'?');
            w[0].is_ascii_lowercase() & w[1].is_ascii_lowercase() & is_stop & w[3].is_ascii_uppercase()
        };
        let words = |w: &&[u8]| w[0].is_ascii_lowercase() & w[1].is_ascii_uppercase();
        return (bytes.windows(4).filter(ends).count(), bytes.windows(2).filter(words).count());
    }
    let (mut ends, mut words) = (0, 0);
    let mut before = [' '; 3];
    for ch in text.chars() {
        if ch.is_uppercase() {
            words += usize::from(before[2].is_lowercase());
            let is_end = matches!(before[2], '.' | '!' | '?') && before[1].is_lowercase() && before[0].is_lowercase();
            ends += usize::from(is_end);
        }
        before = [before[1], before[2], ch];
    }
    (ends, words)
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
        assert_eq!(count("HomeShare said the town.The bridge is closed.It was old."), (2, 1));
        assert_eq!(count("ГлавнаяПоделиться сказал город.Мост закрыт.Он старый."), (2, 1));
    }
}
