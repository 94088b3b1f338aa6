//! `landlord config`: what can be set, what is set, and what is wrong with it.

use std::process::ExitCode;

use app::config::{DEFAULTS, Shown};
use clap::Subcommand;

use super::say;
use crate::Failure;
use crate::options::Options;

/// What to explain.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say what is wrong, or that nothing is
    Check,
    /// Show the values in force, as a file that could be used; secrets are masked
    Show {
        /// Also say where each value came from
        #[arg(long)]
        sources: bool,
    },
    /// Show every key with its default and what it does
    Defaults,
}

impl Command {
    pub(super) fn run(&self, options: &Options) -> Result<ExitCode, Failure> {
        match self {
            Self::Check => {
                options.load()?;
                say("the configuration is usable");
            }
            Self::Show { sources } => say(show(&options.load()?.shown, *sources).trim_end()),
            Self::Defaults => say(DEFAULTS.trim_end()),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The values as TOML, with the place that each came from as a comment.
fn show(values: &[Shown], sources: bool) -> String {
    let mut text = String::new();
    let mut section = "";
    for shown in values {
        let (its_section, key) = shown.key.split_once('.').unwrap_or(("", shown.key));
        if its_section != section {
            section = its_section;
            text.push_str(&format!("\n[{section}]\n"));
        }
        let line = format!("{key} = {}", shown.value);
        match sources {
            true => text.push_str(&format!("{line:<60} # {}\n", shown.source)),
            false => text.push_str(&format!("{line}\n")),
        }
    }
    text.trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use app::config::{Flag, Inputs, load};

    use super::*;

    fn flag(key: &str, value: &str) -> Flag {
        Flag { flag: "--set", key: key.into(), value: value.into() }
    }

    #[test]
    fn what_is_shown_can_be_used_as_a_file() {
        let flags = vec![flag("feeds.max_redirects", "1"), flag("mail.smtp_url", "smtps://u:hidden@mail.example")];
        let shown = load(&Inputs { flags, ..Inputs::default() }).unwrap().shown;
        let text = show(&shown, true);
        assert!(text.starts_with("[server]\n") && !text.contains("hidden"), "{text}");
        let line = text.lines().find(|line| line.starts_with("max_redirects")).unwrap();
        assert!(line.starts_with("max_redirects = 1 ") && line.ends_with("# --set"), "{line}");

        let folder = tempfile::tempdir().unwrap();
        let masked = show(&shown, false).replace("\"********\"", "\"\"");
        std::fs::write(folder.path().join("landlord.toml"), masked).unwrap();
        let again = load(&Inputs { folder: folder.path().into(), ..Inputs::default() }).unwrap();
        assert_eq!(again.config.feeds.max_redirects, 1);
    }
}
