//! Storage of guests, and of who stays where.

pub(super) mod across;

use db::{DbError, Insert, Read, Row, Tx, sql};
use kernel::{Env, GuestId, Limit, Money, Nights, OrganizationId, Scope, StayId, Zone, country, fold, instant_micros};
use uuid::Uuid;

use super::{Guest, GuestFacts, GuestRow, GuestStay, StayGuest, dialled};
use crate::{
    access::property_scope,
    search::{self, Search, SearchKind, found_by_word},
};

macro_rules! guest_columns {
    () => {
        "g.id, g.name, g.email, g.phone, g.language, g.country, g.notes, g.merged_into, g.version, g.created_at, g.updated_at"
    };
}

fn guest(row: &Row) -> Result<Guest, DbError> {
    let code: Option<String> = row.get("country")?;
    Ok(Guest {
        id: row.get("id")?,
        facts: GuestFacts {
            name: row.get("name")?,
            email: row.get("email")?,
            phone: row.get("phone")?,
            language: row.get("language")?,
            country: code.and_then(|code| country::by_code(&code)).map(country::Country::code),
            notes: row.get("notes")?,
        },
        merged_into: row.get("merged_into")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// What a search looks in: names, addresses, and numbers as people write and dial them.
fn search_text(facts: &GuestFacts) -> String {
    let digits = facts.phone.as_deref().map(dialled).unwrap_or_default();
    let digits = digits.trim_start_matches('+');
    // The last nine digits: how a number begins where the country's code is left out.
    let national = digits.len().checked_sub(9).and_then(|at| digits.get(at..));
    let texts = [Some(&*facts.name), facts.email.as_deref(), facts.phone.as_deref(), Some(digits), national];
    search::text_of(texts)
}

/// Writes a new guest.
pub(super) async fn insert(
    tx: &mut Tx,
    env: &Env,
    organization: OrganizationId,
    facts: &GuestFacts,
) -> Result<Guest, DbError> {
    let (id, now, text) = (GuestId::new(env), env.now(), search_text(facts));
    sql!(
        "INSERT INTO guest (organization_id, id, name, name_folded, email, email_folded, phone, phone_dialled, language, country, notes, \
         search_text, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)"
    )
    .bind(organization)
    .bind(id)
    .bind(&facts.name)
    .bind(fold(&facts.name))
    .bind(&facts.email)
    .bind(facts.email_folded())
    .bind(&facts.phone)
    .bind(facts.phone_dialled())
    .bind(facts.language)
    .bind(facts.country)
    .bind(&facts.notes)
    .bind(&text)
    .bind(instant_micros(now))
    .execute(tx)
    .await?;
    search::write(tx, organization, SearchKind::Guest, id.uuid(), &text).await?;
    Ok(Guest { id, facts: facts.clone(), merged_into: None, version: 1, created_at: now, updated_at: now })
}

/// Writes new facts over a guest's earlier version; false when somebody else changed them since they were read. Counts the version.
pub(super) async fn update(
    tx: &mut Tx,
    env: &Env,
    organization: OrganizationId,
    guest: &mut Guest,
) -> Result<bool, DbError> {
    guest.updated_at = env.now();
    let (facts, text) = (&guest.facts, search_text(&guest.facts));
    let written = sql!(
        "UPDATE guest SET name = $4, name_folded = $5, email = $6, email_folded = $7, phone = $8, phone_dialled = $9, language = $10, \
         country = $11, notes = $12, search_text = $13, updated_at = $14, version = version + 1 \
         WHERE organization_id = $1 AND id = $2 AND version = $3"
    )
    .bind(organization)
    .bind(guest.id)
    .bind(guest.version)
    .bind(&facts.name)
    .bind(fold(&facts.name))
    .bind(&facts.email)
    .bind(facts.email_folded())
    .bind(&facts.phone)
    .bind(facts.phone_dialled())
    .bind(facts.language)
    .bind(facts.country)
    .bind(&facts.notes)
    .bind(&text)
    .bind(guest.updated_at)
    .execute(tx)
    .await?;
    search::write(tx, organization, SearchKind::Guest, guest.id.uuid(), &text).await?;
    guest.version += 1;
    Ok(written == 1)
}

/// A guest, merged ones too.
pub(super) async fn find(read: &mut Read, organization: OrganizationId, id: GuestId) -> Result<Option<Guest>, DbError> {
    sql!("SELECT ", guest_columns!(), " FROM guest g WHERE g.organization_id = $1 AND g.id = $2")
        .bind(organization)
        .bind(id)
        .fetch_optional(read, guest)
        .await
}

/// The oldest guest with this e-mail address, or else with this number; of one who was merged, the person they turned out to be.
pub(super) async fn recognise(
    read: &mut Read,
    organization: OrganizationId,
    facts: &GuestFacts,
) -> Result<Option<GuestId>, DbError> {
    for (statement, known) in [
        (
            sql!(
                "SELECT COALESCE(merged_into, id) AS id FROM guest WHERE organization_id = $1 AND email_folded = $2 ORDER BY id LIMIT 1"
            ),
            facts.email_folded(),
        ),
        (
            sql!(
                "SELECT COALESCE(merged_into, id) AS id FROM guest WHERE organization_id = $1 AND phone_dialled = $2 ORDER BY id LIMIT 1"
            ),
            facts.phone_dialled(),
        ),
    ] {
        let Some(known) = known else { continue };
        let found = statement.bind(organization).bind(known).fetch_optional(read, |row| row.get("id")).await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The condition that somebody else has the same e-mail address or number.
macro_rules! has_double {
    () => {
        "(EXISTS (SELECT 1 FROM guest d WHERE d.organization_id = $1 AND d.email_folded = g.email_folded AND d.id <> g.id \
         AND d.merged_into IS NULL) OR EXISTS (SELECT 1 FROM guest d WHERE d.organization_id = $1 \
         AND d.phone_dialled = g.phone_dialled AND d.id <> g.id AND d.merged_into IS NULL))"
    };
}

/// The list by name; for a search that begins with a rare word the name is an expression, so that no index serves the order.
macro_rules! list {
    ($name:literal, $($condition:tt)*) => {
        sql!(
            "SELECT ", guest_columns!(), ", g.name_folded, (SELECT COUNT(*) FROM stay_guest sg WHERE sg.organization_id = $1 \
             AND sg.guest_id = g.id) AS stays, (SELECT MAX(s.check_in) FROM stay_guest sg JOIN stay s ON s.organization_id = $1 \
             AND s.id = sg.stay_id WHERE sg.organization_id = $1 AND sg.guest_id = g.id) AS last_arrival FROM guest g \
             WHERE g.organization_id = $1 AND g.merged_into IS NULL AND (", $name, ", g.id) > ($2, $3) \
             AND (g.search_text LIKE $5 OR $5 IS NULL) AND (g.search_text LIKE $6 OR $6 IS NULL) \
             AND (g.search_text LIKE $7 OR $7 IS NULL)", $($condition)* " ORDER BY ", $name, ", g.id LIMIT $4"
        )
    };
}

/// The rows of a page by name, one more than the limit; `after` is the folded name and the id of the last one seen.
pub(super) async fn list(
    read: &mut Read,
    organization: OrganizationId,
    search: Option<&Search>,
    doubles: bool,
    after: Option<(String, Uuid)>,
    limit: Limit,
) -> Result<Vec<(String, GuestRow)>, DbError> {
    if search.is_some_and(Search::is_empty) {
        return Ok(Vec::new());
    }
    let rare = match search {
        Some(search) => search::rarest(read, organization, SearchKind::Guest, search).await?,
        None => None,
    };
    let statement = match (&rare, doubles) {
        (None, false) => list!("g.name_folded",),
        (None, true) => list!("g.name_folded", " AND ", has_double!(),),
        (Some(_), false) => {
            list!("COALESCE(g.name_folded, '')", " AND ", found_by_word!("g.id", "'guest'", "$8", "$9"),)
        }
        (Some(_), true) => list!(
            "COALESCE(g.name_folded, '')",
            " AND ",
            found_by_word!("g.id", "'guest'", "$8", "$9"),
            " AND ",
            has_double!(),
        ),
    };
    let (name, id) = after.unwrap_or((String::new(), Uuid::nil()));
    let [longest, second, third] = search::patterns(search);
    let query = statement.bind(organization).bind(name).bind(id).bind(limit.with_one_more());
    let query = query.bind(longest).bind(second).bind(third);
    let query = match rare {
        Some((from, below)) => query.bind(from).bind(below),
        None => query,
    };
    query
        .fetch_all(read, |row| {
            let guest =
                GuestRow { guest: guest(row)?, stays: row.get("stays")?, last_arrival: row.get("last_arrival")? };
            Ok((row.get("name_folded")?, guest))
        })
        .await
}

/// Others with the e-mail address or the number of a guest, at most 20.
pub(super) async fn doubles_of(
    read: &mut Read,
    organization: OrganizationId,
    of: &Guest,
) -> Result<Vec<Guest>, DbError> {
    sql!(
        "SELECT ",
        guest_columns!(),
        " FROM guest g WHERE g.organization_id = $1 AND g.id <> $2 AND g.merged_into IS NULL \
         AND (g.email_folded = $3 OR g.phone_dialled = $4) ORDER BY g.id LIMIT 20"
    )
    .bind(organization)
    .bind(of.id)
    .bind(of.facts.email_folded())
    .bind(of.facts.phone_dialled())
    .fetch_all(read, guest)
    .await
}

/// Those who were merged into a guest.
pub(super) async fn merged_into(
    read: &mut Read,
    organization: OrganizationId,
    id: GuestId,
) -> Result<Vec<Guest>, DbError> {
    sql!(
        "SELECT ",
        guest_columns!(),
        " FROM guest g WHERE g.organization_id = $1 AND g.merged_into = $2 ORDER BY g.name_folded, g.id"
    )
    .bind(organization)
    .bind(id)
    .fetch_all(read, guest)
    .await
}

/// How many stays a guest is part of.
pub(super) async fn count_stays(read: &mut Read, organization: OrganizationId, id: GuestId) -> Result<i64, DbError> {
    sql!("SELECT COUNT(*) AS n FROM stay_guest WHERE organization_id = $1 AND guest_id = $2")
        .bind(organization)
        .bind(id)
        .fetch_one(read, |row| row.get("n"))
        .await
}

/// The stays of a guest within the scope, the last first, at most 200.
pub(super) async fn stays_of(
    read: &mut Read,
    scope: &Scope,
    id: GuestId,
    now: kernel::Instant,
) -> Result<Vec<GuestStay>, DbError> {
    sql!(
        "SELECT s.id, sg.is_lead, un.property_id, p.name AS property_name, un.name AS unit_name, p.zone, s.status, s.channel, \
         s.check_in, s.check_out, s.amount_minor, s.currency FROM stay_guest sg JOIN stay s ON s.organization_id = $1 \
         AND s.id = sg.stay_id JOIN unit un ON un.organization_id = $1 AND un.id = s.unit_id \
         JOIN property p ON p.organization_id = $1 AND p.id = un.property_id \
         WHERE sg.organization_id = $1 AND sg.guest_id = $4 AND ",
        property_scope!("un.property_id"),
        " ORDER BY s.check_in DESC, s.id DESC LIMIT 200"
    )
    .query()
    .bind_scope(scope)
    .bind(id)
    .fetch_all(read, |row| {
        let amount = match (row.get("amount_minor")?, row.get("currency")?) {
            (Some(minor), Some(currency)) => Some(Money::new(minor, currency)),
            _ => None,
        };
        let nights = Nights::new(row.get("check_in")?, row.get("check_out")?);
        Ok(GuestStay {
            id: row.get("id")?,
            is_lead: row.get("is_lead")?,
            property_id: row.get("property_id")?,
            property_name: row.get("property_name")?,
            unit_name: row.get("unit_name")?,
            today: row.get::<Zone>("zone")?.date_of(now),
            status: row.get("status")?,
            channel: row.get("channel")?,
            nights: nights.map_err(|error| DbError::Column(format!("check_out: {error}")))?,
            amount,
        })
    })
    .await
}

/// The guests of a stay, who booked it first.
pub(super) async fn of_stay(
    read: &mut Read,
    organization: OrganizationId,
    stay: StayId,
) -> Result<Vec<StayGuest>, DbError> {
    sql!(
        "SELECT ",
        guest_columns!(),
        ", sg.is_lead FROM stay_guest sg JOIN guest g ON g.organization_id = $1 AND g.id = sg.guest_id \
         WHERE sg.organization_id = $1 AND sg.stay_id = $2 ORDER BY sg.is_lead DESC, g.name_folded, g.id"
    )
    .bind(organization)
    .bind(stay)
    .fetch_all(read, |row| Ok(StayGuest { guest: guest(row)?, is_lead: row.get("is_lead")? }))
    .await
}

/// Makes a guest the lead of a stay, in place of another; none takes the lead away.
pub(super) async fn set_lead(
    tx: &mut Tx,
    organization: OrganizationId,
    stay: StayId,
    guest: Option<GuestId>,
) -> Result<(), DbError> {
    sql!("DELETE FROM stay_guest WHERE organization_id = $1 AND stay_id = $2 AND is_lead")
        .bind(organization)
        .bind(stay)
        .execute(tx)
        .await?;
    if let Some(guest) = guest {
        sql!(
            "INSERT INTO stay_guest (organization_id, stay_id, guest_id, is_lead) VALUES ($1, $2, $3, TRUE) \
             ON CONFLICT (organization_id, stay_id, guest_id) DO UPDATE SET is_lead = TRUE"
        )
        .bind(organization)
        .bind(stay)
        .bind(guest)
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// Adds somebody who comes along; false when they were part of the stay before.
pub(super) async fn add_to_stay(
    tx: &mut Tx,
    organization: OrganizationId,
    stay: StayId,
    guest: GuestId,
) -> Result<bool, DbError> {
    let written = Insert::into("stay_guest", ["organization_id", "stay_id", "guest_id", "is_lead"])
        .skip_taken()
        .rows([db::row![organization, stay, guest, false]])
        .execute(tx)
        .await?;
    Ok(written == 1)
}

/// Takes somebody who comes along out of a stay; false when they are not part of it, or lead it.
pub(super) async fn remove_from_stay(
    tx: &mut Tx,
    organization: OrganizationId,
    stay: StayId,
    guest: GuestId,
) -> Result<bool, DbError> {
    let removed =
        sql!("DELETE FROM stay_guest WHERE organization_id = $1 AND stay_id = $2 AND guest_id = $3 AND NOT is_lead")
            .bind(organization)
            .bind(stay)
            .bind(guest)
            .execute(tx)
            .await?;
    Ok(removed == 1)
}

/// Gives the stays of one guest to another, and makes them the same person.
pub(super) async fn merge(
    tx: &mut Tx,
    organization: OrganizationId,
    kept: GuestId,
    gone: GuestId,
    now: kernel::Instant,
) -> Result<(), DbError> {
    // Where both are part of one stay, the row of the one who leads it is left.
    for statement in [
        sql!(
            "DELETE FROM stay_guest WHERE organization_id = $1 AND guest_id = $2 AND NOT is_lead AND stay_id IN (SELECT o.stay_id \
             FROM stay_guest o WHERE o.organization_id = $1 AND o.guest_id = $3 AND o.is_lead)"
        ),
        sql!(
            "DELETE FROM stay_guest WHERE organization_id = $1 AND guest_id = $3 AND stay_id IN (SELECT o.stay_id \
             FROM stay_guest o WHERE o.organization_id = $1 AND o.guest_id = $2)"
        ),
        sql!(
            "UPDATE stay_guest SET guest_id = $2, came_from = COALESCE(came_from, $3) WHERE organization_id = $1 AND guest_id = $3"
        ),
        sql!("UPDATE guest SET merged_into = $2 WHERE organization_id = $1 AND (id = $3 OR merged_into = $3)"),
    ] {
        statement.bind(organization).bind(kept).bind(gone).execute(tx).await?;
    }
    touch(tx, organization, gone, now).await?;
    search::remove(tx, organization, gone.uuid()).await
}

async fn touch(tx: &mut Tx, organization: OrganizationId, id: GuestId, now: kernel::Instant) -> Result<(), DbError> {
    sql!("UPDATE guest SET version = version + 1, updated_at = $3 WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Makes somebody who was merged a person of their own again, with the stays that they had.
pub(super) async fn separate(
    tx: &mut Tx,
    organization: OrganizationId,
    guest: &Guest,
    now: kernel::Instant,
) -> Result<(), DbError> {
    for statement in [
        sql!("UPDATE guest SET merged_into = NULL WHERE organization_id = $1 AND id = $2"),
        sql!(
            "DELETE FROM stay_guest WHERE organization_id = $1 AND came_from = $2 AND stay_id IN (SELECT o.stay_id FROM stay_guest o \
             WHERE o.organization_id = $1 AND o.guest_id = $2)"
        ),
        sql!("UPDATE stay_guest SET guest_id = $2, came_from = NULL WHERE organization_id = $1 AND came_from = $2"),
    ] {
        statement.bind(organization).bind(guest.id).execute(tx).await?;
    }
    touch(tx, organization, guest.id, now).await?;
    search::write(tx, organization, SearchKind::Guest, guest.id.uuid(), &search_text(&guest.facts)).await
}
