//! Phrases that stand anywhere in a line or paragraph, such as those by which a paper speaks of itself.

use super::edge::splits_word;
use crate::document::Document;
use crate::hash::FastMap;
use crate::words::{Word, words};
use std::cmp::Reverse;

/// Bytes of the longest paragraph that is a note.
const LONGEST: usize = 1_200;

/// Places in the table of keys, a power of two.
const KEYS: usize = 1 << 13;

pub(super) struct Within {
    /// Bits by the hash of each phrase's longest word: most paragraphs have none of these.
    keys: Vec<u64>,
    /// By that word: the phrases.
    phrases: FastMap<u32, Vec<Sought>>,
}

/// A phrase that is sought.
struct Sought {
    phrase: &'static str,
    rule: u16,
    /// The hash of its second longest word, if it has two: few paragraphs that have the one word have the other.
    second: Option<u32>,
}

/// Returns the word that a text starts with.
fn first_word(text: &str) -> Option<Word> {
    let mut first = None;
    words(text, |word| first = first.or(Some(word)));
    first
}

fn place(word: Word) -> (usize, u64) {
    let at = word.whole as usize % KEYS;
    (at / 64, 1 << (at % 64))
}

impl Within {
    /// Compiles phrases, each with its rule.
    pub(super) fn new(list: Vec<(&'static str, u16)>) -> Self {
        let mut keys = vec![0; KEYS / 64];
        let mut phrases: FastMap<u32, Vec<Sought>> = FastMap::default();
        for (phrase, rule) in list {
            let mut longest: Vec<&str> = phrase.split(' ').collect();
            longest.sort_by_key(|word| Reverse(word.len()));
            let mut longest = longest.into_iter().map(first_word);
            let Some(key) = longest.next().flatten() else { continue };
            let second = longest.next().flatten().map(|word| word.whole);
            let (at, bit) = place(key);
            keys[at] |= bit;
            phrases.entry(key.whole).or_default().push(Sought { phrase, rule, second });
        }
        Self { keys, phrases }
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
        let listed = |word: &Word| self.phrases.get(&word.whole);
        let own = doc.words_of(block);
        let has_second =
            |sought: &&Sought| sought.second.is_none_or(|second| own.iter().any(|word| word.whole == second));
        let candidates = own.iter().filter(has_key).filter_map(listed).flatten().filter(has_second);
        let mut candidates = candidates.peekable();
        candidates.peek()?;
        // ASCII letters only, so that every byte stays where it is.
        let small = text.to_ascii_lowercase();
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
        assert!(!is_found("The letter asked, “would you support our newsroom with three crowns a month?”"));
        assert!(!is_found("He said they would support our newsrooms in the north with three crowns a month."));
    }

    #[test]
    fn an_empty_list_finds_nothing() {
        let within = Within::new(Vec::new());
        assert!(within.keys.iter().all(|&bits| bits == 0) && within.phrases.is_empty());
    }
}
