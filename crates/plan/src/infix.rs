//! Formulas as people write them: `Revenue / [Lead-to-customer ratio]`, `ytd(Revenue) / prev(ytd(Revenue), 12)`.
//!
//! They are kept postfix and by ids (see `formula.rs`), so that nothing has to be understood to calculate. This is only
//! for the pages on which somebody reads or writes one.
//!
//! - Numbers are plain decimals with the reader's decimal sign; `1.2k` and the like are understood too. Numbers are not
//!   grouped: a comma is what separates the values of a function, wherever it is not the decimal sign, and a semicolon
//!   everywhere.
//! - `+ - * /`, also `× · ÷ −`; `*` and `/` bind tighter, equal ones go from left to right, a minus before a value binds
//!   tightest.
//! - `min`, `max`, `avg` and `sum` take any number of values, `ytd` one, and `prev(x, n)` the value `n` periods earlier,
//!   of which the number may be left out where it is one.
//! - KPIs are called by their names in brackets; a closing bracket within is written twice. A name without signs and
//!   brackets, and that does not begin with a digit, may stand without; so may one with hyphens between letters, of which
//!   the longest that is known is meant: `Sign-ups / Visits`. Of several KPIs with one name, `[name]#2` is the
//!   second that was made.

mod complete;
mod explain;
mod read;
mod write;

use crate::{Function, KpiId, Name, Plan, quantity::QuantityError};

pub use complete::{Typed, typed_at};
pub use explain::Told;
pub use read::read;
pub use write::{Piece, pieces, write};

/// The most characters that are looked at: more than the longest formula needs.
pub const MAX_CHARS: usize = 100_000;

/// What is wrong with a formula as it was written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The place, counted in characters from 0; the number of characters for the end.
    pub at: usize,
    /// What is wrong there.
    pub what: Mistake,
}

/// What may be wrong with a formula as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing is there.
    Empty,
    /// It has more than [`MAX_CHARS`] characters, or more than [`crate::Formula::MAX`] steps.
    TooLong,
    /// No KPI has this name.
    Unknown {
        /// The name.
        name: String,
        /// Names that are nearly the same, the nearest first; at most three.
        like: Vec<String>,
    },
    /// Several KPIs have this name, and it is not said which is meant.
    Ambiguous {
        /// The name.
        name: String,
        /// How many.
        of: usize,
    },
    /// There is no function of this name.
    NoFunction(String),
    /// This is no number, or its meaning is unclear.
    NotANumber {
        /// What was written.
        written: String,
        /// What is wrong with it.
        error: QuantityError,
    },
    /// A comma between digits: it may group them, or separate two values.
    Grouped,
    /// A number, a KPI, a function or a parenthesis is missing here.
    NeedsValue,
    /// One of `+ - * /` is missing here.
    NeedsSign,
    /// This parenthesis is not closed.
    NotClosed,
    /// This bracket around a name is not closed.
    NameNotClosed,
    /// This closing parenthesis closes nothing.
    NothingToClose,
    /// Commas stand between the values of a function only.
    Comma,
    /// This function takes another number of values.
    Values(Function),
    /// How many periods `prev` goes back is a whole number from 1 to [`crate::Formula::MAX_N`].
    Periods,
}

/// The names by which formulas call KPIs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names(Vec<(KpiId, Name)>);

impl Plan {
    /// The names of all KPIs, scrapped ones too, in the order in which they were made.
    #[must_use]
    pub fn kpi_names(&self) -> Names {
        Names(self.kpis.iter().map(|kpi| (kpi.id, Name::clone(&kpi.name))).collect())
    }
}

impl Names {
    /// The KPIs of exactly this name.
    fn exactly<'a>(&'a self, name: &'a str) -> impl Iterator<Item = KpiId> + 'a {
        self.0.iter().filter(move |(_, other)| other.as_str() == name).map(|(id, _)| *id)
    }

