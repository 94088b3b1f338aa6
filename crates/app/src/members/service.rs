//! Use cases of members and invitations.

use db::{DbError, Read, Retry, Tx};
use kernel::{
    Cursor, Fault, FieldErrors, Grant, InvitationId, Language, Limit, MembershipId, Page, PartyId, Permission,
    PropertyId, Role, UserId,
    permissions::{UsersCreate, UsersDelete, UsersEdit, UsersView},
};
use webkit::{Cookie, WebError};

use super::{
    letter::InvitationLetter,
    model::{
        AcceptForm, ChangeMember, Invitation, KEPT_FOR, MOST_OPEN, Member, NewInvitation, Offer, SENT_AGAIN_AFTER,
        VALID_FOR,
    },
    store::{self, by_secret::Found},
};
use crate::{
    App,
    accounts::{self, Email, Hash, Newcomer, Visitor},
    api_tokens,
    audit::{self, By, Subject},
    calendar_links, mail, organizations, tasks,
};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum MemberError {
    /// There is no such member or invitation in the organization.
    #[error("no such member or invitation")]
    NotFound,
    /// Something about the input.
    #[error("the input is not valid")]
    Invalid(FieldErrors),
    /// The organization would be without a manager who may act.
    #[error("the last manager")]
    LastManager,
    /// Too many invitations wait for an answer.
    #[error("too many invitations wait")]
    TooMany,
    /// The letter was sent a moment ago.
    #[error("sent a moment ago")]
    SentJustNow,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for MemberError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<FieldErrors> for MemberError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<MemberError> for WebError {
    fn from(error: MemberError) -> Self {
        match error {
            MemberError::NotFound => Self::not_found(),
            MemberError::Invalid(errors) => Self::invalid(&errors),
            MemberError::LastManager => Self::conflict("last_manager")
                .detail("an organization keeps a manager: give another member that role first"),
            MemberError::TooMany => {
                Self::conflict("too_many_invitations").detail(format!("at most {MOST_OPEN} may wait for an answer"))
            }
            MemberError::SentJustNow => Self::conflict("sent_just_now").detail("wait a minute before sending it again"),
            MemberError::Fault(fault) => fault.into(),
        }
    }
}

impl Retry for MemberError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Fault(fault) if fault.is_transient())
    }
}

fn of_invitation(id: InvitationId) -> Subject {
    Subject::new("invitation", id.uuid())
}

fn of_member(id: MembershipId) -> Subject {
    Subject::new("membership", id.uuid())
}

/// A page of members, by name.
///
/// # Errors
/// [`MemberError::Invalid`] (`cursor`) for a cursor that was made up.
pub(super) async fn list(
    read: &mut Read,
    grant: &Grant<UsersView>,
    after: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<Member>, MemberError> {
    let after = match after.map(Cursor::open) {
        Some(None) => return Err(FieldErrors::one("cursor", "invalid").into()),
        Some(Some((name, id))) => Some((name, MembershipId::from_uuid(id))),
        None => None,
    };
    let rows = store::list(read, grant.scope(), after, limit).await?;
    Ok(Page::from_rows(rows, limit, |member| (member.name_folded.clone(), member.id.uuid())))
}

/// A member, and where they work when they are staff.
///
/// # Errors
/// [`MemberError::NotFound`].
pub(super) async fn find<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    id: MembershipId,
) -> Result<(Member, Vec<PropertyId>), MemberError> {
    let member = store::find(read, grant.scope(), id).await?.ok_or(MemberError::NotFound)?;
    let properties = match member.role {
        Role::Staff => store::properties_of(read, grant.scope(), member.user_id).await?,
        Role::Manager | Role::Owner => Vec::new(),
    };
    Ok((member, properties))
}

/// The invitations that nobody has accepted, by address.
///
/// # Errors
/// When the database fails.
pub(super) async fn invitations(read: &mut Read, grant: &Grant<UsersView>) -> Result<Vec<Invitation>, DbError> {
    store::invitations::list(read, grant.scope()).await
}

