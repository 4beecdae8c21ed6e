//! Which blocks are body, once they have scores.
//!
//! **A bar for each page.** The bar that is best for all pages at once keeps too little of a page of which the scorer is
//! unsure, and too much of one of which it is sure. From the chances of a page's blocks follows what F1 to expect of the page's text for
//! any bar, and the bar with the greatest is taken. That lies where a block is as likely to be body as half that F1 says (Lipton,
//! Elkan and Naryanaswamy, “Optimal thresholding of classifiers to maximize F1 measure”, 2014): at even odds on a page that is
//! sure, and below them on another.
//!
//! **One stretch.** Most of what is kept by mistake stands far from the article, each block of it barely above the bar. So where
//! one stretch is most of what is kept, what a good deal of removed text parts from it is kept only if it scores like it.
//!
//! What is **rescued**, **briefs**, **endings** and **sub-headings.** See [`rescue`], [`brief`], [`add_endings`], [`add_last_of_text`], [`add_headings`] and
//! [`drop_last_heading`].

use super::{brief, rescue};
use crate::document::{BlockKind, Document, Regime, Setting};
use crate::finding::Findings;
use crate::measure::Ending;
use once_cell::sync::Lazy;
use std::ops::Range;

/// Which blocks of a page are body, of those that no rule has decided.
pub(crate) struct Choice<'s> {
    scores: &'s [f32],
    bar: f32,
    strays: Vec<bool>,
    /// The heading with nothing to announce.
    dropped: Option<usize>,
    body: Vec<bool>,
}

impl<'s> Choice<'s> {
    /// Chooses by scores of which 0 stands for even odds; `most` is the highest bar that is allowed.
    pub(crate) fn new(doc: &Document, findings: &Findings, scores: &'s [f32], most: f32) -> Self {
        let bar = bar_of(doc, findings, scores).min(most);
        let strays = strays(doc, findings, scores, bar);
        let is_likely = |i: usize| findings.is_open(i) && scores[i] >= bar && !strays[i];
        let mut body: Vec<bool> = (0..scores.len()).map(|i| findings.is_kept(i) || is_likely(i)).collect();
        rescue::longest_stretch(doc, findings, &mut body);
        brief::extend(doc, findings, &mut body, |i| if strays[i] { f32::MIN } else { scores[i] - bar });
        add_endings(doc, findings, &mut body);
        add_last_of_text(doc, findings, &mut body, |i| scores[i] - bar);
        add_headings(doc, findings, &mut body);
        let dropped = drop_last_heading(doc, findings, &mut body);
        Self { scores, bar, strays, dropped, body }
    }

    /// Returns how far above the bar a block scores, or below it.
    pub(crate) fn margin(&self, block: usize) -> f32 {
        self.scores[block] - self.bar
    }

    /// Returns whether a block reaches the bar but stands far from the article.
    pub(crate) fn is_stray(&self, block: usize) -> bool {
        self.strays[block]
    }

    /// Returns whether a block is a heading below which nothing is body.
    pub(crate) fn announces_nothing(&self, block: usize) -> bool {
        self.dropped == Some(block)
    }

    /// Returns whether a block is body, as a rule says or by its score.
    pub(crate) fn is_body(&self, block: usize) -> bool {
        self.body[block]
    }
}

/// How fast the odds of being body grow with the score: a score of 1 stands for odds of `e` to the power of this. Over
/// domains that weights were not fitted to, 0.8 to 1.3 do alike.
const SLOPE: f32 = 1.0;

/// How much more than what is likelier body than not may be kept: as much again. On a page of a line or two the furniture that
/// might be body would else outweigh it.
const MOST: f32 = 2.0;

/// Share of the body to expect below which what is likelier body than not is none of the article, where one block has most of a
/// page's words: it may be the article in one piece, just under even odds. There, nothing limits what is kept. Set by hand.
const LEAST: f32 = 0.2;

