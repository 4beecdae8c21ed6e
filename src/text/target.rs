//! Where a Markdown link's target ends: `(https://… "title")`.

use crate::letters;

/// Titles longer than this are not titles, and more white space than this is not within a target.
const TITLE: usize = 1000;
const BLANK: usize = 200;

/// Finds the ends of targets, within a budget: a page full of `](` without a `)` must not cost the square of its length.
pub(super) struct Targets {
    budget: usize,
}

impl Targets {
    /// Allows failed searches to read the page four times over.
    pub(super) fn new(page: usize) -> Self {
        Self { budget: page.saturating_mul(4) }
    }

    /// Returns the offset after the `)` of the target that opens at `from`.
    pub(super) fn end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        if bytes.get(from) != Some(&b'(') || self.budget == 0 {
            return None;
        }
        match walk(bytes, from + 1) {
            Ok(end) => Some(end),
            Err(reached) => {
                self.budget = self.budget.saturating_sub(reached - from);
                None
            }
        }
    }
}

/// Returns the end, or how far it read in vain.
fn walk(bytes: &[u8], from: usize) -> Result<usize, usize> {
    let mut at = blank(bytes, from);
    if bytes.get(at) == Some(&b'<') {
        at += bytes[at..].iter().take_while(|b| !matches!(b, b'>' | b'\n')).count();
        return if bytes.get(at) == Some(&b'>') { close(bytes, at + 1) } else { Err(at) };
    }
    // `whatsapp://send?text=…` and `mailto:?subject=…` come with spaces.
    let scheme = bytes[at..].iter().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
    let has_scheme = scheme > 0 && bytes.get(at + scheme) == Some(&b':');
    let (mut depth, mut may_have_title) = (0, true);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth == 0 => return Ok(at + 1),
            b')' => depth -= 1,
            b' ' | b'\t' | b'\r' | b'\n' => {
                let next = blank(bytes, at);
                let is_wrapped = bytes[at..next].contains(&b'\n');
                match bytes.get(next) {
                    Some(b')') if depth == 0 => return close(bytes, next),
                    Some(b'"' | b'\'') if depth == 0 && may_have_title => match close(bytes, next) {
                        // What a `mailto:` says may hold quotes. Looked for once, a title costs little.
                        Err(_) if has_scheme && !is_wrapped => (at, may_have_title) = (next, false),
                        end => return end,
                    },
                    Some(_) if has_scheme && !is_wrapped => {
                        at = next;
                        continue;
                    }
                    // A long address wrapped at its hyphens or slashes.
                    Some(_) if is_wrapped && at > from && matches!(bytes[at - 1], b'-' | b'/' | b'?' | b'&' | b'=') => {
                        at = next;
                        continue;
                    }
                    _ => return Err(next),
                }
            }
            _ => {}
        }
        at += 1;
        at += bytes[at.min(bytes.len())..].iter().take_while(|&&b| !MAY_END[b as usize]).count();
    }
    Err(at.min(bytes.len()))
}

/// What may end a target, or counts towards its end.
const MAY_END: [bool; 256] = letters::table(b"\\() \t\r\n");

/// Reads an optional title and the `)`.
fn close(bytes: &[u8], from: usize) -> Result<usize, usize> {
    let mut at = blank(bytes, from);
    if let Some(&quote) = bytes.get(at).filter(|b| matches!(b, b'"' | b'\'')) {
        let most = bytes.len().min(at + TITLE);
        at += 1;
        // A title may hold quotes of its own: it ends with the one before the bracket.
        loop {
            let Some(i) = memchr::memchr(quote, &bytes[at.min(most)..most]) else { return Err(most) };
            at += i + 1;
            let next = blank(bytes, at);
            if bytes.get(next) == Some(&b')') {
                return Ok(next + 1);
            }
        }
    }
    if bytes.get(at) == Some(&b')') { Ok(at + 1) } else { Err(at.min(bytes.len())) }
}

/// Skips white space with at most one line break.
fn blank(bytes: &[u8], from: usize) -> usize {
    let mut at = from.min(bytes.len());
    let most = bytes.len().min(at + BLANK);
    let mut breaks = 0;
    while at < most && matches!(bytes[at], b' ' | b'\t' | b'\r' | b'\n') {
        breaks += u32::from(bytes[at] == b'\n');
        if breaks > 1 {
            break;
        }
        at += 1;
    }
    at
}
