//! What became of the records of a dump, counted.

use super::failure::{Cause, Failure};
use super::record::Repair;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt;

/// What became of the records.
///
/// ```
/// use bodycopy::dump::Summary;
///
/// let mut summary = Summary::default();
/// summary.records = 2;
/// let mut other = summary.clone();
/// other.failed.insert("io".into(), 2);
/// summary.add(&other);
/// assert_eq!((summary.records, summary.failures()), (4, 2));
/// assert_eq!(Summary::from_json(&summary.json()), summary);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Records read: those cleaned, skipped and failed add up to them.
    pub records: u64,
    /// Records cleaned and written.
    pub cleaned: u64,
    /// Cleaned records of which only a part was read, because a limit was reached.
    pub partial: u64,
    /// Cleaned records that had to be mended, by what was [mended](Repair::name).
    pub repaired: BTreeMap<String, u64>,
    /// Cleaned records of which the crawler stored only a part, by the [reason](super::Record::truncated); those that are none
    /// of the standard's count as `other`.
    pub truncated: BTreeMap<String, u64>,
    /// Records that are no pages, or that the filter leaves out, by [kind](super::Reader::skipped).
    pub skipped: BTreeMap<String, u64>,
    /// Records that failed, by [cause](Cause::name), those among them that damage of the input took along.
    pub failed: BTreeMap<String, u64>,
    /// Places where an input is damaged without the loss of a record that is known of, by [cause](Cause::name).
    pub damaged: BTreeMap<String, u64>,
    /// Files of folders that are neither pages nor dumps, by [ending](super::Reader::passed_over). They are no records.
    pub passed_over: BTreeMap<String, u64>,
    /// Bytes of the cleaned texts.
    pub kept_bytes: u64,
    /// Bytes of the text that was removed.
    pub removed_bytes: u64,
    /// By rule, the removals and their bytes.
    pub rules: BTreeMap<String, Removed>,
}

/// What a rule removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// How many stretches of text.
    pub times: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Summary {
    /// Returns the number of failures, of records and of inputs.
    pub fn failures(&self) -> u64 {
        self.failed.values().chain(self.damaged.values()).fold(0, |sum, &n| sum.saturating_add(n))
    }

    /// Adds what became of the records of another input.
    pub fn add(&mut self, other: &Summary) {
        for (into, from) in [
            (&mut self.records, other.records),
            (&mut self.cleaned, other.cleaned),
            (&mut self.partial, other.partial),
            (&mut self.kept_bytes, other.kept_bytes),
            (&mut self.removed_bytes, other.removed_bytes),
        ] {
            // A manifest may say anything.
            *into = into.saturating_add(from);
        }
        for (into, from) in [
            (&mut self.repaired, &other.repaired),
            (&mut self.truncated, &other.truncated),
            (&mut self.skipped, &other.skipped),
            (&mut self.failed, &other.failed),
            (&mut self.damaged, &other.damaged),
            (&mut self.passed_over, &other.passed_over),
        ] {
            add_counts(into, from);
        }
        for (name, removed) in &other.rules {
            let rule = entry(&mut self.rules, name);
            rule.times = rule.times.saturating_add(removed.times);
            rule.bytes = rule.bytes.saturating_add(removed.bytes);
        }
    }

    pub(super) fn count_repair(&mut self, repair: Repair) {
        *entry(&mut self.repaired, repair.name()) += 1;
    }

    pub(super) fn count_truncated(&mut self, reason: &str) {
        // A dump may make up a reason for each record, and a summary stays small.
        let is_known = ["length", "time", "disconnect", "unspecified"].contains(&reason);
        *entry(&mut self.truncated, if is_known { reason } else { "other" }) += 1;
    }

    pub(super) fn count_skipped(&mut self, kind: &str) {
        self.records += 1;
        *entry(&mut self.skipped, kind) += 1;
    }

    pub(super) fn count_failure(&mut self, failure: &Failure) {
        // A wrong length is damage of a record that is cleaned all the same.
        let is_mended = matches!(failure.cause, Cause::Length { .. });
        let is_record = failure.place.record.is_some() && !is_mended;
        self.records += u64::from(is_record);
        let counts = if is_record || !failure.is_damage() { &mut self.failed } else { &mut self.damaged };
        *entry(counts, failure.cause.name()) += 1;
    }

    pub(super) fn count_removal(&mut self, rule: &str, bytes: u64) {
        self.removed_bytes += bytes;
        let rule = entry(&mut self.rules, rule);
        rule.times += 1;
        rule.bytes += bytes;
    }

    /// Returns the counts as a JSON object.
    pub fn json(&self) -> Value {
        let rules: Map<_, _> =
            self.rules.iter().map(|(name, r)| (name.clone(), json!({ "times": r.times, "bytes": r.bytes }))).collect();
        json!({
            "records": self.records,
            "cleaned": self.cleaned,
            "partial": self.partial,
            "repaired": self.repaired,
            "truncated": self.truncated,
            "skipped": self.skipped,
            "failed": self.failed,
            "damaged": self.damaged,
            "passed_over": self.passed_over,
            "kept_bytes": self.kept_bytes,
            "removed_bytes": self.removed_bytes,
            "rules": rules,
        })
    }

    /// Reads what [`json`](Self::json) wrote; what is missing counts as nothing.
    pub fn from_json(value: &Value) -> Self {
        let number = |name: &str| value[name].as_u64().unwrap_or_default();
        let counts = |name: &str| {
            let object = value[name].as_object().into_iter().flatten();
            object.filter_map(|(name, n)| Some((name.clone(), n.as_u64()?))).collect()
        };
        let rules = value["rules"].as_object().into_iter().flatten();
        let rules = rules.map(|(name, rule)| {
            let number = |field: &str| rule[field].as_u64().unwrap_or_default();
            (name.clone(), Removed { times: number("times"), bytes: number("bytes") })
        });
        Self {
            records: number("records"),
            cleaned: number("cleaned"),
            partial: number("partial"),
            repaired: counts("repaired"),
            truncated: counts("truncated"),
            skipped: counts("skipped"),
            failed: counts("failed"),
            damaged: counts("damaged"),
            passed_over: counts("passed_over"),
            kept_bytes: number("kept_bytes"),
            removed_bytes: number("removed_bytes"),
            rules: rules.collect(),
        }
    }
}

