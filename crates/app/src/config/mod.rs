//! The configuration: typed, with one source of documentation and defaults (`config.default.toml`), read from defaults, file,
//! environment and flags in that order, and checked as a whole before anything starts.
//!
//! To add a key: a field in a section below, and the key with its default and a comment in `config.default.toml`. A test holds
//! the two together.

mod check;
mod load;
mod values;

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

use lettre::message::Mailbox;
use toml::Value;
use url::Url;
use webkit::{IpNet, LimitSettings, PublicUrl, Rate, Settings};

pub use load::{ConfigError, Flag, Inputs, Loaded, Problem, Shown, Source, load};
pub use values::{ByteSize, DatabaseUrl, Environment, LogFormat, LogLevel, Registration, Secret};

use load::Reader;
use values::Setting;

/// The commented defaults: the documentation of every key.
pub const DEFAULTS: &str = include_str!("../../../../config.default.toml");

/// One known key.
struct Key {
    /// `section.key`.
    name: &'static str,
    /// How its value is shown to people: secrets masked.
    shown: fn(&Value) -> Value,
}

/// Declares the sections as structs of public fields, and with them the list of known keys and how to read each.
macro_rules! sections {
    ($($(#[$doc:meta])* $section:ident: $name:ident { $($(#[$key_doc:meta])* $key:ident: $type:ty,)+ })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug)]
            pub struct $name { $($(#[$key_doc])* pub $key: $type,)+ }
        )+

        /// Everything that can be set, checked.
        #[derive(Clone, Debug)]
        pub struct Config { $($(#[$doc])* pub $section: $name,)+ }

        const KEYS: &[Key] = &[$($(
            Key { name: concat!(stringify!($section), ".", stringify!($key)), shown: <$type as Setting>::shown },
        )+)+];

        impl Config {
            /// Reads every key, so that all problems are found and not only the first; `None` when there was one.
            fn read(reader: &mut Reader<'_>) -> Option<Self> {
                $($(let $key = reader.get::<$type>(concat!(stringify!($section), ".", stringify!($key)));)+
                let $section = (|| Some($name { $($key: $key?,)+ }))();)+
                Some(Self { $($section: $section?,)+ })
            }
        }
    };
}

sections! {
    /// How requests are answered.
    server: Server {
        /// What this installation is for.
        environment: Environment,
        /// Where to answer.
        listen: SocketAddr,
        /// What people type to get here; see [`Config::public_url`].
        public_url: Option<PublicUrl>,
        /// Proxies whose forwarding headers are believed.
        trusted_proxies: Vec<IpNet>,
        /// A request that takes longer is answered with 503.
        request_timeout: Duration,
        /// For the head of a request, and for silence on a kept-alive connection.
        header_timeout: Duration,
        /// Connections served at the same time.
        max_connections: NonZeroUsize,
        /// For what is under way at the end.
        drain_timeout: Duration,
    }

    /// The database.
    database: Database {
        /// Where it is; see [`Config::database_options`].
        url: Option<DatabaseUrl>,
        /// Connections that read.
        read_connections: NonZeroU32,
        /// PostgreSQL connections that write.
        write_connections: NonZeroU32,
        /// How long to wait for a connection of the pool.
        acquire_timeout: Duration,
        /// The longest statement, or wait for another writer.
        statement_timeout: Duration,
    }

    /// What is kept on this machine.
    data: Data {
        /// The folder.
        dir: PathBuf,
    }

    /// Accounts and their sessions.
    accounts: Accounts {
        /// Whether strangers may register.
        registration: Registration,
        /// A session ends after so long without a request.
        session_idle: Duration,
        /// A session ends at the latest so long after signing in.
        session_absolute: Duration,
        /// How long "remember me" lasts after its last use.
        remember_me: Duration,
        /// Passwords hashed at the same time.
        parallel_hashes: NonZeroUsize,
    }

    /// Outgoing mail.
    mail: Mail {
        /// The server; `None`: nothing is sent.
        smtp_url: Option<Secret<String>>,
        /// The sender of every mail.
        from: Mailbox,
    }

    /// Fetching calendars.
    feeds: Feeds {
        /// How often.
        interval: Duration,
        /// How much later at random, at most.
        jitter: Duration,
        /// The whole of a fetch.
        timeout: Duration,
        /// The largest calendar, after decompression.
        max_body: ByteSize,
        /// Redirects followed.
        max_redirects: u8,
        /// Also http, other ports and local addresses; never in production.
        allow_local_addresses: bool,
        /// PEM certificates to believe besides the public ones.
        extra_ca_file: Option<PathBuf>,
        /// A feed without a good fetch for so long is stale.
        stale_after: Duration,
        /// Answers kept for each feed.
        kept_bodies: NonZeroU32,
    }

    /// Files that people send.
    files: Files {
        /// The S3 bucket; `None`: a folder of the data folder.
        s3_bucket: Option<String>,
        /// Where the bucket is.
        s3_region: String,
        /// The service's address; `None`: Amazon's.
        s3_endpoint: Option<Url>,
        /// Who we are there.
        s3_access_key_id: Option<Secret<String>>,
        /// The proof of it.
        s3_secret_access_key: Option<Secret<String>>,
        /// The most bytes of one organization.
        quota: ByteSize,
        /// Pictures decoded at the same time.
        parallel_pictures: NonZeroUsize,
    }

    /// The queue.
    jobs: Jobs {
        /// Jobs run at the same time by one process.
        workers: NonZeroUsize,
        /// A job whose process died is run again after this.
        lease: Duration,
        /// How often the queue is looked at unasked.
        poll: Duration,
    }

    /// Requests of one client by class of route: a minute on average (0: without limit), and at once.
    limits: Limits {
        /// Signing in and the like, a minute.
        credentials_per_minute: u32,
        /// Signing in and the like, at once.
        credentials_burst: NonZeroU32,
        /// The JSON interface, a minute.
        api_per_minute: u32,
        /// The JSON interface, at once.
        api_burst: NonZeroU32,
        /// Pages, a minute.
        pages_per_minute: u32,
        /// Pages, at once.
        pages_burst: NonZeroU32,
    }

    /// Keys.
    security: Security {
        /// `ID:BASE64` each, the active one first; see [`crate::secrets::KeyRing`].
        encryption_keys: Vec<Secret<String>>,
        /// A file of such lines.
        encryption_key_file: Option<PathBuf>,
    }

    /// Log lines.
    log: Log {
        /// For people or for machines.
        format: LogFormat,
        /// The least important line that is logged.
        level: LogLevel,
        /// Slower statements are logged.
        slow_query: Duration,
    }
}

impl Config {
    /// Whether real people's data is here.
    pub fn is_production(&self) -> bool {
        self.server.environment == Environment::Production
    }

    /// What people type to get here, given the address that is really listened on (its port may have been left open).
    ///
    /// # Errors
    /// Never for an address that can be listened on.
    pub fn public_url(&self, bound: SocketAddr) -> Result<PublicUrl, &'static str> {
        match &self.server.public_url {
            Some(url) => Ok(url.clone()),
            None if bound.ip().is_unspecified() => PublicUrl::parse(&format!("http://localhost:{}", bound.port())),
            None => PublicUrl::parse(&format!("http://{bound}")),
        }
    }

    /// What the plumbing of requests needs to know.
    pub fn web_settings(&self, public_url: PublicUrl) -> Settings {
        let limits = &self.limits;
        let rate = |per_minute, burst: NonZeroU32| Rate { per_minute, burst: burst.get() };
        Settings {
            public_url,
            trusted_proxies: self.server.trusted_proxies.clone(),
            limits: LimitSettings {
                credentials: rate(limits.credentials_per_minute, limits.credentials_burst),
                api: rate(limits.api_per_minute, limits.api_burst),
                pages: rate(limits.pages_per_minute, limits.pages_burst),
                ..LimitSettings::default()
            },
            request_timeout: self.server.request_timeout,
        }
    }

    /// How to connect to the database: the one that is set, or the file in the data folder.
    pub fn database_options(&self) -> db::Options {
        let url = match &self.database.url {
            Some(DatabaseUrl::Postgres(url)) => url.expose().clone(),
            Some(DatabaseUrl::Sqlite(path)) => format!("sqlite:{}", path.display()),
            None => format!("sqlite:{}", self.data.dir.join("landlord.db").display()),
        };
        db::Options {
            url,
            read_connections: self.database.read_connections.get(),
            write_connections: self.database.write_connections.get(),
            acquire_timeout: self.database.acquire_timeout,
            statement_timeout: self.database.statement_timeout,
            slow_query: self.log.slow_query,
        }
    }
}

/// The defaults with some keys set, for tests.
#[cfg(test)]
pub(crate) fn for_tests(settings: &[(&str, &str)]) -> Config {
    let flag = |(key, value): &(&str, &str)| Flag { flag: "--set", key: (*key).into(), value: (*value).into() };
    load(&Inputs { flags: settings.iter().map(flag).collect(), ..Inputs::default() }).unwrap().config
}