/// Owners without a user, by name: whom an invited owner may be.
///
/// # Errors
/// When the database fails.
pub(super) async fn parties_without_user(
    read: &mut Read,
    grant: &Grant<UsersCreate>,
) -> Result<Vec<(PartyId, String)>, DbError> {
    store::invitations::parties_without_user(read, grant.scope()).await
}

/// Asks somebody to join, by mail.
///
/// # Errors
/// [`MemberError::Invalid`] for an address that is a member's or was asked already, and for a property or owner that is not there;
/// [`MemberError::TooMany`].
pub async fn invite(app: &App, grant: &Grant<UsersCreate>, new: &NewInvitation) -> Result<Invitation, MemberError> {
    let (id, now) = (InvitationId::new(&app.env), app.env.now());
    let by = grant.user_id().ok_or(Fault::invariant("an invitation that nobody writes"))?;
    let (secret, hash) = accounts::new_secret(&app.env);
    let mut tx = app.db.begin().await?;
    if store::invitations::is_member(&mut tx, grant.scope(), &new.email.folded()).await? {
        return Err(FieldErrors::one("email", "already_member").into());
    }
    if store::count_properties(&mut tx, grant.scope(), &new.properties).await? != new.properties.len() {
        return Err(FieldErrors::one("property_id", "unknown_choice").into());
    }
    if let Some(party) = new.party {
        let known = store::invitations::parties_without_user(&mut tx, grant.scope()).await?;
        if !known.iter().any(|(id, _)| *id == party) {
            return Err(FieldErrors::one("party_id", "unknown_choice").into());
        }
    }
    if store::invitations::count(&mut tx, grant.scope()).await? >= MOST_OPEN {
        return Err(MemberError::TooMany);
    }
    let times = (now, now + VALID_FOR);
    match store::invitations::insert(&mut tx, grant.scope(), id, new, by, hash.as_bytes(), times).await {
        Ok(()) => {}
        Err(error) if error.violates(&store::invitations::ALREADY_INVITED) => {
            return Err(FieldErrors::one("email", "already_invited").into());
        }
        Err(error) => return Err(error.into()),
    }
    write_letter(app, &mut tx, grant, (id, &secret)).await?;
    audit::record(&mut tx, &app.env, grant, "members.invitation.create", of_invitation(id), &[]).await?;
    tx.commit().await?;
    Ok(Invitation { id, email: new.email.clone(), role: new.role, sent_at: now, expires_at: now + VALID_FOR })
}

/// Queues the letter of an invitation that was just written with this secret.
async fn write_letter(
    app: &App,
    tx: &mut Tx,
    grant: &Grant<UsersCreate>,
    (id, secret): (InvitationId, &str),
) -> Result<(), Fault> {
    let hash = Hash::of(secret);
    let found = store::by_secret::find(tx, hash.as_bytes(), app.env.now()).await?;
    let offer = found.ok_or(Fault::invariant("an invitation that was just written is not there"))?.offer;
    let message = InvitationLetter {
        invited_by: offer.invited_by,
        organization: offer.organization,
        role: offer.role,
        path: format!("/invitations/{secret}"),
    };
    let mail = mail::Mail {
        organization: Some(grant.organization_id()),
        to: offer.email.to_string(),
        language: offer.language,
        message,
        // Each letter has a secret of its own.
        dedupe_key: format!("invitation {id} {}", app.env.now().timestamp_micros()),
    };
    mail::queue(app, tx, &mail).await?;
    Ok(())
}

