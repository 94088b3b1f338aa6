//! Feeds: calendars that channels publish for a unit, read into stays.

pub mod ical;

#[cfg(test)]
mod tests;
