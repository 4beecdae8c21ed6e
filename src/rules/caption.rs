//! Names captions: they are part of the article, not of its body.
//!
//! # What it strips
//!
//! Nothing when captions are asked for; otherwise text in `<figcaption>`, in elements whose class says caption, the second
//! copy of a text whose first was an image's alternative text, and lines that end in a credit: an agency's, a
//! photographer's, or one in brackets.
//!
//! # Why it is boilerplate
//!
//! A caption interrupts the text it stands in, and repeats what the picture shows.
//!
//! # What it must keep
//!
//! Paragraphs that mention a photo or an agency, or end in an agency's name in brackets; photo stories, whose captions are
//! all their text.

use super::prelude::*;
use super::repeated_caption::copies_after;
use crate::Block;
use crate::measure::{Ending, Measure};

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
        Example::Text("⟦開通した橋を渡る路面電車＝共同⟧\n\n橋は五月に開通したと町は月曜日に発表した。"),
        Example::Text(
            "⟦Die Mühle von Aune im Abendlicht. Foto: P. Hald⟧\n\nSie brannte 1911 ab. (dpa)\n\n⟦Die neue Brücke (Foto: \
             Velden-Bild)⟧\n\nDie Brücke ist seit Montag offen, zwei Jahre später als geplant.",
        ),
        Example::Text("⟦夜市的碗可以租借。（圖／記者林芷喬攝）⟧\n\n市府表示，碗在星期一開始租借。"),
        Example::Text("⟦傍晚的菜场。记者 陆一舟 摄⟧\n\n市里说，菜场将于五月重新开放。"),
        Example::Text(
            "五月十九日，渡轮在月牙岛靠岸。本报记者 陆一舟 摄\n\n五月十九日，乘客在甲板上看海鸥。本报记者 陆一舟 摄\n\n五月十九日，船员在码头\
             收起缆绳。本报记者 陆一舟 摄",
        ),
        Example::Text("She gave the photo to Reuters, which printed it at once, a day before the vote."),
    ]);

/// Words of a credit behind a stop, slash, bracket or dash: those that need one behind them, and agencies.
const PICTURES: &[&str] =
    &["Photo", "Foto", "Image", "Bild", "Picture", "Credit", "Fotografía", "Crédito", "Photograph", "Zdjęcie", "Фото"];
const BY: &[&str] = &["by", ":", "/", "credit", "von", "de", "di", "-"];
const SIGNS: &[&str] = &["Fot.", "Foto:", "Photo:", "Bild:", "©"];
const AGENCIES: &[&str] = &[
    "AP", "AFP", "EPA", "Reuters", "REUTERS", "Getty", "dpa", "DPA", "ANSA", "EFE", "Xinhua", "PA", "TASS", "ТАСС",
    "РИА", "Yonhap", "UPI", "ANP", "NTB", "APA", "Keystone",
];
/// What stands before a name in a bracket.
const BRACKETED: &[&str] = &[
    "Photo",
    "photo",
    "Foto",
    "foto",
    "Image",
    "image",
    "Bild",
    "Picture",
    "picture",
    "Pic",
    "Credit",
    "Symbolbild",
    "Symbolfoto",
    "Archivbild",
    "Archivfoto",
    "Fotoğraf",
    "Фото",
    "фото",
    "Zdjęcie",
    "Fot",
    "Kuva",
    "Valokuva",
    "사진",
    "写真",
    "圖",
    "图",
    "تصوير",
    "صورة",
];
/// "Provided by", "photographed by", which stand behind the name.
const GIVEN: &[&str] = &["提供", "撮影", "摄", "攝", "제공"];

/// Agencies behind a `＝`, as Japanese papers write them.
const SERVICES: &[&str] = &[
    "ロイター",
    "共同",
    "時事",
    "ＡＰ",
    "ＡＦＰ時事",
    "AFP時事",
    "AP時事",
    "ロイター時事",
    "ロイター共同",
    "ＡＰ共同",
    "AP共同",
    "ゲッティ",
    "ゲッティ共同",
    "新華社",
    "聯合ニュース",
    "タス通信",
    "ＵＰＩ",
    "ＡＮＮ",
];

/// Characters behind the words of a credit, of an agency's name, and of a giver's.
const TAIL: usize = 60;
const SERVICE: usize = 40;
const GIVER: usize = 24;

