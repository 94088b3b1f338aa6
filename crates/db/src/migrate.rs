//! Schema migrations: plain SQL, one name in both folders, forward only.
//!
//! Every file begins with `-- oldest-binary: X.Y.Z`, the oldest release that still works on the schema after it. Expand first, contract
//! in a later release: an older binary then refuses to start only where it would break, and accepts newer migrations it does not know.

use kernel::{Env, Fault, instant_micros};
use rust_embed::Embed;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Executor};

use crate::{Bind, Db, DbError, Dialect, Query, Tx, connect::each_connection, sql};

#[derive(Embed)]
#[folder = "migrations/sqlite"]
struct SqliteFiles;

#[derive(Embed)]
#[folder = "migrations/postgres"]
struct PostgresFiles;

/// One step of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The file's name without its ending; the order of names is the order of steps.
    pub name: String,
    text: String,
    checksum: String,
    oldest_binary: String,
}

/// Why the schema and this binary do not go together.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// An applied step asks for a newer binary.
    #[error(
        "the database was migrated by a newer release: `{migration}` needs landlord {oldest} or newer, this is {this}"
    )]
    BinaryTooOld {
        /// The step.
        migration: String,
        /// The oldest release it allows.
        oldest: String,
        /// This release.
        this: String,
    },
    /// An applied step is not the one that this binary knows by that name.
    #[error("migration `{0}` was changed after it was applied")]
    Changed(String),
    /// The database or a file failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for MigrateError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl Migration {
    /// The steps that this binary knows for a database, in order.
    ///
    /// # Errors
    /// When an embedded file is not UTF-8 or does not name its oldest binary.
    pub fn all(dialect: Dialect) -> Result<Vec<Self>, Fault> {
        match dialect {
            Dialect::Sqlite => Self::read::<SqliteFiles>(),
            Dialect::Postgres => Self::read::<PostgresFiles>(),
        }
    }

    fn read<F: Embed>() -> Result<Vec<Self>, Fault> {
        let mut all = Vec::new();
        for path in F::iter() {
            let file = F::get(&path).ok_or(Fault::invariant("an embedded migration is gone"))?;
            let text = String::from_utf8(file.data.into_owned()).map_err(|e| Fault::new("reading a migration", e))?;
            let oldest_binary = text
                .lines()
                .next()
                .and_then(|line| line.strip_prefix("-- oldest-binary: "))
                .ok_or_else(|| {
                    Fault::new("reading a migration", format!("{path} does not begin with `-- oldest-binary:`"))
                })?
                .trim()
                .to_owned();
            let checksum = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
            all.push(Self { name: path.trim_end_matches(".sql").to_owned(), text, checksum, oldest_binary });
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }
}

fn version(text: &str) -> Vec<u64> {
    text.split(['.', '-']).map(|part| part.parse().unwrap_or(0)).collect()
}

impl Db {
    /// Applies the pending steps, each in a transaction of its own, one instance at a time; answers their names.
    ///
    /// # Errors
    /// [`MigrateError`], and nothing of the failing step is kept.
    pub async fn migrate(&self, env: &Env, this_version: &str) -> Result<Vec<String>, MigrateError> {
        let mut applied = Vec::new();
        loop {
            let mut tx = self.begin().await?;
            lock(&mut tx).await?;
            let Some(next) = pending_in(&mut tx, self.dialect(), this_version).await?.into_iter().next() else {
                return Ok(applied);
            };
            run_text(&mut tx, &next.text).await?;
            sql!("INSERT INTO schema_migration (name, checksum, oldest_binary, applied_at) VALUES ($1, $2, $3, $4)")
                .bind(&next.name)
                .bind(&next.checksum)
                .bind(&next.oldest_binary)
                .bind(instant_micros(env.now()))
                .execute(&mut tx)
                .await?;
            tx.commit().await?;
            tracing::info!(target: "db.migrate", name = next.name, "migrated");
            applied.push(next.name);
        }
    }

    /// The names of the steps that are still to be applied.
    ///
    /// # Errors
    /// [`MigrateError`], also when the database asks for a newer binary.
    pub async fn pending_migrations(&self, this_version: &str) -> Result<Vec<String>, MigrateError> {
        let mut tx = self.begin().await?;
        let pending = pending_in(&mut tx, self.dialect(), this_version).await?;
        Ok(pending.into_iter().map(|migration| migration.name).collect())
    }
}

async fn lock(tx: &mut Tx) -> Result<(), DbError> {
    if tx.dialect() == Dialect::Postgres {
        Query::built("SELECT pg_advisory_xact_lock($1)".to_owned(), vec![7_041_776_i64.into_value()])
            .execute(tx)
            .await?;
    }
    run_text(
        tx,
        "CREATE TABLE IF NOT EXISTS schema_migration (name TEXT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL, \
         oldest_binary TEXT NOT NULL, applied_at BIGINT NOT NULL)",
    )
    .await
}

pub(crate) async fn run_text(tx: &mut Tx, text: &str) -> Result<(), DbError> {
    let text = text.to_owned();
    each_connection!(&mut tx.read.connection, c => {
        c.execute(sqlx::raw_sql(AssertSqlSafe(text))).await?;
        Ok(())
    })
}

async fn pending_in(tx: &mut Tx, dialect: Dialect, this_version: &str) -> Result<Vec<Migration>, MigrateError> {
    let known = Migration::all(dialect)?;
    let exists = match dialect {
        Dialect::Sqlite => "SELECT count(*) AS n FROM sqlite_master WHERE name = 'schema_migration'",
        Dialect::Postgres => {
            "SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_migration'"
        }
    };
    let exists: i64 = Query::built(exists.to_owned(), Vec::new()).fetch_one(tx, |row| row.get("n")).await?;
    if exists == 0 {
        return Ok(known);
    }
    let applied: Vec<(String, String, String)> =
        sql!("SELECT name, checksum, oldest_binary FROM schema_migration ORDER BY name")
            .query()
            .fetch_all(tx, |row| Ok((row.get("name")?, row.get("checksum")?, row.get("oldest_binary")?)))
            .await?;
    for (name, checksum, oldest) in &applied {
        if version(oldest) > version(this_version) {
            return Err(MigrateError::BinaryTooOld {
                migration: name.clone(),
                oldest: oldest.clone(),
                this: this_version.to_owned(),
            });
        }
        if known.iter().any(|migration| migration.name == *name && migration.checksum != *checksum) {
            return Err(MigrateError::Changed(name.clone()));
        }
    }
    Ok(known.into_iter().filter(|migration| applied.iter().all(|(name, ..)| *name != migration.name)).collect())
}
