//! Adding, changing and removing.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{Fault, FeedId, FieldErrors, Grant, PropertyId, permissions::FeedsEdit};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, Path, Query, Web, WebError};

use crate::{
    App,
    feeds::{ChangeFeed, EndMeaning, FeedChannel, FeedError, FeedForm, FeedView, FutureStays, Kind, NewFeed, service},
    properties::{self, PropertyView},
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "feeds/templates/new.html")]
struct NewPage {
    page: Page,
    form: Form,
    property: PropertyView,
    /// Where the property has more than one.
    units: Vec<Choice>,
    channels: Vec<Choice>,
    kinds: Vec<Choice>,
    ends: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "feeds/templates/edit.html")]
struct EditPage {
    page: Page,
    form: Form,
    feed: FeedView,
    feed_name: String,
    /// The address, when it is to be shown.
    address: String,
    kinds: Vec<Choice>,
    ends: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "feeds/templates/remove.html")]
struct RemovePage {
    page: Page,
    form: Form,
    feed: FeedView,
    feed_name: String,
    choices: Vec<Choice>,
}

fn kinds(page: &Page) -> Vec<Choice> {
    page.choices("feeds-kind", Kind::ALL.iter().map(|case| case.as_str()))
}

fn ends(page: &Page) -> Vec<Choice> {
    page.choices("feeds-end", EndMeaning::ALL.iter().map(|case| case.as_str()))
}

async fn new_page(
    app: &App,
    web: &Web,
    grant: &Grant<FeedsEdit>,
    id: PropertyId,
    mut form: Form,
) -> Result<NewPage, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, grant, id).await?;
    let units = properties::units_of(&mut read, grant, id).await.map_err(Fault::from)?;
    let page = Page::of(web);
    if form.value("unit_id").is_empty() {
        form = form.with("unit_id", property.whole_unit);
    }
    Ok(NewPage {
        units: super::unit_choices(&page, units),
        channels: page.choices("channel", FeedChannel::ALL.iter().map(|case| case.as_str())),
        kinds: kinds(&page),
        ends: ends(&page),
        page,
        form,
        property,
    })
}

pub(crate) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    html(&new_page(&app, &web, &grant, id, Form::new()).await?)
}

pub(crate) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<PropertyId>,
    Csrf(form): Csrf<FeedForm>,
) -> Result<Response, WebError> {
    let added = match NewFeed::parse(&form, app.fetcher.as_ref()) {
        Ok(new) => service::add(&app, &grant, &new).await,
        Err(errors) => Err(errors.into()),
    };
    match added {
        Ok(feed) => {
            web.flash(&Flash::success("feeds-flash-added"));
            Ok(web.redirect(&format!("/feeds/{feed}")))
        }
        Err(FeedError::Invalid(errors)) => {
            let form = Form::of(&form).with_errors(errors);
            let page = new_page(&app, &web, &grant, id, form).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn found(app: &App, grant: &Grant<FeedsEdit>, id: FeedId) -> Result<FeedView, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(service::find(&mut read, grant, id).await?)
}

fn edit_page(web: &Web, feed: FeedView, form: Form, address: String) -> EditPage {
    let page = Page::of(web);
    let (kinds, ends) = (kinds(&page), ends(&page));
    EditPage { feed_name: super::title(&page, &feed), page, form, feed, address, kinds, ends }
}

#[derive(Debug, Deserialize)]
pub(crate) struct EditQuery {
    /// `show` shows the address.
    #[serde(default)]
    address: String,
}

pub(crate) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
    Query(query): Query<EditQuery>,
) -> Result<Response, WebError> {
    let feed = found(&app, &grant, id).await?;
    let address = if query.address == "show" { service::address(&app, &grant, &feed)? } else { String::new() };
    let form = Form::of(&FeedForm::of(&feed));
    html(&edit_page(&web, feed, form, address))
}

pub(crate) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
    Csrf(form): Csrf<FeedForm>,
) -> Result<Response, WebError> {
    let changed = match ChangeFeed::parse(&form, app.fetcher.as_ref()) {
        Ok(change) => service::change(&app, &grant, id, &change).await,
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(_) => {
            web.flash(&Flash::success("feeds-flash-saved"));
            Ok(web.redirect(&format!("/feeds/{id}")))
        }
        Err(FeedError::Invalid(errors)) => shown_again(&app, &web, &grant, id, &form, errors).await,
        Err(error) => Err(error.into()),
    }
}

async fn shown_again(
    app: &App,
    web: &Web,
    grant: &Grant<FeedsEdit>,
    id: FeedId,
    form: &FeedForm,
    errors: FieldErrors,
) -> Result<Response, WebError> {
    let feed = found(app, grant, id).await?;
    let page = edit_page(web, feed, Form::of(form).with_errors(errors), String::new());
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}

pub(crate) async fn ask_remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
) -> Result<Response, WebError> {
    let feed = found(&app, &grant, id).await?;
    let page = Page::of(&web);
    let choices = page.choices("feeds-future-stays", FutureStays::ALL.iter().map(|case| case.as_str()));
    let form = Form::new().with("future_stays", FutureStays::Keep);
    html(&RemovePage { feed_name: super::title(&page, &feed), page, form, feed, choices })
}

#[derive(Debug, Deserialize)]
pub(crate) struct RemoveForm {
    future_stays: FutureStays,
}

pub(crate) async fn remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
    Csrf(form): Csrf<RemoveForm>,
) -> Result<Response, WebError> {
    let removed = service::remove(&app, &grant, id, form.future_stays).await?;
    web.flash(&Flash::success("feeds-flash-removed"));
    Ok(web.redirect(&format!("/properties/{}", removed.property_id)))
}
