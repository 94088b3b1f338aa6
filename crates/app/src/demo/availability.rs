//! When the demo's nights can be booked.

use chrono::{Datelike as _, TimeDelta};
use kernel::{Actor, Date, PropertyId, permissions::AvailabilityEdit};

use super::{DemoError, refused};
use crate::{
    App,
    availability::{self, Level, NewRule, RuleForm},
};

/// Two nights at least and a day's notice; five nights in summer; one day on which nobody arrives; and a house with rules of its own.
pub(super) async fn say(app: &App, manager: &Actor, house: PropertyId, today: Date) -> Result<(), DemoError> {
    let grant = manager.grant::<AvailabilityEdit>().map_err(refused)?;
    let on = || "true".to_owned();
    let all = RuleForm {
        level: Level::Organization.to_string(),
        length: on(),
        min_nights: "2".to_owned(),
        notice: on(),
        notice_days: "1".to_owned(),
        notice_until: "20:00".to_owned(),
        ..RuleForm::default()
    };
    let own = RuleForm {
        level: Level::Property.to_string(),
        property_id: house.to_string(),
        turnover: on(),
        preparation_nights: "1".to_owned(),
        ..RuleForm::default()
    };
    let summer = RuleForm {
        level: Level::Season.to_string(),
        name: "Summer".to_owned(),
        first_day: format!("{}-06-15", today.year()),
        last_day: format!("{}-09-15", today.year()),
        yearly: on(),
        length: on(),
        min_nights: "5".to_owned(),
        stay_through: on(),
        ..RuleForm::default()
    };
    let closed = (today + TimeDelta::days(12)).to_string();
    let closed = RuleForm {
        level: Level::Date.to_string(),
        name: "Street fair".to_owned(),
        first_day: closed.clone(),
        last_day: closed,
        days: on(),
        no_arrival: availability::Weekday::ALL.iter().map(|day| day.to_string()).collect(),
        ..RuleForm::default()
    };
    for form in [all, own, summer, closed] {
        let new = NewRule::parse(&form).map_err(refused)?;
        availability::add(app, &grant, &new).await.map_err(refused)?;
    }
    Ok(())
}
