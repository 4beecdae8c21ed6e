//! Protects lists that belong to the article.
//!
//! # What it protects
//!
//! Items of lists in the page's longest stretch of prose that are not links, when a paragraph stands close before the list; in
//! flattened text only if that paragraph ends with a colon, for links cannot be seen there. Also three or more lines with labels,
//! `Velden: two trams`, below a sentence that ends with a colon or says that they follow, and four or more lines that open with years
//! in order, `2019: Ida Moss`, as lists of winners and chronicles do.
//!
//! # Why it is body
//!
//! Furniture lists link somewhere; a list without links, under a paragraph, goes on with what the paragraph says.
//!
//! # What it must not protect
//!
//! Lists of other articles, of tags and of buttons; lists of which a third has been given away, or a quarter of the items are links.

use super::prelude::*;
use crate::document::Block;
use crate::measure::Ending;

/// The rule `body-list`.
pub(super) struct BodyList;

static META: Meta = Meta::new("body-list", Category::Protect, "Lists that belong to the article").examples(&[
    Example::Html(
        "<p>The council agreed on Monday on what the town will need to open the bridge in May:</p><ul><li>four lamps</li><li>a \
         rail on either side</li></ul><p>All of it will be bought in Velden, the council said, and paid for by the county.</p>",
    ),
    Example::Text(
        "Der Rat einigte sich am Montag darauf, was die Stadt für die Brücke braucht:\n\n- vier Lampen\n\n- ein Geländer\n\nAlles \
         wird in Velden gekauft, sagte der Rat, und vom Landkreis bezahlt.",
    ),
    Example::Text(
        "橋の修理で止まる路面電車は次の通り。\n\n＜五月＞\n\nベルデン：朝の二本、夜の一本\n\nアウネ：朝の一本\n\n＜六月＞\n\nベルデン：夜の一本",
    ),
    Example::Text(
        "While the bridge is closed, trams will leave the landing at these times:\n\nMonday: 8 and 10\n\nTuesday: 9\n\nWednesday: none",
    ),
    Example::Text(
        "Ida Moss is the ferryman of the year, the town said on Monday.\n\nFerrymen of the year\n\n2031: Ida Moss\n\n2030: Per \
         Hald\n\n2028: Ada Fenn\n\n2027: Per Hald",
    ),
    Example::Html(
        "<p>The council agreed on Monday on what the town will need to open the bridge in May, and on who shall pay for it.</p><ul><li><a \
         href=/ferry>The ferry sails on</a><p>Two boats go on until the summer, the harbour said on Monday, for those who do not trust the \
         bridge.</p></li><li><a href=/mill>Mill at Aune</a><p>It turns again, after a wait of forty years and with a wheel of oak, the \
         town said.</p></li></ul>",
    ),
    Example::Text("의회는 월요일에 다음을 결정했다:\n\n- 등 네 개를 산다.\n\n- 난간을 세운다.\n\n모두 벨덴에서 산다고 의회가 밝혔다."),
]);

/// Words of the shortest paragraph that a list may follow.
const PROSE_WORDS: u32 = 6;
/// Most letters of a list that may stand in links.
const DENSITY: f32 = 0.3;
/// One in so many items that is a link makes them teasers: each is a title, and text without a link below it.
const MOST_LINKED: usize = 4;

/// Characters of the longest label of a line, and lines with labels that make a list.
const LABEL: usize = 20;
const FEWEST_LABELLED: usize = 3;

/// Lines with years that make a list, and the years that they may name.
const FEWEST_YEARS: usize = 4;
const YEARS: std::ops::RangeInclusive<u32> = 1500..=2200;

/// Ends of Japanese sentences that announce what follows, as a colon does.
const AS_FOLLOWS: &[&str] = &["次の通り。", "次のとおり。", "以下の通り。", "以下のとおり。"];

/// Returns whether a block of at least so many words ends with a colon, and is no link.
fn ends_in_colon(block: &Block, words: u32) -> bool {
    block.measure.ending == Ending::Colon && block.words() >= words && block.link_density() < 0.5
}

/// Returns whether a paragraph announces lines with labels below it.
fn announces_lines(doc: &Document, block: usize) -> bool {
    ends_in_colon(&doc.blocks()[block], PROSE_WORDS) || AS_FOLLOWS.iter().any(|end| doc.text_at(block).ends_with(end))
}

