//! Strips the names of languages and editions that lead to other versions of the page.
//!
//! # What it strips
//!
//! Whole lines that are a language in its own tongue, "Select language" and its kin, and elements so named.
//!
//! # Why it is boilerplate
//!
//! It is a switch of the site.
//!
//! # What it must keep
//!
//! Sentences about languages.

use super::prelude::*;

/// The rule `language-switch`.
pub(super) struct LanguageSwitch;

static META: Meta = Meta::new("language-switch", Category::Navigation, "Choices of language and edition")
    .names(&["language-switch", "language-switcher", "lang-switch", "lang-switcher", "language-selector", "lang-selector", "language-select", "language-menu", "lang-menu", "lang-nav", "language-nav", "language-chooser", "language-picker", "languages", "langs", "sprachauswahl", "sprachwahl", "sprachumschalter", "edition-picker", "edition-switcher", "edition-selector", "country-selector", "region-selector", "selecteur-langue", "selector-idioma", "idiomas", "wpml-ls", "wpml-ls-legacy", "polylang", "trp-language-switcher", "gtranslate", "google-translate"])
    .phrases(include_str!("data/language_switch.txt"))
    .examples(&[
        Example::Text("⟦English⟧\n⟦한국어⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text("⟦Sprache wählen⟧\n\nDie Brücke ist seit Montag offen, zwei Jahre später als geplant."),
        Example::Html("<div class=\"lang-switch\">⟦<a href=/gd>Gàidhlig</a>⟧</div><p>The bridge opened on Monday, two years late, the council said.</p>"),
        Example::Text("English is spoken by one in three in Velden, and Deutsch by most of the rest."),
        Example::Html("<p>The bridge opened on Monday, two years late.</p><h2 id=the-languages-of-the-coast>The languages of the coast</h2><p>Nobody in Velden knows yet what the tram will cost, she added.</p>"),
        Example::Html("<p>Select a language you love, the teacher said, and read it every day.</p>"),
    ]);

impl Rule for LanguageSwitch {
    fn meta(&self) -> &'static Meta {
        &META
    }
}
