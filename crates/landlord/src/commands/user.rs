//! `landlord user`: accounts that nobody can register.

use std::io::{IsTerminal as _, stdin};
use std::process::ExitCode;

use app::accounts::{AdminForm, CreateAdminError, Passwords, create_admin};
use app::config::Secret;
use app::text;
use clap::Subcommand;
use kernel::{Env, FieldErrors, Language};

use db::Db;

use super::{make_folder, say};
use crate::options::Options;
use crate::{Failure, telemetry};

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make an administrator of the platform; the password is asked for, or read as one line from standard input
    CreateAdmin {
        /// Their address, with which they sign in
        #[arg(long)]
        email: String,
        /// Their name
        #[arg(long)]
        name: String,
        /// The language of their screens
        #[arg(long, default_value = "en")]
        language: Language,
    },
}

impl Command {
    pub(super) async fn run(&self, options: &Options) -> Result<ExitCode, Failure> {
        let Self::CreateAdmin { email, name, language } = self;
        let config = options.load()?.config;
        telemetry::start(&config.log)?;
        let password = tokio::task::spawn_blocking(password).await??;
        let form = AdminForm { name: name.clone(), email: email.clone(), password, language: *language };
        let (env, passwords) = (Env::system(), Passwords::new(config.accounts.parallel_hashes));
        let db = {
            make_folder(&config.data.dir)?;
            Db::connect(&config.database_options()).await?
        };
        if let [first, ..] = db.pending_migrations(env!("CARGO_PKG_VERSION")).await?.as_slice() {
            return Err(format!("the database is not up to date ({first}): run `landlord migrate` first").into());
        }
        let made = create_admin(&db, &env, &passwords, &form).await;
        db.close().await;
        match made {
            Ok(_) => say(&format!("{email} may sign in as an administrator")),
            Err(CreateAdminError::Invalid(errors)) => return Err(problems(&errors).into()),
            Err(error) => return Err(error.into()),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Never from a flag: the command line of a process can be read by every user of the machine.
fn password() -> Result<Secret<String>, Failure> {
    if !stdin().is_terminal() {
        let mut line = String::new();
        stdin().read_line(&mut line)?;
        return Ok(Secret::new(line.trim_end_matches(['\r', '\n']).to_owned()));
    }
    let password = rpassword::prompt_password("Password: ")?;
    if rpassword::prompt_password("The same again: ")? != password {
        return Err("the two passwords differ".into());
    }
    Ok(Secret::new(password))
}

/// One line for each field, in words.
fn problems(errors: &FieldErrors) -> String {
    let line = |error: &kernel::FieldError| {
        let bound = error.bound.clone().unwrap_or_default();
        let key = format!("error-{}", error.code.replace('_', "-"));
        format!("\n  {}: {}", error.field, text::text_with(Language::English, &key, None, &[("bound", &bound)]))
    };
    format!("no account was made:{}", errors.iter().map(line).collect::<String>())
}
