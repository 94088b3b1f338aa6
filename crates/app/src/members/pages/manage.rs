//! The pages on which a manager sees to members and invitations.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{
    Cursor, Date, Fault, Grant, InvitationId, Limit, MembershipId, Permission, PropertyId, Role, Zone,
    permissions::{UsersCreate, UsersDelete, UsersEdit, UsersView},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Query, SignedIn, Web, WebError};

use crate::{
    App,
    members::{
        ChangeMember, Invitation, InvitationForm, InvitationState, Member, MemberError, MemberForm, NewInvitation,
        service,
    },
    properties::{self, UnitView},
    tasks,
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "members/templates/list.html")]
struct ListPage {
    page: Page,
    /// Each with the day since when they are a member.
    members: Vec<(Member, Date)>,
    /// On the first page only.
    invitations: Vec<(Invitation, InvitationState)>,
    zone: Zone,
    first_href: String,
    next_href: String,
}

#[derive(Template)]
#[template(path = "members/templates/invite.html")]
struct InvitePage {
    page: Page,
    form: Form,
    properties: Vec<Choice>,
    parties: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "members/templates/show.html")]
struct ShowPage {
    page: Page,
    form: Form,
    member: Member,
    zone: Zone,
    properties: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "members/templates/ask.html")]
struct AskPage {
    page: Page,
    member: Member,
    /// Whether they are to be removed, not suspended.
    removing: bool,
    /// How many tasks they have begun.
    begun: usize,
}

#[derive(Debug, Default, Deserialize)]
pub(in crate::members) struct ListQuery {
    #[serde(default)]
    cursor: Option<Cursor>,
}

pub(in crate::members) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersView>,
    SignedIn(identity): SignedIn,
    Query(query): Query<ListQuery>,
) -> Result<Response, WebError> {
    let now = app.env.now();
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let found = service::list(&mut read, &grant, query.cursor.as_ref(), Limit::default()).await?;
    let invitations = match &query.cursor {
        None => service::invitations(&mut read, &grant).await.map_err(Fault::from)?,
        Some(_) => Vec::new(),
    };
    let zone = identity.user.zone;
    let with_day = |member: Member| {
        let since = zone.date_of(member.since);
        (member, since)
    };
    let with_state = |invitation: Invitation| {
        let state = invitation.state(now);
        (invitation, state)
    };
    html(&ListPage {
        page: Page::of(&web),
        members: found.items.into_iter().map(with_day).collect(),
        invitations: invitations.into_iter().map(with_state).collect(),
        zone,
        next_href: found.next.map(|next| format!("/members?cursor={}", next.as_str())).unwrap_or_default(),
        first_href: query.cursor.map(|_| "/members".to_owned()).unwrap_or_default(),
    })
}

/// The properties in use, by name.
async fn property_choices<P: Permission>(app: &App, grant: &Grant<P>) -> Result<Vec<Choice>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let units = properties::units(&mut read, grant).await.map_err(Fault::from)?;
    let whole = |unit: UnitView| {
        unit.parent_id.is_none().then(|| Choice::new(unit.property_id.to_string(), unit.property_name))
    };
    Ok(units.into_iter().filter_map(whole).collect())
}

async fn invite_page(app: &App, web: &Web, grant: &Grant<UsersCreate>, form: Form) -> Result<Response, WebError> {
    let parties = {
        let mut read = app.db.read().await.map_err(Fault::from)?;
        service::parties_without_user(&mut read, grant).await.map_err(Fault::from)?
    };
    html(&InvitePage {
        page: Page::of(web),
        form,
        properties: property_choices(app, grant).await?,
        parties: parties.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect(),
    })
}

pub(in crate::members) async fn ask_invite(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersCreate>,
) -> Result<Response, WebError> {
    invite_page(&app, &web, &grant, Form::new().with("role", Role::Staff)).await
}

