//! The element tree of a page: one vector of nodes in source order and one of attributes, all of them spans.

use super::entity;
use super::tag::{self, Names, RAW, Tag};
use crate::span::Span;
use std::borrow::Cow;

/// No node.
pub(crate) const NIL: u32 = u32::MAX;

/// An element or a text node. The descendants of node `i` are the nodes `i + 1..end`.
pub(crate) struct Node {
    pub(crate) tag: Tag,
    /// Number of attributes, from `attrs` on.
    pub(crate) attr_count: u16,
    pub(crate) attrs: u32,
    /// The kinds of these attributes, by [`AttrKind::bit`].
    pub(crate) kinds: u32,
    pub(crate) parent: u32,
    /// The element before this one under the same parent.
    pub(crate) prev: u32,
    /// Index after the last descendant.
    pub(crate) end: u32,
    /// Text: its source. Element: from its start tag to its end; for a formatting element that was closed while a block
    /// within it stayed open, to that end tag.
    pub(crate) span: Span,
}

/// An attribute as written: its name in any case, its value with character references.
#[derive(Clone, Copy)]
pub(crate) struct Attr {
    pub(crate) name: u32,
    pub(crate) name_len: u16,
    pub(crate) kind: AttrKind,
    pub(crate) value: Span,
}

/// The attributes of an element: where they begin among those of the page, how many they are, and their kinds.
#[derive(Clone, Copy, Default)]
pub(crate) struct Attrs {
    pub(crate) first: u32,
    pub(crate) count: u16,
    /// See [`AttrKind::bit`].
    pub(crate) kinds: u32,
}

macro_rules! attributes {
    ($($id:ident $name:literal;)*) => {
        /// What an attribute is called: a number for each name that something asks for.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub(crate) enum AttrKind {
            /// Any other name.
            Other,
            $($id),*
        }
        const NAMES: [&str; KINDS.len()] = ["", $($name),*];
        const KINDS: [AttrKind; [$($name),*].len() + 1] = [AttrKind::Other, $(AttrKind::$id),*];
    };
}

attributes! {
    Id "id";
    Class "class";
    Style "style";
    Role "role";
    Hidden "hidden";
    AriaHidden "aria-hidden";
    AriaLabel "aria-label";
    Href "href";
    Lang "lang";
    Rel "rel";
    Content "content";
    Property "property";
    Name "name";
    Datetime "datetime";
    Pubdate "pubdate";
    Type "type";
    Src "src";
    Alt "alt";
    Title "title";
    Open "open";
    Itemprop "itemprop";
    Itemscope "itemscope";
    Itemtype "itemtype";
    Width "width";
    Height "height";
    HttpEquiv "http-equiv";
}

const LONGEST: usize = "aria-hidden".len();
/// Each kind has a bit of its own.
const _: () = assert!(KINDS.len() <= u32::BITS as usize);

static ATTRIBUTES: tag::Table<128> = tag::Table::new(&NAMES);

impl AttrKind {
    /// Returns the kind of a name in any case.
    pub(crate) fn of(name: &[u8]) -> AttrKind {
        if name.len() > LONGEST {
            return AttrKind::Other;
        }
        KINDS[ATTRIBUTES.look_up(&NAMES, name) as usize]
    }

    /// Returns the bit of this kind in a set of kinds.
    pub(crate) const fn bit(self) -> u32 {
        1 << self as u8
    }

    /// Returns the kind of the name that has a [`tag::short_key`].
    #[inline]
    pub(crate) fn by_key(key: u64) -> AttrKind {
        KINDS[ATTRIBUTES.find(key) as usize]
    }
}

pub(crate) struct Tree<'a> {
    /// What the spans of nodes and attributes point into: the page, or, for the reference reader, a text of its own.
    pub(crate) source: Cow<'a, str>,
    pub(crate) names: Names,
    pub(crate) nodes: Vec<Node>,
    pub(crate) attrs: Vec<Attr>,
    /// Whether `source` still holds character references.
    pub(crate) encoded: bool,
    /// Where each node's text stands in the page, when `source` is not the page itself.
    pub(crate) origin: Option<Vec<Span>>,
}

