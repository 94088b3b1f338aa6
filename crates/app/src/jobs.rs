//! Every kind of job and every schedule of the application, by feature.

use ::jobs::Registry;

use crate::{App, accounts, feeds, files, guests, idempotency, mail, members};

/// The handlers and schedules of all features; a worker runs them.
#[must_use]
pub fn registry() -> Registry<App> {
    let mut registry = Registry::new();
    accounts::handle_jobs(&mut registry);
    feeds::handle_jobs(&mut registry);
    files::handle_jobs(&mut registry);
    guests::handle_jobs(&mut registry);
    idempotency::handle_jobs(&mut registry);
    mail::handle_jobs(&mut registry);
    members::handle_jobs(&mut registry);
    registry
}
