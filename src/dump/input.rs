//! Opens inputs, tells by their first bytes how they are packed, and unpacks them.

use super::record::Cause;
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes read at once; zstd likes its own block size, 128 KiB.
const BUFFER: usize = 128 << 10;

/// First bytes that tell a kind of file that is not read here, so that the message can say more than "bad JSON" for
/// every line of it.
const FOREIGN: [(&[u8], &str); 6] = [
    (b"BZh", "is bzip2: unpack it and pipe it in"),
    (b"\xfd7zXZ\0", "is xz: unpack it and pipe it in"),
    (b"PK\x03\x04", "is a zip archive: unpack it and pipe it in"),
    (b"PAR1", "is Parquet: convert it to JSON Lines"),
    (b"\xff\xfe", "is UTF-16: convert it to UTF-8"),
    (b"\xfe\xff", "is UTF-16: convert it to UTF-8"),
];

/// An input, unpacked.
pub(crate) struct Input {
    bytes: BufReader<Box<dyn Read + Send>>,
    /// Bytes taken from the input as it is stored.
    at: Arc<AtomicU64>,
}

impl Input {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Self::sniff(File::open(path)?)
    }

    /// Looks at the first bytes: gzip, zstd, or neither.
    pub(super) fn sniff(mut read: impl Read + Send + 'static) -> io::Result<Self> {
        let mut head = Vec::with_capacity(8);
        read.by_ref().take(6).read_to_end(&mut head)?;
        if let Some((_, what)) = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Err(io::Error::new(io::ErrorKind::Unsupported, *what));
        }
        let is_gzip = head.starts_with(b"\x1f\x8b");
        // A stream may begin with a frame to skip (`pzstd` writes one).
        let is_zstd = head.starts_with(b"\x28\xb5\x2f\xfd") || matches!(head[..], [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
        let at = Arc::new(AtomicU64::new(0));
        let stored = BufReader::with_capacity(BUFFER, Cursor::new(head).chain(read));
        let stored = Counted { inner: stored, at: at.clone() };
        let bytes: Box<dyn Read + Send> = if is_gzip {
            Box::new(MultiGzDecoder::new(stored))
        } else if is_zstd {
            let mut decoder = zstd::Decoder::with_buffer(stored)?;
            // Dumps are packed with `--long=31` at times; the window is only paid for as far as the data fills it.
            decoder.window_log_max(if cfg!(target_pointer_width = "64") { 31 } else { 30 })?;
            Box::new(decoder)
        } else {
            Box::new(stored)
        };
        Ok(Self { bytes: BufReader::with_capacity(BUFFER, bytes), at })
    }

    /// Returns the unpacked bytes.
    #[cfg(feature = "eval")]
    pub(crate) fn into_read(self) -> impl BufRead {
        self.bytes
    }

    /// Returns what is wrong, and where in the input as stored.
    pub(super) fn cause(&self, error: &io::Error) -> Cause {
        let at = self.at.load(Ordering::Relaxed);
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Cause::Cut { at },
            _ => Cause::Unreadable { at, error: error.to_string() },
        }
    }

    pub(super) fn fill(&mut self) -> io::Result<&[u8]> {
        // Asked twice because a buffer that is returned on success stays borrowed in the loop.
        loop {
            match self.bytes.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.bytes.buffer())
    }

    pub(super) fn consume(&mut self, n: usize) {
        self.bytes.consume(n);
    }
}

/// Counts the bytes taken.
struct Counted<R> {
    inner: R,
    at: Arc<AtomicU64>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.at.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.at.fetch_add(n as u64, Ordering::Relaxed);
        self.inner.consume(n);
    }
}
