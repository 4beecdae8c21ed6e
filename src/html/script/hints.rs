//! Words that a script must hold if it holds the text that a page shows. Most scripts hold none of them, and are passed
//! over without being read.

use super::prose::{self, SAMPLES};
use crate::measure::{self, Measure};
use memchr::memmem::Finder;
use std::ops::Range;

/// Letters of the shortest word that tells one text from another.
const FEWEST_LETTERS: usize = 5;

/// What is looked for of one text.
struct Hint<'t> {
    /// Words of the text.
    words: u32,
    /// The long words of each of its samples. Escapes write only what is not ASCII, so others are none.
    samples: Vec<Vec<Finder<'t>>>,
}

/// What is looked for of a page's text.
pub(super) struct Hints<'t>(Vec<Hint<'t>>);

impl<'t> Hints<'t> {
    pub(super) fn new(texts: impl Iterator<Item = &'t str>) -> Self {
        let finders = |words: Vec<&'t str>| words.into_iter().map(Finder::new).collect();
        let of = |text: &'t str| Hint {
            words: Measure::of(text).words,
            samples: SAMPLES.into_iter().filter_map(|letters| long_words(text, letters)).map(finders).collect(),
        };
        Hints(texts.map(of).collect())
    }

    /// Returns the largest share of the texts, by words, that may stand in a script.
    pub(super) fn share(&self, script: &[u8]) -> f32 {
        let may_hold = |sample: &Vec<Finder>| sample.iter().all(|word| word.find(script).is_some());
        prose::share(self.0.iter().map(|hint| (hint.words, hint.samples.iter().any(may_hold))))
    }
}

/// Returns the long stretches of ASCII letters among some of a text's letters and digits; `None` if it has not so many.
fn long_words(text: &str, letters: Range<usize>) -> Option<Vec<&str>> {
    let mut places = text.char_indices().filter(|(_, ch)| measure::is_folded(*ch));
    let (start, _) = places.nth(letters.start)?;
    let end = places.nth(letters.len() - 1).map_or(text.len(), |(at, _)| at);
    let words = text[start..end].split(|ch: char| !ch.is_ascii_alphabetic());
    Some(words.filter(|word| word.len() >= FEWEST_LETTERS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_within_the_letters_asked_for() {
        for (text, letters, words) in [
            ("The council met there", 0..24, Some(&["council", "there"][..])),
            ("The council met", 0..6, Some(&[])),
            ("The council met", 4..13, Some(&["ouncil"])),
            ("The council met", 24..72, None),
            ("Über andere Brücken", 0..24, Some(&["andere"])),
            ("다리는 월요일에", 0..24, Some(&[])),
        ] {
            assert_eq!(long_words(text, letters.clone()).as_deref(), words, "{text} {letters:?}");
        }
    }

    #[test]
    fn a_script_without_the_words_does_not_hold_the_text() {
        let texts = ["The council met on Monday.", "Nobody of the ferry's people."];
        let hints = Hints::new(texts.into_iter());
        for (script, share) in [
            ("{\"a\": \"The council met on Monday.\"}", 0.5),
            ("{\"a\": \"The council met on Tuesday\"}", 0.0),
            ("{\"a\": \"Nobody of the ferry\\u2019s people\"}", 0.5),
            ("{\"a\": \"The mayor\"}", 0.0),
        ] {
            assert_eq!(hints.share(script.as_bytes()), share, "{script}");
        }
        assert_eq!(Hints::new(["다리는 월요일에 열렸다고"].into_iter()).share(b"{}"), 1.0, "may be written in escapes");
    }
}
