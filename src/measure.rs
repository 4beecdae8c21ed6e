//! Counts over a block's text, taken byte by byte: words, letters, capitals, marks, and how it ends.

use crate::letters;

/// How a block's text ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ending {
    /// With a letter, a digit or something else that ends nothing.
    #[default]
    None,
    /// `.` `。` `।` `؟` and the like, also inside a closing quote or bracket.
    Stop,
    /// `?` or `!`, full-width ones too.
    Question,
    /// `…` or `...`
    Ellipsis,
    /// `:` or `：`
    Colon,
    /// `,` `;` `、`
    Comma,
    /// A closing quotation mark or bracket with no stop before it.
    Quote,
}

impl Ending {
    /// Returns whether a sentence may end so.
    pub const fn ends_sentence(self) -> bool {
        matches!(self, Ending::Stop | Ending::Question | Ending::Ellipsis | Ending::Quote)
    }
}

/// Counts over the text of a block.
///
/// ```
/// use bodycopy::{Ending, Measure};
///
/// let measure = Measure::of("The bridge, built in 1912, will close.");
/// assert_eq!((measure.words, measure.digits, measure.commas), (7, 4, 2));
/// assert_eq!(measure.ending, Ending::Stop);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Measure {
    /// Words; scripts written without spaces count a word for every two characters.
    pub words: u32,
    /// Characters that are letters or digits; every non-ASCII character that is not known punctuation counts.
    pub letters: u32,
    /// Letters that stand in links.
    pub link_letters: u32,
    /// Words that start with an ASCII capital.
    pub capitals: u32,
    /// ASCII capitals.
    pub upper: u32,
    /// ASCII digits.
    pub digits: u32,
    /// Commas, of any script.
    pub commas: u32,
    /// Marks that end sentences, of any script.
    pub stops: u32,
    /// `|` `•` `·` `/` `>` between words.
    pub bars: u32,
    /// How it ends.
    pub ending: Ending,
    /// Which marks it holds.
    pub(crate) marks: Marks,
}

/// Marks that a text holds, so that rules need not look for them in each. They are told by the scanner, which sees them all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks(u16);

impl Marks {
    pub(crate) const AT: Marks = Marks(1);
    /// `#`
    pub(crate) const HASH: Marks = Marks(1 << 1);
    pub(crate) const COLON: Marks = Marks(1 << 2);
    pub(crate) const COMMA: Marks = Marks(1 << 3);
    /// `(`
    pub(crate) const ROUND: Marks = Marks(1 << 4);
    /// `[`
    pub(crate) const SQUARE: Marks = Marks(1 << 5);
    pub(crate) const STOP: Marks = Marks(1 << 6);
    pub(crate) const SLASH: Marks = Marks(1 << 7);
    /// `|`
    pub(crate) const BAR: Marks = Marks(1 << 8);
    pub(crate) const HYPHEN: Marks = Marks(1 << 9);
    /// A tabulator or the end of a line.
    pub(crate) const LINE: Marks = Marks(1 << 10);
    /// A mark of full width, such as `：` and `（`, other than a comma or a stop.
    pub(crate) const FULL: Marks = Marks(1 << 11);
    /// Another mark beyond ASCII that is no comma, stop, bar or apostrophe, such as a dash.
    pub(crate) const OTHER: Marks = Marks(1 << 12);
    /// `'` or `’`
    pub(crate) const APOSTROPHE: Marks = Marks(1 << 13);

    /// Returns whether one of those is held.
    #[inline]
    pub(crate) const fn any(self, of: Marks) -> bool {
        self.0 & of.0 != 0
    }

    pub(crate) const fn or(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// Returns what an ASCII character is.
    const fn of(b: u8) -> Marks {
        match b {
            b'@' => Self::AT,
            b'#' => Self::HASH,
            b':' => Self::COLON,
            b',' => Self::COMMA,
            b'(' => Self::ROUND,
            b'[' => Self::SQUARE,
            b'.' => Self::STOP,
            b'/' => Self::SLASH,
            b'|' => Self::BAR,
            b'-' => Self::HYPHEN,
            b'\'' => Self::APOSTROPHE,
            b'\t' | b'\n' => Self::LINE,
            _ => Marks(0),
        }
    }
}

impl Measure {
    /// Measures a text; links are not known to it.
    pub fn of(text: &str) -> Measure {
        let mut meter = Meter::default();
        meter.feed(text.as_bytes());
        meter.finish(text)
    }

