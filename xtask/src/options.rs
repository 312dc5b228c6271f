//! The few options that commands take.

use anyhow::{Context, Result, bail};

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Asked for by the user; nothing else will do then.
    pub port: Option<u16>,
    pub no_open: bool,
}

impl Options {
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Self::default();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--no-open" => options.no_open = true,
                "--port" => {
                    let number = words.next().context("--port needs a number: --port 9000")?;
                    let port = number
                        .parse()
                        .with_context(|| format!("'{number}' is not a port: use a number from 1 to 65535"))?;
                    options.port = Some(port);
                }
                unknown => bail!("unknown option '{unknown}': there are --port N and --no-open"),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn parse(line: &str) -> anyhow::Result<Options> {
        Options::parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn options_come_in_any_order() -> anyhow::Result<()> {
        let wanted = Options { port: Some(9000), no_open: true };
        assert_eq!(parse("--port 9000 --no-open")?, wanted);
        assert_eq!(parse("--no-open --port 9000")?, wanted);
        assert_eq!(parse("")?, Options::default());
        Ok(())
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, word) in [("--prot 9000", "--prot"), ("--port high", "high"), ("--port", "--port")] {
            let message = parse(line).map_err(|error| error.to_string());
            assert!(message.as_ref().is_err_and(|text| text.contains(word)), "{message:?}");
        }
    }
}
