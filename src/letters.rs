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
const SPACES: u64 = b' ' as u64 * ONES;

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
    /// How many of them are capitals, and whether the first is.
    pub(crate) upper: u32,
    pub(crate) starts_upper: bool,
}

/// Returns the ASCII letters that bytes start with, at most eight.
#[inline]
pub(crate) fn run(bytes: &[u8]) -> Letters {
    let word = load(bytes);
    let small = word | (0x20 * ONES);
    let len = leading(small, word);
    let capitals = (small ^ word) & MASKS[len];
    // Each of them is one bit, 0x20; the product adds them up in the highest byte.
    let upper = ((capitals >> 5).wrapping_mul(ONES) >> 56) as u32;
    Letters { letters: small & MASKS[len], len, upper, starts_upper: capitals & 0x20 != 0 }
}

/// Returns a name of at most eight bytes as a number, ASCII letters in small letters.
pub(crate) const fn small_name(word: u64) -> u64 {
    let ascii = word & !HIGH;
    let from_a = ascii + (0x80 - b'A' as u64) * ONES;
    let behind_z = ascii + (0x7f - b'Z' as u64) * ONES;
    word | (from_a & !behind_z & !word & HIGH) >> 2
}

/// Returns eight bytes in small letters, if they are ASCII without digits, control characters, `\`` and spaces in a row; zeros
/// are no bytes.
#[inline]
pub(crate) fn plain_form(word: u64) -> Option<u64> {
    let ascii = word & !HIGH;
    let from = |b: u64| ascii + (0x80 - b) * ONES;
    let digits = from(0x30) & !from(0x3a);
    let controls = from(1) & !from(0x20);
    let spaces = equal(word, b' ');
    let others = (digits | controls | word | equal(word, b'`')) & HIGH | spaces & spaces << 8;
    (others == 0).then(|| small_name(word))
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

/// Returns how many bytes stand before the first ASCII control character, or how many there are.
#[inline]
pub(crate) fn until_control(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        // Behind the end stand zeros, which are such characters.
        let word = load(&text[at..]);
        // The upper bit of each byte that is below a space; a byte above the lowest of these may be another.
        let controls = word.wrapping_sub(SPACES) & !word & HIGH;
        if controls != 0 {
            return at + controls.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
}

/// Returns how many of the lowest bytes of a word can be copied as they stand when white space is collapsed and character
/// references are decoded, if the byte before is no white space: visible ASCII but for `&`, and single spaces before such.
#[inline]
pub(crate) fn plain(word: u64) -> usize {
    let ascii = word & !HIGH;
    let from_space = ascii + (0x80 - u64::from(b' ')) * ONES;
    let special = (word | !from_space | (ascii + ONES)) & HIGH | equal(word, b'&');
    // Of the last space it is not known what follows.
    let spaces = equal(word, b' ');
    let cuts = special | spaces & ((spaces | special) >> 8 | 0x80 << 56);
    cuts.trailing_zeros() as usize / 8
}

/// A line, as far as it is seen while its end is sought.
pub(crate) struct Seen {
    pub(crate) end: usize,
    /// Bytes that are not the first of their character.
    pub(crate) inner: usize,
    /// Whether all white space is single spaces, and nothing is unseen.
    pub(crate) is_settled: bool,
    /// Whether it may have characters that do not take one column each.
    pub(crate) may_be_wide: bool,
}

/// Returns where the line ends of which the first visible byte is given, and what is seen on the way.
pub(crate) fn line(bytes: &[u8], from: usize) -> Seen {
    let (mut at, mut before, mut unsettled, mut wide, mut inner) = (from, 0, 0, 0, 0);
    loop {
        // Most of text is plain. What is not is seen here, and more.
        while let Some(chunk) = bytes[at..].first_chunk() {
            let word = u64::from_le_bytes(*chunk);
            let other = word ^ SPACES;
            let spaces = other.wrapping_sub(ONES) & !other & HIGH;
            let controls = word.wrapping_sub(SPACES) | word.wrapping_add(ONES);
            if (controls | word) & HIGH | spaces & (spaces << 8 | before) != 0 {
                break;
            }
            (at, before) = (at + 8, spaces >> 56);
        }
        let word = load(&bytes[at..]);
        let (control, spaces) = (controls(word), equal(word, b' '));
        let doubled = spaces & (spaces << 8 | before);
        // The bytes before the first of these; all if there is none.
        let seen = ((control & control.wrapping_neg()) >> 7).wrapping_sub(1);
        unsettled |= doubled & seen;
        if word & seen & HIGH != 0 {
            // Their highest two bits are 10.
            inner += ((word & !(word << 1) & seen & HIGH) >> 7).wrapping_mul(ONES) >> 56;
            wide |= may_be_wide(word) & seen;
            let mut leads = may_be_blank(word) & seen;
            while leads != 0 {
                let character = &bytes[at + leads.trailing_zeros() as usize / 8..];
                unsettled |= u64::from(is_blank(character));
                wide |= u64::from(matches!(character, [0xe2, 0xba..=0xbf, ..]));
                leads &= leads - 1;
            }
        }
        if control == 0 {
            (at, before) = (at + 8, spaces >> 56);
            continue;
        }
        let end = (at + control.trailing_zeros() as usize / 8).min(bytes.len());
        if matches!(bytes.get(end), None | Some(b'\n' | b'\r' | b'\x0c')) {
            return Seen { end, inner: inner as usize, is_settled: unsettled == 0, may_be_wide: wide != 0 };
        }
        (at, before, unsettled) = (end + 1, 0, 1);
    }
}

/// Returns the highest bits of the bytes that are this ASCII character.
#[inline]
fn equal(word: u64, b: u8) -> u64 {
    let other = word ^ (u64::from(b) * ONES);
    !(((other & !HIGH) + !HIGH) | other) & HIGH
}

/// Returns the highest bits of the bytes that are ASCII control characters.
#[inline]
fn controls(word: u64) -> u64 {
    let ascii = word & !HIGH;
    (!(ascii + 0x60 * ONES) | (ascii + ONES)) & !word & HIGH
}

/// Returns the highest bits of the bytes that characters beyond ASCII begin with which are white space or unseen: 0xc2,
/// 0xe1 to 0xe3 and 0xef. Others begin with these too.
#[inline]
fn may_be_blank(word: u64) -> u64 {
    let low = word & !HIGH;
    let from = |b: u64| low + (0x100 - b) * ONES;
    (equal(low, 0x42) | equal(low, 0x6f) | (from(0xe1) & !from(0xe4))) & word & HIGH
}

/// Returns the highest bits of the bytes that begin characters which may take two columns or none; of those that begin with
/// 0xe2 the next byte tells.
#[inline]
fn may_be_wide(word: u64) -> u64 {
    let low = word & !HIGH;
    let from = |b: u64| low + (0x100 - b) * ONES;
    from(0xcc) & !(from(0xce) & !from(0xd2)) & !equal(low, 0x62) & word & HIGH
}

/// Returns the number of bytes of the character that starts with this one.
pub(crate) const fn utf8_len(first: u8) -> usize {
    match first {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

/// Returns whether bytes start with a character beyond ASCII that is white space or unseen.
#[inline]
pub(crate) fn is_blank(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xc2, 0x80..=0xa0 | 0xad, ..]
            | [0xe1, 0x9a, 0x80, ..]
            | [0xe2, 0x80, 0x80..=0x8b | 0x8e | 0x8f | 0xa8..=0xaf, ..]
            | [0xe2, 0x81, 0x9f | 0xa0 | 0xa6..=0xa9, ..]
            | [0xe3, 0x80, 0x80, ..]
            | [0xef, 0xbb, 0xbf, ..]
    )
}

/// Returns, by byte, whether it is one of these.
pub(crate) const fn table(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < bytes.len() {
        table[bytes[i] as usize] = true;
        i += 1;
    }
    table
}

/// Returns whether any byte beyond ASCII is such.
#[inline]
pub(crate) fn any_wide(bytes: &[u8], is_such: impl Fn(u8) -> bool) -> bool {
    let has = |part: &[u8]| part.iter().any(|&b| b >= 0x80 && is_such(b));
    let (chunks, rest) = bytes.as_chunks::<8>();
    chunks.iter().any(|chunk| u64::from_le_bytes(*chunk) & HIGH != 0 && has(chunk)) || has(rest)
}

/// Returns whether a text without white space at its ends surely has no white space but single spaces, and no unseen
/// characters.
pub(crate) fn is_settled(text: &[u8]) -> bool {
    let is_set = |word: u64, before: u64| {
        let spaces = equal(word, b' ');
        (controls(word) | spaces & (spaces << 8 | before) == 0).then_some(spaces >> 56)
    };
    let (chunks, rest) = text.as_chunks::<8>();
    let (mut before, mut wide) = (0, 0);
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        wide |= word & HIGH;
        match is_set(word, before) {
            Some(space) => before = space,
            None => return false,
        }
    }
    let is_rest_set = match text.last_chunk::<8>() {
        _ if rest.is_empty() => true,
        // Some of these are seen again, so that no two spaces are parted.
        Some(last) => is_set(u64::from_le_bytes(*last), 0).is_some(),
        None => rest.windows(2).all(|two| two != b"  ") && rest.iter().all(|&b| b >= b' ' && b != 0x7f),
    };
    // The first bytes of all characters beyond ASCII that are white space or unseen.
    is_rest_set && (wide == 0 && rest.is_ascii() || !any_wide(text, |b| matches!(b, 0xc2 | 0xe1 | 0xe2 | 0xe3 | 0xef)))
}

/// Returns whether a character is a letter or a number, as [`char::is_alphanumeric`] does, without a search of its tables
/// for those that news pages are full of.
#[inline]
pub(crate) fn is_alphanumeric(ch: char) -> bool {
    if ch.is_ascii() { ch.is_ascii_alphanumeric() } else { is_common(ch).unwrap_or_else(|| ch.is_alphanumeric()) }
}

/// Does the same for [`char::is_alphabetic`].
#[inline]
pub(crate) fn is_alphabetic(ch: char) -> bool {
    if ch.is_ascii() { ch.is_ascii_alphabetic() } else { is_common(ch).unwrap_or_else(|| ch.is_alphabetic()) }
}

/// Returns whether a character is set above or below the one before and is no letter by itself: accents, points and vowel
/// signs of Hebrew, Arabic and the scripts of India and Thailand.
pub(crate) fn is_combining(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{6d6}'..='\u{6dc}' | '\u{93c}' | '\u{94d}' | '\u{951}'..='\u{954}' | '\u{9bc}' | '\u{9cd}'
        | '\u{a3c}' | '\u{a4d}' | '\u{abc}' | '\u{acd}' | '\u{b3c}' | '\u{b4d}' | '\u{bcd}' | '\u{c4d}' | '\u{ccd}'
        | '\u{d4d}' | '\u{e38}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{1039}'..='\u{103a}' | '\u{3099}' | '\u{309a}')
}

