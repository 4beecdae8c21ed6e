//! What a rule's file needs.

pub(super) use crate::article::Role;
pub(super) use crate::document::{BlockKind, Document, Regime, Setting};
pub(super) use crate::finding::{Action, Findings, Reason};
pub(super) use crate::measure::Marks;
pub(super) use crate::rule::{Category, Example, Meta, Rule};
