//! The application: one folder a feature, and what they share.

pub mod config;
pub mod secrets;
