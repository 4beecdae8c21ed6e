//! Unpacks an input: gzip of any number of members, zstd of any number of frames, or as it is. Damage is told once, at its
//! place, and what follows it is unpacked.

use super::damage::{Damage, Kind};
use super::stored::Stored;
use flate2::{Decompress, FlushDecompress, Status};
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;
use zstd::stream::raw::{DParameter, Decoder, InBuffer, Operation, OutBuffer};

/// Bytes unpacked at once.
const PIECE: usize = 256 << 10;

/// Unpacked bytes, or the end of the member, that make a place after damage count as the start of a member. Its magic
/// number stands by chance once in some 16 MiB of packed data; of such data hardly any unpacks this far.
const PROVEN: usize = 4 << 10;

/// First bytes that tell a kind of file that is not read here, so that the message can say more than "bad JSON" for
/// every line of it.
const FOREIGN: [(&[u8], &str); 5] = [
    (b"BZh", "is bzip2: unpack it and pipe it in"),
    (b"\xfd7zXZ\0", "is xz: unpack it and pipe it in"),
    (b"PK\x03\x04", "is a zip archive: unpack it and name the files, or their folder"),
    (b"\xff\xfe", "is UTF-16: convert it to UTF-8"),
    (b"\xfe\xff", "is UTF-16: convert it to UTF-8"),
];

const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
/// The skippable frame that holds the dictionary of a `.warc.zst`.
const ZSTD_DICTIONARY: &[u8] = b"\x5d\x2a\x4d\x18";

/// An input, unpacked.
pub(crate) struct Unpacked {
    stored: Stored,
    packing: Packing,
    out: Vec<u8>,
    /// The next byte of `out` to take.
    at: usize,
    /// Where the member begins that `out` comes from.
    member: u64,
    /// Whether the first byte of `out` is its member's first.
    is_start: bool,
    /// Bytes given back, to be taken first, and the offset of their start.
    back: Vec<u8>,
    back_at: usize,
    back_offset: u64,
    is_back_start: bool,
    /// What went wrong after the bytes in `out`, told when they are taken.
    fault: Option<(u64, Fault)>,
    /// Damage met behind the bytes given back.
    owed: Option<Damage>,
}

enum Packing {
    Plain,
    Gzip(Option<Decompress>),
    /// Set when a frame is under way.
    Zstd(Box<Decoder<'static>>, bool),
    /// Nothing more comes.
    Ended,
}

impl Unpacked {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Self::new(File::open(path)?)
    }

