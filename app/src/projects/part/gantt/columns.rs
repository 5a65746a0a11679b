//! The columns of the chart's table: which are shown, in which order, how wide. They are written as words, one for each
//! column, which addresses, kept views and this window remember alike: `name~280`, `start`.
//!
//! *Invariant:* names are always among them.

use leptos::prelude::*;

use super::super::column::{COLUMNS, Column, column_of};

/// Narrowest and widest column, in pixels.
pub const LEAST: u16 = 32;
pub const MOST: u16 = 900;

/// Shown where nothing was chosen; the last three only while the plan is compared.
const USUAL: [&str; 10] =
    ["code", "name", "duration", "start", "finish", "progress", "after", "start_off", "finish_off", "length_off"];

/// A column that is shown, and its pixels where somebody chose them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Placed {
    column: &'static Column,
    width: Option<u16>,
}

impl Placed {
    const fn pixels(&self) -> u16 {
        match self.width {
            Some(width) => width,
            None => self.column.narrow,
        }
    }
}

/// What somebody chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<Placed>);

impl Default for Columns {
    fn default() -> Self {
        Self(USUAL.into_iter().filter_map(column_of).map(|column| Placed { column, width: None }).collect())
    }
}

impl Columns {
    /// The columns that these words are; the usual ones where there are none. Words of another version are left out.
    pub fn read(words: &[String]) -> Self {
        let mut placed: Vec<Placed> = Vec::new();
        for word in words {
            let (key, width) = word.split_once('~').map_or((word.as_str(), None), |(key, width)| (key, Some(width)));
            let width = width.and_then(|width| width.parse().ok()).map(|width: u16| width.clamp(LEAST, MOST));
            if let Some(column) = column_of(key).filter(|column| placed.iter().all(|one| one.column.key != column.key))
            {
                placed.push(Placed { column, width });
            }
        }
        if placed.is_empty() {
            return Self::default();
        }
        if let Some(name) = column_of("name").filter(|name| placed.iter().all(|one| one.column.key != name.key)) {
            placed.insert(usize::from(placed[0].column.key == "code"), Placed { column: name, width: None });
        }
        Self(placed)
    }

    /// As [`read`](Self::read) understands them; none where they are the usual ones.
    pub fn words(&self) -> Vec<String> {
        if *self == Self::default() {
            return Vec::new();
        }
        let word = |placed: &Placed| match placed.width {
            Some(width) => format!("{}~{width}", placed.column.key),
            None => placed.column.key.to_owned(),
        };
        self.0.iter().map(word).collect()
    }

    /// Every column: those that are chosen in their order, then the others.
    pub fn order(&self) -> Vec<&'static Column> {
        let others = COLUMNS.iter().filter(|column| !self.has(column));
        self.0.iter().map(|placed| placed.column).chain(others).collect()
    }

    pub fn has(&self, column: &Column) -> bool {
        self.0.iter().any(|placed| placed.column.key == column.key)
    }

    /// Adds a column, or takes it away, where it stands in an order of all of them. Names stay.
    pub fn toggle(&mut self, column: &'static Column, order: &[&'static Column]) {
        if column.key == "name" {
            return;
        }
        if self.has(column) {
            self.0.retain(|placed| placed.column.key != column.key);
        } else {
            self.0.push(Placed { column, width: None });
            self.arrange(order);
        }
    }

    /// Puts the columns in the order in which they stand among all.
    pub fn arrange(&mut self, order: &[&'static Column]) {
        self.0.sort_by_key(|placed| order.iter().position(|column| column.key == placed.column.key));
    }

    /// Gives a column so many pixels, or its usual ones.
    pub fn widen(&mut self, column: &Column, width: Option<u16>) {
        if let Some(placed) = self.0.iter_mut().find(|placed| placed.column.key == column.key) {
            placed.width = width.map(|width| width.clamp(LEAST, MOST));
        }
    }

    /// Moves a column in an order of all of them past the next one that is shown.
    pub fn step(&self, column: &Column, down: bool, order: &mut Vec<&'static Column>) {
        let Some(from) = order.iter().position(|each| each.key == column.key) else { return };
        let next = |each: &&'static Column| self.has(each);
        let to = if down {
            order.iter().skip(from + 1).position(next).map(|ahead| from + 1 + ahead)
        } else {
            order.iter().take(from).rposition(next)
        };
        if let Some(to) = to {
            let moved = order.remove(from);
            order.insert(to, moved);
        }
    }

    /// What is shown now: how far rows have come off only while there is something to compare.
    fn shown(&self, compared: bool) -> impl Iterator<Item = &Placed> {
        self.0.iter().filter(move |placed| compared || !placed.column.is_off())
    }
}

/// The columns as table, keys and dialog share them.
#[derive(Clone, Copy)]
pub struct TableColumns {
    pub all: RwSignal<Columns>,
    /// Those that are shown, in order. Their widths are not in here: cells need not hear of them.
    pub shown: Memo<Vec<&'static Column>>,
    /// The one whose border is held, and its pixels.
    pub held: RwSignal<Option<(&'static Column, u16)>>,
    /// The dialog is open.
    pub choosing: RwSignal<bool>,
    compared: Signal<bool>,
}

impl TableColumns {
    pub fn new(compared: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let all = RwSignal::new(Columns::default());
        let compared = Signal::from(Memo::new(move |_| compared()));
        let shown = move || all.with(|all| all.shown(compared.get()).map(|placed| placed.column).collect::<Vec<_>>());
        let shown = Memo::new(move |_| shown());
        Self { all, shown, held: RwSignal::new(None), choosing: RwSignal::new(false), compared }
    }