/// Scores are told apart by this much, as far as this from 0.
const STEP: f32 = 0.05;
const REACH: usize = 120;
const PLACES: usize = 2 * REACH;

/// By place: the chance of a block with a score there.
static CHANCES: Lazy<[f32; PLACES]> =
    Lazy::new(|| std::array::from_fn(|place| 1.0 / (1.0 + (-SLOPE * (score_at(place) + STEP / 2.0)).exp())));

/// Returns the lowest score of a place.
fn score_at(place: usize) -> f32 {
    (place as f32 - REACH as f32) * STEP
}

/// Returns the score that the blocks of a page need to be body, if even odds are at 0: the page's bar, or on a page on which
/// nothing reaches that, a little less than the best block has that is no link and no control. A page of one line is its own body;
/// an empty result would help nobody.
fn bar_of(doc: &Document, findings: &Findings, scores: &[f32]) -> f32 {
    let blocks = doc.blocks();
    let words = |i: usize| blocks[i].words();
    let open = (0..blocks.len()).filter(|&i| findings.is_open(i)).map(|i| (scores[i], words(i)));
    let bar = bar(open, (0..blocks.len()).filter(|&i| findings.is_kept(i)).map(words).sum());
    let may_be_body = |i: usize| {
        let is_text = blocks[i].link_density() < 0.5 && blocks[i].kind != BlockKind::Control && words(i) > 0;
        is_text && findings.is_left(i)
    };
    let best = (0..blocks.len()).filter(|&i| may_be_body(i)).map(|i| scores[i]).fold(f32::MIN, f32::max);
    if best < bar { best - BARE_SLACK } else { bar }
}

/// How far below the best block of a bare page others may score. Set by hand.
const BARE_SLACK: f32 = 0.5;

/// Removed words that part what is kept into stretches, the share of all mass that the article's own stretch must hold, and
/// the share of its mean score from which on another is kept.
const GAP: u32 = 100;
const OWN: f32 = 0.5;
const FAINT: f32 = 0.3;

/// A stretch of blocks that reach the bar: which, how many words, and their mass, each word counted by its block's score.
struct Stretch {
    blocks: Range<usize>,
    words: u32,
    mass: f32,
}

impl Stretch {
    fn mean(&self) -> f32 {
        self.mass / self.words.max(1) as f32
    }
}

/// Returns by block whether it reaches the bar but stands in a stretch that is not the article's own, and scores little
/// against it. The article's own is the one that has most mass.
fn strays(doc: &Document, findings: &Findings, scores: &[f32], bar: f32) -> Vec<bool> {
    let blocks = doc.blocks();
    let is_open = |i: usize| findings.is_open(i) && scores[i] >= bar;
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut gap = GAP;
    for (i, block) in blocks.iter().enumerate() {
        if !is_open(i) && !findings.is_kept(i) {
            gap = gap.saturating_add(block.words());
            continue;
        }
        if std::mem::take(&mut gap) >= GAP {
            stretches.push(Stretch { blocks: i..i, words: 0, mass: 0.0 });
        }
        let Some(last) = stretches.last_mut() else { continue };
        last.blocks.end = i + 1;
        if is_open(i) {
            last.words += block.words();
            last.mass += block.words() as f32 * scores[i].max(0.0);
        }
    }
    let mut strays = vec![false; blocks.len()];
    let Some(own) = stretches.iter().max_by(|a, b| a.mass.total_cmp(&b.mass)) else { return strays };
    if own.mass < OWN * stretches.iter().map(|stretch| stretch.mass).sum::<f32>() {
        return strays;
    }
    let faint = stretches.iter().filter(|stretch| stretch.mean() < FAINT * own.mean());
    faint.flat_map(|stretch| stretch.blocks.clone()).for_each(|i| strays[i] = is_open(i));
    strays
}

/// Words of the longest sentence that ends an article by itself. Set by hand.
const ENDING_WORDS: u32 = 12;

