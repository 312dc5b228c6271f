//! Decimal numbers as doubles, exactly.
//!
//! The parsers of the standard library and of `serde_json` are faster, but each brings its tables of powers of five into
//! every page. Numbers of up to fifteen digits, which people write, need none; the others are compared with their
//! neighbours among the doubles, as whole numbers of any length.

use std::cmp::Ordering;

/// So many digits tell a decimal number from every midpoint between two doubles; of those behind, only whether there is
/// one that is not zero still matters.
const MAX_DIGITS: usize = 800;
/// Whole numbers of so many digits are doubles.
const EXACT_DIGITS: usize = 15;
/// Powers of ten up to this one are doubles.
const EXACT_POWER: i64 = 22;
/// Decimal exponents beyond are beyond all doubles, whatever the digits.
const MAX_EXPONENT: i64 = 400;

/// The double nearest to a number in JSON's notation, the even one of two that are equally near; infinite where it is
/// beyond all doubles. `None` where the text is no number.
pub fn double(text: &str) -> Option<f64> {
    let (sign, text) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    Some(sign * Decimal::read(text)?.nearest())
}

/// `digits` × 10^`exponent`.
struct Decimal {
    /// Without zeros in front.
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let exponent_digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let has_fraction = number.len() > whole.len();
        if !is_number(whole) || (has_fraction && !is_number(fraction)) || !is_number(exponent_digits) {
            return None;
        }
        let far = |size: i64| if exponent.starts_with('-') { -size } else { size };
        // Nobody can write so many digits that they outweigh this.
        let exponent = far(exponent_digits.parse::<u32>().map_or(i64::from(u32::MAX), i64::from));
        let digits = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0');
        let mut decimal = Self { digits: Vec::new(), exponent: exponent - to_signed(fraction.len()) };
        for digit in digits.skip_while(|digit| *digit == 0) {
            if decimal.digits.len() < MAX_DIGITS {
                decimal.digits.push(digit);
            } else {
                decimal.exponent += 1;
                if let (1.., Some(last)) = (digit, decimal.digits.last_mut()) {
                    // No midpoint ends like this so far behind: it only has to be off it.
                    *last |= 1;
                }
            }
        }
        Some(decimal)
    }

    fn nearest(&self) -> f64 {
        let (leading, behind) = self.digits.split_at(self.digits.len().min(EXACT_DIGITS));
        let leading = leading.iter().fold(0.0, |number, digit| number * 10.0 + f64::from(*digit));
        if leading == 0.0 {
            return 0.0;
        }
        let exponent = self.exponent + to_signed(behind.len());
        if exponent.abs() > MAX_EXPONENT {
            return if exponent > 0 { f64::INFINITY } else { 0.0 };
        }
        let near = scaled(leading, exponent);
        if behind.is_empty() && exponent.abs() <= EXACT_POWER { near } else { self.nearest_to(near.min(f64::MAX)) }
    }

    /// The nearest double, from one that is not far from it.
    fn nearest_to(&self, near: f64) -> f64 {
        // Doubles that are not negative are in the order of their bits.
        let mut bits = near.to_bits();
        while bits < f64::INFINITY.to_bits() && self.is_beyond(bits) {
            bits += 1;
        }
        while bits > 0 && !self.is_beyond(bits - 1) {
            bits -= 1;
        }
        f64::from_bits(bits)
    }

    /// Whether this is nearer to the double after the one with these bits.
    fn is_beyond(&self, bits: u64) -> bool {
        let (fraction, power) = (bits & ((1 << 52) - 1), bits >> 52);
        let (mantissa, power) = if power == 0 { (fraction, 1) } else { (fraction | (1 << 52), power) };
        // The midpoint between both, times two to a power that makes it whole.
        let mut midpoint = Whole::from(2 * mantissa + 1);
        let mut ours = Whole::default();
        for digit in &self.digits {
            ours.times_plus(10, u32::from(*digit));
        }
        let scaled_up = if self.exponent < 0 { &mut midpoint } else { &mut ours };
        (0..self.exponent.abs()).for_each(|_| scaled_up.times_plus(10, 0));
        let power = i64::try_from(power).unwrap_or_default() - 1076;
        let shifted = if power < 0 { &mut ours } else { &mut midpoint };
        (0..power.abs()).for_each(|_| shifted.times_plus(2, 0));
        match ours.cmp(&midpoint) {
            Ordering::Less => false,
            Ordering::Equal => bits % 2 == 1,
            Ordering::Greater => true,
        }
    }
}

