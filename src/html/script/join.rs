//! Strings of a script put together as HTML: a paragraph for each line or string.

use super::prose;
use super::state::{State, Value};
use crate::html::traced::{Source, Traced};
use crate::span::Span;
use crate::words;
use std::collections::HashSet;

/// Bytes of a string that a second time is a copy; shorter ones may come twice.
const LEAST_COPY: usize = 60;

/// Puts strings together as HTML, a paragraph for each line or string.
pub(super) fn html(state: &State, values: &[u32]) -> Traced {
    let mut out = Traced::default();
    let mut last: Option<&Value> = None;
    let mut seen = HashSet::new();
    for value in values.iter().map(|&i| &state.values[i as usize]) {
        let mut text = Traced::default();
        text.unescape(&state.source, value.span);
        // States hold one text more than once.
        if text.text().len() >= LEAST_COPY && !seen.insert(words::scan(text.text(), |_| {}).1) {
            continue;
        }
        if prose::is_encoded_markup(text.text()) {
            let whole = Span::new(0, text.text().len() as u32);
            let encoded = Source::Traced(std::mem::take(&mut text));
            text.decode(&encoded, whole);
        }
        let is_markup = prose::is_markup(text.text());
        let goes_on = last.is_some_and(|last| state.is_one_line(last, value));
        last = Some(value);
        let text = Source::Traced(text);
        let mut start = 0;
        let lines = text.text().split_inclusive('\n').filter(|_| !is_markup);
        let whole = is_markup.then(|| text.text());
        for (i, line) in lines.chain(whole).enumerate() {
            let end = start + line.len() as u32;
            if i > 0 || !goes_on {
                out.insert("<p>");
            }
            out.append(&text, Span::new(start, end));
            start = end;
        }
    }
    out
}
