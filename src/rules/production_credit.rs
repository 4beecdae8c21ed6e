//! Strips rows of who styled, filmed, recorded, edited or drew what stands around an article.
//!
//! # What it strips
//!
//! Lines and short paragraphs in which each part is a duty and who did it: “Styling: Ida Moss. Grooming: Per Hald.”,
//! “Graphics by Al Roe”, `撮影／佐藤朔`; at least half of the duties are those of `data/duties.txt`, and the first is. Paragraphs that
//! say who produced a broadcast, and at the end of the body one that says where its reporters were.
//!
//! # Why it is boilerplate
//!
//! It names who made the pictures, the sound and the page, not what the article says.
//!
//! # What it must keep
//!
//! Sentences about photographers and producers; lists of other labels, such as an item's weight and price.

use super::names::is_of_name;
use super::prelude::*;
use crate::hash::{FastMap, Sieve};
use crate::words::words;
use once_cell::sync::Lazy;

/// The rule `production-credit`.
pub(super) struct ProductionCredit;

static META: Meta = Meta::new("production-credit", Category::Byline, "Who styled, filmed, recorded or drew it")
    .phrases(include_str!("data/production_credit.txt"))
    .examples(&[
    Example::Text(
        "The bridge opened on Monday, two years late.\n\n⟦Styling: Ida Moss. Grooming: Per Hald/The Mill. Set design: Al \
         Roe.⟧\n\nNobody in Velden knows yet what the tram will cost, she added.",
    ),
    Example::Text("Die Brücke ist seit Montag offen.\n\n⟦Kamera: Ida Moss, Schnitt: Per Hald⟧\n\nDer Rat tagte bis in die Nacht."),
    Example::Text("橋は月曜日に開通したと市が発表した。\n\n⟦撮影／佐藤朔　スタイリング／水野灯⟧"),
    Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦영상편집: 정다은⟧"),
    Example::Html("<p>The bridge opened on Monday, two years late, the council said.</p><p>⟦Graphics by Ida Moss and Per Hald⟧</p>"),
    Example::Text("The bridge opened on Monday, two years late.\n\n⟦This episode was produced by Ida Moss and edited by Per Hald.⟧"),
    Example::Text(
        "The bridge opened on Monday, two years late, the council said after its meeting.\n\nTrams will cross it from May \
         on, said the mayor, and the ferry will go on until then, for nothing.\n\n⟦Moss reported from Velden and Hald from Aune.⟧",
    ),
    Example::Text("Styling: it is what the bridge at Velden lacks, said the mayor, and what the ferry has."),
    Example::Text("The bridge in figures.\n\nDesign: Steel Truss\n\nWeight: Nine Hundred Tons\n\nNobody in Velden had counted its rivets before."),
]);

/// The duties, in lower case, each with whether it may stand alone.
static DUTIES: Lazy<FastMap<&'static str, bool>> = Lazy::new(|| {
    let lines = include_str!("data/duties.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.strip_prefix("+ ").map_or((line, true), |thing| (thing, false))).collect()
});

/// The first words of the duties: few blocks begin with one.
static FIRST_WORDS: Lazy<Sieve<512>> = Lazy::new(|| {
    let mut all = Sieve::EMPTY;
    for duty in DUTIES.keys() {
        let mut first = None;
        words(duty, |word| first = first.or(Some(word.whole)));
        first.into_iter().for_each(|word| all.put(word));
    }
    all
});

/// Words of the longest row, and of the longest line with one duty alone.
const MOST_WORDS: u32 = 80;
const MOST_OF_LINE: u32 = 12;

/// Words of the longest duty, and of the names of those who did it.
const MOST_OF_DUTY: usize = 5;
const MOST_OF_NAMES: usize = 12;

/// The first byte of characters of which one may be a duty: those of Chinese, Japanese and Korean.
const UNSPACED: u8 = 0xe3;

/// Characters of a name in a script without capitals, several names in a row.
const MOST_UNCASED: usize = 12;

/// What stands between a duty and a name.
const MARKS: [char; 7] = [':', '：', '／', '/', '=', '＝', '｜'];
const JOINERS: [&str; 6] = [" by ", " von ", " par ", " por ", " di ", " av "];

/// What stands between two duties of the same person.
const AND: [&str; 13] = ["and", "und", "y", "et", "e", "en", "i", "och", "og", "и", "та", "ve", "&"];

/// What stands between the parts of a row.
const SEPARATORS: [char; 9] = ['\n', '|', '·', '•', ';', ',', '、', '　', '\t'];

/// A part of a row.
enum Piece {
    /// A duty and who did it.
    Credit { duty: Duty, is_sure: bool },
    /// More names.
    Names,
}

/// What stands before names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Duty {
    Unknown,
    /// A duty that is a thing too.
    Thing,
    Known,
}

/// Returns whether a word may be one of a name.
fn is_name(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '.', '“', '”', '"']);
    let Some(first) = word.chars().next() else { return true };
    is_of_name(word)
        || matches!(word, "at" | "using" | "mbH")
        || first == '@'
        || is_uncased(first) && word.chars().count() <= MOST_UNCASED
}

fn is_uncased(ch: char) -> bool {
    ch.is_alphabetic() && !ch.is_lowercase() && !ch.is_uppercase()
}

