//! Rows of tables: cells joined by tabs, or a block each where the table is the page's layout.

use super::{Builder, Style};
use crate::document::BlockKind;
use crate::span::Span;
use crate::text::lines::Line;
use crate::text::mark::Mark;

/// A table row longer than this, in bytes, is the layout of the page: its cells are blocks. The HTML
/// reader's limit for a cell.
const ROW_BYTES: usize = 600;

impl Builder<'_> {
    /// Makes a table row a block, or each of its cells.
    pub(in crate::text) fn add_row(&mut self, line: &Line, style: Style) {
        if line.span.len() <= ROW_BYTES {
            return self.add(&[*line], style);
        }
        let mut from = line.body;
        let mut style = Style { kind: BlockKind::Paragraph, ..style };
        let bars = memchr::memchr_iter(b'|', line.body(self.source).as_bytes()).map(|i| line.body + i as u32);
        // A bar within an address parts no cells.
        let bars = bars.filter(|&bar| !self.is_within_markup(bar));
        for bar in bars.chain([line.span.end]).collect::<Vec<_>>() {
            self.add(&[Line { span: Span::new(from, bar), body: from, mark: Mark::None, ..*line }], style);
            style.spaced = false;
            from = bar + 1;
        }
    }

    fn is_within_markup(&self, at: u32) -> bool {
        let i = self.markup.partition_point(|m| m.span.end <= at);
        self.markup.get(i).is_some_and(|m| m.span.start <= at && m.span.end > at)
    }

    /// Puts down a stretch of a row, with one tab for each run of bars or tabs.
    pub(super) fn put_cells(&mut self, span: Span) {
        let mut at = span.start;
        for i in memchr::memchr_iter(self.cell_end, &self.source.as_bytes()[span.range()]) {
            let bar = span.start + i as u32;
            self.put_text(Span::new(at, bar));
            self.end_cell();
            at = bar + 1;
        }
        self.put_text(Span::new(at, span.end));
    }

    fn end_cell(&mut self) {
        self.space = false;
        if self.text.len() > self.start && !self.text.ends_with('\t') {
            self.text.push('\t');
        }
    }
}
