//! Tree to blocks: walks the nodes once and cuts their text where a browser would start a new line of text.

use super::class_words;
use super::setting::{role, style};
use super::space::{append, append_verbatim, ends_in_space, is_joiner};
use super::tag::{BLOCK, CONTROL, FORMATTING, Tag, UNSEEN};
use super::tree::{Attr, AttrKind, NIL, Node, Tree};
use crate::document::{Block, BlockKind, ClassWords, Document, Piece, Regime, Setting, Values, WordSet};
use crate::hash::{self, FastMap};
use crate::limits::{Limit, Limits};
use crate::measure::{self, Measure};
use crate::span::Span;

/// A `<td>` joins the row's line when it has no more than this many bytes of text, white space not counted, and nodes;
/// a longer one is layout.
const CELL_BYTES: usize = 600;
const CELL_NODES: u32 = 16;
/// Bytes of the longest text that is looked at for joiners and nothing else: such a paragraph only makes room.
const JOINERS: usize = 12;

/// Attributes that say how an element is set.
const SETTING_KINDS: u32 = AttrKind::Style.bit()
    | AttrKind::Hidden.bit()
    | AttrKind::AriaHidden.bit()
    | AttrKind::Role.bit()
    | AttrKind::Itemprop.bit();

/// What an open element hands down to the text within it.
#[derive(Clone, Copy)]
struct Frame {
    is_block: bool,
    setting: Setting,
    kind: BlockKind,
    level: u8,
    /// The element, and the node behind its last.
    element: u32,
    end: u32,
    /// Innermost block-level element.
    node: u32,
    /// Position of the frame around that.
    around: u32,
    /// Source offset at which the innermost link around ends, 0 outside links.
    link_end: u32,
    bold_end: u32,
    italic_end: u32,
}

/// Words of the attributes of an open element and of those around it.
#[derive(Clone, Copy, Default)]
struct Words {
    /// Those of elements within the innermost block-level one, and its own.
    own: WordSet,
    all: WordSet,
}

struct Builder<'t, 'a> {
    source: &'a str,
    tree: Tree<'t>,
    text: String,
    blocks: Vec<Block>,
    class_words: Vec<ClassWords>,
    pieces: Vec<Piece>,
    node_blocks: Vec<(u32, u32)>,
    frames: Vec<Frame>,
    /// By frame, for those around a text; of other elements no one asks.
    frame_words: Vec<Words>,
    numbers: FastMap<u64, u32>,
    /// By number: the known words of a value.
    words: Vec<WordSet>,
    values: Values,
    // The block being built.
    start: usize,
    first_piece: usize,
    frame: Frame,
    class_words_here: ClassWords,
    space: bool,
    breaks: u32,
    after_break: bool,
    not_bold: bool,
    not_italic: bool,
    heard: bool,
    row: u32,
    has_time: bool,
}

#[inline(never)] // A stage that `benches/counts` counts by its name.
pub(super) fn build<'a>(
    source: &'a str,
    tree: Tree<'a>,
    limits: &Limits,
    mut spare: Document<'static>,
) -> (Document<'a>, Option<Limit>) {
    let root = Frame {
        is_block: true,
        setting: Setting::default(),
        kind: BlockKind::Loose,
        level: 0,
        element: NIL,
        end: NIL,
        node: 0,
        around: 0,
        link_end: 0,
        bold_end: 0,
        italic_end: 0,
    };
    let count = tree.nodes.len();
    spare.text.reserve(source.len() / 8);
    spare.blocks.reserve(count / 6);
    spare.pieces.reserve(count / 3);
    spare.node_blocks.resize(count, (0, 0));
    spare.values.numbers.resize(tree.attrs.len(), NIL);
    spare.values.words.reserve(count / 8);
    spare.values.ends.reserve(count / 16);
    let mut builder = Builder {
        source,
        text: spare.text,
        blocks: spare.blocks,
        class_words: spare.class_words,
        pieces: spare.pieces,
        node_blocks: spare.node_blocks,
        frames: vec![root],
        frame_words: vec![Words::default()],
        numbers: FastMap::default(),
        words: Vec::with_capacity(count / 16),
        values: spare.values,
        start: 0,
        first_piece: 0,
        frame: root,
        class_words_here: ClassWords::default(),
        space: false,
        breaks: 0,
        after_break: false,
        not_bold: false,
        not_italic: false,
        heard: false,
        row: NIL,
        has_time: false,
        tree,
    };
    builder.numbers.reserve(count / 16);
    let hit = builder.walk(limits);
    let about = super::about::read(&builder.tree);
    let mut document = Document {
        source,
        regime: Regime::Markup,
        text: builder.text,
        blocks: builder.blocks,
        class_words: builder.class_words,
        pieces: builder.pieces,
        about,
        tree: Some(builder.tree),
        node_blocks: builder.node_blocks,
        values: builder.values,
        ..spare
    };
    document.index(None);
    (document, hit)
}

