//! Measures what cleaning is worth on pages whose body is known.
//!
//! [`run`] cleans every page of a few sets and judges it; [`report`] makes tables of that: by set, language and kind of
//! failure, the worst pages with what decided, the worth of each rule, and two runs compared page by page.

pub(crate) mod align;
mod facts;
mod gold;
mod judge;
pub mod report;
mod twins;
pub(crate) mod words;

pub use facts::{Agreement, Facts, compare};
pub use gold::{Fields, Gold, Pages, id, load, read, records};
#[cfg(feature = "fit")]
pub(crate) use judge::fold;
pub use judge::{Failure, Judged, judge, judge_only, judge_text};
pub use twins::{Twins, twins};

use std::path::Path;
use std::sync::Mutex;
use std::thread;

/// Pages with gold under one name, judged.
#[derive(Clone, Debug)]
pub struct Set {
    /// The file's name and that of its folder.
    pub name: String,
    /// Its pages, in the order of the file.
    pub pages: Vec<Judged>,
}

/// Judges every page in `jobs` threads; the result is in the order of the pages.
pub fn run<P: Sync, T: Send>(pages: &[P], jobs: usize, judge: impl Fn(&P) -> T + Sync) -> Vec<T> {
    let next = Mutex::new(pages.iter().enumerate());
    let done = Mutex::new(Vec::with_capacity(pages.len()));
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let taken = next.lock().expect("no judge panics while it holds the lock").next();
                    let Some((i, page)) = taken else { break };
                    let judged = judge(page);
                    done.lock().expect("no judge panics while it holds the lock").push((i, judged));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("no judge panics while it holds the lock");
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, judged)| judged).collect()
}

/// Returns the name of a set: its file's name without extensions, below the name of its folder.
pub fn name(path: &Path) -> String {
    let stem = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.split('.').next().unwrap_or_default().to_owned()
    };
    match path.parent().map(stem).filter(|folder| !folder.is_empty()) {
        Some(folder) => format!("{folder}/{}", stem(path)),
        None => stem(path),
    }
}

pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}
