//! What does not compile. Each refusal stands beside its twin that does, so that it fails for the reason it names.
//!
//! A row is reached through the grant, already limited to the organisation:
//! ```
//! async fn mine(grant: &usecase::Grant<domain::projects::permission::ViewProjects>) {
//!     let _ = grant.db().select::<entity::projects::project::Entity>().all().await;
//! }
//! ```
//! A raw finder on it does not compile, since `OrgDb` is no connection:
//! ```compile_fail,E0277
//! use sea_orm::EntityTrait;
//! async fn everyones(grant: &usecase::Grant<domain::projects::permission::ViewProjects>) {
//!     let _ = entity::projects::project::Entity::find().all(&grant.db()).await;
//! }
//! ```
//! Nor on a transaction:
//! ```compile_fail,E0277
//! use sea_orm::EntityTrait;
//! async fn everyones(tx: &usecase::db::OrgTx) {
//!     let _ = entity::projects::project::Entity::find().all(tx).await;
//! }
//! ```
//! A table that belongs to no organisation is not reached through a grant:
//! ```compile_fail,E0277
//! async fn operators(grant: &usecase::Grant<domain::projects::permission::ViewProjects>) {
//!     let _ = grant.db().select::<entity::identity::operator::Entity>().all().await;
//! }
//! ```
//! A verb takes the grant of its own permission:
//! ```
//! async fn off(grant: &usecase::Grant<domain::access::admin::ManageModules>) {
//!     let _ = usecase::admin::set_module(grant, domain::Module::Press, false).await;
//! }
//! ```
//! and no other:
//! ```compile_fail,E0308
//! async fn off(grant: &usecase::Grant<domain::projects::permission::ViewProjects>) {
//!     let _ = usecase::admin::set_module(grant, domain::Module::Press, false).await;
//! }
//! ```
//! A grant comes from a caller who was asked:
//! ```
//! fn ask(caller: &usecase::Caller) -> Result<usecase::Grant<domain::projects::permission::ViewProjects>, domain::Fault> {
//!     caller.permit()
//! }
//! ```
//! and cannot be made by hand:
//! ```compile_fail,E0451
//! fn forge(real: usecase::Grant<domain::projects::permission::ViewProjects>) -> usecase::Grant<domain::projects::permission::EditProjects> {
//!     usecase::Grant { permission: std::marker::PhantomData, ..real }
//! }
//! ```
//! nor copied into another permission:
//! ```compile_fail,E0308
//! fn forge(real: usecase::Grant<domain::projects::permission::ViewProjects>) -> usecase::Grant<domain::projects::permission::EditProjects> {
//!     real
//! }
//! ```
//! A caller is made by the identity verbs, not by whoever likes to be somebody:
//! ```compile_fail,E0451
//! fn forge(real: usecase::Caller) -> usecase::Caller {
//!     usecase::Caller { who: panic!(), ..real }
//! }
//! ```
