//! The application: one folder a feature, and what they share.

pub mod assets;
pub mod config;
pub mod feeds;
pub mod fetcher;
pub mod secrets;
pub mod text;
pub mod ui;
