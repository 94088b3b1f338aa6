//! The pages of conflicts: the list, one of them, and a page before each way out that says what follows.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use kernel::{
    Date, Fault, FieldErrors, Limit, StayId, UnitId,
    permissions::{StaysCancel, StaysEdit, StaysView},
};
use serde::{Deserialize, Serialize};
use webkit::{Allowed, Csrf, Flash, PageQuery, Path, Query, Web, WebError};

use super::{
    model::{Ask, Chosen, Conflict, ConflictDetails, FreePlace, Nearness, Outcome, Really},
    service,
};
use crate::{
    App, properties,
    stays::{
        Channel, InTheWay, Stay, StayError, StayKind,
        pages::{channel_code, other, place, steps::refusal, who, who_of},
    },
    ui::{Form, Page, html},
};

/// The most conflicts of a page.
const ROWS: i64 = 20;

/// A stay on a card.
struct Line {
    href: String,
    who: String,
    channel: &'static str,
    dates: String,
}

/// A conflict on the list.
struct Card {
    href: String,
    waiting: Line,
    others: Vec<Line>,
    /// Which nights are in question.
    nights: String,
    asks: Vec<String>,
}

/// The conflicts of a property.
struct Group {
    place: String,
    cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "stays/conflicts/templates/list.html")]
struct ListPage {
    page: Page,
    groups: Vec<Group>,
    first_href: String,
    next_href: String,
}

fn line(page: &Page, stay: &Stay) -> Line {
    Line {
        href: format!("/stays/{}", stay.id),
        who: who_of(page, stay),
        channel: channel_code(stay.kind, stay.channel),
        dates: page.date_range(stay.nights.check_in(), stay.nights.check_out()),
    }
}

fn line_of(page: &Page, other: &InTheWay) -> Line {
    Line {
        href: format!("/stays/{}", other.stay),
        who: who(page, other.kind, None, other.guest_name.as_deref(), other.channel),
        channel: channel_code(other.kind, other.channel),
        dates: page.date_range(other.nights.check_in(), other.nights.check_out()),
    }
}

/// Which nights are in question: the first, and how many with each.
fn in_question(page: &Page, in_the_way: &[InTheWay]) -> String {
    let first: Option<Date> = in_the_way.iter().map(|other| other.first_night).min();
    let count = in_the_way.iter().map(|other| other.count).max().unwrap_or_default();
    page.t_with(
        "conflicts-in-question",
        &[
            ("nights", &page.tn("stays-nights", count)),
            ("date", &first.map(|date| page.date(date)).unwrap_or_default()),
        ],
    )
}

/// Who asked which channel, and when.
fn asked_line(page: &Page, conflict: &Conflict, ask: &Ask) -> String {
    let other = conflict.in_the_way.iter().find(|other| other.stay == ask.stay);
    let channel = other.map_or(conflict.stay.channel, |other| other.channel);
    let when = page.date_time(ask.at, conflict.stay.zone);
    let channel = page.t_of("channel", channel.as_str());
    match &ask.by {
        Some(by) => page.t_with("conflicts-asked-by", &[("channel", &channel), ("who", by), ("when", &when)]),
        None => page.t_with("conflicts-asked", &[("channel", &channel), ("when", &when)]),
    }
}

fn card(page: &Page, conflict: &Conflict) -> Card {
    Card {
        href: format!("/conflicts/{}", conflict.stay.id),
        waiting: line(page, &conflict.stay),
        others: conflict.in_the_way.iter().map(|other| line_of(page, other)).collect(),
        nights: in_question(page, &conflict.in_the_way),
        asks: conflict.asks.iter().map(|ask| asked_line(page, conflict, ask)).collect(),
    }
}

pub(super) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<PageQuery>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let found = service::list(&mut read, &grant, query.cursor.as_ref(), Limit::new(ROWS), app.env.now()).await?;
    let page = Page::of(&web);
    let mut groups: Vec<(kernel::PropertyId, Group)> = Vec::new();
    for conflict in &found.items {
        let card = card(&page, conflict);
        match groups.iter_mut().find(|(property, _)| *property == conflict.stay.property_id) {
            Some((_, group)) => group.cards.push(card),
            None => groups.push((
                conflict.stay.property_id,
                Group { place: conflict.stay.property_name.clone(), cards: vec![card] },
            )),
        }
    }
    html(&ListPage {
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        first_href: query.cursor.map(|_| "/conflicts".to_owned()).unwrap_or_default(),
        next_href: found.next.map(|next| format!("/conflicts?cursor={}", next.as_str())).unwrap_or_default(),
        page,
    })
}

