use db::{Dialect, db_test, testing::TestDb, testing::explain};

use super::*;

/// The statements of this feature's store that read lists, by a part of their text.
fn statements(part: &str) -> Vec<&'static db::Statement> {
    db::statements()
        .into_iter()
        .filter(|statement| statement.place().0.ends_with("tasks/store.rs") && statement.text().contains(part))
        .collect()
}

#[db_test]
async fn no_statement_prepares_badly(db: TestDb) {
    for statement in db::statements().into_iter().filter(|s| s.place().0.contains("/tasks/")) {
        db::testing::prepare(&db, statement).await.unwrap_or_else(|error| panic!("{:?}: {error}", statement.place()));
    }
}

#[db_test]
async fn open_tasks_are_found_by_their_index(db: TestDb) {
    if db.dialect() != Dialect::Sqlite {
        return;
    }
    let world = World::new(db).await;
    let org = world.home.organization;
    let none: Option<kernel::UserId> = None;
    for statement in statements("t.status NOT IN ('completed', 'cancelled')") {
        let mut values: Vec<Value> = db::row![org, "all", none].into();
        let places = statement.text().matches('$').count();
        values.resize(values.len().max(places.min(16)), Value::Text(Some("2027-01-04".to_owned())));
        let plan = explain(&world.db, statement, values).await.join("\n");
        assert!(plan.contains("task_open"), "{plan}");
        assert!(!plan.contains("SCAN t"), "{plan}");
    }
}
