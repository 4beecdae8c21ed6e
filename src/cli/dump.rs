//! `bodycopy dump`: files of records in, files of cleaned records out.

use super::flags::{self, Selection};
use super::progress::Shown;
use super::signal::Signal;
use super::target::{self, Listed};
use super::{Ended, Stop, summary, tell};
use bodycopy::dump::{Cause, Failure, Filter, Progress, Reader, Run, Sidecar, Summary, To, Writer, run_watched};
use bodycopy::{Limits, Pipeline};
use clap::ValueEnum;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Cleans dumps: WARC, WET and ARC, JSON Lines, Parquet, and folders of pages, in the same order.
///
/// The first bytes of an input tell what it is; it may be packed with gzip or zstd. Each output record has id, url, text,
/// headline, byline, date, language, status and rules, the version of the rules; origin, if the body stands only in a
/// script; repaired, if something of the record or its charset had to be mended; and truncated, with the reason, if the
/// crawler stored only a part of the page. What is damaged or fails is told of, counted and left out, and all that is whole
/// around it is cleaned.
///
/// A folder as output takes an output for each input, a manifest and failures.jsonl; a run that was ended goes on with
/// --resume. A file as output has its failures beside it, in OUT.failures.jsonl. An output appears under its name only when
/// it is whole, and then replaces a file of that name; a run in a folder is replaced only with --overwrite. Files of a folder
/// that are neither pages nor dumps are passed over and counted.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Names the dumps to read, or folders of .html, .htm, .xhtml, .txt and .md files. `-` is standard input.
    #[arg(value_name = "IN", required = true)]
    inputs: Vec<PathBuf>,
    /// Names the output: a folder, if it is one or ends in `/`; or a file, packed if its name ends in .gz or .zst, Parquet if
    /// it ends in .parquet; or `-` for standard output.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Sets the form of the outputs. By default it is jsonl.zst in a folder, what its name says for a file, and jsonl on
    /// standard output. The name of a file may not say another.
    #[arg(long, value_name = "FORM")]
    to: Option<Form>,
    /// Sets how many threads work. By default it is as many as the machine has.
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Goes on with a run into a folder that was ended: what the manifest proves done stays, and what is not whole or not of
    /// the same input is done again.
    #[arg(long)]
    resume: bool,
    /// Begins anew in a folder that holds a run, and replaces what is in the way. By default both are refused. An output that is
    /// a file is replaced with it or without.
    #[arg(long, conflicts_with = "resume")]
    overwrite: bool,
    /// With --resume, goes on though the manifest names another version of the rules or other settings.
    #[arg(long, requires = "resume")]
    mix: bool,
    /// Does only every Nth input, from the Ith on, so that several machines share the work.
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<(usize, usize)>,
    /// Sets how many MiB of pages of a folder or of standard input go to one output.
    #[arg(long, value_name = "MIB", default_value = "256", value_parser = clap::value_parser!(u32).range(1..))]
    shard_size: u32,
    /// Adds to each record the kept blocks: role, level, text, spans, rule.
    #[arg(long)]
    blocks: bool,
    /// Adds to each record what was removed: span, rule, category, role, reason.
    #[arg(long)]
    removals: bool,
    /// Writes a file of spans beside each output of a folder.
    #[arg(long, value_name = "FORMAT")]
    sidecar: Option<SidecarName>,
    /// Adds to each record the other fields of its input.
    #[arg(long)]
    keep_fields: bool,
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
    /// Takes responses of these HTTP statuses, such as 200 or 200-299, with commas.
    #[arg(long, value_name = "LIST", default_value = "200-299", value_delimiter = ',', value_parser = statuses)]
    status: Vec<RangeInclusive<u16>>,
    /// Takes only records of these types, such as text/html, with commas. By default it is every type that is HTML or text.
    #[arg(long = "type", value_name = "LIST", value_delimiter = ',')]
    types: Vec<String>,
    /// Takes only records of a crawl whose address matches this regular expression. May be given several times.
    #[arg(long = "url", value_name = "REGEX")]
    urls: Vec<String>,
    /// Sets the longest record that is read, in MiB, packed or unpacked. A longer one fails and is skipped.
    #[arg(long, value_name = "MIB", default_value = "64", value_parser = clap::value_parser!(u32).range(1..=2048))]
    max_record: u32,
    /// Sets how much of a page is read, in MiB. What is longer is read in part.
    #[arg(long, value_name = "MIB", default_value = "64", value_parser = clap::value_parser!(u32).range(1..=2048))]
    max_page: u32,
    /// Sets how many units of work a page may take: elements and runs of text of HTML, blocks of text. What takes more is
    /// read in part.
    #[arg(long, value_name = "N")]
    max_work: Option<usize>,
    /// Leaves out progress and summary. Errors are still told of.
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    selection: Selection,
}

