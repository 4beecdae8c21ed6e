//! Dumps: files of many pages, read, cleaned in several threads, and written in the same order.

pub use clean::run;
pub use failure::{Cause, Failure};
pub use filter::Filter;
pub use output::{To, Writer};
pub use place::Written;
pub use reader::{Kind, Reader};
pub use record::{Content, Id, Place, Record, Repair};
pub use sidecar::Sidecar;
pub use summary::{Removed, Summary};

mod archive;
mod clean;
mod engine;
mod failure;
mod filter;
mod http;
mod jsonl;
mod mime;
mod output;
mod pages;
mod place;
mod reader;
mod record;
mod row;
mod sidecar;
mod stored;
mod summary;
pub(crate) mod unpack;
