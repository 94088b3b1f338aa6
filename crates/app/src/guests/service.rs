//! Use cases of guests.

use db::{DbError, Read, Retry, Tx};
use kernel::{
    Cursor, Fault, FieldErrors, Grant, GuestId, Instant, Limit, Page, Permission, PermissionName, StayId, SystemReason,
    permissions::{GuestsEdit, GuestsView, StaysEdit},
};
use uuid::Uuid;
use webkit::WebError;

use super::{
    Guest, GuestDetails, GuestFacts, GuestRow, GuestStay, MergePreview, StayGuest,
    store::{self, across},
};
use crate::{App, audit, search::Search, stays};

/// Why a guest could not be added, changed or merged. Nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum GuestError {
    /// There is none with this id in the organization, or no such stay within the grant's scope.
    #[error("no such guest")]
    NotFound,
    /// Something about the input.
    #[error("the input is not valid")]
    Invalid(FieldErrors),
    /// Somebody else changed the guest since they were read.
    #[error("the guest was changed meanwhile")]
    Stale,
    /// They were merged into another, who is the one to speak of.
    #[error("the guest was merged into {0}")]
    Merged(GuestId),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for GuestError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<FieldErrors> for GuestError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl Retry for GuestError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Fault(fault) if fault.is_transient())
    }
}

impl From<GuestError> for WebError {
    fn from(error: GuestError) -> Self {
        match error {
            GuestError::NotFound => Self::not_found(),
            GuestError::Invalid(errors) => Self::invalid(&errors),
            GuestError::Stale => Self::conflict("changed_meanwhile"),
            GuestError::Merged(into) => Self::conflict("guest_merged").detail(format!("merged into guest {into}")),
            GuestError::Fault(fault) => fault.into(),
        }
    }
}

fn subject(id: GuestId) -> audit::Subject {
    audit::Subject::new("guest", id.uuid())
}

/// The guest without what the grant's holder may not see.
fn redacted<P>(mut guest: Guest, grant: &Grant<P>) -> Guest {
    if !grant.may(PermissionName::GuestsContact) {
        (guest.facts.email, guest.facts.phone) = (None, None);
    }
    guest
}

