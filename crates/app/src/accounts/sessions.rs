//! Who asks: the application's side of [`webkit::ActorSource`].

use async_trait::async_trait;
use webkit::{ActorSource, Credentials, Identified, WebError};

use super::service::session::{REMEMBER, SESSION, identify};
use crate::App;

/// Looks sessions up in the database.
pub struct Sessions(App);

impl Sessions {
    /// The sessions of this application.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self(app)
    }
}

#[async_trait]
impl ActorSource for Sessions {
    async fn identify(&self, credentials: &Credentials<'_>) -> Result<Identified, WebError> {
        let cookie = |name| credentials.cookies.get(name).filter(|value| !value.is_empty());
        if cookie(SESSION).is_none() && cookie(REMEMBER).is_none() {
            return Ok(Identified::default());
        }
        Ok(identify(&self.0, cookie(SESSION), cookie(REMEMBER)).await?)
    }
}
