//! Plans as files to take away.

use std::collections::HashMap;

use bytes::Bytes;
use domain::{
    Fault, PageRequest, ProjectId, UserId,
    projects::{
        document::PlanDocument,
        exchange::export::{ExportFormat, mspdi, table},
        permission::ViewProjects,
        schedule::Schedule,
    },
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{activity::active_people, list, load_plan};
use crate::{Grant, fault::internal};

/// A file to be saved.
#[derive(Clone, Debug)]
pub struct ExportedFile {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Bytes,
}

/// The whole plan as a file that this program and others read back.
///
/// # Errors
/// `NotFound`.
pub async fn export_plan(
    grant: &Grant<ViewProjects>,
    id: ProjectId,
    format: ExportFormat,
) -> Result<ExportedFile, Fault> {
    let plan = load_plan(grant, id).await?;
    let people = active_people(&grant.db()).await?;
    let people: HashMap<UserId, String> = people.into_iter().map(|person| (person.id, person.name)).collect();
    let person = |id: UserId| people.get(&id).cloned();
    let (document, schedule) = (&plan.document, &plan.schedule);
    let (ending, media_type, bytes) = match format {
        ExportFormat::Xml => ("xml", "application/xml", mspdi::write(document, schedule, person).into()),
        ExportFormat::Csv => ("csv", "text/csv; charset=utf-8", table::write_csv(document, schedule, person).into()),
        ExportFormat::Xlsx => (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            workbook(document, schedule, person).map_err(|error| internal("writing a workbook", error))?.into(),
        ),
    };
    let name = format!("{}.{ending}", plan.document.head.code);
    Ok(ExportedFile { name, media_type, bytes })
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
fn workbook(
    document: &PlanDocument,
    schedule: &Schedule,
    person: impl Fn(UserId) -> Option<String>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Plan")?;
    let heading = Format::new().set_bold();
    for (row, cells) in (0_u32..).zip(table::rows(document, schedule, person)) {
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
