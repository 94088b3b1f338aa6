//! What is in the demo: the houses, and who stays there when. A pure function of the day on which the demo is made.

use chrono::{Days, TimeDelta};
use kernel::{Date, Env, FixedClock, Instant, Nights, SeededRandomness};

use crate::{
    properties::PropertyForm,
    stays::{BlockKind, Channel},
};

/// How long before the day of making the first guests came, and how far ahead the last ones come, in days.
const FIRST: i64 = -50;
const LAST: i64 = 120;
/// Another seed is another demo.
const SEED: u64 = 20_270_104;

/// A house of the demo.
pub(super) struct House {
    /// In the addresses of its calendars.
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    kind: &'static str,
    street: &'static str,
    town: (&'static str, &'static str, &'static str),
    zone: &'static str,
    times: (&'static str, &'static str),
    bedrooms: &'static str,
    bathrooms: &'static str,
    capacity: u64,
    colour: &'static str,
    /// What a night earns, in cents.
    rate: u64,
    /// Whether it belongs to the owner, and whether the staff works there.
    pub(super) attached: (bool, bool),
    /// The channels whose calendars are read.
    pub(super) feeds: &'static [Channel],
}

const MADRID: &str = "Europe/Madrid";
const CANARY: &str = "Atlantic/Canary";

/// The houses. Streets and registration numbers are invented.
pub(super) const HOUSES: [House; 7] = [
    House {
        slug: "lighthouse",
        name: "Lighthouse House",
        kind: "house",
        street: "Camino de la Farola 12",
        town: ("11001", "Cádiz", "Andalucía"),
        zone: MADRID,
        times: ("16:00", "11:00"),
        bedrooms: "3",
        bathrooms: "2",
        capacity: 6,
        colour: "sky",
        rate: 18_500,
        attached: (false, true),
        feeds: &[Channel::Airbnb],
    },
    House {
        slug: "orange-court",
        name: "Orange Court Penthouse",
        kind: "apartment",
        street: "Calle de los Naranjos Altos 4",
        town: ("41001", "Sevilla", "Andalucía"),
        zone: MADRID,
        times: ("15:00", "11:00"),
        bedrooms: "2",
        bathrooms: "1.5",
        capacity: 4,
        colour: "orange",
        rate: 14_000,
        attached: (false, true),
        feeds: &[Channel::Airbnb, Channel::BookingCom],
    },
    House {
        slug: "harbour-loft",
        name: "Harbour Loft",
        kind: "loft",
        street: "Muelle de las Velas 21",
        town: ("29001", "Málaga", "Andalucía"),
        zone: MADRID,
        times: ("15:00", "10:30"),
        bedrooms: "1",
        bathrooms: "1",
        capacity: 3,
        colour: "indigo",
        rate: 11_000,
        attached: (false, true),
        feeds: &[Channel::Airbnb],
    },
    House {
        slug: "almond-villa",
        name: "Almond Villa",
        kind: "villa",
        street: "Cuesta del Almendral 7",
        town: ("29780", "Nerja", "Andalucía"),
        zone: MADRID,
        times: ("16:00", "10:00"),
        bedrooms: "4",
        bathrooms: "3",
        capacity: 8,
        colour: "emerald",
        rate: 29_500,
        attached: (true, true),
        feeds: &[Channel::Vrbo, Channel::BookingCom],
    },
    House {
        slug: "pine-cabin",
        name: "Pine Cabin",
        kind: "cabin",
        street: "Pista del Pinar Hondo 3",
        town: ("42150", "Vinuesa", "Castilla y León"),
        zone: MADRID,
        times: ("16:00", "11:00"),
        bedrooms: "2",
        bathrooms: "1",
        capacity: 5,
        colour: "lime",
        rate: 9_500,
        attached: (true, false),
        feeds: &[Channel::Airbnb],
    },
    House {
        slug: "lava-cottage",
        name: "Lava Cottage",
        kind: "cottage",
        street: "Vereda del Volcán Viejo 18",
        town: ("35550", "San Bartolomé", "Canarias"),
        zone: CANARY,
        times: ("15:00", "11:00"),
        bedrooms: "2",
        bathrooms: "2",
        capacity: 4,
        colour: "red",
        rate: 13_000,
        attached: (true, true),
        feeds: &[Channel::Airbnb, Channel::BookingCom],
    },
    House {
        slug: "palm-studio",
        name: "Palm Studio",
        kind: "studio",
        street: "Calle de las Palmeras Dobles 9",
        town: ("35001", "Las Palmas", "Canarias"),
        zone: CANARY,
        times: ("15:00", "11:00"),
        bedrooms: "0",
        bathrooms: "1",
        capacity: 2,
        colour: "pink",
        rate: 7_500,
        attached: (false, false),
        feeds: &[],
    },
];

impl House {
    pub(super) fn form(&self) -> PropertyForm {
        let (postal_code, city, region) = self.town;
        PropertyForm {
            name: self.name.to_owned(),
            property_type: self.kind.to_owned(),
            status: "active".to_owned(),
            address_line: self.street.to_owned(),
            postal_code: postal_code.to_owned(),
            city: city.to_owned(),
            region: region.to_owned(),
            country: "ES".to_owned(),
            zone: self.zone.to_owned(),
            check_in_time: self.times.0.to_owned(),
            check_out_time: self.times.1.to_owned(),
            bedrooms: self.bedrooms.to_owned(),
            bathrooms: self.bathrooms.to_owned(),
            capacity: self.capacity.to_string(),
            colour: self.colour.to_owned(),
            registration_number: format!("DEMO-{}", self.slug.to_uppercase()),
            ..PropertyForm::default()
        }
    }
}

/// What somebody wants of a house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// To stay.
    Stay,
    /// That nobody stays.
    Block(BlockKind),
    /// The channel's calendar does not tell which.
    Unclear,
}

