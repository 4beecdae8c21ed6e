//! Names lines that say when the article was published or changed.
//!
//! # What it strips
//!
//! Nothing when dates are asked for; otherwise lines made wholly of dates, times, and words that label them, also behind a
//! name or two or beside a section; lines that say who posted it where and when; and rows such as
//! `2031-05-03 来源：云泽日报 作者：沈禾`.
//!
//! # Why it is boilerplate
//!
//! It is the page's stamp.
//!
//! # What it must keep
//!
//! Sub-headings of a chronicle that are a year or a date in a heading element, and sentences with dates.

pub(crate) mod dates;
mod posted;
mod row;

use super::prelude::*;
use crate::document::Via;
use dates::{holds_wide_figure, is_date, is_number};
use posted::{is_behind_names, is_labelled_date, is_posted};
use row::{DASHES, is_beside_section, is_row_of_labels};

/// The rule `publish-date`.
pub(super) struct PublishDate;

pub(crate) static META: Meta = Meta::new("publish-date", Category::Byline, "When it was published or changed")
    .selector("time[datetime], [itemprop=datePublished], [itemprop=dateModified]")
    .names(&[
        "dateline-date",
        "publish-date",
        "published-date",
        "pub-date",
        "post-date",
        "entry-date",
        "timestamp",
        "article-date",
        "date-published",
        "posted-on",
    ])
    .phrases(include_str!("../data/publish_date.txt"))
    .examples(&[
        Example::Html(
            "<p>The town has published its yearbook, with the figures of the year before.</p><dl><dt>Walkers<dd>21,300<dt>Trams\
             <dd>2031</dl>",
        ),
        Example::Text("⟦Updated: 3 March 2024, 10:15 a.m.⟧\n\nThe bridge opened on Monday, two years late."),
        Example::Text("⟦Veröffentlicht am 3. März 2024 um 10:15 Uhr⟧\n\nDie Brücke ist seit Montag offen."),
        Example::Text("⟦입력 2024.03.03 10:15⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Text("⟦2024年3月3日 10時15分⟧\n\n橋は月曜日に開通した、と市は発表した。"),
        Example::Text(
            "⟦2024-03-03 08:15:37 来源：云泽日报 作者：沈禾 陆一舟 字号：大 中 小⟧\n\n大桥于星期一开通，市政府说。",
        ),
        Example::Text(
            "⟦Ida Moss Published: 3 March 2024, 10:15 Updated: 12:00⟧\n\nThe bridge opened on Monday, two years late.",
        ),
        Example::Text("⟦Posted in Local by Ida Moss on May 3, 2031⟧\n\nThe bridge opened on Monday, two years late."),
        Example::Text("⟦2031. május 3., szombat 10:15 | Belföld⟧\n\nHétfőn megnyílt a híd, két évvel később a tervezettnél."),
        Example::Text("⟦שבת, 3 במאי 2031⟧\n\nהגשר נפתח ביום שני, באיחור של שנתיים, אמרה העירייה."),
        Example::Text("Update: the fault on the bridge is mended, and trams run again.\n\nThe town thanks all who walked."),
        Example::Text("On 3 March 2024 the bridge opened at last, two years late."),
        Example::Text("Posted to Aune in 2031, he learned to row, and never left the river again."),
        Example::Text("The town sells what is left of the bridge.\n\n97,47 €\n\n12.5 %\n\nNobody has asked for it yet, it said on Monday."),
        Example::Text("大桥于3月3日开通，来源：市政府的通报。"),
        Example::Html("<h3>1911</h3><p>The mill at Aune burned down, and was built again.</p>"),
    ]);
/// Words of the longest stamp: two dates with labels. And of the longest row, in which two characters count as a word.
const MOST_WORDS: u32 = 24;
const MOST_OF_ROW: u32 = 50;
/// Words of a stamp with a single figure.
const WITH_ONE: std::ops::Range<u32> = 3..7;

/// Words of the longest label with a day but no figure: “Last updated: yesterday at noon”. Of what begins like one, “Update: the fault is
/// mended and the lift runs again” goes on without any.
const LABEL_WORDS: u32 = 5;

impl Rule for PublishDate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for hit in doc.hits(&META) {
            for i in hit.blocks.clone() {
                let block = &doc.blocks()[i];
                let is_label = block.words() <= LABEL_WORDS || block.measure.digits > 0;
                if hit.via == Via::Prefix && !is_label && !holds_wide_figure(doc.text(block)) {
                    continue;
                }
                if hit.span.contains(block.span) && block.words() <= MOST_WORDS && !block.is_prose(8) {
                    out.part(doc, i, Role::Date, crate::finding::reason_of(hit));
                }
            }
        }
        for (i, block) in doc.blocks().iter().enumerate() {
            if matches!(block.kind, BlockKind::Heading | BlockKind::TableRow | BlockKind::Preformatted) {
                continue;
            }
            let text = doc.text(block);
            let has_label = block.holds(Marks::COLON.or(Marks::FULL));
            let is_short = block.words() <= MOST_WORDS && block.measure.digits <= 40;
            // “3 órája”, three hours ago; “Day 3” may be a chapter's heading.
            let has_figures =
                block.measure.digits >= 2 || block.measure.digits == 1 && WITH_ONE.contains(&block.words());
            let is_stamp = is_short && (has_figures || holds_wide_figure(text));
            let may_have_name = is_stamp && block.measure.digits >= 2;
            if is_stamp && is_date(text) {
                // Lists of the article have figures; flattened text has lists of counters.
                if doc.regime() == Regime::Markup && block.kind == BlockKind::ListItem && is_number(text) {
                    continue;
                }
                out.part(doc, i, Role::Date, "made wholly of dates and times");
            } else if may_have_name && (is_labelled_date(text) || is_behind_names(text)) {
                out.part(doc, i, Role::Date, "a name, and made of dates and times");
            } else if may_have_name && is_posted(text) {
                out.part(doc, i, Role::Date, "says who posted it, and when");
            } else if may_have_name && (block.measure.bars > 0 || block.holds(DASHES)) && is_beside_section(text) {
                out.part(doc, i, Role::Date, "a section or a name, and made of dates and times");
            } else if block.words() <= MOST_OF_ROW && has_label && is_row_of_labels(text) {
                out.part(doc, i, Role::Date, "says where it is from, and when");
            }
        }
    }
}
