//! Strips readers' comments.
//!
//! # What it strips
//!
//! Elements whose class or id names comments, even if they hold most of the prose of the page, as long as an article
//! stands before them; lines of the form one comments with; and everything under a heading such as “3 comments” or
//! “Leave a reply”, or from the first of several lines such as “Ida says: May 3, 2031 at 1:12 pm” on, that stands after the
//! article; lines with other names and times alone, “Ida May 3, 2031 at 1:12 pm”, only where lines of comments stand too.
//!
//! # Why it is boilerplate
//!
//! Readers wrote it, not the paper.
//!
//! # What it must keep
//!
//! The first post of a forum; an article that comes after the word “comments”, such as a count beside its date; a body whose
//! element is named for the comments that it allows.

mod signed;

use super::headline;
use super::prelude::*;
use crate::document::{Hit, Via};
pub(crate) use signed::said;

/// The rule `comment-section`.
pub(super) struct CommentSection;

static META: Meta = Meta::new("comment-section", Category::Comment, "Readers' comments")
    .selector("#comments, #disqus_thread, #respond")
    .names(&[
        "comments", "comment-list", "commentlist", "comment-section", "comment-form", "comment-respond", "comment-body",
        "comment-content", "comment-thread", "comments-area", "disqus", "disqus-thread", "kommentare", "kommentarbereich",
        "leserkommentare", "comentarios", "commentaires", "commenti", "comentarios-box", "komentarze", "yorumlar", "reacties",
        "reader-comments", "livefyre", "viafoura", "coral-comments", "openweb", "spot-im", "fb-comments", "hyvor-talk",
        "livere", "comment-box", "comment-wrap", "comment-area", "reply-list", "replies", "respond", "utterances",
        "leave-reply",
    ])
    .phrases(include_str!("../data/comment_section.txt"))
    .examples(&[
        Example::Text("The bridge at Velden opened on Monday, two years late, and two million crowns over the sum that was planned for it.\n\n⟦3 comments⟧\n\n⟦Jens: It is a fine bridge, but I shall not cross it.⟧\n\n⟦Reply⟧\n\n⟦Ida: Nor shall I.⟧\n\n⟦Reply⟧"),
        Example::Text("Die Brücke ist seit Montag offen.\n\n⟦Schreibe einen Kommentar⟧\n\n⟦Deine E-Mail-Adresse wird nicht veröffentlicht.⟧"),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다. 시장은 다리가 아름답다고 말했고, 시민들은 춥다고 했다고 벨덴일보가 전했다.\n\n⟦댓글 12⟧\n\n⟦최신순⟧\n\n⟦다리가 멋지네요⟧"),
        Example::Html("<h1>Bridge opens</h1><p>The bridge opened on Monday.</p><div id=comments>⟦<p>Jens: I shall not cross it.</p>⟧</div>"),
        Example::Text("The bridge at Velden opened on Monday, two years late, and two million crowns over the sum that was planned for it.\n\n⟦Ida M. says: May 3, 2031 at 1:12 pm⟧\n\n⟦It is a fine bridge, but I shall not cross it.⟧\n\n⟦Jens says: May 4, 2031 at 7:02 am⟧\n\n⟦Nor shall I.⟧"),
        Example::Text(
            "The bridge at Velden opened on Monday, two years late, and two million crowns over the sum that was planned for it. The mayor \
             walked across it first, and was followed by a band, by two hundred children with lamps, and by the ferryman, who had carried \
             people over the river for forty years and now has nothing to do but to look at the gulls.\n\n⟦moss_ida May 3, 2031 at 1:12 \
             pm⟧\n\n⟦It is a fine bridge, but I shall not cross it.⟧\n\n⟦Jens V. May 4, 2031 at 7:02 am⟧\n\n⟦Nor shall I.⟧\n\n⟦Al \
             says⟧\n\n⟦May 4, 2031 at 9:40 am⟧\n\n⟦I have crossed it twice.⟧\n\n⟦Leave a reply⟧",
        ),
        Example::Text("⟦12 comments⟧\n\nThe bridge at Velden opened on Monday, two years late, and two million crowns over the sum that was planned for it.\n\nTrams cross it from May."),
        Example::Html(
            "<ul><li>Three ferries are to be painted this year, the harbour said on Monday.</li><li>The mill at Aune turns again, after a \
             wait of forty years.</li></ul><h1>Which gloves do you row in?</h1><div class=comment-content>Mine have come apart after two \
             winters on the lake, and the shop at the harbour no longer has that kind. Which do you wear in the cold, when the \
             spray freezes on the oars and there is nobody else out? I have asked the ferrymen, who only laughed.</div><h2>Replies</h2>⟦<div \
             class=comment-content>I row without any, and have never missed them, not even in January.</div>⟧",
        ),
        Example::Html("<article class=comments-open><h1>Bridge opens</h1><p>The bridge opened on Monday, and the mayor’s comments were brief.</p></article>"),
    ]);

