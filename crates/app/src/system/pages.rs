//! `/health/live` and `/health/ready`: plain words for machines.

use axum::extract::State;
use http::StatusCode;
use webkit::{LimitClass, Routes, public};

use crate::App;

type Answer = (StatusCode, &'static str);

/// The routes of this feature.
#[must_use]
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/health/live", public("whoever keeps the process running asks it"), live)
        .limit(LimitClass::Unlimited)
        .get("/health/ready", public("whoever spreads the requests asks it"), ready)
        .limit(LimitClass::Unlimited)
}

async fn live() -> Answer {
    (StatusCode::OK, "live\n")
}

/// Not while ending, and not without a database.
async fn ready(State(app): State<App>) -> Answer {
    if app.draining.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "ending\n");
    }
    match app.db.read().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready: no connection to the database");
            (StatusCode::SERVICE_UNAVAILABLE, "no database\n")
        }
    }
}
