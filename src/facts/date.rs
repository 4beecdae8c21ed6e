//! The date of publication, as ISO 8601.
//!
//! In order of trust: JSON-LD, `<meta>`, `itemprop`, a `<time>` that says what it is, what rules named beside the
//! headline, other `<time>` elements, dates in lines near the headline, the page's address, and at last when it was
//! changed.

use super::Page;
use super::calendar::{self, Order};
use crate::article::Role;
use crate::document::{Fact, Setting, Source};

/// Blocks before and after the headline in which a line may hold the date.
const BEFORE: usize = 6;
const AFTER: usize = 16;
/// Words of such a line.
const MOST_WORDS: u32 = 40;

pub(super) fn find(page: &Page, language: Option<&str>) -> Option<String> {
    let about = &page.doc.about;
    let order = order(page, language);
    let read = |text: &str| calendar::read(text, order);
    let said = |fact, source| about.claims(fact, source).find_map(|claim| read(&claim.text));
    said(Fact::Published, Source::Data)
        .or_else(|| said(Fact::Published, Source::Meta))
        .or_else(|| said(Fact::Published, Source::Item))
        .or_else(|| nearest_time(page, Source::Stamp, order))
        .or_else(|| named(page, order))
        .or_else(|| nearest_time(page, Source::Time, order))
        .or_else(|| in_address(page))
        .or_else(|| near_headline(page, order))
        .or_else(|| said(Fact::Modified, Source::Data))
        .or_else(|| said(Fact::Modified, Source::Meta))
        .or_else(|| said(Fact::Modified, Source::Item))
        .or_else(|| said(Fact::Modified, Source::Time))
}

/// Returns how the page writes dates in figures: with the month first in English, save where a country says otherwise.
fn order(page: &Page, language: Option<&str>) -> Order {
    if language.is_some_and(|language| language != "en") {
        return Order::DayFirst;
    }
    let mut stated = page.doc.about.claims.iter().filter(|claim| claim.fact == Fact::Language);
    let elsewhere = ["gb", "uk", "au", "nz", "ie", "in", "za", "sg", "my", "ng", "ke", "pk", "hk"];
    let is_elsewhere = stated.any(|claim| {
        let region = claim.text.split(['-', '_']).nth(1).unwrap_or_default().to_ascii_lowercase();
        elsewhere.contains(&region.as_str())
    });
    if is_elsewhere { Order::DayFirst } else { Order::MonthFirst }
}

/// Returns the date of the first `<time>` after the headline, or else of the first there is.
fn nearest_time(page: &Page, source: Source, order: Order) -> Option<String> {
    let from = page.headline.map_or(0, |i| page.doc.blocks[i].span.start);
    let times = || page.doc.about.claims(Fact::Published, source);
    let after = times().filter(|claim| claim.at >= from).find_map(|claim| calendar::read(&claim.text, order));
    after.or_else(|| times().find_map(|claim| calendar::read(&claim.text, order)))
}

/// Returns the date in the first block after the headline that a rule named, or else in the last before it.
fn named(page: &Page, order: Order) -> Option<String> {
    let mut blocks: Vec<usize> = page.named(Role::Date).collect();
    blocks.sort_unstable();
    let read = |&i: &usize| calendar::read(page.doc.text_at(i), order);
    let headline = page.headline.unwrap_or(0);
    let split = blocks.partition_point(|&i| i < headline);
    blocks[split..].iter().find_map(read).or_else(|| blocks[..split].iter().rev().find_map(read))
}

/// Returns the first date in a short line near the headline.
fn near_headline(page: &Page, order: Order) -> Option<String> {
    let doc = page.doc;
    let start = page.headline.unwrap_or_else(|| doc.main_run().start.saturating_sub(AFTER / 2));
    let lines = (start..doc.blocks.len().min(start + AFTER)).chain((start.saturating_sub(BEFORE)..start).rev());
    lines
        .filter(|&i| {
            let block = &doc.blocks[i];
            block.measure.digits >= 3
                && block.words() <= MOST_WORDS
                && !block.is_prose(12)
                && !block.is(Setting::HIDDEN)
        })
        .find_map(|i| calendar::read(doc.text_at(i), order))
}

fn in_address(page: &Page) -> Option<String> {
    let stated = page.doc.about.claims(Fact::Address, Source::Meta).map(|claim| claim.text.as_str());
    page.address.into_iter().chain(stated).find_map(calendar::read_address)
}
