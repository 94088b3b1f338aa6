//! What titles and descriptions mean, by channel.

use super::*;
use crate::feeds::Class;

/// What the one event of a feed with these lines becomes; `None` when it is left out.
fn seen_as(channel: FeedChannel, lines: &str) -> Option<Seen> {
    let mut world = World::new(channel, "2027-01-04");
    let body =
        format!("BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20270201\nDTEND;VALUE=DATE:20270205\n{lines}\nEND:VEVENT");
    world.sync(&calendar(&body));
    world.rows.into_values().next().map(|row| row.known.seen)
}

fn class(channel: FeedChannel, summary: &str) -> Option<Class> {
    seen_as(channel, &format!("SUMMARY:{summary}")).map(|seen| seen.class)
}

#[test]
fn titles_by_channel() {
    use Class::{Block, Reservation, Tentative, Unsure};
    use FeedChannel::{Airbnb, BookingCom, Other, Vrbo};
    for (channel, summary, expected) in [
        (Airbnb, "Reserved", Some(Reservation)),
        (Airbnb, "RESERVED", Some(Reservation)),
        (Airbnb, "Airbnb (Not available)", Some(Block)),
        (Airbnb, "Not available", Some(Block)),
        (Airbnb, "Blocked", Some(Block)),
        (Airbnb, "Jane Doe (HMABCD1234)", Some(Reservation)),
        (Airbnb, "PENDING", Some(Tentative)),
        (Airbnb, "Something else", Some(Unsure)),
        (Airbnb, "", Some(Unsure)),
        (Vrbo, "Reserved", Some(Reservation)),
        (Vrbo, "Reserved - Melanie", Some(Reservation)),
        (Vrbo, "Réservé - Zoë", Some(Reservation)),
        (Vrbo, "Reservado - Ana", Some(Reservation)),
        (Vrbo, "Reserviert – Jürgen", Some(Reservation)),
        (Vrbo, "Prenotato - Gino", Some(Reservation)),
        (Vrbo, "Blocked", Some(Block)),
        (Vrbo, "Indisponible", Some(Block)),
        (Vrbo, "Nicht verfügbar", Some(Block)),
        (Vrbo, "No disponible", Some(Block)),
        (Vrbo, "Bloccato", Some(Block)),
        (Vrbo, "Tentative - Jean", Some(Tentative)),
        (Vrbo, "Provisorio - Ana", Some(Tentative)),
        (Vrbo, "Vorläufig - Uwe", Some(Tentative)),
        (Vrbo, "Something else", Some(Unsure)),
        (BookingCom, "CLOSED - Not available", Some(Unsure)),
        (BookingCom, "Closed - not available", Some(Unsure)),
        (BookingCom, "CLOSED", Some(Unsure)),
        (BookingCom, "CLOSED - No disponible", Some(Unsure)),
        (BookingCom, "CLOSED - Jane Doe", Some(Reservation)),
        (BookingCom, "Reserved", Some(Reservation)),
        (Other, "Family Okafor", Some(Unsure)),
        (Other, "Not available", Some(Unsure)),
        (Other, "Check-in", None),
        (Other, "Check-out: Jane", None),
        (Other, "Checkout (Jane)", None),
        (Other, "Check-ins of the year", Some(Unsure)),
    ] {
        assert_eq!(class(channel, summary), expected, "{channel} {summary}");
    }
}

#[test]
fn status_tentative_makes_a_reservation_pending_but_not_a_block() {
    let tentative =
        |channel, summary: &str| seen_as(channel, &format!("STATUS:TENTATIVE\nSUMMARY:{summary}")).unwrap().class;
    assert_eq!(tentative(FeedChannel::Vrbo, "Reserved"), Class::Tentative);
    assert_eq!(tentative(FeedChannel::Other, "Family Okafor"), Class::Tentative);
    assert_eq!(tentative(FeedChannel::Vrbo, "Blocked"), Class::Block);
}

#[test]
fn free_time_is_taken_all_the_same() {
    // Calendar programs mark whole days as free unless told; a night blocked too much can be opened, a night sold twice not.
    assert!(seen_as(FeedChannel::Other, "TRANSP:TRANSPARENT\nSUMMARY:Owner").is_some());
}

#[test]
fn reservation_codes_in_every_form() {
    let code = |lines: &str| seen_as(FeedChannel::Airbnb, lines).unwrap().code;
    for lines in [
        "DESCRIPTION:Reservation URL: https://www.airbnb.com/hosting/reservations/details/HMABCD1234\\nPhone",
        "DESCRIPTION:Reservation URL: https://www.airbnb.co.uk/reservation/itinerary?code=HMABCD1234&s=1",
        "URL:https://www.airbnb.com/hosting/reservations/details/HMABCD1234?x=1",
        "SUMMARY:Jane Doe (HMABCD1234)",
    ] {
        assert_eq!(code(lines).as_deref(), Some("HMABCD1234"), "{lines}");
    }
    for lines in [
        "DESCRIPTION:https://www.airbnb.com/hosting/reservations/details/HMABCD12345",
        "DESCRIPTION:https://www.airbnb.com/hosting/reservations/details/hmabcd1234",
        "DESCRIPTION:https://example.com/hosting/reservations/details/HMABCD1234",
        "SUMMARY:(NEWTESTAMENT)",
    ] {
        assert_eq!(code(lines), None, "{lines}");
    }
}

#[test]
fn phone_digits_and_guest_names() {
    let seen = |channel, lines: &str| seen_as(channel, lines).unwrap();
    assert_eq!(
        seen(FeedChannel::Airbnb, "DESCRIPTION:Phone Number (Last 4 Digits): 0087").phone_last4.as_deref(),
        Some("0087")
    );
    assert_eq!(seen(FeedChannel::Airbnb, "DESCRIPTION:Phone Number (Last 4 Digits): 87").phone_last4, None);
    for (channel, summary, name) in [
        (FeedChannel::Vrbo, "Reserved - Anne-Marie", Some("Anne-Marie")),
        (FeedChannel::Vrbo, "Reserved - ", None),
        (FeedChannel::Vrbo, "Blocked - Maintenance", None),
        (FeedChannel::BookingCom, "CLOSED - Jane O'Brien", Some("Jane O'Brien")),
        (FeedChannel::BookingCom, "CLOSED - Not available", None),
        (FeedChannel::Airbnb, "Jane Doe (HMABCD1234)", Some("Jane Doe")),
    ] {
        assert_eq!(seen(channel, &format!("SUMMARY:{summary}")).guest_name.as_deref(), name, "{summary}");
    }
}

#[test]
fn the_default_kind_of_other_feeds_counts() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    world.facts.default_kind = Kind::Block;
    world.sync(feed!("odd_but_valid.ics"));
    assert!(world.live().iter().all(|line| line.ends_with("block")));
}

#[test]
fn over_thirty_nights_an_unsure_event_is_a_block() {
    let kind = |until: &str| {
        let mut world = World::new(FeedChannel::BookingCom, "2027-01-04");
        world.sync(&calendar(&event("a", "2027-03-01", until, "CLOSED - Not available")));
        world.live().remove(0)
    };
    assert!(kind("2027-03-31").ends_with("reservation to review"));
    assert!(kind("2027-04-01").ends_with("block"));
}
