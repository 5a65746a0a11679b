//! A task in the hand: taken by mouse, by a finger that rests, or by the space bar, and put down somewhere else.
//!
//! A place to put it down says so by `data-drop`, a task that can be taken by `data-task`.

use domain::TaskId;
use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html,
    prelude::*,
};

use super::Shown;
use crate::kit::focus_first;

/// Pixels that the mouse moves before it carries.
const SLACK: f64 = 5.0;
/// Milliseconds that a finger rests before it takes hold.
const HOLD_MS: u64 = 350;
/// Pixels from the rim of the view at which it scrolls.
#[cfg(feature = "hydrate")]
const RIM: f64 = 36.0;

/// The task, its name, and the place from which it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub task: TaskId,
    pub name: String,
    pub from: String,
}

/// Names the place before or after another, by key and title.
pub type Step = Callback<(String, bool), Option<(String, String)>>;

#[derive(Clone)]
struct Pressed {
    held: Held,
    at: (f64, f64),
    touch: bool,
    number: u32,
}

/// What is in the hand, and over what.
#[derive(Clone, Copy)]
pub struct Carry {
    held: RwSignal<Option<Held>>,
    over: RwSignal<Option<String>>,
    at: RwSignal<(f64, f64)>,
    by_key: RwSignal<bool>,
    said: RwSignal<String>,
    /// The title of the place that the keys chose.
    place: StoredValue<String>,
    pressed: StoredValue<Option<Pressed>>,
    presses: StoredValue<u32>,
    /// The press that ends now has carried something: the click that follows it means nothing.
    carried: StoredValue<bool>,
    /// What scrolls when something is carried to its rim.
    pub area: NodeRef<html::Div>,
    can_edit: bool,
    on_drop: Callback<(Held, String)>,
}

impl Carry {
    /// Empty hands. `on_drop` is told where a task was put that was not there before.
    pub fn new(can_edit: bool, on_drop: Callback<(Held, String)>) -> Self {
        let carry = Self {
            held: RwSignal::new(None),
            over: RwSignal::new(None),
            at: RwSignal::new((0.0, 0.0)),
            by_key: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            place: StoredValue::new(String::new()),
            pressed: StoredValue::new(None),
            presses: StoredValue::new(0),
            carried: StoredValue::new(false),
            area: NodeRef::new(),
            can_edit,
            on_drop,
        };
        carry.follow();
        carry
    }

    /// True while this task is in the hand.
    pub fn holds(self, task: TaskId) -> bool {
        self.held.with(|held| held.as_ref().is_some_and(|held| held.task == task))
    }

    /// True where what is in the hand would be put down.
    pub fn is_over(self, place: &str) -> bool {
        self.over.with(|over| over.as_deref() == Some(place))
    }

    /// True once after something was carried: the click at its end opens nothing.
    pub fn was_carried(self) -> bool {
        self.carried.get_value()
    }

    /// Says aloud what happened.
    pub fn say(self, words: String) {
        self.said.set(words);
    }

    /// A pointer is pressed on a task.
    pub fn press(self, event: &PointerEvent, held: Held) {
        self.carried.set_value(false);
        if !self.can_edit || event.button() != 0 || !event.is_primary() {
            return;
        }
        let number = self.presses.get_value() + 1;
        self.presses.set_value(number);
        let touch = event.pointer_type() == "touch";
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        self.pressed.set_value(Some(Pressed { held, at, touch, number }));
        if touch {
            let rests = move || self.pressed.try_get_value().flatten().filter(|pressed| pressed.number == number);
            let hold = move || {
                if let Some(pressed) = rests() {
                    self.take(pressed);
                }
            };
            set_timeout(hold, std::time::Duration::from_millis(HOLD_MS));
        }
    }

    fn take(self, pressed: Pressed) {
        self.pressed.set_value(None);
        self.by_key.set(false);
        self.at.set(pressed.at);
        self.over.set(Some(pressed.held.from.clone()));
        self.held.set(Some(pressed.held));
        self.carried.set_value(true);
    }

    fn moved(self, event: &PointerEvent) {
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        if let Some(pressed) = self.pressed.get_value() {
            let far = (at.0 - pressed.at.0).hypot(at.1 - pressed.at.1) > SLACK;
            match (far, pressed.touch) {
                (true, false) => self.take(pressed),
                // A finger that moves before it has rested scrolls.
                (true, true) => self.pressed.set_value(None),
                (false, _) => {}
            }
        }
        if self.is_carried() {
            self.at.set(at);
            #[cfg(feature = "hydrate")]
            {
                self.scroll_at_rim(at);
                let over = place_under(at);
                if self.over.with_untracked(|now| *now != over) {
                    self.over.set(over);
                }
            }
        }
    }

