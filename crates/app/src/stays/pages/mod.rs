//! The pages of stays: one stay. Lists are in `lists`, forms in `forms`, what moves a stay on in `steps`.

mod beside;
pub(super) mod forms;
pub(super) mod lists;
pub(super) mod moves;
pub(super) mod steps;

use askama::Template;
use axum::{extract::State, response::Response};
use kernel::{BlockSeriesId, Date, Fault, StayId, permissions::StaysView};
use webkit::{Allowed, Path, Web, WebError};

use super::{BlockKind, Channel, Decided, InTheWay, Stay, StayDetails, StayKind, series, service};
use crate::{
    App,
    audit::{AuditEntry, By},
    properties,
    ui::{Page, html},
};
use beside::Beside;

/// Another stay that wants the same nights, as a sentence with a link.
pub(in crate::stays) struct Other {
    id: StayId,
    pub(super) href: String,
    pub(super) text: String,
}

impl Other {
    /// Where the conflict is solved in which this one waits.
    fn conflict_href(&self) -> String {
        format!("/conflicts/{}", self.id)
    }
}

struct NightLine {
    night: String,
    price: String,
}

struct HistoryLine {
    when: String,
    who: String,
    what: String,
}

#[derive(Template)]
#[template(path = "stays/templates/show.html")]
struct ShowPage {
    page: Page,
    who: String,
    place: String,
    stay: Stay,
    today: Date,
    amount: String,
    nights: Vec<NightLine>,
    in_the_way: Vec<Other>,
    wanted_by: Vec<Other>,
    history: Vec<HistoryLine>,
    beside: Beside,
    /// The series that it is a block of.
    series: Option<BlockSeriesId>,
}

/// What to call a stay: its guest, whose calendar has no names, or why the unit is blocked.
pub(super) fn who(
    page: &Page,
    kind: StayKind,
    block_kind: Option<BlockKind>,
    guest: Option<&str>,
    channel: Channel,
) -> String {
    match (kind, guest, channel) {
        (StayKind::Block, ..) => page.t_of("block-kind", block_kind.unwrap_or(BlockKind::Other).as_str()),
        (StayKind::Reservation, Some(name), _) => name.to_owned(),
        (StayKind::Reservation, None, Channel::Direct | Channel::Other) => page.t("stays-guest-unnamed").to_owned(),
        (StayKind::Reservation, None, channel) => {
            page.t1("stays-guest-of", "channel", page.t_of("channel", channel.as_str()))
        }
    }
}

pub(super) fn who_of(page: &Page, stay: &Stay) -> String {
    who(page, stay.kind, stay.block_kind, stay.guest.name.as_deref(), stay.channel)
}

pub(super) fn place(stay: &Stay) -> String {
    properties::place_name(&stay.property_name, stay.unit_name.as_deref())
}

/// The code by which a stay's channel is coloured.
pub(super) fn channel_code(kind: StayKind, channel: Channel) -> &'static str {
    if kind == StayKind::Block && channel == Channel::Direct { "blocked" } else { channel.as_str() }
}

pub(super) fn other(page: &Page, other: &InTheWay) -> Other {
    let text = page.t_with(
        "stays-other",
        &[
            ("who", &who(page, other.kind, None, other.guest_name.as_deref(), other.channel)),
            ("channel", &page.t_of("channel", channel_code(other.kind, other.channel))),
            ("dates", &page.date_range(other.nights.check_in(), other.nights.check_out())),
            ("nights", &page.tn("stays-nights", other.count)),
        ],
    );
    Other { id: other.stay, href: format!("/stays/{}", other.stay), text }
}

fn line(page: &Page, stay: &Stay, entry: &AuditEntry) -> HistoryLine {
    let what = page.t_of("stays-action", entry.action.rsplit('.').next().unwrap_or_default());
    let fields: Vec<String> = entry.fields.iter().map(|field| page.t_of("stays-field", field)).collect();
    HistoryLine {
        when: page.date_time(entry.at, stay.zone),
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
    Allowed(grant): Allowed<StaysView>,
    Path(id): Path<StayId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let StayDetails { stay, nights, in_the_way, wanted_by, history } = service::details(&mut read, &grant, id).await?;
    let series = match stay.kind {
        StayKind::Block => series::of_stay(&mut read, &grant, id).await?,
        StayKind::Reservation => None,
    };
    let page = Page::of(&web);
    html(&ShowPage {
        beside: Beside::of(&app, &page, &mut read, &grant, &stay).await?,
        series,
        who: who_of(&page, &stay),
        place: place(&stay),
        today: stay.today(app.env.now()),
        amount: stay.amount.map(|amount| page.money(amount)).unwrap_or_default(),
        nights: nights
            .into_iter()
            .map(|(night, price)| NightLine {
                night: page.date_short(night),
                price: price.map(|price| page.money(price)).unwrap_or_default(),
            })
            .collect(),
        in_the_way: in_the_way.iter().map(|stay| other(&page, stay)).collect(),
        wanted_by: wanted_by.iter().map(|stay| other(&page, stay)).collect(),
        history: history.iter().map(|entry| line(&page, &stay, entry)).collect(),
        stay,
        page,
    })
}

impl ShowPage {
    fn channel(&self) -> &'static str {
        channel_code(self.stay.kind, self.stay.channel)
    }
    fn may_check_in(&self) -> bool {
        self.stay.may_check_in(self.today)
    }
    fn may_be_no_show(&self) -> bool {
        self.stay.may_be_no_show(self.today)
    }
    /// The number as a link dials it.
    fn dialled(&self) -> String {
        let phone = self.stay.guest.phone.as_deref().unwrap_or_default();
        phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
    /// Whether a person may still say what the imported stay is.
    fn may_decide(&self) -> bool {
        self.stay.may_decide()
    }
    fn early(&self) -> bool {
        self.today < self.stay.nights.check_out()
    }
    fn decided(&self) -> Decided {
        self.stay.decided
    }
    fn is_reservation(&self) -> bool {
        self.stay.kind == StayKind::Reservation
    }
}
