//! What a page says about itself outside its text: in its head, in its `<time>` elements, in its schema.org data.

use super::schema;
use crate::document::{About, Claim, Fact, MOST_CLAIMS, Source};
use crate::markup::tag::{SAYS, Tag};
use crate::markup::tree::{AttrKind, Node, Tree};

/// Elements searched for titles; heads are long on some pages, but never this long.
const MOST_NODES: u32 = 4000;

/// Bytes of a claim that are looked at; a longer one is no name, date or headline.
const LONGEST: usize = 2000;

pub(super) fn read(tree: &Tree) -> About {
    let mut about = About::default();
    if let Some(language) = tree.attr_of(0, AttrKind::Lang).or_else(|| tree.attr(0, "xml:lang")) {
        about.claim(Fact::Language, Source::Root, &language, 0);
    }
    let says = |node: &Node| node.tag.is(SAYS) || node.kinds & schema::ITEM_KINDS != 0;
    let nodes: Vec<u32> = (0..).zip(&tree.nodes).filter(|(_, node)| says(node)).map(|(i, _)| i).collect();
    schema::read_data(tree, &nodes, &mut about);
    let mut label = String::new();
    for &i in &nodes {
        match tree.nodes[i as usize].tag {
            Tag::TITLE if about.title.is_none() && i < MOST_NODES => about.title = tidy(&tree.text_of(i)),
            Tag::META => meta(tree, i, &mut about, &mut label, i < MOST_NODES),
            Tag::TIME => time(tree, i, &mut about),
            Tag::LINK => link(tree, i, &mut about),
            _ => {}
        }
    }
    schema::read_items(tree, &nodes, &mut about);
    about
}

fn meta(tree: &Tree, node: u32, about: &mut About, label: &mut String, is_near: bool) {
    let keys = [AttrKind::Property, AttrKind::Name, AttrKind::HttpEquiv];
    let Some(key) = keys.iter().find_map(|&key| tree.attr_of(node, key)) else { return };
    let key = key.trim().to_ascii_lowercase();
    let slot = match key.as_str() {
        "og:title" | "twitter:title" => Some(&mut about.headline),
        "og:description" | "description" => Some(&mut about.description),
        _ => None,
    };
    let slot = slot.filter(|slot| slot.is_none() && is_near);
    let is_label = key == "twitter:label1";
    let fact = match key.as_str() {
        "twitter:data1" if WRITTEN_BY.contains(&label.to_lowercase().as_str()) => Some(Fact::Author),
        key => match FACTS.binary_search_by_key(&key, |&(name, _)| name) {
            Ok(found) => Some(FACTS[found].1),
            // Sites make up names of their own.
            Err(_) if key.contains("publish") && (key.contains("date") || key.contains("time")) => {
                Some(Fact::Published)
            }
            Err(_) => None,
        },
    };
    if slot.is_none() && fact.is_none() && !is_label {
        return;
    }
    let Some(value) = tree.attr_of(node, AttrKind::Content).and_then(|value| tidy(&value)) else { return };
    if let Some(slot) = slot {
        *slot = Some(value.clone());
    }
    if is_label {
        *label = value;
    } else if let Some(fact) = fact {
        about.claim(fact, Source::Meta, &value, tree.place(node).start);
    }
}

/// Labels that a common plugin gives the author's name in what it writes for shared links.
const WRITTEN_BY: &[&str] = &[
    "written by",
    "geschrieben von",
    "verfasst von",
    "escrito por",
    "écrit par",
    "scritto da",
    "geschreven door",
    "napisane przez",
    "skrevet af",
    "skrevet av",
    "skriven av",
    "ditulis oleh",
    "написано автором",
    "автор",
    "yazan",
    "執筆者",
    "글쓴이",
    "작성자",
];

/// What the `<meta>` elements of these names say, in the order of their names.
const FACTS: &[(&str, Fact)] = &[
    ("application-name", Fact::Site),
    ("article.created", Fact::Published),
    ("article.published", Fact::Published),
    ("article:author", Fact::Author),
    ("article:author_name", Fact::Author),
    ("article:modified", Fact::Modified),
    ("article:modified_time", Fact::Modified),
    ("article:published", Fact::Published),
    ("article:published_time", Fact::Published),
    ("article_date_original", Fact::Published),
    ("article_published", Fact::Published),
    ("author", Fact::Author),
    ("author_name", Fact::Author),
    ("authors", Fact::Author),
    ("bt:author", Fact::Author),
    ("bt:pubdate", Fact::Published),
    ("byl", Fact::Author),
    ("citation_author", Fact::Author),
    ("citation_date", Fact::Published),
    ("citation_publication_date", Fact::Published),
    ("content-language", Fact::Language),
    ("creator", Fact::Author),
    ("cxenseparse:author", Fact::Author),
    ("cxenseparse:recs:publishtime", Fact::Published),
    ("date", Fact::Published),
    ("date.created", Fact::Published),
    ("date_published", Fact::Published),
    ("datepublished", Fact::Published),
    ("dc.creator", Fact::Author),
    ("dc.date", Fact::Published),
    ("dc.date.created", Fact::Published),
    ("dc.date.issued", Fact::Published),
    ("dc.date.modified", Fact::Modified),
    ("dc.language", Fact::Language),
    ("dc.title", Fact::Headline),
    ("dc:creator", Fact::Author),
    ("dc:date", Fact::Published),
    ("dc:title", Fact::Headline),
    ("dcterms.created", Fact::Published),
    ("dcterms.creator", Fact::Author),
    ("dcterms.date", Fact::Published),
    ("dcterms.issued", Fact::Published),
    ("dcterms.modified", Fact::Modified),
    ("dcterms.title", Fact::Headline),
    ("displaydate", Fact::Published),
    ("gentime", Fact::Published),
    ("headline", Fact::Headline),
    ("language", Fact::Language),
    ("last-modified", Fact::Modified),
    ("lastmod", Fact::Modified),
    ("og:article:author", Fact::Author),
    ("og:article:published_time", Fact::Published),
    ("og:author", Fact::Author),
    ("og:locale", Fact::Language),
    ("og:pubdate", Fact::Published),
    ("og:published_time", Fact::Published),
    ("og:regdate", Fact::Published),
    ("og:site_name", Fact::Site),
    ("og:title", Fact::Headline),
    ("og:updated_time", Fact::Modified),
    ("og:url", Fact::Address),
    ("originalpublicationdate", Fact::Published),
    ("parsely-author", Fact::Author),
    ("parsely-pub-date", Fact::Published),
    ("parsely-title", Fact::Headline),
    ("ptime", Fact::Published),
    ("pubdate", Fact::Published),
    ("publication_date", Fact::Published),
    ("publish-date", Fact::Published),
    ("publish_date", Fact::Published),
    ("publishdate", Fact::Published),
    ("published", Fact::Published),
    ("published-date", Fact::Published),
    ("published_at", Fact::Published),
    ("published_time", Fact::Published),
    ("publishtime", Fact::Published),
    ("rbauthors", Fact::Author),
    ("rbpubdate", Fact::Published),
    ("rbtitle", Fact::Headline),
    ("revised", Fact::Modified),
    ("sailthru.author", Fact::Author),
    ("sailthru.date", Fact::Published),
    ("sailthru.title", Fact::Headline),
    ("shareaholic:article_author_name", Fact::Author),
    ("shareaholic:article_published_time", Fact::Published),
    ("title", Fact::Headline),
    ("twitter:title", Fact::Headline),
];

