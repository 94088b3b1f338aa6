//! Tasks as JSON.

use axum::{Json, extract::State};
use kernel::{
    Cursor, Date, Fault, Grant, Instant, Limit, Page, Permission, PropertyId, StayId, TaskId, UnitId,
    permissions::{TasksComplete, TasksView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, Path, Query, WebError};

use super::{NextGuests, TaskStatus, TaskTab, TaskView, service};
use crate::App;

/// A task. For now every one is a turnover.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TaskBody {
    id: TaskId,
    /// `turnover`.
    kind: &'static str,
    status: TaskStatus,
    property_id: PropertyId,
    property_name: String,
    unit_id: UnitId,
    /// null for the whole of a property.
    unit_name: Option<String>,
    /// The stay whose check-out made it.
    stay_id: Option<StayId>,
    /// The day of the check-out.
    due_on: Date,
    /// Whether its stay is still to be reviewed.
    provisional: bool,
    /// Whether the stay was moved or cancelled after the work had begun.
    stay_changed: bool,
    /// When the guests have left.
    can_start_at: Instant,
    /// When the next guests may come in; null when nobody is expected.
    must_finish_by: Option<Instant>,
    /// Whether the next guests arrive on the same day.
    same_day: bool,
    next_guests: Option<NextGuestsBody>,
    started_at: Option<Instant>,
    completed_at: Option<Instant>,
    version: i64,
}

/// The guests who come next.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NextGuestsBody {
    arrives_on: Date,
    /// null when it is unknown, or not for the caller.
    first_name: Option<String>,
    adults: u32,
    children: u32,
    infants: u32,
    pets: u32,
}

impl From<NextGuests> for NextGuestsBody {
    fn from(next: NextGuests) -> Self {
        Self {
            arrives_on: next.arrives_on,
            first_name: next.first_name,
            adults: next.adults,
            children: next.children,
            infants: next.infants,
            pets: next.pets,
        }
    }
}

impl From<TaskView> for TaskBody {
    fn from(task: TaskView) -> Self {
        let window = task.window();
        Self {
            id: task.id,
            kind: "turnover",
            status: task.status,
            property_id: task.property_id,
            same_day: task.is_same_day(),
            property_name: task.property_name,
            unit_id: task.unit_id,
            unit_name: task.unit_name,
            stay_id: task.stay_id,
            due_on: task.due_on,
            provisional: task.provisional,
            stay_changed: task.stay_changed,
            can_start_at: window.from,
            must_finish_by: window.until,
            next_guests: task.next.map(NextGuestsBody::from),
            started_at: task.started_at,
            completed_at: task.completed_at,
            version: task.version,
        }
    }
}

/// Which tasks.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ListQuery {
    /// `today` when it is not given; each by the date at its property.
    #[serde(default)]
    tab: Option<TaskTab>,
    #[serde(default)]
    property_id: Option<PropertyId>,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    cursor: Option<Cursor>,
    /// The most rows, 1 to 100; 50 when it is not given.
    #[serde(default)]
    limit: Option<i64>,
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<TasksView>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<TaskBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let tab = query.tab.unwrap_or(TaskTab::Today);
    let (now, after) = (app.env.now(), query.cursor.as_ref());
    let page =
        service::list(&mut read, &grant, now, tab, query.property_id, after, limit).await.map_err(Fault::from)?;
    Ok(Json(page.map(TaskBody::from)))
}

async fn body<P: Permission>(app: &App, grant: &Grant<P>, id: TaskId) -> Result<Json<TaskBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(service::find(&mut read, grant, id).await?.into()))
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<TasksView>,
    Path(id): Path<TaskId>,
) -> Result<Json<TaskBody>, WebError> {
    body(&app, &grant, id).await
}

pub(super) async fn start(
    State(app): State<App>,
    Allowed(grant): Allowed<TasksComplete>,
    Path(id): Path<TaskId>,
) -> Result<Json<TaskBody>, WebError> {
    service::start(&app, &grant, id).await?;
    body(&app, &grant, id).await
}

pub(super) async fn complete(
    State(app): State<App>,
    Allowed(grant): Allowed<TasksComplete>,
    Path(id): Path<TaskId>,
) -> Result<Json<TaskBody>, WebError> {
    service::complete(&app, &grant, id).await?;
    body(&app, &grant, id).await
}
