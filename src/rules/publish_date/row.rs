//! Dates in a row with sections, sources and counters.

use super::dates::is_date;
use crate::rules::prelude::Marks;

/// Marks that part a date from a section, besides those that count as bars.
pub(super) const DASHES: Marks = Marks::HYPHEN.or(Marks::FULL).or(Marks::OTHER);
/// Words of a section or of a name beside a date.
const MOST_BESIDE: usize = 3;
/// Figures of the shortest date that tells such a row: 3 May 2031.
const FEWEST_FIGURES: usize = 5;

/// Returns whether a text is dates and sections or names, parted by bars, or by a dash if a date has its hour: “3 May 2031 |
/// Local”, “2031-05-03 18:37 - Life”.
pub(super) fn is_beside_section(text: &str) -> bool {
    if text.contains(['|', '｜']) {
        return is_row_of_dates(text.split(['|', '｜']));
    }
    let dashes = [" - ", " – ", " — "];
    let is_dated = |dash: &str| text.split_once(dash).is_some_and(|(one, two)| is_row_of_dates([one, two].into_iter()));
    text.contains(':') && dashes.into_iter().any(is_dated)
}

/// Returns whether half of some parts or more are dates, one of them whole, and the others short and without a figure.
fn is_row_of_dates<'t>(row: impl Iterator<Item = &'t str>) -> bool {
    let (mut parts, mut dates, mut has_whole) = (0, 0, false);
    for part in row {
        parts += 1;
        let figures = part.bytes().filter(u8::is_ascii_digit).count();
        if figures > 0 {
            if !is_date(part) {
                return false;
            }
            dates += 1;
            has_whole |= figures >= FEWEST_FIGURES;
        } else if part.split_whitespace().count() > MOST_BESIDE {
            return false;
        }
    }
    parts >= 2 && has_whole && dates * 2 >= parts
}

/// What Chinese papers say of an article in one row: where it is from, who wrote and edited it, when, how large it is set,
/// how often it was read.
const LABELS: &[&str] = &[
    "来源",
    "來源",
    "稿源",
    "出处",
    "作者",
    "记者",
    "記者",
    "编辑",
    "編輯",
    "责任编辑",
    "責任編輯",
    "责编",
    "責編",
    "时间",
    "時間",
    "发布时间",
    "發布時間",
    "发稿时间",
    "更新时间",
    "更新時間",
    "字号",
    "字號",
    "字体",
    "字體",
    "浏览",
    "瀏覽",
    "浏览次数",
    "浏览量",
    "阅读",
    "閱讀",
    "阅读量",
    "点击",
    "點擊",
    "点击量",
    "评论",
    "評論",
    "栏目",
    "分享到",
];

/// Characters of the longest value in such a row that has white space before it, and its parts.
const LONGEST_VALUE: usize = 8;
const MOST_PARTS: usize = 24;
/// Bytes of the longest date without white space.
const LONGEST_DATE: usize = 40;

/// Returns whether a text is such a row: a label with a value and a date, or two such labels, and little else.
pub(super) fn is_row_of_labels(text: &str) -> bool {
    // A date or a label comes first.
    let may_start = matches!(text.as_bytes(), [b'0'..=b'9' | 0xe4..=0xe9, ..]);
    if !may_start {
        return false;
    }
    let (mut labels, mut dates, mut parts) = (0, 0, 0);
    for part in text.split_whitespace() {
        parts += 1;
        match part.split_once(['：', ':']) {
            Some((label, _)) if LABELS.contains(&label) => labels += 1,
            _ if part.len() <= LONGEST_DATE && is_date(part) => dates += 1,
            _ if labels > 0 && part.chars().count() <= LONGEST_VALUE && !part.ends_with(['。', '，']) => {}
            _ => return false,
        }
    }
    parts <= MOST_PARTS && labels > 0 && labels + dates >= 2
}
