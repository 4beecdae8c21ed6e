//! Elements: what they hand down to the text within them.

use super::{Builder, Frame, Words, is_divided};
use crate::document::{BlockKind, Item, Setting, Values};
use crate::hash::{self, FastMap};
use crate::html::setting::{role, style};
use crate::markup::class_words;
use crate::markup::tag::{BLOCK, CONTROL, Tag};
use crate::markup::tree::{Attr, AttrKind, Node, Tree};
use crate::markup::word_set::WordSet;

/// Attributes that say how an element is set.
const SETTING_KINDS: u32 = AttrKind::Style.bit()
    | AttrKind::Hidden.bit()
    | AttrKind::AriaHidden.bit()
    | AttrKind::Role.bit()
    | AttrKind::Itemprop.bit();

/// A `<td>` joins the row's line when it has no more than this many bytes of text, white space not counted, and nodes;
/// a longer one is layout.
const CELL_BYTES: usize = 600;
const CELL_NODES: u32 = 16;

impl Builder<'_, '_> {
    /// Reads the words of the elements around a text.
    pub(super) fn read_words_around(&mut self) {
        for at in self.frame_words.len()..self.frames.len() {
            let Frame { element, is_block, .. } = self.frames[at];
            let around = self.frame_words[at - 1];
            let words = self.read_words(element);
            let own = if is_block { words } else { around.own.union(words) };
            self.frame_words.push(Words { own, all: around.all.union(words) });
        }
    }

    /// Numbers the values of an element's class and id; returns their words.
    pub(super) fn read_words(&mut self, element: u32) -> WordSet {
        let mut words = WordSet::default();
        let kinds = self.tree.nodes[element as usize].kinds & (AttrKind::Id.bit() | AttrKind::Class.bit());
        // What the attributes of a divided element say would reach too far.
        if kinds == 0 || is_divided(&self.tree, element) {
            return words;
        }
        for (at, attr) in self.tree.firsts(element, kinds) {
            let number = number(&mut self.numbers, &mut self.words, &mut self.values, &self.tree, attr);
            self.values.numbers[at] = number;
            words = words.union(self.words[number as usize]);
        }
        words
    }

    pub(super) fn is_shadow_root(&self, node: u32) -> bool {
        self.tree.nodes[node as usize].tag == Tag::TEMPLATE && self.tree.attr(node, "shadowrootmode").is_some()
    }

