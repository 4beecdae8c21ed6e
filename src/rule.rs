//! The rule: what a page is given to.

use crate::document::Document;
use crate::finding::Findings;
use crate::meta::Meta;

/// A rule: it looks at a page that no rule has changed, and reports what is boilerplate or what must stay.
///
/// ```
/// use bodycopy::{Category, Document, Findings, Meta, Page, Pipeline, Rule};
///
/// static META: Meta = Meta::new("horoscope", Category::Widget, "The daily horoscope").names(&["horoscope"]);
///
/// struct Horoscope;
///
/// impl Rule for Horoscope {
///     fn meta(&self) -> &'static Meta {
///         &META
///     }
/// }
///
/// let pipeline = Pipeline::builder().rule(Horoscope).build()?;
/// let html = "<p>The council met on Monday and agreed on the budget for the year.</p>
///     <p>It will meet again in June, a spokesman said, to decide on the bridge.</p>
///     <div class=daily-horoscope><p>Aries, you will have a quiet day with friends.</p></div>";
/// let cleaned = pipeline.clean(Page::html(html));
/// assert!(cleaned.removals().iter().any(|r| r.rule == "horoscope"));
/// # Ok::<(), bodycopy::BuildError>(())
/// ```
pub trait Rule: Send + Sync {
    /// Returns the rule's description; always the same one.
    fn meta(&self) -> &'static Meta;

    /// Looks at the page and reports. Strips what the selector, the names and the phrases point at by default, save
    /// elements that hold a good part of the page's prose.
    fn check(&self, doc: &Document, out: &mut Findings) {
        out.strip_hits(doc, self.meta());
    }
}
