//! HTML source to [`Tree`]: a tokenizer over bytes and the tree rules that matter for text, in one pass.
//!
//! Follows the HTML standard's tokenizer and its rules for implied, stray and misnested tags, with three simplifications:
//! a formatting element that is closed while a block within it stays open (the adoption agency) only notes where it
//! ended; text that a table may not hold stays where it was written instead of moving before the table; a page of
//! frames is read as if it had none.
//!
//! Time is linear: every search for an open element is a look-up, because each entry of the stack of open elements
//! knows the nearest barrier of each kind at or below it.

use super::tag::{self, CLOSES_P, FORMATTING, HEAD, NARROW, RAW, RCDATA, RULE, SCOPE, SPECIAL, Tag, VOID};
use super::tree::{Attr, AttrKind, NIL, Node, Tree};
use crate::letters;
use crate::limits::{Limit, Limits};
use crate::span::Span;
use memchr::{memchr, memchr2};

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
    attrs: (usize, usize),
}

const CLOSED: u32 = u32::MAX;

/// Formatting elements that open again in a new block; browsers know no limit, and real pages have one or two.
const REOPENED: usize = 16;
/// Equal ones, as the standard has it.
const EQUAL: usize = 3;

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
    limits: &'a Limits,
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
    let mut parser = Parser {
        source,
        bytes: source.as_bytes(),
        // A byte order mark is no text.
        pos: if source.starts_with('\u{feff}') { 3 } else { 0 },
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
        limits,
        hit: None,
    };
    parser.push(Tag::HTML, 0, (0, 0));
    parser.run();
    parser.pop_to(0);
    (parser.tree, parser.hit)
}

fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// What a byte ends: the name of a tag, the name of an attribute, a value without quotes.
const NAME: u8 = 1;
const ATTRIBUTE: u8 = 2;
const VALUE: u8 = 4;
/// What after `<` makes it markup; `/` needs more after it.
const MARKUP: u8 = 8;
const BYTES: [u8; 256] = {
    let mut table = [0; 256];
    let spaces = b" \t\n\r\x0c>";
    let mut i = 0;
    while i < spaces.len() {
        table[spaces[i] as usize] = NAME | ATTRIBUTE | VALUE;
        i += 1;
    }
    table[b'/' as usize] = NAME | ATTRIBUTE;
    table[b'=' as usize] = ATTRIBUTE;
    let marks = b"/!?abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut i = 0;
    while i < marks.len() {
        table[marks[i] as usize] |= MARKUP;
        i += 1;
    }
    table
};

/// Bytes that are looked through for a mark before [`memchr`] is called: most marks are near, and the call alone costs
/// more than finding those.
const NEAR: usize = 64;

/// Returns where a byte stands at or after `from`.
#[inline(always)]
fn find(mark: u8, bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while at - from < NEAR {
        let Some(chunk) = bytes[at..].first_chunk::<16>() else { break };
        // Without an early exit, so that all are compared at once.
        if chunk.iter().fold(false, |found, &b| found | (b == mark)) {
            let low = place(mark, &chunk[..8]);
            return Some(at + if low < 8 { low } else { 8 + place(mark, &chunk[8..]) });
        }
        at += 16;
    }
    memchr(mark, &bytes[at..]).map(|i| at + i)
}

/// Returns where a byte stands among eight, or 8.
#[inline(always)]
fn place(mark: u8, eight: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let other = letters::load(eight) ^ (u64::from(mark) * ONES);
    (other.wrapping_sub(ONES) & !other & (0x80 * ONES)).trailing_zeros() as usize / 8
}

impl<'a> Parser<'a> {
    fn run(&mut self) {
        let bytes = self.bytes;
        let mut text = self.pos;
        let mut from = self.pos;
        loop {
            let lt = match bytes.get(from) {
                Some(b'<') => from,
                _ => match find(b'<', bytes, from) {
                    Some(lt) => lt,
                    None => break,
                },
            };
            let next = bytes.get(lt + 1).copied().unwrap_or(0);
            if BYTES[next as usize] & MARKUP == 0 || (next == b'/' && lt + 2 >= bytes.len()) {
                from = lt + 1;
                continue;
            }
            if text < lt {
                self.text(text, lt);
            }
            self.pos = lt;
            if self.tree.nodes.len() >= self.limits.nodes {
                self.hit = Some(Limit::Nodes);
                return;
            }
            match next {
                b'/' if bytes[lt + 2].is_ascii_alphabetic() => self.end_tag(lt),
                b'/' | b'?' => self.bogus_comment(lt),
                b'!' => self.declaration(lt),
                _ => self.start_tag(lt),
            }
            text = self.pos;
            from = self.pos;
        }
        self.text(text, bytes.len());
        self.pos = bytes.len();
    }

    // ---- tokens ------------------------------------------------------------------------------------------------

    fn bogus_comment(&mut self, lt: usize) {
        self.pos = memchr(b'>', &self.bytes[lt..]).map_or(self.bytes.len(), |i| lt + i + 1);
    }

