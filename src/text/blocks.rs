//! Lines to blocks: puts down the text of lines that belong together, less its markup, and notes where it came from.

mod code;
mod copies;
mod inline;
mod row;

use super::fragments;
use super::lines::Line;
use super::lynx;
use super::mark::Mark;
use super::markdown::Markup;
use super::width;
use crate::document::{Block, BlockKind, Document, Item, Piece, Setting};
use crate::markup::space::append;
use crate::markup::tree::NIL;
use crate::measure::Measure;
use crate::span::Span;

/// What a block is.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) kind: BlockKind,
    pub(super) level: u8,
    pub(super) item: Item,
    pub(super) spaced: bool,
}

pub(super) struct Builder<'a> {
    source: &'a str,
    markup: Vec<Markup>,
    /// Blocks that may be made, and whether there were more.
    most: usize,
    pub(super) is_full: bool,
    /// First markup not yet passed, and the end of the last one passed.
    next: usize,
    passed: u32,
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) pieces: Vec<Piece>,
    // The block being built.
    style: Style,
    start: usize,
    first_piece: usize,
    space: bool,
    link_letters: u32,
    not_bold: bool,
    not_italic: bool,
    // What is open around the text.
    links: u32,
    bold: u32,
    italic: u32,
    link_word: bool,
    in_picture: bool,
    /// Whether the text of the line can be put down as it stands.
    is_settled: bool,
    /// What parts the cells of a row: a bar in Markdown, otherwise a tab.
    cell_end: u8,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        source: &'a str,
        markup: Vec<Markup>,
        most: usize,
        (blocks, pieces): (usize, usize),
        spare: &mut Document<'static>,
    ) -> Self {
        spare.text.reserve(source.len());
        spare.blocks.reserve(blocks);
        spare.pieces.reserve(pieces);
        Self {
            source,
            markup,
            most,
            is_full: false,
            next: 0,
            passed: 0,
            text: std::mem::take(&mut spare.text),
            blocks: std::mem::take(&mut spare.blocks),
            pieces: std::mem::take(&mut spare.pieces),
            style: Style { kind: BlockKind::Paragraph, level: 0, item: Item::default(), spaced: false },
            start: 0,
            first_piece: 0,
            space: false,
            link_letters: 0,
            not_bold: false,
            not_italic: false,
            links: 0,
            bold: 0,
            italic: 0,
            link_word: false,
            in_picture: false,
            is_settled: false,
            cell_end: b'\t',
        }
    }

    /// Makes a block of lines that belong together, or several if a layout table or a picture parts it.
    pub(super) fn add(&mut self, lines: &[Line], style: Style) {
        self.style = style;
        self.link_word = false;
        let first = &lines[0];
        self.cell_end = if first.mark == Mark::Row { b'|' } else { b'\t' };
        if first.body > first.span.start {
            let mark = self.source[first.span.start as usize..first.body as usize].trim_end();
            self.mark(Span::new(first.span.start, first.span.start + mark.len() as u32));
        }
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                self.space = self.is_parted(&lines[i - 1], line);
            }
            let mut end = line.span.end;
            if let Mark::Heading(_) = line.mark {
                end = self.before_closing_hashes(line);
            }
            self.is_settled = line.is_settled;
            self.stretch(line.body, end);
            if end < line.span.end && self.text.len() > self.start {
                self.mark(Span::new(end, line.span.end));
            }
        }
        // Only what was joined from several lines can hold copies that were lines.
        if lines.len() > 1 { self.flush_copies() } else { self.flush() }
    }

    /// `## Heading ##`
    fn before_closing_hashes(&self, line: &Line) -> u32 {
        let body = line.body(self.source);
        let kept = body.trim_end_matches('#');
        let is_closing = kept.len() < body.len() && kept.ends_with(' ');
        line.body + if is_closing { kept.trim_end().len() } else { body.len() } as u32
    }

    /// Returns whether a space goes between two lines of a wrapped paragraph.
    fn is_parted(&self, line: &Line, next: &Line) -> bool {
        let before = line.body(self.source);
        let after = next.body(self.source);
        let last = before.chars().next_back().unwrap_or(' ');
        let first = after.chars().next().unwrap_or(' ');
        let is_hyphen =
            last == '-' && first.is_alphanumeric() && before[..before.len() - 1].ends_with(char::is_alphanumeric);
        let is_soft_hyphen = self.source[line.span.end as usize..].starts_with('\u{ad}');
        // Browsers break addresses anywhere.
        let is_address = !before.contains(' ') && before.contains("://");
        let is_tight = width::is_unspaced(last) || width::is_unspaced(first) || fragments::is_tight(last, first);
        !(is_hyphen || is_soft_hyphen || is_address || is_tight)
    }

    /// Ends the block if it has text, and goes on with another like it.
    fn part(&mut self) {
        if self.text.len() > self.start {
            self.flush();
            self.style.spaced = false;
        }
    }

    /// Notes a stretch that is no text but goes with the block: a list's number, a picture's file name.
    fn mark(&mut self, span: Span) {
        self.pieces.push(Piece { text: self.text.len() as u32, span, linked: false, hidden: false });
    }

    /// Puts down marks that turned out to stand alone, such as `[logo.png]`.
    fn put_marks(&mut self) {
        for i in self.first_piece..self.pieces.len() {
            let span = self.pieces[i].span;
            if i > self.first_piece {
                self.text.push(' ');
            }
            self.pieces[i].text = self.text.len() as u32;
            append(&mut self.text, &self.source[span.range()], false);
            // A picture or a number without a word shows nothing of the article.
            self.pieces[i].linked = true;
        }
        self.link_letters = u32::MAX;
        self.not_bold = true;
        self.not_italic = true;
        if !self.text[self.start..].contains(char::is_alphanumeric) {
            self.text.truncate(self.start);
        }
    }

    fn flush(&mut self) {
        self.space = false;
        let has_no_text = self.text.len() == self.start;
        if has_no_text {
            self.put_marks();
        }
        while self.text.len() > self.start && self.text.ends_with(['\t', ' ']) {
            self.text.pop();
        }
        let text = Span::new(self.start as u32, self.text.len() as u32);
        if text.is_empty() {
            self.pieces.truncate(self.first_piece);
        } else if self.blocks.len() >= self.most {
            self.is_full = true;
            self.pieces.truncate(self.first_piece);
            self.text.truncate(self.start);
        } else {
            // Marks after the last text point behind the trailing tab that was cut.
            for piece in self.pieces[self.first_piece..].iter_mut().rev().take_while(|p| p.text > text.end) {
                piece.text = text.end;
            }
            let measure = Measure { link_letters: self.link_letters, ..Measure::default() };
            let hull = self.pieces[self.first_piece].span.hull(self.pieces[self.pieces.len() - 1].span);
            let Style { kind, level, item, spaced } = self.style;
            let mut setting = match kind {
                BlockKind::ListItem if level > 1 => Setting::LIST | Setting::DEEP_LIST,
                BlockKind::ListItem => Setting::LIST,
                BlockKind::Quote => Setting::QUOTE,
                BlockKind::TableRow => Setting::TABLE,
                BlockKind::Heading => Setting::IN_HEADING,
                BlockKind::Control => Setting::CONTROL,
                BlockKind::Preformatted => Setting::PRE,
                _ => Setting::default(),
            };
            setting.set(Setting::SPACED, spaced);
            setting.set(Setting::BOLD, !self.not_bold);
            setting.set(Setting::ITALIC, !self.not_italic);
            setting.set(Setting::PICTURE, has_no_text && lynx::is_pictures(&self.source[hull.range()]));
            self.blocks.push(Block {
                kind,
                level,
                item,
                setting,
                span: hull,
                measure,
                text,
                pieces: (self.first_piece as u32, self.pieces.len() as u32),
                node: NIL,
                class_words: 0,
            });
        }
        self.start = self.text.len();
        self.first_piece = self.pieces.len();
        (self.link_letters, self.not_bold, self.not_italic) = (0, false, false);
    }
}
