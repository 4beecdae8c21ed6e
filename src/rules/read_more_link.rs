//! Strips links that say no more than that there is more.
//!
//! # What it strips
//!
//! Whole lines such as "Read more" and "View all", and elements so named.
//!
//! # Why it is boilerplate
//!
//! What they lead to is not here.
//!
//! # What it must keep
//!
//! Sentences about reading.

use super::prelude::*;

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
        Example::Text("Read more books, the mayor of Velden told the children, and eat less bread."),
        Example::Html("<p>View all of it as a gift, the miller said.</p>"),
    ]);

impl Rule for ReadMoreLink {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
