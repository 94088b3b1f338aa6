//! From a request to the shell of its page.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use kernel::Fault;
use webkit::{FlashKind, Web, WebError};

use super::{Flash, OrganizationLink, Page, Theme, Tone, Viewer};
use crate::text;

impl Page {
    /// The shell for this request: who is signed in, their language and theme, the form token, and the message left by the request
    /// before.
    #[must_use]
    pub fn of(web: &Web) -> Self {
        let language = web.language();
        let flash = web.take_flash().map(|flash| Flash {
            tone: match flash.kind {
                FlashKind::Success => Tone::Success,
                FlashKind::Info => Tone::Info,
                FlashKind::Error => Tone::Error,
            },
            text: text::text_of_flash(language, &flash),
            link: flash.link.as_ref().map(|(href, key)| (href.clone(), text::text(language, key).to_owned())),
        });
        let path = web.path_and_query();
        let token = web.csrf_token();
        let page = match web.known_identity() {
            Some(identity) => {
                let active = identity.actor.membership.map(|membership| membership.organization_id);
                let organizations = identity.memberships.iter().map(|membership| OrganizationLink {
                    id: membership.organization_id,
                    name: membership.organization.clone(),
                    active: Some(membership.organization_id) == active,
                });
                let viewer = Viewer {
                    actor: identity.actor.clone(),
                    name: identity.user.name.clone(),
                    email: identity.user.email.clone(),
                    organizations: organizations.collect(),
                };
                let theme = identity.user.theme.parse().unwrap_or(Theme::System);
                Self::signed_in(viewer, language, theme, path, token)
            }
            None => {
                let chosen = web.cookies().get(Theme::COOKIE).and_then(|theme| theme.parse().ok());
                Self::public(language, chosen.unwrap_or(Theme::System), path, token)
            }
        };
        page.with_flash(flash.into_iter().collect())
    }
}

/// A drawn page as an answer.
///
/// # Errors
/// When the template cannot be drawn: a fault of ours.
pub fn html(template: &impl Template) -> Result<Response, WebError> {
    Ok(Html(template.render().map_err(|error| Fault::new("drawing a page", error))?).into_response())
}
