//! Strips the buttons that set the size of the type.
//!
//! # What it strips
//!
//! The label, such as "ⓕ font-size" or "글자크기", and the run of sizes next to it: -2 -1 0 +1 +2, A A A, 가 가 가, 작게 크게;
//! also three or more such sizes in a row without a label, if they are letters or signed; and elements so named that hold
//! nothing but short buttons.
//!
//! # Why it is boilerplate
//!
//! It changes the page, and is not read.
//!
//! # What it must keep
//!
//! Tables and lists of numbers, and text whose class gives it a size: `has-large-font-size`.

use super::prelude::*;
use crate::document::Via;
use crate::letters;
use once_cell::sync::Lazy;
use std::collections::HashSet;

/// The rule `font-size-widget`.
pub(super) struct FontSizeWidget;

static META: Meta = Meta::new("font-size-widget", Category::Widget, "Buttons that set the size of the type")
    .names(&["font-size", "fontsize", "font-resize", "font-resizer", "font-sizer", "text-size", "textsize", "text-resize", "text-resizer", "textresizer", "resize-text", "text-zoom", "font-control", "font-controls", "font-setting", "font-settings", "font-btn", "font-change", "fontsize-control", "zoom-text", "schriftgroesse", "schriftgrosse", "taille-texte", "taille-police", "tamano-letra", "tamanho-fonte", "dimensione-testo", "dimensione-carattere", "lettergrootte", "moji-size", "mojisize", "fontsize-widget", "type-size"])
    .phrases(include_str!("data/font_size_widget.txt"))
    .examples(&[
        Example::Text("⟦Yazı boyutu: A- A A+⟧\n\nKöprü pazartesi günü açıldı, iki yıl gecikmeyle, dedi belediye."),
        Example::Text("⟦Settings⟧\n⟦ⓕ font-size⟧\n⟦  • -2⟧\n⟦  • -1⟧\n⟦  • 0⟧\n⟦  • +1⟧\n⟦  • +2⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text("⟦글자크기⟧\n⟦가⟧\n⟦가⟧\n⟦가⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text("⟦Schriftgröße⟧\n⟦A⟧\n⟦A⟧\n⟦A⟧\n\nDie Brücke ist seit Montag offen, zwei Jahre später als geplant."),
        Example::Text("⟦文字サイズ⟧\n⟦小⟧\n⟦中⟧\n⟦大⟧\n\n橋は月曜日に開通した、と市は発表した。"),
        Example::Html("<ul class=\"font-size\">⟦<li><button>more</button><li><button>less</button>⟧</ul><p>The bridge opened on Monday, two years late, the council said.</p>"),
        Example::Text("The bridge opened on Monday, two years late, the council said.\n\n• 2\n• 1\n• 0\n\nNobody in Velden knows yet what the tram will cost, she added."),
        Example::Text("Font size is a matter of taste, the printer of Velden says, and his is small."),
        Example::Html("<p class=has-large-font-size>The bridge opened on Monday, two years late, the council said.</p><ul class=has-small-font-size><li>Trams at night<li>Cars by day</ul><p>Nobody in Velden knows yet what the tram will cost, she added.</p>"),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said.</p><p>Settings</p><p>Nobody in Velden knows yet what the tram will cost, she added.</p>"),
    ]);

/// Headings over the label, too plain to be phrases.
const SETTINGS: &[&str] = &[
    "settings",
    "setting",
    "설정",
    "보기 설정",
    "뷰 설정",
    "einstellungen",
    "réglages",
    "ajustes",
    "impostazioni",
    "configurações",
    "설정 열기",
    "instellingen",
    "ustawienia",
    "настройки",
    "ayarlar",
    "الإعدادات",
    "設定",
    "设置",
    "pengaturan",
    "सेटिंग",
];

/// Words of the longest button in a widget, and the share of its letters in links from which it is a link.
const BUTTON_WORDS: u32 = 4;
const LINKED: f32 = 0.5;

/// Blocks between the label and its sizes; sizes in the longest widget; sizes that need no label.
const REACH: usize = 2;
const MOST_SIZES: usize = 9;
const FEWEST_BARE: usize = 3;

/// The ASCII letters that a size may start with, in small letters.
const STARTS: [u64; 16] = {
    let words = [
        "a", "aa", "t", "tt", "s", "m", "l", "xl", "gro", "small", "large", "klein", "medium", "normal", "mittel",
        "default",
    ];
    let mut starts = [0; 16];
    let mut i = 0;
    while i < words.len() {
        let mut at = words[i].len();
        while at > 0 {
            at -= 1;
            starts[i] = starts[i] << 8 | words[i].as_bytes()[at] as u64;
        }
        i += 1;
    }
    starts
};

/// Returns whether a text is a size, and then whether it can be little else.
fn size_of(text: &str) -> Option<bool> {
    // Most short lines start with another word.
    let start = letters::run(text.as_bytes());
    if start.len > 0 && !STARTS.contains(&start.letters) {
        return None;
    }
    let text = text.trim().trim_matches(['(', ')', '[', ']', '|', '.', '•']).trim();
    if text.is_empty() || text.len() > 40 {
        return None;
    }
    let parts = text.split([' ', '/', '|', '\n', '\t']).filter(|part| !part.is_empty());
    let mut sure = true;
    for part in parts {
        let bare = part.trim_matches(['+', '-', '−', '–', '＋', '－']);
        match bare {
            "가" | "A" | "a" | "Aa" | "aA" | "AA" | "А" | "а" | "أ" | "ع" | "अ" | "あ" | "字" | "ا" | "T" | "Tt" =>
                {}
            "" | "작게" | "크게" | "보통" | "기본" | "더" | "매우" | "가장" | "아주" | "한단계" | "小" | "中"
            | "大" | "特大" | "標準" | "标准" | "最大" | "拡大" | "縮小" | "small" | "Small" | "medium" | "Medium"
            | "large" | "Large" | "S" | "M" | "L" | "XL" | "normal" | "Normal" | "klein" | "mittel" | "groß"
            | "default" | "Default" | "超大" => sure = false,
            _ if bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_digit()) => sure = false,
            _ => return None,
        }
    }
    Some(sure)
}

