//! HTML source to [`Tree`]: a tokenizer over bytes and the tree rules that matter for text, in one pass.
//!
//! Follows the HTML standard's tokenizer and its rules for implied, stray and misnested tags, with four simplifications:
//! a formatting element that is closed while a block within it stays open (the adoption agency) only notes where it
//! ended; text that a table may not hold stays where it was written instead of moving before the table; a page of
//! frames is read as if it had none; `<script/>` holds nothing where the page says that it is XML or never ends a script.
//!
//! Time is linear: every search for an open element is a look-up, because each entry of the stack of open elements
//! knows the nearest barrier of each kind at or below it.

mod end;
mod formatting;
mod stack;
mod start;
mod tokens;

use crate::limits::{Limit, Limits};
use crate::markup::tag::{self, Tag};
use crate::markup::tree::{Attr, Attrs, NIL, Node, Tree};

/// An open element.
#[derive(Clone, Copy)]
struct Open {
    node: u32,
    tag: Tag,
    /// Closed by its end tag while a block within it is still open.
    dead: bool,
    /// Children are SVG or MathML.
    foreign: bool,
    /// Position plus one of the open element of the same name below this one.
    below: u32,
    last_child: u32,
    /// See [`Tag::end_key`].
    end_key: u64,
    near: Near,
}

/// Positions in the stack: the nearest entry at or below an open element that ends a search of each kind.
#[derive(Clone, Copy, Default)]
struct Near {
    /// The nearest HTML element, as against SVG and MathML.
    html: u32,
    scope: u32,
    button: u32,
    list: u32,
    table: u32,
    special: u32,
    item: u32,
}

/// A formatting element that is open, or was closed by the end of a block around it and opens again in the next.
#[derive(Clone, Copy)]
struct Formatting {
    /// [`Tag::NONE`] marks a table cell or the like, which what was open before does not enter.
    tag: Tag,
    /// Its position in the stack, or [`CLOSED`].
    at: u32,
    attrs: Attrs,
}

const CLOSED: u32 = u32::MAX;

pub(super) struct Parser<'a> {
    source: &'a str,
    bytes: &'a [u8],
    pos: usize,
    tree: Tree<'a>,
    stack: Vec<Open>,
    /// By tag: position plus one of its innermost open element.
    open: Vec<u32>,
    /// By tag: elements beyond the depth limit that were not put on the stack.
    sunk: Vec<u32>,
    /// Their sum.
    sunk_in_all: usize,
    formatting: Vec<Formatting>,
    /// Whether the content of the innermost open element is SVG or MathML.
    foreign: bool,
    head: u32,
    body: bool,
    /// Whether a `<form>` awaits its end tag, open or not.
    form: bool,
    quirks: bool,
    /// Whether the page says that it is XML.
    is_xml: bool,
    /// By tag: whether no end tag of it comes any more, as far as raw text was sought for one.
    endless: [bool; tag::KNOWN.len()],
    limits: &'a Limits,
    /// How many attributes of an element are kept: their number fits [`Attrs`].
    most_attributes: usize,
    /// The kinds of the attributes of the tag that is being read, by [`AttrKind::bit`](crate::markup::tree::AttrKind::bit).
    kinds: u32,
    hit: Option<Limit>,
}

/// Reads a page into a tree, whose nodes and attributes take the memory of two empty vectors.
pub(super) fn parse<'a>(
    source: &'a str,
    limits: &'a Limits,
    mut nodes: Vec<Node>,
    mut attrs: Vec<Attr>,
) -> (Tree<'a>, Option<Limit>) {
    // Real news pages have a node for every 35 to 60 bytes.
    nodes.reserve(source.len() / 40 + 16);
    attrs.reserve(source.len() / 60 + 16);
    let tree = Tree { source: source.into(), names: Default::default(), nodes, attrs, encoded: true, origin: None };
    // A byte order mark is no text.
    let pos = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut parser = Parser {
        source,
        bytes: source.as_bytes(),
        pos,
        tree,
        stack: Vec::with_capacity(64),
        open: vec![0; tag::KNOWN.len() + 1],
        sunk: vec![0; tag::KNOWN.len() + 1],
        sunk_in_all: 0,
        formatting: Vec::new(),
        foreign: false,
        head: NIL,
        body: false,
        form: false,
        quirks: true,
        is_xml: source[pos..].trim_ascii_start().starts_with("<?xml"),
        endless: [false; tag::KNOWN.len()],
        limits,
        most_attributes: limits.attributes.min(u16::MAX as usize),
        kinds: 0,
        hit: None,
    };
    parser.push(Tag::HTML, 0, Attrs::default());
    parser.run();
    parser.pop_to(0);
    (parser.tree, parser.hit)
}
