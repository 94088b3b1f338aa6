//! Booking and changing.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{
    Currency, Fault, FieldErrors, Grant, Permission, StayId,
    permissions::{StaysCreate, StaysEdit},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, Path, Query, Web, WebError};

use super::{Other, other, who_of};
use crate::{
    App, availability, guests, properties,
    stays::{BlockKind, ChangeStay, Channel, NewStay, Stay, StayError, StayForm, StayKind, service},
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "stays/templates/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    kind: StayKind,
    /// The stay that is changed and what to call it; `None` for a new one.
    stay: Option<(Stay, String)>,
    currency: Currency,
    units: Vec<Choice>,
    channels: Vec<Choice>,
    block_kinds: Vec<Choice>,
    taken: Option<Other>,
    /// Rules that the stay would break, in words.
    broken: Vec<String>,
    stale: bool,
    /// Known people to choose from; for who may see them.
    chooser: Option<guests::Chooser>,
}

impl FormPage {
    /// Where the form goes, and where giving up leads.
    fn address(&self) -> String {
        self.stay.as_ref().map_or_else(|| "/stays/new".to_owned(), |(stay, _)| format!("/stays/{}/edit", stay.id))
    }
    fn back(&self) -> String {
        self.stay.as_ref().map_or_else(|| "/stays".to_owned(), |(stay, _)| format!("/stays/{}", stay.id))
    }
    fn is_block(&self) -> bool {
        self.kind == StayKind::Block
    }
    /// Whether more guests than the property takes were typed, so that the form asks whether they are meant.
    fn asks_capacity(&self) -> bool {
        self.form.error("adults").is_some_and(|error| error.code == "over_capacity")
            || self.form.checked("over_capacity")
    }
    /// Whether rules would be broken, so that the form asks whether that is meant.
    fn asks_rules(&self) -> bool {
        !self.broken.is_empty() || self.form.checked("against_rules")
    }
    /// Whether nights and unit may change.
    fn may_move(&self) -> bool {
        self.stay.as_ref().is_none_or(|(stay, _)| stay.status.is_open())
    }
}

async fn form_page<P: Permission>(
    app: &App,
    web: &Web,
    grant: &Grant<P>,
    form: &StayForm,
    stay: Option<Stay>,
) -> Result<FormPage, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let units = properties::units(&mut read, grant).await.map_err(Fault::from)?;
    let currency = service::currency(&mut read, grant).await.map_err(Fault::from)?;
    let chooser = guests::Chooser::of(&mut read, grant, &form.guest_id, &form.guest_search).await?;
    let page = Page::of(web);
    Ok(FormPage {
        kind: form.kind.parse().unwrap_or(StayKind::Reservation),
        stay: stay.map(|stay| {
            let who = who_of(&page, &stay);
            (stay, who)
        }),
        currency,
        units: units.iter().map(|unit| Choice::new(unit.id.to_string(), unit.label())).collect(),
        channels: page.choices("channel", Channel::ALL.iter().map(|case| case.as_str())),
        block_kinds: page.choices("block-kind", BlockKind::ALL.iter().map(|case| case.as_str())),
        taken: None,
        broken: Vec::new(),
        stale: false,
        chooser,
        form: Form::of(form),
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
pub(in crate::stays) struct NewQuery {
    #[serde(default)]
    kind: Option<StayKind>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    check_in: String,
    #[serde(default)]
    check_out: String,
    /// Who books.
    #[serde(default)]
    guest: String,
}

pub(in crate::stays) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCreate>,
    Query(query): Query<NewQuery>,
) -> Result<Response, WebError> {
    let form = StayForm {
        kind: query.kind.unwrap_or(StayKind::Reservation).to_string(),
        unit_id: query.unit,
        check_in: query.check_in,
        check_out: query.check_out,
        guest_id: query.guest,
        channel: Channel::Direct.to_string(),
        block_kind: BlockKind::OwnerStay.to_string(),
        adults: "2".to_owned(),
        ..StayForm::default()
    };
    html(&form_page(&app, &web, &grant, &form, None).await?)
}

/// Shows the form again with what is wrong; anything else that went wrong is passed on.
async fn again<P: Permission>(
    app: &App,
    web: &Web,
    grant: &Grant<P>,
    form: &StayForm,
    stay: Option<Stay>,
    error: StayError,
) -> Result<Response, WebError> {
    let mut shown = form_page(app, web, grant, form, stay).await?;
    let status = match error {
        StayError::Invalid(errors) => {
            shown.form = shown.form.with_errors(errors);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        StayError::Taken(taken) => {
            shown.form = shown.form.with_errors(FieldErrors::one("check_in", "nights_taken"));
            shown.taken = Some(other(&shown.page, &taken));
            StatusCode::CONFLICT
        }
        StayError::AgainstRules(reasons) => {
            shown.broken = reasons.iter().map(|reason| availability::words(&shown.page, reason)).collect();
            shown.form = shown.form.with_errors(FieldErrors::one("against_rules", "against_rules"));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        StayError::Stale => {
            shown.stale = true;
            StatusCode::CONFLICT
        }
        error => return Err(error.into()),
    };
    Ok((status, html(&shown)?).into_response())
}

async fn currency<P: Permission>(app: &App, grant: &Grant<P>) -> Result<Currency, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(service::currency(&mut read, grant).await.map_err(Fault::from)?)
}

pub(in crate::stays) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCreate>,
    Csrf(form): Csrf<StayForm>,
) -> Result<Response, WebError> {
    if !form.find.is_empty() {
        return html(&form_page(&app, &web, &grant, &form, None).await?);
    }
    let booked = match NewStay::parse(&form, currency(&app, &grant).await?) {
        Ok(new) => service::book(&app, &grant, &new).await,
        Err(errors) => Err(errors.into()),
    };
    match booked {
        Ok(stay) => {
            web.flash(&Flash::success(match stay.kind {
                StayKind::Reservation => "stays-flash-booked",
                StayKind::Block => "stays-flash-blocked",
            }));
            Ok(web.redirect(&format!("/stays/{}", stay.id)))
        }
        Err(error) => again(&app, &web, &grant, &form, None, error).await,
    }
}

async fn found(app: &App, grant: &Grant<StaysEdit>, id: StayId) -> Result<Stay, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(service::find(&mut read, grant, id).await?)
}

pub(in crate::stays) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
) -> Result<Response, WebError> {
    let stay = found(&app, &grant, id).await?;
    html(&form_page(&app, &web, &grant, &StayForm::of(&stay), Some(stay)).await?)
}

pub(in crate::stays) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<StayForm>,
) -> Result<Response, WebError> {
    let stay = found(&app, &grant, id).await?;
    if !form.find.is_empty() {
        return html(&form_page(&app, &web, &grant, &form, Some(stay)).await?);
    }
    let changed = match ChangeStay::parse(&form, &stay, currency(&app, &grant).await?) {
        Ok(change) => service::change(&app, &grant, id, &change).await,
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(_) => {
            web.flash(&Flash::success("stays-flash-saved"));
            Ok(web.redirect(&format!("/stays/{id}")))
        }
        Err(error) => again(&app, &web, &grant, &form, Some(stay), error).await,
    }
}
