//! Names lines that say when the article was published or changed.
//!
//! # What it strips
//!
//! Nothing when dates are asked for; otherwise lines made wholly of dates, times, and words that label them, also behind a
//! name or two or beside a section; lines that say who posted it where and when; and rows such as
//! `2031-05-03 来源：云泽日报 作者：沈禾`.
//!
//! # Why it is boilerplate
//!
//! It is the page's stamp.
//!
//! # What it must keep
//!
//! Sub-headings of a chronicle that are a year or a date in a heading element, and sentences with dates.

use super::names::is_of_name;
use super::prelude::*;
use crate::hash::FastSet;
use crate::letters;
use once_cell::sync::Lazy;

/// The rule `publish-date`.
pub(super) struct PublishDate;

pub(crate) static META: Meta = Meta::new("publish-date", Category::Byline, "When it was published or changed")
    .selector("time[datetime], [itemprop=datePublished], [itemprop=dateModified]")
    .names(&[
        "dateline-date",
        "publish-date",
        "published-date",
        "pub-date",
        "post-date",
        "entry-date",
        "timestamp",
        "article-date",
        "date-published",
        "posted-on",
    ])
    .phrases(include_str!("data/publish_date.txt"))
    .examples(&[
        Example::Html(
            "<p>The town has published its yearbook, with the figures of the year before.</p><dl><dt>Walkers<dd>21,300<dt>Trams\
             <dd>2031</dl>",
        ),
        Example::Text("⟦Updated: 3 March 2024, 10:15 a.m.⟧\n\nThe bridge opened on Monday, two years late."),
        Example::Text("⟦Veröffentlicht am 3. März 2024 um 10:15 Uhr⟧\n\nDie Brücke ist seit Montag offen."),
        Example::Text("⟦입력 2024.03.03 10:15⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text("⟦2024年3月3日 10時15分⟧\n\n橋は月曜日に開通した、と市は発表した。"),
        Example::Text(
            "⟦2024-03-03 08:15:37 来源：云泽日报 作者：沈禾 陆一舟 字号：大 中 小⟧\n\n大桥于星期一开通，市政府说。",
        ),
        Example::Text(
            "⟦Ida Moss Published: 3 March 2024, 10:15 Updated: 12:00⟧\n\nThe bridge opened on Monday, two years late.",
        ),
        Example::Text("⟦Posted in Local by Ida Moss on May 3, 2031⟧\n\nThe bridge opened on Monday, two years late."),
        Example::Text("⟦2031. május 3., szombat 10:15 | Belföld⟧\n\nHétfőn megnyílt a híd, két évvel később a tervezettnél."),
        Example::Text("⟦שבת, 3 במאי 2031⟧\n\nהגשר נפתח ביום שני, באיחור של שנתיים, אמרה העירייה."),
        Example::Text("On 3 March 2024 the bridge opened at last, two years late."),
        Example::Text("Posted to Aune in 2031, he learned to row, and never left the river again."),
        Example::Text("The town sells what is left of the bridge.\n\n97,47 €\n\n12.5 %\n\nNobody has asked for it yet, it said on Monday."),
        Example::Text("大桥于3月3日开通，来源：市政府的通报。"),
        Example::Html("<h3>1911</h3><p>The mill at Aune burned down, and was built again.</p>"),
    ]);

/// Words that dates are made of, in the languages of fifty countries, and words that label them: as they are written, and as a
/// date is taken apart, where the marks of some scripts part letters.
static WORDS: Lazy<FastSet<&'static str>> = Lazy::new(|| {
    let lists = [include_str!("data/date_words.txt"), include_str!("data/months.txt")];
    let mut words = FastSet::with_capacity_and_hasher(ABOUT_WORDS, Default::default());
    for word in lists.into_iter().flat_map(|list| list.split_ascii_whitespace()) {
        words.insert(word);
        if !word.is_ascii() {
            words.extend(tokens(word).filter(|token| token.len() < word.len()));
        }
    }
    words
});

