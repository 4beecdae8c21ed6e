//! HTML source to [`Tree`]: a tokenizer over bytes and the tree rules that matter for text, in one pass.
//!
//! Follows the HTML standard's tokenizer and its rules for implied, stray and misnested tags, with three simplifications
//! that keep source order: a formatting element that is closed while a block within it stays open (the adoption agency)
//! only notes where it ended; text that a table may not hold stays where it was written instead of moving before the
//! table; formatting elements are not opened again in a new paragraph.
//!
//! Time is linear: every search for an open element is a look-up, because each entry of the stack of open elements
//! knows the nearest barrier of each kind at or below it.

use super::tag::{self, CLOSES_P, FORMATTING, HEAD, RAW, RCDATA, SCOPE, SPECIAL, Tag, VOID};
use super::tree::{Attr, NIL, Node, Tree};
use crate::limits::{Limit, Limits};
use crate::span::Span;
use memchr::{memchr, memchr2};

/// An open element. The last six fields are indices into the stack: the nearest entry at or below this one that ends a
/// search of that kind.
#[derive(Clone, Copy)]
struct Open {
    node: u32,
    tag: Tag,
    /// Position plus one of the open element of the same name below this one.
    below: u32,
    last_child: u32,
    /// Closed by its end tag while a block within it is still open.
    dead: bool,
    /// Children are SVG or MathML.
    foreign: bool,
    scope: u32,
    button: u32,
    list: u32,
    table: u32,
    special: u32,
    item: u32,
}

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
    head: u32,
    body: bool,
    quirks: bool,
    limits: &'a Limits,
    hit: Option<Limit>,
}

