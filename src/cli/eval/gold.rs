//! The pages of `eval`, and what it says of records that cannot be scored.

use super::{Loss, unreadable};
use crate::cli::summary::plural;
use crate::cli::{Stop, flags, tell};
use bodycopy::eval::{self, Fields, Gold, Pages};
use std::path::Path;

/// Lines that a message names.
const NAMED: usize = 3;

/// Returns the lines as messages name them.
pub(super) fn at(lines: &[u64]) -> String {
    let named: Vec<_> = lines.iter().take(NAMED).map(u64::to_string).collect();
    let s = plural(lines.len() as u64);
    let more = if lines.len() > NAMED { " …" } else { "" };
    format!("line{s} {}{more}", named.join(", "))
}

/// Reads the pages of a file, and tells of records that hold none.
///
/// # Errors
///
/// The file cannot be read, or there is no page in it.
pub(super) fn load(path: &Path, fields: &Fields, loss: &mut Loss) -> Result<Pages, Stop> {
    let name = flags::name(path);
    let found = eval::load(path, fields).map_err(|error| unreadable(path, &error))?;
    let without = &found.without_page;
    let (html, text, records) = (&fields.html, &fields.text, found.pages.len() + without.len());
    if records == 0 {
        return Err(Stop::error(match found.not_asked.len() {
            0 => format!("{name} has no records"),
            n => format!("{name} has no record such as --where asks for, of {n}"),
        }));
    }
    if found.pages.is_empty() {
        return Err(Stop::error(format!(
            "{name} has no record with a page in `{html}` or `{text}`; --html-field and --text-field name the field"
        )));
    }
    if !without.is_empty() {
        let (n, at) = (without.len(), at(without));
        tell(format!(
            "{name}: {n} of {records} records are left out, with no page in `{html}` or `{text}`: {at}; --html-field and \
             --text-field name the field"
        ));
        *loss = Loss::Some;
    }
    Ok(found)
}

/// Tells of pages whose body is not known. `is_named` says that the user has named its field.
///
/// # Errors
///
/// Nothing can be scored, or no record has the field that is named.
pub(super) fn check(name: &str, pages: &[Gold], fields: &Fields, is_named: bool, loss: &mut Loss) -> Result<(), Stop> {
    let without: Vec<u64> = pages.iter().filter(|page| !page.has_text()).map(|page| page.line).collect();
    let (n, all, field) = (without.len(), pages.len(), &fields.gold);
    if n == 0 {
        return Ok(());
    }
    let at = at(&without);
    if n == all && (is_named || !pages.iter().any(Gold::is_known)) {
        return Err(Stop::error(format!(
            "{name}: nothing can be scored: none of {all} pages has its body in `{field}`: {at}; --gold-field names the field"
        )));
    }
    tell(format!(
        "{name}: {n} of {all} pages get no F1, with no body in `{field}`: {at}; --gold-field names the field, and an empty \
         body says that the page has no article"
    ));
    if !pages.iter().all(Gold::is_known) {
        *loss = Loss::Some;
    }
    Ok(())
}
