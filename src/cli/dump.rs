//! `bodycopy dump`: files of records in, files of cleaned records out.

use super::flags::{self, Selection};
use super::{Ended, Stop, tell};
use bodycopy::dump::{Cause, Failure, Reader, Summary, Writer};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Arc, Mutex, PoisonError};

/// Cleans dumps: JSON Lines in, JSON Lines out, in the same order.
///
/// Inputs may be packed with gzip or zstd, whatever their names. Each output record has id, url, text, headline, byline,
/// date, language, status and rules, the version of the rules; origin, if the body stands only in a script; and repaired,
/// if bytes that are not UTF-8 or halves of surrogate pairs had to be replaced. Bad records are told of, counted and left
/// out. An output appears under its name only when it is whole.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Names the dumps to read. `-` is standard input.
    #[arg(value_name = "IN", required = true)]
    inputs: Vec<PathBuf>,
    /// Names the output: a file, packed if its name ends in .gz or .zst; or a folder, if it is one or ends in `/`, which
    /// takes an output for each input, under the input's name; or `-` for standard output.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Names the field that holds HTML. Without this and --text-field, it is `html` or else `text`.
    #[arg(long, value_name = "NAME")]
    html_field: Option<String>,
    /// Names the field that holds flattened text. With --html-field, it is read where there is no HTML.
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
    /// Names the field that holds the page's address.
    #[arg(long, value_name = "NAME", default_value = "url")]
    url_field: String,
    /// Names the field that holds the record's id.
    #[arg(long, value_name = "NAME", default_value = "id")]
    id_field: String,
    /// Adds to each record what was removed: span, rule, category, reason.
    #[arg(long)]
    removals: bool,
    /// Sets how many threads clean. By default it is as many as the machine has.
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Sets the longest line that is read, in MiB. A longer one fails and is skipped.
    #[arg(long, value_name = "MIB", default_value = "256", value_parser = clap::value_parser!(u32).range(1..=2048))]
    max_line: u32,
    /// Leaves out the summary at the end. Errors are still told of.
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    selection: Selection,
}

pub(super) fn run(args: &Args) -> Result<Ended, Stop> {
    let pipeline = args.selection.pipeline(|builder| builder)?;
    let outputs = outputs(&args.inputs, &args.output).map_err(Stop::Error)?;
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let unfinished = Unfinished::default();
    unfinished.watch();
    let mut total = Summary::default();
    if is_folder(&args.output) {
        fs::create_dir_all(&args.output).map_err(|error| unwritable(&args.output, &error))?;
    }
    for (input, output) in args.inputs.iter().zip(&outputs) {
        let mut reader = args.open(input)?;
        let mut writer = open_output(output)?.removals(args.removals);
        unfinished.set(writer.temporary());
        let summary = bodycopy::dump::run(&mut reader, &mut writer, &pipeline, jobs, tell_failure);
        match summary {
            Ok(summary) => total.add(&summary),
            Err(error) => {
                drop(writer);
                return Err(unwritable(output, &error));
            }
        }
        unfinished.finish(writer).map_err(|error| unwritable(output, &error))?;
    }
    if !args.quiet {
        tell(&total);
    }
    Ok(if total.failures() > 0 { Ended::WithFailures } else { Ended::Well })
}

