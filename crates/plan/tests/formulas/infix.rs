//! How people write formulas, and what they are told where something is wrong.

use Function::{Add, Avg, Divide, Max, Min, Multiply, Negate, Prev, Subtract, Sum, Ytd};
use bearings_plan::{
    infix::{Mistake, Names, Piece, Typed, Wrong, pieces, read, typed_at, write},
    quantity::{QuantityError, Separators},
    *,
};
use proptest::prelude::*;

use crate::builder::*;

const ENGLISH: Separators = Separators { decimal: '.', group: ',' };
const GERMAN: Separators = Separators { decimal: ',', group: '.' };

/// KPIs with these names, in this order.
const NAMES: [&str; 10] = [
    "Revenue",
    "Visits",
    "Lead-to-customer ratio",
    "Cost of sales",
    "min",
    "12-month churn",
    "a]b[c",
    "Twice",
    "Twice",
    "Twice#2",
];

fn named() -> (World, Vec<KpiId>) {
    let mut world = World::new();
    let ids = NAMES.map(|name| {
        let id = world.kpi(Frequency::Monthly, Aggregation::Last);
        world.edit(Edit::of(id, KpiEdit::name(Name::new(name).unwrap())));
        id
    });
    (world, ids.into())
}

fn names() -> (Names, Vec<KpiId>) {
    let (world, ids) = named();
    (world.plan.kpi_names(), ids)
}

fn formula(tokens: &[Token]) -> Formula {
    Formula::new(tokens.to_vec()).unwrap()
}

fn n(value: f64) -> Token {
    Token::Number(number(value))
}

fn call(function: Function) -> Token {
    Token::Call(function, 0)
}

#[test]
fn a_name_with_hyphens_may_stand_without_brackets_and_the_longest_one_is_meant() {
    let mut world = World::new();
    let names = [
        "Sign",
        "ups",
        "Sign-ups",
        "Sign-ups-paid",
        "Visits",
        "Revenue",
        "Costs",
        "Revenue - Costs",
        "a-(b)",
        "Costs-",
    ];
    let ids = names.map(|name| world.called(name));
    let k = |name: &str| Token::Kpi(ids[names.iter().position(|it| *it == name).unwrap()]);
    let (names, minus, over) = (world.plan.kpi_names(), call(Subtract), call(Divide));
    let rows: &[(&str, &[Token])] = &[
        ("Sign-ups / Visits * 100", &[k("Sign-ups"), k("Visits"), over, n(100.0), call(Multiply)]),
        ("Sign-ups", &[k("Sign-ups")]),
        ("sign-UPS/Visits", &[k("Sign-ups"), k("Visits"), over]),
        ("max(Sign-ups, Sign-ups-paid)", &[k("Sign-ups"), k("Sign-ups-paid"), Token::Call(Max, 2)]),
        ("Sign-ups-Visits", &[k("Sign-ups"), k("Visits"), minus]),
        ("Visits-Sign-ups", &[k("Visits"), k("Sign-ups"), minus]),
        // A minus among blanks is one.
        ("Sign - ups", &[k("Sign"), k("ups"), minus]),
        ("Revenue - Costs", &[k("Revenue"), k("Costs"), minus]),
        ("Revenue-Costs", &[k("Revenue"), k("Costs"), minus]),
    ];
    for (text, tokens) in rows {
        let expected = formula(tokens);
        assert_eq!(read(text, &names, ENGLISH).as_ref(), Ok(&expected), "{text}");
        assert_eq!(read(&write(&expected, &names, ENGLISH), &names, ENGLISH), Ok(expected), "{text}");
    }
    // No name ends within a word.
    let wrong = read("Sign-upside", &names, ENGLISH).unwrap_err();
    assert!(matches!(&wrong.what, Mistake::Unknown { name, .. } if name == "upside"), "{wrong:?}");
}

