//! Members and invitations as JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{
    Fault, Grant, Instant, InvitationId, MembershipId, Page, PartyId, Permission, PropertyId, Role, UserId,
    permissions::{UsersCreate, UsersDelete, UsersEdit, UsersView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, PageQuery, Path, Query, WebError};

use super::{ChangeMember, Invitation, InvitationForm, InvitationState, Member, MemberForm, NewInvitation, service};
use crate::App;

/// A member of the organization.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MemberBody {
    id: MembershipId,
    user_id: UserId,
    name: String,
    email: String,
    role: Role,
    /// Since when they may do nothing here; null while they may.
    suspended_at: Option<Instant>,
    /// Where staff work; null in lists, and empty for others.
    #[serde(skip_serializing_if = "Option::is_none")]
    property_ids: Option<Vec<PropertyId>>,
    /// How many properties in use they work at or own.
    properties: u32,
    created_at: Instant,
}

impl From<Member> for MemberBody {
    fn from(member: Member) -> Self {
        Self {
            id: member.id,
            user_id: member.user_id,
            name: member.name,
            email: member.email,
            role: member.role,
            suspended_at: member.suspended_at,
            property_ids: None,
            properties: member.properties,
            created_at: member.since,
        }
    }
}

/// What to change of a member. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct MemberInput {
    #[serde(default)]
    role: Option<String>,
    /// Where staff work.
    #[serde(default)]
    property_ids: Option<Vec<String>>,
    #[serde(default)]
    suspended: Option<bool>,
}

/// Whom to ask to join.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct InvitationInput {
    email: String,
    role: String,
    /// Where staff will work.
    #[serde(default)]
    property_ids: Vec<String>,
    /// Which of the owners without a user an owner is; a new one when it is not given.
    #[serde(default)]
    party_id: Option<PartyId>,
}

/// An invitation that nobody has accepted.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct InvitationBody {
    id: InvitationId,
    email: String,
    role: Role,
    state: InvitationState,
    sent_at: Instant,
    expires_at: Instant,
}

impl InvitationBody {
    fn of(app: &App, invitation: Invitation) -> Self {
        Self {
            state: invitation.state(app.env.now()),
            id: invitation.id,
            email: invitation.email.to_string(),
            role: invitation.role,
            sent_at: invitation.sent_at,
            expires_at: invitation.expires_at,
        }
    }
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<UsersView>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<MemberBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let page = service::list(&mut read, &grant, query.cursor.as_ref(), query.limit()).await?;
    Ok(Json(page.map(MemberBody::from)))
}

async fn body<P: Permission>(app: &App, grant: &Grant<P>, id: MembershipId) -> Result<Json<MemberBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (member, properties) = service::find(&mut read, grant, id).await?;
    Ok(Json(MemberBody { property_ids: Some(properties), ..member.into() }))
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<UsersView>,
    Path(id): Path<MembershipId>,
) -> Result<Json<MemberBody>, WebError> {
    body(&app, &grant, id).await
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<UsersEdit>,
    Path(id): Path<MembershipId>,
    ApiJson(input): ApiJson<MemberInput>,
) -> Result<Json<MemberBody>, WebError> {
    let (member, works_at) = {
        let mut read = app.db.read().await.map_err(Fault::from)?;
        service::find(&mut read, &grant, id).await?
    };
    let form = MemberForm {
        role: input.role.unwrap_or_else(|| member.role.to_string()),
        property_id: input.property_ids.unwrap_or_else(|| works_at.iter().map(ToString::to_string).collect()),
    };
    service::change(&app, &grant, id, &ChangeMember::parse(&form)?).await?;
    match input.suspended {
        Some(true) => service::suspend(&app, &grant, id).await?,
        Some(false) => service::resume(&app, &grant, id).await?,
        None => {}
    }
    body(&app, &grant, id).await
}

pub(super) async fn remove(
    State(app): State<App>,
    Allowed(grant): Allowed<UsersDelete>,
    Path(id): Path<MembershipId>,
) -> Result<StatusCode, WebError> {
    service::remove(&app, &grant, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn invitations(
    State(app): State<App>,
    Allowed(grant): Allowed<UsersView>,
) -> Result<Json<Vec<InvitationBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let invitations = service::invitations(&mut read, &grant).await.map_err(Fault::from)?;
    Ok(Json(invitations.into_iter().map(|invitation| InvitationBody::of(&app, invitation)).collect()))
}

pub(super) async fn invite(
    State(app): State<App>,
    Allowed(grant): Allowed<UsersCreate>,
    ApiJson(input): ApiJson<InvitationInput>,
) -> Result<(StatusCode, Json<InvitationBody>), WebError> {
    let form = InvitationForm {
        email: input.email,
        role: input.role,
        property_id: input.property_ids,
        party_id: input.party_id.map(|id| id.to_string()).unwrap_or_default(),
    };
    let invitation = service::invite(&app, &grant, &NewInvitation::parse(&form)?).await?;
    Ok((StatusCode::CREATED, Json(InvitationBody::of(&app, invitation))))
}

pub(super) async fn resend(
    State(app): State<App>,
    Allowed(grant): Allowed<UsersCreate>,
    Path(id): Path<InvitationId>,
) -> Result<Json<InvitationBody>, WebError> {
    Ok(Json(InvitationBody::of(&app, service::resend(&app, &grant, id).await?)))
}

pub(super) async fn revoke(
    State(app): State<App>,
    Allowed(grant): Allowed<UsersCreate>,
    Path(id): Path<InvitationId>,
) -> Result<StatusCode, WebError> {
    service::revoke(&app, &grant, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
