//! Whether the strings of a script read as prose, and what of them a reader would see.

use crate::html::json;
use crate::markup::space::append;
use crate::measure::{self, Measure};
use std::ops::Range;

/// Start tags after which browsers start a new line.
const BREAKS: &[&str] = &[
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "table",
    "figure",
];

/// Returns the name of the tag that a text starts with, less its slash.
fn tag(rest: &str) -> Option<&str> {
    let name = rest.strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    name[..end].starts_with(|c: char| c.is_ascii_alphabetic()).then_some(&name[..end])
}

fn is_break(name: &str) -> bool {
    BREAKS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Returns whether a string holds tags that part lines, so that its own line breaks mean nothing.
pub(super) fn is_markup(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| tag(&text[at..]).is_some_and(is_break))
}

/// Returns whether a string, as written, is an address, a number or a name: ASCII without a space.
pub(super) fn is_name(raw: &str) -> bool {
    raw.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'&' | b'<'))
}

/// Returns whether a string is HTML whose marks have been written as character references.
pub(super) fn is_encoded_markup(text: &str) -> bool {
    let is_tag = |at: usize| tag(&format!("<{}", head(&text[at + 4..]))).is_some_and(is_break);
    !text.contains('<') && text.match_indices("&lt;").any(|(at, _)| is_tag(at))
}

/// Returns the first few bytes of a text.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(16)]
}

/// Returns the text that a string shows: without tags, character references decoded.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(lt) = memchr::memchr(b'<', rest.as_bytes()) {
        append(&mut out, &rest[..lt], true);
        rest = &rest[lt..];
        match tag(rest) {
            Some(name) => {
                if is_break(name) {
                    out.push(' ');
                }
                rest = memchr::memchr(b'>', rest.as_bytes()).map_or("", |gt| &rest[gt + 1..]);
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    append(&mut out, rest, true);
    out
}

/// What the strings of one kind add up to.
#[derive(Clone, Copy, Default)]
pub(super) struct Amount {
    pub(super) words: u32,
    stops: u32,
    letters: u32,
    digits: u32,
    bars: u32,
    signs: u32,
    texts: u32,
}

/// Words for each sentence at the most, and at the least, of what reads as prose. Wire copy has twenty to forty; set wide.
const LONGEST_SENTENCE: u32 = 80;
const SHORTEST_SENTENCE: u32 = 4;
/// Words of a string on average: names and labels have fewer.
const SHORTEST_TEXT: u32 = 4;

impl std::ops::AddAssign for Amount {
    fn add_assign(&mut self, other: Amount) {
        self.words += other.words;
        self.stops += other.stops;
        self.letters += other.letters;
        self.digits += other.digits;
        self.bars += other.bars;
        self.signs += other.signs;
        self.texts += other.texts;
    }
}

impl Amount {
    /// Measures a text that is shown.
    pub(super) fn of(text: &str) -> Self {
        let Measure { words, stops, letters, digits, bars, .. } = Measure::of(text);
        let is_sign = |b: &u8| matches!(b, b'{' | b'}' | b'[' | b']' | b'=' | b';' | b'\\' | b'_' | b'<' | b'$');
        let signs = text.bytes().filter(is_sign).count() as u32;
        Amount { words, stops, letters, digits, bars, signs, texts: 1 }
    }

    /// Measures a JSON string as written; a name is one word.
    pub(super) fn of_string(raw: &str) -> Self {
        if is_name(raw) {
            return Amount { words: 1, letters: raw.len() as u32, texts: 1, ..Amount::default() };
        }
        Amount::of(&shown(&json::unescape(raw)))
    }

    /// Returns the number of words when they read as sentences, not as code, addresses or names; otherwise 0.
    pub(super) fn prose(&self) -> u32 {
        let is_prose = self.stops * LONGEST_SENTENCE >= self.words
            && self.stops * SHORTEST_SENTENCE <= self.words
            && self.digits * 4 <= self.letters
            && self.bars * 12 <= self.words
            && self.signs * 30 <= self.letters
            && self.texts * SHORTEST_TEXT <= self.words;
        if is_prose { self.words } else { 0 }
    }
}

/// Letters of a paragraph that are looked for in another text: enough to be its own in any script. A teaser may be cut off,
/// and may begin with a place and date that the script leaves out.
pub(super) const SAMPLES: [Range<usize>; 2] = [0..24, 24..72];

/// Returns the share of the texts, by words, that stand in a folded text.
pub(super) fn share_within<'t>(texts: impl Iterator<Item = &'t str>, folded: &[u8]) -> f32 {
    let is_there = |text: &str| {
        SAMPLES.into_iter().any(|letters| {
            let sample: String = measure::fold(text).skip(letters.start).take(letters.len()).collect();
            !sample.is_empty() && memchr::memmem::find(folded, sample.as_bytes()).is_some()
        })
    };
    share(texts.map(|text| (Measure::of(text).words, is_there(text))))
}

