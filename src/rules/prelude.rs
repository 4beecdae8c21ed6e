//! What a rule's file needs.

pub(super) use crate::document::{BlockKind, Document, Regime, Setting};
pub(super) use crate::finding::{Action, Findings, Reason};
pub(super) use crate::measure::Marks;
pub(super) use crate::meta::{Category, Example, Meta};
pub(super) use crate::role::Role;
pub(super) use crate::rule::Rule;