/// Words of the shortest one below a box of furniture, and blocks of the largest such box.
const FEWEST_ENDING: u32 = 3;
const MOST_BOXED: usize = 12;

/// Adds what ends an article of HTML right below an element that is body: a short sentence, “Nobody was hurt.”, a list, a quotation,
/// none of them with a link. In flattened text as many others would come as sentences of the article; so would tables here.
fn add_endings(doc: &Document, findings: &Findings, body: &mut [bool]) {
    if doc.regime() != Regime::Markup {
        return;
    }
    for i in 1..body.len() {
        let block = &doc.blocks()[i];
        if !findings.is_open(i) || block.words() == 0 || block.link_density() > 0.0 {
            continue;
        }
        if !body[i - 1] {
            // A box of furniture may stand between them.
            let above = (i.saturating_sub(MOST_BOXED)..i).rev().find(|&above| body[above]);
            body[i] |= above.is_some_and(|above| {
                block.kind == BlockKind::Paragraph
                    && (FEWEST_ENDING..=ENDING_WORDS).contains(&block.words())
                    && block.measure.ending == Ending::Stop
                    && doc.blocks()[above].is_prose(10)
                    && doc.are_siblings(above, i)
            });
            continue;
        }
        let above = &doc.blocks()[i - 1];
        let is_below_list = || matches!(above.kind, BlockKind::ListItem | BlockKind::Quote) && doc.closes_above(i);
        let ends = || matches!(block.measure.ending, Ending::Stop | Ending::Question | Ending::Quote);
        body[i] |= match block.kind {
            BlockKind::Paragraph => {
                block.words() <= ENDING_WORDS && ends() && (doc.are_siblings(i - 1, i) || is_below_list())
            }
            // Line breaks part them.
            BlockKind::Loose => block.words() <= ENDING_WORDS && ends() && block.node == above.node,
            BlockKind::ListItem | BlockKind::Quote => {
                !block.is(Setting::BOXED) && (doc.are_siblings(i - 1, i) || doc.opens_below(i))
            }
            _ => false,
        };
    }
}

/// Words of the last sentences of flattened text, and how far below the bar they may score. Of the outputs of six tools on three sets 125 are better
/// for it and 71 worse.
const LAST_WORDS: std::ops::RangeInclusive<u32> = 4..=30;
const LAST_SLACK: f32 = 1.0;
/// Figures of an address or a number to call, which ends no article.
const MOST_FIGURES: u32 = 4;

/// Adds the last paragraph of flattened text: right below body and within or right behind the longest stretch of sentences it may score a
/// little less, for the furniture below it counts against it.
fn add_last_of_text(doc: &Document, findings: &Findings, body: &mut [bool], margin: impl Fn(usize) -> f32) {
    let Some(above) = body.iter().rposition(|&is_body| is_body) else { return };
    let last = above + 1;
    if doc.regime() == Regime::Markup || last >= body.len() || last > doc.main_run().end {
        return;
    }
    let block = &doc.blocks()[last];
    body[last] = block.kind == BlockKind::Paragraph
        && LAST_WORDS.contains(&block.words())
        && block.measure.ending == Ending::Stop
        && block.measure.digits <= MOST_FIGURES
        && block.link_density() == 0.0
        && findings.is_open(last)
        && doc.blocks()[above].is_prose(10)
        && margin(last) > -LAST_SLACK;
}

/// Words of the longest sub-heading, and blocks between it and the text before, such as a link to another article. Set by hand.
const HEADING_WORDS: u32 = 12;
const BEFORE_HEADING: usize = 1;

