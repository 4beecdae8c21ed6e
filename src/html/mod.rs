//! Reads HTML: source to tree, tree to blocks.

mod about;
mod blocks;
pub(crate) mod class_words;
pub(crate) mod element;
mod entity;
pub(crate) mod json;
mod parser;
mod reference;
pub(crate) mod script;
pub(crate) mod tag;
#[cfg(test)]
mod tests;
pub(crate) mod traced;
pub(crate) mod tree;

pub(crate) use blocks::{append, is_unseen};

use crate::document::Document;
use crate::limits::{Limit, Limits};

/// Reads a page with the fast reader.
pub(crate) fn read<'a>(source: &'a str, limits: &'a Limits) -> (Document<'a>, Option<Limit>) {
    let (tree, hit) = parser::parse(source, limits);
    let (document, more) = blocks::build(source, tree, limits);
    (document, hit.or(more))
}

/// Reads a page through `scraper`, for comparison.
pub(crate) fn read_reference<'a>(source: &'a str, limits: &'a Limits) -> (Document<'a>, Option<Limit>) {
    let (tree, hit) = reference::parse(source, limits);
    let (document, more) = blocks::build(source, tree, limits);
    (document, hit.or(more))
}
