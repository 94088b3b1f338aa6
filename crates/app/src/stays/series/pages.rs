//! The pages of series: the form, what it would make, one series, and changing or removing it.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use chrono::Datelike as _;
use http::StatusCode;
use kernel::{
    BlockSeriesId, Fault, FieldErrors, Grant, StayId,
    permissions::{StaysCancel, StaysCreate, StaysEdit, StaysView},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, Path, Query, Web, WebError};

use super::{
    model::{ChangeSeries, End, NewSeries, Repeats, Rule, Series, SeriesDetails, SeriesForm, weekday_code},
    service,
};
use crate::{
    App, properties,
    stays::{
        BlockKind, StayError,
        pages::{steps::refusal, who_of},
    },
    ui::{Choice, Form, Page, html},
};

/// The days of the week, Monday first.
const WEEKDAYS: [&str; 7] = ["mo", "tu", "we", "th", "fr", "sa", "su"];

#[derive(Template)]
#[template(path = "stays/series/templates/new.html")]
struct NewPage {
    page: Page,
    form: Form,
    units: Vec<Choice>,
    block_kinds: Vec<Choice>,
    repeats: Vec<Choice>,
}

impl NewPage {
    fn weekdays(&self) -> [(&'static str, String); 7] {
        WEEKDAYS.map(|day| (day, self.page.t_of("series-weekday", day)))
    }
}

async fn new_page(
    app: &App,
    web: &Web,
    grant: &Grant<StaysCreate>,
    form: &SeriesForm,
    errors: FieldErrors,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let units = properties::units(&mut read, grant).await.map_err(Fault::from)?;
    let page = Page::of(web);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = html(&NewPage {
        units: units.iter().map(|unit| Choice::new(unit.id.to_string(), unit.label())).collect(),
        block_kinds: page.choices("block-kind", BlockKind::ALL.iter().map(|kind| kind.as_str())),
        repeats: page.choices("series-repeats", Repeats::ALL.iter().map(|repeats| repeats.as_str())),
        form: Form::of(form).with_errors(errors),
        page,
    })?;
    Ok((status, shown).into_response())
}

pub(super) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCreate>,
    Query(form): Query<SeriesForm>,
) -> Result<Response, WebError> {
    let usual = |given: String, usual: &str| if given.is_empty() { usual.to_owned() } else { given };
    let form = SeriesForm {
        block_kind: usual(form.block_kind, "maintenance"),
        repeats: usual(form.repeats, "weekly"),
        every: usual(form.every, "1"),
        nights: usual(form.nights, "1"),
        ..form
    };
    new_page(&app, &web, &grant, &form, FieldErrors::new()).await
}

/// A block to be made.
struct Line {
    dates: String,
    /// Who has some of its nights, with a link.
    taken: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "stays/series/templates/preview.html")]
struct PreviewPage {
    page: Page,
    place: String,
    rule: String,
    /// What was chosen, for the button and for going back.
    fields: Vec<(String, String)>,
    back: String,
    lines: Vec<Line>,
    free: usize,
    taken: usize,
}

fn fields(form: &SeriesForm) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(form) else { return Vec::new() };
    let text = |value: serde_json::Value| value.as_str().map(str::to_owned).filter(|text| !text.trim().is_empty());
    fields.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect()
}

/// The rule in words.
fn in_words(page: &Page, rule: &Rule) -> String {
    let weekday = |day| page.t_of("series-weekday", weekday_code(day));
    let how = match rule.repeats {
        Repeats::Weekly => {
            let days: Vec<String> = rule.weekdays.iter().map(|day| weekday(*day)).collect();
            format!("{}: {}", page.tn("series-every-weeks", rule.every), days.join(", "))
        }
        Repeats::MonthlyByDay => {
            let on = page.t1("series-on-day", "day", rule.first_day.day());
            format!("{}, {on}", page.tn("series-every-months", rule.every))
        }
        Repeats::MonthlyByWeekday => {
            let week = match rule.first_day.day0() / 7 {
                week @ 0..=3 => (week + 1).to_string(),
                _ => "last".to_owned(),
            };
            let (nth, day) = (page.t_of("series-nth", &week), weekday(rule.first_day.weekday()));
            let on = page.t_with("series-on-nth", &[("nth", &nth), ("weekday", &day)]);
            format!("{}, {on}", page.tn("series-every-months", rule.every))
        }
    };
    let end = match rule.end {
        End::Until(date) => page.t1("series-ends-until", "date", page.date(date)),
        End::Times(times) => page.tn("series-ends-times", times),
    };
    let nights = page.tn("stays-nights", rule.nights);
    let from = page.t1("series-from", "date", page.date(rule.first_day));
    format!("{how}; {nights}; {from}, {end}")
}

