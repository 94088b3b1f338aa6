//! The pages of members.

pub(super) mod join;
pub(super) mod manage;
