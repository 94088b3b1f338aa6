//! The page that asks what becomes of a stay: who comes, when it becomes a reservation; why, when it becomes a block.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use kernel::{Currency, Fault, FieldErrors, Grant, StayId, permissions::StaysEdit};
use webkit::{Allowed, Csrf, Flash, Path, Web, WebError};

use super::service;
use crate::{
    App,
    stays::{
        BlockKind, ChangeStay, Channel, Stay, StayError, StayForm, StayKind,
        pages::{place, steps::refusal, who_of},
        service as stays,
    },
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "stays/convert/templates/ask.html")]
struct AskPage {
    page: Page,
    stay: Stay,
    who: String,
    place: String,
    dates: String,
    form: Form,
    currency: Currency,
    channels: Vec<Choice>,
    block_kinds: Vec<Choice>,
}

impl AskPage {
    /// Where and when.
    fn nights(&self) -> String {
        self.page.t_with("convert-where", &[("place", &self.place), ("dates", &self.dates)])
    }
    fn becomes_block(&self) -> bool {
        self.stay.kind == StayKind::Reservation
    }
    fn is_imported(&self) -> bool {
        self.stay.feed_id.is_some()
    }
    /// Whether more guests than the property takes were typed, so that the form asks whether they are meant.
    fn asks_capacity(&self) -> bool {
        self.form.error("adults").is_some_and(|error| error.code == "over_capacity")
            || self.form.checked("over_capacity")
    }
}

async fn found(app: &App, grant: &Grant<StaysEdit>, id: StayId) -> Result<(Stay, Currency), WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let currency = stays::currency(&mut read, grant).await.map_err(Fault::from)?;
    Ok((stays::find(&mut read, grant, id).await?, currency))
}

fn ask_page(
    web: &Web,
    (stay, currency): (Stay, Currency),
    form: &StayForm,
    errors: FieldErrors,
) -> Result<Response, WebError> {
    let page = Page::of(web);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = html(&AskPage {
        who: who_of(&page, &stay),
        place: place(&stay),
        dates: page.date_range(stay.nights.check_in(), stay.nights.check_out()),
        form: Form::of(form).with_errors(errors),
        currency,
        channels: page.choices("channel", Channel::ALL.iter().map(|channel| channel.as_str())),
        block_kinds: page.choices("block-kind", BlockKind::ALL.iter().map(|kind| kind.as_str())),
        stay,
        page,
    })?;
    Ok((status, shown).into_response())
}

pub(super) async fn ask(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
) -> Result<Response, WebError> {
    let (stay, currency) = found(&app, &grant, id).await?;
    if !stay.may_convert() {
        web.flash(&refusal(&Page::of(&web), StayError::NotNow(stay.status))?);
        return Ok(web.redirect(&format!("/stays/{id}")));
    }
    let mut form = StayForm::of(&stay);
    if stay.kind == StayKind::Block && stay.feed_id.is_none() {
        form.adults = "2".to_owned();
    }
    ask_page(&web, (stay, currency), &form, FieldErrors::new())
}

pub(super) async fn convert(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<StayForm>,
) -> Result<Response, WebError> {
    let (stay, currency) = found(&app, &grant, id).await?;
    let converted = match ChangeStay::parse_converted(&form, &stay, currency) {
        Ok(change) => service::convert(&app, &grant, id, &change).await,
        Err(errors) => Err(errors.into()),
    };
    match converted {
        Ok(stay) => web.flash(&Flash::success(match stay.kind {
            StayKind::Reservation => "convert-flash-reservation",
            StayKind::Block => "convert-flash-block",
        })),
        Err(StayError::Invalid(errors)) => return ask_page(&web, (stay, currency), &form, errors),
        Err(error) => web.flash(&refusal(&Page::of(&web), error)?),
    }
    Ok(web.redirect(&format!("/stays/{id}")))
}
