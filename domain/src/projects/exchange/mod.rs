//! Files that people bring and take away.

mod draft;
pub mod export;
pub mod mspdi;
pub mod psplib;
pub mod report;
pub mod table;
mod text;

pub use draft::PlanDraft;

use super::view::ImportProblem;

/// Reads a plan from a text file by the ending of its name: `.xml` (MS Project), `.csv`, `.txt` or `.tsv` (tables) or
/// `.sm` (PSPLIB).
///
/// # Errors
/// Why the file as a whole cannot be read. Cells that cannot be read stand among the draft's problems instead.
pub fn read(name: &str, bytes: &[u8]) -> Result<PlanDraft, ImportProblem> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "xml" => mspdi::read(&text::unicode(bytes)?),
        "sm" => {
            let project =
                psplib::read(&text::unicode(bytes)?).map_err(|fault| ImportProblem::file(fault.to_string()))?;
            let mut draft = project.draft(name);
            draft.notes.push(ImportProblem::file("a unit of the file's time is read as a working day"));
            Ok(draft)
        }
        "csv" | "txt" | "tsv" => {
            let (text, assumed) = text::any(bytes)?;
            let mut draft = table::read_csv(&text)?;
            draft.notes.extend(assumed);
            Ok(draft)
        }
        _ => Err(ImportProblem::file(format!(
            "'{name}' is not read; bring MS Project XML (.xml), CSV (.csv), Excel (.xlsx) or PSPLIB (.sm)"
        ))),
    }
}
