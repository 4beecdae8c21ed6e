//! Writes records: to a temporary file, renamed at the end, so that no output is ever half written.

use super::record::Record;
use crate::article::{Cleaned, Origin};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes cleaned records as JSON Lines.
///
/// Each has `id`, `url`, `text`, `headline`, `byline`, `date`, `language`, `status` and `rules`, the version of the rules;
/// `origin` when the body stands only in a script; `repaired` when the record had to be mended, and `removals` when
/// [asked for](Self::removals).
///
/// A file appears under its name only at [`finish`](Self::finish), whole; a writer that is dropped before leaves an
/// existing file as it was.
#[must_use]
pub struct Writer {
    /// Taken only to finish or to drop.
    out: Option<Out>,
    place: Option<Place>,
    removals: bool,
    line: Vec<u8>,
}

/// Where a file is written, and where it will stand.
struct Place {
    file: File,
    temporary: PathBuf,
    target: PathBuf,
}

type Sink = BufWriter<Box<dyn Write + Send>>;

enum Out {
    Plain(Sink),
    Gzip(GzEncoder<Sink>),
    Zstd(zstd::Encoder<'static, Sink>),
}

impl Out {
    /// Packs what goes into `sink` as the name's ending says.
    fn new(sink: Sink, name: &Path) -> io::Result<Self> {
        let ending = name.extension().unwrap_or_default().to_ascii_lowercase();
        Ok(match ending.to_str() {
            Some("gz") => Out::Gzip(GzEncoder::new(sink, Compression::default())),
            Some("zst") => {
                let mut encoder = zstd::Encoder::new(sink, 0)?;
                encoder.include_checksum(true)?;
                Out::Zstd(encoder)
            }
            _ => Out::Plain(sink),
        })
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Out::Plain(out) => out.write_all(bytes),
            Out::Gzip(out) => out.write_all(bytes),
            Out::Zstd(out) => out.write_all(bytes),
        }
    }

    fn finish(self) -> io::Result<()> {
        let mut sink = match self {
            Out::Plain(out) => out,
            Out::Gzip(out) => out.finish()?,
            Out::Zstd(out) => out.finish()?,
        };
        sink.flush()
    }
}

impl Writer {
    /// Writes to a file, packed with gzip when its name ends in `.gz`, with zstd when it ends in `.zst`.
    ///
    /// Until [`finish`](Self::finish) a [temporary file](Self::temporary) in the same folder holds what is written. What
    /// is no plain file, such as a named pipe or `/dev/null`, is written to directly.
    ///
    /// # Errors
    ///
    /// The file cannot be created.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let there = fs::metadata(path).ok();
        if there.as_ref().is_some_and(|there| !there.is_file() && !there.is_dir()) {
            let sink = OpenOptions::new().write(true).open(path)?;
            return Ok(Self::over(Out::new(BufWriter::new(Box::new(sink)), path)?));
        }
        // A link stays a link: the file it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if there.as_ref().is_some_and(fs::Metadata::is_dir) || target.file_name().is_none() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
        }
        let (file, temporary) = create_beside(&target)?;
        let sink = BufWriter::with_capacity(64 << 10, Box::new(file.try_clone()?) as Box<dyn Write + Send>);
        let mut writer = Self::over(Out::Plain(sink));
        writer.place = Some(Place { file, temporary, target });
        if let Some(there) = there {
            writer.place.as_ref().map_or(Ok(()), |place| fs::set_permissions(&place.temporary, there.permissions()))?;
        }
        if let Some(Out::Plain(sink)) = writer.out.take() {
            writer.out = Some(Out::new(sink, path)?);
        }
        Ok(writer)
    }

    /// Writes to anything, not packed.
    pub fn new(write: impl Write + Send + 'static) -> Self {
        Self::over(Out::Plain(BufWriter::new(Box::new(write))))
    }

    fn over(out: Out) -> Self {
        Self { out: Some(out), place: None, removals: false, line: Vec::new() }
    }

    /// Adds to each record what was removed: `span`, `rule`, `category`, `reason`. The default is not to.
    pub fn removals(mut self, on: bool) -> Self {
        self.removals = on;
        self
    }

    /// Returns the file that holds what was written until [`finish`](Self::finish).
    pub fn temporary(&self) -> Option<&Path> {
        self.place.as_ref().map(|place| place.temporary.as_path())
    }

    /// Writes a record, cleaned.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn write(&mut self, record: &Record, cleaned: &Cleaned) -> io::Result<()> {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        encode(&mut line, record, cleaned, self.removals);
        let written = self.write_line(&line);
        self.line = line;
        written
    }

    pub(super) fn has_removals(&self) -> bool {
        self.removals
    }

    pub(super) fn write_line(&mut self, line: &[u8]) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), |out| out.write_all(line))
    }

    /// Flushes, and puts a file in its place once the disk has it.
    ///
    /// # Errors
    ///
    /// What is left cannot be written, or the file cannot be renamed; then the temporary file is removed.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(out) = self.out.take() {
            out.finish()?;
        }
        if let Some(place) = &self.place {
            place.file.sync_all()?;
            fs::rename(&place.temporary, &place.target)?;
            sync_folder(&place.target);
        }
        self.place = None;
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.out = None;
        if let Some(Place { file, temporary, .. }) = self.place.take() {
            drop(file);
            _ = fs::remove_file(temporary);
        }
    }
}

