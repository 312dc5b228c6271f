//! Bounds over time, for key results that stay and for KPIs.

use bearings_plan::{Bounds, Day, Number, Span, Unit};

use crate::{
    Labels,
    option::{Band, Dot, Layer, Look},
};

/// Bounds that hold from a day until the next step.
#[derive(Debug)]
pub(crate) struct Keep<'a> {
    /// In the order of days.
    pub(crate) steps: Vec<(Day, Option<Bounds>)>,
    /// Until when the last one is drawn.
    pub(crate) end: Day,
    pub(crate) unit: &'a Unit,
    pub(crate) labels: &'a Labels<'a>,
}

impl Keep<'_> {
    /// A dashed line for each of both bounds, where there is one.
    pub(crate) fn layers(&self) -> Vec<Layer> {
        let last = self.steps.last().and_then(|(_, bounds)| bounds.as_ref());
        let two = matches!(last, Some(Bounds::Between { .. }));
        let labels = self.labels;
        let sides: [(_, _, Side); 2] = [("upper", labels.upper, upper), ("lower", labels.lower, lower)];
        let layers = sides.into_iter().filter_map(|(id, both, side)| {
            let name = if two { both } else { labels.target };
            let side = |bounds: &Option<Bounds>| bounds.as_ref().and_then(side);
            let mut dots: Vec<_> =
                self.steps.iter().map(|(day, bounds)| Dot::new(*day, side(bounds).map(Number::get))).collect();
            if let Some(last) = dots.last().filter(|last| last.day < self.end).cloned() {
                dots.push(Dot { day: self.end, ..last });
            }
            let end = last.and_then(|bounds| side(&Some(bounds.clone())));
            let end = end.map(|value| format!("{name} {}", (labels.number)(value, self.unit)));
            let drawn = dots.iter().any(|dot| dot.value.is_some());
            drawn.then(|| Layer { id, name: name.to_owned(), look: Look::Target, dots, end })
        });
        layers.collect()
    }

    /// What lies within the bounds: between two of them or, where `open`, on the good side of a single one too.
    pub(crate) fn bands(&self, open: bool) -> Vec<Band> {
        let mut bands: Vec<(Band, &Bounds)> = Vec::new();
        for (index, (start, bounds)) in self.steps.iter().enumerate() {
            let end = self.steps.get(index + 1).map_or(self.end, |(next, _)| *next);
            let Some(bounds) = bounds else { continue };
            if !open && !matches!(bounds, Bounds::Between { .. }) {
                continue;
            }
            match bands.last_mut() {
                Some((band, same)) if *same == bounds && band.days.end == *start => band.days.end = end,
                _ => {
                    let (low, high) = (lower(bounds).map(Number::get), upper(bounds).map(Number::get));
                    bands.push((Band { days: Span { start: *start, end }, low, high }, bounds));
                }
            }
        }
        bands.into_iter().map(|(band, _)| band).filter(|band| band.days.start < band.days.end).collect()
    }
}

type Side = fn(&Bounds) -> Option<Number>;

const fn lower(bounds: &Bounds) -> Option<Number> {
    match bounds {
        Bounds::AtLeast { value: low } | Bounds::Between { low, .. } => Some(*low),
        Bounds::AtMost { .. } => None,
    }
}

const fn upper(bounds: &Bounds) -> Option<Number> {
    match bounds {
        Bounds::AtMost { value: high } | Bounds::Between { high, .. } => Some(*high),
        Bounds::AtLeast { .. } => None,
    }
}