impl Args {
    fn open(&self, input: &Path) -> Result<Reader, Stop> {
        let reader = match flags::is_stdin(input) {
            true => Reader::new(io::stdin(), "standard input"),
            false => Reader::open(input),
        };
        let reader = reader.map_err(|error| unreadable(input, &error))?;
        let reader = match (self.html_field.as_deref(), self.text_field.as_deref()) {
            (None, None) => reader,
            (html, text) => reader.page_fields(html, text),
        };
        Ok(reader.url_field(&self.url_field).id_field(&self.id_field).max_line((self.max_line as usize) << 20))
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Stop {
    match error.kind() {
        io::ErrorKind::Unsupported => Stop::error(format!("{} {error}", flags::name(path))),
        _ => Stop::error(format!("{} cannot be read: {error}", flags::name(path))),
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Stop {
    match error.kind() {
        // Also of a named pipe or /dev/stdout.
        io::ErrorKind::BrokenPipe => Stop::Unheard,
        _ if flags::is_stdin(path) => Stop::error(format!("standard output cannot be written: {error}")),
        _ => Stop::error(format!("{} cannot be written: {error}", path.display())),
    }
}

fn open_output(output: &Path) -> Result<Writer, Stop> {
    match flags::is_stdin(output) {
        true => Ok(Writer::new(io::stdout())),
        false => Writer::create(output).map_err(|error| unwritable(output, &error)),
    }
}

/// Says what failed, and what to do about it.
fn tell_failure(failure: &Failure) {
    let advice = match failure.cause {
        Cause::Missing(_) | Cause::NotText { .. } => "; name the page's field with --html-field or --text-field",
        Cause::Json(_) => "; a dump has one JSON object a line",
        Cause::TooLong(_) => "; --max-line sets the limit",
        Cause::Cut { .. } | Cause::Unreadable { .. } => "; the records before that are done",
        Cause::Panicked => "; please report the page",
        _ => "",
    };
    tell(format!("{failure}{advice}"));
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}

/// Returns an output for each input, or what is wrong, before anything is read.
fn outputs(inputs: &[PathBuf], output: &Path) -> Result<Vec<PathBuf>, String> {
    for (i, input) in inputs.iter().enumerate() {
        if flags::is_stdin(input) {
            if inputs[..i].contains(input) {
                return Err("`-`, standard input, can be read only once".into());
            }
            continue;
        }
        let there = fs::metadata(input).map_err(|error| format!("{} cannot be read: {error}", input.display()))?;
        if there.is_dir() {
            return Err(format!("{} cannot be read: it is a folder; name the files in it", input.display()));
        }
    }
    let outputs = if flags::is_stdin(output) {
        vec![output.to_owned(); inputs.len()]
    } else if is_folder(output) {
        in_folder(inputs, output)?
    } else if inputs.len() > 1 {
        return Err(format!("several inputs need a folder to go to: write `-o {}/`", output.display()));
    } else {
        vec![output.to_owned()]
    };
    let places: HashMap<_, _> =
        inputs.iter().filter_map(|input| Some((fs::canonicalize(input).ok()?, input))).collect();
    match outputs.iter().find_map(|output| places.get(&fs::canonicalize(output).ok()?)) {
        Some(input) => Err(format!("{} is an input and would be overwritten; choose another output", input.display())),
        None => Ok(outputs),
    }
}

/// Names an output in the folder after each input.
fn in_folder(inputs: &[PathBuf], folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut names = HashMap::new();
    let mut outputs = Vec::with_capacity(inputs.len());
    for input in inputs {
        let name = if flags::is_stdin(input) { "stdin.jsonl".as_ref() } else { input.file_name().unwrap_or_default() };
        if let Some(other) = names.insert(name, input) {
            let (a, b) = (other.display(), input.display());
            return Err(format!("{a} and {b} have one name and would go to one output; clean them one by one"));
        }
        outputs.push(folder.join(name));
    }
    Ok(outputs)
}

/// The temporary file that is being written, which must not be left behind on Ctrl-C.
#[derive(Clone, Default)]
struct Unfinished(Arc<Mutex<Option<PathBuf>>>);

impl Unfinished {
    /// Removes the file and ends the program when asked to by a signal.
    fn watch(&self) {
        let unfinished = self.clone();
        // Without a handler the file stays, and that is all.
        _ = ctrlc::set_handler(move || {
            // Held until the end, so that nothing is put in place meanwhile.
            let path = unfinished.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(path) = path.as_ref() {
                _ = fs::remove_file(path);
            }
            process::exit(130);
        });
    }

    fn set(&self, path: Option<&Path>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = path.map(Path::to_owned);
    }

    fn finish(&self, writer: Writer) -> io::Result<()> {
        let mut path = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *path = None;
        writer.finish()
    }
}
