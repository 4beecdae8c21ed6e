//! Strips labels that lead to the next article and back.
//!
//! # What it strips
//!
//! Whole lines such as "Next article", and elements so named.
//!
//! # Why it is boilerplate
//!
//! They are signposts of the site.
//!
//! # What it must keep
//!
//! Sentences about what comes next.

use super::prelude::*;

/// The rule `next-article`.
pub(super) struct NextArticle;

static META: Meta = Meta::new("next-article", Category::Navigation, "The way to the next and the last article")
    .selector("a[rel=next], a[rel=prev], nav.post-navigation")
    .names(&["next-article", "prev-article", "previous-article", "next-post", "prev-post", "previous-post", "next-story", "prev-next", "next-prev", "post-navigation", "post-nav", "article-nav", "article-navigation", "post-pagination", "nav-links", "nav-previous", "nav-next", "next-previous", "pager", "pagination", "artikel-navigation", "naechster-artikel", "article-suivant", "articulo-siguiente"])
    .phrases(include_str!("data/next_article.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late, the council said.\n\n⟦Next article⟧"),
        Example::Text("Die Brücke ist seit Montag offen, zwei Jahre später als geplant.\n\n⟦Nächster Artikel⟧"),
        Example::Text("El puente abrió el lunes, dijo el ayuntamiento.\n\n⟦Siguiente noticia⟧"),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said.</p><p>Nobody in Velden knows yet what the tram will cost, she added.</p><div class=post-navigation>⟦<a href=1>Mill burns</a>⟧</div>"),
        Example::Text("Next article on the list of the council was the tram, which nobody wanted."),
        Example::Html("<p>Next came the tram, and previous plans were burned.</p>"),
    ]);

impl Rule for NextArticle {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_short_hits(doc, &META, 8);
    }
}
