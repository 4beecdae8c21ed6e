//! Tables of judged pages, for people.

use super::Set;
use super::facts::Agreement;
use super::judge::{Failure, GOOD, Judged};
use super::twins::Twins;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Languages with fewer pages than this get no line of their own.
const FEW: usize = 3;

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.fold((0.0, 0usize), |(sum, n), value| (sum + value, n + 1));
    (n > 0).then(|| sum / n as f64)
}

fn f1(page: &Judged) -> Option<f64> {
    page.score.map(|(_, _, f1)| f1)
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.4}"))
}

fn width(sets: &[Set]) -> usize {
    sets.iter().map(|set| set.name.len()).max().unwrap_or(0).max(8)
}

/// Precision, recall, F1 and snippets by set.
pub fn by_set(sets: &[Set]) -> String {
    let wide = width(sets);
    let mut out =
        format!("{:wide$} {:>6} {:>7} {:>7} {:>7} {:>7} {:>7}\n", "set", "pages", "P", "R", "F1", "with", "without");
    for set in sets {
        let pages = &set.pages;
        _ = writeln!(
            out,
            "{:wide$} {:>6} {:>7} {:>7} {:>7} {:>7} {:>7}",
            set.name,
            pages.len(),
            figure(mean(pages.iter().filter_map(|p| p.score.map(|s| s.0)))),
            figure(mean(pages.iter().filter_map(|p| p.score.map(|s| s.1)))),
            figure(mean(pages.iter().filter_map(f1))),
            figure(mean(pages.iter().filter_map(|p| p.with))),
            figure(mean(pages.iter().filter_map(|p| p.without))),
        );
    }
    out
}

/// Headline, byline, date and language: share that is equal to what is known, and word F1.
pub fn by_fact(sets: &[Set]) -> String {
    let wide = width(sets);
    let mut out = format!(
        "{:wide$} {:>9} {:>7} {:>7} {:>7} {:>7} {:>9}\n",
        "set", "headline", "F1", "byline", "F1", "date", "language"
    );
    for set in sets {
        let of = |get: fn(&Agreement) -> Option<f64>| mean(set.pages.iter().filter_map(|page| get(&page.facts)));
        let figures = [
            of(|facts| facts.headline.map(|h| h.0)),
            of(|facts| facts.headline.map(|h| h.1)),
            of(|facts| facts.byline.map(|b| b.0)),
            of(|facts| facts.byline.map(|b| b.1)),
            of(|facts| facts.date),
            of(|facts| facts.language),
        ];
        if figures.iter().all(Option::is_none) {
            continue;
        }
        let [headline, headline_f1, byline, byline_f1, date, language] = figures.map(figure);
        _ = writeln!(
            out,
            "{:wide$} {headline:>9} {headline_f1:>7} {byline:>7} {byline_f1:>7} {date:>7} {language:>9}",
            set.name
        );
    }
    out
}

/// F1 by language, for languages with three pages or more, and how far that is from the set's.
pub fn by_language(sets: &[Set]) -> String {
    let wide = width(sets);
    let mut out = format!("{:wide$} {:8} {:>6} {:>7} {:>8}\n", "set", "language", "pages", "F1", "to set");
    for set in sets {
        let Some(all) = mean(set.pages.iter().filter_map(f1)) else { continue };
        let mut languages: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for page in &set.pages {
            if let (Some(language), Some(f1)) = (&page.language, f1(page)) {
                languages.entry(language).or_default().push(f1);
            }
        }
        for (language, scores) in languages.iter().filter(|(_, scores)| scores.len() >= FEW) {
            let own = mean(scores.iter().copied()).unwrap_or(0.0);
            _ = writeln!(out, "{:wide$} {language:8} {:>6} {own:>7.4} {:>+8.4}", set.name, scores.len(), own - all);
        }
    }
    out
}

/// How many pages have no article, their body being empty, and of how many of them nothing is kept, which counts as F1 of 1.
pub fn by_nothing(sets: &[Set]) -> String {
    let wide = width(sets);
    let mut out = format!("{:wide$} {:>10} {:>12}\n", "set", "no article", "nothing kept");
    for set in sets {
        let kept: Vec<usize> = set.pages.iter().filter_map(|page| page.kept_of_nothing).collect();
        if !kept.is_empty() {
            let nothing = kept.iter().filter(|n| **n == 0).count();
            _ = writeln!(out, "{:wide$} {:>10} {nothing:>12}", set.name, kept.len());
        }
    }
    out
}

/// How many pages fail in which way, and how many words are lost or leaked on a page in the mean.
pub fn by_failure(sets: &[Set]) -> String {
    let wide = width(sets);
    let mut out =
        format!("Pages with F1 below {GOOD}, by what is most of it; in brackets words a page over the whole set\n");
    _ = write!(out, "{:wide$}", "set");
    for failure in Failure::ALL {
        _ = write!(out, " {:>16}", failure.name());
    }
    out.push('\n');
    for set in sets {
        _ = write!(out, "{:wide$}", set.name);
        for failure in Failure::ALL {
            let pages = set.pages.iter().filter(|page| page.failure == Some(failure)).count();
            let words: usize = set.pages.iter().filter_map(|page| page.words.get(failure.name())).sum();
            let cell = match words {
                0 => pages.to_string(),
                _ => format!("{pages} ({:.1})", words as f64 / set.pages.len() as f64),
            };
            _ = write!(out, " {cell:>16}");
        }
        out.push('\n');
    }
    out
}

