//! The reference reader: the tree that `scraper` (html5ever) builds, brought into the same form as the fast parser's.
//!
//! Its [`Tree`] has a source of its own, which writes the tree out again as markup with everything decoded, so that
//! spans of nodes nest and grow in tree order as they do in a page. html5ever does not say where a text came from;
//! [`origins`] finds the places by matching the texts with those of the fast parser.

use super::parser;
use crate::limits::{Limit, Limits};
use crate::markup::tag::{RAW, RCDATA, Tag, UNSEEN};
use crate::markup::tree::{Attr, AttrKind, Attrs, NIL, Tree};
use crate::span::Span;
use scraper::{Html, Node as Parsed};

pub(super) fn parse(source: &str, limits: &Limits) -> (Tree<'static>, Option<Limit>) {
    let html = Html::parse_document(source);
    let mut writer = Writer {
        source: String::with_capacity(source.len()),
        tree: Tree {
            source: "".into(),
            names: Default::default(),
            nodes: Vec::new(),
            attrs: Vec::new(),
            encoded: false,
            origin: None,
        },
        open: Vec::new(),
        limits,
        hit: None,
    };
    // Comments and doctypes are left out; the contents of a template become its children.
    let root = html.tree.root();
    let mut node = root;
    'walk: loop {
        let is_open = match node.value() {
            Parsed::Element(element) => writer.start(element),
            Parsed::Text(text) => writer.text(text),
            _ => true,
        };
        if !is_open {
            break;
        }
        if let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            if node.value().is_element() {
                writer.end();
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => break 'walk,
            }
        }
    }
    while !writer.open.is_empty() {
        writer.end();
    }
    let Writer { source: written, mut tree, hit, .. } = writer;
    tree.source = written.into();
    tree.origin = Some(origins(source, &tree, limits));
    (tree, hit)
}

struct Open {
    /// `NIL` for an element beyond the depth limit, whose content belongs to the element around it.
    node: u32,
    last_child: u32,
    /// Text within is dropped: script beyond the depth limit.
    is_mute: bool,
}

struct Writer<'l> {
    source: String,
    tree: Tree<'static>,
    open: Vec<Open>,
    limits: &'l Limits,
    hit: Option<Limit>,
}

impl Writer<'_> {
    /// Returns the position in `open` of the element that takes content.
    fn holder(&self) -> Option<usize> {
        // Elements beyond the limit only ever follow those within it.
        let depth = self.open.len().min(self.limits.depth);
        depth.checked_sub(1)
    }

    fn add(&mut self, tag: Tag, attrs: Attrs, span: Span) -> u32 {
        let holder = self.holder().map(|at| &mut self.open[at]).map(|open| (open.node, &mut open.last_child));
        self.tree.add(tag, span, attrs, holder)
    }

    /// Writes an element's start tag and opens it; returns `false` when a limit ends the page here.
    fn start(&mut self, element: &scraper::node::Element) -> bool {
        let names: usize = element.attrs.iter().map(|(name, value)| name.local.len() + value.len() + 16).sum();
        let is_full = self.source.len() + names >= u32::MAX as usize / 2;
        if self.tree.nodes.len() >= self.limits.nodes || is_full {
            self.hit = Some(Limit::Nodes);
            return false;
        }
        let start = self.source.len() as u32;
        self.source.push('<');
        self.source.push_str(element.name());
        let first = self.tree.attrs.len();
        for (name, value) in &element.attrs {
            if self.tree.attrs.len() - first >= self.limits.attributes {
                self.hit = Some(Limit::Attributes);
                break;
            }
            self.source.push(' ');
            let at = self.source.len();
            if let Some(prefix) = &name.prefix {
                self.source.push_str(prefix);
                self.source.push(':');
            }
            self.source.push_str(&name.local);
            let mut name_len = (self.source.len() - at).min(u16::MAX as usize);
            while !self.source.is_char_boundary(at + name_len) {
                name_len -= 1;
            }
            self.source.push_str("=\"");
            let from = self.source.len() as u32;
            self.source.push_str(value);
            let value = Span::new(from, self.source.len() as u32);
            self.source.push('"');
            let kind = AttrKind::of(&self.source.as_bytes()[at..at + name_len]);
            self.tree.attrs.push(Attr { name: at as u32, name_len: name_len as u16, kind, value });
        }
        self.source.push('>');
        let tag = self.tree.names.intern(element.name());
        let attrs = self.tree.attrs_from(first);
        let node = self.add(tag, attrs, Span::new(start, self.source.len() as u32));
        let was_mute = self.open.last().is_some_and(|open| open.is_mute);
        if self.open.len() >= self.limits.depth {
            self.hit = Some(Limit::Depth);
            self.open.push(Open { node: NIL, last_child: NIL, is_mute: was_mute || tag.is(RAW | RCDATA) });
        } else {
            self.open.push(Open { node, last_child: NIL, is_mute: was_mute });
        }
        true
    }

    /// Adds a text; returns `false` when a limit ends the page here.
    fn text(&mut self, text: &str) -> bool {
        if self.open.last().is_none_or(|open| open.is_mute) || text.is_empty() {
            return true;
        }
        if self.source.len() + text.len() >= u32::MAX as usize / 2 {
            self.hit = Some(Limit::Nodes);
            return false;
        }
        let from = self.source.len() as u32;
        self.source.push_str(text);
        self.add(Tag::TEXT, Attrs::default(), Span::new(from, self.source.len() as u32));
        true
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.node == NIL {
            return;
        }
        let end = self.tree.nodes.len() as u32;
        let node = &mut self.tree.nodes[open.node as usize];
        node.end = end;
        if !node.tag.is(crate::markup::tag::VOID) {
            self.source.push_str("</>");
        }
        node.span.end = self.source.len() as u32;
    }
}

