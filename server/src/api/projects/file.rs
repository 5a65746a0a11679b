//! Plans from files, and as files.
#![expect(unused_qualifications, reason = "the macro of the document writes the types of parameters in full")]

use axum::{
    Json,
    extract::{FromRequest, Multipart, Query, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::{
    Fault, FaultKind, Minute, PageRequest, ProjectId,
    projects::{
        document::ProjectHead,
        exchange::{
            column::ColumnMapping,
            export::ExportFormat,
            paper::{Fit, Orientation, Paper, PictureOptions, Zoom},
        },
        permission::{EditProjects, ViewProjects},
        view::{Applied, ImportPreview},
    },
};
use serde::{Deserialize, Serialize};
use usecase::projects::{self as verbs, ExportAsked, ImportFile, PictureAsked};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::answer::tagged;
use crate::http::{Door, Permit, Row, parse, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new()
        .routes(routes!(import))
        .routes(routes!(import_into))
        .routes(routes!(export_list))
        .routes(routes!(export))
}

/// What to do with a file.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportQuery {
    /// Only say what the file would become; nothing is stored.
    #[serde(default)]
    preview: bool,
    /// The file's name, where the body is the file itself rather than a form.
    #[serde(default)]
    filename: Option<String>,
    /// What the new project is called.
    #[serde(default)]
    name: Option<String>,
    /// How the columns of a table are read, as JSON: the `table.mapping` of a preview.
    #[serde(default)]
    mapping: Option<String>,
}

/// A form with a file. The other fields say the same as the parameters of the address.
#[derive(ToSchema)]
#[expect(dead_code, reason = "read field by field, since a file may be large")]
struct ImportForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    name: Option<String>,
    /// `ColumnMapping` as JSON.
    mapping: Option<String>,
}

/// What became of a file: the preview, or the step that it was.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum Imported {
    Preview(Box<ImportPreview>),
    Step(Box<Applied>),
}

/// A file on its way in, with what the form around it says.
#[derive(Default)]
struct Upload {
    file: ImportFile,
    title: Option<String>,
}

/// A form with the field `file` (and `name`, `mapping`), or the file itself as the body.
async fn upload(request: Request, query: ImportQuery) -> Result<Upload, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let mut upload = Upload { title: query.name, ..Upload::default() };
    let mut mapping = query.mapping;
    if kind.starts_with("multipart/form-data") {
        let form = Multipart::from_request(request, &()).await;
        let mut form = form.map_err(|refused| unreadable(refused.status(), refused.body_text()))?;
        let broken = |error: axum::extract::multipart::MultipartError| unreadable(error.status(), error.body_text());
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let label = field.name().unwrap_or_default().to_owned();
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(broken)?;
            let text = || String::from_utf8_lossy(&bytes).into_owned();
            match label.as_str() {
                "name" => upload.title = Some(text()),
                "mapping" => mapping = Some(text()),
                "file" => (upload.file.name, upload.file.bytes) = (name, bytes),
                _ => {}
            }
        }
        if upload.file.name.is_empty() {
            return Err(Fault::field("file", "Choose a file.").into());
        }
    } else {
        let name = query.filename;
        upload.file.name =
            name.ok_or_else(|| Fault::field("filename", "Say what the file is called: ?filename=plan.xml"))?;
        let bytes = Bytes::from_request(request, &()).await;
        upload.file.bytes = bytes.map_err(|refused| unreadable(refused.status(), refused.body_text()))?;
    }
    upload.file.mapping = mapping.map(|mapping| read_mapping(&mapping)).transpose()?;
    Ok(upload)
}

fn unreadable(status: StatusCode, detail: String) -> Problem {
    let kind = if status == StatusCode::PAYLOAD_TOO_LARGE { FaultKind::BodyTooLarge } else { FaultKind::BadRequest };
    Problem(Fault::because(kind, detail))
}

fn read_mapping(text: &str) -> Result<ColumnMapping, Fault> {
    let mapping: ColumnMapping = parse(text.as_bytes())?;
    mapping.check().map_err(|problem| Fault::field(format!("mapping.{}", problem.column), problem.reason))?;
    Ok(mapping)
}

/// Make a project of an MS Project XML, CSV, Excel or PSPLIB file; with `preview=true` only say what it would become.
///
/// People are found by e-mail or name, machines and departments by name. A machine or department that is not here yet is
/// added where the file says what it is and the caller may manage resources; whatever is left out stands in the notes.
#[utoipa::path(post, path = "/projects/import", tag = "projects", params(ImportQuery),
    request_body(content((ImportForm = "multipart/form-data"), (Vec<u8> = "application/octet-stream"))),
    responses((status = 200, body = ImportPreview), (status = 201, body = ProjectHead)))]
