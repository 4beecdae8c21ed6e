//! Strips lists of the most read articles.
//!
//! # What it strips
//!
//! Elements so named, and lines such as "Most read" with the titles under them, as far as the next paragraph or heading,
//! fifteen at most.
//!
//! # Why it is boilerplate
//!
//! It is about other articles, and is the same on every page of that hour.
//!
//! # What it must keep
//!
//! The paragraph after the list.

use super::prelude::*;
use super::related_list::strip_lists;

/// The rule `most-read-list`.
pub(super) struct MostReadList;

static META: Meta = Meta::new("most-read-list", Category::Navigation, "Lists of the most read articles")
    .names(&["most-read", "mostread", "most-popular", "mostpopular", "most-viewed", "mostviewed", "most-shared", "most-commented", "popular-posts", "popular-articles", "popular-news", "popular-stories", "popular-list", "trending", "trending-now", "trending-news", "trending-list", "top-stories", "top-news", "ranking", "ranking-list", "rank-list", "access-ranking", "hot-news", "hotnews", "hot-list", "best-news", "meistgelesen", "meist-gelesen", "meistgelesene", "top-artikel", "beliebte-artikel", "les-plus-lus", "plus-lus", "lo-mas-leido", "mas-leidas", "mas-leidos", "mas-vistas", "piu-letti", "i-piu-letti", "mais-lidas", "mais-lidos", "mais-vistas", "meest-gelezen", "najczesciej-czytane", "najpopularniejsze", "popular-widget", "en-cok-okunanlar", "cok-okunanlar", "terpopuler", "populer"])
    .phrases(include_str!("data/most_read_list.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.\n\n⟦Most read⟧\n⟦1. Mill burns in Aune⟧\n⟦2. Town buys a tram⟧\n\nThe council will vote on the tram in May, and again in June, the mayor said on Monday."),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦많이 본 뉴스⟧\n⟦아우네 방앗간 화재⟧\n⟦벨덴시, 전차 도입⟧"),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.</p><h3>⟦Meistgelesen⟧</h3><ol>⟦<li><a href=1>Mühle brennt</a><li><a href=2>Nebel in Aune</a>⟧</ol><p>The council will vote on the tram in May, and again in June.</p>"),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.</p><div class=most-popular>⟦<a href=1>Mill burns</a>⟧</div><p>The council will vote on the tram in May, and again in June.</p>"),
        Example::Text("Most read of all her books was the one on trams, which the town gave to every child."),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.</p><h3>Trams</h3><p>The council will vote on the tram in May.</p>"),
    ]);

impl Rule for MostReadList {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        strip_lists(doc, out, &META);
    }
}
