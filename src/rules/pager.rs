//! Strips rows of page numbers.
//!
//! # What it strips
//!
//! Lines of nothing but numbers that do not fall and words such as “Next” and “Previous”: “1 2 3 … 12 Next”.
//!
//! # Why it is boilerplate
//!
//! They lead to the other pages of an article, of its comments or of a list.
//!
//! # What it must keep
//!
//! Numbers alone, and rows of a table.

use super::prelude::*;
use crate::hash::FastSet;
use once_cell::sync::Lazy;

/// The rule `pager`.
pub(super) struct Pager;

static META: Meta = Meta::new("pager", Category::Navigation, "Rows of page numbers").examples(&[
    Example::Text("The bridge opened on Monday, two years late.\n\n⟦« Previous 1 2 3 … 12 Next »⟧"),
    Example::Text("Die Brücke ist seit Montag offen, zwei Jahre später als geplant.\n\n⟦1 | 2 | 3 | Nächste Seite⟧"),
    Example::Text("大桥于星期一开通，市政府说。\n\n⟦上一页1 2 3 4下一页⟧\n\n⟦第1页 共3页⟧"),
    Example::Text("다리는 월요일에 열렸다고 시가 밝혔다.\n\n⟦이전 1 2 3 다음⟧"),
    Example::Text("The bridge opened on Monday.\n\n1 2 3 4\n\nNext 2 trams, 1 ferry\n\nVelden 3, Aune 1 (2, 0)"),
    Example::Html("<table><tr><td>Next<td>1<td>2</table><p>The bridge opened on Monday, two years late.</p>"),
]);

/// What stands among page numbers, in small letters.
static WORDS: Lazy<FastSet<&str>> = Lazy::new(|| {
    const WORDS: &str = "\
        page|pages|next|previous|prev|first|last|older|newer|posts|seite|seiten|weiter|zurück|nächste|vorherige|\
        vorige|erste|letzte|suivant|suivante|précédent|précédente|première|dernière|página|páginas|pág|siguiente|anterior|\
        primera|última|próxima|próximo|seguinte|primeira|pagina|pagine|successiva|successivo|precedente|avanti|indietro|\
        volgende|laatste|nästa|föregående|sida|neste|forrige|side|næste|seuraava|edellinen|sivu|następna|następny|\
        poprzednia|poprzedni|strona|další|předchozí|strana|ďalšia|predchádzajúca|következő|előző|oldal|următoarea|\
        anterioara|страница|страницы|стр|следующая|предыдущая|далее|вперед|вперёд|назад|сторінка|наступна|попередня|επόμενη|\
        προηγούμενη|σελίδα|sayfa|sonraki|önceki|ileri|geri|halaman|selanjutnya|berikutnya|sebelumnya|trang|tiếp|sau|trước|\
        الصفحة|التالي|التالية|السابق|السابقة|صفحه|بعدی|قبلی|הבא|הקודם|עמוד|अगला|पिछला|पेज|ถัดไป|ก่อนหน้า|หน้า|上一页|下一页|\
        上页|下页|首页|末页|尾页|第|共|页|上一頁|下一頁|首頁|末頁|尾頁|頁|前へ|次へ|前|次|最初|最後|前のページ|次のページ|\
        ページ|이전|다음|처음|마지막|맨앞|맨뒤|페이지\
    ";
    WORDS.split('|').collect()
});

/// What parts numbers and words.
const MARKS: &str = " \u{a0}\n|·•/,.:…-–—«»‹›<>←→[]()";

/// Bytes of the longest row.
const LONGEST: usize = 160;

/// Returns whether a text is two numbers or more that do not fall, and at least one word of [`WORDS`], and nothing else.
fn is_pager(text: &str) -> bool {
    let (mut numbers, mut words, mut highest) = (0, 0, 0);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_same = |ch: char| match first {
            '0'..='9' => ch.is_ascii_digit(),
            _ => !ch.is_ascii_digit() && !MARKS.contains(ch),
        };
        if MARKS.contains(first) {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest.find(|ch| !is_same(ch)).unwrap_or(rest.len());
        let (token, behind) = rest.split_at(end);
        rest = behind;
        if first.is_ascii_digit() {
            match token.parse::<u32>() {
                Ok(number) if number >= highest => (numbers, highest) = (numbers + 1, number),
                _ => return false,
            }
        } else if WORDS.contains(token.to_lowercase().as_str()) {
            words += 1;
        } else {
            return false;
        }
    }
    numbers > 1 && words > 0
}

impl Rule for Pager {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        for (i, block) in doc.blocks().iter().enumerate().filter(|(_, block)| block.measure.digits > 1) {
            let text = doc.text(block);
            if block.kind != BlockKind::TableRow && text.len() <= LONGEST && is_pager(text) {
                out.strip(doc, i, "page numbers");
            }
        }
    }
}
