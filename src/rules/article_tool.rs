//! Strips the tools that stand over and under an article.
//!
//! # What it strips
//!
//! Elements whose class or id names such tools, and lines that offer to print, save, hear, translate or enlarge the
//! article, to report a fault in it, or to like it, or to buy or book what it speaks of.
//!
//! # Why it is boilerplate
//!
//! They are buttons; their words are the same on every page of a site.
//!
//! # What it must keep
//!
//! Sentences, and headings of articles about printing or translation.

use super::prelude::*;

/// The rule `article-tool`.
pub(super) struct ArticleTool;

static META: Meta = Meta::new("article-tool", Category::Widget, "Tools to print, save, hear, translate or enlarge an article")
    .names(&[
        "article-tools", "article-tool", "story-tools", "page-tools", "print-button", "print-btn", "btn-print", "print-link",
        "printfriendly", "read-aloud", "readspeaker", "listen-button", "audio-article", "tts",
        "bookmark", "bookmarks", "save-article", "save-button", "article-actions", "article-utility", "article-util",
        "utility-bar", "toolbar", "tool-bar", "article-toolbar", "view-tools", "news-tool",
        "like-button", "reaction", "reactions", "report-error", "copy-link",
        "font-size-control", "text-sizer", "fontsize-wrap", "font-size-widget",
        "font-box", "btn-font", "txt-size",
    ])
    .phrases(include_str!("data/article_tool.txt"))
    .examples(&[
        Example::Text("⟦Print⟧\n\n⟦Listen to this article⟧\n\nThe bridge opened on Monday, two years late."),
        Example::Text("⟦기사 듣기⟧\n\n⟦북마크하기⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text("⟦Imprimer⟧\n\n⟦Enregistrer l’article⟧\n\nLe pont a ouvert lundi, avec deux ans de retard."),
        Example::Html("<div class=font-size-control>⟦<button>Bigger</button> <button>Smaller</button>⟧</div><p>The bridge opened on Monday.</p>"),
        Example::Text("The best pan of the year is made in Velden, and comes with a lid.\n\n⟦Buy now⟧"),
        Example::Text("Print was invented twice in Velden, the museum says, and forgotten once."),
        Example::Html("<p>Listen to the river, he says, and save your breath.</p><h2>Translation as a craft</h2><p>She began in 1961.</p>"),
    ]);

impl Rule for ArticleTool {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
