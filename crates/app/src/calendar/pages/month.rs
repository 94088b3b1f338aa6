//! The month of one property.

use askama::Template;
use axum::{extract::State, response::Response};
use kernel::{Date, Fault, PropertyId, UnitId, permissions::StaysView};
use serde::Deserialize;
use webkit::{Allowed, Path, Query, Web, WebError};

use crate::{
    App,
    calendar::{
        model::{Bar, Mark},
        month::{Month, Week},
        service,
    },
    properties::{self, PropertyView, UnitView},
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "calendar/templates/month.html")]
struct MonthPage {
    page: Page,
    property: PropertyView,
    today: Date,
    month: Month,
    title: String,
    form: Form,
    units: Vec<UnitView>,
    choices: Vec<Choice>,
    bars: Vec<Bar>,
    turnovers: Vec<Mark>,
}

impl MonthPage {
    fn weeks(&self) -> Vec<Week<'_>> {
        self.month.weeks(&self.bars, &self.turnovers)
    }
    fn address(&self, month: &Month) -> String {
        let unit = self.form.value("unit");
        let unit = if unit.is_empty() { String::new() } else { format!("&unit={unit}") };
        format!("/properties/{}/calendar?month={}{unit}", self.property.id, month.code())
    }
    fn before_href(&self) -> String {
        self.address(&self.month.before())
    }
    fn after_href(&self) -> String {
        self.address(&self.month.after())
    }
    fn today_href(&self) -> String {
        self.address(&Month::of(self.today))
    }
    /// The name of a part of the property; empty for the whole.
    fn unit_name(&self, id: impl std::borrow::Borrow<UnitId>) -> &str {
        self.units.iter().find(|unit| unit.id == *id.borrow()).and_then(|unit| unit.name.as_deref()).unwrap_or_default()
    }
    /// Whether names of units tell stays apart.
    fn stacked(&self) -> bool {
        self.units.len() > 1 && self.form.value("unit").is_empty()
    }
    /// What a stay is, when and where, in words.
    fn words(&self, bar: &Bar) -> String {
        let unit = self.unit_name(bar.unit_id);
        let mut words = vec![
            bar.label.clone(),
            self.page.t_of("channel", bar.badge()),
            self.page.t_of("stay-status", bar.status.as_str()),
            self.page.date_range(bar.check_in, bar.check_out),
        ];
        if !unit.is_empty() {
            words.push(unit.to_owned());
        }
        if bar.conflict {
            words.push(self.page.t("timeline-conflict").to_owned());
        }
        words.dedup();
        words.join(", ")
    }
}

/// Which month, and which part of the property.
#[derive(Debug, Deserialize)]
pub(in crate::calendar) struct MonthAsk {
    /// `YYYY-MM`; the present one when it is none.
    #[serde(default)]
    month: String,
    /// A unit; all of them when it is none of the property's.
    #[serde(default)]
    unit: String,
}

pub(in crate::calendar) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Path(id): Path<PropertyId>,
    Query(query): Query<MonthAsk>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, &grant, id).await?;
    let units = properties::units_of(&mut read, &grant, id).await.map_err(Fault::from)?;
    let today = property.facts.zone.date_of(app.env.now());
    let month = Month::parse(&query.month).unwrap_or_else(|| Month::of(today));
    let chosen = query.unit.parse::<UnitId>().ok().filter(|chosen| units.iter().any(|unit| unit.id == *chosen));
    let shown: Vec<UnitId> =
        units.iter().map(|unit| unit.id).filter(|id| chosen.is_none_or(|one| one == *id)).collect();
    let parents = units.iter().filter_map(|unit| Some((unit.id, unit.parent_id?))).collect();
    let touching = service::touching(&mut read, &grant, web.language(), &shown, &parents, month.span()).await;
    let (bars, turnovers) = touching.map_err(Fault::from)?;
    let page = Page::of(&web);
    html(&MonthPage {
        title: page.month(month.first),
        form: Form::new()
            .with("month", month.code())
            .with("unit", chosen.map(|unit| unit.to_string()).unwrap_or_default()),
        choices: units
            .iter()
            .map(|unit| {
                Choice::new(unit.id.to_string(), unit.name.as_deref().unwrap_or(page.t("calendar-month-whole")))
            })
            .collect(),
        property,
        today,
        month,
        units,
        bars,
        turnovers,
        page,
    })
}
