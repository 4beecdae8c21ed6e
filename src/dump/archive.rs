//! Reads the records of WARC and ARC, and finds the next one behind whatever is wrong.
//!
//! No crate at hand does that: `fastwarc` takes a cut file for its end, `rust_warc` ends at the first bad header.

use super::damage::{Damage, Kind};
use super::failure::{Cause, Failure};
use super::reader::{Body, Context, Raw};
use super::record::{Id, Place, Repair};
use super::unpack::Unpacked;
use std::collections::VecDeque;
use std::sync::Arc;

/// Bytes of a record's header at the most; real ones have some hundred.
const HEADER: usize = 1 << 20;

/// Bytes needed to know the start of a record: of WARC a version line, of ARC a line with an address.
const WARC_START: usize = 16;
const VERSION: &[u8] = b"WARC/";
const ARC_START: usize = 4 << 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Warc,
    Arc,
}

/// What the header of a record says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// `response`, `resource` …; all records of ARC but the first are `response`.
    pub(super) kind: String,
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) content_type: String,
    /// What the crawler found the payload to be.
    pub(super) payload_type: Option<String>,
    /// Why the crawler stored only a part of it.
    pub(super) truncated: Option<String>,
    length: Option<u64>,
}

/// Reads the records of an archive, in order.
pub(super) struct Archive {
    pub(super) input: Unpacked,
    pub(super) format: Format,
    record: u64,
    queue: VecDeque<Result<Raw, Failure>>,
    has_ended: bool,
}

/// How a record's block ended.
enum End {
    /// After as many bytes as declared.
    Declared,
    /// Where the next record begins, before as many bytes.
    Next,
    /// Where the input ends.
    Input,
    /// With damage.
    Damaged(Damage),
    /// Too many bytes were declared to be held; those after them were passed over.
    Skipped,
}

impl Archive {
    pub(super) fn new(input: Unpacked, format: Format) -> Self {
        Self { input, format, record: 0, queue: VecDeque::new(), has_ended: false }
    }

    pub(super) fn next(&mut self, context: &Arc<Context>) -> Option<Result<Raw, Failure>> {
        loop {
            if let Some(item) = self.queue.pop_front() {
                return Some(item);
            }
            if self.has_ended {
                return None;
            }
            if let Err(damage) = self.read(context) {
                self.fail_damage(context, damage, None);
            }
        }
    }

    /// Reads up to the end of a record, or of what stands between two.
    fn read(&mut self, context: &Arc<Context>) -> Result<(), Damage> {
        self.pass_line_ends()?;
        if self.input.fill()?.is_empty() {
            self.has_ended = true;
            return Ok(());
        }
        let offset = self.input.offset();
        if !self.is_start() {
            let (bytes, damage) = self.pass_garbage();
            let place = Place { offset, ..Place::default() };
            self.fail(context, place, None, Cause::Garbage { at: offset, bytes });
            return damage.map_or(Ok(()), Err);
        }
        self.record += 1;
        let place = Place { offset, record: Some(self.record), line: None };
        let head = match self.head() {
            Ok(Some(head)) => head,
            Ok(None) => {
                let at = self.input.taken();
                self.has_ended = true;
                self.fail(context, place, None, Cause::Cut { at });
                return Ok(());
            }
            Err(damage) => {
                self.fail_damage(context, damage, Some((place, None)));
                return Ok(());
            }
        };
        self.block(context, place, head);
        Ok(())
    }

