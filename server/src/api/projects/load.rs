//! The load of people, departments and machines over all projects.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use domain::{
    Fault, PageRequest, ResourceId,
    projects::{
        permission::ViewProjects,
        resource::ResourceKind,
        workload::{ColumnStep, LoadAsked, LoadGrid, LoadParts},
    },
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use usecase::projects as verbs;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{Door, Permit, Row, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(load)).routes(routes!(parts))
}

/// Read as text, so that each wrong one is named.
#[derive(Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct LoadQuery {
    /// A day of the first column; the present one where absent.
    #[param(value_type = Option<NaiveDate>)]
    from: Option<String>,
    /// A day of the last column; 28 days, 16 weeks or a year where absent. There are at most 400 columns.
    #[param(value_type = Option<NaiveDate>)]
    to: Option<String>,
    /// How much time a column has; weeks begin on Monday.
    #[param(inline, value_type = Option<ColumnStep>)]
    step: Option<String>,
    /// Only resources of this kind.
    #[param(inline, value_type = Option<ResourceKind>)]
    kind: Option<String>,
    /// `true`: only what is asked for too much in these days.
    #[param(value_type = Option<bool>)]
    over: Option<String>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct PartsQuery {
    /// The first day.
    #[param(value_type = NaiveDate)]
    from: Option<String>,
    /// The last day; the first one where absent.
    #[param(value_type = Option<NaiveDate>)]
    to: Option<String>,
}

/// The word as a value, if there is one.
fn read<T: DeserializeOwned>(field: &'static str, word: Option<String>, right: &str) -> Result<Option<T>, Fault> {
    let word = word.filter(|word| !word.is_empty());
    let wrong = |word: &str| Fault::field(field, format!("'{word}' is not {right}."));
    word.map(|word| serde_json::from_value(Value::String(word.clone())).map_err(|_| wrong(&word))).transpose()
}

fn date(field: &'static str, word: Option<String>) -> Result<Option<NaiveDate>, Fault> {
    read(field, word, "a date such as 2026-01-05")
}

impl LoadQuery {
    fn asked(self) -> Result<LoadAsked, Fault> {
        let over = match self.over.as_deref() {
            None | Some("" | "false") => false,
            Some("true") => true,
            Some(other) => return Err(Fault::field("over", format!("'{other}' is not true or false."))),
        };
        Ok(LoadAsked {
            from: date("from", self.from)?,
            to: date("to", self.to)?,
            step: read("step", self.step, "day, week or month")?.unwrap_or_default(),
            kind: read("kind", self.kind, "person, department or machine")?,
            over,
        })
    }
}

/// How much of people, departments and machines all projects ask for in days, weeks or months, and how much there is.
///
/// Projects that are planned or under way count, and what lies behind of those that are done. A cell is one resource in
/// one column; `search` looks at names. Amounts are minutes times units: eight hours of one whole are 48,000.
#[utoipa::path(get, path = "/projects/resources/load", tag = "projects", params(LoadQuery, PageRequest), responses((status = 200, body = LoadGrid)))]
async fn load(
    Permit { grant }: Permit<ViewProjects>,
    Query(query): Query<LoadQuery>,
    Query(page): Query<PageRequest>,
) -> Result<Json<LoadGrid>, Problem> {
    Ok(Json(verbs::load(&grant, query.asked()?, &page).await?))
}

/// The tasks of all projects that make up the load of one resource in some days, those that ask for most first.
#[utoipa::path(get, path = "/projects/resources/{resource_id}/load", tag = "projects", params(("resource_id" = ResourceId, Path), PartsQuery, PageRequest), responses((status = 200, body = LoadParts)))]
async fn parts(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ResourceId>,
    Query(query): Query<PartsQuery>,
    Query(page): Query<PageRequest>,
) -> Result<Json<LoadParts>, Problem> {
    let from = date("from", query.from)?.ok_or_else(|| Fault::field("from", "Say which day."))?;
    let to = date("to", query.to)?.unwrap_or(from);
    Ok(Json(verbs::load_of(&grant, id, (from, to), &page).await?))
}
