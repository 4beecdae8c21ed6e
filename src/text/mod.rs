//! Reads text that some other tool flattened.

use crate::document::{About, Block, BlockKind, Document, Piece, Regime, Setting, WordSet};
use crate::html::tree::NIL;
use crate::limits::{Limit, Limits};
use crate::measure::Measure;
use crate::span::Span;

/// Reads a flattened page: a block a line.
pub(crate) fn read<'a>(source: &'a str, limits: &Limits) -> (Document<'a>, Option<Limit>) {
    let mut document = Document {
        source,
        regime: Regime::Full,
        text: String::with_capacity(source.len()),
        blocks: Vec::new(),
        pieces: Vec::new(),
        about: About::default(),
        tree: None,
        node_blocks: Vec::new(),
        hits: Vec::new(),
        rules: Vec::new(),
        sums: Vec::new(),
        main_run: 0..0,
        copies: Default::default(),
    };
    let mut at = 0u32;
    let mut spaced = true;
    let mut hit = None;
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len() as u32;
        let text = line.trim();
        if text.is_empty() {
            spaced = true;
            continue;
        }
        if document.blocks.len() >= limits.blocks {
            hit = Some(Limit::Blocks);
            break;
        }
        let lead = (line.len() - line.trim_start().len()) as u32;
        let span = Span::new(start + lead, start + lead + text.len() as u32);
        let body = text.trim_start_matches(['•', '*', '-', ' ']);
        let body = if body.is_empty() { text } else { body };
        let bullet = body.len() < text.len();
        let from = document.text.len() as u32;
        document.text.push_str(body);
        let mut setting = Setting::default();
        setting.set(Setting::SPACED, spaced);
        spaced = false;
        document.pieces.push(Piece { text: from, span, linked: false, hidden: false });
        let pieces = document.pieces.len() as u32;
        document.blocks.push(Block {
            kind: if bullet { BlockKind::ListItem } else { BlockKind::Paragraph },
            level: u8::from(bullet),
            setting,
            span,
            measure: Measure::of(body),
            text: Span::new(from, document.text.len() as u32),
            pieces: (pieces - 1, pieces),
            node: NIL,
            near: WordSet::default(),
            far: WordSet::default(),
        });
    }
    document.index();
    (document, hit)
}