    /// Opens an element's frame; returns whether it starts a block.
    pub(super) fn enter(&mut self, i: u32, tag: Tag) -> bool {
        let Node { span, end, kinds, .. } = self.tree.nodes[i as usize];
        let base = self.frames[self.frames.len() - 1];
        let mut frame = Frame { is_block: tag.is(BLOCK), element: i, end, ..base };
        if kinds & SETTING_KINDS != 0 {
            self.attributes(i, &mut frame);
        }
        let setting = &mut frame.setting;
        match tag {
            Tag::A => {
                if kinds & AttrKind::Href.bit() != 0 {
                    frame.link_end = span.end;
                }
            }
            Tag::B | Tag::STRONG => frame.bold_end = span.end,
            Tag::I | Tag::EM | Tag::CITE => frame.italic_end = span.end,
            Tag::NAV | Tag::MENU => setting.set(Setting::NAV, true),
            Tag::ASIDE => setting.set(Setting::ASIDE, true),
            Tag::HEADER => setting.set(Setting::HEADER, true),
            Tag::FOOTER => setting.set(Setting::FOOTER, true),
            Tag::FORM | Tag::FIELDSET => setting.set(Setting::FORM, true),
            Tag::FIGURE => setting.set(Setting::FIGURE, true),
            Tag::FIGCAPTION => setting.set(Setting::FIGCAPTION, true),
            Tag::ARTICLE => {
                let nested = setting.any(Setting::ARTICLE);
                setting.set(if nested { Setting::NESTED_ARTICLE } else { Setting::ARTICLE }, true);
            }
            Tag::MAIN => setting.set(Setting::MAIN, true),
            Tag::TABLE => setting.set(Setting::TABLE, true),
            Tag::UL | Tag::OL | Tag::DL => {
                let deep = setting.any(Setting::LIST);
                setting.set(if deep { Setting::DEEP_LIST } else { Setting::LIST }, true);
                frame.level = frame.level.saturating_add(u8::from(base.kind != BlockKind::Heading));
                let is_numbered = tag == Tag::OL;
                let before = if is_numbered { self.start_of(i) - 1 } else { 0 };
                frame.item = Item { number: before, is_numbered, continues: false };
                frame.list_at = self.frames.len() as u32;
            }
            Tag::LI | Tag::DT | Tag::DD => {
                let list = &mut self.frames[base.list_at as usize];
                list.item.number = list.item.number.saturating_add(1);
                frame.item = Item { continues: false, ..list.item };
                frame.item_at = self.frames.len() as u32;
            }
            Tag::BLOCKQUOTE => setting.set(Setting::QUOTE, true),
            Tag::PRE | Tag::LISTING | Tag::XMP | Tag::PLAINTEXT => setting.set(Setting::PRE, true),
            Tag::ADDRESS => setting.set(Setting::ADDRESS, true),
            Tag::DIALOG => {
                let is_open = kinds & AttrKind::Open.bit() != 0;
                setting.set(Setting::DIALOG, true);
                setting.set(Setting::HIDDEN, !is_open || setting.any(Setting::HIDDEN));
            }
            Tag::DETAILS => setting.set(Setting::DETAILS, true),
            Tag::TIME => self.has_time = true,
            // What was struck out and what stands for it are two texts.
            Tag::INS | Tag::DEL | Tag::S | Tag::STRIKE if self.replaces(i, tag) => {
                self.space |= self.text.len() > self.start;
            }
            _ => {}
        }
        if tag.is(CONTROL) {
            setting.set(Setting::CONTROL, true);
        }
        if tag.heading_level() > 0 {
            setting.set(Setting::IN_HEADING, true);
        }
        // A cell of a data table continues its row's line.
        if matches!(tag, Tag::TD | Tag::TH) {
            frame.is_block = !self.joins_row(i);
        }
        if frame.is_block {
            self.flush();
            frame.node = i;
            frame.around = self.frames.len() as u32 - 1;
            // A link that ended before the block did, at an end tag in the wrong place, does not span it.
            frame.setting.set(Setting::IN_LINK, base.link_end >= span.end);
            self.kind_of(tag, &mut frame);
        }
        self.frames.push(frame);
        frame.is_block
    }

    /// Returns whether an element of text put in stands right behind one of text struck out, or the other way round.
    fn replaces(&self, i: u32, tag: Tag) -> bool {
        let before = self.tree.nodes.get(self.tree.nodes[i as usize].prev as usize);
        before.is_some_and(|before| {
            let is_struck = matches!(before.tag, Tag::DEL | Tag::S | Tag::STRIKE);
            before.end == i && if tag == Tag::INS { is_struck } else { before.tag == Tag::INS }
        })
    }

    /// Returns the number of a numbered list's first item, at least 1.
    fn start_of(&self, list: u32) -> u16 {
        let start = self.tree.attr(list, "start");
        start.and_then(|start| start.trim().parse().ok()).unwrap_or(1).max(1)
    }

