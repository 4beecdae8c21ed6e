//! Words as the score counts them: runs of letters, digits and underscores; one character each in unspaced scripts.

use std::collections::HashMap;

/// Numbers words, so that bags of them are small.
#[derive(Default)]
pub(crate) struct Words {
    index: HashMap<String, u32>,
}

pub(crate) fn is_unspaced(ch: char) -> bool {
    matches!(ch, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{2fdf}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3100}'..='\u{312f}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

impl Words {
    /// Returns the words of a text, lower-cased, as numbers.
    pub(crate) fn of(&mut self, text: &str) -> Vec<u32> {
        let mut out = Vec::new();
        let mut word = String::new();
        for ch in text.chars() {
            if is_unspaced(ch) {
                self.flush(&mut word, &mut out);
                word.push(ch);
                self.flush(&mut word, &mut out);
            } else if ch.is_alphanumeric() || ch == '_' {
                word.extend(ch.to_lowercase());
            } else {
                self.flush(&mut word, &mut out);
            }
        }
        self.flush(&mut word, &mut out);
        out
    }

    fn flush(&mut self, word: &mut String, out: &mut Vec<u32>) {
        if !word.is_empty() {
            let next = self.index.len() as u32;
            out.push(*self.index.entry(std::mem::take(word)).or_insert(next));
        }
    }
}

/// How many times each of some words may still be found.
pub(crate) struct Bag(HashMap<u32, u32>);

impl Bag {
    pub(crate) fn new(words: &[u32]) -> Self {
        let mut bag = HashMap::with_capacity(words.len());
        for &word in words {
            *bag.entry(word).or_default() += 1;
        }
        Self(bag)
    }

    /// Takes one of this word out, if there is one.
    pub(crate) fn take(&mut self, word: u32) -> bool {
        self.0.get_mut(&word).filter(|n| **n > 0).map(|n| *n -= 1).is_some()
    }

    /// Takes these words out and returns how many were there.
    pub(crate) fn take_all(&mut self, words: &[u32]) -> usize {
        words.iter().filter(|&&word| self.take(word)).count()
    }
}

/// Word precision, recall and F1 of a text against its gold, both as words.
pub(crate) fn f1(pred: &[u32], gold: &[u32]) -> (f64, f64, f64) {
    if pred.is_empty() || gold.is_empty() {
        let same = f64::from(pred.is_empty() && gold.is_empty());
        return (same, same, same);
    }
    let hits = Bag::new(gold).take_all(pred) as f64;
    let (p, r) = (hits / pred.len() as f64, hits / gold.len() as f64);
    (p, r, if hits > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}
