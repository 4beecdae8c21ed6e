//! What a rule's file needs.

pub(super) use crate::document::{BlockKind, Document, Setting};
pub(super) use crate::finding::{Findings, Reason};
pub(super) use crate::rule::{Category, Example, Meta, Rule};
