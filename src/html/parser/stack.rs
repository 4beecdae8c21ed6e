//! The stack of open elements, and the nodes that are added to the innermost.

use super::formatting::is_marker;
use super::tokens::is_space;
use super::{CLOSED, Formatting, Near, Open, Parser};
use crate::limits::Limit;
use crate::markup::tag::{FORMATTING, NARROW, SCOPE, SPECIAL, Tag};
use crate::markup::tree::{Attrs, NIL};
use crate::span::Span;

impl Parser<'_> {
    pub(super) fn top(&self) -> &Open {
        &self.stack[self.stack.len() - 1]
    }

    /// Returns whether what comes now opens the body; in a template it does not.
    pub(super) fn before_body(&self) -> bool {
        !self.body && self.open[Tag::TEMPLATE.0 as usize] == 0
    }

    #[inline]
    pub(super) fn text(&mut self, from: usize, to: usize) {
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

    pub(super) fn text_node(&mut self, from: usize, to: usize) {
        if from < to {
            self.node(Tag::TEXT, Span::new(from as u32, to as u32), Attrs::default());
        }
    }

    pub(super) fn node(&mut self, tag: Tag, span: Span, attrs: Attrs) -> u32 {
        let holder = self.stack.last_mut().map(|top| (top.node, &mut top.last_child));
        self.tree.add(tag, span, attrs, holder)
    }

    /// Returns whether the innermost open SVG or MathML is the latter.
    fn in_math(&self) -> bool {
        self.open[Tag::MATH.0 as usize] > self.open[Tag::SVG.0 as usize]
    }

    /// Adds an element and opens it; beyond the depth limit it is added without content.
    pub(super) fn push(&mut self, tag: Tag, start: usize, attrs: Attrs) {
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
                    self.formatting.push(Formatting { tag: Tag::NONE, at: CLOSED, attrs: Attrs::default() });
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

    pub(super) fn pop(&mut self) {
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

    /// Closes open elements until `depth` are left.
    pub(super) fn pop_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            self.pop();
        }
    }

    /// Returns the stack position of the innermost open `tag`, if it stands at or above `barrier`.
    pub(super) fn open_above(&self, tag: Tag, barrier: u32) -> Option<usize> {
        let at = *self.open.get(tag.0 as usize)?;
        (at > 0 && at > barrier).then(|| at as usize - 1)
    }

    pub(super) fn close_p(&mut self) {
        if let Some(at) = self.open_above(Tag::P, self.top().near.button) {
            self.pop_to(at);
        }
    }

    pub(super) fn open_body(&mut self, at: usize) {
        if self.before_body() {
            self.pop_to(1);
            self.body = true;
            self.push(Tag::BODY, at, Attrs::default());
        }
    }

    /// Returns whether the innermost open element is a part of a table that holds no text.
    pub(super) fn in_table(&self) -> bool {
        matches!(self.top().tag, Tag::TABLE | Tag::TBODY | Tag::THEAD | Tag::TFOOT | Tag::TR)
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

/// Returns whether an element stands in a line of text, so that formatting elements open again before it.
pub(super) fn continues_line(tag: Tag) -> bool {
    match tag {
        Tag::AREA | Tag::BR | Tag::EMBED | Tag::IMG | Tag::INPUT | Tag::KEYGEN | Tag::WBR => true,
        Tag::APPLET | Tag::MARQUEE | Tag::OBJECT | Tag::XMP | Tag::SELECT | Tag::BUTTON => true,
        Tag::RB | Tag::RTC | Tag::RP | Tag::RT | Tag::DIALOG => false,
        _ => !tag.is(SPECIAL),
    }
}