    #[inline(never)]
    fn declaration(&mut self, lt: usize) {
        let rest = &self.bytes[lt..];
        if rest.starts_with(b"<!--") {
            self.pos = self.comment_end(lt + 4);
        } else if rest.starts_with(b"<![CDATA[") && self.foreign {
            let end = memchr::memmem::find(&rest[9..], b"]]>").map(|i| lt + 9 + i);
            self.text_node(lt + 9, end.unwrap_or(self.bytes.len()));
            self.pos = end.map_or(self.bytes.len(), |e| e + 3);
        } else {
            self.bogus_comment(lt);
            let is_first = self.tree.nodes.len() == 1 && self.quirks;
            if is_first && rest.len() >= 9 && rest[2..9].eq_ignore_ascii_case(b"doctype") {
                self.quirks = is_quirky(&rest[9..self.pos - lt]);
            }
        }
    }

    /// Returns the offset after the comment whose content starts at `from`.
    fn comment_end(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(gt) = memchr(b'>', &self.bytes[at..]).map(|i| at + i) {
            let before = &self.bytes[..gt];
            // `<!-->` and `<!--->` close at once, so the two dashes may be those that opened the comment.
            if before.ends_with(b"--") || (gt >= from + 3 && before.ends_with(b"--!")) {
                return gt + 1;
            }
            at = gt + 1;
        }
        self.bytes.len()
    }

    /// Reads the name of a tag; returns its number and where it ends.
    fn name(&mut self, from: usize) -> (Tag, usize) {
        let rest = &self.bytes[from..];
        if let Some(chunk) = rest.first_chunk() {
            let word = u64::from_le_bytes(*chunk);
            let mut len = tag::run(word);
            // `h1`
            if len == 1 && ((word >> 8) as u8).is_ascii_digit() {
                len = 2;
            }
            if rest.get(len).is_some_and(|&b| BYTES[b as usize] & NAME != 0) {
                let tag = tag::by_key(tag::short_key(word, len));
                if tag != Tag::NONE {
                    return (tag, from + len);
                }
            }
        }
        self.rare_name(from)
    }

    /// Does the same for a name that is long, holds a digit or a hyphen, or is not HTML's.
    #[inline(never)]
    fn rare_name(&mut self, from: usize) -> (Tag, usize) {
        let rest = &self.bytes[from..];
        let end = from + rest.iter().position(|&b| BYTES[b as usize] & NAME != 0).unwrap_or(rest.len());
        (self.tree.names.intern(&self.source[from..end]), end)
    }

    /// Reads attributes from `at` on; returns the offset after the tag and whether it closes itself, or `None` when the
    /// page ends in it.
    fn attributes(&mut self, mut at: usize) -> Option<(usize, bool)> {
        let bytes = self.bytes;
        let first = self.tree.attrs.len();
        loop {
            let mut b = *bytes.get(at)?;
            while b == b' ' {
                at += 1;
                b = *bytes.get(at)?;
            }
            if BYTES[b as usize] & NAME != 0 {
                at += 1;
                if b == b'>' {
                    return Some((at, bytes[at - 2] == b'/'));
                }
                continue;
            }
            let name = at;
            let (end, kind) = attribute_name(bytes, name)?;
            let value;
            if bytes[end..].starts_with(b"=\"") {
                let close = find(b'"', bytes, end + 2)?;
                value = Span::new(end as u32 + 2, close as u32);
                at = close + 1;
            } else {
                let closes;
                (value, at, closes) = self.rare_value(end)?;
                if closes {
                    // An unquoted value that ends in a slash does not close the tag.
                    self.keep_attribute(first, name, end - name, kind, value);
                    return Some((at + 1, false));
                }
            }
            self.keep_attribute(first, name, end - name, kind, value);
        }
    }

    /// Reads what follows an attribute's name: white space, a value in other quotes or none, or nothing. Returns the value, where it
    /// ends, and whether it ends in a slash right before the tag's end.
    #[inline(never)]
    fn rare_value(&self, name_end: usize) -> Option<(Span, usize, bool)> {
        let bytes = self.bytes;
        let mut at = name_end;
        while is_space(*bytes.get(at)?) {
            at += 1;
        }
        if bytes[at] != b'=' {
            return Some((Span::default(), at, false));
        }
        at += 1;
        while is_space(*bytes.get(at)?) {
            at += 1;
        }
        let quote = bytes[at];
        if matches!(quote, b'"' | b'\'') {
            let end = find(quote, bytes, at + 1)?;
            return Some((Span::new(at as u32 + 1, end as u32), end + 1, false));
        }
        let end = at + bytes[at..].iter().position(|&b| BYTES[b as usize] & VALUE != 0)?;
        Some((Span::new(at as u32, end as u32), end, bytes[end] == b'>' && bytes[end - 1] == b'/'))
    }

    #[inline]
    fn keep_attribute(&mut self, first: usize, name: usize, name_len: usize, kind: AttrKind, value: Span) {
        if self.tree.attrs.len() - first >= self.limits.attributes {
            self.hit = Some(Limit::Attributes);
            return;
        }
        let name_len = match u16::try_from(name_len) {
            Ok(len) => len,
            Err(_) if self.source.is_char_boundary(name + u16::MAX as usize) => u16::MAX,
            Err(_) => return,
        };
        self.tree.attrs.push(Attr { name: name as u32, name_len, kind, value });
    }

