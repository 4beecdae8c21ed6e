//! Protects tables that belong to the article.
//!
//! # What it protects
//!
//! Two or more rows of a table without links between two paragraphs, where most rows have as many cells as the one in the middle.
//!
//! # Why it is body
//!
//! Rows of figures and names read like furniture, line by line; but pages set their menus and teasers elsewhere than between two
//! paragraphs of the text, and those are links.
//!
//! # What it must not protect
//!
//! Tables of links, tables before the first and below the last paragraph, and tables of which rows have been given away.

use super::between::is_between;
use super::prelude::*;

/// The rule `data-table`.
pub(super) struct DataTable;

static META: Meta = Meta::new("data-table", Category::Protect, "Tables that belong to the article").examples(&[
    Example::Html(
        "<p>The council agreed on Monday on what the town will pay for the bridge in the next two years:</p><table><tr><th>Year<th>Cost\
         <tr><td>2031<td>5 m<tr><td>2032<td>7 m</table><p>All of it will be lent by the county, the council said, at two per cent a year.</p>",
    ),
    Example::Text(
        "# Die Brücke\n\n## Was sie kostet\n\nDer Rat einigte sich am Montag darauf, was die Stadt in zwei Jahren für die Brücke bezahlt.\
         \n\n| Jahr | Kosten |\n|---|---|\n| 2031 | 5 Mio. |\n| 2032 | 7 Mio. |\n\nAlles leiht der Landkreis, sagte der Rat, für zwei \
         Prozent im Jahr, und zwar auf zehn Jahre.",
    ),
]);

/// Rows of the shortest table.
const FEWEST_ROWS: usize = 2;
/// Of three rows so many have as many cells as the one in the middle of the table.
const LIKE: usize = 2;

impl Rule for DataTable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let blocks = doc.blocks();
        let is_row = |&i: &usize| blocks[i].kind == BlockKind::TableRow;
        let mut end = 0;
        while end < blocks.len() {
            let start = end;
            end += 1;
            if !is_row(&start) {
                continue;
            }
            end += (end..blocks.len()).take_while(is_row).count();
            let cells = |i: usize| doc.text_at(i).matches('\t').count() + 1;
            let columns = cells((start + end) / 2);
            let like = || (start..end).filter(|&i| cells(i) == columns).count();
            if end - start < FEWEST_ROWS || columns < 2 || like() * 3 < LIKE * (end - start) {
                continue;
            }
            if doc.link_density_in(start..end) > 0.0 || !is_between(doc, out, start..end) {
                continue;
            }
            for i in start..end {
                out.keep(doc, i, "a row of a table without links, between paragraphs");
            }
        }
    }
}
