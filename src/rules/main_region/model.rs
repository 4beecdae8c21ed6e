//! The weights of the scorer, one table for each kind of input.

use super::features::{FIRST, Group, SECOND, offsets};
use crate::document::Regime;
use once_cell::sync::Lazy;

/// Weights of both passes, and the score at which a block is as likely to be body as not.
pub(crate) struct Model {
    pub(crate) first: Vec<f32>,
    pub(crate) second: Vec<f32>,
    pub(crate) even: f32,
}

/// Share of the first pass in a score. Each pass errs where the other does not: over domains that weights were not fitted
/// to, any share from a quarter to a half is worth .002 to .01 on most sets, and costs none.
const FIRST_SHARE: f32 = 0.4;

/// Returns a block's score, before the score of even odds is taken off, from its scores in both passes.
pub(crate) fn blend(first: f32, second: f32) -> f32 {
    FIRST_SHARE * first + (1.0 - FIRST_SHARE) * second
}

static MARKUP: Lazy<Model> = Lazy::new(|| Model::parse(include_str!("../data/main_region.markup.tsv")));
static FULL: Lazy<Model> = Lazy::new(|| Model::parse(include_str!("../data/main_region.full.tsv")));
static RESIDUE: Lazy<Model> = Lazy::new(|| Model::parse(include_str!("../data/main_region.residue.tsv")));

/// Returns the weights for a kind of input.
pub(crate) fn of(regime: Regime) -> &'static Model {
    match regime {
        Regime::Markup => &MARKUP,
        Regime::Full => &FULL,
        Regime::Residue => &RESIDUE,
    }
}

impl Model {
    /// Reads a table: a line a group, `pass<TAB>group<TAB>weights parted by spaces`; groups that are absent weigh nothing.
    pub(crate) fn parse(table: &str) -> Model {
        let mut model = Model { first: vec![0.0; offsets(FIRST).1], second: vec![0.0; offsets(SECOND).1], even: 0.0 };
        let (first, second) = (offsets(FIRST).0, offsets(SECOND).0);
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(pass), Some(name), Some(weights)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let weights = weights.split(' ').map(|w| w.parse::<f32>().unwrap_or(0.0));
            match pass {
                "1" => fill(FIRST, &first, &mut model.first, name, weights),
                "2" => fill(SECOND, &second, &mut model.second, name, weights),
                _ => model.even = weights.fold(0.0, |_, weight| weight),
            }
        }
        model
    }

    /// Writes the table that [`Model::parse`] reads.
    #[cfg(feature = "fit")]
    pub(crate) fn table(&self) -> String {
        use std::fmt::Write;
        let mut out = String::new();
        _ = writeln!(out, "0\teven\t{:.3}", self.even);
        for (pass, groups, weights) in [("1", FIRST, &self.first), ("2", SECOND, &self.second)] {
            let (at, _) = offsets(groups);
            for (group, from) in groups.iter().zip(at) {
                let weights = &weights[from..from + group.bins.count()];
                if weights.iter().all(|w| w.abs() < 0.0005) {
                    continue;
                }
                let list: Vec<String> = weights
                    .iter()
                    .map(|w| format!("{w:.3}").trim_end_matches('0').trim_end_matches('.').to_owned())
                    .map(|w| if w == "-0" { "0".to_owned() } else { w })
                    .collect();
                _ = writeln!(out, "{pass}\t{}\t{}", group.name, list.join(" "));
            }
        }
        out
    }
}

fn fill(groups: &[Group], at: &[usize], out: &mut [f32], name: &str, weights: impl Iterator<Item = f32>) {
    if let Some(group) = groups.iter().position(|group| group.name == name) {
        out[at[group]..][..groups[group].bins.count()]
            .iter_mut()
            .zip(weights)
            .for_each(|(slot, weight)| *slot = weight);
    }
}
