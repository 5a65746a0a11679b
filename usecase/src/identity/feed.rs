//! Who knocks with a calendar link.

use domain::{Fault, FaultKind, ProjectId, UserId};
use entity::projects::feed;
use sea_orm::ColumnTrait;

use super::{entry::caller_of_session, token::digest};
use crate::{Caller, Origin, Services, db::RealmTx};

/// The person whose link it is, with the rights of now, and the project that it shows (none: all of the person's tasks).
/// An unknown secret makes a caller who is nobody.
pub(crate) async fn caller_of_feed(
    services: &Services,
    secret: &str,
    origin: Origin,
) -> Result<(Caller, Option<ProjectId>), Fault> {
    let tx = RealmTx::snapshot(&services.database).await?;
    let row = tx.one::<feed::Entity>(feed::Column::TokenHash.eq(digest(secret))).await?;
    tx.commit().await?;
    let Some(row) = row else {
        return Ok((Caller::nobody(services.clone(), FaultKind::NotSignedIn, origin), None));
    };
    let caller = caller_of_session(services, UserId(row.user_id), None, origin).await?;
    Ok((caller, row.project_id.map(ProjectId)))
}