    /// Returns where the content of a raw text element that starts at `from` ends: at its end tag, or at the page's end.
    #[inline(never)]
    fn raw_end(&self, from: usize, name: &str) -> usize {
        let bytes = self.bytes;
        let is_script = name == "script";
        let (mut escaped, mut twice) = (false, false);
        let mut at = from;
        loop {
            let found = if escaped { memchr2(b'<', b'-', &bytes[at..]) } else { memchr(b'<', &bytes[at..]) };
            let Some(i) = found else { return bytes.len() };
            at += i;
            let rest = &bytes[at..];
            if rest[0] == b'-' {
                if rest.starts_with(b"-->") {
                    (escaped, twice) = (false, false);
                }
                at += 1;
            } else if names_tag(&rest[1..], b'/', name) {
                if !twice {
                    return at;
                }
                twice = false;
                at += 2;
            } else if is_script && rest.starts_with(b"<!--") {
                escaped = true;
                // The dashes may end the comment as well: `<!-->`.
                at += 2;
            } else {
                twice |= escaped && is_script && starts_tag(&rest[1..], name);
                at += 1;
            }
        }
    }

    // ---- tree --------------------------------------------------------------------------------------------------

    fn top(&self) -> &Open {
        &self.stack[self.stack.len() - 1]
    }

    /// Returns whether what comes now opens the body; in a template it does not.
    fn before_body(&self) -> bool {
        !self.body && self.open[Tag::TEMPLATE.0 as usize] == 0
    }

    #[inline]
    fn text(&mut self, from: usize, to: usize) {
        if self.body && !self.has_closed() { self.text_node(from, to) } else { self.rare_text(from, to) }
    }

    /// Adds a text that may open the body or formatting elements.
    #[inline(never)]
    fn rare_text(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        if self.before_body() {
            if self.bytes[from..to].iter().all(|&b| is_space(b)) {
                return;
            }
            self.open_body(from);
        }
        if self.has_closed() && !self.foreign {
            self.reopen(from);
        }
        self.text_node(from, to);
    }

    fn text_node(&mut self, from: usize, to: usize) {
        if from < to {
            self.node(Tag::TEXT, Span::new(from as u32, to as u32), (self.tree.attrs.len(), 0));
        }
    }

    fn node(&mut self, tag: Tag, span: Span, attrs: (usize, usize)) -> u32 {
        let index = self.tree.nodes.len() as u32;
        let (parent, prev) = match self.stack.last_mut() {
            Some(top) if tag == Tag::TEXT => (top.node, top.last_child),
            Some(top) => (top.node, std::mem::replace(&mut top.last_child, index)),
            None => (NIL, NIL),
        };
        self.tree.nodes.push(Node {
            tag,
            attr_count: attrs.1.min(u16::MAX as usize) as u16,
            attrs: attrs.0 as u32,
            parent,
            prev,
            end: index + 1,
            span,
        });
        index
    }

    /// Returns whether the innermost open SVG or MathML is the latter.
    fn in_math(&self) -> bool {
        self.open[Tag::MATH.0 as usize] > self.open[Tag::SVG.0 as usize]
    }

    /// Adds an element and opens it; beyond the depth limit it is added without content.
    fn push(&mut self, tag: Tag, start: usize, attrs: (usize, usize)) {
        let node = self.node(tag, Span::new(start as u32, self.pos.max(start) as u32), attrs);
        let slot = tag.0 as usize;
        if slot >= self.open.len() {
            self.open.resize(slot + 1, 0);
            self.sunk.resize(slot + 1, 0);
        }
        if self.stack.len() >= self.limits.depth {
            self.hit = Some(Limit::Depth);
            self.sunk[slot] += 1;
            self.sunk_in_all += 1;
            return;
        }
        let at = self.stack.len() as u32;
        let end_key = tag.end_key();
        let below = std::mem::replace(&mut self.open[slot], at + 1);
        let mut near = self.stack.last().map_or(Near::default(), |top| top.near);
        if self.foreign || matches!(tag, Tag::SVG | Tag::MATH) {
            self.enter_foreign(tag, at, &mut near);
            self.stack.push(Open {
                node,
                tag,
                dead: false,
                foreign: self.foreign,
                below,
                last_child: NIL,
                end_key,
                near,
            });
            return;
        }
        near.html = at;
        self.stack.push(Open { node, tag, dead: false, foreign: false, below, last_child: NIL, end_key, near });
        let flags = tag.flags();
        if flags & SPECIAL != 0
            && let Some(open) = self.stack.last_mut()
        {
            open.near.special = at;
            if !matches!(tag, Tag::ADDRESS | Tag::DIV | Tag::P) {
                open.near.item = at;
            }
            if flags & (SCOPE | NARROW) != 0 {
                enter_scope(tag, at, &mut open.near);
                if is_marker(tag) {
                    self.formatting.push(Formatting { tag: Tag::NONE, at: CLOSED, attrs: (0, 0) });
                }
            }
        }
    }

    /// Sets the barriers of an element of SVG or MathML, and whether its content is such.
    #[inline(never)]
    fn enter_foreign(&mut self, tag: Tag, at: u32, near: &mut Near) {
        // Elements of SVG and MathML that hold HTML.
        let is_gate = self.foreign
            && if self.in_math() {
                tag == Tag::ANNOTATION_XML || matches!(self.tree.names.name(tag), "mi" | "mo" | "mn" | "ms" | "mtext")
            } else {
                matches!(tag, Tag::FOREIGN_OBJECT | Tag::DESC | Tag::TITLE)
            };
        // What SVG and MathML call `<a>` or `<title>` is not HTML's: nothing else is a barrier.
        if is_gate {
            *near = Near { html: near.html, table: near.table, scope: at, button: at, list: at, special: at, item: at };
        }
        self.foreign = !is_gate;
    }

