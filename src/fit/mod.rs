//! Fits the scorer's weights to pages with gold text, and says what they are worth on pages of other domains.

mod train;

use crate::address;
use crate::document::{Document, Regime};
use crate::eval::words::{Words, f1};
use crate::eval::{self, Fields, Gold, align};
use crate::finding::{Action, Findings};
use crate::pipeline::Pipeline;
use crate::rules::main_region::choice::Choice;
use crate::rules::main_region::features::{FIRST, Rows, SECOND, first, offsets, second};
use crate::rules::main_region::model::{Model, blend};
use std::fmt::Write;
use std::path::Path;
use train::{Sample, train};

/// A page to learn from.
struct Known {
    set: usize,
    domain: String,
    body: Vec<u32>,
    gold: Gold,
}

/// One input file.
pub struct Input {
    /// Name in the table.
    pub name: String,
    /// JSON Lines, plain or zstd.
    pub path: String,
    /// How much its pages weigh.
    pub weight: f32,
}

/// A page being fitted.
struct Case<'a> {
    known: &'a Known,
    document: Document<'a>,
    findings: Findings,
    first: Rows,
    words: Vec<Vec<u32>>,
    /// How much of each block is body, where that is known.
    labels: Vec<Option<f32>>,
    fold: usize,
    weight: f32,
}

const FOLDS: usize = 5;

fn read(inputs: &[Input], words: &mut Words) -> std::io::Result<Vec<Known>> {
    let mut out = Vec::new();
    for (set, input) in inputs.iter().enumerate() {
        eval::read(Path::new(&input.path), &Fields::default(), |gold| {
            let is_article =
                gold.page_type.as_deref().is_none_or(|kind| matches!(kind, "article" | "synthetic" | "mixed"));
            let is_known = gold.body.is_some() || !gold.with.is_empty();
            if is_known && is_article && gold.coverage.is_none_or(|share| share >= 0.5) {
                let address = gold.url.as_deref().unwrap_or(&gold.id);
                let host = address::host(address.split_once("://").map_or(address, |(_, rest)| rest));
                let domain = address::site(host).to_owned();
                out.push(Known { set, domain, body: words.of(gold.body.as_deref().unwrap_or("")), gold });
            }
        })?;
    }
    Ok(out)
}

/// What fitting gives.
pub struct Fitted {
    /// The table of weights, as `src/rules/data` holds it.
    pub table: String,
    /// Scores and what rules take, for people.
    pub report: String,
}

