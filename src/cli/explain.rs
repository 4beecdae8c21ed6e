//! `bodycopy explain`: a page block by block, and what became of each.

use super::flags::{self, PageFlags, Selection};
use super::{Ended, Stop, show};
use anstyle::{AnsiColor, Style};
use bodycopy::{Category, Cleaned, Format, Origin, Page, Pipeline, Role, Span, Status};
use clap::ValueEnum;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Shows a page block by block: what is kept, what is removed, by which rule, and why.
///
/// Numbers are bytes of the page, or of its text once decoded. Control characters of the page are written out as
/// `<U+001B>`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Names the page. `-`, or none, reads standard input.
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true)]
    file: PathBuf,
    #[command(flatten)]
    page: PageFlags,
    /// Sets what is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: OutFormat,
    /// Shows the whole text of each block, not one line of it.
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    selection: Selection,
}

#[derive(Clone, Copy, ValueEnum)]
enum OutFormat {
    /// Two lines a block, in colour on a terminal.
    Text,
    /// One JSON object a block and line, with all of its text.
    Json,
}

/// A block of the page, kept or removed.
struct Entry<'c> {
    spans: Vec<Span>,
    is_kept: bool,
    /// Whether it was cut out of the kept block before.
    is_within: bool,
    /// Whether it is a part that was not asked for, and no rule says anything of it.
    is_unasked: bool,
    role: Option<Role>,
    rule: Option<&'static str>,
    category: Option<Category>,
    reason: Option<String>,
    text: std::borrow::Cow<'c, str>,
}

impl Entry<'_> {
    fn span(&self) -> Span {
        self.spans.iter().copied().reduce(Span::hull).unwrap_or_default()
    }
}

pub(super) fn run(args: &Args) -> Result<Ended, Stop> {
    let pipeline = args.selection.pipeline(|builder| builder.explain(true))?;
    let bytes = flags::read(&args.file).map_err(Stop::Error)?;
    let page = args.page.page(&bytes);
    let format = page.format();
    let cleaned = pipeline.clean(page);
    let entries = entries(&pipeline, &cleaned, format);
    let written = match args.format {
        OutFormat::Json => json(&mut BufWriter::new(io::stdout().lock()), &entries),
        OutFormat::Text => {
            let columns = if args.full { None } else { Some(columns()) };
            let stdout = BufWriter::new(anstream::AutoStream::auto(io::stdout()).lock());
            text(
                stdout,
                &format!("{}, {}", flags::name(&args.file), flags::format_name(format)),
                &cleaned,
                &entries,
                columns,
            )
        }
    };
    written.map_err(Stop::stdout)?;
    Ok(Ended::Well)
}

/// Returns kept blocks and removals together, in page order.
fn entries<'c>(pipeline: &Pipeline, cleaned: &'c Cleaned, format: Format) -> Vec<Entry<'c>> {
    let category = |name: &str| pipeline.rules().find(|meta| meta.name == name).map(|meta| meta.category);
    let kept = cleaned.kept().iter().map(|kept| Entry {
        spans: kept.spans.clone(),
        is_kept: true,
        is_within: false,
        is_unasked: false,
        role: Some(kept.role),
        rule: kept.rule,
        category: kept.rule.and_then(category),
        reason: kept.reason.clone(),
        text: kept.text.as_str().into(),
    });
    let plain = Pipeline::builder().only(None::<String>).build().expect("no rules compile");
    let removed = cleaned.removals().iter().map(|removal| Entry {
        spans: vec![removal.span],
        is_kept: false,
        is_within: false,
        is_unasked: removal.role.is_some() && category(removal.rule).is_none(),
        role: removal.role,
        rule: Some(removal.rule),
        category: Some(removal.category),
        reason: Some(removal.reason.to_string()),
        text: shown(&plain, &cleaned.source()[removal.span.range()], format),
    });
    let mut entries: Vec<_> = kept.chain(removed).collect();
    entries.sort_by_key(|entry| (entry.span().start, !entry.is_kept));
    let mut end = 0;
    for entry in &mut entries {
        entry.is_within = !entry.is_kept && entry.span().start < end;
        end = if entry.is_kept { entry.span().end } else { end };
    }
    entries
}

/// Returns the text that a stretch of the source shows: of HTML, what is left without its markup.
fn shown<'s>(plain: &Pipeline, source: &'s str, format: Format) -> std::borrow::Cow<'s, str> {
    if format == Format::Text || !source.contains(['<', '&', '\n', '\t']) {
        return source.into();
    }
    plain.clean(Page::html(source)).text().into()
}

/// Columns of a line when there is no terminal to ask.
const COLUMNS: usize = 100;

fn columns() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into()).or(asked).unwrap_or(COLUMNS)
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const KEPT: Style = AnsiColor::Green.on_default().bold();
const REMOVED: Style = AnsiColor::Red.on_default().bold();
/// A part of the article that was not asked for.
const UNASKED: Style = AnsiColor::Yellow.on_default().bold();

