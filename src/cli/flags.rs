//! Flags that several commands share: which page, and what of it.

use super::Stop;
use bodycopy::{Format, Page, Part, Pipeline, PipelineBuilder, Reader};
use clap::ValueEnum;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What is kept, and by which rules.
#[derive(clap::Args)]
pub(super) struct Selection {
    /// Names the parts of the article to keep, with commas: headline, deck, byline, date, note, caption, body. They come
    /// in page order, whatever the order here.
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "body", value_parser = part)]
    parts: Vec<Part>,
    /// Leaves out a rule. May be given several times, or name several rules with commas. One rule at least must be left.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    without: Vec<String>,
    /// Uses this rule and no other. May be given several times, or name several rules with commas.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    only: Vec<String>,
    /// Leaves UTF-8 that someone decoded as Windows-1252 as it is (`donâ€™t`). By default it is read as it was meant.
    #[arg(long)]
    keep_mojibake: bool,
    /// Sets the HTML reader.
    #[arg(long, value_name = "READER", default_value = "fast")]
    reader: ReaderName,
}

fn part(name: &str) -> Result<Part, bodycopy::BuildError> {
    name.trim().parse()
}

#[derive(Clone, Copy, ValueEnum)]
enum ReaderName {
    /// This program's own.
    Fast,
    /// The parser of the `scraper` crate, for comparison; it is some twenty times slower.
    Reference,
}

impl Selection {
    /// Describes the selection in one line.
    pub(super) fn describe(&self) -> String {
        let parts: Vec<_> = self.parts.iter().map(|part| part.name()).collect();
        let reader = match self.reader {
            ReaderName::Fast => "fast",
            ReaderName::Reference => "reference",
        };
        let list = |names: &[String]| names.join(",");
        let (parts, without, only) = (parts.join(","), list(&self.without), list(&self.only));
        let mojibake = if self.keep_mojibake { " mojibake=kept" } else { "" };
        format!("parts={parts} without={without} only={only} reader={reader}{mojibake}")
    }

    /// Returns the pipeline, `set` further.
    ///
    /// # Errors
    ///
    /// A rule is not known, or none is left.
    pub(super) fn pipeline(&self, set: impl FnOnce(PipelineBuilder) -> PipelineBuilder) -> Result<Pipeline, Stop> {
        let pipeline = self.build(set)?;
        if pipeline.rules().next().is_none() {
            let named = if self.only.is_empty() { "every rule" } else { "every rule that --only names" };
            return Err(Stop::error(format!("no rule is left to clean with: --without names {named}")));
        }
        Ok(pipeline)
    }

    /// Returns the pipeline without one rule more, which may be the last.
    pub(super) fn pipeline_without(&self, rule: &str) -> Result<Pipeline, Stop> {
        self.build(|builder| builder.without(rule))
    }

    fn build(&self, set: impl FnOnce(PipelineBuilder) -> PipelineBuilder) -> Result<Pipeline, Stop> {
        let reader = match self.reader {
            ReaderName::Fast => Reader::Fast,
            ReaderName::Reference => Reader::Reference,
        };
        let names = |list: &[String]| list.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>();
        let mut builder =
            Pipeline::builder().parts(self.parts.iter().copied()).reader(reader).mend(!self.keep_mojibake);
        for name in names(&self.without) {
            builder = builder.without(name);
        }
        if !self.only.is_empty() {
            builder = builder.only(names(&self.only));
        }
        set(builder).build().map_err(|error| Stop::error(format!("{error}; `bodycopy rules` lists all rules")))
    }
}

/// How a page is read.
#[derive(clap::Args)]
pub(super) struct PageFlags {
    /// Says what the page is. By default its first bytes tell.
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    from: From,
    /// Gives the page's address.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Names the charset that the server declared. A byte order mark outranks it, and bytes that are UTF-8; without it,
    /// `<meta>` decides, and then the bytes.
    #[arg(long, value_name = "LABEL", value_parser = charset)]
    charset: Option<String>,
}

fn charset(label: &str) -> Result<String, String> {
    match encoding_rs::Encoding::for_label(label.trim().as_bytes()) {
        Some(_) => Ok(label.to_owned()),
        None => Err("no charset of the web is called that; try utf-8, windows-1252, euc-kr, gb18030 …".into()),
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum From {
    /// HTML or text, whichever it looks like.
    Auto,
    /// HTML.
    Html,
    /// Text that some tool has flattened from HTML.
    Text,
}

impl PageFlags {
    pub(super) fn page<'a>(&'a self, bytes: &'a [u8]) -> Page<'a> {
        let charset = self.charset.as_deref();
        let page = match self.from {
            From::Auto => Page::detect_bytes(bytes, charset),
            From::Html => Page::html_bytes(bytes, charset),
            From::Text => Page::text_bytes(bytes, charset),
        };
        match &self.url {
            Some(url) => page.with_url(url.as_str()),
            None => page,
        }
    }

    pub(super) fn has_url(&self) -> bool {
        self.url.is_some()
    }
}

/// Returns the format's name.
pub(super) fn format_name(format: Format) -> &'static str {
    match format {
        Format::Html => "HTML",
        Format::Text => "text",
    }
}

/// Bytes of a file that are read at the most: four times the pipeline's limit, so that the limit is reached in any
/// charset and the result says so, and yet `/dev/zero` does no harm.
const MOST: u64 = 256 << 20;

/// Returns whether the path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Returns a path as messages show it.
pub(super) fn name(path: &Path) -> String {
    if is_stdin(path) { "standard input".into() } else { path.display().to_string() }
}

/// Reads a file, or standard input.
pub(super) fn read(path: &PathBuf) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = match is_stdin(path) {
        true => io::stdin().take(MOST).read_to_end(&mut bytes),
        false => File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes)),
    };
    read.map(|_| bytes).map_err(|error| format!("{} cannot be read: {error}", name(path)))
}
