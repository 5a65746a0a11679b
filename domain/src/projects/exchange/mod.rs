//! Files that people bring and take away.

#[cfg(feature = "exchange")]
mod assign;
#[cfg(feature = "exchange")]
pub mod clip;
pub mod column;
#[cfg(feature = "exchange")]
mod draft;
#[cfg(feature = "exchange")]
pub mod export;
#[cfg(feature = "exchange")]
pub mod ical;
#[cfg(feature = "exchange")]
pub mod levelled;
#[cfg(feature = "exchange")]
pub mod mspdi;
#[cfg(feature = "exchange")]
mod notation;
pub mod paper;
#[cfg(feature = "exchange")]
pub mod picture;
#[cfg(feature = "exchange")]
pub mod psplib;
#[cfg(feature = "exchange")]
pub mod report;
#[cfg(feature = "exchange")]
pub mod staff;
#[cfg(feature = "exchange")]
pub mod table;
#[cfg(feature = "exchange")]
pub mod template;
#[cfg(feature = "exchange")]
mod text;

#[cfg(feature = "exchange")]
pub use draft::{BaselineDraft, PlanDraft};

#[cfg(feature = "exchange")]
use super::view::ImportProblem;

/// Reads a plan from a text file by the ending of its name: `.xml` (MS Project), `.csv`, `.txt` or `.tsv` (tables) or
/// `.sm` (PSPLIB).
///
/// # Errors
/// Why the file as a whole cannot be read. Cells that cannot be read stand among the draft's problems instead.
#[cfg(feature = "exchange")]
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
            let (rows, assumed) = table::cells(bytes)?;
            let mut draft = table::read_rows(&rows)?;
            draft.notes.extend(assumed);
            Ok(draft)
        }
        _ => Err(ImportProblem::file(format!(
            "'{name}' is not read; bring MS Project XML (.xml), CSV (.csv), Excel (.xlsx) or PSPLIB (.sm)"
        ))),
    }
}