fn to_signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// A number times a power of ten: exact for small powers, else near enough.
fn scaled(mut number: f64, mut exponent: i64) -> f64 {
    while exponent != 0 {
        let step = exponent.abs().min(EXACT_POWER);
        let power = (0..step).fold(1.0, |power, _| power * 10.0);
        if exponent > 0 {
            number *= power;
            exponent -= step;
        } else {
            number /= power;
            exponent += step;
        }
    }
    number
}

/// A whole number of any length, from its lowest 32 bits on; the highest ones are not zero.
#[derive(Default, PartialEq, Eq)]
struct Whole(Vec<u32>);

impl From<u64> for Whole {
    fn from(value: u64) -> Self {
        let mut whole = Self::default();
        for bit in (0..64).rev() {
            whole.times_plus(2, u32::from(value >> bit & 1 == 1));
        }
        whole
    }
}

impl Whole {
    fn times_plus(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for limb in &mut self.0 {
            carry += u64::from(*limb) * u64::from(factor);
            #[expect(clippy::cast_possible_truncation, reason = "the rest is carried")]
            let low = carry as u32;
            *limb = low;
            carry >>= 32;
        }
        if let Ok(rest @ 1..) = u32::try_from(carry) {
            self.0.push(rest);
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As the standard library reads it.
    fn standard(text: &str) -> Option<u64> {
        text.parse::<f64>().ok().map(f64::to_bits)
    }

    fn ours(text: &str) -> Option<u64> {
        double(text).map(f64::to_bits)
    }

    #[test]
    fn hard_cases_are_rounded_as_the_standard_does() {
        let midpoint = "9007199254740993"; // 2^53 + 1
        let barely_more = format!("{midpoint}.{}1", "0".repeat(900));
        let smallest_half = format!("{:.1100}", f64::from_bits(1) / 1.0).trim_end_matches('0').to_owned();
        for text in [
            "0",
            "-0",
            "0.0e5",
            "1",
            "10",
            "0.1",
            "-2.5",
            "1e22",
            "1e23",
            "8.5e22",
            "123456789012345678",
            midpoint,
            "9007199254740995",
            "5e-324",
            "2e-324",
            "3e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "1e400",
            "1e4000000000",
            "1e-400",
            "1e-4000000000",
            "0.30000000000000004",
            "179769313486231580793728971405301e276",
            "6.631236846766476e-316",
            "3.2378839133029012895883524125015e-255",
            &barely_more,
            &smallest_half,
            &"9".repeat(2_000),
            &format!("0.{}1e1500", "0".repeat(1_500)),
        ] {
            assert_eq!(ours(text), standard(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_written_as_in_json_is_no_number() {
        for text in
            ["", "-", "+1", ".5", "1.", "1e", "1e+", "e5", "1,5", "0x1", "inf", "NaN", " 1", "1 ", "--1", "1.2.3"]
        {
            assert_eq!(double(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_double_is_read_back_from_its_shortest_text(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(ours(&format!("{value:e}")), Some(bits));
            prop_assert_eq!(ours(&format!("{value}")), Some(bits));
        }

        #[test]
        fn every_number_is_rounded_as_the_standard_does(text in "-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?") {
            prop_assert_eq!(ours(&text), standard(&text));
        }

        #[test]
        fn short_numbers_are_rounded_as_the_standard_does(digits in 0u64..1_000_000_000_000_000, exponent in -30..30) {
            let text = format!("{digits}e{exponent}");
            prop_assert_eq!(ours(&text), standard(&text));
        }

        #[test]
        fn midpoints_go_to_the_even_double(mantissa in (1u64 << 52)..(1 << 53), power in 0u32..60) {
            let between = (u128::from(mantissa) * 2 + 1) << power;
            for number in [between - 1, between, between + 1] {
                prop_assert_eq!(ours(&number.to_string()), standard(&number.to_string()));
            }
        }
    }
}
