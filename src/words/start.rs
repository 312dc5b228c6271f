//! The first five minutes.

use bearings_plan::{Frequency, Plan, Span};

use super::{kpis, words};

words! {
    title: "Where do you want to be in three months?";
    below: "One goal and the number that shows it. You can change everything later.";
    objective: "Where do you want to go?";
    objective_placeholder: "e.g. Run a half marathon";
    key_result: "How will you know?";
    key_result_placeholder: "e.g. Longest run";
    numbers: "From what to what?";
    from: "Now";
    to: "Target";
    unit: "Unit";
    by_when: "By when?";
    begin: "Set this course";
    first_check_in: "Your course is set. Now the first check-in: where does it stand today?";
    sample_instead: "Rather look around first?";
    sample_explained: "A sample plan shows a marketing team, a glove factory and a half marathon after eight weeks of check-ins. It stays apart from yours.";
    have_a_file: "Have a file?";
    file_explained: "Open a plan that you or a colleague saved.";
    open_a_file: "Open a file";
    where_it_stays: "No account, no server. What you write stays in this browser until you save a file of it.";
}

/// "4,000 to 8,000 visitors by 31 December: about +308 a week."
pub fn told(from: &str, to: &str, by: &str, rate: &str) -> String {
    format!("{from} to {to} by {by}: about {rate}.")
}

/// "Q4 2026"; "Q4 2026/27" where fiscal years are not calendar years.
pub fn named_quarter(plan: &Plan, span: &Span) -> String {
    kpis::period(span, plan.periods(Frequency::Quarterly, span.start))
}
