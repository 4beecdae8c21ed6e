//! Strips links that say no more than that there is more.
//!
//! # What it strips
//!
//! Whole lines such as "Read more" and "View all", and elements so named; and under an article the excerpts of others, two or
//! more, each in a box of its own that such a link ends.
//!
//! # Why it is boilerplate
//!
//! What they lead to is not here.
//!
//! # What it must keep
//!
//! Sentences about reading; the parts of an article each of which ends in such a link.

use super::prelude::*;
use crate::document::Via;
use std::ops::Range;

/// The rule `read-more-link`.
pub(super) struct ReadMoreLink;

static META: Meta = Meta::new("read-more-link", Category::Navigation, "Links that lead to more text")
    .names(&["read-more", "readmore", "more-link", "morelink", "load-more", "loadmore", "show-more", "view-more", "view-all", "see-all", "see-more", "continue-reading", "mehr-lesen", "weiterlesen", "lire-la-suite", "voir-plus", "leer-mas", "ver-mas", "leggi-tutto", "lees-meer", "lees-verder", "czytaj-wiecej", "read-more-link", "read-more-button"])
    .phrases(include_str!("data/read_more_link.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late, the council said.\n\n⟦Read more⟧\n\nNobody in Velden knows yet what the tram will cost, she added."),
        Example::Text("Die Brücke ist seit Montag offen, zwei Jahre später als geplant.\n\n⟦Weiterlesen …⟧"),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦더보기⟧"),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said.</p><a class=readmore href=1>⟦All of it⟧</a>"),
        Example::Html(
            "<div><p>The bridge at Velden opened on Monday, two years late and two million crowns over the sum that was planned for \
             it, the council said after a meeting that went on until midnight. Nobody in the town knows yet what the tram will \
             cost, the mayor added, but it will cross the bridge from May on, every ten minutes by day and every hour by night, \
             and whoever cannot wait may still take the ferry.</p></div><div>⟦<div><b>Mill burns down</b><p>The mill at Aune, \
             built in 1911, burned down on Sunday, the fire brigade said.</p><a href=1>Read more</a></div>⟧<div>⟦<b>Fog in \
             Aune</b><p>Trams stood still on Sunday as nobody could see the rails, the company said.</p><a href=2>Read \
             more</a>⟧</div></div>",
        ),
        Example::Text("Read more books, the mayor of Velden told the children, and eat less bread."),
        Example::Html("<p>View all of it as a gift, the miller said.</p>"),
    ]);

/// Words of prose that make an article, before the first excerpt, and that may stand behind the last. Set by hand.
const ARTICLE_WORDS: u32 = 60;
const REST_WORDS: u32 = 60;

/// Returns the boxes of the excerpts under the article: around each link that leads to more the largest that no other such link
/// shares, as long as no prose stands between. All of them hold less than the article.
fn excerpts(doc: &Document) -> Vec<Range<usize>> {
    let blocks = doc.blocks();
    let is_link = |hit: &&crate::Hit| hit.via == Via::Line && blocks[hit.blocks.start].link_density() > 0.7;
    let mut links: Vec<usize> = doc.hits(&META).iter().filter(is_link).map(|hit| hit.blocks.start).collect();
    links.dedup();
    let mut boxes: Vec<Range<usize>> = Vec::new();
    let mut after = blocks.len();
    for (n, &link) in links.iter().enumerate().rev() {
        let before = n.checked_sub(1).map(|n| links[n]);
        let is_own = |around: &Range<usize>| around.end <= after && before.is_none_or(|before| before < around.start);
        let Some(own) = doc.containers(link).take_while(is_own).last() else { continue };
        let most = if boxes.is_empty() { REST_WORDS } else { 0 };
        if doc.prose_in(own.end..after) > most {
            break;
        }
        after = own.start;
        if doc.prose_in(own.clone()) > 0 {
            boxes.push(own);
        }
    }
    let held: u32 = boxes.iter().map(|own| doc.prose_in(own.clone())).sum();
    let is_under_article = doc.prose_in(0..after) >= held.max(ARTICLE_WORDS);
    if boxes.len() >= 2 && is_under_article { boxes } else { Vec::new() }
}

impl Rule for ReadMoreLink {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_labels(doc, &META);
        for i in excerpts(doc).into_iter().flatten() {
            out.strip(doc, i, "in an excerpt that ends in a link to the rest");
        }
    }
}