pub(super) fn parse<'a>(source: &'a str, limits: &'a Limits) -> (Tree<'a>, Option<Limit>) {
    let tree = Tree {
        source: source.into(),
        names: Default::default(),
        // Real news pages have a node for every 35 to 60 bytes.
        nodes: Vec::with_capacity(source.len() / 40 + 16),
        attrs: Vec::with_capacity(source.len() / 60 + 16),
        encoded: true,
        origin: None,
    };
    let mut parser = Parser {
        source,
        bytes: source.as_bytes(),
        pos: 0,
        tree,
        stack: Vec::with_capacity(64),
        open: vec![0; tag::KNOWN.len() + 1],
        sunk: vec![0; tag::KNOWN.len() + 1],
        head: NIL,
        body: false,
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

impl<'a> Parser<'a> {
    fn run(&mut self) {
        let end = self.bytes.len();
        let mut text = self.pos;
        let mut from = self.pos;
        while let Some(lt) = memchr(b'<', &self.bytes[from..]).map(|i| from + i) {
            let next = self.bytes.get(lt + 1).copied().unwrap_or(0);
            let after = self.bytes.get(lt + 2).copied().unwrap_or(0);
            let is_markup =
                next.is_ascii_alphabetic() || matches!(next, b'!' | b'?') || (next == b'/' && lt + 2 < end);
            if !is_markup {
                from = lt + 1;
                continue;
            }
            self.text(text, lt);
            if self.tree.nodes.len() >= self.limits.nodes {
                self.hit = Some(Limit::Nodes);
                self.pos = lt;
                return;
            }
            self.pos = lt;
            match next {
                b'!' => self.declaration(lt),
                b'?' => self.bogus_comment(lt),
                b'/' if after.is_ascii_alphabetic() => self.end_tag(lt),
                b'/' => self.bogus_comment(lt),
                _ => self.start_tag(lt),
            }
            text = self.pos;
            from = self.pos;
        }
        self.text(text, end);
        self.pos = end;
    }

    // ---- tokens ------------------------------------------------------------------------------------------------

    fn bogus_comment(&mut self, lt: usize) {
        self.pos = memchr(b'>', &self.bytes[lt..]).map_or(self.bytes.len(), |i| lt + i + 1);
    }

    fn declaration(&mut self, lt: usize) {
        let rest = &self.bytes[lt..];
        if rest.starts_with(b"<!--") {
            self.pos = self.comment_end(lt + 4);
        } else if rest.starts_with(b"<![CDATA[") && self.foreign() {
            let end = memchr::memmem::find(&rest[9..], b"]]>").map(|i| lt + 9 + i);
            self.text_node(lt + 9, end.unwrap_or(self.bytes.len()));
            self.pos = end.map_or(self.bytes.len(), |e| e + 3);
        } else {
            self.bogus_comment(lt);
            if rest.len() >= 9 && rest[2..9].eq_ignore_ascii_case(b"doctype") {
                self.quirks = false;
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

    fn name_end(&self, from: usize) -> usize {
        let rest = &self.bytes[from..];
        from + rest.iter().position(|&b| is_space(b) || b == b'/' || b == b'>').unwrap_or(rest.len())
    }

    /// Reads attributes from `self.pos` on; returns whether the tag closes itself, or `None` when the page ends in it.
    fn attributes(&mut self) -> Option<bool> {
        let bytes = self.bytes;
        let first = self.tree.attrs.len();
        let mut at = self.pos;
        loop {
            let b = *bytes.get(at)?;
            match b {
                b'>' => {
                    self.pos = at + 1;
                    return Some(bytes[at - 1] == b'/');
                }
                b'/' => at += 1,
                b if is_space(b) => at += 1,
                _ => {
                    let name = at;
                    at += 1;
                    at += bytes[at..].iter().position(|&b| is_space(b) || matches!(b, b'/' | b'>' | b'='))?;
                    let name_len = at - name;
                    let mut eq = at;
                    while is_space(*bytes.get(eq)?) {
                        eq += 1;
                    }
                    let mut value = Span::default();
                    if bytes[eq] == b'=' {
                        at = eq + 1;
                        while is_space(*bytes.get(at)?) {
                            at += 1;
                        }
                        let quote = bytes[at];
                        let end = match quote {
                            b'"' | b'\'' => {
                                at += 1;
                                at + memchr(quote, &bytes[at..])?
                            }
                            b'>' => at,
                            _ => at + bytes[at..].iter().position(|&b| is_space(b) || b == b'>')?,
                        };
                        value = Span::new(at as u32, end as u32);
                        at = end + usize::from(matches!(quote, b'"' | b'\''));
                        if at < bytes.len() && bytes[at] == b'>' && bytes[at - 1] == b'/' {
                            // An unquoted value that ends in a slash does not close the tag.
                            self.keep_attribute(first, name, name_len, value);
                            self.pos = at + 1;
                            return Some(false);
                        }
                    } else {
                        at = eq;
                    }
                    self.keep_attribute(first, name, name_len, value);
                }
            }
        }
    }

    fn keep_attribute(&mut self, first: usize, name: usize, name_len: usize, value: Span) {
        if self.tree.attrs.len() - first >= self.limits.attributes {
            self.hit = Some(Limit::Attributes);
            return;
        }
        let name_len = name_len.min(u16::MAX as usize) as u16;
        if self.source.is_char_boundary(name + name_len as usize) {
            self.tree.attrs.push(Attr { name: name as u32, name_len, value });
        }
    }

    /// Returns where the content of a raw text element that starts at `from` ends: at its end tag, or at the page's end.
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

    fn foreign(&self) -> bool {
        self.top().foreign
    }

    fn text(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        if !self.body {
            if self.bytes[from..to].iter().all(|&b| is_space(b)) {
                return;
            }
            self.open_body(from);
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
            return;
        }
        let at = self.stack.len() as u32;
        let base = self.stack.last().copied();
        let near = |is_barrier: bool, of: fn(&Open) -> u32| if is_barrier { at } else { base.as_ref().map_or(0, of) };
        let flags = tag.flags();
        let is_scope = flags & SCOPE != 0;
        let is_special = flags & SPECIAL != 0;
        let was_foreign = base.is_some_and(|b| b.foreign);
        let foreign = match tag {
            Tag::SVG | Tag::MATH => true,
            Tag::FOREIGN_OBJECT | Tag::DESC | Tag::TITLE | Tag::ANNOTATION_XML => false,
            _ => was_foreign && !matches!(self.tree.names.name(tag), "mi" | "mo" | "mn" | "ms" | "mtext"),
        };
        self.stack.push(Open {
            node,
            tag,
            below: self.open[slot],
            last_child: NIL,
            dead: false,
            foreign,
            scope: near(is_scope, |o| o.scope),
            button: near(is_scope || tag == Tag::BUTTON, |o| o.button),
            list: near(is_scope || tag == Tag::OL || tag == Tag::UL, |o| o.list),
            table: near(matches!(tag, Tag::HTML | Tag::TABLE | Tag::TEMPLATE), |o| o.table),
            special: near(is_special, |o| o.special),
            item: near(is_special && !matches!(tag, Tag::ADDRESS | Tag::DIV | Tag::P), |o| o.item),
        });
        self.open[slot] = at + 1;
    }

    fn pop(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        let end = self.tree.nodes.len() as u32;
        let node = &mut self.tree.nodes[open.node as usize];
        node.end = end;
        if !open.dead {
            node.span.end = node.span.end.max(self.pos as u32);
            self.open[open.tag.0 as usize] = open.below;
        }
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
        if let Some(at) = self.open_above(Tag::P, self.top().button) {
            self.pop_to(at);
        }
    }

    fn open_body(&mut self, at: usize) {
        if !self.body {
            self.pop_to(1);
            self.body = true;
            let none = (self.tree.attrs.len(), 0);
            self.push(Tag::BODY, at, none);
        }
    }

    fn start_tag(&mut self, lt: usize) {
        let name_end = self.name_end(lt + 1);
        let name = &self.source[lt + 1..name_end];
        let first = self.tree.attrs.len();
        self.pos = name_end;
        let Some(self_closing) = self.attributes() else {
            // The page ends inside the tag, which then is no tag.
            self.tree.attrs.truncate(first);
            self.pos = self.bytes.len();
            return;
        };
        let mut tag = self.tree.names.intern(name);
        let attrs = (first, self.tree.attrs.len() - first);
        if self.foreign() {
            if !breaks_out(tag) {
                self.push(tag, lt, attrs);
                if self_closing {
                    self.pop();
                }
                return;
            }
            while self.foreign() {
                self.pop();
            }
        }
        match tag {
            Tag::HTML => return self.merge_root(attrs),
            Tag::HEAD => {
                if self.head == NIL && !self.body {
                    self.push(Tag::HEAD, lt, attrs);
                    self.head = self.top().node;
                }
                return;
            }
            Tag::BODY => {
                if !self.body {
                    self.pop_to(1);
                    self.body = true;
                    self.push(Tag::BODY, lt, attrs);
                }
                return;
            }
            Tag::FRAME | Tag::FRAMESET => return,
            _ => {}
        }
        if !self.body && !tag.is(HEAD) {
            self.open_body(lt);
        } else if !self.body && self.head == NIL {
            self.push(Tag::HEAD, lt, (attrs.0, 0));
            self.head = self.top().node;
        }
        if name.eq_ignore_ascii_case("image") {
            tag = Tag::IMG;
        }
        if !self.make_room(tag) {
            return;
        }
        self.push(tag, lt, attrs);
        let flags = tag.flags();
        if flags & VOID != 0 {
            if self.top().node + 1 == self.tree.nodes.len() as u32 {
                self.pop();
            }
        } else if flags & (RAW | RCDATA) != 0 {
            let is_open = self.top().node + 1 == self.tree.nodes.len() as u32;
            let from = self.pos;
            let end = if tag == Tag::PLAINTEXT {
                self.bytes.len()
            } else {
                self.raw_end(from, tag::KNOWN[tag.0 as usize].0)
            };
            // Beyond the depth limit the element has no content, and script is no text of its parent.
            if is_open {
                self.text_node(from, end);
            }
            self.pos = end;
        }
    }

    /// A second `<html>` only adds attributes, and only the first carries any worth having.
    fn merge_root(&mut self, attrs: (usize, usize)) {
        let root = &mut self.tree.nodes[0];
        if root.attr_count == 0 {
            root.attrs = attrs.0 as u32;
            root.attr_count = attrs.1.min(u16::MAX as usize) as u16;
        }
    }

    /// Closes what a start tag implies closed; returns whether the tag counts at all.
    fn make_room(&mut self, tag: Tag) -> bool {
        if tag.is(CLOSES_P) {
            self.close_p();
        }
        match tag {
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                if self.top().tag.heading_level() > 0 {
                    self.pop();
                }
            }
            Tag::LI => {
                let item = self.top().item as usize;
                if self.stack[item].tag == Tag::LI {
                    self.pop_to(item);
                }
                self.close_p();
            }
            Tag::DD | Tag::DT => {
                let item = self.top().item as usize;
                if matches!(self.stack[item].tag, Tag::DD | Tag::DT) {
                    self.pop_to(item);
                }
                self.close_p();
            }
            Tag::BUTTON => {
                if let Some(at) = self.open_above(Tag::BUTTON, self.top().scope) {
                    self.pop_to(at);
                }
            }
            Tag::A | Tag::NOBR => {
                if let Some(at) = self.open_above(tag, self.top().scope) {
                    self.close_formatting(at);
                }
            }
            Tag::OPTION | Tag::OPTGROUP => {
                if self.top().tag == Tag::OPTION {
                    self.pop();
                }
                if tag == Tag::OPTGROUP && self.top().tag == Tag::OPTGROUP {
                    self.pop();
                }
            }
            Tag::FORM => return self.open[Tag::FORM.0 as usize] == 0 || self.open[Tag::TEMPLATE.0 as usize] > 0,
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
            Tag::RB | Tag::RTC | Tag::RP | Tag::RT => {
                if matches!(self.top().tag, Tag::RB | Tag::RTC | Tag::RP | Tag::RT) {
                    self.pop();
                }
            }
            _ => {}
        }
        true
    }

    /// Returns the stack position of the table whose parts may come now.
    fn open_table(&self) -> Option<usize> {
        let at = self.top().table as usize;
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
        let name_end = self.name_end(lt + 2);
        let name = &self.source[lt + 2..name_end];
        let first = self.tree.attrs.len();
        self.pos = name_end;
        let complete = self.attributes();
        self.tree.attrs.truncate(first);
        if complete.is_none() {
            self.pos = self.bytes.len();
            return;
        }
        let tag = self.tree.names.intern(name);
        if let Some(sunk) = self.sunk.get_mut(tag.0 as usize).filter(|n| **n > 0) {
            *sunk -= 1;
            return;
        }
        let top = *self.top();
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
                self.push(Tag::BR, lt, none);
                self.pop();
            }
            Tag::P => match self.open_above(Tag::P, top.button) {
                Some(at) => self.pop_to(at),
                None => {
                    // A stray end tag makes an empty paragraph, which parts the text around it.
                    self.open_body(lt);
                    let none = (self.tree.attrs.len(), 0);
                    self.push(Tag::P, lt, none);
                    self.pop();
                }
            },
            Tag::LI => self.close(tag, top.list),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                let open = [Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6]
                    .into_iter()
                    .filter_map(|h| self.open_above(h, top.scope))
                    .max();
                if let Some(at) = open {
                    self.pop_to(at);
                }
            }
            Tag::TABLE | Tag::TBODY | Tag::THEAD | Tag::TFOOT | Tag::TR | Tag::TD | Tag::TH | Tag::CAPTION => {
                if let Some(at) = self.open_above(tag, top.table) {
                    self.pop_to(at);
                }
            }
            Tag::TEMPLATE | Tag::APPLET | Tag::OBJECT | Tag::MARQUEE => {
                if let Some(at) = self.open_above(tag, top.table) {
                    self.pop_to(at);
                }
            }
            _ if tag.is(FORMATTING) => {
                if let Some(at) = self.open_above(tag, top.scope) {
                    self.close_formatting(at);
                }
            }
            _ if tag.is(SPECIAL) => self.close(tag, top.scope),
            _ => self.close(tag, top.special),
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
        if self.top().special as usize <= at {
            self.pop_to(at);
            return;
        }
        let open = &mut self.stack[at];
        open.dead = true;
        self.open[open.tag.0 as usize] = open.below;
        self.tree.nodes[open.node as usize].span.end = self.pos as u32;
    }
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
        Tag::B | Tag::BIG | Tag::BLOCKQUOTE | Tag::BODY | Tag::BR | Tag::CENTER | Tag::CODE | Tag::DD | Tag::DIV
            | Tag::DL | Tag::DT | Tag::EM | Tag::EMBED | Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6
            | Tag::HEAD | Tag::HR | Tag::I | Tag::IMG | Tag::LI | Tag::LISTING | Tag::MENU | Tag::META | Tag::NOBR
            | Tag::OL | Tag::P | Tag::PRE | Tag::RUBY | Tag::S | Tag::SMALL | Tag::SPAN | Tag::STRONG | Tag::STRIKE
            | Tag::SUB | Tag::SUP | Tag::TABLE | Tag::TT | Tag::U | Tag::UL | Tag::VAR
    )
}