fn text(
    mut out: impl Write,
    name: &str,
    cleaned: &Cleaned,
    entries: &[Entry],
    columns: Option<usize>,
) -> io::Result<()> {
    let bytes = cleaned.source().len();
    writeln!(out, "{BOLD}{}{BOLD:#}, {bytes} bytes", show::printable(name))?;
    for (label, value) in [
        ("headline", cleaned.headline()),
        ("byline", cleaned.byline()),
        ("date", cleaned.date()),
        ("language", cleaned.language()),
    ] {
        if let Some(value) = value {
            let value = show::printable(value);
            let value = columns
                .map_or(value.clone(), |columns| show::clip(&value, columns.saturating_sub(10)).into_owned().into());
            writeln!(out, "{DIM}{label:8}{DIM:#}  {value}")?;
        }
    }
    writeln!(out)?;
    for entry in entries {
        head(&mut out, entry, columns)?;
        body(&mut out, entry, columns)?;
    }
    let kept = entries.iter().filter(|entry| entry.is_kept).count();
    writeln!(out)?;
    write!(out, "{BOLD}{kept} kept, {} removed{BOLD:#}, rules {}", entries.len() - kept, cleaned.rules_version())?;
    if cleaned.origin() == Origin::Script {
        write!(out, "; the body stands only in a script")?;
    }
    if cleaned.is_mended() {
        write!(out, "; UTF-8 that was decoded as Windows-1252 is mended")?;
    }
    if let Status::Partial(limit) = cleaned.status() {
        write!(out, "; {REMOVED}read only in part: the limit on {limit} was reached{REMOVED:#}")?;
    }
    writeln!(out)?;
    out.flush()
}

/// Writes what became of the block, and why.
fn head(out: &mut impl Write, entry: &Entry, columns: Option<usize>) -> io::Result<()> {
    let (style, mark, verdict) = match (entry.is_kept, entry.role) {
        (true, _) => (KEPT, '+', "kept"),
        (false, Some(_)) => (UNASKED, '~', "not asked for"),
        (false, None) => (REMOVED, '-', "removed"),
    };
    write!(out, "{style}{mark} {verdict}{style:#}")?;
    if entry.is_within {
        write!(out, " from the block above")?;
    }
    if let Some(role) = entry.role {
        write!(out, " {role}")?;
    }
    // A part that was not asked for and that no rule named, such as plain body, has no more to say.
    let (rule, category, reason) = match entry.is_unasked {
        true => (None, None, None),
        false => (entry.rule, entry.category, entry.reason.as_deref()),
    };
    if let Some(rule) = rule {
        let preposition = if entry.role.is_some() { " by" } else { "" };
        write!(out, "{preposition} {BOLD}{rule}{BOLD:#}")?;
    }
    if let Some(category) = category {
        write!(out, " ({category})")?;
    }
    let spans: Vec<_> = entry.spans.iter().map(Span::to_string).collect();
    write!(out, " {DIM}{}{DIM:#}", spans.join(" "))?;
    if let Some(reason) = reason {
        let reason = show::printable(reason);
        // It may quote the page.
        write!(
            out,
            ": {}",
            columns.map_or(reason.clone(), |columns| show::clip(&reason, columns).into_owned().into())
        )?;
    }
    writeln!(out)
}

const INDENT: &str = "    ";

fn body(out: &mut impl Write, entry: &Entry, columns: Option<usize>) -> io::Result<()> {
    let style = if entry.is_kept { Style::new() } else { DIM };
    match columns {
        None => {
            for line in entry.text.lines() {
                let line = line.replace('\t', "  ");
                writeln!(out, "{INDENT}{style}{}{style:#}", show::printable(&line))?;
            }
        }
        Some(columns) => {
            // Long blocks are looked at no further than they can show: hardly any column takes more characters.
            let most = entry.text.char_indices().nth(columns * 16).map_or(entry.text.len(), |(end, _)| end);
            let line = entry.text[..most].split_whitespace().collect::<Vec<_>>().join(" ");
            let line = show::printable(&line);
            let line = show::clip(&line, columns.saturating_sub(INDENT.len()));
            writeln!(out, "{INDENT}{style}{line}{style:#}")?;
        }
    }
    Ok(())
}

fn json(out: &mut impl Write, entries: &[Entry]) -> io::Result<()> {
    for entry in entries {
        let spans: Vec<_> = entry.spans.iter().map(|span| [span.start, span.end]).collect();
        let line = serde_json::json!({
            "verdict": if entry.is_kept { "kept" } else { "removed" },
            "role": entry.role.map(Role::name),
            "rule": entry.rule,
            "category": entry.category.map(|category| category.to_string()),
            "reason": entry.reason,
            "spans": spans,
            "text": entry.text,
        });
        writeln!(out, "{}", show::printable_json(&line.to_string()))?;
    }
    out.flush()
}