/// Adds headings that stand right above body and below body, however they score: of the corpus' pages 368 are better for it
/// and 110 worse. A box's heading stands above the box.
fn add_headings(doc: &Document, findings: &Findings, body: &mut [bool]) {
    let is_subheading = |i: usize| {
        let block = &doc.blocks()[i];
        let is_short = (1..=HEADING_WORDS).contains(&block.words());
        block.kind == BlockKind::Heading && block.level > 1 && is_short && block.link_density() == 0.0
    };
    for i in 1..body.len().saturating_sub(1) {
        let is_below = || body[i.saturating_sub(BEFORE_HEADING + 1)..i].contains(&true);
        body[i] |= findings.is_open(i) && is_subheading(i) && body[i + 1] && is_below();
    }
}

/// Drops the heading that is last: what it announces is gone. Several are the items of a list. Returns which it is.
fn drop_last_heading(doc: &Document, findings: &Findings, body: &mut [bool]) -> Option<usize> {
    let is_open_heading = |&i: &usize| {
        let block = &doc.blocks()[i];
        let is_title = block.words() <= HEADING_WORDS && !block.measure.ending.ends_sentence();
        block.kind == BlockKind::Heading && is_title && findings.is_open(i)
    };
    let mut last = (0..body.len()).rev().filter(|&i| body[i]);
    let heading = last.next().filter(is_open_heading)?;
    let is_alone = last.next().is_some_and(|above| doc.blocks()[above].kind != BlockKind::Heading);
    body[heading] &= !is_alone;
    is_alone.then_some(heading)
}