    fn pop(&mut self) {
        self.pop_one();
        while self.stack.last().is_some_and(|open| open.dead) {
            self.pop_one();
        }
    }

    #[inline(always)]
    fn pop_one(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        let end = self.tree.nodes.len() as u32;
        let node = &mut self.tree.nodes[open.node as usize];
        node.end = end;
        if !open.dead {
            node.span.end = node.span.end.max(self.pos as u32);
            self.open[open.tag.0 as usize] = open.below;
        } else if !open.tag.is(FORMATTING) {
            node.span.end = node.span.end.max(self.pos as u32);
        }
        if open.near.html as usize != self.stack.len() {
            self.foreign = self.stack.last().is_some_and(|top| top.foreign);
        } else if !self.formatting.is_empty() {
            self.leave_formatting(open.tag, open.dead);
        }
    }

    /// Notes in the list of formatting elements that an element was closed.
    #[inline(never)]
    fn leave_formatting(&mut self, tag: Tag, dead: bool) {
        if is_marker(tag) {
            let marker = self.formatting.iter().rposition(|f| f.tag == Tag::NONE);
            self.formatting.truncate(marker.unwrap_or(0));
        } else if tag.is(FORMATTING) && !dead {
            let at = self.stack.len() as u32;
            if let Some(entry) = self.recent().find(|f| f.at == at) {
                entry.at = CLOSED;
            }
        }
    }

    /// Returns the formatting elements since the last marker, the latest first.
    fn recent(&mut self) -> impl Iterator<Item = &mut Formatting> {
        self.formatting.iter_mut().rev().take_while(|f| f.tag != Tag::NONE)
    }

    /// Returns whether there are formatting elements that the end of a block closed.
    fn has_closed(&self) -> bool {
        self.formatting.last().is_some_and(|f| f.at == CLOSED && f.tag != Tag::NONE)
    }

    /// Opens again the formatting elements that the end of a block closed.
    #[inline(never)]
    fn reopen(&mut self, start: usize) {
        if !self.has_closed() || self.in_table() {
            return;
        }
        let closed = self.recent().take_while(|f| f.at == CLOSED).count();
        for i in self.formatting.len() - closed..self.formatting.len() {
            if self.stack.len() + 1 >= self.limits.depth {
                return;
            }
            let entry = self.formatting[i];
            self.push(entry.tag, start, entry.attrs);
            self.formatting[i].at = self.stack.len() as u32 - 1;
        }
    }

    /// Returns whether the innermost open element is a part of a table that holds no text.
    fn in_table(&self) -> bool {
        matches!(self.top().tag, Tag::TABLE | Tag::TBODY | Tag::THEAD | Tag::TFOOT | Tag::TR)
    }

    /// Enters the formatting element on top of the stack into the list of those that open again.
    fn enlist(&mut self, tag: Tag, attrs: (usize, usize)) {
        if self.formatting.len() >= EQUAL {
            self.thin_out(tag, attrs);
        }
        self.formatting.push(Formatting { tag, at: self.stack.len() as u32 - 1, attrs });
    }

    /// Takes out of the list of formatting elements the earliest of three like this one, or of too many.
    #[inline(never)]
    fn thin_out(&mut self, tag: Tag, attrs: (usize, usize)) {
        let from = self.formatting.len() - self.recent().count();
        if self.formatting.len() - from < EQUAL {
            return;
        }
        let equal = (from..self.formatting.len()).filter(|&i| {
            let other = self.formatting[i];
            other.tag == tag && self.equal_attrs(other.attrs, attrs)
        });
        let equal: Vec<usize> = equal.collect();
        if equal.len() >= EQUAL {
            self.formatting.remove(equal[0]);
        } else if self.formatting.len() - from >= REOPENED {
            self.formatting.remove(from);
        }
    }

    fn equal_attrs(&self, a: (usize, usize), b: (usize, usize)) -> bool {
        let tree = &self.tree;
        let pairs = || tree.attrs[a.0..][..a.1].iter().zip(&tree.attrs[b.0..][..b.1]);
        a.1 == b.1
            && pairs().all(|(&a, &b)| {
                tree.attr_name(a).eq_ignore_ascii_case(tree.attr_name(b)) && tree.raw_value(a) == tree.raw_value(b)
            })
    }

    /// Closes the latest formatting element of this name, if it is in the list; returns whether it was.
    fn close_listed(&mut self, tag: Tag, is_start: bool) -> bool {
        if self.formatting.is_empty() {
            return false;
        }
        let recent = self.recent().count();
        let from = self.formatting.len() - recent;
        let Some(i) = (from..self.formatting.len()).rev().find(|&i| self.formatting[i].tag == tag) else {
            return false;
        };
        let at = self.formatting[i].at;
        // A new `<a>` ends the one before even where an end tag would not reach it.
        if at != CLOSED && !is_start && at < self.top().near.scope {
            return true;
        }
        self.formatting.remove(i);
        if at != CLOSED {
            self.close_formatting(at as usize);
        }
        true
    }

