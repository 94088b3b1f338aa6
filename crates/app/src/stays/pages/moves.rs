//! Moving, splitting and joining: each page says what would happen, and does it when asked to. The timeline borrows their `moves` part
//! for its dialogs.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{Date, Fault, FieldErrors, Grant, StayId, permissions::StaysEdit};
use serde::{Deserialize, Serialize};
use webkit::{Allowed, Csrf, Flash, Path, Query, Web, WebError};

use super::{Other, other, place, who_of};
use crate::{
    App, availability, properties,
    stays::{
        MovePreview, MoveTo, Split, SplitPreview, Stay, StayError, input,
        moves::{self, Join},
        service,
    },
    ui::{Choice, Form, Page, html},
};

/// Where to, as an address or a form has it; what is empty stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::stays) struct MoveForm {
    unit_id: String,
    check_in: String,
    check_out: String,
    version: String,
    over_capacity: String,
    follow_calendar: String,
}

impl MoveForm {
    fn over(self, stay: &Stay) -> Self {
        let or = |typed: String, known: String| if typed.trim().is_empty() { known } else { typed };
        Self {
            unit_id: or(self.unit_id, stay.unit_id.to_string()),
            check_in: or(self.check_in, stay.nights.check_in().to_string()),
            check_out: or(self.check_out, stay.nights.check_out().to_string()),
            version: or(self.version, stay.version.to_string()),
            ..self
        }
    }

    fn parse(&self) -> Result<MoveTo, FieldErrors> {
        let (unit_id, nights) = input::parse_place(&self.unit_id, &self.check_in, &self.check_out)?;
        Ok(MoveTo {
            unit_id,
            nights,
            version: version(&self.version)?,
            over_capacity: !self.over_capacity.is_empty(),
            follow_calendar: !self.follow_calendar.is_empty(),
        })
    }
}

fn version(text: &str) -> Result<i64, FieldErrors> {
    text.trim().parse().map_err(|_| FieldErrors::one("version", "version_required"))
}

#[derive(Template)]
#[template(path = "stays/templates/move.html")]
struct MovePage {
    page: Page,
    who: String,
    stay: Stay,
    form: Form,
    units: Vec<Choice>,
    preview: Option<MovePreview>,
    in_the_way: Vec<Other>,
    /// The rules that it would break.
    broken: Vec<String>,
    stale: bool,
    not_now: bool,
}

impl MovePage {
    fn place(&self) -> String {
        place(&self.stay)
    }
    /// The preview of something that can be done.
    fn possible(&self) -> Option<&MovePreview> {
        let free = self.in_the_way.is_empty() && !self.stale && !self.not_now;
        self.preview.as_ref().filter(|preview| free && preview.changes())
    }
}

async fn choices(app: &App, grant: &Grant<StaysEdit>) -> Result<Vec<Choice>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let units = properties::units(&mut read, grant).await.map_err(Fault::from)?;
    Ok(units.iter().map(|unit| Choice::new(unit.id.to_string(), unit.label())).collect())
}

/// The page for what was typed, and what went wrong when it was tried.
async fn move_page(
    app: &App,
    web: &Web,
    grant: &Grant<StaysEdit>,
    id: StayId,
    form: MoveForm,
    failed: Option<StayError>,
) -> Result<Response, WebError> {
    let units = choices(app, grant).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let stay = service::find(&mut read, grant, id).await?;
    let form = form.over(&stay);
    let to = form.parse();
    let page = Page::of(web);
    let mut shown = MovePage {
        who: who_of(&page, &stay),
        form: Form::of(&form),
        units,
        preview: None,
        in_the_way: Vec::new(),
        broken: Vec::new(),
        stale: matches!(failed, Some(StayError::Stale)) || to.as_ref().is_ok_and(|to| to.version != stay.version),
        not_now: matches!(failed, Some(StayError::NotNow(_))),
        stay,
        page,
    };
    let mut status = if failed.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let errors = match (to, failed) {
        (Err(errors), _) | (Ok(_), Some(StayError::Invalid(errors))) => Some(errors),
        (Ok(to), _) => match moves::preview(&mut read, grant, id, to.unit_id, to.nights, app.env.now()).await {
            Ok(preview) => {
                shown.in_the_way = preview.in_the_way.iter().map(|taken| other(&shown.page, taken)).collect();
                shown.broken = preview.broken.iter().map(|reason| availability::words(&shown.page, reason)).collect();
                shown.preview = Some(preview);
                None
            }
            Err(StayError::Invalid(errors)) => Some(errors),
            Err(StayError::NotNow(_)) => {
                shown.not_now = true;
                None
            }
            Err(error) => return Err(error.into()),
        },
    };
    if let Some(errors) = errors {
        status = StatusCode::UNPROCESSABLE_ENTITY;
        shown.form = shown.form.with_errors(errors);
    }
    Ok((status, html(&shown)?).into_response())
}

