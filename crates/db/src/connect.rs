//! Connecting, and the two ways to use a connection: reading, and one transaction that writes.

use std::{
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use kernel::Fault;
use log::LevelFilter;
use sqlx::{
    ConnectOptions as _, PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::Notify;

use crate::DbError;

/// Which database answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// The embedded database.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// How to connect.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite:PATH` or `postgres://...`.
    pub url: String,
    /// Connections that read; SQLite has one more that writes.
    pub read_connections: u32,
    /// PostgreSQL connections that write.
    pub write_connections: u32,
    /// How long a request waits for a connection.
    pub acquire_timeout: Duration,
    /// How long one statement may take (PostgreSQL), or wait for another writer (SQLite).
    pub statement_timeout: Duration,
    /// Statements that take longer are logged, without their parameters.
    pub slow_query: Duration,
}

impl Options {
    /// Defaults for an address.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            read_connections: 4,
            write_connections: 10,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            slow_query: Duration::from_millis(100),
        }
    }
}

/// The database of this process. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    pub(crate) pools: Pools,
    signal: Arc<Notify>,
}

#[derive(Debug, Clone)]
pub(crate) enum Pools {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres { write: PgPool, read: PgPool },
}

pub(crate) enum Connection {
    Sqlite(PoolConnection<Sqlite>),
    SqliteTx(Transaction<'static, Sqlite>),
    Postgres(PoolConnection<Postgres>),
    PostgresTx(Transaction<'static, Postgres>),
}

/// One body for the connections of both drivers.
macro_rules! each_connection {
    ($connection:expr, $c:ident => $body:expr) => {
        match $connection {
            $crate::connect::Connection::Sqlite($c) => {
                let $c = &mut **$c;
                $body
            }
            $crate::connect::Connection::SqliteTx($c) => {
                let $c = &mut **$c;
                $body
            }
            $crate::connect::Connection::Postgres($c) => {
                let $c = &mut **$c;
                $body
            }
            $crate::connect::Connection::PostgresTx($c) => {
                let $c = &mut **$c;
                $body
            }
        }
    };
}
pub(crate) use each_connection;

/// A connection that finds. The database itself refuses a write on it.
pub struct Read {
    pub(crate) connection: Connection,
}

/// One transaction. Dropping it rolls back; [`Tx::commit`] keeps it. It is a [`Read`] too, and sees its own writes.
pub struct Tx {
    pub(crate) read: Read,
    signal: Arc<Notify>,
    signals: bool,
}

impl Deref for Tx {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.read
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.read
    }
}

impl Read {
    /// Which database answers: only for the few constants that differ.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        match self.connection {
            Connection::Sqlite(_) | Connection::SqliteTx(_) => Dialect::Sqlite,
            Connection::Postgres(_) | Connection::PostgresTx(_) => Dialect::Postgres,
        }
    }
}

impl Tx {
    /// Makes everything done in the transaction durable and visible.
    ///
    /// # Errors
    /// When the database could not commit: nothing was done.
    pub async fn commit(self) -> Result<(), DbError> {
        match self.read.connection {
            Connection::SqliteTx(tx) => tx.commit().await?,
            Connection::PostgresTx(tx) => tx.commit().await?,
            Connection::Sqlite(_) | Connection::Postgres(_) => {}
        }
        if self.signals {
            self.signal.notify_waiters();
        }
        Ok(())
    }

    /// Lets a successful commit wake those who wait for [`Db::signal`].
    pub const fn signal_on_commit(&mut self) {
        self.signals = true;
    }
}

impl Db {
    /// Opens the database; creates the file of an embedded one, readable by its owner only.
    ///
    /// # Errors
    /// When the address is wrong, the file cannot be made or the server does not answer.
    pub async fn connect(options: &Options) -> Result<Self, Fault> {
        let pools = if let Some(path) = options.url.strip_prefix("sqlite:") {
            connect_sqlite(Path::new(path), options).await
        } else {
            connect_postgres(options).await
        };
        Ok(Self { pools: pools?, signal: Arc::default() })
    }

    /// Which database answers.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        match self.pools {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// Wakes its waiters after each commit in this process that asked for it with [`Tx::signal_on_commit`].
    #[must_use]
    pub fn signal(&self) -> &Notify {
        &self.signal
    }

    /// A connection that finds.
    ///
    /// # Errors
    /// When none is free in time.
    pub async fn read(&self) -> Result<Read, DbError> {
        let connection = match &self.pools {
            Pools::Sqlite { read, .. } => Connection::Sqlite(read.acquire().await?),
            Pools::Postgres { read, .. } => Connection::Postgres(read.acquire().await?),
        };
        Ok(Read { connection })
    }

    /// Begins a transaction that writes. The embedded database has one at a time, and takes its lock here.
    ///
    /// # Errors
    /// When no connection is free in time.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        let connection = match &self.pools {
            Pools::Sqlite { write, .. } => Connection::SqliteTx(write.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres { write, .. } => Connection::PostgresTx(write.begin().await?),
        };
        Ok(Tx { read: Read { connection }, signal: self.signal.clone(), signals: false })
    }

    /// Closes every connection.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres { write, read } => {
                read.close().await;
                write.close().await;
            }
        }
    }
}

async fn connect_sqlite(path: &Path, options: &Options) -> Result<Pools, Fault> {
    let path = path.to_owned();
    let file = path.clone();
    tokio::task::spawn_blocking(move || create_private(&file))
        .await
        .map_err(|error| Fault::new("creating the database file", error))?
        .map_err(|error| Fault::new("creating the database file", error))?;
    let base = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(options.statement_timeout)
        .statement_cache_capacity(400)
        .pragma("trusted_schema", "OFF")
        .pragma("cache_size", "-16000")
        .pragma("mmap_size", "268435456")
        .log_slow_statements(LevelFilter::Warn, options.slow_query);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(options.acquire_timeout)
        .connect_with(base.clone().optimize_on_close(true, None))
        .await
        .map_err(|error| Fault::new("opening the database", error))?;
    let read = SqlitePoolOptions::new()
        .max_connections(options.read_connections)
        .acquire_timeout(options.acquire_timeout)
        .connect_lazy_with(base.pragma("query_only", "ON"));
    Ok(Pools::Sqlite { write, read })
}

fn create_private(path: &PathBuf) -> std::io::Result<()> {
    let mut open = std::fs::OpenOptions::new();
    open.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    open.open(path).map(drop)
}

async fn connect_postgres(options: &Options) -> Result<Pools, Fault> {
    let seconds = options.statement_timeout.as_secs();
    let base = PgConnectOptions::from_str(&options.url)
        .map_err(|error| Fault::new("the database address", error))?
        .application_name("landlord")
        .statement_cache_capacity(400)
        .log_slow_statements(LevelFilter::Warn, options.slow_query)
        .options([
            ("statement_timeout", format!("{seconds}s")),
            ("lock_timeout", "10s".to_owned()),
            ("idle_in_transaction_session_timeout", "60s".to_owned()),
            ("timezone", "UTC".to_owned()),
        ]);
    let pool = |most| {
        PgPoolOptions::new()
            .max_connections(most)
            .acquire_timeout(options.acquire_timeout)
            .idle_timeout(Duration::from_secs(600))
            .max_lifetime(Duration::from_secs(3_600))
    };
    let write = pool(options.write_connections)
        .connect_with(base.clone())
        .await
        .map_err(|error| Fault::new("connecting to the database", error))?;
    let read =
        pool(options.read_connections).connect_lazy_with(base.options([("default_transaction_read_only", "on")]));
    Ok(Pools::Postgres { write, read })
}