/// Fits the weights for one kind of input.
///
/// Lists the `worst` pages, and the body text that `rule` takes. Pages whose `page_type` is given and is no article, and
/// those whose `cov` says that the body is not in the markup, are left out.
///
/// # Errors
///
/// A file that cannot be read.
pub fn fit(
    inputs: &[Input],
    regime: Regime,
    l2: f32,
    worst_pages: usize,
    rule: Option<&str>,
) -> std::io::Result<Fitted> {
    let mut words = Words::default();
    let pages = read(inputs, &mut words)?;
    let pipeline = Pipeline::builder().without("main-region").build().expect("built-in rules");
    let mut cases = Vec::new();
    for known in &pages {
        let (mut document, _) = pipeline.read(&known.gold.source, known.gold.format(), Document::empty());
        if regime != Regime::Markup {
            document.regime = regime;
        }
        let findings = pipeline.ask(&mut document);
        let first = first(&document, &findings);
        let block_words: Vec<Vec<u32>> = document.blocks.iter().map(|b| words.of(document.text(b))).collect();
        let labels = match known.gold.body {
            Some(_) => align::coverage(&block_words, &known.body).into_iter().map(Some).collect(),
            None => by_snippets(&document, &known.gold),
        };
        let fold = (eval::hash(&known.domain) >> 20) as usize % FOLDS;
        let weight = inputs[known.set].weight;
        cases.push(Case { known, document, findings, first, words: block_words, labels, fold, weight });
    }
    let mut report = String::new();
    let blocks: usize = cases.iter().map(|c| c.labels.len()).sum();
    _ = writeln!(report, "{} pages, {} blocks", cases.len(), blocks);

    rules(&mut report, &pipeline, inputs, &cases, rule);
    let firsts: Vec<&Rows> = cases.iter().map(|c| &c.first).collect();
    let first_bins = offsets(FIRST).1;
    let (folds, _) = fit_folds(&cases, &firsts, first_bins, l2);
    let doubtful = doubt(&mut cases, &folds);
    _ = writeln!(report, "{} pages are not learnt from: their gold is too far from what the others teach", doubtful);
    let firsts: Vec<&Rows> = cases.iter().map(|c| &c.first).collect();
    let (folds, all) = fit_folds(&cases, &firsts, first_bins, l2);
    let out_of_fold: Vec<Vec<f32>> =
        cases.iter().map(|c| (0..c.labels.len()).map(|i| sum(&folds[c.fold], c.first.row(i))).collect()).collect();
    let seconds: Vec<Rows> =
        cases.iter().zip(&out_of_fold).map(|(c, scores)| second(&c.document, &c.findings, scores)).collect();
    let second_rows: Vec<&Rows> = seconds.iter().collect();
    let second_bins = offsets(SECOND).1;
    let (folds2, all2) = fit_folds(&cases, &second_rows, second_bins, l2);
    let scores2: Vec<Vec<f32>> = cases
        .iter()
        .zip(seconds.iter().zip(&out_of_fold))
        .map(|(c, (rows, first))| {
            (0..c.labels.len()).map(|i| blend(first[i], sum(&folds2[c.fold], rows.row(i)))).collect()
        })
        .collect();

    let perfect: Vec<Vec<f32>> =
        cases.iter().map(|c| c.labels.iter().map(|l| (l.unwrap_or(0.0) - 0.5) * SURE).collect()).collect();
    table(&mut report, "perfect labels", inputs, &cases, &perfect, 0.0);
    table(&mut report, "first pass, cross-validated", inputs, &cases, &out_of_fold, 0.0);
    let even_of = |step: i32| step as f32 * 0.1;
    let values: Vec<f64> = (-20..=20).map(|step| mean(inputs, &cases, &scores2, even_of(step))).collect();
    // The best is the middle of good ones: one alone is the luck of a page or two.
    let mut best = (0.0, 0.0);
    for (window, step) in values.windows(2 * SMOOTH + 1).zip(SMOOTH as i32 - 20..) {
        let value = window.iter().sum::<f64>() / window.len() as f64;
        if value > best.0 {
            best = (value, even_of(step));
        }
    }
    table(&mut report, "both passes, cross-validated, even odds at 0", inputs, &cases, &scores2, 0.0);
    table(
        &mut report,
        &format!("both passes, cross-validated, even odds at {:.1}", best.1),
        inputs,
        &cases,
        &scores2,
        best.1,
    );
    let model = Model { first: all, second: all2, even: best.1 };
    let plain: Vec<Vec<f32>> = cases
        .iter()
        .map(|c| {
            let scores: Vec<f32> = (0..c.labels.len()).map(|i| sum(&model.first, c.first.row(i))).collect();
            let rows = second(&c.document, &c.findings, &scores);
            (0..c.labels.len()).map(|i| blend(scores[i], sum(&model.second, rows.row(i)))).collect()
        })
        .collect();
    table(&mut report, "both passes, all pages", inputs, &cases, &plain, best.1);
    worst(&mut report, inputs, &cases, &scores2, best.1, worst_pages);
    Ok(Fitted { table: model.table(), report })
}

/// Makes scores that leave no doubt of labels.
const SURE: f32 = 20.0;

/// Scores on each side of one that is judged as that of even odds, in tenths.
const SMOOTH: usize = 4;

/// A page on which weights fitted to other domains do worse than this has wrong gold more often than not: of the twelve
/// worst news pages, read by hand, the gold of eleven stopped in the middle of the article.
const DOUBTFUL: f64 = 0.6;

