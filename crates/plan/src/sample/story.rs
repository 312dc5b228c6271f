//! What the sample tells: texts and numbers. Days are counted from the first day of the quarter.

use super::{
    Aim::{AtLeast, AtMost, Between},
    End, GAUGE, GOAL, Gauge, Goal,
    How::{Baseline, Metric, Stay, Steps},
    NONE, PROOF, Proof, TODAY, WEEKS,
};
use crate::{
    Aggregation::{Mean, Sum},
    Fate::{Carried, LetGo, Restarted},
    Frequency::Weekly,
    Indicator::Leading,
    InitiativeState::{Doing, Done, Todo},
    Level::{self, Company, Person, Team},
    ObjectiveKind::{Aspirational, Committed, Learning},
    Outcome,
    Perspective::{self, Customer, Growth, Process},
};

pub const NAME: &str = "Sample: the glove makers";
pub const MISSION: &str = "Every pair of hands at work in gloves that it would recommend.";

/// Who cares for something: a place in `OWNERS`.
const COMPANY: usize = 0;
const MARKETING: usize = 1;
const OPERATIONS: usize = 2;
const ANA: usize = 3;
const ME: usize = 4;
/// Name, level, and the one that they belong to.
pub const OWNERS: &[(&str, Level, Option<usize>)] = &[
    ("Company", Company, None),
    ("Marketing", Team, Some(COMPANY)),
    ("Operations", Team, Some(COMPANY)),
    ("Ana", Person, Some(MARKETING)),
    ("Me", Person, None),
];

/// The theme of a goal or a KPI: a place in `PILLARS`.
const CUSTOMERS: usize = 0;
const FACTORY: usize = 1;
const KNOWING: usize = 2;
pub const PILLARS: &[(&str, Perspective)] =
    &[("Customers who stay", Customer), ("A factory that keeps its pace", Process), ("Know before we guess", Growth)];

/// A goal's cycle: a place in `CYCLES` (name, first day, first day after). The quarter is the third of its year.
pub const YEAR: usize = 0;
const QUARTER: usize = 1;
const LAST: usize = 2;
pub const CYCLES: &[(&str, i32, i32)] =
    &[("This year", -26 * WEEKS, 26 * WEEKS), ("This quarter", 0, 13 * WEEKS), ("Last quarter", -13 * WEEKS, 0)];
/// The cycle that was closed, and when.
pub const CLOSED: (usize, i32) = (LAST, 3);
pub const LOOKBACK: &str = "Two goals were enough. What we measured we also moved.";

/// Places in `GOALS` that others speak of.
const REVENUE: usize = 0;
const FOUND: usize = 1;
/// Places in `GAUGES` that others speak of.
const VISITORS: usize = 0;
const TRIALS: usize = 1;
const CONVERSION: usize = 2;
const PAIRS: usize = 5;
const SCRAP: usize = 6;
const NPS: usize = 7;
const TRADE: usize = 8;
const ONLINE: usize = 9;

