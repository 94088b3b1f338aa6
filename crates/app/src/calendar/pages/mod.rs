//! The calendar's pages, and the windows that the timeline's script asks for. The month of one property is in `month`.

pub(super) mod month;

use askama::Template;
use axum::{Json, extract::State, response::Response};
use chrono::TimeDelta;
use kernel::{Cursor, Date, Fault, FieldErrors, permissions::StaysView};
use serde::Deserialize;
use webkit::{Allowed, Query, Web, WebError};

use super::{
    model::{Ask, FilterForm, Show, Window},
    service::{self, Begin},
};
use crate::{
    App,
    ui::{Choice, Form, Page, html},
};

/// How many days the list shows.
const LIST_DAYS: i64 = 14;

/// The filter above both views.
struct Filter {
    form: Form,
    narrows: bool,
    /// Whether the free nights make no sense.
    nights_wrong: bool,
    cities: Vec<Choice>,
    shows: Vec<Choice>,
    groups: Vec<Choice>,
    timeline_href: String,
    list_href: String,
}

impl Filter {
    fn new(page: &Page, form: &FilterForm, nights_wrong: bool, cities: Vec<String>) -> Self {
        Self {
            form: Form::of(form),
            narrows: form.narrows(),
            nights_wrong,
            cities: cities.into_iter().map(|city| Choice::new(city.clone(), city)).collect(),
            shows: page.choices("calendar-show", Show::ALL.iter().map(|show| show.as_str())),
            groups: page.choices("calendar-group", ["city"]),
            timeline_href: form.address("/calendar", &[]),
            list_href: form.address("/calendar/list", &[]),
        }
    }

    /// Whether more than the search is set.
    fn opened(&self) -> bool {
        ["city", "free_from", "group"].iter().any(|field| !self.form.value(field).trim().is_empty())
            || !matches!(self.form.value("show"), "" | "all")
    }
}

#[derive(Template)]
#[template(path = "calendar/templates/show.html")]
struct TimelinePage {
    page: Page,
    filter: Filter,
    from: String,
    today: Date,
    has_rows: bool,
    window_url: String,
}

#[derive(Template)]
#[template(path = "calendar/templates/list.html")]
struct ListPage {
    page: Page,
    filter: Filter,
    from: String,
    has_rows: bool,
    window: Window,
    last: Date,
    today_href: String,
    earlier_href: String,
    later_href: String,
    first_href: String,
    next_href: String,
}

/// Which days, and of which properties.
#[derive(Debug, Deserialize)]
pub(in crate::calendar) struct PageAsk {
    /// The first day; empty, as the form sends it, for today.
    #[serde(default)]
    from: String,
    #[serde(default)]
    after: Option<Cursor>,
    #[serde(flatten)]
    filter: FilterForm,
}

pub(in crate::calendar) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<PageAsk>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (rows, nights_wrong) = query.filter.parse();
    let Begin { today, has_rows, cities } =
        service::begin(&mut read, &grant, &rows, app.env.now()).await.map_err(Fault::from)?;
    let page = Page::of(&web);
    html(&TimelinePage {
        filter: Filter::new(&page, &query.filter, nights_wrong, cities),
        from: query.from.trim().parse::<Date>().map(|from| from.to_string()).unwrap_or_default(),
        today,
        has_rows,
        window_url: query.filter.address("/calendar/window", &[]),
        page,
    })
}

pub(in crate::calendar) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<PageAsk>,
) -> Result<Response, WebError> {
    let now = app.env.now();
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (rows, nights_wrong) = query.filter.parse();
    let Begin { today, has_rows, cities } = service::begin(&mut read, &grant, &rows, now).await.map_err(Fault::from)?;
    let from: Date = query.from.trim().parse().unwrap_or(today);
    let address = |from: Date, after: Option<&Cursor>| {
        let from = from.to_string();
        let after = after.map(|after| ("after", after.as_str()));
        query.filter.address("/calendar/list", &[("from", from.as_str())].into_iter().chain(after).collect::<Vec<_>>())
    };
    let ask = Ask::new(from, LIST_DAYS, query.after.clone(), Ask::MOST_ROWS).narrowed(rows);
    let window = service::window(&mut read, &grant, web.language(), now, &ask).await.map_err(Fault::from)?;
    let page = Page::of(&web);
    html(&ListPage {
        filter: Filter::new(&page, &query.filter, nights_wrong, cities),
        from: from.to_string(),
        has_rows,
        last: ask.until().pred_opt().unwrap_or(from),
        today_href: query.filter.address("/calendar/list", &[]),
        earlier_href: address(from.checked_sub_signed(TimeDelta::days(LIST_DAYS)).unwrap_or(from), None),
        later_href: address(ask.until(), None),
        first_href: query.after.as_ref().map(|_| address(from, None)).unwrap_or_default(),
        next_href: window.next.as_ref().map(|next| address(from, Some(next))).unwrap_or_default(),
        window,
        page,
    })
}

/// A window as the timeline asks for it.
#[derive(Debug, Deserialize)]
pub(in crate::calendar) struct WindowAsk {
    from: Date,
    #[serde(default)]
    days: Option<String>,
    #[serde(default)]
    after: Option<Cursor>,
    #[serde(default)]
    limit: Option<String>,
    #[serde(flatten)]
    filter: FilterForm,
}

/// A number that was sent, or the most.
fn number(text: Option<&str>, most: i64) -> Result<i64, WebError> {
    text.map_or(Ok(most), |text| text.parse().map_err(|_| WebError::invalid(&FieldErrors::one("days", "not_a_number"))))
}

pub(in crate::calendar) async fn window(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<WindowAsk>,
) -> Result<Json<Window>, WebError> {
    let days = number(query.days.as_deref(), Ask::MOST_DAYS)?;
    let limit = number(query.limit.as_deref(), Ask::MOST_ROWS)?;
    let ask = Ask::new(query.from, days, query.after, limit).narrowed(query.filter.parse().0);
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let window = service::window(&mut read, &grant, web.language(), app.env.now(), &ask).await;
    Ok(Json(window.map_err(Fault::from)?))
}
