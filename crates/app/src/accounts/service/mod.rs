//! Use cases of accounts. No grant is asked for where the proof is a password, a secret or the session itself.

pub(super) mod admin;
pub(super) mod housekeeping;
pub(super) mod invited;
pub(super) mod letters;
pub(super) mod profile;
pub(super) mod recover;
pub(super) mod register;
pub(super) mod session;
pub(super) mod sign_in;