/// Returns the first character of what [`char::to_lowercase`] gives.
#[inline]
pub(crate) fn to_small(ch: char) -> char {
    match ch {
        ..'\u{80}' => ch.to_ascii_lowercase(),
        // Small Latin and Cyrillic letters, and scripts that have no others.
        'ß'..='ÿ'
        | '\u{430}'..='\u{45f}'
        | '\u{5d0}'..='\u{109f}'
        | '\u{3041}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => ch,
        _ => ch.to_lowercase().next().unwrap_or(ch),
    }
}

/// Returns whether a character beyond ASCII is a letter, if it is known without a search.
#[inline]
fn is_common(ch: char) -> Option<bool> {
    match ch {
        // Dashes, quotation marks, spaces; of Japanese and Chinese too, and as wide as their letters; arrows, symbols, emoji.
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Some(false),
        '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' => Some(false),
        '\u{2190}'..='\u{23ff}' | '\u{2500}'..='\u{2775}' | '\u{1f300}'..='\u{1f6ff}' => Some(false),
        // Latin, Greek, Cyrillic.
        '\u{c0}'..='\u{24f}' => Some(!matches!(ch, '×' | '÷')),
        '\u{3a3}'..='\u{3f5}' | '\u{400}'..='\u{481}' => Some(true),
        // Hangul, Han, kana.
        '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fef}' => Some(true),
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' => Some(true),
        // Arabic, Hebrew.
        '\u{620}'..='\u{657}' | '\u{66e}'..='\u{6d3}' | '\u{5d0}'..='\u{5ea}' => Some(true),
        // The scripts of India, Thai, Lao.
        '\u{900}'..='\u{eff}' => {
            let at = ch as usize - 0x900;
            let is_in = |table: &[u64]| table[at / 64] >> (at % 64) & 1 == 1;
            (!is_in(&INDIC_NUMBERS)).then(|| is_in(&INDIC_LETTERS))
        }
        _ => None,
    }
}

