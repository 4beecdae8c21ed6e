//! A file as the output of `dump`: what its name says, and the list of failures beside it.

use super::{Stop, flags};
use bodycopy::dump::{Failure, To};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Returns the form in which a file is written: the one that is asked for, or the one that its name says.
///
/// # Errors
///
/// The two disagree. Whoever reads the file goes by its name.
pub(super) fn form(path: &Path, asked: Option<To>) -> Result<To, Stop> {
    match (asked, To::named(path)) {
        (Some(asked), Some(named)) if named != asked => {
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
            let (path, to) = (path.display(), asked.ending());
            Err(Stop::error(format!(
                "{path} ends in .{ending}, which does not go with --to {to}; let it end in .{to}, or leave out --to"
            )))
        }
        (asked, named) => Ok(asked.or(named).unwrap_or(To::Jsonl)),
    }
}

/// The list of failures beside an output that is a file: written only when there are any.
pub(super) struct Listed {
    path: Option<PathBuf>,
    lines: Mutex<Vec<u8>>,
}

impl Listed {
    pub(super) fn new(output: &Path) -> Self {
        let is_file = !flags::is_stdin(output) && fs::metadata(output).map_or(true, |there| there.is_file());
        let path = is_file.then(|| {
            let mut name = output.as_os_str().to_owned();
            name.push(".failures.jsonl");
            PathBuf::from(name)
        });
        Self { path, lines: Mutex::default() }
    }

    pub(super) fn add(&self, failure: &Failure) {
        if self.path.is_some() {
            self.lines.lock().expect("nothing panics with it").extend(failure.json_line());
        }
    }

    /// Writes the list, or removes one of an earlier run.
    pub(super) fn finish(self) -> Result<Option<PathBuf>, String> {
        let Some(path) = self.path else { return Ok(None) };
        let lines = self.lines.into_inner().expect("nothing panics with it");
        if lines.is_empty() {
            _ = fs::remove_file(path);
            return Ok(None);
        }
        let written = File::create(&path).and_then(|mut file| file.write_all(&lines));
        written.map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
        Ok(Some(path))
    }
}
