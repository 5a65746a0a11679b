//! The organisation itself.

use domain::{Fault, Module, access::admin::EditOrganization, admin::OrganizationPatch, identity::OrganizationView};
use entity::identity::organization;
use sea_orm::{ActiveModelTrait, Condition, Set};
use serde_json::json;

use crate::{
    Grant,
    trace::{self, Actor, Note},
};

/// Changes what the organisation is called and what it makes. Its subdomain stays: people have it in their bookmarks.
///
/// # Errors
/// `InvalidInput` by field.
pub async fn edit_organization(
    grant: &Grant<EditOrganization>,
    patch: &OrganizationPatch,
) -> Result<OrganizationView, Fault> {
    patch.check()?;
    let pass = grant.pass();
    let now = grant.now();
    let tx = pass.begin().await?;
    let row = tx.select::<organization::Entity>().for_update().one().await?.ok_or_else(Fault::not_found)?;
    let name = patch.name.as_deref().map_or_else(|| row.name.clone(), |name| name.trim().to_owned());
    let industry = patch.industry.map_or_else(|| row.industry.clone(), |industry| industry.code().to_owned());
    let view = OrganizationView {
        id: tx.organization(),
        name: name.clone(),
        slug: row.slug.clone(),
        industry: industry.clone(),
    };
    if name == row.name && industry == row.industry {
        return Ok(view);
    }
    let changed = organization::ActiveModel {
        name: Set(name.clone()),
        industry: Set(industry.clone()),
        updated_at: Set(now),
        version: Set(row.version + 1),
        ..ActiveModelTrait::default()
    };
    tx.update::<organization::Entity>(changed, Condition::all()).await?;
    let note = Note {
        module: Module::Admin,
        verb: "tenant.changed",
        subject: "organization",
        subject_id: Some(row.id),
        summary: if name == row.name {
            format!("{name} is of another trade")
        } else {
            format!("{} is called {name}", row.name)
        },
        before: Some(json!({ "name": row.name, "industry": row.industry })),
        after: Some(json!({ "name": name, "industry": industry })),
    };
    trace::note(&tx, &Actor::of(&pass.access, &pass.origin, now), note).await?;
    trace::announce(&tx, "tenant.changed", json!({ "organization_id": view.id }), now).await?;
    tx.commit().await?;
    // Everybody of the organisation sees its name.
    pass.services.access.invalidate_all();
    Ok(view)
}