/// Returns whether a text is nothing but names, and whether it surely is somebody's: two words or more, or another script.
fn names(text: &str) -> Option<bool> {
    let mut count = 0;
    for word in text.split_whitespace() {
        count += 1;
        if count > MOST_OF_NAMES || !is_name(word) {
            return None;
        }
    }
    (count > 0).then(|| count > 1 || text.chars().next().is_some_and(is_uncased))
}

/// Returns what a text is: a duty, or several of the same person.
fn duty_of(text: &str) -> Duty {
    let small = text.to_lowercase();
    let of = |duty: &str| match DUTIES.get(duty) {
        Some(true) => Duty::Known,
        Some(false) => Duty::Thing,
        None => Duty::Unknown,
    };
    let words: Vec<&str> = small.split_whitespace().collect();
    let least = words.split(|word| AND.contains(word)).map(|duty| of(&duty.join(" "))).min().unwrap_or(Duty::Unknown);
    // Of two things nobody says how they are.
    let is_pair = least == Duty::Thing && words.iter().any(|word| AND.contains(word));
    if is_pair { Duty::Known } else { of(&small).max(least) }
}

/// Reads a part of a row.
fn piece(part: &str) -> Option<Piece> {
    let mark = part.char_indices().find(|(_, ch)| MARKS.contains(ch)).map(|(at, ch)| (at, at + ch.len_utf8()));
    let joiner = || JOINERS.iter().find_map(|joiner| part.find(joiner).map(|at| (at, at + joiner.len())));
    // `글 정다은`
    let space = || part.find(' ').filter(|_| part.starts_with(is_uncased)).map(|at| (at, at + 1));
    let credit = |(end, start): (usize, usize), is_known: fn(Duty) -> Duty| {
        let duty = part[..end].trim();
        let is_short = !duty.is_empty() && duty.split_whitespace().count() <= MOST_OF_DUTY;
        let is_sure = is_short.then(|| names(part[start..].trim())).flatten()?;
        Some(Piece::Credit { duty: is_known(duty_of(duty)), is_sure })
    };
    if let Some(mark) = mark {
        return credit(mark, |duty| duty);
    }
    let said = |duty| if duty == Duty::Thing { Duty::Known } else { duty };
    match joiner().or_else(space).and_then(|place| credit(place, said)) {
        Some(Piece::Credit { duty: Duty::Unknown, .. }) | None => names(part).map(|_| Piece::Names),
        credit => credit,
    }
}

/// Returns whether each part of a text is a duty and names, the first one and half of them known.
fn is_row(text: &str) -> bool {
    let parts = text.split(SEPARATORS).flat_map(|part| part.split(". ")).flat_map(|part| part.split(" / "));
    let (mut credits, mut known, mut is_said, mut is_sure) = (0, 0, false, false);
    for part in parts {
        let part = part.trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, '.' | '*' | '(' | ')' | '[' | ']'));
        if part.is_empty() {
            continue;
        }
        match piece(part) {
            Some(Piece::Credit { duty, is_sure: sure }) if credits > 0 || duty > Duty::Unknown => {
                credits += 1;
                known += usize::from(duty > Duty::Unknown);
                is_said |= duty == Duty::Known;
                is_sure |= sure;
            }
            Some(Piece::Names) if credits > 0 => {}
            _ => return false,
        }
    }
    is_sure && known * 2 >= credits && (is_said || known > 1)
}

/// What stands behind the names of those who reported, at the end.
const REPORTED: &str = " reported from ";

/// Blocks before and behind the end of the body in which it stands, words of the names before, and of the paragraph. Set by hand.
const TAIL: usize = 4;
const MOST_OF_REPORTERS: usize = 8;
const MOST_OF_REPORT: u32 = 60;

/// Returns whether a text begins with names, and goes on to say where they reported from.
fn says_where_from(text: &str) -> bool {
    let halves = memchr::memmem::find(text.as_bytes(), REPORTED.as_bytes())
        .map(|at| (&text[..at], &text[at + REPORTED.len()..]));
    halves.is_some_and(|(before, place)| {
        let reporters = before.split_whitespace().map(|word| word.trim_end_matches(','));
        reporters.clone().count() <= MOST_OF_REPORTERS
            && reporters.clone().all(is_of_name)
            && place.starts_with(char::is_uppercase)
    })
}

impl Rule for ProductionCredit {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_hits(doc, &META);
        let run = doc.main_run();
        for i in run.end.saturating_sub(TAIL).max(run.start)..(run.end + TAIL).min(doc.blocks().len()) {
            let block = &doc.blocks()[i];
            if block.words() <= MOST_OF_REPORT && says_where_from(doc.text(block)) {
                out.strip(doc, i, "ends the body and says where its reporters were");
            }
        }
        let first_words = &*FIRST_WORDS;
        for (i, block) in doc.blocks().iter().enumerate() {
            let text = doc.text(block);
            let begins = doc.words_of(i).first().is_some_and(|word| first_words.may_hold(word.whole));
            // One character of a script without spaces is no word.
            if !begins && text.as_bytes().first().is_none_or(|&b| b < UNSPACED) {
                continue;
            }
            let is_line =
                block.words() <= MOST_OF_LINE && !matches!(block.kind, BlockKind::ListItem | BlockKind::TableRow);
            let is_long = || begins && block.words() <= MOST_WORDS && text.matches(MARKS).nth(1).is_some();
            if block.kind != BlockKind::Heading && (is_line || is_long()) && is_row(text) {
                out.strip(doc, i, "names who did what around the article");
            }
        }
    }
}
