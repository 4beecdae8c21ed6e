//! The command: what it takes, and how it ends.

mod clean;
mod diff;
mod dump;
mod eval;
mod explain;
#[cfg(feature = "fit")]
mod fit;
mod flags;
mod outputs;
mod progress;
mod rules;
mod show;
mod signal;
mod stats;
mod summary;
mod target;

use clap::{Arg, CommandFactory, FromArgMatches, Parser};
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// Strips boilerplate from scraped news pages, HTML or flattened text, and explains every removal.
#[derive(Parser)]
#[command(name = "bodycopy", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 when all is done, 1 when some records of a dump failed, some of `eval` could not be scored, or `diff` finds a \
change, 2 when the command line is wrong, a file cannot be read or written or nothing in it is of use, 130 when a signal \
stopped it.";

#[derive(clap::Subcommand)]
enum Command {
    Clean(clean::Args),
    Explain(explain::Args),
    Rules(rules::Args),
    Dump(dump::Args),
    Stats(stats::Args),
    Diff(diff::Args),
    Eval(eval::Args),
    #[cfg(feature = "fit")]
    Fit(fit::Args),
}

/// How a command ended that did not fail outright.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// All is done.
    Well,
    /// Some records failed.
    WithFailures,
    /// A signal stopped it.
    Stopped,
    /// A file could not be read, and the others are done.
    WithUnread,
}

/// Why a command stopped.
enum Stop {
    /// Nobody reads the output any more, which is no error: `bodycopy … | head`.
    Unheard,
    /// An error, told in one line.
    Error(String),
}

impl Stop {
    fn error(message: impl fmt::Display) -> Self {
        Stop::Error(message.to_string())
    }

    /// The error of writing to standard output.
    fn stdout(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::Unheard,
            _ => Stop::Error(format!("standard output cannot be written: {error}")),
        }
    }
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let matches = sentences(Cli::command()).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let ended = match cli.command {
        Command::Clean(args) => clean::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Dump(args) => dump::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Eval(args) => eval::run(&args),
        #[cfg(feature = "fit")]
        Command::Fit(args) => fit::run(&args),
    };
    match ended {
        Ok(Ended::Well) | Err(Stop::Unheard) => ExitCode::SUCCESS,
        Ok(Ended::WithFailures) => ExitCode::from(1),
        Ok(Ended::Stopped) => ExitCode::from(130),
        Ok(Ended::WithUnread) => ExitCode::from(2),
        Err(Stop::Error(message)) => {
            tell(message);
            ExitCode::from(2)
        }
    }
}

/// Puts back the full stops that clap takes from the ends of doc comments.
fn sentences(command: clap::Command) -> clap::Command {
    let stop = |text: String| if text.ends_with(['.', '…']) { text } else { format!("{text}.") };
    let about = command.get_about().map(|about| stop(about.to_string()));
    let argument = |arg: Arg| match arg.get_help().map(|help| stop(help.to_string())) {
        Some(help) => arg.help(help),
        None => arg,
    };
    let command = command.mut_args(argument).mut_subcommands(sentences);
    match about {
        Some(about) => command.about(about),
        None => command,
    }
}

/// Writes one line to standard error. If that is closed there is nobody to tell.
fn tell(message: impl fmt::Display) {
    let message = message.to_string().replace('\n', " ");
    _ = writeln!(io::stderr(), "bodycopy: {}", show::printable(&message));
}
