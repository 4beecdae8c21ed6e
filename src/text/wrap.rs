//! Hard-wrapped text: at which column a page's lines were broken, and which of them belong together.
//!
//! A program that wraps lines puts as many words on each as fit. So a line was broken by it only if the next line's
//! first word would not have fitted; a paragraph's last line mostly leaves room for it.

use super::lines::Line;
use super::lynx;
use super::mark::Mark;
use super::width::{self, Unit};

/// Columns at which programs and people wrap; 72 to 80 is usual.
const NARROWEST: u32 = 40;
const WIDEST: u32 = 150;
/// A paragraph of words this long, in bytes, shows that the page is not wrapped: four bytes for each of `WIDEST`.
const ENDLESS: usize = 600;
/// Columns by which a line that goes on amid a sentence may be short.
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
    /// The second starts with a small letter, or with a capital.
    is_small: bool,
    is_capital: bool,
}

/// Returns, for each line, whether it continues the one before.
pub(super) fn continued(source: &str, lines: &[Line], margin: u16) -> (Vec<bool>, Option<Wrap>) {
    let mut joins = vec![false; lines.len()];
    let wrap = fit_page(source, lines, margin);
    match wrap {
        Some(wrap) => {
            for i in 1..lines.len() {
                let is_first = i < 2 || !joins[i - 1];
                joins[i] = may_join(source, &lines[i - 1], &lines[i], is_first) && {
                    let pair = pair(source, &lines[i - 1], &lines[i], wrap.unit);
                    is_full(pair, wrap.columns) || runs_on(source, &lines[i - 1], pair, wrap.columns)
                };
            }
        }
        None => fit_runs(source, lines, &mut joins),
    }
    (joins, wrap)
}

fn is_full(pair: Pair, columns: u32) -> bool {
    pair.width + pair.needs >= columns && pair.width * 2 >= columns
}

/// Returns whether a line that is not quite full goes on amid a sentence: browsers measure some characters wrongly and
/// keep words together that a no-break space joins. On 351 news pages lines up to 20 columns short are affected.
fn runs_on(source: &str, a: &Line, pair: Pair, columns: u32) -> bool {
    pair.is_small && pair.width + RAGGED >= columns && !a.body(source).ends_with(['.', '!', '?', '…', ':', '|', ')'])
}

/// Returns whether nothing but its width keeps `b` from continuing `a`.
fn may_join(source: &str, a: &Line, b: &Line, a_is_first: bool) -> bool {
    if b.spaced || b.mark != Mark::None && !(a.mark == Mark::Quote && b.mark == Mark::Quote) || matches!(a.mark, Mark::Bare | Mark::Row) {
        return false;
    }
    // A paragraph's first line may stand further in; a wrapped item goes on under its text, or in Markdown at the
    // margin.
    let is_level = a.hang == b.hang || a_is_first && a.hang > b.indent && a.hang - b.indent <= 6;
    is_level && a.body(source) != b.body(source) 
        && !lynx::is_apart(a.body(source))
        && !lynx::is_apart(b.body(source))
        && !lynx::opens_with_picture(b.body(source))
}

fn pair(source: &str, a: &Line, b: &Line, unit: Unit) -> Pair {
    let body = a.body(source);
    let next = b.body(source);
    // Han and kana may break between any two characters, but not before a closing mark: allow one of those.
    let is_unspaced = next.starts_with(width::is_unspaced);
    let first = next.chars().next().unwrap_or(' ');
    let (is_small, is_capital) = (first.is_lowercase(), first.is_uppercase());
    let word = match next.find(|ch: char| ch.is_whitespace() || width::is_unspaced(ch)) {
        _ if is_unspaced => return Pair { width: u32::from(a.hang) + width::of(body, unit), needs: 4, is_small, is_capital },
        Some(end) => &next[..end],
        None => next,
    };
    let gap = u32::from(!body.ends_with(width::is_unspaced));
    Pair { width: u32::from(a.hang) + width::of(body, unit), needs: gap + width::of(word, unit), is_small, is_capital }
}

/// Finds the page's right margin: the column that nearly no line crosses and that most lines followed by another reach.
fn fit_page(source: &str, lines: &[Line], margin: u16) -> Option<Wrap> {
    let total: usize = lines.iter().map(|l| l.span.len()).sum();
    let endless: usize = lines.iter().map(|l| l.span.len()).filter(|&len| len > ENDLESS).sum();
    // Half the text in such lines: not wrapped. Pages may hold a script or an address of that length.
    if endless * 2 > total {
        return None;
    }
    let has_wide = source.contains(width::is_wide);
    let units: &[Unit] = if has_wide { &[Unit::Columns, Unit::Characters] } else { &[Unit::Columns] };
    let fits = units.iter().filter_map(|&unit| fit_unit(source, lines, unit, margin));
    fits.max_by_key(|&(_, full)| full).map(|(wrap, _)| wrap)
}

fn fit_unit(source: &str, lines: &[Line], unit: Unit, margin: u16) -> Option<(Wrap, usize)> {
    let mut pairs = Vec::with_capacity(lines.len() / 2);
    let mut ends = [0u32; WIDEST as usize + 1];
    // Headings may have margins of their own.
    for line in lines.iter().filter(|l| l.indent == margin) {
        let wide = (u32::from(line.hang) + width::of(line.body(source), unit)).min(WIDEST);
        ends[wide as usize] += u32::from(source[line.span.range()].contains(' ') || wide < WIDEST);
    }
    for two in lines.windows(2) {
        if may_join(source, &two[0], &two[1], true) {
            pairs.push(pair(source, &two[0], &two[1], unit));
        }
    }
    let long: u32 = ends[NARROWEST as usize..].iter().sum();
    // Addresses and tables may cross the margin: one long line in thirty.
    let mut over = 0;
    let mut columns = WIDEST;
    while columns >= NARROWEST && (over + ends[columns as usize]) * 30 <= long {
        over += ends[columns as usize];
        columns -= 1;
    }
    if !(NARROWEST..WIDEST).contains(&columns) {
        return None;
    }
    let reached: Vec<_> = pairs.iter().filter(|p| p.width * 2 >= columns).collect();
    let full: Vec<_> = reached.iter().filter(|p| is_full(***p, columns)).collect();
    let small = full.iter().filter(|p| p.is_small).count();
    let capital = full.iter().filter(|p| p.is_capital).count();
    // Headlines of like length start with capitals; of the lines of wrapped text two in three do not, in German half.
    let is_wrapped = full.len() >= FULL_LINES && full.len() * 5 >= reached.len() * 3 && small * 4 >= capital;
    is_wrapped.then_some((Wrap { columns, unit }, full.len()))
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
    if run.iter().any(|line| line.span.len() > ENDLESS) {
        return false;
    }
    let widths = run.iter().map(|l| u32::from(l.hang) + width::of(l.body(source), Unit::Columns));
    let columns = widths.max().unwrap_or(0);
    let is_full = |two: &[Line]| is_full(pair(source, &two[0], &two[1], Unit::Columns), columns);
    let stops = run[..run.len() - 1].iter().filter(|l| l.body(source).ends_with(['.', '!', '?', '。', '…', ':', '"', '”']));
    (NARROWEST..WIDEST).contains(&columns) && stops.count() * 3 <= run.len() && run.windows(2).all(is_full)
}