/// One of the stays of a conflict, with its ways out.
struct Side {
    stay: Stay,
    who: String,
    place: String,
    channel: &'static str,
    guests: String,
    amount: String,
    waits: bool,
    /// How to ask its channel; none for what was not sold at one.
    help: Option<Help>,
}

/// How a channel is asked for help.
struct Help {
    channel: String,
    steps: Vec<String>,
    /// The reservation at the channel, where it is known.
    href: Option<String>,
    text: String,
}

/// An ask on the page of its conflict.
struct AskLine {
    text: String,
    note: Option<String>,
}

#[derive(Template)]
#[template(path = "stays/conflicts/templates/show.html")]
struct ShowPage {
    page: Page,
    /// The stay that waits.
    stay: Stay,
    who: String,
    place: String,
    nights: String,
    sides: Vec<Side>,
    asks: Vec<AskLine>,
    form: Form,
    /// The stay whose note was refused.
    refused: Option<StayId>,
}

impl ShowPage {
    fn refused(&self, side: &Side) -> bool {
        self.refused == Some(side.stay.id)
    }
    /// Of the ids of a side's fields.
    fn prefix(&self, side: &Side) -> String {
        format!("{}-", side.stay.id)
    }
    /// What asking a side's channel is called.
    fn ask_title(&self, side: &Side, help: &Help) -> String {
        self.page.t_with("conflicts-ask", &[("channel", &help.channel), ("who", &side.who)])
    }
}

/// The reservation's page at its channel. Only Airbnb's address follows from the code that its calendar tells; codes with anything but
/// letters and digits are not put into an address.
fn at_channel(channel: Channel, code: Option<&str>) -> Option<String> {
    let code = code.filter(|code| !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric()))?;
    (channel == Channel::Airbnb).then(|| format!("https://www.airbnb.com/hosting/reservations/details/{code}"))
}

fn help(page: &Page, conflict: &Conflict, stay: &Stay) -> Option<Help> {
    let sold = matches!(stay.channel, Channel::Airbnb | Channel::Vrbo | Channel::BookingCom);
    if !sold || stay.kind == StayKind::Block {
        return None;
    }
    let first = conflict.in_the_way.iter().map(|other| other.first_night).min()?;
    let dates = page.date_range(stay.nights.check_in(), stay.nights.check_out());
    let which = match (&stay.reservation_code, &stay.guest.name) {
        (Some(code), _) => page.t1("conflicts-text-code", "code", code),
        (None, Some(name)) => page.t1("conflicts-text-guest", "name", name),
        (None, None) => page.t("conflicts-text-unnamed").to_owned(),
    };
    Some(Help {
        channel: page.t_of("channel", stay.channel.as_str()),
        steps: (1..=3).map(|step| page.t_of("conflicts-step", &format!("{}-{step}", stay.channel))).collect(),
        href: at_channel(stay.channel, stay.reservation_code.as_deref()),
        text: page.t_with(
            "conflicts-text",
            &[("which", &which), ("place", &place(stay)), ("dates", &dates), ("date", &page.date(first))],
        ),
    })
}

fn side(page: &Page, conflict: &Conflict, stay: Stay) -> Side {
    let counts = stay.counts;
    Side {
        who: who_of(page, &stay),
        place: place(&stay),
        channel: channel_code(stay.kind, stay.channel),
        guests: if counts.beds() == 0 {
            String::new()
        } else {
            page.guests(counts.adults, counts.children, counts.infants, counts.pets)
        },
        amount: stay.amount.map(|amount| page.money(amount)).unwrap_or_default(),
        waits: stay.id == conflict.stay.id,
        help: help(page, conflict, &stay),
        stay,
    }
}

fn show_page(web: &Web, details: ConflictDetails, form: Form, refused: Option<StayId>) -> ShowPage {
    let page = Page::of(web);
    let ConflictDetails { conflict, parties } = details;
    ShowPage {
        who: who_of(&page, &conflict.stay),
        place: place(&conflict.stay),
        nights: in_question(&page, &conflict.in_the_way),
        sides: if conflict.in_the_way.is_empty() {
            Vec::new()
        } else {
            parties.into_iter().map(|stay| side(&page, &conflict, stay)).collect()
        },
        asks: conflict
            .asks
            .iter()
            .map(|ask| AskLine { text: asked_line(&page, &conflict, ask), note: ask.note.clone() })
            .collect(),
        stay: conflict.stay,
        form,
        refused,
        page,
    }
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Path(id): Path<StayId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    html(&show_page(&web, service::details(&mut read, &grant, id).await?, Form::new(), None))
}

