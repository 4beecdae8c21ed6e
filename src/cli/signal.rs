//! Ctrl-C: the first asks the run to end, the second ends it.

use bodycopy::dump::Writer;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a run may take to finish the records in hand. One that waits for standard input would never end.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a signal asks for.
#[derive(Clone)]
pub(super) struct Signal(Arc<Inner>);

#[derive(Default)]
struct Inner {
    stop: AtomicBool,
    times: AtomicU8,
    /// Set when the run has ended by itself.
    is_settled: AtomicBool,
    /// The temporary file that is being written, which must not be left behind.
    temporary: Mutex<Option<PathBuf>>,
}

impl Signal {
    /// Begins to watch. Without a handler a signal ends the program at once, and a temporary file stays.
    pub(super) fn watch() -> Self {
        let signal = Self(Arc::default());
        let inner = signal.0.clone();
        _ = ctrlc::set_handler(move || {
            inner.stop.store(true, Ordering::SeqCst);
            if inner.times.fetch_add(1, Ordering::SeqCst) > 0 {
                inner.end();
            }
            let inner = inner.clone();
            thread::spawn(move || {
                thread::sleep(PATIENCE);
                if !inner.is_settled.load(Ordering::SeqCst) {
                    super::tell("stopped; with a folder as output the same command with --resume goes on");
                    inner.end();
                }
            });
        });
        signal
    }

    pub(super) fn stop(&self) -> &AtomicBool {
        &self.0.stop
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.stop.load(Ordering::SeqCst)
    }

    pub(super) fn set_temporary(&self, path: Option<&Path>) {
        *self.temporary() = path.map(Path::to_owned);
    }

    /// Says that the run has ended by itself.
    pub(super) fn settle(&self) {
        self.0.is_settled.store(true, Ordering::SeqCst);
    }

    /// Finishes an output, which no signal interrupts.
    pub(super) fn finish(&self, writer: Writer) -> io::Result<()> {
        let mut temporary = self.temporary();
        *temporary = None;
        self.settle();
        writer.finish().map(|_| ())
    }

    fn temporary(&self) -> std::sync::MutexGuard<'_, Option<PathBuf>> {
        self.0.temporary.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn end(&self) -> ! {
        // Held until the end, so that nothing is put in place meanwhile.
        let temporary = self.temporary.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = temporary.as_ref() {
            _ = fs::remove_file(path);
        }
        process::exit(130)
    }
}
