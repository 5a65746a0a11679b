//! What a signed-in person may do, as it stands in the database.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use domain::{Fault, Module, OrganizationId, Tier, UserId, access::ModuleState};
use entity::identity::{organization, organization_module, role, role_permission, user};
use sea_orm::ColumnTrait;

use crate::{Services, db::RealmTx};

/// A module of an organisation.
#[derive(Clone, Debug)]
pub struct Subscription {
    pub module: Module,
    pub enabled: bool,
    pub subscribed: bool,
    pub trial_ends_at: Option<DateTime<Utc>>,
}

/// A person, the organisation, and what the role allows.
#[derive(Clone, Debug)]
pub struct Access {
    pub user_id: UserId,
    pub user_name: String,
    pub email: String,
    pub role: String,
    pub role_name: String,
    pub organization_id: OrganizationId,
    pub organization_name: String,
    pub organization_slug: String,
    pub industry: String,
    pub organization_active: bool,
    pub subscriptions: Vec<Subscription>,
    pub permissions: BTreeSet<String>,
}

impl Access {
    /// Reads it anew, or takes what was read a moment ago. `None` when the person is gone or disabled.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub(crate) async fn of(services: &Services, user_id: UserId) -> Result<Option<Arc<Self>>, Fault> {
        if let Some(known) = services.access.get(&user_id) {
            return Ok(Some(known));
        }
        let tx = RealmTx::snapshot(&services.database).await?;
        let Some(person) = tx.one::<user::Entity>(user::Column::Id.eq(user_id.0)).await? else { return Ok(None) };
        if person.status != "active" {
            return Ok(None);
        }
        let own = person.organization_id;
        let organization = tx.one::<organization::Entity>(organization::Column::Id.eq(own)).await?;
        let role = tx.one::<role::Entity>(role::Column::Id.eq(person.role_id)).await?;
        let (Some(organization), Some(role)) = (organization, role) else { return Ok(None) };
        let permissions = tx.all::<role_permission::Entity>(role_permission::Column::RoleId.eq(role.id)).await?;
        let modules =
            tx.all::<organization_module::Entity>(organization_module::Column::OrganizationId.eq(own)).await?;
        tx.commit().await?;
        let access = Arc::new(Self {
            user_id,
            user_name: person.name,
            email: person.email,
            role: role.code,
            role_name: role.name,
            organization_id: OrganizationId(own),
            organization_name: organization.name,
            organization_slug: organization.slug,
            industry: organization.industry,
            organization_active: organization.status == "active",
            subscriptions: modules.into_iter().filter_map(Subscription::read).collect(),
            permissions: permissions.into_iter().map(|row| row.permission).collect(),
        });
        services.access.insert(user_id, Arc::clone(&access));
        Ok(Some(access))
    }

    /// How `module` stands at `now`.
    #[must_use]
    pub fn module_state(&self, module: Module, now: DateTime<Utc>) -> ModuleState {
        match module.tier() {
            Tier::AlwaysOn => ModuleState::Active,
            Tier::Operator => ModuleState::Absent,
            Tier::Sold => self
                .subscriptions
                .iter()
                .find(|subscription| subscription.module == module)
                .map_or(ModuleState::Absent, |subscription| subscription.state(now)),
        }
    }
}

impl Subscription {
    fn read(row: organization_module::Model) -> Option<Self> {
        Some(Self {
            module: Module::from_slug(&row.module)?,
            enabled: row.enabled,
            subscribed: row.subscribed_at.is_some(),
            trial_ends_at: row.trial_ends_at,
        })
    }

    fn state(&self, now: DateTime<Utc>) -> ModuleState {
        match (self.enabled, self.subscribed, self.trial_ends_at) {
            (false, ..) => ModuleState::Off,
            (true, true, _) => ModuleState::Active,
            (true, false, Some(end)) if now < end => ModuleState::Trial,
            (true, false, _) => ModuleState::TrialOver,
        }
    }
}
