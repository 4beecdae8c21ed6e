//! Dumps: files of many pages, read, cleaned in several threads, and written in the same order.

pub use clean::{run, run_watched};
pub use failure::{Cause, Failure};
pub use filter::Filter;
pub use folder_run::{Report, Run};
pub use manifest::{outputs_of, summary_of};
pub use output::{To, Writer};
pub use place::Written;
pub use progress::Progress;
pub use reader::{Kind, Reader};
pub use record::{Content, Id, Place, Record, Repair};
pub use sidecar::Sidecar;
pub use summary::{Removed, Summary};

mod archive;
mod clean;
#[cfg(feature = "parquet")]
mod columns;
mod engine;
mod failure;
mod filter;
mod folder_run;
mod http;
mod jsonl;
mod manifest;
mod mime;
mod output;
mod pages;
mod place;
mod plan;
mod progress;
mod reader;
mod record;
mod row;
#[cfg(feature = "parquet")]
mod rows;
mod sidecar;
mod stored;
mod summary;
pub(crate) mod unpack;
