//! What texts start with, of a list: one look-up instead of as many comparisons as the list has words.

/// The first two bytes of a list's words: by the first, a bit for each second, of which five bits count.
pub(crate) struct FirstBytes([u32; 256]);

impl FirstBytes {
    /// Takes words that are not empty.
    pub(crate) const fn of(words: &[&str]) -> Self {
        let mut seconds = [0; 256];
        let mut i = 0;
        while i < words.len() {
            let word = words[i].as_bytes();
            let second = if word.len() > 1 { bit(word[1]) } else { u32::MAX };
            seconds[word[0].to_ascii_lowercase() as usize] |= second;
            seconds[word[0].to_ascii_uppercase() as usize] |= second;
            i += 1;
        }
        Self(seconds)
    }

    /// Returns whether a text may start with one of the words, in any case of ASCII; most texts may not.
    pub(crate) fn fit(&self, text: &str) -> bool {
        match *text.as_bytes() {
            [] => false,
            [first] => self.0[first as usize] == u32::MAX,
            [first, second, ..] => self.0[first as usize] & bit(second) != 0,
        }
    }
}

const fn bit(second: u8) -> u32 {
    1 << (second & 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_fits_and_most_others_do_not() {
        let words = ["By", "Von", "Автор", "文", "x"];
        let first = FirstBytes::of(&words);
        for word in words {
            assert!(first.fit(word) && first.fit(&format!("{word} Ida Moss")), "{word}");
            assert!(first.fit(&word.to_ascii_lowercase()) && first.fit(&word.to_ascii_uppercase()), "{word}");
        }
        for other in ["", "B", "Be", "берег", "橋", "y"] {
            assert!(!first.fit(other), "{other}");
        }
    }
}
