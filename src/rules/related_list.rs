//! Strips lists of related articles, and lines that point to one.
//!
//! # What it strips
//!
//! Elements so named; lines such as "Related articles" with the titles under them, as far as the next paragraph or heading,
//! fifteen at most; and lines such as "Read also: …".
//!
//! # Why it is boilerplate
//!
//! It is about other articles.
//!
//! # What it must keep
//!
//! The paragraph after the list, and sub-headings that no list follows.

use super::prelude::*;
use crate::document::Via;
use crate::hash::FastSet;
use crate::measure::Ending;

/// The rule `related-list`.
pub(super) struct RelatedList;

static META: Meta = Meta::new("related-list", Category::Navigation, "Lists of related articles")
    .names(&["related", "related-articles", "related-posts", "related-post", "related-news", "related-stories", "related-content", "related-links", "related-list", "related-items", "related-box", "related-article", "relatedposts", "relatednews", "relatedarticles", "yarpp", "yarpp-related", "jp-relatedposts", "recommended", "recommended-articles", "recommended-posts", "recommended-stories", "recommendation", "recommendations", "recommend-list", "read-also", "readalso", "also-read", "more-stories", "more-news", "more-articles", "more-from", "more-on", "see-also", "you-may-like", "you-might-also-like", "auch-interessant", "mehr-zum-thema", "weitere-artikel", "verwandte-artikel", "aehnliche-artikel", "lesen-sie-auch", "lire-aussi", "a-lire-aussi", "articles-lies", "sur-le-meme-sujet", "relacionadas", "relacionados", "notas-relacionadas", "noticias-relacionadas", "te-puede-interesar", "leggi-anche", "correlati", "articoli-correlati", "veja-tambem", "leia-tambem", "lees-ook", "gerelateerd", "czytaj-takze", "powiazane", "zobacz-takze", "ilgili-haberler", "latest-news", "latest-posts", "recent-posts", "widget-recent-entries", "teaser-list", "article-related", "news-related"])
    .phrases(include_str!("data/related_list.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.\n\n⟦Related articles⟧\n⟦• Mill burns in Aune⟧\n⟦• Town buys a tram⟧\n\nThe council will vote on the tram in May, and again in June, the mayor said on Monday."),
        Example::Text("Die Brücke ist seit Montag offen, zwei Jahre später als geplant. Das sagte der Bürgermeister am Abend.\n\n⟦Lesen Sie auch: Mühle brennt in Aune⟧\n\nDer Rat tagte bis in die Nacht."),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦[관련기사]⟧\n⟦아우네 방앗간 화재⟧\n⟦벨덴시, 전차 도입⟧"),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.</p><h3>⟦Read also⟧</h3><ul>⟦<li><a href=1>Mill burns</a><li><a href=2>Fog in Aune</a>⟧</ul><p>The council will vote on the tram in May, and again in June.</p>"),
        Example::Text("Related articles in the old paper show that the mill had burned before, in 1911 and in 1934."),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.</p><h3>Trams</h3><p>The council will vote on the tram in May.</p>"),
    ]);

/// Items of the longest list.
const MOST_ITEMS: usize = 15;

/// Words of the longest title, and of the shortest paragraph that is surely none.
const TITLE_WORDS: u32 = 25;
const PROSE_WORDS: u32 = 15;

/// Share of letters in links from which a block is a link.
const LINKED: f32 = 0.7;

/// Returns the blocks from `start` on that are items of a list of articles: links, items or titles, as the first is.
/// Empty if it runs into the start of the body, whose headline and byline look the same.
fn items_after(doc: &Document, start: usize, labels: &FastSet<usize>) -> std::ops::Range<usize> {
    let blocks = doc.blocks();
    let Some(first) = blocks.get(start) else { return start..start };
    let are_links = first.link_density() > LINKED;
    let are_items = first.kind == BlockKind::ListItem;
    let is_item = |i: usize| {
        let block = &blocks[i];
        if are_items || block.is_prose(PROSE_WORDS) {
            return are_items && block.kind == BlockKind::ListItem || block.link_density() > LINKED;
        }
        if doc.regime() == Regime::Markup {
            let is_stamp = are_links && block.words() <= 6 && block.measure.digits > 0;
            return block.link_density() > LINKED || is_stamp;
        }
        let is_sentence = matches!(block.measure.ending, Ending::Stop | Ending::Colon | Ending::Quote);
        block.words() < TITLE_WORDS && !is_sentence && block.kind != BlockKind::Heading
    };
    let limit = blocks.len().min(start + MOST_ITEMS);
    let end = (start..limit).find(|&i| !is_item(i) || labels.contains(&i)).unwrap_or(limit);
    if end == doc.main_run().start && !are_items && !are_links { start..start } else { start..end }
}

/// Strips what the rule's names and phrases point at, and the items under each line that heads a list.
pub(super) fn strip_lists(doc: &Document, out: &mut Findings, meta: &'static Meta) {
    out.strip_hits(doc, meta);
    let heads = || doc.hits(meta).iter().filter(|hit| hit.via == Via::Line);
    let labels: FastSet<usize> = heads().map(|hit| hit.blocks.start).collect();
    for hit in heads() {
        for i in items_after(doc, hit.blocks.end, &labels) {
            out.strip(doc, i, Reason::new("an item of the list that begins at block").with_block(hit.blocks.start));
        }
    }
}

impl Rule for RelatedList {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        strip_lists(doc, out, &META);
    }
}
