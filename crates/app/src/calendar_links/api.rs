//! A member's own calendar in JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{Actor, Fault, Instant, Membership, PermissionName, permissions_of};
use schemars::JsonSchema;
use serde::Serialize;
use webkit::{Identity, SignedIn, WebError};

use super::{CalendarLink, service};
use crate::App;

/// A member's own calendar.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LinkBody {
    /// Its address, which is a secret; null when its key is gone, and a new one has to be made.
    address: Option<String>,
    /// When a program last read it, to the minute.
    fetched_at: Option<Instant>,
    created_at: Instant,
}

impl From<CalendarLink> for LinkBody {
    fn from(link: CalendarLink) -> Self {
        Self {
            address: Some(link.address).filter(|address| !address.is_empty()),
            fetched_at: link.fetched_at,
            created_at: link.created_at,
        }
    }
}

/// The membership whose calendar it is. The calendar shows all that its member may see, so a token that may see less may not have its
/// address.
fn membership(actor: &Actor) -> Result<Membership, WebError> {
    let membership = actor.membership.ok_or_else(WebError::not_found)?;
    let of_role = permissions_of(membership.role);
    let shown = [PermissionName::StaysView, PermissionName::TasksView];
    if shown.iter().all(|permission| actor.may(*permission) || !of_role.contains(permission)) {
        Ok(membership)
    } else {
        Err(WebError::forbidden().detail("the token needs all that the calendar shows: stays.view and tasks.view"))
    }
}

async fn body(app: &App, identity: &Identity, membership: Membership) -> Result<Json<LinkBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let link = service::find(app, &mut read, identity.actor.user_id, membership).await?;
    Ok(Json(link.ok_or_else(WebError::not_found)?.into()))
}

pub(super) async fn get(State(app): State<App>, SignedIn(identity): SignedIn) -> Result<Json<LinkBody>, WebError> {
    body(&app, &identity, membership(&identity.actor)?).await
}

pub(super) async fn make(
    State(app): State<App>,
    SignedIn(identity): SignedIn,
) -> Result<(StatusCode, Json<LinkBody>), WebError> {
    let membership = membership(&identity.actor)?;
    service::make(&app, identity.actor.user_id, membership).await?;
    Ok((StatusCode::CREATED, body(&app, &identity, membership).await?))
}

pub(super) async fn remove(State(app): State<App>, SignedIn(identity): SignedIn) -> Result<StatusCode, WebError> {
    service::remove(&app, identity.actor.user_id, membership(&identity.actor)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
