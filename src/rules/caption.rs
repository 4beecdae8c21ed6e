//! Names captions: they are part of the article, not of its body.
//!
//! # What it strips
//!
//! Nothing when captions are asked for; otherwise text in `<figcaption>`, in elements whose class says caption, the second
//! copy of a text whose first was an image's alternative text, lines that end in a credit: an agency's, a
//! photographer's, or one in brackets; lines that start with a caption's label, as broadcasters write it for screen readers; and
//! paragraphs that say who stands on which side of the picture.
//!
//! # Why it is boilerplate
//!
//! A caption interrupts the text it stands in, and repeats what the picture shows.
//!
//! # What it must keep
//!
//! Paragraphs that mention a photo or an agency, or end in an agency's name in brackets; photo stories, whose captions are
//! all their text; the paragraphs in caption elements of a story that is told picture by picture.

use super::byline::is_personal;
use super::photo_credit;
use super::prelude::*;
use super::repeated_caption::copies_after;
use super::sides;
use crate::document::Block;
use crate::measure::Ending;

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
    .phrases(include_str!("data/caption.txt"))
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
        Example::Text(
            "⟦A wheel in blue on the desk of the depot (Image credit: Post)⟧\n\nThe depot will open in May, the town said on \
             Monday.\n\n⟦Une roue bleue sur la table du dépôt (Crédit photo : Ida Moss)⟧\n\nIt was closed for two years, and to its \
             credit: nobody had noticed.",
        ),
        Example::Text("⟦Депо построили в 1911 году. Фото Р. Осокина⟧\n\nДепо откроют в мае, сообщила администрация."),
        Example::Text("⟦夜市的碗可以租借。（圖／記者林芷喬攝）⟧\n\n市府表示，碗在星期一開始租借。"),
        Example::Text("⟦傍晚的菜场挂起了灯笼。/图：陆一舟⟧\n\n市里说，菜场将于五月重新开放。"),
        Example::Text("⟦傍晚的菜场。记者 陆一舟 摄⟧\n\n市里说，菜场将于五月重新开放。"),
        Example::Text(
            "渡轮周一起停航。\n\n五月十九日，渡轮在月牙岛靠岸。本报记者 陆一舟 摄\n\n五月十九日，乘客在甲板上看海鸥。本报记者 陆一舟 摄\n\n五月十九日，船员在码头\
             收起缆绳。本报记者 陆一舟 摄",
        ),
        Example::Text(
            "⟦FILE - Trams wait for the ferry at the old landing in Velden, May 3, 2031. The ferry stopped in June.⟧\n\nThe ferry \
             will sail again, the town said on Monday.\n\n⟦People wave from the ferry on Monday. It was late. (VP Photo/Ida \
             Moss)⟧\n\n⟦The landing in May Credit: Ida Moss⟧",
        ),
        Example::Text(
            "The town has kept the mill at Aune since it burned.\n\n⟦The mill at Aune in the evening (⟧\n⟦Image:⟧\n⟦Ida Moss)⟧\n\nIt \
             will open again in May, the town said on Monday.",
        ),
        Example::Text(
            "⟦Image caption, The bridge at dawn⟧\n\n⟦Legende: Der alte Hafen von Velden⟧\n\n⟦Trams wait for the ferry at the \
             old landing.Ida Moss/Post Staff⟧\n\nThe landing will open again in May, the town said on Monday.",
        ),
        Example::Text(
            "⟦The old landing on Monday, in May.Ida Moss (Velden Post)⟧\n\n⟦The old landing as it was in May. Ida Moss (Velden Post)⟧\n\nThe \
             landing will open again in May, the town said on Monday, after two years in which nobody but gulls had used it.",
        ),
        Example::Text(
            "⟦Die Trainerin hofft auf viele Punkte im Mai. IMAGO/Ida Moss⟧\n\n⟦In der Halle arbeiten am Morgen viele Hände. Bildrechte: \
             VDR/Ida Moss⟧\n\nDie Halle ist seit Montag offen, zwei Jahre später als geplant.",
        ),
        Example::Text(
            "⟦Starkes Trio seit dem Mai: Ida Moss, Per Hald und Lea Ost (v.l.).⟧\n\nDie Halle ist seit Montag offen, zwei Jahre später \
             als geplant.\n\n⟦The mayor, Ida Moss, right, waves to the ferry as it sails for Aune.⟧",
        ),
        Example::Text("She gave the photo to Reuters, which printed it at once, a day before the vote."),
    ]);

