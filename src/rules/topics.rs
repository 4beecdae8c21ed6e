//! Topics that the words of a block speak of.

use crate::hash::{FastMap, Sieve};
use crate::words::{Word, words};
use once_cell::sync::Lazy;

/// Names of the topics, in the order of their bits.
pub(super) static TOPICS: Lazy<Vec<&'static str>> = Lazy::new(|| lists().map(|(name, _)| name).collect());

/// Number of topics.
pub(super) const TOPIC_COUNT: usize = 24;

fn lists() -> impl Iterator<Item = (&'static str, &'static str)> {
    let table = include_str!("data/topics.tsv");
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Stems, each with the bits of its topics.
pub(super) struct Topics {
    /// By the lowest bits of the stem: whether there is one, which most words learn at once.
    known: Sieve<512>,
    topics: FastMap<u32, u32>,
}

static STEMS: Lazy<Topics> = Lazy::new(|| {
    let mut stems = Topics { known: Sieve::EMPTY, topics: FastMap::default() };
    for (topic, (_, list)) in lists().enumerate() {
        for entry in list.split(' ') {
            words(entry, |word| {
                stems.known.put(word.stem());
                *stems.topics.entry(word.stem()).or_default() |= 1 << topic;
            });
        }
    }
    stems
});

impl Topics {
    /// Returns the topics of all languages.
    pub(super) fn get() -> &'static Topics {
        &STEMS
    }

    /// Returns the bits of the topics that a word belongs to.
    #[inline]
    pub(super) fn of(&self, word: Word) -> u32 {
        let stem = word.stem();
        if self.known.may_hold(stem) { self.topics.get(&stem).copied().unwrap_or(0) } else { 0 }
    }
}

/// Bit of the topic “author”.
pub(super) static AUTHOR: Lazy<u32> =
    Lazy::new(|| 1 << TOPICS.iter().position(|&name| name == "author").expect("the table has it"));

/// Returns the bits of the topics that a text speaks of.
pub(super) fn spoken(text: &str) -> u32 {
    let mut bits = 0;
    let topics = Topics::get();
    words(text, |word| bits |= topics.of(word));
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&'static str> {
        let bits = spoken(text);
        (0..TOPIC_COUNT).filter(|bit| bits >> bit & 1 == 1).map(|bit| TOPICS[bit]).collect()
    }

    #[test]
    fn there_are_as_many_topics_as_bits() {
        assert_eq!(TOPICS.len(), TOPIC_COUNT);
    }

    #[test]
    fn topics_are_known_in_many_languages() {
        for (text, topic) in [
            ("Sign up for our Newsletter", "newsletter"),
            ("Jetzt unseren NEWSLETTER bestellen", "newsletter"),
            ("매일 아침 뉴스레터", "newsletter"),
            ("Подпишитесь", "subscribe"),
            ("无断转载禁止、版权所有", "copyright"),
            ("무단전재 및 재배포 금지", "copyright"),
            ("写真は市提供", "photo"),
            ("حقوق محفوظة", "copyright"),
        ] {
            assert!(of(text).contains(&topic), "{text}: {:?}", of(text));
        }
        assert!(of("The bridge burned in 1911.").is_empty());
    }
}
