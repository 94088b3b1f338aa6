//! Every route of the application, by feature.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use webkit::{ActorSource, Credentials, IdempotencyStore, Identified, Kit, PublicUrl, Routes, WebError, assemble};

use crate::{App, accounts::Sessions, api_tokens, errors::OurErrorPages, idempotency::KeptAnswers};

/// The declarations of all features. The router, the API's description and the authorization tests read them.
#[must_use]
pub fn routes() -> Routes<App> {
    let features = [
        crate::accounts::routes(),
        crate::admin::routes(),
        crate::api_tokens::routes(),
        crate::assets::routes(),
        crate::availability::routes(),
        crate::calendar::routes(),
        crate::calendar_links::routes(),
        crate::dashboard::routes(),
        crate::developers::routes(),
        crate::feeds::routes(),
        crate::guests::routes(),
        crate::mail::routes(),
        crate::members::routes(),
        crate::organizations::routes(),
        crate::owners::routes(),
        crate::photos::routes(),
        crate::properties::routes(),
        crate::property_access::routes(),
        crate::reports::routes(),
        crate::stays::routes(),
        crate::system::routes(),
        crate::tasks::routes(),
        crate::units::routes(),
    ];
    features.into_iter().fold(Routes::new(), Routes::merge)
}

/// The application as one router. `public_url` is where browsers reach it.
pub fn router(app: &App, public_url: PublicUrl) -> Router {
    let actors = Arc::new(Actors { app: app.clone(), sessions: Sessions::new(app.clone()) });
    router_for(app, public_url, actors, Arc::new(KeptAnswers::new(app.clone())))
}

/// The same with other sources of who asks and of kept answers: for tests.
pub(crate) fn router_for(
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

/// Who asks: an API token's user when there is a token, or else the session's.
struct Actors {
    app: App,
    sessions: Sessions,
}

#[async_trait]
impl ActorSource for Actors {
    async fn identify(&self, credentials: &Credentials<'_>) -> Result<Identified, WebError> {
        match credentials.bearer {
            Some(secret) => {
                let identity = api_tokens::identify(&self.app, secret).await?;
                Ok(Identified { identity, cookies: Vec::new() })
            }
            None => self.sessions.identify(credentials).await,
        }
    }
}
