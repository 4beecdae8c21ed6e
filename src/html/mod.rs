//! Reads HTML: source to tree, tree to blocks.

mod about;
mod blocks;
pub(crate) mod json;
mod parser;
mod reference;
mod schema;
pub(crate) mod script;
mod setting;
#[cfg(test)]
mod tests;
pub(crate) mod traced;

use crate::document::Document;
use crate::limits::{Limit, Limits};
use crate::markup::tree;
use std::borrow::Cow;

/// Reads a page with the fast reader, into the memory of an empty document.
pub(crate) fn read<'a>(
    source: &'a str,
    limits: &'a Limits,
    mut spare: Document<'static>,
) -> (Document<'a>, Option<Limit>) {
    let (nodes, attrs) = spare.tree.take().map_or_else(Default::default, |tree| (tree.nodes, tree.attrs));
    let (tree, hit) = parser::parse(source, limits, nodes, attrs);
    let (document, more) = blocks::build(source, tree, limits, spare);
    (document, hit.or(more))
}

/// Reads a page through `scraper`, for comparison.
pub(crate) fn read_reference<'a>(source: &'a str, limits: &'a Limits) -> (Document<'a>, Option<Limit>) {
    let (tree, hit) = reference::parse(source, limits);
    let (document, more) = blocks::build(source, tree, limits, Document::empty());
    (document, hit.or(more))
}

/// Returns the text that a piece of HTML shows: tags are taken out, character references decoded.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'&', b'<', text.as_bytes()).is_none() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(lt) = rest.find('<') {
        let after = rest.as_bytes().get(lt + 1).copied().unwrap_or(b' ');
        let end = rest[lt..].find('>').filter(|_| after.is_ascii_alphabetic() || after == b'/');
        out.push_str(&rest[..lt]);
        out.push(if end.is_some() { ' ' } else { '<' });
        rest = &rest[lt + end.unwrap_or(0) + 1..];
        if end.is_none() && !rest.contains('>') {
            break;
        }
    }
    out.push_str(rest);
    let once = tree::decode_text(&out).into_owned();
    tree::decode_text(&once).into_owned().into()
}
