//! Failures that are nobody's input error: logged whole, shown only as a reference.

use std::{error::Error, fmt};

/// Something broke inside. The public side learns nothing but that; the cause goes to the log.
pub struct Fault {
    context: &'static str,
    kind: FaultKind,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FaultKind {
    Broken,
    Busy,
}

impl Fault {
    /// A failure while doing `context`, with its cause.
    pub fn new(context: &'static str, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { context, kind: FaultKind::Broken, cause: Some(cause.into()) }
    }

    /// A broken promise of our own code: a state that ought not to be.
    #[must_use]
    pub const fn invariant(context: &'static str) -> Self {
        Self { context, kind: FaultKind::Broken, cause: None }
    }

    /// A resource that is exhausted for the moment; the caller may try again (HTTP 503).
    pub fn busy(context: &'static str, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { context, kind: FaultKind::Busy, cause: Some(cause.into()) }
    }

    /// What was being done: written in the program, so fit for places that outlive the log.
    #[must_use]
    pub const fn context(&self) -> &'static str {
        self.context
    }

    /// Whether trying again soon is likely to help.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.kind == FaultKind::Busy
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.context)?;
        let mut cause: Option<&(dyn Error + 'static)> = self.cause.as_ref().map(|c| {
            let c: &(dyn Error + 'static) = c.as_ref();
            c
        });
        while let Some(inner) = cause {
            write!(f, ": {inner}")?;
            cause = inner.source();
        }
        Ok(())
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for Fault {}
