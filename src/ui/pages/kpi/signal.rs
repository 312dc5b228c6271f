//! Whether the newest value is a signal or noise, and what that is judged by.

use bearings_plan::{
    Baseline, Centre, Change, ChangeError, Edit, Invalid, KpiEdit, KpiId, Limits, NaturalBounds, NoNewLimits, Periods,
    Shift, Signals,
};
use leptos::{ev::SubmitEvent, prelude::component};

use super::{Gauge, of};
use crate::{
    reactive::{Effect, Memo, RwSignal, Signal, StoredValue},
    state::{Undo, Workspace, workspace},
    ui::{
        components::{
            button::IconButton,
            field::{DateField, Input, NumberField, NumberInput, SelectField},
            history::is_history,
            icon::Icon,
            uid,
        },
        dom::{CollectHtml as _, Html, switch, view, when},
    },
    web::page,
    words::{common, errors, kpis, signal as words},
};

/// The signals of a KPI that is followed.
pub fn signals(gauge: &Gauge) -> Signals {
    workspace().shown_now().signals(&gauge.kpi, &gauge.report, gauge.today)
}

/// Chooses what the chart shows.
#[component]
pub fn Views(natural: RwSignal<bool>) -> Html {
    let choice = move |of: bool, word: &'static str| {
        view! {
            <button
                class="btn"
                type="button"
                aria-pressed=move || (natural.get() == of).to_string()
                on:click=move |_| natural.set(of)
            >{word}</button>
        }
    };
    view! {
        <div class="acts" role="group" aria-label=words::views()>
            {choice(false, words::values())}
            {choice(true, words::signal_or_noise())}
        </div>
    }
}

/// What was found out about a KPI.
#[derive(Debug, Clone, PartialEq)]
struct Found {
    gauge: Gauge,
    signals: Signals,
}

/// The card: the sentence, a lasting change, how it is made, and what can be chosen.
#[component]
pub fn SignalOrNoise(id: KpiId, gauge: Memo<Option<Gauge>>, signals: Memo<Option<Signals>>) -> Html {
    let workspace = workspace();
    let heading = StoredValue::new(uid("signal"));
    let found = Memo::new(move || {
        let (gauge, signals) = gauge.get().zip(signals.get())?;
        Some(Found { gauge, signals })
    });
    let told = of(found, |Found { gauge, signals }| words::told(&gauge.kpi, signals, gauge.frequency()));
    let provisional = of(found, |found| found.limits().and_then(words::provisional));
    let when_newest = of(found, |Found { gauge, signals }| {
        let period = signals.newest().and_then(|(place, _)| gauge.report.periods.get(place));
        period.map(|period| kpis::period(&period.period, gauge.calendar()))
    });
    let shift = of(found, |Found { gauge, signals }| {
        signals.shift.clone().map(|shift| (shift, signals.centre, gauge.calendar()))
    });
    let proposed = move |proposed: &Option<(Shift, Option<Centre>, Periods)>| {
        let (shift, centre, calendar) = proposed.clone()?;
        let from = shift.from.start;
        let recalculate = move || {
            if begin_anew(workspace, id, Baseline { from, to: None }).is_ok() {
                page::focus(&heading.get_value());
            }
        };
        let button = (!is_history()).then(|| {
            view! {
                <button class="btn" type="button" on:click=move |_| recalculate()>
                    {words::recalculate_from(&shift, calendar)}
                </button>
            }
        });
        Some(view! {
            <p class="told">{words::shifted(&shift, centre, calendar)}</p>
            {button}
        })
    };
    view! {
        <section class="card" aria-labelledby=heading.get_value()>
            <header>
                <h2 id=heading.get_value() tabindex="-1">{words::signal_or_noise()}</h2>
                <small>{move || when_newest.get()}</small>
            </header>
            <div class="body tight">
                <p aria-live="polite">{move || told.get()}</p>
                {when(
                    move || provisional.with(Option::is_some),
                    move || view! { <p class="told">{move || provisional.get()}</p> },
                )}
                {switch(move || shift.get(), proposed)}
            </div>
            <How found />
            {(!is_history()).then(|| view! { <Settings id found heading /> })}
        </section>
    }
}

impl Found {
    /// The limits of now.
    fn limits(&self) -> Option<&Limits> {
        self.signals.stretches.last()?.limits.as_ref().ok()
    }
}