    /// Closes open elements until `depth` are left.
    fn pop_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            self.pop();
        }
    }

    /// Returns the stack position of the innermost open `tag`, if it stands at or above `barrier`.
    fn open_above(&self, tag: Tag, barrier: u32) -> Option<usize> {
        let at = *self.open.get(tag.0 as usize)?;
        (at > 0 && at > barrier).then(|| at as usize - 1)
    }

    fn close_p(&mut self) {
        if let Some(at) = self.open_above(Tag::P, self.top().near.button) {
            self.pop_to(at);
        }
    }

    fn open_body(&mut self, at: usize) {
        if self.before_body() {
            self.pop_to(1);
            self.body = true;
            let none = (self.tree.attrs.len(), 0);
            self.push(Tag::BODY, at, none);
        }
    }

    fn start_tag(&mut self, lt: usize) {
        let first = self.tree.attrs.len();
        let (mut tag, name_end) = self.name(lt + 1);
        let mut self_closing = false;
        self.pos = name_end + 1;
        if self.bytes.get(name_end) != Some(&b'>') {
            let Some((end, closes)) = self.attributes(name_end) else {
                // The page ends inside the tag, which then is no tag.
                self.tree.attrs.truncate(first);
                self.pos = self.bytes.len();
                return;
            };
            self.pos = end;
            self_closing = closes;
        }
        let attrs = (first, self.tree.attrs.len() - first);
        if self.foreign {
            if !(breaks_out(tag) || tag == Tag::FONT && self.is_html_font(attrs)) {
                self.push_content(tag, lt, attrs, !self_closing);
                return;
            }
            self.leave_foreign();
        }
        let mut flags = tag.flags();
        if matches!(tag, Tag::HTML | Tag::HEAD | Tag::BODY | Tag::FRAME | Tag::FRAMESET) {
            return self.outline(tag, lt, attrs);
        }
        if !self.body && self.before_body() {
            if flags & HEAD == 0 {
                self.open_body(lt);
            } else if self.head == NIL {
                self.push(Tag::HEAD, lt, (first, 0));
                self.head = self.top().node;
            }
        }
        if tag.0 as usize >= tag::KNOWN.len() && self.source[lt + 1..name_end].eq_ignore_ascii_case("image") {
            tag = Tag::IMG;
            flags = tag.flags();
        }
        if flags & CLOSES_P != 0 {
            self.close_p();
        }
        if flags & RULE != 0 && !self.make_room(tag) {
            return;
        }
        if self.has_closed() && continues_line(tag) {
            self.reopen(lt);
        }
        let has_content = flags & VOID == 0 && !(self_closing && matches!(tag, Tag::SVG | Tag::MATH));
        let is_open = self.push_content(tag, lt, attrs, has_content);
        if flags & FORMATTING != 0 && is_open {
            self.enlist(tag, attrs);
        }
        if flags & (RAW | RCDATA) != 0 {
            let from = self.pos;
            let end =
                if tag == Tag::PLAINTEXT { self.bytes.len() } else { self.raw_end(from, tag::KNOWN[tag.0 as usize]) };
            // Beyond the depth limit the element has no content, and script is no text of its parent.
            if is_open {
                self.text_node(from, end);
            }
            self.pos = end;
        }
    }

    /// Takes the start tags that make a page's outline, and those of frames, of which nothing comes.
    #[inline(never)]
    fn outline(&mut self, tag: Tag, lt: usize, attrs: (usize, usize)) {
        match tag {
            Tag::HTML => self.merge(0, attrs),
            Tag::HEAD => {
                if self.head == NIL && self.before_body() {
                    self.push(Tag::HEAD, lt, attrs);
                    self.head = self.top().node;
                }
            }
            Tag::BODY => {
                if self.before_body() {
                    self.pop_to(1);
                    self.body = true;
                    self.push(Tag::BODY, lt, attrs);
                } else if let Some(open) = self.stack.get(1).filter(|o| o.tag == Tag::BODY) {
                    self.merge(open.node, attrs);
                }
            }
            _ => {}
        }
    }

    /// Adds an element, and opens it if it may have content; returns whether it is open.
    fn push_content(&mut self, tag: Tag, start: usize, attrs: (usize, usize), has_content: bool) -> bool {
        if !has_content {
            self.node(tag, Span::new(start as u32, self.pos.max(start) as u32), attrs);
            if self.stack.len() >= self.limits.depth {
                self.hit = Some(Limit::Depth);
            }
            return false;
        }
        let before = self.stack.len();
        self.push(tag, start, attrs);
        self.stack.len() > before
    }

    fn leave_foreign(&mut self) {
        while self.foreign {
            self.pop();
        }
    }

    /// Returns whether a `<font>` within SVG has an attribute that only HTML's has.
    fn is_html_font(&self, attrs: (usize, usize)) -> bool {
        self.tree.attrs[attrs.0..][..attrs.1]
            .iter()
            .any(|&a| ["color", "face", "size"].iter().any(|name| self.tree.attr_name(a).eq_ignore_ascii_case(name)))
    }

    /// A second `<html>` or `<body>` only adds attributes, and only the first carries any worth having.
    fn merge(&mut self, node: u32, attrs: (usize, usize)) {
        let node = &mut self.tree.nodes[node as usize];
        if node.attr_count == 0 {
            node.attrs = attrs.0 as u32;
            node.attr_count = attrs.1.min(u16::MAX as usize) as u16;
        }
    }

    /// Closes what a start tag implies closed, other than a `<p>`; returns whether the tag counts at all.
    #[inline(never)]
    fn make_room(&mut self, tag: Tag) -> bool {
        match tag {
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                if self.top().tag.heading_level() > 0 {
                    self.pop();
                }
            }
            Tag::LI => {
                let item = self.top().near.item as usize;
                if self.stack[item].tag == Tag::LI {
                    self.pop_to(item);
                }
                self.close_p();
            }
            Tag::DD | Tag::DT => {
                let item = self.top().near.item as usize;
                if matches!(self.stack[item].tag, Tag::DD | Tag::DT) {
                    self.pop_to(item);
                }
                self.close_p();
            }
            Tag::BUTTON => {
                if let Some(at) = self.open_above(Tag::BUTTON, self.top().near.scope) {
                    self.pop_to(at);
                }
            }
            Tag::A | Tag::NOBR => {
                self.close_listed(tag, tag == Tag::A);
            }
            Tag::OPTION | Tag::OPTGROUP | Tag::HR if self.in_select() => {
                self.pop_implied(if tag == Tag::OPTION { Tag::OPTGROUP } else { Tag::NONE });
            }
            Tag::OPTION | Tag::OPTGROUP => {
                if self.top().tag == Tag::OPTION {
                    self.pop();
                }
            }
            Tag::SELECT | Tag::INPUT if self.in_select() => {
                self.close(Tag::SELECT, 0);
                return tag == Tag::INPUT;
            }
            Tag::FORM if self.open[Tag::TEMPLATE.0 as usize] == 0 => return !std::mem::replace(&mut self.form, true),
            Tag::TABLE => {
                if !self.quirks {
                    self.close_p();
                }
                if matches!(self.top().tag, Tag::TABLE | Tag::TBODY | Tag::THEAD | Tag::TFOOT | Tag::TR)
                    && let Some(at) = self.open_table()
                {
                    self.pop_to(at);
                }
            }
            Tag::TD | Tag::TH => return self.enter_row(),
            Tag::TR => return self.enter_section(),
            Tag::TBODY | Tag::THEAD | Tag::TFOOT | Tag::CAPTION | Tag::COLGROUP | Tag::COL => {
                let Some(table) = self.open_table() else { return false };
                self.pop_to(table + 1);
            }
            Tag::RB | Tag::RTC | Tag::RP | Tag::RT if self.open_above(Tag::RUBY, self.top().near.scope).is_some() => {
                self.pop_implied(if matches!(tag, Tag::RP | Tag::RT) { Tag::RTC } else { Tag::NONE });
            }
            _ => {}
        }
        true
    }

    /// Returns whether what comes now stands in a `<select>`.
    fn in_select(&self) -> bool {
        self.stack[self.top().near.scope as usize].tag == Tag::SELECT
    }

    /// Closes elements whose end tag may be left out.
    fn pop_implied(&mut self, but: Tag) {
        while self.top().tag != but
            && matches!(
                self.top().tag,
                Tag::DD
                    | Tag::DT
                    | Tag::LI
                    | Tag::OPTION
                    | Tag::OPTGROUP
                    | Tag::P
                    | Tag::RB
                    | Tag::RP
                    | Tag::RT
                    | Tag::RTC
            )
        {
            self.pop();
        }
    }

    /// Returns the stack position of the table whose parts may come now.
    fn open_table(&self) -> Option<usize> {
        let at = self.top().near.table as usize;
        (self.stack[at].tag == Tag::TABLE).then_some(at)
    }

    /// Closes down to the table's row group, opening one if need be.
    fn enter_section(&mut self) -> bool {
        let Some(table) = self.open_table() else { return false };
        let section = [Tag::TBODY, Tag::THEAD, Tag::TFOOT]
            .into_iter()
            .filter_map(|tag| self.open_above(tag, table as u32 + 1))
            .max();
        match section {
            Some(at) => self.pop_to(at + 1),
            None => {
                self.pop_to(table + 1);
                let none = (self.tree.attrs.len(), 0);
                self.implied(Tag::TBODY, none);
            }
        }
        true
    }

    /// Closes down to the table's row, opening one if need be.
    fn enter_row(&mut self) -> bool {
        let Some(table) = self.open_table() else { return false };
        match self.open_above(Tag::TR, table as u32 + 1) {
            Some(at) => self.pop_to(at + 1),
            None => {
                self.enter_section();
                let none = (self.tree.attrs.len(), 0);
                self.implied(Tag::TR, none);
            }
        }
        true
    }

    fn implied(&mut self, tag: Tag, none: (usize, usize)) {
        let at = self.pos;
        self.push(tag, at, none);
    }

    fn end_tag(&mut self, lt: usize) {
        // Most close the innermost open element, which no barrier keeps them from.
        if let Some(chunk) = self.bytes[lt + 2..].first_chunk() {
            let word = u64::from_le_bytes(*chunk);
            let len = tag::run(word);
            if chunk.get(len) == Some(&b'>')
                && tag::short_key(word, len) == self.top().end_key
                && self.sunk_in_all == 0
                && self.unlist_top()
            {
                self.pos = lt + 3 + len;
                return self.pop();
            }
        }
        self.rare_end_tag(lt);
    }

    /// Takes the innermost open element out of the list of formatting elements if it is the last there; returns `false` if it
    /// may be elsewhere in the list.
    #[inline]
    fn unlist_top(&mut self) -> bool {
        match self.formatting.last() {
            None => true,
            Some(last) if last.at as usize + 1 == self.stack.len() => {
                self.formatting.pop();
                true
            }
            Some(_) => !self.top().tag.is(FORMATTING),
        }
    }

    /// Closes what an end tag does, wherever it is open.
    #[inline(never)]
    fn rare_end_tag(&mut self, lt: usize) {
        let (tag, name_end) = self.name(lt + 2);
        self.pos = name_end + 1;
        if self.bytes.get(name_end) != Some(&b'>') {
            let first = self.tree.attrs.len();
            let hit = self.hit;
            let complete = self.attributes(name_end);
            self.tree.attrs.truncate(first);
            self.hit = hit;
            let Some((end, _)) = complete else {
                self.pos = self.bytes.len();
                return;
            };
            self.pos = end;
        }
        if let Some(sunk) = self.sunk.get_mut(tag.0 as usize).filter(|n| **n > 0) {
            *sunk -= 1;
            self.sunk_in_all -= 1;
            return;
        }
        if self.foreign && matches!(tag, Tag::P | Tag::BR) {
            self.leave_foreign();
        }
        let top = *self.top();
        // Between SVG or MathML elements, names alone count.
        if top.near.html as usize + 1 < self.stack.len()
            && let Some(at) = self.open_above(tag, top.near.html + 1)
        {
            return self.pop_to(at);
        }
        match tag {
            Tag::HTML | Tag::BODY => {}
            Tag::HEAD => {
                if let Some(at) = self.open_above(Tag::HEAD, 0) {
                    self.pop_to(at);
                }
            }
            Tag::BR => {
                self.open_body(lt);
                let none = (self.tree.attrs.len(), 0);
                self.reopen(lt);
                self.push_content(Tag::BR, lt, none, false);
            }
            Tag::P if self.before_body() => {}
            Tag::P => match self.open_above(Tag::P, top.near.button) {
                Some(at) => self.pop_to(at),
                None => {
                    // A stray end tag makes an empty paragraph, which parts the text around it.
                    self.open_body(lt);
                    let none = (self.tree.attrs.len(), 0);
                    self.push_content(Tag::P, lt, none, false);
                }
            },
            Tag::LI => self.close(tag, top.near.list),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                let open = [Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6]
                    .into_iter()
                    .filter_map(|h| self.open_above(h, top.near.scope))
                    .max();
                if let Some(at) = open {
                    self.pop_to(at);
                }
            }
            Tag::TABLE | Tag::TBODY | Tag::THEAD | Tag::TFOOT | Tag::TR | Tag::TD | Tag::TH | Tag::CAPTION => {
                if let Some(at) = self.open_above(tag, top.near.table) {
                    self.pop_to(at);
                }
            }
            Tag::TEMPLATE => self.close(tag, 0),
            Tag::FORM if self.open[Tag::TEMPLATE.0 as usize] == 0 => {
                let was_form = std::mem::replace(&mut self.form, false);
                if let Some(at) = self.open_above(tag, top.near.scope).filter(|_| was_form) {
                    self.pop_implied(Tag::NONE);
                    self.bury(at);
                }
            }
            _ if tag.is(FORMATTING) => {
                if !self.close_listed(tag, false) {
                    self.close(tag, top.near.special);
                }
            }
            _ if tag.is(SPECIAL) || tag == Tag::DIALOG => self.close(tag, top.near.scope),
            _ => self.close(tag, top.near.special),
        }
    }

    /// Closes `tag` and all within, if it is open above the barrier.
    fn close(&mut self, tag: Tag, barrier: u32) {
        if let Some(at) = self.open_above(tag, barrier) {
            self.pop_to(at);
        }
    }

    /// Closes a formatting element: at once when no block is open within, otherwise by noting where it ended.
    fn close_formatting(&mut self, at: usize) {
        if self.top().near.special as usize <= at {
            self.pop_to(at);
        } else if self.bury(at) {
            let node = self.stack[at].node;
            self.tree.nodes[node as usize].span.end = self.pos as u32;
        }
    }

    /// Closes an element whose content stays open, if it is the innermost of its name.
    fn bury(&mut self, at: usize) -> bool {
        if at + 1 == self.stack.len() {
            self.pop();
            return false;
        }
        let open = &mut self.stack[at];
        let innermost = &mut self.open[open.tag.0 as usize];
        if *innermost != at as u32 + 1 {
            return false;
        }
        open.dead = true;
        *innermost = open.below;
        true
    }
}