    /// Reads the block of a record whose header has been read, and what stands between it and the next one.
    fn block(&mut self, context: &Arc<Context>, place: Place, head: Head) {
        let id = head.id.clone().map(Id::Text);
        let most = context.max_record;
        let (mut block, mut end) = match head.length {
            Some(length) => self.take(length, most),
            None => (Vec::new(), End::Declared),
        };
        let mut is_whole = matches!(end, End::Declared) && head.length.is_some();
        let mut after = Vec::new();
        if matches!(end, End::Declared | End::Skipped) {
            let member = self.input.member();
            match self.line_ends(&mut after) {
                Ok(()) => {}
                // The data behind the block is damaged; the block is not, unless the check sum of its own member says so.
                Err(damage) if damage.member != member || !matches!(damage.kind, Kind::Corrupt(..)) => {
                    if let End::Skipped = end {
                        self.fail(context, place, id, Cause::TooLong(most));
                    } else {
                        self.give(context, place, head, block, None);
                    }
                    return self.fail_damage(context, damage, None);
                }
                Err(damage) => return self.fail_damage(context, damage, Some((place, id))),
            }
            is_whole &= self.is_boundary(&after);
        }
        if let End::Skipped = end {
            return self.fail(context, place, id, Cause::TooLong(most));
        }
        if is_whole {
            return self.give(context, place, head, block, None);
        }
        // The length is wrong, or the record is cut. If another begins within what was read, it was too long.
        let offset = self.input.offset();
        let held = block.len();
        block.append(&mut after);
        let searched = block.len();
        let next = self.input.peek(ARC_START);
        block.extend_from_slice(&next[..next.len().min(ARC_START)]);
        let found = self.find_start(&block).filter(|&at| !matches!(end, End::Next) && at < held);
        block.truncate(searched);
        if let Some(at) = found {
            let rest = block.split_off(at);
            if let End::Damaged(damage) = end {
                self.input.owe(damage);
            }
            let len = rest.len() as u64;
            // In a packed input the member is what counts, and that is known well enough.
            let offset = if self.input.is_plain() { offset - len } else { offset };
            self.input.unread(rest, offset, false);
        } else {
            match end {
                End::Damaged(damage) => return self.fail_damage(context, damage, Some((place, id))),
                End::Input => {
                    self.has_ended = true;
                    let at = self.input.taken();
                    return self.fail(context, place, id, Cause::Cut { at });
                }
                End::Next => {}
                _ => {
                    // It was too short.
                    end = self.extend(&mut block, most);
                    match end {
                        End::Damaged(damage) => return self.fail_damage(context, damage, Some((place, id))),
                        End::Skipped => return self.fail(context, place, id, Cause::TooLong(most)),
                        _ => {}
                    }
                }
            }
        }
        for _ in 0..2 {
            if block.last() == Some(&b'\n') {
                block.pop();
                block.pop_if(|b| *b == b'\r');
            }
        }
        let cause = Cause::Length { declared: head.length, found: block.len() as u64 };
        self.fail(context, place, id, cause);
        self.give(context, place, head, block, Some(Repair::Length));
    }

    /// Takes as many bytes as declared, unless another record begins before that: in a member of its own, or, where more
    /// bytes are declared than any record may have, anywhere.
    fn take(&mut self, length: u64, most: usize) -> (Vec<u8>, End) {
        let is_held = |passed: u64| passed <= most as u64;
        let mut block = Vec::with_capacity((length as usize).min(most).min(1 << 20));
        let mut passed = 0;
        while passed < length {
            if passed > 0 && self.is_next() {
                return (block, if is_held(passed) { End::Next } else { End::Skipped });
            }
            let bytes = match self.input.fill() {
                Ok([]) => return (block, End::Input),
                Ok(bytes) => bytes,
                Err(damage) => return (block, End::Damaged(damage)),
            };
            let mut n = (bytes.len() as u64).min(length - passed) as usize;
            let may_be_wrong = !is_held(length) && self.format == Format::Warc;
            let next = may_be_wrong.then(|| find_warc(&bytes[..n])).flatten().filter(|at| *at > 0);
            n = next.unwrap_or(n);
            passed += n as u64;
            match is_held(passed) {
                true => block.extend_from_slice(&bytes[..n]),
                false => block = Vec::new(),
            }
            self.input.consume(n);
            if next.is_some() {
                return (block, if is_held(passed) { End::Next } else { End::Skipped });
            }
        }
        (block, if is_held(length) { End::Declared } else { End::Skipped })
    }

