//! Reports as JSON: the same figures as on the page.

use axum::{Json, extract::State};
use kernel::{Currency, Date, Fault, Money, Nights, PropertyId, permissions::ReportsView};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, Query, WebError};

use super::{
    model::{Figures, NightCounts, Ratio, Report},
    period::{self, PeriodName},
    service::{self, Ask},
};
use crate::{App, stays::Channel};

/// Which nights, and of which property.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct OccupancyQuery {
    /// The first night, `YYYY-MM-DD`; needed.
    #[serde(default)]
    from: String,
    /// The last night, at most three years after the first; needed.
    #[serde(default)]
    until: String,
    /// Only this property; all of them when it is not given.
    #[serde(default)]
    property_id: Option<PropertyId>,
}

/// A range of nights, both ends included.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NightsBody {
    from: Date,
    until: Date,
    /// How many.
    nights: u32,
}

impl From<Nights> for NightsBody {
    fn from(nights: Nights) -> Self {
        Self { from: nights.check_in(), until: period::last(nights), nights: nights.count() }
    }
}

/// A part of a whole.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ShareBody {
    numerator: i64,
    denominator: i64,
    /// The part in ten thousandths, rounded half up; null when the denominator is zero.
    basis_points: Option<i64>,
}

impl From<Ratio> for ShareBody {
    fn from(ratio: Ratio) -> Self {
        Self { numerator: ratio.part, denominator: ratio.whole, basis_points: ratio.scaled(10_000) }
    }
}

/// A mean.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MeanBody {
    sum: i64,
    count: i64,
    /// The mean in hundredths, rounded half up; null of nothing.
    hundredths: Option<i64>,
}

impl From<Ratio> for MeanBody {
    fn from(ratio: Ratio) -> Self {
        Self { sum: ratio.part, count: ratio.whole, hundredths: ratio.scaled(100) }
    }
}

/// What nights earned.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TakingsBody {
    /// The sum of the prices of sold nights, each frozen with its stay.
    revenue: Money,
    /// Sold nights with a price above zero: what ADR divides by.
    paid_nights: i64,
    /// Revenue by paid nights; null without any.
    adr: Option<Money>,
    /// Revenue by nights for sale, which is what adjusted occupancy divides by; null without any, and for a channel.
    revpar: Option<Money>,
}

impl TakingsBody {
    fn of(counts: &NightCounts, currency: Currency) -> Self {
        let money = |minor| Money::new(minor, currency);
        Self {
            revenue: money(counts.revenue),
            paid_nights: counts.paid,
            adr: counts.adr().scaled(1).map(money),
            revpar: counts.revpar().scaled(1).map(money),
        }
    }
}

/// Nights of properties.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OccupancyBody {
    /// One a night for each property, from the day it was added or its first taken night until it was archived.
    total_nights: i64,
    /// With guests of an agreed reservation; at most one a night for each property.
    guest_nights: i64,
    /// Taken whole by the owner.
    owner_nights: i64,
    /// Blocked whole, or kept for a reservation that is not agreed yet.
    held_nights: i64,
    /// Guest nights by total nights.
    occupancy: ShareBody,
    /// Guest nights by total nights without those of owners and those held.
    adjusted_occupancy: ShareBody,
    /// Nights of guests and owners by total nights.
    used: ShareBody,
    /// Nights of stays, each stay apart: more than guest nights only where a house is let by the room.
    sold_nights: i64,
    /// Null without the permission `money.view`.
    takings: Option<TakingsBody>,
}

impl OccupancyBody {
    fn of(counts: &NightCounts, currency: Option<Currency>) -> Self {
        Self {
            total_nights: counts.total,
            guest_nights: counts.guest,
            owner_nights: counts.owner,
            held_nights: counts.held,
            occupancy: counts.occupancy().into(),
            adjusted_occupancy: counts.adjusted().into(),
            used: counts.used().into(),
            sold_nights: counts.sold,
            takings: currency.map(|currency| TakingsBody::of(counts, currency)),
        }
    }
}

