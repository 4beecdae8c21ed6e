//! `bodycopy stats`: the summary of a run again, from its outputs.

use super::summary::table;
use super::{Ended, Stop, outputs};
use bodycopy::dump::Summary;
use std::io::{self, Write};
use std::path::PathBuf;

/// Tells again what became of the records of a dump, from its outputs.
///
/// A folder tells what its manifests say, which is all. A file by itself tells what its records say: those that were cleaned,
/// and, if it was written with --removals, what was removed by which rule.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Names folders or files that `dump` wrote.
    #[arg(value_name = "OUT", required = true)]
    outputs: Vec<PathBuf>,
    /// Writes the counts as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<Ended, Stop> {
    let mut total = Summary::default();
    for path in &args.outputs {
        let found = match path.is_dir() {
            true => bodycopy::dump::summary_of(path).map_err(|error| outputs::unreadable(path, &error)),
            false => outputs::count(path),
        };
        total.add(&found.map_err(Stop::Error)?);
    }
    let shown = match args.json {
        true => format!("{}\n", total.json()),
        false => format!("{total}\n{}", table(&total)),
    };
    io::stdout().write_all(shown.as_bytes()).map_err(Stop::stdout)?;
    Ok(Ended::Well)
}