/// Returns whether a text ends in a credit.
fn ends_in_credit(text: &str, measure: &Measure) -> bool {
    let bytes = text.as_bytes();
    // Dots and slashes have been counted; of the wide marks the first byte tells.
    let has_mark = measure.stops + measure.bars > 0
        || memchr::memchr3(b'(', b'[', b'-', bytes).is_some()
        || memchr::memchr2(0xe2, 0xef, bytes).is_some();
    let is_mark = |&(_, b): &(usize, u8)| matches!(b, b'.' | b'/' | b'|' | b'(' | b'[' | b'-' | 0xe2 | 0xef);
    for (at, b) in bytes.iter().copied().enumerate().filter(is_mark).take(if has_mark { usize::MAX } else { 0 }) {
        let behind = match b {
            0..=0x7f => at + 1,
            _ if text[at..].starts_with(WIDE_MARKS) => at + 3,
            _ => continue,
        };
        if is_credit(&text[behind..]) {
            return true;
        }
    }
    match text.strip_suffix([']', ')', '）']).unwrap_or(text).as_bytes() {
        [.., b'e' | b'o'] => ends_in_file(text),
        [.., last] if !last.is_ascii() => ends_in_file(text) || ends_in_photographer(text),
        _ => false,
    }
}

const WIDE_MARKS: [char; 4] = ['（', '―', '—', '–'];

/// Returns whether a text, which stands behind a mark, is a credit.
fn is_credit(text: &str) -> bool {
    let credit = text.trim_start();
    if text.len() > 4 * (TAIL + SERVICE + GIVER) + (text.len() - credit.len()) {
        return false;
    }
    let starts = |words: &[&str], is_rest: &dyn Fn(&str) -> bool| {
        words.iter().any(|word| credit.strip_prefix(word).is_some_and(is_rest))
    };
    let is_by = |rest: &str| BY.iter().any(|by| rest.trim_start().strip_prefix(by).is_some_and(is_tail));
    let is_of = |rest: &str| {
        let of = rest.trim_start();
        of.len() < rest.len() && ["of", "photo"].iter().any(|word| of.strip_prefix(word).is_some_and(is_tail))
    };
    match credit.as_bytes() {
        [b'P' | b'F' | b'I' | b'B' | b'C' | b'Z' | 0xd0 | 0xc2 | b'c', ..]
            if starts(PICTURES, &is_by)
                || starts(SIGNS, &|rest| is_tail(rest.trim_start()))
                || starts(&["Courtesy", "courtesy"], &is_of) =>
        {
            true
        }
        [b'A' | b'E' | b'R' | b'G' | b'd' | b'D' | b'X' | b'P' | b'T' | b'Y' | b'U' | b'N' | b'K' | 0xd0, ..]
            if starts(AGENCIES, &is_service) =>
        {
            true
        }
        _ => !text.is_ascii() && GIVEN.iter().any(|given| is_given(text, given)),
    }
}

/// Returns whether a text is short enough to end a credit, and no sentence; a bracket may close behind it.
fn is_tail(text: &str) -> bool {
    let text = text.strip_suffix([')', ']', '）']).unwrap_or(text);
    text.chars().take(TAIL + 1).count() <= TAIL && !ends_within(text)
}

/// Returns whether a sentence ends in a text; the dots of initials end none.
fn ends_within(text: &str) -> bool {
    let is_initial = |name: &str| {
        let mut before = name.chars().rev();
        before.next().is_some_and(char::is_uppercase) && before.next().is_none_or(|ch| !ch.is_alphanumeric())
    };
    text.char_indices().any(|(at, ch)| matches!(ch, '!' | '?' | '。') || ch == '.' && !is_initial(&text[..at]))
}

/// Returns whether a text ends in a bracket that says whose picture it is. An agency alone there may be the article's.
fn ends_in_bracketed_credit(text: &str) -> bool {
    let Some(bare) = text.trim_end().strip_suffix([')', '）', ']']) else { return false };
    let Some(open) = bare.rfind(['(', '（', '[']) else { return false };
    let credit = bare[open..].trim_start_matches(['(', '（', '[']).trim_start();
    if !is_tail(credit) {
        return false;
    }
    let is_behind = |rest: &str| rest.starts_with([':', '：', '/', '／', '=']) || rest.trim_start().starts_with("by ");
    BRACKETED.iter().any(|word| credit.strip_prefix(word).is_some_and(is_behind))
        || credit.ends_with(['摄', '攝']) && credit.chars().count() <= GIVER
}

/// Returns whether what follows an agency's name ends a credit.
fn is_service(text: &str) -> bool {
    if text.starts_with(|ch: char| ch.is_alphanumeric() || ch == '_') || text.contains('.') {
        return false;
    }
    is_tail(&text[text.char_indices().nth(SERVICE).map_or(text.len(), |(at, _)| at)..])
}

