//! Phrases that stand anywhere in a line or paragraph, such as those by which a paper speaks of itself.

use super::edge::splits_word;
use super::form::narrow;
use crate::document::Document;
use crate::hash::Sieve;
use crate::letters;
use crate::measure::Marks;
use crate::words::{self, Scanner, Word};
use memchr::memmem;
use std::ops::Range;

/// Bytes of the longest paragraph that is a note.
const LONGEST: usize = 1_200;

pub(super) struct Within {
    /// The words of `phrases`: most paragraphs have none of these.
    keys: Sieve<2048>,
    /// The phrases, in the order of their keys.
    phrases: Vec<Sought>,
    /// By the first bits of a key: where the phrases begin that have these.
    places: Vec<u32>,
}

/// Bits of a key by which its phrases are found: there are fewer built-in phrases than places.
const PLACE_BITS: u32 = 14;

/// A phrase that is sought.
#[derive(Clone, Copy)]
struct Sought {
    phrase: &'static str,
    rule: u16,
    /// The hash of its longest word, or of its last two characters in a script without spaces.
    key: u32,
    /// The hashes of its next longest words, or of its first two characters: few paragraphs that have the one have the others.
    /// Where there are fewer, the key again.
    others: [u32; OTHERS],
    /// Those of the first and last word, where these are among them: they may be parts of a paragraph's, as behind `l'`.
    edges: [u32; 2],
}

/// Returns where a phrase's longest words stand, the longest first; of equals the one that comes first.
fn longest(phrase: &str) -> [Range<usize>; 1 + OTHERS] {
    let bytes = phrase.as_bytes();
    let mut longest = [const { 0..0 }; 1 + OTHERS];
    let mut start = 0;
    while start < bytes.len() {
        let mut end = start;
        while end < bytes.len() && bytes[end] != b' ' {
            end += 1;
        }
        let mut word = start..end;
        for other in &mut longest {
            if word.len() > other.len() {
                std::mem::swap(&mut word, other);
            }
        }
        start = end + 1;
    }
    longest
}

/// Words of a phrase that are looked for besides its key.
const OTHERS: usize = 3;

impl Within {
    /// Compiles phrases, each with its rule.
    pub(super) fn new(list: &[(&'static str, u16)]) -> Self {
        let mut keys = Sieve::EMPTY;
        let mut phrases: Vec<Sought> = Vec::with_capacity(list.len());
        let mut scanner = Scanner::default();
        let mut ends_of = |text: &str| {
            let mut ends = words::ends_of_plain(text);
            if ends.is_some() {
                return ends;
            }
            scanner.scan(text, |word| ends = Some((ends.map_or(word.whole, |(first, _)| first), word.whole)));
            ends
        };
        for &(phrase, rule) in list {
            let [longest, next @ ..] = longest(phrase);
            let Some((first, key)) = ends_of(&phrase[longest]) else { continue };
            keys.put(key);
            let (mut others, mut edges) = ([first; OTHERS], [first; 2]);
            for (n, word) in next.into_iter().enumerate().filter(|(_, word)| !word.is_empty()) {
                let at = match (word.start == 0, word.end == phrase.len()) {
                    _ if n == 0 => &mut others[n],
                    (true, _) => &mut edges[0],
                    (_, true) => &mut edges[1],
                    _ => &mut others[n],
                };
                *at = ends_of(&phrase[word]).map_or(first, |(first, _)| first);
            }
            phrases.push(Sought { phrase, rule, key, others, edges });
        }
        // Keys with the phrases' numbers sort faster than the phrases.
        let mut order: Vec<u64> =
            phrases.iter().zip(0..).map(|(sought, number)| u64::from(sought.key) << 32 | number).collect();
        order.sort_unstable();
        let phrases: Vec<Sought> = order.iter().map(|&number| phrases[number as u32 as usize]).collect();
        let mut places = vec![0; (1 << PLACE_BITS) + 1];
        phrases.iter().for_each(|sought| places[place(sought.key) + 1] += 1);
        for place in 1..places.len() {
            places[place] += places[place - 1];
        }
        Self { keys, phrases, places }
    }

    /// Returns the phrases with a key.
    fn of(&self, key: u32) -> impl Iterator<Item = &Sought> {
        let at = place(key);
        let near = &self.phrases[self.places[at] as usize..self.places[at + 1] as usize];
        near.iter().filter(move |sought| sought.key == key)
    }

    /// Returns the rule of the first phrase that a block holds, in the order of their keys in the block.
    pub(super) fn find(&self, doc: &Document, block: usize) -> Option<u16> {
        let text = doc.text_at(block);
        if text.len() > LONGEST {
            return None;
        }
        let own = doc.words_of(block);
        let is_key = |word: &Word| self.keys.may_hold(word.whole);
        let first = own.iter().position(|word| is_key(word) && self.of(word.whole).next().is_some())?;
        let mut held = Sieve::<64>::EMPTY;
        own.iter().for_each(|word| held.put(word.whole));
        let has_all = |words: &[u32]| words.iter().all(|&word| held.may_hold(word));
        let has_apostrophe = doc.blocks[block].holds(Marks::APOSTROPHE);
        let mut small = None;
        for word in own[first..].iter().filter(|word| is_key(word)) {
            for sought in self.of(word.whole) {
                if !has_all(&sought.others) || !has_apostrophe && !has_all(&sought.edges) {
                    continue;
                }
                let small = small.get_or_insert_with(|| in_small_letters(text));
                let mut found = memmem::find_iter(small.as_bytes(), sought.phrase);
                if found.any(|at| is_whole(small, at..at + sought.phrase.len())) {
                    return Some(sought.rule);
                }
            }
        }
        None
    }
}

fn in_small_letters(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| !b.is_ascii()) {
        let (ascii, wide) = rest.split_at(at);
        let ch = wide.chars().next().unwrap_or(' ');
        small.push_str(ascii);
        small.push(letters::to_small(narrow(ch)));
        rest = &wide[ch.len_utf8()..];
    }
    small.push_str(rest);
    small.make_ascii_lowercase();
    small
}

/// Returns the place of the phrases with a key.
fn place(key: u32) -> usize {
    (key >> (u32::BITS - PLACE_BITS)) as usize
}

/// Returns whether a part of a text starts and ends with its words, and stands behind no quotation mark.
fn is_whole(text: &str, part: Range<usize>) -> bool {
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
        assert!(is_found("渡轮五月起开往月牙岛，船票不变，乘客可以带车，请先阅读我们的隐私政策。"));
        assert!(is_found("Ведь осталось немного: Поддержите Нашу Работу, и трамвай пойдёт через мост."));
        assert!(!is_found("The letter asked, “would you support our newsroom with three crowns a month?”"));
        assert!(!is_found("He said they would support our newsrooms in the north with three crowns a month."));
    }

    #[test]
    fn an_empty_list_finds_nothing() {
        let within = Within::new(&[]);
        assert!((0..1 << 20).all(|word| !within.keys.may_hold(word)) && within.phrases.is_empty());
    }
}
