//! `bodycopy diff`: what another version of the rules, or other settings, changed.

use super::outputs::{self, Block, Output, Removal};
use super::show::{clip, printable};
use super::summary::{bytes, plural};
use super::{Ended, Stop};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Shows what changed between two outputs of the same dump, by rule, with examples.
///
/// Both are folders, or both files, that `dump` wrote. For the rules behind each change both must have been written with
/// --blocks and --removals; without, only the text is compared. Exits with 1 when anything changed.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Names the folder or file to compare with.
    #[arg(value_name = "OUT_A")]
    a: PathBuf,
    /// Names the folder or file that may be better.
    #[arg(value_name = "OUT_B")]
    b: PathBuf,
    /// Sets how many examples are shown for each rule.
    #[arg(long, value_name = "N", default_value = "3")]
    examples: usize,
}

/// What changed for one rule.
#[derive(Default)]
struct Change {
    /// Blocks, their bytes, and some of them with their records.
    blocks: u64,
    bytes: u64,
    examples: Vec<(String, String)>,
}

#[derive(Default)]
struct Diff {
    compared: u64,
    changed: u64,
    only_a: u64,
    only_b: u64,
    rules: [String; 2],
    /// By rule: what B removes and A keeps, what A removes and B keeps.
    gone: BTreeMap<String, Change>,
    back: BTreeMap<String, Change>,
}

pub(super) fn run(args: &Args) -> Result<Ended, Stop> {
    let mut diff = Diff::default();
    for (a, b) in pairs(&args.a, &args.b).map_err(Stop::Error)? {
        diff.files(&a, &b, args.examples).map_err(Stop::Error)?;
    }
    io::stdout().write_all(diff.shown().as_bytes()).map_err(Stop::stdout)?;
    let is_same = diff.changed + diff.only_a + diff.only_b == 0;
    Ok(if is_same { Ended::Well } else { Ended::WithFailures })
}

/// Pairs the outputs of two folders by name without ending, or two files.
fn pairs(a: &Path, b: &Path) -> Result<Vec<(PathBuf, PathBuf)>, String> {
    if !a.is_dir() && !b.is_dir() {
        return Ok(vec![(a.to_owned(), b.to_owned())]);
    }
    if let Some(file) = [a, b].into_iter().find(|path| !path.is_dir()) {
        return Err(format!("{} is no folder and the other is; compare two folders or two files", file.display()));
    }
    let names = |folder: &Path| -> Result<BTreeMap<String, PathBuf>, String> {
        let outputs = bodycopy::dump::outputs_of(folder);
        let outputs = outputs.map_err(|error| outputs::unreadable(folder, &error))?;
        let endings = [".jsonl.zst", ".jsonl.gz", ".jsonl", ".parquet"];
        let stem = |name: &str| endings.iter().find_map(|e| name.strip_suffix(e)).unwrap_or(name).to_owned();
        Ok(outputs.into_iter().map(|name| (stem(&name), folder.join(name))).collect())
    };
    let (a, mut b) = (names(a)?, names(b)?);
    let paired = a.into_iter().map(|(name, a)| match b.remove(&name) {
        Some(b) => Ok((a, b)),
        None => Err(format!("{} has no counterpart", a.display())),
    });
    let paired = paired.collect::<Result<Vec<_>, _>>()?;
    match b.into_values().next() {
        Some(alone) => Err(format!("{} has no counterpart", alone.display())),
        None => Ok(paired),
    }
}

