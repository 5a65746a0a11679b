//! Keys that work everywhere, and the dialog that lists them.

use leptos::{ev::KeyboardEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    Overlays,
    places::{self, Place},
};
use crate::kit::{Dialog, KeyHint, browser, on_key, use_me};

#[component]
pub(super) fn Shortcuts() -> impl IntoView {
    let overlays = expect_context::<Overlays>();
    let me = use_me();
    let navigate = StoredValue::new(use_navigate());
    // True for a second after `g`.
    let going = StoredValue::new(false);
    on_key(move |event: KeyboardEvent| {
        let key = event.key();
        if (event.ctrl_key() || event.meta_key()) && key.eq_ignore_ascii_case("k") {
            event.prevent_default();
            overlays.palette.update(|open| *open = !*open);
            return;
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || browser::is_typing(&event) {
            return;
        }
        if going.get_value() {
            going.set_value(false);
            let places = me.get_untracked().map(|me| places::open_to(&me)).unwrap_or_default();
            if let Some(place) = places.into_iter().find(|place| place.key == Some(key.as_str())) {
                event.prevent_default();
                navigate.with_value(|navigate| navigate(place.path, NavigateOptions::default()));
            }
            return;
        }
        match key.as_str() {
            "g" => {
                going.set_value(true);
                set_timeout(move || going.set_value(false), std::time::Duration::from_secs(1));
            }
            "?" => overlays.shortcuts.set(true),
            "/" => {
                event.prevent_default();
                browser::focus_first("[data-page-search]");
            }
            _ => {}
        }
    });
    let jump = |place: Place| place.key.map(|key| view! { <Line keys=format!("g {key}") does=place.title/> });
    let jumps =
        move || me.get().map(|me| places::open_to(&me)).unwrap_or_default().into_iter().filter_map(jump).collect_view();
    view! {
        <Dialog open=overlays.shortcuts title="Keyboard shortcuts" wide=true>
            <div class="shortcuts">
                <section>
                    <h3>"Everywhere"</h3>
                    <dl>
                        <Line keys="Ctrl K" does="Search or jump to"/>
                        <Line keys="/" does="Search in this list"/>
                        <Line keys="?" does="This list"/>
                        <Line keys="Esc" does="Close what lies on top"/>
                    </dl>
                </section>
                <section>
                    <h3>"Go to"</h3>
                    <dl>{jumps}</dl>
                </section>
                <section>
                    <h3>"In a plan"</h3>
                    <dl>
                        <Line keys="Ctrl Z" does="Undo"/>
                        <Line keys="Ctrl Y" does="Redo"/>
                        <Line keys="Shift ↓" does="Pick more rows"/>
                        <Line keys="Ctrl A" does="Pick every row"/>
                        <Line keys="Ctrl Space" does="Pick this row as well"/>
                        <Line keys="Alt →" does="A day later"/>
                        <Line keys="Shift →" does="A day longer"/>
                        <Line keys="Ctrl Shift →" does="Begin a day later, finish stays"/>
                        <Line keys="Shift S" does="Split into parts"/>
                        <Line keys="Shift J" does="Join the parts"/>
                        <Line keys="Alt Shift →" does="Indent"/>
                        <Line keys="Alt Shift ↑" does="Move the row up"/>
                        <Line keys="Insert" does="Add a row"/>
                        <Line keys="Delete" does="Remove the rows"/>
                        <Line keys="F2" does="Rename"/>
                        <Line keys="Space" does="Open the task"/>
                        <Line keys="Shift F10" does="What can be done"/>
                        <Line keys="L" does="Links of the row"/>
                        <Line keys="Ctrl C" does="Copy rows, also for Excel"/>
                        <Line keys="Ctrl V" does="Paste rows"/>
                        <Line keys="+" does="Zoom in"/>
                        <Line keys="-" does="Zoom out"/>
                        <Line keys="0" does="Show the whole plan"/>
                    </dl>
                </section>
                <section>
                    <h3>"In the cells of a plan"</h3>
                    <dl>
                        <Line keys="→" does="Into the cells of the row"/>
                        <Line keys="Tab" does="Next cell"/>
                        <Line keys="Enter" does="Type, store and go down"/>
                        <Line keys="Esc" does="Back to the row"/>
                    </dl>
                </section>
            </div>
        </Dialog>
    }
}

#[component]
fn Line(#[prop(into)] keys: String, does: &'static str) -> impl IntoView {
    view! {
        <div>
            <dt>{does}</dt>
            <dd><KeyHint keys/></dd>
        </div>
    }
}
