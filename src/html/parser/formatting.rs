//! The list of formatting elements, such as `<b>` and `<a>`: what the end of a block closes opens again in the next.

use super::{CLOSED, Formatting, Parser};
use crate::markup::tag::{FORMATTING, Tag};
use crate::markup::tree::Attrs;

impl Parser<'_> {
    /// Notes in the list of formatting elements that an element was closed.
    #[inline(never)]
    pub(super) fn leave_formatting(&mut self, tag: Tag, dead: bool) {
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
    pub(super) fn has_closed(&self) -> bool {
        self.formatting.last().is_some_and(|f| f.at == CLOSED && f.tag != Tag::NONE)
    }

    /// Opens again the formatting elements that the end of a block closed.
    #[inline(never)]
    pub(super) fn reopen(&mut self, start: usize) {
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

    /// Enters the formatting element on top of the stack into the list of those that open again.
    pub(super) fn enlist(&mut self, tag: Tag, attrs: Attrs) {
        if self.formatting.len() >= EQUAL {
            self.thin_out(tag, attrs);
        }
        self.formatting.push(Formatting { tag, at: self.stack.len() as u32 - 1, attrs });
    }

    /// Takes out of the list of formatting elements the earliest of three like this one, or of too many.
    #[inline(never)]
    fn thin_out(&mut self, tag: Tag, attrs: Attrs) {
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

    fn equal_attrs(&self, a: Attrs, b: Attrs) -> bool {
        let tree = &self.tree;
        let pairs = || tree.range(a).iter().zip(tree.range(b));
        a.count == b.count
            && pairs().all(|(&a, &b)| {
                tree.attr_name(a).eq_ignore_ascii_case(tree.attr_name(b)) && tree.raw_value(a) == tree.raw_value(b)
            })
    }

    /// Closes the latest formatting element of this name, if it is in the list; returns whether it was.
    pub(super) fn close_listed(&mut self, tag: Tag, is_start: bool) -> bool {
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

    /// Takes the innermost open element out of the list of formatting elements if it is the last there; returns `false` if it
    /// may be elsewhere in the list.
    #[inline]
    pub(super) fn unlist_top(&mut self) -> bool {
        match self.formatting.last() {
            None => true,
            Some(last) if last.at as usize + 1 == self.stack.len() => {
                self.formatting.pop();
                true
            }
            Some(_) => !self.top().tag.is(FORMATTING),
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
    pub(super) fn bury(&mut self, at: usize) -> bool {
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

/// Formatting elements that open again in a new block; browsers know no limit, and real pages have one or two.
const REOPENED: usize = 16;

/// Equal ones, as the standard has it.
const EQUAL: usize = 3;

/// Returns whether formatting elements do not reach into this element from without, nor out of it.
pub(super) fn is_marker(tag: Tag) -> bool {
    matches!(tag, Tag::TD | Tag::TH | Tag::CAPTION | Tag::TEMPLATE | Tag::APPLET | Tag::OBJECT | Tag::MARQUEE)
}