fn time(tree: &Tree, node: u32, about: &mut About) {
    let Some(value) = tree.attr_of(node, AttrKind::Datetime) else { return };
    let says = [AttrKind::Class, AttrKind::Itemprop, AttrKind::Pubdate, AttrKind::Id].into_iter();
    let says = says.filter_map(|kind| tree.attr_of(node, kind));
    let mut source = Source::Time;
    for says in says {
        let says = says.to_ascii_lowercase();
        if says.contains("modif") || says.contains("updat") {
            about.claim(Fact::Modified, Source::Time, &value, tree.place(node).start);
            // WordPress calls a post that never changed both published and updated.
            if !says.contains("publish") {
                return;
            }
        }
        if says.contains("publish") || says.contains("pubdate") || says.contains("entry-date") {
            source = Source::Stamp;
        }
    }
    if tree.attr_of(node, AttrKind::Pubdate).is_some() {
        source = Source::Stamp;
    }
    about.claim(Fact::Published, source, &value, tree.place(node).start);
}

fn link(tree: &Tree, node: u32, about: &mut About) {
    if about.count(Fact::Address) == 0
        && tree.attr_of(node, AttrKind::Rel).is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
        && let Some(address) = tree.attr_of(node, AttrKind::Href)
    {
        about.claim(Fact::Address, Source::Meta, &address, 0);
    }
}

fn tidy(text: &str) -> Option<String> {
    let mut tidy = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    (!tidy.is_empty()).then_some(tidy)
}

impl About {
    /// Adds a claim, unless it is empty or there are too many of the kind.
    pub(super) fn claim(&mut self, fact: Fact, source: Source, text: &str, at: u32) {
        // Some pages write the text of their metadata as they write it in HTML, or write it so twice.
        let text = super::plain(&text[..text.floor_char_boundary(LONGEST)]);
        if let Some(text) = tidy(&text).filter(|_| self.count_of(fact, source) < MOST_CLAIMS) {
            self.claims.push(Claim { fact, source, text, at });
        }
    }

    pub(super) fn count(&self, fact: Fact) -> usize {
        self.claims.iter().filter(|claim| claim.fact == fact).count()
    }

    pub(super) fn count_of(&self, fact: Fact, source: Source) -> usize {
        self.claims.iter().filter(|claim| claim.fact == fact && claim.source == source).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_metas_are_sorted() {
        assert!(FACTS.is_sorted_by_key(|&(name, _)| name));
    }

    #[test]
    fn heads_say_what_the_page_is() {
        let limits = crate::limits::Limits::default();
        for (html, expect) in [
            (
                "<html lang=de><title>Brücke - Post</title><meta property=og:site_name content=Post>",
                "Language Root de | Site Meta Post",
            ),
            ("<meta name=DC.Creator content='Ida  Moss'>", "Author Meta Ida Moss"),
            ("<meta name=author content='M&amp;amp;M'>", "Author Meta M&M"),
            ("<meta name=x-published-date content=2024-05-03>", "Published Meta 2024-05-03"),
            (
                "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ida Moss'>",
                "Author Meta Ida Moss",
            ),
            ("<meta name=twitter:label1 content='Price'><meta name=twitter:data1 content='12'>", ""),
            (
                "<p><time class=entry-date datetime=2024-05-03>x</time><time datetime=2024-05-04>y</time>",
                "Published Stamp 2024-05-03 | Published Time 2024-05-04",
            ),
            ("<p><time class=updated datetime=2024-05-03>x</time>", "Modified Time 2024-05-03"),
            (
                "<link rel=canonical href=https://example.com/2024/05/03/x>",
                "Address Meta https://example.com/2024/05/03/x",
            ),
        ] {
            let (document, _) = crate::html::read(html, &limits, crate::Document::empty());
            let claims: Vec<String> =
                document.about.claims.iter().map(|c| format!("{:?} {:?} {}", c.fact, c.source, c.text)).collect();
            assert_eq!(claims.join(" | "), expect, "{html}");
        }
    }
}