/// Sets the barriers of an HTML element that ends some of the searches for what is in scope.
#[inline(never)]
fn enter_scope(tag: Tag, at: u32, near: &mut Near) {
    match tag {
        Tag::BUTTON => near.button = at,
        Tag::OL | Tag::UL => near.list = at,
        _ => (near.scope, near.button, near.list) = (at, at, at),
    }
    if matches!(tag, Tag::HTML | Tag::TABLE | Tag::TEMPLATE) {
        near.table = at;
    }
}

/// Returns whether formatting elements do not reach into this element from without, nor out of it.
fn is_marker(tag: Tag) -> bool {
    matches!(tag, Tag::TD | Tag::TH | Tag::CAPTION | Tag::TEMPLATE | Tag::APPLET | Tag::OBJECT | Tag::MARQUEE)
}

/// Returns whether an element stands in a line of text, so that formatting elements open again before it.
fn continues_line(tag: Tag) -> bool {
    match tag {
        Tag::AREA | Tag::BR | Tag::EMBED | Tag::IMG | Tag::INPUT | Tag::KEYGEN | Tag::WBR => true,
        Tag::APPLET | Tag::MARQUEE | Tag::OBJECT | Tag::XMP | Tag::SELECT | Tag::BUTTON => true,
        Tag::RB | Tag::RTC | Tag::RP | Tag::RT | Tag::DIALOG => false,
        _ => !tag.is(SPECIAL),
    }
}

