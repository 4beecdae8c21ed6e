//! Files that appear under their names only when they are whole.

use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file under a temporary name. Dropped before [`finish`](Self::finish) it is removed, and what stands under the target's
/// name stays.
pub(super) struct Unfinished {
    /// Taken only to finish or to drop.
    file: Option<BufWriter<File>>,
    temporary: PathBuf,
    target: PathBuf,
    hash: Sha256,
    bytes: u64,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Bytes of the file.
    pub bytes: u64,
    /// Its SHA-256, as `sha256sum` prints it.
    pub sha256: String,
}

impl Unfinished {
    /// Begins a file that will stand at `target`, in the same folder. A link stays a link: the file it points to is replaced,
    /// and keeps its permissions.
    pub(super) fn beside(target: &Path) -> io::Result<Self> {
        let there = fs::metadata(target).ok();
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        if there.as_ref().is_some_and(fs::Metadata::is_dir) || target.file_name().is_none() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
        }
        let folder = target.parent().unwrap_or(Path::new(""));
        let process = std::process::id();
        let mut n = 0;
        let (file, temporary) = loop {
            // Not made of the target's name, which may be as long as names may be.
            let temporary = folder.join(format!(".bodycopy-{process}-{n}.tmp"));
            match OpenOptions::new().write(true).create_new(true).open(&temporary) {
                Ok(file) => break (file, temporary),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n < 1000 => n += 1,
                Err(error) => return Err(error),
            }
        };
        let unfinished = Self::new(file, temporary, target);
        if let Some(there) = there {
            fs::set_permissions(&unfinished.temporary, there.permissions())?;
        }
        Ok(unfinished)
    }

    /// Begins a file at `temporary`, replacing what a run that was ended left there, to stand at `target`.
    pub(super) fn at(temporary: PathBuf, target: PathBuf) -> io::Result<Self> {
        Ok(Self::new(File::create(&temporary)?, temporary, target))
    }

    fn new(file: File, temporary: PathBuf, target: PathBuf) -> Self {
        let file = Some(BufWriter::with_capacity(64 << 10, file));
        Self { file, temporary, target, hash: Sha256::new(), bytes: 0 }
    }

    pub(super) fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// Puts the file in its place once the disk has it.
    pub(super) fn finish(mut self) -> io::Result<Written> {
        let file = self.file.take().map(|file| file.into_inner().map_err(|error| error.into_error()));
        let renamed = file.transpose().and_then(|file| {
            file.map_or(Ok(()), |file| file.sync_all())?;
            fs::rename(&self.temporary, &self.target)
        });
        if let Err(error) = renamed {
            _ = fs::remove_file(&self.temporary);
            return Err(error);
        }
        sync_folder(&self.target);
        let hash = std::mem::take(&mut self.hash).finalize();
        Ok(Written { bytes: self.bytes, sha256: hex(&hash) })
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(file) = self.file.take() {
            // What is still in memory is not wanted on a disk that may be full.
            drop(file.into_parts());
            _ = fs::remove_file(&self.temporary);
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the length and the SHA-256 of a file.
pub(super) fn measure(path: &Path) -> io::Result<Written> {
    let mut hash = Sha256::new();
    let bytes = io::copy(&mut File::open(path)?, &mut HashOnly(&mut hash))?;
    Ok(Written { bytes, sha256: hex(&hash.finalize()) })
}

struct HashOnly<'h>(&'h mut Sha256);

impl Write for HashOnly<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Makes the renaming last through a power cut, where the system can.
pub(super) fn sync_folder(target: &Path) {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) {
        _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
