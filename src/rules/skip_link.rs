//! Strips links that jump over the menu, to the text, or back to the top.
//!
//! # What it strips
//!
//! Whole lines such as "Skip to content" and "Back to top", and elements so named.
//!
//! # Why it is boilerplate
//!
//! They move the reader, and say nothing.
//!
//! # What it must keep
//!
//! Sentences that begin with "Skip" or "Back".

use super::prelude::*;

/// The rule `skip-link`.
pub(super) struct SkipLink;

static META: Meta = Meta::new("skip-link", Category::Navigation, "Links that jump within the page")
    .names(&["skip-link", "skip-links", "skiplink", "skiplinks", "skip-nav", "skipnav", "skip-navigation", "skip-to-content", "skip-to-main", "skip-main", "skip-content", "back-top", "scrolltop", "page-top", "pagetop", "return-top", "accessibility-links", "sprungmarken", "u-skip", "nach-oben", "retour-haut", "torna-su"])
    .phrases(include_str!("data/skip_link.txt"))
    .examples(&[
        Example::Text("⟦Skip to main content⟧\n\nThe bridge opened on Monday, two years late, the council said."),
        Example::Text("⟦Zum Inhalt springen⟧\n\nDie Brücke ist seit Montag offen, zwei Jahre später als geplant."),
        Example::Text("⟦본문 바로가기⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Html("<a class=skip-link href=#m>⟦Straight on⟧</a><p>The bridge opened on Monday, two years late, the council said.</p>"),
        Example::Text("Skip to the end of the book, she said, and you will see why the mill burned."),
        Example::Html("<p>Back to the top of the league went Aune, after a draw with Velden.</p>"),
    ]);

impl Rule for SkipLink {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
