//! Hard-wrapped text: at which column a page's lines were broken, and which of them belong together.
//!
//! A program that wraps lines puts as many words on each as fit. So a line was broken by it only if the next line's
//! first word would not have fitted; a paragraph's last line mostly leaves room for it.

use super::broken;
use super::fragments;
use super::lines::Line;
use super::lynx;
use super::mark::Mark;
use super::width::{self, Unit};
use crate::document::Seek;

/// Columns at which programs and people wrap; 72 to 80 is usual.
const NARROWEST: u32 = 40;
const WIDEST: u32 = 150;
/// The narrowest column at which programs wrap if they are not told: single words that are shorter say nothing of a margin.
const USUAL: u32 = 72;
/// Bytes for each column at the most, in scripts with combining marks.
const COLUMN_BYTES: u32 = 4;
/// Addresses, tables and labels may cross the margin: one long line in so many. Set by hand. The second counts if the first
/// finds no margin: a page may have many labels that a program does not break.
const OVER: [u32; 2] = [30, 10];
/// Columns by which a line that goes on amid a sentence may be short. Set by hand: beyond, lists of short lines begin.
const RAGGED: u32 = 20;
/// Lines that must be full before a page counts as wrapped, or a run of lines within a page that is not.
const FULL_LINES: usize = 3;

/// Where a page's lines were broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrap {
    pub(super) columns: u32,
    unit: Unit,
}

/// A line with one that may continue it.
#[derive(Clone, Copy)]
struct Pair {
    /// Columns up to the end of the first.
    width: u32,
    /// Columns that the second's first word would have needed, a space included.
    needs: u32,
    /// What the second starts with.
    first: char,
}

/// Returns, for each line, whether it continues the one before.
pub(super) fn continued(source: &str, lines: &[Line], margin: u16) -> (Vec<bool>, Option<Wrap>) {
    let mut joins = vec![false; lines.len()];
    // Paragraphs set apart, as in text that was cleaned before.
    if lines.iter().skip(1).filter(|line| !line.spaced).take(FULL_LINES).count() < FULL_LINES {
        return (joins, None);
    }
    match fit_page(source, lines, margin) {
        Some(Fit { wrap, widths, .. }) => {
            for i in 1..lines.len() {
                let is_first = i < 2 || !joins[i - 1];
                let is_wide = widths[i - 1] * 2 >= wrap.columns;
                joins[i] = is_wide && may_join(source, &lines[i - 1], &lines[i], is_first) && {
                    let pair = pair(source, &lines[i - 1], widths[i - 1], &lines[i], wrap.unit);
                    is_full(pair, wrap.columns) || runs_on(source, &lines[i - 1], pair, wrap.columns)
                };
            }
            (joins, Some(wrap))
        }
        None => {
            fit_runs(source, lines, &mut joins);
            fragments::join(source, lines, &mut joins);
            broken::join(source, lines, &mut joins);
            (joins, None)
        }
    }
}

/// Returns the columns up to the end of a line, or fewer if it is too short to matter: no character takes more than two.
fn width_of(source: &str, line: &Line, unit: Unit) -> u32 {
    let characters = u32::from(line.indent) + line.span.len() as u32 - line.inner;
    if unit == Unit::Characters || !line.may_be_wide || characters < NARROWEST / 4 {
        return characters;
    }
    u32::from(line.hang) + width::of(line.body(source), unit)
}

fn is_full(pair: Pair, columns: u32) -> bool {
    pair.width + pair.needs >= columns && pair.width * 2 >= columns
}

/// Returns whether a line that is not quite full goes on amid a sentence. lynx breaks some lines early; allowing for it
/// took the paragraphs left in two from 349 to 155 of 7,826 (fundus, atf-news).
fn runs_on(source: &str, a: &Line, pair: Pair, columns: u32) -> bool {
    pair.first.is_lowercase()
        && pair.width + RAGGED >= columns
        && !a.body(source).ends_with(['.', '!', '?', '…', ':', '|', ')'])
}

/// Returns whether nothing but its width keeps `b` from continuing `a`.
fn may_join(source: &str, a: &Line, b: &Line, a_is_first: bool) -> bool {
    if b.spaced
        || b.mark != Mark::None && !(a.mark == Mark::Quote && b.mark == Mark::Quote)
        || matches!(a.mark, Mark::Bare | Mark::Row | Mark::Code)
    {
        return false;
    }
    // A paragraph's first line may stand further in; a wrapped item goes on under its text, or in Markdown at the
    // margin.
    let is_level = a.hang == b.hang || a_is_first && a.hang > b.indent && a.hang - b.indent <= 6;
    is_level
        && !a.is_apart
        && !b.is_apart
        && a.body(source) != b.body(source)
        && !lynx::opens_with_picture(&source[b.body as usize..])
}

