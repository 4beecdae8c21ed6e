//! The pipeline: reads a page, lets every rule look at it, and settles what they say.

mod again;
mod builder;
mod cleaner;
mod settle;
mod unseen;

pub use builder::PipelineBuilder;
pub use cleaner::Cleaner;

use crate::article::{Cleaned, Kept, Origin, Removal, Status};
use crate::document::Document;
use crate::finding::{Findings, Reason};
use crate::limits::{Limit, Limits};
use crate::meta::{Category, Meta};
use crate::page::{Format, Page};
use crate::phrases::Phrases;
use crate::rule::Rule;
use crate::selectors::Selectors;
use crate::{facts, html, mojibake, text};
use once_cell::sync::Lazy;

/// The version of the set of built-in rules: changes whenever their output may.
pub const RULES_VERSION: &str = "1";

/// Which HTML reader feeds the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reader {
    /// This crate's own.
    #[default]
    Fast,
    /// `scraper` (html5ever), for comparison: some twenty times slower, and its spans are found again in the source by
    /// matching text, so a span may be empty where the parser moved text.
    Reference,
}

/// Rules compiled for use: shared by threads, holding no state of any page.
///
/// ```
/// use bodycopy::{Page, Part, Pipeline};
///
/// let pipeline = Pipeline::builder().without("repeated-caption").parts([Part::Headline, Part::Body]).build()?;
/// let cleaned = pipeline.clean(Page::html(
///     "<h1>Bridge to close</h1><p>The old bridge will close in May, the town said on Monday.</p>",
/// ));
/// assert_eq!(cleaned.text(), "Bridge to close\n\nThe old bridge will close in May, the town said on Monday.");
/// # Ok::<(), bodycopy::BuildError>(())
/// ```
pub struct Pipeline {
    rules: Vec<Box<dyn Rule>>,
    selectors: Selectors,
    phrases: Phrases,
    parts: u8,
    limits: Limits,
    reader: Reader,
    explain: bool,
    mend: bool,
}

static DEFAULT: Lazy<Pipeline> = Lazy::new(Pipeline::default);

/// Cleans a page of HTML with all rules and returns its body text.
///
/// ```
/// let html = "<nav><a href=/>Home</a></nav><p>The old bridge will close in May, the town said on Monday.</p>";
/// assert_eq!(bodycopy::clean_html(html), "The old bridge will close in May, the town said on Monday.");
/// ```
pub fn clean_html(html: &str) -> String {
    DEFAULT.clean(Page::html(html)).text()
}

/// Cleans a page that some tool has flattened to text, with all rules, and returns its body text.
///
/// ```
/// let text = "Share\n\nThe old bridge will close in May, the town said on Monday.\n\nAll rights reserved.";
/// assert_eq!(bodycopy::clean_text(text), "The old bridge will close in May, the town said on Monday.");
/// ```
pub fn clean_text(text: &str) -> String {
    DEFAULT.clean(Page::text(text)).text()
}

impl Default for Pipeline {
    /// All rules, body text only.
    fn default() -> Self {
        Pipeline::builder().build().expect("the built-in rules compile, as every test shows")
    }
}