/// What is sent with a note.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct AskedForm {
    stay: StayId,
    #[serde(default)]
    note: String,
}

pub(super) async fn asked(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<AskedForm>,
) -> Result<Response, WebError> {
    match service::ask(&app, &grant, id, form.stay, &form.note).await {
        Ok(()) => {
            web.flash(&Flash::success("conflicts-flash-asked"));
            Ok(web.redirect(&format!("/conflicts/{id}")))
        }
        Err(StayError::Invalid(errors)) => {
            let mut read = app.db.read().await.map_err(Fault::from)?;
            let details = service::details(&mut read, &grant, id).await?;
            let page = show_page(&web, details, Form::of(&form).with_errors(errors), Some(form.stay));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Which stay of the conflict, and where it goes.
#[derive(Debug, Deserialize)]
pub(super) struct ChoiceQuery {
    stay: StayId,
    #[serde(default)]
    unit: Option<UnitId>,
}

/// The places of one nearness.
struct Places {
    title: String,
    rows: Vec<FreePlace>,
}

impl Places {
    fn name(place: &FreePlace) -> String {
        properties::place_name(&place.property_name, place.unit_name.as_deref())
    }
}

#[derive(Template)]
#[template(path = "stays/conflicts/templates/places.html")]
struct PlacesPage {
    page: Page,
    conflict: StayId,
    stay: Stay,
    who: String,
    dates: String,
    places: Vec<Places>,
}

/// What follows, and the button that does it.
#[derive(Template)]
#[template(path = "stays/conflicts/templates/preview.html")]
struct PreviewPage {
    page: Page,
    conflict: StayId,
    stay: StayId,
    /// The version that was shown.
    version: i64,
    unit: Option<UnitId>,
    /// `move`, `cancel` or `dismiss`: the end of the address.
    way: &'static str,
    who: String,
    follows: Vec<String>,
    warnings: Vec<String>,
    solved: bool,
}

fn preview(
    web: &Web,
    conflict: StayId,
    way: &'static str,
    unit: Option<UnitId>,
    result: Result<Outcome, StayError>,
) -> Result<Response, WebError> {
    let page = Page::of(web);
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(StayError::Invalid(errors)) => return refused_place(web, conflict, &errors),
        Err(error) => {
            web.flash(&refusal(&page, error)?);
            return Ok(web.redirect(&format!("/conflicts/{conflict}")));
        }
    };
    let (follows, warnings) = told(&page, &outcome, way);
    let who = who_of(&page, &outcome.stay);
    html(&PreviewPage {
        conflict,
        stay: outcome.stay.id,
        version: outcome.stay.version - 1,
        unit,
        way,
        who,
        follows,
        warnings,
        solved: outcome.is_solved(),
        page,
    })
}

/// What follows from a way out, and what else is to be done.
fn told(page: &Page, outcome: &Outcome, way: &str) -> (Vec<String>, Vec<String>) {
    let Outcome { stay, waiting, left } = &outcome;
    let who = who_of(page, stay);
    let channel = page.t_of("channel", stay.channel.as_str());
    let mut follows = match way {
        "move" => vec![page.t_with("conflicts-follows-move", &[("who", &who), ("place", &place(stay))])],
        "cancel" => vec![page.t1("conflicts-follows-cancel", "who", &who)],
        _ => vec![page.t1("conflicts-follows-dismiss", "who", &who)],
    };
    if stay.id == waiting.id {
        follows.push(page.t("conflicts-follows-kept").to_owned());
    } else if left.is_empty() {
        let gets = who_of(page, waiting);
        follows.push(page.t_with("conflicts-follows-gets", &[("who", &gets), ("place", &place(waiting))]));
    }
    follows.extend(left.iter().map(|stay| page.t1("conflicts-follows-left", "other", other(page, stay).text)));
    let mut warnings = Vec::new();
    if stay.kind == StayKind::Reservation && way == "move" {
        warnings.push(page.t("conflicts-tell-guest").to_owned());
    }
    if stay.feed_id.is_some() {
        warnings.push(match way {
            "move" => page.t1("conflicts-also-move", "channel", channel),
            "cancel" => page.t1("conflicts-also-cancel", "channel", channel),
            _ => page.t("conflicts-also-dismiss").to_owned(),
        });
    }
    (follows, warnings)
}

/// The place was taken off the list meanwhile, or is too small: back to the places.
fn refused_place(web: &Web, conflict: StayId, errors: &FieldErrors) -> Result<Response, WebError> {
    if errors.of("unit_id").is_none() && errors.of("adults").is_none() {
        return Err(WebError::invalid(errors));
    }
    web.flash(&Flash::error("conflicts-flash-no-place"));
    Ok(web.redirect(&format!("/conflicts/{conflict}")))
}

/// What the button of a preview sends.
#[derive(Debug, Deserialize)]
pub(super) struct ChoiceForm {
    stay: StayId,
    version: i64,
    #[serde(default)]
    unit: Option<UnitId>,
}

impl ChoiceForm {
    const fn chosen(&self, conflict: StayId) -> Chosen {
        Chosen { conflict, stay: self.stay, version: Some(self.version) }
    }
}

/// Back to the list when nobody waits any more, or else to the conflict, with what was done or why it was not.
fn done(
    web: &Web,
    conflict: StayId,
    key: &'static str,
    result: Result<Outcome, StayError>,
) -> Result<Response, WebError> {
    match result {
        Ok(outcome) => {
            web.flash(&Flash::success(key));
            let solved = outcome.is_solved();
            Ok(web.redirect(&if solved { "/conflicts".to_owned() } else { format!("/conflicts/{conflict}") }))
        }
        Err(StayError::Invalid(errors)) => refused_place(web, conflict, &errors),
        Err(error) => {
            web.flash(&refusal(&Page::of(web), error)?);
            Ok(web.redirect(&format!("/conflicts/{conflict}")))
        }
    }
}

const fn looked_at(conflict: StayId, stay: StayId) -> Chosen {
    Chosen { conflict, stay, version: None }
}

pub(super) async fn places(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(conflict): Path<StayId>,
    Query(query): Query<ChoiceQuery>,
) -> Result<Response, WebError> {
    if let Some(unit) = query.unit {
        let result = service::relocate(&app, &grant, looked_at(conflict, query.stay), unit, Really::Preview).await;
        return preview(&web, conflict, "move", Some(unit), result);
    }
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (stay, found) = service::free_places(&mut read, &grant, conflict, query.stay).await?;
    let page = Page::of(&web);
    let mut places: Vec<(Nearness, Places)> = Vec::new();
    for place in found {
        match places.iter_mut().find(|(nearness, _)| *nearness == place.nearness) {
            Some((_, group)) => group.rows.push(place),
            None => {
                let title = page.t_of("conflicts-near", place.nearness.as_str());
                places.push((place.nearness, Places { title, rows: vec![place] }));
            }
        }
    }
    html(&PlacesPage {
        conflict,
        who: who_of(&page, &stay),
        dates: page.date_range(stay.nights.check_in(), stay.nights.check_out()),
        stay,
        places: places.into_iter().map(|(_, group)| group).collect(),
        page,
    })
}

pub(super) async fn relocate(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(conflict): Path<StayId>,
    Csrf(form): Csrf<ChoiceForm>,
) -> Result<Response, WebError> {
    let unit = form.unit.ok_or_else(|| WebError::bad_request("invalid"))?;
    let result = service::relocate(&app, &grant, form.chosen(conflict), unit, Really::Do).await;
    done(&web, conflict, "conflicts-flash-moved", result)
}

pub(super) async fn ask_cancel(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCancel>,
    Path(conflict): Path<StayId>,
    Query(query): Query<ChoiceQuery>,
) -> Result<Response, WebError> {
    let result = service::cancel(&app, &grant, looked_at(conflict, query.stay), Really::Preview).await;
    preview(&web, conflict, "cancel", None, result)
}

pub(super) async fn cancel(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCancel>,
    Path(conflict): Path<StayId>,
    Csrf(form): Csrf<ChoiceForm>,
) -> Result<Response, WebError> {
    let result = service::cancel(&app, &grant, form.chosen(conflict), Really::Do).await;
    done(&web, conflict, "stays-flash-cancelled", result)
}

pub(super) async fn ask_dismiss(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(conflict): Path<StayId>,
    Query(query): Query<ChoiceQuery>,
) -> Result<Response, WebError> {
    let result = service::dismiss(&app, &grant, looked_at(conflict, query.stay), Really::Preview).await;
    preview(&web, conflict, "dismiss", None, result)
}

pub(super) async fn dismiss(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(conflict): Path<StayId>,
    Csrf(form): Csrf<ChoiceForm>,
) -> Result<Response, WebError> {
    let result = service::dismiss(&app, &grant, form.chosen(conflict), Really::Do).await;
    done(&web, conflict, "stays-flash-decided", result)
}