    /// The KPI that a name means; `nth` is counted from 1.
    fn find(&self, name: &str, nth: Option<usize>) -> Result<KpiId, Mistake> {
        let mut found: Vec<_> = self.exactly(name).collect();
        if found.is_empty() {
            let same = |other: &Name| other.as_str().eq_ignore_ascii_case(name);
            found = self.0.iter().filter(|(_, other)| same(other)).map(|(id, _)| *id).collect();
        }
        match (found.as_slice(), nth) {
            ([], _) => Err(Mistake::Unknown { name: name.to_owned(), like: self.like(name) }),
            ([only], None) => Ok(*only),
            (several, None) => Err(Mistake::Ambiguous { name: name.to_owned(), of: several.len() }),
            (several, Some(nth)) => nth
                .checked_sub(1)
                .and_then(|index| several.get(index).copied())
                .ok_or_else(|| Mistake::Unknown { name: format!("{name}#{nth}"), like: Vec::new() }),
        }
    }

    /// How many characters of a text the longest name takes that stands at its beginning, of those with hyphens within
    /// words. What stands around such a hyphen are no blanks: those are around a minus wherever formulas are written.
    fn longest_with_hyphens(&self, text: &[char]) -> Option<usize> {
        let begins = |name: &Name| {
            let name: Vec<char> = name.as_str().chars().collect();
            let within = |at: usize| {
                let beside = [at.checked_sub(1), Some(at + 1)];
                let letter = |at: Option<usize>| at.and_then(|at| name.get(at)).is_some_and(|c| !c.is_whitespace());
                sign(name[at]) == Some(Function::Subtract) && beside.into_iter().all(letter)
            };
            let mut signs = (0..name.len()).filter(|at| ends_a_name(name[*at])).peekable();
            let hyphens = signs.peek().is_some() && signs.all(within);
            let same = || text.iter().zip(&name).all(|(a, b)| a.eq_ignore_ascii_case(b)) && text.len() >= name.len();
            let ends = || text[name.len()..].iter().find(|c| !c.is_whitespace()).is_none_or(|c| ends_a_name(*c));
            (hyphens && same() && ends()).then_some(name.len())
        };
        self.0.iter().filter_map(|(_, name)| begins(name)).max()
    }

    /// How a formula calls a KPI; none where it is gone.
    #[must_use]
    pub fn call(&self, id: KpiId) -> Option<String> {
        let name = self.0.iter().find(|(other, _)| *other == id)?.1.as_str();
        let same: Vec<_> = self.exactly(name).collect();
        let nth = same.iter().position(|other| *other == id).filter(|_| same.len() > 1);
        let nth = nth.map(|index| format!("#{}", index + 1)).unwrap_or_default();
        Some(format!("[{}]{nth}", name.replace(']', "]]")))
    }

    /// Names that are nearly the same: those that begin so, those that contain it, those with a few other letters.
    fn like(&self, name: &str) -> Vec<String> {
        let far = |other: &str| match complete::place_in(other, name) {
            Some(0) => Some(0),
            Some(_) => Some(1),
            None => {
                let apart = apart(name, other);
                (apart * 3 <= name.chars().count().max(3)).then_some(1 + apart)
            }
        };
        let near = self.0.iter().filter_map(|(_, other)| Some((far(other.as_str())?, other.as_str())));
        let mut near = crate::in_order(near.collect(), |a: &(usize, &str), b| a.cmp(b));
        near.dedup();
        near.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
    }
}

/// How many letters have to be put in, taken out or changed to make one text of the other (Levenshtein), without regard
/// to case.
fn apart(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(!x.eq_ignore_ascii_case(y));
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// What ends a name that stands without brackets.
const fn ends_a_name(c: char) -> bool {
    sign(c).is_some() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | '#')
}

/// What a sign between two values does.
const fn sign(c: char) -> Option<Function> {
    Some(match c {
        '+' => Function::Add,
        '-' | '\u{2212}' | '–' => Function::Subtract,
        '*' | '×' | '·' => Function::Multiply,
        '/' | '÷' => Function::Divide,
        _ => return None,
    })
}

/// How tightly a function binds that stands between or before values: the others stand by themselves.
const fn tightness(function: Function) -> u8 {
    match function {
        Function::Add | Function::Subtract => 1,
        Function::Multiply | Function::Divide => 2,
        Function::Negate => 3,
        Function::Min | Function::Max | Function::Avg | Function::Sum | Function::Prev | Function::Ytd => 4,
    }
}
