//! Plans as files to take away.

use bytes::Bytes;
use domain::{
    Fault, PageRequest, ProjectId,
    projects::{
        document::PlanDocument,
        exchange::{
            export::{ExportFormat, mspdi, table},
            staff::Register,
        },
        permission::ViewProjects,
        schedule::Schedule,
    },
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{
    CurrentPlan, PictureAsked, baseline, list, load_plan_at,
    picture::{Kind, draw},
    resource,
};
use crate::{Grant, fault::internal};

/// A file to be saved.
#[derive(Clone, Debug)]
pub struct ExportedFile {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Bytes,
}

/// Which file of a plan.
#[derive(Clone, Debug)]
pub struct ExportAsked {
    pub format: ExportFormat,
    /// A past state: a revision, or an instant.
    pub at: Option<String>,
    /// For pictures.
    pub picture: PictureAsked,
}

impl From<ExportFormat> for ExportAsked {
    fn from(format: ExportFormat) -> Self {
        Self { format, at: None, picture: PictureAsked::default() }
    }
}

/// The whole plan as a file: those that this program and others read back, and pictures.
///
/// # Errors
/// `NotFound`; `InvalidInput` by field for a state that never was and for a picture that would be too large.
pub async fn export_plan(
    grant: &Grant<ViewProjects>,
    id: ProjectId,
    asked: impl Into<ExportAsked>,
) -> Result<ExportedFile, Fault> {
    let ExportAsked { format, at, picture } = asked.into();
    let plan = load_plan_at(grant, id, at.as_deref()).await?;
    let (ending, media_type) = kind(format);
    let name = format!("{}.{ending}", plan.document.head.code);
    let bytes = match format {
        ExportFormat::Pdf => draw(grant, plan, at.is_some(), Kind::Pdf, picture).await?,
        ExportFormat::Png => draw(grant, plan, at.is_some(), Kind::Png, picture).await?,
        ExportFormat::Svg => draw(grant, plan, at.is_some(), Kind::Svg, picture).await?,
        ExportFormat::Xml | ExportFormat::Csv | ExportFormat::Xlsx => table_file(grant, &plan, format).await?,
    };
    Ok(ExportedFile { name, media_type, bytes })
}

/// The ending of a file's name and its media type.
const fn kind(format: ExportFormat) -> (&'static str, &'static str) {
    match format {
        ExportFormat::Xml => ("xml", "application/xml"),
        ExportFormat::Csv => ("csv", "text/csv; charset=utf-8"),
        ExportFormat::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ExportFormat::Pdf => ("pdf", "application/pdf"),
        ExportFormat::Png => ("png", "image/png"),
        ExportFormat::Svg => ("svg", "image/svg+xml"),
    }
}

async fn table_file(grant: &Grant<ViewProjects>, plan: &CurrentPlan, format: ExportFormat) -> Result<Bytes, Fault> {
    let (document, schedule) = (&plan.document, &plan.schedule);
    let tx = grant.db().snapshot().await?;
    let register = Register::new(resource::all(&tx).await?);
    // The other formats have no place for them.
    let baselines = match format {
        ExportFormat::Xml => baseline::latest(&tx, document.head.id).await?,
        _ => Vec::new(),
    };
    tx.commit().await?;
    Ok(match format {
        ExportFormat::Xml => mspdi::write(document, schedule, &register, &baselines).into(),
        ExportFormat::Xlsx => {
            workbook(document, schedule, &register).map_err(|error| internal("writing a workbook", error))?.into()
        }
        _ => table::write_csv(document, schedule, &register).into(),
    })
}

/// Every project that `asked` chooses, as CSV; its pages do not matter.
///
/// # Errors
/// `InvalidInput` on `sort`.
pub async fn export_list(grant: &Grant<ViewProjects>, asked: &PageRequest) -> Result<ExportedFile, Fault> {
    let mut projects = Vec::new();
    let mut cursor = None;
    loop {
        let page = list(grant, &PageRequest { limit: Some(200), cursor, ..asked.clone() }).await?;
        projects.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let bytes = table::write_projects(&projects).into();
    Ok(ExportedFile { name: "projects.csv".to_owned(), media_type: "text/csv; charset=utf-8", bytes })
}

/// The rows of the CSV on a sheet, numbers as numbers; text is never taken for a formula.
fn workbook(document: &PlanDocument, schedule: &Schedule, register: &Register) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Plan")?;
    let heading = Format::new().set_bold();
    for (row, cells) in (0_u32..).zip(table::rows(document, schedule, register)) {
        for (column, cell) in (0_u16..).zip(cells) {
            match (row, column) {
                (0, _) => sheet.write_string_with_format(row, column, cell, &heading)?,
                // Only what is a number by its meaning: a task may well be called 007.
                (_, 0 | 2) => sheet.write_number(row, column, cell.parse::<i32>().unwrap_or_default())?,
                _ => sheet.write_string(row, column, cell)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    book.save_to_buffer()
}