impl Builder<'_, '_> {
    fn walk(&mut self, limits: &Limits) -> Option<Limit> {
        let count = self.tree.nodes.len() as u32;
        let mut i = 0;
        while i < count {
            self.close_ended(i);
            let node = &self.tree.nodes[i as usize];
            let (tag, end) = (node.tag, node.end);
            if tag == Tag::TEXT {
                self.text_node(i);
                i += 1;
                continue;
            }
            if self.blocks.len() >= limits.blocks {
                self.flush();
                self.close_ended(NIL - 1);
                return Some(Limit::Blocks);
            }
            let here = self.blocks.len() as u32;
            self.node_blocks[i as usize] = (here, here);
            if tag.is(UNSEEN) && !self.is_shadow_root(i) {
                i = end;
                continue;
            }
            match tag {
                Tag::BR => self.line_break(),
                Tag::HR => self.flush(),
                Tag::WBR | Tag::IMG | Tag::INPUT => {}
                Tag::HEAD => {
                    i = end;
                    continue;
                }
                _ => {
                    let is_block = self.enter(i, tag);
                    if end > i + 1 {
                        self.node_blocks[i as usize].0 = self.blocks.len() as u32;
                    } else {
                        self.frames.pop();
                        if is_block {
                            self.flush();
                        }
                    }
                }
            }
            i += 1;
        }
        self.close_ended(NIL - 1);
        self.flush();
        None
    }

    /// Closes the frames of all elements that end before node `i`.
    #[inline(always)]
    fn close_ended(&mut self, i: u32) {
        while let Some(&frame) = self.frames.last().filter(|frame| frame.end <= i) {
            self.close(frame);
        }
    }

    /// Closes the innermost frame.
    #[inline(never)]
    fn close(&mut self, Frame { element, is_block, .. }: Frame) {
        self.frames.pop();
        if is_block {
            self.flush();
        }
        let from = self.node_blocks[element as usize].0;
        let mut to = self.blocks.len() as u32 + u32::from(self.text.len() > self.start);
        if is_divided(&self.tree, element) {
            let end = self.tree.nodes[element as usize].span.end;
            to = from + self.blocks[from as usize..].partition_point(|b| b.span.start < end) as u32;
        }
        self.node_blocks[element as usize].1 = to;
        if self.frame_words.len() > self.frames.len() {
            self.frame_words.pop();
        } else if to > from {
            self.read_words(element);
        }
    }

    /// Reads the words of the elements around a text.
    fn read_words_around(&mut self) {
        for at in self.frame_words.len()..self.frames.len() {
            let Frame { element, is_block, .. } = self.frames[at];
            let around = self.frame_words[at - 1];
            let words = self.read_words(element);
            let own = if is_block { words } else { around.own.union(words) };
            self.frame_words.push(Words { own, all: around.all.union(words) });
        }
    }

