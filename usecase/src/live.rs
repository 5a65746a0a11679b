//! What other people of the organisation should see at once. One process: in memory. A missed event is no loss, since
//! readers compare revisions and load again.

use std::{borrow::Cow, sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::{Fault, OrganizationId};
use moka::sync::Cache;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::relay::{Announcement, EventBus};

/// Events that a slow reader may lag behind before it must load again.
const LAG: usize = 1_024;
/// Announcements that are remembered as told, so that the relay does not tell them twice.
const TOLD: u64 = 100_000;
/// How long they are remembered: far longer than the relay lags while the house stands.
const TOLD_FOR: Duration = Duration::from_secs(3_600);

/// Something happened.
#[derive(Clone, Debug)]
pub struct LiveEvent {
    pub organization: OrganizationId,
    /// `projects.plan_changed`
    pub name: Cow<'static, str>,
    /// Goes out as `id:`, so that a reader can say where it stopped.
    pub id: String,
    /// JSON.
    pub payload: Arc<str>,
    /// The row of the outbox that says the same, where there is one.
    pub announced: Option<Uuid>,
}

/// The bus.
#[derive(Clone, Debug)]
pub struct Live {
    listeners: broadcast::Sender<LiveEvent>,
    told: Cache<Uuid, ()>,
}

impl Default for Live {
    fn default() -> Self {
        let told = Cache::builder().max_capacity(TOLD).time_to_live(TOLD_FOR).build();
        Self { listeners: broadcast::channel(LAG).0, told }
    }
}

impl Live {
    /// Tells everyone who listens, without waiting for the relay.
    pub fn publish(&self, event: LiveEvent) {
        if let Some(announced) = event.announced {
            self.told.insert(announced, ());
        }
        // No listener is no fault.
        let _ = self.listeners.send(event);
    }

    /// Listens from now on, to all organisations: the door filters by the caller's.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<LiveEvent> {
        self.listeners.subscribe()
    }
}

/// What the relay brings was not told at once: the act of another room, or one of a process that has died. It names the
/// revision and carries no changes, so whoever listens loads again.
#[async_trait]
impl EventBus for Live {
    async fn publish(&self, announcement: &Announcement) -> Result<(), Fault> {
        if self.told.contains_key(&announcement.id) {
            return Ok(());
        }
        let payload = &announcement.payload;
        let id = match (payload["project_id"].as_str(), payload["revision"].as_i64()) {
            (Some(project), Some(revision)) => format!("{project}:{revision}"),
            _ => announcement.id.to_string(),
        };
        Self::publish(
            self,
            LiveEvent {
                organization: announcement.organization,
                name: announcement.name.clone().into(),
                id,
                payload: payload.to_string().into(),
                announced: Some(announcement.id),
            },
        );
        Ok(())
    }
}
