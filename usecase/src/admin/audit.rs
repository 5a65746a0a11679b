//! Reading the audit log.

use domain::{AuditId, Fault, Page, PageRequest, access::admin::ViewAudit, admin::AuditRow};
use entity::trace::audit_entry;
use sea_orm::{ColumnTrait, Order};

use crate::{Grant, trace};

/// The newest acts first.
///
/// # Errors
/// The database's error as a fault.
pub async fn audit_log(grant: &Grant<ViewAudit>, page: &PageRequest) -> Result<Page<AuditRow>, Fault> {
    let (limit, offset) = crate::projects::window(page, 500)?;
    let tx = grant.db().snapshot().await?;
    let which = || {
        let text = page.search.as_deref().unwrap_or_default();
        sea_orm::Condition::all().add_option((!text.is_empty()).then(|| audit_entry::Column::Summary.contains(text)))
    };
    let total = tx.select::<audit_entry::Entity>().filter(which()).count().await?;
    let rows = tx
        .select::<audit_entry::Entity>()
        .filter(which())
        .order_by(audit_entry::Column::Sequence, Order::Desc)
        .limit(limit)
        .offset(offset)
        .all()
        .await?;
    tx.commit().await?;
    let items = rows.into_iter().map(row).collect();
    Ok(crate::projects::page_of(items, total, limit, offset))
}

/// The first act whose hash does not fit the one before it; `None` for a whole chain.
///
/// # Errors
/// The database's error as a fault.
pub async fn check_chain(grant: &Grant<ViewAudit>) -> Result<Option<AuditId>, Fault> {
    let tx = grant.db().snapshot().await?;
    trace::broken_link(&tx).await
}

fn row(row: audit_entry::Model) -> AuditRow {
    AuditRow {
        id: AuditId(row.id),
        sequence: row.sequence,
        at: row.at,
        actor_name: row.actor_name,
        origin: row.origin,
        verb: row.verb,
        subject: row.subject,
        subject_id: row.subject_id,
        summary: row.summary,
        before: row.before,
        after: row.after,
        hash: row.hash,
    }
}
