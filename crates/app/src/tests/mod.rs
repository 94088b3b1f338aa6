//! What holds for the application as a whole.

mod authorization;
mod data_map;
mod plans;
mod statements;