/// Creates a new file in the folder of `target`.
fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let folder = target.parent().unwrap_or(Path::new(""));
    let process = std::process::id();
    let mut n = 0;
    loop {
        // Not made of the target's name, which may be as long as names may be.
        let temporary = folder.join(format!(".bodycopy-{process}-{n}.tmp"));
        match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Ok(file) => return Ok((file, temporary)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n < 1000 => n += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Makes the renaming last through a power cut, where the system can.
fn sync_folder(target: &Path) {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) {
        _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Appends a record and a line break.
pub(super) fn encode(line: &mut Vec<u8>, record: &Record, cleaned: &Cleaned, removals: bool) {
    use super::record::Id;
    line.extend_from_slice(b"{\"id\":");
    match &record.id {
        Some(Id::Text(id)) => string(line, id),
        Some(Id::Number(id)) => line.extend_from_slice(id.as_bytes()),
        None => line.extend_from_slice(b"null"),
    }
    let status = cleaned.status().to_string();
    for (name, value) in [
        ("url", record.url.as_deref()),
        ("text", Some(cleaned.text().as_str())),
        ("headline", cleaned.headline()),
        ("byline", cleaned.byline()),
        ("date", cleaned.date()),
        ("language", cleaned.language()),
        ("status", Some(&status)),
        ("rules", Some(cleaned.rules_version())),
    ] {
        key(line, name);
        match value {
            Some(value) => string(line, value),
            None => line.extend_from_slice(b"null"),
        }
    }
    if cleaned.origin() != Origin::Page {
        key(line, "origin");
        string(line, &cleaned.origin().to_string());
    }
    if let Some(repair) = record.repaired {
        key(line, "repaired");
        string(line, repair.name());
    }
    if removals {
        key(line, "removals");
        line.push(b'[');
        for (i, removal) in cleaned.removals().iter().enumerate() {
            line.extend_from_slice(if i > 0 { b",{" } else { b"{" });
            line.extend_from_slice(format!("\"span\":[{},{}]", removal.span.start, removal.span.end).as_bytes());
            key(line, "rule");
            string(line, removal.rule);
            key(line, "category");
            string(line, &removal.category.to_string());
            if let Some(role) = removal.role {
                key(line, "role");
                string(line, role.name());
            }
            key(line, "reason");
            string(line, &removal.reason.to_string());
            line.push(b'}');
        }
        line.push(b']');
    }
    line.extend_from_slice(b"}\n");
}

fn key(line: &mut Vec<u8>, name: &str) {
    line.push(b',');
    string(line, name);
    line.push(b':');
}

fn string(line: &mut Vec<u8>, value: &str) {
    serde_json::to_writer(line, value).expect("a string can be written to memory");
}