/// Words of prose before a heading that make what stands before it the article.
const ARTICLE_WORDS: u32 = 12;
/// Blocks after a heading within which another line of comments shows that it is one.
const REACH: usize = 40;

/// Returns whether an element named for comments holds the article, not its comments: also the first post of a forum, which
/// stands under the page's headline, whatever teasers stand over that.
fn holds_article(doc: &Document, headline: Option<usize>, hit: &Hit) -> bool {
    let blocks = &doc.blocks()[hit.blocks.clone()];
    let has_headline =
        blocks.iter().any(|b| (b.kind == BlockKind::Heading && b.level == 1) || b.is(Setting::ARTICLE_BODY));
    // What little stands over the headline is teasers.
    let own = doc.prose_in(hit.blocks.clone());
    let above = headline.filter(|&at| at < hit.blocks.start && doc.prose_in(0..at) < own).map_or(0, |at| at + 1);
    has_headline || (doc.prose_in(above..hit.blocks.start) < 2 * ARTICLE_WORDS && hit.holds_body)
}

impl Rule for CommentSection {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let (blocks, hits, run) = (doc.blocks(), doc.hits(&META), doc.main_run());
        let headline = hits.first().and_then(|_| headline::of(doc, out));
        for hit in hits.iter().filter(|hit| !hit.via.is_phrase() && !holds_article(doc, headline, hit)) {
            out.strip_hit(doc, hit);
        }
        let lines: Vec<&Hit> = hits.iter().filter(|hit| hit.via.is_phrase()).collect();
        let last_line = lines.last().map(|line| line.blocks.start);
        let first_signed = signed::first(doc, last_line).unwrap_or(blocks.len());
        (first_signed..blocks.len())
            .for_each(|i| out.strip(doc, i, "stands among what readers wrote, each with name and date"));
        for (n, hit) in lines.iter().enumerate() {
            out.strip_hit(doc, hit);
            // A note on comments may stand anywhere.
            if hit.via == Via::Within {
                continue;
            }
            let at = hit.blocks.start;
            let block = &blocks[at];
            let is_button = block.link_density() > 0.5 || block.kind == BlockKind::Control;
            let near = |line: Option<&&Hit>| line.is_some_and(|line| line.blocks.start <= at + REACH);
            // Comments may join the stretch of prose, and be longer than the article: more is asked for inside it.
            let (before, all) = (doc.prose_in(run.start..at.clamp(run.start, run.end)), doc.prose_in(run.clone()));
            let is_late = 2 * before >= all;
            let is_sure = match at >= run.end {
                true => block.kind == BlockKind::Heading || near(lines.get(n + 1)),
                false => near(lines.get(n + 1)) && near(lines.get(n + 2)),
            };
            let follows_article = doc.prose_in(0..at) >= ARTICLE_WORDS && !run.is_empty();
            if is_late && is_sure && !is_button && follows_article {
                for i in at + 1..blocks.len() {
                    out.strip(doc, i, Reason::new("stands under the comments that start at block").with_block(at));
                }
                break;
            }
        }
    }
}