/// Returns whether a name, the word behind it and little more make the text.
fn is_given(text: &str, given: &str) -> bool {
    text.match_indices(given).any(|(at, _)| {
        let giver = &text[..at];
        let length = giver.trim_start().chars().take(GIVER + 1).count();
        at > 0 && length <= GIVER && !giver.contains('.') && is_tail(&text[at + given.len()..])
    })
}

/// Returns whether a text ends like `（山田撮影）`, `＝市提供` or `＝共同`.
fn ends_in_photographer(text: &str) -> bool {
    let bare = text.strip_suffix(['）', ')']).unwrap_or(text);
    let is_in_bracket = bare
        .strip_suffix(['摄', '攝', '撮', '影'])
        .is_some_and(|name| name.chars().rev().take(GIVER + 1).any(|ch| matches!(ch, '（' | '(' | '｜' | '|')));
    let is_behind_stop = text.strip_suffix(['摄', '攝']).is_some_and(|name| {
        let mut before = name.chars().rev().take(GIVER);
        before.next().is_some_and(|ch| ch != '。') && before.any(|ch| ch == '。')
    });
    let given = text.strip_suffix("提供").or_else(|| text.strip_suffix("撮影"));
    let is_behind_sign = given.is_some_and(|giver| {
        let mut name = giver.chars().rev().take(13).take_while(|&ch| ch != '。').skip(1);
        !giver.ends_with('。') && name.any(|ch| ch == '＝')
    });
    let is_service = text.rsplit_once(['＝', '=']).is_some_and(|(_, service)| SERVICES.contains(&service));
    is_in_bracket || is_behind_stop || is_behind_sign || is_service
}

/// Returns whether a text ends with a short name and "file", or its kin in other languages.
fn ends_in_file(text: &str) -> bool {
    let bare = text.strip_suffix([']', ')', '）']).unwrap_or(text);
    [" 제공", "=연합뉴스", " file", " file photo", "資料照", "资料图"].iter().any(|file| {
        let Some(name) = bare.strip_suffix(file) else { return false };
        let mut before = name.chars().rev();
        let is_of_name = |ch: char| ch.is_alphabetic() || ch.is_whitespace() || matches!(ch, '/' | '=' | '·');
        if !before.next().is_some_and(is_of_name) {
            return false;
        }
        for (length, ch) in (1..).zip(before) {
            if ch == '.' || ch.is_whitespace() {
                return true;
            }
            if length == GIVER || !is_of_name(ch) {
                return false;
            }
        }
        true
    })
}

/// Longest text that is a caption without standing in a caption's element.
const MOST_WORDS: u32 = 80;

/// Captions that make a photo story. Set by hand.
const STORY: usize = 3;

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
        let copies = if doc.regime() == Regime::Markup { Vec::new() } else { copies_after(doc) };
        let ends_in_credit = |block: &Block| {
            block.words() <= MOST_WORDS
                && match block.measure.ending {
                    Ending::Quote => ends_in_bracketed_credit(doc.text(block)),
                    ending => !ending.ends_sentence() && ends_in_credit(doc.text(block), &block.measure),
                }
        };
        let mut credited = Vec::new();
        for (i, block) in doc.blocks().iter().enumerate() {
            if block.kind == BlockKind::Caption || block.is(Setting::FIGCAPTION) {
                out.part(doc, i, Role::Caption, "stands in a caption element");
            } else if doc.regime() != Regime::Markup && follows_its_copy(doc, &copies, i) {
                out.part(doc, i, Role::Caption, "its alternative text stands before it");
            } else if ends_in_credit(block) {
                credited.push(i);
            }
        }
        // A page that has several, and more of them than of sentences, is a photo story, and they are its body.
        let words: u32 = credited.iter().map(|&i| doc.blocks()[i].words()).sum();
        let is_story = credited.len() >= STORY && words > doc.prose_in(0..doc.blocks().len());
        for i in credited {
            if is_story {
                out.keep(doc, i, "a caption of a photo story");
            } else {
                out.part(doc, i, Role::Caption, "ends in a credit");
            }
        }
    }
}

fn follows_its_copy(doc: &Document, copies: &[Option<usize>], i: usize) -> bool {
    (i.saturating_sub(4)..i).any(|before| {
        copies[before] == Some(i) && !doc.blocks()[before + 1..i].iter().any(|between| between.is_prose(4))
    })
}
