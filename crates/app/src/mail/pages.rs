//! The development mailbox. Whoever is not at this machine, or asks in production, finds nothing there.

use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
};
use http::header::CONTENT_SECURITY_POLICY;
use kernel::{MailId, Zone};
use webkit::{Path, Web, WebError};

use super::{model::StoredMail, service};
use crate::{
    App,
    ui::{self, Page},
};

/// A mail is not ours to trust: a browser shows it as a document of no origin, without scripts and without fetching anything.
const MAIL_POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

fn only_here(app: &App, web: &Web) -> Result<(), WebError> {
    if service::is_shown(app) && web.client().is_loopback() { Ok(()) } else { Err(WebError::not_found()) }
}

#[derive(Template)]
#[template(path = "mail/templates/dev_list.html")]
struct ListPage {
    page: Page,
    mails: Vec<StoredMail>,
    zone: Zone,
}

pub(super) async fn list(State(app): State<App>, web: Web) -> Result<Response, WebError> {
    only_here(&app, &web)?;
    let mails = service::recent(&app).await?;
    ui::html(&ListPage { page: Page::of(&web), mails, zone: zone(&web) })
}

#[derive(Template)]
#[template(path = "mail/templates/dev_show.html")]
struct ShowPage {
    page: Page,
    mail: StoredMail,
    /// The lines of the text, and whether each is an address of ours, which becomes a link.
    lines: Vec<(String, bool)>,
    zone: Zone,
}

pub(super) async fn show(State(app): State<App>, web: Web, Path(id): Path<MailId>) -> Result<Response, WebError> {
    only_here(&app, &web)?;
    let mail = service::find(&app, id).await?.ok_or_else(WebError::not_found)?;
    let lines = mail.text.iter().flat_map(|text| text.lines());
    let lines = lines.map(|line| (line.to_owned(), line.starts_with(app.public_url.as_str()))).collect();
    let mut response = ui::html(&ShowPage { page: Page::of(&web), mail, lines, zone: zone(&web) })?;
    let policy = format!("{}; frame-src 'self'", webkit::CONTENT_SECURITY_POLICY);
    let policy = policy.parse().map_err(|error| kernel::Fault::new("writing a header", error))?;
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

pub(super) async fn html(State(app): State<App>, web: Web, Path(id): Path<MailId>) -> Result<Response, WebError> {
    only_here(&app, &web)?;
    let html = service::find(&app, id).await?.and_then(|mail| mail.html).ok_or_else(WebError::not_found)?;
    Ok(([(CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(html)).into_response())
}

fn zone(web: &Web) -> Zone {
    web.known_identity().map_or(Zone::UTC, |identity| identity.user.zone)
}
