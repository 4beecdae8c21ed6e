//! Errors of building a pipeline; cleaning has none.

use std::fmt;

/// Why a pipeline could not be built.
///
/// ```
/// use bodycopy::Pipeline;
///
/// let error = Pipeline::builder().without("sharebar").build().err().expect("no rule has this name");
/// assert_eq!(error.to_string(), "no rule is called `sharebar`; near it: `share-bar`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    message: String,
}

impl BuildError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }

    /// Says that a name is not known, and lists the known ones that are near it.
    pub(crate) fn unknown<'n>(kind: &str, name: &str, known: impl Iterator<Item = &'n str>) -> Self {
        let mut near: Vec<(usize, &str)> = known
            .map(|k| (distance(name, k), k))
            .filter(|&(d, k)| d <= 3 || k.contains(name) || name.contains(k))
            .collect();
        near.sort();
        near.truncate(5);
        let names: Vec<_> = near.iter().map(|(_, k)| format!("`{k}`")).collect();
        match names.is_empty() {
            true => Self::new(format!("no {kind} is called `{name}`")),
            false => Self::new(format!("no {kind} is called `{name}`; near it: {}", names.join(", "))),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for BuildError {}

/// Edit distance (Levenshtein) of two names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let substitute = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = substitute.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_listed() {
        let error = BuildError::unknown("rule", "sharebar", ["share-bar", "byline", "read-time"].into_iter());
        assert_eq!(error.to_string(), "no rule is called `sharebar`; near it: `share-bar`");
        assert_eq!(
            BuildError::unknown("rule", "zzzzzz", ["byline"].into_iter()).to_string(),
            "no rule is called `zzzzzz`"
        );
    }
}
