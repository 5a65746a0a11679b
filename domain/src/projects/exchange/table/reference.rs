//! How rows call each other: by id, outline code, number or name.

use std::collections::HashMap;

use super::{super::column::ColumnMapping, line::Line, value::duration};
use crate::projects::{
    plan::{LagUnit, LinkKind},
    view::ImportProblem,
};

/// One way to call rows: what each is called, and `None` where two are called the same.
pub(super) struct Scheme<'a> {
    title: &'static str,
    rows: HashMap<&'a str, Option<usize>>,
    numbers: Option<usize>,
}

/// Every way in which the rows of a table can be called.
pub(super) struct References<'a> {
    by_id: Scheme<'a>,
    by_number: Scheme<'a>,
    by_code: Scheme<'a>,
    by_name: Scheme<'a>,
}

/// Who is waited for, how, and for how long.
type Wait = (usize, LinkKind, i64, LagUnit);

/// What one predecessor of a cell says. The row may be known where the rest cannot be read.
pub(super) struct Said {
    row: Option<usize>,
    pub(super) wait: Result<Wait, String>,
}

impl Said {
    fn of(row: Result<usize, String>, wait: impl FnOnce(usize) -> Result<Wait, String>) -> Self {
        // Where two rows are called the same, the way to call them is the right one all the same.
        match row {
            Ok(row) => Self { row: Some(row), wait: wait(row) },
            Err(reason) => Self { row: Some(usize::MAX), wait: Err(reason) },
        }
    }
}

impl<'a> References<'a> {
    pub(super) fn of(lines: &[Line<'a>]) -> Self {
        let scheme = |title, key: fn(&Line<'a>) -> &'a str| {
            let mut rows: HashMap<&str, Option<usize>> = HashMap::new();
            for (index, line) in lines.iter().enumerate().filter(|(_, line)| !key(line).is_empty()) {
                rows.entry(key(line)).and_modify(|row| *row = None).or_insert(Some(index));
            }
            Scheme { title, rows, numbers: None }
        };
        Self {
            by_id: scheme("ids", |line| line.id),
            by_number: Scheme { title: "row numbers", rows: HashMap::new(), numbers: Some(lines.len()) },
            by_code: scheme("outline codes", |line| line.code),
            by_name: scheme("names", |line| line.name),
        }
    }

    /// The way by which the most predecessors are found; of equals ids, then row numbers, as MS Project has it. Where
    /// another way would have found other rows, the choice is noted.
    pub(super) fn scheme(
        &self,
        waits: &[(usize, &str)],
        mapping: &ColumnMapping,
        notes: &mut Vec<ImportProblem>,
    ) -> &Scheme<'a> {
        let ways = [&self.by_id, &self.by_number, &self.by_code, &self.by_name];
        let read = |way: &Scheme<'a>| -> Vec<Option<usize>> {
            waits.iter().flat_map(|(_, text)| way.read_list(text, mapping)).map(|read| read.row).collect()
        };
        let found = ways.map(read);
        let count = |index: usize| found[index].iter().flatten().count();
        let best = (0..ways.len()).rev().max_by_key(|index| count(*index)).unwrap_or(0);
        let rival = (0..ways.len())
            .find(|index| *index != best && count(*index) == count(best) && found[*index] != found[best]);
        if let Some(rival) = rival.filter(|_| count(best) > 0) {
            let note = format!("predecessors are read as {}, not as {}", ways[best].title, ways[rival].title);
            notes.push(ImportProblem::cell(0, "predecessors", note));
        }
        ways[best]
    }

    /// The row that a parent's cell names: by id, name, code, or number, whichever knows it first.
    pub(super) fn parent(&self, text: &str) -> Result<usize, String> {
        let ways = [&self.by_id, &self.by_name, &self.by_code, &self.by_number];
        let found = ways.into_iter().find_map(|way| way.find(text));
        found.ok_or_else(|| format!("there is no row '{text}'"))?
    }

    /// The row with the longest outline code that begins this one: `1.2` for `1.2.3`, or `1` where there is no `1.2`.
    pub(super) fn above(&self, code: &str) -> Option<usize> {
        let mut rest = code;
        while let Some((above, _)) = rest.rsplit_once('.') {
            if let Some(Ok(row)) = self.by_code.find(above) {
                return Some(row);
            }
            rest = above;
        }
        None
    }
}

