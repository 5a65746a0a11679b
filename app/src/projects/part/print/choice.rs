//! Paper, orientation, fit and window.

use domain::{
    Fault, Minute,
    projects::exchange::paper::{Fit, Orientation, Paper, PictureOptions, Zoom},
};
use leptos::prelude::*;

use crate::kit::{Checkbox, Choice, DateInput, Field, Select};

/// What is chosen in the dialog.
#[derive(Clone, Copy)]
pub struct Chosen {
    paper: RwSignal<String>,
    orientation: RwSignal<String>,
    fit: RwSignal<String>,
    zoom: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    critical: RwSignal<bool>,
}

impl Chosen {
    pub fn new() -> Self {
        let word = |word: &str| RwSignal::new(word.to_owned());
        Self {
            paper: word("a3"),
            orientation: word("landscape"),
            fit: word("width"),
            zoom: word(""),
            from: word(""),
            to: word(""),
            critical: RwSignal::new(true),
        }
    }

    /// As a request says it.
    pub fn options(self) -> Result<PictureOptions, Fault> {
        let (paper, zoom) = (self.paper.get(), self.zoom.get());
        let (from, to) = (day("from", &self.from.get()), day("to", &self.to.get()));
        let mut wrong: Vec<_> = [&from, &to].into_iter().filter_map(|day| day.as_ref().err()).cloned().collect();
        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            wrong.push(Fault::field("to", format!("The last day is before the first, {}.", from.day_in_words())));
        }
        Fault::collect(wrong.into_iter().flat_map(|fault| fault.fields).collect())?;
        Ok(PictureOptions {
            paper: Paper::ALL.into_iter().find(|one| one.code() == paper),
            orientation: if self.orientation.get() == "portrait" {
                Orientation::Portrait
            } else {
                Orientation::Landscape
            },
            fit: match self.fit.get().as_str() {
                "page" => Fit::Page,
                "none" => Fit::None,
                _ => Fit::Width,
            },
            zoom: match zoom.as_str() {
                "day" => Some(Zoom::Day),
                "week" => Some(Zoom::Week),
                "month" => Some(Zoom::Month),
                "quarter" => Some(Zoom::Quarter),
                _ => None,
            },
            from,
            to: to.map(|to| Minute(to.0 + Minute::DAY)),
            plain: !self.critical.get(),
        })
    }
}

fn day(field: &str, text: &str) -> Result<Option<Minute>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|message: String| Fault::field(field, message))
}

/// The fields.
#[component]
pub fn Paperwork(
    chosen: Chosen,
    /// What is wrong with the choice.
    #[prop(into)]
    fault: Signal<Option<Fault>>,
) -> impl IntoView {
    let message = |field: &'static str| {
        MaybeProp::derive(move || fault.with(|fault| fault.as_ref()?.message_for(field).map(str::to_owned)))
    };
    let papers: Vec<Choice> = Paper::ALL.into_iter().map(|paper| Choice::new(paper.code(), paper.title())).collect();
    let orientations = vec![Choice::new("landscape", "Landscape"), Choice::new("portrait", "Portrait")];
    let fits = vec![
        Choice::new("width", "Time on one page's width"),
        Choice::new("page", "Everything on one page"),
        Choice::new("none", "On as many pages as it takes"),
    ];
    let zooms = StoredValue::new(vec![
        Choice::new("", "By itself"),
        Choice::new("day", "Days"),
        Choice::new("week", "Weeks"),
        Choice::new("month", "Months"),
        Choice::new("quarter", "Quarters"),
    ]);
    let stretches = move || chosen.fit.get() == "none";
    view! {
        <div class="print-pair">
            <Field label="Paper" name="paper"><Select value=chosen.paper choices=papers/></Field>
            <Field label="Orientation" name="orientation"><Select value=chosen.orientation choices=orientations/></Field>
        </div>
        <Field label="Fit" name="fit"><Select value=chosen.fit choices=fits/></Field>
        <Show when=stretches>
            <Field label="Scale" name="zoom"><Select value=chosen.zoom choices=zooms.get_value()/></Field>
        </Show>
        <div class="print-pair">
            <Field label="From" name="from" optional=true message=message("from")><DateInput value=chosen.from/></Field>
            <Field label="To" name="to" optional=true message=message("to")><DateInput value=chosen.to/></Field>
        </div>
        <Checkbox checked=chosen.critical label="Mark the critical path"/>
    }
    .into_any()
}
