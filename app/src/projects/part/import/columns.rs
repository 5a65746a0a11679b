//! What each column of a table holds: the file's own first rows, with a choice above each.

use domain::projects::exchange::column::{Column, ColumnMapping, DurationUnit};
use leptos::prelude::*;

use super::Import;
use crate::kit::{Choice, Field, NumberInput, Select, Table};

/// Rows of the file that are shown.
const SHOWN: usize = 6;
const UNITS: [(DurationUnit, &str, &str); 4] = [
    (DurationUnit::Minutes, "minutes", "Minutes"),
    (DurationUnit::Hours, "hours", "Hours"),
    (DurationUnit::Days, "days", "Days"),
    (DurationUnit::Weeks, "weeks", "Weeks"),
];

/// The block for tables; of other files nothing is asked.
#[component]
pub fn Columns(import: Import) -> impl IntoView {
    let sample = Memo::new(move |_| import.sample.get());
    let fault = move || {
        let fault = import.refused.get()?;
        let messages: Vec<_> = fault.fields.into_iter().filter(|field| field.field.starts_with("mapping.")).collect();
        messages.into_iter().next().map(|field| field.message)
    };
    let shown = move || {
        let rows = sample.get();
        (!rows.is_empty()).then(|| view! { <Sample import rows/> })
    };
    let read = move || {
        let (read, all) = import.mapping.with(|mapping| {
            mapping.as_ref().map_or((0, 0), |mapping| (mapping.columns.iter().flatten().count(), mapping.columns.len()))
        });
        format!("{read} of {all} columns are read.")
    };
    view! {
        <Show when=move || !sample.with(Vec::is_empty)>
            <section class="panel import-columns" aria-labelledby="import-columns">
                <header>
                    <h2 id="import-columns">"Columns"</h2>
                    <p>"Say what each column holds. "{read}</p>
                </header>
                <p class="field-fault" role="alert">{fault}</p>
                {shown}
                <Settings import/>
            </section>
        </Show>
    }
    .into_any()
}

#[component]
fn Sample(import: Import, rows: Vec<Vec<String>>) -> impl IntoView {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let rows = StoredValue::new(rows);
    let head =
        move || (0..width).map(|index| view! { <th scope="col"><ColumnChoice import index rows/></th> }).collect_view();
    let heading =
        Memo::new(move |_| import.mapping.with(|mapping| mapping.as_ref().map_or(0, |mapping| mapping.heading)));
    let body = rows.with_value(|rows| {
        let from = first_shown(heading.get_untracked(), rows.len());
        let lines = rows.iter().enumerate().skip(from).take(SHOWN);
        lines
            .map(|(index, cells)| {
                let cells = (0..width).map(|column| cells.get(column).cloned().unwrap_or_default());
                let role = move || match index.cmp(&heading.get()) {
                    std::cmp::Ordering::Less => "before",
                    std::cmp::Ordering::Equal => "heading",
                    std::cmp::Ordering::Greater => "plan",
                };
                view! { <tr data-row=role>{cells.map(|cell| view! { <td title=cell.clone()>{cell.clone()}</td> }).collect_view()}</tr> }
            })
            .collect_view()
    });
    view! { <Table label="First rows of the file" head>{body}</Table> }.into_any()
}

/// The heading and what stands behind it are shown; titles above it only where there is room.
fn first_shown(heading: usize, rows: usize) -> usize {
    if heading + 3 > SHOWN { heading.min(rows.saturating_sub(SHOWN)) } else { 0 }
}

#[component]
fn ColumnChoice(import: Import, index: usize, rows: StoredValue<Vec<Vec<String>>>) -> impl IntoView {
    let chosen = move |mapping: &ColumnMapping| {
        mapping.columns.get(index).copied().flatten().map(|column| column.code().to_owned()).unwrap_or_default()
    };
    let of_mapping =
        Memo::new(move |_| import.mapping.with(|mapping| mapping.as_ref().map(chosen).unwrap_or_default()));
    let value = RwSignal::new(of_mapping.get_untracked());
    Effect::new(move |_| value.set(of_mapping.get()));
    Effect::watch(
        move || value.get(),
        move |code, _, _| {
            let column = Column::ALL.into_iter().find(|column| column.code() == code);
            import.remap(|mapping| choose(mapping, index, column));
        },
        false,
    );
    let mut choices = vec![Choice::new("", "Not read")];
    choices.extend(Column::ALL.map(|column| Choice::new(column.code(), column.title())));
    let heading = import.mapping.with_untracked(|mapping| mapping.as_ref().map_or(0, |mapping| mapping.heading));
    let title = rows.with_value(|rows| rows.get(heading).and_then(|cells| cells.get(index)).cloned());
    let label = format!("Column {}: {}", index + 1, title.unwrap_or_default());
    view! { <Select value choices label/> }
}