/// Returns whether a doctype, given from after its first word on, asks for the ways of old browsers.
fn is_quirky(doctype: &[u8]) -> bool {
    let text = String::from_utf8_lossy(doctype).to_ascii_lowercase();
    let text = text.trim_start();
    let Some(rest) = text.strip_prefix("html").filter(|r| r.starts_with(|c: char| c == '>' || c.is_whitespace()))
    else {
        return true;
    };
    let mut quoted = rest.split(['"', '\'']).skip(1).step_by(2);
    let Some(public) = quoted.next().filter(|_| rest.trim_start().starts_with("public")) else { return false };
    let has_system = quoted.next().is_some();
    let old = [
        "-//ietf//",
        "-//w3c//dtd html 3",
        "-//w3c//dtd html 4.0 frameset//",
        "-//w3c//dtd html 4.0 transitional//",
        "-//w3c//dtd html experimental",
        "-//w3c//dtd w3 html//",
        "-//w3o//dtd w3 html",
        "-//netscape comm. corp.//",
        "-//microsoft//dtd internet explorer",
        "-//softquad",
        "-//sq//",
        "-//sun microsystems corp.//",
        "-//webtechs//",
        "-//spyglass//",
        "-//o'reilly and associates//",
        "-//metrius//",
        "-//as//",
        "-//advasoft ltd//",
    ];
    let bare = ["-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//"];
    public == "html"
        || old.iter().any(|prefix| public.starts_with(prefix))
        || (!has_system && bare.iter().any(|prefix| public.starts_with(prefix)))
}

