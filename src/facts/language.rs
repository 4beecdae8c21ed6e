//! The language: what the page states, unless the script or the small words of its text give away another.

use crate::article::Kept;
use crate::document::{Document, Fact, Source};
use crate::hash::GOLDEN;
use crate::letters;
use once_cell::sync::Lazy;

/// Small words that are frequent in one language and rare in the others of the list.
const SMALL_WORDS: &[(&str, &[&str])] = &[
    ("en", &["the", "and", "of", "that", "with", "was", "for", "his"]),
    ("de", &["der", "und", "nicht", "das", "ist", "mit", "auf", "ein"]),
    ("fr", &["les", "des", "est", "dans", "une", "pour", "qui", "sur"]),
    ("es", &["los", "las", "una", "por", "con", "del", "para", "como"]),
    ("pt", &["não", "uma", "com", "dos", "os", "mais", "foi", "ao"]),
    ("it", &["che", "della", "una", "sono", "nel", "gli", "più", "alla"]),
    ("nl", &["het", "een", "van", "niet", "zijn", "aan", "voor", "ook"]),
    ("pl", &["nie", "się", "jest", "na", "że", "przez", "od", "jak"]),
    ("tr", &["bir", "ve", "bu", "için", "ile", "olarak", "daha", "çok"]),
    ("id", &["yang", "dan", "dengan", "untuk", "dari", "ini", "pada", "tidak"]),
    ("sv", &["och", "att", "det", "som", "är", "inte", "till", "för"]),
    ("da", &["og", "det", "ikke", "til", "af", "er", "på", "blev"]),
];

/// Words that are looked at.
const MOST_WORDS: usize = 2000;
/// A language's small words must be at least this share of all, which is half of what running text has.
const FEWEST: f32 = 0.04;

/// Returns the language of the page as a code of ISO 639-1: what the page states, unless the text cannot be that.
pub(super) fn find(doc: &Document, kept: &[Kept]) -> Option<String> {
    let text = opening(kept);
    let stated = stated(doc);
    let share = Letters::of(&text);
    let script = if share.others_exceed(4) { by_script(&text) } else { None };
    if let Some(found) = script {
        // The page knows better which of the languages of a script it is.
        let fits = |stated: &String| script_of(stated) == script_of(found);
        return Some(stated.filter(fits).unwrap_or_else(|| found.to_owned()));
    }
    let is_latin = |stated: &str| script_of(stated) == Script::Latin;
    let counts = Counts::of(&text, stated.as_deref().filter(|stated| is_latin(stated)));
    let fits = |stated: &str| is_latin(stated) || counts.words < ENOUGH || has_other_letters(&text);
    match (stated, counts.best()) {
        (Some(stated), Some(best)) if !fits(&stated) || is_latin(&stated) && counts.refutes(&stated) => {
            Some(best.to_owned())
        }
        (Some(stated), None) if !fits(&stated) => None,
        (Some(stated), _) => Some(stated),
        (None, best) => best.map(str::to_owned),
    }
}

/// Rough counts that show of most pages, at the price of one look at each byte, that they are written in Latin letters.
struct Letters {
    /// Latin letters, until they are far more than the others.
    ascii: u32,
    /// Bytes that start a character behind all Latin letters of the first blocks.
    others: u32,
}

impl Letters {
    fn of(text: &str) -> Letters {
        let (mut ascii, mut others) = (0, 0);
        let chunks = || text.as_bytes().chunks(128);
        for chunk in chunks() {
            others += u32::from(chunk.iter().map(|&b| u8::from(b >= 0xcd)).sum::<u8>());
        }
        // Of the Latin letters those at the start are mostly enough.
        for chunk in chunks() {
            ascii += u32::from(chunk.iter().map(|b| u8::from(b.is_ascii_alphabetic())).sum::<u8>());
            if ascii > others * 10 {
                break;
            }
        }
        Letters { ascii, others }
    }

    /// Returns whether more than so many tenths of the letters that are looked at may be no Latin ones.
    fn others_exceed(&self, tenths: u32) -> bool {
        self.others * 10 > self.ascii.min(MOST_WORDS as u32 * 6) * tenths
    }
}

/// Returns the first paragraphs, which are enough.
fn opening(kept: &[Kept]) -> String {
    let mut text = String::with_capacity(24 << 10);
    for block in kept {
        text.push_str(&block.text);
        text.push('\n');
        if text.len() > 16 << 10 {
            break;
        }
    }
    text
}

