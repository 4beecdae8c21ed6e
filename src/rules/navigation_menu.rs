//! Strips menus: the names of sections and pages that every page of a site carries.
//!
//! # What it strips
//!
//! Text in `<nav>` outside the longest run of prose, or made of links; elements whose class says menu; and whole lines such
//! as "Home" and "Sport", in the run of prose only if another stands next to them.
//!
//! # Why it is boilerplate
//!
//! It leads elsewhere.
//!
//! # What it must keep
//!
//! A sub-heading of one word, such as "Politics", between paragraphs.

use super::prelude::*;
use crate::document::Via;
/// The rule `navigation-menu`.
pub(super) struct NavigationMenu;

static META: Meta = Meta::new("navigation-menu", Category::Navigation, "Menus of the site and its sections")
    .names(&["navigation", "navbar", "nav-bar", "nav-menu", "navmenu", "main-nav", "mainnav", "main-menu", "mainmenu", "main-navigation", "site-nav", "site-navigation", "primary-nav", "primary-navigation", "primary-menu", "secondary-nav", "secondary-menu", "sub-nav", "subnav", "sub-menu", "submenu", "sub-navigation", "top-nav", "topnav", "top-menu", "topbar", "top-bar", "menu-item", "menu-list", "menu-main", "mega-menu", "megamenu", "mobile-menu", "mobile-nav", "hamburger", "hamburger-menu", "burger-menu", "offcanvas", "off-canvas", "side-menu", "sidemenu", "side-nav", "sidenav", "header-menu", "header-nav", "global-nav", "globalnav", "global-navigation", "gnb", "lnb", "snb", "hauptnavigation", "hauptmenue", "seitennavigation", "menu-principal", "menu-principale", "navegacion", "navigatie", "nav-global", "quick-links", "quicklinks", "section-nav", "local-nav"])
    .phrases(include_str!("data/navigation_menu.txt"))
    .examples(&[
        Example::Text("⟦Home⟧\n⟦Main menu⟧\n⟦Latest news⟧\n\nThe bridge opened on Monday, two years late, the council said."),
        Example::Text("⟦홈⟧\n⟦전체메뉴⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Html("<nav>⟦<a href=1>Aune</a> <a href=2>Velden</a>⟧</nav><p>The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.</p>"),
        Example::Html("<div class=\"main-menu\">⟦<a href=1>Aune</a>⟧</div><p>The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.</p>"),
        Example::Text("The bridge opened on Monday, two years late, the council said. Nobody in Velden knows yet what the tram will cost, she added.\n\nPolitics\n\nThe council will vote on the tram in May, and again in June, the mayor said on Monday."),
        Example::Html("<p>Politics is a trade, said the miller, and home is where no one votes.</p>"),
    ]);

/// Share of letters in links from which text in a navigation element is a menu wherever it stands.
const MOST_LINKED: f32 = 0.5;

impl Rule for NavigationMenu {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        let main = doc.main_run();
        let mut listed = vec![false; doc.blocks().len()];
        let by_line = |hit: &&crate::Hit| hit.via == Via::Line;
        doc.hits(&META).iter().filter(by_line).for_each(|hit| listed[hit.blocks.start] = true);
        for hit in doc.hits(&META) {
            let i = hit.blocks.start;
            let is_alone = !(i > 0 && listed[i - 1] || listed.get(i + 1).copied().unwrap_or(false));
            if hit.holds_body || hit.via == Via::Line && main.contains(&i) && is_alone {
                continue;
            }
            out.strip_hit(doc, hit);
        }
        for (i, block) in doc.blocks().iter().enumerate() {
            let is_outside = !main.contains(&i);
            if block.is(Setting::NAV) && !block.is_prose(15) && (is_outside || block.link_density() > MOST_LINKED) {
                out.strip(doc, i, "stands in a navigation element");
            }
        }
    }
}