/// What stands before a name in a credit.
const PICTURES: &[&str] = &[
    "Photo",
    "Foto",
    "Image",
    "Bild",
    "Picture",
    "Credit",
    "Fotografía",
    "Crédito",
    "Photograph",
    "Zdjęcie",
    "Фото",
    "photo",
    "foto",
    "image",
    "picture",
    "Pic",
    "Symbolbild",
    "Symbolfoto",
    "Archivbild",
    "Archivfoto",
    "Fotoğraf",
    "фото",
    "Fot",
    "Kuva",
    "Valokuva",
    "사진",
    "写真",
    "圖",
    "图",
    "تصوير",
    "صورة",
    "Credits",
    "Photos",
    "Fotos",
    "Crédit",
    "Bildrechte",
    "Bildquelle",
    "Bildnachweis",
    "Fotocredit",
    "Ảnh",
    "ảnh",
];
/// What stands behind such a word where a credit follows a stop, slash, bracket or dash; what needs none; and agencies.
const BY: &[&str] = &["by", ":", "：", "/", "／", "credit", "Credit", "quelle", "nachweis", "von", "de", "di", "-"];
const CREDITS: &[&str] = &["by ", "credit", "courtesy ", "photo :", "photo:", "quelle:", "nachweis:", "rechte:"];
const SIGNS: &[&str] = &[
    "Fot.",
    "fot.",
    "Foto:",
    "Photo:",
    "Bild:",
    "©",
    "फोटो:",
    "ภาพโดย",
    "ภาพ:",
    "Фото автора",
    "Foto de archivo",
    "Photo d'archives",
    "Photo d’archives",
    "Foto d'archivio",
    "Foto d’archivio",
    "Cortesía",
];
/// What a bracket behind a caption ends with, in small letters: “(Express photo)”, “(file)”, “[Courtesy]”.
const PICTURE_ENDS: &[&str] = &[
    "photo",
    "photos",
    "picture",
    "pictures",
    "pic",
    "foto",
    "fotos",
    "file",
    "handout",
    "supplied",
    "courtesy",
    "cortesía",
    "cortesia",
    "archivo",
    "archivio",
    "archives",
    "arquivo",
];
const AGENCIES: &[&str] = &[
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
    "APA",
    "Keystone",
    "IMAGO",
    "Imago",
    "imago",
    "Shutterstock",
    "iStock",
    "Scanpix",
    "LaPresse",
    "Belga",
    "Lusa",
    "PAP",
    "Anadolu",
    "Alamy",
];
/// By byte: whether an agency's name starts with it.
const AGENCY_STARTS: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i < AGENCIES.len() {
        table[AGENCIES[i].as_bytes()[0] as usize] = true;
        i += 1;
    }
    table
};
/// "Provided by", "photographed by", which stand behind the name.
const GIVEN: &[&str] = &["提供", "撮影", "摄", "攝", "제공"];

/// How names of agencies and papers end that may stand in brackets behind a caption that is no sentence.
const SERVICE_ENDS: &[&str] = &["通信", "通信社", "新聞社", "通讯社", "新华社", "新華社", "中新社", "中央社"];

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
/// Words of a scene, as a sentence, behind which a name and a paper in brackets are a credit.
const SCENE_WORDS: usize = 5;
/// Words of a scene, as a sentence or not, which a title with two names in brackets has not.
const SCENE_IN_FULL: usize = 8;

/// Returns whether a text, which holds these marks, ends in a credit.
fn ends_in_credit(text: &str, marks: Marks) -> bool {
    let is_behind_mark = |(at, b): (usize, u8)| match MARKS[usize::from(b)] {
        0 => false,
        1 => is_credit(&text[at + 1..]) || b == b'.' && is_glued_credit(text, at),
        _ if at > 0 && text[at..].starts_with('ⓒ') => is_tail(&text[at + 3..]),
        _ => text[at..].starts_with(WIDE_MARKS) && is_credit(&text[at + 3..]),
    };
    if marks.any(BEFORE_CREDIT) && text.bytes().enumerate().any(is_behind_mark) {
        return true;
    }
    match text.strip_suffix([']', ')', '）']).unwrap_or(text).as_bytes() {
        [.., b'e' | b'o'] => ends_in_file(text),
        [.., last] if !last.is_ascii() => ends_in_file(text) || ends_in_photographer(text),
        _ => false,
    }
}

