//! `bodycopy eval`: what cleaning is worth on pages whose body is known.

mod gold;
mod predictions;
mod saved;

use super::flags::{self, Selection};
use super::{Ended, Stop};
use bodycopy::Pipeline;
use bodycopy::eval::{self, Fields, Gold, Set, report};
use predictions::Predictions;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// Measures cleaning on pages whose body is known: tables by set, language and kind of failure.
///
/// Inputs are JSON Lines, plain or packed with gzip or zstd. A record has `id`, the page as `html` or flattened as `flat`,
/// and the body as `text`; `url`, `title`, `author`, `date`, `lang`, and the snippets `with` and `without`, are used where
/// they are there. The score is word F1, the mean over pages. A page whose body is empty has no article: its F1 is 1 when
/// nothing is kept, and 0 otherwise. Records that cannot be scored are told of; exits with 1 when there are any, and with 2
/// when nothing can be scored.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Names the files of pages; each is a set.
    #[arg(value_name = "FILE", required = true)]
    inputs: Vec<PathBuf>,
    /// Names the field that holds the body. By default it is `text`.
    #[arg(long, value_name = "NAME")]
    gold_field: Option<String>,
    /// Names the field that holds HTML.
    #[arg(long, value_name = "NAME", default_value = "html")]
    html_field: String,
    /// Names the field that holds flattened text, which is read where there is no HTML.
    #[arg(long, value_name = "NAME", default_value = "flat")]
    text_field: String,
    /// Takes only records whose field has this value. May be given several times.
    #[arg(long = "where", value_name = "FIELD=VALUE", value_parser = pair)]
    only_where: Vec<(String, String)>,
    /// Lists this many of the worst pages of each set, with what decided.
    #[arg(long, value_name = "N", default_value_t = 0)]
    worst: usize,
    /// Scores these records, which some program made of the same pages, instead of cleaning them: `id` and `text`, and
    /// `headline`, `byline`, `date` and `language` if they are there. A page without a record counts as empty.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Saves what each page comes to, as JSON Lines, for a later --against.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Compares with a saved run, page by page.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Compares with the results of the same pages flattened, paired by id, and lists the pages that agree least. Needs no
    /// gold.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["predictions", "ablate", "against", "save"])]
    twins: Option<PathBuf>,
    /// Switches each rule off in turn and tells what it adds to F1, and on how many pages.
    #[arg(long, conflicts_with = "predictions")]
    ablate: bool,
    /// Sets how many threads work. By default it is as many as the machine has.
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    selection: Selection,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("it needs a field and a value, with `=` between them")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Pages that a comparison lists when `--worst` does not say.
const MOVED: usize = 10;

/// Whether every record was scored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loss {
    None,
    Some,
}

impl Loss {
    fn ended(self) -> Ended {
        match self {
            Loss::None => Ended::Well,
            Loss::Some => Ended::WithFailures,
        }
    }
}

pub(super) fn run(args: &Args) -> Result<Ended, Stop> {
    let pipeline = args.selection.pipeline(|builder| builder.explain(args.worst > 0))?;
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let fields = Fields {
        html: args.html_field.clone(),
        text: args.text_field.clone(),
        gold: args.gold_field.clone().unwrap_or_else(|| "text".into()),
        only: args.only_where.clone(),
    };
    if let Some(path) = &args.twins {
        return twins(args, path, &fields, &pipeline, jobs);
    }
    let mut sets = Vec::new();
    let mut golds = Vec::new();
    let mut loss = Loss::None;
    let mut predictions = args.predictions.as_deref().map(|path| Predictions::read(path, &mut loss)).transpose()?;
    for path in &args.inputs {
        let set = gold::load(path, &fields, &mut loss)?;
        let name = flags::name(path);
        gold::check(&name, &set.pages, &fields, args.gold_field.is_some(), &mut loss)?;
        let judged = match &mut predictions {
            Some(made) => {
                made.meet(&name, &set);
                eval::run(&set.pages, jobs, |gold| made.judge(gold))
            }
            None => eval::run(&set.pages, jobs, |gold| eval::judge(&pipeline, gold)),
        };
        sets.push(Set { name: eval::name(path), pages: judged });
        if args.ablate {
            golds.push(set.pages);
        }
    }
    if let Some(made) = &predictions {
        made.settle(&mut loss)?;
    }
    let earlier = args.against.as_deref().map(|path| saved::read(path, &sets, &mut loss)).transpose()?;
    let mut out = report::by_set(&sets);
    for table in [
        report::by_fact(&sets),
        report::by_language(&sets),
        report::by_nothing(&sets),
        report::by_failure(&sets),
        report::worst(&sets, args.worst),
    ] {
        if table.lines().count() > 1 {
            out += "\n";
            out += &table;
        }
    }
    if let Some(earlier) = &earlier {
        out += "\n";
        let most = if args.worst > 0 { args.worst } else { MOVED };
        out += &report::compare(&sets, earlier, most);
    }
    io::stdout().write_all(out.as_bytes()).map_err(Stop::stdout)?;
    if let Some(path) = &args.save {
        saved::write(path, &sets)?;
    }
    if args.ablate {
        ablate(args, &sets, &golds, jobs)?;
    }
    Ok(loss.ended())
}

fn twins(args: &Args, path: &Path, fields: &Fields, pipeline: &Pipeline, jobs: usize) -> Result<Ended, Stop> {
    let mut loss = Loss::None;
    let others = gold::load(path, fields, &mut loss)?.pages;
    let mut out = String::new();
    for input in &args.inputs {
        let pages = gold::load(input, fields, &mut loss)?.pages;
        let twins = eval::twins(pipeline, &pages, &others, jobs);
        if twins.is_empty() {
            return Err(Stop::error(format!("{} and {} share no id", flags::name(input), flags::name(path))));
        }
        out += &report::twins(&eval::name(input), &twins, args.worst);
    }
    io::stdout().write_all(out.as_bytes()).map_err(Stop::stdout)?;
    Ok(loss.ended())
}

fn ablate(args: &Args, sets: &[Set], golds: &[Vec<Gold>], jobs: usize) -> Result<(), Stop> {
    let all = args.selection.pipeline(|builder| builder)?;
    let names: Vec<String> = sets.iter().map(|set| set.name.clone()).collect();
    let mut rules = Vec::new();
    for meta in all.rules() {
        let pipeline = args.selection.pipeline_without(meta.name)?;
        let one = |(set, golds): (&Set, &Vec<Gold>)| {
            let text = |gold: &Gold| eval::judge_only(&pipeline, gold);
            report::difference(&set.pages, &eval::run(golds, jobs, text))
        };
        rules.push(report::Without { rule: meta.name, sets: sets.iter().zip(golds).map(one).collect() });
    }
    let table = format!(
        "\nWhat each rule adds to F1, and on how many pages it changes anything\n{}",
        report::ablation(&names, &rules)
    );
    io::stdout().write_all(table.as_bytes()).map_err(Stop::stdout)
}

fn unreadable(path: &Path, error: &io::Error) -> Stop {
    Stop::error(format!("{} cannot be read: {error}", flags::name(path)))
}

fn records(path: &Path) -> Result<Vec<(u64, serde_json::Value)>, Stop> {
    eval::records(path).map_err(|error| unreadable(path, &error))
}
