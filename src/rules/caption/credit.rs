//! Whether a text ends in a credit, which is what makes a caption of it.

use super::bracket::{self, BRACKETS, OF_AGENCY};
use super::label;
use super::person::{ends_in_initial, is_person, is_tail};
use super::words::{AGENCIES, AGENCY_STARTS, GIVEN, GIVER, OF_NEWS, SERVICE, SERVICES, TAIL};
use crate::document::{Block, BlockKind};
use crate::measure::{Ending, Marks};
use crate::rules::names::{is_of_name, is_personal};

/// Words of the longest text that is a caption without standing in a caption's element; of the longest of an agency's, which
/// tells the story too; of the longest that ends in a stop behind a credit.
pub(super) const MOST_WORDS: u32 = 80;
const MOST_OF_AGENCY: u32 = 150;
const MOST_LABELLED: u32 = 40;

/// Returns whether a credit ends a block, which has this text.
pub(super) fn ends(block: &Block, text: &str) -> bool {
    let is_sentence = block.measure.ending == Ending::Stop && !text.ends_with([')', ']', '）']);
    block.words() <= MOST_OF_AGENCY && block.holds(OF_AGENCY) && bracket::is_of_agency(text)
        || may_have_label(block, text, is_sentence) && label::ends(text, is_sentence)
        || block.words() <= MOST_WORDS
            && match block.measure.ending {
                Ending::Quote | Ending::Stop => block.holds(BRACKETS) && bracket::ends(text),
                ending => !ending.ends_sentence() && ends_line(text, block.measure.marks),
            }
}

/// Words of the shortest caption with a label and a name, and of the shortest without a mark.
const FEWEST_LABELLED: u32 = 3;
const FEWEST_UNMARKED: u32 = 6;
/// Marks of a label's credit, and bytes from the end of a sentence within which another one ends, if not.
const OF_LABEL: Marks = Marks::COLON.or(Marks::SLASH).or(Marks::BAR).or(Marks::FULL);
const BEHIND_STOP: usize = 2 * TAIL;