/// A form of outputs.
#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// JSON Lines.
    Jsonl,
    /// JSON Lines packed with gzip.
    #[value(name = "jsonl.gz")]
    JsonlGz,
    /// JSON Lines packed with zstd.
    #[value(name = "jsonl.zst")]
    JsonlZst,
    /// Parquet.
    Parquet,
}

#[derive(Clone, Copy, ValueEnum)]
enum SidecarName {
    /// Attributes of Dolma: spans of characters of the page as it was put in, for what was removed and what each block is.
    Dolma,
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    parts.filter(|(i, n)| *i >= 1 && i <= n).ok_or_else(|| "write it as 2/8: the second of eight".into())
}

fn statuses(text: &str) -> Result<RangeInclusive<u16>, String> {
    let (from, to) = text.trim().split_once('-').unwrap_or((text.trim(), text.trim()));
    let range = from.parse().ok().zip(to.parse().ok()).filter(|(from, to)| from <= to);
    range.map(|(from, to)| from..=to).ok_or_else(|| "write it as 200 or 200-299".into())
}

pub(super) fn run(args: &Args) -> Result<Ended, Stop> {
    let mut limits = Limits::default().with_bytes((args.max_page as usize) << 20);
    if let Some(work) = args.max_work {
        limits = limits.with_nodes(work).with_blocks(work);
    }
    let pipeline = args.selection.pipeline(|builder| builder.limits(limits))?;
    let filter = args.filter()?;
    let is_into_folder = !flags::is_stdin(&args.output) && is_folder(&args.output);
    if args.inputs.iter().filter(|input| flags::is_stdin(input)).count() > 1 {
        return Err(Stop::error("`-`, standard input, can be read only once"));
    }
    if is_into_folder {
        return args.clean_into_folder(&pipeline, filter);
    }
    for (flag, is_set) in
        [("--resume", args.resume), ("--shard", args.shard.is_some()), ("--sidecar", args.sidecar.is_some())]
    {
        if is_set {
            return Err(Stop::error(format!("{flag} needs a folder as output: write `-o {}/`", args.output.display())));
        }
    }
    if args.overwrite && flags::is_stdin(&args.output) {
        return Err(Stop::error("--overwrite needs a folder or a file as output, and standard output is neither"));
    }
    args.clean_into_one(&pipeline, &filter)
}

impl Args {
    fn jobs(&self) -> usize {
        self.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
    }

    fn filter(&self) -> Result<Filter, Stop> {
        let mut filter = Filter::default().types(&self.types);
        for range in &self.status {
            filter = filter.status(range.clone());
        }
        for url in &self.urls {
            filter = filter.url(url).map_err(Stop::error)?;
        }
        Ok(filter)
    }

    fn to(&self) -> Option<To> {
        self.to.map(|form| match form {
            Form::Jsonl => To::Jsonl,
            Form::JsonlGz => To::JsonlGz,
            Form::JsonlZst => To::JsonlZst,
            Form::Parquet => To::Parquet,
        })
    }

