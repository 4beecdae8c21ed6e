//! Strips lines that say how long the article takes to read or hear, and how often it was.
//!
//! # What it strips
//!
//! Whole lines such as "5 min read", buttons that read it aloud, and counters of views.
//!
//! # Why it is boilerplate
//!
//! It measures the article; the page reckons it.
//!
//! # What it must keep
//!
//! Sentences that tell how long something takes.

use super::prelude::*;

/// The rule `read-time`.
pub(super) struct ReadTime;

static META: Meta = Meta::new("read-time", Category::Widget, "How long the article takes to read")
    .names(&["read-time", "reading-time", "readtime", "readingtime", "time-to-read", "min-read", "minutes-read", "lesezeit", "lesedauer", "temps-lecture", "temps-de-lecture", "tempo-lettura", "tempo-di-lettura", "tiempo-lectura", "tiempo-de-lectura", "tempo-leitura", "tempo-de-leitura", "leestijd", "czas-czytania", "okuma-suresi", "audio-button", "text-to-speech", "tts-player", "readaloud", "view-count", "views-count", "post-views", "hit-count"])
    .phrases(include_str!("data/read_time.txt"))
    .examples(&[
        Example::Text("⟦5 min read⟧\n\nThe bridge opened on Monday, two years late, the council said."),
        Example::Text("⟦Lesezeit: 3 Minuten⟧\n\nDie Brücke ist seit Montag offen, zwei Jahre später als geplant."),
        Example::Text("⟦この記事は約3分で読めます⟧\n\n橋は月曜日に開通した、と市は発表した。"),
        Example::Text("⟦Temps de lecture : 4 min⟧\n\nLe pont est ouvert depuis lundi, a dit la mairie."),
        Example::Html("<span class=\"article-readTime\">⟦Six minutes⟧</span><p>The bridge opened on Monday, two years late, the council said.</p>"),
        Example::Html("<h1>Bridge opens</h1><div class=text-to-speech>⟦<span>Hear this</span>⟧<p>The bridge opened on Monday, two years late, the council said, and all who had come to see it were let over it one by one, with the mayor last of all.</p></div>"),
        Example::Text("It takes five minutes to read the letter, and a year to forget it, said Moss."),
        Example::Text("읽는 시간은 사람마다 다르다고 교사는 말했다."),
    ]);

impl Rule for ReadTime {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_labels(doc, &META);
    }
}