/// An entry of somebody's calendar: the channel's, or our own book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) channel: Channel,
    pub(super) want: Want,
    pub(super) nights: Nights,
    /// The day since which it is there.
    pub(super) since: Date,
    /// The day from which it is gone again.
    pub(super) until: Option<Date>,
    pub(super) guest: String,
    pub(super) adults: u64,
    pub(super) children: u64,
    pub(super) pets: u64,
    /// In cents.
    pub(super) amount: u64,
    /// By which the channel knows it.
    pub(super) number: u64,
}

/// The entries of every house, in the order of [`HOUSES`]; each by arrival.
pub(super) fn entries(today: Date) -> Vec<Vec<Entry>> {
    HOUSES.iter().zip(0_u32..).map(|(house, index)| of_house(house, index, today)).collect()
}

/// The day that lies so many days after another.
pub(super) fn day(today: Date, days: i64) -> Date {
    today.checked_add_signed(TimeDelta::days(days)).unwrap_or(today)
}

/// What every day of trying out should show: arrival and departure from today, the channel, what is wanted, and until when it is listed.
type Fixed = (i64, i64, Channel, Want, Option<i64>);

/// For the house of this index, by arrival. Only an entry that is not heeded may share nights with its neighbour.
fn fixed(index: u32) -> &'static [Fixed] {
    use Channel::{Airbnb, BookingCom, Direct, Vrbo};
    const OWNER: Want = Want::Block(BlockKind::OwnerStay);
    const WORKS: Want = Want::Block(BlockKind::Maintenance);
    match index {
        // One party leaves today and the next arrives; a later one was called off on the channel.
        0 => &[
            (-4, 0, Airbnb, Want::Stay, None),
            (0, 5, Direct, Want::Stay, None),
            (22, 25, Airbnb, Want::Stay, Some(-6)),
        ],
        // Two channels sold the same nights.
        1 => &[
            (-2, 3, Airbnb, Want::Stay, None),
            (8, 13, Airbnb, Want::Stay, None),
            (11, 15, BookingCom, Want::Stay, None),
        ],
        // Somebody arrives today; the landlord closed some nights on the channel.
        2 => &[(0, 3, Airbnb, Want::Stay, None), (30, 33, Airbnb, Want::Block(BlockKind::Other), None)],
        // Somebody leaves today; an event that may be a stay or a closure.
        3 => &[
            (-5, 0, Vrbo, Want::Stay, None),
            (2, 8, Vrbo, Want::Stay, None),
            (16, 19, BookingCom, Want::Unclear, None),
        ],
        // The turnover of yesterday was forgotten.
        4 => &[(-5, -1, Direct, Want::Stay, None), (-1, 4, Direct, OWNER, None), (12, 16, Airbnb, Want::Stay, None)],
        5 => &[(-3, 4, BookingCom, Want::Stay, None), (4, 9, Airbnb, Want::Stay, None), (20, 24, Direct, WORKS, None)],
        _ => &[(2, 6, Direct, Want::Stay, None)],
    }
}

