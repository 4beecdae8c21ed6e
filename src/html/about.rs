//! What the head of a page says: title, description, author, date, language.

use super::tag::Tag;
use super::tree::Tree;
use crate::document::About;

/// Elements looked at: heads are long on some pages, but never this long.
const MOST_NODES: usize = 4000;

pub(super) fn read(tree: &Tree) -> About {
    let mut about = About { language: tree.attr(0, "lang").map(|v| v.trim().to_owned()), ..About::default() };
    for (i, node) in tree.nodes.iter().enumerate().take(MOST_NODES) {
        match node.tag {
            Tag::TITLE if about.title.is_none() => about.title = tidy(&tree.text_of(i as u32)),
            Tag::META => meta(tree, i as u32, &mut about),
            _ => {}
        }
    }
    about
}

fn meta(tree: &Tree, node: u32, about: &mut About) {
    let Some(key) = tree.attr(node, "property").or_else(|| tree.attr(node, "name")) else { return };
    let key = key.to_ascii_lowercase();
    let slot = match key.as_str() {
        "og:title" | "twitter:title" => &mut about.headline,
        "og:description" | "description" => &mut about.description,
        "author" | "article:author" | "parsely-author" | "sailthru.author" => &mut about.author,
        "article:published_time"
        | "date"
        | "dc.date"
        | "dc.date.issued"
        | "parsely-pub-date"
        | "datepublished"
        | "pubdate" => &mut about.published,
        _ => return,
    };
    if slot.is_none()
        && let Some(value) = tree.attr(node, "content")
    {
        *slot = tidy(&value).filter(|v| key != "article:author" || !v.starts_with("http"));
    }
}

fn tidy(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
