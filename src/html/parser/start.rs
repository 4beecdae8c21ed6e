//! Start tags: what they close, open and imply.

use super::Parser;
use super::stack::continues_line;
use crate::limits::Limit;
use crate::markup::tag::{self, CLOSES_P, FORMATTING, HEAD, RAW, RCDATA, RULE, Tag, VOID};
use crate::markup::tree::{Attrs, NIL};
use crate::span::Span;

impl Parser<'_> {
    pub(super) fn start_tag(&mut self, lt: usize) {
        let first = self.tree.attrs.len();
        let (mut tag, name_end) = self.name(lt + 1);
        let (mut self_closing, mut attrs) = (false, Attrs::default());
        self.pos = name_end + 1;
        if self.bytes.get(name_end) != Some(&b'>') {
            let Some((end, closes)) = self.attributes(name_end) else {
                // The page ends inside the tag, which then is no tag.
                self.tree.attrs.truncate(first);
                self.pos = self.bytes.len();
                return;
            };
            self.pos = end;
            let count = (self.tree.attrs.len() - first) as u16;
            (self_closing, attrs) = (closes, Attrs { first: first as u32, count, kinds: self.kinds });
        }
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
                self.push(Tag::HEAD, lt, Attrs::default());
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
        let is_raw = flags & (RAW | RCDATA) != 0;
        let raw_end = if is_raw { self.content_end(tag, self_closing) } else { None };
        let is_closed = self_closing && (matches!(tag, Tag::SVG | Tag::MATH) || is_raw && raw_end.is_none());
        let has_content = flags & VOID == 0 && !is_closed;
        let is_open = self.push_content(tag, lt, attrs, has_content);
        if flags & FORMATTING != 0 && is_open {
            self.enlist(tag, attrs);
        }
        if let Some(end) = raw_end {
            let from = self.pos;
            // Beyond the depth limit the element has no content, and script is no text of its parent.
            if is_open {
                self.text_node(from, end);
            }
            self.pos = end;
        }
    }

    /// Returns where the content of a raw text element ends that starts here, or `None` if it has none: see [`super`].
    #[inline(never)]
    fn content_end(&mut self, tag: Tag, self_closing: bool) -> Option<usize> {
        let page_end = self.bytes.len();
        if tag == Tag::PLAINTEXT {
            return Some(page_end);
        }
        if self_closing && (self.is_xml || self.endless[tag.0 as usize]) {
            return None;
        }
        let end = self.raw_end(self.pos, tag::KNOWN[tag.0 as usize]);
        if self_closing && end == page_end {
            self.endless[tag.0 as usize] = true;
            return None;
        }
        Some(end)
    }

    /// Takes the start tags that make a page's outline, and those of frames, of which nothing comes.
    #[inline(never)]
    fn outline(&mut self, tag: Tag, lt: usize, attrs: Attrs) {
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
    #[inline]
    pub(super) fn push_content(&mut self, tag: Tag, start: usize, attrs: Attrs, has_content: bool) -> bool {
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

    pub(super) fn leave_foreign(&mut self) {
        while self.foreign {
            self.pop();
        }
    }

    /// Returns whether a `<font>` within SVG has an attribute that only HTML's has.
    fn is_html_font(&self, attrs: Attrs) -> bool {
        self.tree
            .range(attrs)
            .iter()
            .any(|&a| ["color", "face", "size"].iter().any(|name| self.tree.attr_name(a).eq_ignore_ascii_case(name)))
    }

    /// A second `<html>` or `<body>` only adds attributes, and only the first carries any worth having.
    fn merge(&mut self, node: u32, attrs: Attrs) {
        let node = &mut self.tree.nodes[node as usize];
        if node.attr_count == 0 {
            (node.attrs, node.attr_count, node.kinds) = (attrs.first, attrs.count, attrs.kinds);
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
    pub(super) fn pop_implied(&mut self, but: Tag) {
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
                self.implied(Tag::TBODY);
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
                self.implied(Tag::TR);
            }
        }
        true
    }

    fn implied(&mut self, tag: Tag) {
        let at = self.pos;
        self.push(tag, at, Attrs::default());
    }
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
