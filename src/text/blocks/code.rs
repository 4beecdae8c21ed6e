//! Code: white space counts, and nothing within is markup.

use super::{Builder, Style};
use crate::markup::space::append_verbatim;
use crate::text::lines::Line;
use crate::text::markdown::Turn;

impl Builder<'_> {
    /// Makes a block of all lines below a fence.
    pub(in crate::text) fn add_code(&mut self, lines: &[Line], style: Style) {
        self.style = style;
        self.pass(lines[lines.len() - 1].span.end);
        let fence = lines[0].span;
        if self.source[fence.range()].contains(char::is_alphanumeric) {
            self.mark(fence);
        }
        if let [_, first, ..] = lines {
            let span = first.span.hull(lines[lines.len() - 1].span);
            let start = self.source[..span.start as usize].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            (self.not_bold, self.not_italic) = (true, true);
            self.mark(span);
            append_verbatim(&mut self.text, &self.source[start..span.end as usize], false);
        }
        self.flush();
    }

    /// Passes markup that is none, save where it ends what was open before.
    fn pass(&mut self, end: u32) {
        while let Some(&markup) = self.markup.get(self.next).filter(|markup| markup.span.start < end) {
            self.next += 1;
            self.passed = self.passed.max(markup.span.end);
            let is_set =
                matches!(markup.turn, Turn::LinkStart | Turn::LinkEnd | Turn::EmphasisStart(_) | Turn::EmphasisEnd(_));
            if is_set {
                self.turn(markup, end);
            }
        }
    }
}