async fn import(
    Permit { grant }: Permit<EditProjects>,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Result<Response, Problem> {
    let preview = query.preview;
    let Upload { file, title } = upload(request, query).await?;
    if preview {
        return Ok(Json(verbs::preview_file(&grant, file).await?).into_response());
    }
    let head = verbs::create_from_file(&grant, file, title).await?;
    Ok(tagged(StatusCode::CREATED, head.version, &head))
}

/// Add the rows of a file below what the plan has, as one step that can be undone.
///
/// Resources are found and added as for a new project; baselines of the file are left out.
#[utoipa::path(post, path = "/projects/{id}/import", tag = "projects", params(("id" = ProjectId, Path), ImportQuery),
    request_body(content((ImportForm = "multipart/form-data"), (Vec<u8> = "application/octet-stream"))),
    responses((status = 200, body = Imported)))]
async fn import_into(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Result<Json<Imported>, Problem> {
    verbs::known(&grant, id).await?;
    let preview = query.preview;
    let Upload { file, .. } = upload(request, query).await?;
    if preview {
        return Ok(Json(Imported::Preview(verbs::preview_file(&grant, file).await?.into())));
    }
    Ok(Json(Imported::Step(verbs::import_into(&grant, id, file).await?.into())))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// What kind of file.
    #[param(inline)]
    format: ExportFormat,
    /// A past state: a revision such as `12`, or an instant such as `2026-03-12T14:02:00Z`.
    #[serde(default)]
    at: Option<String>,
    /// Of a picture: its paper. A PDF is on A4 where nothing is said, a drawing or pixels on one sheet as large as it
    /// must be.
    #[serde(default)]
    #[param(inline)]
    paper: Option<Paper>,
    #[serde(default)]
    #[param(inline)]
    orientation: Orientation,
    /// How the chart finds room on paper: its time on the width of a page (`width`), everything on one page (`page`), or
    /// on as many as it takes (`none`).
    #[serde(default)]
    #[param(inline)]
    fit: Fit,
    /// How wide a day is where nothing is made to fit.
    #[serde(default)]
    #[param(inline)]
    zoom: Option<Zoom>,
    /// First and last day of the time axis.
    #[serde(default)]
    from: Option<Minute>,
    #[serde(default)]
    to: Option<Minute>,
    /// Whether the critical path is marked.
    #[serde(default = "yes")]
    critical: bool,
    /// Which page, from 1, where the file holds one.
    #[serde(default)]
    page: Option<usize>,
    /// Pixels from side to side.
    #[serde(default)]
    width: Option<u32>,
    /// To be looked at rather than saved.
    #[serde(default)]
    inline: bool,
}

const fn yes() -> bool {
    true
}

impl ExportQuery {
    fn asked(self) -> ExportAsked {
        let usual = (self.format == ExportFormat::Pdf).then_some(Paper::A4);
        let options = PictureOptions {
            paper: self.paper.or(usual),
            orientation: self.orientation,
            fit: self.fit,
            zoom: self.zoom,
            from: self.from,
            to: self.to,
            plain: !self.critical,
        };
        let picture = PictureAsked { options, page: self.page, width: self.width };
        ExportAsked { format: self.format, at: self.at, picture }
    }
}

/// The viewer of a browser draws a PDF with styles of its own.
const VIEWER_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/// The plan as a file: `format` is `xml` (MS Project), `csv`, `xlsx`, or the chart as `pdf`, `png` or `svg`.
///
/// The first three come back by import with rows, links, people, resources and units, pauses, locks and what levelling
/// found; `xml` also with calendars, constraints and the latest eleven baselines.
#[utoipa::path(get, path = "/projects/{id}/export", tag = "projects", params(("id" = ProjectId, Path), ExportQuery),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 422)))]
async fn export(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let inline = query.inline;
    let file = verbs::export_plan(&grant, id, query.asked()).await?;
    let mut response = (attachment(file.media_type, &file.name), file.bytes).into_response();
    if inline {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(VIEWER_POLICY));
    }
    Ok(response)
}

/// Every project that `search` and `status` choose, in the order of `sort`, as CSV.
#[utoipa::path(get, path = "/projects/export", tag = "projects", params(("search" = Option<String>, Query), ("status" = Option<String>, Query), ("sort" = Option<String>, Query)), responses((status = 200, body = Vec<u8>, content_type = "text/csv")))]
async fn export_list(
    Permit { grant }: Permit<ViewProjects>,
    Query(asked): Query<PageRequest>,
) -> Result<impl IntoResponse, Problem> {
    let file = verbs::export_list(&grant, &asked).await?;
    Ok((attachment(file.media_type, &file.name), file.bytes))
}

/// Headers by which a browser saves what follows. The name is of our making, but a code may hold any letter.
fn attachment(media_type: &'static str, name: &str) -> [(HeaderName, HeaderValue); 2] {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '_' };
    let name: String = name.chars().map(plain).collect();
    let shown = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, shown.unwrap_or(HeaderValue::from_static("attachment"))),
    ]
}
