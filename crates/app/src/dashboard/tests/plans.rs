use db::{Dialect, Value, db_test, testing::TestDb, testing::explain};

use crate::testing::World;

/// Every statement of the dashboard and of the parts that it asks other features for.
fn statements() -> Vec<&'static db::Statement> {
    db::statements()
        .into_iter()
        .filter(|statement| {
            let (file, text) = (statement.place().0, statement.text());
            file.ends_with("dashboard/store.rs")
                || (file.ends_with("tasks/store.rs") && text.contains("NOT IN ('completed', 'cancelled')"))
        })
        .collect()
}

/// The highest place that a statement binds.
fn places(text: &str) -> usize {
    let numbers = text.split('$').skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    numbers.max().unwrap_or(0)
}

#[db_test]
async fn nothing_is_read_from_end_to_end(db: TestDb) {
    let world = World::new(db).await;
    if world.db.dialect() != Dialect::Sqlite {
        return;
    }
    let none: Option<kernel::UserId> = None;
    assert!(statements().len() >= 8);
    for statement in statements() {
        let mut values: Vec<Value> = db::row![world.home.organization, "all", none].into();
        values.resize(places(statement.text()).max(3), Value::Text(Some("2027-01-04".to_owned())));
        let plan = explain(&world.db, statement, values).await;
        // A scan of what a subquery gave is one of few rows; a scan of a table by its index begins with `SEARCH`.
        for table in [" s", " t", " n", " f", " p", " u", " stay", " task", " unit_night_wait"] {
            let scans = plan.iter().any(|line| line.trim() == format!("SCAN{table}"));
            assert!(!scans, "{:?}: {}", statement.place(), plan.join("\n"));
        }
    }
}