/// A column is held by one place: what was there before is not read.
fn choose(mapping: &mut ColumnMapping, index: usize, column: Option<Column>) {
    if mapping.columns.len() <= index {
        mapping.columns.resize(index + 1, None);
    }
    for other in &mut mapping.columns {
        if column.is_some() && *other == column {
            *other = None;
        }
    }
    mapping.columns[index] = column;
}

#[component]
fn Settings(import: Import) -> impl IntoView {
    let with = move |read: fn(&ColumnMapping) -> String| {
        import.mapping.with_untracked(|mapping| mapping.as_ref().map(read).unwrap_or_default())
    };
    let heading = RwSignal::new(with(|mapping| mapping.heading.to_string()));
    let unit = RwSignal::new(with(|mapping| {
        UNITS
            .iter()
            .find(|(unit, ..)| *unit == mapping.duration_unit)
            .map(|(_, code, _)| (*code).to_owned())
            .unwrap_or_default()
    }));
    let order = RwSignal::new(with(|mapping| match mapping.day_first {
        None => String::new(),
        Some(true) => "day".to_owned(),
        Some(false) => "month".to_owned(),
    }));
    let minutes = RwSignal::new(with(|mapping| mapping.minutes_per_day.map(|day| day.to_string()).unwrap_or_default()));
    let unread = RwSignal::new(None::<String>);
    let follow = move |value: RwSignal<String>, act: fn(Import, &str)| {
        Effect::watch(move || value.get(), move |text, _, _| act(import, text), false);
    };
    follow(heading, |import, text| {
        if let Ok(row) = text.parse::<usize>() {
            import.remap(|mapping| begin_at(mapping, row, &import.sample.get_untracked()));
        }
    });
    follow(unit, |import, text| {
        if let Some((unit, ..)) = UNITS.iter().find(|(_, code, _)| *code == text) {
            import.remap(|mapping| mapping.duration_unit = *unit);
        }
    });
    follow(order, |import, text| {
        let day_first = match text {
            "day" => Some(true),
            "month" => Some(false),
            _ => None,
        };
        import.remap(|mapping| mapping.day_first = day_first);
    });
    let set_minutes = move |_| match minutes.with_untracked(|text| text.trim().to_owned()).as_str() {
        "" => {
            unread.set(None);
            import.remap(|mapping| mapping.minutes_per_day = None);
        }
        text => match text.parse::<i64>().ok().filter(|minutes| (1..=1_440).contains(minutes)) {
            Some(day) => {
                unread.set(None);
                import.remap(|mapping| mapping.minutes_per_day = Some(day));
            }
            None => unread.set(Some("A day has 1 to 1440 minutes.".to_owned())),
        },
    };
    let rows = import.sample.with_untracked(Vec::len);
    let headings: Vec<_> = (0..rows).map(|row| Choice::new(row.to_string(), format!("Row {}", row + 1))).collect();
    let units = UNITS.map(|(_, code, title)| Choice::new(code, title)).to_vec();
    let orders =
        vec![Choice::new("", "As the dates say"), Choice::new("day", "3 April"), Choice::new("month", "4 March")];
    view! {
        <div class="import-settings">
            <Field label="Headings stand in" name="heading"><Select value=heading choices=headings/></Field>
            <Field label="A plain duration counts" name="duration_unit"><Select value=unit choices=units/></Field>
            <div on:change=set_minutes>
                <Field label="Minutes of a working day" name="minutes_per_day" optional=true message=unread>
                    <NumberInput value=minutes unit="min" placeholder="480"/>
                </Field>
            </div>
            <Field label="03/04/2026 is" name="day_first"><Select value=order choices=orders/></Field>
        </div>
    }
    .into_any()
}

/// The plan begins behind another row, which may say itself what the columns hold.
fn begin_at(mapping: &mut ColumnMapping, row: usize, sample: &[Vec<String>]) {
    mapping.heading = row;
    let guessed = sample.get(row).and_then(|cells| ColumnMapping::guess(std::slice::from_ref(cells)).ok());
    if let Some(guessed) = guessed {
        mapping.columns = guessed.columns;
        mapping.duration_unit = guessed.duration_unit;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_chosen_twice_stays_with_the_last() {
        let mut mapping =
            ColumnMapping { columns: vec![Some(Column::Name), None, Some(Column::Start)], ..ColumnMapping::default() };
        choose(&mut mapping, 1, Some(Column::Name));
        assert_eq!(mapping.columns, [None, Some(Column::Name), Some(Column::Start)]);
        choose(&mut mapping, 4, None);
        assert_eq!(mapping.columns.len(), 5);
    }

    #[test]
    fn the_heading_is_always_among_the_rows_shown() {
        for heading in 0..8 {
            let from = first_shown(heading, 8);
            assert!((from..from + SHOWN).contains(&heading), "{heading}");
        }
    }
}
