//! How many digits a figure is shown with, so that it never contradicts its verdict.

use crate::{Bounds, Number, Target, status::rounded};

/// Verdicts compare to so many decimals.
const MOST: u8 = 9;

/// How many decimals `value` needs, `usual` or more, to lie on the same side of each of `limits` as it does unrounded,
/// limits shown with as many: 2.9992 against 3 needs three ("2.999"). What verdicts call equal needs no more than usual.
#[must_use]
pub fn decimals_to_tell(value: f64, limits: &[f64], usual: u8) -> u8 {
    let limits = limits.iter().filter(|limit| rounded(value - **limit) != 0.0);
    let needed = limits.filter_map(|limit| {
        let mut decimals = usual..=MOST;
        decimals.find(|decimals| is_told(value, *limit, *decimals))
    });
    needed.max().unwrap_or(usual)
}

/// The same for a share that is shown in per cent: 0.6996 against 0.7 is "69.96 %" and not "70 %".
#[must_use]
pub fn percent_decimals_to_tell(share: f64, limits: &[f64], usual: u8) -> u8 {
    let limits: Vec<_> = limits.iter().map(|limit| rounded(*limit) * 100.0).collect();
    decimals_to_tell(rounded(share) * 100.0, &limits, usual)
}

/// Whether both differ in the same direction once they are rounded. A value halfway between two texts may become either
/// of them, so both have to do.
fn is_told(value: f64, limit: f64, decimals: u8) -> bool {
    let scale = 10_f64.powi(i32::from(decimals));
    let texts = |value: f64| {
        let scaled = value * scale;
        let dust = 1e-6;
        ((scaled + 0.5 - dust).floor(), (scaled + 0.5 + dust).floor())
    };
    let ((least, most), (limit_least, limit_most)) = (texts(value), texts(limit));
    if value < limit { most < limit_least } else { least > limit_most }
}

impl Bounds {
    /// The values at which the verdict changes.
    #[must_use]
    pub fn limits(&self) -> Vec<f64> {
        let limits = match *self {
            Self::AtLeast { value } | Self::AtMost { value } => vec![value],
            Self::Between { low, high } => vec![low, high],
        };
        limits.into_iter().map(Number::get).collect()
    }
}

impl Target {
    /// The values at which the verdict changes: the bounds, and where missing them stops being near.
    #[must_use]
    pub fn limits(&self) -> Vec<f64> {
        let tolerance = self.tolerance.get();
        let near = match self.bounds {
            Bounds::AtLeast { value } => vec![value.get() - tolerance],
            Bounds::AtMost { value } => vec![value.get() + tolerance],
            Bounds::Between { low, high } => vec![low.get() - tolerance, high.get() + tolerance],
        };
        let mut all = self.bounds.limits();
        all.extend(near);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_gets_as_many_decimals_as_tell_it_from_its_limits() {
        for (value, limit, usual, expected) in [
            // 620 / 20,672 * 100 is 2.99923.
            (620.0 / 20_672.0 * 100.0, 3.0, 2, 3),
            (2.9996, 3.0004, 2, 4),
            (3.0004, 2.9996, 2, 4),
            (2.9992, 2.99917, 2, 5),
            (2.99, 3.0, 2, 2),
            (3.0, 3.0, 2, 2),
            (-0.004, 0.0, 2, 3),
            (1_000_000.000_1, 1_000_000.0, 2, 4),
            // Half of a unit may be written up or down.
            (2.5, 3.0, 0, 1),
            (2.995, 3.0, 2, 3),
            // Verdicts call these equal.
            (0.1 + 0.2, 0.3, 2, 2),
            (2.999_999_999_9, 3.0, 2, 2),
            (2.999_999_999_4, 3.0, 2, 9),
        ] {
            assert_eq!(decimals_to_tell(value, &[limit], usual), expected, "{value} against {limit}");
        }
    }

    #[test]
    fn several_limits_take_the_most_decimals() {
        assert_eq!(decimals_to_tell(2.9992, &[3.0, 2.999_17], 2), 5);
        assert_eq!(decimals_to_tell(2.9992, &[], 2), 2);
    }

    #[test]
    fn a_share_gets_as_many_decimals_as_tell_it_from_its_verdict() {
        for (share, limits, expected) in [
            (0.6996, [0.7, 1.0], 2),
            (0.696, [0.7, 1.0], 1),
            (0.9999, [0.7, 1.0], 2),
            (0.695, [0.7, 1.0], 1),
            (0.69, [0.7, 1.0], 0),
            (0.7, [0.7, 1.0], 0),
            // 0.7 x 0.7 is 0.49 less some dust.
            (0.49, [0.7 * 0.7, 0.7], 0),
            (0.0, [0.7, 1.0], 0),
        ] {
            assert_eq!(percent_decimals_to_tell(share, &limits, 0), expected, "{share}");
        }
    }

    #[test]
    fn a_target_has_a_limit_where_near_ends() {
        let target = |bounds, tolerance| Target { bounds, tolerance };
        let at_least = target(Bounds::AtLeast { value: 10.into() }, 2.into());
        assert_eq!(at_least.limits(), [10.0, 8.0]);
        let between = target(Bounds::Between { low: 10.into(), high: 20.into() }, 1.into());
        assert_eq!(between.limits(), [10.0, 20.0, 9.0, 21.0]);
    }
}