impl Pipeline {
    /// Starts with all rules, body text only, default limits.
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::new()
    }

    /// Returns the descriptions of the rules, in the order in which they speak.
    pub fn rules(&self) -> impl Iterator<Item = &'static Meta> + '_ {
        self.rules.iter().map(|rule| rule.meta())
    }

    /// Cleans a page. Takes time and memory in proportion to its size, and never fails.
    pub fn clean<'a>(&self, page: Page<'a>) -> Cleaned<'a> {
        self.cleaner().clean(page)
    }

    /// Returns a cleaner for page after page in one thread.
    pub fn cleaner(&self) -> Cleaner<'_> {
        Cleaner::new(self)
    }

    /// Cleans a page in the memory of two empty documents: one for the page, one for what is left of a flattened one.
    pub(crate) fn clean_in<'a>(&self, page: Page<'a>, spare: &mut [Document<'static>; 2]) -> Cleaned<'a> {
        let [spare, again] = spare;
        let format = page.format();
        let (source, address) = page.into_parts();
        let (whole, cut) = self.cut(&source);
        let mended = self.mend.then(|| mojibake::mend(whole)).flatten();
        let (mut kept, mut removals, facts, origin, hit) = {
            let read = mended.as_ref().map_or(whole, |mended| &mended.text);
            let (mut document, mut hit) = self.read(read, format, spare.take());
            let findings = self.ask(&mut document);
            let (mut kept, mut removals, blocks) = self.settle(&document, &findings, true);
            if format == Format::Text {
                self.settle_again(&mut kept, &mut removals, &mut document, blocks, again);
            }
            let mut origin = Origin::Page;
            if let Some((rule, article)) = &findings.unseen {
                origin = self.replace(&document, *rule, article, &mut kept, &mut removals, &mut hit);
            }
            let facts = facts::find(&document, &findings, &kept, address.as_deref());
            let hit = cut.or(hit).or(self.cut_output(&mut kept, &mut removals));
            *spare = document.emptied();
            (kept, removals, facts, origin, hit)
        };
        if let Some(mended) = &mended {
            let spans = kept.iter_mut().flat_map(|kept| &mut kept.spans);
            let spans = spans.chain(removals.iter_mut().map(|removal| &mut removal.span));
            spans.for_each(|span| *span = mended.source_of(*span));
        }
        let (status, mended) = (hit.map_or(Status::Complete, Status::Partial), mended.is_some());
        Cleaned { source, kept, removals, facts, status, origin, mended, rules_version: RULES_VERSION }
    }

    /// Removes the kept blocks from the one on that would be too much.
    fn cut_output(&self, kept: &mut Vec<Kept>, removals: &mut Vec<Removal>) -> Option<Limit> {
        let mut bytes = 0;
        let fits = kept.iter().take_while(|block| {
            bytes += block.text.len();
            bytes <= self.limits.output
        });
        let fits = fits.count();
        if fits == kept.len() {
            return None;
        }
        let reason = Reason::new("the limit on output was reached");
        for block in kept.drain(fits..) {
            let (rule, category, role) = ("limit", Category::Region, Some(block.role));
            let removed =
                block.spans.into_iter().map(|span| Removal { span, rule, category, role, reason: reason.clone() });
            removals.extend(removed);
        }
        removals.sort_by_key(|removal| removal.span);
        Some(Limit::Output)
    }

    fn cut<'s>(&self, source: &'s str) -> (&'s str, Option<Limit>) {
        let most = self.limits.bytes.min(u32::MAX as usize - 1);
        if source.len() <= most {
            return (source, None);
        }
        (&source[..source.floor_char_boundary(most)], Some(Limit::Bytes))
    }

    /// Reads a page into the memory of an empty document, and looks for what the rules point at.
    pub(crate) fn read<'s>(
        &'s self,
        source: &'s str,
        format: Format,
        spare: Document<'static>,
    ) -> (Document<'s>, Option<Limit>) {
        let (mut document, hit) = match (format, self.reader) {
            (Format::Html, Reader::Fast) => html::read(source, &self.limits, spare),
            (Format::Html, Reader::Reference) => html::read_reference(source, &self.limits),
            (Format::Text, _) => text::read(source, &self.limits, None, spare),
        };
        self.look(&mut document);
        (document, hit)
    }

    /// Looks for what the selectors, names and phrases of all rules point at.
    fn look(&self, document: &mut Document) {
        document.hits.resize(self.rules.len(), Vec::new());
        document.rules = self.rules.iter().map(|rule| std::ptr::from_ref(rule.meta()) as usize).collect();
        self.selectors.search(document);
        self.phrases.look(document);
    }

    #[inline(never)] // A stage that `benches/counts` counts by its name.
    pub(crate) fn ask(&self, document: &mut Document) -> Findings {
        let mut findings = Findings::new(document.blocks.len(), self.explain);
        for (i, rule) in self.rules.iter().enumerate() {
            findings.rule = i as u16;
            findings.category = rule.meta().category;
            rule.check(document, &mut findings);
        }
        findings
    }
}
