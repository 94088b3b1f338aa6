//! The one use case: a window.

use std::collections::BTreeSet;

use db::{DbError, Read};
use kernel::{
    Cursor, Grant, Instant, Language, Nights, PermissionName, UnitId,
    permissions::{StaysView, TasksView},
};

use super::{
    model::{After, Ask, Bar, Mark, Window},
    store,
};
use crate::{
    stays::{self, WindowStay},
    tasks, text,
};

/// The rows, stays and turnovers that were asked for, within the scope. Four statements, however many rows.
///
/// # Errors
/// When the database fails.
pub(super) async fn window(
    read: &mut Read,
    grant: &Grant<StaysView>,
    language: Language,
    now: Instant,
    ask: &Ask,
) -> Result<Window, DbError> {
    let today = store::zone(read, grant.scope()).await?.date_of(now);
    let after = ask.after.as_ref().and_then(After::open);
    let mut rows = store::rows(read, grant.scope(), after, ask.limit).await?;
    let most = usize::try_from(ask.limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let next: Option<Cursor> = rows.last().filter(|_| more).map(After::cursor);
    let units: Vec<UnitId> = rows.iter().map(|row| row.unit_id).collect();
    let mut window =
        Window { from: ask.from, days: ask.days, today, rows, stays: Vec::new(), turnovers: Vec::new(), next };
    let (Some(first), Some(last)) = (window.rows.first(), window.rows.last()) else { return Ok(window) };

    // A stay that ends on the first day still shows its half of it.
    let begin = ask.from.pred_opt().unwrap_or(ask.from);
    if let Ok(span) = Nights::new(begin, ask.until()) {
        let (first, last) =
            ((first.name_folded.as_str(), first.property_id), (last.name_folded.as_str(), last.property_id));
        let shown: BTreeSet<UnitId> = units.iter().copied().collect();
        let found = stays::window(read, grant, span, first, last).await?;
        let names = grant.may(PermissionName::GuestsContact);
        window.stays = found
            .into_iter()
            .filter(|stay| shown.contains(&stay.unit_id))
            .map(|stay| bar(stay, names, language))
            .collect();
    }
    if let Ok(grant) = grant.also::<TasksView>() {
        let found = tasks::on_days(read, &grant, &units, ask.from, ask.until()).await?;
        window.turnovers = found
            .into_iter()
            .map(|task| Mark {
                id: task.id,
                unit_id: task.unit_id,
                date: task.due_on,
                same_day: task.same_day,
                status: task.status,
            })
            .collect();
    }
    Ok(window)
}

fn bar(stay: WindowStay, names: bool, language: Language) -> Bar {
    let mut bar = Bar {
        id: stay.id,
        unit_id: stay.unit_id,
        kind: stay.kind,
        status: stay.status,
        channel: stay.channel,
        label: String::new(),
        check_in: stay.nights.check_in(),
        check_out: stay.nights.check_out(),
        conflict: stay.in_conflict,
        needs_review: stay.needs_review,
    };
    bar.label = stay
        .guest_name
        .filter(|_| names)
        .unwrap_or_else(|| text::text(language, &format!("channel-{}", bar.badge().replace('_', "-"))).to_owned());
    bar
}