/// Returns the language that the page states, as a code.
fn stated(doc: &Document) -> Option<String> {
    let about = &doc.about;
    let sources = [Source::Root, Source::Data, Source::Item, Source::Meta];
    sources.into_iter().find_map(|source| about.claims(Fact::Language, source).find_map(|claim| code(&claim.text)))
}

/// Codes and names that pages write for a language, and its code in ISO 639-1.
const OTHER_CODES: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("arabic", "ar"),
    ("ces", "cs"),
    ("chi", "zh"),
    ("chinese", "zh"),
    ("cn", "zh"),
    ("cz", "cs"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("deutsch", "de"),
    ("dut", "nl"),
    ("ell", "el"),
    ("eng", "en"),
    ("english", "en"),
    ("español", "es"),
    ("fas", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("français", "fr"),
    ("fre", "fr"),
    ("french", "fr"),
    ("ger", "de"),
    ("german", "de"),
    ("gr", "el"),
    ("gre", "el"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hun", "hu"),
    ("in", "id"),
    ("ind", "id"),
    ("italian", "it"),
    ("ita", "it"),
    ("iw", "he"),
    ("japanese", "ja"),
    ("jp", "ja"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("korean", "ko"),
    ("kr", "ko"),
    ("nld", "nl"),
    ("nor", "no"),
    ("per", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("portuguese", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("russian", "ru"),
    ("spa", "es"),
    ("spanish", "es"),
    ("swe", "sv"),
    ("tha", "th"),
    ("tur", "tr"),
    ("turkish", "tr"),
    ("ua", "uk"),
    ("ukr", "uk"),
    ("vie", "vi"),
    ("vn", "vi"),
    ("zho", "zh"),
];

/// Returns the code of ISO 639-1 in a language tag: `de-AT` is `de`, `eng` is `en`. Tags that have none keep their three
/// letters.
fn code(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_', ',', ';', ' ']).next()?.to_lowercase();
    if let Some(&(_, code)) = OTHER_CODES.iter().find(|&&(other, _)| other == first) {
        return Some(code.to_owned());
    }
    let is_code = matches!(first.len(), 2 | 3) && first.bytes().all(|b| b.is_ascii_lowercase());
    (is_code && !matches!(first.as_str(), "und" | "mul" | "zxx" | "xx")).then_some(first)
}

/// A script, or several that one language is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Arabic,
    Cyrillic,
    Devanagari,
    Han,
    /// One that a single language of news pages is written in.
    Own(&'static str),
}

/// Languages that are not written in Latin letters, by script.
const SCRIPTS: &[(Script, &[&str])] = &[
    (Script::Arabic, &["ar", "fa", "ur", "ps", "ckb", "sd", "ug", "arz"]),
    (Script::Cyrillic, &["ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "ba", "cv", "os"]),
    (Script::Devanagari, &["hi", "mr", "ne", "sa", "mai", "bho"]),
    (Script::Han, &["zh", "yue"]),
];

/// Languages with a script of their own, and the characters that tell it.
const OWN: &[(&str, char, char)] = &[
    ("ko", '\u{ac00}', '\u{d7a3}'),
    ("ja", '\u{3040}', '\u{30ff}'),
    ("th", '\u{e00}', '\u{e7f}'),
    ("el", '\u{370}', '\u{3ff}'),
    ("he", '\u{590}', '\u{5ff}'),
    ("bn", '\u{980}', '\u{9ff}'),
    ("pa", '\u{a00}', '\u{a7f}'),
    ("gu", '\u{a80}', '\u{aff}'),
    ("or", '\u{b00}', '\u{b7f}'),
    ("ta", '\u{b80}', '\u{bff}'),
    ("te", '\u{c00}', '\u{c7f}'),
    ("kn", '\u{c80}', '\u{cff}'),
    ("ml", '\u{d00}', '\u{d7f}'),
    ("si", '\u{d80}', '\u{dff}'),
    ("lo", '\u{e80}', '\u{eff}'),
    ("bo", '\u{f00}', '\u{fff}'),
    ("my", '\u{1000}', '\u{109f}'),
    ("ka", '\u{10a0}', '\u{10ff}'),
    ("am", '\u{1200}', '\u{137f}'),
    ("km", '\u{1780}', '\u{17ff}'),
    ("hy", '\u{530}', '\u{58f}'),
];

fn script_of(language: &str) -> Script {
    let own = OWN.iter().find(|&&(own, ..)| own == language).map(|&(own, ..)| Script::Own(own));
    let shared = || SCRIPTS.iter().find(|(_, languages)| languages.contains(&language)).map(|&(script, _)| script);
    own.or_else(shared).unwrap_or(Script::Latin)
}

/// Returns the language that a text's script gives away, when most letters are of a script other than Latin.
fn by_script(text: &str) -> Option<&'static str> {
    let mut own = [0u32; OWN.len()];
    let (mut letters, mut han, mut arabic, mut cyrillic, mut devanagari) = (0u32, 0, 0, 0, 0);
    let mut tells = [0u32; TELLING.len()];
    for ch in text.chars().filter(|&c| letters::is_alphabetic(c)).take(MOST_WORDS * 6) {
        letters += 1;
        match ch {
            ..'\u{370}' | '\u{1e00}'..='\u{1fff}' => continue,
            '\u{3400}'..='\u{9fff}' => han += 1,
            '\u{600}'..='\u{6ff}' => arabic += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            '\u{900}'..='\u{97f}' => devanagari += 1,
            _ => {
                if let Some(at) = OWN.iter().position(|&(_, first, last)| (first..=last).contains(&ch)) {
                    own[at] += 1;
                }
                continue;
            }
        }
        if TELLS[ch as usize / 64 % TELLS.len()] >> (ch as u32 % 64) & 1 == 0 {
            continue;
        }
        for (count, (_, _, marks)) in tells.iter_mut().zip(TELLING) {
            *count += u32::from(marks.contains(ch));
        }
    }
    let most = |count: u32, tenths: u32| count * 10 > letters * tenths;
    let told = |of: &str, count: u32, else_: &'static str| {
        let mut rows = tells.iter().zip(TELLING).filter(|(_, row)| row.0 == of);
        rows.find(|(found, _)| **found * 40 > count).map_or(else_, |(_, row)| row.1)
    };
    let kana = own[1];
    match () {
        () if letters == 0 => None,
        // Japanese mixes kana with Han; Chinese has none.
        () if most(kana + han, 4) && kana + han > own[0] => Some(if kana * 10 > han { "ja" } else { "zh" }),
        () if most(arabic, 5) => Some(told("arabic", arabic, "ar")),
        () if most(cyrillic, 5) => Some(told("cyrillic", cyrillic, "ru")),
        () if most(devanagari, 5) => Some("hi"),
        () => (0..OWN.len()).find(|&at| most(own[at], 4)).map(|at| OWN[at].0),
    }
}

/// Bits by the lowest bits of a letter: whether it may tell languages apart.
static TELLS: Lazy<[u64; 64]> = Lazy::new(|| {
    let mut bits = [0; 64];
    for ch in TELLING.iter().flat_map(|(_, _, marks)| marks.chars()) {
        bits[ch as usize / 64 % 64] |= 1 << (ch as u32 % 64);
    }
    bits
});

/// Letters that one language of a script has and its larger neighbour has not, when they are a fortieth of all.
const TELLING: &[(&str, &str, &str)] = &[
    ("arabic", "ur", "ٹڈڑےںہھ"),
    ("arabic", "ps", "ټډړښڅځ"),
    ("arabic", "fa", "پچژگ"),
    ("cyrillic", "be", "ў"),
    ("cyrillic", "kk", "әғқңөұүһ"),
    ("cyrillic", "sr", "ђћљњџ"),
    ("cyrillic", "uk", "іїєґ"),
];

/// Returns whether a twentieth of the letters are no Latin ones: what is quoted, or written beside code.
fn has_other_letters(text: &str) -> bool {
    let letters = text.chars().filter(|&c| letters::is_alphabetic(c));
    let (mut all, mut other) = (0, 0);
    for ch in letters.take(MOST_WORDS * 6) {
        all += 1;
        other += usize::from(ch >= '\u{370}' && !('\u{1e00}'..='\u{1fff}').contains(&ch));
    }
    other * 20 > all
}

/// Words that are enough to say that a text is not what it is stated to be.
const ENOUGH: u32 = 60;

/// Words after which the best by far is the language, unless another is stated. Set by hand.
const SURE: u32 = 200;

/// Bytes of the longest small word.
const LONGEST_SMALL_WORD: usize = 8;

/// An open-addressed table of the small words, by their bytes, and the languages that have each, as bits.
static LANGUAGES_OF: Lazy<[(u64, u32); SLOTS]> = Lazy::new(|| {
    let mut table = [(0, 0); SLOTS];
    for (i, (_, words)) in SMALL_WORDS.iter().enumerate() {
        for word in *words {
            let word = pack(word.as_bytes());
            let slot = slot(&table, word);
            table[slot] = (word, table[slot].1 | 1 << i);
        }
    }
    table
});

/// Several times as many slots as there are small words.
const SLOTS: usize = 512;

/// Returns the slot of a word, or the empty one where it may go.
fn slot(table: &[(u64, u32); SLOTS], word: u64) -> usize {
    let mut at = (word.wrapping_mul(GOLDEN) >> 48) as usize % SLOTS;
    while table[at].0 != 0 && table[at].0 != word {
        at = (at + 1) % SLOTS;
    }
    at
}

/// Returns up to eight bytes as a number, and 0 for longer words, which no small word is.
fn pack(word: &[u8]) -> u64 {
    if word.len() > LONGEST_SMALL_WORD { 0 } else { letters::load(word) }
}

/// Does the same for the small letters of a short word.
fn pack_small(word: &str) -> u64 {
    // The small form of a letter is one, but for `İ`, and takes no more than a byte more.
    let mut small = [0; 2 * LONGEST_SMALL_WORD];
    let mut len = 0;
    for ch in word.chars() {
        if ch == 'İ' {
            return pack(word.to_lowercase().as_bytes());
        }
        len += letters::to_small(ch).encode_utf8(&mut small[len..]).len();
    }
    pack(&small[..len])
}

/// How often the small words of each language occur.
struct Counts {
    hits: [u32; SMALL_WORDS.len()],
    words: u32,
}

impl Counts {
    /// Counts until it is certain that the text does not refute `stated`.
    fn of(text: &str, stated: Option<&str>) -> Counts {
        let mut counts = Counts { hits: [0; SMALL_WORDS.len()], words: 0 };
        let own = stated.map(|stated| SMALL_WORDS.iter().position(|&(of, _)| of == stated));
        if own == Some(None) {
            return counts;
        }
        let own = own.flatten();
        let languages_of = &*LANGUAGES_OF;
        let mut at = 0;
        while (counts.words as usize) < MOST_WORDS
            && let Some((word, end)) = next_word(text, at)
        {
            at = end;
            counts.words += 1;
            let languages = languages_of[slot(languages_of, word)].1;
            if languages == 0 {
                continue;
            }
            let mut rest = languages;
            while rest != 0 {
                counts.hits[rest.trailing_zeros() as usize] += 1;
                rest &= rest - 1;
            }
            let own = own.map(|own| counts.hits[own]);
            let most = counts.hits.iter().copied().max().unwrap_or(0);
            // What so many words are written in, the rest is too; or it is a quotation.
            if counts.words >= SURE && own.is_none_or(|own| own == most) && counts.best().is_some() {
                break;
            }
            let left = || (MOST_WORDS - counts.words as usize).min((text.len() - at) / 2 + 1) as u32;
            if own.is_some_and(|own| own * 4 >= most + left()) {
                break;
            }
        }
        counts
    }

    /// Returns the language whose small words are frequent, and half as frequent again as those of any other.
    fn best(&self) -> Option<&'static str> {
        let hits = &self.hits;
        let best = (0..hits.len()).max_by_key(|&i| hits[i])?;
        let second = (0..hits.len()).filter(|&i| i != best).map(|i| hits[i]).max()?;
        let is_clear =
            hits[best] as f32 >= FEWEST * self.words as f32 && hits[best] >= 3 && hits[best] * 2 >= second * 3;
        is_clear.then_some(SMALL_WORDS[best].0)
    }

    /// Returns whether a text of that language would have more of its small words, against those of the best.
    fn refutes(&self, language: &str) -> bool {
        let Some(own) = SMALL_WORDS.iter().position(|&(of, _)| of == language) else { return false };
        let most = self.hits.iter().copied().max().unwrap_or(0);
        self.words >= ENOUGH && self.hits[own] * 4 < most
    }
}

/// Returns the next word from an offset on, in small letters and as [`pack`] gives it, and where it ends.
fn next_word(text: &str, mut at: usize) -> Option<(u64, usize)> {
    let bytes = text.as_bytes();
    while !bytes.get(at)?.is_ascii_alphabetic() {
        if bytes[at].is_ascii() {
            at += 1;
            continue;
        }
        let ch = text[at..].chars().next()?;
        if letters::is_alphabetic(ch) {
            break;
        }
        at += ch.len_utf8();
    }
    let start = at;
    let letters::Letters { letters: packed, mut len, .. } = letters::run(&bytes[at..]);
    at += len;
    while len == LONGEST_SMALL_WORD {
        len = letters::run(&bytes[at..]).len;
        at += len;
    }
    if bytes.get(at).is_none_or(u8::is_ascii) {
        return Some((if at - start > LONGEST_SMALL_WORD { 0 } else { packed }, at));
    }
    let rest = &text[start..];
    let word = &rest[..rest.find(|c| !letters::is_alphabetic(c)).unwrap_or(rest.len())];
    Some((if word.len() > LONGEST_SMALL_WORD { 0 } else { pack_small(word) }, start + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<&'static str> {
        by_script(text).or_else(|| Counts::of(text, None).best())
    }

    #[test]
    fn scripts_and_small_words_tell() {
        for (text, language) in [
            ("다리는 월요일에 열렸다고 시가 밝혔다.", Some("ko")),
            ("橋は月曜日に開通した、と市は発表した。", Some("ja")),
            ("本报讯，大桥周一通车，市民欢迎。", Some("zh")),
            ("أعلن المجلس إغلاق الجسر القديم.", Some("ar")),
            ("Мост закрыт до июня, сообщил совет.", Some("ru")),
            ("Міст закрито до червня, повідомила міська рада.", Some("uk")),
            ("The bridge was closed for the day, and the town said that it was safe.", Some("en")),
            ("Die Brücke ist zu, und der Rat will das nicht ändern: mit Recht.", Some("de")),
            ("ہم نے کہا کہ پل بند ہے اور شہر میں پانی نہیں ہے", Some("ur")),
            ("شهر اعلام کرد که پل قدیمی در ماه گذشته بسته شد", Some("fa")),
            ("Мост је затворен до јуна, саопштило је веће. Људи ће ићи пешке.", Some("sr")),
            ("पुल सोमवार को खुला।", Some("hi")),
            ("সেতুটি সোমবার খুলেছে।", Some("bn")),
            ("สะพานเปิดเมื่อวันจันทร์", Some("th")),
            ("Η γέφυρα άνοιξε τη Δευτέρα.", Some("el")),
            ("12 34", None),
            ("Velden Aune", None),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }

    #[test]
    fn tags_become_codes() {
        for (tag, expect) in [
            ("de-AT", Some("de")),
            ("en_US", Some("en")),
            ("ENG", Some("en")),
            ("Deutsch", Some("de")),
            ("jp", Some("ja")),
            ("fil", Some("fil")),
            ("zh-Hant-TW", Some("zh")),
            ("und", None),
            ("", None),
            ("{{lang}}", None),
        ] {
            assert_eq!(code(tag).as_deref(), expect, "{tag}");
        }
    }

    #[test]
    fn the_text_overrides_what_it_cannot_be() {
        let english = "The bridge was closed for the day, and the town said that it was safe for all of those who \
                       had to cross it with a bicycle. ";
        for (stated, text, expect) in [
            ("de-CH", "Velden Aune.".to_owned(), Some("de")),
            ("en-US", "다리는 월요일에 열렸다고 시가 밝혔다.".to_owned(), Some("ko")),
            ("bg", "Мостът е затворен до юни, съобщи общината.".to_owned(), Some("bg")),
            ("ko", english.repeat(4), Some("en")),
            ("de", english.repeat(4), Some("en")),
            ("cy", english.repeat(4), Some("cy")),
            ("", english.to_owned(), Some("en")),
        ] {
            let page = format!("<html lang={stated:?}><h1>1</h1><p>{text}</p>");
            let pipeline = crate::Pipeline::default();
            assert_eq!(pipeline.clean(crate::Page::html(&page)).language(), expect, "{stated} {text}");
        }
    }
}
