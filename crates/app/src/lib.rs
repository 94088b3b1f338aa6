//! The application: one folder a feature, and what they share.

pub mod config;
pub mod feeds;
pub mod fetcher;
pub mod secrets;