/// Sends an invitation again, with another secret and new time.
///
/// # Errors
/// [`MemberError::NotFound`], [`MemberError::SentJustNow`].
pub(super) async fn resend(app: &App, grant: &Grant<UsersCreate>, id: InvitationId) -> Result<Invitation, MemberError> {
    let now = app.env.now();
    let (secret, hash) = accounts::new_secret(&app.env);
    let mut tx = app.db.begin().await?;
    let invitation = store::invitations::find(&mut tx, grant.scope(), id).await?.ok_or(MemberError::NotFound)?;
    if now - invitation.sent_at < SENT_AGAIN_AFTER {
        return Err(MemberError::SentJustNow);
    }
    let times = (now, now + VALID_FOR);
    if !store::invitations::renew(&mut tx, grant.scope(), id, hash.as_bytes(), times).await? {
        return Err(MemberError::NotFound);
    }
    write_letter(app, &mut tx, grant, (id, &secret)).await?;
    audit::record(&mut tx, &app.env, grant, "members.invitation.resend", of_invitation(id), &[]).await?;
    tx.commit().await?;
    Ok(Invitation { sent_at: now, expires_at: now + VALID_FOR, ..invitation })
}

/// Takes an invitation back: its letters open nothing any more.
///
/// # Errors
/// [`MemberError::NotFound`].
pub(super) async fn revoke(app: &App, grant: &Grant<UsersCreate>, id: InvitationId) -> Result<(), MemberError> {
    let mut tx = app.db.begin().await?;
    if !store::invitations::delete(&mut tx, grant.scope(), id).await? {
        return Err(MemberError::NotFound);
    }
    audit::record(&mut tx, &app.env, grant, "members.invitation.revoke", of_invitation(id), &[]).await?;
    Ok(tx.commit().await?)
}

/// Why a letter's link did nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum JoinError {
    /// It was used, taken back, is too old, or never was one.
    #[error("the link is no longer good")]
    Dead,
    /// The address has an account, whose owner has to sign in.
    #[error("the address has an account")]
    HasAccount,
    /// The invitation is for another address than the one of whoever is signed in.
    #[error("signed in with another address")]
    AnotherAddress,
    /// Whoever is signed in is a member already, by another address.
    #[error("a member already")]
    AlreadyMember,
    /// Fields are wrong; the link is still good.
    #[error("invalid")]
    Invalid(FieldErrors),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for JoinError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// What a letter's link offers while it is good, and whether its address has an account. Looking does not use it up.
///
/// # Errors
/// When the database fails.
pub(super) async fn look(app: &App, secret: &str) -> Result<Option<(Offer, bool)>, Fault> {
    let mut read = app.db.read().await?;
    let Some(found) = store::by_secret::find(&mut read, Hash::of(secret).as_bytes(), app.env.now()).await? else {
        return Ok(None);
    };
    let has_account = accounts::has_account(&mut read, &found.offer.email).await?;
    Ok(Some((found.offer, has_account)))
}

/// Accepts as somebody without an account: makes it, with the address confirmed, and signs them in.
///
/// # Errors
/// [`JoinError`].
pub(super) async fn join_as_new(
    app: &App,
    secret: &str,
    form: &AcceptForm,
    language: Language,
    visitor: &Visitor,
) -> Result<Vec<Cookie>, JoinError> {
    let (offer, _) = look(app, secret).await?.ok_or(JoinError::Dead)?;
    let newcomer = {
        let (form, email) = (form.clone(), offer.email.clone());
        // Judging a password takes milliseconds of computing.
        tokio::task::spawn_blocking(move || Newcomer::parse(&form.name, email, &form.password, language))
            .await
            .map_err(|error| Fault::new("checking a password", error))?
            .map_err(JoinError::Invalid)?
    };
    let password_hash = app.passwords.hash(&app.env, &newcomer.password).await?;
    let mut tx = app.db.begin().await?;
    let user = accounts::add_newcomer_in(&mut tx, app, &newcomer, password_hash).await?.ok_or(JoinError::HasAccount)?;
    join_in(app, &mut tx, secret, (user, &newcomer.name)).await?;
    let cookies = accounts::begin_session_in(&mut tx, app, user, form.remember == "true", visitor).await?;
    tx.commit().await?;
    Ok(cookies)
}

