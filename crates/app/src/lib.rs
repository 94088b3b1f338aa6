//! The application: one folder a feature, and what they share.
#![cfg_attr(test, expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests"))]

pub mod assets;
mod access;
pub mod audit;
pub mod config;
pub mod feeds;
pub mod fetcher;
pub mod secrets;
pub mod text;
pub mod ui;
#[cfg(test)]
mod testing;