/// The worst pages of each set: scores, what went wrong, which rules took body, and what decided the largest mistake.
pub fn worst(sets: &[Set], most: usize) -> String {
    let mut out = String::new();
    for set in sets {
        let mut pages: Vec<_> = set.pages.iter().filter_map(|page| page.score.map(|score| (score, page))).collect();
        pages.sort_by(|a, b| a.0.2.total_cmp(&b.0.2));
        for ((p, r, f1), page) in pages.into_iter().take(most).filter(|(score, _)| score.2 < 1.0) {
            _ = writeln!(
                out,
                "{f1:.3} P {p:.3} R {r:.3} {} {}: {}",
                set.name,
                page.id,
                page.failure.map_or("good", Failure::name)
            );
            let words = page.words.iter().map(|(kind, n)| format!("{kind} {n}"));
            let taken = page.taken.iter().map(|(rule, n)| format!("{rule} took {n} of body"));
            _ = writeln!(out, "      words: {}", words.chain(taken).collect::<Vec<_>>().join(", "));
            if let Some(reason) = &page.reason {
                _ = writeln!(out, "      largest mistake, {reason}");
            }
        }
    }
    out
}

/// How far the results from HTML and from flattened text agree, and the pages on which they agree least: one of the two
/// is wrong there.
pub fn twins(name: &str, twins: &[Twins], most: usize) -> String {
    let all = mean(twins.iter().map(|twins| twins.agreement));
    let mut out = format!("{name}: {} pages, agreement {}\n", twins.len(), figure(all));
    let mut least: Vec<&Twins> = twins.iter().collect();
    least.sort_by(|a, b| a.agreement.total_cmp(&b.agreement).then_with(|| a.id.cmp(&b.id)));
    for page in least.into_iter().take(most) {
        let Twins { id, agreement, from_html, from_text } = page;
        _ = writeln!(out, "{agreement:.3} {id}: {from_html} words from HTML, {from_text} from text");
    }
    out
}

/// A page as an earlier run saved it.
pub struct Saved {
    /// Set and id.
    pub key: (String, String),
    /// Its F1.
    pub f1: Option<f64>,
    /// Its text's hash.
    pub hash: String,
}

/// Compares with an earlier run page by page: how the means moved, and which pages moved most.
pub fn compare(sets: &[Set], earlier: &[Saved], most: usize) -> String {
    let earlier: BTreeMap<_, _> = earlier.iter().map(|saved| (saved.key.clone(), saved)).collect();
    let wide = width(sets);
    let mut out =
        format!("{:wide$} {:>6} {:>8} {:>7} {:>7} {:>8}\n", "set", "pages", "changed", "better", "worse", "F1");
    let mut moved = Vec::new();
    for set in sets {
        let (mut pages, mut changed, mut better, mut worse, mut sum, mut scored) = (0, 0, 0, 0, 0.0, 0usize);
        for page in &set.pages {
            let Some(saved) = earlier.get(&(set.name.clone(), page.id.clone())) else { continue };
            pages += 1;
            changed += usize::from(saved.hash != format!("{:016x}", page.hash));
            let (Some(now), Some(then)) = (f1(page), saved.f1) else { continue };
            scored += 1;
            sum += now - then;
            better += usize::from(now > then + 1e-9);
            worse += usize::from(now < then - 1e-9);
            if (now - then).abs() > 1e-9 {
                moved.push((now - then, now, set.name.as_str(), page));
            }
        }
        let change = sum / scored.max(1) as f64;
        _ = writeln!(out, "{:wide$} {pages:>6} {changed:>8} {better:>7} {worse:>7} {change:>+8.4}", set.name);
    }
    moved.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then_with(|| a.3.id.cmp(&b.3.id)));
    for (change, now, set, page) in moved.into_iter().take(most) {
        _ = writeln!(out, "{change:>+8.4} to {now:.4} {set} {}", page.id);
    }
    out
}

/// What a run without one rule comes to.
pub struct Without {
    /// The rule.
    pub rule: &'static str,
    /// For each set: how much F1 changes with the rule gone, and how many pages change.
    pub sets: Vec<(f64, usize)>,
}

/// Compares two runs over the same pages.
pub fn difference(with: &[Judged], without: &[Judged]) -> (f64, usize) {
    let f = |pages: &[Judged]| mean(pages.iter().filter_map(f1)).unwrap_or(0.0);
    let changed = with.iter().zip(without).filter(|(a, b)| a.hash != b.hash).count();
    (f(without) - f(with), changed)
}

/// The worth of each rule: how much F1 it adds to each set, and on how many pages it changes anything.
pub fn ablation(names: &[String], rules: &[Without]) -> String {
    let mut out = format!("{:24}", "rule");
    for name in names {
        _ = write!(out, " {:>22}", name);
    }
    out.push('\n');
    for rule in rules {
        _ = write!(out, "{:24}", rule.rule);
        for (change, pages) in &rule.sets {
            let cell = format!("{:+.4} ({pages})", if *change == 0.0 { 0.0 } else { -change });
            _ = write!(out, " {cell:>22}");
        }
        out.push('\n');
    }
    out
}
