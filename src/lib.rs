//! lib docs later

pub use article::{Cleaned, Kept, Part, Removal, Role, Status};
pub use document::{Block, BlockKind, Document, Hit, Regime, Setting, Via};
pub use error::BuildError;
pub use finding::{Action, Finding, Findings, Reason};
pub use limits::{Limit, Limits};
pub use measure::{Ending, Measure};
pub use page::{Format, Page};
pub use pipeline::{Pipeline, PipelineBuilder, Reader, clean_html, clean_text};
pub use rule::{Category, Example, Meta, Rule};
pub use span::Span;

mod article;
mod document;
#[cfg(feature = "dump")]
pub mod dump;
mod error;
mod facts;
mod finding;
#[cfg(feature = "fit")]
pub mod fit;
mod html;
mod limits;
mod measure;
mod page;
pub mod phrases;
mod pipeline;
mod rule;
mod rules;
mod selectors;
mod span;
mod text;