/// Returns the count under a name.
/// Adds counts to others.
pub(super) fn add_counts(into: &mut BTreeMap<String, u64>, from: &BTreeMap<String, u64>) {
    for (name, &n) in from {
        let count = entry(into, name);
        *count = count.saturating_add(n);
    }
}

fn entry<'m, V: Default>(map: &'m mut BTreeMap<String, V>, name: &str) -> &'m mut V {
    // Asked twice, so that a name that is there is not copied.
    if !map.contains_key(name) {
        map.insert(name.to_owned(), V::default());
    }
    map.get_mut(name).expect("it was put in")
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = |counts: &BTreeMap<String, u64>| counts.values().sum::<u64>();
        let list = |counts: &BTreeMap<String, u64>| {
            let counts: Vec<_> = counts.iter().map(|(name, n)| format!("{name} {n}")).collect();
            counts.join(", ")
        };
        let s = |n: u64| if n == 1 { "" } else { "s" };
        write!(f, "{} record{}: {} cleaned", self.records, s(self.records), self.cleaned)?;
        if !self.repaired.is_empty() {
            write!(f, ", {} of them repaired ({})", total(&self.repaired), list(&self.repaired))?;
        }
        if !self.truncated.is_empty() {
            write!(f, ", {} of them truncated by the crawler ({})", total(&self.truncated), list(&self.truncated))?;
        }
        if self.partial > 0 {
            write!(f, ", {} of them read in part", self.partial)?;
        }
        if !self.skipped.is_empty() {
            write!(f, ", {} skipped ({})", total(&self.skipped), list(&self.skipped))?;
        }
        match self.failed.is_empty() {
            true => f.write_str(", none failed")?,
            false => write!(f, ", {} failed ({})", total(&self.failed), list(&self.failed))?,
        }
        match total(&self.damaged) {
            0 => {}
            n => write!(f, "; input damaged in {n} place{} ({})", s(n), list(&self.damaged))?,
        }
        match total(&self.passed_over) {
            0 => Ok(()),
            n => write!(f, "; {n} file{} passed over ({})", s(n), list(&self.passed_over)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_and_survives_json() {
        let mut a = Summary { cleaned: 2, kept_bytes: 5, ..Summary::default() };
        a.count_skipped("request");
        a.count_removal("share-bar", 7);
        a.count_repair(Repair::Utf8);
        a.count_truncated("length");
        a.count_truncated("whim");
        let mut b = a.clone();
        b.add(&a);
        assert_eq!(b.skipped["request"], 2);
        assert_eq!((b.truncated["length"], b.truncated["other"]), (2, 2));
        assert_eq!(b.rules["share-bar"], Removed { times: 2, bytes: 14 });
        assert_eq!(Summary::from_json(&b.json()), b);
    }
}
