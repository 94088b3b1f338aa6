//! The pages of guests.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use db::Read;
use http::StatusCode;
use kernel::{
    Cursor, Fault, FieldErrors, Grant, GuestId, Language, Limit, Permission, StayId, country,
    permissions::{GuestsEdit, GuestsView},
};
use serde::{Deserialize, Serialize};
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Query, Web, WebError};

use super::{
    Companion, Guest, GuestDetails, GuestError, GuestFacts, GuestForm, GuestRow, GuestStay, MergePreview, service,
};
use crate::{
    App, accounts,
    audit::{AuditEntry, By},
    organizations, properties, stays,
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "guests/templates/list.html")]
struct ListPage {
    page: Page,
    search: String,
    doubles: bool,
    rows: Vec<GuestRow>,
    first_href: String,
    next_href: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    q: String,
    doubles: bool,
    cursor: Option<Cursor>,
}

impl ListQuery {
    fn address(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("doubles", if self.doubles { "true" } else { "false" });
        if !self.q.trim().is_empty() {
            query.append_pair("q", self.q.trim());
        }
        format!("/guests?{}", query.finish())
    }

    /// What was typed, if anything; so much of it as counts.
    fn typed(&self) -> Option<String> {
        typed(&self.q)
    }
}

fn typed(text: &str) -> Option<String> {
    Some(text.trim().chars().take(100).collect::<String>()).filter(|text| !text.is_empty())
}

pub(super) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsView>,
    Query(query): Query<ListQuery>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (typed, address) = (query.typed(), query.address());
    let found =
        service::list(&mut read, &grant, typed.as_deref(), query.doubles, query.cursor.as_ref(), Limit::default())
            .await?;
    html(&ListPage {
        page: Page::of(&web),
        search: typed.unwrap_or_default(),
        doubles: query.doubles,
        rows: found.items,
        next_href: found.next.map(|next| format!("{address}&cursor={}", next.as_str())).unwrap_or_default(),
        first_href: query.cursor.map(|_| address).unwrap_or_default(),
    })
}

/// People to choose from for a stay: the one who is chosen, and those who are found.
pub(crate) struct Chooser {
    pub(crate) options: Vec<Guest>,
    pub(crate) chosen: String,
    pub(crate) typed: String,
}

