//! The pages of accounts.

pub(super) mod links;
pub(super) mod profile;
pub(super) mod visitors;

use kernel::{Language, SessionId, Zone, country};
use webkit::{Identity, Via, Web, WebError};

use super::service::sign_in::Visitor;
use crate::ui::{Choice, Page};

/// The session of a page's user. Pages take no API tokens.
pub(crate) fn session_of(identity: &Identity) -> Result<SessionId, WebError> {
    match identity.via {
        Via::Session { id, .. } => Ok(id),
        Via::Token(_) => Err(WebError::sign_in_required()),
    }
}

/// What the browser says about itself.
pub(crate) fn visitor(web: &Web) -> Visitor {
    let cookie = |name| web.cookies().get(name).map(str::to_owned);
    Visitor {
        address: web.client().to_string(),
        user_agent: web.user_agent().to_owned(),
        device: cookie(super::service::sign_in::DEVICE),
        session: cookie(super::service::session::SESSION),
    }
}

/// Where somebody begins who is signed in.
fn home(identity: &Identity) -> &'static str {
    if identity.actor.membership.is_none() && identity.actor.is_admin { "/admin" } else { "/dashboard" }
}

/// Every country, with what it proposes.
pub(crate) fn countries(page: &Page) -> Vec<Choice> {
    let choice = |country: country::Country| {
        let mut choice = Choice::new(country.code(), country.name(page.language));
        choice.zone = country.zones().first().map(|zone| zone.name().to_owned()).unwrap_or_default();
        choice.currency = country.currency().map(|currency| currency.code().to_owned()).unwrap_or_default();
        choice
    };
    country::all_sorted(page.language).into_iter().map(choice).collect()
}

/// Every time zone.
pub(crate) fn zones() -> Vec<Choice> {
    Zone::names().map(|name| Choice::new(name, name.replace('_', " "))).collect()
}

/// Every language, by its own name.
pub(crate) fn languages(page: &Page) -> Vec<Choice> {
    page.choices("language", Language::ALL.iter().map(|language| language.as_str()))
}