fn pair(source: &str, a: &Line, width: u32, b: &Line, unit: Unit) -> Pair {
    let body = a.body(source);
    let next = b.body(source);
    let first = next.chars().next().unwrap_or(' ');
    // Han and kana may break between any two characters, but not before a closing mark: allow one of those.
    if width::is_unspaced(first) {
        return Pair { width, needs: 4, first };
    }
    let ends_word = |b: u8| b <= b' ' || b >= 0x80;
    let ascii = next.bytes().position(ends_word).unwrap_or(next.len());
    let needs = match next.as_bytes().get(ascii) {
        // ASCII takes a column a byte.
        None | Some(b' ') => ascii as u32,
        Some(_) => {
            let end = next.find(|ch: char| ch.is_whitespace() || width::is_unspaced(ch)).unwrap_or(next.len());
            width::of(&next[..end], unit)
        }
    };
    let gap = u32::from(!body.ends_with(width::is_unspaced));
    Pair { width, needs: gap + needs, first }
}

/// Notes what keeps lines from being joined, or from telling where a program wrapped them.
pub(super) fn look(source: &str, lines: &mut [Line]) {
    let bytes = source.as_bytes();
    let mut fields = Seek::new(bytes, |bytes| memchr::memchr(b'_', bytes));
    let mut marks = Seek::new(bytes, |bytes| memchr::memchr2(b'|', b']', bytes));
    for line in lines {
        let range = line.body as usize..line.span.end as usize;
        let is_field = fields.next_in(range.clone()).is_some_and(|at| source[at..range.end].starts_with(lynx::FIELD));
        line.is_apart = is_field || lynx::is_apart(&source[range.clone()]);
        let width = line.span.len() as u32 + u32::from(line.hang);
        line.is_unbroken = width >= NARROWEST
            && (width >= USUAL && line.is_one_word(source)
                || marks.next_in(range.clone()).is_some() && has_markup(&bytes[range]));
    }
}

/// Returns whether a line has what programs that write Markdown do not break: links and rows of tables.
fn has_markup(body: &[u8]) -> bool {
    memchr::memchr2_iter(b'|', b']', body).any(|at| body[at] == b'|' || body.get(at + 1) == Some(&b'('))
}

/// Returns whether a line is surely longer than any that a program wrapped; tells most pages apart without measuring.
fn is_endless(source: &str, line: &Line) -> bool {
    let len = line.span.len() as u32;
    len > WIDEST && (len > WIDEST * COLUMN_BYTES || line.is_ascii()) && line.body(source).contains(' ')
}

/// Finds the page's right margin: the column that nearly no line crosses and that most lines followed by another reach.
fn fit_page(source: &str, lines: &[Line], margin: u16) -> Option<Fit> {
    let (mut long, mut endless) = (0, 0);
    for line in lines {
        let is_long = line.span.len() as u32 + u32::from(margin) >= NARROWEST;
        if is_long && line.indent == margin && !line.is_unbroken {
            long += 1;
            endless += usize::from(is_endless(source, line));
        }
    }
    if endless * OVER[1] as usize > long {
        return None;
    }
    let is_ambiguous = |line: &Line| line.may_be_wide && width::is_ambiguous(line.body(source));
    let units: &[Unit] =
        if lines.iter().any(is_ambiguous) { &[Unit::Columns, Unit::Characters] } else { &[Unit::Characters] };
    let fits = units.iter().filter_map(|&unit| fit_unit(source, lines, unit, margin));
    fits.max_by_key(|fit| fit.full)
}

/// A margin that may be the page's.
struct Fit {
    wrap: Wrap,
    /// Lines that are full.
    full: usize,
    /// By line: the columns up to its end.
    widths: Vec<u32>,
}

