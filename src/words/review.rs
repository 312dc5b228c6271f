//! Closing a cycle, and looking back at it.

use bearings_plan::{
    Calibration, Day, Fate, Foresight, Leaning, Measure, Number, Outcome, Retrospect, Score, Span, Status, Unit,
    Warning,
};

use super::{check, common, count, isolated, objectives, sentence, spelled, words};
use crate::web::intl;

words! {
    close_and_learn: "Close and learn";
    look_back: "Look back";
    before: "Before you close";
    not_over: "What is closed takes no more check-ins. You can open it again.";
    score: "Score";
    zero_to_one: "0 to 1";
    score_needed: "Write a number from 0 to 1, such as 0.7.";
    nothing_suggested: "There is no number to suggest a score from.";
    never_heard: "Never checked in, so no score is suggested: you decide.";
    stretch: "Of an aspirational objective, 0.7 is a success.";
    became: "What became of it?";
    outcome_needed: "No number says it: choose one.";
    learned: "What did we learn?";
    learned_placeholder: "What would you do the same way again, and what not?";
    whole: "The cycle as a whole";
    whole_explained: "it stays with the cycle, for whoever looks back";
    keep_and_change: "What do we keep, what do we change?";
    keep_placeholder: "Keep: \nChange: ";
    goes_on_in: "What goes on, goes on in";
    backlog: "No cycle yet: it waits under “Later”";
    nothing_to_judge: "It had no objectives.";
    all_told: "Every decision is made at once, and one undo takes all of them back.";
    not_closed: "Not closed yet: something above is missing.";
    open_again: "Open again";
    opened: "Open again: everything in it can be changed.";
    lookback: "What we take with us";
    no_lookback: "Nothing was written down about the cycle as a whole.";
    no_verdict: "No verdict";
    lesson: "Learned:";
    archive: "Need the room?";
    archive_explained: "This saves the whole plan as a file, and then takes this cycle out of it, with its objectives, key results and check-ins. What went on from it stays. Whoever opens the file sees all of it again.";
    archive_it: "Save a file and take it out";
    calibration: "Confidence and what came of it";
    said: "Said";
    came_true: "Came true";
    of_key_results: "Key results";
    how_to_read: "The bar is what came true, the mark is what was said: they should meet.";
    verdict: "Verdict";
    put_away: "Put away";
    put_away_explained: "out of all lists and numbers";
    bring_back: "Bring back";
}

/// "Q4 2026 is over. Four objectives to look back on."
pub fn title(cycle: &str, objectives: usize, span: &Span, today: Day) -> String {
    let when = match span.days_left(today) {
        _ if today > span.end => format!("{cycle} is over."),
        0 => format!("{cycle} ends today."),
        1 => format!("{cycle} has one more day."),
        left => format!("{cycle} has {left} more days."),
    };
    match objectives {
        0 => format!("{when} {}", nothing_to_judge()),
        1 => format!("{when} One objective to look back on."),
        n => format!("{when} {} objectives to look back on.", sentence(&spelled(n))),
    }
}

/// "1 Oct – 31 Dec · nothing changes before you close it"
pub fn below(span: &Span) -> String {
    format!("{} · nothing changes before you close it", intl::date_range(span.start, span.end))
}

/// "Q4 2026: two of five achieved."
pub fn closed_title(cycle: &str, found: &Retrospect) -> String {
    match (found.objectives, found.achieved) {
        (0, _) => format!("{cycle} is closed."),
        (1, 1) => format!("{cycle}: achieved."),
        (1, _) => format!("{cycle}: not achieved."),
        (all, n) if all == n => format!("{cycle}: all {} achieved.", spelled(n)),
        (all, n) => {
            format!("{cycle}: {} of {} achieved.", if n == 0 { "none".to_owned() } else { spelled(n) }, spelled(all))
        }
    }
}

/// "1 Oct – 31 Dec · closed 2 Jan · 0.82 on average, none fully reached"
pub fn closed_below(span: &Span, closed: Day, found: Option<&Retrospect>) -> String {
    let below = format!("{} · {}", intl::date_range(span.start, span.end), closed_on(closed));
    match found.and_then(average) {
        Some(average) => format!("{below} · {average}"),
        None => below,
    }
}