/// Takes the weight from pages whose gold is doubtful, and returns how many these are. They still count in the scores.
fn doubt(cases: &mut [Case], folds: &[Vec<f32>]) -> usize {
    let mut count = 0;
    for case in cases.iter_mut().filter(|case| !case.known.body.is_empty()) {
        let scores: Vec<f32> = (0..case.labels.len()).map(|i| sum(&folds[case.fold], case.first.row(i))).collect();
        if score(case, &scores, 0.0).2 < DOUBTFUL {
            case.weight = 0.0;
            count += 1;
        }
    }
    count
}

/// Returns what snippets say of the blocks: body if one that must be kept is in it, none if one that must not be.
fn by_snippets(document: &Document, gold: &Gold) -> Vec<Option<f32>> {
    let [with, without] =
        [&gold.with, &gold.without].map(|list| list.iter().map(|snippet| eval::fold(snippet)).collect::<Vec<_>>());
    let label = |i| {
        let text = eval::fold(document.text_at(i));
        let holds = |snippets: &[String]| snippets.iter().any(|snippet| text.contains(snippet.as_str()));
        match (holds(&with), holds(&without)) {
            (true, false) => Some(1.0),
            (false, true) => Some(0.0),
            _ => None,
        }
    };
    (0..document.blocks.len()).map(label).collect()
}

/// Words of body that a page counts for of which only snippets are known.
const UNKNOWN_LENGTH: f32 = 400.0;

fn sum(weights: &[f32], row: &[u16]) -> f32 {
    row.iter().map(|&bin| weights[bin as usize]).sum()
}

/// Returns the weights without each fold, and with all.
fn fit_folds(cases: &[Case], rows: &[&Rows], bins: usize, l2: f32) -> (Vec<Vec<f32>>, Vec<f32>) {
    let one = |without: Option<usize>| {
        let mut samples = Vec::new();
        for (case, rows) in cases.iter().zip(rows).filter(|(c, _)| Some(c.fold) != without && c.weight > 0.0) {
            let length = if case.known.body.is_empty() { UNKNOWN_LENGTH } else { case.known.body.len() as f32 };
            let norm = length.max(80.0);
            let open = || {
                let labelled = case.labels.iter().enumerate().filter_map(|(i, label)| label.map(|label| (i, label)));
                labelled.filter(|&(i, _)| case.findings.is_open(i))
            };
            let negative: f32 =
                open().map(|(i, label)| (1.0 - label) * (case.words[i].len() as f32 + 0.5) / norm).sum();
            let damp = (2.0 / negative.max(0.001)).min(1.0);
            for (i, label) in open() {
                let label = if label >= 0.5 { 1.0 } else { 0.0 };
                let size = (case.words[i].len() as f32 + 0.5) / norm * 100.0;
                let weight = size * case.weight * if label > 0.0 { 1.0 } else { damp };
                samples.push(Sample { row: rows.row(i), label, weight: weight.min(20.0) });
            }
        }
        train(&samples, bins, l2)
    };
    std::thread::scope(|scope| {
        let half = scope.spawn(|| (one(Some(0)), one(Some(1)), one(Some(2))));
        let other = (one(Some(3)), one(Some(4)), one(None));
        let half = half.join().expect("training does not panic");
        (vec![half.0, half.1, half.2, other.0, other.1], other.2)
    })
}

fn score(case: &Case, scores: &[f32], even: f32) -> (f64, f64, f64) {
    let scores: Vec<f32> = scores.iter().map(|score| score - even).collect();
    let (document, findings) = (&case.document, &case.findings);
    let choice = Choice::new(document, findings, &scores, f32::MAX);
    let kept = (0..scores.len()).filter(|&i| choice.is_body(i));
    if case.known.gold.body.is_none() {
        let text = kept.map(|i| case.document.text_at(i)).collect::<Vec<_>>().join(" ");
        let judged = eval::judge_text(&case.known.gold, &text);
        let (p, r) = (1.0 - judged.without.unwrap_or(0.0), judged.with.unwrap_or(1.0));
        return (p, r, 2.0 * p * r / (p + r).max(f64::EPSILON));
    }
    let pred: Vec<u32> = kept.flat_map(|i| case.words[i].iter().copied()).collect();
    f1(&pred, &case.known.body)
}