/// A page of guests, by name: all, or those who are found by what was typed; only those with a likely double when `doubles`.
///
/// # Errors
/// [`GuestError::Invalid`] (`cursor`) for a cursor that was made up.
pub async fn list(
    read: &mut Read,
    grant: &Grant<GuestsView>,
    typed: Option<&str>,
    doubles: bool,
    after: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<GuestRow>, GuestError> {
    let after: Option<(String, Uuid)> =
        after.map(|cursor| cursor.open().ok_or_else(|| FieldErrors::one("cursor", "invalid"))).transpose()?;
    let search = typed.map(Search::of);
    let rows = store::list(read, grant.organization_id(), search.as_ref(), doubles, after, limit).await?;
    let page = Page::from_rows(rows, limit, |(name, row)| (name.clone(), row.guest.id.uuid()));
    Ok(page.map(|(_, row)| GuestRow { guest: redacted(row.guest, grant), ..row }))
}

/// A guest of the organization; one who was merged too.
///
/// # Errors
/// [`GuestError::NotFound`].
pub async fn find<P: Permission>(read: &mut Read, grant: &Grant<P>, id: GuestId) -> Result<Guest, GuestError> {
    let guest = store::find(read, grant.organization_id(), id).await?.ok_or(GuestError::NotFound)?;
    Ok(redacted(guest, grant))
}

/// A guest with their stays, likely doubles and history.
///
/// # Errors
/// [`GuestError::NotFound`]; [`GuestError::Merged`] for one who was merged into another.
pub async fn details(
    read: &mut Read,
    grant: &Grant<GuestsView>,
    id: GuestId,
    now: Instant,
) -> Result<GuestDetails, GuestError> {
    let organization = grant.organization_id();
    let guest = store::find(read, organization, id).await?.ok_or(GuestError::NotFound)?;
    if let Some(into) = guest.merged_into {
        return Err(GuestError::Merged(into));
    }
    let stays = stays_of(read, grant, id, now).await?;
    let likely_same = store::doubles_of(read, organization, &guest).await?;
    let merged = store::merged_into(read, organization, id).await?;
    let history = audit::history(read, grant.scope(), id.uuid()).await?;
    Ok(GuestDetails {
        guest: redacted(guest, grant),
        stays,
        likely_same: likely_same.into_iter().map(|guest| redacted(guest, grant)).collect(),
        merged: merged.into_iter().map(|guest| redacted(guest, grant)).collect(),
        history,
    })
}

/// The stays of a guest within the scope, the last first, at most 200.
///
/// # Errors
/// When the database fails.
pub(crate) async fn stays_of(
    read: &mut Read,
    grant: &Grant<GuestsView>,
    id: GuestId,
    now: Instant,
) -> Result<Vec<GuestStay>, DbError> {
    let mut stays = store::stays_of(read, grant.scope(), id, now).await?;
    if !grant.may(PermissionName::MoneyView) {
        stays.iter_mut().for_each(|stay| stay.amount = None);
    }
    Ok(stays)
}

/// Adds a person.
///
/// # Errors
/// When the database fails.
pub async fn add(app: &App, grant: &Grant<GuestsEdit>, facts: &GuestFacts) -> Result<Guest, GuestError> {
    let mut tx = app.db.begin().await?;
    let guest = insert(&mut tx, app, grant, facts).await?;
    tx.commit().await?;
    Ok(redacted(guest, grant))
}

async fn insert<P: Permission>(tx: &mut Tx, app: &App, grant: &Grant<P>, facts: &GuestFacts) -> Result<Guest, DbError> {
    let guest = store::insert(tx, &app.env, grant.organization_id(), facts).await?;
    audit::record(tx, &app.env, grant, "guests.guest.add", subject(guest.id), &[]).await?;
    Ok(guest)
}

/// A guest as they are now, if they are a person of their own and still the version that the caller saw.
async fn current<P: Permission>(
    tx: &mut Tx,
    grant: &Grant<P>,
    id: GuestId,
    version: Option<i64>,
) -> Result<Guest, GuestError> {
    let guest = store::find(tx, grant.organization_id(), id).await?.ok_or(GuestError::NotFound)?;
    match guest.merged_into {
        Some(into) => Err(GuestError::Merged(into)),
        None if version.is_some_and(|version| version != guest.version) => Err(GuestError::Stale),
        None => Ok(guest),
    }
}

/// Writes new facts over a guest. Who may not see contact data does not change it either.
///
/// # Errors
/// [`GuestError::NotFound`], [`GuestError::Stale`], [`GuestError::Merged`].
pub async fn change(
    app: &App,
    grant: &Grant<GuestsEdit>,
    id: GuestId,
    version: i64,
    facts: &GuestFacts,
) -> Result<Guest, GuestError> {
    let mut tx = app.db.begin().await?;
    let before = current(&mut tx, grant, id, Some(version)).await?;
    let mut facts = facts.clone();
    if !grant.may(PermissionName::GuestsContact) {
        (facts.email, facts.phone) = (before.facts.email.clone(), before.facts.phone.clone());
    }
    let after = write(&mut tx, app, grant, before, facts).await?;
    tx.commit().await?;
    Ok(redacted(after, grant))
}

/// Writes facts over those of a guest, with an audit entry; nothing when they are the same.
async fn write<P: Permission>(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<P>,
    before: Guest,
    facts: GuestFacts,
) -> Result<Guest, GuestError> {
    let fields = before.facts.changed(&facts);
    if fields.is_empty() {
        return Ok(before);
    }
    let mut after = Guest { facts, ..before };
    if !store::update(tx, &app.env, grant.organization_id(), &mut after).await? {
        return Err(GuestError::Stale);
    }
    audit::record(tx, &app.env, grant, "guests.guest.change", subject(after.id), &fields).await?;
    Ok(after)
}

/// What merging one guest into another comes to. Nothing is written.
///
/// # Errors
/// [`GuestError::NotFound`], [`GuestError::Merged`]; [`GuestError::Invalid`] (`other`) for one and the same.
pub async fn preview_merge(
    read: &mut Read,
    grant: &Grant<GuestsEdit>,
    kept: GuestId,
    gone: GuestId,
) -> Result<MergePreview, GuestError> {
    if kept == gone {
        return Err(FieldErrors::one("other", "guest_same").into());
    }
    let organization = grant.organization_id();
    let mut people = Vec::new();
    for id in [kept, gone] {
        let guest = store::find(read, organization, id).await?.ok_or(GuestError::NotFound)?;
        if let Some(into) = guest.merged_into {
            return Err(GuestError::Merged(into));
        }
        people.push(guest);
    }
    let [kept, gone] = <[Guest; 2]>::try_from(people).map_err(|_| GuestError::NotFound)?;
    let filled = Guest { facts: kept.facts.filled_from(&gone.facts), ..kept.clone() };
    Ok(MergePreview {
        facts: redacted(filled, grant).facts,
        stays: store::count_stays(read, organization, gone.id).await?,
        kept: redacted(kept, grant),
        gone: redacted(gone, grant),
    })
}

/// Makes two guests one person: the stays of the second go to the first, who gets what only the second had. [`separate`] takes them apart.
///
/// # Errors
/// As [`preview_merge`]; [`GuestError::Stale`] when the first is no longer the version that the caller saw.
pub async fn merge(
    app: &App,
    grant: &Grant<GuestsEdit>,
    kept: GuestId,
    gone: GuestId,
    version: Option<i64>,
) -> Result<Guest, GuestError> {
    if kept == gone {
        return Err(FieldErrors::one("other", "guest_same").into());
    }
    db::retrying(|| async {
        let mut tx = app.db.begin().await?;
        let first = current(&mut tx, grant, kept, version).await?;
        let second = current(&mut tx, grant, gone, None).await?;
        store::merge(&mut tx, grant.organization_id(), kept, gone, app.env.now()).await?;
        let facts = first.facts.filled_from(&second.facts);
        let merged = write(&mut tx, app, grant, first, facts).await?;
        for id in [kept, gone] {
            audit::record(&mut tx, &app.env, grant, "guests.guest.merge", subject(id), &["merged_into"]).await?;
        }
        tx.commit().await?;
        Ok(redacted(merged, grant))
    })
    .await
}

/// Takes somebody who was merged apart again, with the stays they had. What the other person got of them stays there.
///
/// # Errors
/// [`GuestError::NotFound`] also for one who is a person of their own.
pub async fn separate(app: &App, grant: &Grant<GuestsEdit>, id: GuestId) -> Result<Guest, GuestError> {
    let mut tx = app.db.begin().await?;
    let organization = grant.organization_id();
    let guest = store::find(&mut tx, organization, id).await?.ok_or(GuestError::NotFound)?;
    let into = guest.merged_into.ok_or(GuestError::NotFound)?;
    store::separate(&mut tx, organization, &guest, app.env.now()).await?;
    for id in [id, into] {
        audit::record(&mut tx, &app.env, grant, "guests.guest.separate", subject(id), &["merged_into"]).await?;
    }
    let guest = store::find(&mut tx, organization, id).await?.ok_or(GuestError::NotFound)?;
    tx.commit().await?;
    Ok(redacted(guest, grant))
}

/// The guests of a stay within the scope, who booked it first.
///
/// # Errors
/// When the database fails.
pub async fn of_stay(read: &mut Read, grant: &Grant<GuestsView>, stay: StayId) -> Result<Vec<StayGuest>, DbError> {
    let guests = store::of_stay(read, grant.organization_id(), stay).await?;
    Ok(guests.into_iter().map(|of| StayGuest { guest: redacted(of.guest, grant), ..of }).collect())
}

/// Who is added to a stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Companion {
    /// A person who is known.
    Known(GuestId),
    /// A new one, of whom there is a name.
    Named(String),
}