    /// Looks at the first bytes: gzip, zstd, or neither.
    ///
    /// # Errors
    ///
    /// The first bytes cannot be read, or are those of a kind of file that is not read here.
    pub(crate) fn new(read: impl Read + Send + 'static) -> io::Result<Self> {
        let mut stored = Stored::new(read);
        let head = stored.peek(18)?;
        if let Some((_, what)) = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Err(io::Error::new(io::ErrorKind::Unsupported, *what));
        }
        // A stream may begin with a frame to skip (`pzstd` writes one).
        let is_zstd = head.starts_with(ZSTD) || matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
        let packing = if head.starts_with(b"\x1f\x8b") {
            Packing::Gzip(None)
        } else if is_zstd {
            Packing::Zstd(Box::new(zstd_decoder(&mut stored)?), false)
        } else {
            Packing::Plain
        };
        Ok(Self {
            stored,
            packing,
            out: Vec::new(),
            at: 0,
            member: 0,
            is_start: false,
            back: Vec::new(),
            back_at: 0,
            back_offset: 0,
            is_back_start: false,
            fault: None,
            owed: None,
        })
    }

    /// Returns where the next byte stands in the input as stored: itself, or the member that holds it. Call it after
    /// [`fill`](Self::fill).
    pub(super) fn offset(&self) -> u64 {
        if self.back_at < self.back.len() {
            let passed = if matches!(self.packing, Packing::Plain) { self.back_at as u64 } else { 0 };
            return self.back_offset + passed;
        }
        match self.packing {
            Packing::Plain => self.stored.offset(),
            _ => self.member,
        }
    }

    /// Returns the bytes of the input, as stored, that were read.
    pub(super) fn taken(&self) -> u64 {
        self.stored.offset()
    }

    /// Returns whether the next byte is the first of a member. Call it after [`fill`](Self::fill).
    pub(super) fn is_member_start(&self) -> bool {
        if self.back_at < self.back.len() {
            return self.is_back_start && self.back_at == 0;
        }
        self.is_start && self.at == 0 && !self.out.is_empty()
    }

    /// Returns bytes, all of one member; none at the end. Damage is told once; after it come the bytes that follow.
    pub(super) fn fill(&mut self) -> Result<&[u8], Damage> {
        if self.back_at < self.back.len() {
            return Ok(&self.back[self.back_at..]);
        }
        if let Some(damage) = self.owed.take() {
            return Err(damage);
        }
        if matches!(self.packing, Packing::Plain) {
            let at = self.stored.offset();
            return self.stored.fill().map_err(|error| Damage { at, member: 0, kind: Kind::Unreadable(error) });
        }
        if self.at == self.out.len() {
            self.unpack()?;
        }
        Ok(&self.out[self.at..])
    }

    /// Returns at least this many bytes, fewer only before the end, damage or the end of a member. Damage is told by the
    /// [`fill`](Self::fill) that comes upon it.
    pub(super) fn peek(&mut self, n: usize) -> &[u8] {
        self.look(n, false)
    }

    /// Does the same beyond the end of a member.
    pub(super) fn peek_across(&mut self, n: usize) -> &[u8] {
        self.look(n, true)
    }

    fn look(&mut self, n: usize, across: bool) -> &[u8] {
        let have = match self.owed.is_some() {
            true => self.back.len() - self.back_at,
            false => self.fill_or_owe(),
        };
        if have < n && self.owed.is_none() {
            let (offset, is_start) = (self.offset(), self.is_member_start());
            let mut have = self.back.split_off(self.back_at);
            self.back.clear();
            self.back_at = 0;
            loop {
                let len = self.fill_or_owe();
                if len == 0 || have.len() >= n || !across && self.is_member_start() && !have.is_empty() {
                    break;
                }
                have.extend_from_slice(&self.fill().unwrap_or_default()[..len]);
                self.consume(len);
            }
            self.unread(have, offset, is_start);
        }
        match self.owed.is_some() {
            true => &self.back[self.back_at..],
            false => self.fill().unwrap_or_default(),
        }
    }

    /// Fills, and keeps damage for later; returns the number of bytes at hand.
    fn fill_or_owe(&mut self) -> usize {
        match self.fill() {
            Ok(bytes) => bytes.len(),
            Err(damage) => {
                self.owed = Some(damage);
                0
            }
        }
    }

    pub(super) fn consume(&mut self, n: usize) {
        if self.back_at < self.back.len() {
            self.back_at += n;
        } else if matches!(self.packing, Packing::Plain) {
            self.stored.consume(n);
        } else {
            self.at += n;
        }
    }

    /// Gives bytes back, to be taken next. `offset` is where they stand; `is_start` says that they open a member.
    pub(super) fn unread(&mut self, mut bytes: Vec<u8>, offset: u64, is_start: bool) {
        bytes.extend_from_slice(&self.back[self.back_at..]);
        (self.back, self.back_at, self.back_offset, self.is_back_start) = (bytes, 0, offset, is_start);
    }

    /// Tells of this damage once the bytes given back are taken.
    pub(super) fn owe(&mut self, damage: Damage) {
        self.owed = Some(damage);
    }

    /// Returns where the member begins that the last bytes came from.
    pub(super) fn member(&self) -> u64 {
        self.member
    }

    pub(super) fn is_plain(&self) -> bool {
        matches!(self.packing, Packing::Plain)
    }

    /// Unpacks a piece. At the end `out` is empty.
    fn unpack(&mut self) -> Result<(), Damage> {
        self.out.clear();
        (self.at, self.is_start) = (0, false);
        while self.out.is_empty() {
            let at = self.stored.offset();
            let (at, fault) = match self.fault.take() {
                Some(fault) => fault,
                None => match self.step() {
                    Ok(Step::More) => continue,
                    Ok(Step::End) => break,
                    Err(fault) if self.out.is_empty() => (at, fault),
                    // What was unpacked before it comes first.
                    Err(fault) => {
                        self.fault = Some((at, fault));
                        break;
                    }
                },
            };
            let member = self.member;
            let kind = match fault {
                Fault::System(error) => {
                    self.packing = Packing::Ended;
                    Kind::Unreadable(error)
                }
                Fault::Data(error) => Kind::Corrupt(error, self.resume()),
                Fault::Foreign => {
                    let resumed = self.resume();
                    Kind::Between(resumed.unwrap_or(self.stored.offset()) - at, resumed)
                }
                Fault::Cut => match self.resume() {
                    Some(resumed) => Kind::Corrupt("the packed data breaks off".into(), Some(resumed)),
                    None => Kind::Cut,
                },
            };
            return Err(Damage { at, member, kind });
        }
        Ok(())
    }

    /// Takes one step: into a member, or within one.
    fn step(&mut self) -> Result<Step, Fault> {
        match &mut self.packing {
            Packing::Plain | Packing::Ended => return Ok(Step::End),
            Packing::Gzip(member @ None) => {
                let head = self.stored.peek(3).map_err(Fault::System)?;
                let zeros = head.iter().take_while(|&&b| b == 0).count();
                let is_member = GZIP.starts_with(&head[..head.len().min(3)]);
                if head.is_empty() {
                    return Ok(Step::End);
                }
                // Tapes and some tools fill up with zeros.
                if zeros > 0 {
                    self.stored.consume(zeros);
                    return Ok(Step::More);
                }
                self.member = self.stored.offset();
                self.stored.mark();
                if !is_member {
                    return Err(Fault::Foreign);
                }
                *member = Some(Decompress::new_gzip(15));
                self.is_start = true;
            }
            Packing::Gzip(Some(inflate)) => {
                let packed = self.stored.fill().map_err(Fault::System)?;
                if packed.is_empty() {
                    return Err(Fault::Cut);
                }
                self.out.reserve_exact(PIECE);
                let before = inflate.total_in();
                let result = inflate.decompress_vec(packed, &mut self.out, FlushDecompress::None);
                let used = (inflate.total_in() - before) as usize;
                self.stored.consume(used);
                match result {
                    Ok(Status::StreamEnd) => self.packing = Packing::Gzip(None),
                    // A member that is empty so far, or whose header is not whole yet.
                    Ok(_) => {}
                    Err(error) => {
                        let error = error.message().map_or_else(|| error.to_string(), ToOwned::to_owned);
                        return Err(Fault::Data(error));
                    }
                }
            }
            Packing::Zstd(decoder, is_within) => {
                if !*is_within {
                    let head = self.stored.peek(4).map_err(Fault::System)?;
                    if head.is_empty() {
                        return Ok(Step::End);
                    }
                    let is_frame = ZSTD.starts_with(&head[..head.len().min(4)])
                        || matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
                    self.member = self.stored.offset();
                    self.stored.mark();
                    if !is_frame {
                        return Err(Fault::Foreign);
                    }
                    decoder.reinit().map_err(Fault::System)?;
                    (*is_within, self.is_start) = (true, true);
                    return Ok(Step::More);
                }
                let packed = self.stored.fill().map_err(Fault::System)?;
                if packed.is_empty() {
                    return Err(Fault::Cut);
                }
                self.out.resize(PIECE, 0);
                let mut input = InBuffer::around(packed);
                let mut output = OutBuffer::around(&mut self.out[..]);
                let result = decoder.run(&mut input, &mut output);
                let (used, made) = (input.pos(), output.pos());
                self.out.truncate(made);
                self.stored.consume(used);
                match result {
                    Ok(0) => *is_within = false,
                    Ok(_) => {}
                    Err(error) => return Err(Fault::Data(error.to_string())),
                }
            }
        }
        Ok(Step::More)
    }

    /// Looks for the next member that can be unpacked, and begins with it. Returns where it stands.
    fn resume(&mut self) -> Option<u64> {
        let magic = match &self.packing {
            Packing::Gzip(_) => GZIP,
            Packing::Zstd(..) => ZSTD,
            Packing::Plain | Packing::Ended => return None,
        };
        // The member's own start is not the next one.
        self.stored.rewind(1);
        loop {
            self.out.clear();
            match &mut self.packing {
                Packing::Gzip(member) => *member = None,
                Packing::Zstd(_, is_within) => *is_within = false,
                Packing::Plain | Packing::Ended => {}
            }
            if !self.stored.find(magic).unwrap_or(false) {
                self.packing = Packing::Ended;
                return None;
            }
            // The three high bits of a gzip header's flags are always unset.
            let is_header =
                magic != GZIP || self.stored.peek(4).is_ok_and(|head| head.get(3).is_some_and(|f| f & 0xe0 == 0));
            if is_header && self.is_proven() {
                self.is_start = true;
                return Some(self.member);
            }
            self.stored.rewind(1);
        }
    }

    /// Unpacks what begins here as a trial.
    fn is_proven(&mut self) -> bool {
        self.stored.mark();
        let mut out = Vec::new();
        let mut has_begun = false;
        while out.len() < PROVEN {
            self.out.clear();
            if !matches!(self.step(), Ok(Step::More)) {
                return false;
            }
            out.append(&mut self.out);
            let is_between = matches!(self.packing, Packing::Gzip(None) | Packing::Zstd(_, false));
            if has_begun && is_between {
                break;
            }
            has_begun = true;
        }
        self.out = out;
        // An empty member proves nothing.
        !self.out.is_empty()
    }
}

