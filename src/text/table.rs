//! Markdown tables: rows around a line such as `---|---`.

use super::lines::Line;
use super::mark::Mark;

/// Marks the rows of all tables.
pub(super) fn mark_rows(source: &str, lines: &mut [Line]) {
    let has_cells = |line: &Line| source[line.span.range()].contains('|');
    let mut in_table = false;
    for i in 0..lines.len() {
        let line = lines[i];
        if is_separator(&source[line.span.range()]) && !line.spaced {
            in_table = true;
            if i > 0 && has_cells(&lines[i - 1]) && lines[i - 1].mark != Mark::Bare {
                mark(&mut lines[i - 1]);
            }
            continue;
        }
        in_table &= !line.spaced && has_cells(&line);
        if in_table && line.mark != Mark::Bare {
            mark(&mut lines[i]);
        }
    }
}

fn mark(line: &mut Line) {
    line.unmark();
    line.mark = Mark::Row;
}

fn is_separator(text: &str) -> bool {
    text.contains("--") && text.contains('|') && text.bytes().all(|b| matches!(b, b'-' | b'|' | b':' | b' '))
}
