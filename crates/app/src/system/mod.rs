//! What the machinery around this process asks of it: whether it lives, and whether to send it requests.
//!
//! Living depends on nothing else: a process that is restarted because its database is slow helps nobody.

mod pages;
#[cfg(test)]
mod tests;

pub use pages::routes;
