//! Who wrote it: names, joined by commas.
//!
//! In order of trust: JSON-LD, `itemprop`, `<meta>`, and the block that a rule named nearest to the headline.

mod names;
mod words;

use super::{Page, folded};
use crate::document::{Fact, Source};
use crate::role::Role;
use crate::rules::byline;
use crate::rules::comment_section::said;
use crate::span::Span;
use names::{is_of_another, names_in, tidied};
use words::{HOUSES, NOBODY};

pub(super) fn find(page: &Page) -> Option<String> {
    let mut spare = Vec::new();
    for source in [Source::Data, Source::Item, Source::Meta] {
        let claims = page.doc.about.claims(Fact::Author, source);
        // A paper, and the portal that shows its article.
        let is_portal = |text: &str| text.split_once('|').is_some_and(|(paper, _)| is_house(paper.trim()));
        let claims = claims.filter(|claim| !is_portal(&claim.text));
        let names = tidied(claims.flat_map(|claim| names_in(&claim.text)).collect());
        if let Some(persons) = chosen(page, names, &mut spare) {
            return Some(persons.join(", "));
        }
    }
    shown(page, &mut spare).or_else(|| (!spare.is_empty()).then(|| spare.join(", ")))
}

/// Returns the names but the site's. Those that name only the site or nobody are spare, for when nothing better comes.
fn chosen(page: &Page, names: Vec<String>, spare: &mut Vec<String>) -> Option<Vec<String>> {
    let is_person = |name: &&String| !page.is_site(name) && !is_house(name) && !NOBODY.contains(&folded(name).as_str());
    let persons: Vec<String> = names.iter().filter(is_person).cloned().collect();
    if !persons.is_empty() {
        return Some(persons);
    }
    if spare.is_empty() {
        *spare = names;
        spare.retain(|name| !NOBODY.contains(&folded(name).as_str()));
    }
    None
}

/// Returns whether a name is that of a Korean, Chinese or Japanese paper, broadcaster or desk.
fn is_house(name: &str) -> bool {
    !name.is_ascii() && HOUSES.iter().any(|end| name.ends_with(end))
}

/// Returns the names at the place nearest to the headline that a rule named or points at.
fn shown(page: &Page, spare: &mut Vec<String>) -> Option<String> {
    let named = page.named(Role::Byline).map(|i| page.doc.blocks[i].span);
    let mut places: Vec<((u8, u32), u32)> =
        named.chain(page.pointed(&byline::META)).map(|span| (page.distance(span), span.end)).collect();
    places.sort_unstable();
    let mut found: Option<(Vec<String>, Span)> = None;
    for ((_, start), end) in places {
        let span = Span::new(start, end);
        let names = names_at(page, span);
        match &mut found {
            None => {
                if let Some(persons) = chosen(page, names, spare) {
                    found = Some((persons, span));
                }
            }
            // Authors may stand in elements of their own, one after the other.
            Some((persons, last)) if (last.start..last.end + NEAR).contains(&start) => {
                persons.extend(names.into_iter().filter(|name| is_written_like_a_name(name) && !page.is_site(name)));
                *last = last.hull(span);
            }
            Some(_) => break,
        }
    }
    found.map(|(persons, _)| tidied(persons).join(", "))
}

/// Bytes of source between two authors.
const NEAR: u32 = 250;

/// Returns the names in a place that may be a byline.
fn names_at(page: &Page, span: Span) -> Vec<String> {
    if span.len() > LONGEST_PLACE || page.is_aside(span) {
        return Vec::new();
    }
    let text = page.text_within(span);
    if said(&text).is_some() || is_of_another(&text) {
        return Vec::new();
    }
    // What the writer is may stand on the next line.
    let lines = text.lines().flat_map(names_in);
    let mut names: Vec<String> = match text.lines().next().is_some_and(|line| !names_in(line).is_empty()) {
        true => lines.collect(),
        false => names_in(&text),
    };
    // What follows the first name is a name only if it is written like one.
    let is_whole = names.first().is_some_and(|name| name.contains(' '));
    let mut nth = 0;
    names.retain(|name| {
        nth += 1;
        !name.starts_with(char::is_numeric) && (nth == 1 || is_whole && is_written_like_a_name(name))
    });
    tidied(names)
}

/// Bytes of the source of a byline; a longer one is a list of articles or a biography.
const LONGEST_PLACE: usize = 4000;

/// Returns whether a text is two to five words that begin with capitals, or a name in a script that has none.
fn is_written_like_a_name(text: &str) -> bool {
    let words = || text.split(' ');
    let is_capital = |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    (2..=5).contains(&words().count()) && words().filter(is_capital).count() * 2 > words().count()
}

#[cfg(test)]
mod tests {
    fn byline(page: &str) -> Option<String> {
        let page = format!(
            "<meta property=og:site_name content='Velden Post'><h1>Bridge at Velden to close</h1>{page}<p>The bridge at \
             Velden will close in May for repairs, the town said on Monday after a meeting.</p><p>Trams will still cross \
             the bridge at night, when there are few of them, and in the early morning.</p>"
        );
        crate::Pipeline::default().clean(crate::Page::html(&page)).byline().map(str::to_owned)
    }

    #[test]
    fn bylines_are_taken_in_order_of_trust() {
        for (page, expect) in [
            ("<meta name=author content='Ida Moss'><p class=byline>By Jens Vogt</p>", Some("Ida Moss")),
            ("<meta name=author content='Velden Post'><p class=byline>By Jens Vogt</p>", Some("Jens Vogt")),
            ("<meta name=author content='Velden Post'>", Some("Velden Post")),
            ("<meta name=author content=admin>", None),
            (
                "<p>By <span class=author>Ida Moss</span> and <span class=author>Jens Vogt</span></p>",
                Some("Ida Moss, Jens Vogt"),
            ),
            ("<div>On 3 May 2024 by <a rel=author>Ida Moss</a> in Town</div>", Some("Ida Moss")),
            ("<div class=byline><b>Ida Moss</b><b>Reporter</b></div>", Some("Ida Moss")),
            (
                "<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"author\": {\"@type\": \"Person\", \"name\": \
                 [\"Ida Moss\", \"Jens Vogt\"]}}</script>",
                Some("Ida Moss, Jens Vogt"),
            ),
            (
                "<meta property=article:author content='새벽일보 | 네이브'><p class=byline>윤가람 기자</p>",
                Some("윤가람"),
            ),
            ("<meta name=author content=青溪晚报><p class=byline>记者 顾小满 通讯员 陶然</p>", Some("顾小满")),
            ("<meta name=author content=青溪晚报>", Some("青溪晚报")),
            ("<p class=byline>Quelle: Velden Kurier</p>", None),
            ("<p class=byline>By Ida Moss<br>Gazette Staff Writer</p>", Some("Ida Moss")),
            ("<meta name=author content='সুমন রায়'>", Some("সুমন রায়")),
            ("<meta name=author content='Redaktion Aune24'>", Some("Redaktion Aune24")),
            ("<form><label class=author>Name</label></form>", None),
            ("<p class=author>Photo: Ida Moss</p>", None),
            ("<p class=author>Ida says:</p>", None),
            ("", None),
        ] {
            assert_eq!(byline(page).as_deref(), expect, "{page}");
        }
    }
}