/// Returns whether a label's credit may end a block: most sentences have no mark for it.
fn may_have_label(block: &Block, text: &str, is_sentence: bool) -> bool {
    if block.kind == BlockKind::Heading {
        return false;
    }
    if !is_sentence {
        let fewest = if block.holds(OF_LABEL.or(BEFORE_CREDIT)) { FEWEST_LABELLED } else { FEWEST_UNMARKED };
        return (fewest..=MOST_WORDS).contains(&block.words());
    }
    let bytes = text.trim_end().as_bytes();
    let end = bytes.len().saturating_sub(1);
    (FEWEST_LABELLED..=MOST_LABELLED).contains(&block.words())
        && (block.holds(OF_LABEL) || memchr::memrchr(b'.', &bytes[end.saturating_sub(BEHIND_STOP)..end]).is_some())
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

/// Returns whether a text that is no sentence, and holds these marks, ends in a credit.
fn ends_line(text: &str, marks: Marks) -> bool {
    let is_behind_mark = |(at, b): (usize, u8)| match MARKS[usize::from(b)] {
        0 => false,
        1 => is_credit(&text[at + 1..]) || b == b'.' && is_glued_credit(text, at),
        _ if at > 0 && text[at..].starts_with('ⓒ') => is_tail(&text[at + 3..]),
        _ => text[at..].starts_with(WIDE_MARKS) && is_credit(&text[at + 3..]),
    };
    if marks.any(BEFORE_CREDIT) && text.bytes().enumerate().any(is_behind_mark) {
        return true;
    }
    if marks.any(Marks::SLASH) && ends_in_agency(text)
        || marks.any(Marks::FULL) && ends_in_day(text)
        || marks.any(Marks::STOP) && ends_in_person(text)
    {
        return true;
    }
    match text.strip_suffix([']', ')', '）']).unwrap_or(text).as_bytes() {
        [.., b'e' | b'o'] => ends_in_file(text),
        [.., last] if !last.is_ascii() => ends_in_file(text) || ends_in_photographer(text),
        _ => false,
    }
}

/// Returns whether a text, which stands behind a mark, is a credit.
fn is_credit(text: &str) -> bool {
    let credit = text.trim_start();
    if text.len() > 4 * (TAIL + SERVICE + GIVER) + (text.len() - credit.len()) {
        return false;
    }
    let is_agency = || AGENCIES.iter().any(|agency| credit.strip_prefix(agency).is_some_and(is_service));
    match credit.as_bytes() {
        [first, ..] if AGENCY_STARTS[usize::from(*first)] && is_agency() => true,
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
    // “… 新华社记者 李明 摄”
    let is_of_reporter = || {
        text.ends_with(['摄', '攝'])
            && text
                .char_indices()
                .rev()
                .nth(GIVER)
                .is_none_or(|(at, _)| text[at..].contains("记者") || text[at..].contains("記者"))
    };
    let is_behind_sign = given.is_some_and(|giver| {
        let mut name = giver.chars().rev().take(13).take_while(|&ch| ch != '。').skip(1);
        !giver.ends_with('。') && name.any(|ch| ch == '＝')
    });
    let is_service = text.rsplit_once(['＝', '=']).is_some_and(|(_, service)| SERVICES.contains(&service));
    is_in_bracket || is_behind_stop || is_of_reporter() || is_behind_sign || is_service
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

/// Returns whether a text that is no sentence ends in an agency and a person: “REUTERS/Ida Moss”, “AP Photo/Ida Moss”, “Ida
/// Moss/AFP via Getty Images”.
fn ends_in_agency(text: &str) -> bool {
    let Some((left, right)) = text.rsplit_once('/') else { return false };
    let (left, right) = (left.trim_end(), right.trim_start());
    let is_behind_person = || {
        let mut words = left.rsplit(' ');
        words.next().is_some_and(is_personal) && words.next().is_some_and(is_personal)
    };
    let is_agency = |agency: &str| {
        let is_left = |left: &str| left.strip_suffix(agency).is_some_and(|before| before.ends_with([' ', '.']));
        right.strip_prefix(agency).is_some_and(is_service) && is_behind_person()
            || (is_left(left)
                || [" Photo", " Images", " images"].iter().any(|of| left.strip_suffix(of).is_some_and(is_left)))
                && is_person(right)
    };
    AGENCIES.iter().any(|agency| is_agency(agency))
}

/// Returns whether an agency of news signs a text: “… he said. dpa/lsw”, “… he said. © AFP”, “… he said. /PAP/”. It may be the article's.
pub(super) fn is_signed(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['/', '.', ')']);
    // A Japanese agency's articles end in their writer: “…。(c)AFP/Ida MOSS”.
    if text.rfind("。(c)").is_some_and(|at| OF_NEWS.iter().any(|agency| text[at..].contains(agency))) {
        return true;
    }
    let Some(stop) = text.rfind(". ").or_else(|| text.rfind('.')) else { return false };
    let signed = text[stop + 1..].trim_start_matches([' ', '(', '©', '/', '-', '–', '—']);
    let is_desk = |rest: &str| {
        !rest.starts_with(char::is_alphanumeric)
            && !rest.split([' ', '/', ',']).any(|word| word.starts_with(char::is_uppercase))
    };
    OF_NEWS.iter().any(|agency| signed.strip_prefix(agency).is_some_and(is_desk))
}

/// Words of a scene behind which a name is a credit. Set by hand.
const SCENE_WORDS: usize = 6;

/// Returns whether a person behind a bar or slash, or a person and a paper, stand behind a sentence: “… in the fog. | Ida Moss”,
/// “… in the fog. Ida Moss/Velden Post”, “… in the fog. Ida Moss for The Velden Post”.
fn ends_in_person(text: &str) -> bool {
    let is_scene = |scene: &str| scene.split_ascii_whitespace().count() >= SCENE_WORDS;
    let Some((scene, credit)) = text.rsplit_once(". ") else { return false };
    if !is_scene(scene) || ends_in_initial(scene) {
        return false;
    }
    let mut pairs = ["/", " for ", " via ", " | ", ", "].into_iter().filter_map(|between| credit.split_once(between));
    let is_paper = |paper: &str| !paper.is_empty() && paper.split(' ').all(is_of_name);
    let is_behind_bar = credit.strip_prefix(['|', '/']).is_some_and(is_person);
    is_behind_bar || pairs.any(|(name, paper)| is_person(name.trim()) && is_paper(paper.trim()))
}

/// Returns whether a text ends like “＝１日、ベルデン”, in the day and the place of its picture.
fn ends_in_day(text: &str) -> bool {
    text.rsplit_once('＝').is_some_and(|(_, day)| {
        let rest = day.trim_start_matches(|ch: char| {
            ch.is_ascii_digit() || matches!(ch, '０'..='９' | '年' | '月' | '午' | '前' | '後')
        });
        rest.len() < day.len() && rest.starts_with('日') && is_tail(rest)
    })
}

#[cfg(test)]
mod tests {
    const BODY: [&str; 3] = [
        "The old bridge at Velden gave way on Monday, an hour after the last tram, and fell into the river with two lamps, the town said.",
        "Nobody was hurt, the mayor said on Tuesday, but the ferry will have to carry all who want to cross until the summer is over.",
        "The work is to cost twelve million, of which the state pays a third, and the town has to find the rest, as it was last time.",
    ];

    /// Returns which of some endings take a sentence of a page of text with them. It stands among the others or is the last.
    fn gone<'e>(scene: &str, endings: &[&'e str], is_last: bool) -> Vec<&'e str> {
        let is_gone = |ending: &&&str| {
            let mut page: Vec<String> = BODY.iter().map(|&paragraph| paragraph.to_owned()).collect();
            page.insert(if is_last { 3 } else { 2 }, format!("{scene}{ending}"));
            !crate::clean_text(&page.join("\n\n")).contains(scene)
        };
        endings.iter().filter(is_gone).copied().collect()
    }

    #[test]
    fn credits_end_captions() {
        for (scene, endings) in [
            (
                "Two walkers look at the old bridge at Velden in the fog",
                &[
                    ". Photo: Ida Moss",
                    " Photo by Ida Moss",
                    ". | Photo: Ida Moss",
                    " © Ida Moss",
                    ". Photograph: Ida Moss/The Post",
                    ". (Ida Moss)",
                    ". (Ida Moss | The Velden Post)",
                    " (Ida Moss, The Velden Post)",
                    ". Courtesy of Ida Moss",
                    " Courtesy photo",
                    ". (Provided)",
                    ". Photo courtesy of the town",
                    " AP Photo/Ida Moss",
                    " REUTERS/Ida Moss",
                    ". Ida Moss/The Velden Post",
                    ". Ida Moss for The Velden Post",
                    ". (Getty Images)",
                    ". Illustration by Ida Moss",
                    ". (Velden Post photo by Ida Moss)",
                    " Ida Moss/AFP via Getty Images",
                    ". Photo: Ida Moss.",
                    ". | Ida Moss",
                ][..],
            ),
            (
                "Zwei Spaziergänger sehen sich im Nebel die alte Brücke an",
                &[
                    ". Foto: dpa",
                    " © dpa",
                    ". IMAGO / Ida Moss",
                    ". (Symbolbild)",
                    ". Archivbild.",
                    ". BILD: DPA",
                    ". Copyright: Ida Moss",
                ],
            ),
            (
                "Deux passants regardent le vieux pont de Velden dans la brume",
                &[
                    " Photo : Ida Moss",
                    ". Crédit photo : Ida Moss",
                    ". (Photo Ida Moss)",
                    ". Photo AFP / Ida Moss",
                    ". © AFP",
                    ". (Illustration)",
                ],
            ),
            (
                "Dos paseantes miran el viejo puente en la niebla",
                &[" EFE/Ida Moss", ". Imagen de archivo", ". Foto: Cortesía"],
            ),
            ("Dois pedestres olham a velha ponte na neblina", &[" — Foto: Ida Moss/g1", ". Imagem: Divulgação"]),
            ("Due passanti guardano il vecchio ponte nella nebbia", &[". Foto Ansa", ". (Foto LaPresse)"]),
            ("Dwoje przechodniów patrzy na stary most we mgle", &[". Fot. Ida Moss", ". źródło: Shutterstock"]),
            (
                "Двое прохожих смотрят на старый мост в тумане",
                &[". Фото: Ида Мосс / ТАСС", ". Архивное фото", " © РИА Новости / Ида Мосс"],
            ),
            ("اثنان من المارة ينظران إلى الجسر القديم في الضباب", &[". صورة أرشيفية", ". صورة: رويترز"]),
            ("שני עוברי אורח מביטים בגשר הישן בערפל", &[". צילום: אידה מוס", " | צילום: אידה מוס"]),
            (
                "霧の中で古い橋を眺める二人の歩行者",
                &[" 写真：共同通信", "（写真＝共同）", "＝１日、ベルデン", "（ベルデン市提供）"],
            ),
            (
                "两名行人在雾中观看老桥",
                &["。图/新华社", "。（图片来源：新华社）", " 新华社记者 李明 摄", "。 摄影：李明", "（资料图）"],
            ),
            ("안개 속에서 옛 다리를 바라보는 행인 두 명", &[" 사진=연합뉴스", ". /사진=AFP", ". [연합뉴스 자료사진]"]),
            ("Hai người đi bộ nhìn cây cầu cũ trong sương mù", &[". Ảnh: Minh Anh", ". Ảnh minh họa"]),
            ("Két járókelő nézi a régi hidat a ködben", &[". Fotó: MTI", ". Illusztráció: MTI", ". (Fotó: Ida Moss)"]),
        ] {
            assert_eq!(gone(scene, endings, false), endings, "{scene}");
        }
    }

    #[test]
    fn what_looks_like_a_credit_and_is_none_stays() {
        let endings = [
            ". (Reuters)",
            ", and showed a photo.",
            ", in a picture by the sea.",
            " (as it was in 2031).",
            ", with a card (credit or debit).",
            ", a mason told the Bild: we will stay as long as it stands.",
        ];
        assert!(gone("The town has kept the old mill at Aune since it burned down", &endings, false).is_empty());
    }

    #[test]
    fn an_agency_signs_the_last_paragraph() {
        let endings = [
            ". dpa/lsw",
            ". dpa",
            ". © dpa-infocom, dpa:310104-930-1/1",
            ". EFE",
            ". Lusa",
            ". ANSA",
            ". /PAP/",
            ". (dpa)",
            ". (©NTB)",
        ];
        let scene = "The inquiry into what brought the bridge down goes on, a spokesman said";
        assert!(gone(scene, &endings, true).is_empty(), "{:?}", gone(scene, &endings, true));
        assert_eq!(gone(scene, &[". EFE/Ida Moss", ". Getty Images"], true).len(), 2);
    }
}
