//! The page before an action on many stays, and the one after it.

use askama::Template;
use axum::{extract::State, response::Response};
use kernel::{
    Cursor, Fault, Grant, Limit, StayId,
    permissions::{StaysCancel, StaysEdit, StaysView},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, Query, Web, WebError};

use super::{
    model::{BulkAction, Done, Pick},
    service,
};
use crate::{
    App,
    stays::{
        FilterForm, Stay, StayTab,
        pages::{
            lists::{HEADINGS, cells},
            place, who_of,
        },
        service as stays,
    },
    ui::{
        Page,
        csv::{self, Csv},
        html,
    },
};

/// Which stays of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Which {
    /// Those that are ticked.
    #[default]
    Ticked,
    /// All of the page.
    Page,
    /// All that the list has, up to the most.
    All,
}

/// The choice made on a list, with the list's own address.
#[derive(Debug, Deserialize)]
pub(super) struct BulkQuery {
    #[serde(default)]
    action: Option<BulkAction>,
    #[serde(default)]
    which: Which,
    #[serde(default)]
    stay: Vec<StayId>,
    #[serde(default)]
    tab: Option<StayTab>,
    #[serde(default)]
    cursor: String,
    #[serde(flatten)]
    filter: FilterForm,
}

impl BulkQuery {
    fn back(&self) -> String {
        self.filter.address("/stays", self.tab.unwrap_or(StayTab::Upcoming))
    }

    /// The stays that are meant, and whether the list has more than can be done at once.
    async fn chosen(&self, app: &App, grant: &Grant<StaysView>) -> Result<(Vec<Stay>, bool), WebError> {
        let mut read = app.db.read().await.map_err(Fault::from)?;
        let (filter, errors) = self.filter.parse(self.tab.unwrap_or(StayTab::Upcoming));
        if self.which != Which::Ticked && !errors.is_empty() {
            return Err(WebError::invalid(&errors));
        }
        let now = app.env.now();
        Ok(match self.which {
            Which::Ticked => (service::picked(&mut read, grant, &self.stay).await?, false),
            Which::Page => {
                let after = Some(self.cursor.trim()).filter(|text| !text.is_empty()).map(Cursor::received);
                let found = stays::list(&mut read, grant, &filter, after.as_ref(), Limit::default(), now).await?;
                (found.items, false)
            }
            Which::All => service::listed(&mut read, grant, &filter, now).await?,
        })
    }
}

/// A stay, and what becomes of it.
struct Line {
    id: StayId,
    version: i64,
    who: String,
    place: String,
    dates: String,
    /// Why nothing is done.
    why: Option<String>,
}

fn line(page: &Page, stay: &Stay, why: Option<&str>) -> Line {
    Line {
        id: stay.id,
        version: stay.version,
        who: who_of(page, stay),
        place: place(stay),
        dates: page.date_range(stay.nights.check_in(), stay.nights.check_out()),
        why: why.map(|why| page.t_of("bulk-why", why)),
    }
}

#[derive(Template)]
#[template(path = "stays/bulk/templates/preview.html")]
struct PreviewPage {
    page: Page,
    action: BulkAction,
    back: String,
    lines: Vec<Line>,
    possible: usize,
    skipped: usize,
    more: bool,
}

pub(super) async fn preview(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Query(query): Query<BulkQuery>,
) -> Result<Response, WebError> {
    let (chosen, more) = query.chosen(&app, &grant.also()?).await?;
    let (Some(action), false) = (query.action, chosen.is_empty()) else {
        web.flash(&Flash::error("bulk-flash-none"));
        return Ok(web.redirect(&query.back()));
    };
    let page = Page::of(&web);
    let plan = service::plan(action, &chosen, app.env.now());
    let lines: Vec<Line> =
        chosen.iter().zip(&plan).map(|(stay, why)| line(&page, stay, why.map(|why| why.as_str()))).collect();
    let skipped = plan.iter().filter(|why| why.is_some()).count();
    html(&PreviewPage { action, back: query.back(), possible: lines.len() - skipped, skipped, lines, more, page })
}

/// What the button of the preview sends: each stay as `id:version`.
#[derive(Debug, Deserialize)]
pub(super) struct BulkForm {
    #[serde(default)]
    action: Option<BulkAction>,
    #[serde(default)]
    pick: Vec<String>,
    #[serde(default)]
    back: String,
}

impl BulkForm {
    fn picks(&self) -> Result<Vec<Pick>, WebError> {
        let pick = |text: &String| {
            let (id, version) = text.split_once(':')?;
            Some(Pick { stay: id.parse().ok()?, version: Some(version.parse().ok()?) })
        };
        self.pick.iter().map(|text| pick(text).ok_or_else(|| WebError::bad_request("invalid"))).collect()
    }

    /// The list that was left, if it is one.
    fn list(&self) -> String {
        if self.back.starts_with("/stays?") { self.back.clone() } else { "/stays".to_owned() }
    }
}

#[derive(Template)]
#[template(path = "stays/bulk/templates/done.html")]
struct DonePage {
    page: Page,
    action: BulkAction,
    back: String,
    lines: Vec<Line>,
    done: usize,
    skipped: usize,
}

impl DonePage {
    /// Whether what was done can be taken back.
    fn may_undo(&self) -> bool {
        self.done > 0 && matches!(self.action, BulkAction::Cancel | BulkAction::Dismiss)
    }
}

async fn done_page(
    app: &App,
    web: &Web,
    grant: &Grant<StaysView>,
    form: &BulkForm,
    action: BulkAction,
    all: Vec<Done>,
) -> Result<Response, WebError> {
    let ids: Vec<StayId> = all.iter().map(|done| done.stay).collect();
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let stays = service::picked(&mut read, grant, &ids).await?;
    let page = Page::of(web);
    let why = |stay: &Stay| all.iter().find(|done| done.stay == stay.id).and_then(|done| done.skipped);
    let lines: Vec<Line> = stays.iter().map(|stay| line(&page, stay, why(stay).map(|why| why.as_str()))).collect();
    let done = all.iter().filter(|done| done.skipped.is_none()).count();
    html(&DonePage { action, back: form.list(), lines, skipped: all.len() - done, done, page })
}

pub(super) async fn apply(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Csrf(form): Csrf<BulkForm>,
) -> Result<Response, WebError> {
    let action = form.action.ok_or_else(|| WebError::bad_request("invalid"))?;
    let done = service::apply(&app, &grant, action, &form.picks()?).await?;
    done_page(&app, &web, &grant.also()?, &form, action, done).await
}

pub(super) async fn cancel(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCancel>,
    Csrf(form): Csrf<BulkForm>,
) -> Result<Response, WebError> {
    let done = service::cancel(&app, &grant, &form.picks()?).await?;
    done_page(&app, &web, &grant.also()?, &form, BulkAction::Cancel, done).await
}

/// The chosen stays as a file, with what the viewer may see.
pub(super) async fn file(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<BulkQuery>,
) -> Result<Response, WebError> {
    let (chosen, _) = query.chosen(&app, &grant).await?;
    let page = Page::of(&web);
    let mut table = Csv::new(HEADINGS.iter().map(|key| page.t(key)));
    chosen.iter().for_each(|stay| table.row(cells(&page, stay)));
    Ok(csv::file("stays-selection", table.into_text())?)
}
