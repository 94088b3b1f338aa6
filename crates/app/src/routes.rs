//! Every route of the application, by feature.

use std::sync::Arc;

use axum::Router;
use webkit::{ActorSource, IdempotencyStore, Kit, PublicUrl, Routes, assemble};

use crate::{App, errors::OurErrorPages};

/// The declarations of all features. The router, the API's description and the authorization tests read them.
#[must_use]
pub fn routes() -> Routes<App> {
    let features = [
        crate::api_tokens::routes(),
        crate::assets::routes(),
        crate::calendar::routes(),
        crate::developers::routes(),
        crate::mail::routes(),
        crate::properties::routes(),
        crate::stays::routes(),
        crate::system::routes(),
    ];
    features.into_iter().fold(Routes::new(), Routes::merge)
}

/// The application as one router. `actors` says who asks, `idempotency` keeps answers for repeated requests.
#[must_use]
pub fn router(
    app: &App,
    public_url: PublicUrl,
    actors: Arc<dyn ActorSource>,
    idempotency: Arc<dyn IdempotencyStore>,
) -> Router {
    let kit = Kit::new(
        app.env.clone(),
        app.keys.secret_for("webkit"),
        app.config.web_settings(public_url),
        actors,
        Arc::new(OurErrorPages),
        idempotency,
    );
    assemble(kit, routes(), app.clone())
}
