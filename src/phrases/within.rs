//! Phrases that stand anywhere in a line or paragraph, such as those by which a paper speaks of itself.

use super::edge::splits_word;
use crate::document::Document;
use crate::letters;
use crate::words::{Scanner, Word};

/// Bytes of the longest paragraph that is a note.
const LONGEST: usize = 1_200;

/// Places in the table of keys, a power of two.
const KEYS: usize = 1 << 13;

pub(super) struct Within {
    /// Bits by the hash of each phrase's longest word: most paragraphs have none of these.
    keys: Vec<u64>,
    /// The phrases, in the order of that word's hash.
    phrases: Vec<Sought>,
}

/// A phrase that is sought.
struct Sought {
    phrase: &'static str,
    rule: u16,
    /// The hash of its longest word.
    first: u32,
    /// The hash of its second longest word, if it has two: few paragraphs that have the one word have the other.
    second: Option<u32>,
}

/// Returns a phrase's longest word and the next longest; of equals the one that comes first.
fn longest(phrase: &str) -> (&str, Option<&str>) {
    let (mut first, mut second) = ("", None);
    for word in phrase.split(' ') {
        if word.len() > first.len() {
            second = Some(first).filter(|first| !first.is_empty());
            first = word;
        } else if second.is_none_or(|second: &str| word.len() > second.len()) {
            second = Some(word);
        }
    }
    (first, second)
}

fn place(word: Word) -> (usize, u64) {
    let at = word.whole as usize % KEYS;
    (at / 64, 1 << (at % 64))
}

impl Within {
    /// Compiles phrases, each with its rule.
    pub(super) fn new(list: Vec<(&'static str, u16)>) -> Self {
        let mut keys = vec![0; KEYS / 64];
        let mut phrases: Vec<Sought> = Vec::with_capacity(list.len());
        let mut scanner = Scanner::default();
        let mut word_of = |text: &str| {
            let mut first = None;
            scanner.scan(text, |word| first = first.or(Some(word)));
            first
        };
        for (phrase, rule) in list {
            let (first, second) = longest(phrase);
            let Some(key) = word_of(first) else { continue };
            let second = second.and_then(&mut word_of).map(|word| word.whole);
            let (at, bit) = place(key);
            keys[at] |= bit;
            phrases.push(Sought { phrase, rule, first: key.whole, second });
        }
        phrases.sort_by_key(|sought| sought.first);
        Self { keys, phrases }
    }

    /// Returns the phrases of which a word is the longest.
    fn of(&self, word: Word) -> &[Sought] {
        let from = self.phrases.partition_point(|sought| sought.first < word.whole);
        let count = self.phrases[from..].iter().take_while(|sought| sought.first == word.whole).count();
        &self.phrases[from..from + count]
    }

    /// Returns the rule of the first phrase that a block holds, in the order of their longest words.
    pub(super) fn find(&self, doc: &Document, block: usize) -> Option<u16> {
        let text = doc.text_at(block);
        if text.len() > LONGEST {
            return None;
        }
        let has_key = |&&word: &&Word| {
            let (at, bit) = place(word);
            self.keys[at] & bit != 0
        };
        let own = doc.words_of(block);
        let has_second =
            |sought: &&Sought| sought.second.is_none_or(|second| own.iter().any(|word| word.whole == second));
        let candidates = own.iter().filter(has_key).flat_map(|word| self.of(*word)).filter(has_second);
        let mut candidates = candidates.peekable();
        candidates.peek()?;
        let small: String = match text.is_ascii() {
            true => text.to_ascii_lowercase(),
            false => text.chars().map(letters::to_small).collect(),
        };
        let is_held = |phrase: &str| small.match_indices(phrase).any(|(at, _)| is_whole(&small, at..at + phrase.len()));
        candidates.find(|sought| is_held(sought.phrase)).map(|sought| sought.rule)
    }
}

/// Returns whether a part of a text starts and ends with its words, and stands behind no quotation mark.
fn is_whole(text: &str, part: std::ops::Range<usize>) -> bool {
    let (before, phrase, after) = (&text[..part.start], &text[part.clone()], &text[part.end..]);
    !splits_word(before.chars().next_back(), phrase.chars().next())
        && !splits_word(after.chars().next(), phrase.chars().next_back())
        && !before.contains(QUOTES)
}

/// Marks that open a quotation: what stands behind one may be somebody's words.
const QUOTES: [char; 7] = ['"', '“', '„', '«', '»', '「', '『'];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Page, Pipeline};

    fn is_found(text: &str) -> bool {
        let pipeline = Pipeline::builder().without("main-region").build().expect("built-in rules");
        let cleaned = pipeline.clean(Page::text(text));
        cleaned.removals().iter().any(|removal| removal.reason.to_string().contains("holds a known phrase"))
    }

    #[test]
    fn phrases_are_found_anywhere_but_in_quotes_and_in_words() {
        assert!(is_found(
            "All of it stays open to everyone: would you Support Our Newsroom with three crowns a month?"
        ));
        assert!(is_found("Ведь осталось немного: Поддержите Нашу Работу, и трамвай пойдёт через мост."));
        assert!(!is_found("The letter asked, “would you support our newsroom with three crowns a month?”"));
        assert!(!is_found("He said they would support our newsrooms in the north with three crowns a month."));
    }

    #[test]
    fn an_empty_list_finds_nothing() {
        let within = Within::new(Vec::new());
        assert!(within.keys.iter().all(|&bits| bits == 0) && within.phrases.is_empty());
    }
}