    /// Takes more bytes, up to where the next record begins.
    fn extend(&mut self, block: &mut Vec<u8>, most: usize) -> End {
        let mut is_line_start = block.last() == Some(&b'\n');
        loop {
            if self.is_start() && (is_line_start || self.input.is_member_start()) {
                return End::Next;
            }
            let bytes = match self.input.fill() {
                Ok([]) => return End::Input,
                Ok(bytes) => bytes,
                Err(damage) => return End::Damaged(damage),
            };
            let line = memchr::memchr(b'\n', bytes);
            is_line_start = line.is_some();
            let n = line.map_or(bytes.len(), |at| at + 1);
            if block.len() + n > most {
                return End::Skipped;
            }
            block.extend_from_slice(&bytes[..n]);
            self.input.consume(n);
        }
    }

    fn pass_line_ends(&mut self) -> Result<(), Damage> {
        loop {
            let bytes = self.input.fill()?;
            let n = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let is_all = n == bytes.len() && n > 0;
            self.input.consume(n);
            if !is_all {
                return Ok(());
            }
        }
    }

    /// Takes the line ends that part records.
    fn line_ends(&mut self, out: &mut Vec<u8>) -> Result<(), Damage> {
        loop {
            let bytes = self.input.fill()?;
            let n = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            out.extend_from_slice(&bytes[..n]);
            let is_all = n == bytes.len() && n > 0;
            self.input.consume(n);
            if !is_all {
                return Ok(());
            }
        }
    }

    /// Returns whether a record has ended here, after these line ends.
    fn is_boundary(&mut self, line_ends: &[u8]) -> bool {
        let is_end = self.input.peek(1).is_empty();
        let breaks = line_ends.iter().filter(|b| **b == b'\n').count();
        let enough = if self.format == Format::Arc { 1 } else { 2 };
        is_end || breaks >= enough || self.input.is_member_start() || self.is_start()
    }

    /// Returns whether a member begins here, and with a record.
    fn is_next(&mut self) -> bool {
        !self.input.peek(1).is_empty() && self.input.is_member_start() && self.is_start()
    }

    /// Returns whether a record begins here.
    fn is_start(&mut self) -> bool {
        match self.format {
            Format::Warc => {
                let bytes = self.input.peek(WARC_START);
                // A member of gzip may end anywhere.
                let is_cut = bytes.len() < WARC_START && VERSION.starts_with(&bytes[..bytes.len().min(VERSION.len())]);
                is_warc(if is_cut { self.input.peek_across(WARC_START) } else { self.input.peek(WARC_START) })
            }
            Format::Arc => {
                let bytes = self.input.peek(ARC_START);
                arc_line(&bytes[..bytes.len().min(ARC_START)]).is_some()
            }
        }
    }

    /// Finds a record's start behind a line end.
    fn find_start(&self, bytes: &[u8]) -> Option<usize> {
        match self.format {
            Format::Warc => find_warc(bytes),
            Format::Arc => memchr::memchr_iter(b'\n', bytes)
                .map(|at| at + 1)
                .find(|&at| arc_line(&bytes[at..bytes.len().min(at + ARC_START)]).is_some()),
        }
    }

    /// Passes over bytes up to where a record begins; returns how many, and the damage that ended it.
    fn pass_garbage(&mut self) -> (u64, Option<Damage>) {
        let mut passed = 0;
        loop {
            let bytes = match self.input.fill() {
                Ok([]) => return (passed, None),
                Ok(bytes) => bytes,
                Err(damage) => return (passed, Some(damage)),
            };
            let n = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
            self.input.consume(n);
            passed += n as u64;
            if self.is_start() {
                return (passed, None);
            }
        }
    }

    /// Reads a header; `None` when the input ends within it.
    fn head(&mut self) -> Result<Option<Head>, Damage> {
        let mut bytes = Vec::new();
        loop {
            let piece = self.input.fill()?;
            if piece.is_empty() {
                return Ok(None);
            }
            let line = memchr::memchr(b'\n', piece);
            let n = line.map_or(piece.len(), |at| at + 1);
            bytes.extend_from_slice(&piece[..n]);
            self.input.consume(n);
            let is_end = match self.format {
                Format::Arc => line.is_some(),
                Format::Warc => bytes.ends_with(b"\n\n") || bytes.ends_with(b"\n\r\n"),
            };
            if is_end || bytes.len() > HEADER {
                break;
            }
        }
        Ok(Some(match self.format {
            Format::Warc => warc_head(&bytes),
            Format::Arc => arc_line(&bytes).unwrap_or_default(),
        }))
    }

