//! Files that people bring and take away.

mod draft;
pub mod mspdi;
pub mod psplib;
pub mod table;

pub use draft::PlanDraft;

use super::view::ImportProblem;

/// Reads a plan from a text file by the ending of its name: `.xml` (MS Project), `.csv` or `.sm` (PSPLIB).
///
/// # Errors
/// Why the file as a whole cannot be read. Cells that cannot be read stand among the draft's problems instead.
pub fn read(name: &str, bytes: &[u8]) -> Result<PlanDraft, ImportProblem> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if !matches!(ending.as_str(), "xml" | "csv" | "txt" | "sm") {
        return Err(ImportProblem::file(format!(
            "'{name}' is not read; bring MS Project XML (.xml), CSV (.csv), Excel (.xlsx) or PSPLIB (.sm)"
        )));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ImportProblem::file("the file is not UTF-8 text"))?;
    match ending.as_str() {
        "xml" => mspdi::read(text),
        "sm" => psplib::read(text)
            .map(|project| project.draft(name))
            .map_err(|fault| ImportProblem::file(fault.to_string())),
        _ => table::read_csv(text),
    }
}
