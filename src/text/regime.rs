//! Tells text that holds the whole page from text whose navigation some tool has removed.
//!
//! Three counts are enough: the longest run of labels (a menu), and the blocks before the first and after the last that
//! reads as prose (header and footer). Each alone tells 80 to 95 % of pages. Their logarithms, weighted 3 : 2 : 1, about
//! as logistic regression has them, tell 97 to 100 % of news pages by tool (fundus and atf-news, 351 pages as six tools
//! flatten them) and 90 to 97 % of blogs and guides (wcxb): the pages they were fitted to. Nine counts added 0.3 %.

use crate::document::{Block, Document, Regime};

/// Words of a label, such as an entry of a menu. With four, headings and names begin to count.
const LABEL_WORDS: u32 = 3;
/// Words of a block that is surely prose; teasers and cookie notes in headers are shorter.
const PROSE_WORDS: u32 = 15;
/// Where full text begins. Between 200,000 and 400,000 the threshold matters by less than half a per cent.
const FULL: u64 = 300_000;
/// The same for a page of which at least 85 % is prose: it is residue when in doubt, as the rules for full text are
/// harsher and there is little for them to find. Set by hand; costs 0.1 % of all pages.
const FULL_OF_PROSE: u64 = 4 * FULL;

/// Returns the regime of a document whose blocks have been counted.
pub(super) fn of(document: &Document) -> Regime {
    let blocks = document.blocks();
    let is_prose = |block: &Block| block.is_prose(PROSE_WORDS);
    let head = blocks.iter().position(is_prose).unwrap_or(blocks.len()) as u64;
    let tail = blocks.iter().rev().position(is_prose).unwrap_or(0) as u64;
    let weight = (1 + longest_menu(blocks)).saturating_pow(3);
    let weight = weight.saturating_mul((1 + head).saturating_pow(2)).saturating_mul(1 + tail);
    let (words, prose) = (document.words_in(0..blocks.len()), document.prose_in(0..blocks.len()));
    let is_all_prose = u64::from(prose) * 100 >= u64::from(words) * 85;
    if weight > if is_all_prose { FULL_OF_PROSE } else { FULL } { Regime::Full } else { Regime::Residue }
}

/// Returns the most labels that stand together; bare numbers, as in a font-size widget or a pager, do not count.
fn longest_menu(blocks: &[Block]) -> u64 {
    let (mut run, mut longest) = (0, 0);
    for block in blocks {
        if block.words() > LABEL_WORDS || block.is_prose(1) {
            run = 0;
        } else if block.measure.letters > block.measure.digits {
            run += 1;
            longest = longest.max(run);
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    const BODY: &str = "The old bridge over the river will close in May for two years, the town said on Monday.\n\n";

    fn regime(source: &str) -> Regime {
        super::super::read(source, &Limits::default(), None, Document::empty()).0.regime()
    }

    #[test]
    fn a_menu_makes_a_page_full() {
        let menu = "Home\nPolitics\nBusiness\nCulture\nSport\nWeather\nJobs\nHomes\nCars\nShop\nHelp\nLog in\n";
        let page = format!("{menu}{}Contact\nImprint\nPrivacy\n", BODY.repeat(3));
        assert_eq!(regime(&page), Regime::Full);
    }

    #[test]
    fn some_furniture_is_left_in_residue() {
        let widget = "Settings\n\n  • -2\n  • -1\n  • 0\n  • +1\n  • +2\n\nBridge to close\n\nFacebook\nTwitter\n\n";
        assert_eq!(regime(&format!("{widget}{}Top 10\n", BODY.repeat(3))), Regime::Residue);
        assert_eq!(regime(BODY), Regime::Residue);
        assert_eq!(regime(""), Regime::Residue);
    }
}