/// "0.82 on average, none fully reached"
fn average(found: &Retrospect) -> Option<String> {
    let mean = in_figures(found.mean?);
    Some(match (found.scored, found.full) {
        (1, _) => format!("score {mean}"),
        (_, 0) => format!("{mean} on average, none fully reached"),
        (all, full) if all == full => format!("{mean} on average, all fully reached"),
        (_, full) => format!("{mean} on average, {} fully reached", spelled(full)),
    })
}

/// "closed 2 Jan"
pub fn closed_on(day: Day) -> String {
    format!("closed {}", intl::date(day))
}

/// "0.62"
pub fn in_figures(score: Score) -> String {
    intl::bare(score.get())
}

/// What became of something, in the words of its status.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Achieved => common::status(Status::Achieved),
        Outcome::Partial => common::status(Status::Partly),
        Outcome::Missed => common::status(Status::Missed),
        Outcome::Postponed => "Postponed",
        Outcome::Cancelled => "Cancelled",
    }
}

/// What somebody should know before a cycle is closed. What it is true of stands below.
pub fn warning(warning: Warning) -> String {
    match warning {
        Warning::NotOver { days: 1 } => "One day is left.".to_owned(),
        Warning::NotOver { days } => format!("{days} days are left."),
        Warning::Silent { .. } => "Silent in the last weeks, so the number may be old.".to_owned(),
        Warning::Moved { .. } => "The goalpost was moved on the way: judge what was agreed.".to_owned(),
        Warning::Guard { .. } => "A guard is broken: a success needs a reason.".to_owned(),
        Warning::WithoutNumber { .. } => "No number to judge by.".to_owned(),
    }
}

/// "since 20 Nov", beside what is silent.
pub fn heard(day: Option<Day>) -> String {
    day.map_or_else(|| "never checked in".to_owned(), |day| format!("since {}", intl::date(day)))
}

/// "0.62 is suggested: the mean of its key results, (55% + 43% + 88%) ÷ 3."
pub fn suggested(score: Score, formula: &str) -> String {
    format!("{} is suggested: the mean of its key results, {formula}.", in_figures(score))
}

/// "Why not 0.62?"
pub fn why_not(suggested: Score) -> String {
    format!("Why not {}?", in_figures(suggested))
}

/// "The numbers say 0.62. Say why you do not."
pub fn reason_needed(suggested: Score) -> String {
    format!("The numbers say {}. Say why you do not.", in_figures(suggested))
}

pub fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Carried => "Carry the rest over",
        Fate::Restarted => "Start again",
        Fate::Kept => "Keep as a KPI",
        Fate::LetGo => "Let go",
    }
}

pub fn fate_was(fate: Fate) -> &'static str {
    match fate {
        Fate::Carried => "Carried over",
        Fate::Restarted => "Started again",
        Fate::Kept => "Kept as a KPI",
        Fate::LetGo => "Let go",
    }
}

/// "What becomes of Monthly visitors?"
pub fn fate_of(key_result: &str) -> String {
    let key_result = isolated(key_result);
    format!("What becomes of {key_result}?")
}

/// What a fate means for a key result that would be measured like this from then on. `place` is "in Q1 2027".
pub fn fate_explained(fate: Fate, measure: &Measure, unit: &Unit, place: &str) -> String {
    match (fate, measure) {
        (Fate::Carried, Measure::Metric { .. }) => format!("Goes on {place}, from here: {}.", way(measure, unit)),
        (Fate::Restarted, Measure::Metric { .. }) => format!("Begins again {place}: {}.", way(measure, unit)),
        (Fate::Carried, Measure::Milestones {}) => format!("The steps that are left go on {place}."),
        (Fate::Restarted, _) => format!("Begins again {place}, with every step."),
        (Fate::Carried, _) => format!("Goes on {place}."),
        (Fate::Kept, _) => match measure.bounds_to_keep() {
            Some(bounds) => format!("No goal any more, but watched: {}.", check::bounds(&bounds, unit)),
            None => "No goal any more, but watched, without a target.".to_owned(),
        },
        (Fate::LetGo, _) => "It ends here.".to_owned(),
    }
}

/// "4,000 → 8,000 visitors"
fn way(measure: &Measure, unit: &Unit) -> String {
    match measure {
        Measure::Metric { start, target } => {
            format!("{} → {}", objectives::short(*start, unit), intl::number(*target, unit))
        }
        _ => String::new(),
    }
}

/// A key result that went on when its cycle was closed before: before the link to it.
pub fn goes_on_already() -> &'static str {
    "It goes on already:"
}

