//! Rules between keys, and what production asks for.

use url::Url;

use super::load::Reader;
use super::{Config, DatabaseUrl};
use crate::secrets::KeyRing;

/// Reports everything that each key allows by itself but the whole does not.
pub(super) fn check(config: &Config, reader: &mut Reader<'_>) {
    if config.accounts.session_idle > config.accounts.session_absolute {
        reader.problem("accounts.session_idle", "must not be longer than accounts.session_absolute");
    }
    if config.database.statement_timeout.subsec_nanos() > 0 {
        reader.problem("database.statement_timeout", "must be whole seconds");
    }
    if config.feeds.jitter > config.feeds.interval {
        reader.problem("feeds.jitter", "must not be longer than feeds.interval");
    }
    if config.feeds.stale_after < config.feeds.interval {
        reader.problem("feeds.stale_after", "must not be shorter than feeds.interval");
    }
    if config.files.s3_bucket.is_some() {
        if config.files.s3_access_key_id.is_none() {
            reader.problem("files.s3_access_key_id", "must be set when files.s3_bucket is");
        }
        if config.files.s3_secret_access_key.is_none() {
            reader.problem("files.s3_secret_access_key", "must be set when files.s3_bucket is");
        }
    }
    if let Some(smtp) = &config.mail.smtp_url
        && !Url::parse(smtp.expose()).is_ok_and(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host())
    {
        reader.problem("mail.smtp_url", "must be an address that begins with smtps:// or smtp://");
    }
    if let Err(error) = KeyRing::parse(config.security.encryption_keys.iter().map(|key| key.expose().as_str()))
        && !config.security.encryption_keys.is_empty()
    {
        reader.problem("security.encryption_keys", &error.to_string());
    }
    if !config.security.encryption_keys.is_empty() && config.security.encryption_key_file.is_some() {
        reader.problem("security.encryption_key_file", "must be empty when security.encryption_keys is set");
    }
    if config.is_production() {
        check_production(config, reader);
    }
}

fn check_production(config: &Config, reader: &mut Reader<'_>) {
    if config.server.public_url.as_ref().is_none_or(|url| !url.is_https()) {
        reader.problem("server.public_url", "must be set, and begin with https://, in production");
    }
    if config.feeds.allow_local_addresses {
        reader.problem("feeds.allow_local_addresses", "must be false in production");
    }
    if config.files.s3_endpoint.as_ref().is_some_and(|url| url.scheme() != "https") {
        reader.problem("files.s3_endpoint", "must begin with https:// in production");
    }
    if config.limits.credentials_per_minute == 0 {
        reader.problem("limits.credentials_per_minute", "must not be 0 in production");
    }
    if config.security.encryption_keys.is_empty() && config.security.encryption_key_file.is_none() {
        reader.problem(
            "security.encryption_keys",
            "must hold a key in production, or security.encryption_key_file name a file",
        );
    }
    if let Some(DatabaseUrl::Postgres(url)) = &config.database.url
        && Url::parse(url.expose()).is_ok_and(|url| url.password().is_some_and(is_weak_password))
    {
        reader.problem("database.url", "must not have an empty or a well-known password in production");
    }
}

/// A password of a database that is found in every tutorial. None at all is fine: the server may trust a socket or a certificate.
fn is_weak_password(password: &str) -> bool {
    const KNOWN: &[&str] = &["", "admin", "changeme", "landlord", "password", "postgres", "root", "secret", "test"];
    KNOWN.contains(&password.to_ascii_lowercase().as_str())
}