/// How many words there are, about.
const ABOUT_WORDS: usize = 2600;

/// Returns the stretches of a text that are letters and figures.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|ch: char| !letters::is_alphanumeric(ch)).filter(|token| !token.is_empty())
}

/// Returns whether a character is a figure: of ASCII, of full width, or of Arabic, India's scripts and Thai.
fn is_figure(ch: char) -> bool {
    match ch {
        ..'\u{80}' => ch.is_ascii_digit(),
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{e50}'..='\u{e59}' | '\u{ff10}'..='\u{ff19}' => true,
        // Those of India's scripts stand at one place of each block.
        '\u{900}'..='\u{d7f}' => matches!(ch as u32 % 0x80, 0x66..=0x6f),
        _ => false,
    }
}

/// Returns whether a text holds a year, a month and a day in figures: 2031-05-03, 03.05.2031, 2031年5月3日.
pub(super) fn holds_full_date(text: &str) -> bool {
    let figures = |c: char| c.is_ascii_digit();
    let parts: Vec<&str> = text.split(['-', '.', '/', '年', '月', '日']).collect();
    parts.windows(3).any(|three| {
        let first = three[0].len() - three[0].trim_end_matches(figures).len();
        let second = three[1].bytes().all(|b| b.is_ascii_digit()) && matches!(three[1].len(), 1 | 2);
        let third = three[2].len() - three[2].trim_start_matches(figures).len();
        second && matches!((first, third), (4, 1 | 2) | (1 | 2, 4))
    })
}

/// Returns whether a word, in lower case, is one that dates are made of.
pub(crate) fn is_date_word(word: &str) -> bool {
    WORDS.contains(word)
}

/// Words of the longest stamp: two dates with labels. And of the longest row, in which two characters count as a word.
const MOST_WORDS: u32 = 24;
const MOST_OF_ROW: u32 = 50;
/// Words of a stamp with a single figure.
const WITH_ONE: std::ops::Range<u32> = 3..7;

/// Returns whether a text surely has a word that no date has: one of ASCII letters between other ASCII characters. Most texts
/// do, and need not be put in small letters.
fn has_other_word(text: &str) -> bool {
    let mut small = [0; LONGEST_WORD];
    text.as_bytes().split(|b| b.is_ascii() && !b.is_ascii_alphanumeric()).any(|word| {
        let is_word = !word.is_empty() && word.iter().all(u8::is_ascii_alphabetic);
        let Some(small) = small.get_mut(..word.len()).filter(|_| is_word) else { return is_word };
        small.copy_from_slice(word);
        small.make_ascii_lowercase();
        !std::str::from_utf8(small).is_ok_and(|word| WORDS.contains(word))
    })
}

/// Letters of the longest word of dates that is written in ASCII letters.
const LONGEST_WORD: usize = 24;

/// Signs that make an amount of a figure.
const AMOUNTS: [char; 9] = ['%', '€', '$', '£', '¥', '₩', '₽', '₹', '°'];

/// Returns whether a text holds a figure, and otherwise only words of dates.
pub(super) fn is_date(text: &str) -> bool {
    if has_other_word(text) {
        return false;
    }
    let (mut has_digit, mut known) = (false, 0);
    let mut lower = String::new();
    for token in tokens(text) {
        if token.chars().all(is_figure) {
            has_digit = true;
            continue;
        }
        lower.clear();
        if token.is_ascii() {
            lower.push_str(token);
            lower.make_ascii_lowercase();
        } else {
            lower = token.to_lowercase();
        }
        let token = lower.as_str();
        // Figures with their unit: 3rd, 10h15, 2024年3月3日, 10시.
        let mut rest = token;
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(is_figure).len();
            has_digit |= digits > 0;
            rest = &rest[digits..];
            let word = &rest[..rest.find(is_figure).unwrap_or(rest.len())];
            if !word.is_empty() && !WORDS.contains(word) {
                return false;
            }
            known += 1;
            rest = &rest[word.len()..];
        }
    }
    has_digit && known <= 16 && !text.contains(AMOUNTS)
}

