//! What a line opens with: a bullet, a number, `#`, `>`; and which of these are marks rather than text.

use super::lines::Line;
use crate::letters::is_joiner;

/// What a line opens with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Text.
    None,
    /// A bullet that is nothing else.
    Bullet,
    /// `-` or the letter `o`, which may be text.
    Dash,
    Letter,
    /// A number with `.` or `)`.
    Number(u16),
    /// As many `#`.
    Heading(u8),
    /// `>`
    Quote,
    /// `(BUTTON)`, as lynx writes it.
    Button,
    /// A row of a Markdown table; nothing is skipped.
    Row,
    /// Code, and the fence above it; nothing is skipped.
    Code,
    /// Bullets, bars and rules with no text at all.
    Bare,
}

impl Mark {
    /// Returns whether the line is an item of a list.
    pub(super) fn is_item(self) -> bool {
        matches!(self, Mark::Bullet | Mark::Dash | Mark::Letter | Mark::Number(_))
    }
}

/// Bullets of Resiliparse, html2text, inscriptis, lynx, w3m, and those that pages write themselves.
fn is_bullet(ch: char) -> bool {
    matches!(
        ch,
        '*' | '+'
            | '•'
            | '◦'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '●'
            | '○'
            | '‣'
            | '⁃'
            | '∙'
            | '·'
            | '・'
            | '➢'
            | '►'
            | '▶'
            | '➤'
            | '\u{f0b7}'
    )
}

/// What rules and separators are drawn with, and what shows nothing.
fn is_rule(ch: char) -> bool {
    is_bullet(ch)
        || ch.is_whitespace()
        || is_joiner(ch)
        || matches!(
            ch,
            '-' | '_' | '=' | '~' | '#' | '|' | '/' | '\\' | '<' | '>' | ':' | '–' | '—' | '│' | '─' | '━' | '═' | '┃'
        )
}

/// Returns what a trimmed line opens with by its shape alone, and the bytes up to its text.
pub(super) fn of(text: &str) -> (Mark, usize) {
    let first = text.chars().next().unwrap_or(' ');
    if first.is_ascii_digit() {
        return number(text).unwrap_or((Mark::None, 0));
    }
    if first.is_ascii_alphabetic() && first != 'o' {
        return (Mark::None, 0);
    }
    if let Some(rest) = text.strip_prefix("(BUTTON) ") {
        return (Mark::Button, text.len() - rest.trim_start().len());
    }
    if is_rule(first) && text.chars().all(is_rule) {
        return (Mark::Bare, text.len());
    }
    let run = if first == '#' { text.bytes().take_while(|&b| b == b'#').count() } else { first.len_utf8() };
    let mark = match first {
        '#' if run <= 6 => Mark::Heading(run as u8),
        '>' => Mark::Quote,
        '-' => Mark::Dash,
        'o' => Mark::Letter,
        _ if is_bullet(first) => Mark::Bullet,
        _ => return (Mark::None, 0),
    };
    let run = if mark == Mark::Quote { text.len() - text.trim_start_matches(['>', ' ']).len() } else { run };
    let rest = text[run..].trim_start();
    let gap = text.len() - run - rest.len();
    // Pages write `•Item` themselves; every other mark has a space after it.
    if gap == 0 && !matches!(first, '•' | '▪' | '■' | '●' | '➢' | '►' | '▶' | '➤' | '>') {
        return (Mark::None, 0);
    }
    (mark, run + gap)
}

fn number(text: &str) -> Option<(Mark, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 3 || !matches!(text.as_bytes().get(digits), Some(b'.' | b')')) {
        return None;
    }
    let rest = text[digits + 1..].trim_start();
    let gap = text.len() - digits - 1 - rest.len();
    (gap > 0 && !rest.is_empty()).then(|| (Mark::Number(text[..digits].parse().unwrap_or(0)), digits + 1 + gap))
}

