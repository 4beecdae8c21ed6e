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

mod bracket;
mod credit;
mod label;
mod person;
mod story;
mod words;

use super::photo_credit;
use super::prelude::*;
use super::repeated_caption::copies_after;
use super::sides;
use crate::document::Block;
use crate::measure::{Ending, Measure};
use bracket::BRACKETS;
use credit::MOST_WORDS;

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
        "bildtext",
        "bildetekst",
        "billedtekst",
        "kuvateksti",
        "bijschrift",
        "legenda",
        "leyenda",
        "pie-de-foto",
        "pie-foto",
        "popisek",
        "resimalti",
        "photo-description",
        "image-description",
        "photo-legend",
        "photo-info",
        "img-descr",
    ])
    .phrases(include_str!("../data/caption.txt"))
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
        Example::Html(
            "<p><span><em class=img_desc>⟦The old landing in May. Velden Post⟧</em></span>The landing will open again in May, the town \
             said on Monday.<br><br>Nobody but gulls has used it for two years, and the ferry has sailed from Aune.</p>",
        ),
        Example::Text("She gave the photo to Reuters, which printed it at once, a day before the vote."),
    ]);

/// Words of the longest text that says who stands on which side of a picture. Set by hand.
const MOST_SIDED: u32 = 60;

impl Rule for Caption {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let tells = story::is_told_by_captions(doc);
        let is_story = |block: &Block| tells && (block.is_prose(5) || block.kind == BlockKind::Heading);
        for hit in doc.hits(&META) {
            if hit.holds_body {
                continue;
            }
            for i in hit.blocks.clone() {
                // An element without a line of its own may have the first paragraph behind it.
                if !hit.via.is_phrase() && holds_more(doc, &doc.blocks()[i], hit.span) {
                    out.strip_hit(doc, hit);
                    continue;
                }
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
        let mut credited = Vec::new();
        let run = doc.main_run();
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
            if story::is_in_caption(block) {
                out.part(doc, i, Role::Caption, "stands in a caption element");
            } else if story::is_in_figure(block) {
                out.part(doc, i, Role::Caption, "stands in a figure");
            } else if follows[i] {
                out.part(doc, i, Role::Caption, "its alternative text stands before it");
            } else if let Some(last) = credit_below(doc, i) {
                for j in i..=last {
                    out.part(doc, j, Role::Caption, "ends in a bracket that a credit below it closes");
                }
            } else if credit::ends(block, doc.text(block)) {
                if ends_run(doc, &run, i) && credit::is_signed(doc.text(block)) {
                    out.keep(doc, i, "the last paragraph, which an agency signs");
                } else {
                    credited.push(i);
                }
            }
        }
        let is_story = story::is_of(doc, &credited);
        if let Some(over) = credited.first().and_then(|first| first.checked_sub(1)).filter(|_| is_story)
            && doc.blocks()[over].is_prose(5)
        {
            out.keep(doc, over, "the sentence over a photo story's captions");
        }
        for i in credited {
            if is_story {
                out.keep(doc, i, "one of the captions that are a photo story's text");
            } else {
                out.part(doc, i, Role::Caption, "ends in a credit");
            }
        }
    }
}

/// Returns whether a block is the last of several in a stretch of sentences, or right behind it, for a signature ends none; in HTML
/// a box may stand between it and a paragraph of its kind.
fn ends_run(doc: &Document, run: &std::ops::Range<usize>, block: usize) -> bool {
    let is_like_last = || doc.regime() == Regime::Markup && doc.are_siblings(run.end - 1, block);
    run.len() > 1 && block + 1 >= run.end && (block <= run.end || is_like_last())
}

/// Words beside a caption in one block from which they are no credit. Set by hand.
const MORE_THAN_CREDIT: u32 = 10;

/// Returns whether a block holds more than a caption that stands at this span, and its credit.
fn holds_more(doc: &Document, block: &Block, span: crate::Span) -> bool {
    if span.contains(block.span) {
        return false;
    }
    let pieces = doc.pieces_of(block);
    let place = |at: usize| pieces.get(at).map_or(block.text.end, |piece| piece.text) as usize;
    let from = pieces.partition_point(|piece| piece.span.start < span.start);
    let to = pieces.partition_point(|piece| piece.span.start < span.end);
    let words = |text: &str| Measure::of(text).words;
    let (start, end) = (block.text.start as usize, block.text.end as usize);
    words(&doc.text[start..place(from)]) + words(&doc.text[place(to)..end]) >= MORE_THAN_CREDIT
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
