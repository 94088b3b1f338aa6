//! The flags of every command, and the configuration they lead to.

use std::net::SocketAddr;
use std::path::PathBuf;

use app::config::{self, ConfigError, Flag, Inputs, Loaded};
use clap::Args;

/// Flags that every command takes.
#[derive(Debug, Default, Args)]
pub(crate) struct Options {
    /// The configuration file [default: ./landlord.toml when it is there]
    #[arg(long, global = true, value_name = "FILE", env = "LANDLORD_CONFIG")]
    config: Option<PathBuf>,

    /// Sets a key of the configuration; may be given several times
    #[arg(long = "set", global = true, value_name = "SECTION.KEY=VALUE", value_parser = key_and_value)]
    settings: Vec<(String, String)>,

    /// Where to answer: server.listen
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,

    /// The folder of what is kept: data.dir
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<String>,
}

impl Options {
    /// The configuration from all its places.
    ///
    /// # Errors
    /// With everything that is wrong in it.
    pub(crate) fn load(&self) -> Result<Loaded, ConfigError> {
        self.load_over(&[])
    }

    /// The same, for a command that has defaults of its own.
    ///
    /// # Errors
    /// With everything that is wrong in it.
    pub(crate) fn load_over(&self, presets: &[(&'static str, &'static str)]) -> Result<Loaded, ConfigError> {
        config::load(&Inputs { presets: presets.to_vec(), ..self.inputs() })
    }

    /// Everything that was given.
    pub(crate) fn inputs(&self) -> Inputs {
        let flag = |flag, key: &str, value: &str| Flag { flag, key: key.to_owned(), value: value.to_owned() };
        let mut flags: Vec<Flag> = self.settings.iter().map(|(key, value)| flag("--set", key, value)).collect();
        flags.extend(self.listen.map(|listen| flag("--listen", "server.listen", &listen.to_string())));
        flags.extend(self.data_dir.as_ref().map(|dir| flag("--data-dir", "data.dir", dir)));
        Inputs { file: self.config.clone(), environment: environment(), flags, ..Inputs::default() }
    }
}

fn environment() -> Vec<(String, String)> {
    #[expect(clippy::disallowed_methods, reason = "the configuration reads the environment, here and nowhere else")]
    let variables = std::env::vars_os();
    // A name or value that is not UTF-8 cannot be one of ours.
    variables.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))).collect()
}

fn key_and_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("it has no =")?;
    Ok((key.trim().to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use crate::Cli;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_become_settings_with_their_names() {
        let line = "landlord config check --set feeds.interval=20m --listen 127.0.0.1:0 --data-dir d";
        let inputs = Cli::parse_from(line.split(' ')).options.inputs();
        let flags: Vec<_> = inputs.flags.iter().map(|f| (f.flag, f.key.as_str(), f.value.as_str())).collect();
        assert_eq!(
            flags,
            [
                ("--set", "feeds.interval", "20m"),
                ("--listen", "server.listen", "127.0.0.1:0"),
                ("--data-dir", "data.dir", "d")
            ]
        );
        assert!(Cli::try_parse_from(["landlord", "config", "check", "--set", "nothing"]).is_err());
    }
}
