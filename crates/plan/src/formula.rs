//! Formulas over KPIs, as they are kept: postfix, by ids, so that renaming a KPI changes nothing.
//!
//! Postfix needs no parser and no recursion to be read, checked and calculated, and every page does that. How people
//! write formulas is in `infix.rs`, which only the pages that edit them need.

use serde_json::{Value, json};

use crate::{
    EntityId, Invalid, KpiId, Number,
    json::{Json, Node, Problems, choice},
};

choice! {
    /// What a formula does with the values before it.
    Function {
        /// The sum of two values.
        Add = "+",
        /// The difference of two values.
        Subtract = "-",
        /// The product of two values.
        Multiply = "*",
        /// The quotient of two values.
        Divide = "/",
        /// A value with the other sign.
        Negate = "negate",
        /// The smallest of its values.
        Min = "min",
        /// The largest of its values.
        Max = "max",
        /// The mean of its values.
        Avg = "avg",
        /// The sum of its values.
        Sum = "sum",
        /// The value some periods earlier.
        Prev = "prev",
        /// The sum from the first period of the year on.
        Ytd = "ytd",
    }
}

impl Function {
    /// Whether its number says how many values it takes, and not something else.
    #[must_use]
    pub const fn is_variadic(self) -> bool {
        matches!(self, Self::Min | Self::Max | Self::Avg | Self::Sum)
    }

    /// How many values it takes: as many as its number says, two, or one.
    #[must_use]
    pub const fn arity(self, n: u16) -> usize {
        match self {
            Self::Add | Self::Subtract | Self::Multiply | Self::Divide => 2,
            Self::Negate | Self::Prev | Self::Ytd => 1,
            Self::Min | Self::Max | Self::Avg | Self::Sum => n as usize,
        }
    }

    /// Whether a number belongs to it: how many values, or of [`Self::Prev`] how many periods earlier.
    const fn has_number(self) -> bool {
        self.is_variadic() || matches!(self, Self::Prev)
    }
}

/// One step of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    /// A number, the same in every period.
    Number(Number),
    /// The value of a KPI in the period.
    Kpi(KpiId),
    /// What is done with the values before it. The number says how many values [`Function::Min`] and its like take, and
    /// how many periods [`Function::Prev`] goes back: from 1 on; 0 for the others.
    Call(Function, u16),
}

/// A formula over other KPIs, in postfix order: `revenue`, `visits`, `/`. In files each step is a number, the id of a
/// KPI, or the word of a function with its number, if it has one: `"min 3"`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Formula(Vec<Token>);

impl Formula {
    /// The most steps of one formula.
    pub const MAX: usize = 200;
    /// The largest number that belongs to a function.
    pub const MAX_N: u16 = 1_000;

    /// # Errors
    /// [`Invalid::Formula`] where a function lacks values, where more than one value is left, or for more than
    /// [`Self::MAX`] steps.
    pub fn new(tokens: Vec<Token>) -> Result<Self, Invalid> {
        let mut values = 0_usize;
        for token in &tokens {
            let taken = match *token {
                Token::Call(function, n) if (1..=Self::MAX_N).contains(&n) == function.has_number() => {
                    function.arity(n)
                }
                Token::Call(..) => return Err(Invalid::Formula),
                Token::Number(_) | Token::Kpi(_) => 0,
            };
            values = values.checked_sub(taken).ok_or(Invalid::Formula)? + 1;
        }
        if values == 1 && tokens.len() <= Self::MAX { Ok(Self(tokens)) } else { Err(Invalid::Formula) }
    }

    /// Its steps.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.0
    }

    /// Every KPI that it speaks of, as often as it does.
    pub fn kpis(&self) -> impl Iterator<Item = KpiId> {
        self.0.iter().filter_map(|token| match token {
            Token::Kpi(id) => Some(*id),
            _ => None,
        })
    }
}

impl From<Number> for Formula {
    /// The same number in every period.
    fn from(number: Number) -> Self {
        Self(vec![Token::Number(number)])
    }
}

impl Token {
    fn write(&self) -> Value {
        match self {
            Self::Number(number) => number.write(),
            Self::Kpi(id) => id.write(),
            Self::Call(function, n) if function.has_number() => format!("{} {n}", function.word()).into(),
            Self::Call(function, _) => function.word().into(),
        }
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        if node.value.is_number() {
            return Number::read(node, problems).map(Self::Number);
        }
        let word = node.value.as_str().unwrap_or_default();
        let (name, n) = word.split_once(' ').unwrap_or((word, "0"));
        match (Function::from_word(name), n.parse()) {
            (Some(function), Ok(n)) => Some(Self::Call(function, n)),
            _ => KpiId::read(node, problems).map(Self::Kpi),
        }
    }
}

impl Json for Formula {
    fn write(&self) -> Value {
        self.0.iter().map(Token::write).collect()
    }

    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match Self::new(node.array(Self::MAX, problems, Token::read)?) {
            Ok(formula) => Some(formula),
            Err(invalid) => node.fail(invalid, problems),
        }
    }

    fn schema() -> Value {
        let step = json!({"anyOf": [{"type": "number"}, {"type": "string"}]});
        json!({"type": "array", "minItems": 1, "maxItems": Self::MAX, "items": step})
    }

    fn references(&self, found: &mut Vec<EntityId>) {
        found.extend(self.kpis().map(EntityId::Kpi));
    }
}
