//! Names captions: they are part of the article, not of its body.
//!
//! # What it strips
//!
//! Nothing when captions are asked for; otherwise text in `<figcaption>`, in elements whose class says caption, the second
//! copy of a text whose first was an image's alternative text, and lines that end in an agency's credit.
//!
//! # Why it is boilerplate
//!
//! A caption interrupts the text it stands in, and repeats what the picture shows.
//!
//! # What it must keep
//!
//! Paragraphs that mention a photo or an agency.

use super::prelude::*;
use super::repeated_caption::copy_after;
use aho_corasick::AhoCorasick;
use once_cell::sync::Lazy;
use regex::Regex;

/// The rule `caption`.
pub(super) struct Caption;

static META: Meta = Meta::new("caption", Category::Caption, "Captions of pictures")
    .names(&[
        "caption",
        "captions",
        "wp-caption",
        "photo-caption",
        "image-caption",
        "img-caption",
        "figcaption",
        "cutline",
        "picture-caption",
        "bildunterschrift",
        "legende",
        "didascalia",
        "image-desc",
        "img-desc",
        "photo-desc",
        "txt-caption",
    ])
    .examples(&[
        Example::Html(
            "<p>The bridge opened.</p><figure><img src=a.jpg><figcaption>⟦The bridge at dawn.⟧</figcaption></figure>",
        ),
        Example::Html(
            "<p>The bridge opened.</p><div class=photo-caption>⟦The bridge at dawn⟧</div><p>It was cold.</p>",
        ),
        Example::Text(
            "⟦The harbour at Velden / Courtesy of Ida Moss⟧\n\nThe harbour froze in January, for the first time.",
        ),
        Example::Text("⟦새로 놓인 다리 전경. 벨덴시 제공⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text("She gave the photo to Reuters, which printed it at once, a day before the vote."),
    ]);

/// Credits at the end of a line, after a stop, slash, bracket or dash.
static CREDIT: Lazy<Regex> = Lazy::new(|| {
    Regex::new(concat!(
        r"(?x)(?: [./|(\[（―—–-] \s* (?:",
        r"(?:Photo|Foto|Image|Bild|Picture|Credit|Fotografía|Crédito|Photograph|Zdjęcie|Фото)\s*(?:by|:|/|credit|von|de|di|-)",
        r"|(?:Fot\.|Foto:|Photo:|Bild:|©)\s*",
        r"|(?:Courtesy|courtesy)\s+(?:of|photo)",
        r"|(?:AP|AFP|EPA|Reuters|REUTERS|Getty|dpa|DPA|ANSA|EFE|Xinhua|PA|TASS|ТАСС|РИА|Yonhap|AP-Yonhap|UPI|ANP|NTB|APA|Keystone)\b[^.]{0,40}",
        r"|[^.]{1,24}(?:提供|撮影|摄|攝|제공)",
        r") [^.!?。]{0,60} [)\]）]? $)",
        r"| [（(｜|][^（(]{0,24}[摄攝撮影][）)]? $ | ＝[^。]{1,12}(?:提供|撮影) $",
        r"| (?: ^|[.\s]) [\p{L}\s/=·]{1,24} (?:\ 제공|=연합뉴스|\ file(?:\ photo)?|資料照|资料图) [\])）]? $",
    ))
    .expect("a constant pattern")
});

/// What every credit but “file” holds: a text without any of these need not be held against [`CREDIT`]. The first stand behind a mark.
static CREDIT_WORDS: Lazy<AhoCorasick> = Lazy::new(|| {
    AhoCorasick::new([
        "Photo",
        "Foto",
        "Image",
        "Bild",
        "Picture",
        "Credit",
        "Fotografía",
        "Crédito",
        "Zdjęcie",
        "Фото",
        "Fot.",
        "©",
        "ourtesy",
        "AP",
        "AFP",
        "EPA",
        "Reuters",
        "REUTERS",
        "Getty",
        "dpa",
        "DPA",
        "ANSA",
        "EFE",
        "Xinhua",
        "PA",
        "TASS",
        "ТАСС",
        "РИА",
        "Yonhap",
        "UPI",
        "ANP",
        "NTB",
        "Keystone",
        "提供",
        "撮",
        "影",
        "摄",
        "攝",
        "제공",
        "연합뉴스",
        "資料照",
        "资料图",
    ])
    .expect("a constant list")
});

/// Number of the first of [`CREDIT_WORDS`] that need not stand behind a mark.
const FREE: usize = 33;

/// Returns whether a text holds a word of a credit where one may stand. What this turns away [`CREDIT`] does not match.
fn may_hold_credit(text: &str) -> bool {
    let bare = text.strip_suffix([')', ']', '）']).unwrap_or(text);
    if bare.ends_with(" file") || bare.ends_with(" file photo") {
        return true;
    }
    // Without a way out of the loop it looks at many bytes at once.
    let is_mark = |b: u8| matches!(b, b'.' | b'/' | b'|' | b'(' | b'[' | b'-') | !b.is_ascii();
    if !text.bytes().fold(false, |any, b| any | is_mark(b)) {
        return false;
    }
    CREDIT_WORDS.find_iter(text).any(|word| {
        let before = &text[..word.start()];
        match &text[word.range()] {
            _ if word.pattern().as_usize() >= FREE => true,
            "ourtesy" => before.strip_suffix(['C', 'c']).is_some_and(ends_in_mark),
            _ => ends_in_mark(before),
        }
    })
}

fn ends_in_mark(text: &str) -> bool {
    text.trim_end().ends_with(['.', '/', '|', '(', '[', '（', '―', '—', '–', '-'])
}

/// Longest text that is a caption without standing in a caption's element.
const MOST_WORDS: u32 = 80;

impl Rule for Caption {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for hit in doc.hits(&META) {
            if hit.holds_body {
                continue;
            }
            for i in hit.blocks.clone() {
                if doc.blocks()[i].words() <= MOST_WORDS {
                    out.part(doc, i, Role::Caption, crate::finding::reason_of(hit));
                }
            }
        }
        for (i, block) in doc.blocks().iter().enumerate() {
            if block.kind == BlockKind::Caption || block.is(Setting::FIGCAPTION) {
                out.part(doc, i, Role::Caption, "stands in a caption element");
            } else if doc.regime() != Regime::Markup && i > 0 && follows_its_copy(doc, i) {
                out.part(doc, i, Role::Caption, "its alternative text stands before it");
            } else if block.words() <= MOST_WORDS
                && !block.measure.ending.ends_sentence()
                && may_hold_credit(doc.text(block))
                && CREDIT.is_match(doc.text(block))
            {
                out.part(doc, i, Role::Caption, "ends in a credit");
            }
        }
    }
}

fn follows_its_copy(doc: &Document, i: usize) -> bool {
    (i.saturating_sub(4)..i).any(|before| {
        copy_after(doc, before) == Some(i) && !doc.blocks()[before + 1..i].iter().any(|between| between.is_prose(4))
    })
}