/// Accepts as the user who is signed in, whose session goes on in the organization.
///
/// # Errors
/// [`JoinError`].
pub(super) async fn join_as_user(
    app: &App,
    secret: &str,
    (user, name): (UserId, &str),
    session: kernel::SessionId,
) -> Result<(), JoinError> {
    let (offer, _) = look(app, secret).await?.ok_or(JoinError::Dead)?;
    let mut tx = app.db.begin().await?;
    if !accounts::confirm_address_in(&mut tx, user, &offer.email, app.env.now()).await? {
        return Err(JoinError::AnotherAddress);
    }
    let found = join_in(app, &mut tx, secret, (user, name)).await?;
    accounts::activate_in(&mut tx, session, found.organization).await?;
    tx.commit().await?;
    Ok(())
}

/// Uses the secret up and makes the user a member with the work that was meant for them.
async fn join_in(app: &App, tx: &mut Tx, secret: &str, (user, name): (UserId, &str)) -> Result<Found, JoinError> {
    let (hash, now) = (Hash::of(secret), app.env.now());
    let found = store::by_secret::find(tx, hash.as_bytes(), now).await?.ok_or(JoinError::Dead)?;
    if !store::by_secret::accept(tx, hash.as_bytes(), user, now).await? {
        return Err(JoinError::Dead);
    }
    let organization = found.organization;
    match organizations::add_member_in(tx, &app.env, organization, user, found.offer.role).await {
        Ok(()) => {}
        Err(error) if error.violates(&organizations::ALREADY_MEMBER) => return Err(JoinError::AlreadyMember),
        Err(error) => return Err(error.into()),
    }
    match found.offer.role {
        Role::Staff => {
            let properties = store::invitations::properties(tx, organization, found.id).await?;
            store::set_properties(tx, organization, user, &properties).await?;
        }
        Role::Owner => become_owner(app, tx, &found, (user, name)).await?,
        Role::Manager => {}
    }
    let by = By::User(user);
    let subject = of_invitation(found.id);
    audit::record_by(tx, &app.env, Some(organization), by, "members.invitation.accept", subject, &[]).await?;
    Ok(found)
}

/// An owner is a party: the one that was named, the one that they were before, or a new one.
async fn become_owner(app: &App, tx: &mut Tx, found: &Found, (user, name): (UserId, &str)) -> Result<(), DbError> {
    if store::by_secret::is_party(tx, found.organization, user).await? {
        return Ok(());
    }
    if let Some(party) = found.party
        && store::by_secret::become_party(tx, found.organization, party, user).await?
    {
        return Ok(());
    }
    organizations::add_party_in(tx, &app.env, found.organization, (user, name)).await.map(|_| ())
}

/// Finds a member for a change, with the organization held against another change of its managers.
async fn held<P: Permission>(tx: &mut Tx, grant: &Grant<P>, id: MembershipId) -> Result<Member, MemberError> {
    store::lock(tx, grant.organization_id()).await?;
    store::find(tx, grant.scope(), id).await?.ok_or(MemberError::NotFound)
}

/// Refuses what would leave the organization without a manager who may act.
async fn keep_a_manager<P: Permission>(tx: &mut Tx, grant: &Grant<P>, member: &Member) -> Result<(), MemberError> {
    let acts = member.role == Role::Manager && member.suspended_at.is_none();
    if acts && !store::has_other_manager(tx, grant.scope(), member.id).await? {
        return Err(MemberError::LastManager);
    }
    Ok(())
}