pub(in crate::stays) async fn ask_move(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Query(form): Query<MoveForm>,
) -> Result<Response, WebError> {
    move_page(&app, &web, &grant, id, form, None).await
}

/// The address at which a stay can be moved back to where it was.
fn way_back(before: &Stay, after: &Stay) -> String {
    let follow = if before.feed_id.is_some() && !before.decided.dates { "&follow_calendar=true" } else { "" };
    format!(
        "/stays/{}/move?unit_id={}&check_in={}&check_out={}&version={}{follow}&over_capacity=true",
        before.id,
        before.unit_id,
        before.nights.check_in(),
        before.nights.check_out(),
        after.version
    )
}

pub(in crate::stays) async fn do_move(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<MoveForm>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let before = service::find(&mut read, &grant, id).await?;
    drop(read);
    let form = form.over(&before);
    let moved = match form.parse() {
        Ok(to) => moves::move_to(&app, &grant, id, &to).await,
        Err(errors) => Err(errors.into()),
    };
    match moved {
        Ok(after) => {
            let page = Page::of(&web);
            let dates = page.date_range(after.nights.check_in(), after.nights.check_out());
            let flash = Flash::success("stays-flash-moved").with("dates", dates).with("place", place(&after));
            web.flash(&flash.with_link(way_back(&before, &after), "stays-undo"));
            Ok(web.redirect(&format!("/stays/{id}")))
        }
        Err(StayError::Fault(fault)) => Err(fault.into()),
        Err(error) => move_page(&app, &web, &grant, id, form, Some(error)).await,
    }
}

/// Where to split, as an address or a form has it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::stays) struct SplitForm {
    at: String,
    unit_id: String,
    version: String,
    over_capacity: String,
}

impl SplitForm {
    fn parse(&self) -> Result<Split, FieldErrors> {
        let mut errors = FieldErrors::new();
        let at = errors.keep("at", self.at.trim().parse::<Date>().map_err(|_| "date_invalid"));
        let unit_id = match self.unit_id.trim() {
            "" => None,
            unit => errors.keep("unit_id", unit.parse().map_err(|_| "unknown_choice")),
        };
        errors.into_result()?;
        let at = at.ok_or_else(|| FieldErrors::one("at", "required"))?;
        Ok(Split { at, unit_id, version: version(&self.version)?, over_capacity: !self.over_capacity.is_empty() })
    }
}

#[derive(Template)]
#[template(path = "stays/templates/split.html")]
struct SplitPage {
    page: Page,
    who: String,
    stay: Stay,
    form: Form,
    units: Vec<Choice>,
    days: Vec<Choice>,
    preview: Option<SplitPreview>,
    in_the_way: Vec<Other>,
    stale: bool,
    not_now: bool,
}

impl SplitPage {
    fn place(&self) -> String {
        place(&self.stay)
    }
    fn possible(&self) -> Option<&SplitPreview> {
        self.preview.as_ref().filter(|_| self.in_the_way.is_empty() && !self.stale && !self.not_now)
    }
}

