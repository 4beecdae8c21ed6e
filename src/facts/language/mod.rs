//! The language: what the page states, unless the script or the small words of its text give away another.

mod codes;
mod script;
mod small_words;

use crate::article::Kept;
use crate::document::{Document, Fact, Source};
use codes::code;
use script::{Letters, Script, by_script, has_other_letters, script_of};
use small_words::{Counts, ENOUGH};

/// Words that are looked at.
const MOST_WORDS: usize = 2000;

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