    /// Returns the share of letters that stand in links, 0 to 1.
    pub fn link_density(&self) -> f32 {
        self.link_letters as f32 / self.letters.max(1) as f32
    }
}

/// A measure of a text that is read part by part.
pub(crate) struct Meter {
    measure: Measure,
    /// Letters, and words in the upper half.
    letters: u64,
    /// ASCII capitals, and words that start with one in the upper half.
    upper: u64,
    /// What the next letter adds to these for its word: one in the upper half, or nothing within a word.
    word: u64,
    unspaced: u32,
}

const WORD: u64 = 1 << 32;

impl Default for Meter {
    fn default() -> Self {
        Meter { measure: Measure::default(), letters: 0, upper: 0, word: WORD, unspaced: 0 }
    }
}

impl Meter {
    /// Measures any part of a text, up to the end of a character.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        let mut i = 0;
        while i < bytes.len() {
            let b = bytes[i];
            if b < 0x80 {
                i += 1;
                if FOLDED[b as usize] == 0 {
                    self.mark(b)
                } else {
                    self.letter_or_digit(b)
                }
                continue;
            }
            let len = letters::utf8_len(b);
            self.wide(classify(&bytes[i..(i + len).min(bytes.len())]));
            i += len;
        }
    }

    /// Counts an ASCII letter or digit.
    #[inline]
    pub(crate) fn letter_or_digit(&mut self, b: u8) {
        self.letters(1, u32::from(b.is_ascii_uppercase()), b.is_ascii_uppercase());
        self.measure.digits += u32::from(b.is_ascii_digit());
    }

    /// Counts a character beyond ASCII.
    #[inline]
    pub(crate) fn wide(&mut self, class: Class) {
        match class {
            Class::Letter => return self.letters(1, 0, false),
            Class::Unspaced => {
                self.letters += 1;
                self.unspaced += 1;
            }
            Class::Apostrophe => {
                self.measure.marks = self.measure.marks.or(Marks::APOSTROPHE);
                return;
            }
            Class::Comma => self.measure.commas += 1,
            Class::Stop => self.measure.stops += 1,
            Class::Bar => self.measure.bars += 1,
            Class::Full => self.measure.marks = self.measure.marks.or(Marks::FULL),
            Class::Other => self.measure.marks = self.measure.marks.or(Marks::OTHER),
        }
        self.word = WORD;
    }

    /// Counts letters of a word in a row, so many of them ASCII capitals, and maybe the first.
    #[inline]
    pub(crate) fn letters(&mut self, count: u32, upper: u32, starts_upper: bool) {
        self.letters += u64::from(count) + self.word;
        self.upper += u64::from(upper) + if starts_upper { self.word } else { 0 };
        self.word = 0;
    }

    /// Counts a space.
    #[inline]
    pub(crate) fn space(&mut self) {
        self.word = WORD;
    }

    /// Counts an ASCII character that is no letter or digit.
    #[inline]
    pub(crate) fn mark(&mut self, b: u8) {
        // Added without a branch: nobody can guess which comes next.
        let mark = &MARKS[usize::from(b & 0x7f)];
        self.measure.commas += u32::from(mark.commas);
        self.measure.stops += u32::from(mark.stops);
        self.measure.bars += u32::from(mark.bars);
        self.measure.marks = self.measure.marks.or(mark.is);
        self.word |= u64::from(mark.words) << 32;
    }

    /// Ends the text, which is given whole.
    pub(crate) fn finish(self, text: &str) -> Measure {
        let halves = |both: u64| (both as u32, (both >> 32) as u32);
        let ((letters, words), (upper, capitals)) = (halves(self.letters), halves(self.upper));
        let words = words + self.unspaced.div_ceil(2);
        Measure { words, letters, upper, capitals, ending: ending(text), ..self.measure }
    }
}

/// What an ASCII character that is no letter or digit counts as, and whether it ends a word, each 1 or 0; and what it is.
struct Mark {
    commas: u8,
    stops: u8,
    bars: u8,
    words: u8,
    is: Marks,
}

