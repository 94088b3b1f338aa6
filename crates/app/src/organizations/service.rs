//! Use cases of organizations.

use db::{Constraint, DbError, Read, Tx};
use kernel::{
    Actor, Env, Fault, FieldErrors, Grant, MembershipId, OrganizationId, PartyId, Permission, Role, SessionId, UserId,
    permissions::OrganizationEdit,
};
use webkit::Cookie;

use super::{
    model::{NewOrganization, Organization, OrganizationForm},
    store,
};
use crate::{
    accounts,
    audit::{self, By, Subject},
    state::App,
};

/// Why an organization was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Fields are wrong.
    #[error("invalid")]
    Invalid(FieldErrors),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for EditError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// A user who is a member already.
pub const ALREADY_MEMBER: Constraint =
    Constraint::unique("membership_user_key", "membership", &["organization_id", "user_id"]);

/// Adds an organization with its first manager, who is also a party that may own properties, in the caller's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn add_in(
    tx: &mut Tx,
    env: &Env,
    facts: &NewOrganization,
    (user, name): (UserId, &str),
) -> Result<OrganizationId, DbError> {
    let (id, now) = (OrganizationId::new(env), env.now());
    store::insert(tx, id, facts, now).await?;
    add_member_in(tx, env, id, user, Role::Manager).await?;
    add_party_in(tx, env, id, (user, name)).await?;
    let subject = Subject::new("organization", id.uuid());
    audit::record_by(tx, env, Some(id), By::User(user), "organizations.organization.create", subject, &[]).await?;
    Ok(id)
}

/// Makes a user a member, in the caller's transaction.
///
/// # Errors
/// When the database refuses; [`ALREADY_MEMBER`] when they are one.
pub async fn add_member_in(
    tx: &mut Tx,
    env: &Env,
    organization: OrganizationId,
    user: UserId,
    role: Role,
) -> Result<(), DbError> {
    store::insert_member(tx, organization, MembershipId::new(env), user, role, env.now()).await
}

/// Makes a user a party, who may own properties, in the caller's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn add_party_in(
    tx: &mut Tx,
    env: &Env,
    organization: OrganizationId,
    (user, name): (UserId, &str),
) -> Result<PartyId, DbError> {
    let id = PartyId::new(env);
    store::insert_party(tx, organization, id, name, user, env.now()).await?;
    Ok(id)
}

/// The active organization.
///
/// # Errors
/// When the database fails.
pub async fn find<P: Permission>(read: &mut Read, grant: &Grant<P>) -> Result<Organization, Fault> {
    let organization = store::find(read, grant.scope()).await?;
    organization.ok_or(Fault::invariant("a grant for an organization that is not there"))
}

/// Whether the currency can still be changed: no amount was written in it.
///
/// # Errors
/// When the database fails.
pub async fn is_currency_open(read: &mut Read, grant: &Grant<OrganizationEdit>) -> Result<bool, DbError> {
    store::has_amounts(read, grant.scope()).await.map(|fixed| !fixed)
}

/// Changes the facts of the active organization.
///
/// # Errors
/// Problems by field; `currency_fixed` when amounts were written in the present one.
pub async fn edit(app: &App, grant: &Grant<OrganizationEdit>, form: &OrganizationForm) -> Result<(), EditError> {
    let mut errors = FieldErrors::new();
    let parsed = NewOrganization::parse(&mut errors, "name", form);
    let Some(facts) = parsed.filter(|_| errors.is_empty()) else { return Err(EditError::Invalid(errors)) };
    let mut tx = app.db.begin().await?;
    let old = find(&mut tx, grant).await?.facts;
    if facts.currency != old.currency && !is_currency_open(&mut tx, grant).await? {
        return Err(EditError::Invalid(FieldErrors::one("currency", "currency_fixed")));
    }
    let fields: Vec<&str> = [
        ("name", facts.name != old.name),
        ("country", facts.country != old.country),
        ("zone", facts.zone != old.zone),
        ("currency", facts.currency != old.currency),
        ("language", facts.language != old.language),
    ]
    .into_iter()
    .filter_map(|(field, changed)| changed.then_some(field))
    .collect();
    if fields.is_empty() {
        return Ok(());
    }
    store::update(&mut tx, grant.scope(), &facts, app.env.now()).await?;
    let subject = Subject::new("organization", grant.organization_id().uuid());
    audit::record(&mut tx, &app.env, grant, "organizations.organization.edit", subject, &fields).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes another organization the session's active one: any of the user's, or, for a platform admin, any at all, which leaves an audit
/// entry there and gives the session another secret. `None`: there is no such organization for this user.
///
/// # Errors
/// When the database fails.
pub async fn enter(
    app: &App,
    actor: &Actor,
    session: SessionId,
    id: OrganizationId,
) -> Result<Option<Vec<Cookie>>, Fault> {
    let mut tx = app.db.begin().await?;
    if store::is_member(&mut tx, id, actor.user_id).await? {
        accounts::activate_in(&mut tx, session, id).await?;
        tx.commit().await?;
        return Ok(Some(Vec::new()));
    }
    if !actor.is_admin || !store::exists(&mut tx, id).await? {
        return Ok(None);
    }
    accounts::activate_in(&mut tx, session, id).await?;
    let cookie = accounts::renew_token_in(&mut tx, &app.env, session).await?;
    let subject = Subject::new("organization", id.uuid());
    let by = By::User(actor.user_id);
    audit::record_by(&mut tx, &app.env, Some(id), by, "organizations.organization.enter", subject, &[]).await?;
    tx.commit().await?;
    Ok(Some(vec![cookie]))
}
