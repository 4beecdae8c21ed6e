//! Which records of a crawl are cleaned.

use regex::Regex;
use std::ops::RangeInclusive;

/// Says which records of a crawl are cleaned: by HTTP status, type and address. The others are skipped and counted.
///
/// The default takes HTML and text of the statuses 200 to 299. Only the address matters for records that are no HTTP
/// responses.
///
/// ```
/// use bodycopy::dump::Filter;
///
/// let filter = Filter::default().status(200..=200).types(["text/html"]).url(r"^https://[^/]*\.example/news/")?;
/// assert!(filter.wants_url("https://www.example/news/1"));
/// # Ok::<(), bodycopy::BuildError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Filter {
    statuses: Vec<RangeInclusive<u16>>,
    has_statuses: bool,
    types: Vec<String>,
    urls: Vec<Regex>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { statuses: vec![200..=299], has_statuses: false, types: Vec::new(), urls: Vec::new() }
    }
}

impl Filter {
    /// Takes responses of these statuses; several calls add up. The default is 200 to 299.
    pub fn status(mut self, statuses: RangeInclusive<u16>) -> Self {
        if !self.has_statuses {
            (self.statuses, self.has_statuses) = (Vec::new(), true);
        }
        self.statuses.push(statuses);
        self
    }

    /// Takes only records of these types, such as `text/html`; several calls add up. The default is every type that is HTML
    /// or text, declared or by the look of the first bytes.
    pub fn types<T: AsRef<str>>(mut self, types: impl IntoIterator<Item = T>) -> Self {
        self.types.extend(types.into_iter().map(|name| name.as_ref().trim().to_ascii_lowercase()));
        self
    }

    /// Takes only records whose address matches this regular expression, in any place; several calls add up to one that
    /// takes what any of them does.
    ///
    /// # Errors
    ///
    /// The expression does not parse.
    pub fn url(mut self, pattern: &str) -> Result<Self, crate::BuildError> {
        let url = Regex::new(pattern)
            .map_err(|error| crate::BuildError::new(format!("the pattern of addresses does not parse: {error}")))?;
        self.urls.push(url);
        Ok(self)
    }

    /// Returns whether a record of this address is wanted.
    pub fn wants_url(&self, url: &str) -> bool {
        self.urls.is_empty() || self.urls.iter().any(|pattern| pattern.is_match(url))
    }

    pub(super) fn wants_status(&self, status: u16) -> bool {
        self.statuses.iter().any(|range| range.contains(&status))
    }

    pub(super) fn wants_type(&self, essence: &str) -> bool {
        self.types.is_empty() || self.types.iter().any(|name| name == essence)
    }
}