#[rustfmt::skip] // Several check-ins share a line.
pub const GOALS: &[Goal] = &[
    Goal {
        day: -190, cycle: YEAR, owner: COMPANY, kind: Committed, pillar: Some(CUSTOMERS), tags: "growth",
        title: "Grow annual revenue by a fifth",
        why: "The second hall pays for itself only with a fifth more orders.",
        proofs: &[
            Proof { title: "Revenue compared with last year", unit: "%", how: Metric(0.0, 20.0), check_ins: &[
                (-152, 1.5, 7, ""), (-120, 3.8, 7, ""), (-91, 4.1, 6, "Two large orders slipped into next month."),
                (-60, 6.9, 7, "They are in."), (-31, 8.2, 7, ""), (-1, 9.6, 6, ""), (27, 11.4, 7, ""),
                (TODAY, 12.1, 7, ""),
            ], ..PROOF },
            Proof { title: "The new product line is in the shops", how: Steps(&[
                ("Samples that testers ask to keep", -95, Some(-88)), ("Suppliers signed", -30, Some(-33)),
                ("First batch off the line", 35, None), ("In the first fifty shops", 150, None),
            ]), check_ins: &[
                (-120, NONE, 7, ""), (-88, NONE, 8, "Nobody gave them back."), (-33, NONE, 8, ""),
                (10, NONE, 6, "The moulds come two weeks late."),
                (TODAY, NONE, 5, "First batch now planned for the week after next."),
            ], ..PROOF },
            Proof { title: "We sell in a second country", check_ins: &[
                (-60, NONE, 7, "The neighbours first: same rules, same sizes."), (0, NONE, 6, ""),
                (TODAY, NONE, 6, "One distributor said yes, one is thinking."),
            ], ..PROOF },
            Proof { title: "Customer retention", unit: "%", how: Metric(82.0, 88.0), check_ins: &[
                (-150, 82.3, 7, ""), (-118, 82.9, 7, ""), (-90, 83.6, 7, ""),
                (-58, 83.1, 6, "A chain closed its doors."), (-29, 83.9, 6, ""), (2, 84.4, 6, ""), (29, 84.7, 6, ""),
                (TODAY, 84.9, 5, "Too slow. What do those who leave have in common?"),
            ], doing: &[("Call everybody who left this year", 70, Todo)], ..PROOF },
            Proof { title: "Net Promoter Score", how: Metric(30.0, 45.0), fed_by: Some(NPS), check_ins: &[
                (-85, NONE, 6, ""), (-20, NONE, 6, "Fitters rate us higher than their buyers do."), (45, NONE, 5, ""),
            ], ..PROOF },
        ],
        ..GOAL
    },
    Goal {
        day: -97, cycle: LAST, owner: MARKETING, kind: Aspirational, pillar: Some(CUSTOMERS), parent: Some(REVENUE),
        tags: "growth, website",
        title: "Be found by those who look for gloves",
        why: "Most of them do not know our name, and search for what their hands need.",
        end: Some(End {
            score: 0.7, outcome: Outcome::Achieved, reason: "The last two guides came out on the last day.",
            learned: "Search takes six weeks to notice anything. Write before the season.",
        }),
        proofs: &[
            Proof { title: "Monthly visitors", unit: "visitors", how: Metric(3400.0, 4500.0),
                fed_by: Some(VISITORS), fate: Some(Restarted), check_ins: &[
                (-84, 3420.0, 6, ""), (-70, 3510.0, 6, ""), (-56, 3640.0, 6, "Holidays."), (-42, 3700.0, 5, ""),
                (-28, 3820.0, 5, ""), (-14, 3900.0, 3, "The guides are good, and nobody finds them yet."),
                (-1, 4000.0, 2, "Two weeks too late for this quarter."),
            ], ..PROOF },
            Proof { title: "Guides for the most asked questions", unit: "guides", how: Metric(0.0, 12.0),
                fate: Some(LetGo), check_ins: &[
                (-84, 2.0, 8, ""), (-63, 4.0, 8, ""), (-42, 6.0, 7, ""), (-21, 9.0, 8, ""),
                (-1, 12.0, 10, "All twelve, the last two at noon."),
            ], ..PROOF },
        ],
        ..GOAL
    },
    Goal {
        day: -97, cycle: LAST, owner: OPERATIONS, kind: Committed, pillar: Some(FACTORY), tags: "factory",
        title: "Every order leaves within four days",
        why: "Who waits for gloves buys the next ones elsewhere.",
        end: Some(End {
            score: 0.8, outcome: Outcome::Partial, reason: "",
            learned: "The table was not the bottleneck. The labels were.",
        }),
        proofs: &[
            Proof { title: "Orders that leave within four days", unit: "%", how: Metric(71.0, 95.0),
                fate: Some(Carried), check_ins: &[
                (-83, 72.0, 7, ""), (-69, 74.0, 7, ""), (-55, 76.0, 6, ""), (-41, 80.0, 7, ""),
                (-27, 85.0, 7, "The second table stands."), (-13, 87.0, 6, ""), (-2, 88.0, 4, "Labels, again."),
            ], ..PROOF },
            Proof { title: "A second packing table stands", fate: Some(LetGo), check_ins: &[
                (-83, NONE, 9, ""), (-55, NONE, 7, "The carpenter is late."), (-30, 1.0, 10, "It stands."),
            ], ..PROOF },
        ],
        ..GOAL
    },
    Goal {
        day: -6, cycle: QUARTER, owner: MARKETING, kind: Committed, pillar: Some(CUSTOMERS), parent: Some(REVENUE),
        before: Some(FOUND), tags: "growth, website",
        title: "Turn the landing page into qualified demand",
        why: "The page explains the product well. Now sales should feel it.",
        proofs: &[
            Proof { title: "Monthly visitors", unit: "visitors", weight: 2, how: Metric(4e3, 8e3),
                fed_by: Some(VISITORS), guard: Some(CONVERSION), check_ins: &[
                (4, 4050.0, 6, ""), (10, 4210.0, 6, "Two guides are out. Search has not noticed yet."),
                (17, 4620.0, 7, ""), (24, 5340.0, 8, "A trade magazine linked to us. Some of it will fade."),
                (31, 5020.0, 6, "It faded."), (40, 5480.0, 7, ""),
                (45, 5890.0, 7, "A third of them come for the guides."), (51, 6150.0, 7, ""),
            ], ..PROOF },
            Proof { title: "Trial subscriptions", unit: "trials", how: Metric(320.0, 650.0), fed_by: Some(TRIALS),
                moved: Some((31, Metric(320.0, 600.0), "650 was a guess. Four weeks of numbers say that 600 is bold.")),
                doing: &[("Halve the trial form", 30, Done)], check_ins: &[
                (4, 322.0, 7, ""), (11, 338.0, 6, ""), (18, 352.0, 5, "The form asks for too much."),
                (25, 371.0, 3, "We guessed 650 before we had numbers."),
                (32, 398.0, 5, "Target moved to 600. The shorter form is live."), (36, 395.0, 5, ""),
                (36, 412.0, 6, "Counted again: those by phone were missing."), (43, 441.0, 6, ""),
            ], ..PROOF },
            Proof { title: "Leads that sales accepts", unit: "%", how: Stay(AtLeast(60.0)), check_ins: &[
                (2, 64.0, 7, ""), (9, 59.0, 6, ""), (16, 58.0, 6, "Many students among them."), (23, 62.0, 7, ""),
                (30, 66.0, 8, "The form now asks how many people wear gloves."), (37, 63.0, 7, ""),
                (46, 57.0, 6, "A fair: many cards, few buyers."), (50, 62.0, 7, ""),
            ], ..PROOF },
        ],
        ..GOAL
    },
    Goal {
        day: -6, cycle: QUARTER, owner: OPERATIONS, kind: Committed, pillar: Some(FACTORY), tags: "factory, quality",
        doing: &[("A second scanner for the sorting tables", 60, Doing)],
        title: "Ship gloves that nobody sends back",
        why: "Quality control misses its pace every second week, and then looks less closely.",
        proofs: &[
            Proof { title: "Pairs inspected per specialist and hour", unit: "pairs",
                how: Stay(AtLeast(30.0)), fed_by: Some(PAIRS), check_ins: &[
                (1, NONE, 7, ""), (8, NONE, 6, ""), (15, NONE, 6, ""),
                (22, NONE, 5, "Two new colleagues are learning."), (29, NONE, 6, ""), (38, NONE, 6, ""),
                (44, NONE, 4, "Sorting waits for the second scanner."),
                (50, NONE, 3, "The scanner is still on its way."),
            ], ..PROOF },
            Proof { title: "Scrap rate", unit: "%", how: Metric(0.25, 0.1), fed_by: Some(SCRAP), guard: Some(PAIRS),
                check_ins: &[
                (5, 0.25, 6, ""), (12, 0.24, 6, ""), (19, 0.26, 5, "A bad roll of leather."), (26, 0.24, 5, ""),
                (33, 0.23, 5, "New knives on two of six presses."), (40, 0.22, 5, ""), (47, 0.22, 4, ""),
                (51, 0.21, 4, "Knives for the other presses come in three weeks."),
            ], ..PROOF },
            Proof { title: "The new ERP runs the whole factory", how: Steps(&[
                ("Articles cleaned up", 10, Some(12)), ("Warehouse switched over", 28, Some(44)),
                ("Production planning switched over", 49, None), ("Old system turned off", 84, None),
            ]), check_ins: &[
                (6, NONE, 8, ""), (12, NONE, 8, "Of 3,100 articles 1,900 are left."), (20, NONE, 7, ""),
                (27, NONE, 5, "It does not talk to the label printers."), (35, NONE, 4, ""),
                (44, NONE, 6, "The warehouse is live, two weeks late."),
                (51, NONE, 5, "Planning waits for the same people."),
            ], ..PROOF },
        ],
        ..GOAL
    },
    Goal {
        day: -5, cycle: QUARTER, owner: ANA, kind: Learning, pillar: Some(KNOWING), parent: Some(REVENUE),
        tags: "quality",
        title: "Know what makes customers recommend us",
        why: "Our NPS lies below the industry’s, and we only guess why.",
        proofs: &[
            Proof { title: "New customers who came by recommendation", unit: "%", how: Baseline, check_ins: &[
                (15, NONE, 6, "The order form does not ask yet."), (29, NONE, 8, "Now it does."),
                (43, 23.0, 9, "Of 214 answers."),
            ], ..PROOF },
            Proof { title: "Interviews with customers", unit: "interviews", how: Metric(0.0, 20.0), check_ins: &[
                (5, 2.0, 7, ""), (12, 3.0, 7, ""), (20, 4.0, 6, "Fitters have no time before six."),
                (27, 6.0, 7, "After six they do."), (34, 9.0, 8, "Three in one day at the fair."), (41, 11.0, 7, ""),
            ], ..PROOF },
            Proof { title: "The three main reasons, in customers’ own words", start: Some(56), ..PROOF },
        ],
        ..GOAL
    },
    Goal {
        day: -4, cycle: QUARTER, owner: ME, kind: Aspirational,
        title: "Run the half marathon in under two hours",
        why: "I want to know whether I can.",
        proofs: &[
            Proof { title: "Distance a week", unit: "km", how: Metric(12.0, 35.0), check_ins: &[
                (2, 14.0, 7, ""), (7, 17.0, 7, ""), (14, 20.0, 7, ""), (21, 24.0, 8, ""),
                (28, 19.0, 6, "A cold. Three days on the sofa."), (35, 23.0, 7, ""), (43, 27.0, 8, ""),
                (50, 26.0, 8, ""),
            ], ..PROOF },
            Proof { title: "Pace over 10 km", unit: "min/km", how: Metric(6.2, 5.6), check_ins: &[
                (4, 6.2, 6, ""), (13, 6.1, 6, ""), (20, 6.12, 6, "Hills."), (27, 6.0, 7, ""),
                (34, 6.1, 5, "Still coughing."), (41, 5.98, 7, ""), (48, 5.93, 7, "In the morning, too tired."),
                (48, 5.92, 7, "In the evening."), (TODAY, 5.9, 7, "Intervals work."),
            ], ..PROOF },
            Proof { title: "Long runs", how: Steps(&[
                ("10 km without walking", 14, Some(11)), ("14 km", 35, Some(38)), ("17 km", 56, None),
                ("The whole way, slowly", 77, None),
            ]), check_ins: &[
                (11, NONE, 8, "Slow, but I ran every step."), (24, NONE, 7, ""),
                (38, NONE, 7, "After the cold, so a little late."), (51, NONE, 8, "New shoes, quiet knee."),
            ], ..PROOF },
        ],
        ..GOAL
    },
    Goal {
        day: 50, cycle: QUARTER, owner: MARKETING, kind: Committed, pillar: Some(CUSTOMERS), tags: "website",
        title: "Make search our best source of visitors",
        why: "Ads get dearer every month. Still open: how would we know that we are there?",
        ..GOAL
    },
];