/// Returns whether a line is a known label, a colon, and sizes.
fn is_label_with_sizes(text: &str) -> bool {
    // Of `：` the first byte tells little.
    let parted = |at: usize| Some((&text[..at], text[at..].strip_prefix([':', '：'])?));
    let Some((label, sizes)) = memchr::memchr2_iter(b':', 0xef, text.as_bytes()).find_map(parted) else { return false };
    // As in the time of day.
    if label.ends_with(|ch: char| ch.is_ascii_digit()) || size_of(sizes.trim_start()).is_none() {
        return false;
    }
    let mut form = String::new();
    crate::phrases::normalise(label, &mut form);
    LABELS.contains(form.as_str())
}

/// The phrases that are whole lines.
static LABELS: Lazy<HashSet<&str>> = Lazy::new(|| {
    let label = |line: &'static str| line.strip_prefix("line\t")?.split('\t').nth(1);
    META.phrases.lines().filter_map(label).collect()
});

impl Rule for FontSizeWidget {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let blocks = doc.blocks();
        let mut is_label = vec![false; blocks.len()];
        doc.hits(&META).iter().filter(|hit| hit.via == Via::Line).for_each(|hit| is_label[hit.blocks.start] = true);
        let is_button = |i: usize| {
            let block = &blocks[i];
            let is_set_so =
                matches!(block.kind, BlockKind::Loose | BlockKind::Control) || block.link_density() > LINKED;
            is_label[i] || block.words() <= BUTTON_WORDS && (is_set_so || size_of(doc.text_at(i)).is_some())
        };
        // Classes of these names set the size of any text more often than they name a widget: `has-large-font-size`.
        out.strip_hits_if(doc, &META, |hit| hit.via.is_phrase() || hit.blocks.clone().all(is_button));
        let mut i = 0;
        while i < blocks.len() {
            let size = |i: usize| if blocks[i].words() <= BUTTON_WORDS { size_of(doc.text_at(i)) } else { None };
            let end = (i..blocks.len()).find(|&j| size(j).is_none()).unwrap_or(blocks.len());
            if end == i {
                i += 1;
                continue;
            }
            let has_label =
                (i.saturating_sub(REACH)..i).any(|j| is_label[j]) || is_label.get(end).copied().unwrap_or(false);
            let (count, sure) = (end - i, (i..end).filter(|&j| size(j) == Some(true)).count());
            if count <= MOST_SIZES && (has_label || count >= FEWEST_BARE && sure == count) {
                for j in i..end {
                    out.strip(doc, j, "a size beside the label of a font-size widget");
                }
            }
            i = end;
        }
        for (i, block) in blocks.iter().enumerate().filter(|(_, block)| block.words() <= 2 * BUTTON_WORDS) {
            if block.holds(Marks::COLON.or(Marks::FULL)) && is_label_with_sizes(doc.text(block)) {
                out.strip(doc, i, "the label of a font-size widget, and its sizes");
            }
        }
        for i in (1..blocks.len()).filter(|&i| is_label[i]) {
            let mut text = String::new();
            crate::phrases::normalise(doc.text_at(i - 1), &mut text);
            if SETTINGS.contains(&text.as_str()) {
                out.strip(doc, i - 1, "the heading of a font-size widget");
            }
        }
    }
}
