//! How fast feeds are read and planned on one core, and how much memory that takes.
//!
//! `cargo run --release --example feed_bench -p app` prints one line of JSON for each case: `events` of one answer and its
//! `bytes`, `events_per_second` of reading and planning together, and `peak_kib`, the process's largest resident size
//! so far (Linux; 0 elsewhere).

use std::{collections::BTreeSet, fmt::Write as _, io::Write as _, time::Instant};

use app::feeds::{Action, Decided, EndMeaning, FeedChannel, FeedFacts, Kind, Known, KnownState, SyncPlan, ical, plan};
use kernel::{Date, FeedId, StayId, Zone};
use uuid::Uuid;

/// Each case is measured for at least this long.
const SECONDS: f64 = 1.0;

fn main() -> std::io::Result<()> {
    let facts = FeedFacts {
        id: FeedId::from_uuid(Uuid::from_u128(1)),
        channel: FeedChannel::Airbnb,
        default_kind: Kind::Reservation,
        end: EndMeaning::CheckOut,
        zone: Zone::UTC,
        today: Date::from_ymd_opt(2027, 1, 4).unwrap_or_default(),
        instance: "bench.invalid".into(),
        confirmed_gone: BTreeSet::new(),
    };
    for (name, events) in [("airbnb, a season", 120), ("airbnb, 5 MB", usize::MAX)] {
        let body = airbnb(events, facts.today);
        let first = run(&facts, &[], &body);
        report(&format!("{name}, first sync"), &body, &first, || run(&facts, &[], &body))?;
        let known = applied(&first);
        report(&format!("{name}, nothing new"), &body, &first, || run(&facts, &known, &body))?;
    }
    Ok(())
}

/// An answer as Airbnb writes it, with as many reservations as wanted or as fit in the largest answer that is read.
fn airbnb(events: usize, today: Date) -> Vec<u8> {
    let mut body = "BEGIN:VCALENDAR\r\nPRODID;X-RICAL-TZSOURCE=TZINFO:-//Airbnb Inc//Hosting Calendar 1.0//EN\r\nCALSCALE:GREGORIAN\r\nVERSION:2.0\r\n".to_owned();
    for (n, check_in) in today.iter_days().take(1_000).cycle().take(events).enumerate() {
        let check_out = check_in + chrono::Days::new(3);
        let mut event = String::new();
        let written = write!(
            event,
            "BEGIN:VEVENT\r\nDTEND;VALUE=DATE:{}\r\nDTSTART;VALUE=DATE:{}\r\nUID:1418fb94e984-{n:032x}@airbnb.com\r\n\
             DESCRIPTION:Reservation URL: https://www.airbnb.com/hosting/reservations/de\r\n tails/HM{n:08}\\nPhone Number \
             (Last 4 Digits): {:04}\r\nSUMMARY:Reserved\r\nEND:VEVENT\r\n",
            check_out.format("%Y%m%d"),
            check_in.format("%Y%m%d"),
            n % 10_000
        );
        if written.is_err() || body.len() + event.len() + "END:VCALENDAR\r\n".len() > ical::MAX_BODY {
            break;
        }
        body.push_str(&event);
    }
    body.push_str("END:VCALENDAR\r\n");
    body.into_bytes()
}

fn run(facts: &FeedFacts, known: &[Known], body: &[u8]) -> SyncPlan {
    ical::read(body).map(|calendar| plan(facts, known, &calendar)).unwrap_or_default()
}

/// The stays that a first sync makes.
fn applied(plan: &SyncPlan) -> Vec<Known> {
    let created = plan.actions().filter_map(|action| match action {
        Action::Create { seen } => Some(seen.clone()),
        _ => None,
    });
    let known = created.zip(1_u128..).map(|(seen, n)| Known {
        stay: StayId::from_uuid(Uuid::from_u128(n)),
        nights: seen.nights,
        seen,
        state: KnownState::Live,
        decided: Decided::default(),
        missing: 0,
    });
    known.collect()
}

#[expect(clippy::float_arithmetic, reason = "a rate of a measurement, not money")]
fn report(name: &str, body: &[u8], plan: &SyncPlan, work: impl Fn() -> SyncPlan) -> std::io::Result<()> {
    let (started, mut runs) = (Instant::now(), 0_u32);
    while started.elapsed().as_secs_f64() < SECONDS {
        std::hint::black_box(work());
        runs += 1;
    }
    let events = u32::try_from(plan.events).unwrap_or(u32::MAX);
    let rate = f64::from(runs) * f64::from(events) / started.elapsed().as_secs_f64();
    writeln!(
        std::io::stdout(),
        r#"{{"case": "{name}", "events": {events}, "bytes": {}, "events_per_second": {rate:.0}, "peak_kib": {}}}"#,
        body.len(),
        peak_kib()
    )
}

/// The largest resident size of this process so far, in KiB.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
