//! The one use case: what a period comes to, as far as the viewer may see it.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::NaiveTime;
use db::{DbError, Read};
use kernel::{
    Currency, Fault, FieldErrors, Grant, Instant, Nights, PermissionName, PropertyId, Zone, permissions::ReportsView,
};
use webkit::WebError;

use super::{
    model::{Figures, House, NightCounts, Report, StayCounts},
    period::{self, PeriodName, Step},
    store::{self, Of, Span},
};
use crate::stays::Channel;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The period; with [`PeriodName::Custom`] its nights are in `custom`.
    pub period: PeriodName,
    /// The nights that a person or a program named.
    pub custom: Option<Nights>,
    /// Only this property.
    pub property: Option<PropertyId>,
}

impl Ask {
    /// A period by its name, or from one date to another, both included.
    ///
    /// # Errors
    /// For [`PeriodName::Custom`] what is wrong with the dates: `required`, `date_invalid`, `date_out_of_range`, `until_before_from`,
    /// `period_too_long`.
    pub fn parse(
        period: PeriodName,
        from: &str,
        until: &str,
        property: Option<PropertyId>,
    ) -> Result<Self, FieldErrors> {
        let custom = (period == PeriodName::Custom).then(|| period::between(from, until)).transpose()?;
        Ok(Self { period, custom, property })
    }
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The property that was named is not within the grant's scope.
    #[error("no such property")]
    NotFound,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for ReportError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<ReportError> for WebError {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::NotFound => Self::not_found(),
            ReportError::Fault(fault) => fault.into(),
        }
    }
}

/// The figures of a period, compared with the nights before it. Four statements, whatever the period and the number of properties.
///
/// # Errors
/// [`ReportError::NotFound`] for a property outside the scope.
pub async fn report(
    read: &mut Read,
    grant: &Grant<ReportsView>,
    ask: &Ask,
    now: Instant,
) -> Result<Report, ReportError> {
    let scope = grant.scope();
    let (currency, zone) = store::organization(read, scope).await?;
    let named = ask.custom.or_else(|| ask.period.nights(zone.date_of(now)));
    let nights = named.ok_or(Fault::invariant("a period without nights"))?;
    let before = period::before(nights);
    let step = Step::of(nights);
    let houses = store::houses(read, scope).await?;
    if ask.property.is_some_and(|id| houses.iter().all(|house| house.id != id)) {
        return Err(ReportError::NotFound);
    }
    let span = Span { nights, before, property: ask.property, currency };
    let taken = store::nights(read, scope, &span, step).await?;
    let begun = store::arrivals(read, scope, &span, offset(zone, nights)).await?;

    let chosen: Vec<&House> = houses.iter().filter(|house| ask.property.is_none_or(|id| house.id == id)).collect();
    let mut report = Sums::of(taken, begun).of_houses(&chosen, nights, before, currency);
    report.houses = houses;
    if !grant.may(PermissionName::MoneyView) {
        without_money(&mut report);
    }
    Ok(report)
}

/// How far the zone's clocks are ahead of UTC when the period begins, in microseconds.
fn offset(zone: Zone, nights: Nights) -> i64 {
    let begin = zone.instant_of(nights.check_in(), NaiveTime::MIN);
    (zone.local(begin) - begin.naive_utc()).num_microseconds().unwrap_or(0)
}

fn without_money(report: &mut Report) {
    report.currency = None;
    let of_properties = report.properties.iter_mut().map(|(_, figures)| figures);
    let of_channels = report.channels.iter_mut().map(|(_, figures)| figures);
    let all = of_properties.chain(of_channels).chain([&mut report.total, &mut report.total_before]);
    all.for_each(Figures::without_money);
    report.steps.iter_mut().for_each(|(_, counts)| (counts.paid, counts.revenue) = (0, 0));
}

/// The sums of both statements, by what they are of.
#[derive(Debug, Default)]
struct Sums {
    properties: BTreeMap<PropertyId, Figures>,
    channels: BTreeMap<Channel, Figures>,
    steps: BTreeMap<String, NightCounts>,
    before: Figures,
}

impl Sums {
    fn of(nights: Vec<(Of, NightCounts)>, stays: Vec<(Of, StayCounts)>) -> Self {
        let mut sums = Self::default();
        for (of, counts) in nights {
            match of {
                Of::Property(id) => sums.properties.entry(id).or_default().nights = counts,
                Of::Channel(channel) => sums.channels.entry(channel).or_default().nights = counts,
                Of::Step(name) => drop(sums.steps.insert(name, counts)),
                Of::Before => sums.before.nights = counts,
            }
        }
        for (of, counts) in stays {
            match of {
                Of::Property(id) => sums.properties.entry(id).or_default().stays = counts,
                Of::Channel(channel) => sums.channels.entry(channel).or_default().stays = counts,
                // Arrivals are not shown by step.
                Of::Step(_) => {}
                Of::Before => sums.before.stays = counts,
            }
        }
        sums
    }

    /// The report, with the nights that there were.
    fn of_houses(mut self, houses: &[&House], nights: Nights, before: Nights, currency: Currency) -> Report {
        let there = |nights: Nights| houses.iter().map(|house| house.nights_in(nights)).sum();
        let step = Step::of(nights);
        let steps = step.split(nights).into_iter().map(|part| {
            let counts = self.steps.get(&step.key(part.check_in())).copied().unwrap_or_default();
            (part, NightCounts { total: there(part), ..counts })
        });
        let steps: Vec<_> = steps.collect();
        let properties = houses.iter().filter_map(|house| {
            let mut figures = self.properties.remove(&house.id).unwrap_or_default();
            figures.nights.total = house.nights_in(nights);
            (figures != Figures::default()).then(|| ((*house).clone(), figures))
        });
        let properties: Vec<_> = properties.collect();
        let mut total = Figures::default();
        properties.iter().for_each(|(_, figures)| total += *figures);
        let mut channels: Vec<_> = self.channels.into_iter().filter(|(_, figures)| figures.is_of_guests()).collect();
        channels.sort_by_key(|(channel, figures)| (Reverse(figures.nights.sold), *channel));
        self.before.nights.total = there(before);
        Report {
            nights,
            before,
            currency: Some(currency),
            houses: Vec::new(),
            total,
            total_before: self.before,
            properties,
            channels,
            step,
            steps,
        }
    }
}
