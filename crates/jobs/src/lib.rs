//! The queue. A job is written in the transaction that causes it ([`enqueue`]), claimed with a lease by any [`Worker`] of any process,
//! run outside any transaction, and deleted when it is done.
//!
//! What may be relied on:
//! - A job exists exactly when its transaction was committed.
//! - While a lease is held nobody else runs the job, and of the jobs of one kind with one dedupe key only one runs at a time.
//! - A worker that dies loses its lease, and the job runs again: **every job may run twice** and must be written for it.
//! - Payloads hold ids, never content: a job loads what it needs when it runs, and may find it gone.
//! - Nothing of a failure but its reason, a text of the program, is kept in the queue.
//!
//! This crate knows no kind of job: features declare theirs ([`Job`]) and the application collects the handlers in a [`Registry`].
//!
//! Other processes find a job by polling. PostgreSQL's NOTIFY would save them up to one poll, but makes all transactions that use it commit one
//! after the other.

mod job;
mod registry;
mod store;
mod worker;

pub use job::{Job, JobError, NewJob, enqueue};
pub use registry::{Registry, Schedule};
pub use store::{QueueFacts, queue_facts};
pub use worker::{Ending, Endings, Options, Worker};