#[rustfmt::skip] // As above.
pub const GAUGES: &[Gauge] = &[
    Gauge {
        name: "Monthly visitors",
        pillar: Some(CUSTOMERS),
        indicator: Leading,
        why: "Who never saw us cannot try us.",
        definition: "People who opened the site in the last 30 days, each counted once, without our own.",
        owner: MARKETING, unit: "visitors",
        before: Some((AtLeast(3500.0), 300.0)), target: Some((AtLeast(5000.0), 500.0)),
        until: -84,
        readings: &[2950.0, 3040.0, 3010.0, 3120.0, 3180.0, 3150.0, 3290.0, 3380.0],
        ..GAUGE
    },
    Gauge {
        name: "Trial subscriptions",
        pillar: Some(CUSTOMERS),
        indicator: Leading,
        why: "Who wears a pair for two weeks seldom goes back to the old ones.",
        definition: "Free trials that began in the last 30 days, those by phone too.",
        owner: MARKETING, unit: "trials",
        before: Some((AtLeast(300.0), 20.0)), target: Some((AtLeast(400.0), 20.0)),
        until: 4,
        readings: &[235.0, 253.0, 237.0, 260.0, 264.0, 262.0, 289.0, 302.0, 305.0, 300.0, 320.0],
        ..GAUGE
    },
    Gauge {
        name: "Conversion rate",
        pillar: Some(CUSTOMERS),
        why: "More visitors help only if the page still convinces them.",
        definition: "Trials that began in the last 30 days / visitors of the same days.",
        owner: MARKETING, target: Some((AtLeast(7.0), 0.5)), share: Some((TRIALS, VISITORS)),
        ..GAUGE
    },
    Gauge {
        name: "Customer acquisition cost",
        pillar: Some(CUSTOMERS),
        why: "A customer has to earn back what it took to win them within a year.",
        definition: "All that marketing and sales cost in a month / new customers of that month.",
        owner: MARKETING, unit: "EUR", target: Some((AtMost(45.0), 5.0)),
        readings: &[36.0, 38.0, 35.0, 37.0, 41.0, 39.0, 40.0, 38.0, 42.0, 41.0, 43.0, 46.0, 48.0],
        notes: &[(11, "Ads cost a third more than a year ago.")],
        ..GAUGE
    },
    Gauge {
        name: "Lead-to-customer ratio",
        pillar: Some(CUSTOMERS),
        why: "It shows whether the leads are the right ones. We watch it before we set a target.",
        definition: "Leads of a month that bought within 60 days.",
        owner: ANA,
        readings: &[9.8, 10.4, 9.1, 11.0, 10.6, 9.7, 10.9, 11.3, 10.2, 11.8, 11.1, 12.0],
        ..GAUGE
    },
    Gauge {
        name: "Pairs inspected per specialist and hour",
        pillar: Some(FACTORY),
        indicator: Leading,
        why: "Below 30 the gloves pile up, and people stop looking closely.",
        definition: "Pairs inspected and sorted in a week / hours at the table.",
        unit: "pairs", owner: OPERATIONS, frequency: Weekly, aggregation: Mean,
        target: Some((AtLeast(30.0), 0.5)),
        readings: &[29.4, 30.6, 30.2, 31.1, 28.7, 30.3, 29.5, 31.2, 28.9, 30.4, 30.8, 29.4, 28.4, 27.9],
        notes: &[(4, "Two specialists were ill."), (13, "One scanner for two tables.")],
        ..GAUGE
    },
    Gauge {
        name: "Scrap rate",
        pillar: Some(FACTORY),
        why: "Leather that we throw away is the dearest that we buy. Not at the price of speed, though.",
        definition: "Pairs thrown away / pairs finished, in the last 30 days.",
        owner: OPERATIONS, before: Some((AtMost(0.25), 0.05)), target: Some((AtMost(0.1), 0.05)),
        until: 5,
        readings: &[0.34, 0.32, 0.33, 0.31, 0.3, 0.31, 0.28, 0.29, 0.26, 0.27, 0.25],
        ..GAUGE
    },
    Gauge {
        name: "Net Promoter Score",
        pillar: Some(KNOWING),
        why: "People in our trade buy what a colleague recommends.",
        definition: "Share of 9 and 10 minus share of 0 to 6, among all who answered in a month.",
        unit: "", owner: ANA, target: Some((AtLeast(40.0), 5.0)), benchmark: Some(("Industry average", 38.0)),
        readings: &[29.0, 31.0, 30.0, 33.0, 32.0, 35.0, 34.0, 36.0, 35.0, 37.0, 36.0, 37.0],
        ..GAUGE
    },
    Gauge {
        name: "Revenue through the trade",
        why: "Dealers who have known us for years still bring seven euros in ten.",
        definition: "Invoices to dealers without tax, by the day on which they were written: mid-month and month’s end.",
        unit: "EUR", owner: COMPANY, aggregation: Sum, twice: true,
        readings: &[
            70e3, 74e3, 67e3, 71e3, 72e3, 75e3, 63e3, 68e3, 68e3, 72e3, 71e3, 73e3, 68e3, 72e3, 71e3,
            74e3, 72e3, 74e3, 69e3, 71e3, 70e3, 74e3, 69e3, 71e3, 69e3, 73e3, 67e3,
        ],
        notes: &[(6, "The factory was closed for ten days.")],
        ..GAUGE
    },
    Gauge {
        name: "Revenue online",
        why: "Whoever orders from us directly tells us what is missing.",
        definition: "Orders in our own shop without tax, by the day on which they left: mid-month and month’s end.",
        unit: "EUR", owner: MARKETING, aggregation: Sum, twice: true,
        readings: &[
            18e3, 20e3, 18e3, 20e3, 21e3, 22e3, 19e3, 21e3, 22e3, 23e3, 23e3, 25e3, 23e3, 25e3, 25e3,
            27e3, 27e3, 28e3, 26e3, 28e3, 28e3, 31e3, 28e3, 31e3, 31e3, 33e3, 31e3,
        ],
        ..GAUGE
    },
    Gauge {
        name: "Revenue",
        why: "It pays for everything else.",
        definition: "All that we sell without tax, through the trade and online.",
        unit: "EUR", owner: COMPANY, aggregation: Sum, before: Some((AtLeast(180e3), 10e3)),
        target: Some((AtLeast(200e3), 10e3)), parts: &[TRADE, ONLINE],
        ..GAUGE
    },
    Gauge {
        name: "Resting heart rate",
        why: "It tells me early when I train too much.",
        definition: "The watch’s mean of a week of nights.",
        unit: "bpm", owner: ME, frequency: Weekly, aggregation: Mean,
        target: Some((Between(48.0, 58.0), 2.0)),
        readings: &[61.0, 60.0, 61.0, 59.0, 60.0, 58.0, 58.0, 57.0, 59.0, 62.0, 58.0, 57.0, NONE, NONE],
        notes: &[(9, "A cold.")],
        ..GAUGE
    },
];
