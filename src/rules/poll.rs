//! Strips polls and quizzes.
//!
//! # What it strips
//!
//! Elements whose class or id names a poll or a quiz; lines such as “Vote now”; and after such a line in text, the
//! short answers to choose from, when each is followed by a share in percent.
//!
//! # Why it is boilerplate
//!
//! It asks the reader, and is no part of what the article says.
//!
//! # What it must keep
//!
//! Reports on polls and elections, and their figures.

use super::prelude::*;

/// The rule `poll`.
pub(super) struct Poll;

static META: Meta = Meta::new("poll", Category::Widget, "Polls and quizzes")
    .names(&[
        "poll", "polls", "poll-widget", "poll-container", "wp-polls", "polldaddy", "crowdsignal", "opinary", "quiz",
        "quiz-container", "quiz-widget", "survey", "survey-widget", "umfrage", "encuesta", "enquete", "sondage", "sondaggio",
        "ankieta", "sonda", "anket", "vote-box", "voting-widget", "riddle", "playbuzz", "apester", "article-vote", "vote-wrap",
    ])
    .phrases(include_str!("data/poll.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday.\n\n⟦Take our poll⟧\n\n⟦Vote now⟧"),
        Example::Text("The bridge opened on Monday.\n\n⟦Poll results⟧\n\n⟦It is too long 40%⟧\n\n⟦It is too late 60%⟧\n\nIt had cost four million crowns."),
        Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦투표하기⟧\n\n⟦결과보기⟧"),
        Example::Html("<p>It opened.</p><div class=poll-widget>⟦<p>Will you cross it?</p><button>I will</button>⟧</div><p>It was cold.</p>"),
        Example::Text("In a poll on Monday, four of ten voters said that they would cross the bridge.\n\nModerates 40%\n\nFarmers 60%"),
        Example::Html("<p>Vote now, she said, or the bridge will never open.</p>"),
    ]);

/// Words of the longest answer to choose from.
const MOST_WORDS: u32 = 16;

impl Rule for Poll {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        // Where the answers end that were read last.
        let mut end = 0;
        for hit in doc.hits(&META) {
            if hit.holds_body {
                continue;
            }
            out.strip_hit(doc, hit);
            if hit.blocks.end < end {
                continue;
            }
            for i in hit.blocks.end..doc.blocks().len() {
                let block = &doc.blocks()[i];
                let text = doc.text(block).trim_end();
                if block.words() > MOST_WORDS || !text.ends_with('%') {
                    break;
                }
                out.strip(doc, i, "an answer and its share, under a poll");
                end = i + 1;
            }
        }
    }
}