    /// By a pointer, that is.
    fn is_carried(self) -> bool {
        !self.by_key.get_untracked() && self.held.with_untracked(Option::is_some)
    }

    fn release(self) {
        self.pressed.set_value(None);
        if self.is_carried() {
            self.put_down();
        }
    }

    fn put_down(self) {
        let (Some(held), Some(over)) = (self.held.get_untracked(), self.over.get_untracked()) else {
            self.give_up();
            return;
        };
        let by_key = self.by_key.get_untracked();
        self.give_up();
        if held.from != over {
            let task = held.task;
            if by_key {
                self.say(format!("{} is put down: {}.", held.name, self.place.get_value()));
            }
            self.on_drop.run((held, over));
            if by_key {
                // The card is made anew in its new place.
                request_animation_frame(move || focus_first(&format!("[data-task='{task}']")));
            }
        }
    }

    /// Nothing is in the hand any more.
    pub fn give_up(self) {
        self.pressed.set_value(None);
        if self.held.with_untracked(Option::is_some) {
            self.held.set(None);
            self.over.set(None);
        }
    }

    /// The space bar lifts and puts down, arrows choose the place. True where the key meant something.
    fn key(self, event: &KeyboardEvent, held: &Held, step: Step) -> bool {
        let lifted = self.by_key.get_untracked() && self.held.with_untracked(Option::is_some);
        let key = event.key();
        match key.as_str() {
            " " if !lifted && self.can_edit => {
                self.by_key.set(true);
                self.over.set(Some(held.from.clone()));
                self.held.set(Some(held.clone()));
                self.say(format!(
                    "{} is lifted. Arrow keys choose where, space puts it down, Escape takes it back.",
                    held.name
                ));
            }
            " " | "Enter" if lifted => self.put_down(),
            "Escape" if lifted => {
                self.give_up();
                self.say(format!("{} stays where it was.", held.name));
            }
            "ArrowLeft" | "ArrowUp" | "ArrowRight" | "ArrowDown" if lifted => {
                let forward = key == "ArrowRight" || key == "ArrowDown";
                let next = self.over.get_untracked().and_then(|over| step.run((over, forward)));
                if let Some((place, title)) = next {
                    focus_into_view(&place);
                    self.over.set(Some(place));
                    self.place.set_value(title.clone());
                    self.say(title);
                }
            }
            _ => return false,
        }
        event.prevent_default();
        event.stop_propagation();
        true
    }

    /// The card has lost the focus while it was lifted.
    fn left(self) {
        if self.by_key.get_untracked() {
            self.give_up();
        }
    }

    /// Listens to the whole window: what is carried leaves its place, and the place may be drawn anew meanwhile.
    fn follow(self) {
        let moved = window_event_listener(leptos::ev::pointermove, move |event| self.moved(&event));
        let up = window_event_listener(leptos::ev::pointerup, move |_| self.release());
        let cancelled = window_event_listener(leptos::ev::pointercancel, move |_| self.give_up());
        let escaped = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" && self.is_carried() {
                self.give_up();
            }
        });
        on_cleanup(move || {
            moved.remove();
            up.remove();
            cancelled.remove();
            escaped.remove();
        });
        #[cfg(feature = "hydrate")]
        self.hold_still();
    }

    /// While something is carried, a finger must not scroll.
    #[cfg(feature = "hydrate")]
    fn hold_still(self) {
        use wasm_bindgen::{JsCast, closure::Closure};
        let still = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            if self.held.with_untracked(Option::is_some) {
                event.prevent_default();
            }
        });
        let listener = still.as_ref().clone();
        Effect::new(move |_| {
            let Some(area) = self.area.get() else { return };
            let active = web_sys::AddEventListenerOptions::new();
            active.set_passive(false);
            for name in ["touchmove", "contextmenu"] {
                let listener = listener.unchecked_ref();
                let _ = area.add_event_listener_with_callback_and_add_event_listener_options(name, listener, &active);
            }
        });
        // Kept as long as the view: the listener is only a name for it.
        StoredValue::new_local(still);
    }

    #[cfg(feature = "hydrate")]
    fn scroll_at_rim(self, (x, y): (f64, f64)) {
        let Some(area) = self.area.get_untracked() else { return };
        let rect = area.get_bounding_client_rect();
        let step = |at: f64, from: f64, to: f64| match at {
            at if at > to - RIM => 14,
            at if at < from + RIM => -14,
            _ => 0,
        };
        area.set_scroll_left(area.scroll_left() + step(x, rect.left(), rect.right()));
        area.set_scroll_top(area.scroll_top() + step(y, rect.top(), rect.bottom()));
    }
}

