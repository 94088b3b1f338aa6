//! How fast feeds are read and planned on one core, and how much memory that takes.
//!
//! `cargo run --release --example feed_bench -p app` prints one line of JSON for each case: `events` of one answer and its
//! `bytes`, `events_per_second` of reading and planning together, by the processor time of one thread (elapsed time where
//! there is no Linux), and `peak_kib`, the process's largest resident size so far (Linux; 0 elsewhere).

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
    let cases = [
        ("airbnb, a season", airbnb(120, facts.today)),
        ("airbnb, 5 MB", airbnb(usize::MAX, facts.today)),
        ("most events", smallest(ical::MAX_EVENTS, facts.today)),
    ];
    for (name, body) in cases {
        let first = run(&facts, &[], &body);
        let (events, known) = (first.events, applied(&first));
        drop(first);
        report(&format!("{name}, first sync"), &body, events, || run(&facts, &[], &body))?;
        report(&format!("{name}, nothing new"), &body, events, || run(&facts, &known, &body))?;
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

/// An answer with as many events, each as short as it may be.
fn smallest(events: usize, today: Date) -> Vec<u8> {
    let days = today.iter_days().take(1_000).cycle().take(events).enumerate();
    let events =
        days.map(|(n, day)| format!("BEGIN:VEVENT\nUID:{n:x}\nDTSTART:{}\nEND:VEVENT\n", day.format("%Y%m%d")));
    format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", events.collect::<String>()).into_bytes()
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
fn report(name: &str, body: &[u8], events: usize, work: impl Fn() -> SyncPlan) -> std::io::Result<()> {
    let (started, began, mut runs) = (Instant::now(), processor_seconds(), 0_u32);
    while started.elapsed().as_secs_f64() < SECONDS {
        std::hint::black_box(work());
        runs += 1;
    }
    let seconds = match (began, processor_seconds()) {
        (Some(began), Some(now)) => now - began,
        _ => started.elapsed().as_secs_f64(),
    };
    let events = u32::try_from(events).unwrap_or(u32::MAX);
    let rate = f64::from(runs) * f64::from(events) / seconds;
    writeln!(
        std::io::stdout(),
        r#"{{"case": "{name}", "events": {events}, "bytes": {}, "events_per_second": {rate:.0}, "peak_kib": {}}}"#,
        body.len(),
        peak_kib()
    )
}

/// How long this thread has run on a processor. Other work on the machine does not count.
#[expect(clippy::float_arithmetic, reason = "a duration of a measurement")]
fn processor_seconds() -> Option<f64> {
    let nanoseconds: f64 = std::fs::read_to_string("/proc/self/schedstat").ok()?.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// The largest resident size of this process so far, in KiB.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