/// Marks that a credit may stand behind.
const BEFORE_CREDIT: Marks = Marks::STOP
    .or(Marks::SLASH)
    .or(Marks::BAR)
    .or(Marks::ROUND)
    .or(Marks::SQUARE)
    .or(Marks::HYPHEN)
    .or(Marks::FULL)
    .or(Marks::OTHER);

const WIDE_MARKS: [char; 4] = ['（', '―', '—', '–'];

/// By byte: 1 if it is a mark that a credit may stand behind, 2 if such a mark may start with it.
const MARKS: [u8; 256] = {
    let mut table = [0; 256];
    let marks = b"./|([-";
    let mut i = 0;
    while i < marks.len() {
        table[marks[i] as usize] = 1;
        i += 1;
    }
    table[0xe2] = 2;
    table[0xef] = 2;
    table
};

/// Returns whether a text, which stands behind a mark, is a credit.
fn is_credit(text: &str) -> bool {
    let credit = text.trim_start();
    if text.len() > 4 * (TAIL + SERVICE + GIVER) + (text.len() - credit.len()) {
        return false;
    }
    let starts = |words: &[&str], is_rest: &dyn Fn(&str) -> bool| {
        let mut alike = words.iter().filter(|word| word.as_bytes().first() == credit.as_bytes().first());
        alike.any(|word| credit.strip_prefix(word).is_some_and(is_rest))
    };
    let is_by = |rest: &str| BY.iter().any(|by| rest.trim_start().strip_prefix(by).is_some_and(is_tail));
    let is_of = |rest: &str| {
        let of = rest.trim_start();
        of.len() < rest.len() && ["of", "photo"].iter().any(|word| of.strip_prefix(word).is_some_and(is_tail))
    };
    match credit.as_bytes() {
        [b'P' | b'F' | b'I' | b'B' | b'C' | b'Z' | b'S' | b'A' | b'K' | b'V' | b'p' | b'f' | b'i' | b'c', ..]
        | [0xc2 | 0xd0 | 0xd1 | 0xd8 | 0xe0 | 0xe1 | 0xe5 | 0xec, ..]
            if starts(PICTURES, &is_by)
                || starts(SIGNS, &|rest| is_tail(rest.trim_start()))
                || starts(&["Courtesy", "courtesy"], &is_of) =>
        {
            true
        }
        [b'P' | b'F' | 0xd0, ..] if starts(&["Photo ", "Foto ", "Фото "], &is_person) => true,
        [first, ..] if AGENCY_STARTS[usize::from(*first)] && starts(AGENCIES, &is_service) => true,
        // The first bytes of all of these.
        _ => memchr::memchr2(0xe6, 0xec, text.as_bytes()).is_some() && GIVEN.iter().any(|given| is_given(text, given)),
    }
}

/// Returns whether `name/paper` stands right behind a sentence's stop, as flatteners run them together.
fn is_glued_credit(text: &str, stop: usize) -> bool {
    let is_name = |name: &str| {
        let mut words = name.split(' ');
        !name.is_empty() && words.all(|word| word.starts_with(|ch: char| ch.is_uppercase() || ch == '&'))
    };
    let (before, credit) = (&text[..stop], &text[stop + 1..]);
    before.ends_with(|ch: char| ch.is_lowercase() || ch.is_ascii_digit() || matches!(ch, ')' | '”' | '"'))
        && credit.len() <= TAIL
        && credit.split_once('/').is_some_and(|(name, paper)| is_name(name) && is_name(paper))
}

/// Returns whether a text is nothing but a person's name, or two: initials and words with capitals.
fn is_person(text: &str) -> bool {
    let mut words = text.split([' ', '/']).filter(|word| !word.is_empty());
    (2..=5).contains(&words.clone().count()) && words.all(is_personal) && is_tail(text)
}

/// Returns whether a text is short enough to end a credit, and no sentence; a bracket may close behind it.
fn is_tail(text: &str) -> bool {
    let text = text.strip_suffix([')', ']', '）']).unwrap_or(text);
    text.chars().take(TAIL + 1).count() <= TAIL && !ends_within(text)
}

/// Returns whether a sentence ends in a text; the dots of initials end none.
fn ends_within(text: &str) -> bool {
    text.char_indices().any(|(at, ch)| matches!(ch, '!' | '?' | '。') || ch == '.' && !ends_in_initial(&text[..at]))
}

