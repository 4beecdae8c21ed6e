//! Strips what is left of menus, pop-ups and buttons.
//!
//! # What it strips
//!
//! Elements whose class or id names a way to the top, a link that skips to the content or a trail of crumbs, and lines
//! such as “Back to top”, “X”, “Close”, “Loading”, “Next”; and the names of files that text browsers write for pictures without a
//! text.
//!
//! # Why it is boilerplate
//!
//! They are parts of the machine that shows the page.
//!
//! # What it must keep
//!
//! Sentences, however short, and what a list or a table of the article holds.

use super::prelude::*;

/// The rule `page-leftover`.
pub(super) struct PageLeftover;

static META: Meta =
    Meta::new("page-leftover", Category::Navigation, "Ways to the top, signs of pop-ups, states of buttons")
        .names(&[
            "back-to-top",
            "backtotop",
            "scroll-to-top",
            "scroll-top",
            "go-top",
            "gotop",
            "to-top",
            "totop",
            "btn-top",
            "top-btn",
            "screen-reader-text",
            "sr-only",
            "visually-hidden",
            "page-numbers",
            "popup",
            "pop-up",
            "popup-close",
            "close-button",
            "close-btn",
            "btn-close",
            "modal-close",
            "spinner",
            "preloader",
            "noscript-message",
            "screen-out",
            "a11y-hidden",
            "blind",
        ])
        .phrases(include_str!("data/page_leftover.txt"))
        .examples(&[
            Example::Text("The bridge opened on Monday, two years late.\n\n⟦Back to top⟧\n\n⟦X⟧\n\n⟦CLOSE⟧"),
            Example::Text("Die Brücke ist seit Montag offen.\n\n⟦Nach oben⟧\n\n⟦Schließen⟧"),
            Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦맨 위로⟧\n\n⟦오늘 하루 보지 않기⟧\n\n⟦닫기⟧"),
            Example::Html("<p>The bridge opened on Monday.</p><a class=back-to-top href=#>⟦Up⟧</a>"),
            Example::Text(
                "Trams cross the bridge.\n\n⟦[tram.jpeg?width=80&crop=1]⟧\n\nIt opened on Monday, two years late.",
            ),
            Example::Text("The next of the bridges will close in May.\n\nClose the gate, she said."),
            Example::Html(
                "<table><tr><td>Top</td><td>Velden</td></tr></table><p>The top of the bridge was closed on Monday.</p>",
            ),
        ]);

impl Rule for PageLeftover {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for hit in doc.hits(&META) {
            let is_cell = hit.via.is_phrase() && doc.blocks()[hit.blocks.start].kind == BlockKind::TableRow;
            if !is_cell && !hit.holds_body {
                out.strip_hit(doc, hit);
            }
        }
        for (i, _) in doc.blocks().iter().enumerate().filter(|(_, block)| block.is(Setting::PICTURE)) {
            out.strip(doc, i, "the name of a picture's file");
        }
    }
}