#[test]
fn what_people_write_is_understood() {
    let (names, ids) = names();
    let k = |index: usize| Token::Kpi(ids[index]);
    let (revenue, visits, ratio) = (k(0), k(1), k(2));
    let [add, sub, mul, div, neg, ytd] = [Add, Subtract, Multiply, Divide, Negate, Ytd].map(call);
    // written | postfix
    let rows: &[(&str, &[Token])] = &[
        ("Revenue / Visits", &[revenue, visits, div]),
        ("Revenue/Visits", &[revenue, visits, div]),
        ("  [Revenue]÷[Visits]  ", &[revenue, visits, div]),
        ("revenue × VISITS · 2", &[revenue, visits, mul, n(2.0), mul]),
        ("[Lead-to-customer ratio]*100", &[ratio, n(100.0), mul]),
        ("[ Cost of sales ] + Cost of sales", &[k(3), k(3), add]),
        ("1 + 2 * 3", &[n(1.0), n(2.0), n(3.0), mul, add]),
        ("(1 + 2) * 3", &[n(1.0), n(2.0), add, n(3.0), mul]),
        ("1 - 2 - 3", &[n(1.0), n(2.0), sub, n(3.0), sub]),
        ("1 − (2 – 3)", &[n(1.0), n(2.0), n(3.0), sub, sub]),
        ("8 / 4 / 2", &[n(8.0), n(4.0), div, n(2.0), div]),
        ("8 / 4 * 2", &[n(8.0), n(4.0), div, n(2.0), mul]),
        ("((((7))))", &[n(7.0)]),
        // A minus before a number is part of it, and binds tightest elsewhere.
        ("-5", &[n(-5.0)]),
        ("- 5", &[n(-5.0)]),
        ("-0", &[n(0.0)]),
        ("-(5)", &[n(5.0), neg]),
        ("-Revenue * 2", &[revenue, neg, n(2.0), mul]),
        ("2 * -Revenue", &[n(2.0), revenue, neg, mul]),
        ("2 - -3", &[n(2.0), n(-3.0), sub]),
        ("--Revenue", &[revenue, neg, neg]),
        ("-(Revenue - Visits)", &[revenue, visits, sub, neg]),
        // Functions, in whatever case; a KPI may be called like one.
        ("min(Revenue, Visits, 3)", &[revenue, visits, n(3.0), Token::Call(Min, 3)]),
        ("MAX ( Revenue ; 2 )", &[revenue, n(2.0), Token::Call(Max, 2)]),
        ("avg(Revenue)", &[revenue, Token::Call(Avg, 1)]),
        ("sum(1, 2) + 3", &[n(1.0), n(2.0), Token::Call(Sum, 2), n(3.0), add]),
        ("min + 1", &[k(4), n(1.0), add]),
        ("min([min], 1)", &[k(4), n(1.0), Token::Call(Min, 2)]),
        ("prev(Revenue)", &[revenue, Token::Call(Prev, 1)]),
        ("prev(Revenue + 1, 12)", &[revenue, n(1.0), add, Token::Call(Prev, 12)]),
        ("prev(prev(Revenue); 3 )", &[revenue, Token::Call(Prev, 1), Token::Call(Prev, 3)]),
        ("ytd(Revenue) / prev(ytd(Revenue), 12)", &[revenue, ytd, revenue, ytd, Token::Call(Prev, 12), div]),
        ("max(1,2)", &[n(1.0), n(2.0), Token::Call(Max, 2)]),
        ("max(1, 234)", &[n(1.0), n(234.0), Token::Call(Max, 2)]),
        // Names that need brackets.
        ("[12-month churn]", &[k(5)]),
        ("[a]]b[c] + 1", &[k(6), n(1.0), add]),
        ("[Twice]#1 - [Twice]#2 - [Twice#2]", &[k(7), k(8), sub, k(9), sub]),
        // Numbers.
        ("1.5 + .5", &[n(1.5), n(0.5), add]),
        ("007", &[n(7.0)]),
        ("1.2k", &[n(1200.0)]),
        ("1’000", &[n(1000.0)]),
    ];
    for (text, tokens) in rows {
        assert_eq!(read(text, &names, ENGLISH), Ok(formula(tokens)), "{text}");
    }
    let rows: &[(&str, &[Token])] = &[
        ("1,5 * Revenue", &[n(1.5), revenue, mul]),
        ("max(1,5; 2)", &[n(1.5), n(2.0), Token::Call(Max, 2)]),
        ("1.234", &[n(1234.0)]),
        ("prev(Revenue;12)", &[revenue, Token::Call(Prev, 12)]),
    ];
    for (text, tokens) in rows {
        assert_eq!(read(text, &names, GERMAN), Ok(formula(tokens)), "{text}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    use Mistake::*;
    let (names, _) = names();
    let unknown = |name: &str, like: &[&str]| Unknown {
        name: name.to_owned(),
        like: like.iter().map(|name| (*name).to_owned()).collect(),
    };
    let no_number = |written: &str, error| NotANumber { written: written.to_owned(), error };
    let rows = [
        ("", 0, Empty),
        ("   ", 3, Empty),
        ("Revenue +", 9, NeedsValue),
        ("* 2", 0, NeedsValue),
        ("2 + * 3", 4, NeedsValue),
        ("(", 1, NeedsValue),
        ("()", 1, NeedsValue),
        ("-", 1, NeedsValue),
        ("max(1, )", 7, NeedsValue),
        // Two values side by side.
        ("2 Revenue", 2, NeedsSign),
        ("Revenue 2", 0, unknown("Revenue 2", &["Revenue"])),
        ("[Revenue] [Visits]", 10, NeedsSign),
        ("[Revenue] 2", 10, NeedsSign),
        ("(1 + 2", 0, NotClosed),
        ("2 * (1 + (2)", 4, NotClosed),
        ("max(1, 2", 3, NotClosed),
        ("1 + 2)", 5, NothingToClose),
        (")", 0, NeedsValue),
        ("[Revenue", 0, NameNotClosed),
        ("1 + [a]]b", 4, NameNotClosed),
        ("Revenu / Visits", 0, unknown("Revenu", &["Revenue"])),
        ("1 + vists", 4, unknown("vists", &["Visits"])),
        ("Lead-to-client ratio", 0, unknown("Lead", &["Lead-to-customer ratio"])),
        ("Lead - to-customer ratio", 0, unknown("Lead", &["Lead-to-customer ratio"])),
        ("[ratio]", 0, unknown("ratio", &["Lead-to-customer ratio"])),
        ("[Zebra]", 0, unknown("Zebra", &[])),
        ("[]", 0, unknown("", &["12-month churn", "Cost of sales", "Lead-to-customer ratio"])),
        ("[Twice]", 0, Ambiguous { name: "Twice".to_owned(), of: 2 }),
        ("1 + twice", 4, Ambiguous { name: "twice".to_owned(), of: 2 }),
        ("[Twice]#3", 0, unknown("Twice#3", &[])),
        ("[Twice]#", 0, unknown("Twice#0", &[])),
        ("median(1)", 0, NoFunction("median".to_owned())),
        ("Revenue(1)", 0, NoFunction("Revenue".to_owned())),
        ("min()", 4, Values(Min)),
        ("ytd(Revenue, 2)", 11, Values(Ytd)),
        ("prev(Revenue, 2, 3)", 14, Periods),
        ("prev(Revenue, 0)", 14, Periods),
        ("prev(Revenue, 1001)", 14, Periods),
        ("prev(Revenue, 1.5)", 14, Periods),
        ("prev(Revenue, 2 + 1)", 14, Periods),
        ("prev(Revenue, Visits)", 14, Periods),
        ("prev(Revenue, ", 14, Periods),
        ("1, 2", 1, Comma),
        ("(1, 2)", 2, Comma),
        ("1,234 * 2", 1, Grouped),
        ("max(1,234)", 5, Grouped),
        ("5%", 0, no_number("5%", QuantityError::PercentWithoutPercentUnit)),
        ("1.2.3", 0, no_number("1.2.3", QuantityError::Malformed("1.2.3".to_owned()))),
        ("12x", 0, no_number("12x", QuantityError::UnexpectedText("x".to_owned()))),
        ("2000000000000000", 0, no_number("2000000000000000", QuantityError::TooLarge)),
        // Characters, not bytes.
        ("×", 0, NeedsValue),
        ("[Revenue] × ×", 12, NeedsValue),
    ];
    for (text, at, what) in rows {
        assert_eq!(read(text, &names, ENGLISH), Err(Wrong { at, what }), "{text}");
    }
    assert_eq!(read("max(Revenue, 2)", &names, GERMAN), Err(Wrong { at: 11, what: Comma }));
    let unclear = QuantityError::Ambiguous { write: vec!["1,5".to_owned()] };
    assert_eq!(read("1.5", &names, GERMAN), Err(Wrong { at: 0, what: no_number("1.5", unclear) }));
}

#[test]
fn too_long_and_as_deep_as_one_likes() {
    let (names, _) = names();
    let terms = |n: usize| vec!["1"; n].join(" + ");
    // 100 numbers and 99 signs are 199 steps.
    assert!(read(&terms(100), &names, ENGLISH).is_ok());
    assert!(matches!(read(&terms(101), &names, ENGLISH), Err(Wrong { what: Mistake::TooLong, .. })));
    let deep = |n: usize| format!("{}1{}", "(".repeat(n), ")".repeat(n));
    assert_eq!(read(&deep(40_000), &names, ENGLISH), Ok(formula(&[n(1.0)])));
    assert_eq!(read(&deep(50_000), &names, ENGLISH), Err(Wrong { at: 100_000, what: Mistake::TooLong }));
    let minus = |n: usize| format!("{}Revenue", "-".repeat(n));
    assert!(read(&minus(199), &names, ENGLISH).is_ok());
    assert!(matches!(read(&minus(200), &names, ENGLISH), Err(Wrong { what: Mistake::TooLong, .. })));
}

#[test]
fn formulas_are_written_with_names_and_no_more_parentheses_than_needed() {
    let (names, _) = names();
    for (given, written) in [
        ("revenue/visits", "[Revenue] / [Visits]"),
        ("((1+2))*3", "(1 + 2) * 3"),
        ("1+(2*3)", "1 + 2 * 3"),
        ("(1-2)-3", "1 - 2 - 3"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("1+(2+3)", "1 + (2 + 3)"),
        ("8/(4*2)", "8 / (4 * 2)"),
        ("-(5)", "-(5)"),
        ("-(-5)", "--5"),
        ("-(1*2)", "-(1 * 2)"),
        ("(-Revenue)*2", "-[Revenue] * 2"),
        ("max((1+2),(3))", "max(1 + 2, 3)"),
        ("prev((Revenue),1)", "prev([Revenue])"),
        ("prev(Revenue,12)*2", "prev([Revenue], 12) * 2"),
        ("[Twice]#2+[a]]b[c]", "[Twice]#2 + [a]]b[c]"),
        ("0.1+1.5k", "0.1 + 1500"),
    ] {
        assert_eq!(write(&read(given, &names, ENGLISH).unwrap(), &names, ENGLISH), written, "{given}");
    }
    let german = write(&read("max(0.5, 1234567)", &names, ENGLISH).unwrap(), &names, GERMAN);
    assert_eq!(german, "max(0,5; 1234567)");
}

#[test]
fn a_new_name_is_in_the_text_and_a_deleted_one_is_missing() {
    let (mut world, ids) = named();
    let made = read("Revenue / Visits", &world.plan.kpi_names(), ENGLISH).unwrap();
    world.edit(Edit::of(ids[1], KpiEdit::name(Name::new("Visitors").unwrap())));
    assert_eq!(write(&made, &world.plan.kpi_names(), ENGLISH), "[Revenue] / [Visitors]");
    // Once another one has its name, it is told apart by the order in which they were made.
    world.edit(Edit::of(ids[2], KpiEdit::name(Name::new("Visitors").unwrap())));
    assert_eq!(write(&made, &world.plan.kpi_names(), ENGLISH), "[Revenue] / [Visitors]#1");
    world.apply(world.plan.deletion(ids[0].into(), day(0)));
    assert_eq!(write(&made, &world.plan.kpi_names(), ENGLISH), "[?] / [Visitors]#1");
}

#[test]
fn the_name_that_is_being_typed_is_found_and_completed() {
    let typed = |from, to, name: &str| Some(Typed { from, to, name: name.to_owned() });
    // the text with the cursor as | | what is typed there
    for (text, expected) in [
        ("|", None),
        ("Rev|", typed(0, 3, "Rev")),
        ("Revenue / Vi|", typed(10, 12, "Vi")),
        ("Revenue / Vi| + 2", typed(10, 12, "Vi")),
        ("Cost of s|", typed(0, 9, "Cost of s")),
        ("Cost |", typed(0, 5, "Cost")),
        ("2 * |", None),
        ("12|", None),
        ("max(Vi|", typed(4, 6, "Vi")),
        ("max(1, Vi|", typed(7, 9, "Vi")),
        ("[|", typed(0, 1, "")),
        ("[|]", typed(0, 2, "")),
        ("1 + [Lead-to|]", typed(4, 13, "Lead-to")),
        ("[12-|", typed(0, 4, "12-")),
        ("[Visits]|", None),
        ("[Visits] |", None),
        ("[Visits] a|", None),
        ("[Visits] + a|", typed(11, 12, "a")),
        ("× é|", typed(2, 3, "é")),
    ] {
        let cursor = text.chars().position(|c| c == '|').unwrap();
        assert_eq!(typed_at(&text.replace('|', ""), cursor), expected, "{text}");
    }
    let (names, _) = names();
    let completing = |name: &str| names.completing(name).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    assert_eq!(completing("re"), ["Revenue"]);
    assert_eq!(completing("TO-"), ["Lead-to-customer ratio"]);
    assert_eq!(
        completing("c"),
        ["Cost of sales", "12-month churn", "Lead-to-customer ratio", "Twice", "Twice", "Twice#2", "a]b[c"]
    );
    assert_eq!(completing("zebra"), Vec::<String>::new());
    assert_eq!(completing("").len(), NAMES.len());
}

/// Any formula over ten KPIs.
fn formulas() -> impl Strategy<Value = Vec<TokenOf>> {
    let numbers = prop_oneof![
        any::<i32>().prop_map(f64::from),
        (-1e15..1e15),
        (-1.0..1.0),
        Just(0.0),
        Just(5e-324),
        Just(-1e-300),
        Just(1e15)
    ];
    let leaf = prop_oneof![numbers.prop_map(TokenOf::Number), (0..NAMES.len()).prop_map(TokenOf::Kpi)];
    leaf.prop_map(|leaf| vec![leaf]).prop_recursive(8, 120, 4, |inner| {
        let two = prop::sample::select(vec![Add, Subtract, Multiply, Divide]);
        let many = prop::sample::select(vec![Min, Max, Avg, Sum]);
        prop_oneof![
            (inner.clone(), inner.clone(), two).prop_map(|(mut a, b, function)| {
                a.extend(b);
                a.push(TokenOf::Call(function, 0));
                a
            }),
            (inner.clone(), prop::sample::select(vec![Negate, Ytd])).prop_map(|(mut a, function)| {
                a.push(TokenOf::Call(function, 0));
                a
            }),
            (inner.clone(), 1..=1000_u16).prop_map(|(mut a, back)| {
                a.push(TokenOf::Call(Prev, back));
                a
            }),
            (prop::collection::vec(inner, 1..4), many).prop_map(|(all, function)| {
                let n = all.len() as u16;
                let mut tokens: Vec<_> = all.into_iter().flatten().collect();
                tokens.push(TokenOf::Call(function, n));
                tokens
            }),
        ]
    })
}

#[derive(Debug, Clone, Copy)]
enum TokenOf {
    Number(f64),
    Kpi(usize),
    Call(Function, u16),
}

fn made(tokens: &[TokenOf], ids: &[KpiId]) -> Option<Formula> {
    let token = |token: &TokenOf| match *token {
        TokenOf::Number(value) => n(value),
        TokenOf::Kpi(index) => Token::Kpi(ids[index]),
        TokenOf::Call(function, n) => Token::Call(function, n),
    };
    Formula::new(tokens.iter().map(token).collect()).ok()
}

/// Every pair of parentheses that belongs to no function, as the places of both.
fn pairs(all: &[Piece]) -> Vec<(usize, usize)> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    for (at, piece) in all.iter().enumerate() {
        match piece {
            Piece::Open => open.push(at),
            Piece::Close => pairs.push((open.pop().unwrap(), at)),
            _ => {}
        }
    }
    let of_function = |at: usize| at > 0 && matches!(all[at - 1], Piece::Name(_));
    pairs.into_iter().filter(|(open, _)| !of_function(*open)).collect()
}

proptest! {
    #[test]
    fn what_is_written_reads_back(tokens in formulas(), german: bool) {
        let (names, ids) = names();
        let separators = if german { GERMAN } else { ENGLISH };
        let Some(formula) = made(&tokens, &ids) else { return Ok(()) };
        let text = write(&formula, &names, separators);
        prop_assert_eq!(read(&text, &names, separators), Ok(formula), "{}", text);
    }

    /// Without any one pair of parentheses, a formula means something else or nothing.
    #[test]
    fn no_parenthesis_is_superfluous(tokens in formulas()) {
        let (names, ids) = names();
        let Some(formula) = made(&tokens, &ids) else { return Ok(()) };
        let all = pieces(&formula);
        let text = write(&formula, &names, ENGLISH);
        // The places of all parentheses outside of names.
        let mut inside = false;
        let mut places = Vec::new();
        let letters: Vec<char> = text.chars().collect();
        let mut at = 0;
        while at < letters.len() {
            match letters[at] {
                '[' if !inside => inside = true,
                ']' if inside && letters.get(at + 1) == Some(&']') => at += 1,
                ']' => inside = false,
                '(' | ')' if !inside => places.push(at),
                _ => {}
            }
            at += 1;
        }
        let parentheses: Vec<usize> =
            all.iter().enumerate().filter(|(_, it)| matches!(it, Piece::Open | Piece::Close)).map(|(at, _)| at).collect();
        prop_assert_eq!(parentheses.len(), places.len());
        for (open, close) in pairs(&all) {
            let place = |piece: usize| places[parentheses.iter().position(|at| *at == piece).unwrap()];
            let without = |(at, _): &(usize, &char)| *at != place(open) && *at != place(close);
            let shorter: String = letters.iter().enumerate().filter(without).map(|(_, c)| *c).collect();
            prop_assert_ne!(read(&shorter, &names, ENGLISH), Ok(formula.clone()), "{} for {}", shorter, text);
        }
    }

    #[test]
    fn whatever_is_written_gets_an_answer(text in "[-+*/×÷()\\[\\],;#.0-9a-zA-Z% é]{0,60}", cursor in 0..70_usize) {
        let (names, _) = names();
        for separators in [ENGLISH, GERMAN] {
            match read(&text, &names, separators) {
                Ok(formula) => prop_assert_eq!(read(&write(&formula, &names, separators), &names, separators), Ok(formula)),
                Err(Wrong { at, .. }) => prop_assert!(at <= text.chars().count()),
            }
        }
        if let Some(Typed { from, to, .. }) = typed_at(&text, cursor) {
            prop_assert!(from <= to && to <= text.chars().count());
        }
    }
}