/// What stands with a colon between the writer's name and a date.
const STAMPS: &[&str] = &[
    "published",
    "updated",
    "posted",
    "modified",
    "veröffentlicht",
    "aktualisiert",
    "stand",
    "publié",
    "modifié",
    "publicado",
    "actualizado",
    "atualizado",
    "pubblicato",
    "aggiornato",
    "gepubliceerd",
    "bijgewerkt",
    "опубликовано",
    "обновлено",
    "نشر",
    "نشرت",
    "입력",
    "수정",
    "등록",
    "公開",
    "更新",
    "配信",
];

/// Words of a name before a stamp.
const MOST_OF_NAME: usize = 6;

/// Returns whether a name or nothing, one of these words, and a date are all of a text.
fn is_labelled_date(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..=MOST_OF_NAME {
        rest = rest.trim_start();
        let (word, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let label = word.trim_end_matches([':', '：']);
        if label.len() < word.len() && STAMPS.contains(&label.to_lowercase().as_str()) && is_date(rest) {
            return true;
        }
        if word.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        rest = behind;
    }
    false
}

/// Returns whether a text holds four figures in a row and no fifth.
pub(super) fn holds_year(text: &str) -> bool {
    text.split(|ch: char| !ch.is_ascii_digit()).any(|figures| figures.len() == 4)
}

/// Returns whether a text holds an hour: 18:21, 18h21, 18 h 21.
pub(super) fn holds_hour(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_figure = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    memchr::memchr2_iter(b':', b'h', bytes).any(|at| {
        is_figure(bytes[..at].strip_suffix(b" ").unwrap_or(&bytes[..at]).last())
            && is_figure(bytes[at + 1..].strip_prefix(b" ").unwrap_or(&bytes[at + 1..]).first())
    })
}

/// Bytes of the longest line with names and a date.
const LONGEST_NAMED: usize = 300;

/// Returns whether names and titles, and a date with its year and hour behind them, are all of a text; no space may part them, as
/// in “Ida Moss, ReporterDec 22, 2031, 06:21 PM”.
fn is_behind_names(text: &str) -> bool {
    if text.len() > LONGEST_NAMED || !holds_hour(text) {
        return false;
    }
    let starts = text.char_indices().skip(1).filter(|(_, ch)| ch.is_uppercase() || ch.is_ascii_digit());
    let Some((names, date)) = starts.map(|(at, _)| text.split_at(at)).find(|(_, date)| is_date(date)) else {
        return false;
    };
    let may_be_name = |word: &str| {
        let word = word.trim_start_matches(|ch: char| !ch.is_alphanumeric());
        word.is_empty() || is_of_name(word)
    };
    holds_year(date) && names.starts_with(char::is_uppercase) && names.split_whitespace().all(may_be_name)
}

/// What a line begins with that says who put an article there, and when.
const POSTED: &[&str] = &[
    "posted",
    "published",
    "submitted",
    "written",
    "uploaded",
    "comment",
    "postado",
    "publicado",
    "enviado",
    "escrito",
    "publié",
    "posté",
    "rédigé",
    "écrit",
    "geplaatst",
    "gepubliceerd",
    "geschreven",
    "geschrieben",
    "veröffentlicht",
    "erstellt",
    "eingestellt",
    "verfasst",
    "pubblicato",
    "postato",
    "scritto",
    "inviato",
    "skrevet",
    "publisert",
    "publiceret",
    "publicerad",
    "skriven",
    "postet",
    "opublikowano",
    "opublikowane",
    "dodano",
    "dodane",
    "napisane",
    "опубликовано",
    "отправлено",
    "размещено",
    "опубліковано",
    "публикувано",
    "objavio",
    "objavljeno",
    "vložil",
    "napsal",
    "közzétette",
    "beküldte",
    "írta",
    "gönderen",
    "ekleyen",
    "diposting",
    "ditulis",
    "đăng",
];
/// Small words between who, where and when that are none of names and dates.
const BETWEEN: &[&str] = &[
    "under",
    "unter",
    "par",
    "dans",
    "por",
    "su",
    "door",
    "av",
    "af",
    "przez",
    "w",
    "dnia",
    "автором",
    "от",
    "dne",
    "oleh",
    "bởi",
    "vào",
];
/// Words of the longest such line. Set by hand.
const MOST_POSTED: usize = 16;

/// Returns whether a text is such a word, names and small words, and a date with its year or an hour: “Posted in Local by
/// Ida Moss on 3 May 2031”.
fn is_posted(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace().map(|word| word.trim_matches(|ch| !letters::is_alphanumeric(ch)));
    let is_first = |word: &str| word.len() <= LONGEST_WORD && POSTED.contains(&word.to_lowercase().as_str());
    if !words.next().is_some_and(is_first) {
        return false;
    }
    let is_part = |word: &str| {
        word.is_empty()
            || is_of_name(word)
            || BETWEEN.contains(&word)
            || word.starts_with(is_figure)
            || is_date_word(&word.to_lowercase())
    };
    words.clone().count() < MOST_POSTED && words.all(is_part) && (holds_year(text) || holds_hour(text))
}

/// Returns whether a text is one number, in groups of three figures or in one piece.
fn is_number(text: &str) -> bool {
    let mut groups = text.split([',', '.', '\'', '’', ' ', '\u{a0}']);
    let is_figures = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    groups.next().is_some_and(is_figures) && groups.all(|group| group.len() == 3 && is_figures(group))
}

/// Marks that part a date from a section, besides those that count as bars.
const DASHES: Marks = Marks::HYPHEN.or(Marks::FULL).or(Marks::OTHER);
/// Words of a section or of a name beside a date.
const MOST_BESIDE: usize = 3;
/// Figures of the shortest date that tells such a row: 3 May 2031.
const FEWEST_FIGURES: usize = 5;

/// Returns whether a text is dates and sections or names, parted by bars, or by a dash if a date has its hour: “3 May 2031 |
/// Local”, “2031-05-03 18:37 - Life”.
fn is_beside_section(text: &str) -> bool {
    if text.contains(['|', '｜']) {
        return is_row_of_dates(text.split(['|', '｜']));
    }
    let dashes = [" - ", " – ", " — "];
    let is_dated = |dash: &str| text.split_once(dash).is_some_and(|(one, two)| is_row_of_dates([one, two].into_iter()));
    text.contains(':') && dashes.into_iter().any(is_dated)
}

/// Returns whether half of some parts or more are dates, one of them whole, and the others short and without a figure.
fn is_row_of_dates<'t>(row: impl Iterator<Item = &'t str>) -> bool {
    let (mut parts, mut dates, mut has_whole) = (0, 0, false);
    for part in row {
        parts += 1;
        let figures = part.bytes().filter(u8::is_ascii_digit).count();
        if figures > 0 {
            if !is_date(part) {
                return false;
            }
            dates += 1;
            has_whole |= figures >= FEWEST_FIGURES;
        } else if part.split_whitespace().count() > MOST_BESIDE {
            return false;
        }
    }
    parts >= 2 && has_whole && dates * 2 >= parts
}