/// The place under a point, whatever lies on it.
#[cfg(feature = "hydrate")]
pub fn place_under((x, y): (f64, f64)) -> Option<String> {
    use wasm_bindgen::JsCast;
    let page = web_sys::window()?.document()?;
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    let found = page.elements_from_point(x as f32, y as f32);
    found.iter().find_map(|element| element.dyn_into::<web_sys::Element>().ok()?.get_attribute("data-drop"))
}

/// Brings a place into view.
fn focus_into_view(place: &str) {
    #[cfg(feature = "hydrate")]
    {
        let selector = format!("[data-drop='{}']", place.replace(['\\', '\''], ""));
        let found = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|page| page.query_selector(&selector).ok().flatten());
        if let Some(element) = found {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = place;
}

/// A task that can be taken. Enter or a click opens it.
#[component]
pub fn Liftable(
    shown: Shown,
    carry: Carry,
    held: Held,
    step: Step,
    class: &'static str,
    face: AnyView,
) -> impl IntoView {
    let id = held.task;
    let held = StoredValue::new(held);
    let keyed = move |event: KeyboardEvent| {
        if held.with_value(|held| carry.key(&event, held, step)) || walk(&event) {
            return;
        }
        if event.key() == "Enter" {
            event.prevent_default();
            shown.handle.open(id);
        }
    };
    view! {
        <div
            class=class
            role="button"
            tabindex="0"
            data-task=id.to_string()
            data-held=move || carry.holds(id).to_string()
            data-open=move || (shown.handle.selected.get() == Some(id)).to_string()
            on:pointerdown=move |event| carry.press(&event, held.get_value())
            on:click=move |_| if !carry.was_carried() { shown.handle.open(id) }
            on:keydown=keyed
            on:blur=move |_| carry.left()
        >
            {face}
        </div>
    }
    .into_any()
}

/// Moves the focus to the card before or after, or with `across` to the same line of the next place.
fn walk(event: &KeyboardEvent) -> bool {
    #[cfg(feature = "hydrate")]
    {
        let key = event.key();
        let (across, forward) = match key.as_str() {
            "ArrowDown" => (false, true),
            "ArrowUp" => (false, false),
            "ArrowRight" => (true, true),
            "ArrowLeft" => (true, false),
            _ => return false,
        };
        event.prevent_default();
        focus_neighbour(event, across, forward);
        true
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = event;
        false
    }
}

#[cfg(feature = "hydrate")]
fn focus_neighbour(event: &KeyboardEvent, across: bool, forward: bool) -> Option<()> {
    use wasm_bindgen::JsCast;
    let card = event.current_target()?.dyn_into::<web_sys::HtmlElement>().ok()?;
    let place = card.closest("[data-drop]").ok()??;
    let all = |of: &web_sys::Element, what: &str| -> Vec<web_sys::HtmlElement> {
        let Ok(found) = of.query_selector_all(what) else { return Vec::new() };
        (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
    };
    let cards = all(&place, "[data-task]");
    let here = cards.iter().position(|each| *each == card)?;
    let step = |at: usize| if forward { Some(at + 1) } else { at.checked_sub(1) };
    let next = if across {
        let places = all(&place.parent_element()?, "[data-drop]");
        let mut at = places.iter().position(|each| **each == place)?;
        loop {
            at = step(at)?;
            let others = all(places.get(at)?, "[data-task]");
            if let Some(card) = others.get(here.min(others.len().wrapping_sub(1))) {
                break card.clone();
            }
        }
    } else {
        cards.get(step(here)?)?.clone()
    };
    next.focus().ok()
}

/// What is in the hand, beside the pointer; and what is said of it.
#[component]
pub fn InHand(carry: Carry) -> impl IntoView {
    let shown = move || carry.held.get().filter(|_| !carry.by_key.get());
    view! {
        {move || shown().map(|held| view! {
            <div class="in-hand" aria-hidden="true" style:transform=move || {
                let (x, y) = carry.at.get();
                format!("translate({}px, {}px)", x + 10.0, y + 10.0)
            }>{held.name}</div>
        })}
        <p class="sr-only" aria-live="assertive">{move || carry.said.get()}</p>
    }
}
