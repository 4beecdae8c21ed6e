//! Text that was cut at links and bold words: a program that puts each string of a page on a line of its own, as
//! BeautifulSoup's `get_text("\n")` does, leaves a sentence in several lines. Which of them belong together shows in how they
//! begin: with a comma or a stop, with a small letter, or as a name whose sentence goes on in the line behind.

use super::lines::Line;
use super::mark::Mark;
use super::width;

/// Words of a text that may go on in a line that tells little: most labels and headings have fewer, or are whole.
const LONG: usize = 6;
/// Words of a text in which a name may stand, and of the longest such name.
const AROUND_NAME: usize = 4;
const NAME: usize = 12;
/// Words of a line that may be a byline: “by Ida Moss”.
const BYLINE: usize = 4;
/// Lines that go on from the one before, from which on a page counts as cut, and such of them as start with a mark: next to
/// none does where each paragraph is a line, while small letters also start names of pictures and labels.
const FEWEST: usize = 3;
const WITH_MARK: usize = 1;
const MARKS: usize = 2;

/// How a line begins, as far as that tells whether it goes on from the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// With what only stands behind something: a comma, a stop, a closing bracket.
    Closing,
    /// With a small letter, hiragana, or an opening bracket.
    Small,
    Other,
}

/// Joins each line to the one before that it goes on from, if the page has been cut at links and bold words.
pub(super) fn join(source: &str, lines: &[Line], joins: &mut [bool]) {
    if !is_cut(source, lines) {
        return;
    }
    let words = |line: &Line| words_of(line.body(source));
    let mut before = lines.first().map_or(0, words);
    for i in 1..lines.len() {
        let own = words(&lines[i]);
        joins[i] |= goes_on(source, lines, i, before, own);
        before = if joins[i] { before + own } else { own };
    }
}

/// Returns whether a line goes on from the ones before, which have so many words.
fn goes_on(source: &str, lines: &[Line], i: usize, before: usize, own: usize) -> bool {
    let (last, line) = (lines[i - 1].body(source), lines[i].body(source));
    if !may_follow(&lines[i - 1], &lines[i]) {
        return false;
    }
    let next = lines.get(i + 1).filter(|next| may_follow(&lines[i], next)).map_or("", |next| next.body(source));
    let is_followed = || match start(next) {
        Start::Closing => true,
        Start::Small => is_open(line),
        Start::Other => false,
    };
    match start(line) {
        Start::Closing => true,
        _ if !is_open(last) => false,
        _ if last.ends_with(['(', '[', '（', '「', '„']) => true,
        Start::Small => before.max(own) >= LONG && (own > BYLINE || !names_someone(line) || is_followed()),
        Start::Other => before >= AROUND_NAME && (last.ends_with([',', '，', '、']) || own <= NAME && is_followed()),
    }
}

/// Returns whether enough lines go on from those before to show that the page was cut.
fn is_cut(source: &str, lines: &[Line]) -> bool {
    let (mut with_mark, mut with_letter) = (0, 0);
    for two in lines.windows(2).filter(|two| may_follow(&two[0], &two[1])) {
        let (last, line) = (two[0].body(source), two[1].body(source));
        match start(line) {
            Start::Closing => with_mark += usize::from(is_open(last)),
            Start::Small => with_letter += usize::from(is_open(last) && (is_long(last) || is_long(line))),
            Start::Other => {}
        }
        if with_mark >= MARKS || with_mark >= WITH_MARK && with_mark + with_letter >= FEWEST {
            return true;
        }
    }
    false
}

pub(super) fn may_follow(last: &Line, line: &Line) -> bool {
    !line.spaced && last.mark == Mark::None && line.mark == Mark::None && !last.is_apart && !line.is_apart
}

fn start(body: &str) -> Start {
    let mut chars = body.chars();
    let first = chars.next().unwrap_or(' ');
    let second = chars.next().unwrap_or(' ');
    match first {
        ',' | ';' | '.' | '!' | '?' | ')' | ']' if !second.is_alphanumeric() && second != first => Start::Closing,
        '、' | '。' | '，' | '；' | '！' | '？' | '）' | '」' | '』' | '،' | '؛' | '؟' | '।' | '”' => {
            Start::Closing
        }
        '’' | '-' | '‑' if second.is_alphabetic() => Start::Closing,
        '(' | '（' | '\u{3041}'..='\u{3096}' => Start::Small,
        '-' | '–' | '—' => match body.trim_start_matches(['-', '–', '—', ' ']).starts_with(char::is_lowercase) {
            true => Start::Small,
            false => Start::Other,
        },
        // Not “iPhone” or “eBay”.
        _ if first.is_lowercase() && !second.is_uppercase() => Start::Small,
        _ => Start::Other,
    }
}

/// Returns whether a text ends amid a sentence.
pub(super) fn is_open(body: &str) -> bool {
    !body.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '：', '।', '؟', '۔'])
}

fn is_long(body: &str) -> bool {
    words_of(body) >= LONG
}

/// Counts words as far as it matters; scripts without spaces have one for every two characters.
fn words_of(body: &str) -> usize {
    let words = body.split_ascii_whitespace().take(NAME + 1).count();
    let unspaced = body.chars().take(2 * NAME + 2).filter(|&ch| width::is_unspaced(ch)).count();
    words.max(unspaced / 2)
}

/// Returns whether a word in small letters stands alone or before a name, as in “by Ida Moss”.
fn names_someone(body: &str) -> bool {
    let second = body.split_ascii_whitespace().nth(1);
    body.starts_with(char::is_lowercase) && second.is_none_or(|word| word.starts_with(char::is_uppercase))
}

/// Returns whether no space goes between a text and what it goes on with.
pub(super) fn is_tight(last: char, first: char) -> bool {
    let closes =
        matches!(first, ',' | ';' | '.' | '!' | '?' | ')' | ']' | '”' | '»' | '’' | '-' | '‑' | '،' | '؛' | '؟' | '।');
    closes || matches!(last, '(' | '[' | '„' | '«')
}