/// Texts of the page that are looked at for one of the tree, on either side of the place expected.
const AROUND: usize = 48;

/// The texts of a tree that show: the node of each, where it stands, and its letters and marks without white space.
struct Texts {
    nodes: Vec<u32>,
    packed: String,
    /// One longer than `nodes`: where each begins in `packed`.
    starts: Vec<usize>,
}

impl Texts {
    fn of(tree: &Tree) -> Texts {
        let mut texts = Texts { nodes: Vec::new(), packed: String::new(), starts: vec![0] };
        for (i, node) in tree.nodes.iter().enumerate() {
            if node.tag != Tag::TEXT {
                continue;
            }
            let around = tree.nodes[node.parent as usize].tag;
            if around.is(UNSEEN) && around.is(RAW) {
                continue;
            }
            let seen = |c: &char| !c.is_whitespace() && !c.is_control() && *c != '\u{fffd}';
            texts.packed.extend(tree.text_at(i as u32).chars().filter(seen));
            if texts.packed.len() > texts.starts[texts.nodes.len()] {
                texts.nodes.push(i as u32);
                texts.starts.push(texts.packed.len());
            }
        }
        texts
    }

    fn get(&self, i: usize) -> &str {
        &self.packed[self.starts[i]..self.starts[i + 1]]
    }

    fn len(&self) -> usize {
        self.nodes.len()
    }
}

/// Returns, for each node, where its text stands in the page: found by going through the texts of both trees side by
/// side. What the parser moved out of order gets an empty span at the place reached.
fn origins(source: &str, tree: &Tree, limits: &Limits) -> Vec<Span> {
    let (page, _) = parser::parse(source, limits, Vec::new(), Vec::new());
    let (wanted, there) = (Texts::of(tree), Texts::of(&page));
    let mut is_used = vec![false; there.len()];
    let mut found: Vec<Option<(usize, usize)>> = Vec::with_capacity(wanted.len());
    let (mut next, mut misses) = (0, 0);
    for i in 0..wanted.len() {
        let text = wanted.get(i);
        let around = AROUND << misses.min(4);
        let near = (next..next + around).chain((next.saturating_sub(around)..next).rev());
        let run = near.filter(|&k| k < there.len()).find_map(|k| Some((k, covers(text, &there, &is_used, k)?)));
        if let Some((from, to)) = run {
            is_used[from..to].fill(true);
            // A text from further on may have been moved here by itself; a second one that follows it was not.
            let follows = found.last().copied().flatten().is_some_and(|(_, end)| end == from);
            if from == next || follows || misses > 0 {
                next = to;
            }
            while next < there.len() && is_used[next] {
                next += 1;
            }
        }
        misses = if run.is_some() { 0 } else { misses + 1 };
        found.push(run);
    }
    let mut spans = vec![Span::default(); tree.nodes.len()];
    let in_order = longest_rise(&found);
    let mut at = 0;
    let mut from = 0;
    for (i, run) in found.iter().enumerate() {
        let node = wanted.nodes[i] as usize;
        spans[from..node].fill(Span::new(at, at));
        from = node + 1;
        let span = match run {
            Some((first, end)) if in_order[i] => {
                let place = |k: usize| page.nodes[there.nodes[k] as usize].span;
                place(*first).hull(place(*end - 1))
            }
            _ => Span::new(at, at),
        };
        spans[node] = span;
        at = span.end;
    }
    spans[from..].fill(Span::new(at, at));
    // An element stands where its texts do. What is not empty counts, so that a moved text does not widen it.
    for i in (0..tree.nodes.len()).rev() {
        let parent = tree.nodes[i].parent;
        let span = spans[i];
        if parent != NIL && !span.is_empty() {
            let around = &mut spans[parent as usize];
            *around = if around.is_empty() { span } else { around.hull(span) };
        }
    }
    spans
}

/// Returns the end of the run of unused texts from `first` on that together are `text`.
fn covers(text: &str, there: &Texts, is_used: &[bool], first: usize) -> Option<usize> {
    let mut rest = text;
    let mut k = first;
    while !rest.is_empty() {
        if k >= there.len() || is_used[k] {
            return None;
        }
        rest = rest.strip_prefix(there.get(k))?;
        k += 1;
    }
    Some(k)
}

/// Marks a longest rising sequence of the runs, so that spans grow with the tree.
fn longest_rise(found: &[Option<(usize, usize)>]) -> Vec<bool> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; found.len()];
    let start = |i: usize| found[i].map_or(0, |(from, _)| from);
    for i in 0..found.len() {
        if found[i].is_none() {
            continue;
        }
        let at = tails.partition_point(|&t| start(t) < start(i));
        before[i] = if at > 0 { tails[at - 1] } else { usize::MAX };
        match tails.get_mut(at) {
            Some(tail) => *tail = i,
            None => tails.push(i),
        }
    }
    let mut marks = vec![false; found.len()];
    let mut i = tails.last().copied().unwrap_or(usize::MAX);
    while i != usize::MAX {
        marks[i] = true;
        i = before[i];
    }
    marks
}
