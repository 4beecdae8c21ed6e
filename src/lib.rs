//! Strips boilerplate from scraped news pages and leaves the body copy, the newspaper's term for an article's main text.
//!
//! Takes HTML, or text that some other tool flattened. A pipeline of small named [rules](Rule) looks at the page's
//! [blocks](Block); the result holds the kept blocks and every [removal](Removal) with the bytes of the input it covers,
//! the rule that took it, and the reason. Cleaning never fails and never panics, takes time and memory in proportion to the
//! page, and depends on nothing but the page and the pipeline: not on threads, the clock, or the page before.
//!
//! ```
//! use bodycopy::{Page, Pipeline};
//!
//! let html = r#"<html><body>
//!   <nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
//!   <h1>Old bridge to close in May</h1>
//!   <div class="share-bar"><a href="/fb">Facebook</a></div>
//!   <p>The old bridge will close in May for repairs, the town said on Monday after a long meeting.</p>
//!   <p>Trams will still cross it at night, when there are few of them, and in the early morning.</p>
//!   <footer>© 2030 The Velden Post. All rights reserved.</footer>
//! </body></html>"#;
//!
//! let pipeline = Pipeline::default();
//! let cleaned = pipeline.clean(Page::html(html));
//! assert_eq!(
//!     cleaned.text(),
//!     "The old bridge will close in May for repairs, the town said on Monday after a long meeting.\n\n\
//!      Trams will still cross it at night, when there are few of them, and in the early morning."
//! );
//! assert_eq!(cleaned.headline(), Some("Old bridge to close in May"));
//! let share = cleaned.removals().iter().find(|r| r.rule == "share-bar").unwrap();
//! assert_eq!(&html[share.span.range()], "Facebook");
//! ```
//!
//! # Terms
//!
//! | term | meaning |
//! |---|---|
//! | [`Page`] | what the caller hands in: HTML or text, as a string or as bytes, with address and charset if known |
//! | [`Document`] | the page as rules see it: its source and its blocks |
//! | [`Block`] | a run of text that the page shows as one unit |
//! | [`Span`] | a half-open range of bytes of the caller's input |
//! | [`Rule`] | reports spans that are boilerplate, or protects them |
//! | [`Finding`] | what one rule says of one span |
//! | [`Role`] | what a kept block is: body, sub-heading, list item, quote, caption … |
//! | [`Pipeline`] | rules in order, compiled once, shared by threads |
//! | [`Cleaner`] | cleans page after page in one thread, in the memory of the one before |
//! | [`Cleaned`] | the result |
//!
//! # What it does not do
//!
//! It fetches nothing and runs no script: of a body that a script would put on the page it finds only what stands in the
//! script as data, see [`Origin`]. It does not judge whether a page is an article at all.
//!
//! # Features
//!
//! The plain library needs none. `dump` reads and writes dumps of records, `parquet` adds Parquet to them, `eval` measures cleaning on pages whose body is known,
//! `cli` builds the program `bodycopy`, `fit` adds its command for fitting the scorer's weights. No feature changes what cleaning gives.
//!
//! # Where things are
//!
//! `html/` and `text/` read a page into a `Document`, `markup/` is what HTML is made of; `rules/` holds a rule a file; `pipeline.rs` asks them and settles what
//! they say; `article.rs` is the result.

pub use article::{Cleaned, Kept, Origin, Removal, Status};
pub use document::{Block, BlockKind, Document, Hit, Item, Regime, Setting, Via};
pub use error::BuildError;
pub use finding::{Action, Finding, Findings, Reason};
pub use limits::{Limit, Limits};
pub use measure::{Ending, Measure};
pub use meta::{Category, Example, Meta};
pub use page::{Format, Page};
pub use pipeline::{Cleaner, Pipeline, PipelineBuilder, RULES_VERSION, Reader, clean_html, clean_text};
pub use role::{Part, Role};
pub use rule::Rule;
pub use span::Span;

mod address;
mod article;
mod document;
#[cfg(feature = "dump")]
pub mod dump;
mod error;
#[cfg(feature = "eval")]
pub mod eval;
mod facts;
mod finding;
mod first_bytes;
#[cfg(feature = "fit")]
pub mod fit;
mod hash;
mod html;
mod letters;
mod limits;
mod markup;
mod measure;
mod meta;
mod mojibake;
mod page;
pub mod phrases;
mod pipeline;
mod role;
mod rule;
mod rules;
mod selectors;
mod span;
mod text;
mod words;
