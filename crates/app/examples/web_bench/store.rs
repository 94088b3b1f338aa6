//! Houses and stays by the thousand, as the use cases would have written them.

use app::App;
use chrono::{Days, TimeDelta};
use db::{DbError, Insert, row, sql};
use kernel::{Date, OrganizationId, PropertyId, StayId, TaskId, UnitId, instant_micros};

const HOUSES: u32 = 500;
const STAYS_EACH: u32 = 30;
/// From the arrival of a stay to the arrival of the next in the same house, in days: the last night before it is free.
const CYCLE: u64 = 12;
/// Zones, so that "today" is not the same everywhere.
const ZONES: [&str; 2] = ["Europe/Madrid", "Atlantic/Canary"];
const CHANNELS: [&str; 4] = ["airbnb", "vrbo", "booking_com", "direct"];

/// Fills the one organization that there is.
pub(crate) async fn fill(app: &App) -> Result<(), DbError> {
    let organization = sql!("SELECT id FROM organization").query();
    let organization = organization.fetch_one(&mut app.db.read().await?, |row| row.get("id")).await?;
    let units = houses(app, organization).await?;
    stays(app, organization, &units).await
}

async fn houses(app: &App, organization: OrganizationId) -> Result<Vec<UnitId>, DbError> {
    let now = instant_micros(app.env.now());
    let mut properties = Insert::into(
        "property",
        [
            "organization_id",
            "id",
            "name",
            "name_folded",
            "property_type",
            "status",
            "country",
            "zone",
            "check_in_time",
            "check_out_time",
            "bedrooms",
            "bathroom_halves",
            "capacity",
            "colour",
            "created_at",
            "updated_at",
        ],
    );
    let mut rows = Insert::into("unit", ["organization_id", "id", "property_id", "created_at"]);
    let mut units = Vec::new();
    for (n, zone) in (0..HOUSES).zip(ZONES.iter().cycle()) {
        let (property, unit) = (PropertyId::new(&app.env), UnitId::new(&app.env));
        let (name, folded) = (format!("House {n:03}"), format!("house {n:03}"));
        properties.push(row![
            organization,
            property,
            name,
            folded,
            "house",
            "active",
            "ES",
            *zone,
            960_i64,
            660_i64,
            2_i64,
            2_i64,
            6_i64,
            "teal",
            now,
            now
        ]);
        rows.push(row![organization, unit, property, now]);
        units.push(unit);
    }
    let mut tx = app.db.begin().await?;
    properties.execute(&mut tx).await?;
    rows.execute(&mut tx).await?;
    tx.commit().await?;
    Ok(units)
}

/// Half of them in the past, half ahead; the guests of each house are followed by others within a day or a few.
async fn stays(app: &App, organization: OrganizationId, units: &[UnitId]) -> Result<(), DbError> {
    let (now, today) = (instant_micros(app.env.now()), app.env.now().date_naive());
    let first = today - TimeDelta::days(i64::from(STAYS_EACH / 2) * i64::try_from(CYCLE).unwrap_or(12));
    let mut stays = Insert::into(
        "stay",
        [
            "organization_id",
            "id",
            "unit_id",
            "kind",
            "status",
            "channel",
            "check_in",
            "check_out",
            "guest_name",
            "search_text",
            "adults",
            "children",
            "infants",
            "pets",
            "amount_minor",
            "currency",
            "created_at",
            "updated_at",
        ],
    );
    let mut claims = Insert::into("unit_night", ["organization_id", "unit_id", "night", "stay_id"]);
    let mut nights = Insert::into("stay_night", ["organization_id", "stay_id", "night", "price_minor", "currency"]);
    let mut tasks = Insert::into(
        "task",
        ["organization_id", "id", "kind", "status", "unit_id", "stay_id", "due_on", "created_at", "updated_at"],
    );
    for (unit, shift) in units.iter().zip((0..CYCLE).cycle()) {
        for (n, channel) in (0..u64::from(STAYS_EACH)).zip(CHANNELS.iter().cycle()) {
            let length = 3 + (n + shift) % (CYCLE - 2);
            let check_in: Date = first + Days::new(n * CYCLE + shift);
            let check_out = check_in + Days::new(length);
            let (id, task) = (StayId::new(&app.env), TaskId::new(&app.env));
            let (status, done) = match today {
                _ if check_out < today => ("checked_out", "completed"),
                _ if check_in < today => ("checked_in", "pending"),
                _ => ("confirmed", "pending"),
            };
            let guest = format!("Guest {n} of {shift}");
            let amount = i64::try_from(length).unwrap_or(1) * 10_000;
            stays.push(row![
                organization,
                id,
                *unit,
                "reservation",
                status,
                *channel,
                check_in,
                check_out,
                &guest,
                &guest,
                2_i64,
                1_i64,
                0_i64,
                0_i64,
                amount,
                "EUR",
                now,
                now
            ]);
            for night in check_in.iter_days().take_while(|night| *night < check_out) {
                claims.push(row![organization, *unit, night, id]);
                nights.push(row![organization, id, night, 10_000_i64, "EUR"]);
            }
            tasks.push(row![organization, task, "turnover", done, *unit, id, check_out, now, now]);
        }
    }
    let mut tx = app.db.begin().await?;
    stays.execute(&mut tx).await?;
    claims.execute(&mut tx).await?;
    nights.execute(&mut tx).await?;
    tasks.execute(&mut tx).await?;
    tx.commit().await
}
