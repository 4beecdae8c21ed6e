//! Copies that stand side by side in one paragraph: a picture's alternative text, and what stands under the picture, which a
//! program that wraps lines runs into one another.

use super::Builder;
use super::inline::letters_in;
use crate::document::Piece;
use crate::span::Span;

/// Bytes of the shortest text of which copies are blocks of their own, and of its start, by which they are sought.
const LEAST: usize = 30;
const HEAD: usize = 24;
/// Bytes of the longest credit, which stays with the last copy.
const CREDIT: usize = 60;

/// Returns where copies of the start of a text begin, and where the last ends if much follows. Takes time in proportion to
/// the text's length.
fn cuts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut cuts = Vec::new();
    if bytes.len() < 2 * LEAST {
        return cuts;
    }
    let Some(again) = memchr::memmem::find(&bytes[LEAST..], &bytes[..HEAD]) else { return cuts };
    let copied = text[..LEAST + again].trim_end();
    let mut at = LEAST + again;
    while let Some(rest) = text[at..].strip_prefix(copied) {
        cuts.push(at);
        at = text.len() - rest.trim_start().len();
    }
    if !cuts.is_empty() && text.len() - at > CREDIT {
        cuts.push(at);
    }
    cuts
}

impl Builder<'_> {
    /// Ends the block, and others before it if it says the same over and over.
    pub(super) fn flush_copies(&mut self) {
        let len = self.text.len() - self.start;
        for cut in cuts(&self.text[self.start..]) {
            self.flush_but(len - cut);
        }
        self.flush();
    }

    /// Ends the block before its last bytes, with which another begins. Leaves it as it is if the source has other white space
    /// there.
    fn flush_but(&mut self, last: usize) {
        let cut = self.text.len() - last;
        let split = self.first_piece + self.pieces[self.first_piece..].partition_point(|p| (p.text as usize) < cut);
        let mut later = Vec::new();
        if let Some(piece) = self.pieces[self.first_piece..split].last_mut()
            && let past @ 1.. = (piece.text as usize + piece.span.len()).saturating_sub(cut)
        {
            let from = piece.text as usize;
            if self.text.get(from..from + piece.span.len()) != Some(&self.source[piece.span.range()]) {
                return;
            }
            let at = piece.span.end - past as u32;
            later.push(Piece { text: cut as u32, span: Span::new(at, piece.span.end), ..*piece });
            piece.span.end = at;
        }
        later.extend(self.pieces.drain(split..));
        let text = self.text.split_off(cut);
        let (not_bold, not_italic) = (self.not_bold, self.not_italic);
        let ends = later.iter().skip(1).map(|piece| piece.text as usize).chain([cut + last]);
        let linked = later.iter().zip(ends).filter(|(piece, _)| piece.linked);
        let links = linked.map(|(piece, end)| letters_in(&text[piece.text as usize - cut..end - cut])).sum();
        self.link_letters = self.link_letters.saturating_sub(links);
        self.flush();
        self.style.spaced = false;
        (self.link_letters, self.not_bold, self.not_italic) = (links, not_bold, not_italic);
        let moved = cut - self.text.len();
        later.iter_mut().for_each(|piece| piece.text -= moved as u32);
        self.pieces.extend(later);
        self.text.push_str(&text);
    }
}
