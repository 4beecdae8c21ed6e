//! What became of a dump, as a table.

use super::tell;
use bodycopy::dump::Summary;
use std::io::{self, Write};

/// Rules that the table names.
const RULES: usize = 10;

/// Tells a summary on standard error.
pub(super) fn tell_all(summary: &Summary) {
    tell(summary);
    _ = io::stderr().write_all(table(summary).as_bytes());
}

/// Returns kept and removed bytes, and the rules that removed most.
pub(super) fn table(summary: &Summary) -> String {
    let all = summary.kept_bytes + summary.removed_bytes;
    if all == 0 {
        return String::new();
    }
    let share = |n: u64| format!("{:>3} %", (n * 100 + all / 2) / all);
    let mut out = format!("  kept     {:>9}  {} of the text\n", bytes(summary.kept_bytes), share(summary.kept_bytes));
    out += &format!("  removed  {:>9}  {}\n", bytes(summary.removed_bytes), share(summary.removed_bytes));
    let mut rules: Vec<_> = summary.rules.iter().collect();
    rules.sort_by_key(|(name, removed)| (std::cmp::Reverse(removed.bytes), name.as_str()));
    let width = rules.iter().take(RULES).map(|(name, _)| name.len()).max().unwrap_or_default();
    for (name, removed) in rules.iter().take(RULES) {
        let (times, bytes) = (removed.times, bytes(removed.bytes));
        let s = plural(times);
        out += &format!("    {name:width$}  {bytes:>9}  {}  {times} time{s}\n", share(removed.bytes));
    }
    if rules.len() > RULES {
        out += &format!("    and {} rules more\n", rules.len() - RULES);
    }
    out
}

/// Returns what a noun ends in behind a number.
pub(super) fn plural(n: u64) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// Writes a number of bytes with a unit of powers of 1,000.
pub(super) fn bytes(n: u64) -> String {
    let mut value = n as f64;
    let mut units = ["B", "kB", "MB", "GB", "TB"].iter();
    let mut unit = units.next().unwrap_or(&"");
    for next in units {
        if value < 999.95 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    if *unit == "B" { format!("{n} B") } else { format!("{value:.1} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_units() {
        assert_eq!([bytes(0), bytes(999), bytes(1000), bytes(999_960)], ["0 B", "999 B", "1.0 kB", "1.0 MB"]);
        assert_eq!(bytes(3_210_000_000_000_000), "3210.0 TB");
    }
}