async fn preview_page(
    app: &App,
    web: &Web,
    grant: &Grant<StaysCreate>,
    form: &SeriesForm,
) -> Result<Response, WebError> {
    let new = match NewSeries::parse(form) {
        Ok(new) => new,
        Err(errors) => return new_page(app, web, grant, form, errors).await,
    };
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let occurrences = match service::preview(&mut read, grant, &new).await {
        Ok(found) => found,
        Err(StayError::Invalid(errors)) => return new_page(app, web, grant, form, errors).await,
        Err(error) => return Err(error.into()),
    };
    let unit = properties::unit(&mut read, grant, new.unit_id).await.map_err(Fault::from)?;
    let page = Page::of(web);
    let lines: Vec<Line> = occurrences
        .iter()
        .map(|one| Line {
            dates: page.date_range(one.nights.check_in(), one.nights.check_out()),
            taken: one.in_the_way.as_ref().map(|stay| (format!("/stays/{}", stay.id), who_of(&page, stay))),
        })
        .collect();
    let taken = lines.iter().filter(|line| line.taken.is_some()).count();
    let fields = fields(form);
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(&fields);
    html(&PreviewPage {
        place: unit.map(|unit| unit.label()).unwrap_or_default(),
        rule: in_words(&page, &new.rule),
        back: format!("/block-series/new?{}", query.finish()),
        fields,
        free: lines.len() - taken,
        taken,
        lines,
        page,
    })
}

pub(super) async fn preview(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCreate>,
    Query(form): Query<SeriesForm>,
) -> Result<Response, WebError> {
    preview_page(&app, &web, &grant, &form).await
}

/// What the button of the preview sends.
#[derive(Debug, Deserialize)]
pub(super) struct CreateForm {
    #[serde(flatten)]
    form: SeriesForm,
    /// Anything, to leave out the blocks that others are in the way of.
    #[serde(default)]
    only_free: String,
}