/// Gives a member a role, and staff the properties at which they work.
///
/// # Errors
/// [`MemberError::NotFound`], [`MemberError::LastManager`], [`MemberError::Invalid`] for a property that is not there.
pub(super) async fn change(
    app: &App,
    grant: &Grant<UsersEdit>,
    id: MembershipId,
    change: &ChangeMember,
) -> Result<(), MemberError> {
    let mut tx = app.db.begin().await?;
    let member = held(&mut tx, grant, id).await?;
    if store::count_properties(&mut tx, grant.scope(), &change.properties).await? != change.properties.len() {
        return Err(FieldErrors::one("property_id", "unknown_choice").into());
    }
    let mut fields = Vec::new();
    if member.role != change.role {
        keep_a_manager(&mut tx, grant, &member).await?;
        store::set_role(&mut tx, grant.scope(), id, change.role).await?;
        fields.push("role");
        if change.role == Role::Owner
            && !store::by_secret::is_party(&mut tx, grant.organization_id(), member.user_id).await?
        {
            organizations::add_party_in(&mut tx, &app.env, grant.organization_id(), (member.user_id, &member.name))
                .await?;
        }
    }
    let mut before = store::properties_of(&mut tx, grant.scope(), member.user_id).await?;
    before.sort();
    if before != change.properties {
        store::set_properties(&mut tx, grant.organization_id(), member.user_id, &change.properties).await?;
        fields.push("properties");
    }
    if fields.is_empty() {
        return Ok(());
    }
    audit::record(&mut tx, &app.env, grant, "members.member.change", of_member(id), &fields).await?;
    Ok(tx.commit().await?)
}

/// Suspends a member: from now on they may do nothing here, and what they had begun goes back to the others.
///
/// # Errors
/// [`MemberError::NotFound`], [`MemberError::LastManager`].
pub(super) async fn suspend(app: &App, grant: &Grant<UsersEdit>, id: MembershipId) -> Result<(), MemberError> {
    let mut tx = app.db.begin().await?;
    let member = held(&mut tx, grant, id).await?;
    if member.suspended_at.is_some() {
        return Ok(());
    }
    keep_a_manager(&mut tx, grant, &member).await?;
    store::set_suspended(&mut tx, grant.scope(), id, Some(app.env.now())).await?;
    tasks::hand_back_in(&mut tx, app, grant, member.user_id).await?;
    audit::record(&mut tx, &app.env, grant, "members.member.suspend", of_member(id), &["suspended_at"]).await?;
    Ok(tx.commit().await?)
}

/// Ends a suspension.
///
/// # Errors
/// [`MemberError::NotFound`].
pub(super) async fn resume(app: &App, grant: &Grant<UsersEdit>, id: MembershipId) -> Result<(), MemberError> {
    let mut tx = app.db.begin().await?;
    let member = held(&mut tx, grant, id).await?;
    if member.suspended_at.is_none() {
        return Ok(());
    }
    store::set_suspended(&mut tx, grant.scope(), id, None).await?;
    audit::record(&mut tx, &app.env, grant, "members.member.resume", of_member(id), &["suspended_at"]).await?;
    Ok(tx.commit().await?)
}

/// Removes a member with their tokens and calendar; what they had begun goes back to the others. What they own stays theirs, out of
/// their sight.
///
/// # Errors
/// [`MemberError::NotFound`], [`MemberError::LastManager`].
pub(super) async fn remove(app: &App, grant: &Grant<UsersDelete>, id: MembershipId) -> Result<Member, MemberError> {
    let organization = grant.organization_id();
    let mut tx = app.db.begin().await?;
    let member = held(&mut tx, grant, id).await?;
    keep_a_manager(&mut tx, grant, &member).await?;
    tasks::hand_back_in(&mut tx, app, grant, member.user_id).await?;
    store::set_properties(&mut tx, organization, member.user_id, &[]).await?;
    api_tokens::end_all_in(&mut tx, organization, member.user_id).await?;
    calendar_links::end_in(&mut tx, organization, member.user_id).await?;
    store::delete(&mut tx, grant.scope(), id).await?;
    audit::record(&mut tx, &app.env, grant, "members.member.remove", of_member(id), &[]).await?;
    tx.commit().await?;
    Ok(member)
}

/// Whether an address is that of the invitation.
pub(super) fn is_for(offer: &Offer, email: &str) -> bool {
    Email::parse(email).is_ok_and(|email| email.folded() == offer.email.folded())
}

/// Forgets invitations that were answered or have expired long ago.
///
/// # Errors
/// When the database fails.
pub(super) async fn forget(app: &App) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    let invitations = store::by_secret::purge(&mut tx, app.env.now() - KEPT_FOR).await?;
    tx.commit().await?;
    tracing::debug!(invitations, "forgot invitations");
    Ok(())
}
