//! The page of owners.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{
    Fault, FieldErrors, Grant, Language, PropertyId,
    permissions::{OwnersEdit, OwnersView},
};
use serde::{Deserialize, Serialize};
use webkit::{Allowed, Csrf, Flash, Path, Web, WebError};

use super::{NewOwners, OwnerEntry, OwnerView, OwnersError, PartyKind, PartyView, Share, model::percentage, service};
use crate::{
    App,
    properties::{self, PropertyView},
    ui::{Choice, Form, Page, html},
};

/// In place of an id: somebody who is not in the list.
const SOMEBODY_NEW: &str = "new";

/// What the form sends. The lists go together, place by place.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OwnersForm {
    party_id: Vec<String>,
    name: Vec<String>,
    share: Vec<String>,
    /// Parties that own nothing from now on.
    remove: Vec<String>,
    /// Empty, [`SOMEBODY_NEW`], `party:` or `user:` with an id.
    new_who: String,
    new_name: String,
    new_kind: String,
    new_share: String,
}

impl OwnersForm {
    fn entries(&self) -> Vec<OwnerEntry> {
        let rows = self.party_id.iter().zip(&self.name).zip(&self.share);
        let kept = rows.filter(|((party, _), _)| !self.remove.contains(party)).map(|((party, name), share)| {
            OwnerEntry { party_id: party.clone(), name: name.clone(), share: share.clone(), ..OwnerEntry::default() }
        });
        kept.chain(self.added()).collect()
    }

    fn added(&self) -> Option<OwnerEntry> {
        let base = OwnerEntry { share: self.new_share.clone(), ..OwnerEntry::default() };
        match (self.new_who.as_str(), self.new_who.split_once(':')) {
            (_, Some(("party", id))) => Some(OwnerEntry { party_id: id.to_owned(), ..base }),
            (_, Some(("user", id))) => Some(OwnerEntry { user_id: id.to_owned(), ..base }),
            (SOMEBODY_NEW, _) => Some(OwnerEntry { name: self.new_name.clone(), kind: self.new_kind.clone(), ..base }),
            // A name that was typed is meant, whatever the list says.
            _ if !self.new_name.trim().is_empty() => {
                Some(OwnerEntry { name: self.new_name.clone(), kind: self.new_kind.clone(), ..base })
            }
            _ => None,
        }
    }
}

/// An owner in the form.
struct Row {
    owner: OwnerView,
    name: String,
    share: String,
    is_wrong: bool,
    is_removed: bool,
}

#[derive(Template)]
#[template(path = "owners/templates/show.html")]
struct ShowPage {
    page: Page,
    property: PropertyView,
    owners: Vec<OwnerView>,
}

#[derive(Template)]
#[template(path = "owners/templates/form.html")]
struct FormPage {
    page: Page,
    property: PropertyView,
    rows: Vec<Row>,
    form: Form,
    others: Vec<Choice>,
    kinds: Vec<Choice>,
    total: String,
}

/// A percentage with the decimal sign of the language.
fn local(page: &Page, text: &str) -> String {
    match page.language {
        Language::English => text.to_owned(),
        Language::Spanish => text.replace('.', ","),
    }
}

impl ShowPage {
    fn percent(&self, share: &Share) -> String {
        local(&self.page, &share.to_string())
    }
}

fn total(page: &Page, owners: &[OwnerView]) -> String {
    local(page, &percentage(owners.iter().map(|owner| owner.share.basis_points()).sum()))
}

fn choice(page: &Page, party: &PartyView) -> Option<Choice> {
    match (party.id, party.user_id) {
        (Some(id), _) => Some(Choice::new(format!("party:{id}"), party.name.clone())),
        (None, Some(user)) => {
            Some(Choice::new(format!("user:{user}"), page.t1("owners-member", "name", party.name.as_str())))
        }
        (None, None) => None,
    }
}

async fn form_page(
    app: &App,
    web: &Web,
    grant: &Grant<OwnersEdit>,
    id: PropertyId,
    sent: Option<(&OwnersForm, FieldErrors)>,
) -> Result<FormPage, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, grant, id).await?;
    let owners = service::of_property(&mut read, &grant.also()?, id).await?;
    let parties = service::parties(&mut read, grant).await.map_err(Fault::from)?;
    let page = Page::of(web);
    let others = parties.iter().filter(|party| !owners.iter().any(|owner| Some(owner.party_id) == party.id));
    let mut others: Vec<Choice> = others.filter_map(|party| choice(&page, party)).collect();
    others.push(Choice::new(SOMEBODY_NEW, page.t("owners-somebody-new")));
    let total = total(&page, &owners);
    let row = |owner: OwnerView| {
        let typed = sent.as_ref().and_then(|(form, _)| {
            let place = form.party_id.iter().position(|id| *id == owner.party_id.to_string())?;
            Some((form.name.get(place)?.clone(), form.share.get(place)?.clone()))
        });
        let is_removed = sent.as_ref().is_some_and(|(form, _)| form.remove.contains(&owner.party_id.to_string()));
        let (name, share) = typed.unwrap_or_else(|| (owner.name.clone(), local(&page, &owner.share.to_string())));
        Row { is_wrong: !is_removed && Share::parse(&share).is_err(), is_removed, name, share, owner }
    };
    let rows = owners.into_iter().map(row).collect();
    let form = match sent {
        Some((form, errors)) => Form::of(form).with_errors(errors),
        None => Form::new().with("new_kind", PartyKind::Person),
    };
    let kinds = page.choices("owners-kind", PartyKind::ALL.iter().map(|kind| kind.as_str()));
    Ok(FormPage { page, property, rows, form, others, kinds, total })
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<OwnersView>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    if let Ok(grant) = grant.also() {
        return html(&form_page(&app, &web, &grant, id, None).await?);
    }
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, &grant, id).await?;
    let owners = service::of_property(&mut read, &grant, id).await?;
    html(&ShowPage { page: Page::of(&web), property, owners })
}

pub(super) async fn save(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<OwnersEdit>,
    Path(id): Path<PropertyId>,
    Csrf(form): Csrf<OwnersForm>,
) -> Result<Response, WebError> {
    let saved = match NewOwners::parse(&form.entries()) {
        Ok(new) => service::save(&app, &grant, id, &new).await,
        Err(errors) => Err(OwnersError::Invalid(errors)),
    };
    match saved {
        Ok(()) => {
            web.flash(&Flash::success("owners-flash-saved"));
            Ok(web.redirect(&format!("/properties/{id}/owners")))
        }
        Err(OwnersError::Invalid(errors)) => {
            let page = form_page(&app, &web, &grant, id, Some((&form, errors))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
