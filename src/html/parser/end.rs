//! End tags: what they close, wherever it is open.

use super::Parser;
use crate::markup::tag::{self, FORMATTING, SPECIAL, Tag};
use crate::markup::tree::Attrs;

impl Parser<'_> {
    pub(super) fn end_tag(&mut self, lt: usize) {
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
                self.reopen(lt);
                self.push_content(Tag::BR, lt, Attrs::default(), false);
            }
            Tag::P if self.before_body() => {}
            Tag::P => match self.open_above(Tag::P, top.near.button) {
                Some(at) => self.pop_to(at),
                None => {
                    // A stray end tag makes an empty paragraph, which parts the text around it.
                    self.open_body(lt);
                    self.push_content(Tag::P, lt, Attrs::default(), false);
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
    pub(super) fn close(&mut self, tag: Tag, barrier: u32) {
        if let Some(at) = self.open_above(tag, barrier) {
            self.pop_to(at);
        }
    }
}
