//! The calendars that channels would publish for the demo's houses. They have addresses of a host that does not exist, and are answered
//! inside the program: syncing works without a network, and nothing on this machine has to be opened for it.

use std::{fmt::Write as _, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta};
use kernel::{Date, Env, Instant};
use url::Url;

use super::plan::{Entry, HOUSES, House, Want, day, entries};
use crate::{
    fetcher::{AddressError, FetchError, FetchRequest, Fetched, FetchedBody, Fetcher},
    stays::Channel,
};

const HOST: &str = "calendars.demo.example";
/// The house and the channel whose calendar stopped answering, so that there is a stale one to look at.
const SILENT: (&str, Channel) = ("lava-cottage", Channel::BookingCom);
/// Since when before the demo was made.
pub(super) const SILENT_FOR: TimeDelta = TimeDelta::hours(9);

/// Where a channel publishes the calendar of a house. The demo's age is part of it: what is listed follows from that.
pub(super) fn address(house: &House, channel: Channel, made_at: Instant) -> String {
    format!("https://{HOST}/{}/{}/{channel}.ics", made_at.timestamp(), house.slug)
}

/// Answers for the demo's calendars; asks another fetcher for everything else.
pub(crate) struct Calendars {
    env: Env,
    others: Arc<dyn Fetcher>,
}

impl Calendars {
    pub(crate) fn new(env: Env, others: Arc<dyn Fetcher>) -> Self {
        Self { env, others }
    }

    fn answer(&self, path: &str) -> Option<Result<Fetched, FetchError>> {
        let (made_at, rest) = path.trim_start_matches('/').split_once('/')?;
        let (slug, file) = rest.split_once('/')?;
        let made_at = DateTime::from_timestamp(made_at.parse().ok()?, 0)?;
        let channel: Channel = file.strip_suffix(".ics")?.parse().ok()?;
        let now = self.env.now();
        if (slug, channel) == SILENT && now > made_at - SILENT_FOR {
            return Some(Err(FetchError::Status { status: 503, retry_after: None }));
        }
        let index = HOUSES.iter().position(|house| house.slug == slug)?;
        let entries = entries(super::today(made_at)).into_iter().nth(index)?;
        let bytes = calendar(&entries, channel, super::today(now)).into_bytes();
        Some(Ok(Fetched::Body(FetchedBody { bytes, etag: None, last_modified: None })))
    }
}

#[async_trait]
impl Fetcher for Calendars {
    fn check(&self, address: &str) -> Result<Url, AddressError> {
        self.others.check(address)
    }

    async fn fetch(&self, request: &FetchRequest) -> Result<Fetched, FetchError> {
        let url = self.check(&request.address)?;
        if url.host_str() != Some(HOST) {
            return self.others.fetch(request).await;
        }
        self.answer(url.path()).unwrap_or(Err(FetchError::Status { status: 404, retry_after: None }))
    }
}

/// What the channel lists on a day: what was booked by then and is not over, in the words that it uses.
fn calendar(entries: &[Entry], channel: Channel, on: Date) -> String {
    let mut text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//demo.example//{channel}//EN\r\n");
    let listed = entries.iter().filter(|entry| {
        let there = entry.since <= on && entry.until.is_none_or(|until| on < until);
        entry.channel == channel && there && entry.nights.check_out() >= day(on, -1)
    });
    for entry in listed {
        let first_name = entry.guest.split(' ').next().unwrap_or_default();
        let mut description = String::new();
        let summary = match (channel, entry.want) {
            (Channel::BookingCom, Want::Stay) => format!("CLOSED - {}", entry.guest),
            (Channel::BookingCom, _) => "CLOSED - Not available".to_owned(),
            (Channel::Vrbo, Want::Stay) => format!("Reserved - {first_name}"),
            (Channel::Airbnb, Want::Stay) => {
                let code = format!("HM{:08}", entry.number % 100_000_000);
                description = format!("Reservation URL: https://www.airbnb.com/hosting/reservations/details/{code}");
                "Reserved".to_owned()
            }
            (Channel::Airbnb, _) => "Airbnb (Not available)".to_owned(),
            _ => "Blocked".to_owned(),
        };
        let day = |date: Date| date.format("%Y%m%d");
        let (from, to) = (day(entry.nights.check_in()), day(entry.nights.check_out()));
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "BEGIN:VEVENT\r\nUID:{:016x}@{channel}.demo.example\r\nDTSTART;VALUE=DATE:{from}\r\nDTEND;VALUE=DATE:{to}\r\n\
             SUMMARY:{summary}\r\n",
            entry.number
        );
        if !description.is_empty() {
            let _ = write!(text, "DESCRIPTION:{description}\r\n");
        }
        text.push_str("END:VEVENT\r\n");
    }
    text.push_str("END:VCALENDAR\r\n");
    text
}