/// The audit entry is the stay's; a stay outside the scope is none.
async fn note_stay(tx: &mut Tx, app: &App, grant: &Grant<GuestsEdit>, stay: StayId) -> Result<(), GuestError> {
    let edit = grant.also::<StaysEdit>().map_err(|_| GuestError::NotFound)?;
    stays::find(tx, &edit, stay).await.map_err(|_| GuestError::NotFound)?;
    let subject = audit::Subject::new("stay", stay.uuid());
    Ok(audit::record(tx, &app.env, grant, "stays.stay.change", subject, &["companions"]).await?)
}

/// Adds somebody who comes along to a stay.
///
/// # Errors
/// [`GuestError::NotFound`]; [`GuestError::Invalid`] (`guest_id`) for one who is none or is part of the stay already.
pub async fn add_companion(
    app: &App,
    grant: &Grant<GuestsEdit>,
    stay: StayId,
    who: &Companion,
) -> Result<Guest, GuestError> {
    let organization = grant.organization_id();
    let mut tx = app.db.begin().await?;
    note_stay(&mut tx, app, grant, stay).await?;
    let guest = match who {
        Companion::Named(name) => insert(&mut tx, app, grant, &GuestFacts::named(name.clone())).await?,
        Companion::Known(id) => match current(&mut tx, grant, *id, None).await {
            Err(GuestError::NotFound) => return Err(FieldErrors::one("guest_id", "unknown_choice").into()),
            found => found?,
        },
    };
    if !store::add_to_stay(&mut tx, organization, stay, guest.id).await? {
        return Err(FieldErrors::one("guest_id", "guest_there").into());
    }
    tx.commit().await?;
    Ok(redacted(guest, grant))
}