impl Diff {
    fn files(&mut self, a: &Path, b: &Path, examples: usize) -> Result<(), String> {
        let (mut a, mut b) = (outputs::open(a)?, outputs::open(b)?);
        // Records that one has and the other has not reached, or has not: a record may fail in one only.
        let (mut waiting_a, mut waiting_b) = (HashMap::new(), HashMap::new());
        let mut unnamed = [0_u64; 2];
        loop {
            let next_a = a.next().transpose()?;
            let next_b = b.next().transpose()?;
            if next_a.is_none() && next_b.is_none() {
                break;
            }
            for (side, record) in [(0, next_a), (1, next_b)] {
                let Some(mut record) = record else { continue };
                if record.key.is_empty() {
                    unnamed[side] += 1;
                    record.key = format!("record {}", unnamed[side]);
                }
                let (own, other) =
                    if side == 0 { (&mut waiting_a, &mut waiting_b) } else { (&mut waiting_b, &mut waiting_a) };
                match other.remove(&record.key) {
                    Some(found) if side == 0 => self.records(&record, &found, examples),
                    Some(found) => self.records(&found, &record, examples),
                    None => _ = own.insert(record.key.clone(), record),
                }
            }
        }
        self.only_a += waiting_a.len() as u64;
        self.only_b += waiting_b.len() as u64;
        Ok(())
    }

    fn records(&mut self, a: &Output, b: &Output, examples: usize) {
        self.compared += 1;
        for (version, record) in self.rules.iter_mut().zip([a, b]) {
            version.clone_from(&record.rules);
        }
        if a.text == b.text {
            return;
        }
        self.changed += 1;
        for (kept, other, changes) in [(a, b, &mut self.gone), (b, a, &mut self.back)] {
            for text in lacking(&kept.text, &other.text) {
                let rule = rule_behind(text, kept.blocks.as_deref(), other.removals.as_deref());
                let change = changes.entry(rule).or_default();
                change.blocks += 1;
                change.bytes += text.len() as u64;
                if change.examples.len() < examples {
                    change.examples.push((kept.key.clone(), text.to_owned()));
                }
            }
        }
    }

    fn shown(&self) -> String {
        let mut out = String::new();
        let [a, b] = &self.rules;
        _ = writeln!(out, "{} records compared, rules {a} and {b}: {} changed", self.compared, self.changed);
        if self.only_a + self.only_b > 0 {
            _ = writeln!(out, "{} only in the first, {} only in the second", self.only_a, self.only_b);
        }
        for (mark, verb, changes) in [('-', "removed now", &self.gone), ('+', "kept now", &self.back)] {
            let mut changes: Vec<_> = changes.iter().collect();
            changes.sort_by_key(|(rule, change)| (std::cmp::Reverse(change.bytes), rule.as_str()));
            for (rule, change) in changes {
                let s = plural(change.blocks);
                _ = writeln!(out, "\n{mark} {rule}: {} block{s} {verb}, {}", change.blocks, bytes(change.bytes));
                for (id, text) in &change.examples {
                    _ = writeln!(out, "    {}: {}", printable(id), clip(&printable(&text.replace('\n', " ")), 100));
                }
            }
        }
        out
    }
}

/// Returns the blocks of a text that another lacks, as often as it lacks them.
fn lacking<'t>(text: &'t str, other: &str) -> Vec<&'t str> {
    let mut there: HashMap<&str, u32> = HashMap::new();
    other.split("\n\n").for_each(|block| *there.entry(block).or_default() += 1);
    let mut lacking = Vec::new();
    for block in text.split("\n\n").filter(|block| !block.is_empty()) {
        match there.get_mut(block).filter(|n| **n > 0) {
            Some(n) => *n -= 1,
            None => lacking.push(block),
        }
    }
    lacking
}

/// Names the rule that removed a block on the other side: the one whose removals cover most of it.
fn rule_behind(text: &str, blocks: Option<&[Block]>, removals: Option<&[Removal]>) -> String {
    let (Some(blocks), Some(removals)) = (blocks, removals) else {
        return "unknown rule (write both with --blocks and --removals)".into();
    };
    let mut covered: BTreeMap<&str, u64> = BTreeMap::new();
    let spans = blocks.iter().filter(|block| block.text == text || block.text.contains(text)).flat_map(|b| &b.spans);
    for &(start, end) in spans {
        for removal in removals {
            let overlap = end.min(removal.span.1).saturating_sub(start.max(removal.span.0));
            *covered.entry(&removal.rule).or_default() += overlap;
        }
    }
    let most = covered.into_iter().filter(|(_, n)| *n > 0).max_by_key(|(_, n)| *n);
    most.map_or_else(|| "joined or split otherwise".into(), |(rule, _)| rule.to_owned())
}
