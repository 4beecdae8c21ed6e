//! The text of a line, less its markup: what is linked, bold or italic, and what goes with the block without being text.

use super::Builder;
use crate::document::{BlockKind, Piece};
use crate::letters;
use crate::letters::is_unseen;
use crate::markup::space::append;
use crate::measure::Measure;
use crate::span::Span;
use crate::text::markdown::{Markup, Turn};

/// A picture whose text has as many words stands for itself; a shorter one may be an emoji amid a sentence.
const ALT_WORDS: usize = 3;
/// A line of so many words after a link number is taken to be the link; in a longer one only the next word is. Set by hand.
const LINK_WORDS: usize = 8;

impl Builder<'_> {
    /// Walks a stretch of one line, passing markup and putting down what is between.
    pub(super) fn stretch(&mut self, from: u32, to: u32) {
        let mut at = from.max(self.passed);
        while let Some(&markup) = self.markup.get(self.next).filter(|m| m.span.start < to) {
            if markup.span.start > at {
                self.put(Span::new(at, markup.span.start));
            }
            self.next += 1;
            self.turn(markup, at);
            at = at.max(markup.span.end);
            self.passed = self.passed.max(markup.span.end);
        }
        if at < to {
            self.put(Span::new(at, to));
        }
    }

    pub(super) fn turn(&mut self, markup: Markup, at: u32) {
        match markup.turn {
            Turn::LinkStart => self.links += 1,
            Turn::LinkEnd => self.links = self.links.saturating_sub(1),
            Turn::ImageStart => {
                let end = self.markup[self.next..].iter().take(8).find(|m| m.turn == Turn::ImageEnd);
                let alt = end.map_or("", |end| &self.source[markup.span.end as usize..end.span.start as usize]);
                if alt.split_ascii_whitespace().take(ALT_WORDS).count() == ALT_WORDS {
                    self.part();
                    self.in_picture = true;
                }
            }
            Turn::ImageEnd => {
                if std::mem::take(&mut self.in_picture) {
                    self.part();
                }
            }
            Turn::EmphasisStart(marks) => {
                self.bold += u32::from(marks >= 2);
                self.italic += u32::from(marks != 2);
            }
            Turn::EmphasisEnd(marks) => {
                self.bold = self.bold.saturating_sub(u32::from(marks >= 2));
                self.italic = self.italic.saturating_sub(u32::from(marks != 2));
            }
            // What stands before the stretch is a mark, or in a line that was left out.
            Turn::LinkWord | Turn::Picture if markup.span.start >= at => {
                self.link_word |= markup.turn == Turn::LinkWord;
                self.mark(markup.span);
            }
            Turn::None | Turn::Text | Turn::LinkWord | Turn::Picture => {}
        }
    }

    fn put(&mut self, span: Span) {
        if self.style.kind == BlockKind::TableRow { self.put_cells(span) } else { self.put_text(span) }
    }

    pub(super) fn put_text(&mut self, span: Span) {
        let raw = &self.source[span.range()];
        let is_visible = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
        let is_plain = is_visible(raw.as_bytes().first()) && is_visible(raw.as_bytes().last());
        if is_plain && !self.link_word {
            return self.put_piece(span, self.links > 0 || is_address(raw));
        }
        let is_blank = |ch: char| ch.is_whitespace() || is_unseen(ch);
        let inner = raw.trim_start_matches(is_blank);
        let lead = raw.len() - inner.len();
        let inner = inner.trim_end_matches(is_blank);
        let is_spaced = |part: &str| part.contains(char::is_whitespace);
        self.space |= is_spaced(&raw[..lead]);
        if inner.is_empty() {
            return;
        }
        let from = span.start + lead as u32;
        let end = from + inner.len() as u32;
        let is_word = std::mem::take(&mut self.link_word);
        let is_short = || inner.split_ascii_whitespace().take(LINK_WORDS + 1).count() <= LINK_WORDS;
        if is_word && !is_short() {
            let word = inner.find(char::is_whitespace).unwrap_or(inner.len()) as u32;
            self.put_piece(Span::new(from, from + word), true);
            self.space = true;
            let rest = inner[word as usize..].trim_start_matches(is_blank).len() as u32;
            self.put_piece(Span::new(end - rest, end), false);
        } else {
            self.put_piece(Span::new(from, end), is_word || self.links > 0 || is_address(inner));
        }
        self.space |= is_spaced(&raw[lead + inner.len()..]);
    }

    fn put_piece(&mut self, span: Span, linked: bool) {
        if self.text.len() > self.start && self.space && !self.text.ends_with([' ', '\t']) {
            self.text.push(' ');
        }
        self.space = false;
        let from = self.text.len();
        let raw = &self.source[span.range()];
        if self.is_settled || letters::is_settled(raw.as_bytes()) {
            self.text.push_str(raw);
        } else {
            append(&mut self.text, raw, false);
        }
        if self.text.len() == from {
            return;
        }
        if linked {
            self.link_letters += letters_in(&self.text[from..]);
        }
        let has_letters =
            self.text.as_bytes()[from].is_ascii_alphanumeric() || self.text[from..].contains(letters::is_alphanumeric);
        let is_set = |count: u32| count > 0 || !has_letters;
        (self.not_bold, self.not_italic) =
            (self.not_bold || !is_set(self.bold), self.not_italic || !is_set(self.italic));
        self.pieces.push(Piece { text: from as u32, span, linked, hidden: false });
    }
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ')
}

/// Returns the number of letters and digits that a measure has.
pub(super) fn letters_in(text: &str) -> u32 {
    if text.is_ascii() {
        text.bytes().map(|b| u32::from(b.is_ascii_alphanumeric())).sum()
    } else {
        Measure::of(text).letters
    }
}
