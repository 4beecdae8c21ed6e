//! Rules of strangers: any selector, any list of phrases, over a page that has something of everything.
#![no_main]

use bodycopy::{Category, Meta, Page, Pipeline, Rule};
use bodycopy_fuzz::pages;

const PAGE: &str = "<title>x</title><nav><a href=/a rel=tag>Home</a></nav><article id=a class='b c' data-x=\"y z\"><h1>Old bridge</h1>\
    <p lang=en-GB hidden>Share</p><p>The council met on Monday and agreed to close the bridge.</p><ul><li class=share>Follow us</li>\
    <li>2</li></ul><p>© 2031 All rights reserved</p></article><svg><desc class=b>x</desc></svg>";

struct Foreign(&'static Meta);

impl Rule for Foreign {
    fn meta(&self) -> &'static Meta {
        self.0
    }
}

/// Gives back what was leaked for the sake of `'static`, so that a long run does not fill the memory.
fn lent(text: &str) -> &'static str {
    // Few distinct ones are kept: the fuzzer repeats itself a million times.
    use std::collections::HashSet;
    use std::sync::Mutex;
    static KEPT: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut kept = KEPT.lock().unwrap_or_else(|e| e.into_inner());
    let kept = kept.get_or_insert_default();
    if let Some(there) = kept.get(text) {
        return there;
    }
    let new: &'static str = Box::leak(text.to_owned().into_boxed_str());
    kept.insert(new);
    new
}

libfuzzer_sys::fuzz_target!(|input: (&str, &str, &str)| {
    let (css, phrases, text) = input;
    if css.len() + phrases.len() > 400 {
        return;
    }
    let meta = Meta::new("foreign", Category::Widget, "What strangers wrote").selector(lent(css)).phrases(lent(phrases));
    let meta: &'static Meta = Box::leak(Box::new(meta));
    let Ok(pipeline) = Pipeline::builder().only(Vec::<String>::new()).rule(Foreign(meta)).build() else { return };
    for page in [Page::html(PAGE), Page::html(text), Page::text(text)] {
        pages::check_spans(&pipeline.clean(page));
    }
});