/// Returns whether a text is a label, a colon and what belongs to it, or a label in brackets.
fn is_labelled(text: &str) -> bool {
    let is_short = |label: &str| !label.is_empty() && label.chars().take(LABEL + 1).count() <= LABEL;
    let is_parted = |(label, rest): (&str, &str)| is_short(label) && !rest.is_empty();
    text.split_once(": ").or_else(|| text.split_once('：')).is_some_and(is_parted)
        || text.starts_with(['＜', '【', '〈', '［']) && text.ends_with(['＞', '】', '〉', '］']) && is_short(text)
}

/// Protects lines with labels below the paragraph that announces them, and this.
fn keep_labelled(doc: &Document, out: &mut Findings) {
    let blocks = doc.blocks();
    let is_line = |&i: &usize| blocks[i].kind == BlockKind::Paragraph && is_labelled(doc.text_at(i));
    let mut end = 0;
    while end < blocks.len() {
        let over = end;
        end += 1;
        if !out.is_open(over) || !announces_lines(doc, over) {
            continue;
        }
        end += (end..blocks.len()).take_while(is_line).count();
        if end - over <= FEWEST_LABELLED {
            continue;
        }
        out.keep(doc, over, "announces a list of lines with labels");
        for i in over + 1..end {
            if out.is_open(i) {
                out.keep(doc, i, "one of several lines with labels, under a paragraph that announces them");
            }
        }
    }
}

/// Returns the year that a text opens with, before a colon or dash and something else.
fn year(text: &str) -> Option<u32> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = text[4..].trim_start();
    let said = rest.strip_prefix([':', '：', '–', '—', '-'])?;
    let year = digits.parse().ok().filter(|year| YEARS.contains(year))?;
    said.contains(char::is_alphabetic).then_some(year)
}

/// Protects lines that open with years in order.
fn keep_years(doc: &Document, out: &mut Findings) {
    let blocks = doc.blocks();
    let year_at = |i: usize| {
        let is_line = matches!(blocks[i].kind, BlockKind::Paragraph | BlockKind::ListItem);
        if is_line && blocks[i].link_density() < 0.5 { year(doc.text_at(i)) } else { None }
    };
    let mut at = 0;
    while at < blocks.len() {
        let start = at;
        let Some(mut last) = year_at(start) else {
            at += 1;
            continue;
        };
        let mut order = std::cmp::Ordering::Equal;
        at += 1;
        while let Some(next) = (at < blocks.len()).then(|| year_at(at)).flatten() {
            let step = next.cmp(&last);
            if step.is_eq() || order.is_ne() && step != order {
                break;
            }
            (order, last) = (step, next);
            at += 1;
        }
        if at - start < FEWEST_YEARS {
            continue;
        }
        for i in start..at {
            if out.is_open(i) {
                out.keep(doc, i, "one of several lines that open with years, in order");
            }
        }
    }
}

impl Rule for BodyList {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        keep_labelled(doc, out);
        keep_years(doc, out);
        let (blocks, run) = (doc.blocks(), doc.main_run());
        let mut end = run.start + 1;
        while end <= run.end && end < blocks.len() {
            let start = end;
            end += 1;
            if blocks[start].kind != BlockKind::ListItem {
                continue;
            }
            while end < blocks.len() && blocks[end].kind == BlockKind::ListItem {
                end += 1;
            }
            let announces =
                |i: usize| out.is_open(i) && (ends_in_colon(&blocks[i], 3) || blocks[i].is_prose(PROSE_WORDS));
            let is_label = |i: usize| blocks[i].kind == BlockKind::Heading || ends_in_colon(&blocks[i], 1);
            let is_announced = announces(start - 1) || (start >= 2 && is_label(start - 1) && announces(start - 2));
            let taken = (start..end).filter(|&i| !out.is_open(i)).count();
            let linked = (start..end).filter(|&i| blocks[i].link_density() >= 0.5).count();
            if MOST_LINKED * linked >= end - start {
                continue;
            }
            let is_seen = doc.regime() == Regime::Markup || blocks[start - 1].measure.ending == Ending::Colon;
            if !is_announced || !is_seen || 3 * taken > end - start || doc.link_density_in(start..end) > DENSITY {
                continue;
            }
            for i in start..end {
                let block = &blocks[i];
                if out.is_open(i) && !block.is(Setting::BOXED) && block.link_density() < 0.5 {
                    out.keep(doc, i, "an item of a list without links, under a paragraph");
                }
            }
        }
    }
}
