//! Random stays, random periods: what the statements add up is what the plain reckoning finds, on both databases.

use std::collections::{BTreeMap, BTreeSet};

use db::{sql, testing::TestDb};
use kernel::PropertyId;
use proptest::{prelude::*, test_runner::TestRunner};

use super::{naive::Written, *};

/// A stay before it has ids. Units: 0 a house, 1 and 2 its rooms, 3 a bed of the second room, 4 and 5 other houses.
#[derive(Debug, Clone)]
struct Draft {
    unit: usize,
    from: i64,
    length: i64,
    /// 0 to 9 a reservation by status, then an owner's stay, maintenance, another block.
    what: usize,
    channel: usize,
    /// No price, free, or so much a night and a little more each night.
    price: Option<i64>,
    booked: (i64, u32),
    imported: bool,
}

fn draft() -> impl Strategy<Value = Draft> {
    let what = prop_oneof![6 => 0..StayStatus::ALL.len(), 4 => Just(3_usize), 3 => 10..13_usize];
    let price = prop_oneof![2 => Just(None), 1 => Just(Some(0)), 5 => (1..90_000_i64).prop_map(Some)];
    (0..6_usize, -40..60_i64, 1..14_i64, what, 0..5_usize, price, (-20..90_i64, 0..24_u32), any::<bool>()).prop_map(
        |(unit, from, length, what, channel, price, booked, imported)| Draft {
            unit,
            from,
            length,
            what,
            channel,
            price,
            booked,
            imported,
        },
    )
}

type Case = (Vec<Draft>, i64, i64, Option<usize>);

fn case() -> impl Strategy<Value = Case> {
    (prop::collection::vec(draft(), 0..40), -45..60_i64, 1..90_i64, prop::option::of(0..3_usize))
}

/// The world's units, and what the plain reckoning needs to know of them.
struct Estate {
    world: World,
    units: [UnitId; 6],
    properties: [PropertyId; 3],
    below: BTreeMap<UnitId, Vec<UnitId>>,
    feed: FeedId,
    life: BTreeMap<PropertyId, (Date, Option<Date>)>,
}

impl Estate {
    async fn new(db: TestDb) -> Self {
        let world = World::new(db).await;
        let (house, second, third) = (world.home.first, world.home.second, world.add_house("Attic").await);
        let room = world.add_unit(house, house.unit, "A").await;
        let suite = world.add_unit(house, house.unit, "B").await;
        let bed = world.add_unit(house, suite, "C").await;
        world.add_feed(&world.home).await;
        let begun: Instant = "2026-12-20T09:00:00Z".parse().unwrap();
        let archived: Instant = "2027-01-25T09:00:00Z".parse().unwrap();
        let mut tx = world.db.begin().await.unwrap();
        sql!("UPDATE property SET created_at = $3, archived_at = $4 WHERE organization_id = $1 AND id = $2")
            .bind(world.home.organization)
            .bind(third.property)
            .bind(begun)
            .bind(archived)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let today = day(4);
        Self {
            units: [house.unit, room, suite, bed, second.unit, third.unit],
            properties: [house.property, second.property, third.property],
            below: BTreeMap::from([(house.unit, vec![house.unit, room, suite, bed]), (suite, vec![suite, bed])]),
            feed: world.home.feed(),
            life: BTreeMap::from([
                (house.property, (today, None)),
                (second.property, (today, None)),
                (third.property, ("2026-12-20".parse().unwrap(), Some("2027-01-25".parse().unwrap()))),
            ]),
            world,
        }
    }

    fn property_of(&self) -> BTreeMap<UnitId, PropertyId> {
        let houses = [0, 0, 0, 0, 1, 2].map(|place: usize| self.properties[place]);
        self.units.into_iter().zip(houses).collect()
    }

