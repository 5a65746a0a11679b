//! Switching modules on and off.

use chrono::TimeDelta;
use domain::{
    Fault, Module, Tier,
    access::admin::{ManageModules, ViewOrganization},
    admin::ModuleOffer,
};
use entity::identity::organization_module;
use sea_orm::{ActiveModelTrait, ColumnTrait, Set};
use serde_json::json;

use crate::{
    Grant,
    trace::{self, Actor, Note},
};

/// Every module that is sold, and how it stands.
#[must_use]
pub fn list_modules(grant: &Grant<ViewOrganization>) -> Vec<ModuleOffer> {
    let access = &grant.pass().access;
    let now = grant.now();
    Module::ALL
        .into_iter()
        .filter(|module| module.tier() == Tier::Sold)
        .map(|module| ModuleOffer {
            module,
            title: module.title().to_owned(),
            description: module.description().to_owned(),
            price_per_month: module.price_per_month(),
            trial_days: module.trial_days(),
            state: access.module_state(module, now),
            trial_ends_at: access
                .subscriptions
                .iter()
                .find(|own| own.module == module)
                .and_then(|own| own.trial_ends_at),
        })
        .collect()
}

/// Switches a module on or off. The first time on starts its trial; a trial that is over needs a subscription, which
/// the operator enters. Off keeps the data.
///
/// # Errors
/// `InvalidInput` for a module that is not sold.
pub async fn set_module(grant: &Grant<ManageModules>, module: Module, on: bool) -> Result<(), Fault> {
    if module.tier() != Tier::Sold {
        return Err(Fault::field("module", format!("{} cannot be switched.", module.title())));
    }
    let pass = grant.pass();
    let now = grant.now();
    let tx = pass.begin().await?;
    let which = || organization_module::Column::Module.eq(module.slug());
    let before = tx.select::<organization_module::Entity>().filter(which()).one().await?;
    let row =
        organization_module::ActiveModel { enabled: Set(on), updated_at: Set(now), ..ActiveModelTrait::default() };
    if before.is_some() {
        tx.update::<organization_module::Entity>(row, which()).await?;
    } else {
        let trial_ends_at = on.then(|| now + TimeDelta::days(i64::from(module.trial_days())));
        let row = organization_module::ActiveModel {
            module: Set(module.slug().to_owned()),
            subscribed_at: Set(None),
            trial_ends_at: Set(trial_ends_at),
            ..row
        };
        tx.insert::<organization_module::Entity>(row).await?;
    }
    let note = Note {
        module: Module::Admin,
        verb: if on { "module.switched_on" } else { "module.switched_off" },
        subject: "module",
        subject_id: None,
        summary: format!("{} was switched {}", module.title(), if on { "on" } else { "off" }),
        before: before.map(|row| json!({ "module": module, "enabled": row.enabled })),
        after: Some(json!({ "module": module, "enabled": on })),
    };
    trace::note(&tx, &Actor::of(&pass.access, &pass.origin, now), note).await?;
    trace::announce(&tx, "module.assigned", json!({ "module": module, "enabled": on }), now).await?;
    tx.commit().await?;
    // Everyone of the organisation is affected; who they are is not worth a query.
    pass.services.access.invalidate_all();
    Ok(())
}
