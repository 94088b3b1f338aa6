//! What the administration looks at. The grant says that an admin asks.

use kernel::{Cursor, Fault, Limit, Page, PlatformGrant, UserId, permissions::AdminPanel};

use super::{
    model::{Counts, OrganizationRow, Place, UserRow},
    store,
};
use crate::App;

type Grant = PlatformGrant<AdminPanel>;

/// How much there is.
///
/// # Errors
/// When the database fails.
pub(super) async fn counts(app: &App, _: &Grant) -> Result<Counts, Fault> {
    Ok(store::counts(&mut app.db.read().await?).await?)
}

/// Users whose name or address holds a text, newest first.
///
/// # Errors
/// When the database fails.
pub(super) async fn users(app: &App, _: &Grant, text: &str, after: Option<&Cursor>) -> Result<Page<UserRow>, Fault> {
    let (limit, before) = (Limit::default(), after.and_then(Cursor::open).map(|(_, id)| id));
    let rows = store::users(&mut app.db.read().await?, &db::containing(text), before, limit).await?;
    Ok(Page::from_rows(rows, limit, |row| (String::new(), row.id.uuid())))
}

/// A user with their organizations.
///
/// # Errors
/// When the database fails.
pub(super) async fn user(app: &App, _: &Grant, id: UserId) -> Result<Option<(UserRow, Vec<Place>)>, Fault> {
    let mut read = app.db.read().await?;
    let Some(user) = store::user(&mut read, id).await? else { return Ok(None) };
    Ok(Some((user, store::places(&mut read, id).await?)))
}

/// Organizations whose name holds a text, newest first.
///
/// # Errors
/// When the database fails.
pub(super) async fn organizations(
    app: &App,
    _: &Grant,
    text: &str,
    after: Option<&Cursor>,
) -> Result<Page<OrganizationRow>, Fault> {
    let (limit, before) = (Limit::default(), after.and_then(Cursor::open).map(|(_, id)| id));
    let rows = store::organizations(&mut app.db.read().await?, &db::containing(text), before, limit).await?;
    Ok(Page::from_rows(rows, limit, |row| (String::new(), row.id.uuid())))
}