    /// Returns what is done to each reader.
    fn setting(&self, filter: Filter) -> impl Fn(Reader) -> Reader + Send + Sync + 'static {
        let fields = match (&self.html_field, &self.text_field) {
            (None, None) => None,
            (html, text) => Some((html.clone(), text.clone())),
        };
        let (url, id, keeps) = (self.url_field.clone(), self.id_field.clone(), self.keep_fields);
        let most = (self.max_record as usize) << 20;
        move |reader| {
            let reader = match &fields {
                None => reader,
                Some((html, text)) => reader.page_fields(html.as_deref(), text.as_deref()),
            };
            reader.url_field(&url).id_field(&id).keep_fields(keeps).max_record(most).filter(filter.clone())
        }
    }

    /// Describes what changes the outputs, for the manifest.
    fn settings(&self) -> String {
        let ranges: Vec<_> = self.status.iter().map(|range| format!("{}-{}", range.start(), range.end())).collect();
        format!(
            "html={:?} text={:?} url={} id={} keep={} status={} types={:?} urls={:?} record={} page={} work={:?} {}",
            self.html_field,
            self.text_field,
            self.url_field,
            self.id_field,
            self.keep_fields,
            ranges.join(","),
            self.types,
            self.urls,
            self.max_record,
            self.max_page,
            self.max_work,
            self.selection.describe(),
        )
    }

    fn clean_into_folder(&self, pipeline: &Pipeline, filter: Filter) -> Result<Ended, Stop> {
        let (part, of) = self.shard.unwrap_or((1, 1));
        let run = Run::new(&self.inputs, &self.output)
            .to(self.to().unwrap_or_default())
            .jobs(self.jobs())
            .resume(self.resume)
            .overwrite(self.overwrite)
            .mix(self.mix)
            .part(part, of)
            .shard_bytes(u64::from(self.shard_size) << 20)
            .blocks(self.blocks)
            .removals(self.removals)
            .sidecar(self.sidecar.map(|SidecarName::Dolma| Sidecar::Dolma))
            .reader(self.setting(filter))
            .settings(self.settings());
        let signal = Signal::watch();
        let progress = Arc::new(Progress::default());
        let shown = Shown::start(&progress, self.quiet);
        let report = run.start(pipeline, signal.stop(), &progress);
        drop(shown);
        signal.settle();
        let report = report.map_err(|error| match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Stop::error(format!("{error}; make room and run it again with --resume"))
            }
            _ => Stop::error(error),
        })?;
        for failure in &report.unopened {
            tell(failure);
        }
        if report.is_stopped {
            let (done, all) = (report.done, report.inputs);
            tell(format!("stopped with {done} of {all} inputs done; the same command with --resume goes on"));
            return Ok(Ended::Stopped);
        }
        if !self.quiet {
            if report.kept > 0 {
                tell(format!("{} of {} inputs were done before", report.kept, report.inputs));
            }
            summary::tell_all(&report.summary);
            let failures = match self.shard {
                Some((part, of)) if of > 1 => format!("failures-{part}-of-{of}.jsonl"),
                _ => "failures.jsonl".into(),
            };
            if report.summary.failures() > 0 {
                tell(format!("each failure is in {}", self.output.join(failures).display()));
            }
        }
        Ok(if report.summary.failures() > 0 { Ended::WithFailures } else { Ended::Well })
    }

    /// Cleans into a file or standard output.
    fn clean_into_one(&self, pipeline: &Pipeline, filter: &Filter) -> Result<Ended, Stop> {
        let to = self.check_one()?;
        let signal = Signal::watch();
        let progress = Arc::new(Progress::default());
        let writer = match flags::is_stdin(&self.output) {
            true => Writer::to(io::stdout(), to),
            false => Writer::create_as(&self.output, to),
        };
        let mut writer =
            writer.map_err(|error| unwritable(&self.output, &error))?.blocks(self.blocks).removals(self.removals);
        signal.set_temporary(writer.temporary());
        let listed = Listed::new(&self.output);
        let set = self.setting(filter.clone());
        let mut total = Summary::default();
        // A terminal that shows the records has no room for a bar.
        let shown = Shown::start(&progress, self.quiet || flags::is_stdin(&self.output));
        for input in &self.inputs {
            let reader = match flags::is_stdin(input) {
                true => Reader::new(io::stdin(), "standard input"),
                false => Reader::open(input),
            };
            let mut reader = set(reader.map_err(|error| unreadable(input, &error))?);
            let failed = |failure: &Failure| {
                shown.pause(|| tell_failure(failure));
                listed.add(failure);
            };
            let summary =
                run_watched(&mut reader, &mut writer, pipeline, self.jobs(), signal.stop(), &progress, failed);
            total.add(&summary.map_err(|error| unwritable(&self.output, &error))?);
            if signal.is_set() {
                drop(writer);
                tell("stopped; nothing was written. A folder as output can be gone on with");
                return Ok(Ended::Stopped);
            }
        }
        drop(shown);
        signal.finish(writer).map_err(|error| unwritable(&self.output, &error))?;
        if let Some(path) = listed.finish().map_err(Stop::error)?
            && !self.quiet
        {
            tell(format!("each failure is in {}", path.display()));
        }
        if !self.quiet {
            summary::tell_all(&total);
        }
        Ok(if total.failures() > 0 { Ended::WithFailures } else { Ended::Well })
    }

    /// Says what is wrong before anything is read; returns the form of the output.
    fn check_one(&self) -> Result<To, Stop> {
        for input in self.inputs.iter().filter(|input| !flags::is_stdin(input)) {
            fs::metadata(input).map_err(|error| unreadable(input, &error))?;
        }
        if flags::is_stdin(&self.output) {
            return Ok(self.to().unwrap_or(To::Jsonl));
        }
        let output = self.output.display();
        if self.inputs.len() > 1 {
            return Err(Stop::error(format!("several inputs need a folder to go to: write `-o {output}/`")));
        }
        let there = fs::canonicalize(&self.output).ok();
        if there.is_some() && there == fs::canonicalize(&self.inputs[0]).ok() {
            return Err(Stop::error(format!("{output} is an input and would be overwritten; choose another output")));
        }
        target::form(&self.output, self.to())
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Stop {
    match error.kind() {
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidData => {
            Stop::error(format!("{} {error}", flags::name(path)))
        }
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

/// Says what failed, and what to do about it.
fn tell_failure(failure: &Failure) {
    let advice = match failure.cause {
        Cause::Missing(_) | Cause::NotText { .. } => "; name the page's field with --html-field or --text-field",
        Cause::Json(_) => "; a dump has one JSON object a line",
        Cause::TooLong(_) => "; --max-record sets the limit",
        Cause::Cut { .. } | Cause::Unreadable { .. } => "; the records before that are done",
        Cause::Panicked => "; please report the page",
        Cause::Partial(_) => "; --max-page and --max-work set the limits",
        _ => "",
    };
    tell(format!("{failure}{advice}"));
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}
