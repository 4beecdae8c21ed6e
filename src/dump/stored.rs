//! An input as it is stored: read in pieces, with a way back over what was read last.

use std::io::{self, Read};

/// Bytes read at once.
const PIECE: usize = 128 << 10;

/// Bytes kept since the mark at the most. A gzip member of one page has some 20 KiB; of a member that is longer than this,
/// what follows damage is looked for from the damage on.
const KEPT: usize = 8 << 20;

/// Reads an input and counts its bytes.
pub(super) struct Stored {
    read: Box<dyn Read + Send>,
    bytes: Vec<u8>,
    /// The next byte to take.
    at: usize,
    /// Bytes of the input before `bytes`.
    before: u64,
    /// The byte to which [`rewind`](Self::rewind) may go back.
    mark: Option<usize>,
    has_ended: bool,
}

impl Stored {
    pub(super) fn new(read: impl Read + Send + 'static) -> Self {
        Self { read: Box::new(read), bytes: Vec::new(), at: 0, before: 0, mark: None, has_ended: false }
    }

    /// Returns the number of bytes taken.
    pub(super) fn offset(&self) -> u64 {
        self.before + self.at as u64
    }

    /// Returns the bytes at hand, none at the end.
    pub(super) fn fill(&mut self) -> io::Result<&[u8]> {
        if self.at == self.bytes.len() {
            self.more()?;
        }
        Ok(&self.bytes[self.at..])
    }

    /// Returns at least this many bytes, fewer only before the end.
    pub(super) fn peek(&mut self, n: usize) -> io::Result<&[u8]> {
        while self.bytes.len() - self.at < n && !self.has_ended {
            self.more()?;
        }
        Ok(&self.bytes[self.at..])
    }

    pub(super) fn consume(&mut self, n: usize) {
        self.at += n;
    }

    /// Keeps the bytes from here on for a [`rewind`](Self::rewind).
    pub(super) fn mark(&mut self) {
        self.mark = Some(self.at);
    }

    /// Goes back to this many bytes after the mark. Stays where it is when those are not kept any more.
    pub(super) fn rewind(&mut self, after: usize) {
        if let Some(mark) = self.mark {
            self.at = (mark + after).min(self.bytes.len());
        }
    }

    /// Goes to the next place where these bytes stand; returns whether there is one.
    pub(super) fn find(&mut self, wanted: &[u8]) -> io::Result<bool> {
        loop {
            if let Some(found) = memchr::memmem::find(&self.bytes[self.at..], wanted) {
                self.at += found;
                return Ok(true);
            }
            // They may begin in this piece and end in the next.
            self.at = self.bytes.len() - (wanted.len() - 1).min(self.bytes.len() - self.at);
            if self.has_ended {
                self.at = self.bytes.len();
                return Ok(false);
            }
            self.more()?;
        }
    }

    fn more(&mut self) -> io::Result<()> {
        if self.has_ended {
            return Ok(());
        }
        if self.mark.is_some_and(|mark| self.at - mark > KEPT) {
            self.mark = None;
        }
        let done = self.mark.unwrap_or(self.at);
        self.bytes.drain(..done);
        self.before += done as u64;
        self.at -= done;
        self.mark = self.mark.map(|_| 0);
        let read = (&mut self.read).take(PIECE as u64).read_to_end(&mut self.bytes);
        self.has_ended = read.as_ref().map_or(true, |&n| n == 0);
        read.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back_to_the_mark_and_finds_across_pieces() {
        let mut bytes = vec![b'.'; 3 * PIECE];
        bytes[PIECE - 1..PIECE + 2].copy_from_slice(b"abc");
        let mut stored = Stored::new(io::Cursor::new(bytes));
        stored.fill().unwrap();
        stored.consume(10);
        stored.mark();
        assert!(stored.find(b"abc").unwrap());
        assert_eq!(stored.offset(), PIECE as u64 - 1);
        stored.rewind(1);
        assert_eq!(stored.offset(), 11);
        assert!(!stored.find(b"abd").unwrap());
        assert_eq!((stored.offset(), stored.fill().unwrap()), (3 * PIECE as u64, &b""[..]));
    }
}
