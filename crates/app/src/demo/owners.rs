//! Who owns the demo's houses.

use kernel::{
    Actor, PropertyId,
    permissions::{OwnersEdit, OwnersView},
};

use super::{DemoError, refused};
use crate::{
    App,
    owners::{self, NewOwners, OwnerEntry},
};

/// Lets a company have a part of a house that the demo's owner has alone until then.
pub(super) async fn share(app: &App, manager: &Actor, property: PropertyId) -> Result<(), DemoError> {
    let view = manager.grant::<OwnersView>().map_err(refused)?;
    let known = owners::of_property(&mut app.db.read().await?, &view, property).await.map_err(refused)?;
    let Some(owner) = known.first() else { return Ok(()) };
    let entries = [
        OwnerEntry { party_id: owner.party_id.to_string(), share: "66.66".to_owned(), ..OwnerEntry::default() },
        OwnerEntry {
            name: "Inversiones Levante, S.L.".to_owned(),
            kind: "company".to_owned(),
            share: "33.34".to_owned(),
            ..OwnerEntry::default()
        },
    ];
    let new = NewOwners::parse(&entries).map_err(|errors| refused(&errors))?;
    owners::save(app, &manager.grant::<OwnersEdit>().map_err(refused)?, property, &new).await.map_err(refused)
}