/// Pages that a set needs to have a say in where even odds are: of fewer, one would decide.
const LEAST_PAGES: usize = 30;

/// Mean over the sets, each by its weight however many pages it has.
fn mean(inputs: &[Input], cases: &[Case], scores: &[Vec<f32>], even: f32) -> f64 {
    let mut sets = vec![(0.0, 0usize); inputs.len()];
    for (case, scores) in cases.iter().zip(scores) {
        let (sum, count) = &mut sets[case.known.set];
        *sum += score(case, scores, even).2;
        *count += 1;
    }
    let large = || sets.iter().zip(inputs).filter(|((_, count), _)| *count >= LEAST_PAGES);
    let weights: f64 = large().map(|(_, input)| f64::from(input.weight)).sum();
    large().map(|((sum, count), input)| f64::from(input.weight) * sum / *count as f64).sum::<f64>() / weights
}

fn table(out: &mut String, title: &str, inputs: &[Input], cases: &[Case], scores: &[Vec<f32>], even: f32) {
    _ = writeln!(out, "{title}");
    for (set, input) in inputs.iter().enumerate() {
        let results: Vec<_> =
            cases.iter().zip(scores).filter(|(c, _)| c.known.set == set).map(|(c, s)| score(c, s, even)).collect();
        let n = results.len().max(1) as f64;
        let (p, r, f) = results.iter().fold((0.0, 0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
        _ = writeln!(out, "  {:28} {:4}  P {:.4}  R {:.4}  F1 {:.4}", input.name, results.len(), p / n, r / n, f / n);
    }
}

/// Says how many words of body and of boilerplate each rule takes before the scorer speaks.
fn rules(out: &mut String, pipeline: &Pipeline, inputs: &[Input], cases: &[Case], verbose: Option<&str>) {
    let names: Vec<_> = pipeline.rules().map(|meta| meta.name).collect();
    let mut counts = vec![[0u32; 4]; names.len()];
    for case in cases {
        let mut seen = vec![false; case.labels.len()];
        for finding in &case.findings.list {
            for i in case.document.blocks_in(finding.span) {
                if std::mem::replace(&mut seen[i], true) {
                    continue;
                }
                let Some(label) = case.labels[i] else { continue };
                let is_body = label >= 0.5;
                let at = usize::from(!is_body) + if finding.action == Action::Keep { 2 } else { 0 };
                counts[finding.rule as usize][at] += case.words[i].len() as u32;
                if verbose == Some(names[finding.rule as usize]) && at != 1 && at != 2 {
                    let text: String = case.document.text_at(i).chars().take(160).collect();
                    _ = writeln!(
                        out,
                        "{} {} {} | {text}",
                        inputs[case.known.set].name, case.known.gold.id, finding.reason
                    );
                }
            }
        }
    }
    _ = writeln!(
        out,
        "{:24} {:>10} {:>12} {:>10} {:>12}",
        "rule", "takes body", "boilerplate", "keeps body", "boilerplate"
    );
    for (name, [body, other, kept, wrong]) in names.iter().zip(counts) {
        _ = writeln!(out, "{name:24} {body:10} {other:12} {kept:10} {wrong:12}");
    }
}

fn worst(out: &mut String, inputs: &[Input], cases: &[Case], scores: &[Vec<f32>], even: f32, most: usize) {
    let mut list: Vec<_> = cases.iter().zip(scores).map(|(c, s)| (score(c, s, even), c)).collect();
    list.sort_by(|a, b| a.0.2.total_cmp(&b.0.2));
    for ((p, r, f), case) in list.iter().take(most) {
        _ = writeln!(out, "{f:.3} P {p:.3} R {r:.3} {} {}", inputs[case.known.set].name, case.known.gold.id);
    }
}