    /// Numbers the values of an element's class and id; returns their words.
    fn read_words(&mut self, element: u32) -> WordSet {
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

    fn is_shadow_root(&self, node: u32) -> bool {
        self.tree.nodes[node as usize].tag == Tag::TEMPLATE && self.tree.attr(node, "shadowrootmode").is_some()
    }

    /// Opens an element's frame; returns whether it starts a block.
    fn enter(&mut self, i: u32, tag: Tag) -> bool {
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

    fn line_break(&mut self) {
        if self.text.len() == self.start {
            self.after_break = true;
            return;
        }
        self.breaks += 1;
        if self.breaks >= 2 {
            self.flush();
            self.after_break = true;
        }
    }

    fn text_node(&mut self, i: u32) {
        let node = &self.tree.nodes[i as usize];
        let span = node.span;
        let origin = self.tree.origin.as_ref().map(|o| o[i as usize]);
        if self.frames[self.frames.len() - 1].setting.any(Setting::PRE) {
            return self.preformatted(i, origin);
        }
        let bytes = self.tree.source.as_bytes();
        let raw = &bytes[span.range()];
        // White space at the ends joins nothing; the piece covers what is between.
        let lead = leading_space(raw);
        if lead == raw.len() {
            self.space |= self.text.len() > self.start;
            return;
        }
        let trail = raw.iter().rev().take_while(|b| b.is_ascii_whitespace()).count();
        self.space |= lead > 0;
        let inner = Span::new(span.start + lead as u32, span.end - trail as u32);
        let encoded = self.tree.is_encoded(i);
        let had = self.text.len();
        self.before_text();
        let from = self.text.len();
        append(&mut self.text, &self.tree.source[inner.range()], encoded);
        if self.text.as_bytes()[from..].iter().all(|&b| b == b' ') {
            // Only white space such as `&nbsp;`, or what takes no place, such as a zero-width space.
            self.space |= self.text.len() > from || trail > 0;
            self.text.truncate(had);
            return;
        }
        let spaces = self.text.as_bytes()[from..].iter().take_while(|&&b| b == b' ').count();
        if spaces > 0 && (from == self.start || ends_in_space(&self.text[..from])) {
            self.text.replace_range(from..from + spaces, "");
        }
        self.space = trail > 0;
        let shown = origin.map_or(inner, |span| trim(self.source, span));
        self.note(from, shown, inner.start);
    }

    /// Takes the settings of the block's first text, and puts down the white space that stands before this text.
    fn before_text(&mut self) {
        if self.text.len() == self.start {
            self.frame = self.frames[self.frames.len() - 1];
            self.frame.setting.set(Setting::AFTER_BREAK, self.after_break);
            self.read_words_around();
            let words = self.frame_words[self.frames.len() - 1];
            let parent = self.frame.around as usize;
            let around = [parent, self.frames[parent].around as usize].map(|at| self.frame_words[at].own);
            self.class_words_here = ClassWords { near: words.own.union(around[0]).union(around[1]), far: words.all };
            self.first_piece = self.pieces.len();
            (self.not_bold, self.not_italic, self.heard) = (false, false, false);
        } else if self.breaks > 0 {
            self.trim();
            self.text.push('\n');
        } else if self.space && !ends_in_space(&self.text) {
            self.text.push(' ');
        }
        self.breaks = 0;
        self.space = false;
    }

    fn note(&mut self, from: usize, span: Span, at: u32) {
        let frame = &self.frames[self.frames.len() - 1];
        let linked = at < frame.link_end;
        let (not_bold, not_italic) = (at >= frame.bold_end, at >= frame.italic_end);
        if not_bold && !self.not_bold || not_italic && !self.not_italic {
            let has_letters = measure::has_letters(&self.text[from..]);
            self.not_bold |= not_bold && has_letters;
            self.not_italic |= not_italic && has_letters;
        }
        self.heard |= !frame.setting.any(Setting::ARIA_HIDDEN);
        let hidden = frame.setting.any(Setting::HIDDEN);
        self.pieces.push(Piece { text: from as u32, span, linked, hidden });
    }

    fn preformatted(&mut self, i: u32, origin: Option<Span>) {
        let span = self.tree.nodes[i as usize].span;
        let encoded = self.tree.is_encoded(i);
        let had = self.text.len();
        if had == self.start && self.tree.text_at(i).trim().is_empty() {
            return;
        }
        self.before_text();
        let from = self.text.len();
        append_verbatim(&mut self.text, &self.tree.source[span.range()], encoded);
        // Characters that are not shown may be all there was.
        if self.text[from..].trim().is_empty() {
            if had == self.start {
                self.text.truncate(had);
            }
            return;
        }
        if from == self.start {
            // Empty lines at the start show nothing; the parser drops the first of them.
            let text = &self.text[from..];
            let line = text.find(|c: char| !c.is_whitespace()).and_then(|at| text[..at].rfind('\n'));
            if let Some(line) = line {
                self.text.replace_range(from..=from + line, "");
            }
        }
        self.note(from, origin.unwrap_or(span), span.start);
    }

    fn trim(&mut self) {
        let kept = self.text[self.start..].trim_end_matches([' ', '\n', '\r']).len();
        self.text.truncate(self.start + kept);
    }

    /// Ends the block that is being built, if it has text.
    #[inline(always)]
    fn flush(&mut self) {
        self.space = false;
        self.breaks = 0;
        self.row = NIL;
        if self.text.len() > self.start {
            self.end_block();
        }
    }

    #[inline(never)]
    fn end_block(&mut self) {
        let has_time = std::mem::take(&mut self.has_time);
        self.after_break = false;
        let kept = self.text[self.start..].trim_end().len();
        self.text.truncate(self.start + kept);
        let is_bare = || kept <= JOINERS && self.text[self.start..].trim_matches(is_joiner).is_empty();
        if kept == 0 || self.pieces.len() == self.first_piece || is_bare() {
            self.text.truncate(self.start);
            self.pieces.truncate(self.first_piece);
            return;
        }
        let pieces = &self.pieces[self.first_piece..];
        let hull = pieces.iter().map(|p| p.span).reduce(Span::hull).unwrap_or_default();
        let measure = Measure { link_letters: self.link_letters(), ..Measure::default() };
        let mut setting = self.frame.setting;
        setting.set(Setting::BOLD, !self.not_bold);
        setting.set(Setting::ITALIC, !self.not_italic);
        setting.set(Setting::TIME, has_time);
        setting.set(Setting::ARIA_HIDDEN, !self.heard);
        setting.set(Setting::HIDDEN, pieces.iter().all(|p| p.hidden));
        let frame = &self.frame;
        let kind = if setting.any(Setting::CONTROL) && frame.kind != BlockKind::Control && self.all_control() {
            BlockKind::Control
        } else {
            frame.kind
        };
        if self.class_words.last() != Some(&self.class_words_here) {
            self.class_words.push(self.class_words_here);
        }
        self.blocks.push(Block {
            kind,
            level: if matches!(kind, BlockKind::Heading | BlockKind::ListItem) { frame.level } else { 0 },
            setting,
            span: hull,
            measure,
            text: Span::new(self.start as u32, self.text.len() as u32),
            pieces: (self.first_piece as u32, self.pieces.len() as u32),
            node: frame.node,
            class_words: self.class_words.len() as u32 - 1,
        });
        self.start = self.text.len();
    }

    /// Returns how many of a block's letters stand in links, or the greatest number if all do.
    fn link_letters(&self) -> u32 {
        let pieces = &self.pieces[self.first_piece..];
        if pieces.iter().all(|piece| piece.linked) {
            return u32::MAX;
        }
        let ends = pieces[1..].iter().map(|piece| piece.text as usize).chain([self.text.len()]);
        let linked = pieces.iter().zip(ends).filter(|(piece, _)| piece.linked);
        linked.map(|(piece, end)| Measure::of(&self.text[piece.text as usize..end]).letters).sum()
    }

    /// A label at the start of a loose line makes it a control only when nothing else stands in the line.
    fn all_control(&self) -> bool {
        self.pieces.len() - self.first_piece == 1
    }
}

/// Returns how many bytes of white space a text starts with; most is indentation.
#[inline]
fn leading_space(text: &[u8]) -> usize {
    let mut at = 0;
    while text.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += if text[at..].starts_with(b"        ") { 8 } else { 1 };
    }
    at
}

/// Returns the span without the white space at its ends.
fn trim(source: &str, span: Span) -> Span {
    let text = source[span.range()].as_bytes();
    let start = span.start + (text.len() - text.trim_ascii_start().len()) as u32;
    Span::new(start, start + text.trim_ascii().len() as u32)
}

/// Returns whether a formatting element ended before a block within it did, where browsers divide it in two.
fn is_divided(tree: &Tree, node: u32) -> bool {
    let of = &tree.nodes[node as usize];
    of.tag.is(FORMATTING) && tree.nodes[of.end as usize - 1].span.start >= of.span.end
}

/// Returns the number of an attribute's value among the distinct values of the page.
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
