//! The pages of feeds.

mod forms;
mod show;

use db::{DbError, Read};
use kernel::{Instant, PropertyId, permissions::FeedsView};

use super::{
    Decision, FeedChannel, FeedError, FeedState, FeedView, Outcome, StayDecision, SyncView,
    exports::{self, ExportRow},
    ical::Warning,
    service,
};
use crate::{
    App,
    properties::UnitView,
    stays::Stay,
    ui::{Choice, Page},
};

pub(super) use forms::{ask_remove, create, edit, new, remove, update};
pub(super) use show::{answer, apply_again, confirm, ignore, replay, show, show_sync, sync};

/// The calendars of a property, for its page; `feeds/templates/section.html` shows them as `feeds`.
pub struct CalendarsSection {
    pub(crate) property: PropertyId,
    /// Whether one may be added.
    pub(crate) open: bool,
    pub(crate) feeds: Vec<FeedRow>,
    /// What is published for channels.
    pub(crate) exports: Vec<ExportRow>,
}

/// A feed in a list.
pub(crate) struct FeedRow {
    pub(crate) feed: FeedView,
    pub(crate) state: FeedState,
}

impl FeedRow {
    fn of(app: &App, feed: FeedView) -> Self {
        Self { state: feed.state(app.env.now(), service::stale_after(app)), feed }
    }

    pub(crate) fn title(&self, page: &Page) -> String {
        title(page, &self.feed)
    }
}

/// What a property's page shows of its calendars.
///
/// # Errors
/// When the database fails.
pub async fn calendars_of(
    app: &App,
    read: &mut Read,
    grant: &kernel::Grant<FeedsView>,
    property: PropertyId,
    archived: bool,
) -> Result<CalendarsSection, DbError> {
    let feeds = service::of_property(read, grant, property).await?;
    let feeds = feeds.into_iter().map(|feed| FeedRow::of(app, feed)).collect();
    let exports = exports::rows_of(app, read, grant, property).await?;
    Ok(CalendarsSection { property, open: !archived, feeds, exports })
}

/// The feed's name, or that of its channel, or where it is read when that is no channel we know.
fn title(page: &Page, feed: &FeedView) -> String {
    feed.name.clone().unwrap_or_else(|| match feed.channel {
        FeedChannel::Other => feed.address_host.clone(),
        channel => page.t_of("channel", channel.as_str()),
    })
}

/// What a sync decided about a stay, as a line of the stay's page.
pub(crate) struct AboutStay {
    pub(crate) outcome: Outcome,
    pub(crate) tone: &'static str,
    pub(crate) sentence: String,
    pub(crate) at: Instant,
    pub(crate) href: String,
}

/// What a stay's page shows of the calendar it came from: its name, and what was decided about the stay. Nothing for a stay that was
/// entered by hand, or whose calendar was removed.
///
/// # Errors
/// When the database fails.
pub(crate) async fn about_stay(
    page: &Page,
    read: &mut Read,
    grant: &kernel::Grant<FeedsView>,
    stay: &Stay,
) -> Result<Option<(String, Vec<AboutStay>)>, FeedError> {
    let Some(id) = stay.feed_id else { return Ok(None) };
    let feed = match service::find(read, grant, id).await {
        Err(FeedError::NotFound) => return Ok(None),
        found => found?,
    };
    let decisions = service::decisions_about(read, grant, stay).await?;
    let line = |about: StayDecision| AboutStay {
        outcome: about.decision.outcome,
        tone: tone(about.decision.outcome),
        sentence: about.decision.reason.sentence(page.language),
        at: about.at,
        href: format!("/feeds/{id}/syncs/{}", about.sync),
    };
    Ok(Some((title(page, &feed), decisions.into_iter().map(line).collect())))
}

const fn tone(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Created | Outcome::Revived => "success",
        Outcome::Updated | Outcome::Reissued => "info",
        Outcome::Missing | Outcome::Held => "warning",
        Outcome::Cancelled | Outcome::Removed => "error",
        Outcome::Kept | Outcome::Ignored | Outcome::Noted => "neutral",
    }
}

/// The units that a calendar may be of; none to choose from when the whole property is the only one.
pub(super) fn unit_choices(page: &Page, mut units: Vec<UnitView>) -> Vec<Choice> {
    units.retain(|unit| !unit.archived);
    if units.len() < 2 {
        return Vec::new();
    }
    let whole = page.t("feeds-whole-property");
    let choice = |unit: UnitView| Choice::new(unit.id.to_string(), unit.name.unwrap_or_else(|| whole.to_owned()));
    units.into_iter().map(choice).collect()
}

/// What was decided about one event or stay.
struct Line {
    outcome: Outcome,
    tone: &'static str,
    nights: String,
    summary: Box<str>,
    sentence: String,
    /// Where its stay is, if there is one.
    href: String,
}

impl Line {
    fn of(page: &Page, decision: Decision) -> Self {
        let stay = decision.stay.filter(|_| decision.outcome != Outcome::Removed);
        let nights = decision.nights.map(|nights| page.date_range(nights.check_in(), nights.check_out()));
        Self {
            outcome: decision.outcome,
            tone: tone(decision.outcome),
            nights: nights.unwrap_or_default(),
            summary: decision.summary,
            sentence: decision.reason.sentence(page.language),
            href: stay.map(|stay| format!("/stays/{stay}")).unwrap_or_default(),
        }
    }
}

/// What could not be read, as a sentence.
fn warning(page: &Page, warning: &Warning) -> String {
    let text = page.t_of("feeds-warning", warning.kind.as_str());
    match &*warning.name {
        "" => page.t_with("feeds-warning-at", &[("text", &text), ("line", &warning.line)]),
        name => page.t_with("feeds-warning-of", &[("text", &text), ("name", &name), ("line", &warning.line)]),
    }
}

/// Why there was no usable answer, as a sentence; empty when there was one.
fn problem(page: &Page, error: Option<&str>, status: Option<u32>) -> String {
    match (error, status) {
        (None, _) => String::new(),
        (Some("status"), Some(status)) => page.t1("feeds-problem-with-status", "status", status),
        (Some(code), _) => page.t_of("feeds-problem", code),
    }
}

/// A sync in a list.
struct SyncRow {
    sync: SyncView,
    tone: &'static str,
    /// What it did, or why it did nothing.
    text: String,
    at: Instant,
}

impl SyncRow {
    fn of(page: &Page, sync: SyncView) -> Self {
        use super::SyncOutcome as O;
        let tone = match sync.outcome {
            O::Good | O::NotModified if sync.notable => "success",
            O::Good | O::NotModified => "neutral",
            O::Suspicious => "warning",
            O::Refused | O::Failed => "error",
        };
        let problem = problem(page, sync.error.as_deref(), sync.http_status);
        let text = if problem.is_empty() { counts(page, &sync) } else { problem };
        Self { tone, text, at: sync.finished_at, sync }
    }
}

/// "2 new, 1 moved or changed".
fn counts(page: &Page, sync: &SyncView) -> String {
    let counts = &sync.counts;
    let parts: Vec<String> = [
        ("feeds-count-created", counts.created),
        ("feeds-count-changed", counts.changed),
        ("feeds-count-missing", counts.missing),
        ("feeds-count-cancelled", counts.cancelled),
        ("feeds-count-left-out", counts.left_out),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(key, count)| page.tn(key, count))
    .collect();
    if parts.is_empty() { page.t("feeds-count-nothing").to_owned() } else { parts.join(", ") }
}
