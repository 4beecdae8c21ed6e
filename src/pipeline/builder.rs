//! Choosing rules, parts and limits of a pipeline.

use super::{Pipeline, Reader};
use crate::error::BuildError;
use crate::limits::Limits;
use crate::phrases::Phrases;
use crate::role::Part;
use crate::rule::Rule;
use crate::rules;
use crate::selectors::Selectors;

/// Settings of a pipeline to be built.
///
/// ```
/// use bodycopy::{Part, Pipeline};
///
/// let pipeline = Pipeline::builder()
///     .without("author-bio")
///     .parts([Part::Headline, Part::Deck, Part::Body])
///     .explain(true)
///     .build()?;
/// assert!(pipeline.rules().all(|rule| rule.name != "author-bio"));
/// # Ok::<(), bodycopy::BuildError>(())
/// ```
#[must_use]
pub struct PipelineBuilder {
    own: Vec<Box<dyn Rule>>,
    without: Vec<String>,
    only: Option<Vec<String>>,
    parts: u8,
    limits: Limits,
    reader: Reader,
    explain: bool,
    mend: bool,
}

impl PipelineBuilder {
    pub(super) fn new() -> Self {
        Self {
            own: Vec::new(),
            without: Vec::new(),
            only: None,
            parts: Part::Body.bit(),
            limits: Limits::default(),
            reader: Reader::Fast,
            explain: false,
            mend: true,
        }
    }

    /// Leaves out the built-in rule of this name.
    pub fn without(mut self, name: impl Into<String>) -> Self {
        self.without.push(name.into());
        self
    }

    /// Uses only the built-in rules of these names.
    pub fn only<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.only.get_or_insert_default().extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds a rule of your own, which speaks before the built-in ones.
    pub fn rule(mut self, rule: impl Rule + 'static) -> Self {
        self.own.push(Box::new(rule));
        self
    }

    /// Sets the parts of the article that the result holds, in page order whatever the order named. The default is the
    /// body alone.
    pub fn parts(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.parts = parts.into_iter().fold(0, |bits, part| bits | part.bit());
        self
    }

    /// Sets how much of a page is read at the most.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets which HTML reader is used. The default is [`Reader::Fast`].
    pub fn reader(mut self, reader: Reader) -> Self {
        self.reader = reader;
        self
    }

    /// Spells out in reasons what decided a score, and gives kept blocks a reason too. Costs time; changes no text.
    pub fn explain(mut self, on: bool) -> Self {
        self.explain = on;
        self
    }

    /// Sets whether a page whose UTF-8 someone decoded as Windows-1252 (`donâ€™t` for `don’t`) is read as it was meant. It
    /// is by default; spans are of the page as it came all the same, see [`Cleaned::is_mended`](crate::Cleaned::is_mended).
    pub fn mend(mut self, on: bool) -> Self {
        self.mend = on;
        self
    }

    /// Compiles the rules.
    ///
    /// # Errors
    ///
    /// A name given to [`without`](Self::without) or [`only`](Self::only) that no rule has (near names are listed), two
    /// rules of one name, a selector that does not parse, or a phrase list that cannot be read.
    pub fn build(self) -> Result<Pipeline, BuildError> {
        let mut rules = self.own;
        let built_in = rules::all();
        for name in self.without.iter().chain(self.only.iter().flatten()) {
            if !built_in.iter().any(|rule| rule.meta().name == name) {
                return Err(BuildError::unknown("rule", name, built_in.iter().map(|rule| rule.meta().name)));
            }
        }
        rules.extend(built_in.into_iter().filter(|rule| {
            let name = rule.meta().name;
            let is_in = self.only.as_ref().is_none_or(|only| only.iter().any(|n| n == name));
            is_in && !self.without.iter().any(|n| n == name)
        }));
        let mut selectors = Selectors::default();
        for (i, rule) in rules.iter().enumerate() {
            let meta = rule.meta();
            if rules[..i].iter().any(|other| other.meta().name == meta.name) {
                return Err(BuildError::new(format!("two rules are called `{}`", meta.name)));
            }
            if let Some(css) = meta.selector {
                selectors.add(i as u16, css).map_err(|cause| {
                    BuildError::new(format!("the selector of rule `{}` does not parse: {cause}", meta.name))
                })?;
            }
            selectors.add_names(i as u16, meta.names);
        }
        let phrases = Phrases::new(rules.iter().map(|rule| rule.meta().phrases)).map_err(|(rule, (line, cause))| {
            BuildError::new(format!("the phrases of rule `{}`: line {line} {cause}", rules[rule].meta().name))
        })?;
        Ok(Pipeline {
            rules,
            selectors,
            phrases,
            parts: self.parts,
            limits: self.limits,
            reader: self.reader,
            explain: self.explain,
            mend: self.mend,
        })
    }
}