/// How the limits are made, with the values in their formula.
#[component]
fn How(found: Memo<Option<Found>>) -> Html {
    let parts = of(found, |found| {
        let (Found { gauge, signals }, limits) = (found, found.limits()?);
        let usual = signals.usual(signals.newest()?.0)?;
        Some(words::made_of(signals.centre, limits, usual, &gauge.kpi.unit, gauge.calendar()))
    });
    let part = |(name, text): (&'static str, String)| view! { <dt>{name}</dt><dd>{text}</dd> };
    view! {
        <details class="more">
            <summary>{words::how()}</summary>
            <div class="body tight">
                <dl class="defs">
                    {move || parts.get().map(|parts| parts.into_iter().map(part).collect_html())}
                </dl>
                <p class="told">{words::rules()}</p>
                <p class="told">{words::source()}</p>
            </div>
        </details>
    }
}

/// What somebody may choose: bounds, and from when on limits are computed anew.
#[component]
fn Settings(id: KpiId, found: Memo<Option<Found>>, heading: StoredValue<String>) -> Html {
    view! {
        <details class="more">
            <summary>{words::settings()}</summary>
            <div class="body tight">
                <Around id />
                <Bounds id />
                <h3>{words::baselines_title()}</h3>
                <p class="told">{words::baselines_hint()}</p>
                <Chosen id found heading />
                <Anew id />
            </div>
        </details>
    }
}

/// What values vary around.
#[component]
fn Around(id: KpiId) -> Html {
    let workspace = workspace();
    let now = workspace.read(move |plan, _| plan.kpis.get(id).and_then(|kpi| *kpi.centre));
    let all = [None].into_iter().chain(Centre::ALL.iter().copied().map(Some));
    let choices: Vec<_> = all.map(|it| (word(it).to_owned(), words::centre_named(it).to_owned())).collect();
    let input = Input::new(word(now.get_untracked()));
    // Also once it is taken back, or comes from another tab.
    Effect::on_change(move || now.get(), move |_, now| input.text.set(word(*now).to_owned()));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let chosen = input.text.with_untracked(|word| Centre::from_word(word));
        if chosen == now.get_untracked() {
            return;
        }
        let edit = Edit::of(id, KpiEdit::centre(chosen));
        match workspace.make(Change::Edit { edit, from: None }) {
            Ok(()) => workspace.say(words::centre_saved(), Some(Undo::Change)),
            Err(error) => {
                input.error.set(Some(errors::change(error)));
                input.focus();
            }
        }
    };
    view! {
        <h3>{words::centre_title()}</h3>
        <p class="told">{words::centre_hint()}</p>
        <form class="form" novalidate on:submit=save>
            <SelectField input label=words::varies_around() options=choices />
            <div class="acts">
                <button class="btn">{words::set_centre()}</button>
            </div>
        </form>
    }
}

/// What stands for a centre in its field.
fn word(centre: Option<Centre>) -> &'static str {
    centre.map_or("", Centre::word)
}

/// The values that the KPI cannot go beyond.
#[component]
fn Bounds(id: KpiId) -> Html {
    let workspace = workspace();
    let kpi = move || workspace.shown_now().kpis.shared(id);
    let unit = workspace.read(move |plan, _| plan.kpis.get(id).map(|kpi| (*kpi.unit).clone()).unwrap_or_default());
    let bounds = workspace.read(move |plan, _| plan.kpis.get(id).and_then(|kpi| (*kpi.natural_bounds).clone()));
    let [low, high] = [(); 2].map(|()| NumberInput::new(None, unit, None));
    // Also once they are taken back, or come from another tab.
    let show = move |now: &Option<NaturalBounds>| {
        let values = [now.as_ref().and_then(|it| it.low), now.as_ref().and_then(|it| it.high)];
        for (field, value) in [low, high].into_iter().zip(values) {
            match value {
                Some(value) => field.hold(value),
                None => field.input.text.set(String::new()),
            }
        }
    };
    show(&bounds.get_untracked());
    Effect::on_change(move || bounds.get(), move |_, now| show(now));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (read_low, read_high) = (low.number_if_any(), high.number_if_any());
        let (Some(read_low), Some(read_high)) = (read_low, read_high) else {
            return if read_low.is_none() { low.input.focus() } else { high.input.focus() };
        };
        let bounds = Some(NaturalBounds { low: read_low, high: read_high });
        let bounds = bounds.filter(|it| it.low.is_some() || it.high.is_some());
        if kpi().is_none_or(|kpi| *kpi.natural_bounds == bounds) {
            return;
        }
        let edit = Edit::of(id, KpiEdit::natural_bounds(bounds));
        match workspace.make(Change::Edit { edit, from: None }) {
            Ok(()) => workspace.say(words::bounds_saved(), Some(Undo::Change)),
            Err(error) => {
                high.input.error.set(Some(errors::change(error)));
                high.input.focus();
            }
        }
    };
    view! {
        <h3>{words::bounds_title()}</h3>
        <p class="told">{words::bounds_hint()}</p>
        <form class="form" novalidate on:submit=save>
            <NumberField number=low label=words::lowest() hint=common::optional() />
            <NumberField number=high label=words::highest() hint=common::optional() />
            <div class="acts">
                <button class="btn">{common::save()}</button>
            </div>
        </form>
    }
}

