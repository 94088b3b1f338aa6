//! The dashboard: what matters today, on one page.
//!
//! It owns no rows. Whoever sees stays gets arrivals, departures, who is in house, conflicts and stale calendars; whoever only works gets
//! their turnovers. "Today" is each property's own date. An empty account gets the three steps to its first calendar instead.

mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use webkit::{Access, Routes};

use crate::App;

/// The route of the dashboard.
pub fn routes() -> Routes<App> {
    Routes::new().get("/dashboard", Access::SignedIn, pages::show)
}