/// Takes somebody who comes along out of a stay. Who booked it is changed with the stay.
///
/// # Errors
/// [`GuestError::NotFound`].
pub async fn remove_companion(
    app: &App,
    grant: &Grant<GuestsEdit>,
    stay: StayId,
    guest: GuestId,
) -> Result<(), GuestError> {
    let mut tx = app.db.begin().await?;
    note_stay(&mut tx, app, grant, stay).await?;
    if !store::remove_from_stay(&mut tx, grant.organization_id(), stay, guest).await? {
        return Err(GuestError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// Name and contact data of a stay, and what it lacks of the person who was chosen for it.
///
/// # Errors
/// [`GuestError::Invalid`] (`guest_id`) for a person who is not there.
pub(crate) async fn as_booked<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    chosen: Option<GuestId>,
    typed: &stays::Guest,
) -> Result<stays::Guest, GuestError> {
    let Some(id) = chosen else { return Ok(typed.clone()) };
    let guest = store::find(read, grant.organization_id(), id).await?.filter(|guest| guest.merged_into.is_none());
    let facts = guest.ok_or_else(|| FieldErrors::one("guest_id", "unknown_choice"))?.facts;
    Ok(stays::Guest {
        name: typed.name.clone().or(Some(facts.name)),
        email: typed.email.clone().or(facts.email),
        phone: typed.phone.clone().or(facts.phone),
    })
}

/// Says whose a stay is, in the transaction that writes it: the person who was chosen, or the one with this e-mail address or telephone
/// number, or a new one. Nobody when there is no contact data: two people may have one name. The person gets the contact data they lack.
///
/// # Errors
/// When the database fails.
pub(crate) async fn link_lead<P: Permission>(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<P>,
    stay: StayId,
    chosen: Option<GuestId>,
    typed: &stays::Guest,
) -> Result<Option<GuestId>, GuestError> {
    let organization = grant.organization_id();
    let contact = typed.email.as_ref().or(typed.phone.as_ref());
    let name = typed.name.as_ref().or(contact).cloned().unwrap_or_default();
    let facts = GuestFacts { email: typed.email.clone(), phone: typed.phone.clone(), ..GuestFacts::named(name) };
    let known = match chosen {
        Some(chosen) => Some(chosen),
        None => store::recognise(tx, organization, &facts).await?,
    };
    let lead = match known {
        Some(id) => {
            let guest = store::find(tx, organization, id).await?.ok_or(GuestError::NotFound)?;
            let filled = guest.facts.filled_from(&facts);
            Some(write(tx, app, grant, guest, filled).await?.id)
        }
        None if contact.is_some() => Some(insert(tx, app, grant, &facts).await?.id),
        None => None,
    };
    store::set_lead(tx, organization, stay, lead).await?;
    Ok(lead)
}

/// The most stays that are read at once.
const MOST: i64 = 200;

/// Finds or makes the people of stays with contact data that have none yet: those from before there were people.
pub(super) async fn link_stays(app: &App) -> Result<(), Fault> {
    let mut after = (Uuid::nil(), Uuid::nil());
    loop {
        let unlinked = across::unlinked(&mut app.db.read().await?, after, MOST).await?;
        let Some((organization, stay, _)) = unlinked.last() else { return Ok(()) };
        after = (organization.uuid(), stay.uuid());
        for (organization, stay, guest) in unlinked {
            let grant = Grant::<GuestsEdit>::system(organization, SystemReason::Operator);
            let linked = db::retrying(|| async {
                let mut tx = app.db.begin().await?;
                link_lead(&mut tx, app, &grant, stay, None, &guest).await?;
                tx.commit().await?;
                Ok::<_, GuestError>(())
            });
            // Where somebody changed the person meanwhile, the next run sees them as they are then.
            if let Err(GuestError::Fault(fault)) = linked.await {
                return Err(fault);
            }
        }
    }
}
