//! A file that comes in: chosen, or dropped.

use leptos::prelude::{component, event_target};
use web_sys::{DragEvent, File, HtmlInputElement};

use crate::{
    reactive::RwSignal,
    ui::dom::{Html, view},
    web::files,
};

/// The button that chooses a file.
#[component]
pub fn FileButton(label: &'static str, accept: &'static str, take: impl Fn(File) + 'static) -> Html {
    view! {
        <label class="btn">
            {label}
            <input
                type="file"
                class="sr"
                accept=accept
                on:change=move |event| {
                    let input: HtmlInputElement = event_target(&event);
                    if let Some(file) = files::picked(&input) {
                        take(file);
                    }
                    // The same file can be chosen again after it was mended.
                    input.set_value("");
                }
            />
        </label>
    }
}

/// A place where files may be dropped. Text that is dragged over it goes on its own ways.
#[derive(Debug, Clone, Copy)]
pub struct DropPlace {
    over: RwSignal<bool>,
}

impl DropPlace {
    pub fn new() -> Self {
        Self { over: RwSignal::new(false) }
    }

    /// Whether a file is held over it, tracked.
    pub fn is_over(self) -> bool {
        self.over.get()
    }

    /// Something comes, or moves.
    pub fn hold(self, event: &DragEvent) {
        if files::carries_file(event) {
            event.prevent_default();
            self.over.set(true);
        }
    }

    pub fn leave(self) {
        self.over.set(false);
    }

    /// Takes what was dropped, if it is a file.
    pub fn drop(self, event: &DragEvent, take: impl FnOnce(File)) {
        self.leave();
        if files::carries_file(event) {
            event.prevent_default();
            if let Some(file) = files::dropped(event) {
                take(file);
            }
        }
    }
}
