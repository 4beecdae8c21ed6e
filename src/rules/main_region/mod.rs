//! Strips everything outside the article's own text.
//!
//! # What it strips
//!
//! Blocks that a linear scorer takes for something else than body: teasers, menus, lists of other articles, comments,
//! boxes. The scorer adds up weights of what it sees (words, links, marks, the words of class names, the neighbours), in
//! two passes: the second sees how the first judged the blocks around, and both count. How high a block must score depends on
//! how sure the scorer is of the page: scores are told from there up. In flattened text, what stands far from the article's own stretch must be
//! sure. `explain` shows the largest weights.
//!
//! # Why it is boilerplate
//!
//! The weights are fitted to pages whose body people have marked: `bodycopy fit` repeats that, and prints what it gains
//! over pages of other domains.
//!
//! # What it must keep
//!
//! Short paragraphs, lists and sub-headings inside the body, and the second half of a body that something splits.

mod brief;
pub(crate) mod choice;
pub(crate) mod features;
pub(crate) mod model;
mod rescue;

use super::prelude::*;
use choice::Choice;
use model::Model;

/// The rule `main-region`.
pub(super) struct MainRegion;

static META: Meta = Meta::new("main-region", Category::Region, "Everything outside the article's own text").examples(&[
    Example::Html(
        "⟦<nav><a href=/>Home</a> <a href=/p>Politics</a> <a href=/s>Sport</a> <a href=/c>Culture</a></nav>⟧<article><p>The \
         council met on Monday to decide on the bridge, which has been closed since a lorry hit it in March.</p><p>It will \
         be repaired by June, the mayor said after the meeting, and will carry a warning light.</p></article>\
         ⟦<footer><ul><li><a href=/a>About</a><li><a href=/t>Terms</a></ul></footer>⟧",
    ),
]);

/// Returns the score of each block; at 0 it is as likely to be body as not.
#[inline(never)] // A stage that `benches/counts` counts by its name.
fn scores(doc: &Document, findings: &Findings, model: &Model) -> Vec<f32> {
    let first = features::first_scores(doc, findings, &model.first);
    let mut scores = features::second_scores(doc, findings, &first, &model.second);
    scores.iter_mut().zip(first).for_each(|(score, first)| *score = model::blend(first, *score) - model.even);
    scores
}

/// Returns the score that body needs in an article that a script holds, which is all body but for what rules find, and in
/// flattened text in which no rule has found furniture: it has been cleaned before, if it is prose for the most part, and
/// then all of it is body; if it is lists, it probably has been.
fn bar_of_clean(doc: &Document, findings: &Findings) -> Option<f32> {
    let blocks = doc.blocks();
    if doc.is_within_script {
        return Some(CLEAN_SLACK);
    }
    // What a program wrote above the text says nothing of whether it has been cleaned.
    let first = blocks.partition_point(|block| block.span.end <= doc.about.front);
    let is_bare = || (first..blocks.len()).all(|i| findings.is_left(i));
    if doc.regime() == Regime::Markup || !is_bare() {
        return None;
    }
    let prose: u32 = blocks[first..].iter().filter(|b| b.is_prose(5)).map(|b| b.words()).sum();
    let is_prose = prose as f32 >= MOST_PROSE * doc.words_in(first..blocks.len()) as f32;
    Some(if is_prose { f32::MIN } else { CLEAN_SLACK })
}

/// How far below 0 blocks of a script's article, or of a list that has probably been cleaned, may score. Set by hand.
const CLEAN_SLACK: f32 = -1.5;

/// Share of words in sentences from which on a text without known furniture counts as cleaned. Of 139 bodies of real news
/// pages none has less.
const MOST_PROSE: f32 = 0.6;

fn sum(weights: &[f32], row: &[u16]) -> f32 {
    row.iter().map(|&bin| weights[bin as usize]).sum()
}

impl Rule for MainRegion {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let clean = bar_of_clean(doc, out);
        if clean == Some(f32::MIN) {
            return;
        }
        let model = model::of(doc.regime());
        let scores = scores(doc, out, model);
        let choice = Choice::new(doc, out, &scores, clean.unwrap_or(f32::MAX));
        let explained = out.is_verbose().then(|| Explained::new(doc, out, model));
        for i in 0..scores.len() {
            if !out.is_open(i) {
                continue;
            }
            let score = choice.margin(i);
            let why = explained.as_ref().map(|explained| explained.of(i, score));
            if choice.is_body(i) {
                if let Some(why) = why {
                    let body = if score < 0.0 { "body by its place:" } else { "body:" };
                    out.note(i, Reason::new(body).with_text(&why));
                }
                continue;
            }
            let reason = match why {
                _ if choice.is_stray(i) => {
                    Reason::new("far from the article's own text, and not like it: score").with_number(score)
                }
                _ if choice.announces_nothing(i) => {
                    Reason::new("a heading below which nothing is kept: score").with_number(score)
                }
                Some(why) => Reason::new("not body:").with_text(&why),
                None => Reason::new("not body: score").with_number(score),
            };
            out.strip(doc, i, reason);
        }
    }
}

/// What each block's score is the sum of.
struct Explained<'m> {
    model: &'m Model,
    first: features::Rows,
    second: features::Rows,
}

impl<'m> Explained<'m> {
    fn new(doc: &Document, findings: &Findings, model: &'m Model) -> Self {
        let first = features::first(doc, findings);
        let scores: Vec<f32> = (0..doc.blocks().len()).map(|i| sum(&model.first, first.row(i))).collect();
        let second = features::second(doc, findings, &scores);
        Self { model, first, second }
    }

    fn of(&self, block: usize, score: f32) -> String {
        explain(self.model, self.first.row(block), self.second.row(block), score)
    }
}

/// Spells out the largest weights of both passes.
fn explain(model: &Model, first: &[u16], second: &[u16], score: f32) -> String {
    let largest = |weights: &[f32], row: &[u16], groups, count: usize| {
        let mut row: Vec<_> = row.iter().map(|&bin| (weights[bin as usize], bin)).collect();
        row.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(&b.1)));
        let parts =
            row.iter().take(count).map(|&(w, bin)| format!("{} {w:+.2}", features::label(groups, bin as usize)));
        parts.collect::<Vec<_>>().join(", ")
    };
    format!(
        "score {score:+.2} ({}; first pass {:+.2}: {})",
        largest(&model.second, second, features::SECOND, 4),
        sum(&model.first, first),
        largest(&model.first, first, features::FIRST, 5)
    )
}
