//! The names of those who wrote the article.

use super::page::vocabulary;
use crate::document::{Document, Fact};
use crate::finding::{Action, Findings};
use crate::words::Word;

/// Words of the names in the page's bylines.
pub(super) struct Writers {
    words: [u32; WRITERS],
    count: usize,
}

/// Words of names that are kept.
const WRITERS: usize = 12;
/// Words above which a byline is more than names.
const MOST_BYLINE: u32 = 9;
/// First words of a block among which a name is looked for: a word about the author starts with the name.
const NAMED_IN: usize = 5;

impl Writers {
    pub(super) fn new(doc: &Document, findings: &Findings) -> Self {
        let mut out = Self { words: [0; WRITERS], count: 0 };
        for (i, block) in doc.blocks.iter().enumerate() {
            if block.measure.words <= MOST_BYLINE && findings.verdict(i) == Some(Action::Part(crate::Role::Byline)) {
                doc.words_of(i).iter().filter(|word| word.is_long()).for_each(|word| out.add(word.whole));
            }
        }
        let authors = doc.about.claims.iter().filter(|claim| claim.fact == Fact::Author);
        authors.for_each(|claim| vocabulary(&claim.text, |word| out.add(word)));
        out
    }

    fn add(&mut self, word: u32) {
        if self.count < WRITERS {
            self.words[self.count] = word;
            self.count += 1;
        }
    }

    /// How many words of names are among the first of a block: none, one, more.
    pub(super) fn named_in(&self, words: &[Word]) -> usize {
        let known = &self.words[..self.count];
        words.iter().take(NAMED_IN).filter(|word| word.is_long() && known.contains(&word.whole)).count().min(2)
    }
}
