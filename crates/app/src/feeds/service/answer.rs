//! From what a site answers to what can be decided and kept.

use std::{
    io::{Read as _, Write as _},
    time::Duration,
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use kernel::{Fault, OrganizationId};

use crate::{
    App,
    feeds::{
        ical::{self, Calendar},
        record::{FeedView, Lines, SyncOutcome},
        store::syncs,
    },
    fetcher::{FetchError, FetchRequest, Fetched},
};

/// An answer, read and packed.
pub(crate) struct Answer {
    pub(super) outcome: SyncOutcome,
    /// The calendar, when the answer is a complete one.
    pub(super) calendar: Option<Calendar>,
    /// The answer as it is kept.
    pub(super) body: Option<Vec<u8>>,
    /// Its bytes.
    pub(super) size: u32,
    pub(super) error: Option<String>,
    pub(super) http_status: Option<u32>,
    pub(super) retry_after: Option<Duration>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

impl Answer {
    /// No answer; what the last complete one said of itself stays true.
    fn none(feed: &FeedView, error: impl Into<String>) -> Self {
        Self {
            outcome: SyncOutcome::Failed,
            calendar: None,
            body: None,
            size: 0,
            error: Some(error.into()),
            http_status: None,
            retry_after: None,
            etag: feed.etag.clone(),
            last_modified: feed.last_modified.clone(),
        }
    }

    fn failed(feed: &FeedView, error: &FetchError) -> Self {
        let mut answer = Self::none(feed, error.code());
        match error {
            FetchError::Refused(address) => answer.error = Some(format!("address_{}", address.code())),
            FetchError::Status { status, retry_after } => {
                (answer.http_status, answer.retry_after) = (Some((*status).into()), *retry_after);
            }
            _ => {}
        }
        answer
    }
}

/// Asks the site of a feed.
pub(crate) async fn ask(app: &App, organization: OrganizationId, feed: &FeedView) -> Result<Answer, Fault> {
    let Some(address) = super::opened(app, feed) else { return Ok(Answer::none(feed, "address_unreadable")) };
    let request = FetchRequest { address, etag: feed.etag.clone(), last_modified: feed.last_modified.clone() };
    match app.fetcher.fetch(&request).await {
        Err(error) => Ok(Answer::failed(feed, &error)),
        Ok(Fetched::Body(body)) => {
            let mut answer = read(body.bytes, SyncOutcome::Good, feed).await?;
            if answer.calendar.is_some() {
                (answer.etag, answer.last_modified) = (body.etag, body.last_modified);
            }
            Ok(answer)
        }
        Ok(Fetched::NotModified) => match last(app, organization, feed, SyncOutcome::NotModified).await? {
            Some((_, answer)) => Ok(answer),
            // Ask for the whole next time.
            None => Ok(Answer { etag: None, last_modified: None, ..Answer::none(feed, "incomplete") }),
        },
    }
}

/// The last complete answer of a feed again, and the sync that has it.
pub(super) async fn last(
    app: &App,
    organization: OrganizationId,
    feed: &FeedView,
    outcome: SyncOutcome,
) -> Result<Option<(kernel::SyncId, Answer)>, Fault> {
    let stored = syncs::last_body(&mut app.db.read().await?, organization, feed.id).await?;
    match stored {
        Some((sync, packed)) => Ok(Some((sync, read(unpacked(&packed)?, outcome, feed).await?))),
        None => Ok(None),
    }
}

/// Reads and packs a body, where other requests do not wait for it.
async fn read(bytes: Vec<u8>, outcome: SyncOutcome, feed: &FeedView) -> Result<Answer, Fault> {
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let work = move || Ok::<_, Fault>((packed(&bytes)?, ical::read(&bytes)));
    let done = tokio::task::spawn_blocking(work).await;
    let (body, calendar) = done.map_err(|error| Fault::new("reading a calendar", error))??;
    let mut answer = Answer { outcome, body: Some(body), size, error: None, ..Answer::none(feed, "") };
    match calendar {
        Ok(calendar) => answer.calendar = Some(calendar),
        Err(refusal) => (answer.outcome, answer.error) = (SyncOutcome::Refused, Some(refusal.to_string())),
    }
    Ok(answer)
}

/// The calendar of a kept answer; `None` when it is no complete one.
pub(super) async fn calendar_of(packed: Vec<u8>) -> Result<Option<Calendar>, Fault> {
    let work = move || unpacked(&packed).map(|bytes| ical::read(&bytes).ok());
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::new("reading a calendar", error))?
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).map_err(|error| Fault::new("packing an answer", error))?;
    encoder.finish().map_err(|error| Fault::new("packing an answer", error))
}

/// What was packed.
pub(super) fn unpacked(packed: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes).map_err(|error| Fault::new("unpacking an answer", error))?;
    Ok(bytes)
}

/// Lines as they are stored.
pub(super) fn packed_lines(lines: &Lines) -> Result<Vec<u8>, Fault> {
    packed(&serde_json::to_vec(lines).map_err(|error| Fault::new("writing the lines of a sync", error))?)
}

/// Stored lines.
pub(crate) fn opened_lines(packed: &[u8]) -> Result<Lines, Fault> {
    serde_json::from_slice(&unpacked(packed)?).map_err(|error| Fault::new("reading the lines of a sync", error))
}
