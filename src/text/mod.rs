//! Reads text that some other tool flattened: lines to blocks.
//!
//! | writer | what shows it | what is done |
//! |---|---|---|
//! | WET | nothing | a line is a block |
//! | BeautifulSoup | lines that begin amid a sentence | lines joined |
//! | | capitals right behind words and stops | lines cut |
//! | Resiliparse, inscriptis | `  • `, `  * `, indentation | list items with a level |
//! | html2text and other Markdown | links, headings, bold words | markup dropped, links and emphasis noted |
//! | trafilatura, static sites, readers for language models | keys and values above the text | read for the facts |
//! | broadcasters | sentences in several short lines | lines joined |
//! | lynx, w3m, elinks, pandoc | lines that end at one column | lines joined; pictures, buttons, fields, link numbers noted |
//!
//! Nothing asks which tool it was: each convention is looked for by itself, on the page as a whole.

mod blocks;
mod broken;
mod code;
mod fragments;
mod front;
mod glued;
mod lines;
mod lynx;
mod mark;
mod markdown;
mod regime;
mod table;
mod target;
mod width;
mod wrap;

use crate::document::{BlockKind, Document, Item, Known, Regime};
use crate::limits::{Limit, Limits};
use blocks::{Builder, Style};
use lines::Line;
use mark::Mark;

/// Words of an outdented line that may be a heading.
const HEADING_WORDS: usize = 30;
/// Columns further in than programs set text.
const FAR_IN: u16 = 4;
/// Lists nested deeper count as this deep.
const DEEPEST: usize = 32;

/// Reads a flattened page, some of whose text may be known from an earlier document, into the memory of an empty one.
#[inline(never)] // A stage that `benches/counts` counts by its name.
pub(crate) fn read<'a>(
    source: &'a str,
    limits: &Limits,
    known: Option<Known>,
    mut spare: Document<'static>,
) -> (Document<'a>, Option<Limit>) {
    let mut most = limits.bytes.min(u32::MAX as usize - 1).min(source.len());
    let cut = source.len() > most;
    while !source.is_char_boundary(most) {
        most -= 1;
    }
    let source = &source[..most];
    let (mut lines, mut is_full) = lines::cut(source, limits);
    let is_markdown = markdown::is_markdown(source, &lines);
    let margin = margin(source, &lines);
    if is_markdown {
        code::mark(source, &mut lines);
    } else {
        glued::part(source, &mut lines, limits);
    }
    mark::settle(&mut lines, is_markdown, margin);
    if is_markdown {
        table::mark_rows(source, &mut lines);
    }
    wrap::look(source, &mut lines);
    let (joins, wrap) = wrap::continued(source, &lines, margin);
    let markup = if is_markdown { markdown::scan(source) } else { lynx::scan(source) };
    let has_cells = !is_markdown && memchr::memchr(b'\t', source.as_bytes()).is_some();
    let blocks = joins.iter().filter(|&&is_joined| !is_joined).count();
    // A piece a line, one for its mark, and one behind each piece of markup.
    let pieces = lines.len() + lines.iter().filter(|line| line.body > line.span.start).count() + markup.len();
    let mut builder = Builder::new(source, markup, limits.blocks, (blocks, pieces), &mut spare);
    let mut depths: Vec<Depth> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let is_code = lines[at].mark == Mark::Code;
        let goes_on = |i: usize| if is_code { lines[i].mark == Mark::Code } else { joins[i] };
        let end = (at + 1..lines.len()).find(|&i| !goes_on(i)).unwrap_or(lines.len());
        let run = &lines[at..end];
        if builder.blocks.len() >= limits.blocks {
            is_full = true;
            break;
        }
        // lynx sets headings at the left edge and text three columns in.
        let is_outdented =
            wrap.is_some() && margin == 3 && run[0].indent == 0 && lines.get(end).is_none_or(|l| l.spaced);
        let mut style = style(source, run, is_outdented, &mut depths);
        if has_cells && run.len() == 1 && memchr::memchr(b'\t', run[0].body(source).as_bytes()).is_some() {
            style.kind = BlockKind::TableRow;
        }
        match run[0].mark {
            Mark::Bare => {}
            Mark::Row => builder.add_row(&run[0], style),
            Mark::Code => builder.add_code(run, style),
            _ => builder.add(run, style),
        }
        at = end;
    }
    is_full |= builder.is_full;
    let mut document = Document {
        source,
        regime: Regime::Full,
        text: builder.text,
        blocks: builder.blocks,
        pieces: builder.pieces,
        tree: None,
        ..spare
    };
    if let Some((end, claims)) = front::read(source) {
        (document.about.front, document.about.claims) = (end, claims);
    }
    document.index(known);
    document.regime = regime::of(&document);
    let hit = if is_full { Some(Limit::Blocks) } else { cut.then_some(Limit::Bytes) };
    (document, hit)
}

/// Returns the indentation that most lines of text have.
fn margin(source: &str, lines: &[Line]) -> u16 {
    let mut counts = [0u32; 33];
    // Shorter ones may be of a menu, single words far in addresses of a list of links.
    let is_address = |line: &Line| line.indent > FAR_IN && line.is_one_word(source);
    for line in lines.iter().filter(|l| l.mark == Mark::None && l.span.len() >= 40 && !is_address(l)) {
        counts[usize::from(line.indent.min(32))] += 1;
    }
    // Of equals the smallest: the margin of a page without text is 0.
    let most = counts.iter().copied().max().unwrap_or(0);
    counts.iter().position(|&count| count == most).unwrap_or(0) as u16
}

/// A list that is open: how far its items are indented, and the place of the last.
struct Depth {
    indent: u16,
    place: u16,
}

fn style(source: &str, run: &[Line], is_outdented: bool, depths: &mut Vec<Depth>) -> Style {
    let first = &run[0];
    let body = first.body(source);
    let spaced = first.spaced;
    if first.mark.is_item() {
        while depths.last().is_some_and(|depth| depth.indent > first.indent) {
            depths.pop();
        }
        if depths.last().is_none_or(|depth| depth.indent != first.indent) && depths.len() < DEEPEST {
            depths.push(Depth { indent: first.indent, place: 0 });
        }
        let mut number = 0;
        if let Some(depth) = depths.last_mut() {
            depth.place = depth.place.saturating_add(1);
            number = depth.place;
        }
        let item = match first.mark {
            Mark::Number(number) => Item { number, is_numbered: true, continues: false },
            _ => Item { number, is_numbered: false, continues: false },
        };
        return Style { kind: BlockKind::ListItem, level: depths.len() as u8, item, spaced };
    }
    // Text that stands no further in than the list ends it.
    if depths.first().is_some_and(|depth| first.indent <= depth.indent) {
        depths.clear();
    }
    let words = || body.split_ascii_whitespace().take(HEADING_WORDS + 1).count();
    let (kind, level) = match first.mark {
        Mark::Heading(level) => (BlockKind::Heading, level),
        Mark::Quote => (BlockKind::Quote, 0),
        Mark::Row => (BlockKind::TableRow, 0),
        Mark::Code => (BlockKind::Preformatted, 0),
        Mark::Button => (BlockKind::Control, 0),
        _ if first.is_apart && !body.starts_with('[') => (BlockKind::Control, 0),
        _ if is_outdented && spaced && words() <= HEADING_WORDS => (BlockKind::Heading, 2),
        _ => (BlockKind::Paragraph, 0),
    };
    Style { kind, level, item: Item::default(), spaced }
}

#[cfg(test)]
mod tests;
