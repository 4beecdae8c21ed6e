//! Strips rows of share and follow buttons.
//!
//! # What it strips
//!
//! Elements whose class or id names a share bar, and short lines that are nothing but a network's name or "share on …".
//!
//! # Why it is boilerplate
//!
//! The buttons are the page's, the same on every page of a site. Social networks' names are among the ten most frequent
//! lines of news pages, and stand in a body in less than one page of three hundred.
//!
//! # What it must keep
//!
//! Sentences about the networks, and lists in an article that name them one by one.

use super::prelude::*;

/// The rule `share-bar`.
pub(super) struct ShareBar;

static META: Meta = Meta::new("share-bar", Category::Share, "Rows of share and follow buttons")
    .names(&[
        "share",
        "sharing",
        "share-bar",
        "social",
        "socials",
        "sns",
        "sharedaddy",
        "addthis",
        "shariff",
        "follow-us",
    ])
    .phrases(include_str!("data/share_bar.txt"))
    .examples(&[
        Example::Text("Der Rat tagte am Montag.\n\n⟦Facebook⟧\n\n⟦Share on X⟧\n\nEr vertagte sich."),
        Example::Text("페이스북은 트위터를 제쳤다고 18일 밝혔다."),
        Example::Html("<p>The council met.</p><div class=share-bar>⟦<a href=#>Post it</a>⟧</div><p>It went home.</p>"),
        Example::Html("<p>Facebook shares fell by a third on Monday.</p>"),
    ]);

impl Rule for ShareBar {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
