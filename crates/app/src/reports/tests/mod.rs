//! Tests of reports. Stays are written as rows, with the claims that the rules of stays give them.

mod http;
mod model;
mod naive;
mod random;
mod service;

use std::collections::BTreeMap;

use chrono::{Days, TimeDelta};
use db::Insert;
use kernel::{Date, FeedId, Instant, Nights, StayId, UnitId, instant_micros, permissions::ReportsView};

use super::*;
use crate::{
    stays::{BlockKind, Channel, Holds, StayKind, StayStatus},
    testing::{House as TestHouse, World},
};

/// A day of January 2027, or so many days after its first.
pub(super) fn day(number: i64) -> Date {
    "2026-12-31".parse::<Date>().unwrap() + TimeDelta::days(number)
}

pub(super) fn nights(from: i64, until: i64) -> Nights {
    Nights::new(day(from), day(until)).unwrap()
}

/// A stay to be written.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: StayId,
    pub(super) unit: UnitId,
    pub(super) kind: StayKind,
    pub(super) block_kind: Option<BlockKind>,
    pub(super) status: StayStatus,
    pub(super) channel: Channel,
    pub(super) nights: Nights,
    /// The price of each night; none for what a calendar brought.
    pub(super) prices: Option<Vec<i64>>,
    pub(super) feed: Option<FeedId>,
    pub(super) created_at: Instant,
}

impl Row {
    /// A confirmed direct reservation of a whole house, booked when the world begins.
    pub(super) fn new(world: &World, house: TestHouse, from: i64, until: i64) -> Self {
        Self {
            id: StayId::new(&world.env),
            unit: house.unit,
            kind: StayKind::Reservation,
            block_kind: None,
            status: StayStatus::Confirmed,
            channel: Channel::Direct,
            nights: nights(from, until),
            prices: None,
            feed: None,
            created_at: world.env.now(),
        }
    }

    pub(super) fn priced(self, minor: i64) -> Self {
        let prices = self.nights.iter().map(|_| minor).collect();
        Self { prices: Some(prices), ..self }
    }

    pub(super) fn with_status(self, status: StayStatus) -> Self {
        Self { status, ..self }
    }

    pub(super) fn blocked(self, kind: BlockKind) -> Self {
        Self { kind: StayKind::Block, block_kind: Some(kind), ..self }
    }

    fn amount(&self) -> Option<i64> {
        self.prices.as_ref().map(|prices| prices.iter().sum())
    }

    /// The nights that it wants of its unit and of those below.
    fn wanted(&self) -> Vec<Date> {
        match self.status.holds() {
            Holds::All | Holds::Slept => self.nights.iter().collect(),
            Holds::First => vec![self.nights.check_in()],
            Holds::Nothing => Vec::new(),
        }
    }
}

/// Who has which night of which unit.
pub(super) type Claims = BTreeMap<(UnitId, Date), StayId>;

/// Gives each stay what is still free of what it wants, in this order.
pub(super) fn claims(rows: &[Row], below: &BTreeMap<UnitId, Vec<UnitId>>) -> Claims {
    let mut claims = Claims::new();
    for row in rows {
        let units = below.get(&row.unit).cloned().unwrap_or_else(|| vec![row.unit]);
        for unit in units {
            for night in row.wanted() {
                claims.entry((unit, night)).or_insert(row.id);
            }
        }
    }
    claims
}

/// Writes stays with their nights and claims.
pub(super) async fn write(world: &World, rows: &[Row], claims: &Claims) {
    let organization = world.home.organization;
    let mut tx = world.db.begin().await.unwrap();
    let columns = [
        "organization_id",
        "id",
        "unit_id",
        "kind",
        "block_kind",
        "status",
        "channel",
        "check_in",
        "check_out",
        "adults",
        "children",
        "infants",
        "pets",
        "amount_minor",
        "currency",
        "feed_id",
        "created_at",
        "updated_at",
    ];
    let stays = rows.iter().map(|row| {
        let created = instant_micros(row.created_at);
        db::row![
            organization,
            row.id,
            row.unit,
            row.kind,
            row.block_kind,
            row.status,
            row.channel,
            row.nights.check_in(),
            row.nights.check_out(),
            2_i64,
            0_i64,
            0_i64,
            0_i64,
            row.amount(),
            row.amount().map(|_| "EUR"),
            row.feed,
            created,
            created
        ]
    });
    Insert::into("stay", columns).rows(stays).execute(&mut tx).await.unwrap();
    let nights = rows.iter().flat_map(|row| {
        row.nights.iter().enumerate().map(move |(place, night)| {
            let price = row.prices.as_ref().map(|prices| prices[place]);
            db::row![organization, row.id, night, price, price.map(|_| "EUR")]
        })
    });
    Insert::into("stay_night", ["organization_id", "stay_id", "night", "price_minor", "currency"])
        .rows(nights)
        .execute(&mut tx)
        .await
        .unwrap();
    let claims = claims.iter().map(|((unit, night), stay)| db::row![organization, *unit, *night, *stay]);
    Insert::into("unit_night", ["organization_id", "unit_id", "night", "stay_id"])
        .rows(claims)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Writes stays of whole houses, the first come having the nights.
pub(super) async fn put(world: &World, rows: &[Row]) {
    write(world, rows, &claims(rows, &BTreeMap::new())).await;
}

pub(super) fn ask(nights: Nights) -> Ask {
    Ask { period: PeriodName::Custom, custom: Some(nights), property: None }
}

/// What a manager is told of these nights.
pub(super) async fn told(world: &World, nights: Nights) -> Report {
    let mut read = world.db.read().await.unwrap();
    report(&mut read, &world.manager::<ReportsView>(), &ask(nights), world.env.now()).await.unwrap()
}

/// The date so many days earlier, at an hour in UTC.
pub(super) fn earlier(date: Date, days: u64, hour: u32) -> Instant {
    (date - Days::new(days)).and_hms_opt(hour, 30, 0).unwrap().and_utc()
}
