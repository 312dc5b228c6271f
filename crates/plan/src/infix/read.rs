//! From what was written to a formula: operators wait on a stack until what they take is complete, so that nothing
//! recurs however deep the parentheses go.

use super::{MAX_CHARS, Mistake, Names, Wrong, ends_a_name, sign, tightness};
use crate::{
    Formula, Function, KpiId, Number, Token,
    decimal::double,
    quantity::{self, Field, Quantity, QuantityError, Separators},
};

/// Reads a formula.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn read(text: &str, names: &Names, separators: Separators) -> Result<Formula, Wrong> {
    let text: Vec<char> = text.chars().take(MAX_CHARS + 1).collect();
    if text.len() > MAX_CHARS {
        return Err(Wrong { at: MAX_CHARS, what: Mistake::TooLong });
    }
    let reader = Reader { text, at: 0, names, separators, tokens: Vec::new(), open: Vec::new() };
    reader.formula()
}

/// What waits for the values that it takes.
enum Open {
    Sign(Function),
    Parenthesis {
        at: usize,
    },
    Call {
        function: Function,
        at: usize,
        /// How many values are begun.
        values: u16,
        /// How far [`Function::Prev`] goes back, once that is said.
        back: Option<u16>,
    },
}

struct Reader<'a> {
    text: Vec<char>,
    at: usize,
    names: &'a Names,
    separators: Separators,
    tokens: Vec<Token>,
    open: Vec<Open>,
}