fn of_house(house: &House, index: u32, today: Date) -> Vec<Entry> {
    let chance = Env::new(FixedClock::at(Instant::MIN_UTC), SeededRandomness::new(SEED + u64::from(index)));
    let mut all = Vec::new();
    let mut free_from = FIRST;
    for &(check_in, check_out, channel, want, until) in fixed(index) {
        fill(house, &chance, today, (free_from, check_in), &mut all);
        let until = until.map(|days| day(today, days));
        let made = entry(house, &chance, today, (check_in, check_out), channel);
        all.extend(made.map(|entry| Entry { want, since: entry.since.min(day(today, -10)), until, ..entry }));
        free_from = check_out;
    }
    fill(house, &chance, today, (free_from, LAST), &mut all);
    // Nobody has booked yet what will be booked after today.
    all.retain(|entry| entry.since <= today);
    all
}

/// Fills days with stays, more closely the sooner they are.
fn fill(house: &House, chance: &Env, today: Date, (from, until): (i64, i64), all: &mut Vec<Entry>) {
    let below = |bound: u64| i64::try_from(chance.random_below(bound)).unwrap_or(0);
    let mut at = from;
    loop {
        // Often somebody arrives on the day on which somebody leaves.
        let gap = if at < 30 { (below(5) - 1).max(0) } else { 1 + below(9) };
        let check_in = at + gap;
        let check_out = check_in + 2 + below(6);
        if check_out > until {
            return;
        }
        let channel = match (chance.random_below(10), house.feeds) {
            (0..=6, [only]) => *only,
            (0..=4, [first, ..]) | (5..=7, [_, first]) => *first,
            (0..=2, []) => Channel::Other,
            _ => Channel::Direct,
        };
        all.extend(entry(house, chance, today, (check_in, check_out), channel));
        at = check_out;
    }
}

fn entry(
    house: &House,
    chance: &Env,
    today: Date,
    (check_in, check_out): (i64, i64),
    channel: Channel,
) -> Option<Entry> {
    const FIRST_NAMES: [&str; 16] = [
        "Alba", "Bruno", "Clara", "Darío", "Elena", "Félix", "Greta", "Hugo", "Inés", "Jonas", "Klara", "Liam", "Mila",
        "Nils", "Olivia", "Zoë",
    ];
    const LAST_NAMES: [&str; 12] = [
        "Brightwater",
        "Fernwick",
        "Hazelmoor",
        "Lindenrain",
        "Moonfield",
        "Nightgale",
        "Pinehollow",
        "Quillfeather",
        "Sandriver",
        "Silverreed",
        "Thistledown",
        "Wavecrest",
    ];
    let pick = |names: &[&str]| {
        let at = usize::try_from(chance.random_below(u64::try_from(names.len()).unwrap_or(1))).unwrap_or(0);
        names.get(at).copied().unwrap_or_default().to_owned()
    };
    let guest = format!("{} {}", pick(&FIRST_NAMES), pick(&LAST_NAMES));
    let adults = 1 + chance.random_below(house.capacity.min(4));
    let children = chance.random_below(house.capacity - adults + 1).min(2);
    let lead = 6 + chance.random_below(120);
    let nights = Nights::new(day(today, check_in), day(today, check_out)).ok()?;
    Some(Entry {
        channel,
        want: Want::Stay,
        nights,
        since: nights.check_in().checked_sub_days(Days::new(lead))?,
        until: None,
        guest,
        adults,
        children,
        pets: u64::from(chance.random_below(6) == 0),
        amount: house.rate * u64::from(nights.count()) + 100 * chance.random_below(40),
        number: chance.random_below(u64::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        "2027-01-04".parse().unwrap()
    }

    #[test]
    fn every_day_of_trying_out_shows_the_same_kinds_of_things() {
        let entries = entries(today());
        assert_eq!(entries, super::entries(today()), "it depends on the day only");
        let all: Vec<&Entry> = entries.iter().flatten().collect();
        for channel in [Channel::Airbnb, Channel::Vrbo, Channel::BookingCom, Channel::Direct] {
            assert!(all.iter().filter(|entry| entry.channel == channel).count() > 5, "{channel}");
        }
        let on = |day: fn(&Entry) -> Date| all.iter().filter(|entry| day(entry) == today()).count();
        assert!(on(|entry| entry.nights.check_in()) >= 2 && on(|entry| entry.nights.check_out()) >= 2);
        assert!(all.iter().any(|entry| entry.nights.check_in() > day(today(), 60)), "months ahead");
        assert!(all.iter().any(|entry| entry.nights.check_out() < day(today(), -30)), "weeks ago");
    }

    #[test]
    fn only_the_two_channels_of_one_house_want_the_same_nights() {
        for (entries, index) in entries(today()).iter().zip(0_u32..) {
            let overlaps = entries.windows(2).filter(|pair| pair[0].nights.overlaps(pair[1].nights)).count();
            assert_eq!(overlaps, usize::from(index == 1), "house {index}");
        }
    }
}
