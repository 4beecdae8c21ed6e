//! Dumps: files of many pages, read, cleaned in several threads, and written in the same order.
//!
//! Input is JSON Lines, plain or packed with gzip or zstd; so is output. Bad records become [`Failure`]s, the good ones
//! around them survive, and an output is never half written.
//!
//! [`run`] does all of it:
//!
//! ```
//! use bodycopy::Pipeline;
//! use bodycopy::dump::{Reader, Writer, run};
//!
//! let lines = "{\"id\":1,\"html\":\"<p>The old bridge will close in May.</p>\"}\n{\"id\":2}\n";
//! let out = std::env::temp_dir().join("bodycopy-example.jsonl.gz");
//! let mut reader = Reader::new(lines.as_bytes(), "example")?;
//! let mut writer = Writer::create(&out)?;
//! let summary = run(&mut reader, &mut writer, &Pipeline::default(), 2, |failure| {
//!     assert_eq!(failure.to_string(), "example, line 2, id 2: no field `html` or `text`");
//! })?;
//! writer.finish()?;
//! assert_eq!(summary.to_string(), "2 records: 1 cleaned, 1 failed (missing field 1)");
//! # std::fs::remove_file(out)?;
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! For anything else, take the [`Record`]s one by one: a [`Reader`] is an iterator.
//!
//! ```
//! use bodycopy::Pipeline;
//! use bodycopy::dump::Reader;
//!
//! let pipeline = Pipeline::default();
//! for record in Reader::new("{\"text\":\"It rains.\",\"url\":\"a.example\"}".as_bytes(), "example")? {
//!     let record = record?;
//!     assert_eq!(record.url.as_deref(), Some("a.example"));
//!     assert_eq!(pipeline.clean(record.page()).text(), "It rains.");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use jsonl::Reader;
pub use output::Writer;
pub use record::{Cause, Content, Failure, Id, Record, Repair};
pub use run::{Summary, run};

pub(crate) mod input;
mod jsonl;
mod output;
mod record;
mod run;