/// Returns the share of the texts that are found, by words; of each text come its words, and whether it is.
pub(super) fn share(texts: impl Iterator<Item = (u32, bool)>) -> f32 {
    let (found, all) =
        texts.fold((0, 0), |(found, all), (words, is_found)| (found + words * u32::from(is_found), all + words));
    found as f32 / all.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_told_from_code_and_names() {
        for (texts, is_prose) in [
            (&["The council met on Monday. It agreed to close the bridge, a spokesman said."][..], true),
            (&["다리는 월요일에 열렸다고 시가 밝혔다.", "시는 오월까지 고친다고 말했다."], true),
            (&["大桥周一通车，市政府说。市民表示欢迎，因为等了两年。"], true),
            (&["أعلن المجلس إغلاق الجسر حتى يونيو. وقال المتحدث إن العمل بدأ."], true),
            (&["https://a.example/one/two.jpg?width=300", "https://a.example/one/three.jpg?width=300"], false),
            (&["2024-05-01T10:00:00.000Z", "2024-05-02T10:00:00.000Z"], false),
            (&["Home", "News", "Sport", "Weather"], false),
            (&[".a_b{color:red;margin:0 auto;}.c{width:10px;}.d{top:1.5em;}"], false),
        ] {
            let mut amount = Amount::default();
            texts.iter().for_each(|text| amount += Amount::of_string(text));
            assert_eq!(amount.prose() > 0, is_prose, "{texts:?}");
        }
    }

    #[test]
    fn markup_is_told_from_text() {
        for (text, markup, encoded) in [
            ("One.\nTwo.", false, false),
            ("<p>One.</p>", true, false),
            ("One.<BR/>Two.", true, false),
            ("The <b>bold</b> one, 1 < 2.", false, false),
            ("&lt;p&gt;One.&lt;/p&gt;", false, true),
            ("R&lt;D", false, false),
        ] {
            assert_eq!((is_markup(text), is_encoded_markup(text)), (markup, encoded), "{text}");
        }
    }

    #[test]
    fn tags_are_not_shown() {
        for (html, text) in [
            ("<p>One&nbsp;two.</p><p>3 < 4 <b>x</b></p>", " One two.  3 < 4 x "),
            ("cut <a href='", "cut "),
            ("plain", "plain"),
        ] {
            assert_eq!(shown(html), text);
        }
    }

    #[test]
    fn teasers_are_found_in_the_whole() {
        let mut whole = Vec::new();
        measure::fold_into("The council met on Monday and agreed to close the bridge. It opens in May.", &mut whole);
        for (teaser, share) in [
            ("The council met on Monday and agreed to …", 1.0),
            ("VELDEN, 3 May 2024 (VP) - The council met on Monday and agreed to close", 1.0),
            ("Something else was said on Tuesday by the mayor.", 0.0),
        ] {
            assert_eq!(share_within([teaser].into_iter(), &whole), share, "{teaser}");
        }
    }
}
