//! The score that body needs, page by page.
//!
//! The bar that is best for all pages at once keeps too little of a page of which the scorer is unsure, and too much of one
//! of which it is sure. From the chances of a page's blocks follows what F1 to expect of the page's text for any bar, and
//! the bar with the greatest is taken. That lies where a block is as likely to be body as half that F1 says (Lipton, Elkan and
//! Naryanaswamy, “Optimal thresholding of classifiers to maximize F1 measure”, 2014): at even odds on a page that is sure, and
//! below them on another.

use once_cell::sync::Lazy;

/// How fast the odds of being body grow with the score: a score of 1 stands for odds of `e` to the power of this. Over
/// domains that weights were not fitted to, 0.8 to 1.3 do alike.
const SLOPE: f32 = 1.0;

/// How much more than what is likelier body than not may be kept: as much again. On a page of a line or two the furniture that
/// might be body would else outweigh it.
const MOST: f32 = 2.0;

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

/// Returns the score that the blocks of a page need to be body, from the scores and words of those that are not decided,
/// where even odds are at 0, and the words of those that surely are body.
pub(crate) fn bar(open: impl Iterator<Item = (f32, u32)>, sure: u32) -> f32 {
    let mut words = [0u32; PLACES];
    for (score, count) in open {
        // Scores beyond either end count as those at it.
        let place = (score / STEP + REACH as f32).clamp(0.0, PLACES as f32 - 1.0) as usize;
        words[place] = words[place].saturating_add(count);
    }
    let expected = |place: usize| CHANCES[place] * words[place] as f32;
    let all: f32 = sure as f32 + (0..PLACES).map(expected).sum::<f32>();
    let likely = sure as f32 + words[REACH..].iter().map(|&count| count as f32).sum::<f32>();
    let (mut kept, mut body) = (sure as f32, sure as f32);
    let (mut best, mut bar) = (0.0, 0.0);
    for place in (0..PLACES).rev() {
        kept += words[place] as f32;
        body += expected(place);
        let f1 = 2.0 * body / (kept + all).max(1.0);
        if kept > MOST * likely {
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
