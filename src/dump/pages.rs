//! Reads pages that are files of their own, and finds them in a folder.

use super::failure::{Cause, Failure};
use super::reader::{Body, Context, Raw};
use super::record::{Id, Place};
use super::unpack::Unpacked;
use crate::page::Format;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::vec;

/// Endings of files that are HTML.
const HTML: [&str; 4] = ["html", "htm", "xhtml", "shtml"];
/// Endings of files that are text.
const TEXT: [&str; 4] = ["txt", "text", "md", "markdown"];

/// Files of pages, one a record.
pub(super) struct Pages {
    folder: PathBuf,
    files: vec::IntoIter<PathBuf>,
    /// A page from no file.
    input: Option<Unpacked>,
    record: u64,
    taken: u64,
}

impl Pages {
    /// Takes these files of a folder.
    pub(super) fn new(folder: &Path, files: Vec<PathBuf>) -> Self {
        Self { folder: folder.to_owned(), files: files.into_iter(), input: None, record: 0, taken: 0 }
    }

    /// Takes one page from an input that has been opened.
    pub(super) fn over(input: Unpacked) -> Self {
        Self { input: Some(input), ..Self::new(Path::new(""), Vec::new()) }
    }

    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    pub(super) fn next(&mut self, context: &Arc<Context>) -> Option<Result<Raw, Failure>> {
        let path = self.files.next();
        if path.is_none() && self.input.is_none() {
            return None;
        }
        self.record += 1;
        let place = Place { record: Some(self.record), ..Place::default() };
        let input = match (&path, self.input.take()) {
            (Some(path), _) => Unpacked::open(&self.folder.join(path)),
            (None, Some(input)) => Ok(input),
            (None, None) => return None,
        };
        let read = input.and_then(|mut input| {
            let mut bytes = Vec::new();
            (&mut input).take(context.max_record as u64 + 1).read_to_end(&mut bytes)?;
            self.taken += input.taken();
            Ok(bytes)
        });
        let cause = match read {
            Ok(bytes) if bytes.len() > context.max_record => Cause::TooLong(context.max_record),
            Ok(bytes) => return Some(Ok(Raw { body: Body::File { bytes, path }, place, context: context.clone() })),
            Err(error) => Cause::Unreadable { at: 0, error: error.to_string() },
        };
        let id = path.map(|path| Id::Text(name(&path)));
        Some(Err(Failure { source: context.source.clone(), place, id, cause }))
    }
}

/// Returns the path as an id, with `/` on every system.
pub(super) fn name(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Tells by its ending, without that of a packing, what a page's file is.
pub(super) fn format(path: &Path) -> Option<Format> {
    let ending = |path: &Path| path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let mut last = ending(path);
    if ["gz", "zst"].contains(&last.as_str()) {
        last = ending(&path.with_extension(""));
    }
    let last = last.as_str();
    if HTML.contains(&last) {
        Some(Format::Html)
    } else if TEXT.contains(&last) {
        Some(Format::Text)
    } else {
        None
    }
}

/// Finds all files below a folder, in order of their paths, which are relative to it. Links to folders are not followed.
///
/// # Errors
///
/// The folder, or one in it, cannot be read.
pub(super) fn all_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        let at = folder.join(&inner);
        let name = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", at.display()));
        for entry in fs::read_dir(&at).map_err(name)? {
            let entry = entry.map_err(name)?;
            let path = inner.join(entry.file_name());
            match entry.file_type().map_err(name)? {
                kind if kind.is_dir() => folders.push(path),
                _ if folder.join(&path).is_file() => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Finds the pages below a folder, and all other files.
pub(super) fn files(folder: &Path) -> io::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    Ok(all_files(folder)?.into_iter().partition(|path| format(path).is_some()))
}
