//! A formula with the values of one period, so that the number that comes of it can be followed.

use super::write::{Piece, in_pieces};
use crate::{Day, Formula, Gap, Kpi, KpiId, Number, Origin, Plan, Span, Token};

/// A piece of a formula that is told with its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// As it is written.
    Piece(Piece),
    /// A value in place of a KPI, or of what a formula makes of several periods.
    Value {
        /// The only KPI that it is made of: its unit is that of the value.
        of: Option<KpiId>,
        /// The value in its period, or why there is none.
        value: Result<Number, Gap>,
    },
}

impl Plan {
    /// A calculated KPI's formula with its values in one of its periods, in the order in which people write it. None
    /// where it is not calculated.
    #[must_use]
    pub fn formula_told(&self, kpi: &Kpi, period: &Span, day: Day) -> Option<Vec<Told>> {
        let Origin::Formula { formula } = kpi.origin.on(day) else { return None };
        let all = in_pieces(formula, true);
        let steps = |piece: &Piece| match *piece {
            Piece::Kpi(id) => Formula::new(vec![Token::Kpi(id)]).ok(),
            Piece::Series { from, to } => Formula::new(formula.tokens().get(from..to)?.to_vec()).ok(),
            _ => None,
        };
        let values: Vec<Formula> = all.iter().filter_map(steps).collect();
        let of = values.iter().map(|value| {
            let mut kpis = value.kpis();
            let first = kpis.next()?;
            kpis.all(|other| other == first).then_some(first)
        });
        let mut known = of.zip(self.formula_values(kpi, &values, period, day));
        let told = |piece: Piece| match piece {
            Piece::Kpi(_) | Piece::Series { .. } => known.next().map(|(of, value)| Told::Value { of, value }),
            _ => Some(Told::Piece(piece)),
        };
        all.into_iter().map(told).collect()
    }
}
