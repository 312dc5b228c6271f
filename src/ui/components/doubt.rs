//! "Really 828 kg? It was 82.9." A question before something odd is saved: asked once, with what was probably meant first,
//! and the same key again goes on.

use bearings_plan::{Day, Due, LastSaid, Number, Unit, Written, quantity::Quantity};
use leptos::prelude::component;

use crate::{
    reactive::{Callback, RwSignal, StoredValue},
    state::Workspace,
    ui::dom::{Html, switch, view},
    words::doubt as words,
};

/// What was probably meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Likely {
    Value(Number),
    Day(Day),
}

/// One question, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    text: String,
    /// What the button says that keeps what is typed.
    keep: String,
    /// What was probably meant, and what its button says.
    likely: Option<(String, Likely)>,
}

/// What is about to be saved.
#[derive(Debug)]
pub struct Doubtful<'a> {
    pub of: Due,
    /// The number as typed and what it comes to, where it is new.
    pub value: Option<(Quantity, Number)>,
    pub unit: &'a Unit,
    pub day: Day,
    /// Whether the day is new.
    pub dated: bool,
    /// What it corrects.
    pub except: &'a Written,
}

impl Doubtful<'_> {
    fn questions(&self, workspace: Workspace) -> Vec<Question> {
        let plan = workspace.shown_now();
        let value = self.value.and_then(|(typed, value)| {
            let odd = plan.odd_value(self.of, self.day, typed, value, self.except)?;
            let last = plan.last_said(self.of, self.day, self.except);
            Some(about_value(odd.why, value, odd.likely, &last, self.unit))
        });
        let day = plan.odd_day(self.of, self.day, workspace.day_now()).filter(|_| self.dated).map(|odd| Question {
            text: words::day(odd.why, self.day),
            keep: words::keep_day(self.day),
            likely: odd.likely.map(|day| (words::take_day(day), Likely::Day(day))),
        });
        value.into_iter().chain(day).collect()
    }
}

fn about_value(
    why: bearings_plan::OddValue,
    value: Number,
    likely: Option<Number>,
    last: &LastSaid,
    unit: &Unit,
) -> Question {
    Question {
        text: words::value(why, value, last, unit),
        keep: words::keep_value(value, unit),
        likely: likely.map(|likely| (words::take_value(likely, unit), Likely::Value(likely))),
    }
}

/// The questions of one form.
#[derive(Debug, Clone, Copy)]
pub struct Doubt {
    asked: RwSignal<Option<Question>>,
    /// Those that were answered by going on.
    answered: StoredValue<Vec<Question>>,
}

impl Doubt {
    pub fn new() -> Self {
        Self { asked: RwSignal::new(None), answered: StoredValue::new(Vec::new()) }
    }

    /// Whether it can be saved: nothing is odd, or it was asked before. Otherwise the next question is shown.
    pub fn lets_pass(&self, what: &Doubtful<'_>, workspace: Workspace) -> bool {
        for question in what.questions(workspace) {
            if self.answered.with_value(|answered| answered.contains(&question)) {
                continue;
            }
            if self.asked.with_untracked(|asked| asked.as_ref() == Some(&question)) {
                self.answered.update_value(|answered| answered.push(question));
                continue;
            }
            self.asked.set(Some(question));
            return false;
        }
        self.end();
        true
    }

    /// Takes the question away: something else is typed now.
    pub fn withdraw(&self) {
        if self.asked.with_untracked(Option::is_some) {
            self.asked.set(None);
        }
    }

    /// Begins anew.
    pub fn end(&self) {
        self.withdraw();
        self.answered.set_value(Vec::new());
    }
}

/// The question, if there is one, within its form: the button that keeps what is typed submits the form, as Enter does.
#[component]
pub fn DoubtView(doubt: Doubt, choose: Callback<Likely>) -> Html {
    switch(
        move || doubt.asked.get(),
        move |asked| {
            asked.clone().map(|Question { text, keep, likely }| {
                let likely = likely.map(|(label, likely)| {
                    view! {
                        <button class="btn primary" type="button" on:click=move |_| choose.run(likely)>{label}</button>
                    }
                });
                view! {
                    <div class="doubt all">
                        <p role="alert">{text}</p>
                        <div class="acts">
                            {likely}
                            <button class="btn" aria-keyshortcuts="Enter">{keep} <kbd aria-hidden="true">{words::enter()}</kbd></button>
                        </div>
                    </div>
                }
            })
        },
    )
}
