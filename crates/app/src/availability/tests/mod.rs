//! Tests of availability.

mod http;
mod model;
mod rules;
mod service;

use kernel::{Date, Nights, PropertyId, RuleId, StayId};
use uuid::Uuid;

use super::*;
use crate::stays::{BlockKind, Channel, Occupant, StayKind};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// So many days from 2027-01-04, the day on which the tests stand.
fn day(days: i64) -> Date {
    date("2027-01-04") + chrono::TimeDelta::days(days)
}

fn nights(from: i64, count: i64) -> Nights {
    Nights::new(day(from), day(from + count)).unwrap()
}

/// A form that says something for all properties.
fn form(level: Level) -> RuleForm {
    RuleForm { level: level.to_string(), ..RuleForm::default() }
}

fn rule(number: u128, level: Level, set: RuleSet) -> Rule {
    Rule {
        id: RuleId::from_uuid(Uuid::from_u128(number)),
        level,
        property_id: (level == Level::Property).then(|| PropertyId::from_uuid(Uuid::nil())),
        property_name: None,
        name: None,
        span: None,
        priority: 0,
        set,
        updated_at: "2027-01-04T09:00:00Z".parse().unwrap(),
    }
}

fn dated(rule: Rule, first: Date, last: Date, yearly: bool) -> Rule {
    Rule { span: Some(Span { first, last, yearly }), ..rule }
}

fn at_least(min: u32) -> RuleSet {
    RuleSet { length: Some(Length { min, ..Length::default() }), ..RuleSet::default() }
}

fn stay(number: u128, nights: Nights, block_kind: Option<BlockKind>) -> Occupant {
    Occupant {
        stay: StayId::from_uuid(Uuid::from_u128(number)),
        kind: if block_kind.is_some() { StayKind::Block } else { StayKind::Reservation },
        block_kind,
        channel: Channel::Direct,
        guest_name: None,
        nights,
    }
}
