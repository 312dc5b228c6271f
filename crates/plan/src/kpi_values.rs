//! The values that KPIs are made of, with their rules.

use serde_json::{Value, json};

use crate::{
    Bounds, Day, EntityId, Formula, Invalid, KpiId, Name, Number, ProblemKind, Prose, in_order,
    json::{Json, Node, Problems, choice, record, tagged},
};

choice! {
    /// The length of the calendar periods in which a KPI is read.
    Frequency {
        /// Days.
        Daily = "daily",
        /// ISO weeks, Monday to Sunday.
        Weekly = "weekly",
        /// Calendar months.
        Monthly = "monthly",
        /// Quarters of the plan's years.
        Quarterly = "quarterly",
        /// The plan's years.
        Yearly = "yearly",
    }
}

choice! {
    /// How the readings of one period become its value.
    Aggregation {
        /// The last reading.
        Last = "last",
        /// Their sum.
        Sum = "sum",
        /// Their mean.
        Mean = "mean",
        /// The smallest.
        Min = "min",
        /// The largest.
        Max = "max",
    }
}

choice! {
    /// Whether a measure moves before the result that one cares for, or with it.
    Indicator {
        /// It tells early what will come, and can be acted on.
        Leading = "leading",
        /// It tells what has come of it.
        Lagging = "lagging",
    }
}

choice! {
    /// How the values of parts become that of the whole.
    Gathering {
        /// Their sum.
        Sum = "sum",
        /// Their mean.
        Mean = "mean",
    }
}

choice! {
    /// What a KPI's values vary around, where that is not their average.
    Centre {
        /// A straight line: values that rise or fall steadily.
        Trend = "trend",
        /// The value of the same period a year before: values that follow the seasons.
        YearAgo = "year-ago",
    }
}

tagged! {
    /// Where a KPI's values come from.
    Origin {
        /// Somebody reads them.
        Readings = "readings" {}
        /// They are calculated from those of other KPIs.
        Formula = "formula" {
            /// How.
            formula: Formula,
        }
        /// They are those of the KPIs that are part of it, taken together.
        Parts = "parts" {
            /// How.
            gathering: Gathering,
        }
    }
    ; absent Origin::Readings {}
}

record! {
    /// A KPI's target.
    Target {
        /// Where the value should be.
        bounds: Bounds,
        /// By how much a value may miss and be a warning only.
        tolerance: Number,
    }
    check |target| if target.tolerance < Number::ZERO { Err(Invalid::Tolerance) } else { target.bounds.check() }
}

record! {
    /// What others reach.
    Benchmark {
        /// Whose number it is.
        name: Name,
        /// The number.
        value: Number,
        /// Where it was found.
        source: Prose,
    }
}

record! {
    /// A KPI's value on a day.
    Reading {
        /// The value.
        value: Number,
        /// What happened.
        note: Prose,
    }
}

record! {
    /// A KPI that is not kept any more.
    Scrapped {
        /// Why not.
        reason: Prose,
    }
    check |scrapped| if scrapped.reason.is_empty() { Err(Invalid::ScrappedWithoutReason) } else { Ok(()) }
}

record! {
    /// Values that a measure cannot go beyond, whatever happens: a share of all is 0 to 100 %.
    NaturalBounds {
        /// The smallest that there can be.
        low: Option<Number>,
        /// The largest that there can be.
        high: Option<Number>,
    }
    check |bounds| match (bounds.low, bounds.high) {
        (Some(low), Some(high)) if low > high => Err(Invalid::BoundsUpsideDown),
        _ => Ok(()),
    }
}

record! {
    /// From when on the limits of a KPI's natural variation are computed anew.
    Baseline {
        /// The first day whose period counts.
        from: Day,
        /// The last day whose period counts; where nobody chose one, as many periods as it takes.
        to: Option<Day>,
    }
    check |baseline| match baseline.to {
        Some(to) if baseline.from > to => Err(Invalid::EndBeforeStart),
        _ => Ok(()),
    }
}

/// Values in order, each once, up to a number of them.
macro_rules! lists {
    ($($(#[$doc:meta])* $type:ident of $item:ty, up to $max:literal, by $key:expr, $invalid:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $type(Vec<$item>);

        impl $type {
            /// The most that fit.
            pub const MAX: usize = $max;

            /// In order, each once.
            ///
            /// # Errors
            /// Too many, or one that breaks its own rules.
            pub fn new(items: impl IntoIterator<Item = $item>) -> Result<Self, Invalid> {
                let mut items = in_order(items.into_iter().collect(), |a, b| $key(a).cmp(&$key(b)));
                items.dedup_by(|later, first| $key(later) == $key(first));
                items.iter().try_for_each(Json::check)?;
                if items.len() > Self::MAX { Err(Invalid::$invalid) } else { Ok(Self(items)) }
            }

            /// Each of them, in order.
            pub fn iter(&self) -> std::slice::Iter<'_, $item> {
                self.0.iter()
            }

            /// Whether there is none.
            #[must_use]
            pub const fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl Json for $type {
            fn write(&self) -> Value {
                self.0.iter().map(Json::write).collect()
            }

            fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
                let items = node.array(Self::MAX, problems, crate::json::checked::<$item>)?;
                let items = in_order(items, |a, b| $key(a).cmp(&$key(b)));
                if items.is_sorted_by(|a, b| $key(a) < $key(b)) {
                    Some(Self(items))
                } else {
                    node.fail(ProblemKind::Duplicate, problems)
                }
            }

            fn schema() -> Value {
                json!({"type": "array", "maxItems": Self::MAX, "items": <$item>::schema()})
            }

            fn absent() -> Option<Self> {
                Some(Self::default())
            }

            fn is_absent(&self) -> bool {
                self.0.is_empty()
            }

            fn references(&self, found: &mut Vec<EntityId>) {
                self.0.iter().for_each(|item| item.references(found));
            }
        }
    )*};
}

lists! {
    /// KPIs that must not suffer from what is done for something.
    Guards of KpiId, up to 10, by |id: &KpiId| *id, Guards;
    /// The days from which limits were computed anew, in their order.
    Baselines of Baseline, up to 100, by |baseline: &Baseline| baseline.from, Baselines;
}
