//! Feeds written to hurt: each is answered within limits, and no night becomes free.

use std::time::{Duration, Instant};

use super::*;

/// Generous for an unoptimised build on a busy machine; what these feeds are made for takes hours.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn the_same_id_for_several_events() {
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    let (a, b) =
        (event("same", "2027-02-01", "2027-02-05", "Reserved"), event("same", "2027-03-01", "2027-03-05", "Reserved"));
    // Twice the same is one; apart they are two stays; what overlaps is one, the longer.
    let plan = world.sync(&calendar(&[a.clone(), b.clone(), a.clone()].concat()));
    assert_eq!((ignored(&plan), world.live().len()), (vec![Reason::Duplicate], 2));
    let longer = event("same", "2027-02-01", "2027-02-07", "Reserved");
    world.sync(&calendar(&[b.clone(), a, longer].concat()));
    assert_eq!(world.live(), ["2027-02-01/2027-02-07 reservation", "2027-03-01/2027-03-05 reservation"]);
    // One of them goes, the other keeps its stay.
    world.sync(&calendar(&b));
    world.sync(&calendar(&b));
    assert_eq!((world.live(), world.rows.len()), (vec!["2027-03-01/2027-03-05 reservation".to_owned()], 2));
}

#[test]
fn the_later_revision_of_an_event_counts() {
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    let revision = |sequence: u32, month: &str| {
        event("same", &format!("2027-{month}-01"), &format!("2027-{month}-05"), "Reserved")
            .replace("SUMMARY", &format!("SEQUENCE:{sequence}\nSUMMARY"))
    };
    let plan = world.sync(&calendar(&[revision(2, "03"), revision(1, "02")].concat()));
    assert_eq!(
        (ignored(&plan), world.live()),
        (vec![Reason::OlderRevision], vec!["2027-03-01/2027-03-05 reservation".to_owned()])
    );
}

#[test]
fn a_thousand_series_that_never_match() {
    let started = Instant::now();
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    let series = (0..1_000).map(|n| {
        format!("BEGIN:VEVENT\nUID:{n}\nDTSTART;VALUE=DATE:20270201\nRRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n")
    });
    let plan = world.plan(&calendar(&series.collect::<String>()));
    world.apply(&plan);
    assert_eq!((ignored(&plan).len(), world.live().len()), (1_000, 0));
    assert!(started.elapsed() < SOON);
}

#[test]
fn endless_daily_series_stop_at_the_limit_whatever_their_order() {
    let series: Vec<String> = (0..20)
        .map(|n| format!("BEGIN:VEVENT\nUID:{n}\nDTSTART;VALUE=DATE:20270201\nRRULE:FREQ=DAILY\nEND:VEVENT\n"))
        .collect();
    let world = World::new(FeedChannel::Other, "2027-01-04");
    let plan = world.plan(&calendar(&series.concat()));
    let reversed = world.plan(&calendar(&series.iter().rev().cloned().collect::<String>()));
    assert_eq!(plan, reversed);
    assert!(plan.actions().count() <= 10_000);
}

#[test]
fn many_events_on_the_same_nights_under_new_ids() {
    let started = Instant::now();
    let feed = |name: &str| {
        calendar(
            &(0..5_000)
                .map(|n| event(&format!("{name}{n}"), "2027-02-01", "2027-02-05", "Reserved"))
                .collect::<String>(),
        )
    };
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    let first = world.plan(&feed("a"));
    world.apply(&first);
    let second = world.plan(&feed("b"));
    assert!(second.steps.len() >= 5_000 || second.suspicion.is_some());
    assert!(started.elapsed() < SOON);
}

#[test]
fn titles_and_ids_are_bounded_and_kept_as_text() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    let summary = format!("<script>alert('x')</script>\\n\u{7}\u{0}{}", "é".repeat(5_000));
    world.sync(&calendar(&event(&"u".repeat(5_000), "2027-02-01", "2027-02-05", &summary)));
    let seen = &world.nth(1).known.seen;
    assert!(seen.summary.starts_with("<script>alert('x')</script> é") && seen.summary.chars().count() == 200);
    assert!(seen.uid.starts_with("long-") && seen.uid.len() == 37);
}

#[test]
fn dates_at_the_ends_of_time() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    for lines in [
        "DTSTART;VALUE=DATE:99991231",
        "DTSTART;VALUE=DATE:00010101",
        "DTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:99991231",
        "DTSTART:99991231T235959Z\nDURATION:P999999W",
        "DTSTART;VALUE=DATE:20270201\nDURATION:P999999D",
        "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY",
    ] {
        let body = calendar(&format!("BEGIN:VEVENT\nUID:a\n{lines}\nEND:VEVENT"));
        world.facts.zone = "Pacific/Kiritimati".parse().unwrap();
        world.apply(&world.plan(&body));
    }
    assert!(world.live().len() <= 2);
}