/// Reservations that begin, or were to begin, in the period.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ArrivalsBody {
    /// Agreed ones, but for no-shows.
    arrivals: i64,
    /// Sold nights by arrivals.
    mean_stay: MeanBody,
    /// Days from booking to arrival, of the arrivals whose booking was seen.
    lead_days: MeanBody,
    /// Cancelled ones by agreed and cancelled ones.
    cancellation: ShareBody,
    /// The same by their amounts in minor units; null without the permission `money.view`.
    cancelled_value: Option<ShareBody>,
}

impl ArrivalsBody {
    fn of(figures: &Figures, currency: Option<Currency>) -> Self {
        Self {
            arrivals: figures.stays.arrivals,
            mean_stay: figures.mean_stay().into(),
            lead_days: figures.stays.lead().into(),
            cancellation: figures.stays.cancellation().into(),
            cancelled_value: currency.map(|_| figures.stays.cancelled_value().into()),
        }
    }
}

/// All figures of some properties.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FiguresBody {
    #[serde(flatten)]
    nights: OccupancyBody,
    #[serde(flatten)]
    stays: ArrivalsBody,
}

impl FiguresBody {
    fn of(figures: &Figures, currency: Option<Currency>) -> Self {
        Self { nights: OccupancyBody::of(&figures.nights, currency), stays: ArrivalsBody::of(figures, currency) }
    }
}

/// A property with its figures.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PropertyFigures {
    property_id: PropertyId,
    name: String,
    archived: bool,
    #[serde(flatten)]
    figures: FiguresBody,
}

/// A channel with its figures. It has no nights of its own to be full, so no occupancy.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ChannelFigures {
    channel: Channel,
    sold_nights: i64,
    /// Null without the permission `money.view`.
    takings: Option<TakingsBody>,
    #[serde(flatten)]
    stays: ArrivalsBody,
}

/// A day or a month with its nights.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StepFigures {
    #[serde(flatten)]
    period: NightsBody,
    #[serde(flatten)]
    nights: OccupancyBody,
}

/// How full properties are and what they earn. What stands for several properties is a ratio of their sums.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ReportBody {
    period: NightsBody,
    /// As many nights, up to the period.
    previous_period: NightsBody,
    total: FiguresBody,
    previous_total: FiguresBody,
    /// Every property that was there in the period, by name.
    properties: Vec<PropertyFigures>,
    /// Every channel that sold a night or had an arrival, the one with most nights first.
    channels: Vec<ChannelFigures>,
    /// The days of a period of at most 62 nights, the months of a longer one.
    steps: Vec<StepFigures>,
}

impl From<Report> for ReportBody {
    fn from(report: Report) -> Self {
        let currency = report.currency;
        Self {
            period: report.nights.into(),
            previous_period: report.before.into(),
            total: FiguresBody::of(&report.total, currency),
            previous_total: FiguresBody::of(&report.total_before, currency),
            properties: report
                .properties
                .into_iter()
                .map(|(house, figures)| PropertyFigures {
                    property_id: house.id,
                    name: house.name,
                    archived: house.archived_at.is_some(),
                    figures: FiguresBody::of(&figures, currency),
                })
                .collect(),
            channels: report
                .channels
                .into_iter()
                .map(|(channel, figures)| ChannelFigures {
                    channel,
                    sold_nights: figures.nights.sold,
                    takings: currency.map(|currency| TakingsBody::of(&figures.nights, currency)),
                    stays: ArrivalsBody::of(&figures, currency),
                })
                .collect(),
            steps: report
                .steps
                .into_iter()
                .map(|(nights, counts)| StepFigures {
                    period: nights.into(),
                    nights: OccupancyBody::of(&counts, currency),
                })
                .collect(),
        }
    }
}

pub(super) async fn occupancy(
    State(app): State<App>,
    Allowed(grant): Allowed<ReportsView>,
    Query(query): Query<OccupancyQuery>,
) -> Result<Json<ReportBody>, WebError> {
    let ask = Ask::parse(PeriodName::Custom, &query.from, &query.until, query.property_id)?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(service::report(&mut read, &grant, &ask, app.env.now()).await?.into()))
}