impl Chooser {
    /// The chooser of a form, with what was chosen and searched for in it; nothing for who may not see guests.
    pub(crate) async fn of<P: Permission>(
        read: &mut Read,
        grant: &Grant<P>,
        chosen: &str,
        search: &str,
    ) -> Result<Option<Self>, GuestError> {
        let Ok(grant) = grant.also::<GuestsView>() else { return Ok(None) };
        let mut options = Vec::new();
        if let Ok(id) = chosen.trim().parse() {
            match service::find(read, &grant, id).await {
                Ok(guest) => options.push(guest),
                Err(GuestError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        let typed = typed(search).unwrap_or_default();
        if !typed.is_empty() {
            let found = service::list(read, &grant, Some(&typed), false, None, Limit::new(8)).await?;
            options.extend(found.items.into_iter().map(|row| row.guest).filter(|guest| guest.id.to_string() != chosen));
        }
        Ok(Some(Self { options, chosen: chosen.trim().to_owned(), typed }))
    }
}

#[derive(Template)]
#[template(path = "guests/templates/options.html")]
struct OptionsPage {
    page: Page,
    chooser: Chooser,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OptionsQuery {
    guest_search: String,
    guest_id: String,
}

pub(super) async fn options(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsView>,
    Query(query): Query<OptionsQuery>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let chooser = Chooser::of(&mut read, &grant, &query.guest_id, &query.guest_search).await?;
    html(&OptionsPage { page: Page::of(&web), chooser: chooser.ok_or_else(WebError::not_found)? })
}

#[derive(Template)]
#[template(path = "guests/templates/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    /// The guest who is changed; `None` for a new one.
    guest: Option<Guest>,
    languages: Vec<Choice>,
    countries: Vec<Choice>,
    stale: bool,
}

fn form_page(web: &Web, form: &GuestForm, guest: Option<Guest>) -> FormPage {
    let page = Page::of(web);
    FormPage {
        languages: page.choices("guests-language", Language::ALL.iter().map(|language| language.as_str())),
        countries: accounts::countries(&page),
        form: Form::of(form),
        page,
        guest,
        stale: false,
    }
}

fn shown_again(web: &Web, form: &GuestForm, guest: Option<Guest>, errors: FieldErrors) -> Result<Response, WebError> {
    let mut page = form_page(web, form, guest);
    page.form = page.form.with_errors(errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}

pub(super) async fn new(web: Web, Allowed(_): Allowed<GuestsEdit>) -> Result<Response, WebError> {
    html(&form_page(&web, &GuestForm::default(), None))
}

pub(super) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsEdit>,
    Csrf(form): Csrf<GuestForm>,
) -> Result<Response, WebError> {
    let facts = match GuestFacts::parse(&form) {
        Ok(facts) => facts,
        Err(errors) => return shown_again(&web, &form, None, errors),
    };
    let guest = service::add(&app, &grant, &facts).await?;
    web.flash(&Flash::success("guests-flash-added").with("name", &guest.facts.name));
    Ok(web.redirect(&format!("/guests/{}", guest.id)))
}

pub(super) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<GuestId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let guest = service::find(&mut read, &grant, id).await?;
    let form = GuestForm { version: guest.version.to_string(), ..guest.facts.to_form() };
    html(&form_page(&web, &form, Some(guest)))
}

pub(super) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<GuestId>,
    Csrf(form): Csrf<GuestForm>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let guest = service::find(&mut read, &grant, id).await?;
    drop(read);
    let version = form.version.trim().parse().map_err(|_| WebError::bad_request("invalid"))?;
    let facts = match GuestFacts::parse(&form) {
        Ok(facts) => facts,
        Err(errors) => return shown_again(&web, &form, Some(guest), errors),
    };
    match service::change(&app, &grant, id, version, &facts).await {
        Ok(_) => {
            web.flash(&Flash::success("guests-flash-saved"));
            Ok(web.redirect(&format!("/guests/{id}")))
        }
        Err(GuestError::Stale) => {
            let page = FormPage { stale: true, ..form_page(&web, &form, Some(guest)) };
            Ok((StatusCode::CONFLICT, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// A stay of a guest as a line.
struct StayLine {
    href: String,
    place: String,
    dates: String,
    nights: u32,
    channel: &'static str,
    status: &'static str,
    amount: String,
    comes_along: bool,
}

struct HistoryLine {
    when: String,
    who: String,
    what: String,
}

#[derive(Template)]
#[template(path = "guests/templates/show.html")]
struct ShowPage {
    page: Page,
    guest: Guest,
    dialled: String,
    country: String,
    bookings: String,
    nights: String,
    revenue: Vec<String>,
    ahead: Vec<StayLine>,
    past: Vec<StayLine>,
    likely_same: Vec<Guest>,
    merged: Vec<Guest>,
    history: Vec<HistoryLine>,
}

fn stay_line(page: &Page, stay: &GuestStay) -> StayLine {
    StayLine {
        href: format!("/stays/{}", stay.id),
        place: properties::place_name(&stay.property_name, stay.unit_name.as_deref()),
        dates: page.date_range(stay.nights.check_in(), stay.nights.check_out()),
        nights: stay.nights.count(),
        channel: stay.channel.as_str(),
        status: stay.status.as_str(),
        amount: stay.amount.map(|amount| page.money(amount)).unwrap_or_default(),
        comes_along: !stay.is_lead,
    }
}

fn history_line(page: &Page, zone: kernel::Zone, entry: &AuditEntry) -> HistoryLine {
    let what = page.t_of("guests-action", entry.action.rsplit('.').next().unwrap_or_default());
    let fields: Vec<String> = entry.fields.iter().map(|field| page.t_of("guests-field", field)).collect();
    HistoryLine {
        when: page.date_time(entry.at, zone),
        who: match entry.by {
            By::User(_) => entry.user_name.clone().unwrap_or_default(),
            By::System(reason) => page.t_of("stays-by", reason.as_str()),
        },
        what: if fields.is_empty() { what } else { format!("{what}: {}", fields.join(", ")) },
    }
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsView>,
    Path(id): Path<GuestId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let details = match service::details(&mut read, &grant, id, app.env.now()).await {
        Err(GuestError::Merged(into)) => return Ok(web.redirect(&format!("/guests/{into}"))),
        found => found?,
    };
    let zone = organizations::find(&mut read, &grant).await?.facts.zone;
    let page = Page::of(&web);
    let (nights, bookings) =
        (page.number(details.nights()), page.number(i64::try_from(details.bookings()).unwrap_or(0)));
    let revenue = details.revenue().into_iter().map(|sum| page.money(sum)).collect();
    let GuestDetails { guest, stays, likely_same, merged, history } = details;
    let (past, ahead): (Vec<&GuestStay>, Vec<&GuestStay>) = stays.iter().partition(|stay| stay.is_past());
    html(&ShowPage {
        dialled: guest.facts.phone.as_deref().map(super::dialled).unwrap_or_default(),
        country: guest
            .facts
            .country
            .and_then(country::by_code)
            .map(|country| country.name(page.language).to_owned())
            .unwrap_or_default(),
        bookings,
        nights,
        revenue,
        ahead: ahead.into_iter().rev().map(|stay| stay_line(&page, stay)).collect(),
        past: past.into_iter().map(|stay| stay_line(&page, stay)).collect(),
        likely_same,
        merged,
        history: history.iter().map(|entry| history_line(&page, zone, entry)).collect(),
        guest,
        page,
    })
}

/// A field of two guests, and of the one they become.
struct MergeLine {
    field: String,
    kept: String,
    gone: String,
    then: String,
}

#[derive(Template)]
#[template(path = "guests/templates/merge.html")]
struct MergePage {
    page: Page,
    guest: Guest,
    search: String,
    found: Vec<Guest>,
    /// What it comes to, when the other is chosen.
    preview: Option<(MergePreview, Vec<MergeLine>)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MergeQuery {
    q: String,
    other: Option<GuestId>,
}

fn merge_lines(page: &Page, preview: &MergePreview) -> Vec<MergeLine> {
    let show = |facts: &GuestFacts| -> [String; 6] {
        let country = facts.country.and_then(country::by_code);
        [
            facts.name.clone(),
            facts.email.clone().unwrap_or_default(),
            facts.phone.clone().unwrap_or_default(),
            facts.language.map(|language| page.t_of("guests-language", language.as_str())).unwrap_or_default(),
            country.map(|country| country.name(page.language).to_owned()).unwrap_or_default(),
            facts.notes.clone().unwrap_or_default(),
        ]
    };
    let keys = ["guests-name", "guests-email", "guests-phone", "guests-language", "guests-country", "guests-notes"];
    let [kept, gone, then] = [&preview.kept.facts, &preview.gone.facts, &preview.facts].map(show);
    let values = kept.into_iter().zip(gone).zip(then);
    keys.iter()
        .zip(values)
        .map(|(key, ((kept, gone), then))| MergeLine { field: page.t(key).to_owned(), kept, gone, then })
        .filter(|line| !line.then.is_empty() || !line.gone.is_empty())
        .collect()
}

pub(super) async fn ask_merge(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<GuestId>,
    Query(query): Query<MergeQuery>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let guest = service::find(&mut read, &grant, id).await?;
    if let Some(into) = guest.merged_into {
        return Ok(web.redirect(&format!("/guests/{into}")));
    }
    let page = Page::of(&web);
    let search = typed(&query.q).unwrap_or_default();
    let found = match grant.also::<GuestsView>() {
        Ok(grant) if !search.is_empty() => {
            let found = service::list(&mut read, &grant, Some(&search), false, None, Limit::new(20)).await?.items;
            found.into_iter().map(|row| row.guest).filter(|found| found.id != id).collect()
        }
        _ => Vec::new(),
    };
    let preview = match query.other {
        Some(other) => {
            let preview = service::preview_merge(&mut read, &grant, id, other).await?;
            let lines = merge_lines(&page, &preview);
            Some((preview, lines))
        }
        None => None,
    };
    html(&MergePage { page, guest, search, found, preview })
}

#[derive(Debug, Deserialize)]
pub(super) struct MergeForm {
    other: GuestId,
    version: i64,
}

pub(super) async fn merge(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<GuestId>,
    Csrf(form): Csrf<MergeForm>,
) -> Result<Response, WebError> {
    match service::merge(&app, &grant, id, form.other, Some(form.version)).await {
        Ok(_) => web.flash(&Flash::success("guests-flash-merged")),
        Err(GuestError::Stale | GuestError::Merged(_)) => web.flash(&Flash::error("guests-flash-stale")),
        Err(error) => return Err(error.into()),
    }
    Ok(web.redirect(&format!("/guests/{id}")))
}

pub(super) async fn separate(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<GuestId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let guest = service::separate(&app, &grant, id).await?;
    web.flash(&Flash::success("guests-flash-separated").with("name", &guest.facts.name));
    Ok(web.redirect(&format!("/guests/{id}")))
}

/// Who is to come along, as the form has it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CompanionForm {
    guest_id: String,
    guest_search: String,
    find: String,
    name: String,
}

#[derive(Template)]
#[template(path = "guests/templates/companion.html")]
struct CompanionPage {
    page: Page,
    form: Form,
    stay: StayId,
    chooser: Option<Chooser>,
}

async fn companion_page(
    app: &App,
    web: &Web,
    grant: &Grant<GuestsEdit>,
    stay: StayId,
    form: &CompanionForm,
) -> Result<CompanionPage, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    stays::find(&mut read, grant, stay).await?;
    let chooser = Chooser::of(&mut read, grant, &form.guest_id, &form.guest_search).await?;
    Ok(CompanionPage { page: Page::of(web), form: Form::of(form), stay, chooser })
}

pub(super) async fn ask_companion(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<StayId>,
) -> Result<Response, WebError> {
    html(&companion_page(&app, &web, &grant, id, &CompanionForm::default()).await?)
}

pub(super) async fn add_companion(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<CompanionForm>,
) -> Result<Response, WebError> {
    if !form.find.is_empty() {
        return html(&companion_page(&app, &web, &grant, id, &form).await?);
    }
    let who = match form.guest_id.trim() {
        "" => {
            let named = GuestForm { name: form.name.clone(), ..GuestForm::default() };
            GuestFacts::parse(&named).map(|facts| Companion::Named(facts.name))
        }
        chosen => chosen.parse().map(Companion::Known).map_err(|_| FieldErrors::one("guest_id", "unknown_choice")),
    };
    let added = match who {
        Ok(who) => service::add_companion(&app, &grant, id, &who).await,
        Err(errors) => Err(errors.into()),
    };
    match added {
        Ok(guest) => {
            web.flash(&Flash::success("guests-flash-comes-along").with("name", &guest.facts.name));
            Ok(web.redirect(&format!("/stays/{id}")))
        }
        Err(GuestError::Invalid(errors)) => {
            let mut page = companion_page(&app, &web, &grant, id, &form).await?;
            page.form = page.form.with_errors(errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct RemoveForm {
    guest_id: GuestId,
}

pub(super) async fn remove_companion(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<RemoveForm>,
) -> Result<Response, WebError> {
    service::remove_companion(&app, &grant, id, form.guest_id).await?;
    web.flash(&Flash::success("guests-flash-removed"));
    Ok(web.redirect(&format!("/stays/{id}")))
}