/// Reads the name of an attribute; returns where it ends and what it is called, or `None` when the page ends in it.
#[inline(always)]
fn attribute_name(bytes: &[u8], from: usize) -> Option<(usize, AttrKind)> {
    let rest = &bytes[from..];
    if let Some(chunk) = rest.first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        let len = tag::run(word);
        if len > 0 && BYTES[*rest.get(len)? as usize] & ATTRIBUTE != 0 {
            return Some((from + len, AttrKind::by_key(tag::short_key(word, len))));
        }
    }
    rare_attribute_name(bytes, from)
}

/// Does the same for a name that is long or holds more than letters.
#[inline(never)]
fn rare_attribute_name(bytes: &[u8], from: usize) -> Option<(usize, AttrKind)> {
    let ends = |b: u8| BYTES[b as usize] & ATTRIBUTE != 0;
    // The first byte belongs to the name whatever it is. The rest is runs of letters, parted by hyphens and the like.
    let mut at = from + 1;
    while let Some(chunk) = bytes.get(at..)?.first_chunk() {
        at += tag::run(u64::from_le_bytes(*chunk));
        if ends(*bytes.get(at)?) {
            return Some((at, AttrKind::of(&bytes[from..at])));
        }
        at += 1;
    }
    at += bytes.get(at..)?.iter().position(|&b| ends(b))?;
    Some((at, AttrKind::of(&bytes[from..at])))
}

/// Returns whether `rest` starts with `mark`, then `name`, then the end of a tag's name.
fn names_tag(rest: &[u8], mark: u8, name: &str) -> bool {
    rest.first() == Some(&mark) && starts_tag(&rest[1..], name)
}

fn starts_tag(rest: &[u8], name: &str) -> bool {
    rest.len() > name.len()
        && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && (is_space(rest[name.len()]) || matches!(rest[name.len()], b'/' | b'>'))
}

/// Start tags that end SVG and MathML content, by the standard's list.
fn breaks_out(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::B
            | Tag::BIG
            | Tag::BLOCKQUOTE
            | Tag::BODY
            | Tag::BR
            | Tag::CENTER
            | Tag::CODE
            | Tag::DD
            | Tag::DIV
            | Tag::DL
            | Tag::DT
            | Tag::EM
            | Tag::EMBED
            | Tag::H1
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::H5
            | Tag::H6
            | Tag::HEAD
            | Tag::HR
            | Tag::I
            | Tag::IMG
            | Tag::LI
            | Tag::LISTING
            | Tag::MENU
            | Tag::META
            | Tag::NOBR
            | Tag::OL
            | Tag::P
            | Tag::PRE
            | Tag::RUBY
            | Tag::S
            | Tag::SMALL
            | Tag::SPAN
            | Tag::STRONG
            | Tag::STRIKE
            | Tag::SUB
            | Tag::SUP
            | Tag::TABLE
            | Tag::TT
            | Tag::U
            | Tag::UL
            | Tag::VAR
    )
}