async fn split_page(
    app: &App,
    web: &Web,
    grant: &Grant<StaysEdit>,
    id: StayId,
    form: SplitForm,
    failed: Option<StayError>,
) -> Result<Response, WebError> {
    let units = choices(app, grant).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let stay = service::find(&mut read, grant, id).await?;
    let asked = !form.at.trim().is_empty();
    let or = |typed: String, known: String| if typed.trim().is_empty() { known } else { typed };
    let form = SplitForm {
        unit_id: or(form.unit_id, stay.unit_id.to_string()),
        version: or(form.version, stay.version.to_string()),
        ..form
    };
    let page = Page::of(web);
    let to = form.parse();
    let mut shown = SplitPage {
        who: who_of(&page, &stay),
        form: Form::of(&form),
        units,
        days: stay.nights.iter().skip(1).map(|day| Choice::new(day.to_string(), page.date(day))).collect(),
        preview: None,
        in_the_way: Vec::new(),
        stale: matches!(failed, Some(StayError::Stale)) || to.as_ref().is_ok_and(|to| to.version != stay.version),
        not_now: matches!(failed, Some(StayError::NotNow(_))) || !stay.may_split(),
        stay,
        page,
    };
    if !asked && failed.is_none() {
        return html(&shown);
    }
    let mut status = if failed.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let errors = match (to, failed) {
        (Err(errors), _) | (Ok(_), Some(StayError::Invalid(errors))) => Some(errors),
        (Ok(to), _) => match moves::preview_split(&mut read, grant, id, to.at, to.unit_id, app.env.now()).await {
            Ok(preview) => {
                shown.in_the_way = preview.in_the_way.iter().map(|taken| other(&shown.page, taken)).collect();
                shown.preview = Some(preview);
                None
            }
            Err(StayError::Invalid(errors)) => Some(errors),
            Err(StayError::NotNow(_)) => None,
            Err(error) => return Err(error.into()),
        },
    };
    if let Some(errors) = errors {
        status = StatusCode::UNPROCESSABLE_ENTITY;
        shown.form = shown.form.with_errors(errors);
    }
    Ok((status, html(&shown)?).into_response())
}

pub(in crate::stays) async fn ask_split(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Query(form): Query<SplitForm>,
) -> Result<Response, WebError> {
    split_page(&app, &web, &grant, id, form, None).await
}

pub(in crate::stays) async fn do_split(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<SplitForm>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let before = service::find(&mut read, &grant, id).await?;
    drop(read);
    let done = match form.parse() {
        Ok(to) => moves::split(&app, &grant, id, &to).await,
        Err(errors) => Err(errors.into()),
    };
    match done {
        Ok((first, second)) => {
            let follow = if before.feed_id.is_some() && !before.decided.dates { "&follow_calendar=true" } else { "" };
            let back = format!(
                "/stays/{id}/join?other={}&version={}&other_version={}{follow}",
                second.id, first.version, second.version
            );
            let page = Page::of(&web);
            let flash = Flash::success("stays-flash-split").with("date", page.date(second.nights.check_in()));
            web.flash(&flash.with_link(back, "stays-undo"));
            Ok(web.redirect(&format!("/stays/{id}")))
        }
        Err(StayError::Fault(fault)) => Err(fault.into()),
        Err(error) => split_page(&app, &web, &grant, id, form, Some(error)).await,
    }
}

/// Which stays to join.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::stays) struct JoinForm {
    other: StayId,
    version: i64,
    other_version: i64,
    #[serde(default)]
    follow_calendar: String,
}

#[derive(Template)]
#[template(path = "stays/templates/join.html")]
struct JoinPage {
    page: Page,
    who: String,
    stay: Stay,
    other: Stay,
    form: JoinForm,
}

pub(in crate::stays) async fn ask_join(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Query(form): Query<JoinForm>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (stay, other) = moves::joinable(&mut read, &grant, id, form.other).await?;
    let page = Page::of(&web);
    html(&JoinPage { who: who_of(&page, &stay), page, stay, other, form })
}

pub(in crate::stays) async fn do_join(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<JoinForm>,
) -> Result<Response, WebError> {
    let join = Join {
        version: form.version,
        other: form.other,
        other_version: form.other_version,
        follow_calendar: !form.follow_calendar.is_empty(),
    };
    let result = moves::join(&app, &grant, id, &join).await;
    super::steps::answer(&web, id, "stays-flash-joined", result)
}
