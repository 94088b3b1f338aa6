//! Reports: how full the properties are and what their nights earn.
//!
//! It owns no rows: every figure is derived from stays, their claims and their nights when it is asked for. What is counted:
//!
//! - **A period** is a range of nights. "Today" and its month are those of the organization's zone. It is compared with the period of as
//!   many nights that ends where it begins.
//! - **Nights in all** (capacity): one a night for each property, whatever its rooms are, from the date on which it was added, or from its
//!   first taken night when that is earlier (a history that was imported), up to the date on which it was archived, or after its last
//!   taken night. One that was brought back counts as if it had never been away. So no night is counted that is not among them, and the
//!   nights of two periods add up to those of both.
//! - **Taken nights** are claims (`unit_night`), whose key gives a night of a unit to one stay: of two stays in conflict, only the one that
//!   has the night counts there.
//! - **Guest nights** are the nights of a property with guests, at most one each: a reservation that was agreed (confirmed, checked in,
//!   checked out), or the night that a no-show keeps, of the whole or of any unit below it. **Sold nights** count each stay apart: two
//!   rooms of a house in one night are two of them. Where no house is let by the room they are the same.
//!   What a calendar brought and nobody has reviewed counts as what it is kept as.
//! - **Owner nights** and **held nights** take the whole property: its owner stays, or it is blocked, or a reservation is not agreed yet
//!   (hold, pending). A room that is blocked leaves the rest of the house for sale, so it takes nothing away.
//! - **Occupancy** is guest nights by nights in all; **adjusted**, by nights in all without owner and held nights; **used** counts owners
//!   as well as guests.
//! - **Revenue** is the sum of the prices of sold nights, each frozen with its stay (`stay_night`), in the organization's currency.
//!   **ADR** is revenue by sold nights with a price above zero, so free stays and imports without a price are outside it. **RevPAR** is
//!   revenue by the nights of adjusted occupancy.
//! - **Arrivals** are agreed reservations that begin in the period; the **mean stay** is sold nights by arrivals; **lead time** is the mean
//!   of the days from booking to arrival, over the arrivals whose booking was seen: what a calendar brought on its first day was booked
//!   some time before. **Cancellations** are part of the agreed and the cancelled reservations that were to begin in the period.
//! - What stands for several properties is a ratio of their sums, never a mean of their ratios.
//!
//! Permission: `reports.view`; amounts only with `money.view`. Owners have the properties they own.

mod api;
mod chart;
mod csv;
mod model;
mod pages;
mod period;
mod service;
mod store;
#[cfg(test)]
mod tests;
mod view;

use kernel::permissions::ReportsView;
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use model::{Figures, House, NightCounts, Ratio, Report, StayCounts};
pub use period::{PeriodName, Step};
pub use service::{Ask, ReportError, report};

/// The routes of reports.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/reports", allow::<ReportsView>(), pages::show)
        .get("/reports/properties.csv", allow::<ReportsView>(), pages::properties_csv)
        .get("/reports/channels.csv", allow::<ReportsView>(), pages::channels_csv)
        .api_get(
            "/api/v1/reports/occupancy",
            allow::<ReportsView>(),
            api::occupancy,
            ApiDoc::new("Occupancy and revenue of a period, by property, channel, and day or month")
                .query::<api::OccupancyQuery>()
                .answer::<api::ReportBody>(200),
        )
}
