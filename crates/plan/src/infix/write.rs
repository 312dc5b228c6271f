//! From a formula to what people write, with no more parentheses than its meaning needs.

use super::{Names, tightness};
use crate::{Formula, Function, KpiId, Number, Token, digits, quantity::Separators};

/// A piece of a formula as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// A number.
    Number(Number),
    /// A KPI.
    Kpi(KpiId),
    /// A sign between two values.
    Sign(Function),
    /// The minus before a value.
    Minus,
    /// The name of a function; a parenthesis follows.
    Name(Function),
    /// How many periods `prev` goes back.
    Back(u16),
    /// An opening parenthesis.
    Open,
    /// A closing one.
    Close,
    /// What separates the values of a function.
    Comma,
    /// Steps of the formula that look at several periods, where they are taken as one.
    Series {
        /// The first step.
        from: usize,
        /// The one after the last.
        to: usize,
    },
}

/// A part of a formula, and how tightly it holds together.
struct Written {
    pieces: Vec<Piece>,
    tightness: u8,
    /// The place of its first step.
    from: usize,
    /// Whether it begins with a digit.
    digits: bool,
}

/// A formula in the order in which people write it.
#[must_use]
pub fn pieces(formula: &Formula) -> Vec<Piece> {
    in_pieces(formula, false)
}

/// The same; `at_once` takes what looks at several periods as one piece.
pub(super) fn in_pieces(formula: &Formula, at_once: bool) -> Vec<Piece> {
    let mut stack: Vec<Written> = Vec::new();
    for (at, token) in formula.tokens().iter().enumerate() {
        let written = match *token {
            Token::Number(number) => {
                Written { digits: number >= Number::ZERO, ..whole(at, vec![Piece::Number(number)]) }
            }
            Token::Kpi(id) => whole(at, vec![Piece::Kpi(id)]),
            Token::Call(function, n) => {
                // A formula that exists has as many values as its functions take.
                let taken = stack.split_off(stack.len().saturating_sub(function.arity(n)));
                let from = taken.first().map_or(at, |first| first.from);
                match function {
                    Function::Prev | Function::Ytd if at_once => whole(from, vec![Piece::Series { from, to: at + 1 }]),
                    _ => Written { from, ..call(function, n, taken) },
                }
            }
        };
        stack.push(written);
    }
    stack.pop().map(|written| written.pieces).unwrap_or_default()
}

/// A formula as a text that reads back as the same one. What is gone is called `[?]`, which does not.
#[must_use]
pub fn write(formula: &Formula, names: &Names, separators: Separators) -> String {
    let text = |piece: Piece| match piece {
        Piece::Number(number) => digits(number.get()).replace('.', separators.decimal.encode_utf8(&mut [0; 4])),
        Piece::Kpi(id) => names.call(id).unwrap_or_else(|| "[?]".to_owned()),
        Piece::Sign(function) => format!(" {} ", function.word()),
        Piece::Minus => "-".to_owned(),
        Piece::Name(function) => function.word().to_owned(),
        Piece::Back(n) => n.to_string(),
        Piece::Open => "(".to_owned(),
        Piece::Close => ")".to_owned(),
        Piece::Comma if separators.decimal == ',' => "; ".to_owned(),
        Piece::Comma => ", ".to_owned(),
        Piece::Series { .. } => String::new(),
    };
    pieces(formula).into_iter().map(text).collect()
}

/// What needs no parentheses anywhere.
const fn whole(from: usize, pieces: Vec<Piece>) -> Written {
    Written { pieces, tightness: u8::MAX, from, digits: false }
}

fn call(function: Function, n: u16, taken: Vec<Written>) -> Written {
    let tightness = tightness(function);
    let mut pieces = Vec::new();
    match function {
        Function::Negate => {
            pieces.push(Piece::Minus);
            for value in taken {
                // A minus that stands directly before a number is part of it.
                let apart = value.digits || value.tightness < tightness;
                pieces.extend(within(value.pieces, apart));
            }
        }
        Function::Add | Function::Subtract | Function::Multiply | Function::Divide => {
            for (place, value) in taken.into_iter().enumerate() {
                if place > 0 {
                    pieces.push(Piece::Sign(function));
                }
                // Equal ones go from left to right.
                let apart = value.tightness < tightness || place > 0 && value.tightness == tightness;
                pieces.extend(within(value.pieces, apart));
            }
        }
        Function::Min | Function::Max | Function::Avg | Function::Sum | Function::Prev | Function::Ytd => {
            pieces.extend([Piece::Name(function), Piece::Open]);
            for (place, value) in taken.into_iter().enumerate() {
                if place > 0 {
                    pieces.push(Piece::Comma);
                }
                pieces.extend(value.pieces);
            }
            if function == Function::Prev && n > 1 {
                pieces.extend([Piece::Comma, Piece::Back(n)]);
            }
            pieces.push(Piece::Close);
            return whole(0, pieces);
        }
    }
    Written { pieces, tightness, from: 0, digits: false }
}

fn within(mut pieces: Vec<Piece>, parentheses: bool) -> Vec<Piece> {
    if parentheses {
        pieces.insert(0, Piece::Open);
        pieces.push(Piece::Close);
    }
    pieces
}
