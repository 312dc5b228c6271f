//! Running one step at a time, so that whoever waits sees what for.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

const NAME_WIDTH: usize = 44;

/// A step that is silent while it runs: one line, with its seconds.
pub fn stage<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    print!("{name:<NAME_WIDTH$}");
    // Only a courtesy: a closed terminal must not stop the work.
    let _ = std::io::stdout().flush();
    let began = Instant::now();
    let done = work();
    match &done {
        Ok(_) => println!("{:>7.1} s", began.elapsed().as_secs_f64()),
        Err(_) => println!(" failed"),
    }
    done.with_context(|| format!("{name} failed"))
}

/// A step whose tool shows its own progress: its line follows that.
pub fn talking_stage<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("{name} …");
    let began = Instant::now();
    let done = work().with_context(|| format!("{name} failed"))?;
    println!("{name:<NAME_WIDTH$}{:>7.1} s", began.elapsed().as_secs_f64());
    Ok(done)
}

/// A step that has nothing to do.
pub fn up_to_date(name: &str) {
    println!("{name:<NAME_WIDTH$}up to date");
}

/// Runs a tool whose messages go to the terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {}", shown(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs a tool and returns what it printed; what it complained about is in the error.
pub fn output_of(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run {}", shown(command)))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let complaints = String::from_utf8_lossy(&output.stderr);
        bail!("{} ended with {}\n{printed}{complaints}", shown(command), output.status);
    }
    Ok(printed.into_owned())
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    format!("`{}`", words.join(" "))
}
