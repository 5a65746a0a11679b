//! What other people of the organisation should see at once. One process: in memory. A missed event is no loss, since
//! readers compare revisions and load again.

use std::sync::Arc;

use domain::OrganizationId;
use tokio::sync::broadcast;

/// Events that a slow reader may lag behind before it must load again.
const LAG: usize = 1_024;

/// Something happened.
#[derive(Clone, Debug)]
pub struct LiveEvent {
    pub organization: OrganizationId,
    /// `projects.plan_changed`
    pub name: &'static str,
    /// Goes out as `id:`, so that a reader can say where it stopped.
    pub id: String,
    /// JSON.
    pub payload: Arc<str>,
}

/// The bus.
#[derive(Clone, Debug)]
pub struct Live(broadcast::Sender<LiveEvent>);

impl Default for Live {
    fn default() -> Self {
        Self(broadcast::channel(LAG).0)
    }
}

impl Live {
    /// Tells everyone who listens.
    pub fn publish(&self, event: LiveEvent) {
        // No listener is no fault.
        let _ = self.0.send(event);
    }

    /// Listens from now on, to all organisations: the door filters by the caller's.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<LiveEvent> {
        self.0.subscribe()
    }
}