/// The baselines that somebody chose, each of which can be taken back.
#[component]
fn Chosen(id: KpiId, found: Memo<Option<Found>>, heading: StoredValue<String>) -> Html {
    let workspace = workspace();
    let chosen = of(found, |found| {
        let stretch = |chosen: &Baseline| found.signals.stretches.iter().find(|it| it.chosen.as_ref() == Some(chosen));
        let line = |chosen: &Baseline| (chosen.clone(), words::baseline(chosen, stretch(chosen)));
        found.gauge.kpi.baselines.iter().map(line).collect::<Vec<_>>()
    });
    let take_back = move |gone: &Baseline| {
        let plan = workspace.shown_now();
        let Some(kpi) = plan.kpis.get(id) else { return };
        if workspace.make_and_say(plan.limits_as_before(kpi, gone), words::taken_back()) {
            page::focus(&heading.get_value());
        }
    };
    let row = move |(chosen, line): (Baseline, String)| {
        let label = words::take_back(&chosen);
        view! {
            <li>
                <p>{line}</p>
                <IconButton icon=Icon::Delete label on_press=move || take_back(&chosen) />
            </li>
        }
    };
    view! {
        <ul class="rows">
            {switch(move || chosen.get(), move |chosen| chosen.iter().cloned().map(row).collect_html())}
        </ul>
    }
}

/// The form of a further baseline.
#[component]
fn Anew(id: KpiId) -> Html {
    let workspace = workspace();
    let (from, to) = (Input::new(""), Input::new(""));
    let latest = Signal::derive(move || workspace.day().to_string());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (read_from, read_to) = (from.day(), to.day_if_any());
        let (Some(day), Some(until)) = (read_from, read_to) else {
            return if read_from.is_none() { from.focus() } else { to.focus() };
        };
        let (input, error) = match begin_anew(workspace, id, Baseline { from: day, to: until }) {
            Ok(()) => {
                from.text.set(String::new());
                to.text.set(String::new());
                return from.focus();
            }
            Err(Refused::Limits(NoNewLimits::Later)) => (from, common::not_later().to_owned()),
            Err(Refused::Limits(NoNewLimits::Before)) => (from, words::before_first().to_owned()),
            Err(Refused::Limits(NoNewLimits::Invalid(invalid))) => {
                let field = if invalid == Invalid::EndBeforeStart { to } else { from };
                (field, errors::change(ChangeError::Invalid(invalid)))
            }
            Err(Refused::Change(error)) => (from, errors::change(error)),
        };
        input.error.set(Some(error));
        input.focus();
    };
    view! {
        <form class="form" novalidate on:submit=save>
            <DateField input=from label=words::baseline_from() max=latest />
            <DateField input=to label=words::baseline_to() hint=words::automatic() />
            <div class="acts">
                <button class="btn">{words::recalculate()}</button>
            </div>
        </form>
    }
}

/// Lets limits begin anew, in place of what was chosen for the same day.
fn begin_anew(workspace: Workspace, id: KpiId, baseline: Baseline) -> Result<(), Refused> {
    let plan = workspace.shown_now();
    let kpi = plan.kpis.get(id).ok_or(Refused::Change(ChangeError::Gone(id.into())))?;
    let from = baseline.from;
    let change = plan.limits_anew(kpi, baseline, workspace.day_now()).map_err(Refused::Limits)?;
    workspace.make(change).map_err(Refused::Change)?;
    workspace.say(words::recalculated(from), Some(Undo::Change));
    Ok(())
}

/// Why limits did not begin anew.
enum Refused {
    Limits(NoNewLimits),
    Change(ChangeError),
}