/// "Close Q4 2026"
pub fn close(cycle: &str) -> String {
    let cycle = isolated(cycle);
    format!("Close {cycle}")
}

/// "Q4 2026 is closed."
pub fn is_closed(cycle: &str) -> String {
    let cycle = isolated(cycle);
    format!("{cycle} is closed.")
}

/// "Close Q4 2026 and learn"
pub fn close_it_and_learn(cycle: &str) -> String {
    let cycle = isolated(cycle);
    format!("Close {cycle} and learn")
}

/// "Close and learn: Q4 2026", for those who hear a button.
pub fn close_and_learn_of(cycle: &str) -> String {
    let cycle = isolated(cycle);
    format!("{}: {cycle}", close_and_learn())
}

/// "Look back: Q4 2026"
pub fn look_back_at(cycle: &str) -> String {
    let cycle = isolated(cycle);
    format!("{}: {cycle}", look_back())
}

/// "in Q1 2027"
pub fn in_cycle(cycle: &str) -> String {
    let cycle = isolated(cycle);
    format!("in {cycle}")
}

/// "under “Later”"
pub fn in_backlog() -> String {
    format!("under “{}”", objectives::backlog())
}

/// "Q4 2026 is in the file, and out of the plan."
pub fn archived(cycle: &str) -> String {
    let cycle = isolated(cycle);
    format!("{cycle} is in the file, and out of the plan.")
}

/// "“Double our reach” is put away."
pub fn is_put_away(title: &str) -> String {
    let title = isolated(title);
    format!("“{title}” is put away.")
}

/// "“Double our reach” is back."
pub fn is_back(title: &str) -> String {
    let title = isolated(title);
    format!("“{title}” is back.")
}

/// "Q4 2026 is closed" beside what cannot come back into it.
pub fn belongs_to_closed(cycle: &str) -> String {
    let cycle = isolated(cycle);
    format!("belongs to {cycle}, which is closed")
}

/// "Bring back Double our reach"
pub fn bring_it_back(title: &str) -> String {
    let title = isolated(title);
    format!("Bring back {title}")
}

/// "48 check-ins with a confidence on five key results: 72% sure on average, and 51% were achieved. You were surer than you
/// could be."
pub fn means(found: &Calibration) -> String {
    let leaning = match found.leaning() {
        Leaning::TooSure => " You were surer than you could be.",
        Leaning::TooModest => " You could trust yourselves more.",
        Leaning::Fair => "",
    };
    let times = count(found.statements, "check-in", "check-ins");
    let (said, achieved) = (intl::percent(found.said), intl::percent(found.base_rate()));
    if found.key_results == 1 {
        return format!("{times} with a confidence on one key result: {said} sure on average.{leaning}");
    }
    let of = spelled(found.key_results);
    format!(
        "{times} with a confidence on {of} key results: {said} sure on average, and {achieved} were achieved.{leaning}"
    )
}

/// "Brier score 0.18; saying 60% every time gives 0.24. Confidence foretold 25% of what came: a good eye." 0 is perfect.
pub fn brier(found: &Calibration) -> String {
    let (brier, base) = (Number::new(found.brier).unwrap_or_default(), found.brier_of_base_rate());
    let shown = intl::number_against(brier, &Unit::default(), &[base]);
    let always = || {
        let base = Number::new(base).unwrap_or_default();
        let gives = intl::number_against(base, &Unit::default(), &[found.brier]);
        format!(
            "Brier score {shown}, where 0 is perfect; saying {} every time gives {gives}.",
            intl::percent(found.base_rate())
        )
    };
    match found.foresight() {
        Foresight::Better(skill) => {
            format!("{} Skill {}: your confidence told which ones.", always(), intl::percent(skill))
        }
        Foresight::NoBetter => format!("{} Your confidence did not tell which ones.", always()),
        Foresight::AllAchieved => {
            format!("Brier score {shown}, where 0 is perfect. All were achieved: nothing to tell apart yet.")
        }
        Foresight::NoneAchieved => {
            format!("Brier score {shown}, where 0 is perfect. None was achieved: nothing to tell apart yet.")
        }
    }
}

/// "3 of 4"
pub fn of(part: usize, all: usize) -> String {
    format!("{part} of {all}")
}

/// "closing of Q4 2026", after "Undo:".
pub fn closing_of(cycle: &str) -> String {
    let cycle = isolated(cycle);
    format!("closing of “{cycle}”")
}