/// Returns whether a text ends in a capital that is all of its word.
fn ends_in_initial(text: &str) -> bool {
    let mut before = text.chars().rev();
    before.next().is_some_and(char::is_uppercase) && before.next().is_none_or(|ch| !ch.is_alphanumeric())
}

/// Returns whether a text is a scene, as a sentence, and a name, often without a space between: “… in the evening. Ida Moss”.
fn ends_in_name(text: &str) -> bool {
    let Some(stop) = text.rfind(". ").or_else(|| text.rfind('.')) else { return false };
    let (scene, name) = (&text[..stop], text[stop + 1..].trim_start());
    !ends_in_initial(scene) && scene.split(' ').count() >= SCENE_WORDS && !name.contains([':', ',']) && is_person(name)
}

/// Marks that open a bracket, and marks of which each of an agency's captions has one.
const BRACKETS: Marks = Marks::ROUND.or(Marks::SQUARE).or(Marks::FULL);
const OF_AGENCY: Marks = Marks::ROUND.or(Marks::HYPHEN).or(Marks::OTHER);

/// Returns whether a text ends in a bracket that says whose picture it is. An agency alone there may be the article's.
fn ends_in_bracketed_credit(text: &str) -> bool {
    let text = text.trim_end();
    let (text, is_sentence) = text.strip_suffix('.').map_or((text, false), |text| (text, true));
    let Some(bare) = text.strip_suffix([')', '）', ']']) else { return false };
    let Some(open) = bare.rfind(['(', '（', '[']) else { return false };
    let credit = bare[open..].trim_start_matches(['(', '（', '[']).trim_start();
    if credit.chars().take(TAIL + 1).count() > TAIL {
        return false;
    }
    // “(Image credit: Ida Moss)”, “(Crédit photo : Ida Moss)”, “(Bildquelle: Ida Moss)”.
    let is_behind = |rest: &str| {
        let rest = rest.trim_start();
        rest.starts_with([':', '：', '/', '／', '='])
            || CREDITS.iter().any(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
    };
    if PICTURES.iter().any(|word| credit.strip_prefix(word).is_some_and(is_behind))
        || SIGNS.iter().any(|sign| credit.starts_with(sign))
    {
        return true;
    }
    if is_sentence || ends_within(credit) {
        return false;
    }
    let is_paper = credit.starts_with(char::is_alphabetic) && !credit.bytes().any(|b| b.is_ascii_digit());
    let is_scene = || bare[..open].split_ascii_whitespace().count() >= SCENE_IN_FULL;
    is_paper && (ends_in_name(&bare[..open]) || is_name_and_paper(credit, bare[open..].starts_with('[')) && is_scene())
        || ends_in_word_of_pictures(credit)
        || credit.chars().count() <= GIVER
            && (credit.ends_with(['摄', '攝'])
                || SERVICE_ENDS.iter().any(|end| credit.ends_with(end)) && !ends_within(&bare[..open]))
}

/// Returns whether a credit is a person and a paper: “Post/Ida Moss”, and in square brackets also “Ida Moss, Post”.
fn is_name_and_paper(credit: &str, is_square: bool) -> bool {
    let is_paper = |text: &str| text.split(' ').all(is_personal);
    let is_pair = |(one, two): (&str, &str)| is_person(one) && is_paper(two.trim()) || is_person(two) && is_paper(one);
    credit.split_once('/').is_some_and(is_pair) || is_square && credit.split_once(',').is_some_and(is_pair)
}

/// Words of the longest credit that one of these ends.
const MOST_BEFORE_END: usize = 5;

fn ends_in_word_of_pictures(credit: &str) -> bool {
    let last = credit.rsplit([' ', '/']).next().unwrap_or(credit).to_lowercase();
    PICTURE_ENDS.contains(&last.as_str()) && credit.split(' ').count() <= MOST_BEFORE_END
}

/// Returns whether a text is an agency's caption, which may be long: it starts as one from the files does, or ends in a bracket
/// such as “(AP Photo/Ida Moss, File)” or “(Ida Moss/Velden Post via AP)”.
fn is_of_agency(text: &str) -> bool {
    const FILE: [&str; 3] = ["FILE - ", "FILE — ", "FILE – "];
    if FILE.iter().any(|file| text.starts_with(file)) {
        return true;
    }
    let Some(bare) = text.trim_end().strip_suffix(')') else { return false };
    let Some(open) = bare.rfind('(') else { return false };
    let credit = &bare[open + 1..];
    let is_photo =
        credit.split_once(" Photo/").is_some_and(|(agency, _)| agency.len() <= GIVER && !agency.contains(' '));
    credit.len() <= TAIL + SERVICE && (is_photo || credit.contains(" via AP"))
}

/// Returns whether a text ends like `… on the bridge Credit: Ida Moss.`
fn ends_in_labelled_credit(text: &str) -> bool {
    let tail = &text.as_bytes()[text.len().saturating_sub(TAIL + 2)..];
    if memchr::memrchr(b':', tail).is_none() {
        return false;
    }
    let Some((caption, name)) = text.rsplit_once(": ") else { return false };
    let Some((before, label)) = caption.rsplit_once([' ', '.', ')']) else { return false };
    // “… at dawn Image credit: Ida Moss”
    let (before, label) = match before.rsplit_once([' ', '.', ')']) {
        Some(two) if label.eq_ignore_ascii_case("credit") && PICTURES.contains(&two.1) => two,
        _ => (before, label),
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_name = name.len() <= TAIL && !name.contains(['|', '$', '?']) && !name.bytes().any(|b| b.is_ascii_digit());
    // In “… the bridge at dawnPHOTOGRAPH: IDA MOSS” no space parts them.
    let is_glued = |word: &&str| {
        let parts = label.len().checked_sub(word.len()).and_then(|at| label.split_at_checked(at));
        parts.is_some_and(|(before, end)| {
            before.ends_with(char::is_lowercase)
                && end.starts_with(char::is_uppercase)
                && end.eq_ignore_ascii_case(word)
        })
    };
    is_name
        && (PICTURES.contains(&label) || PICTURES.iter().any(is_glued))
        && !before.trim().is_empty()
        && is_tail(name)
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
        if bare.as_bytes().last() != file.as_bytes().last() {
            return false;
        }
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

/// Longest text that is a caption without standing in a caption's element; longest of an agency's, which tells the story too;
/// longest that a label's credit ends.
const MOST_WORDS: u32 = 80;
const MOST_OF_AGENCY: u32 = 150;
const MOST_LABELLED: u32 = 40;
/// Words of the longest text that says who stands on which side of a picture. Set by hand.
const MOST_SIDED: u32 = 60;

/// Captions that make a photo story. Set by hand.
const STORY_CAPTIONS: usize = 3;

impl Rule for Caption {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let tells = tells_the_story(doc);
        let is_story = |block: &Block| tells && (block.is_prose(5) || block.kind == BlockKind::Heading);
        for hit in doc.hits(&META) {
            if hit.holds_body {
                continue;
            }
            for i in hit.blocks.clone() {
                if doc.blocks()[i].words() <= MOST_WORDS && !is_story(&doc.blocks()[i]) {
                    out.part(doc, i, Role::Caption, crate::finding::reason_of(hit));
                }
            }
        }
        let mut follows = vec![false; doc.blocks().len()];
        if doc.regime() != Regime::Markup {
            for &(first, copy) in copies_after(doc) {
                follows[copy] |= !doc.blocks()[first + 1..copy].iter().any(|between| between.is_prose(4));
            }
        }
        let mut is_credit = vec![false; doc.blocks().len()];
        if doc.regime() != Regime::Markup {
            let credits = doc.hits(&photo_credit::META).iter().filter(|hit| hit.via.is_phrase());
            credits.for_each(|hit| is_credit[hit.blocks.start] = true);
        }
        let is_credited = |block: &Block| {
            let text = doc.text(block);
            block.words() <= MOST_OF_AGENCY && block.holds(OF_AGENCY) && is_of_agency(text)
                || block.words() <= MOST_LABELLED && block.holds(Marks::COLON) && ends_in_labelled_credit(text)
        };
        let ends_in_credit = |block: &Block| {
            is_credited(block)
                || block.words() <= MOST_WORDS
                    && match block.measure.ending {
                        Ending::Quote => block.holds(BRACKETS) && ends_in_bracketed_credit(doc.text(block)),
                        Ending::Stop => block.holds(BRACKETS) && ends_in_bracketed_credit(doc.text(block)),
                        ending => !ending.ends_sentence() && ends_in_credit(doc.text(block), block.measure.marks),
                    }
        };
        let mut credited = Vec::new();
        for (i, block) in doc.blocks().iter().enumerate() {
            if is_story(block) {
                continue;
            }
            if block.words() <= MOST_SIDED
                && block.kind == BlockKind::Paragraph
                && sides::are_told(doc.text(block), block.measure.marks)
            {
                out.part(doc, i, Role::Caption, "says who stands on which side");
                continue;
            }
            if i + 1 < is_credit.len() && is_credit[i + 1] && is_before_credit(block) {
                out.part(doc, i, Role::Caption, "its credit stands below it");
            }
            if is_in_caption(block) {
                out.part(doc, i, Role::Caption, "stands in a caption element");
            } else if follows[i] {
                out.part(doc, i, Role::Caption, "its alternative text stands before it");
            } else if let Some(last) = credit_below(doc, i) {
                for j in i..=last {
                    out.part(doc, j, Role::Caption, "ends in a bracket that a credit below it closes");
                }
            } else if ends_in_credit(block) {
                credited.push(i);
            }
        }
        // A page that has several, and more of them than of sentences, or no sentence, is a photo story, and they are its body.
        let words: u32 = credited.iter().map(|&i| doc.blocks()[i].words()).sum();
        let prose = doc.prose_in(0..doc.blocks().len());
        let is_other = |i: &usize| credited.binary_search(i).is_err();
        let is_all = || !(0..doc.blocks().len()).filter(is_other).any(|i| doc.blocks()[i].is_prose(4));
        let is_photo_story = words > prose && (credited.len() >= STORY_CAPTIONS || is_all());
        if let Some(over) = credited.first().and_then(|first| first.checked_sub(1)).filter(|_| is_photo_story)
            && doc.blocks()[over].is_prose(5)
        {
            out.keep(doc, over, "the sentence over a photo story's captions");
        }
        for i in credited {
            if is_photo_story {
                out.keep(doc, i, "one of the captions that are a photo story's text");
            } else {
                out.part(doc, i, Role::Caption, "ends in a credit");
            }
        }
    }
}

/// Blocks and words of a credit on lines of its own.
const CREDIT_BLOCKS: usize = 2;
const CREDIT_WORDS: u32 = 8;

/// Returns the last block of the credit below a text that ends in its bracket, as `The bridge at dawn (`, `Image:`, `Ida Moss)`.
fn credit_below(doc: &Document, block: usize) -> Option<usize> {
    let open = |text: &str| text.ends_with(['(', '（']);
    let may_open = doc.blocks()[block].holds(BRACKETS) && doc.blocks()[block].words() <= MOST_WORDS;
    if !may_open || !open(doc.text_at(block)) {
        return None;
    }
    let below = (block + 1..doc.blocks().len()).take(CREDIT_BLOCKS);
    below.take_while(|&i| doc.blocks()[i].words() <= CREDIT_WORDS).find(|&i| doc.text_at(i).ends_with([')', '）']))
}

/// Words of a caption, without a stop, whose credit is the next line: shorter lines may be sub-headings.
const ABOVE_CREDIT: std::ops::Range<u32> = 8..30;

fn is_before_credit(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph
        && ABOVE_CREDIT.contains(&block.words())
        && !block.measure.ending.ends_sentence()
        && block.measure.ending != Ending::Colon
}

fn is_in_caption(block: &Block) -> bool {
    block.kind == BlockKind::Caption || block.is(Setting::FIGCAPTION)
}

/// Words of a paragraph in a caption's element, and of all such on a page whose pictures tell its story. Set by hand.
const STORY_WORDS: u32 = 20;
const LEAST_STORY: u32 = 150;

/// Returns whether the paragraphs in caption elements are most of the page's prose, and one such element has two of them, as
/// in a story told picture by picture.
fn tells_the_story(doc: &Document) -> bool {
    let is_told = |block: &Block| is_in_caption(block) && block.is_prose(STORY_WORDS);
    let words = |is_such: &dyn Fn(&Block) -> bool| -> u32 {
        doc.blocks().iter().filter(|block| is_such(block)).map(Block::words).sum()
    };
    let told = words(&is_told);
    let is_pair = |i: usize| is_told(&doc.blocks()[i - 1]) && is_told(&doc.blocks()[i]) && doc.are_siblings(i - 1, i);
    told >= LEAST_STORY
        && told > words(&|block| !is_in_caption(block) && block.is_prose(10))
        && (1..doc.blocks().len()).any(is_pair)
}
