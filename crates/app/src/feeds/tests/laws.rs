//! Laws that hold for every sequence of answers.

use proptest::prelude::*;

use super::*;

/// One listed event: (id, arrival, nights, title), small enough that ids, dates and overlaps collide often.
type Entry = (u8, i64, i64, u8);

/// The title of one that is listed as cancelled.
const CALLED_OFF: u8 = 6;

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    // Some so long that what is unsure is a block.
    let lengths = prop_oneof![4 => 1_i64..9, 1 => 28_i64..40];
    proptest::collection::vec((0_u8..9, 0_i64..60, lengths, 0..=CALLED_OFF), 0..10)
}

fn channels() -> impl Strategy<Value = FeedChannel> {
    proptest::sample::select(FeedChannel::ALL)
}

fn listed((id, arrival, length, title): Entry) -> String {
    let day = |n: i64| (date("2027-01-01") + chrono::TimeDelta::days(n)).to_string();
    let titles = [
        "Reserved",
        "Not available",
        "CLOSED - Not available",
        "Reserved - Jo",
        "Tentative - Jo",
        "Reserved - Al",
        "Jo\nSTATUS:CANCELLED",
    ];
    let code = format!("DESCRIPTION:https://www.airbnb.com/hosting/reservations/details/HMAAAA000{id}\nSUMMARY");
    let text = event(&format!("{id}"), &day(arrival), &day(arrival + length), titles[usize::from(title)]);
    match id {
        0 | 1 => text.replace("SUMMARY", &code),
        8 => text.replace("UID:8\n", ""),
        _ => text,
    }
}

fn answer(entries: &[Entry]) -> Vec<u8> {
    calendar(&entries.iter().copied().map(listed).collect::<String>())
}

proptest! {
    #[test]
    fn order_does_not_matter(channel in channels(), first in entries(), second in entries(), seed: u64) {
        let mut world = World::new(channel, "2027-01-20");
        world.sync(&answer(&first));
        let mut shuffled = second.clone();
        shuffled.sort_by_key(|entry| (u64::from(entry.0) * 31 + entry.1.unsigned_abs() * 17 + entry.2.unsigned_abs()) ^ seed);
        prop_assert_eq!(world.plan(&answer(&second)), world.plan(&answer(&shuffled)));
    }

    #[test]
    fn the_same_answer_settles(channel in channels(), answers in proptest::collection::vec(entries(), 1..5)) {
        let mut world = World::new(channel, "2027-01-20");
        for entries in &answers {
            // `sync` itself checks that only the count of missing answers may go on.
            world.sync(&answer(entries));
        }
        let last = answer(answers.last().unwrap());
        world.sync(&last);
        let plan = world.sync(&last);
        prop_assert_eq!(world.plan(&last).actions().count(), 0, "{:?}", plan);
    }

    #[test]
    fn every_listed_night_is_held_and_nothing_that_has_begun_is_lost(
        channel in channels(), answers in proptest::collection::vec(entries(), 1..6), advance in 0_i64..9,
    ) {
        let mut world = World::new(channel, "2027-01-04");
        for entries in &answers {
            let before = world.rows.clone();
            let plan = world.sync(&answer(entries));
            let today = world.facts.today;
            if plan.suspicion.is_some() {
                prop_assert_eq!(&world.rows, &before);
            } else {
                for (_, arrival, length, _) in entries.iter().filter(|(.., title)| *title != CALLED_OFF) {
                    let arrives = date("2027-01-01") + chrono::TimeDelta::days(*arrival);
                    // Of two overlapping events with one id only one counts, so look at each event's own nights.
                    let held = (0..*length).any(|n| {
                        let night = arrives + chrono::TimeDelta::days(n);
                        world.rows.values().any(|row| row.known.state == KnownState::Live && row.known.nights.contains(night))
                    });
                    prop_assert!(held, "nothing holds {arrives} for {length} nights");
                }
            }
            for (stay, row) in before {
                let begun = row.known.nights.check_in() <= today;
                if row.known.state == KnownState::Live && begun {
                    prop_assert!(world.rows.get(&stay).is_some_and(|row| row.known.state == KnownState::Live));
                }
            }
            world.facts.today = today + chrono::TimeDelta::days(advance);
        }
    }

    #[test]
    fn nothing_vanishes_by_one_answer(channel in channels(), first in entries(), mut second in entries()) {
        second.retain(|(.., title)| *title != CALLED_OFF);
        let mut world = World::new(channel, "2027-01-04");
        world.sync(&answer(&first));
        let live = world.live().len();
        world.sync(&answer(&second));
        prop_assert!(world.live().len() >= live);
    }
}