/// Returns whether a text holds a figure beyond ASCII: ۳, ३, ৩, ３.
fn holds_wide_figure(text: &str) -> bool {
    letters::any_wide(text.as_bytes(), |b| matches!(b, 0xd9 | 0xdb | 0xe0 | 0xef))
        && text.chars().any(|ch| !ch.is_ascii() && is_figure(ch))
}

/// What Chinese papers say of an article in one row: where it is from, who wrote and edited it, when, how large it is set,
/// how often it was read.
const LABELS: &[&str] = &[
    "来源",
    "來源",
    "稿源",
    "出处",
    "作者",
    "记者",
    "記者",
    "编辑",
    "編輯",
    "责任编辑",
    "責任編輯",
    "责编",
    "責編",
    "时间",
    "時間",
    "发布时间",
    "發布時間",
    "发稿时间",
    "更新时间",
    "更新時間",
    "字号",
    "字號",
    "字体",
    "字體",
    "浏览",
    "瀏覽",
    "浏览次数",
    "浏览量",
    "阅读",
    "閱讀",
    "阅读量",
    "点击",
    "點擊",
    "点击量",
    "评论",
    "評論",
    "栏目",
    "分享到",
];

/// Characters of the longest value in such a row that has white space before it, and its parts.
const LONGEST_VALUE: usize = 8;
const MOST_PARTS: usize = 24;
/// Bytes of the longest date without white space.
const LONGEST_DATE: usize = 40;

