//! `bodycopy fit`: fits the scorer's weights to pages with gold text.

use super::{Ended, Stop};
use bodycopy::Regime;
use bodycopy::fit::{Input, fit};
use clap::ValueEnum;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Fits the weights of the rule main-region to pages whose body is known, cross-validated by domain.
///
/// Prints what the weights are worth on pages of domains they were not fitted to, and what each other rule takes of the
/// body and of the rest.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Names the kind of input to fit for.
    kind: Kind,
    /// Gives files of JSON Lines, plain or packed with zstd, each with the weight of its pages behind `=` (1 without). A
    /// record has `id`, `url`, `text` (the body) and `html` or `flat`.
    #[arg(required = true, value_name = "FILE[=WEIGHT]")]
    inputs: Vec<String>,
    /// Writes the table of weights there.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Sets how much large weights cost.
    #[arg(long, default_value_t = 0.03)]
    l2: f32,
    /// Lists this many of the worst pages.
    #[arg(long, default_value_t = 0)]
    worst: usize,
    /// Lists the body text that this rule takes.
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// HTML.
    Markup,
    /// Flattened text with navigation.
    Full,
    /// Flattened text without navigation.
    Residue,
}

pub(super) fn run(args: &Args) -> Result<Ended, Stop> {
    let regime = match args.kind {
        Kind::Markup => Regime::Markup,
        Kind::Full => Regime::Full,
        Kind::Residue => Regime::Residue,
    };
    let inputs: Vec<Input> = args.inputs.iter().map(|input| parse(input)).collect::<Result<_, _>>()?;
    let fitted = fit(&inputs, regime, args.l2, args.worst, args.rule.as_deref()).map_err(Stop::error)?;
    if let Some(path) = &args.output {
        std::fs::write(path, fitted.table).map_err(|e| Stop::error(format!("{}: {e}", path.display())))?;
    }
    std::io::stdout().write_all(fitted.report.as_bytes()).map_err(Stop::stdout)?;
    Ok(Ended::Well)
}

fn parse(input: &str) -> Result<Input, Stop> {
    let (path, weight) = match input.rsplit_once('=') {
        Some((path, weight)) => {
            (path, weight.parse().map_err(|_| Stop::error(format!("{input}: `{weight}` is no weight")))?)
        }
        None => (input, 1.0),
    };
    Ok(Input { name: bodycopy::eval::name(Path::new(path)), path: path.to_owned(), weight })
}