/// The letters, and the numbers, from U+0900 on, a bit each. A test compares them with those of Unicode.
#[rustfmt::skip]
const INDIC_LETTERS: [u64; 24] = [
    0xefffffffffffffff, 0xfffe000fffe1dfff, 0xe3c5fdfffff99fef, 0x1003000fb080599f, 0xc36dfdfffff987ee, 0x003f00005e021987,
    0xe3edfdfffffbbfee, 0x1e00000f00011bbf, 0xe3edfdfffff99fee, 0x0002000fb0c0199f, 0xc3ffc718d63dc7ec, 0x0000000000811dc7,
    0xe3fffdfffffddfff, 0x0000000f37601ddf, 0xe3effdfffffddfef, 0x000e000f70601ddf, 0xe7fffffffffddfff, 0xfc00000f80f05ddf,
    0x2ffbfffffc7fffee, 0x000c0000ff5f807f, 0x07fffffffffffffe, 0x000000000000207f, 0x3bffffaffffff7d6, 0x00000000f000205f,
];
#[rustfmt::skip]
const INDIC_NUMBERS: [u64; 24] = [
    0x0000000000000000, 0x0000ffc000000000, 0x0000000000000000, 0x03f0ffc000000000, 0x0000000000000000, 0x0000ffc000000000,
    0x0000000000000000, 0x0000ffc000000000, 0x0000000000000000, 0x00fcffc000000000, 0x0000000000000000, 0x0007ffc000000000,
    0x0000000000000000, 0x7f00ffc000000000, 0x0000000000000000, 0x0000ffc000000000, 0x0000000000000000, 0x01ffffc07f000000,
    0x0000000000000000, 0x0000ffc000000000, 0x0000000000000000, 0x0000000003ff0000, 0x0000000000000000, 0x0000000003ff0000,
];