    /// The place of a column among those that are shown, from nought.
    pub fn place(self, column: &Column) -> Option<usize> {
        self.shown.with(|shown| shown.iter().position(|each| each.key == column.key))
    }

    /// Each column that is shown with its pixels; none for names that take the room that is left.
    fn widths(self) -> Vec<(&'static Column, Option<u16>)> {
        let held = self.held.get();
        let width = |placed: &Placed| match held {
            Some((column, width)) if column.key == placed.column.key => Some(width),
            _ if placed.column.key == "name" => placed.width,
            _ => Some(placed.pixels()),
        };
        self.all.with(|all| all.shown(self.compared.get()).map(|placed| (placed.column, width(placed))).collect())
    }

    /// Pixels of a column, where they are known without looking.
    pub fn pixels(self, column: &Column) -> u16 {
        let width = self.widths().into_iter().find(|(each, _)| each.key == column.key).and_then(|(_, width)| width);
        width.unwrap_or(column.narrow)
    }

    /// Where names begin, and where they stop when the table is scrolled to the side: behind the numbers, if those stand
    /// first.
    fn names(widths: &[(&'static Column, Option<u16>)]) -> (u32, u32) {
        let before = widths.iter().take_while(|(column, _)| column.key != "name");
        let begin = before.map(|(_, width)| u32::from(width.unwrap_or_default())).sum();
        let pinned = matches!(widths, [first, second, ..] if first.0.key == "code" && second.0.key == "name");
        (begin, if pinned { begin } else { 0 })
    }

    /// True where numbers stand right before names, and stay with them.
    pub fn is_pinned(self) -> bool {
        self.shown.with(
            |shown| matches!(shown.as_slice(), [first, second, ..] if first.key == "code" && second.key == "name"),
        )
    }

    /// Pixels that names have gone to the side in a table that is scrolled by so many.
    pub fn names_across(self, across: f64) -> f64 {
        let (begin, stop) = Self::names(&self.widths());
        across.min(f64::from(begin - stop))
    }

    /// Pixels from the table's edge to its names.
    #[cfg(feature = "hydrate")]
    pub fn names_at(self, across: f64) -> f64 {
        let (begin, _) = untrack(|| Self::names(&self.widths()));
        f64::from(begin) - untrack(|| self.names_across(across))
    }

    /// What the style sheet must know of the columns.
    pub fn style(self) -> String {
        let widths = self.widths();
        let (begin, stop) = Self::names(&widths);
        let mut tracks: Vec<String> = Vec::with_capacity(widths.len() + 1);
        let mut known = 0_u32;
        for (_, width) in &widths {
            known += u32::from(width.unwrap_or_default());
            tracks.push(width.map_or_else(|| "minmax(var(--name-room),1fr)".to_owned(), |width| format!("{width}px")));
        }
        let flexible = widths.iter().any(|(_, width)| width.is_none());
        if !flexible {
            tracks.push("minmax(0,1fr)".to_owned());
        }
        let names = if flexible { "var(--name-room)" } else { "0px" };
        format!("--tracks:{};--least:calc({known}px + {names});--names:{begin}px;--pin:{stop}px", tracks.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(columns: &Columns) -> String {
        columns.words().join(".")
    }

    fn read(words: &str) -> Columns {
        Columns::read(&words.split('.').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn words_are_read_back_and_the_usual_ones_are_not_spelled_out() {
        assert_eq!((read(""), words(&Columns::default())), (Columns::default(), String::new()));
        assert_eq!(words(&read("finish~90.name~280.start")), "finish~90.name~280.start");
        assert_eq!(words(&read("code.start.lost.start~50")), "code.name.start", "names are always there");
        assert_eq!(words(&read("name~2.start~70000")), format!("name~{LEAST}.start"));
    }

    #[test]
    fn a_column_comes_where_it_stands_and_goes() {
        let mut columns = read("code.name.finish");
        let order = columns.order();
        columns.toggle(column_of("start").expect("a column"), &order);
        assert_eq!(words(&columns), "code.name.finish.start");
        columns.toggle(column_of("finish").expect("a column"), &order);
        columns.toggle(column_of("name").expect("a column"), &order);
        assert_eq!(words(&columns), "code.name.start");
    }

    #[test]
    fn a_step_goes_past_the_next_column_that_is_shown() {
        let mut columns = read("name.start.finish");
        let mut order = columns.order();
        let finish = column_of("finish").expect("a column");
        for (down, then) in [(false, "name.finish.start"), (false, "finish.name.start"), (false, "finish.name.start")] {
            columns.step(finish, down, &mut order);
            columns.arrange(&order);
            assert_eq!(words(&columns), then);
        }
        columns.step(finish, true, &mut order);
        columns.arrange(&order);
        assert_eq!(words(&columns), "name.finish.start");
    }

    #[test]
    fn names_take_the_room_that_is_left_until_somebody_gives_them_pixels() {
        let owner = Owner::new();
        owner.with(|| {
            let columns = TableColumns::new(|| false);
            assert!(columns.style().contains("--tracks:60px minmax(var(--name-room),1fr) 76px"));
            assert!(columns.style().ends_with("--least:calc(480px + var(--name-room));--names:60px;--pin:60px"));
            columns.all.set(read("start.code.name~200"));
            assert_eq!(
                columns.style(),
                "--tracks:112px 60px 200px minmax(0,1fr);--least:calc(372px + 0px);--names:172px;--pin:0px"
            );
            assert!((columns.names_across(300.0) - 172.0).abs() < f64::EPSILON);
        });
    }
}
