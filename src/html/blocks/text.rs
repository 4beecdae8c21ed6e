//! Text: pieces of it, white space, and where blocks end.

use super::Builder;
use crate::document::{Block, BlockKind, ClassWords, Item, Piece, Setting};
use crate::letters::is_joiner;
use crate::markup::space::{append, append_verbatim, ends_in_space};
use crate::markup::tag::Tag;
use crate::markup::tree::NIL;
use crate::measure::{self, Measure};
use crate::span::Span;

/// Bytes of the longest text that is looked at for joiners and nothing else: such a paragraph only makes room.
const JOINERS: usize = 12;

impl Builder<'_, '_> {
    pub(super) fn line_break(&mut self) {
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

    pub(super) fn text_node(&mut self, i: u32) {
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
        self.before_text(inner.start);
        let shown = &self.tree.source[inner.range()];
        if lead == 0 && self.is_power(i, shown) {
            self.text.push('^');
        }
        let from = self.text.len();
        append(&mut self.text, shown, encoded);
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

    /// Returns whether a link that starts with a capital follows a small letter at once: a label and what it points to.
    fn is_glued(&self, at: u32) -> bool {
        let frame = &self.frames[self.frames.len() - 1];
        at < frame.link_end
            && self.pieces.last().is_some_and(|piece| !piece.linked)
            && self.tree.source[at as usize..].starts_with(char::is_uppercase)
            && self.text.ends_with(char::is_lowercase)
    }

    /// Returns whether a text is a raised number behind a number, as in 10<sup>6</sup>, which is not 106. A linked one is a note's.
    fn is_power(&self, i: u32, text: &str) -> bool {
        let is_digit = |ch: char| ch.is_ascii_digit();
        let node = &self.tree.nodes[i as usize];
        self.tree.nodes.get(node.parent as usize).is_some_and(|around| around.tag == Tag::SUP)
            && text.trim_start_matches(['-', '−', '–']).starts_with(is_digit)
            && self.text[self.start..].ends_with(is_digit)
            && node.span.start >= self.frames[self.frames.len() - 1].link_end
    }

    /// Takes the settings of the block's first text, and puts down the white space that stands before this text.
    fn before_text(&mut self, at: u32) {
        if self.text.len() == self.start {
            self.frame = self.frames[self.frames.len() - 1];
            self.frame.setting.set(Setting::AFTER_BREAK, self.after_break);
            self.frame.item.continues = self.frames[self.frame.item_at as usize].item.continues;
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
        } else if (self.space || self.is_glued(at)) && !ends_in_space(&self.text) {
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
        self.before_text(span.start);
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

    pub(super) fn trim(&mut self) {
        let kept = self.text[self.start..].trim_end_matches([' ', '\n', '\r']).len();
        self.text.truncate(self.start + kept);
    }

    /// Ends the block that is being built, if it has text.
    #[inline(always)]
    pub(super) fn flush(&mut self) {
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
        // A question that opens its answer is the heading over it.
        let is_question = frame.kind == BlockKind::Heading && self.text.ends_with(['?', '？', '؟']);
        let is_control = setting.any(Setting::CONTROL) && frame.kind != BlockKind::Control && !is_question;
        let kind = if is_control && self.all_control() { BlockKind::Control } else { frame.kind };
        let is_item = kind == BlockKind::ListItem;
        if is_item {
            // If the item is closed already, nothing goes on with it.
            if let Some(around) = self.frames.get_mut(frame.item_at as usize) {
                around.item.continues = true;
            }
        }
        if self.class_words.last() != Some(&self.class_words_here) {
            self.class_words.push(self.class_words_here);
        }
        self.blocks.push(Block {
            kind,
            level: if is_item || kind == BlockKind::Heading { frame.level } else { 0 },
            item: if is_item { frame.item } else { Item::default() },
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
