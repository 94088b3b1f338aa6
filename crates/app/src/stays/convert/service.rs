//! The one use case: a stay becomes the other kind.

use kernel::{Grant, StayId, permissions::StaysEdit};

use crate::{
    App, audit, guests,
    stays::{
        ChangeStay, Guest, GuestCounts, Stay, StayError, StayKind, StayStatus, service as stays, store, store::claims,
    },
};

/// Turns a block into a reservation with the guest and amount of `change`, or a reservation into a block, which has neither: they are
/// cleared. Place and nights stay as they are. No later sync of an imported stay changes its kind back.
///
/// # Errors
/// [`StayError::NotFound`], [`StayError::Stale`]; [`StayError::NotNow`] for a stay that is over, or whose guests have come;
/// [`StayError::Invalid`] when the unit is too small, or `change` is of the kind that the stay is.
pub(crate) async fn convert(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: StayId,
    change: &ChangeStay,
) -> Result<Stay, StayError> {
    db::retrying(|| convert_once(app, grant, id, change)).await
}

async fn convert_once(app: &App, grant: &Grant<StaysEdit>, id: StayId, change: &ChangeStay) -> Result<Stay, StayError> {
    let organization = grant.organization_id();
    let mut tx = app.db.begin().await?;
    let before = stays::current(&mut tx, grant, id, Some(change.version)).await?;
    if !before.may_convert() {
        return Err(StayError::NotNow(before.status));
    }
    let kind = change.facts.kind;
    if kind == before.kind {
        return Err(kernel::FieldErrors::one("kind", "kind_fixed").into());
    }
    let facts = stays::with_facts(&before, change, grant);
    let mut after = Stay {
        kind,
        unit_id: before.unit_id,
        nights: before.nights,
        status: StayStatus::Confirmed,
        needs_review: false,
        channel: if before.feed_id.is_some() { before.channel } else { facts.channel },
        ..facts
    };
    after.decided.kind = before.feed_id.is_some();
    after.decided.status |= before.feed_id.is_some() && before.status != after.status;
    // Before the unit is looked at: whoever retires it takes turns with us.
    claims::lock(&mut tx, organization, [before.unit_id]).await?;
    if kind == StayKind::Block {
        (after.guest, after.guest_id, after.counts, after.amount) =
            (Guest::default(), None, GuestCounts::default(), None);
    } else {
        stays::usable_unit(&mut tx, grant, &change.facts).await?;
        stays::settle_guest(&mut tx, grant, &before, &mut after).await?;
    }
    if before.feed_id.is_some() {
        // The channel's name of the reservation is how it is found there, whatever it is called here.
        after.reservation_code.clone_from(&before.reservation_code);
    }
    if !store::update(&mut tx, &app.env, organization, &mut after).await? {
        return Err(StayError::Stale);
    }
    if before.amount != after.amount {
        store::write_nights(&mut tx, organization, &after).await?;
    }
    let mut fields = stays::changed_fields(&before, &after);
    // The nights were closed to everybody else already: letting them is meant, whatever the rules say.
    fields.extend(stays::broken_rules(&mut tx, app, grant, None, &after, true).await?);
    audit::record(&mut tx, &app.env, grant, "stays.stay.convert", stays::subject(id), &fields).await?;
    after.guest_id = guests::link_lead(&mut tx, app, grant, id, after.guest_id, &after.guest).await?;
    stays::reconcile_turnovers(&mut tx, app, grant.scope(), &[id]).await?;
    tx.commit().await?;
    Ok(stays::redacted(after, grant))
}
