//! The strings of one JSON value that stand under the same keys, and which of such groups may be the article.

use super::prose::{self, Amount};
use super::state::{State, Value};
use super::{Candidate, FEWEST_UNMARKED, FEWEST_WORDS, Finder, Place, is_nested};
use crate::hash::FastMap;
use crate::html::json;
use crate::span::Span;
use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Reverse;

/// Strings that agree with the page's title, and objects around each, that are looked at.
const MOST_TITLES: usize = 16;
const MOST_AROUND: usize = 4;
/// Longest strings that are looked at where none agrees with the title.
const MOST_LONG: usize = 8;
/// Bytes of a string from which what calls itself a summary may be the whole text.
const LONG_SUMMARY: usize = 1500;

/// The strings of one JSON value that may be an article's text.
pub(super) struct Groups<'s, 'f> {
    finder: &'s Finder<'f, 'f>,
    state: &'s State<'f>,
    place: Place,
    /// Numbers of the strings, and what each adds up to.
    texts: Vec<(u32, Amount)>,
    /// By string: whether it agrees with the page's title, where that has been asked.
    titles: RefCell<Vec<Option<bool>>>,
}

/// Strings of one object that stand under the same keys.
struct Group {
    scope: u32,
    amount: Amount,
    values: Vec<u32>,
}

impl<'s, 'f> Groups<'s, 'f> {
    pub(super) fn new(finder: &'s Finder<'f, 'f>, state: &'s State<'f>, place: Place) -> Self {
        let titles = RefCell::new(vec![None; state.values.len()]);
        let mut out = Groups { finder, state, place, texts: Vec::new(), titles };
        let mut by_key: FastMap<u64, u32> = FastMap::default();
        for (i, value) in (0..).zip(&state.values) {
            if out.may_be_text(value) {
                let amount = Amount::of_string(out.raw(i));
                *by_key.entry(value.key).or_default() += amount.words;
                out.texts.push((i, amount));
            }
        }
        let fewest = out.fewest();
        let value = |i: u32| &state.values[i as usize];
        out.texts.retain(|(i, _)| by_key[&value(*i).key] >= fewest);
        // What repeats the title or the description makes no article.
        let mut texts = std::mem::take(&mut out.texts);
        for (i, amount) in &mut texts {
            if out.is_title(*i) {
                *by_key.entry(value(*i).key).or_default() -= amount.words;
                *amount = Amount::default();
            }
        }
        out.texts = texts;
        out.texts.retain(|(i, _)| by_key[&value(*i).key] >= fewest);
        out
    }

    fn is_title(&self, value: u32) -> bool {
        *self.titles.borrow_mut()[value as usize].get_or_insert_with(|| self.finder.is_title(self.raw(value)))
    }

    fn is_schema(&self) -> bool {
        self.place == Place::Schema
    }

    fn may_be_text(&self, value: &Value) -> bool {
        let is_short = value.span.len() < LONG_SUMMARY;
        let is_fit = if self.is_schema() { value.is_article_body } else { !(value.is_summary && is_short) };
        is_fit && !value.is_aside && !is_nested(self.state.source.slice(value.span))
    }

    /// Returns a string as written.
    fn raw(&self, value: u32) -> &str {
        self.state.source.slice(self.state.values[value as usize].span)
    }

    fn text(&self, value: u32) -> Cow<'_, str> {
        json::unescape(self.raw(value))
    }

    fn fewest(&self) -> u32 {
        if self.is_schema() { FEWEST_WORDS } else { FEWEST_UNMARKED }
    }

    /// Returns what the page's title, its text or a mark says is the article.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut out = Vec::new();
        if self.texts.is_empty() {
            return out;
        }
        let state = self.state;
        let within = state.within();
        let mut seen = Vec::new();
        let around = |value: u32| state.objects(state.values[value as usize].container).take(MOST_AROUND);
        let enough = self.enough(&within);
        let titles = (0..state.values.len() as u32).filter(|&i| around(i).any(|scope| enough[scope as usize]));
        for title in titles.filter(|&i| self.is_title(i)).take(MOST_TITLES) {
            for scope in around(title) {
                if !seen.contains(&scope) {
                    seen.push(scope);
                    out.extend(self.longest(scope, within[scope as usize]).map(|group| self.candidate(group, true)));
                }
            }
        }
        let mut long: Vec<_> = self.texts.iter().filter(|(_, amount)| amount.prose() > 0).collect();
        long.sort_by_key(|(i, amount)| (Reverse(amount.words), *i));
        for &&(i, _) in long.iter().take(MOST_LONG) {
            for scope in around(i) {
                if !seen.contains(&scope) {
                    seen.push(scope);
                    let found = self.longest(scope, within[scope as usize]).map(|group| self.candidate(group, false));
                    out.extend(found.filter(|candidate| candidate.holds_shown || candidate.is_article));
                }
            }
        }
        out
    }

    /// Returns, for each object or array, whether its texts have words enough for an article.
    fn enough(&self, within: &[(u32, u32)]) -> Vec<bool> {
        let mut before = vec![0; self.texts.len() + 1];
        for (i, (_, amount)) in self.texts.iter().enumerate() {
            before[i + 1] = before[i] + amount.words;
        }
        let words = |value: u32| before[self.texts.partition_point(|&(i, _)| i < value)];
        within.iter().map(|&(first, behind)| first < behind && words(behind) - words(first) >= self.fewest()).collect()
    }

    fn candidate(&self, group: Group, has_title: bool) -> Candidate {
        let holds_shown = !self.finder.shown.is_empty() && {
            let whole: String = group.values.iter().map(|&i| prose::shown(&self.text(i)) + " ").collect();
            self.finder.holds_shown(&whole)
        };
        let is_parted = group.values.len() > 1 || {
            let text = self.text(group.values[0]);
            prose::is_markup(&text) || prose::is_encoded_markup(&text) || text.contains('\n')
        };
        Candidate {
            place: self.place,
            state: 0,
            span: Span::default(),
            words: group.amount.prose(),
            holds_shown,
            has_title,
            is_article: self.is_schema() && self.state.containers[group.scope as usize].is_article,
            is_parted,
            values: group.values,
        }
    }

    /// Returns the strings within an object that stand under the same keys and are the most prose, if they are enough;
    /// `within` are the numbers of its first string and of the first behind it.
    fn longest(&self, scope: u32, (first, behind): (u32, u32)) -> Option<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_kind: FastMap<u64, usize> = FastMap::default();
        let from = self.texts.partition_point(|&(i, _)| i < first);
        for &(i, amount) in self.texts[from..].iter().take_while(|&&(i, _)| i < behind) {
            let Some(kind) = self.state.kind(&self.state.values[i as usize], scope) else { continue };
            let at = *by_kind.entry(kind).or_insert(groups.len());
            if at == groups.len() {
                groups.push(Group { scope, amount: Amount::default(), values: Vec::new() });
            }
            groups[at].amount += amount;
            groups[at].values.push(i);
        }
        let enough = groups.into_iter().filter(|group| group.amount.prose() >= self.fewest());
        // Of equals the first.
        enough.reduce(|best, group| if group.amount.words > best.amount.words { group } else { best })
    }
}