/// Returns what stands before an ending, if the text ends so; ASCII letters are alike in either case.
pub(crate) fn strip_ending<'t>(text: &'t str, ending: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(ending.len())?;
    text.get(at..).filter(|end| end.eq_ignore_ascii_case(ending)).map(|_| &text[..at])
}

/// Returns whether a character only joins or parts those beside it, and shows nothing by itself.
pub(crate) fn is_joiner(ch: char) -> bool {
    matches!(ch, '\u{200c}' | '\u{200d}')
}

/// Characters that take no place: soft hyphen, zero-width space, word joiner, byte order mark, direction marks.
pub(crate) fn is_unseen(ch: char) -> bool {
    matches!(ch, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || (ch.is_control() && !ch.is_ascii_whitespace())
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
    fn blanks_are_those_of_unicode() {
        for ch in '\u{80}'..=char::MAX {
            let bytes = &mut [0; 4];
            let bytes = ch.encode_utf8(bytes).as_bytes();
            let is_such = ch.is_whitespace() || is_unseen(ch);
            assert_eq!(is_blank(bytes), is_such, "{ch:?}");
            assert!(!is_such || may_be_blank(load(bytes)) & 0x80 != 0, "{ch:?}");
        }
    }

    #[test]
    fn lines_are_seen() {
        for (text, end, inner, is_settled, may_be_wide) in [
            ("", 0, 0, true, false),
            ("The old bridge will close\nin May", 25, 0, true, false),
            ("Die alte Brücke “schließt”\r", 32, 6, true, false),
            ("The old  bridge", 15, 0, false, false),
            ("The old\tbridge is old", 21, 0, false, false),
            ("The old bridge\u{a0}is\x0c", 18, 1, false, false),
            ("橋は開通\n", 12, 8, true, true),
        ] {
            let seen = line(text.as_bytes(), 0);
            assert_eq!(
                (seen.end, seen.inner, seen.is_settled, seen.may_be_wide),
                (end, inner, is_settled, may_be_wide),
                "{text}"
            );
        }
    }

    #[test]
    fn settled_text_is_known() {
        for len in 2..40 {
            let plain = "é".repeat(len / 3) + &"a ".repeat(len);
            let plain = plain.trim_end().as_bytes();
            assert!(is_settled(plain) && any_wide(plain, |b| b == 0xc3) == (len > 2), "{len}");
            for at in 1..plain.len() {
                for odd in ["  ", "\t", "\x7f", "\u{a0}", "\u{200b}"] {
                    let text = [&plain[..at], odd.as_bytes(), &plain[at..]].concat();
                    assert!(!is_settled(&text), "{odd:?} at {at} of {len}");
                }
            }
        }
    }

    #[test]
    fn plain_text_is_counted() {
        for (text, len) in [
            ("ab, cd.e", 8),
            ("abcdefg ", 7),
            ("ab  cdef", 2),
            ("ab &cdef", 2),
            ("ab\ncdefg", 2),
            ("abcd\u{e9}fg", 4),
            (" a b c d", 8),
            ("abc\u{7f}ef~", 3),
            ("~!\"#$%'(", 8),
        ] {
            assert_eq!(plain(load(text.as_bytes())), len, "{text:?}");
        }
    }

    #[test]
    fn letters_and_numbers_are_those_of_unicode() {
        for ch in '\0'..='\u{3ffff}' {
            assert_eq!(is_alphanumeric(ch), ch.is_alphanumeric(), "{ch:?}");
            assert_eq!(is_alphabetic(ch), ch.is_alphabetic(), "{ch:?}");
            assert_eq!(Some(to_small(ch)), ch.to_lowercase().next(), "{ch:?}");
        }
    }

    #[test]
    fn names_become_small() {
        for name in ["H1", "@[`{Zz", "x-Card", "\u{c1}\u{e1}", "\u{11}Q"] {
            assert_eq!(small_name(load(name.as_bytes())), load(name.to_ascii_lowercase().as_bytes()), "{name}");
        }
    }
}
