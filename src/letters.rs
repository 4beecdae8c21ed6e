//! Eight bytes of text at a time: how many of them are letters.

/// By length: a mask of so many bytes.
pub(crate) const MASKS: [u64; 9] = {
    let mut masks = [u64::MAX; 9];
    let mut i = 0;
    while i < 8 {
        masks[i] = (1 << (8 * i)) - 1;
        i += 1;
    }
    masks
};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// Returns the first eight bytes as a number, the first of them lowest, with zeros behind the end.
#[inline]
pub(crate) fn load(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => load_short(bytes),
    }
}

/// Does the same for fewer than eight bytes, from halves that overlap.
fn load_short(bytes: &[u8]) -> u64 {
    let len = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (len - 4));
    }
    match *bytes {
        [] => 0,
        [a] => u64::from(a),
        [a, b] => u64::from(u16::from_le_bytes([a, b])),
        [a, b, c, ..] => u64::from(u32::from_le_bytes([a, b, c, 0])),
    }
}

/// ASCII letters that a text starts with.
pub(crate) struct Letters {
    /// At most eight, in small letters.
    pub(crate) letters: u64,
    /// How many they are.
    pub(crate) len: usize,
    /// How many of them are capitals.
    pub(crate) upper: u32,
}

/// Returns the ASCII letters that bytes start with, at most eight.
#[inline]
pub(crate) fn run(bytes: &[u8]) -> Letters {
    let word = load(bytes);
    let small = word | (0x20 * ONES);
    let len = leading(small, word);
    Letters { letters: small & MASKS[len], len, upper: ((small ^ word) & MASKS[len]).count_ones() }
}

/// Returns a name of at most eight bytes as a number, ASCII letters in small letters.
pub(crate) const fn small_name(word: u64) -> u64 {
    let ascii = word & !HIGH;
    let from_a = ascii + (0x80 - b'A' as u64) * ONES;
    let behind_z = ascii + (0x7f - b'Z' as u64) * ONES;
    word | (from_a & !behind_z & !word & HIGH) >> 2
}

/// Returns how many of the lowest bytes of a word are letters, given its small form.
fn leading(small: u64, word: u64) -> usize {
    let ascii = small & !HIGH;
    let from_a = ascii + (0x80 - u64::from(b'a')) * ONES;
    let behind_z = ascii + (0x7f - u64::from(b'z')) * ONES;
    let others = !(from_a & !behind_z & !word) & HIGH;
    others.trailing_zeros() as usize / 8
}

/// Returns how many small ASCII letters a text starts with; most text is runs of them.
#[inline]
pub(crate) fn small(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(chunk) = text[at..].first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        let len = leading(word, word);
        at += len;
        if len < 8 {
            return at;
        }
    }
    at + text[at..].iter().position(|b| !b.is_ascii_lowercase()).unwrap_or(text.len() - at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_letters_are_counted() {
        for (text, letters, len) in [
            ("", "", 0),
            ("ab", "ab", 2),
            ("Ab c", "ab", 2),
            ("abcdefghij", "abcdefgh", 8),
            ("abé", "ab", 2),
            ("`a{", "", 0),
        ] {
            let run = run(text.as_bytes());
            assert_eq!((run.letters, run.len), (load(letters.as_bytes()), len), "{text}");
            assert_eq!(run.upper as usize, text[..len].bytes().filter(u8::is_ascii_uppercase).count(), "{text}");
        }
        for (text, len) in [("", 0), ("abcdefghijk l", 11), ("abC", 2), ("zaé", 2), ("@", 0), ("a{", 1)] {
            assert_eq!(small(text.as_bytes()), len, "{text}");
        }
    }

    #[test]
    fn names_become_small() {
        for name in ["H1", "@[`{Zz", "x-Card", "\u{c1}\u{e1}", "\u{11}Q"] {
            assert_eq!(small_name(load(name.as_bytes())), load(name.to_ascii_lowercase().as_bytes()), "{name}");
        }
    }
}
