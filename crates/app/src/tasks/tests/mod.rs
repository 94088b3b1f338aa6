mod http;
mod reconcile;
mod service;
mod store;

use db::{Insert, Value, sql};
use kernel::{Date, Grant, StayId, UnitId, permissions::TasksView};

use super::*;
use crate::testing::World;

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// What a test changes of a stay behind the back of its feature.
pub(super) struct Stays<'a>(pub(super) &'a World);

impl Stays<'_> {
    pub(super) async fn set(&self, stay: StayId, kind: &str, status: &str, needs_review: bool) {
        let mut tx = self.0.db.begin().await.unwrap();
        sql!(
            "UPDATE stay SET kind = $3, status = $4, needs_review = $5, block_kind = CASE WHEN $3 = 'block' THEN 'other' END \
             WHERE organization_id = $1 AND id = $2"
        )
        .bind(self.0.home.organization)
        .bind(stay)
        .bind(kind)
        .bind(status)
        .bind(needs_review)
        .execute(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) async fn place(&self, stay: StayId, unit: UnitId, check_in: &str, check_out: &str) {
        let mut tx = self.0.db.begin().await.unwrap();
        sql!("UPDATE stay SET unit_id = $3, check_in = $4, check_out = $5 WHERE organization_id = $1 AND id = $2")
            .bind(self.0.home.organization)
            .bind(stay)
            .bind(unit)
            .bind(date(check_in))
            .bind(date(check_out))
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Gives the stay nights of a unit.
    pub(super) async fn claim(&self, stay: StayId, unit: UnitId, from: &str, until: &str) {
        self.nights("unit_night", stay, unit, from, until).await;
    }

    /// Lets the stay wait for nights of a unit.
    pub(super) async fn wait(&self, stay: StayId, unit: UnitId, from: &str, until: &str) {
        self.nights("unit_night_wait", stay, unit, from, until).await;
    }

    async fn nights(&self, table: &'static str, stay: StayId, unit: UnitId, from: &str, until: &str) {
        let mut tx = self.0.db.begin().await.unwrap();
        let rows: Vec<[Value; 4]> = kernel::Nights::new(date(from), date(until))
            .unwrap()
            .iter()
            .map(|night| db::row![self.0.home.organization, unit, night, stay])
            .collect();
        Insert::into(table, ["organization_id", "unit_id", "night", "stay_id"])
            .rows(rows)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) async fn reconcile(&self, stays: &[StayId]) {
        let mut tx = self.0.db.begin().await.unwrap();
        turnovers::reconcile(&mut tx, &self.0.env, self.0.home.organization, stays).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) async fn turnover(&self, stay: StayId) -> Option<TaskView> {
        let mut read = self.0.db.read().await.unwrap();
        let grant: Grant<TasksView> = self.0.manager();
        of_stay(&mut read, &grant, stay).await.unwrap()
    }
}
