//! Pictures: line icons and the shapes of a status.

use leptos::prelude::component;

use crate::ui::dom::{Html, view};

/// A line icon, 24 units wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Brand,
    Today,
    Objectives,
    Kpis,
    Plans,
    Settings,
    Plus,
    Check,
    Edit,
    Delete,
    Undo,
    Redo,
    Up,
    Down,
    Import,
    Export,
    Close,
    More,
    Review,
    Archive,
}

impl Icon {
    /// Its paths; circles are drawn as arcs so that one attribute holds a whole icon.
    const fn path(self) -> &'static str {
        match self {
            Self::Brand => "M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M16 8l-2.2 5.8L8 16l2.2-5.8z",
            Self::Today => "M12 3a9 9 0 1 0 9 9M12 12l6.5-6.5M10.4 12a1.6 1.6 0 1 0 3.2 0 1.6 1.6 0 1 0-3.2 0",
            Self::Objectives => "M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M7.5 12a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0",
            Self::Kpis => "M4 16a8 8 0 1 1 16 0M12 16l3.5-5",
            Self::Plans => "M4 7h6l2 2h8v10H4z",
            Self::Settings => {
                "M4 7h9m4 0h3M13 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M4 17h3m4 0h9M7 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
            }
            Self::Plus => "M12 5v14M5 12h14",
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::Edit => "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
            Self::Delete => "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5",
            Self::Undo => "M4 9h10a5.5 5.5 0 0 1 0 11h-3M8 5 4 9l4 4",
            Self::Redo => "M20 9H10a5.5 5.5 0 0 0 0 11h3M16 5l4 4-4 4",
            Self::Up => "M12 19V5m-6 6 6-6 6 6",
            Self::Down => "M12 5v14m6-6-6 6-6-6",
            Self::Import => "M12 4v11m-4-4 4 4 4-4M4 16v4h16v-4",
            Self::Export => "M12 15V4m-4 4 4-4 4 4M4 16v4h16v-4",
            Self::Close => "m6 6 12 12M18 6 6 18",
            Self::Review => "M6 3.5h12v17H6zM9 8h6M9 12h6M9 16h3",
            Self::Archive => "M4 5h16v4H4zM6 9v10h12V9M10 13h4",
            Self::More => {
                "M4 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M11 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M18 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0"
            }
        }
    }
}

/// Draws a line icon. It says nothing to screen readers: a text stands beside it.
#[component]
pub fn Glyph(icon: Icon) -> Html {
    view! {
        <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
            <path d=icon.path() />
        </svg>
    }
}

/// The shape of a status: told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Disc,
    Triangle,
    Diamond,
    Ring,
    Tick,
    Half,
    Cross,
    Bar,
    /// In two halves: what it should hold off came through.
    Shield,
}

/// Draws a shape in the colour of its class.
#[component]
pub fn Mark(shape: Shape) -> Html {
    let (filled, outlined) = match shape {
        Shape::Disc => ("M1 6a5 5 0 1 0 10 0A5 5 0 1 0 1 6", ""),
        Shape::Triangle => ("M6 .8 11.6 11H.4z", ""),
        Shape::Diamond => ("M6 .3 11.7 6 6 11.7.3 6z", ""),
        Shape::Ring => ("", "M1.4 6a4.6 4.6 0 1 0 9.2 0 4.6 4.6 0 1 0-9.2 0"),
        Shape::Tick => ("", "m1.5 6.5 3 3 6-7"),
        Shape::Half => ("M6 1.4a4.6 4.6 0 0 1 0 9.2z", "M1.4 6a4.6 4.6 0 1 0 9.2 0 4.6 4.6 0 1 0-9.2 0"),
        Shape::Cross => ("", "m2.2 2.2 7.6 7.6m0-7.6-7.6 7.6"),
        Shape::Bar => ("", "M1.6 6h8.8"),
        Shape::Shield => (
            "M5.1.6 1 2.1v3.7c0 2.7 1.7 4.6 4.2 5.7L4.1 8.3l2-2.5-1.6-2.3zM6.4.5 11 2.1v3.7c0 2.8-1.9 4.8-4.7 5.8l-.8-3.2 2-2.6-1.6-2.3z",
            "",
        ),
    };
    view! {
        <svg viewBox="0 0 12 12" aria-hidden="true">
            {(!filled.is_empty()).then(|| view! { <path d=filled /> })}
            {(!outlined.is_empty()).then(|| view! { <path class="o" d=outlined /> })}
        </svg>
    }
}