fn fit_unit(source: &str, lines: &[Line], unit: Unit, margin: u16) -> Option<Fit> {
    let widths: Vec<u32> = lines.iter().map(|line| width_of(source, line, unit)).collect();
    let mut ends = [0u32; WIDEST as usize + 1];
    // Headings may have margins of their own.
    for (line, &width) in lines.iter().zip(&widths) {
        // Shorter ones have no say.
        if width >= NARROWEST && line.indent == margin && !line.is_unbroken {
            let wide = width.min(WIDEST);
            ends[wide as usize] += u32::from(wide < WIDEST || source[line.span.range()].contains(' '));
        }
    }
    let mut tried = WIDEST;
    for most_over in OVER {
        let columns = columns(&ends, most_over);
        if columns < tried && columns >= NARROWEST && is_dense(&ends, columns) {
            tried = columns;
            let wrap = Wrap { columns, unit };
            if let Some(full) = full_lines(source, lines, &widths, wrap) {
                return Some(Fit { wrap, full, widths });
            }
        }
    }
    None
}

/// Returns the column that nearly no line crosses: one in so many.
fn columns(ends: &[u32], most_over: u32) -> u32 {
    let long: u32 = ends[NARROWEST as usize..].iter().sum();
    let mut over = 0;
    let mut columns = WIDEST;
    while columns >= NARROWEST && (over + ends[columns as usize]) * most_over <= long {
        over += ends[columns as usize];
        columns -= 1;
    }
    columns
}

/// Columns before the margin in which one in so many of a wrapped page's lines end: longer than most words. Set by hand.
const NEAR: usize = 15;
const DENSE: u32 = 4;

/// Returns whether enough lines end shortly before a column; tells most pages that were not wrapped without a look at their lines.
fn is_dense(ends: &[u32], columns: u32) -> bool {
    let end = columns as usize;
    let near: u32 = ends[(end - NEAR).max(NARROWEST as usize)..=end].iter().sum();
    near * DENSE >= ends[NARROWEST as usize..].iter().sum()
}

/// Returns how many lines are full, if so many are that the page was wrapped there.
fn full_lines(source: &str, lines: &[Line], widths: &[u32], wrap: Wrap) -> Option<usize> {
    let mut pairs = Vec::with_capacity(lines.len() / 2);
    for (two, &width) in lines.windows(2).zip(widths) {
        if width * 2 >= wrap.columns && may_join(source, &two[0], &two[1], true) {
            pairs.push(pair(source, &two[0], width, &two[1], wrap.unit));
        }
    }
    let reached = pairs.len();
    pairs.retain(|&p| is_full(p, wrap.columns));
    let is_wrapped = pairs.len() >= FULL_LINES && pairs.len() * 5 >= reached * 3 && runs_small(&pairs);
    is_wrapped.then_some(pairs.len())
}

/// Returns whether enough lines go on with small letters, or letters of a script that has no others. Headlines of like
/// length start with capitals, rows of figures with neither; of lynx's wrapped lines 82 % start small in English, 55 % in
/// German.
fn runs_small(pairs: &[Pair]) -> bool {
    let capital = pairs.iter().filter(|p| p.first.is_uppercase()).count();
    let small = pairs.iter().filter(|p| p.first.is_alphabetic()).count() - capital;
    small > 0 && small * 4 >= capital
}

/// Finds runs that were wrapped within a page that was not: a press release in `<pre>`, paragraphs wrapped in the HTML.
fn fit_runs(source: &str, lines: &[Line], joins: &mut [bool]) {
    let mut start = 0;
    for i in 1..=lines.len() {
        if i < lines.len() && may_join(source, &lines[i - 1], &lines[i], i - 1 == start) {
            continue;
        }
        if i - start > FULL_LINES && is_wrapped_run(source, &lines[start..i]) {
            joins[start + 1..i].fill(true);
        }
        start = i;
    }
}

/// Returns whether all lines but the last are full and most of them end amid a sentence.
fn is_wrapped_run(source: &str, run: &[Line]) -> bool {
    if run.iter().any(|line| is_endless(source, line)) {
        return false;
    }
    let widths: Vec<u32> = run.iter().map(|line| width_of(source, line, Unit::Columns)).collect();
    let columns = widths.iter().copied().max().unwrap_or(0);
    let stops =
        run[..run.len() - 1].iter().filter(|l| l.body(source).ends_with(['.', '!', '?', '。', '…', ':', '"', '”']));
    if !(NARROWEST..WIDEST).contains(&columns) || stops.count() * 3 > run.len() {
        return false;
    }
    let pairs = run.windows(2).zip(widths).map(|(two, width)| pair(source, &two[0], width, &two[1], Unit::Columns));
    let pairs: Vec<_> = pairs.collect();
    pairs.iter().all(|&p| is_full(p, columns)) && runs_small(&pairs)
}