static MARKS: [Mark; 128] = {
    let mut table = [const { Mark { commas: 0, stops: 0, bars: 0, words: 1, is: Marks(0) } }; 128];
    let mut b = 0;
    while b < 128 {
        let mark = &mut table[b as usize];
        mark.is = Marks::of(b);
        match b {
            b'\'' | b'-' => mark.words = 0,
            b',' | b';' => mark.commas = 1,
            b'.' | b'!' | b'?' => mark.stops = 1,
            b'|' | b'/' | b'>' => mark.bars = 1,
            _ => {}
        }
        b += 1u8;
    }
    table
};

/// Returns whether a text holds a letter or digit.
pub(crate) fn has_letters(text: &str) -> bool {
    let is_wide =
        |ch: char| matches!(classify(ch.encode_utf8(&mut [0; 4]).as_bytes()), Class::Letter | Class::Unspaced);
    text.chars().any(|ch| if ch.is_ascii() { ch.is_ascii_alphanumeric() } else { is_wide(ch) })
}

/// What a character beyond ASCII counts as.
#[derive(Clone, Copy)]
pub(crate) enum Class {
    Letter,
    Unspaced,
    Apostrophe,
    Comma,
    Stop,
    Bar,
    /// A mark of full width.
    Full,
    Other,
}

/// Classifies one non-ASCII character by its UTF-8 bytes.
pub(crate) fn classify(ch: &[u8]) -> Class {
    match *ch {
        // General punctuation U+2000..U+206F: only ’ binds letters.
        [0xe2, 0x80, 0x99] => Class::Apostrophe,
        [0xe2, 0x80, 0xa6] => Class::Stop,
        [0xe2, 0x80, 0xa2] => Class::Bar,
        [0xe2, 0x80 | 0x81, _] => Class::Other,
        // Arrows, symbols, dingbats, emoji.
        [0xe2, 0x86..=0xaf, _] => Class::Other,
        [0xf0, 0x9f, _, _] => Class::Other,
        // Latin-1 signs U+00A0..U+00BF.
        [0xc2, 0xb7] => Class::Bar,
        [0xc2, 0xbb] => Class::Bar,
        [0xc2, _] => Class::Other,
        // Arabic comma, semicolon, question mark, full stop.
        [0xd8, 0x8c | 0x9b] => Class::Comma,
        [0xd8, 0x9f] | [0xdb, 0x94] => Class::Stop,
        // Devanagari danda.
        [0xe0, 0xa5, 0xa4 | 0xa5] => Class::Stop,
        // Thai and Lao, Myanmar, Khmer.
        [0xe0, 0xb8..=0xbb, _] => Class::Unspaced,
        [0xe1, 0x80..=0x82, _] | [0xe1, 0x9e | 0x9f, _] => Class::Unspaced,
        // CJK punctuation.
        [0xe3, 0x80, 0x81] => Class::Comma,
        [0xe3, 0x80, 0x82] => Class::Stop,
        [0xe3, 0x83, 0xbb] => Class::Bar,
        [0xe3, 0x80, _] => Class::Other,
        [0xef, 0xbc, 0x8c] | [0xef, 0xbc, 0x9b] => Class::Comma,
        [0xef, 0xbc, 0x81] | [0xef, 0xbc, 0x8e] | [0xef, 0xbc, 0x9f] | [0xef, 0xbd, 0xa1] => Class::Stop,
        [0xef, 0xbc | 0xbd, _] => Class::Full,
        // Kana and Han; Hangul (EA..ED) is written with spaces.
        [0xe3..=0xe9, _, _] | [0xf0, 0xa0..=0xb3, _, _] => Class::Unspaced,
        _ => Class::Letter,
    }
}

