//! The pages of collections of waste.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{
    Fault, Grant, PropertyId, WasteId,
    permissions::{PropertiesEdit, PropertiesView},
};
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Web, WebError};

use super::{
    super::{PropertyError, PropertyView, service::find},
    Day, MOST_WASTE, NewWaste, Ordinal, Repeats, Schedule, Upcoming, WasteForm, WasteStream, WasteView, service,
};
use crate::{
    App,
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "properties/waste/templates/list.html")]
struct ListPage {
    page: Page,
    property: PropertyView,
    /// The soonest first; those that have none any more last.
    all: Vec<(WasteView, Option<Upcoming>)>,
}

#[derive(Template)]
#[template(path = "properties/waste/templates/form.html")]
struct FormPage {
    page: Page,
    property: PropertyView,
    /// The collection that is changed; `None` for a new one.
    waste: Option<WasteId>,
    form: Form,
    streams: Vec<Choice>,
    repeats: Vec<Choice>,
    days: Vec<Choice>,
    ordinals: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "properties/waste/templates/remove.html")]
struct RemovePage {
    page: Page,
    property: PropertyView,
    waste: WasteView,
}

/// A schedule in words.
fn says(page: &Page, schedule: &Schedule) -> String {
    let day = |day: Day| page.t_of("waste-day", day.as_str());
    match schedule {
        Schedule::Weekly(weekday) => page.t1("waste-says-weekly", "day", day(*weekday)),
        Schedule::Biweekly(known) => page.t1("waste-says-biweekly", "day", day(Day::of(*known))),
        Schedule::MonthlyWeekday(ordinal, weekday) => page.t_with(
            "waste-says-monthly-weekday",
            &[("ordinal", &page.t_of("waste-ordinal", ordinal.as_str())), ("day", &day(*weekday))],
        ),
        Schedule::MonthlyDay(31) => page.t("waste-says-last-day").to_owned(),
        Schedule::MonthlyDay(number @ 29..) => page.t1("waste-says-late-day", "number", number),
        Schedule::MonthlyDay(number) => page.t1("waste-says-monthly-day", "number", number),
        Schedule::Custom { rule, .. } => page.t1("waste-says-custom", "rule", rule),
    }
}

/// How far away a collection is: today, tomorrow, in so many days.
fn when(page: &Page, upcoming: &Upcoming) -> String {
    match upcoming.days {
        0 => page.t("waste-today").to_owned(),
        1 => page.t("waste-tomorrow").to_owned(),
        days => page.tn("waste-in-days", days),
    }
}

/// When to put it out.
fn put_out(page: &Page, upcoming: &Upcoming) -> String {
    match (upcoming.days, upcoming.following) {
        (0, Some(following)) => page.t1("waste-out-today", "date", page.date_short(following)),
        (0, None) => page.t("waste-out-last").to_owned(),
        (1, _) => page.t("waste-out-this-evening").to_owned(),
        _ => page.t1("waste-out-on", "date", page.date_short(upcoming.put_out)),
    }
}

pub(super) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = find(&mut read, &grant, id).await?;
    let today = property.facts.zone.date_of(app.env.now());
    let all = service::list(&mut read, &grant, id).await.map_err(Fault::from)?;
    let upcoming = |waste: WasteView| {
        let next = waste.upcoming(today);
        (waste, next)
    };
    let mut all: Vec<_> = all.into_iter().map(upcoming).collect();
    all.sort_by_key(|(_, upcoming)| upcoming.map_or((true, today), |upcoming| (false, upcoming.date)));
    html(&ListPage { page: Page::of(&web), property, all })
}

fn form_page(web: &Web, property: PropertyView, waste: Option<WasteId>, form: Form) -> FormPage {
    let page = Page::of(web);
    FormPage {
        streams: page.choices("waste-stream", WasteStream::ALL.iter().map(|case| case.as_str())),
        repeats: page.choices("waste-repeats", Repeats::ALL.iter().map(|case| case.as_str())),
        days: page.choices("waste-day", Day::ALL.iter().map(|case| case.as_str())),
        ordinals: page.choices("waste-ordinal", Ordinal::ALL.iter().map(|case| case.as_str())),
        page,
        property,
        waste,
        form,
    }
}

pub(super) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    let property = find(&mut app.db.read().await.map_err(Fault::from)?, &grant, id).await?;
    let form = Form::new().with("repeats", Repeats::Weekly).with("stream", WasteStream::General);
    html(&form_page(&web, property, None, form))
}

pub(super) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    Csrf(form): Csrf<WasteForm>,
) -> Result<Response, WebError> {
    let added = match NewWaste::parse(&form) {
        Ok(new) => service::add(&app, &grant, id, new).await.map(|_| ()),
        Err(errors) => Err(errors.into()),
    };
    saved(&app, &web, &grant, (id, None), form, added).await
}

pub(super) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, waste)): Path<(PropertyId, WasteId)>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = find(&mut read, &grant, id).await?;
    let known = service::find(&mut read, &grant, id, waste).await?;
    html(&form_page(&web, property, Some(waste), Form::of(&known.facts.to_form())))
}

pub(super) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, waste)): Path<(PropertyId, WasteId)>,
    Csrf(form): Csrf<WasteForm>,
) -> Result<Response, WebError> {
    let changed = match NewWaste::parse(&form) {
        Ok(new) => service::change(&app, &grant, id, waste, &new).await,
        Err(errors) => Err(errors.into()),
    };
    saved(&app, &web, &grant, (id, Some(waste)), form, changed).await
}

/// Back to the collections, or the form once more with what is wrong.
async fn saved(
    app: &App,
    web: &Web,
    grant: &Grant<PropertiesEdit>,
    (id, waste): (PropertyId, Option<WasteId>),
    form: WasteForm,
    done: Result<(), PropertyError>,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => {
            web.flash(&Flash::success("properties-flash-saved"));
            Ok(web.redirect(&format!("/properties/{id}/waste")))
        }
        Err(PropertyError::Invalid(errors)) => {
            let property = find(&mut app.db.read().await.map_err(Fault::from)?, grant, id).await?;
            let page = form_page(web, property, waste, Form::of(&form).with_errors(errors));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn ask_remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, waste)): Path<(PropertyId, WasteId)>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = find(&mut read, &grant, id).await?;
    let waste = service::find(&mut read, &grant, id, waste).await?;
    html(&RemovePage { page: Page::of(&web), property, waste })
}

pub(super) async fn remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, waste)): Path<(PropertyId, WasteId)>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::remove(&app, &grant, id, waste).await?;
    web.flash(&Flash::success("waste-flash-removed"));
    Ok(web.redirect(&format!("/properties/{id}/waste")))
}
