//! A bar from 0 to 100 %, with a mark where today expects it.

use bearings_plan::{Basis, KeyResultReport, ObjectiveReport, digits, limits_of_verdict};
use leptos::prelude::component;

use crate::{
    reactive::Signal,
    ui::dom::{Html, view},
    web::intl,
    words::common,
};

/// What a track shows, all in shares from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Course {
    pub progress: Option<f64>,
    pub expected: Option<f64>,
    /// Where its line ends.
    pub line_end: f64,
}

impl From<&ObjectiveReport> for Course {
    fn from(report: &ObjectiveReport) -> Self {
        let progress = report.progress.as_ref().map(|progress| progress.share);
        Self { progress, expected: report.expected, line_end: report.line_end }
    }
}

impl From<&KeyResultReport> for Course {
    fn from(report: &KeyResultReport) -> Self {
        let shown = report.progress.as_ref().map(|progress| progress.shown(report.line_end));
        let line_end = shown.map_or(report.line_end, |(_, [line_end, _])| line_end);
        let asked =
            matches!(report.progress.as_ref().map(|it| &it.basis), Some(Basis::Stay { .. })).then_some(line_end);
        let expected = asked.or(report.expected.map(|expected| expected.share));
        Self { progress: shown.map(|(share, _)| share.clamp(0.0, 1.0)), expected, line_end }
    }
}

impl Course {
    /// The progress as text; a dash where there is none.
    pub fn said(&self) -> String {
        let share = |share| intl::percent_against(share, &limits_of_verdict(self.line_end));
        self.progress.map_or_else(|| common::no_number().to_owned(), share)
    }
}

#[component]
pub fn Track(#[prop(into)] course: Signal<Course>) -> Html {
    let label = move || {
        let Course { progress, expected, .. } = course.get();
        let progress = match progress {
            Some(_) => course.get().said(),
            None => common::no_number_yet().to_owned(),
        };
        common::progress_of(&progress, expected.map(intl::percent).as_deref())
    };
    view! {
        <span
            class="track"
            class:mark=move || course.get().expected.is_some()
            role="img"
            aria-label=label
            style=("--p", move || course.get().progress.map(digits))
            style=("--e", move || course.get().expected.map(digits))
            style=("--line", move || (course.get().line_end < 1.0).then(|| digits(course.get().line_end)))
        ></span>
    }
}