impl<'a> Scheme<'a> {
    /// Rows by outline code alone, as they stand in a plan.
    pub(super) fn of_codes(codes: &'a [String]) -> Self {
        let rows = codes.iter().enumerate().map(|(row, code)| (code.as_str(), Some(row))).collect();
        Self { title: "outline codes", rows, numbers: None }
    }

    /// `None` where nothing is called so; a fault where two rows are.
    fn find(&self, text: &str) -> Option<Result<usize, String>> {
        if let Some(count) = self.numbers {
            return text
                .parse::<usize>()
                .ok()
                .filter(|number| (1..=count).contains(number))
                .map(|number| Ok(number - 1));
        }
        let row = self.rows.get(text)?;
        Some(row.ok_or_else(|| format!("two rows are called '{text}'")))
    }

    /// Every predecessor of a cell: `3FS+2d;5SS-4h`.
    pub(super) fn read_list(&self, text: &str, mapping: &ColumnMapping) -> Vec<Said> {
        let by_line = text.contains([';', '\n']);
        let parts = text.split([if by_line { ';' } else { ',' }, '\n']).map(str::trim).filter(|part| !part.is_empty());
        let mut found: Vec<(String, Said)> = Vec::new();
        for part in parts {
            let said = self.read(part, mapping);
            // A comma may also stand within a lag: 3FS+1,5d.
            if said.wait.is_err()
                && !by_line
                && let Some((last, before)) = found.last_mut()
            {
                let joined = format!("{last},{part}");
                let better = self.read(&joined, mapping);
                if better.wait.is_ok() {
                    (*last, *before) = (joined, better);
                    continue;
                }
            }
            found.push((part.to_owned(), said));
        }
        found.into_iter().map(|(_, said)| said).collect()
    }

    /// `3`, `3SS`, `1.2FS+2d`, `T-01FF-4h`. Names of rows may have signs in them, so the whole is tried first.
    fn read(&self, text: &str, mapping: &ColumnMapping) -> Said {
        let known = |text: &str| self.find(text).map(|row| (row, LinkKind::FinishToStart)).or_else(|| self.kind(text));
        if let Some((row, kind)) = known(text) {
            return Said::of(row, |row| Ok((row, kind, 0, LagUnit::Working)));
        }
        let split = text.rfind(['+', '-']).map(|sign| (text[..sign].trim(), &text[sign..]));
        if let Some((lag, (row, kind))) = split.and_then(|(head, lag)| Some((lag, known(head)?))) {
            return Said::of(row, |row| {
                let size = lag[1..].trim();
                if size.ends_with('%') {
                    return Err(format!("'{text}': a lag in percent is not read; write it as a time"));
                }
                let (minutes, elapsed) = duration(size, mapping)?;
                let minutes = if lag.starts_with('-') { -minutes } else { minutes };
                Ok((row, kind, minutes, if elapsed { LagUnit::Elapsed } else { LagUnit::Working }))
            });
        }
        Said { row: None, wait: Err(format!("there is no task '{text}' among the rows")) }
    }

    /// A row with the type of its link behind it, in English or as German MS Project writes it.
    fn kind(&self, text: &str) -> Option<(Result<usize, String>, LinkKind)> {
        const KINDS: [(&str, LinkKind); 8] = [
            ("FS", LinkKind::FinishToStart),
            ("SS", LinkKind::StartToStart),
            ("FF", LinkKind::FinishToFinish),
            ("SF", LinkKind::StartToFinish),
            ("EA", LinkKind::FinishToStart),
            ("AA", LinkKind::StartToStart),
            ("EE", LinkKind::FinishToFinish),
            ("AE", LinkKind::StartToFinish),
        ];
        let cut = text.len().checked_sub(2)?;
        let (head, end) = text.split_at_checked(cut)?;
        let (_, kind) = KINDS.iter().find(|(name, _)| end.eq_ignore_ascii_case(name))?;
        Some((self.find(head.trim())?, *kind))
    }
}
