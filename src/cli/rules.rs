//! `bodycopy rules`: the table of rules, or all about one.

use super::{Ended, Stop, show};
use anstyle::{AnsiColor, Style};
use bodycopy::{Example, Meta, Pipeline};
use std::io::{self, Write};

/// Lists the rules, or tells all about one of them.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Names the rule.
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Ended, Stop> {
    let mut builder = Pipeline::builder();
    if let Some(name) = &args.name {
        builder = builder.only([name]);
    }
    let pipeline =
        builder.build().map_err(|error| Stop::error(format!("{error}; `bodycopy rules` lists all rules")))?;
    let mut out = anstream::AutoStream::auto(io::stdout());
    let written = match (&args.name, pipeline.rules().next()) {
        (Some(_), Some(meta)) => page(&mut out, meta),
        _ => table(&mut out, &pipeline.rules().collect::<Vec<_>>()),
    };
    written.and_then(|()| out.flush()).map_err(Stop::stdout)?;
    Ok(Ended::Well)
}

const BOLD: Style = Style::new().bold();
const MARKED: Style = AnsiColor::Red.on_default();

fn table(out: &mut impl Write, rules: &[&Meta]) -> io::Result<()> {
    let name = rules.iter().map(|meta| meta.name.len()).max().unwrap_or(0);
    let category = rules.iter().map(|meta| meta.category.to_string().len()).max().unwrap_or(0);
    for meta in rules {
        let kind = meta.category.to_string();
        writeln!(out, "{BOLD}{:name$}{BOLD:#}  {kind:category$}  {}", meta.name, meta.summary)?;
    }
    Ok(())
}

fn page(out: &mut impl Write, meta: &Meta) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}: {}", meta.name, meta.summary)?;
    writeln!(out)?;
    writeln!(out, "category  {}", meta.category)?;
    writeln!(out, "selector  {}", meta.selector.unwrap_or("none"))?;
    let names = if meta.names.is_empty() { "none".into() } else { meta.names.join(", ") };
    writeln!(out, "names     {names}")?;
    let phrases = meta.phrases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
    writeln!(out, "phrases   {phrases}")?;
    if meta.examples.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    writeln!(out, "{BOLD}Examples{BOLD:#}; what the rule acts on stands in ⟦…⟧, the rest it leaves alone.")?;
    for example in meta.examples {
        let (kind, source) = match example {
            Example::Html(source) => ("HTML", source),
            Example::Text(source) => ("text", source),
        };
        writeln!(out)?;
        writeln!(out, "  {kind}")?;
        let source = show::printable_but(source, &['\n', '\t']);
        let marked = source.replace('⟦', &format!("{MARKED}⟦")).replace('⟧', &format!("⟧{MARKED:#}"));
        for line in marked.lines() {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}
