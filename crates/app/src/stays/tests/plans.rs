//! The statements that pages run most are served by indexes, however many stays there are.

use db::{Bind, Statement, Value, statements, testing::TestDb};
use kernel::{PropertyId, permissions::StaysView};

use super::*;

fn statement(words: &[&str]) -> &'static Statement {
    let searches = words.contains(&"search_word");
    let found: Vec<_> = statements()
        .into_iter()
        .filter(|s| s.place().0.contains("stays/store/") && words.iter().all(|word| s.text().contains(word)))
        .filter(|s| s.text().contains("search_word") == searches)
        .collect();
    assert_eq!(found.len(), 1, "{words:?}");
    found[0]
}

/// Every table of the plan is reached by an index, but for those that are small or joined by their key.
async fn assert_indexed(world: &World, words: &[&str], rest: Vec<Value>) {
    let grant = world.manager::<StaysView>();
    let scope = grant.scope();
    let mut values = db::row![scope.organization_id(), scope.rows().kind(), scope.rows().user_id()].to_vec();
    values.extend(rest);
    let plan = db::testing::explain(&world.db, statement(words), values).await;
    let scans: Vec<&String> = plan
        .iter()
        .filter(|line| line.trim().starts_with("SCAN") || line.contains("Seq Scan"))
        .filter(|line| !line.contains("CONSTANT ROW"))
        .collect();
    assert!(scans.is_empty(), "{words:?}: {plan:#?}");
}

fn today() -> Vec<Value> {
    let date = date("2027-01-04");
    vec![",".into_value(), date.into_value(), ",".into_value(), date.into_value(), date.into_value()]
}

#[db::db_test]
async fn lists_and_windows_are_served_by_indexes(db: TestDb) {
    let world = World::new(db).await;
    let (day, id) = (date("2027-01-04"), uuid::Uuid::nil());
    let mut list = vec![None::<PropertyId>.into_value(), day.into_value(), id.into_value(), 51_i64.into_value()];
    list.extend([None::<String>.into_value(), None::<String>.into_value(), None::<kernel::Date>.into_value()]);
    list.push(None::<kernel::Date>.into_value());
    list.extend([None::<String>.into_value(), None::<String>.into_value(), None::<String>.into_value()]);
    assert_indexed(&world, &["s.status IN ('cancelled'"], list.clone()).await;
    assert_indexed(&world, &["AND s.needs_review AND", "LIMIT $7"], list.clone()).await;
    list.extend(today());
    assert_indexed(&world, &["s.status = 'confirmed' AND s.check_in >= "], list.clone()).await;
}

#[db::db_test]
async fn a_search_begins_with_the_word(db: TestDb) {
    let world = World::new(db).await;
    let (day, id, word) = (date("2027-01-04"), uuid::Uuid::nil(), Some("zoe".to_owned()));
    let mut values = vec![None::<PropertyId>.into_value(), day.into_value(), id.into_value(), 51_i64.into_value()];
    values.extend([None::<String>.into_value(), None::<String>.into_value()]);
    values.extend([None::<kernel::Date>.into_value(), None::<kernel::Date>.into_value()]);
    values.extend([word.clone().into_value(), None::<String>.into_value(), None::<String>.into_value()]);
    values.extend([word.clone().into_value(), word.into_value()]);
    assert_indexed(&world, &["1 = 1", "search_word"], values.clone()).await;
    let grant = world.manager::<StaysView>();
    let scope = grant.scope();
    let all =
        [db::row![scope.organization_id(), scope.rows().kind(), scope.rows().user_id()].to_vec(), values].concat();
    let plan = db::testing::explain(&world.db, statement(&["1 = 1", "search_word"]), all).await;
    assert!(!plan.iter().any(|line| line.contains("stay_by_check_in")), "{plan:#?}");
}

#[db::db_test]
async fn who_is_in_the_way_is_found_by_the_nights(db: TestDb) {
    let world = World::new(db).await;
    let (organization, id, day) = (world.home.organization, uuid::Uuid::nil(), date("2027-01-04"));
    let values = db::row![organization, id, day, day, id].to_vec();
    let plan = db::testing::explain(&world.db, statement(&["n.stay_id <> $5"]), values).await;
    let of_all = |line: &&String| line.contains("SEARCH s ") && line.ends_with("(organization_id=?)");
    assert_eq!(plan.iter().find(of_all), None, "{plan:#?}");
}

#[db::db_test]
async fn a_page_takes_the_same_statements_however_many_rows_it_has(db: TestDb) {
    let world = World::new(db).await;
    let grant = world.manager::<StaysView>();
    let mut seen = Vec::new();
    for round in 0..2 {
        for day in 0..8 {
            book(&world, world.home.first.unit, 4 + 10 * round + day, 5 + 10 * round + day).await.unwrap();
        }
        let mut read = world.db.read().await.unwrap();
        let now = world.env.now();
        let filter = StayFilter::of(StayTab::Upcoming);
        let work = async {
            list(&mut read, &grant, &filter, None, kernel::Limit::default(), now).await.unwrap();
        };
        seen.push(db::count_queries(work).await.1);
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0] <= 8, "{seen:?}");
}
