//! Cursors over lists whose order people choose: the cursor is the row to go on from.

use domain::{Fault, Page, PageRequest};

/// Rows on a page that names no limit.
const DEFAULT_ROWS: u64 = 50;

/// Rows and offset that a request asks for.
///
/// # Errors
/// `InvalidInput` for a limit outside 1 to `most` or a cursor that is none of ours.
pub(crate) fn window(page: &PageRequest, most: u64) -> Result<(u64, u64), Fault> {
    let limit = page.limit.map_or(DEFAULT_ROWS.min(most), u64::from);
    if limit == 0 || limit > most {
        return Err(Fault::field("limit", format!("A page has 1 to {most} rows.")));
    }
    let offset = match page.cursor.as_deref().filter(|cursor| !cursor.is_empty()) {
        None => 0,
        Some(cursor) => cursor.parse().map_err(|_| Fault::field("cursor", "Take the cursor from the page before."))?,
    };
    Ok((limit, offset))
}

/// The page, with the cursor for the one after.
pub(crate) fn page_of<T>(items: Vec<T>, total: u64, limit: u64, offset: u64) -> Page<T> {
    let next = offset + limit;
    let next_cursor = (next < total && !items.is_empty()).then(|| next.to_string());
    Page { items, total, next_cursor }
}