pub(super) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCreate>,
    Csrf(sent): Csrf<CreateForm>,
) -> Result<Response, WebError> {
    let made = match NewSeries::parse(&sent.form) {
        Ok(new) => service::add(&app, &grant, &new, !sent.only_free.is_empty()).await,
        Err(errors) => Err(errors.into()),
    };
    match made {
        Ok(made) => {
            web.flash(&Flash::success("series-flash-made").with("count", made.made));
            Ok(web.redirect(&format!("/block-series/{}", made.id)))
        }
        Err(StayError::Invalid(errors)) => new_page(&app, &web, &grant, &sent.form, errors).await,
        // Somebody took nights meanwhile: the preview says which.
        Err(StayError::Taken(_)) => {
            let shown = preview_page(&app, &web, &grant, &sent.form).await?;
            Ok((StatusCode::CONFLICT, shown).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// A block of a series on its page.
struct Block {
    id: StayId,
    dates: String,
    kind: String,
    status: &'static str,
    /// Whether it is still to come, so that a change concerns it.
    ahead: bool,
}

#[derive(Template)]
#[template(path = "stays/series/templates/show.html")]
struct ShowPage {
    page: Page,
    series: Series,
    title: String,
    rule: String,
    blocks: Vec<Block>,
    ahead: usize,
}

fn title(page: &Page, series: &Series) -> String {
    page.t1("series-of", "kind", page.t_of("block-kind", series.block_kind.as_str()))
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Path(id): Path<BlockSeriesId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let details = service::details(&mut read, &grant, id).await?;
    let page = Page::of(&web);
    let ahead: Vec<StayId> = details.ahead(None, app.env.now())?.iter().map(|stay| stay.id).collect();
    let SeriesDetails { series, stays } = details;
    html(&ShowPage {
        title: title(&page, &series),
        rule: in_words(&page, &series.rule),
        blocks: stays
            .iter()
            .map(|stay| Block {
                id: stay.id,
                dates: page.date_range(stay.nights.check_in(), stay.nights.check_out()),
                kind: who_of(&page, stay),
                status: stay.status.as_str(),
                ahead: ahead.contains(&stay.id),
            })
            .collect(),
        ahead: ahead.len(),
        series,
        page,
    })
}

/// From which block on.
#[derive(Debug, Default, Deserialize)]
pub(super) struct FromQuery {
    #[serde(default)]
    from: String,
}

fn from_of(text: &str) -> Result<Option<StayId>, WebError> {
    match text.trim() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| WebError::not_found()),
    }
}

#[derive(Template)]
#[template(path = "stays/series/templates/edit.html")]
struct EditPage {
    page: Page,
    id: BlockSeriesId,
    name: String,
    scope: String,
    form: Form,
    block_kinds: Vec<Choice>,
}

/// Which blocks a change concerns, in words.
fn concerns(page: &Page, details: &SeriesDetails, from: Option<StayId>, app: &App) -> Result<String, WebError> {
    let concerned = details.ahead(from, app.env.now())?;
    let blocks = page.tn("series-blocks", concerned.len());
    Ok(match concerned.first() {
        Some(first) => {
            page.t_with("series-concerns", &[("blocks", &blocks), ("date", &page.date(first.nights.check_in()))])
        }
        None => page.t("series-concerns-none").to_owned(),
    })
}

async fn edit_page(
    app: &App,
    web: &Web,
    grant: &Grant<StaysEdit>,
    id: BlockSeriesId,
    from: &str,
    typed: Option<(&SeriesForm, FieldErrors)>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let details = service::details(&mut read, grant, id).await?;
    let page = Page::of(web);
    let (form, status) = match typed {
        Some((form, errors)) => (Form::of(form).with_errors(errors), StatusCode::UNPROCESSABLE_ENTITY),
        None => (Form::of(&SeriesForm::of(&details.series, from)), StatusCode::OK),
    };
    let shown = html(&EditPage {
        id,
        name: title(&page, &details.series),
        scope: concerns(&page, &details, from_of(from)?, app)?,
        form,
        block_kinds: page.choices("block-kind", BlockKind::ALL.iter().map(|kind| kind.as_str())),
        page,
    })?;
    Ok((status, shown).into_response())
}

pub(super) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<BlockSeriesId>,
    Query(query): Query<FromQuery>,
) -> Result<Response, WebError> {
    edit_page(&app, &web, &grant, id, &query.from, None).await
}

pub(super) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<BlockSeriesId>,
    Csrf(form): Csrf<SeriesForm>,
) -> Result<Response, WebError> {
    let from = from_of(&form.from)?;
    let changed = match ChangeSeries::parse(&form) {
        Ok(change) => service::change(&app, &grant, id, from, &change).await,
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(count) => web.flash(&Flash::success("series-flash-changed").with("count", count)),
        Err(StayError::Invalid(errors)) => {
            return edit_page(&app, &web, &grant, id, &form.from, Some((&form, errors))).await;
        }
        Err(error) => web.flash(&refusal(&Page::of(&web), error)?),
    }
    Ok(web.redirect(&format!("/block-series/{id}")))
}

#[derive(Template)]
#[template(path = "stays/series/templates/remove.html")]
struct RemovePage {
    page: Page,
    id: BlockSeriesId,
    name: String,
    scope: String,
    from: String,
}

pub(super) async fn ask_remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCancel>,
    Path(id): Path<BlockSeriesId>,
    Query(query): Query<FromQuery>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let details = service::details(&mut read, &grant, id).await?;
    let page = Page::of(&web);
    html(&RemovePage {
        id,
        name: title(&page, &details.series),
        scope: concerns(&page, &details, from_of(&query.from)?, &app)?,
        from: query.from,
        page,
    })
}

pub(super) async fn remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCancel>,
    Path(id): Path<BlockSeriesId>,
    Csrf(form): Csrf<FromQuery>,
) -> Result<Response, WebError> {
    let count = service::remove(&app, &grant, id, from_of(&form.from)?).await?;
    web.flash(&Flash::success("series-flash-removed").with("count", count));
    Ok(web.redirect(&format!("/block-series/{id}")))
}
