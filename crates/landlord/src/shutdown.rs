//! Ending in order: the first SIGTERM or SIGINT asks for it, a second one does not wait any longer.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// The wish to end. Clones are one wish.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shutdown {
    /// From here on nothing new is begun, and the process reports itself not ready.
    pub(crate) draining: CancellationToken,
    /// From here on nothing is waited for.
    pub(crate) hard: CancellationToken,
}

impl Shutdown {
    /// Begins to listen for signals; the first of them cancels this token.
    ///
    /// # Errors
    /// When the operating system does not allow it.
    pub(crate) fn on_signals(draining: CancellationToken) -> io::Result<Self> {
        let shutdown = Self { draining, hard: CancellationToken::new() };
        let mut signals = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let asked = shutdown.clone();
        tokio::spawn(async move {
            next(&mut signals).await;
            tracing::info!("ending: what is under way may finish; a second signal ends at once");
            asked.draining.cancel();
            next(&mut signals).await;
            tracing::warn!("ending at once");
            asked.hard.cancel();
        });
        Ok(shutdown)
    }
}

async fn next((terminate, interrupt): &mut (Signal, Signal)) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