    /// Takes what an element's attributes say of how it is set.
    fn attributes(&self, i: u32, frame: &mut Frame) {
        // What the attributes of a divided element say would reach too far.
        if is_divided(&self.tree, i) {
            return;
        }
        let setting = &mut frame.setting;
        for (_, attr) in self.tree.firsts(i, SETTING_KINDS) {
            match attr.kind {
                AttrKind::Style => style(&self.tree.value(attr), setting, &mut frame.is_block),
                AttrKind::Hidden => {
                    let until_found = self.tree.raw_value(attr).eq_ignore_ascii_case("until-found");
                    setting.set(Setting::HIDDEN, !until_found || setting.any(Setting::HIDDEN));
                }
                AttrKind::AriaHidden => {
                    let is_hidden = self.tree.raw_value(attr) == "true";
                    setting.set(Setting::ARIA_HIDDEN, is_hidden || setting.any(Setting::ARIA_HIDDEN));
                }
                AttrKind::Role => role(self.tree.raw_value(attr), setting),
                AttrKind::Itemprop => {
                    let is_body = self.tree.raw_value(attr).eq_ignore_ascii_case("articleBody");
                    setting.set(Setting::ARTICLE_BODY, is_body || setting.any(Setting::ARTICLE_BODY));
                }
                _ => {}
            }
        }
    }

    fn kind_of(&self, tag: Tag, frame: &mut Frame) {
        let setting = frame.setting;
        let level = tag.heading_level();
        if level > 0 {
            (frame.kind, frame.level) = (BlockKind::Heading, level);
            return;
        }
        frame.kind = match tag {
            _ if setting.any(Setting::FIGCAPTION) => BlockKind::Caption,
            Tag::CAPTION => BlockKind::Caption,
            Tag::P if setting.any(Setting::QUOTE) => BlockKind::Quote,
            Tag::P if frame.kind == BlockKind::ListItem => BlockKind::ListItem,
            Tag::P => BlockKind::Paragraph,
            Tag::LI | Tag::DT | Tag::DD => BlockKind::ListItem,
            Tag::BLOCKQUOTE => BlockKind::Quote,
            Tag::PRE | Tag::LISTING | Tag::XMP | Tag::PLAINTEXT => BlockKind::Preformatted,
            Tag::TR => BlockKind::TableRow,
            Tag::BUTTON if frame.kind == BlockKind::Heading => BlockKind::Heading,
            Tag::BUTTON | Tag::OPTION | Tag::OPTGROUP | Tag::SELECT | Tag::TEXTAREA => BlockKind::Control,
            // A heading or an item keeps its kind through a wrapper within it.
            _ if matches!(frame.kind, BlockKind::Heading | BlockKind::Control) => frame.kind,
            Tag::DIV | Tag::SECTION if frame.kind == BlockKind::ListItem => BlockKind::ListItem,
            _ => BlockKind::Loose,
        };
    }

    /// Returns whether a table cell is short enough to be one of a data row.
    fn joins_row(&mut self, i: u32) -> bool {
        let node = &self.tree.nodes[i as usize];
        let parent = node.parent;
        if node.end - i > CELL_NODES {
            return false;
        }
        let mut left = CELL_BYTES;
        for text in (i + 1..node.end).filter(|&n| self.tree.nodes[n as usize].tag == Tag::TEXT) {
            // White space and character references are counted alike in every reader's tree: as shown.
            let shown = self.tree.text_at(text).bytes().filter(|b| !b.is_ascii_whitespace()).take(left + 1).count();
            if shown > left {
                return false;
            }
            left -= shown;
        }
        if self.row == parent && self.text.len() > self.start {
            self.trim();
            self.text.push('\t');
            self.space = false;
        } else {
            self.flush();
        }
        self.row = parent;
        true
    }
}

/// Returns the number of an attribute's value among the distinct values of the page.
#[inline] // It has one caller.
fn number(
    numbers: &mut FastMap<u64, u32>,
    words: &mut Vec<WordSet>,
    values: &mut Values,
    tree: &Tree,
    attr: Attr,
) -> u32 {
    let value = tree.raw_value(attr);
    // Of more than 2³² values, two would have one hash, and share their words and names.
    *numbers.entry(hash::of(value.as_bytes())).or_insert_with(|| {
        words.push(class_words::read(&tree.value(attr), &mut values.words));
        values.ends.push(values.words.len() as u32);
        words.len() as u32 - 1
    })
}
