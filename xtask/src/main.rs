//! The set-up and every chore of Bearings. `cargo xtask` lists them.

mod browser;
mod cargo;
mod debian;
mod dev;
mod fingerprint;
mod glue;
mod http;
mod imports;
mod node;
mod options;
mod parts;
mod project;
mod serve;
mod site;
mod sizes;
mod split;
mod stage;
mod start;
mod testing;

use std::process::ExitCode;

use anyhow::{Result, bail};
use options::Options;
use project::Project;

const COMMANDS: &str = "\
cargo xtask start   build the page, serve it on this machine, open it   [--port N] [--no-open]
cargo xtask dev     serve the page and rebuild it as you edit            [--port N]
cargo xtask build   build the page into dist/ and measure it
cargo xtask check   format, lints and native tests: no browser
cargo xtask bench   measure what saving, opening and files cost in a large plan, and what a killed browser loses
cargo xtask test    everything: check, build, budgets, browser tests
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let Some(command) = words.next() else {
        print!("{COMMANDS}");
        return Ok(());
    };
    let options = Options::parse(words)?;
    let project = Project::find()?;
    match command.as_str() {
        "start" => start::start(&project, &options),
        "dev" => dev::dev(&project, &options),
        "build" => sizes::build_and_measure(&project),
        "check" => testing::check(&project),
        "bench" => testing::bench(&project),
        "test" => testing::test(&project),
        unknown => bail!("there is no command '{unknown}'. The commands are:\n\n{COMMANDS}"),
    }
}
