//! The date of publication, as ISO 8601.
//!
//! In order of trust: JSON-LD, `<meta>`, `itemprop`, a `<time>` that says what it is, what stands with the article, the page's
//! address, what is marked as a date elsewhere, other `<time>` elements, the words that open the body, when it was changed, and
//! at last any date in a line: of a comment if there is no other, for the first are often of the article's day.

use super::calendar::{self, Order};
use super::{ELSEWHERE, Page};
use crate::article::Kept;
use crate::document::{Block, Claim, Fact, Setting, Source};
use crate::role::Role;
use crate::rules::publish_date;
use crate::span::Span;

/// Words of a line that may hold the date among others.
const MOST_WORDS: u32 = 40;

pub(super) fn find(page: &Page, kept: &[Kept], language: Option<&str>) -> Option<String> {
    let order = order(page, language);
    stated(page, Fact::Published, order)
        .map(|date| first(page, date, order))
        .map(|date| local(page, date, order))
        .or_else(|| nearest_time(page, Source::Stamp, order))
        .or_else(|| shown(page, order, true))
        .or_else(|| in_address(page))
        .or_else(|| shown(page, order, false))
        .or_else(|| nearest_time(page, Source::Time, order))
        .or_else(|| in_opening(kept, order))
        .or_else(|| stated(page, Fact::Modified, order))
        .or_else(|| said(page, Fact::Modified, Source::Time, order))
        .or_else(|| anywhere(page, order))
}

/// Returns what the metadata states.
fn stated(page: &Page, fact: Fact, order: Order) -> Option<String> {
    [Source::Data, Source::Meta, Source::Item].into_iter().find_map(|source| said(page, fact, source, order))
}

fn said(page: &Page, fact: Fact, source: Source, order: Order) -> Option<String> {
    page.doc.about.claims(fact, source).find_map(|claim| calendar::read(&claim.text, order))
}

/// Returns an earlier day that stands with the article instead of one, without a time, on which nothing but the data say that
/// the page was published, and that it was changed: some sites put the last change for both.
fn first(page: &Page, date: String, order: Order) -> String {
    let is_day = |text: &str| calendar::read(text, order).is_some_and(|other| other[..DAY] == date[..]);
    let is_elsewhere =
        |claim: &Claim| claim.fact == Fact::Published && claim.source != Source::Data && is_day(&claim.text);
    let is_change = || stated(page, Fact::Modified, order).is_some_and(|change| change[..DAY] <= date[..]);
    if date.len() > DAY || page.doc.about.claims.iter().any(is_elsewhere) || !is_change() {
        return date;
    }
    shown(page, order, true).filter(|shown| shown[..DAY] < date[..]).unwrap_or(date)
}

/// Bytes of a date without the time, as [`calendar::read`] returns it.
const DAY: usize = 10;

