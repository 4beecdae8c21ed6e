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
    /// Ends the block, or several if it says the same over and over. What is copied is put down once, however many they are.
    pub(super) fn flush_copies(&mut self) {
        let cuts = cuts(&self.text[self.start..]);
        if cuts.is_empty() {
            return self.flush();
        }
        let start = self.start;
        let text = self.text.split_off(start);
        let mut left = self.pieces.split_off(self.first_piece);
        left.iter_mut().for_each(|piece| piece.text -= start as u32);
        left.reverse();
        let (has_links, not_bold, not_italic) = (self.link_letters > 0, self.not_bold, self.not_italic);
        self.link_letters = 0;
        // Where what is not yet put down begins, and where the last piece taken ends.
        let (mut from, mut taken_to) = (0, 0);
        for cut in cuts.into_iter().chain([text.len()]) {
            while let Some(mut piece) = left.pop_if(|piece| cut == text.len() || (piece.text as usize) < cut) {
                let at = piece.text as usize;
                let mut end = left.last().map_or(text.len(), |next| next.text as usize);
                if end > cut && self.source[piece.span.range()].starts_with(&text[at..cut]) {
                    let middle = piece.span.start + (cut - at) as u32;
                    left.push(Piece { text: cut as u32, span: Span::new(middle, piece.span.end), ..piece });
                    piece.span.end = middle;
                    end = cut;
                }
                // Where the source is written in another way, nothing tells where the copy begins in it.
                taken_to = end;
                if has_links && piece.linked {
                    self.link_letters += letters_in(&text[at..end]);
                }
                piece.text = (self.start + at - from) as u32;
                self.pieces.push(piece);
            }
            if taken_to > cut {
                continue;
            }
            self.text.push_str(&text[from..cut]);
            self.flush();
            self.style.spaced = false;
            (from, self.not_bold, self.not_italic) = (cut, not_bold, not_italic);
        }
        (self.not_bold, self.not_italic) = (false, false);
    }
}
