//! What stands around the chart: whose plan it is, what the colours mean, when it was printed, which page this is.

use super::{
    Picture, colour, date,
    layout::{FOOT, MARGIN},
    statuses,
    svg::{Hold, Ink, Svg},
    text::{self, fitted},
};
use crate::projects::plan::TaskKind;

/// Project and organisation.
pub(super) fn title(picture: &Picture<'_>, (width, _): (f64, f64), svg: &mut Svg) {
    let head = &picture.plan.head;
    let base = MARGIN + 12.0;
    let organization = fitted(&picture.title.organization, 9.0, width * 0.3);
    svg.words((width - MARGIN, base), Ink::plain(9.0, colour::MUTED).held(Hold::End), &organization);
    let mut facts = vec![head.code.clone()];
    if let Some(first) = picture.rows.iter().map(|row| row.slot.start).min() {
        let last = picture.rows.iter().map(|row| super::last_day(row.slot)).max().unwrap_or(first);
        facts.push(format!("{} – {}", date(first), date(last)));
    }
    facts.extend(picture.title.as_of.clone());
    let facts = facts.join("  ·  ");
    let room = width - 2.0 * MARGIN - text::width(&organization, 9.0) - 16.0;
    let name = fitted(&head.name, 13.0, (room - text::width(&facts, 8.0) - 12.0).max(120.0));
    // Bold letters are a little wider than those that were measured.
    let left = (room - text::width(&name, 13.0) * 1.08 - 10.0).max(0.0);
    let facts = fitted(&facts, 8.0, left);
    let (title, said) = (Ink::plain(13.0, colour::TEXT).bold(), Ink::plain(8.0, colour::MUTED));
    svg.headline((MARGIN, base), [(title, &name), (said, &facts)]);
}

/// Legend, date and number of the page.
pub(super) fn foot(picture: &Picture<'_>, (width, height): (f64, f64), page: usize, svg: &mut Svg) {
    let top = height - MARGIN - FOOT + 8.0;
    let ink = Ink::plain(7.0, colour::MUTED);
    let now = picture.title.now;
    let clock = format!("{:02}:{:02}", now.minute_of_day() / 60, now.minute_of_day() % 60);
    svg.words((width - MARGIN, top + 6.0), ink.held(Hold::End), &format!("Printed {} {clock}", date(now)));
    svg.words((width - MARGIN, top + 17.0), ink.held(Hold::End), &number(picture, page));
    let room = width - 2.0 * MARGIN - 150.0;
    let (mut x, mut y) = (MARGIN, top);
    for mark in marks(picture) {
        let wide = 14.0 + text::width(mark.title(), 7.0) + 12.0;
        if x + wide > MARGIN + room && x > MARGIN {
            (x, y) = (MARGIN, y + 11.0);
        }
        mark.draw((x, y), svg);
        svg.words((x + 14.0, y + 6.0), ink, mark.title());
        x += wide;
    }
}

fn number(picture: &Picture<'_>, page: usize) -> String {
    let layout = &picture.layout;
    let mut words = format!("Page {} of {}", page + 1, layout.pages());
    if layout.across > 1 {
        words.push_str(&format!(" (row {}, column {})", page / layout.across + 1, page % layout.across + 1));
    }
    words
}

/// One entry of the legend.
enum Mark {
    Status(crate::projects::document::TaskStatus),
    Overdue,
    Critical,
    Summary,
    Milestone,
    Deadline,
    Today,
}

/// Only what is on the chart.
fn marks(picture: &Picture<'_>) -> Vec<Mark> {
    let rows = &picture.rows;
    let any = |test: &dyn Fn(&super::Row<'_>) -> bool| rows.iter().any(test);
    let mut marks: Vec<Mark> = statuses(rows, picture.title.now).map(Mark::Status).collect();
    let shown = [
        (any(&|row| row.overdue(picture.title.now)), Mark::Overdue),
        (!picture.plain && any(&|row| row.slot.critical && row.progress < 100), Mark::Critical),
        (any(&|row| row.task.kind == TaskKind::Summary), Mark::Summary),
        (any(&|row| row.task.kind == TaskKind::Milestone), Mark::Milestone),
        (any(&|row| row.task.deadline.is_some()), Mark::Deadline),
        ((picture.layout.from..=picture.layout.to).contains(&picture.title.now), Mark::Today),
    ];
    marks.extend(shown.into_iter().filter(|(there, _)| *there).map(|(_, mark)| mark));
    marks
}

impl Mark {
    const fn title(&self) -> &'static str {
        match self {
            Self::Status(status) => status.title(),
            Self::Overdue => "Overdue",
            Self::Critical => "Critical",
            Self::Summary => "Summary",
            Self::Milestone => "Milestone",
            Self::Deadline => "Deadline",
            Self::Today => "Today",
        }
    }

    fn draw(&self, (x, y): (f64, f64), svg: &mut Svg) {
        let bar = (x, y, 10.0, 7.0);
        let middle = y + 3.5;
        match self {
            Self::Status(status) => svg.bar(bar, colour::of(*status), 1.0, None),
            Self::Overdue => svg.bar(bar, colour::DANGER, 1.0, None),
            Self::Critical => svg.bar(bar, "#ffffff", 1.0, Some(colour::DANGER)),
            Self::Summary => svg.rect((x, y + 2.0, 10.0, 3.0), colour::TEXT),
            Self::Milestone => {
                svg.shape(
                    &[(x + 5.0, y - 0.5), (x + 9.0, middle), (x + 5.0, y + 7.5), (x + 1.0, middle)],
                    colour::TEXT,
                    None,
                );
            }
            Self::Deadline => {
                svg.shape(&[(x + 2.0, y + 1.0), (x + 8.0, y + 1.0), (x + 5.0, y + 6.0)], colour::TEXT, None)
            }
            Self::Today => svg.lines([[(x + 5.0, y - 1.0), (x + 5.0, y + 8.0)].as_slice()], colour::ACCENT, 1.2),
        }
    }
}