pub(in crate::members) async fn invite(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersCreate>,
    Csrf(form): Csrf<InvitationForm>,
) -> Result<Response, WebError> {
    let invited = match NewInvitation::parse(&form) {
        Ok(new) => service::invite(&app, &grant, &new).await,
        Err(errors) => Err(errors.into()),
    };
    match invited {
        Ok(invitation) => {
            web.flash(&Flash::success("members-flash-invited").with("email", invitation.email));
            Ok(web.redirect("/members"))
        }
        Err(MemberError::Invalid(errors)) => {
            let page = invite_page(&app, &web, &grant, Form::of(&form).with_errors(errors)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(MemberError::TooMany) => {
            web.flash(&Flash::error("members-flash-too-many"));
            Ok(web.redirect("/members"))
        }
        Err(error) => Err(error.into()),
    }
}

pub(in crate::members) async fn resend(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersCreate>,
    Path(id): Path<InvitationId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    match service::resend(&app, &grant, id).await {
        Ok(invitation) => web.flash(&Flash::success("members-flash-invited").with("email", invitation.email)),
        Err(MemberError::SentJustNow) => web.flash(&Flash::info("members-flash-sent-just-now")),
        Err(MemberError::NotFound) => web.flash(&Flash::info("members-flash-answered")),
        Err(error) => return Err(error.into()),
    }
    Ok(web.redirect("/members"))
}

pub(in crate::members) async fn revoke(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersCreate>,
    Path(id): Path<InvitationId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    match service::revoke(&app, &grant, id).await {
        Ok(()) => web.flash(&Flash::success("members-flash-revoked")),
        Err(MemberError::NotFound) => web.flash(&Flash::info("members-flash-answered")),
        Err(error) => return Err(error.into()),
    }
    Ok(web.redirect("/members"))
}

/// A member's form as it is.
fn present(member: &Member, properties: &[PropertyId]) -> Form {
    Form::of(&MemberForm {
        role: member.role.to_string(),
        property_id: properties.iter().map(ToString::to_string).collect(),
    })
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersView>,
    SignedIn(identity): SignedIn,
    Path(id): Path<MembershipId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (member, works_at) = service::find(&mut read, &grant, id).await?;
    drop(read);
    html(&ShowPage {
        page: Page::of(&web),
        form: present(&member, &works_at),
        member,
        zone: identity.user.zone,
        properties: property_choices(&app, &grant).await?,
    })
}

pub(in crate::members) async fn change(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersEdit>,
    SignedIn(identity): SignedIn,
    Path(id): Path<MembershipId>,
    Csrf(form): Csrf<MemberForm>,
) -> Result<Response, WebError> {
    let changed = match ChangeMember::parse(&form) {
        Ok(change) => service::change(&app, &grant, id, &change).await,
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(()) => web.flash(&Flash::success("members-flash-changed")),
        Err(MemberError::LastManager) => web.flash(&Flash::error("members-flash-last-manager")),
        Err(MemberError::Invalid(errors)) => {
            let mut read = app.db.read().await.map_err(Fault::from)?;
            let (member, _) = service::find(&mut read, &grant, id).await?;
            drop(read);
            let page = html(&ShowPage {
                page: Page::of(&web),
                form: Form::of(&form).with_errors(errors),
                member,
                zone: identity.user.zone,
                properties: property_choices(&app, &grant).await?,
            })?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    Ok(web.redirect(&format!("/members/{id}")))
}

async fn ask<P: Permission>(
    app: &App,
    web: &Web,
    grant: &Grant<P>,
    id: MembershipId,
    removing: bool,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (member, _) = service::find(&mut read, grant, id).await?;
    let begun = tasks::begun_by(&mut read, grant.organization_id(), member.user_id).await.map_err(Fault::from)?;
    html(&AskPage { page: Page::of(web), member, removing, begun })
}

pub(in crate::members) async fn ask_suspend(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersEdit>,
    Path(id): Path<MembershipId>,
) -> Result<Response, WebError> {
    ask(&app, &web, &grant, id, false).await
}

pub(in crate::members) async fn ask_remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersDelete>,
    Path(id): Path<MembershipId>,
) -> Result<Response, WebError> {
    ask(&app, &web, &grant, id, true).await
}

pub(in crate::members) async fn suspend(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersEdit>,
    Path(id): Path<MembershipId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    match service::suspend(&app, &grant, id).await {
        Ok(()) => web.flash(&Flash::success("members-flash-suspended")),
        Err(MemberError::LastManager) => web.flash(&Flash::error("members-flash-last-manager")),
        Err(error) => return Err(error.into()),
    }
    Ok(web.redirect(&format!("/members/{id}")))
}

pub(in crate::members) async fn resume(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersEdit>,
    Path(id): Path<MembershipId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::resume(&app, &grant, id).await?;
    web.flash(&Flash::success("members-flash-resumed"));
    Ok(web.redirect(&format!("/members/{id}")))
}

pub(in crate::members) async fn remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<UsersDelete>,
    Path(id): Path<MembershipId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    match service::remove(&app, &grant, id).await {
        Ok(member) if Some(member.user_id) == grant.user_id() => {
            web.flash(&Flash::success("members-flash-left"));
            Ok(web.redirect("/dashboard"))
        }
        Ok(member) => {
            web.flash(&Flash::success("members-flash-removed").with("name", member.name));
            Ok(web.redirect("/members"))
        }
        Err(MemberError::LastManager) => {
            web.flash(&Flash::error("members-flash-last-manager"));
            Ok(web.redirect(&format!("/members/{id}")))
        }
        Err(error) => Err(error.into()),
    }
}