/// Takes back marks that are text: `#` and `>` outside Markdown, numbers that stand at the margin with no like line beside
/// them, as in "1. Mai", and outside Markdown, whose programs write `\-`, dashes such as in "- Oui, dit-il.".
pub(super) fn settle(lines: &mut [Line], is_markdown: bool, margin: u16) {
    let next = is_markdown.then(|| next_out(lines));
    // By indentation, the last line of those that are open in Markdown; otherwise the last line.
    let mut open: Vec<(Mark, u16)> = Vec::new();
    for i in 0..lines.len() {
        let line = lines[i];
        let next = next.as_ref().map_or(i + 1, |next| next[i] as usize);
        let after = lines.get(next).map_or((Mark::None, 0), |l| (l.mark, l.indent));
        while open.last().is_some_and(|last| is_markdown && last.1 > line.indent) {
            open.pop();
        }
        let before = open.pop().unwrap_or((Mark::None, 0));
        if is_markdown && before.1 < line.indent {
            open.push(before);
        }
        let is_beside = |other: (Mark, u16), step: i32| {
            other.1 == line.indent
                && match (line.mark, other.0) {
                    (Mark::Number(n), Mark::Number(m)) => i32::from(n) + step == i32::from(m),
                    (mark, other) => mark == other,
                }
        };
        let is_mark = match line.mark {
            Mark::Heading(_) => is_markdown && line.indent <= 3,
            Mark::Quote => is_markdown,
            Mark::Dash if is_markdown => true,
            Mark::Dash | Mark::Number(_) => line.indent > margin || is_beside(before, -1) || is_beside(after, 1),
            // Only lynx's third level of lists.
            Mark::Letter => line.indent >= margin + 8,
            Mark::None | Mark::Bullet | Mark::Bare | Mark::Row | Mark::Code | Mark::Button => true,
        };
        open.push((line.mark, line.indent));
        if !is_mark {
            lines[i].unmark();
        }
    }
}

/// Returns for each line the next that stands no further in: what is within an item comes before the next item.
fn next_out(lines: &[Line]) -> Vec<u32> {
    let mut next = vec![lines.len() as u32; lines.len()];
    let mut open: Vec<usize> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        while let Some(last) = open.pop_if(|&mut last| lines[last].indent >= line.indent) {
            next[last] = i as u32;
        }
        open.push(i);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn bodies(source: &str, is_markdown: bool) -> Vec<&str> {
        let (mut lines, _) = super::super::lines::cut(source, &Limits::default());
        settle(&mut lines, is_markdown, 0);
        lines.iter().map(|l| l.body(source)).collect()
    }

    #[test]
    fn marks_are_told_from_text() {
        for (source, body) in [
            ("  • Facebook", "Facebook"),
            ("•Facebook", "Facebook"),
            ("  3. Politics", "Politics"),
            ("1. Mai: Tag der Arbeit", "1. Mai: Tag der Arbeit"),
            ("2.5 million people", "2.5 million people"),
            ("1000. Besucher begrüßt", "1000. Besucher begrüßt"),
            ("- Oui, dit-il.", "- Oui, dit-il."),
            ("# not Markdown", "# not Markdown"),
            ("#hashtag", "#hashtag"),
            ("*shouts*", "*shouts*"),
            ("o Canada", "o Canada"),
            ("               o World", "World"),
            ("+82 2 123", "+82 2 123"),
            ("---", ""),
            ("• | •", ""),
        ] {
            assert_eq!(bodies(source, false), [body], "{source}");
        }
        assert_eq!(bodies("- one\n- two\n1) a\n2) b", false), ["one", "two", "a", "b"]);
        assert_eq!(bodies("## Head\n> said\n- one", true), ["Head", "said", "one"]);
        assert_eq!(bodies("1. a\n   - b\n     c\n2. d\n3) e\n1. Mai", true), ["a", "b", "c", "d", "e", "1. Mai"]);
    }
}
