//! Code between fences of Markdown: lines of three or more backticks or tildes.

use super::lines::Line;
use super::mark::Mark;

/// Characters of the shortest fence, and of the longest that is one.
const SHORTEST: usize = 3;
const LONGEST: usize = 64;

/// Marks the lines between two fences as code, with the first fence, which may name a language; the last is bare. A fence that nothing
/// closes is text.
pub(super) fn mark(source: &str, lines: &mut [Line]) {
    // By character: the shortest fence that nothing closes from here on.
    let mut unclosed = [LONGEST + 1; 2];
    let mut at = 0;
    while at < lines.len() {
        let start = at;
        at += 1;
        let Some((fence, count)) = opening(&source[lines[start].span.range()]) else { continue };
        let unclosed = &mut unclosed[usize::from(fence == b'~')];
        if count >= *unclosed {
            continue;
        }
        let is_end = |line: &Line| closing(&source[line.span.range()], fence) >= count;
        let Some(end) = lines[at..].iter().position(is_end).map(|i| at + i) else {
            *unclosed = count;
            continue;
        };
        for (i, line) in lines[start..=end].iter_mut().enumerate() {
            line.unmark();
            line.mark = if start + i == end { Mark::Bare } else { Mark::Code };
        }
        at = end + 1;
    }
}

/// Returns which character a line's fence is of, and how many.
fn opening(text: &str) -> Option<(u8, usize)> {
    let fence = *text.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let count = text.bytes().take_while(|&b| b == fence).count();
    // What follows is a language; code within a line ends on it.
    let is_fence = (SHORTEST..=LONGEST).contains(&count) && !text[count..].contains('`');
    is_fence.then_some((fence, count))
}

/// Returns how many characters of a fence a line consists of.
fn closing(text: &str, fence: u8) -> usize {
    if text.bytes().all(|b| b == fence) { text.len() } else { 0 }
}