    fn row(&self, draft: &Draft) -> Row {
        let block_kind = draft.what.checked_sub(10).map(|place| BlockKind::ALL[place]);
        let span = nights(draft.from, draft.from + draft.length);
        let prices = draft
            .price
            .map(|price| (0..draft.length).map(|night| if price == 0 { 0 } else { price + night }).collect());
        let booked = span.check_in() - TimeDelta::days(draft.booked.0);
        Row {
            id: StayId::new(&self.world.env),
            unit: self.units[draft.unit],
            kind: if block_kind.is_some() { StayKind::Block } else { StayKind::Reservation },
            block_kind,
            status: if block_kind.is_some() { StayStatus::Confirmed } else { StayStatus::ALL[draft.what] },
            channel: Channel::ALL[draft.channel],
            nights: span,
            prices: prices.filter(|_| block_kind.is_none()),
            feed: draft.imported.then_some(self.feed),
            created_at: earlier(booked, 0, draft.booked.1),
        }
    }

    async fn clear(&self) {
        let mut tx = self.world.db.begin().await.unwrap();
        for statement in [
            sql!("DELETE FROM unit_night WHERE organization_id = $1"),
            sql!("DELETE FROM stay_night WHERE organization_id = $1"),
            sql!("DELETE FROM stay WHERE organization_id = $1"),
        ] {
            statement.bind(self.world.home.organization).execute(&mut tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn check(&self, (drafts, from, length, chosen): &Case) {
        self.clear().await;
        let rows: Vec<Row> = drafts.iter().map(|draft| self.row(draft)).collect();
        let claims = claims(&rows, &self.below);
        write(&self.world, &rows, &claims).await;
        let written = Written {
            rows: &rows,
            claims: &claims,
            whole: BTreeSet::from([self.units[0], self.units[4], self.units[5]]),
            property_of: self.property_of(),
            life: self.life.clone(),
            feeds: BTreeMap::from([(self.feed, self.world.env.now())]),
        };
        let period = nights(*from, from + length);
        let property = chosen.map(|place| self.properties[place]);
        let mut read = self.world.db.read().await.unwrap();
        let grant = self.world.manager::<ReportsView>();
        let ask = Ask { property, ..ask(period) };
        let told = report(&mut read, &grant, &ask, self.world.env.now()).await.unwrap();
        let of: Vec<PropertyId> = property.map_or_else(|| self.properties.to_vec(), |id| vec![id]);
        assert_told(&told, &written, &of);
    }
}

fn assert_told(told: &Report, written: &Written<'_>, of: &[PropertyId]) {
    assert_eq!(told.total, written.figures(told.nights, of), "in all");
    assert_eq!(told.total_before, written.figures(told.before, of), "before");
    for id in of {
        let figures = written.figures(told.nights, &[*id]);
        let row = told.properties.iter().find(|(house, _)| house.id == *id).map(|(_, figures)| *figures);
        assert_eq!(row.unwrap_or_default(), figures, "{id}");
        let NightCounts { total, guest, owner, held, .. } = figures.nights;
        assert!(guest + owner + held <= total, "more nights than there are");
    }
    for channel in Channel::ALL {
        let row = told.channels.iter().find(|(known, _)| known == channel).map(|(_, figures)| *figures);
        let (row, nights) = (row.unwrap_or_default(), written.nights(told.nights, of, Some(*channel)));
        let sold = |counts: NightCounts| (counts.sold, counts.paid, counts.revenue);
        assert_eq!(
            (sold(row.nights), row.stays),
            (sold(nights), written.stays(told.nights, of, Some(*channel))),
            "{channel}"
        );
    }
    let mut sum = NightCounts::default();
    for (step, counts) in &told.steps {
        assert_eq!(*counts, written.nights(*step, of, None), "{step}");
        sum += *counts;
    }
    assert_eq!(sum, told.total.nights, "the steps add up");
}

fn random(open: impl AsyncFn() -> TestDb) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let estate = runtime.block_on(async { Estate::new(open().await).await });
    let mut runner = TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) });
    let outcome = runner.run(&case(), |case| {
        runtime.block_on(estate.check(&case));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn figures_are_those_of_a_plain_reckoning_on_sqlite() {
    random(TestDb::sqlite);
}

#[test]
fn figures_are_those_of_a_plain_reckoning_on_postgres() {
    random(TestDb::postgres);
}
