//! Dumps: files of many pages, read, cleaned in several threads, and written in the same order.
//!
//! A [`Reader`] takes WARC, WET, ARC, JSON Lines, Parquet (feature `parquet`) or a folder of pages, a [`Writer`] writes JSON
//! Lines or Parquet. Bad records and damage come as [`Failure`]s in their place, what is whole around them survives, and an
//! output is never half written.
//!
//! ```
//! use bodycopy::Pipeline;
//! use bodycopy::dump::{Reader, Writer};
//!
//! # let folder = std::env::temp_dir().join(format!("bodycopy-ten-lines-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! # let (dump, out) = (folder.join("news.jsonl"), folder.join("clean.jsonl.zst"));
//! # std::fs::write(&dump, "{\"id\":1,\"html\":\"<p>The old bridge will close in May.</p>\"}\n{\"id\":2}\n")?;
//! let pipeline = Pipeline::default();
//! let mut writer = Writer::create(&out)?;
//! for record in Reader::open(&dump)? {
//!     match record {
//!         Ok(record) => writer.write(&record, &pipeline.clean(record.page()))?,
//!         Err(failure) => eprintln!("{failure}"),
//!     }
//! }
//! let written = writer.finish()?.expect("it is a file");
//! assert_eq!(written.bytes, std::fs::metadata(&out)?.len());
//! # std::fs::remove_dir_all(folder)?;
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! [`run`] does the same in several threads, and [`Run`] cleans many inputs into a folder, with a manifest by which a run that
//! was ended goes on:
//!
//! ```
//! use bodycopy::Pipeline;
//! use bodycopy::dump::{Reader, Writer, run};
//!
//! let lines = "{\"id\":1,\"text\":\"It rains.\"}\n{\"id\":2}\n";
//! let mut reader = Reader::new(lines.as_bytes(), "example")?;
//! let mut writer = Writer::new(std::io::sink());
//! let summary = run(&mut reader, &mut writer, &Pipeline::default(), 2, |failure| {
//!     assert_eq!(failure.to_string(), "example, line 2, id 2: no field `html` or `text`");
//! })?;
//! writer.finish()?;
//! assert_eq!(summary.to_string(), "2 records: 1 cleaned, 1 failed (missing field 1)");
//! # Ok::<(), std::io::Error>(())
//! ```

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
mod damage;
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
mod passed;
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