impl Reader<'_> {
    fn formula(mut self) -> Result<Formula, Wrong> {
        let mut needs_value = true;
        self.pass_blanks();
        while let Some(c) = self.here() {
            needs_value = if needs_value { self.value(c)? } else { self.after_value(c)? };
            self.pass_blanks();
        }
        if needs_value {
            let nothing = self.tokens.is_empty() && self.open.is_empty();
            return wrong(self.at, if nothing { Mistake::Empty } else { Mistake::NeedsValue });
        }
        self.settle(0)?;
        match self.open.last() {
            Some(Open::Parenthesis { at } | Open::Call { at, .. }) => wrong(*at, Mistake::NotClosed),
            _ => Formula::new(self.tokens).map_err(|_| Wrong { at: 0, what: Mistake::TooLong }),
        }
    }

    /// Takes what stands where a value is needed; gives whether one is needed still.
    fn value(&mut self, c: char) -> Result<bool, Wrong> {
        let at = self.at;
        if self.begins_number(c) {
            return self.number(false);
        }
        match c {
            '(' => {
                self.at += 1;
                self.open.push(Open::Parenthesis { at });
                Ok(true)
            }
            '[' => self.name_in_brackets(),
            ')' => match self.open.last() {
                Some(Open::Call { function, values: 1, .. }) => wrong(at, Mistake::Values(*function)),
                _ => wrong(at, Mistake::NeedsValue),
            },
            _ if sign(c) == Some(Function::Subtract) => {
                self.at += 1;
                self.pass_blanks();
                // A minus before a number is part of it.
                match self.here() {
                    Some(c) if self.begins_number(c) => self.number(true),
                    _ => {
                        self.open.push(Open::Sign(Function::Negate));
                        Ok(true)
                    }
                }
            }
            _ if ends_a_name(c) => wrong(at, Mistake::NeedsValue),
            _ => self.word(),
        }
    }

    /// Takes what stands behind a value; gives whether another value is needed.
    fn after_value(&mut self, c: char) -> Result<bool, Wrong> {
        let at = self.at;
        let comma = c == ';' || c == ',' && self.separators.decimal != ',';
        if let Some(function) = sign(c) {
            self.settle(tightness(function))?;
            self.open.push(Open::Sign(function));
        } else if c == ')' {
            self.settle(0)?;
            self.close(at)?;
        } else if comma {
            if c == ',' && self.may_group() {
                return wrong(at, Mistake::Grouped);
            }
            self.settle(0)?;
            self.at += 1;
            return self.next_value(at);
        } else {
            return wrong(at, if c == ',' { Mistake::Comma } else { Mistake::NeedsSign });
        }
        self.at += 1;
        Ok(c != ')')
    }

    /// Signs that bind at least as tightly take their values.
    fn settle(&mut self, tightest: u8) -> Result<(), Wrong> {
        while let Some(Open::Sign(function)) = self.open.last()
            && tightness(*function) >= tightest
        {
            let function = *function;
            self.open.pop();
            self.push(Token::Call(function, 0))?;
        }
        Ok(())
    }

    /// Closes the last parenthesis.
    fn close(&mut self, at: usize) -> Result<(), Wrong> {
        match self.open.pop() {
            Some(Open::Parenthesis { .. }) => Ok(()),
            Some(Open::Call { function, values, back, .. }) => {
                let n = match function {
                    Function::Prev => back.unwrap_or(1),
                    Function::Ytd => 0,
                    _ => values,
                };
                self.push(Token::Call(function, n))
            }
            _ => wrong(at, Mistake::NothingToClose),
        }
    }

    /// Behind the comma at `at`.
    fn next_value(&mut self, at: usize) -> Result<bool, Wrong> {
        match self.open.last_mut() {
            Some(Open::Call { function: Function::Prev, back: back @ None, .. }) => {
                // How far to go back is no value: it is the same in every period.
                let begin = at + 1 + blanks(&self.text[at + 1..]);
                let digits: String = self.text[begin..].iter().take_while(|c| c.is_ascii_digit()).collect();
                *back = digits.parse().ok().filter(|n| (1..=Formula::MAX_N).contains(n));
                self.at = begin + digits.len();
                let whole = back.is_some();
                self.pass_blanks();
                match self.here() {
                    None | Some(')') if whole => Ok(false),
                    _ => wrong(begin, Mistake::Periods),
                }
            }
            Some(Open::Call { function: function @ (Function::Prev | Function::Ytd), .. }) => {
                let function = *function;
                wrong(at, Mistake::Values(function))
            }
            Some(Open::Call { values, .. }) if *values < Formula::MAX_N => {
                *values += 1;
                Ok(true)
            }
            Some(Open::Call { .. }) => wrong(at, Mistake::TooLong),
            _ => wrong(at, Mistake::Comma),
        }
    }

    fn begins_number(&self, c: char) -> bool {
        let digit_next = || self.text.get(self.at + 1).is_some_and(char::is_ascii_digit);
        c.is_ascii_digit() || (c == self.separators.decimal || c == '.') && digit_next()
    }

    fn number(&mut self, negative: bool) -> Result<bool, Wrong> {
        let (begin, decimal) = (self.at, self.separators.decimal);
        // Where the comma is the decimal sign, it cannot separate values.
        let belongs = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '%' | '\'' | '’') || *c == decimal;
        let written: String = self.text[begin..].iter().take_while(|c| belongs(c)).collect();
        self.at = begin + written.chars().count();
        let number = number(&written, negative, self.separators);
        let number = number.map_err(|error| Wrong { at: begin, what: Mistake::NotANumber { written, error } })?;
        self.push(Token::Number(number))?;
        Ok(false)
    }

    /// Whether the comma here stands between digits as if it grouped them.
    fn may_group(&self) -> bool {
        let digit = |c: &&char| c.is_ascii_digit();
        let before = self.text[..self.at].iter().rev().take_while(digit).count();
        let after = self.text[self.at + 1..].iter().take_while(digit).count();
        (1..=3).contains(&before) && after == 3
    }

    /// A name in brackets, with its number where several have it.
    fn name_in_brackets(&mut self) -> Result<bool, Wrong> {
        let begin = self.at;
        let mut name = String::new();
        loop {
            self.at += 1;
            match self.here() {
                Some(']') if self.text.get(self.at + 1) == Some(&']') => {
                    self.at += 1;
                    name.push(']');
                }
                Some(']') => break,
                Some(c) => name.push(c),
                None => return wrong(begin, Mistake::NameNotClosed),
            }
        }
        self.at += 1;
        let mut nth = None;
        if self.here() == Some('#') {
            let digits: String = self.text[self.at + 1..].iter().take_while(|c| c.is_ascii_digit()).collect();
            self.at += 1 + digits.len();
            nth = Some(digits.parse().unwrap_or_default());
        }
        self.kpi(name.trim(), nth, begin)
    }

    /// A function, or a name without brackets.
    fn word(&mut self) -> Result<bool, Wrong> {
        let begin = self.at;
        let rest = &self.text[begin..];
        let length = self.names.longest_with_hyphens(rest);
        let length = length.unwrap_or_else(|| rest.iter().take_while(|c| !ends_a_name(**c)).count());
        let word: String = rest[..length].iter().collect();
        self.at = begin + length;
        let word = word.trim_end();
        if self.here() != Some('(') {
            return self.kpi(word, None, begin);
        }
        let Some(function) = named(word) else {
            return wrong(begin, Mistake::NoFunction(word.to_owned()));
        };
        self.open.push(Open::Call { function, at: self.at, values: 1, back: None });
        self.at += 1;
        Ok(true)
    }

    fn kpi(&mut self, name: &str, nth: Option<usize>, begin: usize) -> Result<bool, Wrong> {
        let id: KpiId = self.names.find(name, nth).map_err(|what| Wrong { at: begin, what })?;
        self.push(Token::Kpi(id))?;
        Ok(false)
    }

    fn push(&mut self, token: Token) -> Result<(), Wrong> {
        self.tokens.push(token);
        if self.tokens.len() > Formula::MAX { wrong(self.at, Mistake::TooLong) } else { Ok(()) }
    }

    fn here(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn pass_blanks(&mut self) {
        self.at += blanks(&self.text[self.at..]);
    }
}

const fn wrong<T>(at: usize, what: Mistake) -> Result<T, Wrong> {
    Err(Wrong { at, what })
}

fn blanks(text: &[char]) -> usize {
    text.iter().take_while(|c| c.is_whitespace()).count()
}

/// The function that is written as a word.
fn named(word: &str) -> Option<Function> {
    let calls = [Function::Min, Function::Max, Function::Avg, Function::Sum, Function::Prev, Function::Ytd];
    calls.into_iter().find(|function| function.word().eq_ignore_ascii_case(word))
}

/// A plain decimal of any length, or what a field for numbers understands.
fn number(written: &str, negative: bool, separators: Separators) -> Result<Number, QuantityError> {
    let plain = |c: char| c.is_ascii_digit() || c == separators.decimal;
    let value = if written.chars().all(plain) && written.chars().filter(|c| *c == separators.decimal).count() <= 1 {
        let text = written.replace(separators.decimal, ".");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let whole = whole.trim_start_matches('0');
        let text = format!("{}.{fraction}0", if whole.is_empty() { "0" } else { whole });
        double(&text).ok_or(QuantityError::TooLarge)?
    } else {
        match quantity::parse(written, &Field { separators, unit: None })? {
            Quantity::Absolute(value) | Quantity::Step(value) => value.get(),
        }
    };
    Number::new(if negative { -value } else { value }).map_err(|_| QuantityError::TooLarge)
}
