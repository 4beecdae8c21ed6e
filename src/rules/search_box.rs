//! Strips search fields and the words around them.
//!
//! # What it strips
//!
//! Whole lines such as "Search this site", and forms and elements that say they search.
//!
//! # Why it is boilerplate
//!
//! It is a tool of the site.
//!
//! # What it must keep
//!
//! Reports of a search.

use super::prelude::*;

/// The rule `search-box`.
pub(super) struct SearchBox;

static META: Meta = Meta::new("search-box", Category::Widget, "The search field and its labels")
    .selector("form[role=search], div[role=search], search")
    .names(&["search-box", "searchbox", "search-form", "searchform", "search-bar", "searchbar", "search-field", "search-input", "search-widget", "widget-search", "search-overlay", "search-modal", "search-panel", "search-wrap", "search-wrapper", "search-container", "site-search", "header-search", "nav-search", "suchformular", "suchfeld", "sucheingabe", "suchleiste", "buscador", "search-area", "search-keyword", "search-results-empty"])
    .phrases(include_str!("data/search_box.txt"))
    .examples(&[
        Example::Text("⟦Search this site⟧\n\nThe bridge opened on Monday, two years late, the council said."),
        Example::Text("⟦검색어를 입력하세요⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text("⟦Suchbegriff eingeben⟧\n\nDie Brücke ist seit Montag offen, zwei Jahre später als geplant."),
        Example::Html("<form role=search>⟦<label>Find a story</label>⟧</form><p>The bridge opened on Monday, two years late, the council said.</p>"),
        Example::Text("Search teams found the boat on Monday, two miles off Velden."),
        Example::Html("<p>Search the archive of the town, and you will find no word of the fire.</p>"),
    ]);

impl Rule for SearchBox {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