fn ending(text: &str) -> Ending {
    let mut closed = false;
    for ch in text.chars().rev().take(6) {
        match ch {
            '"' | '\'' | '”' | '’' | '»' | '«' | '“' | '」' | '』' | '）' | ')' | ']' | '】' | '》' | '›' | '*'
            | '_' => closed = true,
            ' ' | '\u{a0}' | '\n' => {}
            '.' if text.trim_end().ends_with("...") => return Ending::Ellipsis,
            '.' | '。' | '।' | '॥' | '۔' | '．' | '｡' => return Ending::Stop,
            '?' | '!' | '？' | '！' | '؟' => return Ending::Question,
            '…' => return Ending::Ellipsis,
            ':' | '：' => return if closed { Ending::Quote } else { Ending::Colon },
            ',' | ';' | '、' | '，' | '；' | '،' => return if closed { Ending::Quote } else { Ending::Comma },
            _ => return if closed { Ending::Quote } else { Ending::None },
        }
    }
    if closed { Ending::Quote } else { Ending::None }
}

/// ASCII letters in lower case and digits; 0 for what is neither.
pub(crate) static FOLDED: [u8; 128] = {
    let mut table = [0; 128];
    let mut b = 0u8;
    while b < 128 {
        if b.is_ascii_alphanumeric() {
            table[b as usize] = b.to_ascii_lowercase();
        }
        b += 1;
    }
    table
};

/// Folds a character for comparing texts: lower case, one kind of quote; `None` for what does not count (space, marks).
fn folded(ch: char) -> Option<char> {
    if ch.is_ascii() {
        return ch.is_ascii_alphanumeric().then(|| ch.to_ascii_lowercase());
    }
    letters::is_alphanumeric(ch).then(|| letters::to_small(ch))
}

/// Returns whether a character counts when two texts are compared.
pub(crate) fn is_folded(ch: char) -> bool {
    folded(ch).is_some()
}

/// Returns the characters of a text that count when two texts are compared: letters and digits, lower-cased.
pub(crate) fn fold(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter_map(folded)
}

/// Writes the same characters into `out`, in place of what is there.
pub(crate) fn fold_into(text: &str, out: &mut Vec<u8>) {
    out.clear();
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        out.extend(rest.as_bytes()[..ascii].iter().map(|&b| FOLDED[b as usize]).filter(|&b| b != 0));
        let wide = &rest[ascii..];
        let end = wide.find(|ch: char| ch.is_ascii()).unwrap_or(wide.len());
        for ch in fold(&wide[..end]) {
            out.extend_from_slice(ch.encode_utf8(&mut [0; 4]).as_bytes());
        }
        rest = &wide[end..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_any_script() {
        for (text, words) in [
            ("It's a well-known fact, isn’t it?", 6),
            ("대통령은 18일 밝혔다.", 3),
            ("記者團在台北報導。", 4),
            ("العربية لغة جميلة،", 3),
            ("— · —", 0),
        ] {
            assert_eq!(Measure::of(text).words, words, "{text}");
        }
    }

    #[test]
    fn marks_are_told() {
        let both = Marks::ROUND.or(Marks::STOP);
        for (text, marks) in [
            ("", Marks(0)),
            ("Die Brücke 大桥 다리", Marks(0)),
            ("a@b", Marks::AT),
            ("it’s", Marks::APOSTROPHE),
            ("l'eau", Marks::APOSTROPHE),
            ("a\nb", Marks::LINE),
            ("記者（左）", Marks::FULL),
            ("dawn — dusk", Marks::OTHER),
            ("(ü.", both),
        ] {
            assert_eq!(Measure::of(text).marks, marks, "{text}");
            assert_eq!(crate::words::scan(text, |_| {}).0.marks, marks, "{text}");
        }
        assert!(both.any(Marks::STOP) && !both.any(Marks::COLON));
    }

    #[test]
    fn both_ways_fold_alike() {
        for text in ["", "It’s 3 PM — “Größe” ÀB", "大桥，周一。Bridge", "ﬀ İstanbul \u{1f600}x"] {
            let mut out = b"old".to_vec();
            fold_into(text, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), fold(text).collect::<String>(), "{text}");
        }
    }

    #[test]
    fn endings_see_through_quotes() {
        for (text, ending) in [
            ("He said so.", Ending::Stop),
            ("“He said so.”", Ending::Stop),
            ("他说：“好。”", Ending::Stop),
            ("Read more", Ending::None),
            ("Wait...", Ending::Ellipsis),
            ("the so-called \"friend\"", Ending::Quote),
            ("They are:", Ending::Colon),
            ("क्या हुआ।", Ending::Stop),
        ] {
            assert_eq!(Measure::of(text).ending, ending, "{text}");
        }
    }
}
