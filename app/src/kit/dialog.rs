//! Dialogs: the browser's own, which keeps the focus inside, closes on Escape and gives the focus back.

use leptos::{ev::MouseEvent, html, prelude::*};

use super::{Button, ButtonKind, Icon, IconButton};

/// A dialog. Its content exists while it is open, so that it begins fresh each time.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// Wide, for tables and previews.
    #[prop(optional)]
    wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        if wanted && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    // The backdrop belongs to the dialog element; its content is one box that fills it.
    let on_backdrop = move |event: MouseEvent| {
        let itself =
            node.get_untracked().is_some_and(|dialog| event.target().is_some_and(|target| &target == dialog.as_ref()));
        if itself {
            open.set(false);
        }
    };
    let close = Callback::new(move |()| open.set(false));
    let children = StoredValue::new(children);
    view! {
        <dialog
            class="dialog"
            data-wide=wide.to_string()
            aria-label=move || title.get()
            node_ref=node
            on:close=move |_| open.set(false)
            on:mousedown=on_backdrop
        >
            <Show when=move || open.get()>
                <div class="dialog-box">
                    <header class="dialog-head">
                        <h2>{move || title.get()}</h2>
                        <IconButton icon=Icon::X label="Close" on_press=close/>
                    </header>
                    <div class="dialog-body">{children.with_value(|children| children())}</div>
                </div>
            </Show>
        </dialog>
    }
}

/// The buttons at the end of a dialog.
#[component]
pub fn DialogActions(children: Children) -> impl IntoView {
    view! { <footer class="dialog-actions">{children()}</footer> }
}

/// Asks before what cannot be undone. Closes when the page sets `open` to false.
#[component]
pub fn ConfirmDialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] message: Signal<String>,
    /// The verb on the button: `Delete project`.
    #[prop(into)]
    confirm: String,
    #[prop(optional)] danger: bool,
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(into)] on_confirm: Callback<()>,
) -> impl IntoView {
    let kind = if danger { ButtonKind::Danger } else { ButtonKind::Primary };
    let close = Callback::new(move |()| open.set(false));
    let confirm = StoredValue::new(confirm);
    view! {
        <Dialog open title>
            <p>{move || message.get()}</p>
            <DialogActions>
                <Button on_press=close>"Cancel"</Button>
                <Button kind pending on_press=on_confirm>{confirm.get_value()}</Button>
            </DialogActions>
        </Dialog>
    }
}
