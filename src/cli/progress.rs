//! Shows how far a run has come: a bar on a terminal, lines elsewhere.

use super::summary::bytes;
use super::tell;
use bodycopy::dump::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Time between two looks, on a terminal and elsewhere.
const BAR: Duration = Duration::from_millis(200);
const LINES: Duration = Duration::from_secs(10);

/// Progress that is shown until this is dropped.
pub(super) struct Shown {
    bar: Option<ProgressBar>,
    end: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Shown {
    pub(super) fn start(progress: &Arc<Progress>, is_quiet: bool) -> Self {
        if is_quiet {
            return Self { bar: None, end: None, thread: None };
        }
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:30} {percent:>3} % {msg}").expect("the template is right");
            ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr()).with_style(style)
        });
        let (end, ended) = sync_channel(1);
        let (progress, shown) = (progress.clone(), bar.clone());
        let thread = thread::spawn(move || {
            let start = Instant::now();
            let pause = if shown.is_some() { BAR } else { LINES };
            while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                let line = line(&progress, start.elapsed());
                match &shown {
                    Some(bar) => {
                        bar.set_length(progress.bytes().max(progress.bytes_read()));
                        bar.set_position(progress.bytes_read());
                        bar.set_message(line);
                    }
                    None => tell(line),
                }
            }
        });
        Self { bar, end: Some(end), thread: Some(thread) }
    }

    /// Does something while no bar is drawn.
    pub(super) fn pause(&self, tell: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(tell),
            None => tell(),
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.end = None;
        if let Some(thread) = self.thread.take() {
            _ = thread.join();
        }
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn line(progress: &Progress, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64().max(0.001);
    let rate = |n: u64| bytes((n as f64 / seconds) as u64);
    let mut line = String::new();
    if progress.inputs() > 0 {
        line += &format!("{} of {} inputs, ", progress.inputs_done(), progress.inputs());
    }
    let (read, written) = (progress.bytes_read(), progress.bytes_written());
    line += &format!("{} records, in {}/s, out {}/s", progress.records(), rate(read), rate(written));
    if progress.failures() > 0 {
        line += &format!(", {} failures", progress.failures());
    }
    if progress.bytes() > read && read > 0 {
        let left = (progress.bytes() - read) as f64 * seconds / read as f64;
        line += &format!(", {} left", time(left as u64));
    }
    line
}

fn time(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{} h {:02} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_is_told_in_words() {
        assert_eq!([time(9), time(61), time(7320)], ["9 s", "1 min 01 s", "2 h 02 min"]);
    }
}