impl Tree<'_> {
    /// Adds a node to the open element that holds it, which is given with the number of its last child. Text becomes no
    /// element's last child.
    #[inline]
    pub(crate) fn add(&mut self, tag: Tag, span: Span, attrs: Attrs, holder: Option<(u32, &mut u32)>) -> u32 {
        let index = self.nodes.len() as u32;
        let (parent, prev) = match holder {
            Some((parent, last_child)) if tag == Tag::TEXT => (parent, *last_child),
            Some((parent, last_child)) => (parent, std::mem::replace(last_child, index)),
            None => (NIL, NIL),
        };
        let Attrs { first, count, kinds } = attrs;
        self.nodes.push(Node { tag, attr_count: count, attrs: first, kinds, parent, prev, end: index + 1, span });
        index
    }

    /// Returns the attributes from `first` on as those of one element.
    #[inline]
    pub(crate) fn attrs_from(&self, first: usize) -> Attrs {
        let attrs = &self.attrs[first..];
        let count = attrs.len().min(u16::MAX as usize);
        let kinds = attrs[..count].iter().fold(0, |kinds, attr| kinds | attr.kind.bit());
        Attrs { first: first as u32, count: count as u16, kinds }
    }

    /// Forgets the page, and leaves the memory that it took to the next one.
    pub(crate) fn emptied(mut self) -> Tree<'static> {
        self.nodes.clear();
        self.attrs.clear();
        Tree {
            source: "".into(),
            names: Names::default(),
            nodes: self.nodes,
            attrs: self.attrs,
            encoded: true,
            origin: None,
        }
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        &self.source[span.range()]
    }

    /// Returns where a node stands in the page.
    pub(crate) fn place(&self, node: u32) -> Span {
        match &self.origin {
            Some(origin) => origin[node as usize],
            None => self.nodes[node as usize].span,
        }
    }

    pub(crate) fn name(&self, node: u32) -> &str {
        self.names.name(self.nodes[node as usize].tag)
    }

    /// Returns the attributes of an element that may not be a node yet.
    pub(crate) fn range(&self, attrs: Attrs) -> &[Attr] {
        &self.attrs[attrs.first as usize..][..attrs.count as usize]
    }

    /// Returns the attributes of a node that are of these kinds, of two of one name the first, which counts, and where they are
    /// among those of the page.
    #[inline]
    pub(crate) fn firsts(&self, node: u32, mut kinds: u32) -> impl Iterator<Item = (usize, Attr)> {
        let first = self.nodes[node as usize].attrs as usize;
        (first..).zip(self.attrs(node)).filter_map(move |(at, &attr)| {
            let is_first = kinds & attr.kind.bit() != 0;
            kinds &= !attr.kind.bit();
            is_first.then_some((at, attr))
        })
    }

    pub(crate) fn attrs(&self, node: u32) -> &[Attr] {
        let node = &self.nodes[node as usize];
        &self.attrs[node.attrs as usize..][..node.attr_count as usize]
    }

    pub(crate) fn attr_name(&self, attr: Attr) -> &str {
        &self.source[attr.name as usize..][..attr.name_len as usize]
    }

    /// Returns whether an attribute has this name, given in small letters.
    pub(crate) fn is_named(&self, attr: Attr, name: &str) -> bool {
        let at = attr.name as usize;
        attr.name_len as usize == name.len()
            && self.source.as_bytes()[at..at + name.len()].eq_ignore_ascii_case(name.as_bytes())
    }

    /// Returns the value as written, character references and all.
    pub(crate) fn raw_value(&self, attr: Attr) -> &str {
        self.slice(attr.value)
    }

    pub(crate) fn value(&self, attr: Attr) -> Cow<'_, str> {
        let raw = self.raw_value(attr);
        if self.encoded { entity::decode_attribute(raw) } else { raw.into() }
    }

    /// Returns the decoded value of the first attribute called `name` (lower case), as the standard drops later ones.
    pub(crate) fn attr(&self, node: u32, name: &str) -> Option<Cow<'_, str>> {
        let found = self.attrs(node).iter().find(|&&attr| self.is_named(attr, name))?;
        Some(self.value(*found))
    }

    /// Returns whether a node has an attribute of this kind.
    pub(crate) fn has(&self, node: u32, kind: AttrKind) -> bool {
        self.nodes[node as usize].kinds & kind.bit() != 0
    }

    /// Returns the first attribute of a kind other than [`AttrKind::Other`].
    pub(crate) fn first_of(&self, node: u32, kind: AttrKind) -> Option<Attr> {
        if !self.has(node, kind) {
            return None;
        }
        self.attrs(node).iter().find(|attr| attr.kind == kind).copied()
    }

    /// Returns the decoded value of the first attribute of a kind other than [`AttrKind::Other`].
    pub(crate) fn attr_of(&self, node: u32, kind: AttrKind) -> Option<Cow<'_, str>> {
        Some(self.value(self.first_of(node, kind)?))
    }

    /// Returns whether a text node holds character references that are still to be decoded.
    pub(crate) fn is_encoded(&self, text: u32) -> bool {
        self.encoded && !self.nodes[self.nodes[text as usize].parent as usize].tag.is(RAW)
    }

    /// Returns a text node's text, decoded.
    pub(crate) fn text_at(&self, text: u32) -> Cow<'_, str> {
        let raw = self.slice(self.nodes[text as usize].span);
        if self.is_encoded(text) { decode_text(raw) } else { raw.into() }
    }

    /// Returns the text of an element's text nodes, decoded and joined as it stands.
    pub(crate) fn text_of(&self, node: u32) -> String {
        let within = node + 1..self.nodes[node as usize].end;
        within.filter(|&i| self.nodes[i as usize].tag == Tag::TEXT).map(|i| self.text_at(i)).collect()
    }
}

pub(crate) fn decode_text(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return raw.into();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(amp) = rest.find('&') {
        out.push_str(&rest[..amp]);
        rest = match entity::decode(&rest.as_bytes()[amp..], false) {
            Some(decoded) => {
                out.extend(decoded.chars.iter().flatten());
                &rest[amp + decoded.len..]
            }
            None => {
                out.push('&');
                &rest[amp + 1..]
            }
        };
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attribute_names_have_their_kinds() {
        for (name, kind) in NAMES.iter().zip(KINDS).skip(1) {
            assert_eq!(AttrKind::of(name.to_uppercase().as_bytes()), kind, "{name}");
        }
        for name in ["", "i", "id\0", "clas", "classes", "data-id", "aria-hidde", "aria-hiddens", "aria-labels"] {
            assert_eq!(AttrKind::of(name.as_bytes()), AttrKind::Other, "{name}");
        }
        assert!(NAMES.iter().all(|name| name.len() <= LONGEST));
        assert_eq!(size_of::<Attr>(), 16);
    }
}
