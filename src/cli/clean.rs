//! `bodycopy clean`: pages in, text out.

use super::flags::{self, PageFlags, Selection};
use super::{Ended, Stop, show, tell};
use bodycopy::Status;
use clap::ValueEnum;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

/// Cleans pages and writes their body text.
///
/// Of several pages, the texts are parted by a blank line, and JSON takes a line each. On a terminal, control characters
/// of the page are written out as `<U+001B>`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Names the pages. `-`, or none, reads standard input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    page: PageFlags,
    /// Sets what is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: OutFormat,
    #[command(flatten)]
    selection: Selection,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutFormat {
    /// The text, blocks parted by blank lines.
    Text,
    /// Headings, lists, quotes and tables marked as in Markdown.
    Markdown,
    /// One JSON object a page, with text, headline, byline, date, language, blocks and removals.
    Json,
}

pub(super) fn run(args: &Args) -> Result<Ended, Stop> {
    if args.files.len() > 1 && args.page.has_url() {
        return Err(Stop::error("--url is one page's address, and several pages are named; clean them one by one"));
    }
    let pipeline = args.selection.pipeline(|builder| builder)?;
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &stdin[..] } else { &args.files };
    let stdout = io::stdout().lock();
    let is_terminal = stdout.is_terminal();
    let mut out = BufWriter::new(stdout);
    let (mut ended, mut is_first) = (Ended::Well, true);
    for file in files {
        let bytes = match flags::read(file) {
            Ok(bytes) => bytes,
            Err(message) => {
                tell(message);
                ended = Ended::WithUnread;
                continue;
            }
        };
        let cleaned = pipeline.clean(args.page.page(&bytes));
        if let Status::Partial(limit) = cleaned.status() {
            tell(format!("{}: read only in part: the limit on {limit} was reached", flags::name(file)));
        }
        let is_json = args.format == OutFormat::Json;
        let text = match args.format {
            OutFormat::Text => cleaned.text(),
            OutFormat::Markdown => cleaned.markdown(),
            OutFormat::Json => cleaned.json(),
        };
        let text = text.trim_end_matches('\n');
        if text.is_empty() {
            continue;
        }
        let text = match (is_terminal, is_json) {
            (false, _) => text.into(),
            (true, true) => show::printable_json(text),
            (true, false) => show::printable_but(text, &['\n', '\t']),
        };
        let gap = if is_first || is_json { "" } else { "\n" };
        writeln!(out, "{gap}{text}").map_err(Stop::stdout)?;
        is_first = false;
    }
    out.flush().map_err(Stop::stdout)?;
    Ok(ended)
}
