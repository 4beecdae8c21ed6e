//! Copy that was broken by hand: broadcasters set a few words on each line, to be read aloud, and pages show it so. The lines
//! are as short as those of a menu, but every few of them end a sentence. Looked for in Han, kana and hangul; in scripts with
//! capitals a line that goes on begins with a small letter, which [`fragments`](super::fragments) sees.

use super::fragments::{is_open, may_follow};
use super::lines::Line;
use super::width::{self, Unit};
use crate::letters;
use std::ops::Range;

/// Columns of the longest such line: 22 syllables of hangul.
const WIDEST: u32 = 44;
/// Lines of a run of them, from which on it tells something; of all such runs of a page, from which on its copy counts as
/// broken; and of the longest sentence.
const FEWEST: usize = 3;
const FEWEST_OF_PAGE: usize = 6;
const SENTENCE: usize = 8;
/// Of so many lines one at least goes on in the next.
const OPEN: usize = 3;
/// Columns of a single word, in scripts that may part none by spaces.
const WORD: u32 = 10;
/// Of so many lines that go on at most one is a single word, as all lines of a menu are. All of these are set by hand.
const SINGLE: usize = 3;

/// Joins the lines of each paragraph, if the page's copy was broken by hand.
pub(super) fn join(source: &str, lines: &[Line], joins: &mut [bool]) {
    let may_be: Vec<bool> = lines.iter().map(|line| may_be_copy(source, line)).collect();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let first = at;
        at += 1;
        if may_be[first] {
            let goes_on = |&i: &usize| !joins[i] && may_follow(&lines[i - 1], &lines[i]) && may_be[i];
            at += (at..lines.len()).take_while(goes_on).count();
            if is_copy(source, &lines[first..at]) {
                runs.push(first..at);
            }
        }
    }
    let telling = runs.iter().map(Range::len).filter(|&lines| lines >= FEWEST);
    if telling.sum::<usize>() >= FEWEST_OF_PAGE {
        runs.into_iter().for_each(|run| joins[run.start + 1..run.end].fill(true));
    }
}

/// Returns whether a line is short and begins in Han, kana or hangul, with a letter, a figure or a quotation mark.
fn may_be_copy(source: &str, line: &Line) -> bool {
    let body = line.body(source);
    let may_begin = |ch: char| letters::is_alphanumeric(ch) || matches!(ch, '"' | '\'' | '“' | '‘' | '「' | '«');
    line.may_be_wide
        && body.len() <= 4 * WIDEST as usize
        && body.starts_with(may_begin)
        && body.chars().find(|&ch| letters::is_alphabetic(ch)).is_some_and(width::is_wide)
        && !body.contains(['|', '@', '·', '/'])
        && width::of(body, Unit::Columns) <= WIDEST
}

/// Returns whether lines are sentences, mostly in several lines each, the last one whole.
fn is_copy(source: &str, run: &[Line]) -> bool {
    let is_open = |line: &&Line| is_open(line.body(source));
    let open = run.iter().filter(is_open).count();
    let is_word = |line: &&Line| {
        let body = line.body(source);
        !body.contains(char::is_whitespace) && width::of(body, Unit::Columns) <= WORD
    };
    let single = run.iter().filter(is_open).filter(is_word).count();
    open * OPEN >= run.len()
        && single * SINGLE <= open
        && !run.last().as_ref().is_some_and(is_open)
        && run.split(|line| !is_open(&line)).all(|sentence| sentence.len() < SENTENCE)
}

#[cfg(test)]
mod tests {
    use crate::Pipeline;
    use crate::page::Page;

    fn blocks(text: &str) -> Vec<String> {
        let pipeline = Pipeline::builder().only(Vec::<String>::new()).build().expect("no rules");
        pipeline.clean(Page::text(text)).kept().iter().map(|kept| kept.text.clone()).collect()
    }

    #[test]
    fn paragraphs_in_short_lines_are_joined() {
        let copy = "시의회가 다리 보수 예산을\n이번 회기에 처리하지 못하면서\n공사가 다시 미뤄졌습니다.\n시는 오늘부터\n강 양쪽 주민을 만나\n의견을 들을 예정입니다.\n";
        assert_eq!(
            blocks(copy),
            [
                "시의회가 다리 보수 예산을 이번 회기에 처리하지 못하면서 공사가 다시 미뤄졌습니다. 시는 오늘부터 강 양쪽 주민을 만나 의견을 들을 예정입니다."
            ]
        );
    }

    #[test]
    fn menus_titles_and_whole_sentences_are_left_alone() {
        for text in [
            "정치\n경제\n사회\n문화\n다리가 열렸습니다.\n정치\n경제\n사회\n문화\n다리가 닫혔습니다.\n",
            "다리 보수 예산 통과\n강변 공원 새 단장\n버스 노선 개편\n시장 주말 개장\n",
            "다리가 열렸습니다.\n시장이 왔습니다.\n비가 왔습니다.\n모두 돌아갔습니다.\n",
            "The bridge\nopened again.\nThe mayor\ncame late.\n",
        ] {
            assert_eq!(blocks(text).len(), text.lines().count(), "{text}");
        }
    }
}