/// Returns whether a text is such a row: a label with a value and a date, or two such labels, and little else.
fn is_row_of_labels(text: &str) -> bool {
    // A date or a label comes first.
    let may_start = matches!(text.as_bytes(), [b'0'..=b'9' | 0xe4..=0xe9, ..]);
    if !may_start {
        return false;
    }
    let (mut labels, mut dates, mut parts) = (0, 0, 0);
    for part in text.split_whitespace() {
        parts += 1;
        match part.split_once(['：', ':']) {
            Some((label, _)) if LABELS.contains(&label) => labels += 1,
            _ if part.len() <= LONGEST_DATE && is_date(part) => dates += 1,
            _ if labels > 0 && part.chars().count() <= LONGEST_VALUE && !part.ends_with(['。', '，']) => {}
            _ => return false,
        }
    }
    parts <= MOST_PARTS && labels > 0 && labels + dates >= 2
}

impl Rule for PublishDate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for hit in doc.hits(&META) {
            for i in hit.blocks.clone() {
                let block = &doc.blocks()[i];
                if hit.span.contains(block.span) && block.words() <= MOST_WORDS && !block.is_prose(8) {
                    out.part(doc, i, Role::Date, crate::finding::reason_of(hit));
                }
            }
        }
        for (i, block) in doc.blocks().iter().enumerate() {
            if matches!(block.kind, BlockKind::Heading | BlockKind::TableRow | BlockKind::Preformatted) {
                continue;
            }
            let text = doc.text(block);
            let has_label = block.holds(Marks::COLON.or(Marks::FULL));
            let is_short = block.words() <= MOST_WORDS && block.measure.digits <= 40;
            // “3 órája”, three hours ago; “Day 3” may be a chapter's heading.
            let has_figures =
                block.measure.digits >= 2 || block.measure.digits == 1 && WITH_ONE.contains(&block.words());
            let is_stamp = is_short && (has_figures || holds_wide_figure(text));
            let may_have_name = is_stamp && block.measure.digits >= 2;
            if is_stamp && is_date(text) {
                // Lists of the article have figures; flattened text has lists of counters.
                if doc.regime() == Regime::Markup && block.kind == BlockKind::ListItem && is_number(text) {
                    continue;
                }
                out.part(doc, i, Role::Date, "made wholly of dates and times");
            } else if may_have_name && (is_labelled_date(text) || is_behind_names(text)) {
                out.part(doc, i, Role::Date, "a name, and made of dates and times");
            } else if may_have_name && is_posted(text) {
                out.part(doc, i, Role::Date, "says who posted it, and when");
            } else if may_have_name && (block.measure.bars > 0 || block.holds(DASHES)) && is_beside_section(text) {
                out.part(doc, i, Role::Date, "a section or a name, and made of dates and times");
            } else if block.words() <= MOST_OF_ROW && has_label && is_row_of_labels(text) {
                out.part(doc, i, Role::Date, "says where it is from, and when");
            }
        }
    }
}
