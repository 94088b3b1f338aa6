//! Storage of the words by which rows are found.

use std::collections::BTreeSet;

use db::{DbError, Insert, Read, Tx, sql};
use kernel::OrganizationId;
use uuid::Uuid;

use super::{Search, SearchKind};

/// From this many matches of a word on, a list is read in its own order.
const MANY: i64 = 1_000;

/// Writes the words of a row's text, as [`super::text_of`] gives it, in place of those it had.
pub(crate) async fn write(
    tx: &mut Tx,
    organization: OrganizationId,
    kind: SearchKind,
    id: Uuid,
    text: &str,
) -> Result<(), DbError> {
    let known: BTreeSet<String> = sql!("SELECT word FROM search_word WHERE organization_id = $1 AND subject_id = $2")
        .bind(organization)
        .bind(id)
        .fetch_all(tx, |row| row.get("word"))
        .await?
        .into_iter()
        .collect();
    let words: BTreeSet<String> = text.split_whitespace().map(str::to_owned).collect();
    if known == words {
        return Ok(());
    }
    remove(tx, organization, id).await?;
    Insert::into("search_word", ["organization_id", "subject_kind", "word", "subject_id"])
        .rows(words.iter().map(|word| db::row![organization, kind, word, id]))
        .execute(tx)
        .await?;
    Ok(())
}

/// Forgets the words of a row that goes.
pub(crate) async fn remove(tx: &mut Tx, organization: OrganizationId, id: Uuid) -> Result<(), DbError> {
    sql!("DELETE FROM search_word WHERE organization_id = $1 AND subject_id = $2")
        .bind(organization)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}

/// The range in which the word of a search lies that the fewest rows have: where to begin. Nothing when many have each of its words.
pub(crate) async fn rarest(
    read: &mut Read,
    organization: OrganizationId,
    kind: SearchKind,
    search: &Search,
) -> Result<Option<(String, String)>, DbError> {
    let (mut rarest, mut least) = (None, MANY);
    for (from, below) in search.ranges() {
        let count: i64 = sql!(
            "SELECT COUNT(*) AS n FROM (SELECT 1 FROM search_word WHERE organization_id = $1 AND subject_kind = $2 AND word >= $3 \
             AND word < $4 LIMIT $5) AS matches"
        )
        .bind(organization)
        .bind(kind)
        .bind(&from)
        .bind(&below)
        .bind(least)
        .fetch_one(read, |row| row.get("n"))
        .await?;
        if count < least {
            (rarest, least) = (Some((from, below)), count);
        }
    }
    Ok(rarest)
}