enum Step {
    More,
    End,
}

enum Fault {
    System(io::Error),
    Cut,
    Data(String),
    /// What should be the start of a member is none.
    Foreign,
}

/// Reads the dictionary that a `.warc.zst` may begin with.
fn zstd_decoder(stored: &mut Stored) -> io::Result<Decoder<'static>> {
    let head = stored.peek(8)?;
    let mut dictionary = Vec::new();
    if head.len() >= 8 && head.starts_with(ZSTD_DICTIONARY) {
        let len = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        // The format allows 4 GiB; real ones have 1 MiB at the most.
        if len <= 64 << 20 {
            let frame = stored.peek(8 + len)?;
            let inside = frame.get(8..8 + len).unwrap_or_default();
            dictionary = match inside.starts_with(ZSTD) {
                true => zstd::bulk::decompress(inside, 256 << 20)?,
                false => inside.to_vec(),
            };
            let used = frame.len().min(8 + len);
            stored.consume(used);
        }
    }
    let mut decoder = Decoder::with_dictionary(&dictionary)?;
    // Dumps are packed with `--long=31` at times; the window is only paid for as far as the data fills it.
    decoder.set_parameter(DParameter::WindowLogMax(if cfg!(target_pointer_width = "64") { 31 } else { 30 }))?;
    Ok(decoder)
}

impl Read for Unpacked {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let n = bytes.len().min(out.len());
        out[..n].copy_from_slice(&bytes[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Unpacked {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.fill().map_err(|damage| match damage.kind {
            Kind::Cut => io::Error::new(io::ErrorKind::UnexpectedEof, format!("cut short at byte {}", damage.at)),
            Kind::Corrupt(error, _) => {
                io::Error::new(io::ErrorKind::InvalidData, format!("corrupt from byte {}: {error}", damage.at))
            }
            Kind::Between(..) => {
                io::Error::new(io::ErrorKind::InvalidData, format!("no packed data begins at byte {}", damage.at))
            }
            Kind::Unreadable(error) => error,
        })
    }

    fn consume(&mut self, n: usize) {
        Unpacked::consume(self, n);
    }
}
