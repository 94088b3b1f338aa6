//! The application: one folder a feature, and what they share.

mod access;
pub mod accounts;
pub mod admin;
pub mod api_tokens;
pub mod assets;
pub mod audit;
pub mod availability;
pub mod calendar;
pub mod calendar_links;
pub mod config;
pub mod dashboard;
pub mod demo;
pub mod developers;
pub mod errors;
pub mod feeds;
pub mod fetcher;
pub mod files;
pub mod guests;
pub mod idempotency;
pub mod jobs;
pub mod mail;
pub mod members;
mod open;
pub mod organizations;
pub mod owners;
pub mod photos;
pub mod properties;
pub mod property_access;
pub mod reports;
pub mod routes;
mod search;
pub mod secrets;
pub mod state;
pub mod stays;
pub mod system;
pub mod tasks;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod text;
mod today;
pub mod ui;
pub mod units;

pub use open::OpenError;
pub use state::App;
