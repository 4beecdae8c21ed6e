//! Words of a block as numbers, and the topics they speak of.

use crate::hash::FastMap;
use once_cell::sync::Lazy;

/// A word, or two characters in a row of a script without spaces, or of Korean, whose words carry their particles.
#[derive(Clone, Copy)]
pub(super) struct Word {
    /// Hash of the folded word.
    pub(super) whole: u32,
    /// Hash of its first six letters, a crude stem.
    pub(super) stem: u32,
    /// Whether it is long enough to be no particle or article.
    pub(super) is_long: bool,
}

const SEED: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;
/// Letters that make a stem, and a word that is no particle.
const STEM: u32 = 6;
const LONG: u32 = 4;

/// Calls `each` with every word.
pub(super) fn words(text: &str, mut each: impl FnMut(Word)) {
    let (mut whole, mut stem, mut len) = (SEED, SEED, 0);
    let mut before = 0;
    for ch in text.chars() {
        let code = match ch {
            'a'..='z' | '0'..='9' => u32::from(ch),
            'A'..='Z' => u32::from(ch) | 0x20,
            '\0'..='\x7f' if ch != '\'' => 0,
            '\'' | '’' => continue,
            _ if is_paired(ch) => {
                if len > 0 {
                    each(Word { whole, stem, is_long: len >= LONG });
                    (whole, stem, len) = (SEED, SEED, 0);
                }
                let code = u32::from(ch);
                if before != 0 {
                    let pair = (SEED ^ before).wrapping_mul(PRIME) ^ code.wrapping_mul(0x9e37_79b9);
                    each(Word { whole: pair, stem: pair, is_long: true });
                }
                before = code;
                continue;
            }
            _ if ch.is_alphanumeric() => ch.to_lowercase().next().map_or(0, u32::from),
            _ => 0,
        };
        before = 0;
        if code != 0 {
            whole = (whole ^ code).wrapping_mul(PRIME);
            len += 1;
            if len <= STEM {
                stem = whole;
            }
        } else if len > 0 {
            each(Word { whole, stem, is_long: len >= LONG });
            (whole, stem, len) = (SEED, SEED, 0);
        }
    }
    if len > 0 {
        each(Word { whole, stem, is_long: len >= LONG });
    }
}

/// Han, kana, Hangul, Thai, Lao.
fn is_paired(ch: char) -> bool {
    matches!(ch, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
        && ch.is_alphanumeric()
}

/// Names of the topics, in the order of their bits.
pub(super) static TOPICS: Lazy<Vec<&'static str>> = Lazy::new(|| lists().map(|(name, _)| name).collect());

/// Number of topics.
pub(super) const TOPIC_COUNT: usize = 24;

fn lists() -> impl Iterator<Item = (&'static str, &'static str)> {
    let table = include_str!("data/topics.tsv");
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Stems, each with the bits of its topics.
static STEMS: Lazy<FastMap<u32, u32>> = Lazy::new(|| {
    let mut stems: FastMap<u32, u32> = FastMap::default();
    for (topic, (_, list)) in lists().enumerate() {
        for entry in list.split(' ') {
            words(entry, |word| *stems.entry(word.stem).or_default() |= 1 << topic);
        }
    }
    stems
});

/// Returns the bits of the topics that a word belongs to.
pub(super) fn topics(word: Word) -> u32 {
    STEMS.get(&word.stem).copied().unwrap_or(0)
}

/// Bit of the topic “author”.
pub(super) static AUTHOR: Lazy<u32> =
    Lazy::new(|| 1 << TOPICS.iter().position(|&name| name == "author").expect("the table has it"));

/// Returns the bits of the topics that a text speaks of.
pub(super) fn spoken(text: &str) -> u32 {
    let mut bits = 0;
    words(text, |word| bits |= topics(word));
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

    #[test]
    fn words_fold_case_and_pair_characters() {
        let hashes = |text: &str| {
            let mut out = Vec::new();
            words(text, |word| out.push(word.whole));
            out
        };
        assert_eq!(hashes("Die BRÜCKE"), hashes("die brücke"));
        assert_eq!(hashes("don’t"), hashes("dont"));
        assert_eq!(hashes("大桥通").len(), 2);
        assert_eq!(hashes("大桥 通车").len(), 2);
    }
}
