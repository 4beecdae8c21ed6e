//! What is wrong with a packed input, and where.

use super::failure::Cause;
use std::io;

/// Damage of a packed input.
#[derive(Debug)]
pub(super) struct Damage {
    /// Bytes of the input, as stored, before the place where it was noticed.
    pub(super) at: u64,
    /// Where the member begins that is damaged.
    pub(super) member: u64,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// The input ends within a member.
    Cut,
    /// Data that cannot be unpacked, or whose check sum is wrong; and where a later member begins.
    Corrupt(String, Option<u64>),
    /// Bytes between two members, or after the last, and how many.
    Between(u64, Option<u64>),
    /// The system's error.
    Unreadable(io::Error),
}

impl Damage {
    /// Returns the damage as a failure names it.
    pub(super) fn cause(self) -> Cause {
        let at = self.at;
        match self.kind {
            Kind::Cut => Cause::Cut { at },
            Kind::Corrupt(error, resumed) => Cause::Corrupt { at, error, resumed },
            Kind::Between(bytes, _) => Cause::Garbage { at, bytes },
            Kind::Unreadable(error) => Cause::Unreadable { at, error: error.to_string() },
        }
    }

    /// Returns whether anything may come after it.
    pub(super) fn is_last(&self) -> bool {
        !matches!(self.kind, Kind::Corrupt(_, Some(_)) | Kind::Between(_, Some(_)))
    }
}