    fn give(&mut self, context: &Arc<Context>, place: Place, head: Head, block: Vec<u8>, repaired: Option<Repair>) {
        let body = Body::Captured { head: Box::new(head), block, repaired };
        self.queue.push_back(Ok(Raw { body, place, context: context.clone() }));
    }

    fn fail(&mut self, context: &Context, place: Place, id: Option<Id>, cause: Cause) {
        self.queue.push_back(Err(Failure { source: context.source.clone(), place, id, cause }));
    }

    /// Tells of damage, and of the record that it took along.
    fn fail_damage(&mut self, context: &Context, damage: Damage, record: Option<(Place, Option<Id>)>) {
        self.has_ended |= damage.is_last();
        let (place, id) = record.unwrap_or((Place { offset: damage.at, ..Place::default() }, None));
        self.fail(context, place, id, damage.cause());
    }
}

/// Returns whether these bytes begin with a version line of WARC.
pub(super) fn is_warc(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(VERSION) else { return false };
    let version = rest.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    version >= 3 && matches!(rest.get(version), Some(b'\r' | b'\n'))
}

/// Finds a version line of WARC behind an empty line.
fn find_warc(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"WARC/").find(|&at| {
        let before = &bytes[..at];
        (at == 0 || before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")) && is_warc(&bytes[at..])
    })
}

fn warc_head(bytes: &[u8]) -> Head {
    let mut head = Head::default();
    for line in bytes.split(|b| *b == b'\n').skip(1) {
        let line = String::from_utf8_lossy(line);
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        let text = || Some(value.to_owned()).filter(|value| !value.is_empty());
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => head.kind = value.to_ascii_lowercase(),
            "warc-record-id" => head.id = text(),
            // Early tools put it into angle brackets, as the grammar of 1.0 says by mistake.
            "warc-target-uri" => {
                head.url = text().map(|url| url.trim_start_matches('<').trim_end_matches('>').to_owned());
            }
            "content-type" => value.clone_into(&mut head.content_type),
            "warc-identified-payload-type" => head.payload_type = text(),
            "warc-truncated" => head.truncated = text().map(|reason| reason.to_ascii_lowercase()),
            "content-length" => head.length = value.parse().ok(),
            _ => {}
        }
    }
    head
}

/// Parses the line that opens a record of ARC: address, IP, date, type and length, and in version 2 some more before the
/// length. Addresses hold spaces at times.
pub(super) fn arc_line(bytes: &[u8]) -> Option<Head> {
    let line = &bytes[..memchr::memchr(b'\n', bytes)?];
    let line = std::str::from_utf8(line.strip_suffix(b"\r").unwrap_or(line)).ok()?;
    let (rest, length) = line.rsplit_once(' ')?;
    let length = length.parse().ok()?;
    let words: Vec<&str> = rest.split(' ').collect();
    let is_date = |word: &&str| word.len() >= 8 && word.len() <= 14 && word.bytes().all(|b| b.is_ascii_digit());
    // The date is the third field; it comes from the right, since the address may have any number of words.
    let date = (2..words.len().saturating_sub(1)).rev().find(|&i| is_date(&words[i]))?;
    let url = words[..date - 1].join(" ");
    if !url.contains(':') || !words[date - 1].contains(['.', ':']) {
        return None;
    }
    let kind = if url.starts_with("filedesc:") { "filedesc" } else { "response" };
    Some(Head {
        kind: kind.into(),
        id: None,
        url: Some(url),
        content_type: words[date + 1].to_owned(),
        payload_type: None,
        truncated: None,
        length: Some(length),
    })
}