/// Returns the score that the blocks of a page need to be body, from the scores and words of those that are not decided,
/// where even odds are at 0, and the words of those that surely are body.
fn bar(open: impl Iterator<Item = (f32, u32)>, sure: u32) -> f32 {
    let mut words = [0u32; PLACES];
    let (mut longest, mut total) = (0, 0u32);
    for (score, count) in open {
        (longest, total) = (count.max(longest), total.saturating_add(count));
        // Scores beyond either end count as those at it.
        let place = (score / STEP + REACH as f32).clamp(0.0, PLACES as f32 - 1.0) as usize;
        words[place] = words[place].saturating_add(count);
    }
    let expected = |place: usize| CHANCES[place] * words[place] as f32;
    let all: f32 = sure as f32 + (0..PLACES).map(expected).sum::<f32>();
    let likely = sure as f32 + words[REACH..].iter().map(|&count| count as f32).sum::<f32>();
    let most = if longest > total / 2 && likely < LEAST * all { f32::MAX } else { MOST * likely };
    let (mut kept, mut body) = (sure as f32, sure as f32);
    let (mut best, mut bar) = (0.0, 0.0);
    for place in (0..PLACES).rev() {
        kept += words[place] as f32;
        body += expected(place);
        let f1 = 2.0 * body / (kept + all).max(1.0);
        if kept > most {
            break;
        }
        // Where no block is, the bar goes down as far as even odds.
        if f1 >= best && (place >= REACH || words[place] > 0) {
            (best, bar) = (f1, score_at(place));
        }
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pipeline;
    use crate::page::Format;

    #[test]
    fn what_is_far_from_the_article_must_score_like_it() {
        let long = |what: &str| format!("{what} {}\n\n", "and the tram went on through the fog ".repeat(9));
        let text = long("The bridge opened") + &long("Menus") + &long("Lists") + &long("A teaser") + &long("Boxes");
        let pipeline = Pipeline::builder().without("main-region").build().expect("built-in rules");
        let (document, _) = pipeline.read(&text, Format::Text, Document::empty());
        let findings = Findings::new(document.blocks.len(), false);
        let strays_of = |scores: [f32; 5]| strays(&document, &findings, &scores, 0.0);
        assert_eq!(strays_of([4.0, -3.0, -3.0, 0.5, -3.0]), [false, false, false, true, false]);
        assert_eq!(strays_of([4.0, -3.0, -3.0, 2.5, -3.0]), [false; 5], "it scores like the article");
        assert!(!strays_of([4.0, 0.1, -3.0, 0.5, -3.0])[1], "it is near");
        assert_eq!(strays_of([0.4, -3.0, -3.0, 0.5, -3.0]), [false; 5], "both score little");
    }

    #[test]
    fn a_short_sentence_a_list_or_a_quotation_ends_an_article_of_html() {
        let body = "<p>The old bridge at Velden gave way on Monday, an hour after the last tram, and fell into the river with two \
                    lamps and a kiosk, the town said.</p>"
            .repeat(3);
        let page = |end: &str| format!("<article><h1>Bridge falls</h1>{body}{end}</article>");
        assert!(crate::clean_html(&page("<p>Nobody was hurt.</p>")).ends_with("Nobody was hurt."));
        assert!(crate::clean_html(&page("<p>“And now?”</p><p>“We swim,” she said.</p>")).ends_with("she said."));
        assert!(
            crate::clean_html(&page("<ul><li>Line 4: all night</li><li>Line 9: no more</li></ul>"))
                .ends_with("no more")
        );
        assert!(crate::clean_html(&page("<blockquote><p>We swim.</p></blockquote>")).ends_with("We swim."));
        for end in [
            "<p><a href=/x>Read it here.</a></p>",
            "<ul><li><a href=/x>Read it</a></li></ul>",
            "<aside><ul><li>Read it</ul></aside>",
        ] {
            assert!(!crate::clean_html(&page(end)).contains("Read it"), "{end}");
        }
    }

    #[test]
    fn a_heading_that_is_last_announces_nothing() {
        let body = "<p>The old bridge at Velden gave way on Monday, an hour after the last tram, and fell into the river with two \
                    lamps and a kiosk, the town said.</p>"
            .repeat(3);
        let page = |end: &str| format!("<article><h1>Bridge falls</h1>{body}{end}</article>");
        let heading = "<h3>How the ferry runs</h3>";
        assert!(!crate::clean_html(&page(heading)).contains("How the ferry"));
        let runs =
            "<p>It runs every ten minutes from six in the morning until midnight, the mayor promised on Friday.</p>";
        assert!(crate::clean_html(&page(&format!("{heading}{runs}"))).contains("How the ferry"));
    }

    #[test]
    fn sure_pages_need_more_than_unsure_ones() {
        let sure = bar([(5.0, 400), (-0.3, 40), (-5.0, 300)].into_iter(), 0);
        let unsure = bar([(0.6, 400), (-0.3, 40), (-2.0, 300)].into_iter(), 0);
        assert!(sure > -0.3 && unsure <= -0.3, "{sure} {unsure}");
    }

    #[test]
    fn what_may_be_body_does_not_outweigh_what_is() {
        let long = bar([(0.5, 300), (-0.4, 200), (-6.0, 300)].into_iter(), 0);
        let short = bar([(0.5, 30), (-0.4, 200), (-6.0, 300)].into_iter(), 0);
        assert!(long <= -0.4 && short > -0.4, "{long} {short}");
    }

    #[test]
    fn an_article_in_one_piece_is_kept_though_a_line_is_likelier_body() {
        let whole = bar([(0.5, 30), (-0.4, 1200), (-1.5, 60)].into_iter(), 0);
        let parts = bar([(0.5, 30), (-0.4, 400), (-0.4, 400), (-0.4, 400), (-1.5, 60)].into_iter(), 0);
        assert!(whole <= -0.4 && parts > -0.4, "{whole} {parts}");
    }

    #[test]
    fn text_that_is_surely_body_raises_the_bar() {
        let open = [(0.4, 20), (-0.4, 20)];
        let alone = bar(open.into_iter(), 0);
        let beside = bar(open.into_iter(), 2000);
        assert!(alone < beside, "{alone} {beside}");
    }

    #[test]
    fn scores_of_any_size_have_a_place() {
        let open = [(f32::INFINITY, u32::MAX), (f32::NEG_INFINITY, u32::MAX), (f32::NAN, 3)];
        assert!(bar(open.into_iter(), u32::MAX).is_finite());
    }
}
