//! The built-in rules, in the order in which they speak.
//!
//! The first rule that says anything of a whole block decides, unless a later one keeps it. So parts of the article
//! that others would take for furniture come first, then furniture from the plainest to the vaguest, then the rules that
//! protect, which look at what has been said, and last the rule that finds the article's region among the rest.

pub(crate) mod main_region;
mod prelude;
mod share_bar;

use crate::rule::Rule;

/// Returns all built-in rules.
pub(crate) fn all() -> Vec<Box<dyn Rule>> {
    vec![Box::new(share_bar::ShareBar), Box::new(main_region::MainRegion)]
}
