//! The pages of tasks: a list to work from with one hand, and one page a task.

use std::borrow::Borrow;

use askama::Template;
use axum::{extract::State, response::Response};
use kernel::{
    Cursor, Fault, Instant, Limit, PropertyId, TaskId,
    permissions::{TasksComplete, TasksCreate, TasksView},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Query, Web, WebError};

use super::{NextGuests, TaskCounts, TaskStatus, TaskTab, TaskView, service};
use crate::{
    App, properties,
    ui::{Choice, Form, Page, html},
};

impl TaskView {
    /// When it can be done, in words.
    #[must_use]
    pub fn window_text(&self, page: impl Borrow<Page>) -> String {
        let page = page.borrow();
        let window = self.window();
        let from = page.time(window.from, self.zone);
        match window.until {
            None => page.t1("tasks-window-open", "from", from),
            Some(until) if self.is_same_day() => {
                page.t_with("tasks-window-same-day", &[("from", &from), ("until", &page.time(until, self.zone))])
            }
            Some(until) => {
                page.t_with("tasks-window-until", &[("from", &from), ("until", &page.date_time(until, self.zone))])
            }
        }
    }
}

impl NextGuests {
    /// How many come, and who if it may be known: `Ana, 2 adults, 1 child`.
    #[must_use]
    pub fn text(&self, page: impl Borrow<Page>) -> String {
        let page = page.borrow();
        let counts = if self.counted() {
            page.guests(self.adults, self.children, self.infants, self.pets)
        } else {
            page.t("tasks-next-unknown").to_owned()
        };
        self.first_name.as_ref().map_or_else(|| counts.clone(), |name| format!("{name}, {counts}"))
    }
}

struct Tab {
    href: String,
    label: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "tasks/templates/list.html")]
struct ListPage {
    page: Page,
    tab: TaskTab,
    tabs: Vec<Tab>,
    tasks: Vec<TaskView>,
    now: Instant,
    properties: Vec<Choice>,
    filter: Form,
    first_href: String,
    next_href: String,
}

#[derive(Template)]
#[template(path = "tasks/templates/show.html")]
struct ShowPage {
    page: Page,
    task: TaskView,
    now: Instant,
}

/// Which part of the list.
#[derive(Debug, Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    tab: Option<TaskTab>,
    /// A property's id; empty for all.
    #[serde(default)]
    property: Option<String>,
    #[serde(default)]
    cursor: Option<Cursor>,
}

fn tabs(page: &Page, current: TaskTab, property: &str, counts: TaskCounts) -> Vec<Tab> {
    [TaskTab::Today, TaskTab::Overdue, TaskTab::Upcoming, TaskTab::Done]
        .into_iter()
        .map(|tab| {
            let label = page.t_of("tasks-tab", tab.as_str());
            let count = match tab {
                TaskTab::Today => counts.today,
                TaskTab::Overdue => counts.overdue,
                TaskTab::Upcoming | TaskTab::Done => 0,
            };
            Tab {
                href: format!("/tasks?tab={tab}{property}"),
                label: if count > 0 { format!("{label} ({})", TaskCounts::text(count, page)) } else { label },
                current: tab == current,
            }
        })
        .collect()
}

pub(super) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<TasksView>,
    Query(query): Query<ListQuery>,
) -> Result<Response, WebError> {
    let (tab, now) = (query.tab.unwrap_or(TaskTab::Today), app.env.now());
    let property: Option<PropertyId> = query.property.as_deref().and_then(|id| id.parse().ok());
    let (after, limit) = (query.cursor.as_ref(), Limit::default());
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let found = service::list(&mut read, &grant, now, tab, property, after, limit).await.map_err(Fault::from)?;
    let counts = service::counts(&mut read, &grant, now).await.map_err(Fault::from)?;
    let mut units = properties::units(&mut read, &grant).await.map_err(Fault::from)?;
    units.retain(|unit| unit.parent_id.is_none());
    let page = Page::of(&web);
    let chosen = property.map(|id| format!("&property={id}")).unwrap_or_default();
    let address = format!("/tasks?tab={tab}{chosen}");
    html(&ListPage {
        tab,
        tabs: tabs(&page, tab, &chosen, counts),
        tasks: found.items,
        now,
        properties: units
            .into_iter()
            .map(|unit| Choice::new(unit.property_id.to_string(), unit.property_name))
            .collect(),
        filter: Form::new().with("property", property.map(|id| id.to_string()).unwrap_or_default()),
        next_href: found.next.map(|next| format!("{address}&cursor={}", next.as_str())).unwrap_or_default(),
        first_href: query.cursor.map(|_| address).unwrap_or_default(),
        page,
    })
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<TasksView>,
    Path(id): Path<TaskId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let task = service::find(&mut read, &grant, id).await?;
    html(&ShowPage { page: Page::of(&web), task, now: app.env.now() })
}

fn done(web: &Web, id: TaskId, message: &'static str) -> Response {
    web.flash(&Flash::success(message));
    web.redirect(&format!("/tasks/{id}"))
}

pub(super) async fn start(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<TasksComplete>,
    Path(id): Path<TaskId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::start(&app, &grant, id).await?;
    Ok(done(&web, id, "tasks-flash-started"))
}

pub(super) async fn complete(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<TasksComplete>,
    Path(id): Path<TaskId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::complete(&app, &grant, id).await?;
    Ok(done(&web, id, "tasks-flash-completed"))
}

pub(super) async fn undo(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<TasksComplete>,
    Path(id): Path<TaskId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::undo(&app, &grant, id).await?;
    Ok(done(&web, id, "tasks-flash-undone"))
}

pub(super) async fn dismiss(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<TasksCreate>,
    Path(id): Path<TaskId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::dismiss(&app, &grant, id).await?;
    Ok(done(&web, id, "tasks-flash-dismissed"))
}

pub(super) async fn restore(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<TasksCreate>,
    Path(id): Path<TaskId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::restore(&app, &grant, id).await?;
    Ok(done(&web, id, "tasks-flash-restored"))
}