/// Returns a date that is given in Greenwich's time as the page itself dates it, if it does so elsewhere: the same moment
/// with another offset, or the day before or after, with the article or in the address.
fn local(page: &Page, date: String, order: Order) -> String {
    let is_greenwich = |date: &str| date.ends_with('Z') || date.ends_with("+00:00");
    if !is_greenwich(&date) {
        return date;
    }
    let moment = calendar::moment(&date);
    let claims = page.doc.about.claims.iter().filter(|claim| claim.fact == Fact::Published);
    let same = claims
        .filter_map(|claim| calendar::read(&claim.text, order))
        .find(|other| !is_greenwich(other) && moment.is_some() && calendar::moment(other) == moment);
    let near = || calendar::elsewhere(&shown(page, order, true)?, &date);
    let day = || in_address(page).filter(|day| calendar::are_neighbours(day, &date));
    same.or_else(near).or_else(day).unwrap_or(date)
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

/// Returns the date that stands with the article, or else at the farther place nearest to its head: what a rule named or
/// points at, or a line beside the headline.
fn shown(page: &Page, order: Order, is_with_article: bool) -> Option<String> {
    let doc = page.doc;
    let named = page.named(Role::Date).map(|i| doc.blocks[i].span);
    let marked = named
        .chain(page.pointed(&publish_date::META))
        .map(|span| (page.distance(span), span))
        .filter(|((rank, _), _)| (*rank < ELSEWHERE) == is_with_article);
    let lines = doc.blocks.iter().filter(|block| is_with_article && is_line(block)).map(|block| block.span);
    let beside = lines.map(|span| (page.distance(span), span)).filter(|((rank, _), _)| *rank <= 1);
    let mut places: Vec<((u8, u32), Span)> = marked.chain(beside).collect();
    places.sort_unstable();
    places.into_iter().filter(|(_, span)| !page.is_aside(*span)).find_map(|(_, span)| {
        let text = page.text_within(span);
        calendar::read(&text, order)
    })
}

/// Returns the date that one of the first paragraphs begins with.
fn in_opening(kept: &[Kept], order: Order) -> Option<String> {
    kept.iter()
        .take(OPENING_BLOCKS)
        .find_map(|block| calendar::read(&block.text[..block.text.floor_char_boundary(OPENING)], order))
}

/// Kept blocks that may begin with the date, and the bytes of each that are read.
const OPENING_BLOCKS: usize = 4;
const OPENING: usize = 60;

/// Returns the first date of any line of the page, from the headline on.
fn anywhere(page: &Page, order: Order) -> Option<String> {
    let blocks = &page.doc.blocks;
    let start = page.headline.unwrap_or(0);
    let lines = || blocks[start..].iter().chain(&blocks[..start]).filter(|block| is_line(block));
    let read = |block: &Block| calendar::read(&page.text_within(block.span), order);
    let own = lines().filter(|block| !page.is_aside(block.span)).find_map(read);
    own.or_else(|| lines().find_map(read))
}

/// Returns whether a block is short enough and has the figures of a date.
fn is_line(block: &Block) -> bool {
    let is_short = block.words() <= MOST_WORDS && block.measure.digits >= 3 && !block.is_prose(12);
    is_short && !block.is(Setting::HIDDEN)
}

fn in_address(page: &Page) -> Option<String> {
    let stated = page.doc.about.claims(Fact::Address, Source::Meta).map(|claim| claim.text.as_str());
    page.address.into_iter().chain(stated).find_map(calendar::read_address)
}

#[cfg(test)]
mod tests {
    fn date(page: &str, address: &str) -> Option<String> {
        let body = "<p>The bridge at Velden will close in May for repairs, the town said on Monday after a meeting.</p>\
                    <p>Trams will still cross the bridge at night, when there are few of them, and in the early morning.</p>";
        let page = format!("<h1>Bridge at Velden to close</h1>{page}{body}");
        crate::Pipeline::default().clean(crate::Page::html(&page).with_url(address)).date().map(str::to_owned)
    }

    #[test]
    fn dates_are_taken_in_order_of_trust() {
        let data = |date: &str| {
            format!(
                "<script type=application/ld+json>{{\"@type\": \"Article\", \"datePublished\": \"{date}\"}}</script>"
            )
        };
        let time = "<time datetime=2024-05-04>Saturday</time>".to_owned();
        for (page, address, expect) in [
            (data("2024-05-03") + &time, "", Some("2024-05-03")),
            (data("not yet") + &time, "", Some("2024-05-04")),
            (data("2024-05-03T01:15:00Z"), "https://example.com/2024/05/02/x", Some("2024-05-02")),
            (data("2024-05-03T01:15:00Z"), "https://example.com/2024/04/02/x", Some("2024-05-03T01:15:00Z")),
            (
                data("2024-05-03T01:15:00Z")
                    + "<meta property=article:published_time content=2024-05-02T21:15:00-04:00>",
                "",
                Some("2024-05-02T21:15:00-04:00"),
            ),
            ("<meta name=date content='3 May 2024'>".to_owned(), "", Some("2024-05-03")),
            ("<div>Velden, 3 May 2024</div>".to_owned(), "https://example.com/2023/01/01/x", Some("2024-05-03")),
            (data("2024-05-03T01:15:00Z") + "<div>2 May 2024, 9:15 pm</div>", "", Some("2024-05-02T21:15-04:00")),
            (data("2024-05-03T01:15:00Z") + "<div>2 May 2024, 9:20 pm</div>", "", Some("2024-05-03T01:15:00Z")),
            (
                data("May 3, 2024\", \"dateModified\": \"May 3, 2024") + "<div>2 April 2021</div>",
                "",
                Some("2021-04-02"),
            ),
            (
                data("May 3, 2024\", \"dateModified\": \"May 4, 2024") + "<div>2 April 2021</div>",
                "",
                Some("2024-05-03"),
            ),
            (
                data("May 3, 2024\", \"dateModified\": \"May 3, 2024")
                    + "<div>2 April 2021</div>"
                    + &time.replace("04>", "03>"),
                "",
                Some("2024-05-03"),
            ),
            (
                "<div><abbr itemprop=datePublished title=2024-05-03T10:52>10:52</abbr></div>".to_owned(),
                "",
                Some("2024-05-03T10:52"),
            ),
            ("<div><span>3.5.24</span><span>11:40</span></div>".to_owned(), "", Some("2024-05-03T11:40")),
            (String::new(), "https://example.com/2024/05/03/x", Some("2024-05-03")),
            ("<p>3 May 2024 - ".to_owned(), "", Some("2024-05-03")),
            ("<time class=updated datetime=2024-05-04>Saturday</time>".to_owned(), "", Some("2024-05-04")),
            (String::new(), "https://example.com/x", None),
        ] {
            assert_eq!(date(&page, address).as_deref(), expect, "{page} {address}");
        }
    }

    #[test]
    fn the_page_tells_the_order_of_figures() {
        let date = |lang: &str| {
            let page = format!(
                "<html lang={lang}><h1>Bridge</h1><span class=post-date>5/3/2024</span><p>The bridge at Velden will close \
                 in May for repairs, the town said on Monday after a long meeting of the council."
            );
            crate::Pipeline::default().clean(crate::Page::html(&page)).date().map(str::to_owned)
        };
        assert_eq!(date("en-US").as_deref(), Some("2024-05-03"));
        assert_eq!(date("en-GB").as_deref(), Some("2024-03-05"));
    }

    #[test]
    fn dates_of_comments_are_for_want_of_better_ones() {
        let article = "The bridge at Velden will close in May for repairs, the town said on Monday after a long meeting of the council. "
            .repeat(4);
        let comment = |name: &str| format!("{name} May 4, 2031 at 7:02 am\n\nIt is a fine bridge.\n\n");
        let comments = format!("3 comments\n\n{}{}{}", comment("ida_m"), comment("Jens V"), comment("al"));
        let text = format!("{article}\n\n{comments}");
        let date = |page: crate::Page| crate::Pipeline::default().clean(page).date().map(str::to_owned);
        assert_eq!(date(crate::Page::text(&text)).as_deref(), Some("2031-05-04T07:02"));
        let page = crate::Page::text(&text).with_url("https://example.com/2031/05/03/bridge");
        assert_eq!(date(page).as_deref(), Some("2031-05-03"));
    }
}
